"""Link each glossary term where it first stands on a page.

Works on finished HTML, piece by piece: it is copied byte for byte, and the only change is a link put around a term.
So every text of a page is seen, authored or from a record, and every host shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple

from portal_gen.compute.terms import TermIndex
from portal_gen.pages.markup import MARKUP, VOID

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
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
_NO_TERMS = re.compile(r"""\s(?:data-no-terms(?![\w-])|class=["']?(?:[^"'>]*\s)?no-terms(?![\w-]))""")


class Entry(NamedTuple):
    """What a link to a term says and where it leads: a short meaning, and a URL seen from the page."""

    short: str
    url: str


def link_terms(html: str, index: TermIndex, entries: Mapping[str, tuple[str, str]]) -> tuple[str, list[str]]:
    """Finished HTML with the first occurrence of each term linked, and the ids of the terms that were, in order.

    `entries` is by term id: what its link says and where it leads; a term without an entry is not linked. Nothing is
    linked in code, links, headings and the like, nor in an element with the class `no-terms` or `data-no-terms`.
    """
    linked: dict[str, None] = {}
    out: list[str] = []
    at = 0
    for start, end in _open_texts(html):
        for first, last, term_id in _found(html[start:end], index):
            if term_id in entries and term_id not in linked:
                linked[term_id] = None
                out += (
                    html[at : start + first],
                    _opening(*entries[term_id]),
                    html[start + first : start + last],
                    "</a>",
                )
                at = start + last
    return "".join([*out, html[at:]]), list(linked)


def _open_texts(html: str) -> Iterator[tuple[int, int]]:
    """Where the texts stand in which terms may be linked."""
    silent = ""  # the tag that silences all within it, until as many of its kind are closed as were opened
    depth = 0
    at = 0
    for piece in MARKUP.finditer(html):
        if not silent and at < piece.start():
            yield at, piece.start()
        at = piece.end()
        closes, tag, attributes = piece.groups()
        if tag is None:
            continue
        tag = tag.lower()
        if silent:
            depth += (-1 if closes else 1) if tag == silent else 0
            silent = silent if depth else ""
        elif (
            not closes
            and tag not in VOID
            and (tag in _SILENT or ("no-terms" in attributes and _NO_TERMS.search(attributes)))
        ):
            silent, depth = tag, 1
    if not silent and at < len(html):
        yield at, len(html)


def _opening(short: str, url: str) -> str:
    return f'<a class="term" href="{escape(url)}" title="{escape(" ".join(short.split()))}">'


def _found(raw: str, index: TermIndex) -> Iterator[tuple[int, int, str]]:
    """The terms in a text, with where each stands in it."""
    words, positions = _decode(raw)
    for match in index.find(words):
        start, end = (positions[match.start], positions[match.end]) if positions else (match.start, match.end)
        yield start, end, match.term_id


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
