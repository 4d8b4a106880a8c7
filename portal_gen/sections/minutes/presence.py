"""Who was at a meeting: ids in the front matter, or a list in the text, as people write it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from portal_gen.diagnostics import Code, Place, Report, did_you_mean, one_line
from portal_gen.sections.minutes.outline import plain
from portal_gen.source.body import Body
from portal_gen.source.items import ITEM
from portal_gen.source.record import Record
from portal_gen.source.tree import Source
from portal_gen.source.yaml_file import Mapping as Node
from portal_gen.source.yaml_file import Scalar

HANDLE = re.compile(r"(?<![\w@/.])@([A-Za-z0-9][A-Za-z0-9-]*)(?![\w/@])")
NEAR = 0.8
LONG = 200


class Attendee(Record):
    """Somebody who was there, at the place that says so. `id` is a person's."""

    noun: ClassVar[str] = "attendee"
    id: str


@dataclass(frozen=True, slots=True)
class Names:
    """The people of client.yml: the words of all names of each id, and ids by whole name."""

    words: Mapping[str, frozenset[str]]
    ids: Mapping[str, str]


def known_names(source: Source) -> Names:
    """What each person of client.yml is called there, in any language; a name that two have is nobody's."""
    root = source.client.yaml("client.yml")
    entry = root.entries.get("people") if isinstance(root, Node) else None
    people = entry.node.entries if entry and isinstance(entry.node, Node) else {}
    words: dict[str, frozenset[str]] = {}
    ids: dict[str, set[str]] = {}
    for person, record in people.items():
        names = [t for key in ("name", "called") for t in _texts(record.node, key)]
        words[person] = frozenset(w for n in (*names, person) for w in _fold(n).split())
        for name in names:
            ids.setdefault(_fold(name), set()).add(person)
    return Names(words, {name: min(found) for name, found in ids.items() if len(found) == 1})


def read_present(body: Body, names: Names, report: Report) -> tuple[tuple[Attendee, ...], tuple[Body, ...], Body]:
    """The people in a list of those present, its other items, and what is no item of a plain list.

    An item is a person when it is their name, or their @id with nothing but their name beside it. Everything else
    stays as it was written.
    """
    people: list[Attendee] = []
    others: list[Body] = []
    lines = list(body.lines)
    for n, line in enumerate(body.lines):
        item = ITEM.match(line)
        after = body.lines[n + 1] if n + 1 < len(body.lines) else ""
        goes_on = after.strip() and not ITEM.match(after)
        if not item or not item[4].strip() or len(item[4]) > LONG or n in body.hidden or goes_on:
            continue  # more than a name
        place = body.place(n, item.start(4) + 1)
        person = _person(item[4], names)
        if person:
            people.append(Attendee.model_construct(id=person, node=Node(place, {}), visibility="client"))
        else:
            _check_handles(item[4], place, names, report)
            cut = item.start(4)
            one = body.slice(n, n + 1)
            links = tuple(replace(k, start=k.start - cut, end=k.end - cut) for k in one.links)
            others.append(replace(one, lines=(item[4],), links=links))
        lines[n] = ""
    left = {n for n, line in enumerate(lines) if line}
    return (
        tuple(people),
        tuple(others),
        replace(body, lines=tuple(lines), links=tuple(k for k in body.links if k.line in left)),
    )


def _person(text: str, names: Names) -> str | None:
    """The id of the person that an item names, and names only."""
    shown = plain(text)
    handles = HANDLE.findall(shown)
    if not handles:
        return names.ids.get(_fold(shown))
    person = handles[0].lower()
    beside = re.sub(r"[()\[\]（）:：]", " ", HANDLE.sub(" ", shown))
    return person if len(handles) == 1 and set(_fold(beside).split()) <= names.words.get(person, frozenset()) else None


def _check_handles(text: str, place: Place, names: Names, report: Report) -> None:
    """Warn of an @id that is nobody's, but nearly somebody's."""
    for handle in HANDLE.findall(plain(text)):
        near = difflib.get_close_matches(handle.lower(), list(names.words), n=1, cutoff=NEAR)
        if near and handle.lower() not in names.words:
            report.warning(
                place,
                Code.UNKNOWN_ID,
                f"There is no '@{one_line(handle)}' among the people of client.yml.",
                why="The name is shown as text and leads nowhere.",
                mend=did_you_mean(handle, near),
            )


def listed(bodies: Sequence[Body]) -> Iterator[str]:
    """The first line of each item of a list, as plain text."""
    for body in bodies:
        for line in body.lines:
            if found := ITEM.match(line):
                yield plain(found[4])


def _texts(node: object, key: str) -> list[str]:
    entry = node.entries.get(key) if isinstance(node, Node) else None
    value = entry.node if entry else None
    if isinstance(value, Node):
        return [e.node.text for e in value.entries.values() if isinstance(e.node, Scalar)]
    return [value.text] if isinstance(value, Scalar) else []


def _fold(text: str) -> str:
    """Words without case and accents: Michaël is written Michael as well."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().replace(".", " ").split()).strip(":： ")
