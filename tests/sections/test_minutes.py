"""What the cases of minutes do not show: headings and titles of every kind, facts, long lists, and nothing leaking."""

from datetime import date

import pytest

from portal_gen.compile import compile_portal, load_sections
from portal_gen.contract import Change, Commitment, CommitmentKind, Dated, Reference, Target
from portal_gen.diagnostics import Code, Report, render_text
from portal_gen.sections.minutes import SECTION
from portal_gen.sections.minutes.outline import Kind, mark_of, outline, plain
from portal_gen.source.client import load_core
from portal_gen.source.markdown_file import parse_markdown
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


@pytest.fixture
def content(tmp_path):
    """Writes a client with these files of minutes."""

    def write(**files):
        folder = tmp_path / "clinic" / "booking" / "minutes"
        folder.mkdir(parents=True)
        (tmp_path / "clinic" / "client.yml").write_text(CLIENT, "utf-8")
        (tmp_path / "clinic" / "booking" / "project.yml").write_text("title: Booking\n", "utf-8")
        for name, text in files.items():
            (folder / f"{name.replace('_', '-')[1:]}.md").write_text(text, "utf-8")
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


def parts(text, title=""):
    parsed = parse_markdown(text, "m.md", Report())
    assert parsed
    return outline(parsed.body, title)


def kinds(text):
    return [s.kind for s in parts(text).segments]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("## Decisions", Kind.DECISIONS),
        ("### DECISION:", Kind.DECISIONS),
        ("## 决议", Kind.DECISIONS),
        ("# 二、决定事项", Kind.DECISIONS),
        ("## **Action items**", Kind.ACTIONS),
        ("## 3. Actions ##", Kind.ACTIONS),
        ("## 行动项：", Kind.ACTIONS),
        ("## 待办", Kind.ACTIONS),
        ("## Attendees", Kind.PRESENT),
        ("## 参会人员", Kind.PRESENT),
        ("## Decisions to come", None),
        ("## Notes", None),
    ],
)
def test_headings(heading, kind):
    assert kinds(f"# Title\n## First\ntext\n{heading}\n- x\n")[1] is kind


def test_deeper_headings_only_divide_a_list():
    found = parts("## Decisions\n### Money\n- a\n### Time\n- b\n## Notes\nx\n")
    assert [s.kind for s in found.segments] == [Kind.DECISIONS, None]
    assert "- b" in found.segments[0].body.text


def test_actions_inside_a_topic_are_found_and_end_with_it():
    found = parts("## Design\ntext\n### Actions\n- [ ] a\n### Mood\nfine\n## Money\ny\n")
    assert [(s.kind, s.body.lines[0]) for s in found.segments] == [
        (None, "## Design"),
        (Kind.ACTIONS, "### Actions"),
        (None, "### Mood"),
        (None, "## Money"),
    ]


@pytest.mark.parametrize(
    ("text", "known", "title"),
    [
        ("# One\ntext", "", "One"),
        ("# **One**  [two](x.pdf)\n## Three\n", "", "One two"),
        ("# One\n", "one", "One"),
        ("# One\n", "Another", ""),
        ("text\n# One\n", "", ""),
        ("# One\n# Two\n", "", ""),
        ("## Actions\n- [ ] a\n", "", ""),
        ("/// internal\n# Secret\n///\ntext\n", "", ""),
        ("no heading at all", "", ""),
    ],
)
def test_title_of_the_file(text, known, title):
    assert parts(text, known).title == title


def test_no_line_is_lost():
    text = "lead\n## A\na\n## Decisions\n- d\n### deep\nx\n## Present\n- p\n## B\nb"
    lines = [line for s in parts(text).segments for line in s.body.lines]
    assert "\n".join(lines) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**a** _b_ `c` d_e_f", "a b c d_e_f"),
        ("[plan](p.pdf) and <https://example.com/x>", "plan and https://example.com/x"),
        (r"2 \* 3", "2 * 3"),
        ("使用编号\n登录", "使用编号登录"),
        ("one\n  two", "one two"),
    ],
)
def test_plain(text, shown):
    assert plain(text) == shown


def test_a_file_without_anything_but_its_name(content):
    found = pages(content(_2026_11_02_kick_off="We met.\n"))
    page = found["booking/minutes/2026-11-02-kick-off"]
    assert page.title == "Kick off"
    assert not page.in_nav
    assert page.parent == "booking/minutes"
    assert "booking/actions" not in found
    assert "booking/decisions" not in found


def test_facts(content):
    root = content(
        _2026_11_02_steering="---\nattendees: [ana]\nnext: 2026-11-30\n---\n# Steering\n"
        "## Actions\n- [ ] Secret [owner:: @li] [due:: 2026-12-01] [visibility:: internal]\n"
        "- [ ] Send the **plans** to\n  the architect [owner:: @ana] [due:: 2026-11-30]\n"
        "- [-] Dropped [owner:: @li]\n- [x] Counted [owner:: @li] [done:: 2026-11-05]\n"
    )
    found = facts(root)
    (target,) = [f for f in found if isinstance(f, Target)]
    assert (target.space, target.id, target.page) == (
        "minutes",
        "2026-11-02-steering",
        "booking/minutes/2026-11-02-steering",
    )
    assert target.file == "clinic/booking/minutes/2026-11-02-steering.md"
    owed = [f for f in found if isinstance(f, Commitment)]
    assert [(str(c.text), c.owner, c.anchor, c.done) for c in owed] == [
        ("Send the plans to the architect", "ana", "action-1", False),
        ("Counted", "li", "action-3", True),
    ]
    assert {c.kind for c in owed} == {CommitmentKind.ACTION}
    assert [(f.kind, f.day) for f in found if isinstance(f, Change)] == [("minutes", date(2026, 11, 2))]
    assert [(f.kind, f.start) for f in found if isinstance(f, Dated)] == [("meeting", date(2026, 11, 30))]
    assert {f.id for f in found if isinstance(f, Reference)} == {"ana", "li"}
    for item in owed:
        assert f'id="{item.anchor}"' in pages(root)[item.page].markdown


def test_nothing_internal_reaches_any_page(content):
    root = content(
        _2026_11_02_steering="---\nattendees: [ana]\n---\n## Decisions\n- Open\n- Zebra [visibility:: internal]\n\n"
        "/// internal\n- Zebra\n\nZebra prose\n///\n"
        "## Actions\n- [ ] Do it [owner:: @ana] [due:: 2026-12-01]\n/// internal\n  Zebra below an item\n///\n"
        "## Zebras\n/// internal\nZebra\n///\n",
        _2026_11_03_board="---\nvisibility: internal\n---\n# Zebra\n## Decisions\n- Zebra\n",
    )
    for language in ("en", "zh"):
        for page in pages(root, language).values():
            assert "zebra" not in f"{page.title}{page.description}{page.markdown}".casefold(), page.path


def test_an_internal_item_is_internal_in_the_translation_too(content):
    original = "# A\n## Decisions\n- One\n- Secret [visibility:: internal]\n- Two\n"
    zh = "# 甲\n## 决定\n- 一\n- 秘密{}\n- 二\n"
    root = content(_2026_11_02_a=original, **{"_2026_11_02_a.zh": zh.format(" [visibility:: internal]")})
    text = pages(root, "zh")["booking/decisions"].markdown
    assert text.index("一") < text.index("二")
    assert "秘密" not in text


@pytest.mark.parametrize(
    ("original", "zh", "place"),
    [
        # Which of the two is the one that is left: the public one?
        ("- One\n- Secret [visibility:: internal]\n", "- 秘密\n", (2, 1)),
        ("- One\n- Secret [visibility:: internal]\n", "- 一\n- 秘密\n", (4, 3)),
        ("- One\n- Two\n", "- 一\n- 二 [visibility:: internal]\n", (4, 3)),
        ("- One\n/// internal\n- Secret\n///\n", "- 一\n- 秘密\n", None),
        ("- One\n/// internal\n- Secret\n///\n", "- 秘密\n", (2, 4)),
        ("- One\n", "- 一\n/// internal\n- 秘密\n///\n", (4, 1)),
    ],
)
def test_a_translation_hides_what_the_original_hides(content, original, zh, place):
    root = content(_2026_11_02_a=f"# A\n## Decisions\n{original}", **{"_2026_11_02_a.zh": f"# 甲\n## 决定\n{zh}"})
    found = said(root)
    assert {code for _, _, code in found} == {Code.TRANSLATION}
    assert place is None or (*place, Code.TRANSLATION) in found


def test_an_empty_block_stands_for_what_is_not_translated(content):
    root = content(
        _2026_11_02_a="# A\n## Decisions\n- One\n/// internal\n- Secret\n///\n## Notes\nx\n",
        **{"_2026_11_02_a.zh": "# 甲\n## 决定\n- 一\n/// internal\n///\n## 记录\ny\n"},
    )
    assert "一" in pages(root, "zh")["booking/decisions"].markdown


def test_what_is_not_translated_says_so_and_has_its_language(content):
    root = content(_2026_11_02_a="# Steering\n## Decisions\n- One\n## Notes\ntext\n")
    page = pages(root, "zh")["booking/minutes/2026-11-02-a"].markdown
    assert "暂无中文版本，以下以英语显示。" in page
    assert '<div class="minutes-words" lang="en" dir="ltr">One</div>' in page
    assert "p-note" not in pages(root)["booking/minutes/2026-11-02-a"].markdown


def test_a_nested_list_belongs_to_its_item(content):
    root = content(_2026_11_02_a="# A\n## Decisions\n- Two ways:\n  - by phone\n  - by mail\n- Second\n")
    page = pages(root)["booking/minutes/2026-11-02-a"].markdown
    assert 'id="decision-2"' in page
    assert 'id="decision-3"' not in page
    assert page.index("by mail") < page.index('id="decision-2"')


def test_long_lists_have_headings(content):
    weekly = {f"_2026_{m:02}_{d:02}_call": "Hello.\n" for m in (9, 10, 11) for d in (3, 10, 17)}
    index = pages(content(**weekly))["booking/minutes"].markdown
    assert [index.count(f'<h2 id="group-{n}">') for n in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert index.index("Nov 2026") < index.index("Oct 2026")


def test_rare_meetings_are_headed_by_year(content):
    yearly = {f"_{y}_{m:02}_05_board": "Hello.\n" for y in (2024, 2025, 2026) for m in (2, 5, 8)}
    index = pages(content(**yearly), "zh")["booking/minutes"].markdown
    assert [f'<h2 id="group-{n}">{year}年</h2>' in index for n, year in enumerate((2026, 2025, 2024), 1)] == [True] * 3


def test_neighbours_and_the_next_day(content):
    root = content(
        _2026_11_02_a="---\nnext: 2026-11-16\n---\nx\n",
        _2026_11_16_b="---\nnext: 2026-11-30\n---\nx\n",
    )
    found = pages(root)
    first, second = (found[f"booking/minutes/2026-11-{d}"].markdown for d in ("02-a", "16-b"))
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in second
    assert 'href="../../../booking/minutes/2026-11-16-b/"><time datetime="2026-11-16">' in first
    assert "Mon 30 Nov 2026" in found["booking/minutes"].markdown


def said(root):
    report = Report()
    assert compile_portal(root, "clinic", DAY, report) is None
    return [(d.place.line, d.place.column, d.code) for d in report.diagnostics]


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("Action: go", Kind.ACTIONS, "go"),
        ("Action item: go", Kind.ACTIONS, "go"),
        ("**Action:** go", Kind.ACTIONS, "go"),
        ("**ACTION**: go", Kind.ACTIONS, "go"),
        ("(Action) go", Kind.ACTIONS, "go"),
        ("[Action] go", Kind.ACTIONS, "go"),
        ("Decision: go", Kind.DECISIONS, "go"),
        ("Agreed: go", Kind.DECISIONS, "go"),
        ("决定：使用编号", Kind.DECISIONS, "使用编号"),
        ("【行动】写", Kind.ACTIONS, "写"),
        ("[Action](https://example.com)", None, ""),
        ("Action:", None, ""),
        ("Action:go", None, ""),
        ("Actionable: go", None, ""),
        ("An action: go", None, ""),
        ("Agreed to go", None, ""),
        ("Present: Ana", None, ""),
        ("Richard: we decided", None, ""),
    ],
)
def test_marks(text, kind, rest):
    found = mark_of(text)
    assert (found[1], text[found[0] :]) == (kind, rest) if kind else found is None


def test_lines_that_head_a_list():
    text = "# T\nlead\n\n**Actions**\n- [ ] a\n\n**Mood**\nfine\n\nDecisions:\n- d\n## N\n**Bold**\n\nActions: none\n"
    found = [(s.kind, s.headed, s.body.lines[0]) for s in parts(text).segments]
    assert found == [
        (None, False, "lead"),
        (Kind.ACTIONS, True, "**Actions**"),
        (None, False, "**Mood**"),
        (Kind.DECISIONS, True, "Decisions:"),
        (None, True, "## N"),
    ]


def test_a_line_in_the_middle_of_a_paragraph_heads_nothing():
    assert kinds("We spoke about\nactions:\nnone\n") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "- Action: Zebra [owner:: @li] [due:: 2026-12-01] [visibility:: internal]\n  - Zebra\n\n  Zebra\n",
        "- Talk\n  - Decision: Zebra\nzebra goes on [visibility:: internal]\n  - Talk\n",
        "- Decision: Zebra (visibility:: internal)\n  - Action: Zebra [owner:: @li] [due:: 2026-12-01]\n",
        "- Decision: One\n/// internal\n  zebra\n  - Decision: Zebra\n///\n",
        "/// internal\n- Action: Zebra [owner:: @li] [due:: 2026-12-01]\n///\n",
        "/// internal\n## Present\n- Zebra\n///\n",
        "## Present\n- Ana Ruiz\n/// internal\n- Zebra\n- Li Wei\n///\n",
    ],
)
def test_what_is_internal_in_the_text_is_gone(content, text):
    root = content(_2026_11_02_a=f"# A\n## Notes\nfine\n\n{text}\nafter\n")
    for language in ("en", "zh"):
        for page in pages(root, language).values():
            assert "zebra" not in f"{page.title}{page.description}{page.markdown}".casefold(), page.path
    assert "after" in pages(root)["booking/minutes/2026-11-02-a"].markdown
    assert not [f for f in facts(root) if "zebra" in str(f).casefold()]


@pytest.mark.parametrize(
    "line",
    [
        "- Zebra [visibility:: internal]",
        "- Zebra (visibility:: internal)",
        "Zebra [visibility:: internal]",
        "> Zebra [visibility:: internal]",
        "## Zebra [visibility:: internal]",
        "## Present\n- Zebra [visibility:: internal]",
        "## Decisions\nZebra [visibility:: internal]",
    ],
)
def test_a_field_that_hides_nothing_is_an_error(content, line):
    found = said(content(_2026_11_02_a=f"# A\nfine\n\n{line}\n"))
    assert [(n, code) for n, _, code in found] == [(4 + line.count("\n"), Code.BLOCK)]


def test_a_title_hides_nothing(content):
    assert said(content(_2026_11_02_a="# Zebra [visibility:: internal]\n")) == [(1, 1, Code.BLOCK)]


IN_THE_TEXT = "# A\n## Notes\n- Decision: One\n- Decision: Zebra [visibility:: internal]\n"


def test_an_internal_item_in_the_text_is_internal_in_the_translation_too(content):
    zh = "# 甲\n## 记录\n- 决定：一\n- 决定：斑马 [visibility:: internal]\n"
    root = content(_2026_11_02_a=IN_THE_TEXT, **{"_2026_11_02_a.zh": zh})
    assert "斑马" not in "".join(p.markdown for p in pages(root, "zh").values())
    assert "一" in pages(root, "zh")["booking/decisions"].markdown


def test_an_internal_item_cannot_stand_in_the_text_of_a_translation(content):
    zh = "# 甲\n## 记录\n- 决定：一\n- 决定：斑马\n"
    assert said(content(_2026_11_02_a=IN_THE_TEXT, **{"_2026_11_02_a.zh": zh})) == [(4, 3, Code.TRANSLATION)]


def test_an_internal_person_is_not_named_as_present(content):
    root = content(_2026_11_02_a="# A\n## Present\n- Spy\n")
    path = root / "clinic" / "client.yml"
    path.write_text(path.read_text("utf-8") + "  spy: {name: Spy, side: us, visibility: internal}\n", "utf-8")
    assert said(root) == [(3, 3, Code.UNKNOWN_ID)]


def test_links_in_marked_items_lead_where_they_should(content):
    root = content(
        _2026_11_02_a="# A\n## Notes\n- Decision: [by:: @ana] as in [b](2026-11-03-b.md) and `[c](none.md)`\n"
        "- [b][ref]\n\n[ref]: 2026-11-03-b.md\n",
        _2026_11_03_b="# B\n",
    )
    page = pages(root)["booking/minutes/2026-11-02-a"].markdown
    assert page.count('href="../../../booking/minutes/2026-11-03-b/"') == 4  # register, text, reference, next meeting


def test_places_in_marked_items_are_those_of_the_file(content):
    root = content(_2026_11_02_a="# A\n- Talk\n  - (Action) Go [owner:: @ana] [due:: soon]\n    [x](none.md)\n")
    assert said(root) == [(3, 39, Code.BAD_DATE), (4, 9, Code.BROKEN_LINK)]


def test_meetings_of_one_name_can_be_told_apart(content):
    root = content(_2026_11_02_a="# Call\n", _2026_11_09_b="# Call\n", _2026_11_16_c="# Board\n")
    titles = [p.title for p in pages(root).values() if p.parent == "booking/minutes"]
    assert titles == ["Board", "Call, 9 Nov 2026", "Call, 2 Nov 2026"]
    assert "<h1>Call</h1>" in pages(root)["booking/minutes/2026-11-09-b"].markdown
