"""What is written about deliverables: one Markdown file for each, in the project's folder `deliverables`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from portal_gen.diagnostics import Code, Report
from portal_gen.language import Localized
from portal_gen.sections.deliverables.criteria import (
    CRITERIA,
    FILES,
    Criterion,
    FileItem,
    announces,
    read_criteria,
    read_files,
    translate_criteria,
)
from portal_gen.source.body import Body, Part, split
from portal_gen.source.fields import Day, LocalLine, LocalText, Ref, one_of
from portal_gen.source.markdown_file import MarkdownFile
from portal_gen.source.record import Record, read_record
from portal_gen.source.tree import Folder, Source, Translated
from portal_gen.source.yaml_file import Mapping

FOLDER = "deliverables"
PLANNED, IN_PROGRESS, IN_REVIEW, ACCEPTED, REJECTED = "planned", "in progress", "in review", "accepted", "rejected"
Status = Annotated[str, BeforeValidator(one_of(PLANNED, IN_PROGRESS, IN_REVIEW, ACCEPTED, REJECTED))]


class DeliverableFront(Record):
    """The keys of the front matter. `promised` is the day first promised when `due` was moved, `because` says why."""

    noun: ClassVar[str] = "deliverable"
    title: LocalLine
    status: Status
    due: Day | None = None
    promised: Day | None = None
    because: LocalText | None = None
    owner: Ref | None = None
    serves: tuple[Ref, ...] = ()
    accepted: Day | None = None
    accepted_by: Ref | None = None


class TranslationFront(Record):
    """The one key that a translation has: facts stand in the original."""

    noun: ClassVar[str] = "translation of a deliverable"
    title: LocalLine | None = None


class Texts(Record):
    """What the file says beside its records, in one language: the lead, and the other parts in their order.

    The first line of each of `parts` is its heading.
    """

    lead: Body
    beside_criteria: tuple[Body, ...]
    parts: tuple[Body, ...]


class Deliverable(Record):
    """One deliverable. `id` is the file's stem; `texts` is by language tag, the original's under ""."""

    noun: ClassVar[str] = "deliverable"
    id: str
    file: str
    title: Localized
    front: DeliverableFront
    criteria: tuple[Criterion, ...]
    files: tuple[FileItem, ...]
    beside_files: tuple[Body, ...]
    texts: dict[str, Texts]


class DeliverablesRecords(Record):
    """The section's records, by project, in the order of the files' names."""

    projects: dict[str, tuple[Deliverable, ...]]


def load(source: Source, report: Report) -> DeliverablesRecords | None:
    """Read the deliverables of every project. None when there are none."""
    projects = {}
    for name, folder in source.projects.items():
        found = [d for written in folder.all_markdown(FOLDER) if (d := _deliverable(written, folder, report))]
        if found:
            projects[name] = tuple(found)
    if not projects:
        return None
    node = next(iter(projects.values()))[0].node
    return DeliverablesRecords.model_construct(projects=projects, node=node, visibility="client")


def _deliverable(written: Translated, folder: Folder, report: Report) -> Deliverable | None:
    main = written.main
    for parsed in (main, *written.translations.values()):
        list(folder.linked_assets(parsed.body))
    front = read_record(main.front or Mapping(main.place, {}), DeliverableFront, report)
    if front is None:
        return None
    lead, parts = split(_without_title(main.body))
    criteria, beside_criteria = read_criteria([p for p in parts if announces(p, CRITERIA)], report)
    files, beside_files = read_files([p for p in parts if announces(p, FILES)], folder, report)
    _check(written.stem, main, front, criteria, report)
    texts = {"": _texts(lead, parts, beside_criteria, main)}
    titles = dict(front.title.texts)
    for tag, parsed in written.translations.items():
        own = read_record(parsed.front or Mapping(parsed.place, {}), TranslationFront, report)
        titles |= {tag: str(own.title)} if own and own.title else {}
        lead, parts = split(_without_title(parsed.body))
        there = [p for p in parts if announces(p, CRITERIA)]
        criteria, beside_criteria = translate_criteria(criteria, there, tag, (parsed.place, main.place), report)
        for part in (p for p in parts if announces(p, FILES)):
            report.error(
                part.place,
                Code.TRANSLATION,
                "The files are listed in the translation as well.",
                why="They are shown from the original, so this list would be lost.",
                mend="Delete this part here.",
            )
        texts[tag] = _texts(lead, parts, beside_criteria, parsed)
    return Deliverable.model_construct(
        id=written.stem,
        file=main.file,
        title=Localized(titles),
        front=front,
        criteria=criteria,
        files=files,
        beside_files=beside_files,
        texts=texts,
        node=front.node,
        visibility=front.visibility,
    )


def _without_title(body: Body) -> Body:
    """The body below its own first heading of level 1: the title stands in the front matter."""
    lead, parts = split(body, 1)
    return parts[0].body if parts and lead.empty and not parts[0].hidden and len(parts) == 1 else body


def _texts(lead: Body, parts: list[Part], beside_criteria: tuple[Body, ...], parsed: MarkdownFile) -> Texts:
    other = [p for p in parts if not announces(p, CRITERIA) and not announces(p, FILES)]
    start = [p.place.line - parsed.body.first for p in other]
    return Texts.model_construct(
        lead=lead,
        beside_criteria=beside_criteria,
        parts=tuple(parsed.body.slice(n, n + 1 + len(p.body.lines)) for n, p in zip(start, other, strict=True)),
        node=Mapping(parsed.place, {}),
        visibility="client",
    )


def _check(
    stem: str, main: MarkdownFile, front: DeliverableFront, criteria: tuple[Criterion, ...], report: Report
) -> None:
    """Report what does not fit together in one deliverable."""
    written = front.node.entries
    if stem == "index":
        report.error(
            main.place,
            Code.BAD_ID,
            "A deliverable cannot be called index.md: that address is the list of all deliverables.",
            mend="Name the file by what it is, for example: booking-widget.md",
        )
    if front.status == ACCEPTED:
        for key, mend in (("accepted", "accepted: 2026-03-05"), ("accepted_by", "accepted_by: ana")):
            if key not in written:
                report.error(
                    front.at("status"),
                    Code.MISSING_KEY,
                    f"status: this is accepted, but '{key}' is missing.",
                    why="An acceptance that names neither day nor person cannot be relied on.",
                    mend=f"Add a line  {mend}",
                )
    elif front.accepted:
        report.error(
            front.at("accepted"),
            Code.BAD_VALUE,
            f"accepted: there is a day of acceptance, but the status is '{front.status}'.",
            mend="Write  status: accepted  or take the day out.",
        )
    if front.due and front.promised and front.due > front.promised and "because" not in written:
        report.error(
            front.at("due"),
            Code.MISSING_REASON,
            f"due: moved from {front.promised} to {front.due}, and nobody wrote why.",
            why="The client was promised the earlier day.",
            mend='Add a line  because: "…"',
        )
    unverified = [c for c in criteria if not c.is_verified and c.visibility == "client"]
    if front.status == ACCEPTED and unverified:
        report.warning(
            unverified[0].place,
            Code.ITEM,
            "This is accepted, but the criterion is not verified.",
            mend="Tick it and write [verified:: …], or check whether it was accepted.",
            related=((front.at("status"), "accepted here"),),
        )
    if not criteria:
        report.warning(
            main.place,
            Code.ITEM,
            "There are no acceptance criteria: nobody can tell when this is done.",
            mend="Add  ## Acceptance criteria  and below it lines such as  - [ ] Works on a phone",
        )
