"""What is written about terms, by concept: glossary.yml in a project, beside client.yml, and in the shared folder.

What is nearer wins: a project's entry over the client's, the client's over the house's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from portal_gen.diagnostics import Code, Report
from portal_gen.language import Localized, find_locale
from portal_gen.source.fields import NODE, Id, LocalLine, LocalText, Ref, fail, one_of, parse_line, quote
from portal_gen.source.record import Record, read_records
from portal_gen.source.tree import Source

FILE = "glossary.yml"
NONE = "none"

Names = Mapping[str, tuple[str, ...]]


def parse_names(value: Any) -> dict[str, tuple[str, ...]]:
    """Several names: a list, or a list for each language. The tag "" stands for the client's default language."""
    if isinstance(value, list):
        return {"": tuple(parse_line(v) for v in value)}
    if not isinstance(value, dict):
        raise fail("wrong-type", "A list of names is due here.", "Write for example: [acceptance test, UAT]")
    named = {tag: names for tag, names in value.items() if tag != NODE}
    for tag, names in named.items():
        if find_locale(tag) is None:
            raise fail("bad-value", f"{quote(tag)} is not a language.", "Write for example: {en: [acceptance test]}")
        if not isinstance(names, list):
            raise fail(
                "wrong-type", f"A list of names is due for '{tag}'.", "Write for example: {en: [acceptance test]}"
            )
    return {tag: tuple(parse_line(v) for v in names) for tag, names in named.items()}


def parse_plural(value: Any) -> dict[str, tuple[str, ...]]:
    """Plural forms as names; the word `none` is as good as an empty list."""
    if isinstance(value, dict):
        return parse_names({tag: [] if names == NONE else names for tag, names in value.items()})
    return parse_names([] if value == NONE else value)


NamesField = Annotated[dict[str, tuple[str, ...]], BeforeValidator(parse_names)]


class TermRecord(Record):
    """One concept: how it is called in each language, and what it means.

    `term` is the preferred name, `expands` and `aliases` are admitted, `deprecated` names are still explained and no
    longer wanted, `instead_of` are names that must not be used. `plural` is of the term alone; English needs none.
    `reading` is how the term is said, where its place in a list depends on that (Japanese, some Chinese).
    """

    noun: ClassVar[str] = "term"
    id: Id
    term: LocalLine
    expands: LocalLine | None = None
    short: LocalText
    long: LocalText | None = None
    aliases: NamesField = {}
    deprecated: NamesField = {}
    instead_of: NamesField = {}
    plural: Annotated[dict[str, tuple[str, ...]], BeforeValidator(parse_plural)] = {}
    case: Annotated[str, BeforeValidator(one_of("auto", "exact", "free"))] = "auto"
    not_in: NamesField = {}
    related: tuple[Ref, ...] = ()
    example: LocalText | None = None
    reading: LocalLine | None = None

    def has_form(self, language: str, default: str) -> bool:
        """True when the concept has a name in a language."""
        return self.term.has(language) or (self.term.has("") and language == default)


class ProjectTerms(Record):
    """The terms of one project."""

    project: str
    terms: tuple[TermRecord, ...]


class GlossaryRecords(Record):
    """The terms of one client: `terms` are the client's own and then the house's."""

    terms: tuple[TermRecord, ...]
    projects: tuple[ProjectTerms, ...]
    default: str


def load(source: Source, report: Report) -> GlossaryRecords | None:
    """Read all glossaries. None when there are no terms."""
    own = read_terms(source.client.yaml(FILE), report)
    house = read_terms(source.shared.yaml(FILE), report)
    projects = [
        ProjectTerms.model_construct(project=name, terms=terms, node=terms[0].node, visibility="client")
        for name, folder in source.projects.items()
        if (terms := read_terms(folder.yaml(FILE), report))
    ]
    # An entry that the client does not see replaces nothing that the client would see.
    known = {t.id for t in own if t.visibility == "client"}
    terms = (*own, *(t for t in house if t.id not in known))
    first = next((t for t in (*terms, *(t for p in projects for t in p.terms))), None)
    if first is None:
        return None
    return GlossaryRecords.model_construct(
        terms=terms, projects=tuple(projects), default=source.languages[0], node=first.node, visibility="client"
    )


def read_terms(node: Any, report: Report) -> tuple[TermRecord, ...]:
    """The terms of one file; what contradicts itself is reported."""
    terms = read_records(node, TermRecord, report)
    _refuse_doubles(terms, report)
    _refuse_contradictions(terms, report)
    return terms


def _refuse_doubles(terms: tuple[TermRecord, ...], report: Report) -> None:
    """One file explains a word once; that a nearer entry replaces another file's is meant."""
    names: dict[tuple[str, str], TermRecord] = {}
    for term in terms:
        for tag, text in _texts(term.term):
            first = names.setdefault((tag, text), term)
            if first is not term and first.id != term.id:
                report.error(
                    term.at("term"),
                    Code.DUPLICATE_ID,
                    f"'{text}' is explained twice.",
                    why="A page could not tell which meaning is meant.",
                    mend="Join the two entries.",
                    related=((first.at("term"), "the first stands here"),),
                )


def _refuse_contradictions(terms: tuple[TermRecord, ...], report: Report) -> None:
    """A name has one status: what is wanted cannot be forbidden as well."""
    for term in terms:
        wanted = {*_texts(term.term), *_names(term.aliases)}
        for key in ("deprecated", "instead_of"):
            for tag, text in _names(getattr(term, key)):
                if (tag, text) in wanted:
                    report.error(
                        term.at(key),
                        Code.BAD_VALUE,
                        f"{key}: '{text}' is a name of this term, and here it is one that is not wanted.",
                        mend="Write it in one of the two places.",
                    )
                wanted.add((tag, text))


def _texts(text: Localized) -> list[tuple[str, str]]:
    return list(text.texts.items())


def _names(names: Names) -> Iterator[tuple[str, str]]:
    return ((tag, text) for tag, texts in names.items() for text in texts)
