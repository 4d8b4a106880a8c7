"""What all tests share."""

from pathlib import Path

import pytest
from filelock import FileLock

from tests.sites import AS_OF, portal

ROOT = Path(__file__).parent.parent


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
