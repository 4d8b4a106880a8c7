"""Which glossary terms stand where in a text, in any mix of scripts.

One automaton (Aho and Corasick, 1975) finds every form of every term in one pass, so the work grows with the text and
not with the glossary. All candidates at a place are checked against the word boundaries *before* the longest is chosen:
the other way round, "log entry" would hide "log" in "log entrypoint".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from portal_gen.contract import Term, TermForms

# Scripts written without spaces between words, and Hangul, whose particles join the word: no boundary to ask for.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u30ff\u3100-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# A letter or digit of any other script. The underscore joins an identifier into one word; a mark belongs to its letter.
_JOINED = rf"(?:[^\W{_UNSPACED}]|[\u0300-\u036f])"
_is_joined = re.compile(_JOINED).match
_SCRIPT_GAP = re.compile(rf"(?<=[{_UNSPACED}]) (?={_JOINED})|(?<={_JOINED}) (?=[{_UNSPACED}])")
_SCRIPT_CHANGE = re.compile(rf"(?<=[{_UNSPACED}])(?={_JOINED})|(?<={_JOINED})(?=[{_UNSPACED}])")
_has_unspaced = re.compile(f"[{_UNSPACED}]").search
_UNSPACED_LANGUAGES = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my"})

# Characters that a reader takes for the same, one for one so that positions stay: apostrophes, hyphens, full width.
# U+0130 is the one character whose lower case is two characters.
_ALIKE = {0x2019: "'", 0x2010: "-", 0x2011: "-", 0x0130: "I", **{0xFF01 + i: chr(0x21 + i) for i in range(94)}}

_IRREGULAR = {
    "criterion": ("criteria",),
    "criteria": ("criterion",),
    "matrix": ("matrices", "matrixes"),
    "index": ("indices", "indexes"),
    "appendix": ("appendices",),
    "person": ("people",),
}


@dataclass(frozen=True, slots=True)
class Surface:
    """One way a term is written.

    With `ignore_case`, the words may stand in any case, save acronyms among them ("API" in "API gateway").
    """

    term_id: str
    text: str
    ignore_case: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A term in a text: `text[start:end]`, in characters."""

    start: int
    end: int
    term_id: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A surface ready to compare: `exact` are the parts of `text`, as start and end, whose case must be as written."""

    term_id: str
    text: str
    exact: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class TermIndex:
    """All forms of all terms, by number: the automaton knows their texts in lower case."""

    _forms: tuple[tuple[_Form, ...], ...]
    _automaton: AhoCorasick

    @classmethod
    def build(cls, entries: Iterable[Surface]) -> TermIndex:
        """An index of surfaces with their English plurals and possessives. Of two alike, the first is found."""
        forms: dict[str, dict[_Form, None]] = defaultdict(dict)
        for surface in entries:
            for text in _variants(surface.text):
                form = _Form(surface.term_id, text, _exact_parts(text, ignore_case=surface.ignore_case))
                forms[_fold(text)][form] = None
        return cls(tuple(map(tuple, forms.values())), AhoCorasick(list(forms)))

    @property
    def term_ids(self) -> frozenset[str]:
        """The ids of all terms that can be found."""
        return frozenset(form.term_id for forms in self._forms for form in forms)

    def find(self, text: str) -> list[Match]:
        """The terms in a text, from left to right, the longest at each place; none overlaps another.

        White space of any kind and length is as good as the single space of a form.
        """
        plain, gaps = _squeeze(text)
        folded = _fold(plain)
        candidates = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        found = []
        free = 0
        for number, start, end in sorted(candidates, key=lambda c: (c[1], -c[2])):
            if start >= free and _is_word(folded, start, end) and (form := self._form(number, plain[start:end])):
                free = end
                found.append(Match(gaps.original(start), gaps.original(end), form.term_id))
        return found

    def _form(self, number: int, here: str) -> _Form | None:
        """The first of the forms of a text whose case is as it stands here."""
        return next((f for f in self._forms[number] if all(here[a:b] == f.text[a:b] for a, b in f.exact)), None)


def _is_word(folded: str, start: int, end: int) -> bool:
    """True when neither end cuts a word of a script that writes spaces."""
    if start and _is_joined(folded, start) and _is_joined(folded, start - 1):
        return False
    return end == len(folded) or not (_is_joined(folded, end - 1) and _is_joined(folded, end))


@dataclass(frozen=True, slots=True)
class Gaps:
    """Where a text was shortened: from each of `starts` on, it has lost `lost` characters in all."""

    starts: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)

    def shorten(self, start: int, lost: int) -> None:
        """Note that from `start` (in the shortened text) on, `lost` characters are gone. From left to right."""
        self.starts.append(start)
        self.lost.append(lost)

    def original(self, position: int) -> int:
        """Where a position of the shortened text is in the original."""
        index = bisect_right(self.starts, position)
        return position + self.lost[index - 1] if index else position


def _squeeze(text: str) -> tuple[str, Gaps]:
    """The text with each run of white space as one space, and look-alikes made alike."""
    gaps = Gaps()
    lost = 0
    for run in re.finditer(r"\s\s+", text):
        start = run.start() + 1 - lost
        lost += len(run[0]) - 1
        gaps.shorten(start, lost)
    return re.sub(r"\s+", " ", text).translate(_ALIKE), gaps


def _fold(text: str) -> str:
    """Lower case, character for character."""
    return text.lower().replace("ς", "σ")


def is_acronym(word: str) -> bool:
    """True for a word whose capitals carry meaning: SLA, iOS, CI/CD, R&D, APIs; not for Go-Live or Node.js."""
    parts = re.findall(r"[^\W\d_]+", word)
    single = all(len(part) == 1 and part.isupper() for part in parts)
    return bool(parts) and (single or any(sum(map(str.isupper, part)) > 1 for part in parts))


def _exact_parts(text: str, *, ignore_case: bool) -> tuple[tuple[int, int], ...]:
    if not ignore_case:
        return ((0, len(text)),)
    if text == text.lower():
        return ()
    return tuple(word.span() for word in re.finditer(r"\S+", text) if is_acronym(word[0]))


def _variants(text: str) -> Iterator[str]:
    """The forms a reader meets of one surface: inflected, and with or without a space between scripts."""
    plain = _squeeze(text)[0].strip()
    if not plain:
        return
    spaced = (plain, _SCRIPT_GAP.sub("", plain), _SCRIPT_CHANGE.sub(" ", plain)) if _has_unspaced(plain) else (plain,)
    for form in dict.fromkeys(spaced):
        for number in (form, *plurals(form)):
            yield number
            if number[-1].isascii() and number[-1].isalpha():
                yield f"{number}'s"


def plurals(form: str) -> tuple[str, ...]:
    """English plurals of the last word of a form ("change request" gives "change requests"); none after C++ or 验收."""
    last = re.search(r"[A-Za-z]+$", form)
    if last is None:
        return ()
    stem, word = form[: last.start()], last[0]
    small = word.lower()
    if small in _IRREGULAR:
        return tuple(stem + word[0] + plural[1:] for plural in _IRREGULAR[small])
    if is_acronym(word):
        return (f"{form}s", f"{form}es") if small.endswith(("s", "x", "z")) else (f"{form}s",)
    if small.endswith("sis"):
        return (f"{form[:-2]}es",)
    if small.endswith(("s", "x", "z", "ch", "sh")):
        return (f"{form}es",)
    if re.search("[^aeiou]y$", small):
        return (f"{form[:-1]}ies",)
    return (f"{form}s",)


def surfaces(terms: Iterable[Term], language: str) -> list[Surface]:
    """How the terms are written on pages in a language (a BCP 47 tag).

    That is each term's forms in this language or, where it has none, in the client's default language. Forms of its
    other languages count where they cannot be mistaken for words of this one: acronyms ("UAT" on a Chinese page), and
    words of a script with spaces on a page without, or the reverse. They come last, so that a page's own words win.
    """
    own: dict[Surface, None] = {}
    foreign: dict[Surface, None] = {}
    unspaced = _base(language) in _UNSPACED_LANGUAGES
    for term in terms:
        tag = _nearest(term.forms, language)
        for other, forms in term.forms.items():
            for text in (forms.term, forms.expands, *forms.aliases):
                words = text.split()
                if not words:
                    continue
                surface = Surface(term.id, " ".join(words), ignore_case=not all(map(is_acronym, words)))
                if other == tag:
                    own[surface] = None
                elif not surface.ignore_case or unspaced != bool(_has_unspaced(text)):
                    foreign[surface] = None
    return list(own | foreign)


def _nearest(forms: Mapping[str, TermForms], language: str) -> str:
    """The tag of the forms to read in a language: its own, its base language's, or the default's."""
    for tag in (language, _base(language), ""):
        if tag in forms:
            return tag
    return next((tag for tag in forms if _base(tag) == _base(language)), next(iter(forms), ""))


def _base(tag: str) -> str:
    return tag.partition("-")[0]
