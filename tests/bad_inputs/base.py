"""A small client without a mistake, and what a row of the catalogue does to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

BASE = {
    "acme/client.yml": """\
name: Acme
languages: [en, zh]
region: GB
timezone: Europe/London
people:
  ana: {name: Ana Ruiz, side: client, email: ana@example.com}
  li: {name: Li Wei, side: us}
""",
    "acme/web/project.yml": """\
title: Website
summary: A new website.
objectives:
  - {id: calls, statement: Fewer calls, measure: calls per week, from: 420, to: 210, by: 2027-03-31}
scope:
  in:
    - {id: form, text: A booking form, serves: [calls], agreed: minutes/2026-11-02-steering}
communication:
  - {what: Report, every: 1 week on friday, by: li}
""",
    "acme/web/plan.yml": """\
start: 2026-11-02
phases:
  - id: build
    title: Build
    tasks:
      - {id: design, title: Design, takes: 10 working days, owner: li}
      - {id: form, title: Form, takes: 15 working days, owner: li, after: [design]}
milestones:
  - {id: beta, title: Beta, promised: 2027-01-29, after: [form]}
needs:
  - {id: access, text: Test access, from: ana, by: 2026-12-04, blocks: [form]}
""",
    "acme/web/minutes/2026-11-02-steering.md": """\
---
title: Steering
date: 2026-11-02
attendees: [ana, li]
---
## Decisions
- We begin. [by:: @ana]

## Actions
- [ ] Send the plans [owner:: @ana] [due:: 2026-12-01]

## Notes
All is well.
""",
    "acme/web/deliverables/widget.md": """\
---
title: Widget
due: 2026-12-18
owner: li
status: planned
---
A widget.

## Acceptance criteria
- [ ] It works
""",
    "acme/web/faq.md": """\
# FAQ
## Is it ready?
Soon.
""",
    "acme/glossary.yml": """\
- id: uat
  term: UAT
  short: Your staff try it.
""",
}
CLIENT, PROJECT, PLAN = "acme/client.yml", "acme/web/project.yml", "acme/web/plan.yml"
MINUTES, DELIVERABLE = "acme/web/minutes/2026-11-02-steering.md", "acme/web/deliverables/widget.md"
FAQ, GLOSSARY = "acme/web/faq.md", "acme/glossary.yml"


@dataclass(frozen=True)
class Row:
    """One input of the catalogue: a change to a file, and all that must be said of it.

    `old` is replaced by `new`; without `old`, `new` is the whole file (bytes are written as they are). `wanted` is
    empty when the input must work. Each entry is "code at text": the diagnostic must stand where the text begins in
    `file`; or "line:column code" where there is no text to point at, or another file is meant.
    """

    id: str
    file: str
    old: str
    new: str | bytes
    wanted: tuple[str, ...] = ()
    more: dict[str, str | bytes] = field(default_factory=dict)
    client: str = "acme"

    def write(self, content: Path) -> None:
        """The base with the change in it."""
        files: dict[str, str | bytes] = {**BASE, **self.more}
        if self.file:
            before = files.get(self.file, "")
            if self.old:
                assert isinstance(before, str)
                assert isinstance(self.new, str)
                assert before.count(self.old) == 1, f"{self.id}: {self.old!r} stands {before.count(self.old)} times"
                files[self.file] = before.replace(self.old, self.new)
            else:
                files[self.file] = self.new
        for name, text in files.items():
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)

    def expected(self) -> set[str]:
        """The diagnostics as "file:line:column code"."""
        return {self._expected(wanted) for wanted in self.wanted}

    def _expected(self, wanted: str) -> str:
        code, at, needle = wanted.partition(" at ")
        if not at:
            return wanted if "/" in wanted else f"{self.file}:{wanted}"
        before = BASE.get(self.file, "")
        text = before.replace(self.old, str(self.new)) if self.old else str(self.new)
        assert text.count(needle) == 1, f"{self.id}: {needle!r} stands {text.count(needle)} times"
        lines = text[: text.index(needle)].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return f"{self.file}:{len(lines)}:{len(lines[-1]) + 1} {code}"
