"""What the glossary shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal_gen.contract import Derived, Fact, LetterCase, Reference, Target, Term, TermForms, View
from portal_gen.language import Localized, Reader
from portal_gen.sections.glossary.collation import sort_key
from portal_gen.sections.glossary.model import GlossaryRecords, Names, TermRecord

PAGE = "glossary"
SPACE = "term"


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name in another of the client's languages, with what the reader calls that language."""

    tag: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class TermView:
    """One entry. `also` are the other names it goes by, `others` its names in the client's other languages.

    `related` are titles of other entries with their anchors, `project` the title of the project it holds for alone.
    """

    id: str
    anchor: str
    record: TermRecord
    also: tuple[str, ...]
    others: tuple[OtherName, ...]
    related: tuple[tuple[Localized, str], ...]
    project: Localized | None


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The page: entries in the order of the reader's language. `filter` is True where there are enough to look for.

    `projects` are titles by id where there are several, to tell their pages apart.
    """

    terms: tuple[TermView, ...]
    filter: bool
    projects: Mapping[str | None, Localized]


MANY = 8


def all_terms(records: GlossaryRecords) -> Iterator[tuple[str | None, TermRecord]]:
    """Every term with its project, or None for those of all projects."""
    for of_project in records.projects:
        yield from ((of_project.project, term) for term in of_project.terms)
    yield from ((None, term) for term in records.terms)


def facts(records: GlossaryRecords) -> Iterator[Fact]:
    """Every term, for all pages to explain."""
    for project, term in all_terms(records):
        where = anchor(term, project)
        yield Target(
            place=term.at("id"),
            project=project,
            space=SPACE,
            id=term.id,
            title=term.term,
            page=PAGE,
            anchor=where,
        )
        for n, other in enumerate(term.related):
            yield Reference(
                place=term.at("related", n), project=project, spaces=(SPACE,), id=other, what="a related term"
            )
        yield Term(
            place=term.place,
            project=project,
            id=term.id,
            title=term.term,
            forms=_all_forms(term, records.default),
            short=term.short,
            long=term.long,
            related=term.related,
            page=PAGE,
            anchor=where,
        )


def anchor(term: TermRecord, project: str | None) -> str:
    """The id of an entry on the page."""
    return f"term-{project}--{term.id}" if project else f"term-{term.id}"


def _all_forms(term: TermRecord, default: str) -> dict[str, TermForms]:
    expands = term.expands.texts if term.expands else {}
    tags = {*term.term.texts, *expands, *term.aliases, *term.deprecated, *term.instead_of} - {""} | {default}
    forms = {tag: _forms(term, tag, default) for tag in sorted(tags)}
    return {tag: f for tag, f in forms.items() if f != TermForms("", plural=f.plural, case=f.case, not_in=f.not_in)}


def _forms(term: TermRecord, tag: str, default: str) -> TermForms:
    def text(of: Localized | None) -> str:
        texts = of.texts if of else {}
        return texts.get(tag) or (texts.get("", "") if tag == default else "")

    def names(of: Names) -> tuple[str, ...]:
        return (*of.get(tag, ()), *(of.get("", ()) if tag == default else ()))

    has_plural = tag in term.plural or ("" in term.plural and tag == default)
    return TermForms(
        term=text(term.term),
        expands=text(term.expands),
        aliases=names(term.aliases),
        deprecated=names(term.deprecated),
        forbidden=names(term.instead_of),
        plural=names(term.plural) if has_plural else None,
        case=LetterCase(term.case),
        not_in=names(term.not_in),
    )


def views(records: GlossaryRecords, derived: Derived, reader: Reader) -> Iterable[View]:
    """One page for the client, made after all others so that it can say where each term is used."""
    _ = reader.word
    projects = {p.project: p.title for p in derived.projects}
    entries = {(project, term.id): term for project, term in all_terms(records)}
    terms = [
        _view(term, project, projects, entries, records.default, reader) for (project, _id), term in entries.items()
    ]

    if not terms:
        return  # all of them are internal

    def order(term: TermView) -> tuple[object, str]:
        said = term.record.reading or term.record.term
        return sort_key(str(reader.text(said)), reader.language), term.anchor

    yield View(
        path=PAGE,
        title=_("Glossary"),
        description=_("Every technical term of this portal, explained."),
        template="page.md.jinja",
        data=GlossaryView(
            terms=tuple(sorted(terms, key=order)),
            filter=len(terms) >= MANY,
            projects=projects if len(projects) > 1 else {},
        ),
        last=True,
    )


def _view(
    term: TermRecord,
    project: str | None,
    projects: Mapping[str | None, Localized],
    entries: Mapping[tuple[str | None, str], TermRecord],
    default: str,
    reader: Reader,
) -> TermView:
    shown = reader.text(term.term)
    names = [str(reader.text(term.expands)) if term.expands else ""]
    names += [*term.aliases.get(shown.language, ()), *(term.aliases.get("", ()) if shown.language == default else ())]
    others = [
        OtherName(tag or default, reader.language_of(tag or default), text)
        for tag, text in term.term.texts.items()
        if (tag or default) != reader.language and text != shown
    ]
    return TermView(
        id=term.id,
        anchor=anchor(term, project),
        record=term,
        also=tuple(dict.fromkeys(n for n in names if n and n != shown)),
        others=tuple(others),
        related=tuple(_related(term, project, entries)),
        project=projects.get(project) if project else None,
    )


def _related(
    term: TermRecord, project: str | None, entries: Mapping[tuple[str | None, str], TermRecord]
) -> Iterator[tuple[Localized, str]]:
    """The nearest entry of each id, as a reference finds it."""
    for other in term.related:
        for where in dict.fromkeys((project, None)):
            if entry := entries.get((where, other)):
                yield entry.term, anchor(entry, where)
                break
