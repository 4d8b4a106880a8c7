"""How a project stands, by rules anyone can read. A person's opinion does not enter.

The rules are tried in order and the first that holds gives the state; its name travels with it, so that the page can
say which rule it was and what fired it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from portal_gen.contract import (
    Cadence,
    Change,
    Commitment,
    CommitmentKind,
    ProjectState,
    Schedule,
    Scheduled,
    Side,
    State,
    UpdateDue,
    WorkCalendar,
)

# A forecast this many working days after the promise, or fewer, is a risk; more is late.
TOLERANCE = 5


def project_state(
    schedule: Schedule | None, commitments: Sequence[Commitment], days: WorkCalendar, as_of: date
) -> ProjectState:
    """The state of one project on a day. `commitments` are the project's; `days` counts both sides' working days."""
    milestones = schedule.milestones if schedule else []
    ahead = [m for m in milestones if m.activity.finished is None]
    following = ahead[0] if ahead else None
    to_next = days.between(as_of, following.expected) if following else None

    def state(value: State, rule: str, count: int = 0, evidence: Scheduled | Commitment | None = None) -> ProjectState:
        return ProjectState(value, rule, count, evidence, following, to_next)

    if schedule is None or not schedule.items:
        return state(State.UNKNOWN, "no-plan")
    if all(s.activity.finished for s in schedule.items.values()):
        return state(State.DONE, "all-done")
    for milestone in ahead:
        promised = milestone.activity.promised
        if promised and promised < as_of:
            return state(State.LATE, "promise-passed", working_days_late(promised, as_of, days), milestone)
    slips = [
        (working_days_late(m.activity.promised, m.expected, days), m)
        for m in ahead
        if m.activity.promised and m.expected > m.activity.promised
    ]
    if slips:
        worst, milestone = max(slips, key=lambda s: (s[0], s[1].activity.id))
        late = worst > TOLERANCE
        return state(
            State.LATE if late else State.AT_RISK, "forecast-late" if late else "forecast-slips", worst, milestone
        )
    overdue = [c for c in commitments if not c.done and c.due and c.due < as_of]
    for commitment in overdue:
        if commitment.blocks and commitment.side is not Side.US:
            return state(State.AT_RISK, "input-overdue", days.between(commitment.due or as_of, as_of), commitment)
    for commitment in overdue:
        if commitment.side is Side.US and commitment.kind is not CommitmentKind.MILESTONE:
            return state(State.AT_RISK, "ours-overdue", days.between(commitment.due or as_of, as_of), commitment)
    return state(State.ON_TRACK, "in-time", evidence=following)


def working_days_late(promised: date, day: date, days: WorkCalendar) -> int:
    """How many working days after the promise something comes on a later day.

    What comes on a Sunday is there on Monday: promised for Friday, it is one working day late, and not none.
    """
    return days.between(promised, days.add(day, 0))


def update_due(changes: Iterable[Change], cadences: Iterable[Cadence]) -> UpdateDue:
    """The last thing the client heard, and the earliest promised update after it. Changes are newest first."""
    last = next(iter(changes), None)
    if last is None:
        return UpdateDue(None, None, None)
    due = [(next_occurrence(c, last.day), c) for c in cadences]
    if not due:
        return UpdateDue(last, None, None)
    day, cadence = min(due, key=lambda d: d[0])
    return UpdateDue(last, day, cadence)


def next_occurrence(cadence: Cadence, after: date) -> date:
    """The first day of a cadence after a day on which it was last kept.

    Every n weeks means: on its weekday, in the n-th week after (weeks begin on Monday). Every n months means: the
    same day of the n-th month after, or that month's last day.
    """
    if cadence.unit == "month":
        month = after.month - 1 + cadence.interval
        year, month = after.year + month // 12, month % 12 + 1
        return date(year, month, min(after.day, calendar.monthrange(year, month)[1]))
    if cadence.weekday is None:
        return after + timedelta(weeks=cadence.interval)
    if cadence.interval == 1:
        # "Every Friday", last heard on Tuesday: this Friday.
        return after + timedelta(days=(cadence.weekday - after.weekday() - 1) % 7 + 1)
    monday = after - timedelta(days=after.weekday())
    return monday + timedelta(weeks=cadence.interval, days=cadence.weekday)
