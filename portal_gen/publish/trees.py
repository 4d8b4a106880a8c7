"""The name of a folder's content: git's own tree id, computed from the files as they are.

Two folders have one id when their files have the same names, bytes and executable bits. Modification times play no
part. Empty folders have none either, as for git, nor has anything called .git.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection
from pathlib import Path
from typing import Any

CHUNK = 1 << 20


def tree_id(folder: str | os.PathLike[str], *, skip: Collection[str] = (), follow: bool = False) -> str:
    """The id of a folder's content: 40 hexadecimal digits, or "" when there is no file in it.

    `skip` are names that do not count, wherever they stand. Symbolic links are named by where they lead, as in git;
    with `follow`, what they lead to is taken in their place.

    Raises:
        OSError: something cannot be read.
    """
    digest = _tree(os.fspath(folder), {".git", *skip}, follow=follow)
    return digest.hex() if digest else ""


def file_id(path: str) -> bytes:
    """The id of a file as git's blob. Read in pieces: files may be large, and memory is not."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(number).st_size
        first = os.read(number, CHUNK)
        digest = _sha1(b"blob %d\0" % size + first)
        # A short read is not the end of a file.
        while (read := len(first)) and read < size:
            size -= read
            first = os.read(number, CHUNK)
            digest.update(first)
        return bytes(digest.digest())
    finally:
        os.close(number)


def _sha1(data: bytes) -> Any:
    # Git's choice; what is at stake here is work saved, and nobody's safety.
    return hashlib.sha1(data, usedforsecurity=False)


def _tree(folder: str, skip: Collection[str], *, follow: bool) -> bytes | None:
    """The id of a folder as git's tree; None when there is no file in it."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in skip:
                continue
            mode = entry.stat(follow_symlinks=follow).st_mode
            name = os.fsencode(entry.name)
            if stat.S_ISDIR(mode):
                digest = _tree(entry.path, skip, follow=follow)
                # Git sorts a folder as if its name ended in a slash.
                found += [(name + b"/", b"40000 ", name, digest)] if digest else []
            elif stat.S_ISREG(mode):
                kind = b"100755 " if mode & stat.S_IXUSR else b"100644 "
                found.append((name, kind, name, file_id(entry.path)))
            elif stat.S_ISLNK(mode):
                target = os.fsencode(Path(entry.path).readlink())
                found.append((name, b"120000 ", name, _sha1(b"blob %d\0" % len(target) + target).digest()))
    if not found:
        return None
    body = b"".join(kind + name + b"\0" + digest for _, kind, name, digest in sorted(found))
    return bytes(_sha1(b"tree %d\0" % len(body) + body).digest())
