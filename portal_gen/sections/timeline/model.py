"""What is written about time: plan.yml of each project, with phases and tasks, milestones, and needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from portal_gen.contract import LinkKind
from portal_gen.diagnostics import Code, Place, Report
from portal_gen.source.fields import NODE, Day, Id, Lag, LocalLine, LocalText, Percent, Ref, WorkingDays, one_of
from portal_gen.source.record import Record, how_to_add
from portal_gen.source.tree import Source
from portal_gen.source.yaml_file import Mapping

# Dates of one record further apart than this are more often a wrong year than the truth.
ODD_GAP = timedelta(days=2 * 365)
DONE = 100

LinkWord = Annotated[str, BeforeValidator(one_of(*(kind.value for kind in LinkKind)))]


class AfterRecord(Record):
    """One thing that is waited for: an id, alone or with the kind of link and a lag in working days."""

    noun: ClassVar[str] = "entry of 'after'"
    hideable: ClassVar[bool] = False
    id: Ref
    type: LinkWord = LinkKind.FINISH_START
    lag: Lag = 0


def _after_entry(value: Any) -> Any:
    """A bare id is short for a mapping. Its place is the entry's, which the record that holds it knows."""
    return {"id": value, NODE: Mapping(Place(""), {})} if isinstance(value, str) else value


After = Annotated[AfterRecord, BeforeValidator(_after_entry)]


class TaskRecord(Record):
    """One task. `takes` is its planned duration in working days, `done` how much of it is done in percent."""

    noun: ClassVar[str] = "task"
    id: Id
    title: LocalLine
    takes: WorkingDays
    after: tuple[After, ...] = ()
    owner: Ref | None = None
    not_before: Day | None = None
    started: Day | None = None
    finished: Day | None = None
    done: Percent | None = None


class PhaseRecord(Record):
    """Tasks under a heading."""

    noun: ClassVar[str] = "phase"
    id: Id
    title: LocalLine
    tasks: tuple[TaskRecord, ...] = ()


class MilestoneRecord(Record):
    """One milestone. `baseline` is the day first agreed, `promised` the one the client counts on."""

    noun: ClassVar[str] = "milestone"
    id: Id
    title: LocalLine
    promised: Day
    baseline: Day | None = None
    forecast: Day | None = None
    reached: Day | None = None
    because: LocalText | None = None
    after: tuple[After, ...] = ()


class NeedRecord(Record):
    """Something that somebody has to give us, and the activities that wait for it."""

    noun: ClassVar[str] = "need"
    id: Id
    text: LocalText
    giver: Ref = Field(alias="from")
    by: Day
    received: Day | None = None
    blocks: tuple[Ref, ...] = ()


class PlanRecord(Record):
    """A plan.yml."""

    noun: ClassVar[str] = "plan"
    start: Day | None = None
    phases: tuple[PhaseRecord, ...] = ()
    milestones: tuple[MilestoneRecord, ...] = ()
    needs: tuple[NeedRecord, ...] = ()

    @property
    def tasks(self) -> Iterator[TaskRecord]:
        """The tasks of all phases, in the order written."""
        return (task for phase in self.phases for task in phase.tasks)


class TimelineRecords(Record):
    """The section's records: the plan of each project that has one."""

    plans: dict[str, PlanRecord]


def load(source: Source, report: Report) -> TimelineRecords | None:
    """Read every plan.yml. None when there is none."""
    plans = {name: plan for name, f in source.projects.items() if (plan := f.keys("plan.yml", PlanRecord))}
    for plan in plans.values():
        _check(plan, report)
    return TimelineRecords(plans=plans, __node__=next(iter(plans.values())).node) if plans else None


def _check(plan: PlanRecord, report: Report) -> None:
    """What only several fields together can have wrong."""
    for task in plan.tasks:
        _check_task(task, report)
        _check_gap(task, "finished", task.finished, "started", task.started, report)
    for milestone in plan.milestones:
        _check_reason(milestone, report)
        for key in ("baseline", "forecast", "reached"):
            _check_gap(milestone, key, getattr(milestone, key), "promised", milestone.promised, report)
    if plan.start:
        _check_start(plan, plan.start, report)
    for need in plan.needs:
        _check_gap(need, "received", need.received, "by", need.by, report)
    _check_kinds(plan, report)


def _check_task(task: TaskRecord, report: Report) -> None:
    """Started, finished and done must tell one story."""
    if task.finished and not task.started:
        report.error(
            task.at("finished"),
            Code.MISSING_KEY,
            "This task is finished, but does not say when it was started.",
            mend=f"{how_to_add(task.node, 'started', str(task.finished))}  (with the day on which it was).",
        )
    if task.started and task.finished and task.finished < task.started:
        report.error(
            task.at("finished"),
            Code.DATE_ORDER,
            f"This task is finished on {task.finished}, before it was started on {task.started}.",
            mend="Check both dates.",
        )
    if task.finished and task.done not in (None, DONE):
        report.error(
            task.at("done"),
            Code.BAD_VALUE,
            f"This task is finished, but only {task.done}% done.",
            mend="Take out 'done', or 'finished' when there is work left.",
        )
    if task.done and not task.started and not task.finished:
        report.error(
            task.at("done"),
            Code.MISSING_KEY,
            f"This task is {task.done}% done, but does not say when it was started.",
            mend=f"{how_to_add(task.node, 'started', '…')}  (with the day on which it was).",
        )
    if task.done == DONE and not task.finished:
        report.error(
            task.at("done"),
            Code.MISSING_KEY,
            "This task is 100% done, but does not say when it was finished.",
            why="Until then it counts as running, and what waits for it cannot begin.",
            mend=f"{how_to_add(task.node, 'finished', '…')}  (with the day on which it was), or write less than 100%.",
        )


def _check_reason(milestone: MilestoneRecord, report: Report) -> None:
    """A day that moved away from what the client was told needs a reason the client can read."""
    if milestone.because:
        return
    moves = (
        ("forecast", milestone.forecast, milestone.promised, "promised"),
        ("promised", milestone.promised, milestone.baseline, "first agreed (baseline)"),
    )
    for key, day, before, words in moves:
        if day and before and day > before:
            report.error(
                milestone.at(key),
                Code.MISSING_REASON,
                f"This milestone moved from {before}, as {words}, to {day}, and nothing says why.",
                why="The client sees both dates and will ask.",
                mend=how_to_add(milestone.node, "because", '"The test access came a week late."'),
            )


def _check_gap(record: Record, key: str, day: date | None, other_key: str, other: date | None, report: Report) -> None:
    if day and other and abs(day - other) > ODD_GAP:
        report.warning(
            record.at(key),
            Code.ODD_DATE,
            f"{key}: {day} is more than two years from the day of '{other_key}', {other}.",
            mend="Check the year.",
        )


def _check_start(plan: PlanRecord, start: date, report: Report) -> None:
    """What happened before the plan begins is more often a wrong year than an early start."""
    actual = [(t, "started", t.started) for t in plan.tasks] + [(t, "finished", t.finished) for t in plan.tasks]
    for record, key, day in (*actual, *((m, "reached", m.reached) for m in plan.milestones)):
        if day and day < start:
            report.warning(
                record.at(key),
                Code.ODD_DATE,
                f"{key}: {day} is before the plan starts, on {start}.",
                mend="Check both days.",
                related=((plan.at("start"), "the start stands here"),),
            )


def _check_kinds(plan: PlanRecord, report: Report) -> None:
    """Only tasks and milestones can be waited for and can wait: phases and needs have ids of the same kind."""
    waiting: list[TaskRecord | MilestoneRecord] = [*plan.tasks, *plan.milestones]
    others = {p.id: "phase" for p in plan.phases} | {n.id: "need" for n in plan.needs}
    for activity in waiting:
        others.pop(activity.id, None)  # two with one id are reported as such
    named = [(w.at("after", n, "id"), after.id) for w in waiting for n, after in enumerate(w.after)]
    named += [(need.at("blocks", n), i) for need in plan.needs for n, i in enumerate(need.blocks)]
    mend = {
        "phase": "Name the task or the milestone in it that is meant.",
        "need": "Write what waits for it at the need, as  blocks: [task]",
    }
    for place, name in named:
        if kind := others.get(name):
            report.error(
                place, Code.BAD_VALUE, f"'{name}' is a {kind}, but a task or a milestone is due here.", mend=mend[kind]
            )
