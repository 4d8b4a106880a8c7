"""What we say about the source files, and where.

A `Diagnostic` is a value: it names a `Place`, what is wrong, why that matters and how to mend it. Nothing here
prints; `render_text` gives the text that the command line shows, in the layout rustc made familiar.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

# So many known words are listed when none is near.
FEW = 12


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A position in a source file: POSIX path relative to the content folder, line and column from 1.

    Columns count characters (code points), not bytes. A line of 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Severity(StrEnum):
    """How bad it is. An error keeps the client's portal from being published; a notice is nobody's mistake."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Code(Enum):
    """Every kind of diagnostic. The value is stable and ends each message; the docstring says what it means."""

    SYNTAX = "syntax"
    """The text is not the YAML, the front matter or the Markdown it is meant to be."""
    UNSUPPORTED = "unsupported"
    """Valid YAML that we refuse on purpose: anchors, aliases, tags, merge keys, several documents."""
    LIMIT = "limit"
    """Larger, longer or deeper than any project needs; read no further."""
    ENCODING = "encoding"
    """Not UTF-8, or a character that must not be in text."""
    DUPLICATE_KEY = "duplicate-key"
    """One key twice in one mapping."""
    UNKNOWN_KEY = "unknown-key"
    """A key that this record does not have."""
    MISSING_KEY = "missing-key"
    """A key that this record must have."""
    WRONG_TYPE = "wrong-type"
    """A list where a text is due, a text where a mapping is due, and so on."""
    BAD_VALUE = "bad-value"
    """The right kind of thing, but not a value that means something here."""
    BAD_DATE = "bad-date"
    """Not a day of the calendar in the form YYYY-MM-DD."""
    ODD_DATE = "odd-date"
    """A date so far away that it is probably a slip of the pen."""
    DATE_ORDER = "date-order"
    """Two dates in an order that cannot be."""
    MISSING_REASON = "missing-reason"
    """A promised date moved and nobody wrote why."""
    BAD_ID = "bad-id"
    """An id, file name or folder name that cannot be part of an address."""
    DUPLICATE_ID = "duplicate-id"
    """Two records of one kind with one id."""
    UNKNOWN_ID = "unknown-id"
    """A reference to something that is not there, or not there for this client."""
    CYCLE = "cycle"
    """Things that wait for each other in a circle."""
    FRONT_MATTER = "front-matter"
    """The block between the two --- lines of a Markdown file is not in order."""
    BLOCK = "block"
    """An /// block that is unknown, unclosed, nested or closed twice."""
    ITEM = "item"
    """A list item that must have a form (an action, a decision, a criterion) and does not."""
    BROKEN_LINK = "broken-link"
    """A link to a page, heading or file that the client will not have."""
    UNSAFE = "unsafe"
    """Something that must not reach a client's browser."""
    TRANSLATION = "translation"
    """A translation that does not fit the text it translates."""
    STALE = "stale"
    """A translation whose original has changed since it was made."""
    UNTRANSLATED = "untranslated"
    """Texts that are shown in another language than the portal's."""
    FILE = "file"
    """A file that cannot be read, or that may not be where it is."""
    UNKNOWN_FILE = "unknown-file"
    """A file that no section reads."""
    FORECAST = "forecast"
    """What the plan computes and what a person wrote do not agree."""
    COLLISION = "collision"
    """Two pages with one address."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `related` are further places with a few words each ("first written here")."""

    place: Place
    code: Code
    what: str
    why: str = ""
    mend: str = ""
    severity: Severity = Severity.ERROR
    related: tuple[tuple[Place, str], ...] = ()

    def sort_key(self) -> tuple[Place, str, str]:
        """Order of a report: by place, then code, then text; the same on every machine."""
        return (self.place, self.code.value, self.what)


@dataclass(slots=True)
class Report:
    """Collects the diagnostics of a run. A diagnostic said twice is kept once."""

    _found: dict[Diagnostic, None] = field(default_factory=dict)

    def error(
        self,
        place: Place,
        code: Code,
        what: str,
        *,
        why: str = "",
        mend: str = "",
        related: Iterable[tuple[Place, str]] = (),
    ) -> None:
        """Add an error: this client is not published."""
        self._found[Diagnostic(place, code, what, why, mend, Severity.ERROR, tuple(related))] = None

    def warning(
        self,
        place: Place,
        code: Code,
        what: str,
        *,
        why: str = "",
        mend: str = "",
        related: Iterable[tuple[Place, str]] = (),
    ) -> None:
        """Add a warning: published all the same."""
        self._found[Diagnostic(place, code, what, why, mend, Severity.WARNING, tuple(related))] = None

    def notice(self, place: Place, code: Code, what: str, *, why: str = "", mend: str = "") -> None:
        """Add something worth knowing that is no mistake, not even when warnings are errors."""
        self._found[Diagnostic(place, code, what, why, mend, Severity.NOTICE)] = None

    def has(self, place: Place, code: Code) -> bool:
        """True when something of this kind has been said of this place."""
        return any(d.place == place and d.code is code for d in self._found)

    def extend(self, other: Report) -> None:
        """Take over what another report holds."""
        self._found.update(other._found)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """All errors and warnings, sorted."""
        return [d for d in sorted(self._found, key=Diagnostic.sort_key) if d.severity is not Severity.NOTICE]

    @property
    def notices(self) -> list[Diagnostic]:
        """What is worth knowing when one asks for it (`portal check`), sorted."""
        return [d for d in sorted(self._found, key=Diagnostic.sort_key) if d.severity is Severity.NOTICE]

    @property
    def failed(self) -> bool:
        """True when there is an error."""
        return any(d.severity is Severity.ERROR for d in self._found)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that proposes the nearest known word, or lists the few there are, or says nothing."""
    words = sorted(set(known))
    folded = {w.casefold(): w for w in reversed(words)}
    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    if near:
        return f"Did you mean {folded[near[0]]!r}?"
    return f"Known: {', '.join(words)}." if 0 < len(words) <= FEW else ""


def one_line(text: str, limit: int = 80) -> str:
    """Text as it may stand in a message: one line, control characters shown, shortened in the middle."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return shown if len(shown) <= limit else f"{shown[: limit - 20]}…{shown[-15:]}"


def render_text(diagnostic: Diagnostic, lines: Mapping[str, list[str]] | None = None) -> str:
    """The diagnostic as a person reads it in a terminal.

    `lines` maps a file to its lines; where the line is known it is shown with a caret under the column.
    """
    out = [f"{diagnostic.place}: {diagnostic.severity}: {diagnostic.what} [{diagnostic.code.value}]"]
    out += _excerpt(diagnostic.place, lines)
    if diagnostic.why:
        out.append(f"  why:  {diagnostic.why}")
    if diagnostic.mend:
        first, *rest = diagnostic.mend.splitlines()
        out.append(f"  mend: {first}")
        out += [f"        {line}" for line in rest]
    for place, words in diagnostic.related:
        out.append(f"  see:  {place}: {words}")
        out += _excerpt(place, lines)
    return "\n".join(out)


def _excerpt(place: Place, lines: Mapping[str, list[str]] | None) -> list[str]:
    known = (lines or {}).get(place.file, [])
    if not 0 < place.line <= len(known):
        return []
    text = known[place.line - 1].replace("\t", " ")
    start = max(0, place.column - 61)
    shown = "".join(c if c.isprintable() else "·" for c in text[start : start + 100])
    number = str(place.line)
    # A full-width character takes two columns of a terminal, so the caret has to move with it.
    before = shown[: max(place.column - 1 - start, 0)]
    pad = sum(2 if _is_wide(c) else 1 for c in before)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * pad}^"]


def _is_wide(character: str) -> bool:
    return (
        "\u1100" <= character <= "\u115f"
        or "\u2e80" <= character <= "\ua4cf"
        or "\uac00" <= character <= "\ud7a3"
        or ("\uf900" <= character <= "\ufaff" or "\ufe30" <= character <= "\ufe6f" or "\uff00" <= character <= "\uff60")
    )
