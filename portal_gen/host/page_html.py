"""The last touch to a page's finished HTML: contents, an anchor at the title, tables for the keyboard."""

from __future__ import annotations

import re
from html import escape, unescape

from markupsafe import Markup
from mkdocs.structure.toc import AnchorLink

TITLE = "p-title"
FEWEST_ENTRIES = 5
_HEADING = re.compile(r"<h([23])\b[^>]*?\sid=\"([^\"]+)\"[^>]*>(.*?)</h\1>", re.DOTALL)
_PERMALINK = re.compile(r"<a\b[^>]*class=\"[^\"]*headerlink[^>]*>.*?</a>", re.DOTALL)
_TABLE = re.compile(r"(?P<ours><div class=\"[^\"]*\bp-table\b[^>]*>\s*)?<table>(?P<rows>.*?)</table>", re.DOTALL)


def contents(html: str) -> list[AnchorLink]:
    """A page's table of contents: one root for the page, its h2 below, their h3 below those."""
    root = AnchorLink("", TITLE, 1)
    for level, anchor, inner in _HEADING.findall(html):
        title = Markup.escape(Markup(_PERMALINK.sub("", inner)).striptags())  # noqa: S704 - HTML we rendered
        item = AnchorLink(title, unescape(anchor), int(level))
        above = root.children[-1] if level == "3" and root.children else root
        above.children.append(item)
    return [root]


def wants_contents(html: str, items: list[AnchorLink]) -> bool:
    """True for a long page of text. A page with a wide drawing or cards keeps the room."""
    count = sum(1 + len(item.children) for item in items[0].children)
    return count >= FEWEST_ENTRIES and not re.search(r'class="[^"]*\bp-(?:scroll|cards?|table)\b', html)


def with_title(html: str) -> str:
    """The page with an anchor at its title: the skip link leads there, and the search takes it for the page's name."""
    return html.replace("<h1>", f'<h1 id="{TITLE}">', 1)


def with_tables(html: str, label: str) -> str:
    """The page with its bare tables named and, where a section gave them no wrapper, in one that scrolls.

    Without a class Material would wrap them in the browser, in a box that the keyboard does not reach.
    """

    def table(found: re.Match[str]) -> str:
        inner = f'<table class="p-grid">{found["rows"]}</table>'
        if found["ours"]:
            return f"{found['ours']}{inner}"
        return f'<div class="p-rows" tabindex="0" role="group" aria-label="{escape(label)}">{inner}</div>'

    return _TABLE.sub(table, html)
