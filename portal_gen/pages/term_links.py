"""Link each glossary term where it first stands on a page.

Works on finished HTML, token by token: it is copied byte for byte, and the only change is a link put around a term.
So every text of a page is seen, authored or from a record, and every host shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from html.parser import HTMLParser
from typing import NamedTuple

from portal_gen.compute.terms import TermIndex

_SILENT = frozenset(
    {
        "a",
        "abbr",
        "audio",
        "button",
        "canvas",
        "code",
        "dfn",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "iframe",
        "kbd",
        "label",
        "math",
        "nav",
        "noscript",
        "object",
        "option",
        "pre",
        "samp",
        "script",
        "select",
        "style",
        "summary",
        "svg",
        "template",
        "textarea",
        "title",
        "var",
        "video",
    }
)
_VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")


class Entry(NamedTuple):
    """What a link to a term says and where it leads: a short meaning, and a URL seen from the page."""

    short: str
    url: str


def link_terms(html: str, index: TermIndex, entries: Mapping[str, tuple[str, str]]) -> tuple[str, list[str]]:
    """Finished HTML with the first occurrence of each term linked, and the ids of the terms that were, in order.

    `entries` is by term id: what its link says and where it leads; a term without an entry is not linked. Nothing is
    linked in code, links, headings and the like, nor in an element with the class `no-terms` or `data-no-terms`.
    """
    linked: list[str] = []
    out: list[str] = []
    open_elements: list[_Open] = []
    at = 0
    for token in tokenize(html):
        silent = bool(open_elements) and open_elements[-1].silent
        if token.tag is None:
            for start, end, term_id in () if silent else _found(html, token, index):
                if term_id in entries and term_id not in linked:
                    linked.append(term_id)
                    out += (html[at:start], _opening(*entries[term_id]), html[start:end], "</a>")
                    at = end
        elif token.closes:
            _close(open_elements, token.tag)
        elif token.tag not in _VOID:
            open_elements.append(_Open(token.tag, silent or _is_silent(token)))
    return "".join([*out, html[at:]]), linked


class _Open(NamedTuple):
    """An element that is open, and whether anything within it stays as it is."""

    tag: str
    silent: bool


def _opening(short: str, url: str) -> str:
    return f'<a class="term" href="{escape(url)}" title="{escape(" ".join(short.split()))}">'


def _is_silent(token: Token) -> bool:
    classes = (token.attributes.get("class") or "").split()
    return token.tag in _SILENT or "data-no-terms" in token.attributes or "no-terms" in classes


def _close(open_elements: list[_Open], tag: str) -> None:
    for depth in range(len(open_elements) - 1, -1, -1):
        if open_elements[depth].tag == tag:
            del open_elements[depth:]
            return


def _found(html: str, text: Token, index: TermIndex) -> Iterator[tuple[int, int, str]]:
    """The terms in a text, with where each stands in the page."""
    raw = html[text.start : text.end]
    words, positions = _decode(raw)
    for match in index.find(words):
        start, end = (positions[match.start], positions[match.end]) if positions else (match.start, match.end)
        yield text.start + start, text.start + end, match.term_id


def _decode(raw: str) -> tuple[str, list[int] | None]:
    """What a reader sees of a text with character references, and where each character stands in it."""
    if "&" not in raw:
        return raw, None
    seen: list[str] = []
    positions: list[int] = []
    at = 0
    for found in _REFERENCE.finditer(raw):
        character = unescape(found[0])
        if len(character) == 1:
            seen += (raw[at : found.start()], character)
            positions += (*range(at, found.start()), found.start())
            at = found.end()
    return "".join([*seen, raw[at:]]), [*positions, *range(at, len(raw) + 1)]


class Token(NamedTuple):
    """A tag, or text when `tag` is None: `source[start:end]`. The end of a tag is not told."""

    start: int
    end: int
    tag: str | None = None
    attributes: Mapping[str, str | None] = {}
    closes: bool = False


def tokenize(source: str) -> list[Token]:
    """The tags and texts of HTML in order, as a browser takes them; comments and broken markup are left out.

    A text goes from one piece of markup to the next: character references are part of it.
    """
    parser = _Tokenizer(source)
    parser.feed(source)
    parser.close()
    return parser.tokens


class _Tokenizer(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tokens: list[Token] = []
        self._source = source
        self._line_starts = [0, *(m.end() for m in re.finditer("\n", source))]

    def _position(self) -> int:
        line, offset = self.getpos()
        return self._line_starts[line - 1] + offset

    def _text(self, length: int) -> None:
        start = self._position()
        if self.tokens and self.tokens[-1].tag is None and self.tokens[-1].end == start:
            start = self.tokens.pop().start
        self.tokens.append(Token(start, self._position() + length))

    def handle_data(self, data: str) -> None:
        # The parser passes markup it cannot make sense of as data, in one piece from its "<" on.
        if data[0] != "<" or len(data) == 1:
            self._text(len(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, text: str) -> None:
        end = self._position() + len(text)
        self._text(len(text) + self._source.startswith(";", end))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self._position()
        self.tokens.append(Token(at, at, tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        at = self._position()
        self.tokens.append(Token(at, at, tag, closes=True))

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - the parser's
        """A browser takes `<![` for the start of a comment; the parser would raise on words it does not know."""
        return self.parse_bogus_comment(i, report)
