"""What the page of time shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from portal_gen.contract import Derived, Schedule, View
from portal_gen.language import Localized, Reader
from portal_gen.sections.timeline.chart import drawings, legend, make_chart
from portal_gen.sections.timeline.facts import page_of
from portal_gen.sections.timeline.model import PlanRecord, TimelineRecords
from portal_gen.sections.timeline.rows import (
    MilestoneRow,
    NeedRow,
    PhaseRows,
    milestone_rows,
    need_rows,
    phase_rows,
)


@dataclass(frozen=True, slots=True)
class Next:
    """The next milestone, as a link within a sentence: `before` and `after` are the words around its title."""

    before: str
    title: Localized
    anchor: str
    after: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The page of one project. `span` is a sentence; `drawing` and `legend` are empty when there is nothing to draw."""

    span: str
    next: Next | None
    milestones: tuple[MilestoneRow, ...]
    drawing: Markup
    legend: tuple[tuple[Markup, str], ...]
    needs: tuple[NeedRow, ...]
    phases: tuple[PhaseRows, ...]


def views(records: TimelineRecords, derived: Derived, reader: Reader) -> Iterable[View]:
    """One page for each project that has a plan."""
    _ = reader.word
    known = {p.project for p in derived.projects}
    for project, plan in records.plans.items():
        # Where all of a plan is internal there is no page.
        if project in known and (plan.start or plan.phases or plan.milestones or plan.needs):
            yield View(
                path=page_of(project),
                title=_("Timeline"),
                description=_("When what happens: milestones, a drawing of the plan, tasks, and what we need."),
                template="page.md.jinja",
                data=_page(project, plan, derived, reader),
                group=project,
            )


def _page(project: str, plan: PlanRecord, derived: Derived, reader: Reader) -> TimelineView:
    # There is no schedule where there is nothing to schedule, or where tasks wait for each other in a circle.
    first = plan.start or derived.as_of
    schedule = derived.schedules.get(project) or Schedule({}, first, first)
    milestones = milestone_rows(project, plan, schedule, derived, reader)
    phases = phase_rows(project, plan, schedule, derived, reader)
    chart = make_chart(milestones, phases, derived.as_of, reader)
    return TimelineView(
        span=_span(schedule, derived.as_of, reader),
        next=_next(milestones, derived, reader),
        milestones=milestones,
        drawing=drawings(chart) if chart else Markup(),
        legend=legend(chart, reader) if chart else (),
        needs=need_rows(project, plan, derived, reader),
        phases=phases,
    )


def _span(schedule: Schedule, as_of: date, reader: Reader) -> str:
    """From when to when the project runs, in a sentence."""
    _ = reader.word
    items = schedule.items.values()
    start, finish = reader.day(schedule.start), reader.day(max((i.expected for i in items), default=schedule.finish))
    if not items:
        return _("The plan is still being written. The project starts on {start}.").format(start=start)
    if all(i.activity.finished for i in items):
        text = _("The project ran from {start} to {finish}. Everything in the plan is done.")
    elif schedule.start > as_of:
        text = _("The project will run from {start} to {finish}.")
    else:
        text = _("The project runs from {start} to {finish}.")
    return text.format(start=start, finish=finish)


def _next(milestones: Iterable[MilestoneRow], derived: Derived, reader: Reader) -> Next | None:
    """The next milestone in words, with how far off it is and how far it has moved."""
    _ = reader.word
    row = next((m for m in milestones if m.record.reached is None), None)
    if row is None:
        return None
    days = derived.calendars.both.between(derived.as_of, row.expected)
    if row.expected < derived.as_of:
        text = _("The next milestone is {title}. It was expected on {day} and has not been reached yet.")
    elif days == 0:
        text = _("As of {today}, the next milestone is {title}, expected on that same day.")
    else:
        text = reader.words(
            "As of {today}, the next milestone is {title}, expected on {day}, %(n)s working day away.",
            "As of {today}, the next milestone is {title}, expected on {day}, %(n)s working days away.",
            days,
        )
    if row.move:
        text += _(" That is {move}.").format(move=row.move)
    before, _title, after = text.partition("{title}")
    values = {"today": reader.day(derived.as_of), "day": reader.day(row.expected)}
    return Next(before.format(**values), row.record.title, row.anchor, after.format(**values))
