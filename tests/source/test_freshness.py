"""Translations whose original changed since, and texts that have none."""

from datetime import date

import pytest

from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Report
from portal_gen.source.freshness import fingerprint, mark
from portal_gen.source.markdown_file import parse_markdown

FAQ = "# FAQ\n\n## Who can book?\n\nAll patients.\n\n/// internal\nNot yet.\n///\n"
FAQ_ZH = "# 常见问题\n\n## 谁可以预约？\n\n所有患者。\n\n/// internal\n///\n"


def print_of(text):
    parsed = parse_markdown(text, "faq.md", Report())
    assert parsed
    return fingerprint(parsed)


def check(root, client="clinic"):
    """What is said of translations: (severity, code, place, sentence)."""
    report = Report()
    assert compile_portal(root, client, date(2026, 11, 24), report), report.diagnostics
    found = [*report.diagnostics, *report.notices]
    return [(d.severity.value, d.code.value, str(d.place), d.what) for d in found]


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "clinic" / "booking"
    folder.mkdir(parents=True)
    (tmp_path / "clinic" / "client.yml").write_text("name: Clinic\nlanguages: [en, zh]\n")
    (folder / "project.yml").write_text("title: Booking\n")
    (folder / "faq.md").write_text(FAQ)
    (folder / "faq.zh.md").write_text(mark(FAQ_ZH, print_of(FAQ)), "utf-8")
    return tmp_path


def test_a_fresh_translation_is_silent(content):
    assert check(content) == []


def test_one_changed_sentence_makes_it_stale_and_translating_it_clears_it(content):
    original, translation = content / "clinic/booking/faq.md", content / "clinic/booking/faq.zh.md"
    original.write_text(FAQ.replace("All patients.", "All patients over 16."))
    assert check(content) == [
        (
            "warning",
            "stale",
            "clinic/booking/faq.zh.md:2:1",
            "faq.md has changed since this translation was made.",
        )
    ]
    translated = translation.read_text("utf-8").replace("所有患者。", "16 岁以上的患者。")
    translation.write_text(mark(translated, print_of(original.read_text())), "utf-8")
    assert check(content) == []


def test_without_the_key_nothing_is_said(content):
    (content / "clinic/booking/faq.zh.md").write_text(FAQ_ZH, "utf-8")
    (content / "clinic/booking/faq.md").write_text(FAQ.replace("All", "Most"))
    assert check(content) == []


def test_what_no_command_writes_is_an_error(content):
    (content / "clinic/booking/faq.zh.md").write_text(mark(FAQ_ZH, "yes"), "utf-8")
    report = Report()
    assert compile_portal(content, "clinic", date(2026, 11, 24), report) is None
    assert [(d.code.value, str(d.place)) for d in report.diagnostics] == [
        ("bad-value", "clinic/booking/faq.zh.md:2:13")
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] Send it [owner:: @ana] [due:: 2026-11-09]", "- [x] Send it [owner:: @li] [done:: 2026-11-10]"),
        ("- [ ] Send it", "- [X]  Send it"),
        ("1. [ ] Send it", "1. [x] Send it"),
        ("One.\n\nTwo.", "One.\n\n\nTwo.  "),
        ("One.\n/// internal\nSecret.\n///", "One.\n/// internal\nAnother secret.\n///"),
        ("One.<!-- a -->", "One.<!-- b -->"),
        ("---\ntitle: T\nstatus: planned\n---\nOne.", "---\ntitle: T\nstatus: accepted\n---\nOne."),
    ],
)
def test_what_a_translation_does_not_say_leaves_it_fresh(before, after):
    assert print_of(before) == print_of(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] Send it", "- [ ] Send it all"),
        ("One.\nTwo.", "Two.\nOne."),
        ("---\ntitle: T\n---\nOne.", "---\ntitle: U\n---\nOne."),
        ("One.\n/// internal\nTwo.\n///", "One.\nTwo."),
    ],
)
def test_what_a_translation_says_makes_it_stale(before, after):
    assert print_of(before) != print_of(after)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("# A\n", "---\ntranslates: 0a1b2c3d\n---\n# A\n"),
        ("---\ntitle: A\n---\nB\n", "---\ntitle: A\ntranslates: 0a1b2c3d\n---\nB\n"),
        ("---\ntranslates: ffffffff\ntitle: A\n---\nB", "---\ntranslates: 0a1b2c3d\ntitle: A\n---\nB"),
        ("---\r\ntitle: A\r\n---\r\nB\r\n", "---\r\ntitle: A\r\ntranslates: 0a1b2c3d\r\n---\r\nB\r\n"),
        ("---\n---\nB\n", "---\ntranslates: 0a1b2c3d\n---\nB\n"),
        ("A\n\n---\n\ntranslates: x\n", "---\ntranslates: 0a1b2c3d\n---\nA\n\n---\n\ntranslates: x\n"),
    ],
)
def test_marking_changes_one_line(text, marked):
    assert mark(text, "0a1b2c3d") == marked
    assert mark(marked, "0a1b2c3d") == marked


def test_texts_without_a_translation_are_counted_once_for_each_language(content):
    (content / "clinic/client.yml").write_text(
        "name: Clinic\nlanguages: [en, zh, de]\npeople: {ana: {name: Ana, side: client}}\n"
    )
    folder = content / "clinic/booking/minutes"
    folder.mkdir()
    for n in range(1, 8):
        (folder / f"2026-11-0{n}.md").write_text(f"---\ntitle: Meeting {n}\nattendees: [ana]\n---\n## Notes\nText.\n")
    (folder / "2026-11-08.md").write_text("---\ntitle: Secret\nvisibility: internal\n---\n## Notes\nText.\n")
    (folder / "2026-11-01.zh.md").write_text("---\ntitle: 会议\n---\n## 记录\n文字。\n", "utf-8")
    names = [f"booking/minutes/2026-11-0{n}.md" for n in range(1, 8)]
    assert check(content) == [
        (
            "notice",
            "untranslated",
            "clinic/client.yml:2:17",
            f"6 of 8 texts are not in 'zh' yet: {', '.join(names[1:6])} and 1 more.",
        ),
        (
            "notice",
            "untranslated",
            "clinic/client.yml:2:21",
            f"8 of 8 texts are not in 'de' yet: booking/faq.md, {', '.join(names[:4])} and 3 more.",
        ),
    ]
