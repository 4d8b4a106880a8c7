"""Which glossary terms stand where in a text, in any mix of scripts.

One automaton (Aho and Corasick, 1975) finds every form of every term in one pass, so the work grows with the text and
not with the glossary. All candidates at a place are checked against the word boundaries *before* the longest is chosen:
the other way round, "log entry" would hide "log" in "log entrypoint".

Where a script writes no spaces, a match may cut a word: 接口 in 直接口头. Ordinary words that share characters with
terms (`words.zh.txt`, by hand) stand in the same automaton; where they overlap a term, the reading is taken that leaves
the fewest characters over, and in doubt none is a term. That needs no dictionary of the whole language.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from portal_gen.contract import LetterCase, Term, TermForms

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

    With the case AUTO, the words may stand in any case, save acronyms among them ("API" in "API gateway"). `plural` are
    its plural forms; None stands for what English makes of it. Where neither end of `text` is English (`inflects` is
    False), there are no others. A match that begins or ends inside one of the words `not_in` is none.
    """

    term_id: str
    text: str
    case: LetterCase = LetterCase.AUTO
    plural: tuple[str, ...] | None = None
    inflects: bool = True
    not_in: tuple[str, ...] = ()


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


_ORDINARY = _Form("", "", ())


@dataclass(frozen=True, slots=True, eq=False)
class TermIndex:
    """All forms of all terms, by number: the automaton knows their texts in lower case.

    A number without forms is an ordinary word. `_barred` are the terms that must not be found inside a number's text.
    """

    _forms: tuple[tuple[_Form, ...], ...]
    _barred: Mapping[int, frozenset[str]]
    _automaton: AhoCorasick

    @classmethod
    def build(cls, entries: Iterable[Surface], words: Iterable[str] | None = None) -> TermIndex:
        """An index of surfaces with their plurals and possessives. Of two alike, the first is found.

        `words` are the ordinary words that a term must not cut; None stands for our own list.
        """
        forms: dict[str, dict[_Form, None]] = defaultdict(dict)
        barred: dict[str, set[str]] = defaultdict(set)
        for surface in entries:
            for text in _variants(surface):
                forms[_fold(text)][_Form(surface.term_id, text, _exact_parts(text, surface.case))] = None
            for word in surface.not_in:
                for text in _variants(Surface("", word, inflects=surface.inflects)):
                    barred[_fold(text)].add(surface.term_id)
        texts = [*forms, *(word for word in barred if word not in forms)]
        if any(map(_has_unspaced, forms)):
            texts += sorted(set(ordinary_words() if words is None else words).difference(texts))
        numbers = {text: number for number, text in enumerate(texts)}
        return cls(
            tuple(tuple(forms.get(text, ())) for text in texts),
            {numbers[word]: frozenset(ids) for word, ids in barred.items()},
            AhoCorasick(texts),
        )

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
        inside = self._insides(folded, candidates) if self._barred else {}
        found = []
        for reading in self._overlapping(plain, folded, candidates, inside):
            chosen = _fullest(reading) if any(not piece.term_id for piece in reading) else _leftmost_longest(reading)
            found += [
                Match(gaps.original(piece.start), gaps.original(piece.end), piece.term_id)
                for piece in chosen
                if piece.term_id
            ]
        return found

    def _overlapping(
        self, plain: str, folded: str, candidates: Iterable[tuple[int, int, int]], inside: Mapping[str, set[int]]
    ) -> Iterator[list[Match]]:
        """What may stand in the text, in groups that share characters; ordinary words have the id ""."""
        group: list[Match] = []
        reach = 0
        for number, start, end in sorted(candidates, key=lambda c: (c[1], -c[2])):
            if not _is_word(folded, start, end):
                continue
            if forms := self._forms[number]:
                form = _first(forms, plain[start:end], start, end, inside)
            elif number in self._barred:
                continue
            else:
                form = _ORDINARY
            if form is not None:
                if group and start >= reach:
                    yield group
                    group = []
                group.append(Match(start, end, form.term_id))
                reach = max(reach, end)
        if group:
            yield group

    def _insides(self, folded: str, candidates: Iterable[tuple[int, int, int]]) -> dict[str, set[int]]:
        """Where a term must neither begin nor end, by its id."""
        inside: dict[str, set[int]] = defaultdict(set)
        for number, start, end in candidates:
            if number in self._barred and _is_word(folded, start, end):
                for term_id in self._barred[number]:
                    inside[term_id].update(range(start + 1, end))
        return inside


def _leftmost_longest(group: Iterable[Match]) -> list[Match]:
    chosen: list[Match] = []
    for match in group:
        if not chosen or match.start >= chosen[-1].end:
            chosen.append(match)
    return chosen


def _fullest(group: Sequence[Match]) -> list[Match]:
    """The reading that leaves the fewest characters over, of such the one in fewest words, then in fewest terms.

    A shortest path from the right; of readings that are alike in all this, the one whose words begin first.
    """
    by_start: dict[int, list[Match]] = defaultdict(list)
    for match in group:
        by_start[match.start].append(match)
    first, last = group[0].start, max(match.end for match in group)
    best: dict[int, tuple[int, int, int]] = {last: (0, 0, 0)}
    take: dict[int, Match | None] = {}
    for at in range(last - 1, first - 1, -1):
        best[at], take[at] = best[at + 1], None
        for match in reversed(by_start.get(at, ())):
            covered, words, of_terms = best[match.end]
            length = match.end - at
            value = (covered + length, words - 1, of_terms - length * bool(match.term_id))
            if value >= best[at]:
                best[at], take[at] = value, match
    chosen: list[Match] = []
    at = first
    while at < last:
        match_here = take[at]
        if match_here is not None:
            chosen.append(match_here)
        at = match_here.end if match_here is not None else at + 1
    return chosen


def _first(forms: tuple[_Form, ...], here: str, start: int, end: int, inside: Mapping[str, set[int]]) -> _Form | None:
    """The first of the forms of a text whose case is as it stands here, and that may stand here."""
    for form in forms:
        if all(here[a:b] == form.text[a:b] for a, b in form.exact):
            barred = inside.get(form.term_id, ())
            if start not in barred and end not in barred:
                return form
    return None


@cache
def ordinary_words() -> tuple[str, ...]:
    """Words of Chinese that share characters with names of terms and are none."""
    lines = Path(__file__).with_name("words.zh.txt").read_text("utf-8").splitlines()
    return tuple(dict.fromkeys(word for line in lines if not line.startswith("#") for word in line.split()))


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


def _exact_parts(text: str, case: LetterCase) -> tuple[tuple[int, int], ...]:
    if case is LetterCase.EXACT:
        return ((0, len(text)),)
    if case is LetterCase.FREE or text == text.lower():
        return ()
    return tuple(word.span() for word in re.finditer(r"\S+", text) if is_acronym(word[0]))


def _variants(surface: Surface) -> Iterator[str]:
    """The forms a reader meets of one surface: inflected, and with or without a space between scripts."""
    for text in (surface.text, *(surface.plural or ())):
        plain = _squeeze(text)[0].strip()
        if not plain:
            continue
        spaced = [plain]
        if _has_unspaced(plain):
            spaced += (_SCRIPT_GAP.sub("", plain), _SCRIPT_CHANGE.sub(" ", plain))
        for form in dict.fromkeys(spaced):
            inflects = surface.inflects or is_acronym(form.split()[-1])
            by_rule = plurals(form) if inflects and surface.plural is None else ()
            for number in (form, *by_rule):
                yield number
                if inflects and number[-1].isascii() and number[-1].isalpha():
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
    """How the terms are written on pages in a language (a BCP 47 tag); forbidden names are not among them.

    That is each term's forms in this language or, where it has none, in the client's default language. Forms of its
    other languages count where they cannot be mistaken for words of this one: acronyms ("UAT" on a Chinese page), and
    words of a script with spaces on a page without, or the reverse. They come last, so that a page's own words win.
    """
    own: dict[Surface, None] = {}
    foreign: dict[Surface, None] = {}
    unspaced = _base(language) in _UNSPACED_LANGUAGES
    for term in terms:
        tag = nearest(term.forms, language)
        for other, forms in term.forms.items():
            for surface in _surfaces_of(term.id, forms, inflects=_base(other or language) == "en"):
                if other == tag:
                    own[surface] = None
                elif all(map(is_acronym, surface.text.split())) or unspaced != bool(_has_unspaced(surface.text)):
                    foreign[surface] = None
    return list(own | foreign)


def _surfaces_of(term_id: str, forms: TermForms, *, inflects: bool) -> Iterator[Surface]:
    for text in (forms.term, forms.expands, *forms.aliases, *forms.deprecated):
        if words := text.split():
            plural = forms.plural if text == forms.term else None
            # What an acronym expands to is words, whatever holds for the acronym.
            case = LetterCase.AUTO if text == forms.expands else forms.case
            yield Surface(term_id, " ".join(words), case, plural, inflects, forms.not_in)


def nearest(forms: Mapping[str, TermForms], language: str) -> str:
    """The tag of the forms to read in a language: its own, its base language's, or the default's."""
    for tag in (language, _base(language), ""):
        if tag in forms:
            return tag
    return next((tag for tag in forms if _base(tag) == _base(language)), next(iter(forms), ""))


def _base(tag: str) -> str:
    return tag.partition("-")[0]
