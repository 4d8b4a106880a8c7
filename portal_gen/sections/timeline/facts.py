"""What the timeline tells the other sections: the network of activities, what is owed to it, and what can be named."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.contract import (
    Activity,
    Change,
    Commitment,
    CommitmentKind,
    Dated,
    DependsOn,
    Fact,
    Happened,
    LinkKind,
    PlanStart,
    Reference,
    Side,
    Target,
)
from portal_gen.diagnostics import Place
from portal_gen.language import Localized
from portal_gen.sections.timeline.model import (
    DONE,
    MilestoneRecord,
    NeedRecord,
    PhaseRecord,
    TaskRecord,
    TimelineRecords,
)


def page_of(project: str) -> str:
    """The path of a project's page."""
    return f"{project}/timeline"


def facts(records: TimelineRecords) -> Iterator[Fact]:
    """The facts of every plan."""
    for project, plan in records.plans.items():
        if plan.start:
            yield PlanStart(place=plan.at("start"), project=project, day=plan.start)
        for phase in plan.phases:
            yield _target(phase, project, phase.title, f"phase-{phase.id}")
            for task in phase.tasks:
                yield from _task(task, phase, project)
        for milestone in plan.milestones:
            yield from _milestone(milestone, project)
        for need in plan.needs:
            yield from _need(need, project)


def _task(task: TaskRecord, phase: PhaseRecord, project: str) -> Iterator[Fact]:
    anchor = f"task-{task.id}"
    yield _target(task, project, task.title, anchor)
    yield Activity(
        place=task.place,
        project=project,
        id=task.id,
        title=task.title,
        is_milestone=False,
        duration=task.takes,
        page=page_of(project),
        anchor=anchor,
        phase=phase.id,
        owner=task.owner,
        done=DONE if task.finished else task.done or 0,
        not_before=task.not_before,
        started=task.started,
        finished=task.finished,
    )
    yield from _happened(task, project, "started", "This task was started", "not_before:")
    yield from _happened(task, project, "finished", "This task was finished", "")
    if task.owner:
        yield _person(task.at("owner"), project, task.owner, "the owner of this task")
    yield from _links(task, project, "this task")


def _milestone(milestone: MilestoneRecord, project: str) -> Iterator[Fact]:
    page, anchor = page_of(project), f"milestone-{milestone.id}"
    yield _target(milestone, project, milestone.title, anchor)
    yield Activity(
        place=milestone.place,
        project=project,
        id=milestone.id,
        title=milestone.title,
        is_milestone=True,
        duration=0,
        page=page,
        anchor=anchor,
        finished=milestone.reached,
        baseline=milestone.baseline,
        promised=milestone.promised,
        forecast=milestone.forecast,
        because=milestone.because,
    )
    yield from _links(milestone, project, "this milestone")
    day = milestone.reached or milestone.forecast or milestone.promised
    yield Dated(
        place=milestone.place,
        project=project,
        kind="milestone",
        title=milestone.title,
        start=day,
        end=day,
        page=page,
        anchor=anchor,
    )
    yield from _happened(milestone, project, "reached", "This milestone was reached", "forecast:")
    if milestone.reached:
        yield Change(
            place=milestone.at("reached"),
            project=project,
            kind="reached",
            day=milestone.reached,
            title=milestone.title,
            page=page,
            anchor=anchor,
        )


def _need(need: NeedRecord, project: str) -> Iterator[Fact]:
    page, anchor = page_of(project), f"need-{need.id}"
    yield _target(need, project, need.text, anchor)
    yield _person(need.at("from"), project, need.giver, "the one who gives this")
    for n, activity in enumerate(need.blocks):
        what = "what waits for this"
        yield Reference(place=need.at("blocks", n), project=project, spaces=("plan",), id=activity, what=what)
    yield Commitment(
        place=need.place,
        project=project,
        kind=CommitmentKind.NEED,
        id=need.id,
        text=need.text,
        side=Side.CLIENT,
        page=page,
        anchor=anchor,
        owner=need.giver,
        due=need.by,
        done=need.received is not None,
        done_on=need.received,
        blocks=need.blocks,
    )
    yield from _happened(need, project, "received", "This was received", "by:")
    if need.received:
        yield Change(
            place=need.at("received"),
            project=project,
            kind="received",
            day=need.received,
            title=need.text,
            page=page,
            anchor=anchor,
        )


def _happened(
    record: TaskRecord | MilestoneRecord | NeedRecord, project: str, key: str, what: str, instead: str
) -> Iterator[Happened]:
    if day := getattr(record, key):
        hint = f"A day that is only expected stands behind  {instead}" if instead else ""
        yield Happened(place=record.at(key), project=project, day=day, what=what, instead=hint)


def _links(record: TaskRecord | MilestoneRecord, project: str, waiting: str) -> Iterator[Fact]:
    for n, after in enumerate(record.after):
        place = record.at("after", n, "id")
        yield DependsOn(
            place=place,
            project=project,
            successor=record.id,
            predecessor=after.id,
            kind=LinkKind(after.type),
            lag=after.lag,
        )
        what = f"what {waiting} waits for"
        yield Reference(place=place, project=project, spaces=("plan",), id=after.id, what=what)


def _target(
    record: TaskRecord | PhaseRecord | MilestoneRecord | NeedRecord, project: str, title: Localized, anchor: str
) -> Target:
    return Target(
        place=record.at("id"),
        project=project,
        space="plan",
        id=record.id,
        title=title,
        page=page_of(project),
        anchor=anchor,
    )


def _person(place: Place, project: str, person: str, what: str) -> Reference:
    return Reference(place=place, project=project, spaces=("person",), id=person, what=what)
