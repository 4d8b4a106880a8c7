"""TBX-Basic (ISO 30042:2019, dialect TBX-Basic, style DCA), for translation tools.

A concept's short meaning is its definition, each name a term with its administrative status. What TBX-Basic has no data
category for stands in notes that begin with our key.
"""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from portal_gen.sections.glossary.exchange.concept import Concept, ExchangeError

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_N = f"{{{NAMESPACE}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
STATUS = {
    "term": "preferredTerm-admn-sts",
    "expands": "admittedTerm-admn-sts",
    "aliases": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "instead_of": "supersededTerm-admn-sts",
}
_KEY_OF_STATUS = {
    "preferredTerm-admn-sts": "term",
    "admittedTerm-admn-sts": "aliases",
    "deprecatedTerm-admn-sts": "deprecated",
    "supersededTerm-admn-sts": "instead_of",
}
NOTES_OF_LANGUAGE = ("long", "reading", "plural", "not_in")
NOTES_OF_CONCEPT = ("case", "visibility")
_NOTE = re.compile(rf"({'|'.join((*NOTES_OF_LANGUAGE, *NOTES_OF_CONCEPT))}): (.*)", re.DOTALL)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<tbx xmlns="{NAMESPACE}" type="TBX-Basic" style="dca" xml:lang="en">\n'
    "<tbxHeader><fileDesc><sourceDesc><p>Glossary of a client portal</p></sourceDesc></fileDesc></tbxHeader>\n"
    "<text><body>\n"
)
TAIL = "</body></text>\n</tbx>\n"


def write(concepts: list[Concept]) -> str:
    """The concepts as a TBX document."""
    return HEAD + "".join(map(_entry, concepts)) + TAIL


def _entry(concept: Concept) -> str:
    out = [f"<conceptEntry id={quoteattr(concept.id)}>\n"]
    out += [f'<ref type="crossReference" target={quoteattr(other)}/>\n' for other in concept.related]
    for key, usual in (("case", "auto"), ("visibility", "client")):
        if getattr(concept, key) != usual:
            out.append(_note(key, getattr(concept, key)))
    for tag in concept.tags:
        out += (f"<langSec xml:lang={quoteattr(tag)}>\n", *_language(concept, tag), "</langSec>\n")
    return "".join([*out, "</conceptEntry>\n"])


def _language(concept: Concept, tag: str) -> list[str]:
    out = []
    if short := concept.text("short", tag):
        out.append(f'<descrip type="definition">{_text(short)}</descrip>\n')
    if example := concept.text("example", tag):
        out.append(f'<descrip type="context">{_text(example)}</descrip>\n')
    out += [_note(key, text) for key in ("long", "reading") if (text := concept.text(key, tag))]
    for key in ("plural", "not_in"):
        names = concept.names.get(key, {}).get(tag)
        if names is not None:
            out.append(_note(key, json.dumps(names, ensure_ascii=False)))
    out += [_term(text, key) for key in ("term", "expands") if (text := concept.text(key, tag))]
    for key in ("aliases", "deprecated", "instead_of"):
        out += [_term(name, key) for name in concept.names.get(key, {}).get(tag, ())]
    return out


def _term(name: str, key: str) -> str:
    kind = '<termNote type="termType">fullForm</termNote>' if key == "expands" else ""
    status = f'<termNote type="administrativeStatus">{STATUS[key]}</termNote>'
    return f"<termSec><term>{_text(name)}</term>{kind}{status}</termSec>\n"


def _note(key: str, text: str) -> str:
    return f"<note>{key}: {_text(text)}</note>\n"


def _text(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def read(text: str) -> list[Concept]:
    """The concepts of a TBX document. Raises ExchangeError."""
    if "<!ENTITY" in text:
        raise ExchangeError("it defines entities, which are not read.")
    try:
        root = ET.fromstring(text.removeprefix("\ufeff").encode())  # noqa: S314 - no entities: see above
    except ET.ParseError as error:
        line, column = error.position
        raise ExchangeError(f"this is not XML: {error.msg.partition(':')[0]}.", f"line {line}:{column + 1}") from error
    if root.tag != f"{_N}tbx":
        raise ExchangeError("this is not TBX of ISO 30042:2019: its root is another element than <tbx>.")
    concepts = [_read(entry) for entry in root.iter(f"{_N}conceptEntry")]
    if not concepts:
        raise ExchangeError("there is no <conceptEntry> in it.")
    return concepts


def _read(entry: ET.Element) -> Concept:
    concept = Concept(entry.get("id", ""))
    if not concept.id:
        raise ExchangeError("each <conceptEntry> must have an id.")
    concept.related = [
        ref.get("target", "").removeprefix("#")
        for ref in entry.findall(f"{_N}ref")
        if ref.get("type") == "crossReference"
    ]
    for note in entry.findall(f"{_N}note"):
        if (found := _NOTE.fullmatch(_words(note))) and found[1] in NOTES_OF_CONCEPT:
            setattr(concept, found[1], found[2])
    # The language's notes and descriptions may stand alone or in a group.
    for section in entry.findall(f"{_N}langSec"):
        tag = section.get(_LANG, "")
        if not tag:
            raise ExchangeError("a <langSec> must say its xml:lang.", concept.id)
        for term in section.findall(f"{_N}termSec"):
            _read_term(term, concept, tag)
        inside = [e for e in section.iter() if e.tag in (f"{_N}descrip", f"{_N}note")]
        of_terms = {id(e) for term in section.findall(f"{_N}termSec") for e in term.iter()}
        for element in inside:
            if id(element) not in of_terms or element.get("type") in ("definition", "context"):
                _read_description(element, concept, tag)
    return concept


def _read_description(element: ET.Element, concept: Concept, tag: str) -> None:
    words = _words(element)
    if element.tag == f"{_N}descrip":
        key = {"definition": "short", "context": "example"}.get(element.get("type", ""))
        if key and not concept.text(key, tag):
            concept.set_text(key, tag, words)
    elif (found := _NOTE.fullmatch(words)) and found[1] in NOTES_OF_LANGUAGE:
        if found[1] in ("plural", "not_in"):
            concept.set_names(found[1], tag, _names(found[2], concept.id))
        else:
            concept.set_text(found[1], tag, found[2])
    elif not concept.text("long", tag):
        concept.set_text("long", tag, words)


def _names(text: str, where: str) -> list[str]:
    try:
        names = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ExchangeError('a note of ours holds a list of names, for example: plural: ["criteria"].', where)
    return names


def _read_term(section: ET.Element, concept: Concept, tag: str) -> None:
    element = section.find(f"{_N}term")
    name = _words(element) if element is not None else ""
    if not name:
        raise ExchangeError("a <termSec> has no <term>.", concept.id)
    notes = {note.get("type", ""): _words(note) for note in section.iter(f"{_N}termNote")}
    key = _KEY_OF_STATUS.get(
        notes.get("administrativeStatus", ""), "term" if not concept.text("term", tag) else "aliases"
    )
    if key == "aliases" and notes.get("termType") == "fullForm" and not concept.text("expands", tag):
        key = "expands"
    if key == "term" and concept.text("term", tag):
        key = "aliases"
    if key in ("term", "expands"):
        concept.set_text(key, tag, name)
    else:
        concept.add_name(key, tag, name)


def _words(element: ET.Element) -> str:
    return "".join(element.itertext()).strip()
