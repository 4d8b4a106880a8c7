"""What is asked for, what became of it, and what is remembered beside the portals: site/.portal/<client>.json.

A record names what is published, so it is gone before a portal is exchanged and written after: a build that is killed
leaves no record of what is not there. One small file for each client, so sites made on several machines are merged
by copying their folders into one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from portal_gen.diagnostics import Code, Diagnostic, Place, Severity

STATE = ".portal"


class SchedulerError(Exception):
    """The scheduler cannot be used; the text says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is asked for. Paths are absolute: another process may stand elsewhere.

    With `strict`, warnings keep a portal back. With `fresh`, portals are built that need not be.
    """

    content: Path
    site: Path
    config: Path
    as_of: date
    strict: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one client.

    `messages` are what the host complained about. `fault` is why a build broke down that should not have: a bug, or a
    process that died. `skipped` is True when the portal that is there is the one that would have been built.
    """

    client: str
    published: bool
    diagnostics: tuple[Diagnostic, ...] = ()
    messages: tuple[str, ...] = ()
    fault: str = ""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A portal as it was published: from what, in how many seconds of CPU, and what was said about it."""

    fingerprint: str
    seconds: float = 0.0
    diagnostics: tuple[Diagnostic, ...] = ()
    messages: tuple[str, ...] = ()

    def outcome(self, client: str, *, strict: bool) -> Outcome:
        """What is said of a portal that is as it would be built: the same as when it was."""
        kept_back = strict and bool(self.diagnostics)
        return Outcome(client, not kept_back, self.diagnostics, self.messages, skipped=not kept_back)


@dataclass(frozen=True, slots=True)
class State:
    """The records of a site."""

    site: Path

    def _file(self, client: str) -> Path:
        return Path(f"{self.site}/{STATE}/{client}.json")

    def record(self, client: str) -> Record | None:
        """What is recorded of a client; None when nothing is, or nothing that can be read."""
        try:
            found: dict[str, Any] = json.loads(self._file(client).read_bytes())
            said = tuple(_diagnostic(d) for d in found["diagnostics"])
            return Record(str(found["fingerprint"]), float(found["seconds"]), said, tuple(found["messages"]))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def current(self, client: str, fingerprint: str | None) -> Record | None:
        """The record of a client whose portal is there and is made from these inputs."""
        if fingerprint is None or not Path(f"{self.site}/{client}/index.html").is_file():
            return None
        found = self.record(client)
        return found if found and found.fingerprint == fingerprint else None

    def forget(self, client: str) -> None:
        """Remove a record: what is published is about to change."""
        self._file(client).unlink(missing_ok=True)

    def write(self, client: str, record: Record) -> None:
        """Record what is published, whole or not at all."""
        new = self._file(client).with_suffix(".new")
        value = {
            "fingerprint": record.fingerprint,
            "seconds": round(record.seconds, 3),
            "diagnostics": [_plain(d) for d in record.diagnostics],
            "messages": record.messages,
        }
        new.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
        new.replace(self._file(client))


def _plain(d: Diagnostic) -> dict[str, Any]:
    return {
        "place": _place(d.place),
        "code": d.code.value,
        "what": d.what,
        "why": d.why,
        "mend": d.mend,
        "severity": d.severity.value,
        "related": [[_place(place), words] for place, words in d.related],
    }


def _diagnostic(value: dict[str, Any]) -> Diagnostic:
    return Diagnostic(
        Place(*value["place"]),
        Code(value["code"]),
        value["what"],
        value["why"],
        value["mend"],
        Severity(value["severity"]),
        tuple((Place(*place), words) for place, words in value["related"]),
    )


def _place(place: Place) -> list[str | int]:
    return [place.file, place.line, place.column]
