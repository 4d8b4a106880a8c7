"""A small portfolio, three tiny clients, whose portals depend on everything a portal can depend on."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import portal_gen

PACKAGE = Path(portal_gen.__file__).parent
DAY = "2026-11-24"
CLIENTS = ("acme", "borg", "cato")
CONFIG = """\
INHERIT: base.yml
site_name: Client portals
docs_dir: .portal/empty
theme: {name: material, custom_dir: overrides}
extra: {note: !ENV [PORTFOLIO_NOTE, none]}
hooks: [hooks/sign.py]
plugins: [search, {portal: {content: content}}]
"""
BASE = "extra: {base: one}\n"
LOGO = "<p>{{ config.extra.note }} {{ config.extra.base }} {{ config.extra.signed }}</p>\n"
# What a hook imports from beside it, and what is installed, reach the pages.
HOOK = """\
import importlib.metadata
import os
import signal
import time
from pathlib import Path
from typing import Self
from words import WORD

def on_config(config):
    client = config.site_name
    config.extra["signed"] = f"{WORD} {importlib.metadata.version('portfolio-thing')}"
    root = Path(config.config_file_path).parent
    how = os.environ.get(f"PORTFOLIO_{client.upper()}", "")
    if how:
        (root / f"begun-{client}").write_text(str(os.getpid()))
    orders = root / "orders"
    if how == "obey":
        how = orders.read_text() if orders.exists() else ""
    if how == "exit":
        os._exit(9)
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "raise":
        raise ZeroDivisionError("a bug of somebody's")
    if how == "wait":
        deadline = time.monotonic() + 60
        while not (root / "go").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
    if how.startswith("touch "):
        with open(how.split()[1], "a") as file:
            file.write("\\n")
    return config
"""


def make(folder: Path, *, git: bool = False) -> Path:
    """The portfolio in a folder."""
    files = {
        "mkdocs.yml": CONFIG,
        "base.yml": BASE,
        "overrides/partials/logo.html": LOGO,
        "overrides/assets/extra.css": "p { margin: 0 }\n",
        "hooks/sign.py": HOOK,
        "hooks/words.py": "WORD = 'signed'\n",
        "installed/portfolio_thing-1.0.dist-info/METADATA": "Name: portfolio-thing\nVersion: 1.0\n",
        "content/shared/glossary.yml": "- {id: uat, term: UAT, short: Your staff try the work.}\n",
        "content/shared/faq.md": "# FAQ\n## Who answers?\nWe do, after UAT.\n",
        ".gitignore": "site*/\n.portal/\n__pycache__/\n*.log\n",
    }
    for n, client in enumerate(CLIENTS):
        files |= {
            f"content/{client}/client.yml": f"name: {client.title()}\nlanguages: [{'en, zh' if n == 1 else 'en'}]\n"
            "people:\n  ana: {name: Ana Ruiz, side: client}\n  bo: {name: Bo Berg, side: us}\n",
            f"content/{client}/web/project.yml": f"title: Website {n}\nsummary: A site for {client.title()}.\n",
            f"content/{client}/web/faq.md": "# FAQ\n## When?\nSoon.\n",
            f"content/{client}/web/minutes/2026-11-02-start.md": "---\ntitle: Start\ndate: 2026-11-02\n"
            "attendees: [ana, bo]\n---\n## Decisions\n- Begin. [by:: @ana]\n## Notes\nWe spoke of UAT.\n",
        }
    for name, text in files.items():
        write(folder / name, text)
    if git:
        run_git(folder, "init", "-q")
        commit(folder)
    return folder


def python_path(folder: Path) -> dict[str, str]:
    """The environment in which what is installed in a portfolio is found."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder / "installed"), os.environ.get("PYTHONPATH"))))}


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def run_git(folder: Path, *arguments: str) -> str:
    """Run git with nothing of this machine's configuration."""
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ("-c", "user.name=Bo Berg", "-c", "user.email=bo@example.com", "-c", "protocol.file.allow=always")
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=env, check=True, capture_output=True, text=True
    ).stdout


def commit(folder: Path) -> None:
    """Commit everything."""
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "--allow-empty", "-m", "state")


def copy_package(folder: Path) -> Path:
    """A copy of the package and its theme, to be changed; the path to import it from."""
    skip = shutil.ignore_patterns("__pycache__", "cases")
    shutil.copytree(PACKAGE, folder / "portal_gen", ignore=skip)
    if not (PACKAGE / "themes").exists():
        shutil.copytree(PACKAGE.parent / "themes", folder / "themes")
    return folder


SERVER = """\
import json, os, sys
import material.plugins.search.plugin, portal_gen.cli.build, portal_gen.publish.one
portal_gen.compile.sections.find()
print(portal_gen.__file__, flush=True)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if not child:
        os.chdir(order["cwd"])
        os.environ.update(order["env"])
        sys.path[:0] = order["path"]
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        from portal_gen.cli import main
        main(order["arguments"])
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass
class Result:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def summary(self) -> str:
        """The last line but the names of those that failed."""
        return [line for line in self.err.splitlines() if line.endswith("/")][-1].rpartition(": ")[0]


class Commands:
    """Runs `portal` many times. Each run is a process of its own, forked from one that has done the imports."""

    def __init__(self, folder: Path, package: Path | None = None, *, installed: bool = True) -> None:
        path = {"PYTHONPATH": str(package)} if package else {}
        self.folder = folder
        self.path = [str(folder / "installed")] if installed else []
        self.server = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            cwd=folder,
            env={**os.environ, **path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.server.stdout
        imported = Path(self.server.stdout.readline().strip()).parent
        assert imported == (package / "portal_gen" if package else PACKAGE), f"{imported} would be tested"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.server.communicate()

    def __call__(self, *arguments: str, **env: str) -> Result:
        files = {name: str(self.folder / f".{name}") for name in ("out", "err")}
        order = {"arguments": arguments, "env": env, "cwd": str(self.folder), "path": self.path, **files}
        assert self.server.stdin
        assert self.server.stdout
        self.server.stdin.write(json.dumps(order) + "\n")
        self.server.stdin.flush()
        code = int(self.server.stdout.readline())
        return Result(code, *(Path(name).read_text("utf-8") for name in files.values()))
