"""What the search knows of a page, in the form of Material's index: an entry for each heading with an id.

Material's plugin would parse each page a second time, character by character, and cut Chinese differently where jieba
happens to be installed. These are the entries that it makes, from one pass over the markup, without empty elements
and without the words in drawings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from portal_gen.pages.markup import MARKUP, VOID

KEPT = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A drawing says what the page says in words as well.
UNHEARD = frozenset({"svg", "object", "template"})
_HEADER_LINK = "headerlink"


@dataclass(slots=True)
class _Part:
    """A heading and the text up to the next. `depth` counts the elements that were open at the heading, with it."""

    anchor: str = ""
    depth: float = 0
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def entries(url: str, title: str, html: str) -> Iterator[dict[str, str]]:
    """The entries of a page at `url` (relative to the site); `title` is for text before any heading. All escaped."""
    for part in _parts(html):
        yield {
            "location": f"{url}#{part.anchor}" if part.anchor else url,
            "title": "".join(part.title).strip() or title,
            "text": "".join(part.text).strip(),
        }


def _parts(html: str) -> list[_Part]:
    part = _Part()
    parts = [part]
    open_tags: list[str] = []
    heading = 0  # how many elements were open when the heading began that we are in
    silent, silent_depth = "", 0  # the element whose content is not to be found, and how many of its kind are open
    at = 0
    for piece in MARKUP.finditer(html):
        out = part.title if heading else part.text
        if at < piece.start() and not silent:
            _add_text(out, html[at : piece.start()])
        at = piece.end()
        closes, name, attributes = piece.groups()
        if name is None or (tag := name.lower()) in VOID:
            continue
        if silent:
            silent_depth += (-1 if closes else 1) if tag == silent else 0
            silent = silent if silent_depth else ""
        elif not closes and (tag in UNHEARD or "data-search-exclude" in attributes or _HEADER_LINK in attributes):
            silent, silent_depth = tag, 1
        elif not closes:
            open_tags.append(tag)
            if tag in HEADINGS and (anchor := _attribute(attributes, "id")):
                heading = len(open_tags)
                part = _Part(anchor, heading)
                parts.append(part)
            elif tag in KEPT:
                out.append(f"<{tag}>")
        elif open_tags and open_tags[-1] == tag:
            depth = len(open_tags)
            if tag in KEPT:
                _close(out, tag)
            if part.depth > depth:  # what held the heading ends: back to the part around it
                part.depth = float("inf")
                part = next(p for p in reversed(parts) if p.depth <= depth)
            heading = 0 if depth == heading else heading
            open_tags.pop()
    if at < len(html) and not silent:
        _add_text(part.text, html[at:])
    return parts


def _add_text(out: list[str], text: str) -> None:
    """Add a text with each run of white space as one space."""
    words = " ".join(unescape(text).split())
    gap = text[0].isspace() and bool(out) and not out[-1].endswith(" ")
    if words:
        out.append(f"{' ' * gap}{escape(words, quote=False)}{' ' * text[-1].isspace()}")
    elif gap:
        out.append(" ")


def _close(out: list[str], tag: str) -> None:
    """End an element that is kept, or forget it where it holds nothing."""
    opening = f"<{tag}>"
    last = next((n for n in range(len(out) - 1, -1, -1) if not out[n].isspace()), -1)
    if last >= 0 and out[last] == opening:
        del out[last:]
    else:
        out.append(f"</{tag}>")


def _attribute(attributes: str, name: str) -> str:
    _, found, rest = attributes.partition(f' {name}="')
    return unescape(rest.partition('"')[0]) if found else ""
