"""The files of one client, found safely and read once.

Only regular files with plain names inside the client's folder count; symbolic links are refused. A section asks a
`Folder` for its files; at the end, a file or a key that nobody asked for is an error, so that a slip in a name
cannot make a section vanish.
"""

from __future__ import annotations

import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from portal_gen.contract import Asset
from portal_gen.diagnostics import Code, Place, Report, did_you_mean, one_line
from portal_gen.language import find_locale
from portal_gen.source.active_file import file_problem
from portal_gen.source.body import Body
from portal_gen.source.fields import is_id, path_problem
from portal_gen.source.folders import SHARED
from portal_gen.source.freshness import check_translation, is_public
from portal_gen.source.listing import list_files
from portal_gen.source.markdown_file import MarkdownFile, parse_markdown
from portal_gen.source.record import Record, read_record
from portal_gen.source.text_file import read_text
from portal_gen.source.translations import compare_blocks, is_internal
from portal_gen.source.yaml_file import Mapping, Node, Scalar, Sequence, parse_yaml

MAX_YAML = 1 << 20
# Python's own table; the machine's would make the output depend on the machine.
TYPES = mimetypes.MimeTypes()
MAX_MARKDOWN = 2 << 20
MAX_ASSET = 20 << 20
TEXT_SUFFIXES = (".md", ".yml", ".yaml")
TEMPLATES = f"{SHARED}/templates/"

Model = TypeVar("Model", bound=Record)


@dataclass(frozen=True, slots=True)
class Translated:
    """A Markdown file with its translations by language tag; `stem` is its name without suffixes."""

    stem: str
    main: MarkdownFile
    translations: dict[str, MarkdownFile]


@dataclass(slots=True)
class Source:
    """Everything one client's portal may be made of: the shared folder, the client's, and its projects."""

    root: Path
    client_id: str
    report: Report
    languages: tuple[str, ...] = ("en",)
    files: dict[str, Path] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    keys: dict[str, set[str]] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    written_ids: set[str] = field(default_factory=set)
    translated: dict[str, frozenset[str]] = field(default_factory=dict)
    _yaml: dict[str, Node | None] = field(default_factory=dict)
    _markdown: dict[str, MarkdownFile | None] = field(default_factory=dict)

    @property
    def client(self) -> Folder:
        """The client's own folder."""
        return Folder(self, self.client_id)

    @property
    def shared(self) -> Folder:
        """The house's folder, which every portal may use."""
        return Folder(self, SHARED)

    @property
    def projects(self) -> dict[str, Folder]:
        """The client's projects: folders that hold a project.yml, in the order of their names."""
        found = sorted(
            f.split("/")[1] for f in self.files if re.fullmatch(rf"{re.escape(self.client_id)}/[^/]+/project\.yml", f)
        )
        return {name: Folder(self, f"{self.client_id}/{name}") for name in found}

    def drop(self, project: str) -> None:
        """Forget the files of a project, as if its folder lay in one called internal."""
        folder = f"{self.client_id}/{project}/"
        self.files = {name: path for name, path in self.files.items() if not name.startswith(folder)}
        self.keys = {name: known for name, known in self.keys.items() if not name.startswith(folder)}

    def read_yaml(self, name: str) -> Node | None:
        """The root of a YAML file, parsed once; an empty file is an error."""
        if name not in self._yaml:
            before = len(self.report.diagnostics)
            text = read_text(self.files[name], name, self.report, MAX_YAML)
            node = None if text is None else parse_yaml(text, name, self.report)
            if node is None and len(self.report.diagnostics) == before:
                self.report.error(
                    Place(name, 1, 1), Code.WRONG_TYPE, "The file is empty.", mend="Write its keys, or delete the file."
                )
            self._yaml[name] = node
            self.written_ids.update(_ids(node))
        return self._yaml[name]

    def read_markdown(self, name: str) -> MarkdownFile | None:
        """A Markdown file, parsed once, its linked files checked."""
        if name not in self._markdown:
            text = read_text(self.files[name], name, self.report, MAX_MARKDOWN)
            self._markdown[name] = None if text is None else parse_markdown(text, name, self.report)
        return self._markdown[name]

    def asset(self, name: str, place: Place) -> Asset | None:
        """A file that goes to the client as it is; `name` is relative to content."""
        if name not in self.files:
            folder = posixpath.dirname(name)
            near = [f for f in self.files if posixpath.dirname(f) == folder and not f.endswith(TEXT_SUFFIXES)]
            self.report.error(
                place,
                Code.BROKEN_LINK,
                f"There is no file '{one_line(posixpath.basename(name))}' here.",
                mend=did_you_mean(posixpath.basename(name), [posixpath.basename(f) for f in near])
                or "Put the file here, or take the link out.",
            )
            return None
        self.claimed.add(name)
        if name not in self.assets:
            path = self.files[name]
            if path.stat().st_size > MAX_ASSET:
                self.report.error(
                    place,
                    Code.LIMIT,
                    "This file is larger than 20 MB.",
                    mend="Link to it where it is stored, or make it smaller.",
                )
                return None
            try:
                data = path.read_bytes()
            except OSError as error:
                self.report.error(Place(name), Code.FILE, f"The file cannot be read: {error.strerror}.")
                return None
            if problem := file_problem(name, data):
                why = "The portal runs no script but its own, and loads nothing from other hosts."
                self.report.error(place, Code.UNSAFE, problem[0], why=why, mend=problem[1])
                return None
            digest = hashlib.sha256(data).hexdigest()
            base = posixpath.basename(name)
            kind = TYPES.guess_type(base)[0] or "application/octet-stream"
            address = re.sub(r"[^\w.-]+", "-", base)
            self.assets[name] = Asset(path, f"files/{digest[:12]}/{address}", base, kind, path.stat().st_size, digest)
        return self.assets[name]

    def finish(self) -> None:
        """Report what nobody asked for: files in the client's folder, and keys in the files that were read."""
        stray = [
            f for f in self.files if f not in self.claimed and (not f.startswith(f"{SHARED}/") or self._is_lost(f))
        ]
        headless = self._refuse_headless(stray)
        for name in stray:
            if name.startswith(headless):
                continue
            if name.endswith(TEXT_SUFFIXES):
                folder, base = posixpath.split(name)
                places = {f"{folder}/{n}" for n in _USUAL} | {f"{asked}/{base}" for asked in self.asked}
                self.report.error(
                    Place(name),
                    Code.UNKNOWN_FILE,
                    "No section reads this file.",
                    why="What it says would be missing from the portal without a word.",
                    mend=did_you_mean(name, places - set(self.files))
                    or "Move it to a folder called internal, or delete it.",
                )
            else:
                self.report.warning(
                    Place(name),
                    Code.UNKNOWN_FILE,
                    "Nothing links to this file, so it is not published.",
                    mend="Link to it, or move it to a folder called internal.",
                )
        for name, known in self.keys.items():
            node = self._yaml.get(name)
            for key, entry in node.entries.items() if isinstance(node, Mapping) else ():
                if key not in known:
                    self.report.error(
                        entry.key_place,
                        Code.UNKNOWN_KEY,
                        f"This file has no key '{one_line(key)}'.",
                        mend=did_you_mean(key, known - {"visibility"}),
                    )

    def _refuse_headless(self, stray: list[str]) -> tuple[str, ...]:
        """Report folders that would be projects if they had a project.yml, once each; they are returned."""
        found: dict[str, str] = {}
        projects = self.projects
        for name in stray:
            client, _, rest = name.partition("/")
            folder, slash, file = rest.partition("/")
            if client == self.client_id and slash and folder not in projects and name.endswith(TEXT_SUFFIXES):
                meant = re.fullmatch(r"project\.ya?ml", file, re.IGNORECASE)
                found[f"{client}/{folder}/"] = file if meant else found.get(f"{client}/{folder}/", "")
        for folder, named in found.items():
            self.report.error(
                Place(f"{folder}project.yml"),
                Code.FILE,
                "This file is missing, so the folder is no project and nothing in it is read.",
                mend=f"Rename {named} to project.yml"
                if named
                else "Write it, with at least a line  title: …  or move the folder into one called internal.",
            )
        return tuple(found)

    def _is_lost(self, name: str) -> bool:
        """True for a text in the shared folder that is for no client at all: other clients may use what this does not.

        Templates are for `portal new`; a translation belongs to the text beside it.
        """
        original = f"{_stem(name)[0]}.md"
        return name.endswith(TEXT_SUFFIXES) and not name.startswith(TEMPLATES) and original not in self.claimed


_USUAL = ("plan.yml", "faq.md", "glossary.yml", "project.yml", "client.yml", "agency.yml")


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder of a client's source, as sections see it."""

    source: Source
    path: str

    def has(self, name: str) -> bool:
        """True when there is such a file."""
        return f"{self.path}/{name}" in self.source.files

    def yaml(self, name: str) -> Node | None:
        """The root of a YAML file in this folder, or None."""
        full = f"{self.path}/{name}"
        if full not in self.source.files:
            return None
        self.source.claimed.add(full)
        return self.source.read_yaml(full)

    def keys(self, name: str, model: type[Model]) -> Model | None:
        """A record of those keys of a YAML file that the model has; other sections may read the others."""
        node = self.yaml(name)
        if node is None:
            return None
        fields = {f.alias or n for n, f in model.model_fields.items()}
        self.source.keys.setdefault(f"{self.path}/{name}", set()).update(fields)
        return read_record(node, model, self.source.report, only=True)

    def markdown(self, name: str) -> Translated | None:
        """A Markdown file `name` (with its .md) and its translations, or None."""
        return self._translated(posixpath.join(self.path, name))

    def all_markdown(self, folder: str) -> list[Translated]:
        """The Markdown files of a folder below this one, by name; translations with their originals."""
        prefix = f"{self.path}/{folder}/"
        self.source.asked.add(f"{self.path}/{folder}")
        names = [
            f for f in self.source.files if f.startswith(prefix) and f.endswith(".md") and "/" not in f[len(prefix) :]
        ]
        found = []
        for name in sorted(names):
            stem, tag = _stem(name)
            if tag:
                self.source.claimed.add(name)
                if f"{stem}.md" not in self.source.files:
                    self.source.report.error(
                        Place(name),
                        Code.TRANSLATION,
                        f"This is a translation, but there is no '{posixpath.basename(stem)}.md' beside it.",
                        mend="Write the original first, in the client's first language.",
                    )
                continue
            if not is_id(posixpath.basename(stem)):
                self.source.report.error(
                    Place(name),
                    Code.BAD_ID,
                    f"'{one_line(posixpath.basename(name))}' cannot be part of a web address.",
                    mend="Name the file with a-z, digits and hyphens, for example: 2026-11-02-steering.md",
                )
            if translated := self._translated(name):
                found.append(translated)
        return found

    def _translated(self, name: str) -> Translated | None:
        if name not in self.source.files:
            return None
        stem, _ = _stem(name)
        self.source.claimed.add(name)
        main = self._read(name)
        translations = {}
        for tag in self.source.languages:
            other = f"{stem}.{tag}.md"
            if other in self.source.files:
                self.source.claimed.add(other)
                # A translation that is internal is none.
                if (parsed := self._read(other)) and not is_internal(parsed):
                    translations[tag] = parsed
                    if main:
                        check_translation(parsed, main, self.source.report)
                    if main and not is_internal(main):
                        compare_blocks(main, parsed, self.source.report)
        if main and is_public(main):
            self.source.translated[name] = frozenset(translations)
        return Translated(posixpath.basename(stem), main, translations) if main else None

    def _read(self, name: str) -> MarkdownFile | None:
        self.source.written_ids.add(posixpath.basename(_stem(name)[0]))
        return self.source.read_markdown(name)

    def asset(self, name: str, place: Place) -> Asset | None:
        """A file beside or below this folder that the client may have, as a link to it in a record says."""
        problem = path_problem(name)
        if problem:
            self.source.report.error(
                place, Code.UNSAFE, f"'{one_line(name)}' {problem}.", mend="Name a file in this folder."
            )
            return None
        return self.source.asset(posixpath.join(self.path, name), place)

    def linked_assets(self, body: Body) -> Iterator[Asset]:
        """The files that the visible links of a body lead to; missing ones are reported."""
        for link in body.visible().links:
            if name := linked_file(body.file, link.target):
                asset = self.source.asset(name, link.place)
                if asset:
                    yield asset


def linked_file(file: str, target: str) -> str | None:
    """The content-relative name of the file that a link leads to, or None when it leads elsewhere."""
    path = target.partition("#")[0]
    if (
        not path
        or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|@", path)
        or path.endswith(".md")
        or path_problem(path.replace("../", ""))
    ):
        return None
    full = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    return full if full.split("/")[0] == file.split("/", maxsplit=1)[0] and not path.endswith("/") else None


def open_source(root: Path, client_id: str, report: Report) -> Source:
    """The files of a client and of the shared folder. What may not be there is reported and left out."""
    return Source(root, client_id, report, files=list_files(root, (SHARED, client_id), report))


def _stem(name: str) -> tuple[str, str]:
    """The name without .md and language tag, and the tag ("" for an original)."""
    stem = name.removesuffix(".md")
    base, dot, tag = stem.rpartition(".")
    return (base, tag) if dot and "/" not in tag and find_locale(tag) else (stem, "")


def _ids(node: Node | None) -> Iterator[str]:
    """Every id that stands in a file, also where its record could not be read."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _ids(item)
    elif isinstance(node, Mapping):
        for key, entry in node.entries.items():
            if key == "id" and isinstance(entry.node, Scalar):
                yield entry.node.text
            if key == "people" and isinstance(entry.node, Mapping):
                yield from entry.node.entries
            yield from _ids(entry.node)
