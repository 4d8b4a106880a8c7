"""Explain each glossary term where it stands on a page: a button in the text opens its meaning, at the page's end.

Works on finished HTML, piece by piece: it is copied byte for byte, and the only change is a button put around a term.
So every text of a page is seen, authored or from a record, and every host shows the same. Meanings are native popovers:
they need no script, and are printed, or shown by a browser that does not know popovers, as a list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from html import escape, unescape
from itertools import accumulate
from typing import NamedTuple

from markupsafe import Markup

from portal_gen.compute.terms import Gaps, Match, TermIndex
from portal_gen.contract import TermLinks

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
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[!-?A-~]+@[!-?A-~]+")
_SECTION_HEADINGS = frozenset({"h2", "H2"})
_NO_TERMS = re.compile(r"""\s(?:data-no-terms(?![\w-])|class=["']?(?:[^"'>]*\s)?no-terms(?![\w-]))""")


class Meaning(NamedTuple):
    """What a popover says of a term: its name with what it is short for, a short meaning, and where to read on."""

    name: Markup | str
    expands: Markup | str
    short: Markup | str
    url: str


def link_terms(
    html: str, index: TermIndex, known: Callable[[str], object], policy: TermLinks = TermLinks.PAGE
) -> tuple[str, list[str]]:
    """Finished HTML with terms made to open their meanings, and the ids of these terms, in order.

    `known` tells of a term id whether it has a meaning here; one without is left alone. `policy` says which occurrences
    open it. Nothing is linked in code, links, headings and the like, nor in an element with the class `no-terms` or
    `data-no-terms`. The page must hold the `meanings` of the terms as well.
    """
    if policy is TermLinks.OFF:
        return html, []
    texts, headings = _open_texts(html)
    # A page is searched as one text; nothing of a term holds the mark between two texts, so none spans them.
    words, gaps = _decode(_BETWEEN.join(html[start:end] for start, end in texts))
    starts = list(accumulate((end - start + 1 for start, end in texts), initial=0))
    linked: dict[str, int] = {}  # with the section of the last link
    out: list[str] = []
    at = 0
    for match in _outside_addresses(index.find(words), words):
        term_id = match.term_id
        if term_id in linked and policy is TermLinks.PAGE:
            continue
        first, last = gaps.original(match.start), gaps.original(match.end)
        number = bisect_right(starts, first) - 1
        shift = texts[number][0] - starts[number]
        section = bisect_right(headings, first + shift)
        if linked.get(term_id) == section and policy is TermLinks.SECTION:
            continue
        if not known(term_id):
            continue
        linked[term_id] = section
        out += (html[at : first + shift], _opening(term_id), html[first + shift : last + shift], "</button>")
        at = last + shift
    return "".join([*out, html[at:]]), list(linked)


def _outside_addresses(matches: list[Match], words: str) -> list[Match]:
    """Those that are no part of a web or e-mail address that stands in the text as it is."""
    if "://" not in words and "www." not in words and "@" not in words:
        return matches
    inside = [found.span() for found in _ADDRESS.finditer(words)]
    starts = [start for start, _ in inside]

    def is_inside(match: Match) -> bool:
        before = bisect_right(starts, match.start) - 1
        return before >= 0 and match.start < inside[before][1]

    return [match for match in matches if not is_inside(match)]


def meanings(terms: dict[str, Meaning], title: str, more: str) -> str:
    """The popovers of a page, one for each term, as HTML that may stand where a block may; "" when there are no terms.

    `title` heads the list where it is printed, `more` is the text of the link to the glossary.
    """
    if not terms:
        return ""
    items = "\n".join(_popover(term_id, meaning, more) for term_id, meaning in terms.items())
    return (
        f'<footer class="terms" data-search-exclude>\n<p class="terms-title">{escape(title)}</p>\n{items}\n</footer>\n'
    )


def _opening(term_id: str) -> str:
    """Ids with a colon are no one else's: those of headings have none."""
    name = escape(term_id)
    return f'<button type="button" class="term" popovertarget="t:{name}" aria-describedby="m:{name}">'


def _popover(term_id: str, meaning: Meaning, more: str) -> str:
    expands = Markup(" ({})").format(meaning.expands) if meaning.expands else ""
    return Markup(
        '<div popover class="term-note" id="t:{id}"><p><b>{name}</b>{expands}</p><p id="m:{id}">{short}</p>'
        '<p class="term-more"><a href="{url}">{more}</a></p></div>'
    ).format(id=term_id, name=meaning.name, expands=expands, short=meaning.short, url=meaning.url, more=more)


def _open_texts(html: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Where the texts stand in which terms may be linked, and where the headings of sections begin."""
    texts: list[tuple[int, int]] = []
    headings: list[int] = []
    silent = ""  # the tag that silences all within it, until as many of its kind are closed as were opened
    depth = 0
    at = 0
    for piece in _MARKUP.finditer(html):
        start, end = piece.span()
        if not silent and at < start:
            texts.append((at, start))
        at = end
        whole, closes, tag, attributes = piece.groups()
        if whole in _SECTION_HEADINGS:
            headings.append(start)
        if silent:
            depth += (-1 if closes else 1) if tag and tag.lower() == silent else 0
            silent = silent if depth else ""
        elif tag and not closes and (_is_silent(tag) or ("no-terms" in attributes and _NO_TERMS.search(attributes))):
            silent, depth = ("", 0) if tag.lower() in _VOID else (tag.lower(), 1)
    if not silent and at < len(html):
        texts.append((at, len(html)))
    return texts, headings


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
