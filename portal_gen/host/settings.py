"""What the theme is told about a site: names, words, and where each page leads. Plain values; nothing of the host.

All texts are `Markup`, escaped here once: the host's templates print values as they are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from portal_gen.contract import Page, Portal, Site
from portal_gen.language import Reader, find_locale
from portal_gen.pages.prose import relative_url

ICON = "assets/icon.svg"
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KANA = r"\u3041-\u3096\u30a1-\u30fc"
# Where the search cuts texts: a Han character is a word of its own.
# Looking back would cut behind one too, but older browsers cannot, and their search would break.
SEPARATOR = rf"[\s\-、。，；]+|(?=[{HAN}])"
# On a Chinese page a word also begins where letters begin. (In other scripts \b would cut behind every accent.)
HAN_SEPARATOR = rf"[\s\u200b\u3000\-、。，．？！；：（）「」《》“”]+|(?=[{HAN}])|\b(?=\w)"
# In Japanese each kana is one as well: Material's segmenter cuts a text and what is looked for in it differently.
KANA_SEPARATOR = rf"[\s\u200b\u3000\-、。，．？！；：（）「」『』・]+|(?=[{HAN}{KANA}])|\b(?=\w)"


@dataclass(frozen=True, slots=True)
class Rendering:
    """One site of a portal, about to be rendered on a day."""

    portal: Portal
    language: str
    as_of: date

    @property
    def site(self) -> Site:
        """The site in this language."""
        return self.portal.sites[self.language]

    @property
    def reader(self) -> Reader:
        """Who it is for."""
        client = self.portal.client
        return Reader(self.language, client.languages[0], client.region)


def search_separator(language: str) -> str:
    """The regular expression at which the search cuts texts of a language."""
    return {"zh": HAN_SEPARATOR, "ja": KANA_SEPARATOR}.get(language.partition("-")[0], SEPARATOR)


def navigation(site: Site) -> list[dict[str, Any]]:
    """The navigation as the host takes it: the pages of the top, then a section for each group."""
    found: list[dict[str, Any]] = []
    for title, pages in site.nav:
        links: list[dict[str, Any]] = [{Markup.escape(p.title): f"{p.path}.md"} for p in pages]
        found += [{Markup.escape(title): links}] if title else links
    return found


def template_values(rendering: Rendering) -> SimpleNamespace:
    """`config.extra.portal`: all that our templates need and the host does not know.

    Namespaces, not mappings: a template looks for an attribute first, and failing to find one takes it long.
    """
    site, reader, client = rendering.site, rendering.reader, rendering.portal.client
    logo = client.brand.logo
    return SimpleNamespace(
        name=Markup.escape(site.name),
        as_of=rendering.as_of.isoformat(),
        as_of_words=Markup.escape(reader.day(rendering.as_of)),
        prepared_by=Markup.escape(reader.word("Prepared by {agency}").format(agency=reader.text(client.agency)))
        if str(client.agency)
        else "",
        logo=logo.path if logo and logo.path in site.assets else "",
        icon=ICON,
        words=words(reader),
        languages=[
            SimpleNamespace(tag=tag, name=Markup.escape(autonym(tag)), current=tag == rendering.language)
            for tag in rendering.portal.sites
        ],
        pages=pages_values(rendering),
    )


def words(reader: Reader) -> dict[str, str]:
    """The theme's own interface words; the others are Material's."""
    texts = {
        "as_of": reader.word("As of"),
        "menu": reader.word("Menu"),
        "system": reader.word("Colours follow the device"),
        "light": reader.word("Light colours"),
        "dark": reader.word("Dark colours"),
        "language": reader.word("Language"),
        "table": reader.word("Table"),
    }
    return {name: Markup.escape(text) for name, text in texts.items()}


def autonym(tag: str) -> str:
    """A language's name in that language: Deutsch, 中文."""
    locale = find_locale(tag)
    name = locale.get_display_name() if locale else None
    return f"{name[:1].upper()}{name[1:]}" if name else tag


def pages_values(rendering: Rendering) -> dict[str, SimpleNamespace]:
    """By source: the source where the navigation lists it, the page it hangs from (None for most), its translations."""
    here = {page.path: page for page in rendering.site.pages}
    others = {
        tag: {page.path for page in site.pages}
        for tag, site in rendering.portal.sites.items()
        if tag != rendering.language
    }
    return {
        f"{path}.md": SimpleNamespace(
            listed=f"{path}.md" if page.in_nav else "",
            parent=_parent(page, here.get(page.parent)),
            alternates=[
                SimpleNamespace(tag=tag, url=_across(rendering, page, tag, there)) for tag, there in others.items()
            ],
        )
        for path, page in here.items()
    }


def _parent(page: Page, parent: Page | None) -> SimpleNamespace | None:
    if parent is None:
        return None
    url = relative_url(page.path, parent.path)
    return SimpleNamespace(source=f"{parent.path}.md", title=Markup.escape(parent.title), url=url)


def _across(rendering: Rendering, page: Page, tag: str, there: Collection[str]) -> str:
    """The URL from a page to itself in another language; where that has no such page, to its parent or to the start."""
    path = next((p for p in (page.path, page.parent) if p in there), "index")
    return relative_url(_from_root(rendering, rendering.language, page.path), _from_root(rendering, tag, path))


def _from_root(rendering: Rendering, tag: str, path: str) -> str:
    return path if tag == rendering.portal.client.languages[0] else f"{tag}/{path}"
