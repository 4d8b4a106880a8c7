"""One concept between formats: plain values under the keys of glossary.yml, every text with its language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal_gen.language import Localized
from portal_gen.sections.glossary.model import NONE, Names, TermRecord

TEXTS = ("term", "expands", "short", "long", "example", "reading")
LISTS = ("aliases", "deprecated", "instead_of", "plural", "not_in")


class ExchangeError(Exception):
    """What is wrong with a file, in words for its author; `where` is a line or the id of an entry."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(f"{where}: {what}" if where else what)


@dataclass(slots=True)
class Concept:
    """`texts` and `names` are by key and language tag; an empty list of plural forms says that there are none."""

    id: str
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    names: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    case: str = "auto"
    visibility: str = "client"
    related: list[str] = field(default_factory=list)

    def text(self, key: str, tag: str) -> str:
        """The text of a key in a language, or ""."""
        return self.texts.get(key, {}).get(tag, "")

    def set_text(self, key: str, tag: str, text: str) -> None:
        """Say a text, where there is one."""
        if text:
            self.texts.setdefault(key, {})[tag] = text

    def set_names(self, key: str, tag: str, names: list[str] | None) -> None:
        """Say names, where there are some; of plural forms, none is something to say."""
        if names or (names is not None and key == "plural"):
            self.names.setdefault(key, {})[tag] = names

    def add_name(self, key: str, tag: str, name: str) -> None:
        """Say one more name."""
        self.names.setdefault(key, {}).setdefault(tag, []).append(name)

    @property
    def tags(self) -> list[str]:
        """All languages in which something is said; those that have a term come first."""
        said = {tag for of_key in (self.texts, self.names) for by_tag in of_key.values() for tag in by_tag}
        return list(dict.fromkeys([*self.texts.get("term", {}), *sorted(said)]))


def concept_of(record: TermRecord, default: str) -> Concept:
    """The concept that an entry writes down; texts without a language are in `default`."""
    concept = Concept(record.id, case=record.case, visibility=record.visibility, related=list(record.related))
    for key in TEXTS:
        text: Localized | None = getattr(record, key)
        for tag, words in (text.texts if text else {}).items():
            concept.set_text(key, tag or default, words)
    for key in LISTS:
        names: Names = getattr(record, key)
        for tag, listed in names.items():
            concept.set_names(key, tag or default, list(listed))
    return concept


def to_yaml(concepts: list[Concept]) -> str:
    """The concepts as a glossary.yml."""
    return "".join(map(_entry, concepts))


def _entry(concept: Concept) -> str:
    lines = [f"- id: {_quote(concept.id)}"]
    for key in ("term", "expands", "short", "long"):
        lines += _texts(key, concept.texts.get(key, {}))
    lines += [
        f"  {key}: {_flow({tag: _listed(key, names) for tag, names in by_tag.items()})}"
        for key in LISTS
        if (by_tag := concept.names.get(key, {}))
    ]
    if concept.case != "auto":
        lines.append(f"  case: {_quote(concept.case)}")
    if concept.related:
        lines.append(f"  related: {_listed('related', concept.related)}")
    for key in ("example", "reading"):
        lines += _texts(key, concept.texts.get(key, {}))
    if concept.visibility != "client":
        lines.append(f"  visibility: {_quote(concept.visibility)}")
    return "\n".join(lines) + "\n"


def _texts(key: str, texts: Mapping[str, str]) -> list[str]:
    if key in ("short", "long", "example") and texts:
        return [f"  {key}:", *(f"    {_quote(tag)}: {_quote(text)}" for tag, text in texts.items())]
    return [f"  {key}: {_flow({tag: _quote(text) for tag, text in texts.items()})}"] if texts else []


def _listed(key: str, names: list[str]) -> str:
    return NONE if key == "plural" and not names else f"[{', '.join(map(_quote, names))}]"


def _flow(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{_quote(tag)}: {value}" for tag, value in values.items()) + "}"


def _quote(text: str) -> str:
    """A double-quoted scalar; plain where nobody could read it otherwise."""
    if re.fullmatch(r"[a-z][a-z-]*", text) and text not in (
        "y",
        "n",
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
    ):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    # JSON leaves these as they are, and YAML takes them for line breaks or refuses them.
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda c: f"\\u{ord(c[0]):04x}", quoted)
