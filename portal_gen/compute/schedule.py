"""The schedule of a project: the precedence diagramming method over working days (PMBOK).

Inside, time is whole numbers, *instants*: instant i is the beginning of the i-th working day from the project's start
and the end of the working day before it. A task of d days that begins at instant s occupies [s, s + d); the links say

    finish-start    start  of the successor >= finish of the predecessor + lag
    start-start     start  of the successor >= start  of the predecessor + lag
    finish-finish   finish of the successor >= finish of the predecessor + lag
    start-finish    finish of the successor >= start  of the predecessor + lag

A milestone is a task of no days. It lies at the end of a day: the milestone at instant t is shown on working day t - 1,
the last day of the work before it, but never before the project's start. What follows it begins the day after.

There are two passes forward. The *plan* knows the network, the project's start and `not_before`; nothing has happened
yet. The *expectation* also knows what has happened and that nothing unfinished can be done before `as_of`. Floats
belong to the expectation.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portal_gen.contract import Activity, DependsOn, LinkKind, Schedule, Scheduled, WorkCalendar

FROM_START = frozenset({LinkKind.START_START, LinkKind.START_FINISH})
TO_START = frozenset({LinkKind.FINISH_START, LinkKind.START_START})


class Span(NamedTuple):
    """The instants between which an activity lies."""

    start: int
    finish: int


class Axis:
    """Turns days into instants and back. Instant 0 is the first working day from the project's start on."""

    def __init__(self, calendar: WorkCalendar, start: date) -> None:
        self.calendar = calendar
        self.zero = calendar.add(start, 0)

    def beginning(self, day: date) -> int:
        """The first instant at which work can begin on `day` or after it."""
        return self.calendar.between(self.zero, self.calendar.add(day, 0))

    def end(self, day: date) -> int:
        """The instant at which the last working day up to and including `day` is over."""
        return self.calendar.between(self.zero, day) + 1

    def first_day(self, start: int) -> date:
        """The day on which work begins that starts at an instant."""
        return self.calendar.add(self.zero, start)

    def last_day(self, finish: int) -> date:
        """The last day of work that is finished at an instant."""
        return self.calendar.add(self.zero, finish - 1)

    def milestone_day(self, instant: int) -> date:
        """The day on which a computed milestone is shown."""
        return self.calendar.add(self.zero, max(instant - 1, 0))


@dataclass(frozen=True, slots=True)
class Network:
    """Activities by id in an order in which every predecessor comes first, and the links into and out of each.

    `into` and `out` are in the order of the plan.
    """

    activities: Mapping[str, Activity]
    into: Mapping[str, Sequence[DependsOn]]
    out: Mapping[str, Sequence[DependsOn]]


class Floats(NamedTuple):
    """How many working days an activity can slip before the end of the project moves, and before anything moves."""

    total: int
    free: int


def find_cycle(activities: Iterable[str], links: Iterable[DependsOn]) -> list[str] | None:
    """The ids of one circle of links, or None when there is none.

    Each id is followed by one that waits for it, and the last by the first. The same input gives the same circle,
    beginning with the id that comes first in `activities`. Links that name other ids are ignored.
    """
    rank = {name: i for i, name in enumerate(activities)}
    following: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.predecessor in rank and link.successor in rank:
            following[link.predecessor].append(link.successor)
    done: set[str] = set()
    for root in rank:
        # Depth first, with a stack of our own: a chain of thousands would overflow Python's. `path` holds the
        # activities we are inside of, in order, each with those that follow it and have not been looked at.
        path: dict[str, Iterator[str]] = {} if root in done else {root: iter(following[root])}
        while path:
            name, rest = next(reversed(path.items()))
            found = next(rest, None)
            if found is None:
                done.add(name)
                del path[name]
            elif found in path:
                inside = list(path)
                circle = inside[inside.index(found) :]
                first = circle.index(min(circle, key=rank.__getitem__))
                return circle[first:] + circle[:first]
            elif found not in done:
                path[found] = iter(following[found])
    return None


def compute_schedule(
    activities: Sequence[Activity],
    links: Sequence[DependsOn],
    calendar: WorkCalendar,
    start: date,
    as_of: date,
    waits: Mapping[str, date] | None = None,
) -> Schedule:
    """The schedule of one project as it stands on the day `as_of`.

    `start` is the project's first day. `waits` gives, by activity id, the day on which something that the activity
    needs is due: what has not been started does not start before that day.

    What is expected of each activity:

    - Finished: its actual days, as written. Without `started`, it took as long as planned.
    - Running (started, or some of it done): what remains, `duration * (1 - done)` rounded up and at least one day
      unless all is done, begins on its start or on `as_of`, the later. It waits no more for links into its start, as
      it has started in spite of them; links into its finish still hold. If nobody wrote when it was started, it is
      taken to have been when planned, but not after `as_of`.
    - Not started: as soon as its links, `not_before`, `waits`, the project's start and `as_of` allow.
    - A milestone not reached: as soon as its links, `not_before`, `waits` and the project's start allow. One without
      predecessors stays on its stated day (`forecast`, else `promised`, else `baseline`), even when that has passed;
      in the plan, on what was agreed first (`baseline`, else `promised`, else `forecast`).

    An actual day that is not worked is shown as written; for what depends on it, a start counts as the next working
    day and a finish as the one before. Total float is how far an activity's finish can slip before the finish of the
    project does, free float before anything else does. Critical is what is not finished and has no total float.
    Finished activities have no floats, and their late days are the actual ones.

    The schedule starts on the first working day from `start`, or on an earlier actual day, and finishes with the last
    of its activities. Links with unknown ids are ignored.

    Raises:
        ValueError: when there are no activities, when links go in a circle (see `find_cycle`), and when a day falls
            outside the years 1 to 9999.
    """
    if not activities:
        raise ValueError("There are no activities.")
    network = _network(activities, links)
    axis = Axis(calendar, start)
    plan: dict[str, Span] = {}
    expected: dict[str, Span] = {}
    today = axis.beginning(as_of)
    for name, activity in network.activities.items():
        into = network.into[name]
        plan[name] = _ahead(activity, into, plan, axis, 0, _agreed(activity), [activity.not_before])
        if activity.finished:
            expected[name] = _finished(activity, activity.finished, axis)
        elif _is_running(activity):
            expected[name] = _running(activity, into, expected, axis, today, plan[name])
        else:
            earliest = 0 if activity.is_milestone else max(0, today)
            bounds = [activity.not_before, (waits or {}).get(name)]
            expected[name] = _ahead(activity, into, expected, axis, earliest, _stated(activity), bounds)
    floats = _floats(network, expected)
    made: dict[str, Scheduled] = {}
    for name, activity in network.activities.items():
        into = network.into[name]
        before = [made[k.predecessor] for k in into if activity.is_milestone and _ends_with(k, network)]
        made[name] = _scheduled(activity, plan[name], expected[name], floats[name], axis, before, fixed=not into)
    items = {name: made[name] for name in network.into}
    arrows = [(k.predecessor, k.successor) for into in network.into.values() for k in into]
    return Schedule(
        items=items,
        start=min(axis.zero, *(i.start for i in items.values())),
        finish=max(i.finish for i in items.values()),
        links=tuple(dict.fromkeys(arrows)),
    )


def _network(activities: Sequence[Activity], links: Sequence[DependsOn]) -> Network:
    by_id = {a.id: a for a in activities}
    into: dict[str, list[DependsOn]] = {name: [] for name in by_id}
    out: dict[str, list[DependsOn]] = {name: [] for name in by_id}
    for link in links:
        if link.predecessor in by_id and link.successor in by_id:
            into[link.successor].append(link)
            out[link.predecessor].append(link)
    # Kahn's algorithm: what waits for nothing more comes next.
    waiting = {name: len(found) for name, found in into.items()}
    ready = deque(name for name, count in waiting.items() if not count)
    ordered: dict[str, Activity] = {}
    while ready:
        name = ready.popleft()
        ordered[name] = by_id[name]
        for link in out[name]:
            waiting[link.successor] -= 1
            if not waiting[link.successor]:
                ready.append(link.successor)
    if len(ordered) < len(by_id):
        raise ValueError("Activities wait for each other in a circle.")
    return Network(ordered, into, out)


def _duration(activity: Activity) -> int:
    return 0 if activity.is_milestone else max(1, activity.duration)


def _is_running(activity: Activity) -> bool:
    return not activity.is_milestone and not activity.finished and (activity.started is not None or activity.done > 0)


def _agreed(activity: Activity) -> date | None:
    """The day first stated for a milestone."""
    return (activity.baseline or activity.promised or activity.forecast) if activity.is_milestone else None


def _stated(activity: Activity) -> date | None:
    """The day last stated for a milestone."""
    return (activity.forecast or activity.promised or activity.baseline) if activity.is_milestone else None


def _bound(link: DependsOn, spans: Mapping[str, Span]) -> int:
    """The earliest instant that a link allows for the end of the successor that it goes into."""
    span = spans[link.predecessor]
    return (span.start if link.kind in FROM_START else span.finish) + link.lag


def _ahead(
    activity: Activity,
    into: Sequence[DependsOn],
    spans: Mapping[str, Span],
    axis: Axis,
    earliest: int,
    stated: date | None,
    not_before: Iterable[date | None],
) -> Span:
    """Where an activity lies that has not been started."""
    duration = _duration(activity)
    # A milestone on a day lies at the day's end.
    starts = [axis.beginning(day) + activity.is_milestone for day in not_before if day]
    if stated and not into:
        starts.append(axis.end(stated))
    else:
        starts.append(earliest)
    starts.extend(_bound(link, spans) - (0 if link.kind in TO_START else duration) for link in into)
    start = max(starts)
    return Span(start, start + duration)


def _running(
    activity: Activity, into: Sequence[DependsOn], spans: Mapping[str, Span], axis: Axis, today: int, plan: Span
) -> Span:
    """Where an activity lies that has been started and not finished."""
    start = axis.beginning(activity.started) if activity.started else min(plan.start, today)
    left = math.ceil(_duration(activity) * (100 - activity.done) / 100)
    finishes = [max(start, today) + left, start + 1]
    finishes.extend(_bound(link, spans) for link in into if link.kind not in TO_START)
    return Span(start, max(finishes))


def _finished(activity: Activity, day: date, axis: Axis) -> Span:
    finish = axis.end(day)
    if activity.is_milestone:
        return Span(finish, finish)
    start = axis.beginning(activity.started) if activity.started else finish - _duration(activity)
    return Span(min(start, finish), finish)


def _floats(network: Network, spans: Mapping[str, Span]) -> dict[str, Floats]:
    """The backward pass, in floats: an activity can slip as far as a link has slack and its successor can slip.

    Only what can still move counts. History does not: a delay passes neither out of the start of running work, nor
    into it, nor into finished work.
    """
    end = max(span.finish for span in spans.values())
    floats: dict[str, Floats] = {}
    for name in reversed(list(network.activities)):
        activity = network.activities[name]
        if activity.finished:
            floats[name] = Floats(0, 0)
            continue
        total = free = end - spans[name].finish
        for link in network.out[name]:
            after = network.activities[link.successor]
            if after.finished or (_is_running(after) and link.kind in TO_START):
                continue
            if _is_running(activity) and link.kind in FROM_START:
                continue
            span = spans[link.successor]
            slack = (span.start if link.kind in TO_START else span.finish) - _bound(link, spans)
            free = min(free, slack)
            total = min(total, slack + floats[link.successor].total)
        floats[name] = Floats(total, free)
    return floats


def _ends_with(link: DependsOn, network: Network) -> bool:
    """True when a milestone behind this link comes with, or after, the end of what it waits for."""
    return link.kind not in FROM_START or network.activities[link.predecessor].is_milestone


def _scheduled(
    activity: Activity,
    plan: Span,
    expected: Span,
    floats: Floats,
    axis: Axis,
    before: Sequence[Scheduled],
    *,
    fixed: bool,
) -> Scheduled:
    """The days of an activity. `before` is what a milestone comes after; `fixed`: it stays on its stated day."""

    def milestone(instant: int, stated: date | None, ends: Iterable[date] = ()) -> date:
        # A stated day is shown as written, even when it is not a working day, and so is an actual one. On the axis it
        # is one with the working day before; what waits for it is not shown before it all the same.
        day = stated if fixed and stated and axis.end(stated) == instant else axis.milestone_day(instant)
        return max([day, *(end for end in ends if axis.end(end) == instant)])

    first_day: Callable[[int], date]
    last_day: Callable[[int], date]
    if activity.is_milestone:
        planned_start = planned_finish = milestone(plan.start, _agreed(activity), (b.planned_finish for b in before))
        start = finish = activity.finished or milestone(expected.start, _stated(activity), (b.finish for b in before))
        first_day = last_day = axis.milestone_day
    else:
        planned_start, planned_finish = axis.first_day(plan.start), axis.last_day(plan.finish)
        start = activity.started or axis.first_day(expected.start)
        finish = activity.finished or axis.last_day(expected.finish)
        first_day, last_day = axis.first_day, axis.last_day
    slips = floats.total > 0
    return Scheduled(
        activity=activity,
        start=start,
        finish=finish,
        planned_start=planned_start,
        planned_finish=planned_finish,
        late_start=first_day(expected.start + floats.total) if slips and not _is_running(activity) else start,
        late_finish=last_day(expected.finish + floats.total) if slips else finish,
        total_float=floats.total,
        free_float=floats.free,
        critical=floats.total <= 0 and not activity.finished,
    )
