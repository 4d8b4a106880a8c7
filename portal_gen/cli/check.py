"""`portal check`: compile, say everything that is wrong, write nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from portal_gen.cli.common import CONTENT_ERRORS, as_of_option, choose, content_option, show, strict_option, summary
from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Diagnostic, Report, Severity


@click.command()
@click.argument("clients", nargs=-1, metavar="[CLIENT]...")
@content_option
@as_of_option
@strict_option
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
def check(clients: tuple[str, ...], content: Path, as_of: date, *, strict: bool, style: str) -> None:
    """Check clients (all, when none is named) and print every mistake with its place."""
    chosen = choose(content, clients)
    found: dict[Diagnostic, None] = {}
    for client in chosen:
        report = Report()
        compile_portal(content, client, as_of, report)
        found.update(dict.fromkeys([*report.diagnostics, *report.notices]))
    ordered = sorted(found, key=Diagnostic.sort_key)
    show(ordered, content, style)
    if style == "text":
        count = f"{len(chosen)} client{'s' if len(chosen) != 1 else ''} checked"
        click.echo(f"{count}: {summary(ordered) or 'all in order'}.", err=True)
    if any(d.severity is Severity.ERROR or (strict and d.severity is Severity.WARNING) for d in ordered):
        raise SystemExit(CONTENT_ERRORS)
