"""Terms on compiled pages: whose meaning is shown, in which language, and what the client's policy does."""

import re
from datetime import date
from pathlib import Path

import pytest

import portal_gen.sections
from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Report

LAYERS = Path(portal_gen.sections.__file__).parent / "glossary/cases/ok/layers"
OPENED = re.compile(r'popovertarget="t:([^"]*)" aria-describedby="m:\1">([^<]*)</button>')
NOTE = re.compile(
    r'<div popover class="term-note" id="t:([^"]*)"><p><b>(.*?)</b>(.*?)</p><p id="m:\1">(.*?)</p>'
    r'<p class="term-more"><a href="(.*?)">'
)


def pages(content, language="en"):
    report = Report()
    portal = compile_portal(content, "clinic", date(2026, 11, 24), report)
    assert portal, report.diagnostics
    return {page.path: page.markdown for page in portal.sites[language].pages}


def write(folder, **files):
    for name, text in files.items():
        path = folder / "clinic" / name.replace("__", "/").replace("_yml", ".yml").replace("_md", ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_what_is_nearer_wins():
    made = pages(LAYERS)
    notes = {path: {note[0]: note[3] for note in NOTE.findall(html)} for path, html in made.items()}
    uat, beta = "Client: a trial.", "House: nearly done."
    assert notes["booking/index"] == {"uat": uat, "beta": beta, "slot": "Project: fifteen minutes with a doctor."}
    assert notes["portal/index"] == {"uat": uat, "slot": "House: a time."}
    assert ("slot", "slot") in OPENED.findall(made["booking/index"])
    assert {n[0]: n[4] for n in NOTE.findall(made["booking/index"])}["slot"] == "../glossary/#term-booking--slot"


def test_each_button_has_one_meaning_on_its_page_and_the_names_are_said_whole():
    for html in pages(LAYERS).values():
        notes = [n[0] for n in NOTE.findall(html)]
        assert len(notes) == len(set(notes))
        assert {target for target, _ in OPENED.findall(html)} == set(notes)
    assert [n[1:3] for n in NOTE.findall(pages(LAYERS)["portal/index"]) if n[0] == "uat"] == [
        ("UAT", " (user acceptance testing)")
    ]


def test_a_deprecated_name_opens_the_meaning_and_a_forbidden_one_does_not(tmp_path):
    write(
        tmp_path,
        client_yml="name: Clinic",
        web__project_yml="{title: Web, summary: A pilot and an alpha.}",
        glossary_yml="- {id: beta, term: beta, short: Nearly done., deprecated: [pilot], instead_of: [alpha]}",
    )
    assert OPENED.findall(pages(tmp_path)["index"]) == [("beta", "pilot")]


def test_a_meaning_in_another_language_says_so(tmp_path):
    write(
        tmp_path,
        client_yml="{name: Clinic, languages: [zh, en]}",
        web__project_yml="{title: Web, summary: {zh: 里程碑, en: A milestone.}}",
        glossary_yml="- {id: m, term: {zh: 里程碑, en: milestone}, short: {zh: 重要的日子。}}",
    )
    (note,) = NOTE.findall(pages(tmp_path, "en")["index"])
    assert note[1] == "milestone"
    assert note[3] == '<span lang="zh" dir="ltr">重要的日子。</span>'


@pytest.mark.parametrize(
    ("policy", "faq", "minutes"),
    [
        ("", 1, 1),
        ("explain_terms: all", 2, 2),
        ("explain_terms: off", 0, 0),
        ("explain_terms: section", 1, 2),
        ("explain_terms: {web/minutes: off}", 1, 0),
        ("explain_terms: {default: off, faq: all}", 2, 0),
    ],
)
def test_the_policy_of_a_client_and_of_a_page(tmp_path, policy, faq, minutes):
    meeting = "---\ntitle: T\n---\n\n## One\n\nUAT is near.\n\n## Two\n\nUAT is here.\n"
    write(
        tmp_path,
        client_yml=f"name: Clinic\n{policy}\n",
        web__project_yml="title: Web",
        glossary_yml="- {id: uat, term: UAT, short: A trial.}",
        faq_md="## One?\n\nUAT is near.\n\n## Two?\n\nUAT is here.\n",
    )
    (tmp_path / "clinic/web/minutes").mkdir()
    (tmp_path / "clinic/web/minutes/2026-03-05-start.md").write_text(meeting, "utf-8")
    made = pages(tmp_path)
    assert len(OPENED.findall(made["faq"])) == faq
    assert len(OPENED.findall(made["web/minutes/2026-03-05-start"])) == minutes
