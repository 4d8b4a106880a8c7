"""The plan as a drawing: plain data in, SVG text out.

Drawn twice at build time, once for wide screens and paper and once for phones, because a drawing that shrinks takes
its letters along. Each row is a link to the row of the table that says the same in words. What a thing is shows in its
form; colours come from the style sheet and can be taken away.

All places are reckoned from left to right. On a page that is read from right to left, so is time: the drawing is
mirrored as a whole, and each text and tick within it mirrored back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal_gen.language import Text, direction
from portal_gen.sections.timeline.lettering import measure, wrap
from portal_gen.sections.timeline.shapes import BAR, GHOST, bar, diamond, ghost, hatch, mirror, num, xml

DAY = timedelta(days=1)


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

    @property
    def mirrored(self) -> bool:
        """True when the page is read from right to left."""
        return direction(self.language) == "rtl"


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

MARKS = {"ltr": "\u2066", "rtl": "\u2067", "end": "\u2069"}  # Unicode's isolates
EDGE = 12  # room for half a diamond at both ends of the axis
GAP = 2
LEADING = 1.25
CLEAR = 14  # from the middle of a diamond to the day beside it
PILL, HEAD = 22, 64  # the day's label on top of the axis; all of the axis


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day lies from left to right."""

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
    box = f'viewBox="0 0 {layout.width} {height}" role="group" aria-label="{xml(chart.name)}"'
    turned = ' direction="rtl"' if chart.mirrored else ""
    parts = [
        f'<svg class="timeline-drawing timeline-drawing--{layout.name}" {box}{turned}>',
        f"<defs>{hatch(layout.name)}</defs>",
        *([mirror(layout.width)] if chart.mirrored else ()),
        *_axis(chart, layout, scale, height),
        *(_arrows(chart.arrows, places) if len(chart.arrows) <= layout.arrows_up_to else ()),
        # The line of the day crosses the bars, but never letters.
        *([*body, *as_of] if layout.column else [*as_of, *body]),
        *(["</g>"] if chart.mirrored else ()),
        "</svg>",
    ]
    return "\n".join(parts)


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
    body.append(
        f'<rect class="timeline-band" x="0" y="{num(y)}" width="{layout.width}" height="{num(height)}" rx="4"/>'
    )
    body.append(_text(lines, 8, y + 7, layout.font, "timeline-group", group.label, chart))
    if layout.column and (bars := [row for row in group.rows if isinstance(row, Bar)]):
        start, finish = scale.x(min(b.start for b in bars)), scale.x(max(b.finish for b in bars), end=True)
        middle = y + height / 2
        way = f"M{num(start)} {num(middle + 5)}V{num(middle - 1)}H{num(finish)}V{num(middle + 5)}"
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
        f'<a class="timeline-row" href="#{xml(row.anchor)}"><title>{xml(row.facts)}</title>',
        f'<rect class="timeline-hit" x="0" y="{num(y)}" width="{layout.width}" height="{num(height)}" rx="4"/>',
        _text(lines, 8, top, layout.font, "timeline-label", row.label, chart),
    ]
    if isinstance(row, Bar):
        start, finish = scale.x(row.start), max(scale.x(row.finish, end=True), scale.x(row.start) + 3)
        left, right = scale.x(row.planned_start), scale.x(row.planned_finish, end=True)
        parts.append(ghost(left, middle + BAR / 2 + GAP, max(right - left, 3)))
        parts.append(bar(start, middle - BAR / 2, finish - start, row.done, layout.name if row.critical else ""))
    else:
        start = finish = scale.x(row.expected, end=True)
        parts += _milestone(row, chart, layout, scale, middle)
    places[row.anchor] = Placed(start, finish, middle)
    body += [*parts, "</a>"]
    return y + height


def _milestone(row: Diamond, chart: Chart, layout: Layout, scale: Scale, y: float) -> Iterator[str]:
    promised, expected = scale.x(row.promised, end=True), scale.x(row.expected, end=True)
    if row.promised != row.expected:
        yield f'<path class="timeline-move" d="M{num(promised)} {num(y)}H{num(expected)}"/>'
    yield diamond(promised, y, "promised")
    yield diamond(expected, y, "reached" if row.reached else "expected", mirrored=chart.mirrored)
    x, side = _beside(expected, promised, measure(row.day, layout.small), layout)
    place = _place(x, y + layout.small * 0.36, chart)
    yield f'<text class="timeline-day timeline-anchor-{side}"{place}>{xml(row.day)}</text>'


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
            yield f'<path class="timeline-grid{kind}" d="M{num(x)} {HEAD - 22}V{height}"/>'
        end = scale.x((month.first + 31 * DAY).replace(day=1))
        wanted = (month.first.month - 1) % step == 0 if inside else end - x >= widest
        if not wanted or x < free_from or x + widest - 8 > layout.width:
            continue
        yield f'<text class="timeline-month"{_place(x + 4, HEAD - 8, chart)}>{xml(month.name)}</text>'
        free_from = x + widest - 4
        if month.year != year and x >= year_free_from:
            place = _place(x + 4, HEAD - 25, chart)
            yield f'<text class="timeline-year"{place}>{xml(month.year)}</text>'
            year, year_free_from = month.year, x + measure(month.year, layout.small) + 12
    yield "</g>"


def _as_of(chart: Chart, layout: Layout, scale: Scale, height: int) -> Iterator[str]:
    """The line of the day on which all this was true. A day outside the drawing has none."""
    if not scale.first <= chart.as_of <= scale.last:
        return
    x = scale.x(chart.as_of)
    width = measure(chart.as_of_label, layout.small) * 1.12 + 18  # bold letters are wider
    left = min(max(x - width / 2, 0), layout.width - width)
    yield f'<g class="timeline-as-of"><path class="timeline-as-of-line" d="M{num(x)} {PILL}V{height}"/>'
    yield f'<rect class="timeline-as-of-pill" x="{num(left)}" y="1" width="{num(width)}" height="{PILL - 1}" rx="10"/>'
    place = _place(left + width / 2, PILL / 2 + layout.small * 0.38, chart)
    yield f'<text class="timeline-as-of-text timeline-anchor-middle"{place}>{xml(chart.as_of_label)}</text></g>'


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
        way = f"H{num(goal)}" if direct else f"h{out}V{num(source.y + down * 16)}H{num(goal)}"
        yield '<g class="timeline-arrow--critical">' if arrow.critical else "<g>"
        yield f'<path d="M{num(x)} {num(source.y)}{way}V{num(edge - down * 4)}"/>'
        yield f'<path class="timeline-arrowhead" d="M{num(goal)} {num(edge)}l-3.5 {-5 * down}h7Z"/></g>'
    yield "</g>"


def _text(lines: list[str], x: float, top: float, size: float, kind: str, label: Text, chart: Chart) -> str:
    first, turn, sign = top + size * 0.98, *_turn(chart)
    spans = "".join(
        f'<tspan x="{num(sign * x)}" y="{num(first + n * size * LEADING)}">{xml(_isolated(line, label, chart))}</tspan>'
        for n, line in enumerate(lines)
    )
    return f'<text class="{kind}"{turn}{_lang(label, chart)}>{spans}</text>'


def _place(x: float, y: float, chart: Chart) -> str:
    """Where a text begins, ends or has its middle."""
    turn, sign = _turn(chart)
    return f'{turn} x="{num(sign * x)}" y="{num(y)}"'


def _turn(chart: Chart) -> tuple[str, int]:
    """What mirrors a text back, and the sign of its places then."""
    return (' transform="scale(-1 1)"', -1) if chart.mirrored else ("", 1)


def _isolated(line: str, label: Text, chart: Chart) -> str:
    """A line in the direction of its own language, for SVG knows no `dir`."""
    own = direction(label.language)
    return line if own == direction(chart.language) else f"{MARKS[own]}{line}{MARKS['end']}"


def _lang(label: Text, chart: Chart) -> str:
    return f' lang="{xml(label.language)}"' if label.language != chart.language else ""
