"""The facts as our content: what a project manager writes here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.bench.facts import HOUSE_TERMS, Client
from tests.bench.words import CHINESE, ENGLISH

CONFIG = """\
site_name: Client portals
docs_dir: .portal/empty
theme:
  name: material
plugins:
  - search
  - portal:
      content: content
"""


def quoted(text: str) -> str:
    """A text as YAML on one line."""
    return json.dumps(text, ensure_ascii=False)


def flow(pairs: Iterable[tuple[str, object]]) -> str:
    """A mapping on one line, without what is not there."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs if value is not None) + "}"


def write(portfolio: Iterable[Client], root: Path) -> None:
    """Write the whole portfolio below `root`: mkdocs.yml and content/."""
    put(root / "mkdocs.yml", CONFIG)
    shared = root / "content" / "shared"
    agency = flow((w.language, quoted(w.labels["agency"])) for w in (ENGLISH, CHINESE))
    put(shared / "agency.yml", f"name: {agency}\nregion: GB-ENG\ntimezone: Europe/London\n")
    pairs = zip(ENGLISH.terms[:HOUSE_TERMS], CHINESE.terms[:HOUSE_TERMS], strict=True)
    put(
        shared / "glossary.yml",
        "".join(
            f"- id: h{n:03d}\n"
            f"  term: {flow((('en', quoted(en[0])), ('zh', quoted(zh[0]))))}\n"
            f"  short:\n    en: {quoted(en[1])}\n    zh: {quoted(zh[1])}\n"
            for n, (en, zh) in enumerate(pairs)
        ),
    )
    for client in portfolio:
        folder = root / "content" / client.id
        for name, text in files(client).items():
            put(folder / name, text)


def put(path: Path, text: str) -> None:
    """Write a file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def files(client: Client) -> dict[str, str]:
    """One client's files."""
    found = {
        "client.yml": _client(client),
        "glossary.yml": "".join(
            f"- {{id: t{n:04d}, term: {quoted(term)}, short: {quoted(meaning)}}}\n"
            for n, (term, meaning) in enumerate(client.terms[HOUSE_TERMS:])
        ),
        "project/project.yml": _project(client),
        "project/plan.yml": _plan(client),
        "project/faq.md": f"# {client.words.labels['faq']}\n"
        + "".join(f"## {question}\n{answer}\n\n" for question, answer in client.questions),
    }
    return found | _deliverables(client) | _minutes(client)


def _client(client: Client) -> str:
    people = "".join(
        f"  {p.id}: {flow((('name', quoted(p.name)), ('side', p.side), ('role', quoted(p.role))))}\n"
        for p in client.people
    )
    w = client.words
    return (
        f"name: {quoted(client.name)}\nlanguages: [{w.language}]\nregion: {w.region}\ntimezone: {w.timezone}\n"
        f'people:\n{people}brand: {{colour: "#0b6e4f"}}\n'
    )


def _project(client: Client) -> str:
    labels = client.words.labels
    objectives = "".join(
        f"  - {{id: o{n}, statement: {quoted(text)}, measure: {quoted(labels['measure'])}, from: {400 + n}, "
        f"to: {200 + n}, by: 2027-03-31}}\n"
        for n, text in enumerate(client.objectives)
    )
    agreed = f"minutes/{client.meetings[0].id}"
    inside = "".join(
        f"    - {{id: in{n}, text: {quoted(text)}, serves: [o{n % len(client.objectives)}], agreed: {agreed}}}\n"
        for n, text in enumerate(client.inside)
    )
    outside = "".join(
        f"    - {{id: out{n}, text: {quoted(text)}, because: {quoted(labels['reason'])}}}\n"
        for n, text in enumerate(client.outside)
    )
    assumed = "".join(f"    - {{id: as{n}, text: {quoted(text)}}}\n" for n, text in enumerate(client.assumptions))
    manager = next(p.id for p in client.people if p.side == "us")
    return (
        f"title: {quoted(client.project)}\nsummary: {quoted(client.summary)}\nobjectives:\n{objectives}"
        f"scope:\n  in:\n{inside}  out:\n{outside}  assumptions:\n{assumed}communication:\n"
        f"  - {{what: {quoted(labels['report'])}, every: 1 week on friday, by: {manager}}}\n"
        f"  - {{what: {quoted(labels['meeting'])}, every: 1 week on monday, by: {manager}, "
        f"via: {quoted(labels['call'])}}}\n"
        "response:\n  first: 1 working day\n  resolve: {high: 2 working days, normal: 10 working days}\n"
    )


def _plan(client: Client) -> str:
    lines = ["start: 2026-08-03", "phases:"]
    for number, (title, tasks) in enumerate(client.streams):
        lines += [f"  - id: stream-{number + 1}", f"    title: {quoted(title)}", "    tasks:"]
        for t in tasks:
            pairs = (
                ("id", t.id),
                ("title", quoted(t.title)),
                ("after", f"[{t.after}]" if t.after else None),
                ("takes", f"{t.takes} working days"),
                ("owner", t.owner),
                ("started", t.started),
                ("finished", t.finished),
                ("done", f"{t.done}%" if t.done else None),
            )
            lines.append(f"      - {flow(pairs)}")
    lines.append("milestones:")
    for m in client.milestones:
        pairs = (
            ("id", m.id),
            ("title", quoted(m.title)),
            ("promised", m.promised),
            ("forecast", m.forecast),
            ("because", quoted(client.words.labels["moved"]) if m.forecast else None),
            ("reached", m.reached),
            ("after", f"[{m.after}]"),
        )
        lines.append(f"  - {flow(pairs)}")
    lines.append("needs:")
    for n, (text, giver, day, blocked) in enumerate(client.needs):
        pairs = (("id", f"need-{n + 1}"), ("text", quoted(text)), ("from", giver), ("by", day))
        lines.append(f"  - {flow((*pairs, ('blocks', f'[{blocked}]')))}")
    return "\n".join([*lines, ""])


def _deliverables(client: Client) -> dict[str, str]:
    labels = client.words.labels
    found = {}
    for d in client.deliverables:
        front = [f"title: {quoted(d.title)}", f"due: {d.due}", f"owner: {d.owner}", f"status: {d.status}"]
        if d.accepted:
            front += [f"accepted: {d.accepted}", f"accepted_by: {d.accepted_by}"]
        criteria = "".join(
            f"- [x] {text} [verified:: {(d.accepted or client.meetings[0].day)}]\n"
            if is_verified
            else f"- [ ] {text}\n"
            for text, is_verified in d.criteria
        )
        found[f"project/deliverables/{d.id}.md"] = (
            "---\n" + "\n".join(front) + f"\n---\n{d.lead}\n\n## {labels['use']}\n{d.use}\n\n"
            f"## {labels['criteria']}\n{criteria}"
        )
    return found


def _minutes(client: Client) -> dict[str, str]:
    labels = client.words.labels
    found = {}
    for m in client.meetings:
        agenda = "".join(f"{n}. {topic}\n" for n, topic in enumerate(m.agenda, 1))
        decisions = "".join(f"- {text} [by:: @{by}]\n" for text, by in m.decisions)
        actions = "".join(
            f"- [{'x' if a.done else ' '}] {a.text} [owner:: @{a.owner}] [due:: {a.due}]"
            + (f" [done:: {a.done}]\n" if a.done else "\n")
            for a in m.actions
        )
        notes = "".join(f"### {topic}\n{text}\n\n" for topic, text in m.notes)
        found[f"project/minutes/{m.id}.md"] = (
            f"---\ntitle: {quoted(m.title)}\ndate: {m.day}\nattendees: [{', '.join(m.attendees)}]\n---\n"
            f"## {labels['agenda']}\n{agenda}\n## {labels['decisions']}\n{decisions}\n"
            f"## {labels['actions']}\n{actions}\n## {labels['notes']}\n{notes}"
        )
    return found
