"""Mistakes in YAML that the lines themselves show, in the words of somebody who writes them and does not program.

Lines and columns count from 0 in this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal_gen.diagnostics import Code, one_line
from portal_gen.source.text_file import describe

# Spaces that are not the space bar's, and characters without width.
INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
WHY_SHAPE = "What belongs together must begin below each other, so nobody can tell where this line belongs."
# Repetitions are bounded where two of them meet: a line may have 100,000 characters.
_COMMENT = re.compile(r"\s#.*$")
_NO_SPACE = re.compile(
    r"(?P<start>\s*(?:-\s+)*)(?P<key>\"[^\"]*\"|'[^']*'|[^\s\"'\[\]{}#:：][^\"\[\]{}#:：]{0,100}?)"
    r"\s{0,20}(?:(?P<wide>：)\s*|(?P<colon>:)(?!//))(?P<value>\S.*)"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in the writing: where (line and column from 0), what, why it matters, how to mend it."""

    line: int
    column: int
    what: str
    why: str
    mend: str
    code: Code = Code.SYNTAX


def indent_of(line: str) -> int:
    """How many spaces or tabs a line begins with."""
    return len(line) - len(line.lstrip())


def without_comment(text: str) -> str:
    """The text up to a # that begins a comment."""
    return _COMMENT.sub("", text).rstrip()


def quote(text: str) -> str:
    """A text in the quotes that need no codes within."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def hidden_key(lines: Sequence[str], first: int, last: int, column: int = 0) -> Finding | None:
    """A line `key:` with an invisible character for the space, in an unquoted text on lines `first` to `last`.

    To YAML the line is a text; to its author it is a key with a value. Only lines that begin with the text count:
    behind a key, French puts such spaces around a colon on purpose. `column` is where the text begins on `first`.
    """
    for number in range(first, min(last + 1, len(lines))):
        line = lines[number]
        found = re.match(rf"[ -]{{0,200}}[^\s:]{{1,100}}:(?P<gap>{INVISIBLE.pattern}+)", line)
        if found and not (number == first and line[: min(column, 201)].strip(" -")):
            return Finding(
                number,
                found.start("gap"),
                f"After this colon there is an invisible character instead of a space: {describe(found['gap'][0])}.",
                "So the line is a text, not a key with a value.",
                f"Replace it by a space:\n{line[: found.start('gap')]} {line[found.end() :].lstrip()}",
            )
    return None


def missing_space(lines: Sequence[str], first: int, last: int) -> Finding | None:
    """A line `key:value` or `key：value` among the lines `first` to `last`, which is a text to YAML."""
    for number in range(first, min(last + 1, len(lines))):
        if found := _NO_SPACE.match(lines[number]):
            return _space_finding(number, 0, found)
    return None


def missing_space_in(key: str, line: int, column: int) -> Finding | None:
    """The same within {en:Go-live}, where all of it is a key without a value."""
    found = _NO_SPACE.match(key)
    return _space_finding(line, column, found) if found else None


def _space_finding(line: int, column: int, found: re.Match[str]) -> Finding:
    wide = found["wide"] is not None
    written = f"{found['start']}{found['key']}: {found['value']}"
    return Finding(
        line,
        column + found.start("wide" if wide else "colon"),
        "This is a full-width colon, which does not end a key." if wide else "There is no space after this colon.",
        "So this is one text, not a key with a value.",
        f"Write a plain colon and a space:\n{written}" if wide else f"Write a space after it:\n{written}",
    )


_REMARK = re.compile(r"\s+#(?=[^\s#!])")
_VALUE = re.compile(r"(?:^|[\s{\[,])(?:-|[^\s:{}\[\],]{1,100}:)\s+")


def remark(lines: Sequence[str], line: int, column: int) -> Finding | None:
    """A # behind an unquoted text that was meant to belong to it: a remark has a space behind its #."""
    text = lines[line] if line < len(lines) else ""
    found = _REMARK.match(text, column)
    if not found:
        return None
    begin = max((m.end() for m in _VALUE.finditer(text[:column])), default=0)
    whole = text[begin:].rstrip().rstrip("]}").rstrip()
    rest = text[begin + len(whole) :]
    return Finding(
        line,
        found.end() - 1,
        "What stands behind this # would be lost: a # after a space begins a remark.",
        "The client would read only what stands before it.",
        f"If it belongs to the text, put quotes around it:\n{text[:begin]}{quote(whole)}{rest}\n"
        "If it is a remark, write a space after the #.",
    )


def lost_comma(lines: Sequence[str], line: int, column: int, key: str) -> Finding:
    """Within { }: a word without a colon, most often the rest of a text that has a comma in it."""
    text = lines[line]
    mend = "Put quotes around the whole text that has the comma in it."
    value = re.search(r"[{,]\s*[^\s:{}\[\],]{1,100}:\s+(?P<value>[^\"'{}\[\]:]*)$", text[:column])
    if value:
        start, end = value.start("value"), column + len(key)
        mend = f"Put quotes around the whole text:\n{text[:start]}{quote(text[start:end])}{text[end:]}"
    return Finding(
        line,
        column,
        f"'{one_line(key, 40)}' is no key with a value: there is no colon behind it.",
        "Between { and } a comma ends a text.",
        mend,
    )


def unclosed_quote(lines: Sequence[str], line: int, column: int) -> Finding:
    """A quote that opens here and is not closed where its author thought."""
    text = lines[line].rstrip()
    mark = text[column : column + 1] or '"'
    mend = "Put one at the end of the text."
    if len(text) <= column + 1:
        mend = "Put one at the end of the text, or delete this one."
    elif re.fullmatch(r"\s*(?:-\s+)*(?:[^\s:\[{]+\s*:\s+)?", text[:column]):
        mend += f" If it ends on this line:\n{text}{mark}"
    why = "The lines below would become part of this text."
    return Finding(line, column, f"This quote {mark} is not closed.", why, mend)


def no_key(lines: Sequence[str], line: int, column: int) -> Finding:
    """A line among keys that has no key, or whose colon or hyphen does not count as one."""
    if found := hidden_key(lines, line, line) or missing_space(lines, line, line):
        return found
    text = lines[line]
    if entry := re.match(r"(\s*)-([^\s-].*)", text):
        return Finding(
            line,
            indent_of(text),
            "There is no space after this hyphen.",
            "Only a hyphen and a space begin a list entry.",
            f"Write a space after it:\n{entry[1]}- {entry[2]}",
        )
    return Finding(
        line,
        column,
        "This line has no key: there is no colon with a space behind it.",
        "Among keys every line is key: value, so nobody can tell what this text is.",
        f"Write a key before it, for example:\nkey: {one_line(text.strip(), 60)}\n"
        "If it goes on from the line above, move it further in.",
    )
