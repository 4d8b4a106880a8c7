"""The last look before a portal goes out: does every link of the finished HTML lead somewhere."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Our pages are well-formed: in a text a "<" is always escaped, so what looks like a tag is one.
_TAG = re.compile(r"<[a-zA-Z][^\s>]*\s[^>]*>")
_ATTRIBUTE = re.compile(r"""\s(href|src|poster|id)=(?:"([^"]*)"|'([^']*)')""")
_SCRIPT = re.compile(r"(<script\b[^>]*>).*?</script>", re.DOTALL)


def broken_links(site: Path) -> list[str]:
    """Links in a folder of HTML that lead to no file or to no element in it, each as "page: link". Sorted.

    Links to other hosts are not followed.
    """
    found = []
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).as_posix()
        links, _ = _read(path)
        found += [f"{page}: {link}" for link in sorted(links) if not _leads(site, page, link)]
    _read.cache_clear()
    return found


def _leads(site: Path, page: str, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    # normpath drops the slash that tells a folder from a file, so a folder's index is looked for either way.
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    if name.startswith(("..", "/")):
        return False
    target = site / name
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return False
    if not parts.fragment or target.suffix != ".html":
        return True
    return unquote(parts.fragment) in _read(target)[1]


@cache
def _read(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """The links and the ids of a page."""
    links: set[str] = set()
    ids: set[str] = set()
    for tag in _TAG.finditer(_SCRIPT.sub(r"\1", path.read_text("utf-8"))):
        for name, double, single in _ATTRIBUTE.findall(tag[0]):
            (ids if name == "id" else links).add(unescape(double or single))
    return frozenset(links), frozenset(ids)
