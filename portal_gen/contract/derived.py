"""Derived: what is computed from all facts and the day `as_of`, before any section makes a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from portal_gen.contract.facts import (
    Activity,
    Cadence,
    Change,
    Commitment,
    Dated,
    Headline,
    Person,
    Project,
    Serves,
    Target,
    Term,
)


class WorkCalendar(Protocol):
    """Which days are worked. All days are local calendar days."""

    def is_working(self, day: date) -> bool:
        """True when the day is worked."""
        ...

    def why_not(self, day: date) -> str:
        """The name of the holiday, "weekend", or "" for a working day."""
        ...

    def add(self, day: date, working_days: int) -> date:
        """The working day n working days after (or before) `day`; 0 gives the first working day from `day` on."""
        ...

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier. 0 on the same day."""
        ...


@dataclass(frozen=True, slots=True)
class Calendars:
    """The client's days, ours, and those that both sides work."""

    client: WorkCalendar
    us: WorkCalendar
    both: WorkCalendar


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One activity in the computed schedule. Starts and finishes are working days, both included.

    `start` and `finish` are what is now expected (actual dates where there are some), `planned_start` and
    `planned_finish` what the network gave before anything had happened. Floats are in working days.
    """

    activity: Activity
    start: date
    finish: date
    planned_start: date
    planned_finish: date
    late_start: date
    late_finish: date
    total_float: int
    free_float: int
    critical: bool

    @property
    def expected(self) -> date:
        """The day to tell the client: the actual one, else the later of the stated day and the computed finish.

        A plan with room before the stated day keeps to it: nobody is told of an earlier day that the plan merely
        allows. Nor does a hopeful forecast hide what the plan gives.
        """
        return self.activity.finished or max(self.finish, self.stated or self.finish)

    @property
    def stated(self) -> date | None:
        """The day last told to the client: the forecast, else the promise."""
        return self.activity.forecast or self.activity.promised

    @property
    def is_past_stated(self) -> bool:
        """True when the plan gives a later day than the stated one: then it is the plan's day that is expected."""
        return self.activity.finished is None and self.stated is not None and self.finish > self.stated


@dataclass(frozen=True, slots=True)
class Schedule:
    """The schedule of one project. `items` is by activity id, in the order of the plan; `links` are its arrows."""

    items: Mapping[str, Scheduled]
    start: date
    finish: date
    links: tuple[tuple[str, str], ...] = ()

    @property
    def milestones(self) -> list[Scheduled]:
        """Milestones by expected day."""
        return sorted(
            (s for s in self.items.values() if s.activity.is_milestone), key=lambda s: (s.expected, s.activity.id)
        )


class State(StrEnum):
    """How a project stands. Shown with a word and a shape, never by colour alone."""

    DONE = "done"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    LATE = "late"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ProjectState:
    """The computed state of a project.

    `rule` is the stable name of the rule that gave it, `evidence` the milestone or commitment that fired it,
    `days` the working days it is about (how late, how far off).
    """

    state: State
    rule: str
    days: int = 0
    evidence: Scheduled | Commitment | None = None
    next_milestone: Scheduled | None = None
    days_to_next: int | None = None


@dataclass(frozen=True, slots=True)
class UpdateDue:
    """When the client last heard from us and when the next update is due. `cadence` is the promise behind it."""

    last: Change | None
    next_due: date | None
    cadence: Cadence | None


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything that can be named, by (project, space, id)."""

    by_key: Mapping[tuple[str | None, str, str], Target]

    def find(self, project: str | None, space: str, target_id: str) -> Target | None:
        """The target as seen from a project: its own first, then the client's."""
        return self.by_key.get((project, space, target_id)) or self.by_key.get((None, space, target_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """All that is known about one client on the day `as_of`.

    Lists are sorted: commitments open first, then by due day; changes newest first and none after `as_of`.
    """

    as_of: date
    calendars: Calendars
    projects: tuple[Project, ...]
    people: Mapping[str, Person]
    targets: Targets
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    states: Mapping[str, ProjectState] = field(default_factory=dict)
    updates: Mapping[str, UpdateDue] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()
    changes: tuple[Change, ...] = ()
    dated: tuple[Dated, ...] = ()
    headlines: tuple[Headline, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    terms: tuple[Term, ...] = ()
    serves: tuple[Serves, ...] = ()
