"""A site on disk: real files, because pages that exist in memory only break other plugins of the host.

The folder holds what may be published and nothing else, so it is safe to render whole.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from portal_gen.contract import Page, Site

MODE = 0o644
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
GITIGNORE = "*\n!.gitignore\n!empty/\n!empty/.gitkeep\n"


def ensure_skeleton(root: Path) -> Path:
    """Make `.portal/` beside the host's configuration in `root`, where it is not there yet, and return it.

    `.portal/empty` is the `docs_dir` that mkdocs.yml names: a host without our plugin publishes nothing.
    """
    folder = root / ".portal"
    (folder / "empty").mkdir(parents=True, exist_ok=True)
    for path, text in ((folder / ".gitignore", GITIGNORE), (folder / "empty" / ".gitkeep", "")):
        if not path.exists():
            path.write_text(text, "utf-8")
    return folder


def write_docs_tree(site: Site, folder: Path) -> None:
    """Make `folder` hold the pages, assets and files of a site and nothing else.

    A file is written only when its content changed, and whole or not at all. Modes are 0644 on every machine.

    Raises:
        ValueError: two paths that some file systems take for one, or a path that leads out of the folder.
        OSError: the folder cannot be written.
    """
    made: dict[str, bytes | Path] = dict(_contents(site))
    for parent in sorted({parent for path in made for parent in PurePosixPath(path).parents}):
        _make_folder(folder / parent)
    for path, content in made.items():
        target = folder / path
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        _write(content.read_bytes() if isinstance(content, Path) else content, target)
    _remove_others(folder, {folder / path for path in made})


def _contents(site: Site) -> Mapping[str, bytes | Path]:
    """What the tree holds, by checked path: bytes, or the file to copy."""
    found: dict[str, bytes | Path] = {}
    seen: dict[str, str] = {}
    for path, content in _entries(site):
        pure = PurePosixPath(path)
        if pure.is_absolute() or str(pure) != path or ".." in pure.parts or set(path) & {"\\", "\0"}:
            raise ValueError(f"{path!r} is not a path within the docs tree")
        # Each folder counts as well: "Plan/a" and "plan/b" share a folder on some systems and not on others.
        for part in (pure, *pure.parents[:-1]):
            key = unicodedata.normalize("NFC", str(part)).casefold()
            other = seen.setdefault(key, str(part))
            if other != str(part) or (part == pure and path in found):
                raise ValueError(f"{other!r} and {path!r} are one path on some file systems")
        found[path] = content
    for path in found:
        for parent in PurePosixPath(path).parents:
            if str(parent) in found:
                raise ValueError(f"{str(parent)!r} is a file, and {path!r} would lie in it")
    return found


def _entries(site: Site) -> Iterator[tuple[str, bytes | Path]]:
    for page in site.pages:
        yield f"{page.path}.md", page_source(page)
    for asset in site.assets.values():
        yield asset.path, asset.source
    yield from site.files.items()


def page_source(page: Page) -> bytes:
    """A page as a Markdown file with front matter of two keys. Nothing a value holds can end the front matter."""
    title, description = _quoted(page.title), _quoted(page.description)
    return f"---\ntitle: {title}\ndescription: {description}\n---\n\n{page.markdown}".encode()


def _quoted(text: str) -> str:
    """A YAML string: JSON's, with what YAML reads as the end of a line or not at all written as an escape."""
    return _ESCAPED.sub(lambda c: f"\\u{ord(c[0]):04x}", json.dumps(text, ensure_ascii=False))


def _make_folder(folder: Path) -> None:
    """Make a folder whose parent is there, in place of a file or a link that stands there from earlier."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)


def _write(content: bytes, target: Path) -> None:
    """Write a file aside and put it in place in one step, unless it is there already."""
    if target.is_file() and not target.is_symlink() and target.read_bytes() == content:
        if target.stat().st_mode & 0o777 != MODE:
            target.chmod(MODE)
        return
    number, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=target.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(name).chmod(MODE)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_others(folder: Path, wanted: set[Path]) -> None:
    """Remove what is not wanted, and folders that are left empty; links are removed, never followed."""
    for base, folders, files in os.walk(folder, topdown=False):
        for name in (*files, *folders):
            path = Path(base, name)
            if path.is_symlink() or path.is_file():
                if path not in wanted:
                    path.unlink()
            elif not any(path.iterdir()):
                path.rmdir()
