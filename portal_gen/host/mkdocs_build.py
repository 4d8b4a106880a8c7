"""What `mkdocs build` does for one client, in process and in silence. Safe to call for one client after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from portal_gen.compile import compile_portal
from portal_gen.contract import Portal
from portal_gen.diagnostics import Report, render_text
from portal_gen.host.docs_tree import ensure_skeleton
from portal_gen.host.mkdocs_plugin import plugin_of
from portal_gen.host.mkdocs_process import captured_log, own_plugins, run
from portal_gen.host.settings import Rendering


@dataclass(frozen=True, slots=True)
class RenderResult:
    """Whether the whole portal came out, and what MkDocs warned of or why it stopped."""

    ok: bool
    messages: tuple[str, ...] = ()


def render_portal(
    config_file: Path, content: Path, client: str, site_dir: Path, as_of: date, *, portal: Portal | None = None
) -> RenderResult:
    """Render a client in all languages into `site_dir`, which is emptied first.

    The result is what `PORTAL_CLIENT=<client> mkdocs build` gives, byte for byte. A `portal` that is compiled already
    is taken as it is. Not for several threads at once: MkDocs is not.
    """
    if portal is None:
        report = Report()
        portal = compile_portal(content, client, as_of, report)
        if portal is None:
            return RenderResult(ok=False, messages=tuple(render_text(d) for d in report.diagnostics))
    with captured_log() as messages, own_plugins():
        try:
            ensure_skeleton(config_file.absolute().parent)
            config = load_config(config_file=str(config_file.absolute()), site_dir=str(site_dir.absolute()))
            plugin_of(config).rendering = Rendering(portal, portal.client.languages[0], as_of)
            run(config)
        except (MkDocsException, OSError) as error:
            text = error.format_message() if isinstance(error, MkDocsException) else str(error)
            # MkDocs logs what is wrong, and then raises that it stopped.
            return RenderResult(ok=False, messages=tuple(messages or [text]))
    return RenderResult(ok=True, messages=tuple(messages))
