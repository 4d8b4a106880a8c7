"""The plugin `portal`: compiles one client and hands the result to MkDocs.

It works before MkDocs looks at anything (`on_config`); from there on MkDocs renders a folder of plain files. The first
language becomes the site; the others are built the same way when it is done, each in a folder of its own.
"""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock
from mkdocs.config import config_options as c
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from pydantic_core import PydanticCustomError

from portal_gen.compile import client_ids, compile_portal
from portal_gen.contract import Portal
from portal_gen.diagnostics import Report, Severity, render_text
from portal_gen.host import mkdocs_settings
from portal_gen.host.docs_tree import ensure_skeleton, write_docs_tree
from portal_gen.host.finished_page import FinishedPage
from portal_gen.host.links import LinkCheck
from portal_gen.host.mkdocs_process import CONTENT_LOGGER, LOGGER, Complaints, own_plugins, run
from portal_gen.host.search_index import entries
from portal_gen.host.settings import Rendering
from portal_gen.source.fields import parse_day

NAME = "portal"
MOST_LINKS = 20
# What `portal build` leaves in the folder that it publishes into.
SITE_MARKS = (".portal", ".portal.lock")


class PortalConfig(Config):  # type: ignore[no-untyped-call]
    """The options under `plugins: - portal:` in mkdocs.yml. PORTAL_CLIENT, _LANGUAGE, _CONTENT and _AS_OF win."""

    client = c.Optional(c.Type(str))
    language = c.Optional(c.Type(str))
    content = c.Dir(exists=False, default="content")
    as_of = c.Optional(c.Type((str, date)))


class PortalPlugin(BasePlugin[PortalConfig]):  # type: ignore[no-untyped-call]
    """Renders one client's portal. Whoever builds in process may set `rendering`, and nothing is compiled."""

    rendering: Rendering | None = None
    links: LinkCheck | None = None
    """Of the whole portal: the site of another language is given that of the first."""
    _depths: set[int]
    _lock: FileLock | None = None
    _complaints: Complaints | None = None

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile, write the docs tree, and point MkDocs at it. First of all plugins, so that they see the result."""
        root = Path(config.config_file_path).parent
        skeleton = ensure_skeleton(root)
        if self.rendering is None:
            _refuse_site_of_many(Path(config.site_dir))
        rendering = self.rendering or self._compile(config)
        client = rendering.portal.client.id
        if not self._is_nested:
            (skeleton / "docs").mkdir(exist_ok=True)
            self._lock = FileLock(skeleton / "docs" / f"{client}.lock")
            self._lock.acquire()
            self._complaints = Complaints()
            self.links = LinkCheck()
            LOGGER.addHandler(self._complaints)
        self.rendering = rendering
        self._depths = set()
        folder = skeleton / "docs" / client / rendering.language
        try:
            write_docs_tree(mkdocs_settings.with_brand(rendering), folder)
        except (ValueError, OSError) as error:
            raise PluginError(f"{NAME}: the docs tree of {client} cannot be written: {error}") from error
        mkdocs_settings.apply(config, rendering, folder)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take every file of the docs tree, whatever MkDocs leaves out by name, and of the theme what is used."""
        assert self.rendering is not None
        pages = {f"{page.path}.md": page for page in self.rendering.site.pages}
        shown = mkdocs_settings.paths(config.nav)
        for file in list(files):
            if file.src_dir == config.docs_dir:
                hidden = file.is_documentation_page() and file.src_uri not in shown
                file.inclusion = InclusionLevel.NOT_IN_NAV if hidden else InclusionLevel.INCLUDED
                if file.src_uri in pages:
                    FinishedPage(pages[file.src_uri], file, config)  # it makes itself known to the file
            elif mkdocs_settings.is_unused(file.src_uri, mkdocs_settings.search_languages(config)):
                files.remove(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - the event's
        """Let the fragments of the theme know the navigation."""
        config.extra["portal"].nav = nav
        return nav

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002 - the event's
    ) -> TemplateContext:
        """Tell the search of the page."""
        search = mkdocs_settings.search_plugin(config)
        if search is not None and isinstance(page, FinishedPage):
            search.search_index.entries += entries(page.url, str(page.title), page.content or "")
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> None:  # noqa: ARG002 - the event's
        """Remember the links of the page as it goes out; what its like have in common is looked at once."""
        assert self.links is not None
        path = f"{self._folder}{page.file.dest_uri}"
        depth = path.count("/")
        if depth in self._depths and isinstance(page, FinishedPage):
            output = page.own_html
        self._depths.add(depth)
        self.links.add(path, output)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the other languages, after all plugins are done with this one; then check the whole."""
        assert self.rendering is not None
        assert self.links is not None
        if self._is_nested:
            return
        for language in [tag for tag in self.rendering.portal.sites if tag != self.rendering.language]:
            _build_language(config, replace(self.rendering, language=language), self.links)
        broken = self.links.broken(Path(config.site_dir))
        complaints = self._complaints.messages if self._complaints else []
        self._release()
        if broken:
            more = [f"and {len(broken) - MOST_LINKS} more"] if len(broken) > MOST_LINKS else []
            raise PluginError("\n  ".join([f"{NAME}: links that lead nowhere:", *broken[:MOST_LINKS], *more]))
        if complaints:
            raise PluginError(f"{NAME}: MkDocs warned ({len(complaints)}), so the portal may not be whole; see above.")

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002 - the event's
        """Let go of what a build that failed held."""
        self._release()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:  # noqa: ARG002
        """Watch what people write, not what we make of it: else each build would set off the next."""
        server.unwatch(config.docs_dir)

    @property
    def _is_nested(self) -> bool:
        """True for the build of another language within that of the first."""
        return self.links is not None and self._complaints is None

    @property
    def _folder(self) -> str:
        """Where this site stands in the portal."""
        assert self.rendering is not None
        return f"{self.rendering.language}/" if self._is_nested else ""

    def _release(self) -> None:
        if self._complaints:
            LOGGER.removeHandler(self._complaints)
        if self._lock:
            self._lock.release()

    def _compile(self, config: MkDocsConfig) -> Rendering:
        """Compile the client that options and environment choose; say all that is wrong with it."""
        content = Path(os.environ.get("PORTAL_CONTENT") or self.config.content)
        config.watch.append(str(content))
        client = _choose(content, os.environ.get("PORTAL_CLIENT") or self.config.client)
        report = Report()
        as_of = _day(os.environ.get("PORTAL_AS_OF") or self.config.as_of)
        portal = compile_portal(content, client, as_of, report)
        for diagnostic in report.diagnostics:
            level = logging.ERROR if diagnostic.severity is Severity.ERROR else logging.WARNING
            CONTENT_LOGGER.log(level, render_text(diagnostic))
        if portal is None:
            raise PluginError(f"{NAME}: the content of {client} has errors; nothing was built.")
        language = os.environ.get("PORTAL_LANGUAGE") or self.config.language
        if not language:
            return Rendering(portal, portal.client.languages[0], as_of)
        if language not in portal.sites:
            raise PluginError(f"{NAME}: {client} has no language {language!r}. It has: {', '.join(portal.sites)}.")
        return Rendering(_only(portal, language), language, as_of)


def _build_language(config: MkDocsConfig, rendering: Rendering, links: LinkCheck) -> None:
    """Build one more language of a portal into its folder below the site."""
    with own_plugins():
        inner = load_config(
            config_file=config.config_file_path,
            site_dir=str(Path(config.site_dir) / rendering.language),
            strict=config.strict,
        )
        plugin = plugin_of(inner)
        plugin.rendering, plugin.links = rendering, links
        run(inner)


def plugin_of(config: MkDocsConfig) -> PortalPlugin:
    """This plugin in a loaded configuration.

    Raises:
        PluginError: mkdocs.yml does not name it.
    """
    plugin = config.plugins.get(NAME)
    if not isinstance(plugin, PortalPlugin):
        raise PluginError(f"{config.config_file_path} does not name the plugin '{NAME}'.")
    return plugin


def _refuse_site_of_many(site: Path) -> None:
    """MkDocs empties its `site_dir`. Where `portal build` publishes, that would be the portals of all clients."""
    if any((site / mark).exists() for mark in SITE_MARKS):
        raise PluginError(
            f"{NAME}: {site} holds the portals that `portal build` publishes, and MkDocs would delete them. "
            "Set another site_dir in mkdocs.yml, such as .portal/site, or run: mkdocs build --site-dir FOLDER"
        )


def _choose(content: Path, wanted: str | None) -> str:
    """The client to render: the one that is wanted, or the only one."""
    known = client_ids(content)
    if wanted in known:
        return str(wanted)
    how = f"Choose with PORTAL_CLIENT=<client> or 'client:' under 'plugins: - {NAME}:'. Known: {', '.join(known)}."
    if not known:
        raise PluginError(f"{NAME}: there is no client in {content}.")
    if wanted:
        raise PluginError(f"{NAME}: there is no client {wanted!r} in {content}. {how}")
    if len(known) > 1:
        raise PluginError(f"{NAME}: {content} holds {len(known)} clients, and MkDocs renders one at a time. {how}")
    return known[0]


def _day(value: object) -> date:
    """The day a portal speaks of. YAML gives an unquoted day as a date."""
    try:
        return parse_day(str(value)) if value else datetime.now(UTC).astimezone().date()
    except PydanticCustomError as error:
        raise PluginError(f"{NAME}: as_of is {value!r}; write a day such as 2026-03-05.") from error


def _only(portal: Portal, language: str) -> Portal:
    """A portal of one language."""
    return Portal(replace(portal.client, languages=(language,)), {language: portal.sites[language]})
