"""What is written about people: `people` in client.yml, `communication` and `response` in each project.yml."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from portal_gen.diagnostics import Report
from portal_gen.source.fields import Email, Id, LocalLine, LocalText, Phone, Ref, Rhythm, WorkingDays, Zone, one_of
from portal_gen.source.record import Record
from portal_gen.source.tree import Source

SideWord = Annotated[str, BeforeValidator(one_of("client", "us", "third party"))]


class PersonRecord(Record):
    """One person. `decides` says what they may decide, in the client's words."""

    noun: ClassVar[str] = "person"
    name: LocalLine
    side: SideWord
    called: LocalLine | None = None
    role: LocalLine | None = None
    organisation: LocalLine | None = None
    decides: tuple[LocalText, ...] = ()
    email: Email | None = None
    phone: Phone | None = None
    timezone: Zone | None = None


class ChannelRecord(Record):
    """One regular contact: a report, a meeting."""

    noun: ClassVar[str] = "communication entry"
    what: LocalLine
    every: Rhythm
    by: Ref | None = None
    via: LocalText | None = None


class ResponseRecord(Record):
    """How soon we answer, and solve, in working days."""

    noun: ClassVar[str] = "response promise"
    first: WorkingDays | None = None
    resolve: dict[Id, WorkingDays] = {}


class PeopleKeys(Record):
    """Our keys of client.yml."""

    hideable: ClassVar[bool] = False
    people: dict[Id, PersonRecord] = {}
    timezone: Zone = "Europe/London"


class ContactKeys(Record):
    """Our keys of a project.yml."""

    communication: tuple[ChannelRecord, ...] = ()
    response: ResponseRecord | None = None


class PeopleRecords(Record):
    """The section's records: the client's people, and by project how we keep in touch."""

    client: PeopleKeys
    projects: dict[str, ContactKeys]


def load(source: Source, report: Report) -> PeopleRecords | None:
    """Read the people. None when nobody is named and nothing is said about contact."""
    del report  # the models say all there is to say
    client = source.client.keys("client.yml", PeopleKeys)
    projects = {name: keys for name, f in source.projects.items() if (keys := f.keys("project.yml", ContactKeys))}
    if client is None or not (client.people or any(k.communication or k.response for k in projects.values())):
        return None
    return PeopleRecords(client=client, projects=projects, __node__=client.node)
