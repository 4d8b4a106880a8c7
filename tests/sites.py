"""Built portals that several tests look at."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
AS_OF = "2026-11-24"
CLIENTS = ("harbor-clinic", "yunhai-logistics")
PORTAL = [sys.executable, "-c", "from portal_gen.cli import main; main()"]


def portal(*arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    return subprocess.run(
        [*PORTAL, *arguments], cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, text=True, check=False
    )


def mkdocs(
    client: str, site: Path, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run plain `mkdocs build` for a client."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)],
        cwd=cwd,
        env={**os.environ, "PORTAL_CLIENT": client, "PORTAL_AS_OF": AS_OF, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its relative path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
