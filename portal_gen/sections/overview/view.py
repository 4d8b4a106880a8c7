"""What the overview shows: the client's page, and one for each project when there are several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal_gen.contract import (
    Change,
    Commitment,
    CommitmentKind,
    Derived,
    Fact,
    Headline,
    Project,
    ProjectState,
    Scheduled,
    Side,
    State,
    UpdateDue,
    View,
)
from portal_gen.language import Localized, Reader
from portal_gen.sections.overview.model import OverviewRecords

LATELY = 6
ASKS = 8


@dataclass(frozen=True, slots=True)
class AskView:
    """Something the client owes. `lead` says what to do with it, `when` how soon, `overdue` whether it is late.

    `project` is the project's title where several are listed together, else "".
    """

    lead: str
    commitment: Commitment
    owner: str
    project: Localized | str
    when: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class LatelyView:
    """Something that happened: what kind, what, when, and where to read it."""

    change: Change
    label: str


@dataclass(frozen=True, slots=True)
class ProjectView:
    """One project in five seconds. `word` and `css` are the state's; `rule` is the sentence that explains it.

    `late_asks` says how many of the asks are overdue; it is "" when none is.
    """

    project: Project
    page: str
    state: ProjectState
    word: str
    css: str
    rule: str
    next_milestone: Scheduled | None
    next_when: str
    next_page: str
    asks: tuple[AskView, ...]
    late_asks: str
    lately: tuple[LatelyView, ...]
    update: UpdateDue | None
    overdue: bool
    headlines: tuple[Headline, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The page: one project in full, or a card for each and the asks of all.

    `shown` is how many asks stand open on the page; the others unfold.
    """

    projects: tuple[ProjectView, ...]
    rules: tuple[tuple[str, str, str], ...]
    asks: tuple[AskView, ...] = ()
    shown: int = ASKS


def facts(records: OverviewRecords) -> Iterable[Fact]:
    """It tells nobody anything."""
    del records
    return ()


def views(records: OverviewRecords, derived: Derived, reader: Reader) -> Iterable[View]:
    """The client's first page; with several projects, a page for each as well."""
    del records
    _ = reader.word
    several = len(derived.projects) > 1
    projects = tuple(_project(p, derived, reader, several=several) for p in derived.projects)
    description = _("Where the project stands, what comes next, and what we need from you.")
    yield View(
        path="index",
        title=_("Overview"),
        description=description,
        template="projects.md.jinja" if several else "page.md.jinja",
        data=OverviewView(projects, rules(reader), _all_asks(derived, reader) if several else ()),
    )
    for project in projects if several else ():
        yield View(
            path=project.page,
            title=_("Overview"),
            description=description,
            template="page.md.jinja",
            data=OverviewView((project,), rules(reader)),
            group=project.project.project,
        )


def _project(project: Project, derived: Derived, reader: Reader, *, several: bool) -> ProjectView:
    name = project.project or ""
    state = derived.states[name]
    word, css = state_word(state.state, reader)
    asks = tuple(_ask(c, derived, reader) for c in _open_asks(derived) if c.project in (name, None))
    late = sum(a.overdue for a in asks)
    schedule = derived.schedules.get(name)
    tasks = [s for s in schedule.items.values() if not s.activity.is_milestone] if schedule else []
    milestone = state.next_milestone
    update = derived.updates.get(name)
    return ProjectView(
        project=project,
        page=f"{name}/index" if several else "index",
        state=state,
        word=word,
        css=css,
        rule=rule_sentence(state, derived.as_of, reader),
        next_milestone=milestone,
        next_when=how_soon(state.days_to_next, reader) if state.days_to_next is not None else "",
        next_page=f"{milestone.activity.page}#{milestone.activity.anchor}" if milestone else "",
        asks=asks,
        late_asks=reader.words("%(n)s overdue", "%(n)s overdue", late) if late else "",
        lately=tuple(LatelyView(c, change_label(c.kind, reader)) for c in derived.changes if c.project in (name, None))[
            :LATELY
        ],
        update=update if update and update.last else None,
        overdue=bool(update and update.next_due and update.next_due < derived.as_of),
        headlines=tuple(h for h in derived.headlines if h.project == name),
        done=sum(1 for s in tasks if s.activity.finished),
        total=len(tasks),
    )


def _open_asks(derived: Derived) -> Iterable[Commitment]:
    """What the client owes, the most urgent first, what has no day last."""
    return (c for c in derived.commitments if c.side is Side.CLIENT and not c.done)


def _all_asks(derived: Derived, reader: Reader) -> tuple[AskView, ...]:
    """What the client owes in all projects together."""
    titles = {p.project: p.title for p in derived.projects}
    return tuple(_ask(c, derived, reader, titles.get(c.project, "")) for c in _open_asks(derived))


def _ask(commitment: Commitment, derived: Derived, reader: Reader, project: Localized | str = "") -> AskView:
    owner = derived.people.get(commitment.owner or "")
    days = derived.calendars.client.between(derived.as_of, commitment.due) if commitment.due else None
    overdue = bool(commitment.due and commitment.due < derived.as_of)
    when = "" if days is None else how_late(-days, reader) if overdue else how_soon(days, reader)
    lead = reader.word("Please check and accept") if commitment.kind is CommitmentKind.ACCEPTANCE else ""
    return AskView(lead, commitment, str(reader.text(owner.name)) if owner else "", project, when, overdue)


def how_soon(days: int, reader: Reader) -> str:
    """How far off a day is, in words."""
    if days < 0:
        return how_late(-days, reader)
    if days == 0:
        return reader.word("today")
    return reader.words("in %(n)s working day", "in %(n)s working days", days)


def how_late(days: int, reader: Reader) -> str:
    """How long ago a day was, in words."""
    if days == 0:
        return reader.word("overdue")
    return reader.words("%(n)s working day overdue", "%(n)s working days overdue", days)


def state_word(state: State, reader: Reader) -> tuple[str, str]:
    """The word for a state, and the name of its badge."""
    _ = reader.word
    words = {
        State.DONE: (_("Done"), "done"),
        State.ON_TRACK: (_("On track"), "on-track"),
        State.AT_RISK: (_("At risk"), "at-risk"),
        State.LATE: (_("Late"), "late"),
        State.UNKNOWN: (_("No plan yet"), "unknown"),
    }
    return words[state]


def rule_sentence(state: ProjectState, as_of: date, reader: Reader) -> str:
    """The sentence that says which rule gave the state, and what fired it."""
    _ = reader.word
    found = state.evidence
    days = reader.working_days(abs(state.days))
    if isinstance(found, Scheduled):
        title = str(reader.text(found.activity.title))
        promised = found.activity.promised
        expected = reader.day(found.expected)
        if state.rule == "promise-passed":
            text = _("“{title}” was promised for {promised} and is not reached: {days} late.")
            return text.format(title=title, promised=reader.day(promised or as_of), days=days)
        if state.rule in ("forecast-late", "forecast-slips"):
            text = _("“{title}” is expected on {expected}, {days} after the promised day.")
            if found.is_past_stated:
                text = _("As the plan stands, “{title}” comes on {expected}, {days} after the promised day.")
            return text.format(title=title, expected=expected, days=days)
    if isinstance(found, Commitment):
        values = {"text": str(reader.text(found.text)), "due": reader.day(found.due or as_of)}
        if state.rule == "input-overdue":
            return _("Work waits for “{text}”, which was due on {due}.").format(**values)
        if state.rule == "ours-overdue":
            return _("We owe you “{text}”, which was due on {due}.").format(**values)
    sentences = {
        "no-plan": _("There is no plan yet that the state could be computed from."),
        "all-done": _("Everything in the plan is done."),
        "in-time": _("Every milestone ahead is expected on or before its promised day."),
    }
    return sentences[state.rule]


def rules(reader: Reader) -> tuple[tuple[str, str, str], ...]:
    """The rules in the order they are tried: word, badge, and what must be true."""
    _ = reader.word
    late, risk, good = (state_word(s, reader) for s in (State.LATE, State.AT_RISK, State.ON_TRACK))
    return (
        (*late, _("A milestone's promised day has passed, or it is expected more than 5 working days after it.")),
        (
            *risk,
            _(
                "A milestone is expected up to 5 working days late; something that work waits for is overdue; "
                "or we owe you something that is overdue."
            ),
        ),
        (*good, _("None of these holds.")),
    )


def change_label(kind: str, reader: Reader) -> str:
    """What kind of news it is; "" for a kind we have no word for."""
    _ = reader.word
    labels = {
        "minutes": _("Minutes"),
        "accepted": _("Accepted"),
        "reached": _("Milestone reached"),
        "received": _("Received from you"),
        "moved": _("Date moved"),
    }
    return labels.get(kind, "")
