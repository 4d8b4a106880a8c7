"""The kinds of value a record may hold, read from text as it was written.

YAML gives us text only, so `NO`, `010` and `12:30` mean what they say; each type below turns text into its value or
says in plain words what is wrong. A failure carries `mend`, the sentence that tells how to put it right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from portal_gen.diagnostics import did_you_mean, one_line
from portal_gen.language import Localized, find_locale, zone_names

ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62})")
# Names that Windows keeps for devices, with or without a suffix: a folder of this name cannot be checked out there.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})
MAX_TEXT = 20_000
MAX_LINE = 500
# A year such as 0226 or 2206 is a date all right, and almost certainly a slip.
FIRST_YEAR, LAST_YEAR = 2000, 2100

Value = TypeVar("Value")


def fail(kind: str, what: str, mend: str = "", why: str = "") -> PydanticCustomError:
    """An error a person can act on; `kind` is the value of a `diagnostics.Code`."""
    # Braces in a message template are fields to pydantic, so the words travel in the context.
    return PydanticCustomError(kind, "{what}", {"what": what, "mend": mend, "why": why})


def quote(text: object) -> str:
    """A value as it may stand in a message: one line, not too long."""
    return f"'{one_line(str(text), 60)}'"


def written(value: object, example: str) -> str:
    """The text of a value; raises when there is none or when it is a list or a mapping."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise fail("bad-value", "There is nothing here.", f"Write a value, for example: {example}")
    if not isinstance(value, str):
        shape = "a list" if isinstance(value, list) else "a group of keys"
        raise fail("wrong-type", f"This is {shape}, but one value is due.", f"Write for example: {example}")
    return value.strip()


def is_id(text: str) -> bool:
    """True for lower-case ASCII letters, digits and hyphens, at most 63, and no Windows device name."""
    return ID.fullmatch(text) is not None and text.partition(".")[0] not in DEVICES


def parse_text(value: object) -> str:
    """Text of one or more lines, trimmed, NFC."""
    text = unicodedata.normalize("NFC", written(value, "a few words"))
    if len(text) > MAX_TEXT:
        raise fail("limit", f"This text has {len(text):,} characters; at most {MAX_TEXT:,} fit.", "Shorten it.")
    return text


def parse_line(value: object) -> str:
    """Text of a single line."""
    text = parse_text(value)
    if "\n" in text:
        raise fail("bad-value", "This text has a line break, but must be one line.", "Write it on one line.")
    if len(text) > MAX_LINE:
        raise fail("limit", f"This text has {len(text):,} characters; at most {MAX_LINE} fit.", "Shorten it.")
    return text


def parse_localized(value: object) -> Localized:
    """Text written once, or a mapping by language tag."""
    if not isinstance(value, dict):
        if isinstance(value, list):
            raise fail("wrong-type", "This is a list, but a text is due.", "Write one text, without - in front.")
        return Localized.plain(parse_text(value))
    texts = {}
    for tag, text in value.items():
        if tag == NODE:
            continue
        if find_locale(tag) is None:
            raise fail(
                "bad-value",
                f"{quote(tag)} is not a language.",
                "Write the text directly, or one text for each language: {en: Go-live, zh: 上线}",
            )
        texts[tag] = parse_text(text)
    if not texts:
        raise fail("bad-value", "There is no text in any language here.", "Write for example: {en: Go-live, zh: 上线}")
    return Localized(texts)


def parse_local_line(value: object) -> Localized:
    """Text of a single line, written once or by language: a title, a name."""
    found = parse_localized(value)
    for text in found.texts.values():
        parse_line(text)
    return found


def parse_id(value: object) -> str:
    """An id: part of an address, so it is short and plain."""
    text = written(value, "go-live")
    if not is_id(text):
        suggestion = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:63]
        raise fail(
            "bad-id",
            f"{quote(text)} cannot be an id.",
            "Use lower-case letters a-z, digits and hyphens"
            + (f", for example: {suggestion}" if is_id(suggestion) else "."),
            "Ids become part of web addresses and file names.",
        )
    return text


def parse_reference(value: object) -> str:
    """The id of another record; a person may be written with @ in front, and then in any case."""
    text = written(value, "go-live")
    text = text.removeprefix("@").lower() if text.startswith("@") else text
    # A name in place of an id is looked for as well: whoever knows all records can say whose it is.
    if not re.fullmatch(r"[\w./@ '’·-]{1,200}", text):
        raise fail("bad-id", f"{quote(text)} cannot be the id of anything.", "Write the id as it stands at its record.")
    return text


DATE_FORM = "Write year-month-day with two digits each for month and day, for example: 2026-03-05"


def parse_day(value: object) -> date:
    """An ISO 8601 calendar date, YYYY-MM-DD, and nothing else."""
    text = written(value, "2026-03-05")
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not found:
        why = (
            "A time of day would mean another day in another time zone."
            if re.match(r"\d{4}-\d\d-\d\d[T ]", text)
            else ""
        )
        raise fail("bad-date", f"{quote(text)} is not a date in the form we read.", DATE_FORM, why)
    year, month, day = (int(g) for g in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise fail(
            "odd-date",
            f"The year {found[1]} is far away from any project.",
            f"Check the year: we read {FIRST_YEAR} to {LAST_YEAR}.",
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise fail("bad-date", f"There is no day {text} in the calendar.", "Check the day and the month.") from None


def parse_flag(value: object) -> bool:
    """`true` or `false`."""
    text = value.strip() if isinstance(value, str) else written(value, "true")
    if text not in ("true", "false"):
        raise fail("bad-value", f"{quote(text)} is neither true nor false.", "Write true or false, in lower case.")
    return text == "true"


def parse_percent(value: object) -> int:
    """A whole percentage from 0 to 100, written 60% or 60."""
    text = written(value, "60%")
    found = re.fullmatch(r"([0-9]{1,3})\s?%?", text)
    if not found or int(found[1]) > 100:  # noqa: PLR2004
        raise fail("bad-value", f"{quote(text)} is not a percentage from 0 to 100.", "Write for example: 60%")
    return int(found[1])


def parse_number(value: object) -> Decimal:
    """An exact decimal number: digits, at most one point, no thousands separators."""
    text = written(value, "420")
    if not re.fullmatch(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?", text):
        raise fail(
            "bad-value",
            f"{quote(text)} is not a number in the form we read.",
            "Write digits, with a point for decimals and nothing between thousands, for example: 1000.50",
            "1,000 and 1.000 mean different numbers in different countries.",
        )
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern above admits decimals only
        raise fail("bad-value", f"{quote(text)} is not a number.") from None


_DURATION = re.compile(r"([0-9]{1,4})\s*(?:(working|business)\s+)?(days?|d|weeks?|w|个?工作日|周)")


def parse_working_days(value: object) -> int:
    """A duration in working days, 1 to 2,000: "15 working days", "15d", "3 weeks" (of five days)."""
    text = written(value, "15 working days")
    found = _DURATION.fullmatch(text.casefold())
    count = int(found[1]) * (5 if found[3].startswith(("w", "周")) else 1) if found else 0
    if not found or not 1 <= count <= 2000:  # noqa: PLR2004
        raise fail("bad-value", f"{quote(text)} is not a duration.", "Write for example: 15 working days, or: 3 weeks")
    return count


def parse_lag(value: object) -> int:
    """A lag (positive) or lead (negative) in working days: "2 working days", "-1 working day", "0"."""
    text = written(value, "2 working days")
    if text == "0":
        return 0
    negative = text.startswith("-")
    days = parse_working_days(text.removeprefix("-").strip())
    return -days if negative else days


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Every:
    """A cadence: each `interval` weeks or months; `weekday` (Monday is 0) when one was written."""

    interval: int
    unit: str
    weekday: int | None


def parse_every(value: object) -> Every:
    """A cadence: "1 week on friday", "2 weeks on monday", "week", "1 month"."""
    text = written(value, "1 week on friday").casefold()
    found = re.fullmatch(r"(?:([0-9]{1,2})\s+)?(week|month)s?(?:\s+on\s+([a-z]+))?", text)
    if not found or not 1 <= int(found[1] or 1) <= 52 or (found[3] and found[3] not in WEEKDAYS):  # noqa: PLR2004
        raise fail("bad-value", f"{quote(text)} is not a rhythm.", "Write for example: 1 week on friday, or: 1 month")
    return Every(int(found[1] or 1), found[2], WEEKDAYS.index(found[3]) if found[3] else None)


def parse_weekday(value: object) -> int:
    """A day of the week in English; Monday is 0."""
    text = written(value, "saturday").casefold()
    if text not in WEEKDAYS:
        raise fail("bad-value", f"{quote(text)} is not a day of the week.", f"Write one of: {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(text)


def parse_email(value: object) -> str:
    """An e-mail address, ASCII, one @."""
    text = written(value, "ana@example.com")
    if len(text) > 254 or not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text):  # noqa: PLR2004
        raise fail("bad-value", f"{quote(text)} is not an e-mail address.", "Write for example: ana@example.com")
    return text


def parse_phone(value: object) -> str:
    """A telephone number: digits, spaces, + ( ) - only."""
    text = written(value, "+44 20 7946 0000")
    if not re.fullmatch(r"\+?[0-9 ()./-]{5,30}", text):
        raise fail("bad-value", f"{quote(text)} is not a telephone number.", "Write for example: +44 20 7946 0000")
    return text


def parse_url(value: object) -> str:
    """A web address, http or https, without a user name."""
    text = written(value, "https://example.com/")
    problem = url_problem(text)
    if problem:
        raise fail("unsafe", f"{quote(text)} {problem}.", "Write a plain web address: https://example.com/")
    return text


def url_problem(text: str) -> str:
    """What is wrong with an outside address ("" when nothing is)."""
    if any(c.isspace() or not c.isprintable() for c in text):
        return "has a space or an invisible character in it"
    try:
        parts = urlsplit(text)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return "is not a web address"
    if parts.scheme not in ("http", "https"):
        return "is not a web address that is safe to open (http or https)"
    if not parts.hostname or not port_fits:
        return "is not a web address"
    if parts.username is not None or "@" in parts.netloc:
        return "hides a user name in front of the address"
    if not parts.hostname.isascii() or "xn--" in parts.hostname:
        return "has letters in its host name that can be mistaken for others"
    return ""


def parse_zone(value: object) -> str:
    """An IANA time zone."""
    text = written(value, "Europe/London")
    if text not in zone_names() or "/" not in text:
        raise fail("bad-value", f"{quote(text)} is not a time zone.", "Write region/city, for example: Europe/London")
    return text


def parse_language(value: object) -> str:
    """A BCP 47 language tag that we can write dates in."""
    text = written(value, "en")
    if find_locale(text) is None or text != text.strip().replace("_", "-"):
        raise fail("bad-value", f"{quote(text)} is not a language we know.", "Write a tag such as en, zh, de, pt-BR.")
    return text


def parse_colour(value: object) -> str:
    """A colour, #rrggbb."""
    text = written(value, '"#0b6e4f"')
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise fail("bad-value", f"{quote(text)} is not a colour.", 'Write six digits in quotes: "#0b6e4f"')
    return text.lower()


def parse_file(value: object) -> str:
    """The relative path of a file beside or below the one that names it."""
    text = written(value, "logo.svg")
    problem = path_problem(text)
    if problem:
        raise fail(
            "unsafe", f"{quote(text)} {problem}.", "Write the name of a file in the same folder, such as logo.svg."
        )
    return text


def path_problem(text: str) -> str:
    """What is wrong with a relative file path ("" when nothing is)."""
    if "\\" in text or re.match(r"[A-Za-z]:", text) or "%" in text or "\0" in text:
        return "is not a plain relative path"
    if text.startswith("/") or "://" in text:
        return "leads out of the client's folder"
    if any(part in ("..", ".") for part in text.split("/")):
        return "leads out of its folder"
    return ""


# The key under which a mapping's own node travels through pydantic to the record (see source/record.py).
NODE = "__node__"


def one_of(*words: str) -> Callable[[Any], str]:
    """A parser for a few allowed words; what is near one of them is proposed."""

    def parse(value: object) -> str:
        text = written(value, words[0])
        if text not in words:
            raise fail("bad-value", f"{quote(text)} is not one of the words allowed here.", did_you_mean(text, words))
        return text

    return parse


Line = Annotated[str, BeforeValidator(parse_line)]
Words = Annotated[str, BeforeValidator(parse_text)]
LocalText = Annotated[Localized, BeforeValidator(parse_localized)]
LocalLine = Annotated[Localized, BeforeValidator(parse_local_line)]
Id = Annotated[str, BeforeValidator(parse_id)]
Ref = Annotated[str, BeforeValidator(parse_reference)]
Day = Annotated[date, BeforeValidator(parse_day)]
Flag = Annotated[bool, BeforeValidator(parse_flag)]
Percent = Annotated[int, BeforeValidator(parse_percent)]
Number = Annotated[Decimal, BeforeValidator(parse_number)]
WorkingDays = Annotated[int, BeforeValidator(parse_working_days)]
Lag = Annotated[int, BeforeValidator(parse_lag)]
Rhythm = Annotated[Every, BeforeValidator(parse_every)]
Weekday = Annotated[int, BeforeValidator(parse_weekday)]
Email = Annotated[str, BeforeValidator(parse_email)]
Phone = Annotated[str, BeforeValidator(parse_phone)]
Url = Annotated[str, BeforeValidator(parse_url)]
Zone = Annotated[str, BeforeValidator(parse_zone)]
Language = Annotated[str, BeforeValidator(parse_language)]
Colour = Annotated[str, BeforeValidator(parse_colour)]
FilePath = Annotated[str, BeforeValidator(parse_file)]
Visibility = Annotated[str, BeforeValidator(one_of("client", "internal"))]
