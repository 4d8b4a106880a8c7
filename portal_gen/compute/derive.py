"""All facts and a day, to all that follows from them. Broken references and circles are reported where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from portal_gen.compute.schedule import compute_schedule, find_cycle
from portal_gen.compute.status import project_state, update_due, working_days_late
from portal_gen.contract import (
    Activity,
    Cadence,
    Calendars,
    Change,
    Commitment,
    CommitmentKind,
    Dated,
    DependsOn,
    Derived,
    Fact,
    Happened,
    Headline,
    Person,
    PlanStart,
    Project,
    Reference,
    Schedule,
    Serves,
    Target,
    Targets,
    Term,
)
from portal_gen.diagnostics import Code, Report, did_you_mean
from portal_gen.source.fields import LAST_YEAR

Kind = TypeVar("Kind", bound=Fact)
Key = tuple[str | None, str, str]


def derive(
    facts: Sequence[Fact],
    calendars: Calendars,
    as_of: date,
    report: Report,
    *,
    hidden: Collection[Key] = (),
    written_ids: Collection[str] = (),
) -> Derived:
    """Everything that sections may show.

    `hidden` are keys of targets that exist, but not for this client. `written_ids` are ids that stand somewhere in
    files with mistakes: a reference to one of them is not reported again.
    """

    def of(kind: type[Kind]) -> list[Kind]:
        return [f for f in facts if isinstance(f, kind)]

    targets = index_targets(of(Target), report)
    people = {p.id: p for p in of(Person)}
    excused = written_ids if report.failed else ()
    _check_references(of(Reference), targets, set(hidden), excused, people.values(), report)
    commitments = sorted(
        (_with_side(c, people) for c in of(Commitment)),
        key=lambda c: (c.done, c.due or date.max, c.project or "", c.place),
    )
    changes = sorted(
        (c for c in of(Change) if c.day <= as_of), key=lambda c: (-c.day.toordinal(), c.project or "", c.kind, c.place)
    )
    projects = tuple(of(Project))
    schedules = _schedules(of(Activity), of(DependsOn), of(PlanStart), commitments, calendars, as_of, report)
    _compare_forecasts(schedules, calendars, report)
    _refuse_tomorrow(of(Happened), as_of, report)
    names = [p.project for p in projects if p.project]
    return Derived(
        as_of=as_of,
        calendars=calendars,
        projects=projects,
        people=people,
        targets=targets,
        schedules=schedules,
        states={
            name: project_state(
                schedules.get(name), [c for c in commitments if c.project == name], calendars.both, as_of
            )
            for name in names
        },
        updates={
            name: update_due(
                [c for c in changes if c.project in (name, None)], [c for c in of(Cadence) if c.project == name]
            )
            for name in names
        },
        commitments=tuple(commitments),
        changes=tuple(changes),
        dated=tuple(sorted(of(Dated), key=lambda d: (d.start, d.end, d.place))),
        headlines=tuple(sorted(of(Headline), key=lambda h: (h.order, h.label))),
        cadences=tuple(of(Cadence)),
        terms=tuple(of(Term)),
        serves=tuple(of(Serves)),
    )


def index_targets(found: Iterable[Target], report: Report) -> Targets:
    """All targets by key; two with one key are reported at the second, with the first beside it."""
    by_key: dict[Key, Target] = {}
    for target in found:
        key = (target.project, target.space, target.id)
        if key in by_key:
            report.error(
                target.place,
                Code.DUPLICATE_ID,
                f"The id '{target.id}' is used twice.",
                why="Nobody could tell which of the two a link means.",
                mend="Give one of them another id.",
                related=((by_key[key].place, "the first stands here"),),
            )
        else:
            by_key[key] = target
    return Targets(by_key)


def _check_references(
    references: Iterable[Reference],
    targets: Targets,
    hidden: set[Key],
    excused: Collection[str],
    people: Collection[Person],
    report: Report,
) -> None:
    for ref in references:
        if any(targets.find(ref.project, space, ref.id) for space in ref.spaces):
            continue
        if any((project, space, ref.id) in hidden for space in ref.spaces for project in (ref.project, None)):
            report.error(
                ref.place,
                Code.UNKNOWN_ID,
                f"{ref.what[:1].upper()}{ref.what[1:]} is internal, so the client cannot see it.",
                mend="Make both internal, or take this reference out.",
            )
        elif ref.id not in excused:
            known = [
                i for (project, space, i) in targets.by_key if space in ref.spaces and project in (ref.project, None)
            ]
            report.error(
                ref.place,
                Code.UNKNOWN_ID,
                f"There is no '{ref.id}' to be {ref.what}.",
                mend=(_by_name(ref.id, people) if "person" in ref.spaces else "")
                or did_you_mean(ref.id, known)
                or "Check the id, or write the record it names.",
            )


def _by_name(name: str, people: Iterable[Person]) -> str:
    """A sentence that gives the id of the one person who is called so, or whose name has this word."""
    wanted = set(name.casefold().split())
    names = {p.id: [t for n in (p.name, p.called) if n for t in n.texts.values()] for p in people}
    found = [i for i, texts in names.items() if any(wanted <= {*t.casefold().split(), t.casefold()} for t in texts)]
    return f"{names[found[0]][0]} has the id {found[0]}: write @{found[0]}" if len(found) == 1 else ""


def _refuse_tomorrow(happened: Iterable[Happened], as_of: date, report: Report) -> None:
    """Nobody can have done something on a day that has not come yet."""
    for fact in happened:
        # Where the project is it may be tomorrow already, while the machine that builds is still in yesterday.
        if fact.day > as_of + timedelta(days=1):
            report.error(
                fact.place,
                Code.DATE_ORDER,
                f"{fact.what} on {fact.day}, it says here, and that day has not come yet: this is a portal of {as_of}.",
                why="The client would be told that it is done.",
                mend=f"Check the year and the day. {fact.instead}".rstrip(),
            )


def _with_side(commitment: Commitment, people: Mapping[str, Person]) -> Commitment:
    """The side of a commitment is its owner's, where the owner is known."""
    owner = people.get(commitment.owner or "")
    if owner is None or owner.side is commitment.side:
        return commitment
    return replace(commitment, side=owner.side)


def _schedules(
    activities: Iterable[Activity],
    links: Iterable[DependsOn],
    starts: Iterable[PlanStart],
    commitments: Iterable[Commitment],
    calendars: Calendars,
    as_of: date,
    report: Report,
) -> dict[str, Schedule]:
    """The schedule of every project that has activities and no circle among them."""
    by_project: dict[str, list[Activity]] = defaultdict(list)
    for activity in activities:
        by_project[activity.project or ""].append(activity)
    first_day = {s.project or "": s.day for s in starts}
    schedules = {}
    for project, network in by_project.items():
        ids = {a.id for a in network}
        arrows = [k for k in links if (k.project or "") == project and {k.successor, k.predecessor} <= ids]
        cycle = find_cycle([a.id for a in network], arrows)
        if cycle:
            _report_cycle(cycle, network, arrows, report)
            continue
        waits: dict[str, date] = {}
        for c in commitments:
            if c.project == project and c.kind is CommitmentKind.NEED and not c.done and c.due:
                for blocked in c.blocks:
                    waits[blocked] = max(c.due, waits.get(blocked, c.due))
        start = first_day.get(project) or min(
            (
                d
                for a in network
                for d in (a.started, a.finished, a.not_before, a.baseline, a.promised, a.forecast)
                if d
            ),
            default=as_of,
        )
        try:
            schedules[project] = compute_schedule(network, arrows, calendars.both, start, as_of, waits)
        except ValueError as error:
            report.error(network[0].place, Code.BAD_DATE, f"The plan cannot be scheduled: {error}")
            continue
        last = max(schedules[project].items.values(), key=lambda s: s.finish)
        if last.finish.year > LAST_YEAR:
            del schedules[project]
            report.error(
                last.activity.place,
                Code.ODD_DATE,
                f"By the plan this is finished in the year {last.finish.year}.",
                mend="Check the durations and the lags of what it waits for.",
            )
    return schedules


def _report_cycle(cycle: list[str], network: list[Activity], arrows: list[DependsOn], report: Report) -> None:
    place_of = {a.id: a.place for a in network}
    arrow = next(
        (k for k in arrows if k.successor in cycle and k.predecessor in cycle),
        None,
    )
    circle = " → ".join([*cycle, cycle[0]])
    report.error(
        arrow.place if arrow else place_of[cycle[0]],
        Code.CYCLE,
        "This waits for itself." if len(cycle) == 1 else f"These wait for each other in a circle: {circle}",
        why="None of them could ever begin.",
        mend="Take one of the ids out of an 'after'.",
        related=tuple((place_of[i], f"'{i}' stands here") for i in cycle),
    )


def _compare_forecasts(schedules: Mapping[str, Schedule], calendars: Calendars, report: Report) -> None:
    """A forecast that the plan itself contradicts is said aloud before the client finds out."""
    for schedule in schedules.values():
        for item in schedule.milestones:
            if item.is_past_stated and item.stated:
                days = working_days_late(item.stated, item.finish, calendars.both)
                report.warning(
                    item.activity.place,
                    Code.FORECAST,
                    f"'{item.activity.title}' is stated for {item.stated}, but the plan gives {item.finish}, "
                    f"{days} working day{'s' if days != 1 else ''} later.",
                    why="The portal tells the client the later of the two.",
                    mend="Change the forecast and say why, or shorten the work before it.",
                )
