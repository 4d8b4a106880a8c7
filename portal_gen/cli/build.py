"""`portal build`: render the clients that changed, each aside, each swapped in whole.

What a build needs is imported when the first client has to be built (`publish.work.build`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from portal_gen.cli.common import (
    BUG,
    CONTENT_ERRORS,
    GATE,
    STOPPED,
    as_of_option,
    choose,
    content_option,
    interactive,
    show,
    strict_option,
    summary,
)
from portal_gen.cli.progress import Progress, stop_gently
from portal_gen.diagnostics import Diagnostic
from portal_gen.publish.many import plan, publish_all
from portal_gen.publish.shards import costs_by_size, costs_by_time, parse_shard, shard_of
from portal_gen.publish.site import UnsafeSiteError
from portal_gen.publish.state import Outcome, Run, SchedulerError


class Shard(click.ParamType[tuple[int, int]]):
    """One of several machines: 3/8 is the third of eight."""

    name = "N/OF"

    def convert(
        self, value: str | tuple[int, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """The number and the count, or a usage error."""
        if isinstance(value, tuple):
            return value
        try:
            return parse_shard(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


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
    help="Where the portals go: one folder for each client; .portal in it is what is remembered of them.",
)
@click.option("--fresh", is_flag=True, help="Build also what did not change.")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Processes to use; as many as there are CPUs when not given."
)
@click.option(
    "--shard",
    type=Shard(),
    help="Build only this share of the clients: 3/8 is the third of eight machines. All eight together build each "
    "client once.",
)
@click.option(
    "--costs",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="SITE",
    help="With --shard: share by what each client cost in this earlier site, which every machine must have alike. "
    "By the size of their texts when not given.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Build on the workers of a Dask scheduler, tcp://HOST:PORT. Content, configuration and site must lie on a "
    "file system that all workers share, under the same path.",
)
@click.option("--dry-run", is_flag=True, help="Print the clients that would be built, and build nothing.")
def build(
    clients: tuple[str, ...],
    content: Path,
    as_of: date,
    *,
    strict: bool,
    config: Path,
    site: Path,
    fresh: bool,
    jobs: int | None,
    shard: tuple[int, int] | None,
    costs: Path | None,
    scheduler: str | None,
    dry_run: bool,
) -> None:
    """Build the portals of clients (all, when none is named) that are not as they would be built.

    A client with errors keeps the portal it has; the others are built. Exit code 1 when any client has errors.
    """
    if not config.is_file():
        raise click.UsageError(
            f"There is no {config} here. Run this in the folder that holds it, name it with --config, "
            "or make a first client with: portal new client NAME"
        )
    if costs and not shard:
        raise click.UsageError("--costs says how to share the clients; it needs --shard.")
    if jobs and scheduler:
        raise click.UsageError("--jobs is for processes here, --scheduler for those elsewhere; choose one of them.")
    chosen = choose(content, clients)
    if shard:
        weights = costs_by_time(costs, content, chosen) if costs else costs_by_size(content, chosen)
        chosen = shard_of(weights, *shard)
    run = Run(content.absolute(), site.absolute(), config.absolute(), as_of, strict, fresh)
    try:
        planned = plan(run, chosen)
        if dry_run:
            click.echo("".join(f"{client}\n" for client in planned.work), nl=False)
            return
        progress = Progress(len(chosen), len(planned.work), shown=interactive())
        told = Told(content, site, progress)
        progress.draw()
        with stop_gently() as stop:
            for outcome in publish_all(planned, jobs=jobs, address=scheduler, stop=stop):
                told.tell(outcome)
    except (UnsafeSiteError, SchedulerError) as error:
        raise click.UsageError(str(error)) from error
    progress.clear()
    told.conclude(stopped=stop())


class Told:
    """Says what became of clients. What is wrong with files that several clients share is said once."""

    def __init__(self, content: Path, site: Path, progress: Progress) -> None:
        self.content = content
        self.site = site
        self.progress = progress
        self.said: set[Diagnostic] = set()
        self.failed: list[Outcome] = []

    def tell(self, outcome: Outcome) -> None:
        """Say what became of a client, and how far we are."""
        self.progress.count(outcome)
        if outcome.diagnostics or outcome.messages or not outcome.published:
            self.progress.clear()
            self._explain(outcome)
        self.progress.draw()
        if not outcome.published:
            self.failed.append(outcome)

    def _explain(self, outcome: Outcome) -> None:
        show(self._new(outcome.diagnostics), self.content)
        for message in outcome.messages:
            click.secho(f"{outcome.client}: {message}", fg="yellow", err=True)
        if outcome.fault:
            click.echo(outcome.fault, err=True)
        said = summary(outcome.diagnostics) or ("broke down" if outcome.fault else "refused")
        if not outcome.published:
            click.secho(f"{outcome.client}: {said}; the portal published before stays as it is.", fg="red", err=True)
        elif outcome.diagnostics:
            click.echo(f"{self.site / outcome.client} ({said})", err=True)

    def _new(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        new = [d for d in found if d not in self.said]
        self.said.update(new)
        return new

    def conclude(self, *, stopped: bool) -> None:
        """Say what came out in the end, and end with the exit code that says the same."""
        progress = self.progress
        left = f", {progress.left} not begun" if stopped and progress.left else ""
        click.echo(f"{progress.words()}{left}: {self.site}/", err=True)
        if self.failed:
            names = ", ".join(o.client for o in self.failed)
            click.echo(f"{len(self.failed)} of {progress.total} not published: {names}.", err=True)
        if stopped:
            raise SystemExit(STOPPED)
        if any(o.fault for o in self.failed):
            click.echo("portal: a build that breaks down is a bug in portal_gen, or the machine ran out.", err=True)
            raise SystemExit(BUG)
        if self.failed:
            content_failed = any(o.diagnostics for o in self.failed if not o.messages)
            raise SystemExit(CONTENT_ERRORS if content_failed else GATE)
