"""The same work on the workers of a real Dask scheduler, over TCP on this machine."""

import os
import sys

import pytest

from tests.publish.portfolio import CLIENTS, DAY, make, python_path, write
from tests.sites import contents, portal

distributed = pytest.importorskip("distributed")
BUILD = ("build", "--as-of", DAY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make(tmp_path_factory.mktemp("dask") / "work", git=True)


@pytest.fixture(scope="module")
def environment(folder):
    return {**python_path(folder), "PORTFOLIO_NOTE": "from-here", "PORTFOLIO_BORG": "obey"}


@pytest.fixture(scope="module")
def cluster(folder, environment):
    """Two worker processes with the environment that ours has; one is given two threads, which must not matter."""
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    # Workers take the path of the process that starts them.
    sys.path.append(str(folder / "installed"))
    try:
        with distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=2,
            processes=True,
            host="127.0.0.1",
            protocol="tcp://",
            dashboard_address=None,
        ) as cluster:
            yield cluster
    finally:
        sys.path.remove(str(folder / "installed"))
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


def test_the_same_bytes(folder, cluster, environment):
    alone = portal(*BUILD, "--site", "site-one", "--jobs", "1", cwd=folder, env=environment)
    assert alone.returncode == 0, alone.stderr
    assert cluster.scheduler_address.startswith("tcp://127.0.0.1:")
    scheduler = ("--scheduler", cluster.scheduler_address)
    there = portal(*BUILD, *scheduler, cwd=folder, env=environment)
    assert (there.returncode, there.stderr) == (0, "3 built: site/\n")
    for client in CLIENTS:
        assert contents(folder / "site" / client) == contents(folder / "site-one" / client)
        assert (folder / "site" / client / "index.html").is_file()
    assert portal(*BUILD, *scheduler, cwd=folder, env=environment).stderr == "3 unchanged: site/\n"
    write(folder / "content" / "acme" / "web" / "project.yml", "title: Website\nsumary: A slip.\n")
    wrong = portal(*BUILD, *scheduler, cwd=folder, env=environment)
    assert wrong.returncode == 1
    assert "acme/web/project.yml:2:1: error: This file has no key 'sumary'." in wrong.stderr


def test_a_worker_that_would_give_other_bytes_is_refused(folder, cluster, environment):
    other = {**environment, "PORTFOLIO_NOTE": "from-elsewhere"}
    done = portal(*BUILD, "borg", "--site", "site-two", "--scheduler", cluster.scheduler_address, cwd=folder, env=other)
    assert done.returncode == 3
    assert "differs from this machine in: mkdocs.yml: $PORTFOLIO_NOTE." in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "site-two" / "borg").exists()


def test_a_worker_that_has_loaded_an_old_hook_is_refused(folder, cluster, environment):
    """Its files are those of today, but what runs in it is what it loaded before."""
    hook = folder / "hooks" / "words.py"
    text = hook.read_text("utf-8")
    hook.write_text("WORD = 'new'\n", "utf-8")
    where = ("--site", "site-five", "--scheduler", cluster.scheduler_address)
    done = portal(*BUILD, "cato", *where, cwd=folder, env=environment)
    hook.write_text(text, "utf-8")
    assert done.returncode == 3
    assert "has to be started again: mkdocs.yml: hooks/words.py." in done.stderr
    assert not (folder / "site-five" / "cato").exists()


def test_a_worker_that_dies_takes_its_client_only(folder, cluster, environment):
    (folder / "orders").write_text("exit")
    where = ("--site", "site-three", "--scheduler", cluster.scheduler_address)
    done = portal(*BUILD, "borg", "cato", *where, cwd=folder, env=environment)
    (folder / "orders").unlink()
    assert done.returncode == 3
    assert "borg: broke down" in done.stderr
    assert "The process that built it died" in done.stderr
    assert (folder / "site-three" / "cato" / "index.html").is_file()


def test_no_scheduler(folder):
    done = portal(*BUILD, "--fresh", "--site", "site-four", "--scheduler", "tcp://127.0.0.1:1", cwd=folder)
    assert done.returncode == 2
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr
