"""What the page of people shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from portal_gen.contract import Cadence, Derived, Fact, Person, Reference, Side, Target, View
from portal_gen.language import Localized, Reader, find_zone
from portal_gen.sections.people.model import ChannelRecord, PeopleRecords, PersonRecord, ResponseRecord

PAGE = "people"


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person's card. `difference` is their hours before or after the client's clock on the day of the page."""

    id: str
    record: PersonRecord
    place: str
    difference: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """How one project keeps in touch."""

    title: Localized
    channels: tuple[tuple[ChannelRecord, str, str], ...]
    response: ResponseRecord | None


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The page: groups of people by side, then the rhythm of contact by project."""

    groups: tuple[tuple[str, tuple[PersonView, ...]], ...]
    contacts: tuple[ContactView, ...]


def facts(records: PeopleRecords) -> Iterator[Fact]:
    """Everybody who can be named, and every promised rhythm."""
    for key, person in records.client.people.items():
        yield Person(
            place=person.place, id=key, name=person.name, side=Side(person.side), called=person.called, role=person.role
        )
        yield Target(place=person.place, space="person", id=key, title=person.name, page=PAGE, anchor=f"person-{key}")
    for project, keys in records.projects.items():
        for channel in keys.communication:
            yield Cadence(
                place=channel.place,
                project=project,
                what=channel.what,
                interval=channel.every.interval,
                unit=channel.every.unit,
                weekday=channel.every.weekday,
                by=channel.by,
                via=channel.via,
            )
            if channel.by:
                yield Reference(
                    place=channel.at("by"),
                    project=project,
                    spaces=("person",),
                    id=channel.by,
                    what="the one who does this",
                )


def views(records: PeopleRecords, derived: Derived, reader: Reader) -> Iterable[View]:
    """One page for the client."""
    _ = reader.word
    titles = {Side.CLIENT: _("On your side"), Side.US: _("On our side"), Side.THIRD_PARTY: _("Others")}
    zone = records.client.timezone
    people = {
        side: tuple(
            PersonView(key, p, _place(p.timezone, reader), _difference(p.timezone, zone, derived, reader))
            for key, p in records.client.people.items()
            if Side(p.side) is side
        )
        for side in titles
    }
    contacts = tuple(
        ContactView(
            project.title,
            tuple((c, rhythm(c, reader), _name(c.by, derived, reader)) for c in keys.communication),
            keys.response,
        )
        for project in derived.projects
        if (keys := records.projects.get(project.project or "")) and (keys.communication or keys.response)
    )
    if not (any(people.values()) or contacts):
        return  # all of it is internal
    yield View(
        path=PAGE,
        title=_("People"),
        description=_("Who is who on both sides, what each decides and how to reach them."),
        template="page.md.jinja",
        data=PeopleView(tuple((titles[s], p) for s, p in people.items() if p), contacts),
    )


def rhythm(channel: ChannelRecord, reader: Reader) -> str:
    """A rhythm in words: "every Friday", "every 2 weeks on Monday"."""
    every = channel.every
    if every.unit == "week" and every.weekday is not None:
        weekday = reader.weekday(every.weekday)
        if every.interval == 1:
            return reader.word("every {weekday}").format(weekday=weekday)
        return reader.words("every week on {weekday}", "every %(n)s weeks on {weekday}", every.interval).format(
            weekday=weekday
        )
    if every.unit == "month":
        return reader.words("every month", "every %(n)s months", every.interval)
    return reader.words("every week", "every %(n)s weeks", every.interval)


def _name(person: str | None, derived: Derived, reader: Reader) -> str:
    known = derived.people.get(person or "")
    return str(reader.text(known.name)) if known else ""


def _place(zone: str | None, reader: Reader) -> str:
    return reader.zone_city(zone) if zone else ""


def _difference(zone: str | None, home: str, derived: Derived, reader: Reader) -> str:
    """How far a person's clock is from the client's at noon of the page's day."""
    if not zone or zone == home:
        return ""
    noon = datetime.combine(derived.as_of, time(12))
    here, there = (noon.replace(tzinfo=find_zone(z)).utcoffset() for z in (home, zone))
    assert here is not None
    assert there is not None
    hours = (there - here).total_seconds() / 3600
    if hours == 0:
        return reader.word("the same time as yours")
    amount = reader.number(abs(hours))
    ahead = reader.word("{hours} h ahead of you") if hours > 0 else reader.word("{hours} h behind you")
    return ahead.format(hours=amount)
