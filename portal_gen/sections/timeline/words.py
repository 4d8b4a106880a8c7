"""What the timeline says in words: how far a day moved, what happens if a task slips, how things stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal_gen.compute.status import TOLERANCE, working_days_late
from portal_gen.contract import LinkKind, Scheduled, WorkCalendar
from portal_gen.language import Reader
from portal_gen.sections.timeline.model import AfterRecord, MilestoneRecord, NeedRecord


@dataclass(frozen=True, slots=True)
class Badge:
    """How something stands: the name of its form, and the word."""

    css: str
    word: str


def milestone_badge(
    milestone: MilestoneRecord, expected: date, days: WorkCalendar, as_of: date, reader: Reader
) -> Badge:
    """By the same rules as the state of the whole project."""
    _ = reader.word
    if milestone.reached:
        return Badge("done", _("Reached"))
    slip = _days_between(milestone.promised, expected, days)
    if milestone.promised < as_of or slip > TOLERANCE:
        return Badge("late", _("Late"))
    return Badge("at-risk", _("At risk")) if slip > 0 else Badge("on-track", _("On track"))


def milestone_move(milestone: MilestoneRecord, expected: date, days: WorkCalendar, reader: Reader) -> str:
    """How far what is expected, or has happened, is from what was promised; "" when it is not."""
    count = _days_between(milestone.promised, expected, days)
    if count > 0:
        return reader.words("%(n)s working day later than promised", "%(n)s working days later than promised", count)
    if count < 0:
        return reader.words(
            "%(n)s working day earlier than promised", "%(n)s working days earlier than promised", -count
        )
    return ""


def _days_between(before: date, day: date, days: WorkCalendar) -> int:
    return working_days_late(before, day, days) if day > before else days.between(before, day)


def plan_words(milestone: MilestoneRecord, item: Scheduled, reader: Reader) -> str:
    """Where the expected day is the plan's, later than the forecast that somebody stated; "" where it is not."""
    if not (item.is_past_stated and milestone.forecast):
        return ""
    return reader.word("as the plan stands; the forecast was {day}").format(day=reader.short_day(milestone.forecast))


def promise_move(milestone: MilestoneRecord, days: WorkCalendar, reader: Reader) -> str:
    """How far the promise is from what was first agreed; "" when it is not."""
    count = _days_between(milestone.baseline, milestone.promised, days) if milestone.baseline else 0
    if count > 0:
        return reader.words(
            "promised %(n)s working day later than first agreed",
            "promised %(n)s working days later than first agreed",
            count,
        )
    if count < 0:
        return reader.words(
            "promised %(n)s working day earlier than first agreed",
            "promised %(n)s working days earlier than first agreed",
            -count,
        )
    return ""


def slip_words(item: Scheduled, reader: Reader) -> str:
    """What a delay of a task would do."""
    if item.activity.finished:
        return reader.word("Finished")
    if item.critical:
        return reader.word("On the critical path: a delay here moves the end.")
    return reader.words(
        "Can slip %(n)s working day without moving the end.",
        "Can slip %(n)s working days without moving the end.",
        item.total_float,
    )


def link_words(after: AfterRecord, reader: Reader) -> str:
    """What of another activity is waited for, where it is more than its end before this can begin."""
    _ = reader.word
    kinds = {
        LinkKind.FINISH_START: "",
        LinkKind.START_START: _("its beginning"),
        LinkKind.FINISH_FINISH: _("its end, before this can end"),
        LinkKind.START_FINISH: _("its beginning, before this can end"),
    }
    return " · ".join(w for w in (kinds[LinkKind(after.type)], *_lag(after.lag, reader)) if w)


def _lag(lag: int, reader: Reader) -> Iterator[str]:
    if lag > 0:
        yield reader.words("plus %(n)s working day", "plus %(n)s working days", lag)
    elif lag < 0:
        yield reader.words("minus %(n)s working day", "minus %(n)s working days", -lag)


def need_badge(need: NeedRecord, as_of: date, reader: Reader) -> Badge:
    """Received, overdue, or still open."""
    if need.received:
        return Badge("done", reader.word("Received"))
    return Badge("late", reader.word("Overdue")) if need.by < as_of else Badge("unknown", reader.word("Open"))


def need_when(need: NeedRecord, days: WorkCalendar, as_of: date, reader: Reader) -> str:
    """How soon a need is due, or how long it has been overdue, in the working days of the one who gives it."""
    if need.received:
        return ""
    count = days.between(as_of, need.by)
    if need.by < as_of:
        late = "%(n)s working day overdue", "%(n)s working days overdue"
        return reader.words(*late, -count) if count else reader.word("overdue")
    return reader.words("in %(n)s working day", "in %(n)s working days", count) if count else reader.word("today")
