"""Run commands and say what they cost, as the operating system accounts for it."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path


class FailedError(Exception):
    """A command that is measured ended with an error: nothing can be said about its speed."""


@dataclass(frozen=True)
class Command:
    """What to run, where, and with which variables on top of our own environment."""

    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock; seconds of CPU of the whole process tree; MiB of its largest process."""

    wall: float
    cpu: float
    memory: float


def cost(command: Command) -> Cost:
    """Run one command to its end.

    A process counts for its tree when it waited for its children, as all tools here do.

    Raises:
        FailedError: it ended with an error.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env={**os.environ, **command.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise FailedError(f"exit code {process.returncode}: {' '.join(command.arguments)} in {command.folder}\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def cost_of_all(commands: Sequence[Command], at_once: int = 1) -> Cost:
    """Run commands, so many at a time: the clock over all, CPU added up, the largest process."""
    start = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        costs = list(pool.map(cost, commands))
    return Cost(time.perf_counter() - start, sum(c.cpu for c in costs), max(c.memory for c in costs))


@dataclass(frozen=True)
class Median:
    """The medians of several runs, and all of them."""

    runs: tuple[Cost, ...]

    @property
    def wall(self) -> float:
        """Seconds by the clock."""
        return statistics.median(c.wall for c in self.runs)

    @property
    def cpu(self) -> float:
        """Seconds of CPU."""
        return statistics.median(c.cpu for c in self.runs)

    @property
    def memory(self) -> float:
        """MiB of the largest process."""
        return statistics.median(c.memory for c in self.runs)


def in_turn(things: Mapping[str, Callable[[], Cost]], runs: int) -> dict[str, Median]:
    """Measure things A B C A B C ..., so that a change in the machine's speed meets them all."""
    found: dict[str, list[Cost]] = {name: [] for name in things}
    for _ in range(runs):
        for name, measure in things.items():
            found[name].append(measure())
    return {name: Median(tuple(costs)) for name, costs in found.items()}


def ratio(dividend: Median, divisor: Median, what: str = "cpu") -> float:
    """The median of the ratios of runs that stood side by side."""
    pairs = zip(dividend.runs, divisor.runs, strict=True)
    return statistics.median(getattr(a, what) / getattr(b, what) for a, b in pairs)
