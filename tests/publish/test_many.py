"""Many clients: what is skipped, what is said again, what breaks down alone, and how a build is stopped."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.publish.portfolio import CLIENTS, DAY, Commands, commit, make, python_path, run_git, write
from tests.sites import PORTAL, contents

BUILD = ("build", "--as-of", DAY)
HEAVY = ("babel", "holidays", "jinja2", "markdown", "markdown_it", "mkdocs", "pydantic", "portal_gen.compile")
PATIENCE = 60


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A portfolio that is built; what tests change they put back or change again."""
    folder = make(tmp_path_factory.mktemp("many") / "work", git=True)
    with Commands(folder) as portal:
        assert portal(*BUILD).code == 0
        yield folder, portal


@pytest.fixture
def work(tmp_path):
    """A portfolio of a test's own, not built."""
    folder = make(tmp_path / "work", git=True)
    with Commands(folder) as portal:
        yield folder, portal


def portals(folder: Path, site: str = "site") -> dict[str, dict[str, bytes]]:
    return {client: contents(folder / site / client) for client in CLIENTS if (folder / site / client).exists()}


def leftovers(folder: Path) -> list[str]:
    return [p.name for p in (folder / "site" / ".portal" / "aside").iterdir()]


def environment(folder: Path, **env: str) -> dict[str, str]:
    return {**os.environ, **python_path(folder), **env}


def start(folder: Path, *arguments: str, code: str = "", **env: str) -> subprocess.Popen[str]:
    """The command line in a process group of its own, as a terminal has it; `code` runs before it."""
    command = [*PORTAL[:2], f"{code}\n{PORTAL[2]}", *BUILD, *arguments]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment(folder, **env),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(path: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < deadline, f"{path.name} never came"
        time.sleep(0.01)
    return path.read_text()


@pytest.mark.parametrize("git", [True, False])
def test_nothing_to_do_loads_nothing(built, git):
    """Counted in modules: what is not loaded takes no time."""
    folder, _ = built
    code = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print('loaded', *[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr))"
    )
    env = {} if git else {"GIT_DIR": os.devnull, "PATH": "/nowhere"}
    done = start(folder, code=code, **env)
    _, err = done.communicate()
    assert err.splitlines() == ["3 unchanged: site/", "loaded"]
    assert done.returncode == 0


def test_only_what_changed_is_built(built):
    folder, portal = built
    before = portals(folder)
    write(folder / "content" / "borg" / "web" / "faq.md", "# FAQ\n## Why?\nBecause.\n")
    assert portal(*BUILD, "--dry-run").out == "borg\n"
    assert portals(folder) == before
    assert portal(*BUILD).summary == "1 built, 2 unchanged"
    after = portals(folder)
    assert [client for client in CLIENTS if before[client] != after[client]] == ["borg"]
    commit(folder)
    assert portal(*BUILD).summary == "3 unchanged"
    assert portal(*BUILD, "borg", "cato", "--fresh").summary == "2 built"
    assert portal(*BUILD, "--dry-run", "--fresh").out == "acme\nborg\ncato\n"
    assert portals(folder) == after


def test_a_file_that_git_takes_for_another_is_looked_at(work):
    """Git calls the file clean; what lies there is not what was committed, but what attributes made of it."""
    folder, portal = work
    attributes, path = folder / ".gitattributes", folder / "content" / "acme" / "web" / "faq.md"
    write(attributes, "*.md text\n")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    commit(folder)
    attributes.unlink()
    assert run_git(folder, "status", "--porcelain", "content") == ""
    assert portal(*BUILD).summary == "3 built"
    assert portal(*BUILD).summary == "3 unchanged"


def test_a_portal_or_a_record_that_is_gone_is_made_again(built):
    folder, portal = built
    whole = portals(folder)
    (folder / "site" / "acme" / "index.html").unlink()
    (folder / "site" / ".portal" / "borg.json").unlink()
    (folder / "site" / ".portal" / "cato.json").write_text('{"fingerprint": "x", "seconds": []}')
    assert portal(*BUILD).summary == "3 built"
    assert portals(folder) == whole
    assert portal(*BUILD).summary == "3 unchanged"


def test_what_was_said_of_a_portal_is_said_again(work):
    folder, portal = work
    write(folder / "content" / "acme" / "web" / "notes.txt", "nobody links to this")
    first = portal(*BUILD)
    again = portal(*BUILD)
    assert "acme/web/notes.txt: warning: Nothing links to this file" in first.err
    assert again.err.replace("3 unchanged", "3 built") == first.err
    assert again.code == 0
    strict, fresh = portal(*BUILD, "--strict"), portal(*BUILD, "--strict", "--site", "site-strict")
    assert (strict.code, fresh.code) == (1, 1)
    assert strict.err.splitlines()[:-2] == fresh.err.splitlines()[:-2]
    assert (strict.summary, fresh.summary) == ("2 unchanged, 1 not published", "2 built, 1 not published")
    assert sorted(portals(folder)) == list(CLIENTS)
    assert sorted(portals(folder, "site-strict")) == ["borg", "cato"]


def test_what_is_wrong_with_a_shared_file_is_said_once(work):
    folder, portal = work
    write(folder / "content" / "shared" / "glossary.yml", "- {id: uat, term: UAT, sort: x, short: Tests.}\n")
    done = portal(*BUILD)
    assert done.code == 1
    assert done.err.count("glossary.yml:1:") == 1
    assert done.err.count("stays as it is") == len(CLIENTS)


def test_a_client_that_fails_keeps_its_portal_and_its_record(work):
    folder, portal = work
    portal(*BUILD)
    whole = portals(folder)
    path = folder / "content" / "borg" / "web" / "project.yml"
    text = path.read_text("utf-8")
    path.write_text(f"{text}mistake: 1\n", "utf-8")
    failed = portal(*BUILD)
    assert (failed.code, failed.summary) == (1, "2 unchanged, 1 not published")
    assert portals(folder) == whole
    path.write_text(text, "utf-8")
    assert portal(*BUILD).summary == "3 unchanged"


def test_several_processes_give_what_one_gives(built):
    folder, portal = built
    assert portal(*BUILD, "--site", "site-one", "--jobs", "1").code == 0
    assert portal(*BUILD, "--site", "site-two", "--jobs", "2").code == 0
    assert portals(folder, "site-one") == portals(folder, "site-two")
    assert portal(*BUILD, "--site", "site-two").summary == "3 unchanged"


@pytest.mark.parametrize("how", ["exit", "kill"])
def test_a_worker_that_dies_takes_its_client_only(work, how):
    folder, portal = work
    done = portal(*BUILD, "--jobs", "2", PORTFOLIO_BORG=how)
    assert done.code == 3
    assert done.summary == "2 built, 1 not published"
    assert "The process that built it died" in done.err
    assert "borg: broke down" in done.err
    assert sorted(portals(folder)) == ["acme", "cato"]
    assert portal(*BUILD).summary == "1 built, 2 unchanged"
    assert leftovers(folder) == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_bug_in_one_build_is_reported_and_the_others_go_on(work, jobs):
    folder, portal = work
    done = portal(*BUILD, "--jobs", jobs, PORTFOLIO_ACME="raise")
    assert (done.code, done.summary) == (3, "2 built, 1 not published")
    assert "ZeroDivisionError: a bug of somebody's" in done.err
    assert sorted(portals(folder)) == ["borg", "cato"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_finishes_what_is_in_hand_and_begins_nothing(work, jobs):
    folder, portal = work
    env = {f"PORTFOLIO_{client.upper()}": "wait" for client in CLIENTS}
    build = start(folder, "--jobs", jobs, **env)
    for client in CLIENTS[: int(jobs)]:
        wait_for(folder / f"begun-{client.title()}")
    os.killpg(build.pid, signal.SIGINT)
    time.sleep(0.2)
    write(folder / "go", "")
    _, err = build.communicate(timeout=PATIENCE)
    assert build.returncode == 130
    begun = portals(folder)
    assert int(jobs) <= len(begun) <= len(CLIENTS)
    if jobs == "1":
        assert err == "1 built, 2 not begun: site/\n"
    assert leftovers(folder) == []
    assert portal(*BUILD, "--site", "site-full", **env).code == 0
    whole = portals(folder, "site-full")
    assert begun == {client: whole[client] for client in begun}
    records = sorted(p.stem for p in (folder / "site" / ".portal").glob("*.json"))
    assert records == sorted(begun)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_workers_end_with_the_build_that_started_them(work):
    folder, _ = work
    build = start(folder, "--jobs", "2", PORTFOLIO_ACME="wait", PORTFOLIO_BORG="wait", PORTFOLIO_CATO="wait")
    workers = [int(wait_for(folder / f"begun-{client}")) for client in ("Acme", "Borg")]
    build.kill()
    build.wait()
    deadline = time.monotonic() + PATIENCE / 4
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    left = [pid for pid in workers if alive(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []


PLANNED = """\
import portal_gen.publish.site as site
from pathlib import Path
opened = site.open_site
site.open_site = lambda folder: (Path("planned").write_text("x"), opened(folder))
"""


def test_two_builds_of_one_site_wait_for_each_other(work):
    folder, _ = work
    first = start(folder, "--jobs", "1", PORTFOLIO_ACME="wait")
    wait_for(folder / "begun-Acme")
    # The second finds that all has to be built, and only then meets the first.
    second = start(folder, "--jobs", "1", code=PLANNED, PORTFOLIO_ACME="wait")
    wait_for(folder / "planned")
    time.sleep(0.5)
    write(folder / "go", "")
    said = [build.communicate(timeout=PATIENCE)[1].splitlines()[-1] for build in (first, second)]
    # Each portal was built by one of them; the other found it.
    counts = [[int(word) for word in line.split() if word.isdigit()] for line in said]
    built = sum(numbers[0] for numbers, line in zip(counts, said, strict=True) if "built" in line)
    assert built == len(CLIENTS), said
    assert leftovers(folder) == []


KILL = "import os, signal, portal_gen.publish.{module} as m\n{name} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
# The place at which a build is killed, and whether the site then holds the new portal.
MOMENTS = {
    "between the record's end and the swap": (KILL.format(module="one", name="m.swap_in"), False),
    "between the swap and the new record": (KILL.format(module="state", name="m.State.write"), True),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_between_swap_and_record(work, moment):
    folder, portal = work
    code, is_new = MOMENTS[moment]
    portal(*BUILD)
    old = portals(folder)
    write(folder / "content" / "acme" / "web" / "faq.md", "# FAQ\n## Why?\nBecause.\n")
    portal(*BUILD, "--site", "site-full")
    new = portals(folder, "site-full")
    killed = start(folder, "--jobs", "1", code=code)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    assert portals(folder) == (new if is_new else old)
    assert not (folder / "site" / ".portal" / "acme.json").exists()
    assert portal(*BUILD).summary == "1 built, 2 unchanged"
    assert portals(folder) == new
    assert leftovers(folder) == []


@pytest.mark.parametrize(
    ("path", "summary"),
    [
        ("content/acme/web/faq.md", "1 built, 2 unchanged"),
        ("content/shared/faq.md", "3 built"),
        ("overrides/assets/extra.css", "3 built"),
        ("base.yml", "3 built"),
    ],
)
def test_what_changes_during_a_build_is_built_again(work, path, summary):
    """Nobody can tell whether the old or the new file was read, so nothing is recorded as made from either."""
    folder, portal = work
    text = (folder / path).read_text("utf-8")
    env = {"PORTFOLIO_ACME": f"touch {path}"}
    assert portal(*BUILD, "--jobs", "1", **env).code == 0
    assert (folder / path).read_text("utf-8") != text
    # As if the file had never changed: this is what a record would be wrong about.
    write(folder / path, text)
    assert portal(*BUILD).summary == summary


def test_records_are_small_and_name_no_machine(built):
    folder, _ = built
    for path in (folder / "site" / ".portal").glob("*.json"):
        assert set(json.loads(path.read_text())) == {"fingerprint", "seconds", "diagnostics", "messages"}
        assert str(folder) not in path.read_text()
