"""The rows of the page's tables, with everything computed that they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal_gen.contract import Derived, Schedule, Scheduled, Target
from portal_gen.language import Localized, Reader
from portal_gen.sections.timeline.model import (
    AfterRecord,
    MilestoneRecord,
    NeedRecord,
    PhaseRecord,
    PlanRecord,
    TaskRecord,
)
from portal_gen.sections.timeline.words import (
    Badge,
    link_words,
    milestone_badge,
    milestone_move,
    need_badge,
    need_when,
    plan_words,
    promise_move,
    slip_words,
)


@dataclass(frozen=True, slots=True)
class Wait:
    """A link to another row: what is waited for, or what waits. `note` says how, where that is not plain."""

    title: Localized
    anchor: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One milestone. `expected` is the day it was reached on, or the one on which it now is expected.

    `source` says so where that day is the plan's and not the one that was stated.
    """

    record: MilestoneRecord
    anchor: str
    expected: date
    source: str
    badge: Badge
    move: str
    promise_move: str
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task. `days` is how many working days it now takes; `planned_*` is given where the plan was another."""

    record: TaskRecord
    anchor: str
    item: Scheduled
    days: int
    planned_start: date | None
    planned_finish: date | None
    planned_days: int | None
    done: int
    slip: str
    owner: Target | None
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class PhaseRows:
    """The tasks of a phase."""

    record: PhaseRecord
    anchor: str
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """Something we need. `when` says in words how soon."""

    record: NeedRecord
    anchor: str
    giver: Target | None
    badge: Badge
    when: str
    waiting: tuple[Wait, ...]


def milestone_rows(
    project: str, plan: PlanRecord, schedule: Schedule, derived: Derived, reader: Reader
) -> tuple[MilestoneRow, ...]:
    """The milestones, by the day they are expected."""
    days = derived.calendars.both
    records = {m.id: m for m in plan.milestones}
    rows = []
    for item in schedule.milestones:
        record = records[item.activity.id]
        rows.append(
            MilestoneRow(
                record=record,
                anchor=item.activity.anchor,
                expected=item.expected,
                source=plan_words(record, item, reader),
                badge=milestone_badge(record, item.expected, days, derived.as_of, reader),
                move=milestone_move(record, item.expected, days, reader),
                promise_move=promise_move(record, days, reader),
                waits=_waits(project, record.after, derived, reader),
            )
        )
    return tuple(rows)


def phase_rows(
    project: str, plan: PlanRecord, schedule: Schedule, derived: Derived, reader: Reader
) -> tuple[PhaseRows, ...]:
    """The phases that have tasks, in the order written."""
    phases = []
    for phase in plan.phases:
        tasks = tuple(
            _task(project, task, schedule.items[task.id], plan.needs, derived, reader)
            for task in phase.tasks
            if task.id in schedule.items
        )
        if tasks:
            phases.append(PhaseRows(phase, f"phase-{phase.id}", tasks))
    return tuple(phases)


def _task(
    project: str, record: TaskRecord, item: Scheduled, needs: Sequence[NeedRecord], derived: Derived, reader: Reader
) -> TaskRow:
    # Counted from the day before, so that the first day counts as well.
    days = derived.calendars.both.between(item.start - timedelta(days=1), item.finish)
    waits = _waits(project, record.after, derived, reader)
    if not record.finished:
        waits += tuple(Wait(n.text, f"need-{n.id}") for n in needs if record.id in n.blocks and not n.received)
    return TaskRow(
        record=record,
        anchor=item.activity.anchor,
        item=item,
        days=days,
        planned_start=item.planned_start if item.planned_start != item.start else None,
        planned_finish=item.planned_finish if item.planned_finish != item.finish else None,
        planned_days=record.takes if record.takes != days else None,
        done=item.activity.done,
        slip=slip_words(item, reader),
        owner=derived.targets.find(project, "person", record.owner) if record.owner else None,
        waits=waits,
    )


def need_rows(project: str, plan: PlanRecord, derived: Derived, reader: Reader) -> tuple[NeedRow, ...]:
    """What we need: what is open first, by the day it is due."""
    days = derived.calendars.client
    return tuple(
        NeedRow(
            record=need,
            anchor=f"need-{need.id}",
            giver=derived.targets.find(project, "person", need.giver),
            badge=need_badge(need, derived.as_of, reader),
            when=need_when(need, days, derived.as_of, reader),
            waiting=tuple(
                Wait(t.title, t.anchor) for i in need.blocks if (t := derived.targets.find(project, "plan", i))
            ),
        )
        for need in sorted(plan.needs, key=lambda n: (n.received is not None, n.by, n.id))
    )


def _waits(project: str, after: Iterable[AfterRecord], derived: Derived, reader: Reader) -> tuple[Wait, ...]:
    return tuple(
        Wait(t.title, t.anchor, link_words(a, reader))
        for a in after
        if (t := derived.targets.find(project, "plan", a.id))
    )
