"""Decisions and actions: list items of the minutes as records, their checks, and their words in other languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, ClassVar, TypeVar

from pydantic import BeforeValidator, ConfigDict

from portal_gen.diagnostics import Code, Place, Report, one_line
from portal_gen.sections.minutes.outline import Segment
from portal_gen.source.fields import Day, Ref, parse_reference
from portal_gen.source.items import FIELD, ItemRecord, read_items
from portal_gen.source.markdown_file import Body

WORDS_ONLY = ("text", "box", "visibility")


def parse_people(value: object) -> tuple[str, ...]:
    """One person or several, with commas between: "@ana, @li"."""
    return tuple(parse_reference(person) for person in re.split(r"[,，、]", str(value)))


class MinuteItem(ItemRecord):
    """An item of the minutes. `words` is its text by language tag, the original's under ""."""

    words: dict[str, Body] = {}


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


Item = TypeVar("Item", bound=MinuteItem)


def read_list(
    segments: Sequence[Segment], model: type[Item], report: Report
) -> tuple[tuple[Item, ...], tuple[Body, ...]]:
    """The items under all headings of one kind, and the prose that stands around them."""
    items: list[Item] = []
    beside: list[Body] = []
    for segment in segments:
        found, rest = read_items(segment.content, model, report)
        items += [i.model_copy(update={"words": {"": i.body}}) for i in found if not _is_blank(i, report)]
        beside.append(rest)
    return tuple(items), tuple(beside)


def translate_list(
    original: tuple[Item, ...],
    segments: Sequence[Segment],
    tag: str,
    places: tuple[Place, Place],
    report: Report,
) -> tuple[tuple[Item, ...], tuple[Body, ...]]:
    """The original's items with their words in one more language, and the prose around the translated list.

    `places` are those of the translation and the original. Items that no client sees may be left out in it.
    """
    found: list[_Translation] = []
    beside: list[Body] = []
    for segment in segments:
        items, rest = read_items(segment.content, _Translation, report)
        found += items
        beside.append(rest)
    for item in found:
        _refuse_facts(item, report)
    for paired in (original, tuple(i for i in original if i.visibility == "client")):
        if len(paired) == len(found):
            words = {id(o): t.body for o, t in zip(paired, found, strict=True) if t.body}
            return tuple(
                o.model_copy(update={"words": o.words | {tag: words[id(o)]}}) if id(o) in words else o for o in original
            ), tuple(beside)
    noun = original[0].noun if original else "item"
    here, there = places
    report.error(
        segments[0].body.place(0) if segments else here,
        Code.TRANSLATION,
        f"This translation has {_count(len(found), noun)}, the original has {_count(len(original), noun)}.",
        why="Item by item is the only way to tell which is which.",
        mend="Translate each item, in the same order; leave out [owner:: …], [due:: …] and the check boxes.",
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


def check_strays(segments: Sequence[Segment], report: Report) -> None:
    """Warn of items that look like actions but stand where no action is read."""
    for segment in segments:
        for n, line in enumerate(segment.body.lines):
            keys = {found[1].strip() for found in FIELD.finditer(line)}
            if n not in segment.body.hidden and keys & {"owner", "due"}:
                report.warning(
                    segment.body.place(n),
                    Code.ITEM,
                    "This looks like an action, but does not stand under a heading for actions.",
                    why="It is shown as text and missing from the list of actions.",
                    mend="Move it under a heading  ## Actions",
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
