"""A live preview: MkDocs' own server, told of a saved file at once, and showing on the page what is wrong.

MkDocs looks for changes twice a second, and a page with a mistake simply stays as it was. A project manager who writes
wants to see either the change or the mistake.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Diagnostic, Report
from portal_gen.host.mkdocs_build import render_portal

# A save is several events; so many seconds of quiet end it.
QUIET = 0.03
# Opening and reading a file is an event as well, and reading is what a build does.
CHANGES = frozenset({"created", "modified", "deleted", "moved", "closed"})
PROBLEM = (
    '<div role="alert" style="position:fixed;z-index:99;inset:auto 0 0 0;max-height:60vh;overflow:auto;'
    "padding:1rem 1.2rem;background:#2b1210;color:#fff;font:14px/1.5 ui-monospace,Menlo,Consolas,monospace;"
    'white-space:pre-wrap">{}</div>'
)

Tell = Callable[[Sequence[Diagnostic], Iterable[str]], str]
"""Tells the person at the terminal what is wrong: diagnostics, and what the host says. Gives the words for the page."""


class Preview(LiveReloadServer):
    """Serves one client's portal from a folder of its own, and builds it anew whenever its content changes."""

    def __init__(self, build: Callable[[], str], address: tuple[str, int], root: Path) -> None:
        super().__init__(self._rebuild, *address, str(root))
        self.build_delay = QUIET
        self.observer = Observer()  # type: ignore[assignment]
        self.problem = ""
        self._build = build

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:  # noqa: ARG002 - MkDocs' own
        """Build anew when a file below `path` changes."""
        handler = FileSystemEventHandler()
        handler.on_any_event = self._changed  # type: ignore[method-assign]
        self._watched_paths[path] = 1
        self.observer.schedule(handler, path, recursive=recursive)

    def _changed(self, event: FileSystemEvent) -> None:
        if event.event_type in CHANGES and not event.is_directory:
            with self._rebuild_cond:
                self._want_rebuild = True
                self._rebuild_cond.notify_all()

    def _rebuild(self) -> None:
        self.problem = self._build()

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        page: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        if not self.problem:
            return page
        shown = PROBLEM.format(escape(self.problem)).encode()
        return page.replace(b"</body>", shown + b"</body>", 1)


def preview(
    config: Path,
    content: Path,
    client: str,
    as_of: date,
    address: tuple[str, int],
    tell: Tell,
    ready: Callable[[], Any],
) -> None:
    """Serve a client's portal until interrupted.

    Raises:
        OSError: the address is in use, or may not be used.
    """
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        site = Path(folder, "site")
        site.mkdir()

        def build() -> str:
            report = Report()
            portal = compile_portal(content, client, as_of, report)
            found = report.diagnostics
            if portal is None:
                return tell(found, ())
            # MkDocs empties its folder first; what a reader sees is exchanged whole.
            result = render_portal(config, content, client, Path(folder, "new"), as_of, portal=portal)
            if not result.ok:
                return tell(found, result.messages)
            shutil.rmtree(site)
            Path(folder, "new").rename(site)
            tell(found, result.messages)
            return ""

        server = Preview(build, address, site)
        server.problem = build()
        if not (site / "index.html").exists():
            (site / "index.html").write_text("<!doctype html><title>portal</title><body></body>", "utf-8")
        for path in (content / client, content / "shared"):
            if path.exists():
                server.watch(str(path.absolute()))
        # An editor puts a new file in the place of the old one, so the folder is watched.
        server.watch(str(config.absolute().parent), recursive=False)
        try:
            ready()
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()
