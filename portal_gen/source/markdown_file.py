"""A Markdown file: front matter that we read ourselves, and a body whose internal parts are known before anyone looks.

MkDocs publishes front matter that does not parse as text, so it never sees ours. Lines between `/// internal` and
`///`, and HTML comments, are marked here and taken out by the audience step; what is not clearly closed is an error,
never public by accident.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from portal_gen.diagnostics import Code, Place, Report
from portal_gen.source.body import CODE_SPAN, FENCE, LINK, Body, Link
from portal_gen.source.internal_marks import hidden_lines, refuse_near_marks
from portal_gen.source.yaml_file import Mapping, parse_yaml

DEFINITION = re.compile(r"^ {0,3}\[[^\]^]+\]:\s*(<[^<>]*>|\S+)")
COMMENT_OR_CODE = re.compile(rf"<!--|{CODE_SPAN.pattern}")
MAX_RUN = re.compile(r"(?:!?\[){200}|(?:!?\[[^\]\n]{0,20}\]\([^)\n]{0,20}(?=!?\[)){200}|>(?: *>){20}|`{2000}")
MAX_INDENT = 120
NO_HEADING = re.compile(r" {0,3}(#{2,6})[^\s#]")  # one # alone may begin a number: "#778 is solved"
# So much stands in no text that people write, and it is what the reader's time grows with the square of.
MAX_BRACKETS = 3_000  # in one paragraph, list item or table
MAX_COLUMNS = 200
MAX_CELLS = 20_000
LIST_ITEM = re.compile(r"\s*(?:[*+-]|\d+[.)])\s")


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
    hidden, sound = hidden_lines(body, scan.code, report)
    sound = refuse_near_marks(body, seen, scan.code | hidden, report) and sound and closed
    _refuse_near_headings(seen, scan.code | hidden, report)
    seen = replace(seen, hidden=frozenset(hidden))
    return replace(seen, links=tuple(_links(seen, scan)) if sound else ()), sound


def _limits(body: Body, report: Report) -> bool:
    brackets = cells = 0
    for n, line in enumerate(body.lines):
        item = LIST_ITEM.match(line)
        if item or not line.strip():
            brackets = cells = 0
        brackets += line.count("[")
        columns = line.count("|")
        cells += columns
        run = MAX_RUN.search(line)
        deep = item and len(line) - len(line.lstrip(" ")) > MAX_INDENT
        if run or deep or brackets > MAX_BRACKETS:
            report.error(
                body.place(n, run.start() + 1 if run else 1),
                Code.LIMIT,
                "Brackets, quotes or lists are nested deeper or stand closer here than in any text people write.",
                mend="Write this part more simply.",
            )
            return False
        if columns > MAX_COLUMNS or cells > MAX_CELLS:
            report.error(
                body.place(n),
                Code.LIMIT,
                f"This table is larger than {MAX_COLUMNS} columns or {MAX_CELLS:,} cells.",
                mend="Link to the table as a file.",
            )
            return False
    return True


def _refuse_near_headings(body: Body, apart: Collection[int], report: Report) -> None:
    for n, line in enumerate(body.lines):
        found = NO_HEADING.match(line)
        if found and n not in apart:
            report.error(
                body.place(n, len(found[0])),
                Code.SYNTAX,
                "There is no space after these #, so this is no heading.",
                why="What stands below it would belong to the heading before.",
                mend=f"Write  {found[1]} {line.strip()[len(found[1]) :][:60]}",
            )


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
