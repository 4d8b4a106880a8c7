"""The output folder: that it is ours to write to, and what an interrupted build left in it."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from portal_gen.publish.state import STATE

ASIDE = "aside"


class UnsafeSiteError(Exception):
    """The output folder is not one that we may write to; nothing was touched."""


def check_site(site: Path, content: Path) -> None:
    """Look whether a folder can take the portals; nothing is written.

    Raises:
        UnsafeSiteError: the folder is the content, holds it or lies in it, is a file, or holds files that are not ours.
    """
    site, content = site.absolute(), content.absolute()
    resolved, source = site.resolve(), content.resolve()
    if resolved == source or source in resolved.parents or resolved in source.parents:
        raise UnsafeSiteError(f"{site} and the content in {content} lie in each other. Choose another --site.")
    if site.exists() and not site.is_dir():
        raise UnsafeSiteError(f"{site} is a file, not a folder. Choose another --site.")
    try:
        foreign = site.is_dir() and not (site / STATE).is_dir() and any(site.iterdir())
    except OSError as error:
        raise _unwritable(site, error) from error
    if foreign:
        raise UnsafeSiteError(
            f"{site} holds files that portal_gen did not make. Empty it, or choose another folder with --site."
        )


def open_site(site: Path) -> None:
    """Make the output folder, and put right what builds that were killed left in it.

    What is remembered of the portals is nobody's who reads them, hence the mode.

    Raises:
        UnsafeSiteError: it cannot be written.
    """
    try:
        site.mkdir(parents=True, exist_ok=True)
        (site / STATE).mkdir(mode=0o700, exist_ok=True)
        (site / STATE / ASIDE).mkdir(exist_ok=True)
        recover(site)
    except OSError as error:
        raise _unwritable(site, error) from error


def _unwritable(site: Path, error: OSError) -> UnsafeSiteError:
    return UnsafeSiteError(f"{site} cannot be written: {error.strerror or error}.")


def recover(site: Path) -> None:
    """Put right what builds that were killed left; what another build holds is left to it."""
    # Not needed where nothing has to be built, and slow to import.
    from filelock import Timeout  # noqa: PLC0415

    aside = site / STATE / ASIDE
    for client in sorted({p.stem for p in aside.iterdir()}):
        with contextlib.suppress(Timeout), portal_lock(site, client, timeout=0):
            put_right(site, client)


def portal_lock(site: Path, client: str, timeout: float = -1) -> contextlib.AbstractContextManager[object]:
    """The lock of one portal: two builds of it wait for each other, also on two machines that share the folder."""
    from filelock import FileLock  # noqa: PLC0415

    return FileLock(site / STATE / f"{client}.lock", timeout=timeout, mode=0o644)


def put_right(site: Path, client: str) -> None:
    """Undo what a build that was killed left: put a portal that was moved away back, and clear the rest.

    For who holds the portal's lock.
    """
    old, new, home = paths(site, client)
    if old.exists() and not home.exists():
        old.rename(home)
    for left in (old, new):
        if left.exists():
            shutil.rmtree(left)


def paths(site: Path, client: str) -> tuple[Path, Path, Path]:
    """Where a portal goes that is replaced, where one is made, and where it is published."""
    aside = site / STATE / ASIDE
    return aside / f"{client}.old", aside / f"{client}.new", site / client
