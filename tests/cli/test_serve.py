"""`portal serve` as a project manager uses it: a saved change is on the page, and so is a mistake."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

PORTAL = [str(Path(sys.executable).parent / "portal")]


@pytest.fixture
def served(tmp_path):
    """A new client, served; gives its folder and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    day = ("--as-of", "2026-11-24")
    new = [*PORTAL, "new", "client", "acme", "--title", "Acme", *day]
    subprocess.run(new, cwd=tmp_path, check=True, capture_output=True)
    command = [*PORTAL, "serve", "acme", *day, "--address", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert "Open http://127.0.0.1" in next(line for line in server.stderr if "Open" in line)
        yield tmp_path / "content" / "acme", f"http://127.0.0.1:{port}/"
        server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0


def wait_for(address, words, *, absent=False):
    """Wait until a page says something, or no longer does."""
    for _ in range(100):
        with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(address) as answer:
            if (words in answer.read().decode()) is not absent:
                return True
        time.sleep(0.1)
    return False


def test_a_saved_change_and_a_mistake_are_on_the_page(served):
    folder, address = served
    project = next(folder.glob("*/project.yml"))
    before = project.read_text("utf-8")
    assert wait_for(address, "Acme")
    project.write_text(before.replace("title:", "title: Rocket #", 1).replace("Rocket #", "Rocket,"), "utf-8")
    assert wait_for(address, "Rocket,")
    project.write_text(before.replace("title:", "titel:", 1), "utf-8")
    assert wait_for(address, "Did you mean")
    assert wait_for(address, "Rocket,"), "the page that was good is still there"
    project.write_text(before, "utf-8")
    assert wait_for(address, "Did you mean", absent=True)
    assert wait_for(address, "Rocket,", absent=True)
