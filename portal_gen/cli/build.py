"""`portal build`: render clients, each aside, each swapped in whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from portal_gen.cli.common import (
    CONTENT_ERRORS,
    GATE,
    as_of_option,
    choose,
    content_option,
    interactive,
    show,
    strict_option,
    summary,
)
from portal_gen.publish.many import publish_all
from portal_gen.publish.one import Outcome, UnsafeSiteError


@click.command()
@click.argument("clients", nargs=-1, metavar="[CLIENT]...")
@content_option
@as_of_option
@strict_option
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default="mkdocs.yml",
    show_default=True,
    help="The MkDocs configuration that all portals share.",
)
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    default="site",
    show_default=True,
    help="Where the portals go: one folder for each client.",
)
def build(clients: tuple[str, ...], content: Path, as_of: date, *, strict: bool, config: Path, site: Path) -> None:
    """Build the portals of clients (all, when none is named).

    A client with errors keeps the portal it has; the others are built. Exit code 1 when any client has errors.
    """
    if not config.is_file():
        raise click.UsageError(
            f"There is no {config} here. Run this in the folder that holds it, name it with --config, "
            "or make a first client with: portal new client NAME"
        )
    chosen = choose(content, clients)
    outcomes: list[Outcome] = []
    try:
        for outcome in publish_all(chosen, content, site, config, as_of, strict=strict):
            outcomes.append(outcome)
            report(outcome, content, site, f"{len(outcomes)}/{len(chosen)}")
    except UnsafeSiteError as error:
        raise click.UsageError(str(error)) from error
    failed = [o for o in outcomes if not o.published]
    if failed:
        click.echo(f"{len(failed)} of {len(outcomes)} not published: {', '.join(o.client for o in failed)}.", err=True)
        content_failed = any(o.diagnostics for o in failed if not o.messages)
        raise SystemExit(CONTENT_ERRORS if content_failed else GATE)


def report(outcome: Outcome, content: Path, site: Path, progress: str) -> None:
    """Say what became of a client; on a terminal also when all went well."""
    show(outcome.diagnostics, content)
    for message in outcome.messages:
        click.secho(f"{outcome.client}: {message}", fg="yellow", err=True)
    said = summary(outcome.diagnostics)
    if outcome.published:
        if interactive() or said:
            click.echo(f"[{progress}] {site / outcome.client}{f' ({said})' if said else ''}", err=True)
    else:
        click.secho(
            f"[{progress}] {outcome.client}: {said or 'refused'}; the portal published before stays as it is.",
            fg="red",
            err=True,
        )
