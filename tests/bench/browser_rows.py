"""The rows of the table that only a browser can tell: how light the pages are, and how soon a saved change is seen."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.measure import Command, FailedError
from tests.bench.rows import Bench, Line
from tests.bench.tools import AS_OF, WORK, Portfolio, portal, run, set_up
from tests.bench.web import Wire
from tests.bench.web import serve as web_server

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
EDITS = 20
MOST_BYTES = 47 * 1024
CLIENT = "client-0000"


def chromium() -> str:
    """The browser's program.

    Raises:
        FailedError: there is none.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise FailedError("there is no Chromium here; 'make browser' installs it")
    return path


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield found
        found.close()


def light(bench: Bench) -> Iterator[Line]:
    """8. Lighthouse's performance on a phone, and what a first visit downloads, beside plain Material."""
    portfolio = Portfolio(1, seed=bench.seed)
    bench.ours(portfolio)
    ours = portfolio.ours / "site" / CLIENT
    sites = {"ours": (ours, {"overview": "", **{n: _address(ours, n) for n in ("timeline", "minutes")}})}
    sites["mkdocs"] = (
        _material(portfolio),
        {"overview": "", "timeline": "timeline/", "minutes": _material_minutes(portfolio)},
    )
    wire: dict[str, dict[str, Wire]] = {}
    scores: dict[str, dict[str, list[int]]] = {name: {page: [] for page in pages} for name, (_, pages) in sites.items()}
    with browser() as chrome:
        for name, (folder, pages) in sites.items():
            wire[name] = {page: first_visit(chrome, folder, address) for page, address in pages.items()}
    for _ in range(bench.runs):
        for name, (folder, pages) in sites.items():
            for page, address in pages.items():
                scores[name][page].append(lighthouse(folder, address))
    for page in ("overview", "timeline", "minutes"):
        median = {name: statistics.median(found[page]) for name, found in scores.items()}
        yield Line(
            "light",
            f"Lighthouse performance on a phone, {page}",
            f"{median['ours']:.0f} (Material {median['mkdocs']:.0f})",
            "100",
            median["ours"] >= 100,
        )
    for page in ("overview", "timeline", "minutes"):
        here, there = wire["ours"][page].total, wire["mkdocs"][page].total
        yield Line(
            "light",
            f"first visit, gzip, {page}",
            f"{here / 1024:.1f} KB (Material {there / 1024:.1f} KB)",
            "at most 47 KB",
            here <= MOST_BYTES,
        )
    yield Line("light", "largest parts of the overview, ours", _largest(wire["ours"]["overview"]))
    yield Line("light", "largest parts of the overview, Material", _largest(wire["mkdocs"]["overview"]))


def _largest(wire: Wire) -> str:
    """The files of a visit that weigh most, in KB."""
    parts = sorted(wire.sent, key=lambda part: -part[1])[:8]
    return ", ".join(f"{path.rstrip('/').rpartition('/')[2] or 'page'} {size / 1024:.1f}" for path, size in parts)


def _address(site: Path, name: str) -> str:
    """Where a page of ours stands: the timeline, or the last minutes."""
    pattern = {"timeline": "**/timeline/index.html", "minutes": "**/minutes/2*/index.html"}[name]
    return max(site.glob(pattern)).parent.relative_to(site).as_posix() + "/"


def _material(portfolio: Portfolio) -> Path:
    command = portfolio.build("mkdocs")[0]
    run(*command.arguments, folder=command.folder)
    return command.folder / "site"


def _material_minutes(portfolio: Portfolio) -> str:
    site = portfolio.peers / "mkdocs" / CLIENT / "docs"
    return max(site.glob("minutes/2*.md")).with_suffix("").relative_to(site).as_posix() + "/"


def first_visit(chrome: Browser, folder: Path, address: str) -> Wire:
    """What a reader who was never here downloads for one page, compressed, whatever asks for it."""
    with web_server(folder) as wire:
        context = chrome.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.goto(wire.address + address, wait_until="networkidle")
        # Workers go on when the page is done.
        page.wait_for_timeout(1500)
        context.close()
        return wire


def lighthouse(folder: Path, address: str) -> int:
    """The performance score of a page on a simulated phone, 0 to 100."""
    program = set_up("lighthouse") / "lighthouse"
    with web_server(folder) as wire:
        found = subprocess.run(
            [
                str(program),
                wire.address + address,
                "--quiet",
                "--output=json",
                "--only-categories=performance",
                f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
            ],
            env={**os.environ, "CHROME_PATH": chromium()},
            capture_output=True,
            text=True,
            check=False,
        )
    if found.returncode:
        raise FailedError(f"lighthouse: {found.stderr}")
    return round(100 * json.loads(found.stdout)["categories"]["performance"]["score"])


def serve(bench: Bench) -> Iterator[Line]:
    """9. From saving a file to seeing the change in an open page, under our live preview and under MkDocs' own."""
    portfolio = Portfolio(1, seed=bench.seed)
    bench.ours(portfolio)
    minutes = max(portfolio.ours.glob(f"content/{CLIENT}/project/minutes/*.md"))
    port = free_port()
    ours = portal(portfolio.ours, "serve", CLIENT, "--as-of", AS_OF, "--address", f"127.0.0.1:{port}")
    address = f"http://127.0.0.1:{port}/project/minutes/{minutes.stem}/"
    here = save_to_visible(ours, minutes, address)
    said = f"{statistics.median(here):.2f} s ({min(here):.2f} to {max(here):.2f})"
    if "mkdocs" in bench.peers:
        folder = portfolio.peers / "mkdocs" / CLIENT
        page = folder / "docs" / f"{_material_minutes(portfolio).rstrip('/')}.md"
        port = free_port()
        program = str(set_up("mkdocs") / "mkdocs")
        arguments = [program, "serve", "--livereload", "-q", "-a", f"127.0.0.1:{port}"]
        command = Command(arguments, folder, {"NO_MKDOCS_2_WARNING": "1"})
        there = save_to_visible(command, page, f"http://127.0.0.1:{port}/{_material_minutes(portfolio)}")
        said += f"; mkdocs serve {statistics.median(there):.2f} s"
    yield Line("serve", f"save to visible, median of {EDITS} edits", said, "under 0.5 s", statistics.median(here) < 0.5)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def save_to_visible(command: Command, file: Path, address: str) -> list[float]:
    """Seconds from each save of `file` until the open page shows what was written."""
    original = file.read_bytes()
    log = WORK / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env={**os.environ, **command.environment},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            with browser() as chrome:
                page = chrome.new_page()
                _open(page, address, process)
                return [_edit(page, file, original, f"edit{number:03d}x") for number in range(EDITS)]
        finally:
            file.write_bytes(original)
            # The whole group: a preview may have started the server as a process of its own.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def _open(page: Page, address: str, process: subprocess.Popen[bytes]) -> None:
    """Open the page as soon as the preview answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            port = int(address.split(":")[2].partition("/")[0])
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                page.goto(address, wait_until="load")
                page.wait_for_timeout(1000)
                return
        time.sleep(0.1)
    raise FailedError(f"the preview does not answer; see {WORK / 'serve.log'}")


def _edit(page: Page, file: Path, original: bytes, word: str) -> float:
    """One edit: what a person types at the end of the file, saved, until it can be read."""
    written = original + f"\n{word}\n".encode()
    start = time.perf_counter()
    file.write_bytes(written)
    page.get_by_text(word).first.wait_for(state="visible", timeout=60_000)
    seconds = time.perf_counter() - start
    # The next save comes when a person has looked, not in the middle of what this one set off.
    page.wait_for_timeout(700)
    return seconds
