"""The wheel, as a stranger gets it: a clean environment, a new client, a portal, and no file edited."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.sites import ROOT


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", str(folder / "dist"), str(ROOT), cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    run(str(folder / "venv" / "bin" / "python"), "-m", "pip", "install", "-q", str(wheel), cwd=folder)
    return folder / "venv" / "bin"


def test_new_client_builds_without_an_edit(installed, tmp_path):
    portal = str(installed / "portal")
    run(portal, "new", "client", "acme", "--title", 'Acme & "Sons" <Ltd>', "--as-of", "2026-11-24", cwd=tmp_path)
    run(portal, "new", "project", "acme", "second", cwd=tmp_path)
    run(portal, "new", "minutes", "acme", "weekly", "--project", "project", "--as-of", "2026-12-01", cwd=tmp_path)
    run(portal, "new", "deliverable", "acme", "report", "--project", "project", cwd=tmp_path)
    run(portal, "new", "term", "acme", "CI/CD", cwd=tmp_path)
    run(portal, "check", "--strict", "--as-of", "2026-12-02", cwd=tmp_path)
    run(portal, "build", "--as-of", "2026-12-02", cwd=tmp_path)
    home = (tmp_path / "site" / "acme" / "index.html").read_text("utf-8")
    assert "Acme &amp; &#34;Sons&#34; &lt;Ltd&gt;" in home or "Acme &amp; &quot;Sons&quot; &lt;Ltd&gt;" in home
    assert (tmp_path / "site" / "acme" / "project" / "timeline" / "index.html").is_file()
    assert (tmp_path / "site" / "acme" / "assets" / "portal.css").is_file()


def test_what_new_refuses(installed, tmp_path):
    portal = str(installed / "portal")
    for wrong in (["client", "../x"], ["client", "CON"], ["client", "A b"], ["minutes", "nobody"]):
        done = subprocess.run([portal, "new", *wrong], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2, wrong
        assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.yml"))
