"""Many clients: those that did not change are skipped, the others built. One that fails keeps yesterday's portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from portal_gen.publish.fingerprint import Inputs, look, take, take_shared
from portal_gen.publish.site import check_site, open_site
from portal_gen.publish.state import Outcome, Run, State


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be built, and what became of those that have not."""

    run: Run
    inputs: Inputs
    work: tuple[str, ...]
    unchanged: tuple[Outcome, ...]


def plan(run: Run, clients: Sequence[str]) -> Plan:
    """Find out which clients have to be built. Writes nothing.

    Raises:
        UnsafeSiteError: see `check_site`.
    """
    check_site(run.site, run.content)
    inputs, state = take(run, clients), State(run.site)
    current: dict[str, Outcome] = {}

    def left() -> list[str]:
        for client in clients if not run.fresh else ():
            if client not in current and (found := state.current(client, inputs.fingerprint(client))):
                current[client] = found.outcome(client, strict=run.strict)
        return [client for client in clients if client not in current]

    if work := left():
        # Git may name another state of a file than the one that lies here (attributes that are gone by now converted
        # it). What is about to be built is looked at itself: that takes little beside building it.
        inputs = look(run.content, inputs, work)
        work = left()
    return Plan(run, inputs, tuple(work), tuple(current[client] for client in clients if client in current))


def publish_all(
    planned: Plan, *, jobs: int | None = None, address: str | None = None, stop: Callable[[], bool] = lambda: False
) -> Iterator[Outcome]:
    """Say what became of each client, as it becomes known: first those that are unchanged.

    `jobs` processes are used, or as many as make sense; or the Dask scheduler at `address`. When `stop` becomes True,
    what is in hand is finished and nothing else begun.

    Raises:
        UnsafeSiteError: the site cannot be written.
        SchedulerError: the scheduler cannot be used.
    """
    yield from planned.unchanged
    if not planned.work:
        return
    # Imported where something is built, and only there: all that is heavy is behind it.
    from portal_gen.publish.work import outcomes  # noqa: PLC0415

    run = planned.run
    open_site(run.site)
    built = []
    for outcome in outcomes(run, planned.inputs, planned.work, jobs=jobs, address=address, stop=stop):
        built.append(outcome.client)
        yield outcome
    if take_shared(run) != planned.inputs.shared:
        # Whoever changed the theme meanwhile cannot know which portals have it.
        for client in built:
            State(run.site).forget(client)
