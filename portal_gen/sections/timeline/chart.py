"""From the rows of the page to what is drawn: the drawing says what the tables say, from the same values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from portal_gen.contract import LinkKind
from portal_gen.language import Reader, Text
from portal_gen.sections.timeline.drawing import (
    NARROW,
    WIDE,
    Arrow,
    Bar,
    Chart,
    Diamond,
    Group,
    Month,
    draw,
    extent,
)
from portal_gen.sections.timeline.rows import MilestoneRow, PhaseRows, TaskRow
from portal_gen.sections.timeline.shapes import BAR, bar, diamond, ghost, hatch, mirror

SWATCH = 34  # how wide an example in the legend is
FROM_START = (LinkKind.START_START, LinkKind.START_FINISH)
TO_START = (LinkKind.FINISH_START, LinkKind.START_START)


def make_chart(
    milestones: Sequence[MilestoneRow], phases: Sequence[PhaseRows], as_of: date, reader: Reader
) -> Chart | None:
    """The drawing's data; None when there is nothing to draw."""
    _ = reader.word
    groups = [Group(reader.text(p.record.title), tuple(_bar(t, reader) for t in p.tasks)) for p in phases]
    if milestones:
        heading = Text(_("Milestones"), reader.language)
        groups.insert(0, Group(heading, tuple(_diamond(m, reader) for m in milestones)))
    if not groups:
        return None
    return Chart(
        name=_("The plan from month to month. Each row leads to its line in the tables."),
        language=reader.language,
        groups=tuple(groups),
        arrows=tuple(_arrows(phases)),
        months=tuple(_months(*extent(groups), reader)),
        as_of=as_of,
        as_of_label=_("As of {day}").format(day=reader.day(as_of)),
    )


def drawings(chart: Chart) -> Markup:
    """Both drawings; the style sheet shows the one that fits."""
    # The drawing escapes every text it is given.
    return Markup("\n".join(draw(chart, layout) for layout in (WIDE, NARROW)))  # noqa: S704


def legend(chart: Chart, reader: Reader) -> tuple[tuple[Markup, str], ...]:
    """An example and its meaning for each form that stands in the drawing."""
    _ = reader.word
    rows = [row for group in chart.groups for row in group.rows]
    bars = [row for row in rows if isinstance(row, Bar)]
    diamonds = [row for row in rows if isinstance(row, Diamond)]
    middle, top, width = SWATCH / 2, 3, SWATCH - 2
    forms = (
        (bars, bar(1, top, width, 0, ""), _("Now expected")),
        (any(b.done for b in bars), bar(1, top, width, 55, ""), _("Filled: the part that is done")),
        (
            any(b.critical for b in bars),
            f"<defs>{hatch('legend')}</defs>{bar(1, top, width, 0, 'legend')}",
            _("Striped: on the critical path, a delay here moves the end"),
        ),
        (bars, ghost(1, top + BAR / 2 - 2, width), _("Thin: as first planned")),
        (any(not d.reached for d in diamonds), diamond(middle, 11, "expected"), _("Milestone, as now expected")),
        (any(d.promised != d.expected for d in diamonds), diamond(middle, 11, "promised"), _("Milestone, as promised")),
        (
            any(not d.reached and d.promised == d.expected for d in diamonds),
            diamond(middle, 11, "promised") + diamond(middle, 11, "expected"),
            _("Expected on the promised day"),
        ),
        (
            any(d.reached for d in diamonds),
            diamond(middle, 11, "reached", mirrored=chart.mirrored),
            _("Milestone reached"),
        ),
    )
    return tuple((_swatch(form, chart), meaning) for shown, form, meaning in forms if shown)


def _swatch(form: str, chart: Chart) -> Markup:
    box = f'class="timeline-swatch" viewBox="0 0 {SWATCH} 22" aria-hidden="true"'
    form = f"{mirror(SWATCH)}{form}</g>" if chart.mirrored else form
    return Markup(f"<svg {box}>{form}</svg>")  # noqa: S704 - made of numbers


def _bar(row: TaskRow, reader: Reader) -> Bar:
    _ = reader.word
    label = reader.text(row.record.title)
    facts = [
        label,
        _("{start} to {finish}").format(start=reader.day(row.item.start), finish=reader.day(row.item.finish)),
    ]
    if row.done and not row.record.finished:
        facts.append(_("{percent} done").format(percent=reader.percent(row.done)))
    return Bar(
        anchor=row.anchor,
        label=label,
        facts="\n".join([*facts, row.slip]),
        start=row.item.start,
        finish=row.item.finish,
        planned_start=row.item.planned_start,
        planned_finish=row.item.planned_finish,
        done=row.done,
        critical=row.item.critical,
    )


def _diamond(row: MilestoneRow, reader: Reader) -> Diamond:
    _ = reader.word
    label = reader.text(row.record.title)
    day = reader.day(row.expected)
    expected = _("Reached on {day}") if row.record.reached else _("Now expected on {day}")
    facts = [
        label,
        _("Promised for {day}").format(day=reader.day(row.record.promised)),
        expected.format(day=day) + (f" ({row.move})" if row.move else ""),
        row.badge.word,
    ]
    return Diamond(
        anchor=row.anchor,
        label=label,
        facts="\n".join(facts),
        promised=row.record.promised,
        expected=row.expected,
        reached=row.record.reached is not None,
        day=reader.short_day(row.expected),
    )


def _arrows(phases: Sequence[PhaseRows]) -> Iterator[Arrow]:
    """Between tasks only: milestones stand above them all, and arrows to them would cross everything."""
    tasks = {task.record.id: task for phase in phases for task in phase.tasks}
    for task in tasks.values():
        for after in task.record.after:
            if source := tasks.get(after.id):
                yield Arrow(
                    source=source.anchor,
                    target=task.anchor,
                    from_start=after.type in FROM_START,
                    to_start=after.type in TO_START,
                    critical=source.item.critical and task.item.critical,
                )


def _months(first: date, last: date, reader: Reader) -> Iterator[Month]:
    day = first.replace(day=1)
    while day <= last:
        yield Month(day, reader.month_name(day), reader.year(day))
        day = (day + timedelta(days=31)).replace(day=1)
