"""What git knows of the content: the tree ids of folders whose files are as committed.

Git has looked at every file before and keeps in its index what it saw, so it can tell in a fraction of the time that
hashing takes. It is believed only where its answer is sure to be what hashing the files gives; of the rest nothing
is said, and they are hashed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# In these states of the configuration git may call a file unchanged that differs from what was committed.
DOUBTFUL = {
    "core.autocrlf": ("true", "input"),
    "core.checkstat": ("minimal",),
    "core.filemode": ("false",),
    "core.ignorestat": ("true",),
    "core.symlinks": ("false",),
    "core.trustctime": ("false",),
}
# Attributes by which the file in the folder differs from the one in the repository.
CONVERTING = ("text", "eol", "crlf", "filter", "ident", "working-tree-encoding")
SYSTEM_ATTRIBUTES = "/etc/gitattributes"
_YES = {"yes": "true", "on": "true", "1": "true", "": "true", "no": "false", "off": "false", "0": "false"}


@dataclass(frozen=True, slots=True)
class Questions:
    """What git was asked, all at once: the answers are awaited when they are needed."""

    content: Path
    where: subprocess.Popen[bytes]
    settings: subprocess.Popen[bytes]
    trees: subprocess.Popen[bytes]
    index: subprocess.Popen[bytes]
    status: subprocess.Popen[bytes]


def ask(content: Path) -> Questions | None:
    """Start asking git about a folder; None where there is no git."""
    git = shutil.which("git")
    if git is None or not content.is_dir():
        return None

    def run(*arguments: str) -> subprocess.Popen[bytes]:
        # Neither a program that watches files nor remembered lists of folders: both may lag behind.
        always = ("-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false", "--no-pager", "--literal-pathspecs")
        return subprocess.Popen(  # noqa: S603 - git, with arguments of ours
            [git, *always, *arguments],
            cwd=content,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    return Questions(
        content,
        # The slowest first.
        status=run(
            *("status", "--porcelain=v1", "-z", "--untracked-files=all", "--ignored=matching"),
            *("--no-renames", "--ignore-submodules=none", "--", "."),
        ),
        index=run("ls-files", "-v", "-s", "-z"),
        trees=run("ls-tree", "-z", "HEAD"),
        settings=run("config", "-z", "--list"),
        where=run("rev-parse", "--show-prefix", "--git-path", "info/attributes"),
    )


def environment() -> dict[str, str]:
    """The environment for git: of this folder's repository, whatever repository we are called from (a hook, say)."""
    kept = re.compile(r"(?!GIT_)|GIT_CONFIG_(?!PARAMETERS)|GIT_CEILING_DIRECTORIES|GIT_DISCOVERY_ACROSS_FILESYSTEM")
    found = {name: value for name, value in os.environ.items() if kept.match(name)}
    return {**found, "GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def clean_trees(asked: Questions | None) -> dict[str, str]:
    """The tree ids of those folders directly in the content that are exactly as committed, by name.

    Empty where git cannot be believed, or knows nothing.
    """
    if asked is None:
        return {}
    answers = {name: _answer(getattr(asked, name)) for name in ("where", "settings", "trees", "index", "status")}
    if any(answer is None for answer in answers.values()):
        return {}
    where, settings, trees, index, status = (answer or b"" for answer in answers.values())
    prefix, attributes, *more = where.removesuffix(b"\n").split(b"\n")
    if more or not believable(settings):
        return {}
    if any(converts(path) for path in _attribute_files(asked.content, prefix, attributes, settings)):
        return {}
    changed = _changed(status, prefix)
    if changed is None:
        return {}
    doubtful = changed | _doubtful(index, asked.content)
    found = {}
    for entry in trees.split(b"\0"):
        head, _, name = entry.partition(b"\t")
        _, kind, digest = head.split() if head else (b"", b"", b"")
        # A submodule is a commit of another repository; ids of 64 digits are SHA-256, and ours are not.
        if kind == b"tree" and len(digest) == len("0" * 40) and name not in doubtful:
            found[os.fsdecode(name)] = digest.decode()
    return found


def _answer(process: subprocess.Popen[bytes]) -> bytes | None:
    output, _ = process.communicate()
    return output if process.returncode == 0 else None


def believable(settings: bytes) -> bool:
    """True when no setting lets git overlook a change. `settings` is what `git config -z --list` says."""
    for entry in settings.split(b"\0"):
        name, _, value = os.fsdecode(entry).partition("\n")
        bad = DOUBTFUL.get(name.lower(), ())
        text = value.lower()
        if bad and _YES.get(text, text) in bad:
            return False
    return True


def _attribute_files(content: Path, prefix: bytes, own: bytes, settings: bytes) -> Iterator[Path]:
    """Where attributes for the whole content may stand: from its folder up to the repository's, and beside them."""
    folder = content.resolve()
    for above in (folder, *folder.parents)[: prefix.count(b"/") + 1]:
        yield above / ".gitattributes"
    yield content / os.fsdecode(own)
    yield Path(SYSTEM_ATTRIBUTES)
    yield Path(os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser(), "git", "attributes")
    for entry in settings.split(b"\0"):
        name, _, value = os.fsdecode(entry).partition("\n")
        if name.lower() == "core.attributesfile" and value:
            yield Path(value).expanduser()


def converts(path: Path) -> bool:
    """True when a file of attributes may give some files other bytes in the folder than in the repository."""
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return any(
        word.partition("=")[0] in CONVERTING
        for line in lines
        if not line.lstrip().startswith("#")
        for word in line.split()[1:]
    )


def _changed(status: bytes, prefix: bytes) -> set[bytes] | None:
    """The folders of the content in which something is not as committed; None for all of them."""
    found = set()
    for entry in filter(None, status.split(b"\0")):
        path = entry[3:]
        if not path.startswith(prefix) or path == prefix:
            return None
        found.add(path[len(prefix) :].partition(b"/")[0])
    return found


def _doubtful(index: bytes, content: Path) -> set[bytes]:
    """The folders with a file that git was told not to look at, with a submodule, or with attributes of their own."""
    found = set()
    # "H 100644 <id> 0\t<path>": H is a file like any other; h, S and s are not looked at; 160000 is a submodule.
    for odd in re.finditer(rb"\0(?!H (?!160000 ))[^\t\0]*\t([^/\0]*)", b"\0" + index):
        found.add(odd[1])
    if b"/.gitattributes\0" in index:
        for attributes in re.finditer(rb"\t(([^/\0]*)/(?:[^/\0]*/)*\.gitattributes)(?=\0)", index):
            if converts(content / os.fsdecode(attributes[1])):
                found.add(attributes[2])
    return found
