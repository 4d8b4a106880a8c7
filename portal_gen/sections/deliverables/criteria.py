"""Acceptance criteria and files: the two lists of a deliverable that are records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pydantic import ConfigDict

from portal_gen.contract import Asset
from portal_gen.diagnostics import Code, Place, Report, one_line
from portal_gen.source.body import Body, Link, Part
from portal_gen.source.fields import Day, Ref
from portal_gen.source.items import ItemRecord, pair_items, read_items
from portal_gen.source.tree import Folder

# Headings that announce a list; one more language is one more word here. Compared without case and a colon at the end.
CRITERIA = ("acceptance criteria", "acceptance criterion", "criteria", "验收标准", "验收条件", "驗收標準")
FILES = ("files", "file", "documents", "attachments", "downloads", "文件", "附件", "資料", "檔案")


class Criterion(ItemRecord):
    """One thing that must hold. `verified` is the day somebody made sure; `words` is its text by language tag."""

    noun: ClassVar[str] = "criterion"
    verified: Day | None = None
    by: Ref | None = None
    words: dict[str, Body] = {}

    @property
    def is_verified(self) -> bool:
        """True when its box is ticked."""
        return self.box == "x"


class FileItem(ItemRecord):
    """One file the client gets. `link` is where its line leads, `asset` the file itself when it stands beside."""

    noun: ClassVar[str] = "file"
    link: Link | None = None
    asset: Asset | None = None


class _Translation(ItemRecord):
    """A criterion in another language: words, and nothing else."""

    model_config = ConfigDict(extra="ignore")


def announces(part: Part, headings: Sequence[str]) -> bool:
    """True when a heading is one of those."""
    return " ".join(part.title.casefold().split()).strip("*_:： ") in headings


def read_criteria(parts: Sequence[Part], report: Report) -> tuple[tuple[Criterion, ...], tuple[Body, ...]]:
    """The criteria under their headings, and the prose around them."""
    criteria: list[Criterion] = []
    beside: list[Body] = []
    for part in parts:
        found, rest = read_items(part.body, Criterion, report)
        for criterion in found:
            _check(criterion, report)
            criteria.append(criterion.model_copy(update={"words": {"": criterion.body}}))
        beside.append(rest)
    return tuple(criteria), tuple(beside)


def translate_criteria(
    criteria: tuple[Criterion, ...], parts: Sequence[Part], tag: str, places: tuple[Place, Place], report: Report
) -> tuple[tuple[Criterion, ...], tuple[Body, ...]]:
    """The criteria with their words in one more language; `places` are those of the translation and the original.

    See `pair_items` for what is internal.
    """
    found: list[_Translation] = []
    beside: list[Body] = []
    for part in parts:
        items, rest = read_items(part.body, _Translation, report)
        found += items
        beside.append(rest)
    for key, entry in ((k, e) for i in found for k, e in i.node.entries.items() if k in ("verified", "by")):
        report.error(
            entry.key_place,
            Code.TRANSLATION,
            f"'{key}' stands in the translation as well.",
            why="A fact that is written twice soon differs; the original's is the one that counts.",
            mend=f"Take [{key}:: …] out here.",
        )
    if (pairs := pair_items(criteria, found, report)) is not None:
        words = {id(c): t.body for c, t in pairs if t.body}
        return tuple(
            c.model_copy(update={"words": c.words | {tag: words[id(c)]}}) if id(c) in words else c for c in criteria
        ), tuple(beside)
    here, there = places
    report.error(
        parts[0].place if parts else here,
        Code.TRANSLATION,
        "Acceptance criteria: {} in this translation, {} in the original.".format(
            *(sum(not i.is_in_block for i in items) for items in (found, criteria))
        ),
        why="Criterion by criterion is the only way to tell which is which.",
        mend="Translate each one, in the same order; leave out the check boxes and [verified:: …].",
        related=((criteria[0].place if criteria else there, "the original"),),
    )
    return criteria, tuple(beside)


def read_files(parts: Sequence[Part], folder: Folder, report: Report) -> tuple[tuple[FileItem, ...], tuple[Body, ...]]:
    """The files that are linked under their headings, and the prose around them."""
    files: list[FileItem] = []
    beside: list[Body] = []
    for part in parts:
        found, rest = read_items(part.body, FileItem, report)
        beside.append(rest)
        for item in found:
            links = item.body.links if item.body else ()
            if not links:
                report.error(
                    item.place,
                    Code.ITEM,
                    "This line under Files links to no file.",
                    mend=f"Write  - [{one_line(item.text, 60) or 'Name'}](name-of-the-file.pdf)",
                )
                continue
            asset = next(folder.linked_assets(item.body), None) if item.body else None
            files.append(item.model_copy(update={"link": links[0], "asset": asset}))
    return tuple(files), tuple(beside)


def _check(criterion: Criterion, report: Report) -> None:
    text = one_line(criterion.text, 60)
    by = f" [by:: @{criterion.by}]" if criterion.by else ""
    # A slip in a key was reported already; what it was to say is not missing as well.
    slip = not set(criterion.node.entries) <= set(Criterion.model_fields)
    if not criterion.text:
        report.error(criterion.place, Code.ITEM, "This criterion says nothing.", mend="Write it, or delete the line.")
    elif criterion.box == "-":
        report.error(
            criterion.at("box"),
            Code.ITEM,
            "A criterion is either open, [ ], or verified, [x].",
            why="A criterion that no longer counts would still look like part of what was agreed.",
            mend="Delete it, and note under Decisions in the minutes that it was dropped.",
        )
    elif criterion.is_verified and "verified" not in criterion.node.entries and not slip:
        report.error(
            criterion.place,
            Code.ITEM,
            "When was this verified? The box is ticked, but there is no day.",
            why="The client can see who made sure and when.",
            mend=f"Write  - [x] {text} [verified:: 2026-03-05]{by}",
        )
    elif criterion.verified and not criterion.is_verified:
        report.error(
            criterion.at("box") if criterion.box else criterion.at("verified"),
            Code.ITEM,
            "This criterion has a day on which it was verified, but its box is not ticked.",
            mend=f"Write  - [x] {text} [verified:: {criterion.verified}]{by}  or take [verified:: …] out.",
        )
