"""Glossaries to and from what other tools read: CSV for spreadsheets, SKOS as JSON-LD, TBX-Basic for translators.

Each format is one module with `write(concepts) -> str` and `read(text) -> concepts`; between them stands the plain
`Concept`, which has the keys of glossary.yml. What is written and read again is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portal_gen.sections.glossary.exchange import csv_form, skos_form, tbx_form
from portal_gen.sections.glossary.exchange.concept import Concept, ExchangeError, concept_of, to_yaml

WRITERS: Mapping[str, Callable[[list[Concept]], str]] = {
    "csv": csv_form.write,
    "skos": skos_form.write,
    "tbx": tbx_form.write,
}
READERS: Mapping[str, Callable[[str], list[Concept]]] = {
    "csv": csv_form.read,
    "skos": skos_form.read,
    "tbx": tbx_form.read,
}
SUFFIXES: Mapping[str, str] = {".csv": "csv", ".jsonld": "skos", ".json": "skos", ".tbx": "tbx", ".xml": "tbx"}

__all__ = ["READERS", "SUFFIXES", "WRITERS", "Concept", "ExchangeError", "concept_of", "to_yaml"]
