"""The parts of a file of minutes: its title, the lists that are records, and prose in its order.

People write minutes in many ways, so headings are found at any level and in any language that `HEADINGS` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from portal_gen.source.body import HEADING, Body, outside_code, split

DEEPEST = 6


class Kind(Enum):
    """What a heading announces."""

    DECISIONS = auto()
    ACTIONS = auto()
    PRESENT = auto()


# One more language is one more line here. Compared without case, emphasis, numbering and a colon at the end.
HEADINGS: dict[str, Kind] = {
    heading: kind
    for kind, headings in (
        (Kind.DECISIONS, ("decision", "decisions", "decisions made", "decisions taken", "resolutions")),
        (Kind.DECISIONS, ("决定", "决议", "决定事项", "決定", "決議")),
        (Kind.ACTIONS, ("action", "actions", "action item", "action items", "action point", "action points")),
        (Kind.ACTIONS, ("agreed actions", "actions agreed", "to do", "to-do", "todo")),
        (Kind.ACTIONS, ("行动", "行动项", "行动事项", "待办", "待办事项", "行動", "行動項目", "待辦")),
        (Kind.PRESENT, ("present", "attendees", "attendance", "in attendance", "participants")),
        (Kind.PRESENT, ("出席", "出席人员", "参会人员", "与会人员", "參會人員")),
    )
    for heading in headings
}
# What may begin an item anywhere in the text, beside the words that may head a list: "Agreed: …".
MARKS = {"decided": Kind.DECISIONS, "agreed": Kind.DECISIONS, "next action": Kind.ACTIONS} | {
    word: kind for word, kind in HEADINGS.items() if kind is not Kind.PRESENT
}
# A line of its own that heads a list without being a heading: **Actions**   Actions:
_LINE = re.compile(
    r"^ {0,3}(?:(?P<bold>\*\*|__)(?P<strong>[^*_]+)(?P=bold)[ ]*[:：]?|(?P<plain>[^\W\d_][\w -]{1,30})[:：])\s*$"
)
_WORD = r"(?P<word>[^\W\d_](?:[^\W_]|[ -]){1,15}?)"
_MARKS = (
    re.compile(rf"{_WORD}[ ]?(?::\s+|：\s*)(?=\S)"),  # Action: …
    re.compile(rf"(?P<bold>[*_]{{1,2}}){_WORD}(?:[:：](?P=bold)|(?P=bold)[:：])\s*(?=\S)"),  # **Action:** …
    re.compile(rf"[(\[（【]{_WORD}[)\]）】](?!\()[:：]?\s*(?=\S)"),  # (Action) … but "[Action](…)" is a link
)
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?\s+|[一二三四五六七八九十]+、\s*)")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?:<[^>]*>|[^()]*(?:\([^()]*\)[^()]*)*)\)")
_EMPHASIS = re.compile(r"(\*{1,3}|`+)(\S(?:.*?\S)??)\1|(?<!\w)(_{1,3})(\S(?:.*?\S)??)\3(?!\w)")
_HAN_BREAK = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the file. Its first line is its heading when it is `headed`; `kind` is None for prose."""

    kind: Kind | None
    headed: bool
    body: Body

    @property
    def content(self) -> Body:
        """The lines below the heading."""
        return self.body.slice(int(self.headed), len(self.body.lines))


@dataclass(frozen=True, slots=True)
class Outline:
    """The title that the file's own first heading gives ("" when it gives none), and all that follows it."""

    title: str
    segments: tuple[Segment, ...]

    def of(self, kind: Kind | None) -> tuple[Segment, ...]:
        """The segments of one kind, in their order."""
        return tuple(s for s in self.segments if s.kind is kind)


def outline(body: Body, title: str = "") -> Outline:
    """Divide a file at its main headings, and wherever a heading announces a list of records.

    A line of its own such as **Actions** or "Actions:" announces one as well, up to the next heading or line like it.

    A first heading of level 1 is the file's title when nothing stands before it, all others are deeper, and no other
    `title` is known. It is then not repeated as text.
    """
    lead, every = split(body, DEEPEST)
    own = ""
    first = every[0] if every and lead.empty and not every[0].hidden else None
    if first and first.level == 1 and all(p.level > 1 for p in every[1:]):
        own = plain(first.title)
        if title and _fold(own) != _fold(title):
            own = ""
    rest = every[1:] if own else every
    top = min((p.level for p in rest), default=DEEPEST)
    start = every[0].place.line - body.first + 1 if own else 0
    marks: list[tuple[int, Kind | None, bool]] = [(start, None, False)]
    inside = 0
    found = [(p.place.line - body.first, p.level, p.title) for p in rest]
    for line, level, words in sorted([*found, *_lines(body, start)]):
        kind = HEADINGS.get(_fold(_NUMBER.sub("", plain(words))))
        # Below a list's heading, deeper ones only divide the list.
        if kind or level <= max(top if level <= DEEPEST else 0, inside):
            marks.append((line, kind, kind is not None or level <= DEEPEST))
            inside = level if kind else 0
    ends = [line for line, _, _ in marks[1:]] + [len(body.lines)]
    segments = [
        Segment(kind, headed, body.slice(line, end)) for (line, kind, headed), end in zip(marks, ends, strict=True)
    ]
    return Outline(own, tuple(segments if not segments[0].body.empty else segments[1:]))


def _lines(body: Body, start: int) -> Iterator[tuple[int, int, str]]:
    """Lines that can head a list without being a heading, as (line, level, title): below every heading's level."""
    for n, line in outside_code(body):
        found = _LINE.match(line)
        if found and n >= start and (n == start or not body.lines[n - 1].strip() or HEADING.match(body.lines[n - 1])):
            yield n, DEEPEST + 1, found["strong"] or found["plain"]


def mark_of(text: str) -> tuple[int, Kind] | None:
    """The length of the mark that begins the text of an item ("Action: "), and its kind; None when there is none."""
    found = next((m for pattern in _MARKS if (m := pattern.match(text))), None)
    kind = MARKS.get(_fold(found["word"])) if found else None
    return (found.end(), kind) if found and kind else None


def plain(text: str) -> str:
    """A piece of Markdown as the text a reader sees: for titles, calendars and feeds."""
    text = _HAN_BREAK.sub("", text)
    text = _LINK.sub(r"\1", text)
    for _ in range(2):  # one emphasis may stand in another
        text = _EMPHASIS.sub(r"\2\4", text)
    text = re.sub(r"<((?:https?|mailto):[^<>\s]+)>", r"\1", text)
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", text).split())


def first_paragraph(body: Body) -> str:
    """The first paragraph of an item as plain text; what is nested below it is left out."""
    lines: list[str] = []
    for line in body.visible().lines:
        if lines and (not line.strip() or re.match(r"\s*(?:[*+-]|\d+[.)])\s", line)):
            break
        lines += [line] if line.strip() else []
    return plain("\n".join(lines))


def _fold(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(":： ")
