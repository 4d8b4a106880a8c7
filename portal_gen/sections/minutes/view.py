"""What the pages of minutes show: a list of meetings, a page for each, and registers of decisions and actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from portal_gen.contract import Derived, Side, Target, View
from portal_gen.language import Localized, Reader, Text
from portal_gen.sections.minutes.facts import anchor_of, page_of
from portal_gen.sections.minutes.items import Action, Decision, MinuteItem
from portal_gen.sections.minutes.model import Meeting, MinutesRecords, Prose, Texts
from portal_gen.sections.minutes.outline import plain
from portal_gen.sections.minutes.presence import listed
from portal_gen.source.body import Body

UNGROUPED = 8
NAMES = 6
LATE = "p-state--late"


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision. `language` is "" when its words are in the reader's language; `to` is its line in the minutes."""

    anchor: str
    to: str
    body: Body
    language: str
    by: tuple[Target, ...]
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action. `word` and `css` are its state's; `when` says how soon it is due, or how late it is."""

    anchor: str
    to: str
    body: Body
    language: str
    record: Action
    owner: Target | None
    side: Side
    word: str
    css: str
    when: str
    meeting: Meeting

    @property
    def overdue(self) -> bool:
        """True when it is open after its day."""
        return self.css == LATE


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """A way to another meeting's page."""

    title: Localized
    day: date
    page: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting's page. `language` is that of its texts, "" when it is the reader's; `note` says so in words."""

    meeting: Meeting
    note: str
    language: str
    present: tuple[Target, ...]
    guests: tuple[Body, ...]
    present_as_written: tuple[Body, ...]
    apologies: tuple[Target, ...]
    decisions: tuple[DecisionView, ...]
    actions: tuple[ActionView, ...]
    beside_decisions: tuple[Body, ...]
    beside_actions: tuple[Body, ...]
    prose: tuple[Prose, ...]
    next_page: str
    earlier: MeetingLink | None
    later: MeetingLink | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A meeting in the list: how much came of it, in words, and who was there (`more` further people)."""

    meeting: Meeting
    page: str
    counts: tuple[str, ...]
    who: tuple[Localized | Text, ...]
    more: int


@dataclass(frozen=True, slots=True)
class IndexView:
    """The list of meetings, newest first, in groups with a heading ("" when there are few)."""

    groups: tuple[tuple[str, tuple[RowView, ...]], ...]
    next_day: date | None
    registers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DecisionsView:
    """The register of decisions, newest first."""

    decisions: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True)
class ActionsView:
    """The register of actions: what is open by whose it is, soonest first; then what is closed, newest first."""

    summary: str
    overdue: str
    groups: tuple[tuple[str, str, tuple[ActionView, ...]], ...]
    closed: tuple[ActionView, ...]


def views(records: MinutesRecords, derived: Derived, reader: Reader) -> Iterable[View]:
    """For each project the list of its meetings, the registers that have entries, and a page for each meeting."""
    for project, meetings in records.projects.items():
        if meetings:
            yield from _project(project, meetings, derived, reader)


def _project(project: str, meetings: tuple[Meeting, ...], derived: Derived, reader: Reader) -> Iterator[View]:
    _ = reader.word
    pages = [_meeting(project, n, meetings, derived, reader) for n in range(len(meetings))]
    decisions = tuple(d for page in reversed(pages) for d in page.decisions)
    actions = tuple(a for page in pages for a in page.actions)
    registers = [(_("Actions"), f"{project}/actions")] if actions else []
    registers += [(_("Decisions"), f"{project}/decisions")] if decisions else []
    yield View(
        path=f"{project}/minutes",
        title=_("Minutes"),
        description=_("What we talked about and agreed on, meeting by meeting."),
        template="index.md.jinja",
        data=_index(pages, registers, project, derived, reader),
        group=project,
    )
    if actions:
        yield View(
            path=f"{project}/actions",
            title=_("Actions"),
            description=_("Who does what by when, from all meetings."),
            template="actions.md.jinja",
            data=_register(actions, reader),
            group=project,
        )
    if decisions:
        yield View(
            path=f"{project}/decisions",
            title=_("Decisions"),
            description=_("Everything that was decided, who decided it, and in which meeting."),
            template="decisions.md.jinja",
            data=DecisionsView(decisions),
            group=project,
        )
    titles = Counter(str(reader.text(m.title)) for m in meetings)
    for page in reversed(pages):
        title = str(reader.text(page.meeting.title))
        # In search results and lists of pages, meetings of one name could not be told apart.
        if titles[title] > 1:
            title = _("{title}, {day}").format(title=title, day=reader.day(page.meeting.day))
        yield View(
            path=page_of(project, page.meeting),
            title=title,
            description=_("Minutes of {day}: what was decided and who does what.").format(
                day=reader.day(page.meeting.day)
            ),
            template="meeting.md.jinja",
            data=page,
            group=project,
            in_nav=False,
            parent=f"{project}/minutes",
        )


def _meeting(project: str, index: int, meetings: tuple[Meeting, ...], derived: Derived, reader: Reader) -> MeetingView:
    meeting = meetings[index]
    texts, language = _texts(meeting, reader)
    following = next((m for m in meetings if m.day == meeting.front.next), None)
    return MeetingView(
        meeting=meeting,
        note=reader.untranslated(language),
        language=language,
        present=_people(project, (a.id for a in meeting.attendees), derived),
        guests=texts.guests or meeting.texts[""].guests,
        present_as_written=tuple(b for b in texts.present or meeting.texts[""].present if not b.empty),
        apologies=_people(project, meeting.front.apologies, derived),
        decisions=tuple(_decision(project, meeting, n, d, derived, reader) for n, d in enumerate(meeting.decisions, 1)),
        actions=tuple(_action(project, meeting, n, a, derived, reader) for n, a in enumerate(meeting.actions, 1)),
        beside_decisions=tuple(b for b in texts.beside_decisions if not b.empty),
        beside_actions=tuple(b for b in texts.beside_actions if not b.empty),
        # A heading under which the client may see nothing says nothing to them.
        prose=tuple(p for p in texts.prose if not p.body.slice(int(p.headed), len(p.body.lines)).empty),
        next_page=page_of(project, following) if following else "",
        earlier=_link(project, meetings[index - 1]) if index else None,
        later=_link(project, meetings[index + 1]) if index + 1 < len(meetings) else None,
    )


def _texts(meeting: Meeting, reader: Reader) -> tuple[Texts, str]:
    """The texts to show and, when they are not in the reader's language, the one they are in."""
    own = meeting.texts.get(reader.language)
    if own:
        return own, ""
    return meeting.texts[""], "" if reader.default == reader.language else reader.default


def _words(item: MinuteItem, reader: Reader) -> tuple[Body, str]:
    own = item.words.get(reader.language)
    if own and not own.empty:
        return own, ""
    return item.words[""], "" if reader.default == reader.language else reader.default


def _decision(
    project: str, meeting: Meeting, number: int, record: Decision, derived: Derived, reader: Reader
) -> DecisionView:
    anchor = anchor_of(record, number)
    body, language = _words(record, reader)
    return DecisionView(
        anchor, f"{page_of(project, meeting)}#{anchor}", body, language, _people(project, record.by, derived), meeting
    )


def _action(
    project: str, meeting: Meeting, number: int, record: Action, derived: Derived, reader: Reader
) -> ActionView:
    anchor = anchor_of(record, number)
    body, language = _words(record, reader)
    owner = derived.people.get(record.owner or "")
    word, css, when = _state(record, derived, reader)
    return ActionView(
        anchor=anchor,
        to=f"{page_of(project, meeting)}#{anchor}",
        body=body,
        language=language,
        record=record,
        owner=derived.targets.find(project, "person", record.owner) if record.owner else None,
        side=owner.side if owner else Side.US,
        word=word,
        css=css,
        when=when,
        meeting=meeting,
    )


def _state(record: Action, derived: Derived, reader: Reader) -> tuple[str, str, str]:
    """The state of an action: its word, the name of its badge, and how soon or late it is in words."""
    _ = reader.word
    if record.is_cancelled:
        return _("Cancelled"), "minutes-state--cancelled", ""
    if record.is_done:
        return _("Done"), "p-state--done", ""
    if record.due is None:
        return _("To do"), "minutes-state--open", ""
    days = derived.calendars.client.between(derived.as_of, record.due)
    if record.due < derived.as_of:
        late = reader.words("%(n)s working day overdue", "%(n)s working days overdue", -days) if days else _("overdue")
        return _("Overdue"), LATE, late
    if record.due == derived.as_of:
        return _("To do"), "minutes-state--open", _("today")
    return _("To do"), "minutes-state--open", reader.words("in %(n)s working day", "in %(n)s working days", days)


def _people(project: str, people: Iterable[str], derived: Derived) -> tuple[Target, ...]:
    return tuple(t for p in people if (t := derived.targets.find(project, "person", p)))


def _link(project: str, meeting: Meeting) -> MeetingLink:
    return MeetingLink(meeting.title, meeting.day, page_of(project, meeting))


def _index(
    pages: list[MeetingView], registers: list[tuple[str, str]], project: str, derived: Derived, reader: Reader
) -> IndexView:
    ahead = [p.meeting.front.next for p in pages if p.meeting.front.next and p.meeting.front.next >= derived.as_of]
    rows = [_row(page, project, reader) for page in reversed(pages)]
    heading = _heading(rows, reader)
    groups = tuple((title, tuple(group)) for title, group in groupby(rows, heading))
    return IndexView(groups, min(ahead, default=None), tuple(registers))


def _heading(rows: list[RowView], reader: Reader) -> Callable[[RowView], str]:
    """How to head a long list: by month when months have several meetings, else by year; a short one not at all."""
    months = {(r.meeting.day.year, r.meeting.day.month) for r in rows}
    if len(rows) <= UNGROUPED:
        return lambda _: ""
    if len(rows) >= 2 * len(months):
        return lambda row: reader.month(row.meeting.day)
    return lambda row: reader.word("{year}").format(year=row.meeting.day.year)


def _row(page: MeetingView, project: str, reader: Reader) -> RowView:
    counts = []
    if page.decisions:
        counts.append(reader.words("%(n)s decision", "%(n)s decisions", len(page.decisions)))
    if page.actions:
        counts.append(reader.words("%(n)s action", "%(n)s actions", len(page.actions)))
        still = sum(a.record.is_open for a in page.actions)
        counts += [reader.words("%(n)s still open", "%(n)s still open", still)] if still else []
    who: list[Localized | Text] = [t.title for t in page.present]
    names = [*(plain(guest.text) for guest in page.guests), *listed(page.present_as_written)]
    who += [Text(name, page.language or reader.language) for name in names]
    # One name more takes no more room than the words that would stand for it.
    shown = who if len(who) <= NAMES + 1 else who[:NAMES]
    return RowView(page.meeting, page_of(project, page.meeting), tuple(counts), tuple(shown), len(who) - len(shown))


def _register(actions: tuple[ActionView, ...], reader: Reader) -> ActionsView:
    _ = reader.word
    still = sorted((a for a in actions if a.record.is_open), key=lambda a: a.record.due or date.max)
    late = sum(a.overdue for a in still)
    titles = {Side.CLIENT: _("Yours to do"), Side.US: _("Ours to do"), Side.THIRD_PARTY: _("For others to do")}
    groups = [
        (side.name.casefold(), title, tuple(a for a in still if a.side is side)) for side, title in titles.items()
    ]
    closed = sorted(
        (a for a in actions if not a.record.is_open), key=lambda a: a.record.done or a.meeting.day, reverse=True
    )
    return ActionsView(
        summary=reader.words("%(n)s action is open.", "%(n)s actions are open.", len(still)) if still else "",
        overdue=reader.words("%(n)s of them is overdue.", "%(n)s of them are overdue.", late) if late else "",
        groups=tuple(g for g in groups if g[2]),
        closed=tuple(closed),
    )
