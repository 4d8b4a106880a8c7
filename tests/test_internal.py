"""What is internal is in no byte of the output, whatever it stands in; its public neighbour is.

Each hidden thing carries a word of its own ("zqh" and a number), each neighbour a word that must be found ("zqv").
"""

import gzip
import re
from datetime import date

import pytest

from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Code, Report, Severity, render_text
from tests.bad_inputs.base import BASE
from tests.sites import contents, portal

DAY = date(2026, 11, 24)
FILES = {
    "acme/client.yml": """\
name: Acme zqv01
languages: [en, zh]
people:
  ana: {name: Ana zqv02, side: client}
  li: {name: Li, side: us}
  spy: {name: Spy zqh01, side: us, visibility: internal}
""",
    "acme/web/project.yml": """\
title: Website
objectives:
  - {id: calls, statement: Calls zqv03}
  - {id: margin, statement: Margin zqh02, visibility: internal}
scope:
  in:
    - {id: form, text: Form zqv04}
    - {id: trick, text: Trick zqh03, visibility: internal}
  out:
    - {id: app, text: App, because: none}
    - {id: dark, text: Dark zqh04, because: zqh05, visibility: internal}
communication:
  - {what: Report zqv05, every: 1 week}
  - {what: Huddle zqh06, every: 1 week, visibility: internal}
""",
    "acme/web/plan.yml": """\
start: 2026-11-02
phases:
  - id: build
    title: Build zqv06
    tasks:
      - {id: design, title: Design zqv07, takes: 5 working days}
      - {id: buffer, title: Buffer zqh07, takes: 5 working days, visibility: internal}
  - id: hidden
    title: Hidden zqh08
    visibility: internal
    tasks:
      - {id: inner, title: Inner zqh09, takes: 5 working days}
milestones:
  - {id: beta, title: Beta zqv08, promised: 2027-01-29, after: [design]}
  - {id: exit, title: Exit zqh10, promised: 2027-01-29, visibility: internal}
needs:
  - {id: access, text: Access zqv09, from: ana, by: 2026-12-04}
  - {id: favour, text: Favour zqh11, from: ana, by: 2026-12-04, visibility: internal}
""",
    "acme/web/minutes/2026-11-02-steering.md": """\
---
title: Steering
date: 2026-11-02
attendees: [ana, li]
---
## Decisions
- Begin zqv10. [by:: @ana]
- Go on zqv24.
/// internal
  for a while zqh55 [by:: @li]
///
  until done zqv25.
/// internal
- Stall zqh12. [by:: @li]
///

This stands between the list and zqv23.

/// internal
  Indented zqh53

      code zqh54
///

## Actions
- [ ] Plans zqv11 [owner:: @ana] [due:: 2026-12-01]
- [ ] Hours zqh13 [owner:: @li] [due:: 2026-12-01] [visibility:: internal]
/// internal
- [ ] Lawyer zqh14 [owner:: @li] [due:: 2026-12-01]
///

## Notes
Well zqv12 <!-- zqh15 --> done.

<!--
zqh16
-->
/// internal
Weak zqh17 and [a file](secret-zqh18.pdf) and UAT.

```
zqh19
```
///
```
shown zqv13
```
""",
    "acme/web/minutes/2026-11-02-steering.zh.md": """\
---
title: 例会 zqv14
---
## 决定
- 开始
- 继续
/// internal
///
/// internal
- 拖延 zqh51
///

中间

/// internal
///

## 行动
- 计划
- 工时 zqh52 [visibility:: internal]
/// internal
///

## 记录
好
/// internal
弱点 zqh20
///
""",
    "acme/web/minutes/secret-zqh18.pdf": "zqh21",
    "acme/web/minutes/2026-11-05-private.md": """\
---
title: Private zqh22
date: 2026-11-05
visibility: internal
---
Words zqh23 and [their file](private-zqh24.txt).
""",
    "acme/web/minutes/private-zqh24.txt": "zqh25",
    "acme/web/minutes/2026-11-05-private.zh.md": "---\ntitle: 私下 zqh26\n---\nzqh27\n",
    "acme/web/deliverables/widget.md": """\
---
title: Widget zqv15
due: 2026-12-18
status: planned
---
Lead zqv16.
/// internal
Cost zqh28.
///

## Acceptance criteria
- [ ] Works zqv17
/// internal
- [ ] Cheap zqh29
///

## Files
- [Shown](shown.txt)
""",
    "acme/web/deliverables/shown.txt": "zqv18",
    "acme/web/deliverables/plot.md": """\
---
title: Plot zqh30
status: planned
visibility: internal
---
zqh31

## Acceptance criteria
- [ ] zqh32
""",
    "acme/web/faq.md": """\
# FAQ
## Ready zqv19?
Soon zqv20.
/// internal
## Why zqh33?
Because zqh34.
///
""",
    "acme/web/internal/notes.md": "zqh35",
    "acme/web/Internal/notes.md": "zqh56",
    "acme/web/_internal_/notes.md": "zqh57",
    # A translation that is internal is none.
    "acme/web/faq.zh.md": "---\nvisibility: internal\n---\n# 问答\n## 好？\n好 zqh58\n",
    "acme/web/internal/plan.yml": "zqh36",
    "acme/glossary.yml": """\
- {id: uat, term: UAT zqv21, short: Trial zqv22}
- {id: haha, term: Haha zqh37, short: Laugh zqh38, visibility: internal}
""",
    "acme/.env": "zqh39",
    # A project that is internal is gone whole, whichever section its files belong to.
    "acme/merger/project.yml": """\
title: Merger zqh41
visibility: internal
summary: Sum zqh42
objectives:
  - {id: save, statement: Save zqh43}
scope:
  in: [{id: people, text: People zqh44}]
communication:
  - {what: Talk zqh45, every: 1 week}
""",
    "acme/merger/plan.yml": "milestones:\n  - {id: close, title: Close zqh46, promised: 2027-01-29}\n",
    "acme/merger/minutes/2026-11-09-board.md": (
        "---\ntitle: Board zqh47\n---\n## Actions\n- [ ] Sell zqh48 [owner:: @ana] [due:: 2026-12-01]\n"
    ),
    "acme/merger/deliverables/deal.md": "---\ntitle: Deal zqh49\nstatus: planned\n---\nx\n",
    "acme/merger/faq.md": "# FAQ\n## Who zqh50?\nWe.\n",
    "other/client.yml": "name: Other zqh40\n",
}
HIDDEN = sorted(set(re.findall(r"zqh\d\d", "".join([*FILES, *FILES.values()]))))
SHOWN = sorted(set(re.findall(r"zqv\d\d", "".join(FILES.values()))))


@pytest.fixture
def content(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "content"


def test_the_words_are_planted():
    assert len(HIDDEN) == 58
    assert len(SHOWN) == 25


def test_not_in_the_compiled_portal(content):
    report = Report()
    compiled = compile_portal(content, "acme", DAY, report)
    assert compiled, "\n".join(render_text(d) for d in report.diagnostics)
    text = ""
    for site in compiled.sites.values():
        text += repr((site.name, site.nav, site.terms, site.files))
        text += "".join(p.markdown + p.title + p.description + p.path for p in site.pages)
        text += "".join(a.path + a.source.read_text("utf-8", "replace") for a in site.assets.values())
    assert [w for w in HIDDEN if w in text] == []
    assert [w for w in SHOWN if w not in text] == []


def test_in_no_byte_of_the_site(content):
    made = portal("new", "client", "elsewhere", "--as-of", DAY.isoformat(), cwd=content.parent)
    assert made.returncode == 0
    built = portal("build", "acme", "--as-of", DAY.isoformat(), cwd=content.parent)
    assert built.returncode == 0, built.stderr
    output = b""
    for name, data in contents(content.parent / "site" / "acme").items():
        output += name.encode() + b"\n" + (gzip.decompress(data) if name.endswith(".gz") else data) + b"\n"
    assert [w for w in HIDDEN if w.encode() in output] == []
    assert [w for w in SHOWN if w.encode() not in output] == []
    assert b"search_index.json" in output


def test_a_link_into_an_internal_project_leads_nowhere(content):
    faq = content / "acme" / "web" / "faq.md"
    faq.write_text("# FAQ\n## A?\n[x](../merger/minutes/2026-11-09-board.md)\n", "utf-8")
    report = Report()
    assert compile_portal(content, "acme", DAY, report) is None
    (error,) = [d for d in report.diagnostics if d.severity is Severity.ERROR]
    assert error.code.value == "broken-link"
    assert "zqh" not in render_text(error)


def test_what_points_at_something_internal_says_so_without_naming_it(content):
    plan = content / "acme" / "web" / "plan.yml"
    plan.write_text(plan.read_text("utf-8").replace("after: [design]", "after: [buffer]"), "utf-8")
    report = Report()
    assert compile_portal(content, "acme", DAY, report) is None
    (found,) = [d for d in report.diagnostics if d.code.value == "unknown-id"]
    assert "internal" in found.what
    assert "zqh07" not in render_text(found)


def test_the_base_of_the_catalogue_is_clean(tmp_path):
    for name, text in BASE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    report = Report()
    assert compile_portal(tmp_path, "acme", DAY, report)
    assert report.diagnostics == []


@pytest.mark.parametrize("name", ["acme/web/faq.md", "acme/web/deliverables/widget.md", "shared/faq.md"])
@pytest.mark.parametrize("line", ["Margin zqh99 [visibility:: internal]", "Margin zqh99 (visibility:: internal)"])
def test_a_field_in_a_text_hides_nothing_and_is_refused(content, name, line):
    path = content / name
    before = path.read_text("utf-8") if path.exists() else "# FAQ\n## Why?\nSo.\n"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before.rstrip()}\n\n## More\n\n{line}\n", "utf-8")
    report = Report()
    assert compile_portal(content, "acme", DAY, report) is None
    assert [(d.place.file, d.code) for d in report.diagnostics if d.severity == "error"] == [(name, Code.BLOCK)]


def compiled(content, name, text):
    (content / name).write_text(text, "utf-8")
    report = Report()
    portal = compile_portal(content, "acme", DAY, report)
    assert portal, "\n".join(render_text(d) for d in report.diagnostics)
    return {page.path: page.markdown for page in portal.sites["en"].pages}


def test_an_internal_question_leaves_no_trace_in_the_address_of_a_public_one(content):
    text = "# FAQ\n{}## Ready?\nSoon.\n\n## ???\nYes.\n"
    with_it = compiled(content, "acme/web/faq.md", text.format("/// internal\n## Ready?\nNo.\n\n## ?\nNo.\n///\n"))
    assert with_it["faq"] == compiled(content, "acme/web/faq.md", text.format(""))["faq"]


def test_where_all_is_internal_there_is_no_page(content):
    pages = compiled(
        content,
        "acme/web/project.yml",
        "title: Website\nscope: {in: [{id: trick, text: Trick, visibility: internal}]}\n",
    )
    assert "web/scope" not in pages
    assert "faq" not in compiled(content, "acme/web/faq.md", "# FAQ\n/// internal\n## Why?\nSo.\n///\n")
    assert "glossary" not in compiled(
        content, "acme/glossary.yml", "- {id: haha, term: Haha, short: Laugh, visibility: internal}\n"
    )
    assert "web/timeline" not in compiled(
        content, "acme/web/plan.yml", "milestones: [{id: a, title: A, promised: 2027-01-29, visibility: internal}]\n"
    )


def test_an_internal_term_does_not_replace_the_houses(content):
    (content / "shared").mkdir()
    (content / "shared" / "glossary.yml").write_text("- {id: sla, term: SLA, short: A promise.}\n", "utf-8")
    text = "- {id: sla, term: SLA, short: A burden., visibility: internal}\n"
    glossary = compiled(content, "acme/glossary.yml", text)["glossary"]
    assert "A promise." in glossary
    assert "A burden." not in glossary
