import subprocess
import sys
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal_gen.compute.calendars import Calendar, Joint, client_calendars, region_exists
from portal_gen.diagnostics import Place, Report
from portal_gen.language import Localized
from portal_gen.source.client import AgencyRecord, CalendarRecord, ClientRecord, Core, SpecialDay
from portal_gen.source.yaml_file import Mapping

ENGLAND = Calendar("GB-ENG")
CHINA = Calendar("CN")
DAY = timedelta(days=1)


def d(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("calendar", "day", "why"),
    [
        (ENGLAND, "2026-04-02", ""),
        (ENGLAND, "2026-04-03", "Good Friday"),
        (ENGLAND, "2026-04-04", "weekend"),
        (ENGLAND, "2026-04-06", "Easter Monday"),
        (Calendar("GB-SCT"), "2026-04-06", ""),  # no holiday in Scotland
        (ENGLAND, "2026-12-26", "Boxing Day"),  # a Saturday
        (ENGLAND, "2026-12-28", "Boxing Day (observed)"),
        (CHINA, "2025-01-26", ""),  # Sunday, worked for the Spring Festival
        (CHINA, "2025-01-25", "weekend"),
        (CHINA, "2025-02-03", "Day off (substituted from 01/26/2025)"),
        (CHINA, "2025-02-08", ""),  # Saturday
        (CHINA, "2006-12-31", ""),  # Sunday, worked for a day off in 2007
        (Calendar("AE"), "2026-01-09", ""),  # the weekend moved to Saturday and Sunday in 2022
        (Calendar("AE"), "2021-01-08", "weekend"),
        (Calendar("MY-03"), "2026-01-09", "weekend"),  # Kelantan rests on Friday and Saturday
    ],
)
def test_why_not(calendar, day, why):
    assert calendar.why_not(d(day)) == why
    assert calendar.is_working(d(day)) is (why == "")


@pytest.mark.parametrize(
    ("calendar", "day", "count", "expected"),
    [
        (ENGLAND, "2026-04-02", 1, "2026-04-07"),  # over Easter
        (ENGLAND, "2026-04-03", 1, "2026-04-07"),
        (ENGLAND, "2026-04-03", 0, "2026-04-07"),
        (ENGLAND, "2026-04-07", 0, "2026-04-07"),
        (ENGLAND, "2026-04-07", -1, "2026-04-02"),
        (ENGLAND, "2026-04-05", -1, "2026-04-02"),
        (ENGLAND, "2026-12-24", 1, "2026-12-29"),
        (ENGLAND, "2026-12-31", 1, "2027-01-04"),
        (ENGLAND, "2027-01-04", -1, "2026-12-31"),
        (ENGLAND, "2026-01-01", 253, "2026-12-31"),  # 261 weekdays, 8 bank holidays on weekdays
        (CHINA, "2025-01-24", 1, "2025-01-26"),
        (CHINA, "2025-01-24", 2, "2025-01-27"),
        (CHINA, "2025-01-24", 3, "2025-02-05"),
        (CHINA, "2025-02-05", -3, "2025-01-24"),
    ],
)
def test_add(calendar, day, count, expected):
    assert calendar.add(d(day), count) == d(expected)


@pytest.mark.parametrize(
    ("calendar", "start", "end", "count"),
    [
        (ENGLAND, "2026-04-02", "2026-04-02", 0),
        (ENGLAND, "2026-04-02", "2026-04-06", 0),
        (ENGLAND, "2026-04-02", "2026-04-08", 2),
        (ENGLAND, "2026-04-08", "2026-04-02", -2),
        (ENGLAND, "2025-12-31", "2027-12-31", 253 + 253),
        (CHINA, "2025-01-24", "2025-01-26", 1),
    ],
)
def test_between(calendar, start, end, count):
    assert calendar.between(d(start), d(end)) == count


def test_own_days_win_over_the_region():
    calendar = Calendar(
        "GB-ENG",
        weekend=[6],
        days_off={d("2026-12-29"): "Office closed", d("2026-12-30"): ""},
        working_days=[d("2026-04-03")],
    )
    assert calendar.is_working(d("2026-04-04"))
    assert calendar.why_not(d("2026-04-05")) == "weekend"
    assert calendar.is_working(d("2026-04-03"))
    assert calendar.why_not(d("2026-12-29")) == "Office closed"
    assert calendar.why_not(d("2026-12-30")) == "day off"
    assert not calendar.is_working(d("2026-12-30"))


def test_both_sides_work():
    joint = Joint(ENGLAND, CHINA)
    assert joint.why_not(d("2025-01-26")) == "weekend"
    assert joint.why_not(d("2025-01-29")) == "Chinese New Year (Spring Festival)"
    assert joint.why_not(d("2025-04-21")) == "Easter Monday"
    # One side's holiday says more than the other's weekend.
    assert joint.why_not(d("2025-05-31")) == "Dragon Boat Festival"
    assert joint.add(d("2025-01-24"), 2) == d("2025-02-05")
    assert joint.add(d("2025-04-17"), 1) == d("2025-04-22")


def test_a_calendar_without_working_days_is_refused():
    with pytest.raises(ValueError, match="No day of the week"):
        Calendar(weekend=range(7))
    with pytest.raises(ValueError, match="No day of the week"):
        Calendar(weekend=range(7), working_days=[d("2026-04-03")])
    with pytest.raises(ValueError, match="No day of the week"):
        Joint(Calendar(weekend=[0, 1, 2, 3]), Calendar(weekend=[4, 5, 6]))
    with pytest.raises(ValueError, match="2026-04-03 cannot be"):
        Calendar(days_off={d("2026-04-03"): ""}, working_days=[d("2026-04-03")])
    with pytest.raises(ValueError, match="'XX'"):
        Calendar("XX")


def test_a_year_off_is_stepped_over():
    year = [date(2026, 1, 1) + DAY * i for i in range(365)]
    calendar = Calendar(days_off=dict.fromkeys(year, "Sabbatical"))
    assert calendar.add(d("2025-12-31"), 1) == d("2027-01-01")
    assert calendar.add(d("2027-01-01"), -1) == d("2025-12-31")
    assert calendar.add(d("2026-06-01"), 0) == d("2027-01-01")


@pytest.mark.parametrize(
    ("day", "count"),
    [(date.max, 1), (date.min, -1), (d("9999-12-01"), 60), (d("0001-02-01"), -60), (d("2026-01-01"), 10**9)],
)
def test_beyond_the_ends_of_time(day, count):
    with pytest.raises(ValueError, match="outside the years"):
        CHINA.add(day, count)


def test_at_the_ends_of_time():
    weekdays = Calendar()
    assert weekdays.add(date.max, 0) == date.max  # a Friday
    assert weekdays.add(date.max, -1) == d("9999-12-30")
    assert weekdays.add(date.min, 1) == d("0001-01-02")  # from a Monday
    assert weekdays.between(date.max, date.max) == 0
    assert weekdays.is_working(date.min)
    with pytest.raises(ValueError, match="outside the years"):
        Calendar(weekend=[4]).add(date.max, 0)


@pytest.mark.parametrize("region", ["GB", "GB-ENG", "CN", "US-CA", "DE-BY"])
def test_known_regions(region):
    assert region_exists(region)


@pytest.mark.parametrize(
    "region", ["", "XX", "gb", "GBR", "GB-", "GB-XYZ", "GB-ENG-X", "UK", "HolidayBase", "NYSE", "-"]
)
def test_unknown_regions(region):
    assert not region_exists(region)


def test_names_do_not_follow_the_locale_of_the_machine():
    imports = "from datetime import date; from portal_gen.compute.calendars import Calendar as C"
    code = f"{imports}; print(C('CN').why_not(date(2026, 1, 1)))"
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={"LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "New Year's Day"


DAYS = st.dates(date(2023, 6, 1), date(2027, 6, 1))
CALENDARS = st.builds(
    lambda weekend, off, extra: Calendar(
        weekend=weekend, days_off=dict.fromkeys(off - extra, "off"), working_days=extra
    ),
    st.sets(st.integers(0, 6), max_size=6),
    st.sets(DAYS, max_size=60),
    st.sets(DAYS, max_size=20),
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(CALENDARS, st.builds(Joint, CALENDARS, st.just(Calendar(weekend=())))), DAYS, st.integers(-90, 90))
def test_counting_agrees_with_counting_on_fingers(calendar, day, count):
    step = DAY if count >= 0 else -DAY
    found, left = day, abs(count)
    while left or (count == 0 and calendar.why_not(found)):
        found += step
        left -= left > 0 and not calendar.why_not(found)
    assert calendar.add(day, count) == found
    low, high = min(day, found), max(day, found)
    worked = sum(not calendar.why_not(low + DAY * i) for i in range(1, (high - low).days + 1))
    assert calendar.between(low, high) == worked
    assert calendar.between(high, low) == -worked
    assert calendar.is_working(found)


@pytest.mark.parametrize("region", ["GB-NIR", "CN", "US", "MY-01", "SA", "HU"])
def test_agrees_with_the_package_on_each_day(region):
    country, _, subdivision = region.partition("-")
    theirs = holidays.country_holidays(country, subdiv=subdivision or None, years=range(2023, 2027))
    ours = Calendar(region)
    days = [date(2023, 1, 1) + DAY * i for i in range(4 * 365 + 1)]
    assert [day for day in days if ours.is_working(day) != theirs.is_working_day(day)] == []


# The calendars that the records describe.


def record(model, **values):
    return model.model_construct(node=Mapping(Place("client.yml"), {}), **{"visibility": "client", **values})


def special(day, title=None, visibility="client"):
    return record(SpecialDay, date=d(day), title=title and Localized.plain(title), visibility=visibility)


def core(region, calendar=None, agency=None):
    client = record(ClientRecord, region=region, calendar=calendar)
    return Core.model_construct(client=client, agency=agency, projects={})


def test_an_agency_without_a_region_works_the_clients_days():
    report = Report()
    found = client_calendars(
        core("CN", record(CalendarRecord, days_off=(special("2026-03-02", "Founding day"),))), report
    )
    assert not report.diagnostics
    assert found.us.why_not(d("2026-03-02")) == found.both.why_not(d("2026-03-02")) == "Founding day"


def test_each_side_has_its_own_days():
    report = Report()
    agency = record(
        AgencyRecord,
        region="CN",
        calendar=record(
            CalendarRecord,
            days_off=(special("2026-03-02", "Secret retreat", "internal"),),
            working_days=(special("2026-03-07"),),
        ),
    )
    found = client_calendars(core("GB-ENG", agency=agency), report)
    assert not report.diagnostics
    assert found.us.is_working(d("2026-03-07"))
    assert not found.client.is_working(d("2026-03-07"))
    assert not found.both.is_working(d("2026-03-07"))
    assert found.us.why_not(d("2026-03-02")) == "day off"  # the name of an internal day stays with us


@pytest.mark.parametrize(
    ("region", "calendar", "agency", "words"),
    [
        ("GB-EGN", None, None, "Did you mean 'GB-ENG'"),
        ("GB", {"weekend": tuple(range(7))}, None, "No day of the week"),
        ("GB", {"weekend": (0, 1, 2, 3)}, {"weekend": (4, 5, 6)}, "both the client and we work"),
        ("GB", {"days_off": ("2026-03-02",), "working_days": ("2026-03-02",)}, None, "at once"),
    ],
)
def test_mistakes_are_reported_and_survived(region, calendar, agency, words):
    def made(values):
        return values and record(
            CalendarRecord, **{k: tuple(special(x) if isinstance(x, str) else x for x in v) for k, v in values.items()}
        )

    report = Report()
    us = record(AgencyRecord, calendar=made(agency)) if agency else None
    found = client_calendars(core(region, made(calendar), us), report)
    (said,) = report.diagnostics
    assert words in said.what + said.mend
    assert found.both.add(d("2026-03-02"), 1)
