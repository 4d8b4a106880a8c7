"""`portal build` on the command line: what it refuses, and what it shows on a terminal."""

import os
import pty
import re

import pytest
from click.testing import CliRunner

from portal_gen.cli import COMMANDS, portal
from portal_gen.cli.progress import Progress
from portal_gen.publish.state import Outcome
from tests.publish.portfolio import DAY, make, python_path
from tests.sites import PORTAL


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(make(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--shard", "3/2"], "'3/2' is not a shard; write for example 3/8"),
        (["--costs", "content"], "it needs --shard"),
        (["--jobs", "0"], "Invalid value for '--jobs'"),
        (["--jobs", "2", "--scheduler", "tcp://127.0.0.1:1"], "choose one of them"),
        (["--site", "content/site"], "lie in each other"),
        (["--config", "nowhere.yml"], "There is no nowhere.yml here"),
        (["delta"], "There is no client 'delta'"),
    ],
)
def test_wrong_use(folder, arguments, said):
    done = CliRunner().invoke(portal, ["build", "--as-of", DAY, *arguments])
    assert done.exit_code == 2
    assert said in done.output
    assert not (folder / "site").exists()


def test_every_command_is_there_and_explains_itself():
    said = CliRunner().invoke(portal, ["--help"]).output
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", said, re.MULTILINE)
        assert CliRunner().invoke(portal, [name, "--help"]).exit_code == 0
    assert CliRunner().invoke(portal, ["nonsense"]).exit_code == 2


def test_progress_on_a_terminal(folder):
    """Done, and time left; the line is taken away before anything else is said."""
    ours, theirs = pty.openpty()
    child = os.fork()
    if not child:
        os.dup2(theirs, 2)
        os.environ.update(python_path(folder))
        os.execv(PORTAL[0], [*PORTAL, "build", "--as-of", DAY, "--jobs", "1"])
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 1024):
            said += piece
    except OSError:  # the terminal is gone with the process
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    lines = said.decode().split("\r\x1b[K")
    assert lines[1] == "[0/3] starting"
    assert re.fullmatch(r"\[1/3\] 1 built, about \d+ s left", lines[2])
    assert lines[-1].strip() == "3 built: site/"


def test_time_left_counts_what_has_to_be_built_only(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr("portal_gen.cli.progress.time.monotonic", lambda: now[0])
    progress = Progress(1000, 4, shown=True)
    for _ in range(996):
        progress.count(Outcome("x", published=True, skipped=True))
    now[0] = 300.0
    progress.count(Outcome("x", published=True))
    progress.draw()
    progress.count(Outcome("x", published=False))
    progress.draw()
    said = capsys.readouterr().err
    assert "[997/1000] 1 built, 996 unchanged, about 15 min left" in said
    assert "[998/1000] 1 built, 996 unchanged, 1 not published, about 5 min left" in said
