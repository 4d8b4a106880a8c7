"""Authored Markdown to HTML, its links checked and led to where the client will find them.

Done here rather than by the host, so that a broken link is reported at the line that wrote it, and every host shows
the same. The result stands in the page as finished HTML.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from portal_gen.contract import Asset, Derived
from portal_gen.diagnostics import Code, Place, Report, did_you_mean, one_line
from portal_gen.source.fields import url_problem
from portal_gen.source.markdown_file import Body, Link
from portal_gen.source.tree import linked_file

EXTENSIONS = (
    "markdown.extensions.tables",
    "markdown.extensions.footnotes",
    "markdown.extensions.def_list",
    "markdown.extensions.sane_lists",
    "markdown.extensions.fenced_code",
    "markdown.extensions.admonition",
)
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
            return target
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", target):
            return self._outside(link, report)
        path, mark, anchor = target.partition("#")
        if path.endswith(".md"):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
            found = self.pages.get(name)
            if found:
                return relative_url(page, found if not mark else f"{found.partition('#')[0]}#{anchor}")
            self._missing(link, path, [posixpath.relpath(p, posixpath.dirname(file)) for p in self.pages], report)
            return None
        named = linked_file(file, target)
        if named and named in self.assets:
            return relative_url(page, self.assets[named].path)
        if named is None or named not in self.files:
            here = posixpath.dirname(file)
            own = file.partition("/")[0] + "/"
            near = [posixpath.relpath(p, here) for p in [*self.pages, *self.files] if p.startswith(own)]
            self._missing(link, path, near, report)
        return None

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

    def _missing(self, link: Link, path: str, near: list[str], report: Report) -> None:
        report.error(
            link.place,
            Code.BROKEN_LINK,
            f"This link leads to '{one_line(path)}', which is not there for the client.",
            mend=did_you_mean(path, near) or "Check the name; links lead from the folder of this file.",
        )


class _Headings(Treeprocessor):
    """Give each heading an id of its own on the page, and let the highest stand at a level that fits the page."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.prefix = ""
        self.top = 2

    def run(self, root: Element) -> None:
        headings = [e for e in root.iter() if re.fullmatch("h[1-6]", e.tag)]
        highest = min((int(e.tag[1]) for e in headings), default=1)
        seen: set[str] = set()
        for element in headings:
            element.tag = f"h{min(6, int(element.tag[1]) - highest + self.top)}"
            slug = slugify_unicode("".join(element.itertext()), "-") or "part"
            base, n = f"{self.prefix}{slug}", 2
            while (slug_id := base if n == 2 else f"{base}-{n - 1}") in seen:  # noqa: PLR2004
                n += 1
            seen.add(slug_id)
            element.set("id", slug_id)
        for table in root.iter("table"):
            for cell in table.iter():
                if cell.tag in ("th", "td") and (style := cell.attrib.pop("style", "")):
                    # A strict content security policy forbids style attributes.
                    cell.set("class", style.replace("text-align: ", "p-align-").rstrip(";"))


class _Breaks(Treeprocessor):
    """A line break in the source between two Han characters is no space to a reader."""

    han = re.compile(r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])\n(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])")

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("code", "pre"):
                continue
            if element.text:
                element.text = type(element.text)(self.han.sub("", element.text))
            if element.tail:
                element.tail = type(element.tail)(self.han.sub("", element.tail))


class _Ours(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.treeprocessors.register(_Headings(md), "portal_headings", 4)
        md.treeprocessors.register(_Breaks(md), "portal_breaks", 3)


@cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=[*EXTENSIONS, _Ours()], tab_length=4)


def to_html(body: Body, page: str, links: Links, report: Report, *, prefix: str = "", top: int = 2) -> Markup:
    """The HTML of a body on a page. `top` is the level its highest heading gets, `prefix` begins each heading's id."""
    lines = list(body.visible().lines)
    for link in sorted(body.visible().links, key=lambda k: (k.line, -k.start)):
        url = links.resolve(link, body.file, page, report)
        line = lines[link.line]
        if url is not None and line[link.start : link.end].strip("<>") == link.target:
            lines[link.line] = f"{line[: link.start]}<{url}>{line[link.end :]}"
    md = _converter()
    md.reset()
    headings = md.treeprocessors["portal_headings"]
    assert isinstance(headings, _Headings)
    headings.prefix, headings.top = prefix, top
    try:
        html = md.convert("\n".join(lines).replace("\\///", "///"))
    except RecursionError:
        report.error(
            body.place(0),
            Code.LIMIT,
            "Lists or quotes are nested deeper here than can be shown.",
            mend="Write it more simply.",
        )
        return Markup("")
    return Markup(html)  # noqa: S704 - the project manager's own Markdown, trusted as the templates are


def to_inline(body: Body, page: str, links: Links, report: Report) -> Markup:
    """A body of one paragraph, without its <p>; anything more stays as it is."""
    html = str(to_html(body, page, links, report))
    found = re.fullmatch(r"<p>((?:(?!<p>).)*)</p>", html, re.DOTALL)
    return Markup(found[1]) if found else Markup(html)  # noqa: S704 - as above


def broken_anchor(place: Place, anchor: str, known: list[str], report: Report) -> None:
    """Report a link to a part of a page that is not there."""
    report.error(
        place,
        Code.BROKEN_LINK,
        f"There is no part '#{one_line(anchor)}' on that page.",
        mend=did_you_mean(anchor, known) or "Copy the address from the page's own heading.",
    )
