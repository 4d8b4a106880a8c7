"""Which files there are: found without following a link, opening a device or trusting a name."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from portal_gen.diagnostics import Code, Place, Report, one_line
from portal_gen.source.fields import is_id
from portal_gen.source.folders import IGNORED, INTERNAL_FOLDER

MAX_FILES = 10_000
MAX_DEPTH = 12


def list_files(root: Path, folders: Iterable[str], report: Report) -> dict[str, Path]:
    """The regular files in some folders of the content, by name relative to it, in a fixed order."""
    files: dict[str, Path] = {}
    for top in folders:
        if (root / top).is_symlink():
            _refuse_link(top, report)
        elif (root / top).is_dir():
            _walk(root / top, top, files, 1, report)
    return files


def _refuse_link(name: str, report: Report) -> None:
    report.error(
        Place(name),
        Code.FILE,
        "This is a symbolic link, not a file or folder of its own.",
        why="It could lead to another client's files.",
        mend="Put a copy here instead.",
    )


def _walk(folder: Path, name: str, files: dict[str, Path], depth: int, report: Report) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        report.error(
            Place(name), Code.FILE, f"This folder cannot be read: {error.strerror}.", mend="Check its permissions."
        )
        return
    seen: dict[str, str] = {}
    for entry in entries:
        full = f"{name}/{entry.name}"
        if IGNORED.fullmatch(entry.name) or (INTERNAL_FOLDER.fullmatch(entry.name) and entry.is_dir()):
            continue
        folded = unicodedata.normalize("NFC", entry.name).casefold()
        mode = entry.stat(follow_symlinks=False).st_mode
        if not entry.name.isprintable() or not _encodable(entry.name):
            report.error(
                Place(one_line(full)), Code.FILE, "The name has a character that cannot be shown.", mend="Rename it."
            )
        elif folded in seen:
            report.error(
                Place(full),
                Code.FILE,
                f"'{entry.name}' and '{seen[folded]}' differ only in the case or form of their letters.",
                why="On Windows and macOS they are one file.",
                mend="Rename one of them.",
            )
        elif stat.S_ISLNK(mode):
            _refuse_link(full, report)
        elif stat.S_ISDIR(mode):
            if depth >= MAX_DEPTH:
                report.error(Place(full), Code.LIMIT, f"Folders are nested deeper than {MAX_DEPTH} here.")
            elif depth == 1 and (folder / entry.name / "project.yml").exists() and not is_id(entry.name):
                report.error(
                    Place(full),
                    Code.BAD_ID,
                    f"'{entry.name}' cannot be part of a web address.",
                    mend="Name the folder with a-z, digits and hyphens, for example: online-booking",
                )
            else:
                _walk(folder / entry.name, full, files, depth + 1, report)
        elif not stat.S_ISREG(mode):
            report.error(Place(full), Code.FILE, "This is not an ordinary file.", mend="Delete it.")
        elif len(files) >= MAX_FILES:
            report.error(Place(name), Code.LIMIT, f"There are more than {MAX_FILES:,} files.")
            return
        else:
            files[full] = folder / entry.name
        seen.setdefault(folded, entry.name)


def _encodable(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
