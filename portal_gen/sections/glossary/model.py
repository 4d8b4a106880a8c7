"""What is written about terms: glossary.yml in the shared folder and beside client.yml. The client's entries win."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from portal_gen.diagnostics import Code, Report
from portal_gen.language import Localized
from portal_gen.source.fields import NODE, Id, Line, LocalLine, LocalText, fail, parse_line
from portal_gen.source.record import Record, read_records
from portal_gen.source.tree import Source

FILE = "glossary.yml"


def parse_aliases(value: Any) -> dict[str, tuple[str, ...]]:
    """Other names: a list, or a list for each language. The tag "" stands for every language."""
    if isinstance(value, list):
        return {"": tuple(parse_line(v) for v in value)}
    if not isinstance(value, dict):
        raise fail("wrong-type", "A list of names is due here.", "Write for example: [acceptance test, UAT]")
    for tag, names in value.items():
        if tag != NODE and not isinstance(names, list):
            raise fail(
                "wrong-type", f"A list of names is due for '{tag}'.", "Write for example: {en: [acceptance test]}"
            )
    return {tag: tuple(parse_line(v) for v in names) for tag, names in value.items() if tag != NODE}


class TermRecord(Record):
    """One concept: how it is called in each language, and what it means."""

    noun: ClassVar[str] = "term"
    id: Id
    term: LocalLine
    expands: LocalLine | None = None
    short: LocalText
    long: LocalText | None = None
    aliases: Annotated[dict[str, tuple[str, ...]], BeforeValidator(parse_aliases)] = {}
    instead_of: tuple[Line, ...] = ()

    def has_form(self, language: str, default: str) -> bool:
        """True when the concept has a name in a language."""
        return self.term.has(language) or (self.term.has("") and language == default)


class GlossaryRecords(Record):
    """The terms of one client, the client's own first."""

    terms: tuple[TermRecord, ...]
    default: str


def load(source: Source, report: Report) -> GlossaryRecords | None:
    """Read both glossaries. None when there are no terms."""
    own = read_records(source.client.yaml(FILE), TermRecord, report)
    house = read_records(source.shared.yaml(FILE), TermRecord, report)
    for terms in (own, house):
        _refuse_doubles(terms, report)
    # An entry that the client does not see replaces nothing that the client would see.
    known = {t.id for t in own if t.visibility == "client"}
    terms = (*own, *(t for t in house if t.id not in known))
    if not terms:
        return None
    return GlossaryRecords.model_construct(
        terms=terms, default=source.languages[0], node=terms[0].node, visibility="client"
    )


def _refuse_doubles(terms: tuple[TermRecord, ...], report: Report) -> None:
    """One file explains a word once; that the client's entry replaces the house's is meant."""
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


def _texts(text: Localized) -> list[tuple[str, str]]:
    return list(text.texts.items())
