"""kill -9 at random moments of a build: the published portal is always whole, and the next build needs no help."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

MOMENTS = int(os.environ.get("PORTAL_KILLS", "50"))
COMMAND = [sys.executable, "-c", "from portal_gen.cli import main; main()"]


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def run(folder: Path, *arguments: str) -> None:
    subprocess.run([*COMMAND, *arguments], cwd=folder, check=True, capture_output=True)


def recorded(folder: Path) -> str | None:
    """The fingerprint of what is published, as the site remembers it."""
    path = folder / "site" / ".portal" / "acme.json"
    return json.loads(path.read_text("utf-8"))["fingerprint"] if path.exists() else None


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A small portal in two states, with the whole site that each gives and the time a build takes."""
    folder = tmp_path_factory.mktemp("kill")
    run(folder, "new", "client", "acme", "--as-of", "2026-11-24")
    source = folder / "content" / "acme" / "client.yml"
    texts = [source.read_text("utf-8").replace("Acme", name) for name in ("Acme Old", "Acme New")]
    whole, records = [], []
    for text in texts:
        source.write_text(text, "utf-8")
        shutil.rmtree(folder / "site", ignore_errors=True)
        started = time.monotonic()
        run(folder, "build", "--as-of", "2026-11-24")
        lasts = time.monotonic() - started
        whole.append(fingerprint(folder / "site" / "acme"))
        records.append(recorded(folder))
    assert whole[0] != whole[1]
    assert records[0] != records[1]
    return folder, source, texts, whole, records, lasts


def test_kill(project):
    folder, source, texts, whole, records, lasts = project
    chance = random.Random(20261124)
    killed = 0
    site = folder / "site" / "acme"
    for n in range(MOMENTS):
        source.write_text(texts[n % 2], "utf-8")
        build = subprocess.Popen(
            [*COMMAND, "build", "--as-of", "2026-11-24", "--fresh"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # The moments lie closer together towards the end, where folders are swapped.
        time.sleep(lasts * (1 - chance.random() ** 2) * 1.02)
        build.send_signal(signal.SIGKILL)
        killed += build.wait() == -signal.SIGKILL
        found = fingerprint(site)
        assert found in whole, f"a reader would have seen half a portal after kill {n}"
        assert recorded(folder) in (None, records[whole.index(found)]), f"a record names another portal after kill {n}"
    assert killed > MOMENTS // 2
    source.write_text(texts[0], "utf-8")
    run(folder, "build", "--as-of", "2026-11-24")
    assert fingerprint(site) == whole[0]
    assert sorted(p.name for p in (folder / "site").iterdir()) == [".portal", "acme"]
