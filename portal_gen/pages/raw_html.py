"""HTML that a project manager wrote into Markdown: harmless tags pass, what loads or runs something does not.

The project manager is trusted; what was pasted from elsewhere is not. A portal makes no request to another host and
runs no script of an author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser

from markdown_it.token import Token

from portal_gen.diagnostics import Code, Report, one_line
from portal_gen.source.markdown_file import Body

PASS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
ATTRIBUTES = re.compile(r"(?:class|title|lang|dir|colspan|rowspan|scope|start|value|open|datetime|cite|href)$")
SAFE_HREF = re.compile(r"https?://|mailto:|tel:|#")


def check_html(tokens: Sequence[Token], body: Body, report: Report) -> None:
    """Report the tags and attributes in authored Markdown that must not reach a client's browser."""
    for line, source in _html(tokens):
        for tag, attributes in _tags(source):
            problem = _problem(tag, attributes)
            if problem:
                needle = f"<{tag}"
                here = next((n for n in range(line, len(body.lines)) if needle in body.lines[n].lower()), line)
                column = body.lines[here].lower().find(needle) + 1 if here < len(body.lines) else 1
                report.error(
                    body.place(here, max(column, 1)),
                    Code.UNSAFE,
                    problem,
                    why="A portal loads nothing from other hosts and runs nothing but its own scripts.",
                    mend="Write it in Markdown, or take it out. To show the tag itself, put it between ` marks.",
                )


def _html(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield line, token.content
        for child in token.children or ():
            if child.type == "html_inline":
                yield line, child.content


class _Tags(HTMLParser):
    """The tags that a browser would open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - the parser's
        """A browser takes `<![` for the start of a comment; the parser would raise on words it does not know."""
        return self.parse_bogus_comment(i, report)


def _tags(source: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    parser = _Tags()
    parser.feed(source)
    parser.close()
    return parser.found


def _problem(tag: str, attributes: Iterable[tuple[str, str | None]]) -> str:
    if tag not in PASS:
        return f"The tag <{one_line(tag, 30)}> cannot be part of a text."
    for name, value in attributes:
        if not ATTRIBUTES.match(name):
            return f"The attribute '{one_line(name, 30)}' of <{tag}> cannot be part of a text."
        if name == "href" and not SAFE_HREF.match((value or "").strip().lower()):
            return f"This link in HTML leads to '{one_line(value or '', 40)}', which we cannot check."
    return ""
