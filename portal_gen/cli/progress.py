"""How far a build is: on a terminal a line that is written over and over, in a log one line at the end."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from portal_gen.publish.state import Outcome

MINUTE = 60


class Progress:
    """Counts outcomes. `total` clients are chosen, of which `work` have to be built."""

    def __init__(self, total: int, work: int, *, shown: bool) -> None:
        self.total = total
        self.work = work
        self.shown = shown
        self.built = self.unchanged = self.failed = self.left = 0
        self.left = work
        self.started = time.monotonic()

    def count(self, outcome: Outcome) -> None:
        """One more client is done with."""
        if outcome.skipped:
            self.unchanged += 1
            return
        self.built += outcome.published
        self.failed += not outcome.published
        self.left = max(0, self.left - 1)

    def draw(self) -> None:
        """Write the line, over the one before."""
        if self.shown and self.work:
            done = self.total - self.left
            click.echo(f"\r\x1b[K[{done}/{self.total}] {self.words()}{self._remaining()}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away, so that something else can be said."""
        if self.shown and self.work:
            click.echo("\r\x1b[K", nl=False, err=True)

    def words(self) -> str:
        """The counts in words."""
        parts = [(self.built, "built"), (self.unchanged, "unchanged"), (self.failed, "not published")]
        return ", ".join(f"{n} {word}" for n, word in parts if n) or "starting"

    def _remaining(self) -> str:
        done = self.work - self.left
        if not done or not self.left:
            return ""
        seconds = (time.monotonic() - self.started) / done * self.left
        return f", about {f'{seconds / MINUTE:.0f} min' if seconds > 2 * MINUTE else f'{seconds:.0f} s'} left"


class Stop:
    """Becomes true when Ctrl-C is pressed."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        """True when nothing new is to be begun."""
        return self.asked


@contextmanager
def stop_gently() -> Iterator[Stop]:
    """Within, the first Ctrl-C asks to stop and breaks nothing off; the second does."""
    stop = Stop()

    def ask(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - signal's
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
