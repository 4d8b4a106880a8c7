"""One loop hands clients to an executor, a few at a time, and copes with workers that die."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass

from portal_gen.publish.executors import Here, process_count, processes, scheduler
from portal_gen.publish.fingerprint import Inputs
from portal_gen.publish.inputs import OtherInputsError
from portal_gen.publish.shards import costs_by_size, longest_first
from portal_gen.publish.site import recover
from portal_gen.publish.state import Outcome, Run

DIED = "The process that built it died: it was killed, or there was not enough memory."


def build(client: str, run: Run, inputs: Inputs) -> Outcome:
    """Build one client. What that needs is imported here: whoever only hands out work does not need it."""
    from portal_gen.publish.one import publish  # noqa: PLC0415

    return publish(client, run, inputs)


def build_elsewhere(client: str, run: Run, inputs: Inputs) -> Outcome:
    """Build one client on a machine that may not be ours."""
    from portal_gen.publish.one import publish_elsewhere  # noqa: PLC0415

    return publish_elsewhere(client, run, inputs)


def outcomes(
    run: Run, inputs: Inputs, clients: Sequence[str], *, jobs: int | None, address: str | None, stop: Callable[[], bool]
) -> Iterator[Outcome]:
    """Build clients where that is asked for, and say what became of each as it becomes known.

    Raises:
        SchedulerError: the scheduler cannot be used.
    """
    if address is not None:
        with scheduler(address) as (executor, workers):
            yield from _Loop(run, inputs, clients, build_elsewhere, lambda: executor, 2 * workers, stop).outcomes()
        return
    count = process_count(jobs, len(clients))
    make: Callable[[], Executor] = Here if count == 1 else lambda: processes(count)
    yield from _Loop(run, inputs, clients, build, make, 1 if count == 1 else 2 * count, stop).outcomes()


@dataclass(slots=True)
class _Loop:
    """Hands clients to an executor, a few at a time."""

    run: Run
    inputs: Inputs
    clients: Sequence[str]
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
                recover(self.run.site)
            for client in suspects:
                if not self.stop():
                    yield self._alone(client)

    def _order(self) -> Sequence[str]:
        """In one process by name; in several the longest first, so that none works on alone at the end."""
        one = self.most == 1
        return self.clients if one else longest_first(costs_by_size(self.run.content, self.clients))

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
            return executor.submit(self.task, client, self.run, self.inputs.of(client))
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
