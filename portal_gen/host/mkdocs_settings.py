"""MkDocs' and Material's settings for a site: what the plugin changes in the configuration, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from portal_gen.contract import Site
from portal_gen.host.brand import brand_css, brand_icon
from portal_gen.host.material import add_material
from portal_gen.host.settings import ICON, Rendering, navigation, search_separator, template_values
from portal_gen.host.theme import theme_folder
from portal_gen.host.theme_environment import Fragments, use_shared_code

SEARCH = "material/search"
BRAND = "assets/brand.css"
_UNUSED = ("assets/images/favicon.png", "assets/stylesheets/palette.", "sitemap.xml")


def with_brand(rendering: Rendering) -> Site:
    """The site with the files that carry the client's colour.

    Raises:
        ValueError: a page would lie in the folder of another language.
    """
    site, client = rendering.site, rendering.portal.client
    others = {tag.casefold() for tag in rendering.portal.sites if tag != rendering.language}
    for path in (*(p.path for p in site.pages), *site.assets, *site.files):
        if path.partition("/")[0].casefold() in others and rendering.language == client.languages[0]:
            raise ValueError(f"'{path}' would stand where the portal in another language goes; give it another name")
    colour = client.brand.colour
    return replace(site, files={**site.files, BRAND: brand_css(colour), ICON: brand_icon(site.name, colour)})


def apply(config: MkDocsConfig, rendering: Rendering, docs: Path) -> None:
    """Set everything that depends on the client.

    Raises:
        PluginError: the theme is not Material.
    """
    site = rendering.site
    if config.theme.name != "material":
        raise PluginError("portal: the theme must be Material; write 'theme: {name: material}' in mkdocs.yml.")
    values = template_values(rendering)
    config.docs_dir = str(docs)
    config.nav = navigation(site)
    config.site_name = values.name
    config.site_description = next((Markup.escape(p.description) for p in site.pages if p.path == "index"), "")
    # Addresses in the pages are relative and end in "/"; where a portal will stand is nobody's business here.
    config.site_url = ""
    config.use_directory_urls = True
    sections = {kind: [p for p in (f"assets/sections.{kind}",) if p in site.files] for kind in ("css", "js")}
    config.extra_css = ["assets/portal.css", BRAND, *sections["css"], *config.extra_css]
    config.extra_javascript = [*sections["js"], *config.extra_javascript]
    apply_theme(config, rendering.language)
    search = search_plugin(config)
    if search is not None and not search.config["separator"]:
        search.config["separator"] = search_separator(rendering.language)
        if rendering.language.partition("-")[0] == "ja":
            # With a segmenter of its own, it would not ask for the separator.
            search.config["lang"] = search.config["lang"] or ["en"]
    add_material(values, config, searches=search is not None)
    values.fragment = Fragments(config)
    config.extra["portal"] = values
    # Pages are finished HTML; Markdown has nothing to add to them.
    config.markdown_extensions = []
    config.mdx_configs = {}


def apply_theme(config: MkDocsConfig, language: str) -> None:
    """Material with our templates before its own, in the client's language."""
    theme = config.theme
    theme.dirs.insert(1 if theme.custom_dir else 0, str(theme_folder()))
    # Neither an error page, whose addresses would have to be absolute, nor a site map: a portal is private.
    theme.static_templates -= {"404.html", "sitemap.xml"}
    theme["language"] = theme_language(theme.dirs, language)
    theme["font"] = False
    use_shared_code(config)


def theme_language(folders: Collection[str], tag: str) -> str:
    """The language of the theme's own words for a tag: itself, its base, or English."""
    tags = (tag, tag.partition("-")[0])
    has = (t for t in tags if any(Path(folder, "partials", "languages", f"{t}.html").is_file() for folder in folders))
    return next(has, "en")


def paths(nav: Any) -> set[str]:
    """The source paths that a navigation names."""
    if isinstance(nav, str):
        return {nav}
    items = nav.values() if isinstance(nav, dict) else nav or []
    return {path for item in items for path in paths(item)}


def search_plugin(config: MkDocsConfig) -> Any:
    """Material's search, or None where it is not in use."""
    return config.plugins.get(SEARCH)


def search_languages(config: MkDocsConfig) -> list[str]:
    """The languages that the search stems."""
    search = search_plugin(config)
    return list(search.config["lang"] or []) if search is not None else []


def is_unused(path: str, languages: Collection[str]) -> bool:
    """True for a file of the theme that no page asks for: 2 MB of 2.5 are source maps and other languages' stemmers."""
    if path.endswith(".map") or path.startswith(_UNUSED):
        return True
    if not path.startswith("assets/javascripts/lunr/"):
        return False
    needed = {f"min/lunr.{tag}.min.js" for tag in languages if tag != "en"}
    if needed:
        needed.add("min/lunr.stemmer.support.min.js")
    if len(languages) > 1:
        needed.add("min/lunr.multi.min.js")
    segmenters = {"ja": "tinyseg.js", "th": "wordcut.js", "hi": "wordcut.js"}
    needed |= {segmenters[tag] for tag in languages if tag in segmenters}
    return path.removeprefix("assets/javascripts/lunr/") not in needed
