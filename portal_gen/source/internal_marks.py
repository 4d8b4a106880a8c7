"""Marks of what is internal, `/// internal` and `///`, and all that its author may take for one."""

from __future__ import annotations

import re
from collections.abc import Collection

from portal_gen.diagnostics import Code, Report, did_you_mean, one_line
from portal_gen.source.body import CODE_SPAN, FIELD, Body, field_of

BLOCKS = ("internal",)
MARK = re.compile(r"^([\s>*+\-]*(?:\d+[.)]\s*)?)(/{3,}|／{2,}|:{3,}|：{2,})(.*)$")
# Other ways in which people mark a note, and slips of the pen: no Markdown hides these, so they must not pass as text.
_WORD = "(?:internal(?:[ ]only)?|内部|內部)"
NEAR_MARK = re.compile(
    r"(?<![\w\\:/])(?:/{2,}|\\{2,}|／{2,}|、{2,}|:{2,}|：{2,}|[!?]{3}\+?|\[!|%%)[\s{\"']*(?:intern|内部|內部)"
    r"|^[\s>]*[!?]{3}\+?\s.*\bintern|(?<![\w%])%%(?!%)"
    r"|(?<![\w/])(?:/[ \t]+){2,}/?[ \t]*intern"  # / / / internal
    rf"|[\[【]\s*/?\s*{_WORD}\s*[\]】](?![(\[:])"  # [internal] … [/internal]
    r"|\b(?:visi?b\w*|visab\w*)\s*[:：]{1,3}\s*[\"'“”‘’]?\s*intern"  # [visibility: internal]
    r"|可见性\s*[:：]{1,3}\s*(?:内部|intern)",
    re.IGNORECASE,
)
# A comment ends where it ends: what stands between two of them is text.
COMMENT_MARK = re.compile(
    rf"<!--+\s*[/#]?\s*(?:(?:begin|start|end|stop|/)\s*)?{_WORD}\s*(?:begin|start|end|stop)?\s*[:：]?\s*--+>",
    re.IGNORECASE,
)


def hidden_lines(body: Body, code: Collection[int], report: Report) -> tuple[set[int], bool]:
    """The numbers of the lines that are internal, and whether all marks are in order.

    A mark counts wherever it stands, in `code` as well: what looks internal is never shown.
    """
    opened: int | None = None
    sound = True
    hidden: set[int] = set()
    for n, line in enumerate(body.lines):
        if opened is not None:
            hidden.add(n)
        found = MARK.match(line)
        if not found or (re.fullmatch(r"\s*:{3,}[\s:|]*", line) and "|" in line):
            continue
        name = found[3].replace("\u00a0", " ").strip()
        column = len(found[1]) + 1
        if found[2] != "///" or found[1].strip() or len(found[1]) > 3 or n in code:  # noqa: PLR2004
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
            hidden.add(n)
    if opened is not None:
        report.error(
            body.place(opened),
            Code.BLOCK,
            "A block is opened here and never closed.",
            why="We cannot tell where the internal part ends, so nothing of this file is shown.",
            mend="Write a line  ///  after its last line.",
        )
    return hidden, sound and opened is None


def refuse_near_marks(written: Body, seen: Body, apart: Collection[int], report: Report) -> bool:
    """Report what its author may take for an internal mark and everybody else would read.

    `seen` is the text as `written`, without its comments; lines `apart` are code, or hidden already.
    """
    sound = True
    for n, line in enumerate(seen.lines):
        if n in apart:
            continue
        found = _outside(COMMENT_MARK, written.lines[n], [])
        if not found and NEAR_MARK.search(line) and not MARK.match(line):
            # A field is read where there are records, and refused elsewhere (see `items.refuse_visibility`).
            fields = [m.span() for m in FIELD.finditer(line) if field_of(m)[0] == "visibility"]
            found = _outside(NEAR_MARK, line, fields)
        for mark in found:
            report.error(
                seen.place(n, mark.start() + 1),
                Code.BLOCK,
                f"'{one_line(mark[0].strip())}' looks like the mark of something internal, but hides nothing.",
                why="What stands there would be shown to the client.",
                mend="Write  /// internal  and  ///  on lines of their own, before and after what is internal.\n"
                "An item of a list may say  [visibility:: internal]\n"
                "To show such a mark on purpose, put it between ` marks.",
            )
            sound = False
    return sound


def _outside(pattern: re.Pattern[str], line: str, spans: list[tuple[int, int]]) -> list[re.Match[str]]:
    """What a pattern finds in a line outside some spans and outside code."""
    found = list(pattern.finditer(line))
    spans = spans + [m.span() for m in CODE_SPAN.finditer(line)] if found else []
    return [m for m in found if not any(a <= m.start() < b for a, b in spans)]


def internal_blocks(body: Body) -> list[int]:
    """The numbers of the lines that open an internal block."""
    found = ((n, MARK.match(body.lines[n])) for n in sorted(body.hidden))
    return [n for n, mark in found if mark and mark[3].strip()]
