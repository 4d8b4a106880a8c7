"""What deliverables tell the other sections, and the addresses of their pages."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.contract import (
    Change,
    Commitment,
    CommitmentKind,
    Dated,
    Fact,
    Happened,
    Reference,
    Serves,
    Side,
    Target,
)
from portal_gen.diagnostics import Place
from portal_gen.sections.deliverables.model import ACCEPTED, IN_REVIEW, Deliverable, DeliverablesRecords


def page_of(project: str, deliverable: Deliverable) -> str:
    """The page of one deliverable."""
    return f"{project}/deliverables/{deliverable.id}"


def facts(records: DeliverablesRecords) -> Iterator[Fact]:
    """Deliverables that can be named, whom and what they name, and who owes what by when."""
    for project, deliverables in records.projects.items():
        for deliverable in deliverables:
            yield from _of_deliverable(project, deliverable)
            yield from _references(project, deliverable)


def _of_deliverable(project: str, deliverable: Deliverable) -> Iterator[Fact]:
    front, title, page = deliverable.front, deliverable.title, page_of(project, deliverable)
    yield Target(
        place=deliverable.place,
        project=project,
        space="deliverable",
        id=deliverable.id,
        title=title,
        page=page,
        file=deliverable.file,
    )
    for criterion in deliverable.criteria:
        if criterion.verified:
            yield Happened(
                place=criterion.at("verified"),
                project=project,
                day=criterion.verified,
                what="This criterion was verified",
            )
    if front.accepted:
        yield Happened(
            place=front.at("accepted"),
            project=project,
            day=front.accepted,
            what="This was accepted",
            instead="A day on which an answer is due stands behind  due:",
        )
        yield Change(
            place=front.at("accepted"), project=project, kind="accepted", day=front.accepted, title=title, page=page
        )
    if front.due:
        yield Dated(
            place=front.at("due"),
            project=project,
            kind="deliverable",
            title=title,
            start=front.due,
            end=front.due,
            page=page,
        )
    if front.status == ACCEPTED or (front.due is None and front.status != IN_REVIEW):
        return
    # What is in review is in the client's hands: they owe an answer. Anything else we owe.
    theirs = front.status == IN_REVIEW
    yield Commitment(
        place=deliverable.place,
        project=project,
        kind=CommitmentKind.ACCEPTANCE if theirs else CommitmentKind.DELIVERABLE,
        id=deliverable.id,
        text=title,
        side=Side.CLIENT if theirs else Side.US,
        page=page,
        anchor="status",
        owner=front.accepted_by if theirs else front.owner,
        due=front.due,
    )


def _references(project: str, deliverable: Deliverable) -> Iterator[Fact]:
    front = deliverable.front
    for n, objective in enumerate(front.serves):
        place = front.at("serves", n)
        yield Reference(
            place=place, project=project, spaces=("objective",), id=objective, what="the objective that this serves"
        )
        yield Serves(
            place=place,
            project=project,
            objective=objective,
            title=deliverable.title,
            page=page_of(project, deliverable),
        )
    if front.owner:
        yield _person(front.at("owner"), project, front.owner, "the owner of this deliverable")
    if front.accepted_by:
        yield _person(front.at("accepted_by"), project, front.accepted_by, "the one who accepts this")
    for criterion in deliverable.criteria:
        if criterion.by:
            yield _person(criterion.at("by"), project, criterion.by, "the one who verified this")


def _person(place: Place, project: str, person: str, what: str) -> Reference:
    return Reference(place=place, project=project, spaces=("person",), id=person, what=what)
