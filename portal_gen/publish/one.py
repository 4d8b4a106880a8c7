"""One client's portal: built in a folder aside, swapped in with one rename.

Killed at any moment, the site holds either yesterday's portal or today's, whole, and never a record of what is not
there. What is left aside is cleared by the next build. Two builds of one portal wait for each other.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import shutil
import sys
import threading
import time
from pathlib import Path

from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Report
from portal_gen.host.mkdocs_build import render_portal
from portal_gen.publish.fingerprint import Inputs, content_tree
from portal_gen.publish.inputs import DAY, OtherInputsError, differences, shared_inputs
from portal_gen.publish.site import paths, portal_lock, put_right
from portal_gen.publish.state import Outcome, Record, Run, State
from portal_gen.source.folders import SHARED

# MkDocs keeps state in the process, so that a process renders one portal at a time, whoever calls.
ONE_AT_A_TIME = threading.Lock()
# What a process has loaded stays as it was; a worker of a scheduler may live for months.
_loaded: dict[Path, dict[str, str]] = {}
# So many differences between two machines are named.
FEW = 12


def publish(client: str, run: Run, inputs: Inputs) -> Outcome:
    """Compile, render aside, and swap in. On any error the published portal stays as it was.

    The site has been opened (`open_site`). A portal that another build made from the same inputs meanwhile is left as
    it is.
    """
    content, site = run.content, run.site
    state, fingerprint = State(site), inputs.fingerprint(client)
    with ONE_AT_A_TIME, portal_lock(site, client):
        found = None if run.fresh else state.current(client, fingerprint)
        if found:
            return found.outcome(client, strict=run.strict)
        started = time.process_time()
        report = Report()
        portal = compile_portal(content, client, run.as_of, report)
        said = tuple(report.diagnostics)
        if portal is None or (run.strict and said):
            return Outcome(client, published=False, diagnostics=said)
        put_right(site, client)
        old, new, home = paths(site, client)
        result = render_portal(run.config, content, client, new, run.as_of, portal=portal)
        messages = tuple(result.messages)
        if not result.ok:
            shutil.rmtree(new, ignore_errors=True)
            return Outcome(client, published=False, diagnostics=said, messages=messages)
        settle(new)
        state.forget(client)
        swap_in(new, home, old)
        # Whoever saved a file while we read may have had the old one read, or the new one: that is nobody's record.
        same = all(content_tree(content, name) == inputs.trees.get(name) for name in (client, SHARED))
        if fingerprint and same:
            state.write(client, Record(fingerprint, time.process_time() - started, said, messages))
    return Outcome(client, published=True, diagnostics=said, messages=messages)


def publish_elsewhere(client: str, run: Run, inputs: Inputs) -> Outcome:
    """`publish` for a worker that we did not start: only where it gives the bytes that we would.

    Raises:
        OtherInputsError: this worker's programs, packages, configuration or environment are not those of `inputs`, or
            they are by now, but what it has loaded is older.
    """
    ours = shared_inputs(run.config, run.content, run.site, run.as_of)
    loaded = _loaded.setdefault(run.config, ours)
    worker = f"The worker on {platform.node()}"
    if inputs.shared is not None and (other := differences(inputs.shared, ours)):
        raise OtherInputsError(f"{worker} differs from this machine in: {_few(other)}.")
    if old := [name for name in differences(loaded, ours) if name != DAY]:
        raise OtherInputsError(f"{worker} has loaded what is old by now, and has to be started again: {_few(old)}.")
    return publish(client, run, inputs)


def _few(names: list[str]) -> str:
    return ", ".join([*names[:FEW], *(["..."] if len(names) > FEW else [])])


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
