"""What is written about scope: `objectives` and `scope` in each project.yml."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from portal_gen.diagnostics import Code, Report
from portal_gen.source.fields import Day, Id, LocalText, Number, Ref
from portal_gen.source.record import Record
from portal_gen.source.tree import Source


class ObjectiveRecord(Record):
    """What the client wants to reach, and how both sides can tell: a measure that goes from a value to another."""

    noun: ClassVar[str] = "objective"
    id: Id
    statement: LocalText
    measure: LocalText | None = None
    start: Number | None = Field(default=None, alias="from")
    goal: Number | None = Field(default=None, alias="to")
    by: Day | None = None
    owner: Ref | None = None


class ScopeItem(Record):
    """One thing that was agreed. `agreed` names the minutes, `by` who agreed."""

    noun: ClassVar[str] = "scope item"
    id: Id
    text: LocalText
    because: LocalText | None = None
    serves: tuple[Ref, ...] = ()
    agreed: Ref | None = None
    by: tuple[Ref, ...] = ()
    until: Day | None = None


class ScopeRecord(Record):
    """What is in, what is not, what comes later, and what both sides take for granted."""

    noun: ClassVar[str] = "scope"
    included: tuple[ScopeItem, ...] = Field(default=(), alias="in")
    out: tuple[ScopeItem, ...] = ()
    deferred: tuple[ScopeItem, ...] = ()
    assumptions: tuple[ScopeItem, ...] = ()


class ScopeKeys(Record):
    """Our keys of a project.yml."""

    objectives: tuple[ObjectiveRecord, ...] = ()
    scope: ScopeRecord | None = None


class ScopeRecords(Record):
    """The section's records, by project."""

    projects: dict[str, ScopeKeys]


def load(source: Source, report: Report) -> ScopeRecords | None:
    """Read the scope of every project. None when nothing is written about it."""
    projects = {}
    node = None
    for name, folder in source.projects.items():
        keys = folder.keys("project.yml", ScopeKeys)
        if keys and (keys.objectives or keys.scope):
            projects[name] = keys
            node = keys.node
            _check(keys, report)
    return ScopeRecords.model_construct(projects=projects, node=node, visibility="client") if node else None


def _check(keys: ScopeKeys, report: Report) -> None:
    for objective in keys.objectives:
        absent = [k for k in ("measure", "from", "to") if k not in objective.node.entries]
        if 0 < len(absent) < 3:  # noqa: PLR2004 - all three or none
            report.error(
                objective.place,
                Code.MISSING_KEY,
                f"This objective has a measure that nobody can check: {' and '.join(absent)} missing.",
                why="'measure', 'from' and 'to' say together when the objective is reached.",
                mend=f"Add  {absent[0]}: …  or take the others out.",
            )
    for item in keys.scope.out if keys.scope else ():
        if item.because is None:
            report.warning(
                item.place,
                Code.MISSING_REASON,
                "This is out of scope, but the client cannot see why.",
                mend='Add  because: "…"',
            )
