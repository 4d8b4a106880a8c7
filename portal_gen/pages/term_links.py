"""Link each glossary term where it first stands on a page: an extension of Python-Markdown.

It works on the finished tree and on the raw HTML that Python-Markdown keeps aside, in the order of the page, so that
"first" means first. HTML is copied byte for byte; the only change is a link put around a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, STX, AtomicString

from portal_gen.compute.terms import TermIndex
EXTENSIONS = ("markdown.extensions.tables", "markdown.extensions.footnotes", "markdown.extensions.fenced_code")

_SILENT = frozenset(
    {
        "a", "abbr", "audio", "button", "canvas", "code", "dfn", "h1", "h2", "h3", "h4", "h5", "h6", "head",
        "iframe", "kbd", "label", "math", "nav", "noscript", "object", "option", "pre", "samp", "script",
        "select", "style", "summary", "svg", "template", "textarea", "title", "var", "video",
    }
)
_VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr",
    }
)
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
_CHARACTER = re.compile(rf"{_REFERENCE.pattern}|{HTML_PLACEHOLDER_RE.pattern}")

Attributes = Mapping[str, str]


class Entry(NamedTuple):
    """What a link to a term says and where it leads: a short meaning, and a URL from the root of the site."""

    short: str
    url: str


class TermLinks(Extension):
    """Links the terms of an index to their entries on each page that is converted.

    A host calls `set_page` before it converts a page. `entries` is by term id; a term without an entry is not linked.
    `linked` holds the ids linked on the last page.
    """

    def __init__(self, index: TermIndex, entries: Mapping[str, tuple[str, str]]) -> None:
        super().__init__()
        self.index = index
        self.entries = entries
        self.page: str | None = None
        self.linked: set[str] = set()

    def set_page(self, base_url: str | None) -> None:
        """Say how the next page reaches the root of the site ("../../"); None to link nothing on it."""
        self.page = base_url

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Add the processors to a converter."""
        atoms = _Atoms(md)
        # Python-Markdown forgets which texts are atomic when it resolves backslashes, at 0.
        md.treeprocessors.register(atoms, "portal_term_atoms", 0.5)
        # After MkDocs has made the authored links relative, also at 0: ours already are, and it would warn about them.
        md.treeprocessors.register(_Linker(md, atoms, self), "portal_terms", -1)

    def attributes(self, term_id: str) -> Attributes | None:
        """The attributes of the link to a term, escaped; None when it is not to be linked."""
        entry = self.entries.get(term_id)
        if entry is None or self.page is None:
            return None
        short, url = entry
        return {"class": "term", "href": escape(self.page + url), "title": escape(" ".join(short.split()))}


def find_used(index: TermIndex, markdown_text: str) -> set[str]:
    """The ids of the terms that would be linked on a page of the docs tree, given its Markdown.

    The page is converted with the linker itself, so both follow one set of rules.
    """
    md, links = _finder(index)
    md.reset().convert(markdown_text)
    return set(links.linked)


def link_html(html: str, index: TermIndex, entries: Mapping[str, tuple[str, str]], base: str) -> tuple[str, set[str]]:
    """Finished HTML with the first occurrence of each term linked, and the ids of the terms that were."""
    links = TermLinks(index, entries)
    links.set_page(base)
    walk = _Walk([], _Atoms(None), links)
    return walk._html(html), walk.linked


@lru_cache(maxsize=8)
def _finder(index: TermIndex) -> tuple[markdown.Markdown, TermLinks]:
    links = TermLinks(index, dict.fromkeys(index.term_ids, ("", "")))
    links.set_page("")
    return markdown.Markdown(extensions=[*EXTENSIONS, "markdown.extensions.attr_list", links]), links


class _Atoms(Treeprocessor):
    """Notes the texts that no processor may change."""

    texts: frozenset[Element] = frozenset()
    tails: frozenset[Element] = frozenset()

    def run(self, root: Element) -> None:
        self.texts = frozenset(e for e in root.iter() if isinstance(e.text, AtomicString))
        self.tails = frozenset(e for e in root.iter() if isinstance(e.tail, AtomicString))


class _Linker(Treeprocessor):
    def __init__(self, md: markdown.Markdown, atoms: _Atoms, links: TermLinks) -> None:
        super().__init__(md)
        self.atoms = atoms
        self.links = links

    def run(self, root: Element) -> None:
        walk = _Walk(self.md.htmlStash.rawHtmlBlocks, self.atoms, self.links)
        if self.links.page is not None:
            walk.element(root)
        self.links.linked = walk.linked


class _Link(NamedTuple):
    start: int
    end: int
    attributes: Attributes


class _Open(NamedTuple):
    """An element that is open, and whether anything within it stays as it is."""

    tag: str
    silent: bool


class _Walk:
    """One pass over a page as a reader meets it: the tree, and at each placeholder the HTML it stands for."""

    def __init__(self, stash: list[str | Element], atoms: _Atoms, links: TermLinks) -> None:
        self.linked: set[str] = set()
        self._stash = stash
        self._atoms = atoms
        self._term_links = links
        self._open: list[_Open] = []
        self._floor = 0  # raw HTML cannot close the elements of the tree around it

    def element(self, element: Element) -> None:
        """Link the terms in an element of the tree."""
        floor, self._floor = self._floor, len(self._open) + 1
        # A comment's tag is a function.
        self._enter(element.tag if isinstance(element.tag, str) else "script", element.attrib)
        if not self._silent:
            element.text, children = self._woven(element.text, atomic=element in self._atoms.texts)
            for child in element:
                self.element(child)
                children.append(child)
                child.tail, links = self._woven(child.tail, atomic=child in self._atoms.tails)
                children += links
            element[:] = children
        del self._open[self._floor - 1 :]
        self._floor = floor

    def _woven(self, text: str | None, *, atomic: bool) -> tuple[str | None, list[Element]]:
        """A text of the tree cut into what comes before the first link, and the links with what follows each."""
        if not text or atomic:
            return text, []
        links: list[Element] = []
        at = len(text)
        for link in reversed(list(self._links(text))):
            anchor = Element("a", dict(link.attributes))
            anchor.text, anchor.tail = text[link.start : link.end], text[link.end : at]
            links.insert(0, anchor)
            at = link.start
        return text[:at], links

    def _links(self, text: str) -> Iterator[_Link]:
        """The links to set in a text; the HTML behind its placeholders is worked on at once."""
        at = 0
        for placeholder in HTML_PLACEHOLDER_RE.finditer(text) if STX in text else ():
            number = int(placeholder[1])
            stashed = self._stash[number] if number < len(self._stash) else ""
            if isinstance(stashed, str) and _REFERENCE.fullmatch(stashed):
                continue  # a character of the text
            yield from self._run_links(text, at, placeholder.start())
            at = placeholder.end()
            if isinstance(stashed, str):
                self._stash[number] = self._html(stashed)
            else:
                self.element(stashed)
        yield from self._run_links(text, at, len(text))

    def _run_links(self, text: str, start: int, end: int) -> Iterator[_Link]:
        """The links to set in a stretch of text without elements."""
        if start == end or self._silent:
            return
        words, positions = self._decode(text[start:end])
        for match in self._term_links.index.find(words):
            attributes = None if match.term_id in self.linked else self._term_links.attributes(match.term_id)
            if attributes is not None:
                self.linked.add(match.term_id)
                first, last = (positions[match.start], positions[match.end]) if positions else (match.start, match.end)
                yield _Link(start + first, start + last, attributes)

    def _decode(self, raw: str) -> tuple[str, list[int] | None]:
        """What a reader sees of a text with character references, and where each character stands in it."""
        if "&" not in raw and STX not in raw:
            return raw, None
        seen: list[str] = []
        positions: list[int] = []
        at = 0
        for found in _CHARACTER.finditer(raw):
            character = unescape(str(self._stash[int(found[1])]) if found[1] else found[0])
            if len(character) == 1:
                seen += (raw[at : found.start()], character)
                positions += (*range(at, found.start()), found.start())
                at = found.end()
        return "".join([*seen, raw[at:]]), [*positions, *range(at, len(raw) + 1)]

    def _html(self, source: str) -> str:
        """Finished HTML with its terms linked."""
        out: list[str] = []
        at = 0
        for token in tokenize(source):
            if token.tag is None:
                for link in self._links(source[token.start : token.end]):
                    start, end = token.start + link.start, token.start + link.end
                    attributes = "".join(f' {name}="{value}"' for name, value in link.attributes.items())
                    out += (source[at:start], f"<a{attributes}>", source[start:end], "</a>")
                    at = end
            elif token.closes:
                self._leave(token.tag)
            elif token.tag not in _VOID:
                self._enter(token.tag, token.attributes)
        return "".join([*out, source[at:]])

    @property
    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1].silent

    def _enter(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        silent = (
            tag in _SILENT
            or "data-no-terms" in attributes
            or "no-terms" in (attributes.get("class") or "").split()
            or self._silent
        )
        self._open.append(_Open(tag, silent))

    def _leave(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, self._floor - 1, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return


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
