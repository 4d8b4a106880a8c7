"""What is wrong with a text that is not YAML, in the words of somebody who writes it and does not program.

A YAML parser says where it gave up, which is seldom where the mistake is, and in words of its own. Here its complaint
is only a clue: the lines around it tell what was meant. Lines and columns count from 0 in this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from portal_gen.diagnostics import Code, one_line
from portal_gen.source.yaml_lines import (
    WHY_SHAPE,
    Finding,
    indent_of,
    no_key,
    quote,
    remark,
    unclosed_quote,
    without_comment,
)

_PAIR = re.compile(
    r"\s*(?:-\s+)*(?:\"[^\"]*\"|'[^']*'|[^\s\"'\[\]{}#:][^\"\[\]{}#:]{0,100}?)\s{0,20}:\s+(?P<value>\S.*)"
)
_CLOSING = {"[": "]", "{": "}"}
# Signs with a meaning of their own at the beginning of a value.
_SPECIAL = "@`%&*!|>,]}"
_CODE_LENGTHS = {"x": 2, "u": 4, "U": 8}


@dataclass(frozen=True, slots=True)
class Clue:
    """What is known when parsing failed: the parser's words and marks, and what had been read until then."""

    lines: Sequence[str]
    words: str
    line: int
    column: int
    since_line: int
    since_column: int
    bracket: Any
    last: Any

    @property
    def text(self) -> str:
        """The line where the parser gave up."""
        return self.lines[self.line]

    @property
    def here(self) -> str:
        """The character where the parser gave up, or nothing at the end of the line."""
        return self.text[self.column : self.column + 1]


def explain(error: Exception, lines: Sequence[str], open_brackets: Sequence[Any], last: Any) -> Finding:
    """The mistake behind an exception of PyYAML, whichever of its two parsers raised it.

    Args:
        error: the exception.
        lines: the text.
        open_brackets: marks of the [ and { that were open, outermost first.
        last: the event read last.
    """
    mark = getattr(error, "problem_mark", None)
    words = f"{getattr(error, 'context', None) or ''}: {getattr(error, 'problem', None) or error}"
    here = _within(mark, lines)
    since = _within(getattr(error, "context_mark", None) or mark, lines)
    clue = Clue(lines, words, *here, *since, open_brackets[-1] if open_brackets else None, last)
    return next(found for recognise in _RECOGNISERS if (found := recognise(clue)))


def _within(mark: Any, lines: Sequence[str]) -> tuple[int, int]:
    """A mark's line and column; the end of the last line with text for one behind it, the beginning for none."""
    if mark is None:
        return 0, 0
    line, column = min(mark.line, len(lines) - 1), mark.column
    if not any(text.strip() for text in lines[line:]):
        while line and not lines[line].strip():
            line -= 1
        column = len(lines[line])
    return line, min(column, len(lines[line]))


def _too_deep(clue: Clue) -> Finding | None:
    if "nesting depth" not in clue.words:
        return None
    what = "Lists and keys are nested deeper than 20 here."
    return Finding(clue.line, clue.column, what, "No project needs that much.", "Write it flatter.", Code.LIMIT)


def _bad_code(clue: Clue) -> Finding | None:
    """A backslash in double quotes that begins no code, as in a Windows path, or the code of half a character."""
    line, column = clue.line, clue.column
    if "chr()" in clue.words or "too large" in clue.words:
        # The parser written in Python lets chr() raise for "\UFFFFFFFF", and then nobody knows the place.
        numbers = ((n, m) for n, text in enumerate(clue.lines) for m in re.finditer(r"\\U([0-9a-fA-F]{8})", text))
        line, column = next(((n, m.start()) for n, m in numbers if int(m[1], 16) > 0x10FFFF), (0, 0))  # noqa: PLR2004
    elif "quoted scalar" not in clue.words or not re.search("escape|hexa?decimal", clue.words):
        return None
    text = clue.lines[line]
    column = max(text.rfind("\\", 0, column + 1), 0)
    code = text[column : column + 2]
    digits = re.match(r"[0-9a-fA-F]*", text[column + 2 :])
    length = _CODE_LENGTHS.get(code[1:])
    why = "Between double quotes a backslash begins a code for a character."
    if length and digits and len(digits[0]) >= length:
        what = f"The code {code}{digits[0][:length]} stands for no character that can be in a text."
        return Finding(line, column, what, why, "Type the character itself instead of its code.", Code.ENCODING)
    mend = "Write the text in single quotes, where a backslash is just a backslash."
    if found := re.search(r'"([^"\']*)"\s*$', text):
        mend += f"\n{text[: found.start()]}'{found[1]}'"
    return Finding(line, column, f"{one_line(code)} is not a code for a character.", why, mend)


def _open_quote(clue: Clue) -> Finding | None:
    if "quoted scalar" not in clue.words:
        return None
    return unclosed_quote(clue.lines, clue.since_line, clue.since_column)


def _tab(clue: Clue) -> Finding | None:
    """A tab in front of the text of a line, or where the parser stopped."""
    text = clue.text
    indent = text[: indent_of(text)]
    at = indent.find("\t") if "\t" in indent else clue.column
    if text[at : at + 1] != "\t":
        return None
    mended = re.sub(r"^[\s-]*", lambda found: found[0].replace("\t", "  "), text)
    return Finding(
        clue.line,
        at,
        "There is a tab in front of this text.",
        "A tab is as wide as each program likes, so it cannot say what belongs to what.",
        f"Use spaces instead, two for each level:\n{mended}",
    )


def _in_brackets(clue: Clue) -> Finding | None:
    """Within [ ] or { }: not closed, closed by the wrong one, a comma or a colon too few or too many."""
    if clue.bracket is None or "flow" not in clue.words:
        return None
    line, column, here = clue.bracket.line, clue.bracket.column, clue.here
    first = clue.lines[line]
    opening = first[column]
    closing = _CLOSING[opening]
    if here in ("]", "}") and here != closing:
        what = f"This {here} closes a bracket that was opened with {opening}."
        why = "Lists stand in [ ], keys with values in { }."
        return Finding(clue.line, clue.column, what, why, f"Write {closing} instead.")
    outside = clue.line > line and indent_of(clue.text) <= indent_of(first) and here != closing
    if outside or not _closes(clue.lines, line, column):
        shown = without_comment(first).rstrip(", ")
        mend = f"Put a {closing} where it ends."
        if len(shown) > column + 1:
            mend += f" If it ends on this line:\n{shown}{closing}"
        why = "Everything below it would become part of it."
        return Finding(line, column, f"This bracket {opening} is never closed.", why, mend)
    if here == ",":
        what = "There is nothing before this comma."
        return Finding(clue.line, clue.column, what, "A comma stands between two values.", "Delete the comma.")
    if here == ":":
        lone = clue.text[: clue.column].rstrip().endswith((opening, ","))
        what = "There is no key before this colon." if lone else "There is a second colon here."
        why = "A colon and a space separate a key from its value, so it is not clear which colon is meant."
        return Finding(clue.line, clue.column, what, why, "Put quotes around the text that has a colon in it.")
    return _special_sign(clue) or Finding(
        clue.line,
        clue.column,
        "A comma is missing before this.",
        f"Between {opening} and {closing}, a comma stands between two values.",
        "Write a comma. If it is one text, put quotes around all of it.",
    )


def _remark(clue: Clue) -> Finding | None:
    """A # that was meant as text, and took the end of a bracket with it."""
    if clue.bracket is None:
        return None
    for line in range(clue.bracket.line, clue.line + 1):
        found = re.search(r"(?<=\S)(?=\s+#[^\s#!])", clue.lines[line])
        if found and clue.lines[line].count('"', 0, found.start()) % 2 == 0:
            return remark(clue.lines, line, found.start())
    return None


def _text_after_bracket(clue: Clue) -> Finding | None:
    """`title: [Draft] Shop`: a text that begins with a bracket."""
    for line in (clue.line, clue.since_line, getattr(getattr(clue.last, "start_mark", None), "line", clue.line)):
        text = clue.lines[line]
        found = re.match(
            r"(\s*(?:-\s+)*(?:[^\s\"'\[\]{}#:][^:]{0,100}:\s+)?)([\[{][^\[\]{}]*[\]}])\s*[^\s#,:\]}]", text
        )
        if found:
            return Finding(
                line,
                found.start(2),
                "There is text behind this bracket.",
                f"A {found[2][0]} at the beginning of a text begins a list or a group of keys.",
                f"Put quotes around the whole text:\n{found[1]}{quote(without_comment(text[found.start(2) :]))}",
            )
    return None


def _closes(lines: Sequence[str], line: int, column: int) -> bool:
    """True when the bracket here is closed again somewhere."""
    depth = 0
    rest = "\n".join([lines[line][column:], *lines[line + 1 :]])
    for found in re.finditer(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\[\]{}]", rest, re.DOTALL):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] in "]}":
            return True
    return False


def _text_after_quote(clue: Clue) -> Finding | None:
    """Text behind a closing quote: `"Foo" and more`, 'it's'."""
    begin, end = getattr(clue.last, "start_mark", None), getattr(clue.last, "end_mark", None)
    if begin is None or end is None or getattr(clue.last, "style", None) not in ("'", '"'):
        return None
    text = clue.text
    if not begin.line == end.line == clue.line or not text[end.column :].strip():
        return None
    whole = without_comment(text[begin.column :])
    mark = text[begin.column]
    # In 'it's' the outer quotes are the author's and the inner one is text; in "a" b all of it is text.
    inner = whole[1:-1] if len(whole) > 1 and whole.endswith(mark) else whole
    return Finding(
        clue.line,
        end.column + indent_of(text[end.column :]),
        "There is text behind the closing quote.",
        "Quotes stand around the whole text or not at all; a quote within the text ends it.",
        f"Put the whole text in one pair of quotes:\n{text[: begin.column]}{quote(inner)}",
    )


def _second_colon(clue: Clue) -> Finding | None:
    """A colon where no key can be: `title: Foo: bar`, or a line too far in, or a text above that is no key."""
    if "mapping values" not in clue.words:
        return None
    line, text = clue.line, clue.text
    pair = _PAIR.match(text)
    if pair and pair.start("value") <= clue.column:
        return Finding(
            line,
            clue.column,
            "There is a second colon on this line.",
            "A colon and a space separate a key from its value, so it is not clear which colon is meant.",
            f"Put quotes around the text:\n{text[: pair.start('value')]}{quote(without_comment(pair['value']))}",
        )
    above = next((n for n in range(line - 1, -1, -1) if without_comment(f" {clue.lines[n]}").strip()), None)
    if above is None:
        return Finding(
            line,
            clue.column,
            "A colon cannot stand here.",
            "A colon and a space end a key, and a key has at most 1,000 characters.",
            "Put quotes around the text, or write a shorter key.",
        )
    if not re.search(r":(\s|$)|^\s*- ", clue.lines[above]):
        return no_key(clue.lines, above, indent_of(clue.lines[above]))
    begin = len(clue.lines[above]) - len(clue.lines[above].lstrip(" -"))
    return Finding(
        line,
        indent_of(text),
        "This line stands further in than the one above, which already has a value.",
        WHY_SHAPE,
        "Begin it below the line above, or put quotes around the text if it goes on here:\n"
        f"{' ' * begin}{text.lstrip()}",
    )


def _no_colon(clue: Clue) -> Finding | None:
    return no_key(clue.lines, clue.since_line, clue.since_column) if "simple key" in clue.words else None


def _list_beside_key(clue: Clue) -> Finding | None:
    """`key: - value`: a list entry on the line of its key."""
    if "sequence entries" not in clue.words:
        return None
    before, entry = clue.text[: clue.column], clue.text[clue.column :]
    return Finding(
        clue.line,
        clue.column,
        "A list cannot begin on the line of its key.",
        "Each - of a list stands on a line of its own.",
        f"Begin the list on the next line:\n{before.rstrip()}\n{' ' * indent_of(before)}  {entry}",
    )


def _text_after_bar(clue: Clue) -> Finding | None:
    if "block scalar" not in clue.words:
        return None
    return Finding(
        clue.line,
        clue.column,
        "After | or > nothing else may stand on the line.",
        "The text begins on the next line.",
        "Begin the text on the next line, two spaces further in; or put the whole text in quotes.",
    )


def _special_sign(clue: Clue) -> Finding | None:
    """A value that begins with a sign that means something in YAML, when its author just meant text."""
    places = [(clue.since_line, clue.since_column), (clue.line, clue.column)]
    if clue.text.startswith("%"):
        places.append((clue.line, 0))
    for line, column in places:
        text = clue.lines[line]
        sign = text[column : column + 1]
        if not sign or sign not in _SPECIAL:
            continue
        rest = without_comment(text[column:])
        if text[:column].rstrip().endswith(("[", "{", ",")):
            rest = re.split(r"[,\]}]", rest)[0] or rest
        return Finding(
            line,
            column,
            f"A text cannot begin with {sign} here.",
            "This sign has a meaning of its own at the beginning of a text.",
            f"Put quotes around the text:\n{text[:column]}{quote(rest)}{text[column + len(rest) :]}",
        )
    return None


def _wrong_indent(clue: Clue) -> Finding | None:
    """A line that begins below none of the lines above, a list entry among keys, or a key among list entries."""
    if "block" not in clue.words:
        return None
    line, text, indent = clue.line, clue.text, indent_of(clue.text)
    starts: list[int] = []
    for above in reversed(clue.lines[:line]):
        if without_comment(f" {above}").strip() and indent_of(above) < (starts[0] if starts else len(above)):
            starts.insert(0, indent_of(above))
    if starts and indent not in starts:
        nearest = min(starts, key=lambda start: (abs(start - indent), -start))
        spaces = "1 space" if indent == 1 else f"{indent} spaces"
        what = f"This line begins after {spaces}; the lines above that it could belong to begin after "
        what += f"{' or '.join(map(str, starts))}."
        return Finding(line, indent, what, WHY_SHAPE, f"Move it, for example:\n{' ' * nearest}{text.lstrip()}")
    if text[indent:].startswith(":"):
        what = "There is no key before this colon."
        mend = "Write a key, or put quotes around the text."
    elif text[indent:].startswith("- "):
        what = "There is a list entry here, among keys."
        mend = "Give the list a key, and begin its entries below it, two spaces further in."
    elif "collection" in clue.words:
        what = "There is a line here that is no list entry, among list entries."
        mend = "Write - and a space before it if it is one, or move it so that it begins below the key it belongs to."
    else:
        what = "This line does not fit the lines above it."
        mend = "Begin it exactly below the line it belongs with."
    return Finding(line, indent, what, WHY_SHAPE, mend)


def _unknown(clue: Clue) -> Finding:
    return Finding(
        clue.line,
        clue.column,
        "This line does not fit the lines above it.",
        "What stands above is complete, so nobody can tell what this line belongs to.",
        "Write key: value, one below the other, and lists with - in front; put a text with unusual signs in quotes.",
    )


# The first that recognises its mistake speaks; the last one always does.
_RECOGNISERS: tuple[Callable[[Clue], Finding | None], ...] = (
    _too_deep,
    _bad_code,
    _open_quote,
    _tab,
    _remark,
    _in_brackets,
    _second_colon,
    _no_colon,
    _list_beside_key,
    _text_after_quote,
    _text_after_bar,
    _special_sign,
    _text_after_bracket,
    _wrong_indent,
    _unknown,
)
