"""The rows of the table that a clock can tell: each measures ours and the peers in turn and says what was promised."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from tests.bench.facts import Size
from tests.bench.measure import Command, Cost, cost, cost_of_all, in_turn, ratio
from tests.bench.tools import Portfolio, build_ours, missing_options
from tests.sites import contents

PEERS = ("mkdocs", "zensical", "hugo", "eleventy")


@dataclass(frozen=True)
class Line:
    """A line of the table. `holds` is None where nothing was promised, or nothing could be measured."""

    row: str
    what: str
    measured: str
    promised: str = ""
    holds: bool | None = None


@dataclass
class Bench:
    """What one run of the bench works on."""

    clients: int
    many: int
    runs: int
    size: Size
    seed: int
    peers: tuple[str, ...] = PEERS
    failures: list[str] = field(default_factory=list)

    @cached_property
    def portfolio(self) -> Portfolio:
        """The portfolio on which all tools are compared."""
        return Portfolio(self.clients, self.size, self.seed)

    @cached_property
    def one_process(self) -> list[str]:
        """The options that keep our build in one process, where it could use more."""
        return [] if missing_options("--jobs") else ["--jobs", "1"]

    def absent(self, row: str, what: str, *options: str) -> Line | None:
        """The line that says that a row cannot be measured, when `portal build` lacks an option for it."""
        missing = missing_options(*options)
        if not missing:
            return None
        return Line(row, what, f"not measured: portal build has no {' and no '.join(missing)} here")

    def ours(self, portfolio: Portfolio, *options: str) -> Cost:
        """One build of ours from nothing."""
        portfolio.clean()
        return cost(build_ours(portfolio.ours, *(options or self.one_process)))

    def peer(self, portfolio: Portfolio, name: str, at_once: int = 1) -> Cost:
        """One build of a peer from nothing."""
        portfolio.clean()
        return cost_of_all(portfolio.build(name), at_once)


def cold(bench: Bench) -> Iterator[Line]:
    """1. All clients, nothing kept from before."""
    tiny = Portfolio(1, seed=bench.seed)
    for name in bench.peers:
        bench.peer(tiny, name)
    bench.ours(tiny)
    things: dict[str, Callable[[], Cost]] = {"ours": partial(bench.ours, bench.portfolio)}
    things |= {name: partial(bench.peer, bench.portfolio, name) for name in bench.peers}
    found = in_turn(things, bench.runs)
    ours = found["ours"]
    number = bench.clients
    yield Line(
        "cold",
        f"{number} clients of {bench.size.total} pages",
        f"{ours.cpu:.2f} s CPU, {1000 * ours.cpu / number:.0f} ms a client, {ours.memory:.0f} MiB",
    )
    for name in bench.peers:
        least = {"mkdocs": 8.0, "hugo": 1.0}.get(name)
        times = ratio(found[name], ours)
        yield Line(
            "cold",
            f"CPU, {name} : ours",
            f"{times:.2f} ({found[name].cpu:.2f} s, {found[name].memory:.0f} MiB)",
            f"at least {least:g}" if least else "",
            None if least is None else times >= least,
        )
    if "mkdocs" in bench.peers:
        both = [] if missing_options("--jobs") else ["--jobs", "2"]
        pair = in_turn(
            {
                "ours": partial(bench.ours, bench.portfolio, *both),
                "mkdocs": partial(bench.peer, bench.portfolio, "mkdocs", 2),
            },
            max(1, bench.runs // 2),
        )
        how = "two processes" if both else "one process"
        yield Line(
            "cold",
            f"clock, mkdocs two at a time : ours, {how}",
            f"{ratio(pair['mkdocs'], pair['ours'], 'wall'):.2f}",
        )


def unchanged(bench: Bench) -> Iterator[Line]:
    """2. Many clients, nothing changed since the last build."""
    what = f"{bench.many} clients, nothing changed"
    if line := bench.absent("unchanged", what, "--fresh"):
        yield line
        return
    with built_without_git(bench) as folder:
        hashed = in_turn({"ours": partial(_new_times_and_build, folder, bench)}, bench.runs)["ours"]
        yield Line(
            "unchanged",
            f"{what}; no git, all times of files new",
            f"{hashed.wall:.2f} s ({hashed.cpu:.2f} s CPU)",
            "under 1.5 s",
            hashed.wall < 1.5,
        )
    with built_in_git(bench) as folder:
        clean = in_turn({"ours": lambda: cost(build_ours(folder))}, bench.runs)["ours"]
        yield Line(
            "unchanged",
            f"{what}; clean git tree",
            f"{clean.wall:.2f} s ({clean.cpu:.2f} s CPU)",
            "under 0.3 s",
            clean.wall < 0.3,
        )


def one_page(bench: Bench) -> Iterator[Line]:
    """3. One page of one client of many changed and committed."""
    what = f"{bench.many} clients, one page of one changed"
    if line := bench.absent("one-page", what, "--fresh"):
        yield line
        return
    with built_in_git(bench) as folder:
        page = max(folder.glob("content/client-0000/project/minutes/*.md"))
        original = page.read_bytes()

        def change_and_build() -> Cost:
            word = f"changed{time.monotonic_ns()}"
            page.write_bytes(original + f"\n{word}\n".encode())
            git(folder, "commit", "-qam", "A change")
            found = cost(build_ours(folder))
            assert word in (folder / f"site/client-0000/project/minutes/{page.stem}/index.html").read_text("utf-8")
            return found

        found = in_turn({"ours": change_and_build}, bench.runs)["ours"]
    yield Line("one-page", what, f"{found.wall:.2f} s ({found.cpu:.2f} s CPU)", "under 0.6 s", found.wall < 0.6)


def memory(bench: Bench) -> Iterator[Line]:
    """4. The largest memory of one process, for few and for many clients."""
    sizes = sorted({max(2, bench.many // 100), max(2, bench.many // 10), bench.many})
    peaks = {}
    for number in sizes:
        portfolio = Portfolio(number, seed=bench.seed)
        peaks[number] = bench.ours(portfolio).memory
        portfolio.clean()
    said = ", ".join(f"{number} clients {peak:.0f} MiB" for number, peak in peaks.items())
    few, most = peaks[sizes[-2]], peaks[sizes[-1]]
    yield Line("memory", "one process", said, "under 100 MiB", max(peaks.values()) < 100)
    yield Line(
        "memory",
        f"{sizes[-1]} clients : {sizes[-2]} clients",
        f"{most / few:.2f}",
        "flat: at most 1.1",
        most / few <= 1.1,
    )


def processes(bench: Bench) -> Iterator[Line]:
    """5. Two processes, shards and a scheduler: how much faster, and the same bytes."""
    if line := bench.absent("processes", "two processes against one", "--jobs"):
        yield line
    else:
        found = in_turn({n: partial(bench.ours, bench.portfolio, "--jobs", n) for n in ("1", "2")}, bench.runs)
        times = ratio(found["1"], found["2"], "wall")
        yield Line(
            "processes",
            f"clock, one process : two, {bench.clients} clients",
            f"{times:.2f} (CPU {ratio(found['2'], found['1']):.2f} times)",
            "at least 1.7",
            times >= 1.7,
        )
    whole = None
    for option, build in (("--shard", _shards), ("--scheduler", _scheduler)):
        what = f"bytes by {option} and by one process"
        if line := bench.absent("processes", what, option):
            yield line
            continue
        if whole is None:
            bench.ours(bench.portfolio)
            whole = _published(bench.portfolio.ours / "site")
        is_same = build(bench, bench.portfolio) == whole
        yield Line("processes", what, "the same" if is_same else "different", "the same", is_same)


def growth(bench: Bench) -> Iterator[Line]:
    """6. Ten times the pages of one client, and fifty times its terms."""
    for what, size, most in (
        ("10 times the pages", Size(pages=10), 11.0),
        ("2,000 terms : 40", Size(terms=2000), 1.3),
        ("400 minutes : 16", Size(minutes=400), None),
    ):
        small, large = Portfolio(1, Size(), bench.seed), Portfolio(1, size, bench.seed)
        things: dict[str, Callable[[], Cost]] = {}
        for label, portfolio in (("small", small), ("large", large)):
            things[f"ours {label}"] = partial(bench.ours, portfolio)
            if "mkdocs" in bench.peers:
                things[f"mkdocs {label}"] = partial(bench.peer, portfolio, "mkdocs")
        found = in_turn(things, bench.runs)
        times = ratio(found["ours large"], found["ours small"])
        beside = ""
        if "mkdocs" in bench.peers:
            beside = f"; mkdocs {ratio(found['mkdocs large'], found['mkdocs small']):.2f}"
        yield Line(
            "growth",
            f"CPU of one client, {what} ({size.total} pages)",
            f"{times:.2f} ({found['ours small'].cpu:.2f} to {found['ours large'].cpu:.2f} s{beside})",
            f"at most {most:g}" if most else "",
            None if most is None else times <= most,
        )


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular."""
    who = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def built_without_git(bench: Bench) -> Iterator[Path]:
    """Many clients, built, in a folder of no repository."""
    folder = Portfolio(bench.many, seed=bench.seed).ours
    shutil.rmtree(folder / ".git", ignore_errors=True)
    before = os.environ.get("GIT_CEILING_DIRECTORIES")
    os.environ["GIT_CEILING_DIRECTORIES"] = str(folder.parent)
    try:
        cost(build_ours(folder))
        yield folder
    finally:
        del os.environ["GIT_CEILING_DIRECTORIES"]
        if before is not None:
            os.environ["GIT_CEILING_DIRECTORIES"] = before


@contextmanager
def built_in_git(bench: Bench) -> Iterator[Path]:
    """Many clients, built, all of it committed."""
    folder = Portfolio(bench.many, seed=bench.seed).ours
    if not (folder / ".git").is_dir():
        (folder / ".gitignore").write_text("site/\n.portal/\n")
        git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "Everything")
    cost(build_ours(folder))
    page = max(folder.glob("content/client-0000/project/minutes/*.md"))
    original = page.read_bytes()
    try:
        yield folder
    finally:
        page.write_bytes(original)


def _new_times_and_build(folder: Path, bench: Bench) -> Cost:
    """Build with new times at all files, as after a fresh checkout."""
    del bench
    for path in folder.glob("content/**/*"):
        os.utime(path)
    return cost(build_ours(folder))


def _published(site: Path) -> dict[str, bytes]:
    """What readers get: every file of the clients' folders."""
    return {name: data for name, data in contents(site).items() if not name.startswith(".")}


def _shards(bench: Bench, portfolio: Portfolio) -> dict[str, bytes]:
    """What three shards give together, each built into a site of its own."""
    del bench
    portfolio.clean()
    merged: dict[str, bytes] = {}
    for number in (1, 2, 3):
        site = portfolio.ours / "site" / f"shard-{number}"
        cost(build_ours(portfolio.ours, "--shard", f"{number}/3", "--site", str(site)))
        part = _published(site)
        assert not merged.keys() & part.keys(), "two shards built the same client"
        merged |= part
    return merged


def _scheduler(bench: Bench, portfolio: Portfolio) -> dict[str, bytes]:
    """What two workers of a scheduler of Dask give."""
    del bench
    portfolio.clean()
    dask = str(Path(sys.executable).with_name("dask"))
    address = "tcp://127.0.0.1:18786"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [
        subprocess.Popen([dask, "scheduler", "--host", "127.0.0.1", "--port", "18786", "--no-dashboard"], **quiet),
        subprocess.Popen([dask, "worker", address, "--nworkers", "2", "--nthreads", "1", "--no-dashboard"], **quiet),
    ]
    try:
        cost(build_ours(portfolio.ours, "--scheduler", address))
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(20)
    return _published(portfolio.ours / "site")


__all__ = ["PEERS", "Bench", "Command", "Line", "cold", "growth", "memory", "one_page", "processes", "unchanged"]
