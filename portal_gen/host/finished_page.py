"""A page of the docs tree as MkDocs takes it: finished HTML, so there is no Markdown to read or to convert."""

from __future__ import annotations

import re
from html import escape, unescape

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from portal_gen.contract import Page

TITLE = "p-title"
FEWEST_ENTRIES = 5
_HEADING = re.compile(r"<h([23])\b[^>]*?\sid=\"([^\"]+)\"[^>]*>(.*?)</h\1>", re.DOTALL)
_PERMALINK = re.compile(r"<a\b[^>]*class=\"[^\"]*headerlink[^>]*>.*?</a>", re.DOTALL)
_TABLE = re.compile(r"(?P<ours><div class=\"[^\"]*\bp-table\b[^>]*>\s*)?<table>(?P<rows>.*?)</table>", re.DOTALL)
_WIDE = re.compile(r'class="[^"]*\bp-(?:scroll|cards?|table)\b')


class FinishedPage(MkDocsPage):
    """One page. Its title and description are escaped here, once: the theme's templates print values as they are."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(Markup.escape(page.title), file, config)
        self._page = page

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' own
        """Take the page as it was compiled; the file of the docs tree says the same."""
        self.markdown = self._page.markdown
        # The search is told of the page by us, see `search_index`.
        self.meta = {
            "title": self.title,
            "description": Markup.escape(self._page.description),
            "search": {"exclude": True},
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' own
        """Give the page its table of contents, an anchor at its title, and tables that the keyboard reaches."""
        html = (self.markdown or "").strip()
        items = contents(html)
        self.toc = TableOfContents(items)
        if not wants_contents(html, items):
            self.meta["hide"] = ["toc"]
        self.content = with_tables(with_title(html), config.extra["portal"].words.table)
        self.present_anchor_ids, self.links_to_anchors = set(), {}
        self._alternates = [other.url for other in config.extra["portal"].pages[self.file.src_uri].alternates]

    @property
    def own_html(self) -> str:
        """What no other page of its depth has: its content, its title's anchor, the links to its translations."""
        links = "".join(f'<a href="{url}"></a>' for url in self._alternates)
        return f"{self.content}{links}"


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
    return count >= FEWEST_ENTRIES and not _WIDE.search(html)


def with_title(html: str) -> str:
    """The page with an anchor at its title: the skip link leads there."""
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
