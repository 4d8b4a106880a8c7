"""The two vocabularies that the portfolio is written from, words.en.yml and words.zh.yml. Everything is invented."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Words:
    """One language. `people` are ids with names, `terms` names with meanings."""

    language: str
    region: str
    timezone: str
    space: str
    colon: str
    companies: tuple[str, ...]
    subjects: tuple[str, ...]
    parts: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    questions: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[str, ...]
    criteria: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    term_pieces: tuple[tuple[str, ...], ...]
    rare_meaning: str
    labels: dict[str, str]

    def glossary(self, count: int) -> list[tuple[str, str]]:
        """`count` terms with their meaning: first those that the prose uses, then ones that it does not.

        Raises:
            ValueError: there are not as many.
        """
        more = ((self.space.join(pieces), self.rare_meaning.format(*pieces)) for pieces in product(*self.term_pieces))
        found = [*self.terms, *more][:count]
        if len(found) < count:
            raise ValueError(f"the vocabulary has {len(found)} terms, not {count}")
        return found


def _frozen(value: Any) -> Any:
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value


def _read(language: str) -> Words:
    text = Path(__file__).with_name(f"words.{language}.yml").read_text("utf-8")
    return Words(**{key: _frozen(value) for key, value in yaml.safe_load(text).items()})


ENGLISH, CHINESE = _read("en"), _read("zh")
SOURCES = tuple(Path(__file__).with_name(f"words.{language}.yml") for language in ("en", "zh"))
