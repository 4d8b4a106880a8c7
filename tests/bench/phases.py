"""Where the CPU of one `portal build` goes: exclusive times by phase, in milliseconds.

    python -m tests.bench.phases FOLDER [CLIENT ...]

Each phase is a few functions; what one of them spends in another's is counted there. The interpreter's start and all
imports are a phase of their own. Functions are wrapped, which costs a little for those that are called often: read the
shares, and measure gains with the rows of the bench.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

PHASES = {
    "read: list and read files": ("portal_gen.source.listing:list_files", "portal_gen.source.text_file:read_text"),
    "read: YAML": ("portal_gen.source.yaml_file:parse_yaml",),
    "read: Markdown files": ("portal_gen.source.markdown_file:parse_markdown",),
    "read: list items": ("portal_gen.source.items:read_items",),
    "read: pydantic records": ("portal_gen.source.record:read_record", "portal_gen.source.record:read_records"),
    "read: ids written": ("portal_gen.source.tree:_ids",),
    "read: sections' own": ("portal_gen.compile:load_sections",),
    "audience": ("portal_gen.compute.audience:project",),
    "calendars and holidays": (
        "portal_gen.compute.calendars:client_calendars",
        "portal_gen.compute.calendars:region_year",
    ),
    "schedule": ("portal_gen.compute.schedule:compute_schedule",),
    "derive (rest)": ("portal_gen.compute.derive:derive",),
    "terms: index": ("portal_gen.compute.terms:TermIndex.build", "portal_gen.compute.terms:surfaces"),
    "terms: meanings of each page": ("portal_gen.pages.render:url_of",),
    "terms: tokenize HTML": ("portal_gen.pages.term_links:tokenize",),
    "terms: find": ("portal_gen.compute.terms:TermIndex.find",),
    "terms: link (rest)": ("portal_gen.pages.term_links:link_terms",),
    "prose: Markdown to HTML": ("portal_gen.pages.prose:to_html", "portal_gen.pages.prose:to_inline"),
    "pages: compile our templates": ("jinja2.environment:Environment.compile",),
    "pages: render our templates": ("portal_gen.pages.render:_render",),
    "pages: words and dates (Babel)": (
        "portal_gen.language:Reader.day",
        "portal_gen.language:Reader.short_day",
        "portal_gen.language:Reader.word",
        "portal_gen.language:Reader.words",
    ),
    "pages: anchors": ("portal_gen.pages.prose:Links.check_anchors",),
    "pages: rest": ("portal_gen.pages.render:render_views", "portal_gen.pages.render:make_site"),
    "views": (),
    "host: write docs tree": ("portal_gen.host.docs_tree:write_docs_tree",),
    "host: load configuration": ("mkdocs.config.base:load_config",),
    "host: plugin's settings": ("portal_gen.host.mkdocs_settings:apply", "portal_gen.host.mkdocs_settings:with_brand"),
    "host: list theme files": ("mkdocs.structure.files:Files.add_files_from_theme",),
    "host: list docs": ("mkdocs.structure.files:get_files",),
    "host: on_files": ("portal_gen.host.mkdocs_plugin:PortalPlugin.on_files",),
    "host: navigation": ("mkdocs.structure.nav:get_navigation",),
    "host: pages' Markdown": ("mkdocs.commands.build:_populate_page",),
    "host: page HTML (ours)": (
        "portal_gen.host.mkdocs_plugin:PortalPlugin.on_page_content",
        "portal_gen.host.mkdocs_plugin:PortalPlugin.on_page_markdown",
    ),
    "host: copy assets": ("mkdocs.structure.files:Files.copy_static_files",),
    "host: search index": (
        "material.plugins.search.plugin:SearchPlugin.on_page_context",
        "material.plugins.search.plugin:SearchPlugin.on_post_build",
        "portal_gen.host.mkdocs_process:unify_search_index",
    ),
    "host: compile Material's templates": (),
    "host: render Material's templates": ("jinja2.environment:Template.render",),
    "host: build pages (rest)": ("mkdocs.commands.build:_build_page",),
    "host: link check": ("portal_gen.host.links:broken_links",),
    "host: build (rest)": ("portal_gen.host.mkdocs_process:run",),
    "publish: modes and swap": ("portal_gen.publish.one:settle", "portal_gen.publish.one:swap_in"),
}
"""The functions of each phase, as module:attribute. What is not there any more is named in the output."""


class Clock:
    """CPU time of this process, given to whichever phase is innermost."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self._open = ["everything else"]
        self._since = time.process_time()

    def turn(self) -> None:
        """Give the time since the last turn to the innermost phase."""
        now = time.process_time()
        self.spent[self._open[-1]] += now - self._since
        self._since = now

    def run(self, phase: str, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call a function within a phase."""
        self.turn()
        self.calls[phase] += 1
        self._open.append(phase)
        try:
            return function(*arguments, **named)
        finally:
            self.turn()
            self._open.pop()

    @property
    def within(self) -> list[str]:
        """The phases that are open, the outermost first."""
        return self._open


def wrap(clock: Clock, name: str, phase: Callable[[], str]) -> None:
    """Let a function's time be counted, or say that it is not there. `phase` is asked at each call."""
    module_name, _, attribute = name.partition(":")
    *path, last = attribute.split(".")
    try:
        holder: Any = import_module(module_name)
        for step in path:
            holder = getattr(holder, step)
        getattr(holder, last)
    except (ImportError, AttributeError):
        print(f"There is no {name} any more; its time is counted in the phase around it.")
        return
    function = holder.__dict__[last] if isinstance(holder, type) else getattr(holder, last)
    binds = isinstance(function, classmethod)
    inner = function.__func__ if binds else function

    @functools.wraps(inner)
    def counted(*arguments: Any, **named: Any) -> Any:
        return clock.run(phase(), inner, arguments, named)

    setattr(holder, last, classmethod(counted) if binds else counted)
    if isinstance(holder, type):
        return
    # Modules hold the functions that they import under names of their own.
    for module in [m for n, m in sys.modules.items() if n.partition(".")[0] in ("portal_gen", "mkdocs")]:
        for own, value in list(vars(module).items()):
            if value is function:
                setattr(module, own, counted)


def install(clock: Clock) -> None:
    """Wrap the functions of all phases."""

    def is_host() -> bool:
        return any(phase.startswith("host:") for phase in clock.within)

    for phase, names in PHASES.items():
        for name in names:
            if name == "jinja2.environment:Environment.compile":
                wrap(
                    clock,
                    name,
                    lambda: "host: compile Material's templates" if is_host() else "pages: compile our templates",
                )
            elif name == "jinja2.environment:Template.render":
                wrap(
                    clock,
                    name,
                    lambda: "host: render Material's templates" if is_host() else "pages: render our templates",
                )
            else:
                wrap(clock, name, functools.partial(str, phase))
    sections = import_module("portal_gen.sections")
    find = sections.find

    def with_views() -> Any:
        return tuple(_timed_views(clock, s) for s in find())

    sections.find = with_views


def _timed_views(clock: Clock, section: Any) -> Any:
    """The section with its views counted, each by its name."""

    def views(*arguments: Any) -> Any:
        return clock.run(f"views: {section.name}", lambda *a: list(section.views(*a)), arguments, {})

    return replace(section, views=views)


def main() -> None:
    """Build the clients of a portfolio and print where the time went."""
    os.chdir(sys.argv[1])
    for name in ("portal_gen.publish.one", "material.plugins.search.plugin", "mkdocs.commands.build"):
        import_module(name)
    many, state = import_module("portal_gen.publish.many"), import_module("portal_gen.publish.state")
    import_module("portal_gen.sections").find()
    clients = sys.argv[2:] or import_module("portal_gen.compile").client_ids(Path("content"))
    started = time.process_time()
    clock = Clock()
    install(clock)
    first: dict[str, float] = {}
    paths = (Path(name).absolute() for name in ("content", "site", "mkdocs.yml"))
    run = state.Run(*paths, date(2026, 11, 24), fresh=True)
    for outcome in many.publish_all(many.plan(run, clients), jobs=1):
        assert outcome.published, outcome
        clock.turn()
        if not first:
            first = dict(clock.spent)
            clock.calls.clear()
    report(started, first, {p: s - first.get(p, 0) for p, s in clock.spent.items()}, clock.calls, len(clients) - 1)


def report(
    started: float, first: dict[str, float], later: dict[str, float], calls: dict[str, int], number: int
) -> None:
    """Print a line for each phase: the first client's time, each later one's, and its calls."""
    total = sum(later.values())
    print(f"{started * 1000:6.0f} ms  interpreter, imports, listing the clients")
    print(f"{sum(first.values()) * 1000:6.0f} ms  the first client")
    print(f"{total * 1000 / number:6.0f} ms  each client after it (of {number})")
    print("\n first ms  later ms  share  calls  phase")
    for phase, seconds in sorted(later.items(), key=lambda row: -row[1]):
        ms = first.get(phase, 0) * 1000, seconds * 1000 / number
        print(f"{ms[0]:9.1f} {ms[1]:9.1f} {100 * seconds / total:5.1f}% {calls[phase] / number:6.0f}  {phase}")


if __name__ == "__main__":
    main()
