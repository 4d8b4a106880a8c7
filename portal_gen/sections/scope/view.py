"""What the page of scope shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal_gen.contract import Derived, Fact, Reference, Target, View
from portal_gen.language import Localized, Reader
from portal_gen.sections.scope.model import ObjectiveRecord, ScopeItem, ScopeKeys, ScopeRecords

MINUTES = "minutes/"


@dataclass(frozen=True, slots=True)
class Served:
    """A link to what serves an objective, or to the objective that something serves."""

    title: Localized
    to: str


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """One objective, with its values in words and what serves it."""

    record: ObjectiveRecord
    start: str
    goal: str
    owner: Target | None
    served_by: tuple[Served, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One scope item: what it serves, where and by whom it was agreed."""

    record: ScopeItem
    serves: tuple[Served, ...]
    agreed: Target | None
    by: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Items of one kind under a heading, with one sentence that says what the kind means."""

    id: str
    title: str
    lead: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class ScopeView:
    """The page of one project."""

    objectives: tuple[ObjectiveView, ...]
    groups: tuple[GroupView, ...]


def facts(records: ScopeRecords) -> Iterator[Fact]:
    """What can be named, and whatever the items name."""
    for project, keys in records.projects.items():
        page = f"{project}/scope"
        for objective in keys.objectives:
            yield Target(
                place=objective.at("id"),
                project=project,
                space="objective",
                id=objective.id,
                title=objective.statement,
                page=page,
                anchor=f"objective-{objective.id}",
            )
            if objective.owner:
                yield _person(objective.at("owner"), project, objective.owner, "the owner of this objective")
        for item in _items(keys):
            yield Target(
                place=item.at("id"),
                project=project,
                space="scope",
                id=item.id,
                title=item.text,
                page=page,
                anchor=f"scope-{item.id}",
            )
            for n, objective_id in enumerate(item.serves):
                yield Reference(
                    place=item.at("serves", n),
                    project=project,
                    spaces=("objective",),
                    id=objective_id,
                    what="the objective that this serves",
                )
            for n, person in enumerate(item.by):
                yield _person(item.at("by", n), project, person, "the one who agreed")
            if item.agreed:
                yield Reference(
                    place=item.at("agreed"),
                    project=project,
                    spaces=("minutes",),
                    id=item.agreed.removeprefix(MINUTES),
                    what="the minutes where this was agreed",
                )


def _person(place: object, project: str, person: str, what: str) -> Reference:
    return Reference(place=place, project=project, spaces=("person",), id=person, what=what)  # type: ignore[arg-type]


def _items(keys: ScopeKeys) -> Iterator[ScopeItem]:
    if keys.scope:
        yield from (*keys.scope.included, *keys.scope.out, *keys.scope.deferred, *keys.scope.assumptions)


def views(records: ScopeRecords, derived: Derived, reader: Reader) -> Iterable[View]:
    """One page for each project that has a scope."""
    _ = reader.word
    for project, keys in records.projects.items():
        scope = keys.scope
        groups = (
            GroupView(
                "in",
                _("Included"),
                _("This is what you get."),
                _views(project, scope.included if scope else (), derived),
            ),
            GroupView(
                "out",
                _("Not included"),
                _("We agreed that this is not part of the project."),
                _views(project, scope.out if scope else (), derived),
            ),
            GroupView(
                "deferred",
                _("Later"),
                _("Put off, not forgotten."),
                _views(project, scope.deferred if scope else (), derived),
            ),
            GroupView(
                "assumptions",
                _("What we take for granted"),
                _("If one of these turns out to be wrong, tell us: the plan may change."),
                _views(project, scope.assumptions if scope else (), derived),
            ),
        )
        shown = tuple(g for g in groups if g.items)
        if not (keys.objectives or shown):
            continue  # all of it is internal
        yield View(
            path=f"{project}/scope",
            title=_("Scope"),
            description=_("What was agreed: the objectives, what is included and what is not."),
            template="page.md.jinja",
            data=ScopeView(
                tuple(_objective(project, o, keys, derived, reader) for o in keys.objectives),
                shown,
            ),
            group=project,
        )


def _objective(
    project: str, record: ObjectiveRecord, keys: ScopeKeys, derived: Derived, reader: Reader
) -> ObjectiveView:
    served = [Served(i.text, f"{project}/scope#scope-{i.id}") for i in _items(keys) if record.id in i.serves]
    served += [
        Served(s.title, f"{s.page}#{s.anchor}" if s.anchor else s.page)
        for s in derived.serves
        if s.project == project and s.objective == record.id
    ]
    return ObjectiveView(
        record,
        reader.number(record.start) if record.start is not None else "",
        reader.number(record.goal) if record.goal is not None else "",
        derived.targets.find(project, "person", record.owner) if record.owner else None,
        tuple(served),
    )


def _views(project: str, items: Iterable[ScopeItem], derived: Derived) -> tuple[ItemView, ...]:
    find = derived.targets.find
    return tuple(
        ItemView(
            item,
            tuple(Served(t.title, f"{t.page}#{t.anchor}") for s in item.serves if (t := find(project, "objective", s))),
            find(project, "minutes", item.agreed.removeprefix(MINUTES)) if item.agreed else None,
            tuple(t for p in item.by if (t := find(project, "person", p))),
        )
        for item in items
    )
