"""READ FIRST: plain files in, one client's portal out. The whole product is these steps, in this order.

source -> audience -> sections (facts) -> compute -> sections (views) -> pages
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from portal_gen import sections
from portal_gen.compute.audience import project
from portal_gen.compute.calendars import client_calendars
from portal_gen.compute.derive import derive
from portal_gen.contract import Derived, Fact, Portal, Project, Section, Site, Target, View
from portal_gen.diagnostics import Report
from portal_gen.language import Reader
from portal_gen.pages.prose import Links
from portal_gen.pages.render import make_site, render_views, section_files
from portal_gen.source.client import Core, client_of, load_core, note_missing_translations
from portal_gen.source.folders import client_ids
from portal_gen.source.tree import Source, open_source

__all__ = ["client_ids", "compile_portal"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A section with its records, whole and as the client may see them."""

    section: Section[Any]
    records: Any
    visible: Any


def compile_portal(content: Path, client_id: str, as_of: date, report: Report) -> Portal | None:
    """Compile one client's portal as it stands on a day.

    Reads `content/<client_id>` and `content/shared`, and nothing else; no clock, no network. Every mistake goes to
    the report; None when there is an error among them.
    """
    source = open_source(content, client_id, report)
    core = load_core(source)
    if core is None:
        return None
    client = client_of(core, source)
    loaded = load_sections(source, report)
    source.finish()
    note_missing_translations(core, source)
    facts = [*core_facts(core), *(f for s in loaded if s.visible is not None for f in s.section.facts(s.visible))]
    hidden = hidden_keys(loaded)
    calendars = client_calendars(core, report)
    derived = derive(facts, calendars, as_of, report, hidden=hidden, written_ids=source.written_ids)
    sites = {}
    for language in client.languages:
        reader = Reader(language, client.languages[0], client.region)
        sites[language] = compile_site(source, client, reader, loaded, derived, report)
    return None if report.failed else Portal(client, sites)


def load_sections(source: Source, report: Report) -> list[Loaded]:
    """Each section's records; a section without any is absent."""
    found = []
    for section in sections.find():
        records = section.load(source, report)
        if records is not None:
            found.append(Loaded(section, records, project(records)))
    return found


def core_facts(core: Core) -> Iterator[Fact]:
    """What is known without any section: which projects there are."""
    for name, record in core.projects.items():
        yield Project(place=record.place, project=name, title=record.title, summary=record.summary)


def hidden_keys(loaded: list[Loaded]) -> set[tuple[str | None, str, str]]:
    """Keys of what exists but is not for the client, so that a reference to it can be explained."""

    def keys(section: Section[Any], records: Any) -> set[tuple[str | None, str, str]]:
        found = section.facts(records) if records is not None else ()
        return {(f.project, f.space, f.id) for f in found if isinstance(f, Target)}

    return {
        k for s in loaded if s.visible is not s.records for k in keys(s.section, s.records) - keys(s.section, s.visible)
    }


def compile_site(
    source: Source, client: Any, reader: Reader, loaded: list[Loaded], derived: Derived, report: Report
) -> Site:
    """One language of the portal."""
    views: list[tuple[Section[Any], View]] = [
        (s.section, view)
        for s in loaded
        if s.visible is not None
        for view in s.section.views(s.visible, derived, reader)
    ]
    links = Links.of(derived, source.assets, frozenset(source.files))
    pages = render_views(views, derived, reader, links, report, client.explain)
    return make_site(client, reader, pages, derived, source.assets, section_files([s.section for s in loaded]))
