"""The last look before a portal goes out: does every link of the finished HTML lead somewhere."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

# In our pages a "<" in a text and a ">" in an attribute are always escaped; a script's own text is passed over.
_TAG = re.compile(r"<[a-zA-Z]\w*\s[^>]*>|<script>.*?</script>", re.DOTALL)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ATTRIBUTE = re.compile(r"""\s(href|src|poster|id)=(?:"([^"]*)"|'([^']*)')""")


class LinkCheck:
    """Collects the links and ids of pages as they are rendered, and tells in the end which links lead nowhere."""

    def __init__(self) -> None:
        self._links: dict[tuple[str, str], str] = {}
        self._ids: dict[str, frozenset[str]] = {}

    def add(self, path: str, html: str) -> None:
        """A finished page, by its path in the site: "people/index.html"."""
        ids = set()
        folder = posixpath.dirname(path)
        tags = "".join(tag for tag in _TAG.findall(html) if not tag.startswith("<script>"))
        for name, double, single in _ATTRIBUTE.findall(tags):
            value = unescape(double or single)
            if name == "id":
                ids.add(value)
            else:
                # Pages of one folder share the navigation: each link is followed once, and told of the first page.
                self._links.setdefault((path if value[:1] in ("", "#", "?") else folder, value), path)
        self._ids[path] = frozenset(ids)

    def broken(self, site: Path) -> list[str]:
        """Links that lead to no file of the site or to no element in it, each as "page: link". Sorted.

        Links to other hosts are not followed.
        """
        files = set(_files(site))
        return sorted(
            f"{page}: {link}" for (_, link), page in self._links.items() if not self._leads(page, link, files)
        )

    def _leads(self, page: str, link: str, files: set[str]) -> bool:
        if _ELSEWHERE.match(link):
            return True
        path, _, fragment = link.partition("#")
        name = _join(posixpath.dirname(page), path.partition("?")[0]) if path else page
        # A folder's index is looked for, with a slash at the end or without one.
        target = name if name in files else posixpath.normpath(posixpath.join(name, "index.html"))
        if target not in files:
            return False
        return not fragment or target not in self._ids or unquote(fragment) in self._ids[target]


def _join(folder: str, path: str) -> str:
    """The path from the site's root that a path from one of its folders leads to; "../x" leads out of the site."""
    rest = path
    while rest.startswith("../") and folder:
        folder, rest = folder.rpartition("/")[0], rest[3:]
    if "." in rest or "%" in rest or not rest:
        return posixpath.normpath(posixpath.join(folder, unquote(rest)))
    return f"{folder}/{rest}".strip("/")


def _files(site: Path) -> Iterator[str]:
    """All files below a folder, as paths with slashes."""
    for base, _, names in os.walk(site):
        folder = os.path.relpath(base, site).replace(os.sep, "/")
        yield from (posixpath.normpath(posixpath.join(folder, name)) for name in names)
