"""The plan as a drawing: plain data in, SVG text out.

Drawn twice at build time, once for wide screens and paper and once for phones, because a drawing that shrinks takes
its letters along. Each row is a link to the row of the table that says the same in words. What a thing is shows in its
form; colours come from the style sheet and can be taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from portal_gen.language import Text
from portal_gen.sections.timeline.lettering import measure, wrap

DAY = timedelta(days=1)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Bar:
    """A task. Both days of a span are included; `done` is in percent; `facts` is said for the whole row."""

    anchor: str
    label: Text
    facts: str
    start: date
    finish: date
    planned_start: date
    planned_finish: date
    done: int
    critical: bool


@dataclass(frozen=True, slots=True)
class Diamond:
    """A milestone. `day` is the expected day, or the one on which it was reached, as it is written beside it."""

    anchor: str
    label: Text
    facts: str
    promised: date
    expected: date
    reached: bool
    day: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    label: Text
    rows: tuple[Bar | Diamond, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the start or the finish of one row to the start or the finish of another, by their anchors."""

    source: str
    target: str
    from_start: bool
    to_start: bool
    critical: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the axis, by its first day."""

    first: date
    name: str
    year: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn. `language` is that of the page: a label in another one says so."""

    name: str
    language: str
    groups: tuple[Group, ...]
    arrows: tuple[Arrow, ...]
    months: tuple[Month, ...]
    as_of: date
    as_of_label: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of one way to draw, in CSS pixels where the drawing is shown as wide as `width`.

    `column` is the width of the labels beside the bars; 0 puts each label above its bar.
    """

    name: str
    width: int
    column: int
    font: float
    small: float
    arrows_up_to: int


WIDE = Layout("wide", width=880, column=250, font=15, small=14, arrows_up_to=60)
NARROW = Layout("narrow", width=320, column=0, font=14.5, small=14, arrows_up_to=0)

EDGE = 12  # room for half a diamond at both ends of the axis
BAR, GHOST, GAP = 14, 4, 2
HALF = {"promised": 9.5, "expected": 7, "reached": 8.5}  # of a diamond
LEADING = 1.25
CLEAR = 14  # from the middle of a diamond to the day beside it
PILL, HEAD = 22, 64  # the day's label on top of the axis; all of the axis


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day lies from left to right. A drawing from right to left is a matter of `x` alone."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date, *, end: bool = False) -> float:
        """The beginning of a day, or its end."""
        share = (day - self.first + (DAY if end else timedelta())) / (self.last + DAY - self.first)
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row's bar stands: its ends from left to right, and its middle."""

    start: float
    finish: float
    y: float


def extent(groups: Sequence[Group]) -> tuple[date, date]:
    """The first and the last day that the rows of a drawing show.

    Raises:
        ValueError: when there are no rows.
    """
    days = [day for group in groups for row in group.rows for day in _days(row)]
    return min(days), max(days)


def draw(chart: Chart, layout: Layout) -> str:
    """The drawing as one <svg>. There is at least one row, and `months` are those of its extent."""
    scale = Scale(*extent(chart.groups), layout.column + EDGE, layout.width - EDGE)
    y = float(HEAD)
    body: list[str] = []
    places: dict[str, Placed] = {}
    for group in chart.groups:
        y = _heading(group, chart, layout, scale, y, body)
        for row in group.rows:
            y = _row(row, chart, layout, scale, y, body, places)
    height = round(y + 6)
    as_of = list(_as_of(chart, layout, scale, height))
    box = f'viewBox="0 0 {layout.width} {height}" role="group" aria-label="{_escape(chart.name)}"'
    parts = [
        f'<svg class="timeline-drawing timeline-drawing--{layout.name}" {box}>',
        f"<defs>{hatch(layout.name)}</defs>",
        *_axis(chart, layout, scale, height),
        *(_arrows(chart.arrows, places) if len(chart.arrows) <= layout.arrows_up_to else ()),
        # The line of the day crosses the bars, but never letters.
        *([*body, *as_of] if layout.column else [*as_of, *body]),
        "</svg>",
    ]
    return "\n".join(parts)


def hatch(name: str) -> str:
    """The pattern of what is on the critical path. Its id is unique to a drawing: a hidden one lends no patterns."""
    return (
        f'<pattern id="timeline-hatch-{name}" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="timeline-hatch-ground" width="7" height="7"/>'
        '<rect class="timeline-hatch-line" width="2.4" height="7"/></pattern>'
    )


def bar(x: float, y: float, width: float, done: int, pattern: str) -> str:
    """A task's bar; `pattern` names the drawing whose hatch fills what is left of a critical one, "" for none."""
    box = f'x="{_n(x)}" y="{_n(y)}" height="{BAR}" rx="3"'
    kind = " timeline-bar--critical" if pattern else ""
    fill = f' fill="url(#timeline-hatch-{pattern})"' if pattern else ""
    out = f'<rect class="timeline-bar{kind}" {box} width="{_n(width)}"{fill}/>'
    return out + (f'<rect class="timeline-done" {box} width="{_n(width * done / 100)}"/>' if done else "")


def ghost(x: float, y: float, width: float) -> str:
    """What was planned, as a thin bar."""
    return f'<rect class="timeline-ghost" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{GHOST}" rx="2"/>'


def diamond(x: float, y: float, kind: str) -> str:
    """A milestone: "promised" is a ring, "expected" is solid, "reached" is solid with a tick."""
    half = HALF[kind]
    corners = f"M{_n(x)} {_n(y - half)}L{_n(x + half)} {_n(y)}L{_n(x)} {_n(y + half)}L{_n(x - half)} {_n(y)}Z"
    shape = f'<path class="timeline-diamond timeline-diamond--{kind}" d="{corners}"/>'
    if kind == "reached":
        shape += f'<path class="timeline-tick" d="M{_n(x - 3.2)} {_n(y + 0.2)}l2.4 2.6l4.2 -5.2"/>'
    return shape


def _days(row: Bar | Diamond) -> tuple[date, ...]:
    if isinstance(row, Diamond):
        return (row.promised, row.expected)
    return (row.start, row.finish, row.planned_start, row.planned_finish)


def _heading(group: Group, chart: Chart, layout: Layout, scale: Scale, y: float, body: list[str]) -> float:
    """The heading of a group, with a bracket from its first day to its last. Gives the y below it."""
    width = (layout.column or layout.width) - 16
    lines = wrap(group.label, layout.font * 1.05, width, 2)
    height = 14 + len(lines) * layout.font * LEADING
    y += 6
    body.append('<g aria-hidden="true">')
    body.append(f'<rect class="timeline-band" x="0" y="{_n(y)}" width="{layout.width}" height="{_n(height)}" rx="4"/>')
    body.append(_text(lines, 8, y + 7, layout.font, "timeline-group", group.label, chart))
    if layout.column and (bars := [row for row in group.rows if isinstance(row, Bar)]):
        start, finish = scale.x(min(b.start for b in bars)), scale.x(max(b.finish for b in bars), end=True)
        middle = y + height / 2
        way = f"M{_n(start)} {_n(middle + 5)}V{_n(middle - 1)}H{_n(finish)}V{_n(middle + 5)}"
        body.append(f'<path class="timeline-bracket" d="{way}"/>')
    body.append("</g>")
    return y + height + 2


def _row(
    row: Bar | Diamond,
    chart: Chart,
    layout: Layout,
    scale: Scale,
    y: float,
    body: list[str],
    places: dict[str, Placed],
) -> float:
    """One row: a link with its label and its bar or diamonds. Gives the y below it."""
    lines = wrap(row.label, layout.font, (layout.column or layout.width) - 18, 2)
    letters = len(lines) * layout.font * LEADING
    if layout.column:
        height = max(34.0, letters + 14)
        top, middle = y + (height - letters) / 2, y + height / 2 - 1
    else:
        height = letters + BAR + GHOST + 22
        top, middle = y + 6, y + letters + 10 + BAR / 2
    parts = [
        f'<a class="timeline-row" href="#{_escape(row.anchor)}"><title>{_escape(row.facts)}</title>',
        f'<rect class="timeline-hit" x="0" y="{_n(y)}" width="{layout.width}" height="{_n(height)}" rx="4"/>',
        _text(lines, 8, top, layout.font, "timeline-label", row.label, chart),
    ]
    if isinstance(row, Bar):
        start, finish = scale.x(row.start), max(scale.x(row.finish, end=True), scale.x(row.start) + 3)
        left, right = scale.x(row.planned_start), scale.x(row.planned_finish, end=True)
        parts.append(ghost(left, middle + BAR / 2 + GAP, max(right - left, 3)))
        parts.append(bar(start, middle - BAR / 2, finish - start, row.done, layout.name if row.critical else ""))
    else:
        start = finish = scale.x(row.expected, end=True)
        parts += _milestone(row, layout, scale, middle)
    places[row.anchor] = Placed(start, finish, middle)
    body += [*parts, "</a>"]
    return y + height


def _milestone(row: Diamond, layout: Layout, scale: Scale, y: float) -> Iterator[str]:
    promised, expected = scale.x(row.promised, end=True), scale.x(row.expected, end=True)
    if row.promised != row.expected:
        yield f'<path class="timeline-move" d="M{_n(promised)} {_n(y)}H{_n(expected)}"/>'
    yield diamond(promised, y, "promised")
    yield diamond(expected, y, "reached" if row.reached else "expected")
    x, side = _beside(expected, promised, measure(row.day, layout.small), layout)
    place = f'x="{_n(x)}" y="{_n(y + layout.small * 0.36)}"'
    yield f'<text class="timeline-day timeline-anchor-{side}" {place}>{_escape(row.day)}</text>'


def _beside(expected: float, promised: float, width: float, layout: Layout) -> tuple[float, str]:
    """Where the day stands: at its diamond and away from the other, else between them, else beyond the other."""
    away = 1 if expected >= promised else -1
    places = [(expected, away), (promised, -away)]
    if abs(expected - promised) > width + 2 * CLEAR:
        places.insert(1, (expected, -away))
    for x, way in places:
        start = x + way * CLEAR
        if layout.column <= min(start, start + way * width) and max(start, start + way * width) <= layout.width:
            return start, "start" if way > 0 else "end"
    return expected + CLEAR, "start"


def _axis(chart: Chart, layout: Layout, scale: Scale, height: int) -> Iterator[str]:
    """Lines at the beginning of months, and as many names as there is room for."""
    yield '<g aria-hidden="true">'
    widest = max(measure(m.name, layout.small) for m in chart.months) + 12
    month_width = (scale.right - scale.left) * 30.4 / max((scale.last - scale.first).days + 1, 1)
    step = next((n for n in (1, 2, 3, 6) if n * month_width >= widest), 12)
    free_from, year_free_from, year = 0.0, 0.0, ""
    for month in chart.months:
        inside = month.first >= scale.first
        x = scale.x(month.first) if inside else scale.left - EDGE
        if inside:
            kind = " timeline-grid--year" if month.first.month == 1 else ""
            yield f'<path class="timeline-grid{kind}" d="M{_n(x)} {HEAD - 22}V{height}"/>'
        end = scale.x((month.first + 31 * DAY).replace(day=1))
        wanted = (month.first.month - 1) % step == 0 if inside else end - x >= widest
        if not wanted or x < free_from or x + widest - 8 > layout.width:
            continue
        yield f'<text class="timeline-month" x="{_n(x + 4)}" y="{HEAD - 8}">{_escape(month.name)}</text>'
        free_from = x + widest - 4
        if month.year != year and x >= year_free_from:
            yield f'<text class="timeline-year" x="{_n(x + 4)}" y="{HEAD - 25}">{_escape(month.year)}</text>'
            year, year_free_from = month.year, x + measure(month.year, layout.small) + 12
    yield "</g>"


def _as_of(chart: Chart, layout: Layout, scale: Scale, height: int) -> Iterator[str]:
    """The line of the day on which all this was true. A day outside the drawing has none."""
    if not scale.first <= chart.as_of <= scale.last:
        return
    x = scale.x(chart.as_of)
    width = measure(chart.as_of_label, layout.small) * 1.12 + 18  # bold letters are wider
    left = min(max(x - width / 2, 0), layout.width - width)
    yield f'<g class="timeline-as-of"><path class="timeline-as-of-line" d="M{_n(x)} {PILL}V{height}"/>'
    yield f'<rect class="timeline-as-of-pill" x="{_n(left)}" y="1" width="{_n(width)}" height="{PILL - 1}" rx="10"/>'
    yield (
        f'<text class="timeline-as-of-text timeline-anchor-middle" x="{_n(left + width / 2)}"'
        f' y="{_n(PILL / 2 + layout.small * 0.38)}">{_escape(chart.as_of_label)}</text></g>'
    )


def _arrows(arrows: Sequence[Arrow], places: dict[str, Placed]) -> Iterator[str]:
    """Out of the side of one bar, into the top of another (or its bottom, when that one stands higher)."""
    yield '<g class="timeline-arrows" aria-hidden="true">'
    for arrow in sorted(arrows, key=lambda a: a.critical):  # the critical ones on top
        source, target = places.get(arrow.source), places.get(arrow.target)
        if source is None or target is None:
            continue
        out = -6 if arrow.from_start else 6
        x = source.start if arrow.from_start else source.finish
        inset = min(5.0, (target.finish - target.start) / 2)
        goal = target.start + inset if arrow.to_start else target.finish - inset
        down = 1 if target.y > source.y else -1
        # Below the bar there is the thin one of what was planned.
        edge = target.y - down * (BAR / 2 + 1 + (0 if down > 0 else GAP + GHOST))
        direct = goal <= x - 2 if arrow.from_start else goal >= x + 2
        way = f"H{_n(goal)}" if direct else f"h{out}V{_n(source.y + down * 16)}H{_n(goal)}"
        yield '<g class="timeline-arrow--critical">' if arrow.critical else "<g>"
        yield f'<path d="M{_n(x)} {_n(source.y)}{way}V{_n(edge - down * 4)}"/>'
        yield f'<path class="timeline-arrowhead" d="M{_n(goal)} {_n(edge)}l-3.5 {-5 * down}h7Z"/></g>'
    yield "</g>"


def _text(lines: list[str], x: float, top: float, size: float, kind: str, label: Text, chart: Chart) -> str:
    first = top + size * 0.98
    spans = "".join(
        f'<tspan x="{_n(x)}" y="{_n(first + n * size * LEADING)}">{_escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return f'<text class="{kind}"{_lang(label, chart)}>{spans}</text>'


def _lang(label: Text, chart: Chart) -> str:
    return f' lang="{_escape(label.language)}"' if label.language != chart.language else ""


def _escape(text: str) -> str:
    """Text for XML; characters that XML cannot hold are left out."""
    return escape(_NOT_XML.sub("", text))


def _n(number: float) -> str:
    """A coordinate, short."""
    return f"{number:.1f}".removesuffix(".0")
