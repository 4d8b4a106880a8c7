"""Lines of authored Markdown that know where they stand, which of them no client sees, and how they divide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal_gen.diagnostics import Place

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*)$")
LINK = re.compile(r"(!?)\[(?:[^\[\]`]|\\.|\[[^\[\]]*\])*\]\(\s*(<[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)")
# `[owner:: @li]`, as Dataview writes fields in a text. In round brackets a blank must follow the colons, because
# "(std::vector)" is a word. The lengths are bounded, as each bracket of a line may begin one.
FIELD = re.compile(
    r"\[(?P<key>[\w -]{1,30}?)\s*::\s*(?P<value>(?:[^\[\]]|\[[^\]]{0,500}\]){0,500}?)\s*\]"
    r"|\((?P<round_key>[\w -]{1,30}?)\s*::\s(?P<round_value>(?:[^()]|\([^)]{0,500}\)){0,500}?)\s*\)"
)
CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture as it was written. `line` counts from 0 in the body, `start` and `end` in that line."""

    line: int
    start: int
    end: int
    target: str
    picture: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Body:
    """Lines of authored Markdown.

    `hidden` are the numbers of the lines that no client sees; `first` is the number of the first line in the file.
    Once `visible()`, hidden lines are empty, so that line numbers stay true.
    """

    file: str
    first: int
    lines: tuple[str, ...]
    hidden: frozenset[int] = frozenset()
    links: tuple[Link, ...] = ()

    def place(self, line: int, column: int = 1) -> Place:
        """The place of a line of the body (from 0)."""
        return Place(self.file, self.first + line, column)

    def visible(self) -> Body:
        """The body as a client may see it: hidden lines empty, their links gone."""
        lines = tuple("" if n in self.hidden else text for n, text in enumerate(self.lines))
        return replace(
            self, lines=lines, links=tuple(k for k in self.links if k.line not in self.hidden), hidden=frozenset()
        )

    def slice(self, start: int, end: int) -> Body:
        """The lines from `start` up to, not including, `end`."""
        return Body(
            self.file,
            self.first + start,
            self.lines[start:end],
            frozenset(n - start for n in self.hidden if start <= n < end),
            tuple(replace(k, line=k.line - start) for k in self.links if start <= k.line < end),
        )

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines).strip("\n")

    @property
    def empty(self) -> bool:
        """True when nothing would be shown."""
        return not any(line.strip() for n, line in enumerate(self.lines) if n not in self.hidden)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it, up to the next heading of the same or a higher level."""

    title: str
    level: int
    place: Place
    body: Body
    hidden: bool = False


def outside_code(body: Body) -> Iterator[tuple[int, str]]:
    """The lines that do not stand in a block of code between fences, with their numbers."""
    fence = ""
    for n, line in enumerate(body.lines):
        found = FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        elif not fence:
            yield n, line


def split(body: Body, level: int = 2) -> tuple[Body, list[Part]]:
    """What stands before the first heading of a level, and the part under each of them.

    Headings of a higher level end a part as well; those in code do not count.
    """
    marks: list[tuple[int, int, str]] = []
    for n, line in outside_code(body):
        heading = HEADING.match(line)
        if heading and len(heading[1]) <= level:
            marks.append((n, len(heading[1]), _title(heading[2])))
    lead = body.slice(0, marks[0][0] if marks else len(body.lines))
    ends = [*(n for n, _, _ in marks[1:]), len(body.lines)][: len(marks)]
    parts = [
        Part(title, depth, body.place(n, depth + 2), body.slice(n + 1, end), hidden=n in body.hidden)
        for (n, depth, title), end in zip(marks, ends, strict=True)
    ]
    return lead, parts


def _title(text: str) -> str:
    """The words of a heading, without the # marks that may close it: "## Notes ##", but not "## C#"."""
    words = text.rstrip()
    bare = words.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() or not bare else words


def field_of(found: re.Match[str]) -> tuple[str, str]:
    """The key and the value of a field."""
    key, value = (found["key"], found["value"]) if found["key"] else (found["round_key"], found["round_value"])
    return key.strip(), value.strip()
