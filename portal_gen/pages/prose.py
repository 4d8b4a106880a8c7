"""Authored Markdown to HTML, its links checked and led to where the client will find them.

Done here rather than by the host, so that a broken link is reported at the line that wrote it, and every host shows
the same. The result stands in the page as finished HTML.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

from markdown.extensions.toc import slugify_unicode
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from portal_gen.contract import Asset, Derived
from portal_gen.diagnostics import Code, Place, Report, did_you_mean, one_line
from portal_gen.pages.raw_html import check_html
from portal_gen.source.body import Body, Link
from portal_gen.source.fields import url_problem
from portal_gen.source.items import refuse_visibility
from portal_gen.source.tree import linked_file

MAX_NESTING = 60
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# Begins with a letter and holds no character that begins anything; an address is a link all the same.
_PLAIN = re.compile(r"[^\W\d_][^\\`*_~\[\]<>&|{}@^$\x00-\x1f\u00a0\u2028\u2029]*")
_ADDRESS = re.compile(r"//|[a-z]:\S", re.IGNORECASE)
_SAFE_SCHEMES = ("mailto:", "tel:")


def relative_url(page: str, target: str) -> str:
    """The URL from one page of the site to another, or to a file: both docs-tree paths; pages have no suffix.

    The host gives each page a folder of its own ("people" is served at "people/"), and "index" its folder's root.
    """
    path, mark, anchor = target.partition("#")
    here = _address(page)
    there = path if path.startswith(("files/", "assets/")) else _address(path)
    if here == there and mark:
        return f"#{anchor}"
    up = "../" * here.count("/")
    return (f"{up}{there}" or "./") + (f"#{anchor}" if mark else "")


def _address(page: str) -> str:
    folder, _, name = page.rpartition("/")
    if name == "index":
        return f"{folder}/" if folder else ""
    return f"{page}/"


@dataclass(frozen=True, slots=True)
class Links:
    """What authored links may lead to: pages by the Markdown file that made them, and files that were let through."""

    pages: Mapping[str, str]
    assets: Mapping[str, Asset]
    files: frozenset[str]
    anchors: list[tuple[Place, str, str]] = field(default_factory=list)
    """Parts of pages that links lead to (place, page, anchor): they can be checked once all pages are there."""

    @classmethod
    def of(cls, derived: Derived, assets: Mapping[str, Asset], files: frozenset[str]) -> Links:
        """From the targets that have a Markdown file of their own, and the files linked so far."""
        pages = {
            t.file: t.page + (f"#{t.anchor}" if t.anchor else "") for t in derived.targets.by_key.values() if t.file
        }
        return cls(pages, assets, files)

    def resolve(self, link: Link, file: str, page: str, report: Report) -> str | None:
        """The URL a link should have on a page; None, with a report, when the client could not follow it."""
        target = link.target
        if target.startswith("#"):
            self.anchors.append((link.place, page, target[1:]))
            return target
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", target):
            return self._outside(link, report)
        path, mark, anchor = target.partition("#")
        if path.endswith(".md"):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
            found = self.pages.get(name)
            if found and mark:
                there = found.partition("#")[0]
                self.anchors.append((link.place, there, anchor))
                return relative_url(page, f"{there}#{anchor}")
            if found:
                return relative_url(page, found)
            self._missing(link, path, file, self.pages, report)
            return None
        named = linked_file(file, target)
        if named and named in self.assets:
            return relative_url(page, self.assets[named].path)
        if named is None or named not in self.files:
            own = file.partition("/")[0] + "/"
            known = [p for p in (*self.pages, *self.files) if p.startswith(own)]
            self._missing(link, path, file, known, report)
        return None

    def check_anchors(self, pages: Mapping[str, str], report: Report) -> None:
        """Report links to parts of pages that are not there; `pages` is the HTML by path."""
        for place, page, anchor in self.anchors:
            known = re.findall(r'\sid="([^"]+)"', pages.get(page, ""))
            if anchor and unquote(anchor) not in known:
                report.error(
                    place,
                    Code.BROKEN_LINK,
                    f"There is no part '#{one_line(anchor)}' on the page that this link leads to.",
                    mend=did_you_mean(anchor, known) or "Copy the address from the heading on the page.",
                )

    def _outside(self, link: Link, report: Report) -> str | None:
        target = link.target
        if link.picture:
            report.error(
                link.place,
                Code.UNSAFE,
                "This picture is loaded from another host.",
                why="That host would learn when the client reads the page.",
                mend="Save the picture beside this file and link to it there.",
            )
            return None
        if target.lower().startswith(_SAFE_SCHEMES):
            return target
        problem = url_problem(target) if not target.startswith("//") else "does not say http or https"
        if problem:
            report.error(
                link.place,
                Code.UNSAFE,
                f"This link {problem}.",
                mend="Link to a plain address: https://example.com/page",
            )
            return None
        return target

    def _missing(self, link: Link, path: str, file: str, known: Iterable[str], report: Report) -> None:
        if report.has(link.place, Code.BROKEN_LINK):
            return  # said when the files were gathered
        report.error(
            link.place,
            Code.BROKEN_LINK,
            f"This link leads to '{one_line(path)}', which is not there for the client.",
            mend=did_you_mean(path, [posixpath.relpath(p, posixpath.dirname(file)) for p in known])
            or "Check the name; links lead from the folder of this file.",
        )


@cache
def _converter() -> MarkdownIt:
    """CommonMark with GitHub's tables, strikethrough and bare addresses, footnotes and definition lists."""
    md = MarkdownIt("gfm-like", {"html": True, "maxNesting": MAX_NESTING}).use(footnote_plugin).use(deflist_plugin)
    assert md.linkify is not None
    # "Node.js" and "project.md" are words, not addresses.
    md.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    return md


def plain_paragraph(lines: Sequence[str]) -> Markup | None:
    """The HTML of a single line in which nothing means anything to Markdown; None for all else.

    Most decisions, actions and criteria are such a line, and CommonMark takes its time with each.
    """
    written = [line for line in lines if line and not line.isspace()]
    if len(written) != 1 or not _PLAIN.fullmatch(written[0]) or _ADDRESS.search(written[0]):
        return None
    text = written[0].rstrip().replace('"', "&quot;")
    return Markup(f"<p>{text}</p>\n")  # noqa: S704 - it holds no < or &


def to_html(body: Body, page: str, links: Links, report: Report, *, prefix: str = "", top: int = 2) -> Markup:
    """The HTML of a body on a page. `top` is the level its highest heading gets, `prefix` begins each heading's id."""
    seen = body.visible()
    refuse_visibility(seen, report)
    if plain := plain_paragraph(seen.lines):
        return plain
    lines = list(seen.lines)
    resolved: set[str] = set()
    for link in sorted(seen.links, key=lambda k: (k.line, -k.start)):
        url = links.resolve(link, body.file, page, report)
        line = lines[link.line]
        resolved.add(link.target)
        if url is not None and line[link.start : link.end].strip("<>") == link.target:
            lines[link.line] = f"{line[: link.start]}<{url}>{line[link.end :]}"
            resolved.add(url)
    md = _converter()
    environment: dict[str, Any] = {"docId": prefix.rstrip("-")}
    tokens = md.parse("\n".join(lines).replace("\\///", "///"), environment)
    deepest = max(tokens, key=lambda t: t.level, default=None)
    if deepest and deepest.level > MAX_NESTING - 10:
        report.error(
            body.place(deepest.map[0] if deepest.map else 0),
            Code.LIMIT,
            "Lists or quotes are nested deeper here than can be shown.",
            mend="Write it more simply.",
        )
    check_html(tokens, seen, report)
    known = {md.normalizeLink(url) for url in resolved}
    for place, target in _overlooked(tokens, known, body):
        links.resolve(Link(0, 0, 0, unquote(target), picture=False, place=place), body.file, page, report)
    _fit_headings(tokens, prefix, top)
    _fit_cells(tokens)
    _join_han(tokens)
    return Markup(md.renderer.render(tokens, md.options, environment))  # noqa: S704 - the project manager's own Markdown


def to_inline(body: Body, page: str, links: Links, report: Report) -> Markup:
    """A body of one paragraph, without its <p>; anything more stays as it is."""
    html = str(to_html(body, page, links, report)).strip()
    found = re.fullmatch(r"<p>((?:(?!<p>).)*)</p>", html, re.DOTALL)
    return Markup(found[1]) if found else Markup(html)  # noqa: S704 - as above


def _overlooked(tokens: Sequence[Token], known: set[str], body: Body) -> Iterator[tuple[Place, str]]:
    """Links in a form that the line scan did not see, so that none goes out unchecked."""
    for token in tokens:
        for child in token.children or ():
            target = child.attrGet("href" if child.type == "link_open" else "src")
            if child.type in ("link_open", "image") and target and str(target) not in known:
                yield body.place(token.map[0] if token.map else 0), str(target)


def _fit_headings(tokens: Sequence[Token], prefix: str, top: int) -> None:
    """Give each heading an id of its own on the page, and let the highest stand at a level that fits the page."""
    openings = [(n, t) for n, t in enumerate(tokens) if t.type == "heading_open"]
    highest = min((int(t.tag[1]) for _, t in openings), default=1)
    seen: set[str] = set()
    for n, opening in openings:
        level = f"h{min(6, int(opening.tag[1]) - highest + top)}"
        words = "".join(c.content for c in tokens[n + 1].children or ())
        base = f"{prefix}{slugify_unicode(words, '-') or 'part'}"
        slug = next(s for s in (base, *(f"{base}-{k}" for k in range(2, len(openings) + 2))) if s not in seen)
        seen.add(slug)
        opening.tag = tokens[n + 2].tag = level
        opening.attrSet("id", slug)


def _fit_cells(tokens: Sequence[Token]) -> None:
    """Alignment by class: a strict content security policy forbids style attributes."""
    for token in tokens:
        if token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", None)):
            token.attrSet("class", f"p-align-{str(style).removeprefix('text-align:')}")


def _join_han(tokens: Sequence[Token]) -> None:
    """A line break in the source between two Han characters is no space to a reader."""
    for token in tokens:
        children = token.children or []
        for before, here, after in zip(children, children[1:], children[2:], strict=False):
            if here.type == "softbreak" and HAN.match(before.content[-1:]) and HAN.match(after.content[:1]):
                here.type, here.content = "text", ""
