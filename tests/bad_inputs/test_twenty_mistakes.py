"""Twenty mistakes in five files give twenty messages in one run, each where it was made."""

from datetime import date

from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Report, render_text

# «» marks a mistake: the diagnostic must stand where the mark is.
FILES = {
    "acme/client.yml": """\
name: Acme
languages: [en, «bad-value»xx]
«unknown-key»regoin: GB
timezone: «bad-value»London
people:
  ana: {name: Ana, side: «bad-value»clent, email: «bad-value»ana}
  li: {name: Li, side: us}
""",
    "acme/web/project.yml": """\
title: Website
«unknown-key»sumary: A website
objectives:
  - {id: «bad-id»Fewer Calls, statement: Fewer calls}
  - «missing-key»{id: second}
communication:
  - {what: Report, every: «bad-value»sometimes, by: li}
  - {what: Meeting, every: 2 weeks on monday, by: «unknown-id»lee}
""",
    "acme/web/plan.yml": """\
start: «bad-date»2026-11-31
phases:
  - id: build
    title: Build
    tasks:
      - {id: design, title: Design, takes: «bad-value»ten days, owner: li}
      - {id: form, title: Form, takes: 5 working days, after: [«unknown-id»desing]}
milestones:
  - {id: beta, title: Beta, promised: 2026-12-11, forecast: «missing-reason»2026-12-18}
""",
    "acme/web/minutes/2026-11-02-steering.md": """\
---
title: Steering
attendees: [ana, «unknown-id»bob]
---
## Decisions
- We begin. [by:: «unknown-id»@zoe]

## Actions
- [ ] Send the plans [owner:: @ana] [due:: «bad-date»12/01/2026]

## Notes
See the [plan](«broken-link»plan.pdf).
""",
    "acme/glossary.yml": """\
- id: uat
  term: UAT
  short: «bad-value»""
- id: sla
  term: SLA
  short: A promise.
- id: «duplicate-id»sla
  term: SLO
  short: An aim.
""",
}


def test_twenty_mistakes(tmp_path):
    expected = set()
    for name, marked in FILES.items():
        lines = []
        for n, line in enumerate(marked.split("\n"), 1):
            text = ""
            for k, piece in enumerate(line.replace("»", "«").split("«")):
                if k % 2:
                    expected.add(f"{name}:{n}:{len(text) + 1} {piece}")
                else:
                    text += piece
            lines.append(text)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), "utf-8")
    assert len(expected) == 20
    report = Report()
    assert compile_portal(tmp_path, "acme", date(2026, 11, 24), report) is None
    found = [f"{d.place} {d.code.value}" for d in report.diagnostics]
    assert len(found) == len(set(found))
    assert set(found) == expected, "\n".join(render_text(d) for d in report.diagnostics)
