"""The overview reads no file of its own; it is there for every client."""

from __future__ import annotations

from portal_gen.diagnostics import Place, Report
from portal_gen.source.record import Record
from portal_gen.source.tree import Source
from portal_gen.source.yaml_file import Mapping


class OverviewRecords(Record):
    """Nothing: the facts of the other sections are enough."""


def load(source: Source, report: Report) -> OverviewRecords:
    """Always present."""
    del report
    return OverviewRecords(__node__=Mapping(Place(f"{source.client_id}/client.yml", 1, 1), {}))
