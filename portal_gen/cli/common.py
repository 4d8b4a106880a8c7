"""What the commands share: options, the day, and how a diagnostic is shown."""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from portal_gen.diagnostics import Diagnostic, Severity, render_text
from portal_gen.source.folders import client_ids

Function = TypeVar("Function", bound=Callable[..., Any])
CONTENT_ERRORS = 1
BUG = 3
GATE = 4
STOPPED = 128 + signal.SIGINT


class Day(click.ParamType[date]):
    """An ISO 8601 day on the command line."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return (
                date.fromisoformat(value)
                if len(value) == len("2026-03-05")
                else self.fail(self._why(value), param, ctx)
            )
        except ValueError:
            self.fail(self._why(value), param, ctx)

    @staticmethod
    def _why(value: str) -> str:
        return f"{value!r} is not a day; write for example 2026-03-05"


def today() -> date:
    """The day it is, in the zone of the machine: the only clock there is."""
    return datetime.now(UTC).astimezone().date()


def content_option(function: Function) -> Function:
    """--content DIR."""
    return click.option(
        "--content",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default="content",
        show_default=True,
        help="The folder that holds the clients.",
    )(function)


def as_of_option(function: Function) -> Function:
    """--as-of DATE."""
    return click.option(
        "--as-of",
        type=Day(),
        envvar="PORTAL_AS_OF",
        default=today,
        show_default="today",
        help="The day the portal speaks of.",
    )(function)


def strict_option(function: Function) -> Function:
    """--strict."""
    return click.option("--strict", is_flag=True, help="Treat warnings as errors.")(function)


def choose(content: Path, wanted: tuple[str, ...]) -> list[str]:
    """The clients to work on: those named, or all there are."""
    known = client_ids(content)
    unknown = [c for c in wanted if c not in known]
    if unknown:
        raise click.UsageError(
            f"There is no client {', '.join(map(repr, unknown))} in {content}. Known: {', '.join(known) or 'none'}."
        )
    if not known:
        raise click.UsageError(f"There is no client in {content} yet. Make one with: portal new client NAME")
    return [c for c in known if not wanted or c in wanted]


def show(diagnostics: Iterable[Diagnostic], content: Path, style: str = "text") -> None:
    """Print diagnostics, sorted, in one of the styles text, json or github."""
    found = list(diagnostics)
    if style == "json":
        click.echo(json.dumps([as_json(d, content) for d in found], ensure_ascii=False, indent=2))
    elif style == "github":
        for d in found:
            click.echo(as_annotation(d, content))
    else:
        lines = {name: read_lines(content / name) for name in sorted({d.place.file for d in found} | _related(found))}
        for d in found:
            head, *rest = render_text(d, lines).split("\n")
            colour = {Severity.ERROR: "red", Severity.WARNING: "yellow"}.get(d.severity)
            click.secho(f"{content}/{head}", fg=colour, bold=True, err=True)
            click.echo("\n".join([*rest, ""]), err=True)


def _related(found: list[Diagnostic]) -> set[str]:
    return {place.file for d in found for place, _ in d.related}


def read_lines(path: Path) -> list[str]:
    """The lines of a file for an excerpt; none when it is not plain text of a sensible size."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 2 << 20:
            return []
        return path.read_text("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except OSError:
        return []


def as_json(d: Diagnostic, content: Path) -> Mapping[str, Any]:
    """A diagnostic for other programs."""
    return {
        "file": f"{content}/{d.place.file}",
        "line": d.place.line,
        "column": d.place.column,
        "severity": d.severity.value,
        "code": d.code.value,
        "what": d.what,
        "why": d.why,
        "mend": d.mend,
        "related": [
            {"file": f"{content}/{p.file}", "line": p.line, "column": p.column, "words": w} for p, w in d.related
        ],
    }


def as_annotation(d: Diagnostic, content: Path) -> str:
    """A diagnostic as a workflow command of GitHub Actions, which shows it beside the line."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    where = f"file={content}/{d.place.file},line={max(d.place.line, 1)},col={max(d.place.column, 1)}"
    text = " ".join(p for p in (d.what, d.why, d.mend) if p)
    return f"::{d.severity} {where},title={d.code.value}::{escape(text)}"


def summary(found: Iterable[Diagnostic]) -> str:
    """How many errors, warnings and notices, in words; "" when none."""
    counts = Counter(d.severity for d in found)
    parts = [f"{n} {severity}{'s' if n != 1 else ''}" for severity in Severity if (n := counts[severity])]
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def interactive() -> bool:
    """True when a person watches: progress is shown on a terminal, not in a log."""
    return sys.stderr.isatty()
