"""The records every portal has: the client, the agency, and what each project is called."""

from __future__ import annotations

import posixpath
import re
from typing import Annotated, ClassVar

from babel import Locale
from pydantic import BeforeValidator

from portal_gen.contract import Brand, Client, TermLinks, TermPolicy
from portal_gen.diagnostics import Code, Place, one_line
from portal_gen.language import Localized
from portal_gen.source.fields import (
    NODE,
    Colour,
    Day,
    FilePath,
    Language,
    Line,
    LocalLine,
    LocalText,
    Weekday,
    Zone,
    fail,
    is_id,
    one_of,
    quote,
    written,
)
from portal_gen.source.freshness import count_missing
from portal_gen.source.record import Record
from portal_gen.source.tree import Source

MEANT = re.compile(r"^[^/]+/client\.ya?ml$", re.IGNORECASE)


def parse_region(value: object) -> str:
    """An ISO 3166-1 country, with an ISO 3166-2 subdivision where holidays differ (GB, GB-SCT, CN)."""
    text = written(value, "GB")
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", text) or text[:2] not in Locale("en").territories:
        raise fail(
            "bad-value", f"{quote(text)} is not a country code.", "Write two capital letters, for example: GB or CN"
        )
    return text


Region = Annotated[str, BeforeValidator(parse_region)]


class SpecialDay(Record):
    """A day that a calendar treats differently."""

    noun: ClassVar[str] = "day"
    date: Day
    title: LocalLine | None = None


class CalendarRecord(Record):
    """What differs from the region's own calendar."""

    noun: ClassVar[str] = "calendar"
    hideable: ClassVar[bool] = False
    weekend: tuple[Weekday, ...] | None = None
    days_off: tuple[SpecialDay, ...] = ()
    working_days: tuple[SpecialDay, ...] = ()


class BrandRecord(Record):
    """The client's logo and colour."""

    noun: ClassVar[str] = "brand"
    hideable: ClassVar[bool] = False
    logo: FilePath | None = None
    colour: Colour | None = None


EVERY_PAGE = "default"


def parse_term_policy(value: object) -> dict[str, str]:
    """How terms are explained: a word for all pages, or one for each page named, the others under `default`."""
    allowed = one_of(*TermLinks)
    if not isinstance(value, dict):
        return {EVERY_PAGE: allowed(value)}
    return {page: allowed(word) for page, word in value.items() if page != NODE}


class ClientRecord(Record):
    """client.yml, without the people."""

    noun: ClassVar[str] = "client"
    hideable: ClassVar[bool] = False
    name: LocalLine
    languages: tuple[Language, ...] = ("en",)
    region: Region = "GB"
    timezone: Zone = "Europe/London"
    calendar: CalendarRecord | None = None
    brand: BrandRecord | None = None
    known_terms: tuple[Line, ...] = ()
    explain_terms: Annotated[dict[str, str], BeforeValidator(parse_term_policy)] = {}


class AgencyRecord(Record):
    """shared/agency.yml: who we are."""

    noun: ClassVar[str] = "agency"
    hideable: ClassVar[bool] = False
    name: LocalLine
    region: Region | None = None
    timezone: Zone | None = None
    calendar: CalendarRecord | None = None


class ProjectRecord(Record):
    """What a project.yml must say; sections read their own keys of it."""

    noun: ClassVar[str] = "project"
    title: LocalLine
    summary: LocalText | None = None


class Core(Record):
    """The records that are not a section's."""

    client: ClientRecord
    agency: AgencyRecord | None
    projects: dict[str, ProjectRecord]


def load_core(source: Source) -> Core | None:
    """Read client.yml, agency.yml and every project.yml. None when there is no client to speak of.

    An internal project is gone from the source with all its files, before any section can look.
    """
    folder = source.client
    if not is_id(source.client_id):
        source.report.error(
            Place(f"{source.client_id}/client.yml"),
            Code.BAD_ID,
            f"'{one_line(source.client_id)}' cannot be part of a web address.",
            mend="Name the folder with a-z, digits and hyphens, for example: harbor-clinic",
        )
    if not folder.has("client.yml"):
        if not source.report.failed:  # else it was said why there is nothing
            source.report.error(
                Place(f"{source.client_id}/client.yml"),
                Code.FILE,
                f"There is no client called '{source.client_id}': this file is missing.",
                mend=next(
                    (f"Rename {posixpath.basename(name)} to client.yml" for name in source.files if MEANT.search(name)),
                    "Write it, or make a new client with: portal new client NAME",
                ),
            )
        return None
    client = folder.keys("client.yml", ClientRecord)
    if client is None:
        return None
    if len(set(client.languages)) < len(client.languages) or not client.languages:
        source.report.error(
            client.at("languages"),
            Code.BAD_VALUE,
            "languages: each language is named once, and there is at least one.",
            mend="Write for example: [en, zh]",
        )
    source.languages = client.languages
    agency = source.shared.keys("agency.yml", AgencyRecord)
    projects = {name: record for name, f in source.projects.items() if (record := f.keys("project.yml", ProjectRecord))}
    for name, record in projects.items():
        if record.visibility == "internal":
            source.drop(name)
    projects = {name: record for name, record in projects.items() if record.visibility == "client"}
    return Core.model_construct(client=client, agency=agency, projects=projects, node=client.node, visibility="client")


def note_missing_translations(core: Core, source: Source) -> None:
    """Say how many of the texts that sections have read are not in each further language."""
    places = {tag: core.client.at("languages", n) for n, tag in enumerate(core.client.languages)}
    count_missing(source.translated, core.client.languages, places, source.report)


def client_of(core: Core, source: Source) -> Client:
    """The client as pages and hosts know it."""
    record = core.client
    logo = None
    if record.brand and record.brand.logo:
        logo = source.client.asset(record.brand.logo, record.brand.at("logo"))
        if logo and logo.media_type not in ("image/svg+xml", "image/png", "image/jpeg", "image/webp"):
            source.report.error(
                record.brand.at("logo"),
                Code.BAD_VALUE,
                "logo: this is not a picture.",
                mend="Name an SVG, PNG, JPEG or WebP file.",
            )
    return Client(
        id=source.client_id,
        name=record.name,
        languages=record.languages,
        region=record.region,
        timezone=record.timezone,
        agency=core.agency.name if core.agency else Localized.plain(""),
        brand=Brand(logo, (record.brand.colour or "") if record.brand else ""),
        explain=TermPolicy(
            TermLinks(record.explain_terms.get(EVERY_PAGE, TermLinks.PAGE)),
            {
                page: (TermLinks(word), record.at("explain_terms", page))
                for page, word in record.explain_terms.items()
                if page != EVERY_PAGE
            },
        ),
    )
