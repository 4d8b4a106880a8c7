"""HTML that a project manager wrote into Markdown: harmless tags pass, what loads or runs something does not.

The project manager is trusted; what was pasted from elsewhere is not. A portal makes no request to another host and
runs no script of an author's. Judged is what a browser would see: HTML that is not wholly made of complete tags we
know, each closed where it was opened, is refused, because a browser would guess how it goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from markdown_it.token import Token

from portal_gen.diagnostics import Code, Place, Report, one_line
from portal_gen.source.body import Body
from portal_gen.source.fields import url_problem

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
VOID = frozenset(["br", "col", "hr", "wbr"])
ATTRIBUTES = re.compile(r"(?:class|title|lang|dir|colspan|rowspan|scope|start|value|open|datetime|cite|href)$")
ADDRESSES = frozenset(["cite", "href"])
# A tag as CommonMark defines it, which is stricter than what browsers take for one.
_NAME = r"[a-zA-Z_:][\w.:-]*"
_VALUE = r"\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+"
ATTRIBUTE = re.compile(rf"\s+({_NAME})(?:\s*=\s*({_VALUE}))?", re.ASCII)
TAG = re.compile(rf"<(/?)([a-zA-Z][\w-]*)((?:\s+{_NAME}(?:\s*=\s*(?:{_VALUE}))?)*+)\s*(/?)>", re.ASCII)
WHY = "A portal loads nothing from other hosts and runs nothing but its own scripts."
SHOW = "To show it as text, put it between ` marks."


def check_html(tokens: Sequence[Token], body: Body, report: Report) -> None:
    """Report the HTML in authored Markdown that must not reach a client's browser."""
    if any(t.type == "html_block" or any(c.type == "html_inline" for c in t.children or ()) for t in tokens):
        _Check(body, report).over(tokens)


@dataclass(slots=True)
class _Open:
    """An opened tag that waits for its end. One without a name is a part of the Markdown, which no tag may straddle."""

    name: str = ""
    place: Place | None = None
    refused: bool = False


@dataclass(slots=True)
class _Check:
    body: Body
    report: Report
    line: int = 0
    column: int = 0
    opened: list[_Open] = field(default_factory=list)

    def over(self, tokens: Sequence[Token]) -> None:
        self.opened.append(_Open())
        for token in tokens:
            if token.map:
                # Never backwards: equal tags are found one after the other.
                self._move(token.map[0])
            if token.nesting > 0:
                self.opened.append(_Open())
            if token.type in ("html_block", "html_inline"):
                self._source(token.content)
            if token.children:
                self.over(token.children)
            if token.nesting < 0:
                self._close_all()
        self._close_all()

    def _move(self, line: int) -> None:
        if line > self.line:
            self.line, self.column = line, 0

    def _source(self, source: str) -> None:
        """Judge a piece of HTML; what stands between its tags is text."""
        at = source.find("<")
        while at >= 0:
            found = TAG.match(source, at)
            place = self._find(found[0] if found else source[at:])
            if found:
                self._tag(found[2].lower(), found[3], place, closing=bool(found[1]), void=bool(found[4]))
            else:
                shown = one_line(source[at:].partition("\n")[0], 60)
                self._refuse(
                    place, f"This is not a complete tag of HTML: {shown}", f"For the sign itself write &lt;  {SHOW}"
                )
            at = source.find("<", found.end() if found else at + 1)

    def _tag(self, name: str, attributes: str, place: Place, *, closing: bool, void: bool) -> None:
        if closing:
            self._close(name, place)
            return
        problem = _problem(name, attributes)
        if problem:
            self._refuse(place, problem, f"Write it in Markdown, or take it out. {SHOW}")
        if name in VOID:
            return
        if void and not problem:
            self._refuse(
                place, f"To a browser <{name}/> opens a tag and does not close it.", f"Write <{name}></{name}>"
            )
        elif not void:
            self.opened.append(_Open(name, place, refused=bool(problem)))

    def _close(self, name: str, place: Place) -> None:
        here = [tag.name for tag in self.opened[self._start() :]]
        if name not in here:
            self._refuse(
                place,
                f"</{name}> closes nothing: no <{name}> is open in this part of the text.",
                f"Close tags in the order in which they were opened, and in the same paragraph. {SHOW}",
            )
            return
        while (last := self.opened.pop()).name != name:
            self._not_closed(last)

    def _start(self) -> int:
        """The index of the first tag that was opened in this part of the text."""
        return next(n for n in range(len(self.opened), 0, -1) if not self.opened[n - 1].name)

    def _close_all(self) -> None:
        """The end of a part of the text: what was opened in it must be closed by now."""
        while (last := self.opened.pop()).name:
            self._not_closed(last)

    def _not_closed(self, tag: _Open) -> None:
        if tag.place and not tag.refused:
            self._refuse(
                tag.place,
                f"<{tag.name}> is not closed in this part of the text.",
                f"Write </{tag.name}> at its end. {SHOW}",
            )

    def _find(self, source: str) -> Place:
        """Where a piece of HTML was written: the next place where its first line stands."""
        first = source.partition("\n")[0]
        lines = self.body.lines
        for n in range(self.line, len(lines)):
            at = lines[n].find(first, self.column if n == self.line else 0)
            if at >= 0:
                self.line, self.column = n, at + 1
                return self.body.place(n, at + 1)
        return self.body.place(min(self.line, max(len(lines) - 1, 0)))

    def _refuse(self, place: Place, what: str, mend: str) -> None:
        self.report.error(place, Code.UNSAFE, what, why=WHY, mend=mend)


def _problem(tag: str, attributes: str) -> str:
    if tag not in PASS:
        return f"The tag <{one_line(tag, 30)}> cannot be part of a text."
    for name, value in _attributes(attributes):
        if not ATTRIBUTES.match(name):
            return f"The attribute '{one_line(name, 30)}' of <{tag}> cannot be part of a text."
        if name in ADDRESSES and not _is_safe(value):
            return f"This link in HTML leads to '{one_line(value, 40)}', which we cannot check."
    return ""


def _attributes(source: str) -> Iterator[tuple[str, str]]:
    for found in ATTRIBUTE.finditer(source):
        value = found[2] or ""
        yield found[1].lower(), unescape(value[1:-1] if value[:1] in ("'", '"') else value)


def _is_safe(address: str) -> bool:
    return address.startswith("#") or address.lower().startswith(("mailto:", "tel:")) or not url_problem(address)
