"""The same facts as a team writes them by hand for other tools: Markdown pages, a navigation, and each tool's settings.

One page for each page of our portal. Where ours follows from data, a team repeats itself, and so does this.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench.facts import Action, Client
from tests.bench.our_content import put, quoted

THEMES = Path(__file__).parent / "themes"
Link = Callable[[str, str], str]
"""From a page to another (docs paths without suffix), the address as it stands in the Markdown."""

MATERIAL = """\
site_name: {name}
docs_dir: docs
site_dir: site
theme:
  name: material
  language: {language}
  font: false
  features: [content.tooltips, navigation.indexes, navigation.top, search.highlight]
plugins:
  - search:
      lang: {search}
markdown_extensions:
  - abbr:
      glossary:
{glossary}
  - attr_list
  - pymdownx.tasklist:
      custom_checkbox: true
  - tables
  - toc:
      permalink: true
nav:
{nav}
"""

HUGO = """\
baseURL = "https://portals.example.com/"
title = "Portals"
disableKinds = ["taxonomy", "term", "RSS"]
publishDir = "site"
[outputs]
home = ["HTML"]
section = ["HTML"]
[markup.goldmark.renderer]
unsafe = true
"""


def markdown_link(_page: str, target: str) -> str:
    """To the Markdown file, as MkDocs and Zensical read it."""
    return posixpath.relpath(f"{target}.md", posixpath.dirname(_page) or ".")


def address_link(page: str, target: str) -> str:
    """To the address at which the page will stand, as Hugo and Eleventy leave it."""
    return posixpath.relpath(address(target) or ".", address(page) or ".") + "/"


def address(page: str) -> str:
    """The folder that a page is served from."""
    return re.sub(r"(^|/)index$", "", page)


def write(portfolio: Iterable[Client], root: Path) -> None:
    """Write the portfolio for every tool: mkdocs/<client>/, hugo/ and eleventy/."""
    shutil.copytree(THEMES / "hugo", root / "hugo", dirs_exist_ok=True)
    shutil.copytree(THEMES / "eleventy", root / "eleventy", dirs_exist_ok=True)
    put(root / "hugo" / "hugo.toml", HUGO)
    for client in portfolio:
        folder = root / "mkdocs" / client.id
        put(folder / "mkdocs.yml", _material(client))
        for path, (title, body) in pages(client, markdown_link).items():
            put(folder / "docs" / f"{path}.md", f"---\ntitle: {quoted(title)}\n---\n# {title}\n\n{body}")
        facts = {
            "language": client.words.language,
            "name": client.name,
            "search": client.words.labels["search"],
            "terms": dict(client.terms),
            "pattern": _pattern(client),
            "pages": [{"title": title, "url": _url(path)} for title, path in flat_navigation(client)],
        }
        written = json.dumps(facts, ensure_ascii=False, indent=1)
        put(root / "hugo" / "data" / f"{client.id}.json", written)
        put(root / "eleventy" / "facts" / f"{client.id}.json", written)
        for path, (title, body) in pages(client, address_link).items():
            text = f"title: {quoted(title)}\n---\n# {title}\n\n{body}"
            name = re.sub(r"(^|/)index$", r"\1_index", path)
            outputs = "outputs: [html, json]\n" if path == "index" else ""
            put(root / "hugo" / "content" / client.id / f"{name}.md", f"---\n{outputs}{text}")
            put(root / "eleventy" / "clients" / client.id / f"{path}.md", f"---\n{text}")


def _url(path: str) -> str:
    return f"{address(path)}/" if address(path) else ""


def _pattern(client: Client) -> str:
    """A regular expression that finds the terms between spaces and punctuation."""
    names = "|".join(re.escape(t) for t, _ in sorted(client.terms, key=lambda t: -len(t[0])))
    return rf"([\s(>])({names})([\s,.;:)<])".replace(r"\ ", " ").replace(r"\-", "-")


def navigation(client: Client) -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Titles with a page, or with a group of pages."""
    labels = client.words.labels
    minutes = [(m.title, f"minutes/{m.id}") for m in client.meetings]
    return [
        (labels["overview"], "index"),
        (labels["scope"], "scope"),
        (labels["timeline"], "timeline"),
        (
            labels["deliverables"],
            [
                (labels["deliverables"], "deliverables/index"),
                *((d.title, f"deliverables/{d.id}") for d in client.deliverables),
            ],
        ),
        (
            labels["minutes"],
            [
                (labels["minutes"], "minutes/index"),
                (labels["actions"], "minutes/actions"),
                (labels["decisions"], "minutes/decisions"),
                *minutes,
            ],
        ),
        (labels["faq"], "faq"),
        (labels["glossary"], "glossary"),
        (labels["people"], "people"),
    ]


def flat_navigation(client: Client) -> list[tuple[str, str]]:
    """All pages in order, without groups."""
    return [
        pair for title, inner in navigation(client) for pair in ([(title, inner)] if isinstance(inner, str) else inner)
    ]


def _material(client: Client) -> str:
    lines = []
    for title, inner in navigation(client):
        if isinstance(inner, str):
            lines.append(f"  - {quoted(title)}: {inner}.md")
        else:
            lines += [f"  - {quoted(title)}:", *(f"      - {quoted(t)}: {p}.md" for t, p in inner)]
    return MATERIAL.format(
        name=quoted(client.name),
        language=client.words.language,
        search=client.words.language,
        glossary="\n".join(f"        {quoted(term)}: {quoted(meaning)}" for term, meaning in client.terms),
        nav="\n".join(lines),
    )


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table with pipes."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([str(c) for c in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def pages(client: Client, link: Link) -> dict[str, tuple[str, str]]:
    """Title and Markdown of each page, by docs path without suffix."""
    writer = _Writer(client, link)
    labels = client.words.labels
    found = {
        "index": (client.name, writer.overview()),
        "scope": (labels["scope"], writer.scope()),
        "timeline": (labels["timeline"], writer.timeline()),
        "deliverables/index": (labels["deliverables"], writer.deliverables("deliverables/index")),
        "minutes/index": (labels["minutes"], writer.minutes()),
        "minutes/actions": (labels["actions"], writer.actions()),
        "minutes/decisions": (labels["decisions"], writer.decisions()),
        "faq": (labels["faq"], "".join(f"## {q}\n\n{a}\n\n" for q, a in client.questions)),
        "glossary": (labels["glossary"], "".join(f"## {t}\n\n{m}\n\n" for t, m in client.terms)),
        "people": (labels["people"], writer.people()),
    }
    found |= {f"deliverables/{d.id}": (d.title, writer.deliverable(n)) for n, d in enumerate(client.deliverables)}
    return found | {f"minutes/{m.id}": (m.title, writer.meeting(n)) for n, m in enumerate(client.meetings)}


class _Writer:
    """The pages of one client."""

    def __init__(self, client: Client, link: Link) -> None:
        self.client = client
        self.labels = client.words.labels
        self.link = link

    def name(self, person: str | None) -> str:
        return self.client.person(person).name if person else ""

    def state(self, action: Action) -> str:
        return f"{self.labels['done']} {action.done}" if action.done else self.labels["open"]

    def overview(self) -> str:
        open_actions = [a for m in self.client.meetings for a in m.actions if not a.done][:8]
        ahead = [m for m in self.client.milestones if not m.reached][:5]
        return (
            f"{self.client.summary}\n\n## {self.labels['next']}\n\n"
            + table([self.labels["title"], self.labels["due"]], [(m.title, m.forecast or m.promised) for m in ahead])
            + f"\n## {self.labels['needs']}\n\n"
            + "".join(f"- {text} ({self.name(who)}, {day})\n" for text, who, day, _ in self.client.needs)
            + f"\n## {self.labels['actions']}\n\n"
            + "".join(f"- [ ] {a.text} ({self.name(a.owner)}, {a.due})\n" for a in open_actions)
            + f"\n## {self.labels['deliverables']}\n\n"
            + self.deliverables("index")
        )

    def scope(self) -> str:
        c = self.client
        objectives = "".join(f"- {text} (400 - 200)\n" for text in c.objectives)
        agreed = self.link("scope", f"minutes/{c.meetings[0].id}")
        inside = "".join(f"- {text} ([{c.meetings[0].title}]({agreed}))\n" for text in c.inside)
        outside = "".join(f"- {text} {self.labels['because']}: {self.labels['reason']}\n" for text in c.outside)
        assumed = "".join(f"- {text}\n" for text in c.assumptions)
        return (
            f"## {self.labels['objectives']}\n\n{objectives}\n## {self.labels['in']}\n\n{inside}\n"
            f"## {self.labels['out']}\n\n{outside}\n## {self.labels['assumptions']}\n\n{assumed}"
        )

    def timeline(self) -> str:
        head = [self.labels[k] for k in ("title", "owner", "start", "due", "state")]
        text = f"## {self.labels['milestones']}\n\n"
        text += table(
            [self.labels["title"], self.labels["due"], self.labels["state"]],
            [(m.title, m.forecast or m.promised, m.reached or "") for m in self.client.milestones],
        )
        for title, tasks in self.client.streams:
            rows = [(t.title, self.name(t.owner), t.started or "", t.finished or "", f"{t.done or ''}") for t in tasks]
            text += f"\n## {title}\n\n{table(head, rows)}"
        return text

    def deliverables(self, page: str) -> str:
        return table(
            [self.labels[k] for k in ("title", "due", "owner", "state")],
            [
                (f"[{d.title}]({self.link(page, f'deliverables/{d.id}')})", d.due, self.name(d.owner), d.status)
                for d in self.client.deliverables
            ],
        )

    def deliverable(self, number: int) -> str:
        d = self.client.deliverables[number]
        facts = [
            (self.labels["owner"], self.name(d.owner)),
            (self.labels["due"], d.due),
            (self.labels["state"], f"{d.status} {d.accepted or ''} {self.name(d.accepted_by)}".strip()),
        ]
        criteria = "".join(f"- [{'x' if done else ' '}] {text}\n" for text, done in d.criteria)
        return (
            f"{d.lead}\n\n{table([self.labels['title'], d.title], facts)}\n## {self.labels['use']}\n\n{d.use}\n\n"
            f"## {self.labels['criteria']}\n\n{criteria}"
        )

    def minutes(self) -> str:
        return table(
            [self.labels["day"], self.labels["title"], self.labels["attended"]],
            [
                (
                    m.day,
                    f"[{m.title}]({self.link('minutes/index', f'minutes/{m.id}')})",
                    ", ".join(map(self.name, m.attendees)),
                )
                for m in reversed(self.client.meetings)
            ],
        )

    def actions(self) -> str:
        return table(
            [self.labels[k] for k in ("title", "owner", "due", "state", "minutes")],
            [
                (a.text, self.name(a.owner), a.due, self.state(a), self.of("minutes/actions", number))
                for number, m in enumerate(self.client.meetings)
                for a in m.actions
            ],
        )

    def decisions(self) -> str:
        return table(
            [self.labels[k] for k in ("title", "by", "minutes")],
            [
                (text, self.name(by), self.of("minutes/decisions", number))
                for number, m in enumerate(self.client.meetings)
                for text, by in m.decisions
            ],
        )

    def of(self, page: str, number: int) -> str:
        meeting = self.client.meetings[number]
        return f"[{meeting.day}]({self.link(page, f'minutes/{meeting.id}')})"

    def meeting(self, number: int) -> str:
        m = self.client.meetings[number]
        attended = ", ".join(map(self.name, m.attendees))
        agenda = "".join(f"{n}. {topic}\n" for n, topic in enumerate(m.agenda, 1))
        decisions = "".join(f"- {text} ({self.name(by)})\n" for text, by in m.decisions)
        actions = table(
            [self.labels[k] for k in ("title", "owner", "due", "state")],
            [(a.text, self.name(a.owner), a.due, self.state(a)) for a in m.actions],
        )
        notes = "".join(f"### {topic}\n\n{text}\n\n" for topic, text in m.notes)
        return (
            f"**{self.labels['day']}** {m.day}, **{self.labels['attended']}** {attended}\n\n"
            f"## {self.labels['agenda']}\n\n{agenda}\n## {self.labels['decisions']}\n\n{decisions}\n"
            f"## {self.labels['actions']}\n\n{actions}\n## {self.labels['notes']}\n\n{notes}"
        )

    def people(self) -> str:
        rows = [(p.name, p.role, p.side) for p in self.client.people]
        return table([self.labels["name"], self.labels["role"], ""], rows)
