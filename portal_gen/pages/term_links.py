"""Link each glossary term where it first stands on a page.

Works on finished HTML, piece by piece: it is copied byte for byte, and the only change is a link put around a term.
So every text of a page is seen, authored or from a record, and every host shows the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from html import escape, unescape
from itertools import accumulate
from typing import NamedTuple

from portal_gen.compute.terms import Gaps, TermIndex

_SILENT = (
    "a|abbr|audio|button|canvas|code|dfn|h[1-6]|head|iframe|kbd|label|math|nav|noscript|object|option|pre|samp|script"
    "|select|style|summary|svg|template|textarea|title|var|video"
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_ATTRIBUTES = r"""(?:[^>"']|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+"""
# Not where one of its kind is opened within: then its tags are counted one by one.
_UP_TO_ITS_END = r"[^<]*+(?:<(?!/?(?P=silent)[\s>])[^<]*+)*+"
# Each alternative reads to its end or to the end of the text, so the work is linear in any input.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|<(?P<silent>{_SILENT})(?=[\s>]){_ATTRIBUTES}(?<!/)>{_UP_TO_ITS_END}(?:</(?P=silent)\s*>|\Z)"
    rf"|<(?P<closes>/?)(?P<tag>[A-Za-z][^\s/>]*)(?P<attributes>{_ATTRIBUTES})(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_is_silent = re.compile(_SILENT, re.IGNORECASE).fullmatch
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
_BETWEEN = "\0"
_NO_TERMS = re.compile(r"""\s(?:data-no-terms(?![\w-])|class=["']?(?:[^"'>]*\s)?no-terms(?![\w-]))""")


class Entry(NamedTuple):
    """What a link to a term says and where it leads: a short meaning, and a URL seen from the page."""

    short: str
    url: str


def link_terms(html: str, index: TermIndex, entry: Callable[[str], Entry | None]) -> tuple[str, list[str]]:
    """Finished HTML with the first occurrence of each term linked, and the ids of the terms that were, in order.

    `entry` tells of a term id what its link says and where it leads; a term without an entry is not linked. Nothing is
    linked in code, links, headings and the like, nor in an element with the class `no-terms` or `data-no-terms`.
    """
    texts = list(_open_texts(html))
    # A page is searched as one text; nothing of a term holds the mark between two texts, so none spans them.
    words, gaps = _decode(_BETWEEN.join(html[start:end] for start, end in texts))
    starts = list(accumulate((end - start + 1 for start, end in texts), initial=0))
    linked: dict[str, None] = {}
    out: list[str] = []
    at = 0
    for match in index.find(words):
        if match.term_id not in linked and (told := entry(match.term_id)):
            linked[match.term_id] = None
            first, last = gaps.original(match.start), gaps.original(match.end)
            number = bisect_right(starts, first) - 1
            shift = texts[number][0] - starts[number]
            out += (html[at : first + shift], _opening(told))
            out += (html[first + shift : last + shift], "</a>")
            at = last + shift
    return "".join([*out, html[at:]]), list(linked)


def _open_texts(html: str) -> Iterator[tuple[int, int]]:
    """Where the texts stand in which terms may be linked."""
    silent = ""  # the tag that silences all within it, until as many of its kind are closed as were opened
    depth = 0
    at = 0
    for piece in _MARKUP.finditer(html):
        start, end = piece.span()
        if not silent and at < start:
            yield at, start
        at = end
        _, closes, tag, attributes = piece.groups()
        if silent:
            depth += (-1 if closes else 1) if tag and tag.lower() == silent else 0
            silent = silent if depth else ""
        elif tag and not closes and (_is_silent(tag) or ("no-terms" in attributes and _NO_TERMS.search(attributes))):
            silent, depth = ("", 0) if tag.lower() in _VOID else (tag.lower(), 1)
    if not silent and at < len(html):
        yield at, len(html)


def _opening(entry: Entry) -> str:
    return f'<a class="term" href="{escape(entry.url)}" title="{escape(" ".join(entry.short.split()))}">'


def _decode(raw: str) -> tuple[str, Gaps]:
    """What a reader sees of a text with character references, and where it was shortened."""
    gaps = Gaps()
    if "&" not in raw:
        return raw, gaps
    seen: list[str] = []
    at = lost = 0
    for found in _REFERENCE.finditer(raw):
        character = unescape(found[0])
        if len(character) == 1:
            seen += (raw[at : found.start()], character)
            start = found.start() + 1 - lost
            lost += len(found[0]) - 1
            gaps.shorten(start, lost)
            at = found.end()
    return "".join([*seen, raw[at:]]), gaps
