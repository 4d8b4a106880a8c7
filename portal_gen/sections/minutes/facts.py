"""What the minutes tell the other sections, and the addresses of their pages."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.contract import Change, Commitment, CommitmentKind, Dated, Fact, Happened, Reference, Side, Target
from portal_gen.diagnostics import Place
from portal_gen.language import Localized
from portal_gen.sections.minutes.items import MinuteItem
from portal_gen.sections.minutes.model import Meeting, MinutesRecords
from portal_gen.sections.minutes.outline import first_paragraph


def page_of(project: str, meeting: Meeting) -> str:
    """The page of one meeting."""
    return f"{project}/minutes/{meeting.id}"


def anchor_of(item: MinuteItem, number: int) -> str:
    """The id of a decision or an action on its meeting's page; `number` counts from 1 what the client sees."""
    return f"{item.noun}-{number}"


def facts(records: MinutesRecords) -> Iterator[Fact]:
    """Meetings that can be named, what they changed, who is named in them, and who owes what by when."""
    for project, meetings in records.projects.items():
        for meeting in meetings:
            yield from _of_meeting(project, meeting)
            yield from _of_items(project, meeting)


def _of_meeting(project: str, meeting: Meeting) -> Iterator[Fact]:
    page = page_of(project, meeting)
    front = meeting.front
    yield Target(
        place=meeting.place,
        project=project,
        space="minutes",
        id=meeting.id,
        title=meeting.title,
        page=page,
        file=meeting.file,
    )
    yield Change(place=meeting.place, project=project, kind="minutes", day=meeting.day, title=meeting.title, page=page)
    yield Happened(
        place=front.at("date"),
        project=project,
        day=meeting.day,
        what="This meeting was held",
        instead="A meeting that lies ahead is announced in the minutes before it, behind  next:",
    )
    if front.next:
        yield Dated(
            place=front.at("next"),
            project=project,
            kind="meeting",
            title=meeting.title,
            start=front.next,
            end=front.next,
            page=page,
        )
    for attendee in meeting.attendees:
        yield _person(attendee.place, project, attendee.id, "someone who was at the meeting")
    for n, person in enumerate(front.apologies):
        yield _person(front.at("apologies", n), project, person, "someone who could not come")


def _of_items(project: str, meeting: Meeting) -> Iterator[Fact]:
    page = page_of(project, meeting)
    for decision in meeting.decisions:
        for person in decision.by:
            yield _person(decision.at("by"), project, person, "the one who decided this")
    for n, action in enumerate(meeting.actions, 1):
        if action.done:
            yield Happened(
                place=action.at("done"),
                project=project,
                day=action.done,
                what="This action was done",
                instead="A day by which it is to be done stands in  [due:: …]",
            )
        if action.owner:
            yield _person(action.at("owner"), project, action.owner, "the owner of this action")
        if not action.is_cancelled:
            yield Commitment(
                place=action.place,
                project=project,
                kind=CommitmentKind.ACTION,
                id=f"{meeting.id}-{anchor_of(action, n)}",
                text=_text(action),
                side=Side.US,  # until derive() knows the owner's
                page=page,
                anchor=anchor_of(action, n),
                owner=action.owner,
                due=action.due,
                done=action.is_done,
                done_on=action.done,
            )


def _text(item: MinuteItem) -> Localized:
    texts = {tag: first_paragraph(body) for tag, body in item.words.items()}
    return Localized({tag: text for tag, text in texts.items() if text or not tag})


def _person(place: Place, project: str, person: str, what: str) -> Reference:
    return Reference(place=place, project=project, spaces=("person",), id=person, what=what)
