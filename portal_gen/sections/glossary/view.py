"""What the glossary shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal_gen.contract import Derived, Fact, Target, Term, TermForms, View
from portal_gen.language import Localized, Reader
from portal_gen.sections.glossary.model import GlossaryRecords, TermRecord

PAGE = "glossary"


@dataclass(frozen=True, slots=True)
class TermView:
    """One entry. `also` are the other names it goes by, `others` its names in the client's other languages."""

    id: str
    anchor: str
    record: TermRecord
    also: tuple[str, ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The page: entries in the order of the reader's language."""

    terms: tuple[TermView, ...]


def facts(records: GlossaryRecords) -> Iterator[Fact]:
    """Every term, for all pages to explain."""
    for term in records.terms:
        yield Target(place=term.at("id"), space="term", id=term.id, title=term.term, page=PAGE, anchor=anchor(term))
        tags = {*term.term.texts, *term.aliases} - {""} | {records.default}
        forms = {tag: _forms(term, tag, records.default) for tag in sorted(tags)}
        yield Term(
            place=term.place,
            id=term.id,
            forms={tag: f for tag, f in forms.items() if f.term or f.aliases},
            short=term.short,
            long=term.long,
            page=PAGE,
            anchor=anchor(term),
        )


def anchor(term: TermRecord) -> str:
    """The id of an entry on the page."""
    return f"term-{term.id}"


def _forms(term: TermRecord, tag: str, default: str) -> TermForms:
    def in_language(text: Localized | None) -> str:
        texts = text.texts if text else {}
        return texts.get(tag) or (texts.get("", "") if tag == default else "")

    aliases = (*term.aliases.get(tag, ()), *(term.aliases.get("", ()) if tag == default else ()))
    return TermForms(in_language(term.term), in_language(term.expands), aliases)


def views(records: GlossaryRecords, derived: Derived, reader: Reader) -> Iterable[View]:
    """One page for the client, made after all others so that it can say where each term is used."""
    _ = reader.word
    del derived
    terms = [_view(t, reader, records.default) for t in records.terms]
    if not terms:
        return  # all of them are internal
    yield View(
        path=PAGE,
        title=_("Glossary"),
        description=_("Every technical term of this portal, explained."),
        template="page.md.jinja",
        data=GlossaryView(tuple(sorted(terms, key=lambda t: sort_key(str(reader.text(t.record.term)))))),
        last=True,
    )


def sort_key(text: str) -> tuple[int, bytes, str]:
    """Latin words first, without regard to case and accents; then Han in the order of pinyin.

    GB 2312 lists its common characters by pinyin, so their bytes sort as a reader expects.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    first = next((c for c in plain if c.isalnum()), "")
    return (0 if first < "\u2e80" else 1, plain.encode("gb18030"), text)


def _view(term: TermRecord, reader: Reader, default: str) -> TermView:
    shown = str(reader.text(term.term))
    names = [str(reader.text(term.expands)) if term.expands else ""]
    names += [*term.aliases.get(reader.language, ()), *term.aliases.get("", ())]
    others = [
        (tag or default, text)
        for tag, text in term.term.texts.items()
        if (tag or default) != reader.language and text != shown
    ]
    return TermView(
        term.id, anchor(term), term, tuple(dict.fromkeys(n for n in names if n and n != shown)), tuple(others)
    )
