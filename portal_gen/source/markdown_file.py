"""A Markdown file: front matter that we read ourselves, and a body whose internal parts are known before anyone looks.

MkDocs publishes front matter that does not parse as text, so it never sees ours. Lines between `/// internal` and
`///`, and HTML comments, are marked here and taken out by the audience step; what is not clearly closed is an error,
never public by accident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from portal_gen.diagnostics import Code, Place, Report, did_you_mean
from portal_gen.source.yaml_file import Mapping, parse_yaml

BLOCKS = ("internal",)
MARK = re.compile(r"^([\s>*+\-]*(?:\d+[.)]\s*)?)(/{3,}|／{2,}|:{3,}|：{2,})(.*)$")
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
LINK = re.compile(r"(!?)\[(?:[^\[\]`]|\\.|\[[^\[\]]*\])*\]\(\s*(<[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)")
DEFINITION = re.compile(r"^ {0,3}\[[^\]^]+\]:\s*(<[^<>]*>|\S+)")
CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)")
COMMENT_OR_CODE = re.compile(rf"<!--|{CODE_SPAN.pattern}")
# Other ways in which people mark a note, and slips of the pen: no Markdown hides these, so they must not pass as text.
NEAR_MARK = re.compile(
    r"(?<![\w\\:/])(?:/{2,}|\\{2,}|／{2,}|、{2,}|:{2,}|：{2,}|[!?]{3}\+?|\[!|%%)[\s{\"']*(?:intern|内部|內部)"
    r"|^[\s>]*[!?]{3}\+?\s.*\bintern|(?<!\S)%%(?=\s|$)",
    re.IGNORECASE,
)
MAX_RUN = re.compile(r"(?:!?\[){200}|(?:!?\[[^\]\n]{0,20}\]\([^)\n]{0,20}(?=!?\[)){200}|(?: *>){21}|`{2000}")
MAX_INDENT = 120


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


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A file read: its front matter (None when there is none) and its body."""

    file: str
    front: Mapping | None
    body: Body

    @property
    def place(self) -> Place:
        """The file's first line."""
        return Place(self.file, 1, 1)


@dataclass(slots=True)
class _Scan:
    hidden: set[int] = field(default_factory=set)
    code: set[int] = field(default_factory=set)


def parse_markdown(text: str, file: str, report: Report) -> MarkdownFile | None:
    """Read a Markdown file. None when nothing of it can be trusted; every mistake goes to the report."""
    lines = text.split("\n")
    front, start, sound = _front_matter(lines, file, report)
    body = Body(file, start + 1, tuple(lines[start:]))
    body, closed = _scan(body, report)
    return MarkdownFile(file, front, body) if sound and closed else None


def _front_matter(lines: list[str], file: str, report: Report) -> tuple[Mapping | None, int, bool]:
    """The front matter, the index of the first line after it, and whether it is in order."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    opening = lines[first] if lines else ""
    if opening.strip() != "---" or not re.fullmatch(r"\s*---\s*", opening):
        return None, 0, True
    if first or opening != opening.lstrip():
        # A thematic break may begin a text; a block of keys that begins late is a mistake.
        if any(re.fullmatch(r"\s*-{3,}\s*", line) for line in lines[first + 1 : first + 60]):
            report.error(
                Place(file, first + 1, 1),
                Code.FRONT_MATTER,
                "The front matter does not begin at the very first character of the file.",
                why="It would be shown to the client as text.",
                mend="Delete the empty lines and spaces before the first ---",
            )
            return None, 0, False
        return None, 0, True
    end = next((n for n in range(1, len(lines)) if lines[n].rstrip() == "---"), None)
    if end is None:
        report.error(
            Place(file, 1, 1),
            Code.FRONT_MATTER,
            "The front matter is opened here and never closed.",
            why="It would be shown to the client as text.",
            mend="Write a line of exactly three hyphens, ---, after the last key.",
        )
        return None, 0, False
    if not any(line.strip() for line in lines[1:end]):
        return None, end + 1, True
    before = len(report.diagnostics)
    node = parse_yaml("\n".join(lines[1:end]) + "\n", file, report, first_line=2)
    if isinstance(node, Mapping):
        return node, end + 1, True
    if len(report.diagnostics) == before and node is not None:
        report.error(
            node.place,
            Code.FRONT_MATTER,
            "The front matter is not made of keys and values.",
            mend="Write lines of the form  key: value  between the two --- lines.",
        )
        return None, end + 1, False
    return None, end + 1, len(report.diagnostics) == before


def _scan(body: Body, report: Report) -> tuple[Body, bool]:
    """Find internal blocks, comments, links and what must not be there; False when something is not closed."""
    scan = _Scan()
    if not _limits(body, report):
        return body, False  # what follows would take minutes over such a line
    seen, closed = _code_and_comments(body, scan, report)
    sound = _blocks(body, scan, report)
    sound = _refuse_near_marks(seen, scan, report) and sound and closed
    seen = replace(seen, hidden=frozenset(scan.hidden))
    return replace(seen, links=tuple(_links(seen, scan)) if sound else ()), sound


def _limits(body: Body, report: Report) -> bool:
    for n, line in enumerate(body.lines):
        run = MAX_RUN.search(line)
        deep = len(line) - len(line.lstrip(" ")) > MAX_INDENT and re.match(r"\s*([*+-]|\d+[.)])\s", line)
        if run or deep:
            report.error(
                body.place(n, run.start() + 1 if run else 1),
                Code.LIMIT,
                "Brackets, quotes or lists are nested deeper here than any text needs.",
                mend="Write this part more simply.",
            )
            return False
    return True


def _blocks(body: Body, scan: _Scan, report: Report) -> bool:
    """Mark internal lines. A mark counts wherever it stands, in code as well: what looks internal is never shown."""
    opened: int | None = None
    sound = True
    for n, line in enumerate(body.lines):
        if opened is not None:
            scan.hidden.add(n)
        found = MARK.match(line)
        if not found or (re.fullmatch(r"\s*:{3,}[\s:|]*", line) and "|" in line):
            continue
        name = found[3].replace("\u00a0", " ").strip()
        column = len(found[1]) + 1
        if found[2] != "///" or found[1].strip() or len(found[1]) > 3 or n in scan.code:  # noqa: PLR2004
            report.error(
                body.place(n, column),
                Code.BLOCK,
                "This looks like the mark of an internal block, but is not one we can read.",
                why="It must not be shown to the client by accident.",
                mend="Write  /// internal  and  ///  on lines of their own, outside lists, quotes and code.\n"
                "To show such a mark on purpose, write  \\///",
            )
            sound = False
        elif not name:
            if opened is None:
                report.error(
                    body.place(n, column),
                    Code.BLOCK,
                    "This /// closes a block, but none is open.",
                    mend="Delete it, or write  /// internal  where the internal part begins.",
                )
                sound = False
            opened = None
        elif name not in BLOCKS:
            report.error(
                body.place(n, column + 4),
                Code.BLOCK,
                f"There is no block called '{name[:40]}'.",
                mend=did_you_mean(name, BLOCKS),
            )
            sound = False
            opened = n if opened is None else opened
        else:
            if opened is not None:
                report.error(
                    body.place(n, column),
                    Code.BLOCK,
                    "An internal block is opened inside another one.",
                    mend="Close the first with a line  ///  before this one.",
                    related=((body.place(opened), "the first is opened here"),),
                )
                sound = False
            opened = n
            scan.hidden.add(n)
    if opened is not None:
        report.error(
            body.place(opened),
            Code.BLOCK,
            "A block is opened here and never closed.",
            why="We cannot tell where the internal part ends, so nothing of this file is shown.",
            mend="Write a line  ///  after its last line.",
        )
    return sound and opened is None


def _refuse_near_marks(body: Body, scan: _Scan, report: Report) -> bool:
    """Report what its author may take for an internal mark and everybody else would read."""
    sound = True
    for n, line in enumerate(body.lines):
        spans = [m.span() for m in CODE_SPAN.finditer(line)] if NEAR_MARK.search(line) else []
        for found in () if n in scan.code or n in scan.hidden else NEAR_MARK.finditer(line):
            if any(a < found.start() < b for a, b in spans) or MARK.match(line):
                continue
            report.error(
                body.place(n, found.start() + 1),
                Code.BLOCK,
                f"'{found[0].strip()}' looks like the mark of an internal note, but hides nothing.",
                why="What follows it would be shown to the client.",
                mend="Write  /// internal  and  ///  on lines of their own, before and after what is internal.\n"
                "To show such a mark on purpose, put it between ` marks.",
            )
            sound = False
    return sound


def _code_and_comments(body: Body, scan: _Scan, report: Report) -> tuple[Body, bool]:
    """Find blocks of code, and take HTML comments out: a client can read in a page's source what a browser hides.

    In one pass, because a mark of code in a comment is no code, and a comment in code is none.
    """
    lines = list(body.lines)
    fence: tuple[int, str] | None = None
    comment: tuple[int, int] | None = None
    for n, line in enumerate(lines):
        if fence:
            scan.code.add(n)
            closing = FENCE.match(line)
            if closing and closing[1].startswith(fence[1]) and not closing[2].strip():
                fence = None
            continue
        opening = None if comment else _opens_code(line)
        if not opening:
            lines[n], comment = _without_comments(line, n, comment)
            # What follows the end of a comment may be a mark of code.
            opening = None if comment else _opens_code(lines[n])
        if opening:
            fence = (n, opening)
            scan.code.add(n)
    if fence:
        report.error(
            body.place(fence[0]),
            Code.BLOCK,
            f"A block of code is opened here with {fence[1]} and never closed.",
            mend=f"Write a line {fence[1]} after its last line.",
        )
    if comment:
        report.error(
            body.place(comment[0], comment[1] + 1),
            Code.BLOCK,
            "A comment is opened here with <!-- and never closed.",
            why="Comments are not shown to the client; we cannot tell where this one ends.",
            mend="Write  -->  at its end.",
        )
    return replace(body, lines=tuple(lines)), not fence and not comment


def _opens_code(line: str) -> str:
    """The mark with which a line opens a block of code, or ""."""
    found = FENCE.match(line)
    return found[1] if found and not (found[1][0] == "`" and "`" in found[2]) else ""


def _without_comments(line: str, n: int, opened: tuple[int, int] | None) -> tuple[str, tuple[int, int] | None]:
    """A line without its comments, and where the one that is still open began (line and column from 0)."""
    kept, at = "", 0
    while True:
        if opened:
            end = line.find("-->", at)
            if end < 0:
                return kept, opened
            at, opened = end + 3, None
        found = COMMENT_OR_CODE.search(line, at)
        while found and found[0] != "<!--":
            found = COMMENT_OR_CODE.search(line, found.end())
        if not found:
            return kept + line[at:], None
        kept += line[at : found.start()]
        opened, at = (n, found.start()), found.end()


def _links(body: Body, scan: _Scan) -> Iterator[Link]:
    for n, line in enumerate(body.lines):
        if n in scan.code or ("](" not in line and "]:" not in line):
            continue
        spans = [m.span() for m in CODE_SPAN.finditer(line)]
        found = [(m, m[1] == "!", 2) for m in LINK.finditer(line)]
        found += [(m, False, 1) for m in DEFINITION.finditer(line)]
        for match, picture, group in found:
            start, end = match.span(group)
            if any(a < match.start() < b for a, b in spans):
                continue
            yield Link(n, start, end, match[group].strip("<>"), picture, body.place(n, start + 1))


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
            marks.append((n, len(heading[1]), heading[2]))
    lead = body.slice(0, marks[0][0] if marks else len(body.lines))
    ends = [*(n for n, _, _ in marks[1:]), len(body.lines)][: len(marks)]
    parts = [
        Part(title, depth, body.place(n, depth + 2), body.slice(n + 1, end), hidden=n in body.hidden)
        for (n, depth, title), end in zip(marks, ends, strict=True)
    ]
    return lead, parts
