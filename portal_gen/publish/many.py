"""Many clients: those that did not change are skipped, the others built. One that fails keeps yesterday's portal."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass

from portal_gen.publish.executors import Here, process_count, processes, scheduler
from portal_gen.publish.fingerprint import Inputs, take, take_shared
from portal_gen.publish.inputs import OtherInputsError
from portal_gen.publish.shards import costs_by_size, longest_first
from portal_gen.publish.site import check_site, open_site, recover
from portal_gen.publish.state import Outcome, Run, State

DIED = "The process that built it died: it was killed, or there was not enough memory."


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
    work, unchanged = [], []
    for client in clients:
        found = None if run.fresh else state.current(client, inputs.fingerprint(client))
        if found:
            unchanged.append(found.outcome(client, strict=run.strict))
        else:
            work.append(client)
    return Plan(run, inputs, tuple(work), tuple(unchanged))


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
    run = planned.run
    open_site(run.site)
    built = []
    for outcome in _work(planned, jobs, address, stop):
        built.append(outcome.client)
        yield outcome
    if take_shared(run) != planned.inputs.shared:
        # Whoever changed the theme meanwhile cannot know which portals have it.
        for client in built:
            State(run.site).forget(client)


def build(client: str, run: Run, inputs: Inputs) -> Outcome:
    """Build one client. What that needs is imported here: where nothing is built, nothing is loaded."""
    from portal_gen.publish.one import publish  # noqa: PLC0415

    return publish(client, run, inputs)


def build_elsewhere(client: str, run: Run, inputs: Inputs) -> Outcome:
    """Build one client on a machine that may not be ours."""
    from portal_gen.publish.one import publish_elsewhere  # noqa: PLC0415

    return publish_elsewhere(client, run, inputs)


def _work(planned: Plan, jobs: int | None, address: str | None, stop: Callable[[], bool]) -> Iterator[Outcome]:
    if address is not None:
        with scheduler(address) as (executor, workers):
            yield from _Loop(planned, build_elsewhere, lambda: executor, 2 * workers, stop).outcomes()
        return
    count = process_count(jobs, len(planned.work))
    make: Callable[[], Executor] = Here if count == 1 else lambda: processes(count)
    yield from _Loop(planned, build, make, 1 if count == 1 else 2 * count, stop).outcomes()


@dataclass(slots=True)
class _Loop:
    """Hands clients to an executor, a few at a time."""

    planned: Plan
    task: Callable[[str, Run, Inputs], Outcome]
    make: Callable[[], Executor]
    most: int
    stop: Callable[[], bool]

    def outcomes(self) -> Iterator[Outcome]:
        """What became of each client."""
        waiting = deque(self._order())
        while waiting and not self.stop():
            suspects = yield from self._until_broken(waiting)
            if suspects:
                recover(self.planned.run.site)
            for client in suspects:
                if not self.stop():
                    yield self._alone(client)

    def _order(self) -> Sequence[str]:
        """In one process by name; in several the longest first, so that none works on alone at the end."""
        work = self.planned.work
        return work if self.most == 1 else longest_first(costs_by_size(self.planned.run.content, work))

    def _until_broken(self, waiting: deque[str]) -> Generator[Outcome, None, list[str]]:
        """Work until all is done, or a worker has died; returns the clients that it may have died of."""
        flying: dict[Future[Outcome], str] = {}
        suspects: list[str] = []
        with self.make() as executor:
            while flying or (waiting and not suspects and not self.stop()):
                while waiting and len(flying) < self.most and not suspects and not self.stop():
                    client = waiting.popleft()
                    flying[self._submit(executor, client)] = client
                done, _ = wait(flying, return_when=FIRST_COMPLETED)
                for future in done:
                    client = flying.pop(future)
                    if isinstance(future.exception(), BrokenExecutor):
                        suspects.append(client)
                    else:
                        yield outcome_of(client, future)
        return sorted(suspects)

    def _submit(self, executor: Executor, client: str) -> Future[Outcome]:
        try:
            return executor.submit(self.task, client, self.planned.run, self.planned.inputs.of(client))
        except BrokenExecutor as error:
            broken: Future[Outcome] = Future()
            broken.set_exception(error)
            return broken

    def _alone(self, client: str) -> Outcome:
        """Try a client again in a process of its own: was it the one?"""
        with processes(1) as executor:
            return outcome_of(client, self._submit(executor, client))


def outcome_of(client: str, future: Future[Outcome]) -> Outcome:
    """The result of a build, or how it broke down."""
    error = future.exception()
    if error is None:
        return future.result()
    # Dask's name for the same thing; Dask may not be installed.
    if isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker":
        return Outcome(client, published=False, fault=DIED)
    if isinstance(error, OtherInputsError):
        return Outcome(client, published=False, fault=str(error))
    return Outcome(client, published=False, fault="".join(traceback.format_exception(error)).rstrip())
