"""Decisions and actions: list items of the minutes as records, their checks, and their words in other languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, ClassVar, TypeVar

from pydantic import BeforeValidator, ConfigDict

from portal_gen.diagnostics import Code, Place, Report, one_line
from portal_gen.sections.minutes.outline import Kind, Outline, Segment, mark_of
from portal_gen.source.body import Body
from portal_gen.source.fields import Day, Ref, parse_reference
from portal_gen.source.items import (
    ItemRecord,
    fields_outside_code,
    pair_items,
    read_items,
    read_marked_items,
    refuse_visibility,
)

WORDS_ONLY = ("text", "box", "visibility")


def parse_people(value: object) -> tuple[str, ...]:
    """One person or several, with commas between: "@ana, @li"."""
    return tuple(parse_reference(person) for person in re.split(r"[,，、]", str(value)))


class MinuteItem(ItemRecord):
    """An item of the minutes. `words` is its text by language tag, the original's under "".

    `inline` items stand in the text under a mark ("Action: …"), others in a list under a heading of their own.
    """

    words: dict[str, Body] = {}
    inline: bool = False


class Decision(MinuteItem):
    """Something that was decided, and by whom."""

    noun: ClassVar[str] = "decision"
    by: Annotated[tuple[str, ...], BeforeValidator(parse_people)] = ()


class Action(MinuteItem):
    """Something that somebody does by a day. `done` is the day it was done."""

    noun: ClassVar[str] = "action"
    owner: Ref | None = None
    due: Day | None = None
    done: Day | None = None

    @property
    def is_done(self) -> bool:
        """True when its box is ticked."""
        return self.box == "x"

    @property
    def is_cancelled(self) -> bool:
        """True when its box says [-]."""
        return self.box == "-"

    @property
    def is_open(self) -> bool:
        """True when it is still to do; an item without a box is."""
        return not (self.is_done or self.is_cancelled)


class _Translation(ItemRecord):
    """An item of a translation: words, and nothing else."""

    model_config = ConfigDict(extra="ignore")


class _TranslatedDecision(_Translation):
    """A decision in the text of a translation."""


class _TranslatedAction(_Translation):
    """An action in the text of a translation."""


_MODELS: dict[Kind, type[ItemRecord]] = {Kind.DECISIONS: Decision, Kind.ACTIONS: Action}
_TRANSLATIONS: dict[Kind, type[ItemRecord]] = {Kind.DECISIONS: _TranslatedDecision, Kind.ACTIONS: _TranslatedAction}

Item = TypeVar("Item", bound=MinuteItem)


def read_inline(parts: Outline, report: Report) -> tuple[tuple[ItemRecord, ...], Outline]:
    """The decisions and actions that stand in the text under a mark, and the text without their fields."""
    return _read_inline(parts, _MODELS, report)


def read_translated_inline(parts: Outline, report: Report) -> tuple[tuple[ItemRecord, ...], Outline]:
    """The same of a translation: the words of decisions and actions, and nothing else."""
    return _read_inline(parts, _TRANSLATIONS, report)


def _read_inline(
    parts: Outline, models: Mapping[Kind, type[ItemRecord]], report: Report
) -> tuple[tuple[ItemRecord, ...], Outline]:
    def mark(text: str) -> tuple[int, type[ItemRecord]] | None:
        found = mark_of(text)
        return (found[0], models[found[1]]) if found else None

    items: list[ItemRecord] = []
    segments = []
    for segment in parts.segments:
        if segment.kind is None:
            found, body = read_marked_items(segment.body, mark, report)
            items += found
            segment = replace(segment, body=body)  # noqa: PLW2901
        segments.append(segment)
    return tuple(items), replace(parts, segments=tuple(segments))


def read_list(
    segments: Sequence[Segment], inline: Sequence[ItemRecord], model: type[Item], report: Report
) -> tuple[tuple[Item, ...], tuple[Body, ...]]:
    """The items under all headings of one kind and those `inline`, in their order; and the prose around the lists."""
    items: list[Item] = []
    beside: list[Body] = []
    for segment in segments:
        found, rest = read_items(segment.content, model, report)
        items += [i.model_copy(update={"words": {"": i.body}}) for i in found if not _is_blank(i, report)]
        beside.append(rest)
    items += [i.model_copy(update={"words": {"": i.body}, "inline": True}) for i in inline if isinstance(i, model)]
    return tuple(sorted(items, key=lambda i: i.place)), tuple(beside)


def translate_list(
    original: tuple[Item, ...],
    inline: Sequence[ItemRecord],
    parts: Outline,
    kind: Kind,
    tag: str,
    places: tuple[Place, Place],
    report: Report,
) -> tuple[tuple[Item, ...], tuple[Body, ...]]:
    """The original's items with their words in one more language, and the prose around the translated list.

    `places` are those of the translation and the original. See `pair_items`.
    """
    found: list[ItemRecord] = [i for i in inline if isinstance(i, _TRANSLATIONS[kind])]
    beside: list[Body] = []
    segments = parts.of(kind)
    for segment in segments:
        items, rest = read_items(segment.content, _Translation, report)
        found += items
        beside.append(rest)
    found.sort(key=lambda i: i.place)
    for item in found:
        _refuse_facts(item, report)
    if (pairs := pair_items(original, found, report)) is not None:
        words = {id(o): t.body for o, t in pairs if t.body}
        return tuple(
            o.model_copy(update={"words": o.words | {tag: words[id(o)]}}) if id(o) in words else o for o in original
        ), tuple(beside)
    noun = original[0].noun if original else "item"
    here, there = places
    numbers = [_count(sum(not i.is_in_block for i in items), noun) for items in (found, original)]
    report.error(
        segments[0].body.place(0) if segments else here,
        Code.TRANSLATION,
        "This translation has {}, the original has {}.".format(*numbers),
        why="Item by item is the only way to tell which is which.",
        mend="Translate each item, in the same order; leave out [owner:: …], [due:: …] and the check boxes.\n"
        "What is internal is marked here as well.",
        related=((original[0].place if original else there, "the original"),),
    )
    return original, tuple(beside)


def check_action(action: Action, day: date, attendees: Sequence[str], following: date | None, report: Report) -> None:
    """Report what is missing or cannot be in an action that was agreed on `day`.

    `attendees` and the day of the `following` meeting serve to propose a line that can be copied.
    """
    ticked = action.at("box")
    written = action.node.entries
    # A slip in a key was reported already; what it was to say is not missing as well.
    sound = set(written) <= set(Action.model_fields)
    owner = f" [owner:: @{action.owner or 'name'}]"
    due = f" [due:: {action.due or following or day + timedelta(days=14)}]" if action.is_open or action.due else ""
    line = f"Write  - [{action.box or ' '}] {one_line(action.text, 60)}{owner}{due}"
    if sound and "owner" not in written and not action.is_cancelled:
        names = ", ".join(f"@{a}" for a in attendees)
        report.error(
            action.place,
            Code.ITEM,
            "Who does this? The action names nobody.",
            why="What nobody owns is not done, and the client cannot see whose turn it is.",
            mend=line + (f"\nwhere @name is one of {names}, or another id of a person" if names else ""),
        )
    if sound and "due" not in written and action.is_open and not action.done:
        report.error(
            action.place,
            Code.ITEM,
            "By when? The action has no day.",
            why="Without a day nobody can tell whether it is late.",
            mend=line,
        )
    if action.done and not action.is_done:
        report.error(
            ticked if action.box else action.at("done"),
            Code.ITEM,
            "The action has a day on which it was done, but its box is not ticked.",
            mend="Write - [x] when it is done, or take [done:: …] out.",
        )
    # What is reported done may have been due before this meeting: it was carried over from an earlier one.
    for key, value in (("due", action.due if action.is_open else None), ("done", action.done)):
        if value and value < day:
            report.error(
                action.at(key),
                Code.DATE_ORDER,
                f"{key}: {value} is before the meeting of {day} that agreed on it.",
                mend="Check the day, or move the action to the minutes of the meeting it comes from.",
            )


def is_remark(action: Action) -> bool:
    """True for an action in the text that says neither who nor by when: it stays text."""
    return action.inline and set(action.node.entries) <= set(WORDS_ONLY)


def check_remark(action: Action, day: date, following: date | None, report: Report) -> None:
    """Warn of an action in the text that is not in the list of actions."""
    if action.visibility == "client":
        report.warning(
            action.place,
            Code.ITEM,
            "This says that it is an action, but neither who does it nor by when.",
            why="It is shown as text and missing from the list of actions.",
            mend=f"Write behind it  [owner:: @name] [due:: {following or day + timedelta(days=14)}]",
        )


def check_strays(bodies: Sequence[Body], report: Report) -> None:
    """Report fields that stand where none is read: what is not an item of a list has none."""
    for body in bodies:
        refuse_visibility(body, report)
        for n, keys in fields_outside_code(body):
            if keys & {"owner", "due", "by", "done"} and not report.has(body.place(n), Code.ITEM):
                word, heading = ("an action", "Actions") if keys & {"owner", "due"} else ("a decision", "Decisions")
                report.warning(
                    body.place(n),
                    Code.ITEM,
                    f"This looks like {word}, but does not stand under a heading for {heading.lower()}.",
                    why=f"It is shown as text and missing from the list of {heading.lower()}.",
                    mend=f"Move it under a heading  ## {heading}  or begin it with  - {heading[:-1]}: …",
                )


def _is_blank(item: MinuteItem, report: Report) -> bool:
    if item.text or (item.body and not item.body.empty):
        return False
    report.error(item.place, Code.ITEM, f"This {item.noun} says nothing.", mend="Write it, or delete the line.")
    return True


def _refuse_facts(item: ItemRecord, report: Report) -> None:
    for key, entry in item.node.entries.items():
        if key not in WORDS_ONLY:
            report.error(
                entry.key_place,
                Code.TRANSLATION,
                f"'{one_line(key)}' stands in the translation as well.",
                why="A fact that is written twice soon differs; the original's is the one that counts.",
                mend=f"Take [{one_line(key)}:: …] out here.",
            )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
