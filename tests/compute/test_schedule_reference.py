"""The schedule against a reference that shares no code with it: day lists, relaxation, and trying every delay."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal_gen.compute.calendars import Calendar
from portal_gen.compute.schedule import compute_schedule, find_cycle
from portal_gen.contract import Activity, DependsOn, LinkKind
from portal_gen.diagnostics import Place
from portal_gen.language import Localized

HERE = Place("acme/web/plan.yml", 1, 1)
START = date(2026, 9, 1)
KINDS = list(LinkKind)


def task(number, duration, **more):
    return Activity(
        place=HERE,
        project="web",
        id=f"t{number}",
        title=Localized.plain(f"T{number}"),
        is_milestone=False,
        duration=duration,
        page="web/timeline",
        anchor=f"t{number}",
        **more,
    )


def link(predecessor, successor, kind, lag):
    return DependsOn(
        place=HERE, project="web", predecessor=f"t{predecessor}", successor=f"t{successor}", kind=kind, lag=lag
    )


@st.composite
def networks(draw):
    count = draw(st.integers(1, 7))
    durations = [draw(st.integers(1, 6)) for _ in range(count)]
    pairs = [(a, b) for b in range(count) for a in range(b)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=9, unique=True)) if pairs else []
    links = [(a, b, draw(st.sampled_from(KINDS)), draw(st.integers(-2, 4))) for a, b in chosen]
    return durations, links


@st.composite
def calendars(draw):
    weekend = draw(st.sets(st.integers(0, 6), max_size=5))
    off = draw(st.sets(st.integers(0, 120), max_size=25))
    return weekend, {START + timedelta(days=n): "closed" for n in off}


def working_days(weekend, off, length=400):
    days, day = [], START
    while len(days) < length:
        if day.weekday() not in weekend and day not in off:
            days.append(day)
        day += timedelta(days=1)
    return days


def relax(durations, links, earliest):
    """Start of each task as a number of working days from the first, by applying every link until nothing moves."""
    start = list(earliest)
    for _ in range(len(durations) + 1):
        for a, b, kind, lag in links:
            if kind is LinkKind.FINISH_START:
                bound = start[a] + durations[a] + lag
            elif kind is LinkKind.START_START:
                bound = start[a] + lag
            elif kind is LinkKind.FINISH_FINISH:
                bound = start[a] + durations[a] + lag - durations[b]
            else:
                bound = start[a] + lag - durations[b]
            start[b] = max(start[b], bound)
    return start


@settings(max_examples=150, deadline=None)
@given(networks(), calendars(), st.integers(0, 30))
def test_dates_and_floats(network, calendar, passed):
    durations, links = network
    weekend, off = calendar
    days = working_days(weekend, off)
    as_of = START + timedelta(days=passed)
    schedule = compute_schedule(
        [task(n, d) for n, d in enumerate(durations)],
        [link(*k) for k in links],
        Calendar("", weekend=tuple(weekend), days_off=off),
        START,
        as_of,
    )
    planned = relax(durations, links, [0] * len(durations))
    first_left = next(n for n, day in enumerate(days) if day >= as_of)
    expected = relax(durations, links, [first_left] * len(durations))
    end = max(s + d for s, d in zip(expected, durations, strict=True))
    assert schedule.finish == days[end - 1]
    for n, duration in enumerate(durations):
        found = schedule.items[f"t{n}"]
        assert (found.planned_start, found.planned_finish) == (days[planned[n]], days[planned[n] + duration - 1])
        assert (found.start, found.finish) == (days[expected[n]], days[expected[n] + duration - 1])
        assert found.total_float == slack(n, durations, links, expected, lambda moved: max_end(moved, durations) <= end)
        others = [m for m in range(len(durations)) if m != n]
        assert found.free_float == slack(
            n,
            durations,
            links,
            expected,
            lambda moved, others=others: (
                max_end(moved, durations) <= end and all(moved[m] == expected[m] for m in others)
            ),
        )
        assert found.critical == (found.total_float == 0)


def max_end(start, durations):
    return max(s + d for s, d in zip(start, durations, strict=True))


def slack(n, durations, links, expected, holds):
    """The longest delay of one task, found by trying, after which something still holds."""
    delay = 0
    while delay < 200:
        earliest = [*expected]
        earliest[n] += delay + 1
        if not holds(relax(durations, links, earliest)):
            return delay
        delay += 1
    raise AssertionError("a task without an end")


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 6), st.data())
def test_a_circle_is_found_exactly_when_there_is_one(count, data):
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    links = data.draw(st.lists(pairs, max_size=10))
    reach = {(a, b) for a, b in links}
    for middle in range(count):
        reach |= {(a, b) for a in range(count) for b in range(count) if (a, middle) in reach and (middle, b) in reach}
    found = find_cycle([f"t{n}" for n in range(count)], [link(a, b, LinkKind.FINISH_START, 0) for a, b in links])
    assert (found is not None) == any((n, n) in reach for n in range(count))
    if found:
        ids = [int(i[1:]) for i in found]
        assert all((a, b) in set(links) for a, b in zip(ids, ids[1:] + ids[:1], strict=True))


def test_what_has_happened_holds():
    schedule = compute_schedule(
        [
            task(0, 5, started=date(2026, 9, 1), finished=date(2026, 9, 9)),
            task(1, 4, started=date(2026, 9, 10), done=50),
            task(2, 3),
        ],
        [link(0, 1, LinkKind.FINISH_START, 0), link(1, 2, LinkKind.FINISH_START, 0)],
        Calendar(""),
        START,
        date(2026, 9, 16),
        {"t2": date(2026, 9, 25)},
    )
    items = schedule.items
    assert (items["t0"].start, items["t0"].finish, items["t0"].planned_finish) == (
        date(2026, 9, 1),
        date(2026, 9, 9),
        date(2026, 9, 7),
    )
    assert items["t1"].finish == date(2026, 9, 17)  # half of four days is left, from the 16th on
    assert items["t2"].start == date(2026, 9, 25)  # it waits for what the client owes until then


def test_two_thousand_tasks_in_half_a_second():
    from time import process_time  # noqa: PLC0415

    tasks = [task(n, 1 + n % 7) for n in range(2000)]
    links = [link(max(0, n - 1 - k * 7), n, KINDS[(n + k) % 4], k) for n in range(1, 2000) for k in range(3)]
    started = process_time()
    compute_schedule(tasks, links, Calendar("GB"), START, START)
    assert process_time() - started < 2, "linear work takes about a tenth of this"
