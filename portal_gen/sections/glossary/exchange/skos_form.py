"""SKOS (W3C Recommendation, 2009) as JSON-LD: names as labels, meanings as notes.

What SKOS has no property for stands under our own; other readers skip it. Read is JSON-LD in the usual compact forms:
with or without the prefix `skos:`, texts by language or as `@value` and `@language`. Other contexts are not resolved.
"""

from __future__ import annotations

import json
from typing import Any

from portal_gen.sections.glossary.exchange.concept import LISTS, Concept, ExchangeError

SKOS = "http://www.w3.org/2004/02/skos/core#"
OWN = "urn:portal-gen:glossary#"
BASE = "urn:portal-gen:term:"
# Our key for each property. What is forbidden is what search may find and nobody should read: a hidden label.
TEXTS = {
    "prefLabel": "term",
    "expands": "expands",
    "definition": "short",
    "scopeNote": "long",
    "example": "example",
    "reading": "reading",
}
NAMES = {
    "altLabel": "aliases",
    "hiddenLabel": "instead_of",
    "deprecated": "deprecated",
    "plural": "plural",
    "notIn": "not_in",
}
_OWN_PROPERTIES = ("expands", "reading", "deprecated", "plural", "notIn")
CONTEXT: dict[str, Any] = {
    "skos": SKOS,
    "own": OWN,
    **{
        name: {"@id": f"own:{name}" if name in _OWN_PROPERTIES else f"skos:{name}", "@container": "@language"}
        for name in (*TEXTS, *NAMES)
    },
    "related": {"@id": "skos:related", "@type": "@id"},
    "case": "own:case",
    "visibility": "own:visibility",
}


def write(concepts: list[Concept]) -> str:
    """The concepts as a JSON-LD document."""
    graph = []
    for concept in concepts:
        node: dict[str, Any] = {"@id": BASE + concept.id, "@type": "skos:Concept"}
        node |= {name: concept.texts[key] for name, key in TEXTS.items() if key in concept.texts}
        node |= {name: concept.names[key] for name, key in NAMES.items() if key in concept.names}
        if concept.related:
            node["related"] = [BASE + other for other in concept.related]
        if concept.case != "auto":
            node["case"] = concept.case
        if concept.visibility != "client":
            node["visibility"] = concept.visibility
        graph.append(node)
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> list[Concept]:
    """The concepts of a JSON-LD document. Raises ExchangeError."""
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise ExchangeError(f"this is not JSON: {error.msg}.", f"line {error.lineno}") from error
    except RecursionError as error:
        raise ExchangeError("this JSON is nested too deep.") from error
    nodes = document.get("@graph", [document]) if isinstance(document, dict) else document
    if not isinstance(nodes, list):
        raise ExchangeError("a list of concepts is due under '@graph'.")
    concepts = [_read(node) for node in nodes if isinstance(node, dict) and "Concept" in map(_short, _types(node))]
    if not concepts:
        raise ExchangeError("there is no skos:Concept in it.")
    return concepts


def _read(node: dict[str, Any]) -> Concept:
    concept = Concept(_id_of(node.get("@id")))
    values = {_short(name): value for name, value in node.items()}
    for name, key in TEXTS.items():
        for tag, text in _by_language(values.get(name), name, concept.id):
            if concept.text(key, tag):
                raise ExchangeError(f"{name} is said twice for the language '{tag}'.", concept.id)
            concept.set_text(key, tag, text)
    for name, key in NAMES.items():
        if isinstance(listed := values.get(name), dict) and "@value" not in listed:
            for tag, names in listed.items():
                concept.set_names(key, str(tag), [] if names == [] else None)
        for tag, text in _by_language(values.get(name), name, concept.id):
            concept.add_name(key, tag, text)
    concept.related = [_id_of(other) for other in _list(values.get("related"))]
    for name in ("case", "visibility"):
        if name in values:
            setattr(concept, name, str(values[name]))
    if not set(LISTS) >= set(concept.names):  # pragma: no cover - the table above names our keys
        raise AssertionError(concept.names)
    return concept


def _by_language(value: Any, name: str, where: str) -> list[tuple[str, str]]:
    """Texts with their language tags, from a language map, a value object, or a list of them."""
    found: list[tuple[str, str]] = []
    for one in _list(value):
        if isinstance(one, dict) and "@value" in one:
            pairs = [(one.get("@language"), one["@value"])]
        elif isinstance(one, dict):
            pairs = [(tag, text) for tag, texts in one.items() for text in _list(texts)]
        else:
            pairs = [(None, one)]
        for tag, text in pairs:
            if not isinstance(text, str) or not isinstance(tag, str) or not tag:
                raise ExchangeError(f"{name}: a text with its language is due.", where)
            found.append((tag, text))
    return found


def _types(node: dict[str, Any]) -> list[str]:
    return [t for t in _list(node.get("@type", node.get("type"))) if isinstance(t, str)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _short(name: str) -> str:
    """A property without its vocabulary."""
    for prefix in (SKOS, OWN, "skos:", "own:"):
        name = name.removeprefix(prefix)
    return name


def _id_of(value: Any) -> str:
    """The last part of an IRI."""
    iri = value.get("@id") if isinstance(value, dict) else value
    if not isinstance(iri, str) or not iri:
        raise ExchangeError("a concept must have an '@id'.")
    return iri.replace("#", "/").replace(":", "/").rstrip("/").rpartition("/")[2]
