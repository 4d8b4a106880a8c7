"""What all tests share."""

import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright

from tests.sites import AS_OF, portal

ROOT = Path(__file__).parent.parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser):
    parser.addoption("--regen", action="store_true", help="rewrite the expected pages of the sections' cases")


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def examples(tmp_path_factory, worker_id):
    """The example portals, built once for all tests of this run."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    site = shared / "examples"
    with FileLock(shared / "examples.lock"):
        if not (site / "built").exists():
            built = portal("build", "--as-of", AS_OF, "--site", str(site))
            assert built.returncode == 0, built.stderr
            (site / "built").touch()
    return site


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests of a process: Playwright cannot be started twice in one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "the browser tests need Chromium: make test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
