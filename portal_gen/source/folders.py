"""The content folder from outside: which clients there are, and which names nobody means to be content.

Nothing heavy is imported here: to find that no portal has to be built, no content is read.
"""

from __future__ import annotations

import re
from pathlib import Path

SHARED = "shared"
INTERNAL = "internal"
# Left behind by editors and operating systems; nobody means them to be content.
IGNORED = re.compile(r"\..*|.*~|#.*#|.*\.(?:sw[op]|bak|tmp|orig)|Thumbs\.db|desktop\.ini", re.IGNORECASE)

# However somebody writes it: what looks internal is never read.
INTERNAL_FOLDER = re.compile(rf"[\W_]*(?:{INTERNAL}|内部|內部)[\W_]*", re.IGNORECASE)


def client_ids(root: Path) -> list[str]:
    """The clients of a content folder: folders that hold a client.yml.

    Those that were probably meant to be one count as well. What is wrong with them is said when they are read, where a
    client that is not even looked at would be missing without a word.
    """
    if not root.is_dir():
        return []
    return sorted(p.name for p in root.iterdir() if _is_client(p))


def _is_client(folder: Path) -> bool:
    if folder.name in (SHARED, INTERNAL) or IGNORED.fullmatch(folder.name) or not folder.is_dir():
        return False
    if (folder / "client.yml").is_file():
        return True
    return any(folder.glob("[cC]lient.y*ml")) or next(folder.glob("*/project.yml"), None) is not None
