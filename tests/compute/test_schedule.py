import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import FF, FS, SF, SS, SlowSchedule, activity, d, link, working_days

from portal_gen.compute.calendars import Calendar, Joint
from portal_gen.compute.schedule import compute_schedule, find_cycle

BOTH = Joint(Calendar("GB-ENG"), Calendar("CN"))
WEEKDAYS = Calendar()
LONG_AGO = "2020-01-01"


def schedule(activities, links=(), start="2026-03-02", as_of=LONG_AGO, calendar=WEEKDAYS, **waits):
    return compute_schedule(
        activities, links, calendar, d(start), d(as_of), {name: d(day) for name, day in waits.items()}
    )


def spans(found):
    return {name: (str(s.start), str(s.finish)) for name, s in found.items.items()}


def floats(found):
    return {name: (s.total_float, s.free_float, s.critical) for name, s in found.items.items()}


# The network.


def test_a_chain_over_holidays_of_both_sides():
    found = schedule(
        [activity("design", 3), activity("build", 4), activity("live", 0)],
        [link("design", "build"), link("build", "live")],
        start="2026-04-01",
        calendar=BOTH,
    )
    # Off: Good Friday 3 April, the weekend, 6 April (Easter Monday; Qingming in China).
    assert spans(found) == {
        "design": ("2026-04-01", "2026-04-07"),
        "build": ("2026-04-08", "2026-04-13"),
        "live": ("2026-04-13", "2026-04-13"),
    }
    assert (found.start, found.finish) == (d("2026-04-01"), d("2026-04-13"))
    assert found.links == (("design", "build"), ("build", "live"))
    assert floats(found) == dict.fromkeys(("design", "build", "live"), (0, 0, True))


def test_a_chinese_make_up_day_is_worked():
    found = schedule(
        [activity("a", 1), activity("b", 3)], [link("a", "b")], start="2025-01-24", calendar=Calendar("CN")
    )
    # Friday; then Sunday 26 and Monday 27 January are worked, and the Spring Festival lasts until 4 February.
    assert spans(found) == {"a": ("2025-01-24", "2025-01-24"), "b": ("2025-01-26", "2025-02-05")}


def test_a_start_in_the_weekend_moves_to_the_next_working_day():
    found = schedule([activity("a", 2)], start="2026-02-28")
    assert spans(found) == {"a": ("2026-03-02", "2026-03-03")}
    assert found.start == d("2026-03-02")


@pytest.mark.parametrize(
    ("kind", "lag", "start", "finish"),
    [
        # a: Monday 9 to Friday 13 March (five days); b takes two.
        (FS, 0, "2026-03-16", "2026-03-17"),
        (FS, 2, "2026-03-18", "2026-03-19"),
        (FS, -2, "2026-03-12", "2026-03-13"),
        (SS, 0, "2026-03-09", "2026-03-10"),
        (SS, 3, "2026-03-12", "2026-03-13"),
        (SS, -1, "2026-03-06", "2026-03-09"),
        (FF, 0, "2026-03-12", "2026-03-13"),
        (FF, 1, "2026-03-13", "2026-03-16"),
        (FF, -3, "2026-03-09", "2026-03-10"),
        (SF, 0, "2026-03-05", "2026-03-06"),
        (SF, 4, "2026-03-11", "2026-03-12"),
        (SF, -1, "2026-03-04", "2026-03-05"),
        (SF, -9, "2026-03-02", "2026-03-03"),  # never before the project's start
    ],
)
def test_links(kind, lag, start, finish):
    found = schedule([activity("a", 5, not_before="2026-03-09"), activity("b", 2)], [link("a", "b", kind, lag)])
    assert spans(found)["b"] == (start, finish)


def test_links_with_unknown_ids_are_ignored():
    found = schedule([activity("a", 1)], [link("gone", "a"), link("a", "gone")])
    assert spans(found) == {"a": ("2026-03-02", "2026-03-02")}
    assert found.links == ()


def test_items_stand_in_the_order_of_the_plan():
    found = schedule([activity("c", 1), activity("a", 1), activity("b", 1)], [link("a", "c"), link("b", "a")])
    assert list(found.items) == ["c", "a", "b"]
    assert [s.activity.id for s in found.items.values()] == ["c", "a", "b"]


# Milestones.


def test_a_milestone_is_the_last_day_of_the_work_before_it():
    found = schedule(
        [activity("a", 5), activity("gate", 0), activity("b", 1)], [link("a", "gate"), link("gate", "b", FS)]
    )
    assert spans(found)["gate"] == ("2026-03-06", "2026-03-06")
    assert spans(found)["b"] == ("2026-03-09", "2026-03-09")


def test_a_milestone_without_anything_is_the_projects_start():
    assert spans(schedule([activity("kick-off", 0)]))["kick-off"] == ("2026-03-02", "2026-03-02")


def test_a_milestone_without_predecessors_stays_on_its_stated_day():
    gate = activity("gate", 0, baseline="2026-03-04", promised="2026-03-06", forecast="2026-03-15")  # a Sunday
    found = schedule([gate, activity("a", 1)], [link("gate", "a")], as_of="2026-05-01")
    item = found.items["gate"]
    assert (item.start, item.finish) == (d("2026-03-15"), d("2026-03-15"))
    assert (item.planned_start, item.planned_finish) == (d("2026-03-04"), d("2026-03-04"))
    assert found.items["a"].planned_start == d("2026-03-05")
    assert found.items["a"].start == d("2026-05-01")


def test_a_milestone_with_predecessors_follows_them_and_not_what_was_stated():
    found = schedule([activity("a", 5), activity("gate", 0, forecast="2026-03-31")], [link("a", "gate")])
    assert found.items["gate"].finish == d("2026-03-06")
    assert found.items["gate"].expected == d("2026-03-31")


def test_a_reached_milestone_is_fixed():
    gate = activity("gate", 0, finished="2026-03-07")  # a Saturday
    found = schedule([activity("a", 10), gate, activity("b", 1)], [link("a", "gate"), link("gate", "b")])
    assert spans(found)["gate"] == ("2026-03-07", "2026-03-07")
    assert spans(found)["b"] == ("2026-03-09", "2026-03-09")
    assert found.items["gate"].planned_finish == d("2026-03-13")
    assert not found.items["gate"].critical


# What has happened, and the day it is.


@pytest.mark.parametrize(
    ("values", "as_of", "start", "finish"),
    [
        # Ten days from Monday 2 March: planned to finish on Friday 13.
        ({}, "2026-02-01", "2026-03-02", "2026-03-13"),
        ({}, "2026-03-05", "2026-03-05", "2026-03-18"),
        ({}, "2026-03-07", "2026-03-09", "2026-03-20"),  # a Saturday
        ({"started": "2026-03-03"}, "2026-03-03", "2026-03-03", "2026-03-16"),
        ({"started": "2026-03-03", "done": 50}, "2026-03-05", "2026-03-03", "2026-03-11"),
        ({"started": "2026-03-03", "done": 51}, "2026-03-05", "2026-03-03", "2026-03-11"),  # 4.9 days are 5
        ({"started": "2026-03-03", "done": 99}, "2026-03-20", "2026-03-03", "2026-03-20"),
        ({"started": "2026-03-03", "done": 100}, "2026-03-20", "2026-03-03", "2026-03-19"),
        ({"started": "2026-03-20", "done": 100}, "2026-03-20", "2026-03-20", "2026-03-20"),
        ({"started": "2026-02-28"}, "2026-02-28", "2026-02-28", "2026-03-13"),  # began on a Saturday
        ({"started": "2026-03-16"}, "2026-03-05", "2026-03-16", "2026-03-27"),
        ({"done": 60}, "2026-03-10", "2026-03-02", "2026-03-13"),
        ({"done": 60}, "2026-02-20", "2026-02-20", "2026-02-25"),  # ahead of the plan
        ({"started": "2026-03-04", "finished": "2026-03-08"}, "2026-04-01", "2026-03-04", "2026-03-08"),  # a Sunday
        ({"finished": "2026-03-12"}, "2026-04-01", "2026-02-27", "2026-03-12"),
    ],
)
def test_progress(values, as_of, start, finish):
    found = schedule([activity("a", 10, **values)], as_of=as_of)
    assert spans(found)["a"] == (start, finish)
    assert found.items["a"].planned_start == d("2026-03-02")
    assert found.items["a"].planned_finish == d("2026-03-13")
    assert found.start == min(d(start), d("2026-03-02"))
    assert found.finish == d(finish)


def test_what_follows_finished_work_begins_on_the_next_working_day():
    a = activity("a", 10, started="2026-02-28", finished="2026-03-08")  # Saturday to Sunday
    found = schedule([a, activity("b", 1), activity("c", 1)], [link("a", "b"), link("a", "c", SS, 1)])
    assert spans(found)["b"] == ("2026-03-09", "2026-03-09")
    assert spans(found)["c"] == ("2026-03-03", "2026-03-03")


def test_a_start_after_the_finish_holds_nothing_back():
    # Reported where it is written; the rest of the plan is computed all the same.
    a = activity("a", 3, started="2026-03-10", finished="2026-03-04")
    assert spans(schedule([a, activity("b", 1)], [link("a", "b", SS)]))["b"] == ("2026-03-05", "2026-03-05")


def test_work_that_began_too_early_goes_on_but_keeps_links_into_its_finish():
    a = activity("a", 10)
    b = activity("b", 3, started="2026-03-02")
    assert spans(schedule([a, b], [link("a", "b")]))["b"] == ("2026-03-02", "2026-03-04")
    assert spans(schedule([a, b], [link("a", "b", FF, 1)]))["b"] == ("2026-03-02", "2026-03-16")
    assert spans(schedule([a, b], [link("a", "b", SF, 6)]))["b"] == ("2026-03-02", "2026-03-09")


def test_what_the_client_owes_holds_back_only_what_has_not_been_started():
    activities = [activity("a", 2), activity("b", 2, started="2026-03-02"), activity("gate", 0)]
    found = schedule(activities, as_of="2026-03-02", a="2026-03-21", b="2026-03-21", gate="2026-03-21")  # a Saturday
    assert spans(found) == {
        "a": ("2026-03-23", "2026-03-24"),
        "b": ("2026-03-02", "2026-03-03"),
        "gate": ("2026-03-23", "2026-03-23"),
    }
    assert found.items["a"].planned_start == d("2026-03-02")


# Floats.


def test_floats_of_a_diamond():
    found = schedule(
        [activity("a", 1), activity("long", 5), activity("x", 1), activity("y", 2), activity("z", 1)],
        [link("a", "long"), link("a", "x"), link("x", "y"), link("y", "z"), link("long", "z")],
    )
    assert floats(found) == {
        "a": (0, 0, True),
        "long": (0, 0, True),
        "x": (2, 0, False),
        "y": (2, 2, False),
        "z": (0, 0, True),
    }
    x = found.items["x"]
    assert (x.start, x.late_start, x.late_finish) == (d("2026-03-03"), d("2026-03-05"), d("2026-03-05"))


@pytest.mark.parametrize(
    ("kind", "lag", "total", "free"),
    # a: 2 to 4 March. b: four days, held to 9 to 12 March. The project ends with c, on the 13th.
    [(FS, 0, 3, 2), (FS, 1, 2, 1), (SS, 0, 6, 5), (SS, 3, 3, 2), (FF, 0, 7, 6), (FF, 2, 5, 4), (SF, 4, 6, 5)],
)
def test_floats_over_each_link(kind, lag, total, free):
    found = schedule(
        [activity("a", 3), activity("b", 4, not_before="2026-03-09"), activity("c", 10)], [link("a", "b", kind, lag)]
    )
    assert floats(found)["a"] == (total, free, False)


def test_finished_work_is_not_critical_and_has_no_floats():
    found = schedule([activity("a", 1, finished="2026-03-02"), activity("b", 9)], [link("a", "b")])
    assert floats(found) == {"a": (0, 0, False), "b": (0, 0, True)}
    assert found.items["a"].late_finish == d("2026-03-02")


def test_running_work_keeps_its_start():
    found = schedule([activity("a", 2, started="2026-03-02"), activity("b", 5)], as_of="2026-03-02")
    a = found.items["a"]
    assert (a.total_float, a.late_start, a.late_finish) == (3, d("2026-03-02"), d("2026-03-06"))


# Circles, edges, size.


@pytest.mark.parametrize(
    ("links", "cycle"),
    [
        ([("a", "b"), ("b", "c"), ("a", "c")], None),
        ([("a", "a")], ["a"]),
        ([("d", "c"), ("c", "b"), ("b", "d"), ("a", "d")], ["b", "d", "c"]),
        ([("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")], ["a", "b"]),
        ([("a", "gone"), ("gone", "a")], None),
    ],
)
def test_find_cycle(links, cycle):
    assert find_cycle("abcd", [link(*k) for k in links]) == cycle
    activities = [activity(name, 1) for name in "abcd"]
    if cycle:
        with pytest.raises(ValueError, match="circle"):
            schedule(activities, [link(*k) for k in links])
    else:
        assert schedule(activities, [link(*k) for k in links])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
def test_a_cycle_is_one_and_is_found_when_there_is_one(pairs):
    cycle = find_cycle("abcdef", [link(*p) for p in pairs])
    if cycle:
        assert set(zip(cycle, cycle[1:] + cycle[:1], strict=True)) <= set(pairs)
        assert len(set(cycle)) == len(cycle)
        assert cycle[0] == min(cycle)
    else:
        # Without a circle, taking away what waits for nothing leaves nothing.
        left = set("abcdef")
        while free := {n for n in left if not any(s == n and p in left for p, s in pairs)}:
            left -= free
        assert not left


def test_no_activities():
    with pytest.raises(ValueError, match="no activities"):
        schedule([])


def test_the_end_of_time():
    with pytest.raises(ValueError, match="outside the years"):
        schedule([activity("a", 2000)], start="9999-01-01", as_of="9999-01-01")


def test_a_chain_of_thousands_is_no_matter():
    names = [str(i) for i in range(5000)]
    links = [link(a, b) for a, b in pairwise(names)]
    assert find_cycle(names, links) is None
    assert find_cycle(names, [*links, link("4999", "0")]) == names
    found = schedule([activity(name, 1) for name in names], links)
    assert WEEKDAYS.between(found.start, found.finish) == 4999
    assert all(s.critical for s in found.items.values())


def test_a_large_network_takes_no_time():
    activities = [activity(str(i), 1 + i % 15) for i in range(2000)]
    links = [link(str(i), str(i + step)) for i in range(2000) for step in (1, 7, 40) if i + step < 2000]
    BOTH.between(d("2026-01-01"), d("2070-01-01"))  # the years are worked out once in a process
    begin = time.process_time()
    assert find_cycle([a.id for a in activities], links) is None
    schedule(activities, links, as_of="2026-03-02", calendar=BOTH)
    assert time.process_time() - begin < 0.5


# Against the slow, obvious scheduler.

START = date(2026, 3, 4)
NEAR = st.dates(START - timedelta(days=12), START + timedelta(days=25))


@st.composite
def situations(draw):
    """A network without circles, a calendar, and how far things have come."""
    weekend = draw(st.sets(st.integers(0, 6), max_size=4))
    off = draw(st.sets(NEAR, max_size=8))
    as_of = draw(NEAR)
    names = [f"n{i}" for i in range(draw(st.integers(1, 7)))]
    activities = []
    for name in names:
        duration = draw(st.integers(0, 6))
        values = {"not_before": draw(st.none() | NEAR)}
        match draw(st.sampled_from(["ahead", "ahead", "running", "done in part", "finished"])):
            case "running" if duration:
                values |= {"started": draw(NEAR), "done": draw(st.sampled_from([0, 30, 60, 99, 100]))}
            case "done in part" if duration:
                values |= {"done": draw(st.sampled_from([1, 50, 100]))}
            case "finished":
                values["finished"] = draw(NEAR)
                if duration:
                    values["started"] = draw(st.none() | st.dates(START - timedelta(days=12), values["finished"]))
        if not duration:
            values |= {k: draw(st.none() | NEAR) for k in ("baseline", "promised", "forecast")}
        activities.append(activity(name, duration, **values))
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    links = [
        link(*pair, draw(st.sampled_from([FS, SS, FF, SF])), draw(st.integers(-4, 4)))
        for pair in (draw(st.lists(st.sampled_from(pairs), max_size=10)) if pairs else [])
    ]
    order = draw(st.permutations(activities))
    waits = draw(st.dictionaries(st.sampled_from(names), NEAR, max_size=3))
    return weekend, off, order, links, as_of, waits


@settings(max_examples=150, deadline=None)
@given(situations())
def test_agrees_with_the_slow_scheduler(situation):
    weekend, off, activities, links, as_of, waits = situation
    calendar = Calendar(weekend=weekend, days_off=dict.fromkeys(off, "off"))
    days = working_days(weekend, off, START - timedelta(days=60), START + timedelta(days=400))
    found = compute_schedule(activities, links, calendar, START, as_of, waits)

    slow = SlowSchedule(days, activities, links, START, as_of, waits)
    spans = slow.positions()
    plan = SlowSchedule(days, activities, links, START, None).positions()
    zero = slow.first(START)
    end = max(finish for _, finish in spans.values())
    for a in activities:
        item = found.items[a.id]
        if a.is_milestone:
            led = any(k.successor == a.id for k in links)
            stated = None if led else a.forecast or a.promised or a.baseline
            computed = days[max(spans[a.id][1] - 1, zero)]
            # On its stated day as written, when nothing holds it back.
            expected = a.finished or (stated if stated and slow.over(stated) == spans[a.id][1] else computed)
            assert item.start == item.finish == expected
            agreed = None if led else a.baseline or a.promised or a.forecast
            computed = days[max(plan[a.id][1] - 1, zero)]
            planned = agreed if agreed and slow.over(agreed) == plan[a.id][1] else computed
            assert item.planned_start == item.planned_finish == planned
        else:
            assert item.start == (a.started or days[spans[a.id][0]])
            assert item.finish == (a.finished or days[spans[a.id][1] - 1])
            assert (item.planned_start, item.planned_finish) == (days[plan[a.id][0]], days[plan[a.id][1] - 1])

        if a.finished:
            assert (item.total_float, item.free_float, item.critical) == (0, 0, False)
            continue

        def after_a_delay(count, name=a.id):
            return SlowSchedule(days, activities, links, START, as_of, waits, {name: count}).positions()

        def ends(positions):
            return max(finish for _, finish in positions.values())

        def others(positions, name=a.id):
            return {n: span for n, span in positions.items() if n != name}

        assert ends(after_a_delay(item.total_float)) == end
        assert ends(after_a_delay(item.total_float + 1)) > end
        unmoved = after_a_delay(item.free_float)
        assert (others(unmoved), ends(unmoved)) == (others(spans), end)
        moved = after_a_delay(item.free_float + 1)
        assert (others(moved), ends(moved)) != (others(spans), end)
        assert item.critical == (item.total_float == 0)
        if item.total_float and not a.is_milestone:
            assert item.late_finish == days[spans[a.id][1] + item.total_float - 1]
    assert found.finish == max(s.finish for s in found.items.values())
    assert found.start == min([days[zero], *(s.start for s in found.items.values())])


def test_a_milestone_is_not_shown_before_the_one_it_waits_for():
    """A stated day that nobody works is shown as written; on the axis it is one with the working day before."""
    found = schedule(
        [
            activity("m", 0, promised="2026-12-25"),
            activity("n", 0, promised="2026-12-28"),
            activity("o", 0, promised="2026-12-28"),
        ],
        [link("m", "n"), link("n", "o")],
        calendar=BOTH,
    )
    assert spans(found) == dict.fromkeys("mno", ("2026-12-25", "2026-12-25"))
    assert found.items["o"].planned_finish == d("2026-12-25")


def test_a_milestone_is_not_shown_before_work_that_was_finished_at_a_weekend():
    found = schedule(
        [activity("build", 5, started="2026-03-02", finished="2026-03-07"), activity("live", 0)],
        [link("build", "live")],
        as_of="2026-03-09",
    )
    assert spans(found)["live"] == ("2026-03-07", "2026-03-07")
