"""How a project stands: the later of what was stated and what the plan gives, in working days one can count."""

import pytest
from networks import activity, d, link

from portal_gen.compute.calendars import Calendar
from portal_gen.compute.schedule import compute_schedule
from portal_gen.compute.status import project_state, working_days_late
from portal_gen.contract import State

WEEKDAYS = Calendar()
TODAY = d("2026-11-24")


def state(*activities, links=(), as_of=TODAY):
    schedule = compute_schedule(activities, links, WEEKDAYS, d("2026-11-02"), as_of)
    return project_state(schedule, [], WEEKDAYS, as_of)


def test_a_hopeful_forecast_does_not_hide_what_the_plan_gives():
    beta = activity("beta", 0, promised="2026-12-10", forecast="2026-11-26")
    found = state(activity("build", 30), beta, links=[link("build", "beta")])
    assert (found.state, found.rule) == (State.LATE, "forecast-late")
    assert found.evidence.is_past_stated
    assert found.evidence.expected == d("2027-01-04")
    assert found.days == WEEKDAYS.between(d("2026-12-10"), d("2027-01-04"))


def test_a_forecast_later_than_the_plan_holds():
    beta = activity("beta", 0, promised="2026-12-10", forecast="2026-12-14")
    found = state(activity("build", 2), beta, links=[link("build", "beta")])
    assert (found.state, found.rule, found.days) == (State.AT_RISK, "forecast-slips", 2)
    assert not found.evidence.is_past_stated
    assert found.evidence.expected == d("2026-12-14")


@pytest.mark.parametrize(
    ("promised", "day", "late"),
    [
        ("2026-12-11", "2026-12-13", 1),  # Friday, Sunday
        ("2026-12-12", "2026-12-13", 1),  # Saturday, Sunday
        ("2026-12-11", "2026-12-14", 1),  # Friday, Monday
        ("2026-12-10", "2026-12-14", 2),
    ],
)
def test_late_at_the_weekend_is_late(promised, day, late):
    assert working_days_late(d(promised), d(day), WEEKDAYS) == late
    found = state(activity("beta", 0, promised=promised, forecast=day))
    assert (found.state, found.days) == (State.AT_RISK, late)


def test_a_promise_that_passed_on_friday_is_late_on_saturday():
    found = state(activity("beta", 0, promised="2026-11-27"), as_of=d("2026-11-28"))
    assert (found.state, found.rule, found.days) == (State.LATE, "promise-passed", 1)
