"""One client's portal: built in a folder aside, swapped in with one rename.

Killed at any moment, the site holds either yesterday's portal or today's, whole; what is left aside is cleared by the
next build. Two builds of one site wait for each other.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock

from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Diagnostic, Report
from portal_gen.host.mkdocs_build import render_portal

LOCK = ".portal.lock"
ASIDE = ".portal-aside"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one client: its diagnostics, and what the host complained about."""

    client: str
    published: bool
    diagnostics: tuple[Diagnostic, ...] = ()
    messages: tuple[str, ...] = ()


class UnsafeSiteError(Exception):
    """The output folder is not one that we may write to; nothing was touched."""


@contextlib.contextmanager
def open_site(site: Path, content: Path) -> Iterator[Path]:
    """The output folder, locked, with what an interrupted build left behind put right.

    Raises:
        UnsafeSiteError: the folder is the content, holds it or lies in it, is a file, or holds files that are not ours.
    """
    site, content = site.absolute(), content.absolute()
    resolved, source = site.resolve(), content.resolve()
    if resolved == source or source in resolved.parents or resolved in source.parents:
        raise UnsafeSiteError(f"{site} and the content in {content} lie in each other. Choose another --site.")
    if site.exists() and not site.is_dir():
        raise UnsafeSiteError(f"{site} is a file, not a folder. Choose another --site.")
    if site.is_dir() and not (site / LOCK).exists() and any(site.iterdir()):
        raise UnsafeSiteError(
            f"{site} holds files that portal_gen did not make. Empty it, or choose another folder with --site."
        )
    try:
        site.mkdir(parents=True, exist_ok=True)
        with FileLock(site / LOCK, mode=0o644):
            recover(site)
            yield site
    except OSError as error:
        raise UnsafeSiteError(f"{site} cannot be written: {error.strerror or error}.") from error


def recover(site: Path) -> None:
    """Undo what a build that was killed left: put a portal that was moved away back, and clear the rest."""
    aside = site / ASIDE
    if not aside.is_dir():
        return
    for old in sorted(aside.glob("*.old")):
        home = site / old.name.removesuffix(".old")
        if not home.exists():
            old.rename(home)
    shutil.rmtree(aside)


def publish(client: str, content: Path, site: Path, config: Path, as_of: date, *, strict: bool = False) -> Outcome:
    """Compile, render aside, and swap in. On any error the published portal stays as it was.

    `site` comes from `open_site`. With `strict`, warnings keep a portal back as well.
    """
    report = Report()
    portal = compile_portal(content, client, as_of, report)
    found = tuple(report.diagnostics)
    if portal is None or (strict and found):
        return Outcome(client, published=False, diagnostics=found)
    aside = site / ASIDE
    aside.mkdir(exist_ok=True)
    new = aside / f"{client}.new"
    result = render_portal(config, content, client, new, as_of, portal=portal)
    if not result.ok:
        shutil.rmtree(new, ignore_errors=True)
        return Outcome(client, published=False, diagnostics=found, messages=tuple(result.messages))
    settle(new)
    swap_in(new, site / client, aside / f"{client}.old")
    with contextlib.suppress(OSError):
        aside.rmdir()
    return Outcome(client, published=True, diagnostics=found, messages=tuple(result.messages))


def settle(folder: Path) -> None:
    """Give every file and folder the same mode on every machine, whatever the umask."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def swap_in(new: Path, target: Path, old: Path) -> None:
    """Put `new` in the place of `target`. One atomic step where the system can exchange two folders.

    Elsewhere the old portal is moved away first; `recover` puts it back if nothing comes after.
    """
    if not target.exists():
        new.rename(target)
        return
    if exchange(new, target):
        shutil.rmtree(new)
        return
    target.rename(old)
    new.rename(target)
    shutil.rmtree(old)


def exchange(first: Path, second: Path) -> bool:
    """Exchange two folders atomically; False where the system or file system cannot.

    Linux: renameat2(2) with RENAME_EXCHANGE. macOS: renamex_np(2) with RENAME_SWAP.
    """
    if sys.platform not in ("linux", "darwin"):
        return False
    paths = (os.fsencode(first), os.fsencode(second))
    libc = ctypes.CDLL(None, use_errno=True)
    at_working_directory, swap = -100, 2
    if hasattr(libc, "renameat2"):
        failed = libc.renameat2(at_working_directory, paths[0], at_working_directory, paths[1], swap)
    elif hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(*paths, swap)
    else:
        return False
    if failed and ctypes.get_errno() not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(second))
    return not failed
