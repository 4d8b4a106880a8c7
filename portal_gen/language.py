"""The client's language: interface words, dates, numbers, and texts written in several languages.

Interface words come from gettext catalogues (`.po` files, read through Babel): the shared ones in `locales/`, a
section's own in its folder. No other module formats a date or a number for a client.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, get_timezone_location
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

PACKAGE = Path(__file__).parent
# English in which every interface word stands in brackets and under accents: what does not, no translator can reach.
PSEUDO = "en-XA"
_ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
)
_PLACEHOLDER = re.compile(r"(\{\w+\}|%\(\w+\)s)")


class Text(str):
    """A text with the language it is in, which is not always the language of the page."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> Self:
        """A str that remembers its BCP 47 tag."""
        self = super().__new__(cls, text)
        self.language = language
        return self


@dataclass(frozen=True, slots=True)
class Localized:
    """A text in one or more languages. The tag "" stands for the client's default language."""

    texts: Mapping[str, str] = field(hash=False)

    @classmethod
    def plain(cls, text: str) -> Localized:
        """A text written once, in the client's default language."""
        return cls({"": text})

    def has(self, language: str) -> bool:
        """True when there is a text of just this language."""
        return language in self.texts

    def __str__(self) -> str:
        return next(iter(self.texts.values()), "")


@lru_cache(maxsize=512)
def find_locale(tag: str) -> Locale | None:
    """Babel's locale for a BCP 47 tag (en, zh, zh-Hant, pt-BR), or None when there is none."""
    if tag == PSEUDO:
        return Locale("en")
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError, TypeError):
        return None


@cache
def zone_names() -> frozenset[str]:
    """All IANA time zones that we know. Of the package tzdata: what the machine has would make builds differ."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


@cache
def find_zone(name: str) -> ZoneInfo:
    """One of the time zones in `zone_names`."""
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def direction(tag: str) -> str:
    """The direction in which a language is written: "ltr" or "rtl"."""
    locale = find_locale(tag)
    return str(locale.text_direction) if locale else "ltr"


class _Pseudo(gettext.NullTranslations):
    """The catalogue of `PSEUDO`: made from the words themselves."""

    def gettext(self, message: str) -> str:
        """The message, accented and in brackets; placeholders stay."""
        parts = _PLACEHOLDER.split(message)
        return f"[{''.join(p if n % 2 else p.translate(_ACCENTED) for n, p in enumerate(parts))}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for a number, by the English rule."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """All interface words of a language: the shared catalogue and those of the sections, in one."""
    if language == PSEUDO:
        return _Pseudo()
    paths = catalogue_files(language) or catalogue_files(language.partition("-")[0])
    if not paths:
        return gettext.NullTranslations()
    # The first brings the rule for plurals along; the test holds all of a language to one rule.
    with paths[0].open("rb") as file:
        merged = read_po(file)
    for path in paths[1:]:
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def catalogue_files(language: str) -> list[Path]:
    """The .po files of a language: shared first, then each section's."""
    name = f"{language}.po"
    return [p for p in [PACKAGE / "locales" / name, *sorted(PACKAGE.glob(f"sections/*/locales/{name}"))] if p.is_file()]


@cache
def regional_locale(tag: str, region: str) -> Locale:
    """Babel's locale for a language in a region (ISO 3166), or in no region where CLDR does not know the pair."""
    base = find_locale(tag) or Locale("en")
    try:
        return Locale(base.language, region[:2] or base.territory, base.script)
    except (UnknownLocaleError, ValueError):
        return base


@lru_cache(maxsize=8192)  # a portal names the same few days again and again, and Babel is slow
def _format_day(day: date, skeleton: str, locale: Locale) -> str:
    """A day in the parts of a CLDR skeleton; English and Chinese in the house's own order."""
    if own := _OWN_PATTERNS.get((locale.language, skeleton)):
        return format_date(day, own, locale=locale)
    return str(format_skeleton(skeleton, day, locale=locale))


# English is read on both sides of an ocean; and CLDR sets a Chinese weekday without a space.
_OWN_PATTERNS = {
    ("en", "yMMMd"): "d MMM y",
    ("en", "yMMMEd"): "EEE d MMM y",
    ("en", "MMMd"): "d MMM",
    ("zh", "yMMMEd"): "y年M月d日 EEE",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: a language, with the client's default language and region to fall back on and to write dates in."""

    language: str
    default: str
    region: str

    @property
    def locale(self) -> Locale:
        """Babel's locale, with the client's region where CLDR knows the pair (en + GB gives en_GB)."""
        return regional_locale(self.language, self.region)

    def word(self, message: str) -> str:
        """An interface text in this language."""
        return catalogue(self.language).gettext(message)

    def words(self, singular: str, plural: str, number: int) -> str:
        """An interface text that depends on a number, which stands in it as %(n)s."""
        text = catalogue(self.language).ngettext(singular, plural, number)
        return text % {"n": self.number(number)} if "%(n)s" in text else text

    def text(self, text: Localized | None) -> Text:
        """An authored text in this language, or in the one it was written in."""
        if text is None:
            return Text("", self.language)
        for key, tag in ((self.language, self.language), ("", self.default), (self.default, self.default)):
            if key in text.texts:
                return Text(text.texts[key], tag)
        tag, words = next(iter(text.texts.items()), (self.default, ""))
        return Text(words, tag)

    def day(self, day: date, *, weekday: bool = False) -> str:
        """A day nobody can misread: the month is a word where the language has months as words."""
        return _format_day(day, "yMMMEd" if weekday else "yMMMd", self.locale)

    def short_day(self, day: date) -> str:
        """A day without its year, for an axis or a narrow column."""
        return _format_day(day, "MMMd", self.locale)

    def month(self, day: date) -> str:
        """A month and its year."""
        return _format_day(day, "yMMM", self.locale)

    def month_name(self, day: date) -> str:
        """A month, short, for an axis."""
        return format_date(day, "MMM", locale=self.locale)

    def year(self, day: date) -> str:
        """A year as it stands alone."""
        return _format_day(day, "y", self.locale)

    def weekday(self, number: int) -> str:
        """A day of the week in full; Monday is 0."""
        return str(self.locale.days["format"]["wide"][number])

    def zone_city(self, zone: str) -> str:
        """The city that a time zone is named after."""
        return get_timezone_location(zone, locale=self.locale, return_city=True)

    def span(self, start: date, end: date) -> str:
        """A span of days, both included."""
        return str(format_interval(start, end, "yMMMd", locale=self.locale))

    def number(self, number: float | Decimal) -> str:
        """A number with the separators of the locale."""
        return str(format_decimal(number, locale=self.locale))

    def percent(self, number: float) -> str:
        """A share of 100 as the locale writes it."""
        return str(format_percent(Decimal(number) / 100, locale=self.locale))

    def both(self, items: Iterable[str]) -> str:
        """A list in words: "a, b and c"."""
        return format_list(list(items), style="standard", locale=self.locale)

    def working_days(self, count: int) -> str:
        """A number of working days in words."""
        return self.words("%(n)s working day", "%(n)s working days", count)

    def file_size(self, size: int) -> str:
        """A size in bytes, kB or MB (SI, powers of 1000)."""
        if size < 1000:  # noqa: PLR2004
            return self.words("%(n)s byte", "%(n)s bytes", size)
        if size < 999_500:  # noqa: PLR2004
            return format_unit(round(size / 1000), "digital-kilobyte", length="short", locale=self.locale)
        return format_unit(round(size / 1_000_000, 1), "digital-megabyte", length="short", locale=self.locale)

    def language_of(self, tag: str) -> str:
        """What the reader calls a language: English, anglais, 英语."""
        locale = find_locale(tag)
        return (locale.get_display_name(self.locale) if locale else None) or tag

    def untranslated(self, shown: str) -> str:
        """The sentence above a text that is shown in another language than the page, `shown`; "" when that is ""."""
        if not shown:
            return ""
        names = {"wanted": self.language_of(self.language), "shown": self.language_of(shown)}
        return self.word("Not yet in {wanted}; shown in {shown}.").format(**names)
