"""What every portal depends on besides its content: this program, its theme, the configuration, what is installed.

Each input is named and digested, so that two machines can be compared and the difference said.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from portal_gen.host.theme import PACKAGE, theme_folder
from portal_gen.publish.trees import tree_id

# What Python leaves beside its sources, and test data: neither is read in a build.
NO_INPUT = ("__pycache__", "cases")
# The name of the one input that changes by itself.
DAY = "day"
# Whatever mkdocs.yml says of these, the plugin sets them.
SET_BY_US = ("docs_dir", "site_dir")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def shared_inputs(config: Path, content: Path, site: Path, as_of: date) -> dict[str, str]:
    """A digest of each input that all portals share, by its name.

    Raises:
        OSError: an input cannot be read.
        UnknownInputsError: the configuration is such that nobody can tell what it depends on.
    """
    found = {
        DAY: as_of.isoformat(),
        "portal_gen": tree_id(PACKAGE, skip=NO_INPUT, follow=True),
        "theme": tree_id(theme_folder(), skip=NO_INPUT, follow=True),
        "Python": f"{sys.implementation.name} {'.'.join(map(str, sys.version_info))}",
        "time zones": digest(*time_zones()),
        **{f"installed {name}": value for name, value in installed()},
    }
    for name, value in Configuration(config.absolute(), (content.resolve(), site.resolve())).inputs():
        found[f"{config.name}: {name}"] = value
    return found


def digest(*parts: str) -> str:
    """One SHA-256 for several texts; where one ends and the next begins counts."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def time_zones() -> Iterator[str]:
    """The release of the system's time zones, which Python prefers to those of the package tzdata."""
    for folder in zoneinfo.TZPATH:
        for name in ("+VERSION", "tzdata.zi"):
            file = Path(folder, name)
            if file.is_file():
                with file.open("rb") as opened:
                    yield opened.readline(200).decode("ascii", "replace")
                break


def installed() -> Iterator[tuple[str, str]]:
    """Names with versions of what is installed, each with a digest of what these do not tell.

    A release never changes; what came from elsewhere is looked into.
    """
    for entry in dict.fromkeys(sys.path):
        folder = Path(entry)
        for metadata in folder.iterdir() if entry and folder.is_dir() else ():
            if metadata.name.endswith((".dist-info", ".egg-info")):
                yield metadata.stem, digest(*_from_elsewhere(metadata))


def _from_elsewhere(metadata: Path) -> Iterator[str]:
    """What tells two states of a distribution apart that was installed from a folder or a repository (PEP 610)."""
    origin = metadata / "direct_url.json"
    if metadata.name.startswith("portal_gen-") or not origin.is_file():
        return
    described = json.loads(origin.read_bytes())
    if described.get("dir_info", {}).get("editable"):
        path = unquote(urlsplit(described["url"]).path)
        folder = Path(path.lstrip("/") if os.name == "nt" else path)
        yield from (
            f"{path.relative_to(folder).as_posix()} {tree_id(path, skip=NO_INPUT, follow=True)}"
            for path in _packages(folder)
        )
    record = metadata / "RECORD"
    if record.is_file():
        # Scripts name the interpreter, and with it the machine.
        yield from (line for line in record.read_text("utf-8").splitlines() if not line.startswith(".."))


def _packages(folder: Path) -> Iterator[Path]:
    """The packages of a project that is installed where it is being written."""
    for top in (folder, folder / "src"):
        for path in sorted(top.iterdir()) if top.is_dir() else ():
            if (path / "__init__.py").is_file():
                yield path


class UnknownInputsError(Exception):
    """Nobody can tell what a build depends on, so it has to be done."""


class OtherInputsError(Exception):
    """Another machine's inputs are not ours: what it builds would not be what we build."""


class Configuration:
    """A file of MkDocs' configuration: what it says, and what it names.

    Whatever it names that exists is an input: templates, hooks, a configuration it inherits, files of plugins.
    """

    def __init__(self, file: Path, apart: tuple[Path, ...]) -> None:
        """`apart` are folders that are inputs of their own, or none."""
        self.file = file
        self.folder = file.parent
        self.apart = (*apart, (self.folder / ".portal").resolve())
        self.found: dict[str, str] = {}
        self.read: set[Path] = set()

    def inputs(self) -> Iterable[tuple[str, str]]:
        """Each input with its digest, the configuration first."""
        self._read(self.file)
        return self.found.items()

    def _read(self, file: Path) -> None:
        if file in self.read:
            return
        self.read.add(file)
        text = file.read_bytes()
        self.found[self._name(file)] = hashlib.sha256(text).hexdigest()
        try:
            root = yaml.compose(text, Loader=_LOADER)
        except yaml.YAMLError as error:
            raise UnknownInputsError(str(error)) from error
        for key, node in _scalars(root, ""):
            for value in self._meant(node):
                self._take(key, value, file)

    def _meant(self, node: yaml.ScalarNode) -> Iterator[str]:
        """What a value says, and what the variable it names says."""
        yield node.value
        if node.tag == "!ENV":
            value = os.environ.get(node.value)
            self.found[f"${node.value}"] = json.dumps(value)
            if value:
                yield value

    def _take(self, key: str, value: str, file: Path) -> None:
        """Take what a value leads to, if it is a path."""
        if not value or key in SET_BY_US:
            return
        path = Path(os.path.normpath((file.parent if key == "INHERIT" else self.folder) / value))
        if not os.path.exists(path):  # noqa: PTH110 - a text that can be no path is none; Path would raise
            return
        if key == "INHERIT":
            self._read(path)
        elif key == "hooks":
            self._hook(path)
        elif path.is_file():
            self.found.setdefault(self._name(path), _file_digest(path))
        elif self._is_apart(path.resolve()):
            if key == "theme.custom_dir":
                raise UnknownInputsError(f"{path} holds the content or the site, or lies in them")
        elif self._name(path) not in self.found:
            self.found[self._name(path)] = tree_id(path, skip=NO_INPUT, follow=True)

    def _is_apart(self, folder: Path) -> bool:
        """True for the folder of the configuration, and for what holds, or lies in, a folder that is apart."""
        above = folder == self.folder.resolve() or folder in self.folder.resolve().parents
        return above or any(folder in (top, *top.parents) or top in folder.parents for top in self.apart)

    def _hook(self, path: Path) -> None:
        """Take a hook, and the modules beside it, which it can import."""
        for module in sorted(path.parent.iterdir()):
            if module.suffix == ".py":
                self.found[self._name(module)] = _file_digest(module)
            elif (module / "__init__.py").is_file():
                self.found[self._name(module)] = tree_id(module, skip=NO_INPUT, follow=True)

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.folder)).as_posix()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _scalars(node: yaml.Node | None, key: str, seen: tuple[int, ...] = ()) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """The scalars of a document with the dotted keys above them. A tag on a list is a tag on each of its items."""
    if node is None or id(node) in seen:
        return
    if isinstance(node, yaml.ScalarNode):
        yield key, node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if node.tag == "!ENV" and isinstance(item, yaml.ScalarNode):
                yield key, yaml.ScalarNode(node.tag, item.value)
            yield from _scalars(item, key, (*seen, id(node)))
    else:
        for name, value in node.value:
            inner = f"{key}.{name.value}" if key else str(name.value)
            yield from _scalars(value, inner, (*seen, id(node)))


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """The names of inputs that are not the same."""
    return sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
