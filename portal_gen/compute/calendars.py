"""Working calendars: which days are worked, and counting in working days.

Public holidays, weekends and the Chinese make-up working days (调休) come from the `holidays` package. A calendar works
out one year at a time, as a sorted array of day numbers, and counts by bisection, so that a network of thousands of
tasks costs no loop over days.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import cache, lru_cache

import holidays

from portal_gen.contract import Calendars
from portal_gen.diagnostics import Code, Report, did_you_mean
from portal_gen.source.client import AgencyRecord, CalendarRecord, ClientRecord, Core

SATURDAY, SUNDAY = 5, 6
WEEKEND = "weekend"
DAY_OFF = "day off"  # one without a name
# Named explicitly, because the package would otherwise follow the locale of the machine. Where it has no English
# names it gives the country's own.
NAMES_IN = "en_US"


@cache
def regions() -> Mapping[str, frozenset[str]]:
    """The countries (ISO 3166-1) whose holidays are known, each with its subdivisions (ISO 3166-2, without country)."""
    return {c: frozenset(s) for c, s in holidays.list_supported_countries(include_aliases=False).items()}


def region_exists(region: str) -> bool:
    """True when the public holidays of a country ("GB") or of a subdivision ("GB-ENG") are known."""
    country, dash, subdivision = region.partition("-")
    return country in regions() and (not dash or subdivision in regions()[country])


@dataclass(frozen=True, slots=True)
class RegionYear:
    """One year of a region: holidays by name, days of the weekend, and those of them that are worked all the same."""

    holidays: Mapping[date, str]
    weekend: frozenset[date]
    worked_weekend: frozenset[date]


@lru_cache(maxsize=1024)  # shared by all calendars of a run: many clients, few regions
def region_year(region: str, year: int) -> RegionYear:
    """What the region's law says of one year. The region "" has weekends on Saturday and Sunday, and no holidays."""
    if not region:
        return RegionYear({}, frozenset(d for d in _days(year) if d.weekday() in (SATURDAY, SUNDAY)), frozenset())
    country, _, subdivision = region.partition("-")
    # A fresh object for each year: `holidays` knows the make-up days of a year only once that year has been loaded.
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language=NAMES_IN)
    return RegionYear(
        {day: name for day, name in found.items() if day.year == year},
        frozenset(d for d in _days(year) if found.is_weekend(d)),
        frozenset(d for d in found.weekend_workdays if d.year == year),
    )


def _days(year: int) -> Iterable[date]:
    return map(date.fromordinal, range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))


class YearlyCalendar(ABC):
    """Counting in working days, given the working days of each year. A `contract.WorkCalendar`.

    Raises:
        ValueError: at construction, when no day of the week is worked.
    """

    def __init__(self) -> None:
        self._years: dict[int, array[int]] = {}
        # Nobody knows the holidays of this year, so what is left of it is the plain week.
        if not self.working_days(MAXYEAR):
            raise ValueError("No day of the week is worked.")

    @abstractmethod
    def why_not(self, day: date) -> str:
        """The name of the holiday, "weekend", or "" for a working day."""

    @abstractmethod
    def _work_out(self, year: int) -> Iterable[int]:
        """The proleptic ordinals of a year's working days, ascending."""

    def working_days(self, year: int) -> array[int]:
        """The proleptic ordinals of a year's working days, ascending. Not to be changed."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = array("l", self._work_out(year))
        return found

    def is_working(self, day: date) -> bool:
        """True when the day is worked."""
        days = self.working_days(day.year)
        at = bisect_left(days, day.toordinal())
        return at < len(days) and days[at] == day.toordinal()

    def add(self, day: date, working_days: int) -> date:
        """The working day n working days after (or before) `day`; 0 gives the first working day from `day` on.

        Raises:
            ValueError: when it lies outside the years 1 to 9999.
        """
        year = day.year
        days = self.working_days(year)
        ordinal = day.toordinal()
        # The place of the wanted day, counted from the first working day of `year`.
        at = working_days + (bisect_right(days, ordinal) - 1 if working_days > 0 else bisect_left(days, ordinal))
        # No year has more than 366 working days: what cannot be reached is not searched for.
        if not MINYEAR <= year + at // 366 <= MAXYEAR:
            raise _outside(day, working_days)
        while at >= len(days):
            if year == MAXYEAR:
                raise _outside(day, working_days)
            at -= len(days)
            year += 1
            days = self.working_days(year)
        while at < 0:
            if year == MINYEAR:
                raise _outside(day, working_days)
            year -= 1
            days = self.working_days(year)
            at += len(days)
        return date.fromordinal(days[at])

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier. 0 on the same day."""
        if end < start:
            return -self.between(end, start)
        whole_years = sum(len(self.working_days(year)) for year in range(start.year, end.year))
        return (
            whole_years
            + bisect_right(self.working_days(end.year), end.toordinal())
            - bisect_right(self.working_days(start.year), start.toordinal())
        )


def _outside(day: date, working_days: int) -> ValueError:
    way = "after" if working_days >= 0 else "before"
    return ValueError(f"{abs(working_days):,} working days {way} {day} is outside the years that a calendar has.")


class Calendar(YearlyCalendar):
    """The days that one side works.

    Args:
        region: ISO 3166-1 country or ISO 3166-2 subdivision ("CN", "GB-ENG"); "" knows no public holidays.
        weekend: days of the week (Monday is 0) in place of the region's own.
        days_off: further days that are not worked, with the name of each.
        working_days: days that are worked although they are a holiday or in the weekend.

    Raises:
        ValueError: for an unknown region, for a day that is both off and worked, and when no day of the week is worked.
    """

    def __init__(
        self,
        region: str = "",
        *,
        weekend: Iterable[int] | None = None,
        days_off: Mapping[date, str] | None = None,
        working_days: Collection[date] = (),
    ) -> None:
        if region and not region_exists(region):
            raise ValueError(f"No public holidays are known for the region {region!r}.")
        self._region = region
        self._weekend = None if weekend is None else frozenset(weekend)
        self._days_off = {day: name or DAY_OFF for day, name in (days_off or {}).items()}
        self._extra = frozenset(working_days)
        if both := sorted(self._extra & self._days_off.keys()):
            raise ValueError(f"{both[0]} cannot be a day off and a working day at once.")
        super().__init__()

    def why_not(self, day: date) -> str:
        """The name of the holiday, "weekend", or "" for a working day. A holiday in the weekend has its name."""
        if day in self._extra:
            return ""
        if day in self._days_off:
            return self._days_off[day]
        law = region_year(self._region, day.year)
        if day in law.worked_weekend:
            return ""
        if day in law.holidays:
            return law.holidays[day]
        off = day in law.weekend if self._weekend is None else day.weekday() in self._weekend
        return WEEKEND if off else ""

    def _work_out(self, year: int) -> Iterable[int]:
        return (day.toordinal() for day in _days(year) if not self.why_not(day))


class Joint(YearlyCalendar):
    """The days that both sides work.

    Raises:
        ValueError: when the two have no day of the week in common.
    """

    def __init__(self, one: YearlyCalendar, other: YearlyCalendar) -> None:
        self._one, self._other = one, other
        super().__init__()

    def why_not(self, day: date) -> str:
        """Why one of the sides does not work: a holiday of either rather than the weekend of the other."""
        reasons = [r for r in (self._one.why_not(day), self._other.why_not(day)) if r]
        return next((r for r in reasons if r != WEEKEND), reasons[0] if reasons else "")

    def _work_out(self, year: int) -> Iterable[int]:
        return sorted(set(self._one.working_days(year)) & set(self._other.working_days(year)))


def client_calendars(core: Core, report: Report) -> Calendars:
    """The calendars that client.yml and agency.yml describe; an agency that names no region works the client's.

    What is wrong goes to the report; a calendar of plain weeks takes the place of one that cannot be made.
    """
    client = _checked(core.client.region, core.client, core.client.calendar, report)
    us = client
    if core.agency is not None and (core.agency.region or core.agency.calendar):
        us = _checked(core.agency.region or core.client.region, core.agency, core.agency.calendar, report)
    try:
        both: YearlyCalendar = Joint(client, us)
    except ValueError:
        record = core.client.calendar or core.client
        report.error(
            record.at("weekend"),
            Code.BAD_VALUE,
            "There is no day of the week on which both the client and we work.",
            why="What needs both sides could never be done.",
            mend="Check the weekend here and in shared/agency.yml.",
        )
        both = client
    return Calendars(client, us, both)


def _checked(
    region: str, owner: ClientRecord | AgencyRecord, record: CalendarRecord | None, report: Report
) -> Calendar:
    """One side's calendar."""
    if not region_exists(region):
        country = region.partition("-")[0]
        known = [f"{country}-{s}" for s in regions().get(country, ())] or list(regions())
        report.error(
            owner.at("region"),
            Code.BAD_VALUE,
            f"No public holidays are known for the region '{region}'.",
            mend=did_you_mean(region, known),
        )
        region = ""
    if record is None:
        return Calendar(region)
    # A day kept internal is not worked all the same, but its name stays with us.
    off = {d.date: str(d.title) if d.title and d.visibility == "client" else DAY_OFF for d in record.days_off}
    for i, day in enumerate(record.working_days):
        if day.date in off:
            report.error(
                record.at("working_days", i),
                Code.BAD_VALUE,
                f"{day.date} is a day off and a working day at once.",
                mend="Take it out of days_off or out of working_days.",
            )
    worked = [d.date for d in record.working_days if d.date not in off]
    try:
        return Calendar(region, weekend=record.weekend, days_off=off, working_days=worked)
    except ValueError as error:
        report.error(
            record.at("weekend"), Code.BAD_VALUE, str(error), mend="Leave at least one day of the week to work."
        )
        return Calendar(region)
