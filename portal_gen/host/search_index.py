"""What the search knows of a page, in the form of Material's index: an entry for each heading with an id.

Material's plugin would parse each page a second time, character by character, and cut Chinese differently where jieba
happens to be installed. These entries say the same, save that a text always belongs to the heading before it, and
that links to other pages, and drawings, which say what the page says in words as well, are not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

# An element with data-search-exclude holds none of its own kind.
_LEFT_OUT = re.compile(
    r"<svg\b.*?</svg>"
    r"|<a\b[^>]*\bheaderlink\b.*?</a>"
    r"|<(nav|script|style|object|template)\b.*?</\1\s*>"
    r"|<([a-z]+)\b[^>]*\sdata-search-exclude\b.*?</\2\s*>",
    re.DOTALL,
)
_HEADING = re.compile(r"<(h[1-6])\b[^>]*\sid=\"([^\"]+)\"[^>]*>(.*?)</\1\s*>", re.DOTALL)
# Material shows these in its results; every other tag goes, and all attributes.
_MARKUP = re.compile(r"<!--.*?-->|</?(?!(?:p|code|pre|li|ol|ul|sub|sup)[\s>])[a-zA-Z][^>]*>", re.DOTALL)
_ATTRIBUTES = re.compile(r"<([a-z]+)\s[^>]*>")
_EMPTY = re.compile(r"<([a-z]+)>\s*</\1>")
_SPACE = re.compile(r"\s+")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt);)#?\w+;")


def entries(url: str, title: str, html: str) -> Iterator[dict[str, str]]:
    """The entries of a page at `url` (relative to the site).

    `title` is escaped HTML, and names what stands before any heading with an id.
    """
    first, *parts = _HEADING.split(_LEFT_OUT.sub("", html))
    yield {"location": url, "title": title, "text": _words(first)}
    for anchor, heading, text in zip(parts[1::4], parts[2::4], parts[3::4], strict=True):
        yield {"location": f"{url}#{unescape(anchor)}", "title": _words(heading) or title, "text": _words(text)}


def _words(html: str) -> str:
    """Text with the few tags that are kept, in one line."""
    text = _SPACE.sub(" ", _ATTRIBUTES.sub(r"<\1>", _MARKUP.sub("", html)))
    while "></" in text or "> </" in text:
        text, changed = _EMPTY.subn("", text)
        if not changed:
            break
    return _REFERENCE.sub(lambda found: escape(unescape(found[0]), quote=False), text).strip()
