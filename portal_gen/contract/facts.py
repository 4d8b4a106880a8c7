"""Facts: the only bridge between sections.

A section reads its own records and tells the others what they may need in these few types. Each carries the place in
the source that said it, so that whatever goes wrong later is reported at the line that wrote it.

Addresses: `page` is the path of a page in the docs tree without its suffix ("online-booking/timeline"), `anchor` the
id of an element on it. Days are `datetime.date`; durations and lags are whole working days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from portal_gen.diagnostics import Place
from portal_gen.language import Localized


class Side(StrEnum):
    """Whose a person or an action is."""

    CLIENT = "client"
    US = "us"
    THIRD_PARTY = "third party"


class LinkKind(StrEnum):
    """The four precedence relationships of a network diagram (PMBOK, precedence diagramming method)."""

    FINISH_START = "finish-start"
    START_START = "start-start"
    FINISH_FINISH = "finish-finish"
    START_FINISH = "start-finish"


class CommitmentKind(StrEnum):
    """What is owed."""

    ACTION = "action"
    NEED = "need"
    ACCEPTANCE = "acceptance"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts share. `project` is the id of the project, or None for the client as a whole."""

    place: Place
    project: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Fact):
    """A project exists. `project` is its id (the name of its folder)."""

    title: Localized
    summary: Localized | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Fact):
    """Somebody on either side, known to the client as a whole. `called` is how to address them."""

    id: str
    name: Localized
    side: Side
    called: Localized | None = None
    role: Localized | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Fact):
    """Something that others may name. Ids are unique within (project, space).

    Spaces in use: "person", "plan" (phases, tasks, milestones, needs), "objective", "scope", "deliverable",
    "minutes", "term", "question".
    """

    space: str
    id: str
    title: Localized
    page: str
    anchor: str = ""
    file: str = ""
    """The Markdown file that becomes `page`, when there is one: links to it lead to the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Fact):
    """A record names another one. `place` is where the name stands; `what` says the role ("the owner of this task").

    It is looked for in `spaces`, first in the project, then in the client as a whole.
    """

    spaces: tuple[str, ...]
    id: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Serves(Fact):
    """Something that can be named helps to reach an objective."""

    objective: str
    title: Localized
    page: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Fact):
    """A task or a milestone of the project network. A milestone has no duration.

    `baseline` is the first agreed date, `promised` the one the client counts on, `forecast` what the project manager
    now expects (None: the computed date holds), `finished` the actual one.
    """

    id: str
    title: Localized
    is_milestone: bool
    duration: int
    page: str
    anchor: str
    phase: str | None = None
    owner: str | None = None
    done: int = 0
    not_before: date | None = None
    started: date | None = None
    finished: date | None = None
    baseline: date | None = None
    promised: date | None = None
    forecast: date | None = None
    because: Localized | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStart(Fact):
    """The first day of a project's plan."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DependsOn(Fact):
    """`successor` waits for `predecessor`, both ids of activities of this project. A negative lag is a lead."""

    successor: str
    predecessor: str
    kind: LinkKind = LinkKind.FINISH_START
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Fact):
    """Something happens on a day or a span (both ends included), for calendars and the overview."""

    kind: str
    title: Localized
    start: date
    end: date
    page: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Fact):
    """Who owes what by when. `blocks` names activities that wait for it; `owner` is a person's id."""

    kind: CommitmentKind
    id: str
    text: Localized
    side: Side
    page: str
    anchor: str
    owner: str | None = None
    due: date | None = None
    done: bool = False
    done_on: date | None = None
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Fact):
    """Something the client should hear about. `kind` is a stable word ("minutes", "accepted", "reached", "moved")."""

    kind: str
    day: date
    title: Localized
    page: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Fact):
    """The files say that something has happened on a day: it cannot lie ahead. `place` is where the day stands.

    `what` says it without the day: "This task was finished". `instead` says what to write of a day that lies ahead.
    """

    day: date
    what: str
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence(Fact):
    """Something promised at regular times: every `interval` weeks on a weekday (Monday is 0), or every n months."""

    what: Localized
    interval: int
    unit: str
    weekday: int | None = None
    by: str | None = None
    via: Localized | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline(Fact):
    """One number or short sentence for the overview, with the page that explains it. Lower `order` comes first."""

    label: str
    value: str
    page: str
    order: int = 50


class LetterCase(StrEnum):
    """Whether capitals matter where a term is looked for."""

    AUTO = "auto"
    """As written for acronyms, any for words."""
    EXACT = "exact"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class TermForms:
    """How a concept is named in one language.

    `term` is preferred; `expands` (what it is short for) and `aliases` are admitted, `deprecated` no longer wanted,
    `forbidden` never to be used. `plural` holds the plural forms of `term`, None for those that English makes by rule.
    `not_in` are words that a name of this concept may stand in by chance.
    """

    term: str
    expands: str = ""
    aliases: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    plural: tuple[str, ...] | None = None
    case: LetterCase = LetterCase.AUTO
    not_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Fact):
    """A concept and its meaning. `forms` is by language tag; a project's own term holds for its pages alone."""

    id: str
    title: Localized
    forms: Mapping[str, TermForms] = field(hash=False)
    short: Localized
    long: Localized | None = None
    related: tuple[str, ...] = ()
    page: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that goes to the client as it is. `path` is where it stands in the docs tree; size in bytes."""

    source: Path
    path: str
    name: str
    media_type: str
    size: int
    sha256: str
