"""Where builds are done: in this process, in processes that we start, or on the workers of a Dask scheduler.

All three are a `concurrent.futures.Executor`, so there is one loop for them (`many`).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import Any

from portal_gen.publish.state import SchedulerError

# A process costs about as much to start as a few portals to build.
FEW = 3
PATIENCE = "20s"


class Here(Executor):
    """Does each thing at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it now."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - handed on to whoever asks for the result
            future.set_exception(error)
        return future


def processes(count: int) -> ProcessPoolExecutor:
    """Processes of our own, started from one that has imported what a build needs, where the system has that."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["portal_gen.publish.one"])
    return ProcessPoolExecutor(count, mp_context=context, initializer=begin_work)


def begin_work() -> None:
    """In a worker: finish what is in hand when Ctrl-C is pressed, and end when the process that started us does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def process_count(jobs: int | None, work: int) -> int:
    """How many processes to use for so many portals; 1 is this one. `jobs` is what was asked for, if anything was."""
    if jobs is not None:
        return min(jobs, work)
    # What we may use, which in a container is less than what the machine has.
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(available, work // FEW))


@contextlib.contextmanager
def scheduler(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask scheduler, and how many they are.

    Raises:
        SchedulerError: Dask is not installed, or nobody answers at the address.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SchedulerError("--scheduler needs Dask: pip install 'portal-gen[dask]'") from error
    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SchedulerError(f"No Dask scheduler answers at {address}. Start one with: dask scheduler") from error
    with client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise SchedulerError(f"The scheduler at {address} has no workers. Start one with: dask worker {address}")
        # A task of ours has effects: it is not one that was done before because it looks the same.
        yield client.get_executor(pure=False), workers
