"""Views to pages: each view goes through its section's template and comes out as one page of the docs tree.

Values are escaped by the environment; an undefined name is an error. A page is a single HTML block, which Markdown
hosts pass through as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

import portal_gen.sections
from portal_gen.compute.terms import TermIndex, nearest, surfaces
from portal_gen.contract import Asset, Client, Derived, Page, Section, Site, Term, TermForms, TermPolicy, View
from portal_gen.diagnostics import Code, Report, did_you_mean, one_line
from portal_gen.language import Localized, Reader, Text, direction
from portal_gen.pages.prose import Links, relative_url, to_html, to_inline
from portal_gen.pages.term_links import Meaning, link_terms, meanings
from portal_gen.source.body import Body

_SHOWN_AS_THEY_ARE = frozenset({str, int, Markup})
BLOCK_END = "</div>\n"
SECTIONS = Path(portal_gen.sections.__file__).parent


def show(value: Any, reader: Reader) -> Any:
    """What an expression of a template becomes: a text in another language than the page says so."""
    if isinstance(value, Localized):
        value = reader.text(value)
    if isinstance(value, Text) and value and value.language.partition("-")[0] != reader.language.partition("-")[0]:
        return Markup('<span lang="{}" dir="{}">{}</span>').format(
            value.language, direction(value.language), str(value)
        )
    return value


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, value: Any) -> Any:
    # Nearly all values are these; only the others have to know who reads.
    return value if value.__class__ in _SHOWN_AS_THEY_ARE else show(value, context["reader"])


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(SECTIONS)),
        finalize=_finalize,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_views(
    views: Iterable[tuple[Section[Any], View]],
    derived: Derived,
    reader: Reader,
    links: Links,
    report: Report,
    explain: TermPolicy,
) -> list[Page]:
    """The pages of a site in one language, in the order of the views."""
    ordered = list(views)
    _check_policy(explain, [view.path for _, view in ordered], report)
    pages: dict[str, Page] = {}
    usage: dict[str, list[Page]] = defaultdict(list)
    glossaries = Glossaries(derived.terms, reader)
    for section, view in sorted(ordered, key=lambda v: v[1].last):
        page = _render(section, view, derived, reader, links, report, usage)
        if not view.last:
            glossary = glossaries.of(view.group)
            html, linked = link_terms(page.markdown, glossary.index, glossary.terms.get, explain.on(view.path))
            page = replace(page, markdown=_with_meanings(html, linked, glossary, view, reader))
            for term_id in linked:
                usage[glossary.terms[term_id].anchor].append(page)
        pages[view.path] = page
    links.check_anchors({path: page.markdown for path, page in pages.items()}, report)
    return [pages[view.path] for _, view in ordered]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms that hold for a page, by id, and where they stand in texts."""

    terms: Mapping[str, Term]
    index: TermIndex


class Glossaries:
    """The glossary of the client and those of its projects, which differ where a project has terms of its own."""

    def __init__(self, terms: Iterable[Term], reader: Reader) -> None:
        self._terms = tuple(terms)
        self._reader = reader
        self._made: dict[str | None, Glossary] = {}
        self._own = {term.project for term in self._terms} - {None}

    def of(self, project: str | None) -> Glossary:
        """The glossary for a project's pages, or for the client's as a whole (None)."""
        project = project if project in self._own else None
        if project not in self._made:
            own = [t for t in self._terms if t.project == project and project is not None]
            terms = {t.id: t for t in own}
            for term in self._terms:
                if term.project is None:
                    terms.setdefault(term.id, term)
            index = TermIndex.build(surfaces(terms.values(), self._reader.language))
            self._made[project] = Glossary(terms, index)
        return self._made[project]


def _check_policy(explain: TermPolicy, paths: list[str], report: Report) -> None:
    """A page that is named and does not exist is a slip."""
    known = {path[: slash.start()] for path in paths for slash in re.finditer("/|$", path)}
    for path, (_, place) in explain.pages.items():
        if path not in known:
            report.error(
                place,
                Code.BAD_VALUE,
                f"explain_terms: there is no page '{one_line(path)}'.",
                mend=did_you_mean(path, known) or "Write the page's address, for example: faq",
            )


def _with_meanings(html: str, linked: Iterable[str], glossary: Glossary, view: View, reader: Reader) -> str:
    """A page with the meanings of the terms linked on it, inside its block."""

    def meaning(term: Term) -> Meaning:
        forms = term.forms.get(nearest(term.forms, reader.language), TermForms(""))
        return Meaning(
            show(reader.text(term.title), reader),
            forms.expands if forms.expands != forms.term else "",
            show(reader.text(term.short), reader),
            relative_url(view.path, f"{term.page}#{term.anchor}"),
        )

    said = {term_id: meaning(glossary.terms[term_id]) for term_id in linked}
    notes = meanings(said, reader.word("Terms on this page"), reader.word("In the glossary"))
    return html.removesuffix(BLOCK_END) + notes + BLOCK_END if notes else html


def _render(
    section: Section[Any],
    view: View,
    derived: Derived,
    reader: Reader,
    links: Links,
    report: Report,
    usage: Mapping[str, Sequence[Page]],
) -> Page:
    def url(target: str) -> str:
        return relative_url(view.path, target)

    def md(body: Body, prefix: str = "", top: int = 2) -> Markup:
        return to_html(body, view.path, links, report, prefix=prefix, top=top)

    def inline(body: Body) -> Markup:
        return to_inline(body, view.path, links, report)

    template = _environment().get_template(f"{section.name}/{view.template}")
    html = template.render(
        view=view.data,
        title=view.title,
        derived=derived,
        reader=reader,
        url=url,
        md=md,
        inline=inline,
        usage=usage,
        _=reader.word,
        ngettext=reader.words,
        day=reader.day,
        direction=direction,
        time=lambda day, **how: _time(day, reader, **how),
    )
    return Page(
        path=view.path,
        title=view.title,
        description=view.description,
        markdown=as_block(html),
        section=section.name,
        group=view.group,
        in_nav=view.in_nav,
        parent=view.parent,
    )


def _time(day: Any, reader: Reader, *, weekday: bool = False, short: bool = False) -> Markup:
    """A <time> element for a day."""
    words = reader.short_day(day) if short else reader.day(day, weekday=weekday)
    return Markup(f'<time datetime="{day.isoformat()}">{escape(words)}</time>')  # noqa: S704 - escaped just here


def as_block(html: str) -> str:
    """HTML as one block that a Markdown host passes through: no line of it may look like Markdown's own syntax."""
    lines = [line.rstrip() for line in html.strip().split("\n")]
    # Blank lines stay only where they mean something.
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return f'<div class="p-page">\n{text}\n{BLOCK_END}'


def section_files(sections: Sequence[Section[Any]]) -> Mapping[str, bytes]:
    """The style sheets and scripts that sections bring along, each kind in one file."""
    files = {}
    for suffix in ("css", "js"):
        parts = [
            p.read_text("utf-8").strip() for s in sections if (p := SECTIONS / s.name / f"section.{suffix}").is_file()
        ]
        if parts:
            files[f"assets/sections.{suffix}"] = ("\n\n".join(parts) + "\n").encode()
    return files


def make_site(
    client: Client,
    reader: Reader,
    pages: Sequence[Page],
    derived: Derived,
    assets: Mapping[str, Asset],
    files: Mapping[str, bytes],
) -> Site:
    """The pages with their navigation: client-wide pages at the top, then one group for each project."""
    titles = {p.project: str(reader.text(p.title)) for p in derived.projects}
    shown = [p for p in pages if p.in_nav]
    groups: list[tuple[str, tuple[Page, ...]]] = [("", tuple(p for p in shown if p.group is None))]
    groups += [(titles[p], tuple(q for q in shown if q.group == p)) for p in titles if any(q.group == p for q in shown)]
    # A file goes out only when a page of this client links to it; the logo stands in the theme.
    used = {a.path: a for a in assets.values() if a is client.brand.logo or any(a.path in p.markdown for p in pages)}
    return Site(
        client=client,
        language=reader.language,
        name=str(reader.text(client.name)),
        pages=tuple(pages),
        nav=tuple(groups),
        assets=used,
        files=dict(files),
        terms=derived.terms,
    )
