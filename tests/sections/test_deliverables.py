"""What the cases of deliverables do not show: facts by status, kinds of file, and nothing leaking."""

from datetime import date

import pytest

from portal_gen.compile import compile_portal, load_sections
from portal_gen.contract import Change, Commitment, CommitmentKind, Dated, Serves, Side, Target
from portal_gen.diagnostics import Report, render_text
from portal_gen.sections.deliverables import SECTION
from portal_gen.source.client import load_core
from portal_gen.source.tree import open_source

DAY = date(2026, 11, 24)
CLIENT = """\
name: Clinic
languages: [en, zh]
region: GB
timezone: Europe/London
people:
  ana: {name: Ana Ruiz, side: client}
  li: {name: {en: Li Wei, zh: 李伟}, side: us}
"""
PROJECT = "title: Booking\nobjectives: [{id: calls, statement: Fewer calls}]\n"


@pytest.fixture
def content(tmp_path):
    """Writes a client with one deliverable that has these keys and this body."""

    def write(front, body="## Acceptance criteria\n- [x] One [verified:: 2026-11-02]\n", **files):
        folder = tmp_path / "clinic" / "booking" / "deliverables"
        folder.mkdir(parents=True, exist_ok=True)
        (tmp_path / "clinic" / "client.yml").write_text(CLIENT, "utf-8")
        (tmp_path / "clinic" / "booking" / "project.yml").write_text(PROJECT, "utf-8")
        (folder / "widget.md").write_text(f"---\ntitle: Widget\n{front}\n---\n{body}", "utf-8")
        for name, data in files.items():
            (folder / name.replace("_", ".")).write_bytes(data)
        return tmp_path

    return write


def pages(root, language="en"):
    report = Report()
    portal = compile_portal(root, "clinic", DAY, report)
    assert portal, "\n".join(render_text(d) for d in report.diagnostics)
    return {p.path: p for p in portal.sites[language].pages}


def facts(root):
    report = Report()
    source = open_source(root, "clinic", report)
    assert load_core(source)
    loaded = next(s for s in load_sections(source, report) if s.section is SECTION)
    return list(SECTION.facts(loaded.visible))


@pytest.mark.parametrize(
    ("front", "owed"),
    [
        ("status: planned\ndue: 2026-12-04\nowner: li", (CommitmentKind.DELIVERABLE, Side.US, "li")),
        ("status: in progress\ndue: 2026-12-04", (CommitmentKind.DELIVERABLE, Side.US, None)),
        ("status: rejected\ndue: 2026-12-04", (CommitmentKind.DELIVERABLE, Side.US, None)),
        ("status: in review\nowner: li", (CommitmentKind.ACCEPTANCE, Side.CLIENT, None)),
        ("status: in review\nowner: li\naccepted_by: ana", (CommitmentKind.ACCEPTANCE, Side.CLIENT, "ana")),
        ("status: planned", None),
        ("status: accepted\naccepted: 2026-11-20\naccepted_by: ana\ndue: 2026-12-04", None),
    ],
)
def test_who_owes_what(content, front, owed):
    root = content(front)
    found = [f for f in facts(root) if isinstance(f, Commitment)]
    assert [(c.kind, c.side, c.owner) for c in found] == ([owed] if owed else [])
    for item in found:
        assert f'id="{item.anchor}"' in pages(root)[item.page].markdown


def test_facts_of_an_accepted_one(content):
    found = facts(content("status: accepted\naccepted: 2026-11-20\naccepted_by: ana\ndue: 2026-12-04\nserves: [calls]"))
    assert [(f.kind, f.day) for f in found if isinstance(f, Change)] == [("accepted", date(2026, 11, 20))]
    assert [(f.kind, f.start) for f in found if isinstance(f, Dated)] == [("deliverable", date(2026, 12, 4))]
    assert [(f.objective, f.page) for f in found if isinstance(f, Serves)] == [("calls", "booking/deliverables/widget")]
    (target,) = [f for f in found if isinstance(f, Target)]
    assert (target.space, target.id, target.file) == (
        "deliverable",
        "widget",
        "clinic/booking/deliverables/widget.md",
    )


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        ("in review", "Waiting for you"),
        ("in progress", "In progress"),
        ("rejected", "In progress"),
        ("planned", "Planned"),
    ],
)
def test_groups(content, status, heading):
    index = pages(content(f"status: {status}"))["booking/deliverables"].markdown
    assert index.count("<h2 ") == 1
    assert f">{heading}</h2>" in index


@pytest.mark.parametrize(
    ("due", "words", "late"),
    [
        ("2026-11-23", "1 working day overdue", True),
        ("2026-11-22", "2 working days overdue", True),
        ("2026-11-24", "today", False),
        ("2026-11-25", "in 1 working day", False),
    ],
)
def test_how_soon(content, due, words, late):
    page = pages(content(f"status: planned\ndue: {due}"))["booking/deliverables/widget"].markdown
    assert words in page
    assert ("p-state--late" in page) is late


def test_files(content):
    digest = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
    body = "## Acceptance criteria\n- [ ] One\n## Files\n- [The plan](plan.pdf)\n- [Board](https://example.com/b)\n"
    root = content("status: planned", body, plan_pdf=b"hello\n")
    page = pages(root)["booking/deliverables/widget"].markdown
    assert f'<a href="../../../files/{digest[:12]}/plan.pdf">The plan</a>' in page
    assert "PDF document · 6 bytes" in page
    assert f'<code dir="ltr">{digest}</code>' in page
    assert "On another site: example.com" in page
    assert "PDF 文档 · 6 字节" in pages(root, "zh")["booking/deliverables/widget"].markdown


def test_nothing_internal_reaches_any_page(content):
    body = (
        "Lead.\n\n/// internal\nZebra\n///\n## Acceptance criteria\n- [ ] One\n- [ ] Zebra [visibility:: internal]\n\n"
        "/// internal\n- [ ] Zebra\n\nZebra prose\n///\n## Zebra costs\n/// internal\nZebra\n///\n"
        "## Files\n/// internal\n- [Zebra](zebra.pdf)\n///\n"
    )
    root = content("status: in review", body, zebra_pdf=b"zebra")
    for language in ("en", "zh"):
        found = pages(root, language)
        assert "zebra" not in "".join(f"{p.title}{p.markdown}" for p in found.values()).casefold()
        assert '<h2 id="files">' not in found["booking/deliverables/widget"].markdown
    assert "0 of 1 verified" in pages(root)["booking/deliverables"].markdown


def test_an_internal_deliverable_is_nowhere(content):
    assert not any(
        p.startswith("booking/deliverables") for p in pages(content("status: planned\nvisibility: internal"))
    )


def test_a_moved_day_says_from_when_and_why(content):
    front = "status: planned\npromised: 2026-11-27\ndue: 2026-12-04\nbecause: The lab was late."
    page = pages(content(front))["booking/deliverables/widget"].markdown
    assert page.index("27 Nov 2026") < page.index("The lab was late.")
