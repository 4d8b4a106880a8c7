"""The timeline: what the drawing shows is what the tables say, and it stays readable whatever it is given."""

import itertools
import re
import time
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from portal_gen import sections
from portal_gen.compile import compile_portal
from portal_gen.contract import Activity, Change, Commitment, Dated, DependsOn, LinkKind, PlanStart, Reference, Target
from portal_gen.diagnostics import Report, render_text
from portal_gen.language import Reader, Text
from portal_gen.sections import people, timeline
from portal_gen.sections.timeline.drawing import (
    HEAD,
    NARROW,
    WIDE,
    Arrow,
    Bar,
    Chart,
    Diamond,
    Group,
    Month,
    Scale,
    draw,
    extent,
)
from portal_gen.sections.timeline.lettering import measure, wrap
from portal_gen.sections.timeline.model import load
from portal_gen.source.tree import open_source

CASE = Path(timeline.__file__).parent / "cases/ok/small"
DAY = date(2026, 11, 24)
FIRST = date(2026, 9, 7)
LAYOUTS = pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)


def days(number):
    return FIRST + timedelta(days=number)


def a_bar(anchor="task-a", label="Booking widget", start=0, finish=4, **how):
    how = {"done": 0, "critical": False, "planned_start": days(start), "planned_finish": days(finish)} | how
    return Bar(anchor, Text(label, how.pop("language", "en")), f"{label}\nfacts", days(start), days(finish), **how)


def a_diamond(anchor="milestone-a", label="Beta", promised=10, expected=12, *, reached=False):
    return Diamond(anchor, Text(label, "en"), label, days(promised), days(expected), reached, "19 Sept")


def a_chart(*rows, arrows=(), as_of=None):
    groups = (Group(Text("Build", "en"), tuple(rows)),)
    first, last = extent(groups)
    months, day = [], first.replace(day=1)
    while day <= last:
        months.append(Month(day, f"{day:%b}", str(day.year)))
        day = (day + timedelta(days=31)).replace(day=1)
    return Chart("The plan", "en", groups, tuple(arrows), tuple(months), as_of or first, "As of that day")


def elements(svg, kind):
    return [e for e in ET.fromstring(svg).iter() if kind in (e.get("class") or "").split()]


def number(element, name):
    return float(element.get(name))


@pytest.fixture(scope="module")
def pages():
    find = sections.find
    sections.find = lambda: (timeline.SECTION, people.SECTION)
    try:
        report = Report()
        portal = compile_portal(CASE, "clinic", DAY, report)
    finally:
        sections.find = find
    assert portal, "\n".join(render_text(d) for d in report.diagnostics)
    return {
        tag: (page.markdown, Reader(tag, "en", "GB"))
        for tag, site in portal.sites.items()
        for page in site.pages
        if page.section == "timeline"
    }


def drawings(html):
    found = re.findall(r'<svg class="timeline-drawing .*?</svg>', html, re.DOTALL)
    assert len(found) == 2
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_row_of_the_drawing_leads_to_its_line_of_a_table(pages, language):
    html, _ = pages[language]
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    rows = re.findall(r'<tr id="((?:task|milestone)-[^"]+)"', html)
    assert len(rows) == 6
    for svg in drawings(html):
        assert sorted(e.get("href") for e in elements(svg, "timeline-row")) == sorted(f"#{row}" for row in rows)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_drawing_says_what_the_tables_say(pages, language):
    html, reader = pages[language]
    for svg in drawings(html):
        for link in elements(svg, "timeline-row"):
            said = link.find("title").text
            row = re.search(rf'<tr id="{link.get("href")[1:]}">(.*?)</tr>', html, re.DOTALL)[1]
            cells = dict(re.findall(r'data-label="([^"]+)">(.*?)</t[dh]>', row, re.DOTALL))

            def day(name, cells=cells):
                found = re.search(r'datetime="([^"]+)"', cells[reader.word(name)])
                return reader.day(date.fromisoformat(found[1])) if found else None

            if "task-" in link.get("href"):
                span = reader.word("{start} to {finish}").format(start=day("Start"), finish=day("Finish"))
                assert span in said
                assert re.sub("<[^>]+>", "", cells[reader.word("If it is delayed")]) in said
            else:
                assert day("Promised") in said
                assert (day("Reached") or day("Now expected")) in said
                assert re.sub("<[^>]+>", "", cells[reader.word("State")]) in said


def test_what_is_internal_is_not_drawn(pages):
    assert "screens" not in pages["en"][0]


def test_every_word_of_the_page_is_translated(pages):
    html, _ = pages["zh"]
    text = re.sub(r'<span lang="en".*?</span>|lang="en">.*?</text>', "", html, flags=re.DOTALL)
    text = re.sub(r"<title>.*?</title>|<[^>]+>", " ", text, flags=re.DOTALL)
    assert set(re.findall(r"[A-Za-z]{3,}", text)) <= {"Ruiz", "Wei", "Ana"}


@LAYOUTS
def test_hostile_titles_stay_text(layout):
    evil = '</title></svg><script>alert("1")</script>&nbsp;\x00\x0b\ud800]]>'
    svg = draw(a_chart(a_bar('x" onload="y', evil), a_diamond(label=evil)), layout)
    root = ET.fromstring(svg)
    assert not [e for e in root.iter() if e.tag.endswith("script") or any(a.startswith("on") for a in e.attrib)]
    assert '</svg><script>alert("1")' in "".join(root.itertext())


@LAYOUTS
def test_a_later_day_stands_further_right_and_a_bar_covers_its_last_day(layout):
    svg = draw(a_chart(a_bar("a", start=0, finish=4), a_bar("b", start=5, finish=9, done=40)), layout)
    first, second = elements(svg, "timeline-bar")
    assert number(first, "x") + number(first, "width") == pytest.approx(number(second, "x"), abs=0.11)
    assert number(first, "width") == pytest.approx(number(second, "width"), abs=0.11)
    (done,) = elements(svg, "timeline-done")
    assert number(done, "width") == pytest.approx(number(second, "width") * 0.4, abs=0.1)
    assert number(done, "x") == number(second, "x")


def test_a_scale_of_one_day_has_a_width():
    scale = Scale(FIRST, FIRST, 10, 110)
    assert (scale.x(FIRST), scale.x(FIRST, end=True)) == (10, 110)


@LAYOUTS
def test_nothing_reaches_out_of_the_drawing(layout):
    rows = [a_diamond(f"m{n}", "W" * 80, promised=n * 3, expected=60 - n * 3) for n in range(20)]
    rows += [a_bar("t", "很长的任务名称" * 20, start=0, finish=60, done=100, critical=True)]
    svg = draw(a_chart(*rows, as_of=days(60)), layout)
    for text in ET.fromstring(svg).iter("text"):
        for part in text.iter("tspan"):
            assert number(part, "x") + measure(part.text, layout.font) <= (layout.column or layout.width)
        if "timeline-day" in text.get("class"):
            width = measure(text.text, layout.small)
            left = number(text, "x") - (width if "timeline-anchor-end" in text.get("class") else 0)
            assert layout.column <= left + 0.1
            assert left + width <= layout.width
    (pill,) = elements(svg, "timeline-as-of-pill")
    assert number(pill, "x") + number(pill, "width") <= layout.width


@LAYOUTS
@pytest.mark.parametrize("length", [5, 40, 200, 700, 2500])
def test_names_of_months_never_touch(layout, length):
    svg = draw(a_chart(a_bar(finish=length)), layout)
    for kind in ("timeline-month", "timeline-year"):
        texts = elements(svg, kind)
        assert texts
        for one, other in itertools.pairwise(texts):
            assert number(one, "x") + measure(one.text, layout.small) < number(other, "x")


def test_the_critical_path_shows_without_colour():
    svg = draw(a_chart(a_bar("a", critical=True), a_bar("b")), WIDE)
    striped, plain = elements(svg, "timeline-bar")
    assert striped.get("fill") == "url(#timeline-hatch-wide)"
    assert plain.get("fill") is None
    assert 'id="timeline-hatch-wide"' in svg


def test_the_two_drawings_of_a_page_share_no_id():
    chart = a_chart(a_bar(critical=True))
    ids = re.findall(r' id="([^"]+)"', draw(chart, WIDE) + draw(chart, NARROW))
    assert len(ids) == len(set(ids)) == 2


@LAYOUTS
def test_a_milestone_shows_promise_and_expectation(layout):
    moved, kept, reached = a_diamond("m"), a_diamond("k", expected=10), a_diamond("r", expected=10, reached=True)
    svg = draw(a_chart(moved, kept, reached), layout)
    assert len(elements(svg, "timeline-diamond--promised")) == 3
    assert len(elements(svg, "timeline-diamond--expected")) == 2
    assert len(elements(svg, "timeline-diamond--reached")) == len(elements(svg, "timeline-tick")) == 1
    assert len(elements(svg, "timeline-move")) == 1


@pytest.mark.parametrize(("as_of", "lines"), [(-1, 0), (0, 1), (4, 1), (5, 0)])
def test_the_line_of_the_day_is_drawn_only_within_the_plan(as_of, lines):
    assert len(elements(draw(a_chart(a_bar(), as_of=days(as_of)), WIDE), "timeline-as-of-line")) == lines


def test_arrows_are_left_out_where_they_could_not_be_followed():
    bars = [a_bar(f"t{n}", start=n, finish=n + 2) for n in range(62)]
    arrows = [Arrow(f"t{n}", f"t{n + 1}", from_start=False, to_start=True, critical=False) for n in range(61)]
    assert len(elements(draw(a_chart(*bars[:61], arrows=arrows[:60]), WIDE), "timeline-arrowhead")) == 60
    assert not elements(draw(a_chart(*bars, arrows=arrows), WIDE), "timeline-arrowhead")
    assert not elements(draw(a_chart(*bars[:2], arrows=arrows[:1]), NARROW), "timeline-arrowhead")


def test_an_arrow_ends_at_the_top_of_what_waits():
    arrow = Arrow("a", "b", from_start=False, to_start=True, critical=True)
    svg = draw(a_chart(a_bar("a"), a_bar("b", start=20, finish=30), arrows=[arrow]), WIDE)
    (head,) = elements(svg, "timeline-arrowhead")
    x, y = map(float, re.match(r"M([\d.]+) ([\d.]+)", head.get("d")).groups())
    goal = elements(svg, "timeline-bar")[1]
    assert number(goal, "x") < x < number(goal, "x") + number(goal, "width")
    assert y == pytest.approx(number(goal, "y") - 1, abs=0.11)


def test_a_label_in_another_language_says_so():
    svg = draw(a_chart(a_bar(label="预约组件", language="zh"), a_bar("b")), WIDE)
    assert [e.get("lang") for e in elements(svg, "timeline-label")] == ["zh", None]


def test_four_hundred_tasks_are_drawn_quickly():
    title = "Task with a title of some length 任务"
    bars = [a_bar(f"t{n}", title, start=n, finish=n + 9, done=50) for n in range(400)]
    chart = a_chart(*bars)
    began = time.perf_counter()
    size = len(draw(chart, WIDE)) + len(draw(chart, NARROW))
    assert time.perf_counter() - began < 0.3
    assert size < 600_000
    assert number(elements(draw(chart, WIDE), "timeline-bar")[0], "y") > HEAD


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Booking widget", ["Booking widget"]),
        ("Interviews with reception", ["Interviews with", "reception"]),
        ("One two three four five six seven eight nine ten eleven", ["One two three", "four five six…"]),
        ("Donaudampfschifffahrtsgesellschaft", ["Donaudampfsc", "hifffahrtsges…"]),
        ("八位患者可用性测试。", ["八位患者可用性", "测试。"]),
        ("", [""]),
    ],
)
def test_text_breaks_where_it_may(text, lines):
    broken = wrap(text, 10, 78, 2)
    assert [len(line) for line in broken] == pytest.approx([len(line) for line in lines], abs=3)
    assert "".join(broken).replace("…", "").replace(" ", "") in text.replace(" ", "")
    assert all(measure(line, 10) <= 78 for line in broken)
    assert [line.endswith("…") for line in broken] == [line.endswith("…") for line in lines]
    assert not any(line.startswith("。") for line in broken)


@pytest.fixture
def records(tmp_path):
    def read(plan):
        folder = tmp_path / "clinic/booking"
        folder.mkdir(parents=True)
        (folder / "project.yml").write_text("title: Booking\n")
        (folder / "plan.yml").write_text(plan)
        report = Report()
        found = load(open_source(tmp_path, "clinic", report), report)
        assert not report.diagnostics
        return found

    return read


PLAN = """\
start: 2026-09-01
phases:
  - id: build
    title: Build
    tasks:
      - {id: one, title: One, takes: 5 days, owner: li, started: 2026-09-01, finished: 2026-09-07}
      - {id: two, title: Two, takes: 5 days, after: [one, {id: one, type: finish-finish, lag: -2 days}]}
milestones:
  - {id: open, title: Open, promised: 2026-10-01, reached: 2026-10-02, after: [two]}
needs:
  - {id: names, text: Names, from: "@ana", by: 2026-09-04, received: 2026-09-03, blocks: [two]}
"""


def test_facts_of_a_plan(records):
    found = list(timeline.facts(records(PLAN)))

    def of(kind):
        return [f for f in found if isinstance(f, kind)]

    assert [s.day for s in of(PlanStart)] == [date(2026, 9, 1)]
    assert [(t.space, t.id, t.anchor) for t in of(Target)] == [
        ("plan", "build", "phase-build"),
        ("plan", "one", "task-one"),
        ("plan", "two", "task-two"),
        ("plan", "open", "milestone-open"),
        ("plan", "names", "need-names"),
    ]
    assert [(a.id, a.duration, a.done, a.is_milestone) for a in of(Activity)] == [
        ("one", 5, 100, False),
        ("two", 5, 0, False),
        ("open", 0, 0, True),
    ]
    assert of(Activity)[2].finished == date(2026, 10, 2)
    assert [(k.predecessor, k.successor, k.kind, k.lag, k.place.line, k.place.column) for k in of(DependsOn)] == [
        ("one", "two", LinkKind.FINISH_START, 0, 7, 54),
        ("one", "two", LinkKind.FINISH_FINISH, -2, 7, 64),
        ("two", "open", LinkKind.FINISH_START, 0, 9, 80),
    ]
    (need,) = of(Commitment)
    assert (need.owner, need.due, need.done, need.blocks) == ("ana", date(2026, 9, 4), True, ("two",))
    assert [(c.kind, c.day) for c in of(Change)] == [("reached", date(2026, 10, 2)), ("received", date(2026, 9, 3))]
    assert [(d.kind, d.start) for d in of(Dated)] == [("milestone", date(2026, 10, 2))]
    assert {r.id for r in of(Reference) if r.spaces == ("person",)} == {"li", "ana"}
