"""YAML as text with places: every value stays the text that was written, and remembers where.

The file is read as a stream of libyaml's events, never loaded: what YAML could do beyond text, lists and keys
(references, tags that make objects, several documents) is refused, and size and depth are bounded while reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from portal_gen.diagnostics import Code, Place, Report, one_line
from portal_gen.source.text_file import DOUBTFUL, FORBIDDEN, check_text, describe
from portal_gen.source.yaml_lines import (
    INVISIBLE,
    Finding,
    hidden_key,
    lost_comma,
    missing_space,
    missing_space_in,
    remark,
    unclosed_quote,
)
from portal_gen.source.yaml_syntax import explain

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_NODES = 50_000
# Only the parsers of these classes are used; the safe ones say so at a glance.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULL = re.compile(r"~|null|Null|NULL|")
# What YAML 1.2 takes for something else than text. `no`, `on` and `y` are text: `no` is also the Norwegian language.
_NOT_TEXT = re.compile(
    r"true|True|TRUE|false|False|FALSE|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text. `quoted` is true for quotes and for | and > blocks; `is_null` for ~, null and nothing at all."""

    place: Place
    text: str
    quoted: bool
    is_null: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key (NFC) and its value. A value that was left out has the place where it would begin."""

    key: str
    key_place: Place
    node: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order written."""

    place: Place
    entries: dict[str, Entry]


Node: TypeAlias = Scalar | Sequence | Mapping


def parse_yaml(text: str, file: str, report: Report, *, first_line: int = 1) -> Node | None:
    """Read one YAML document.

    What can be told apart is reported in one go: a doubled key (the first counts), a reference, a tag or a key that
    is not text leave the rest of the file readable, and it is returned. A mistake in the writing itself, or a limit
    that is passed, ends the reading.

    Args:
        text: the document, at most 1 MiB in UTF-8, 20 levels deep, 50,000 keys and values.
        file: the path relative to the content folder, for places.
        report: takes what is wrong: `SYNTAX`, `UNSUPPORTED`, `LIMIT`, `ENCODING` or `DUPLICATE_KEY`.
        first_line: the number in `file` of the first line of `text` (2 for front matter behind its `---`).

    Returns:
        The root, or None when the text has no value (empty, or only comments; nothing is reported) and when it could
        not be read (an error is reported).
    """
    checked = check_text(text, file, report, first_line=first_line)
    if checked is None:
        return None
    if len(checked.encode()) > MAX_BYTES:
        report.error(
            Place(file, first_line, 1),
            Code.LIMIT,
            "This text is larger than 1 MiB.",
            why="It is far more than people write by hand; nothing of it was read.",
            mend="Split it into several files, or take out what does not belong in it.",
        )
        return None
    reader = _Reader(checked, file, report, first_line)
    try:
        return reader.read()
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # The pure-Python scanner lets chr() raise for an escape such as "\UFFFFFFFF"; libyaml says what it is.
        reader.add(explain(error, reader.lines, reader.open_brackets, reader.last))
    except _StoppedError:
        pass
    return None


class _StoppedError(Exception):
    """Reading ends here; the reason is in the report."""


@dataclass(slots=True)
class _Reader:
    """Reads events into nodes; depth is bounded, so it may recurse."""

    text: str
    file: str
    report: Report
    first_line: int
    lines: list[str] = field(init=False)
    open_brackets: list[Any] = field(default_factory=list)
    last: Any = None
    _events: Iterator[Any] = field(init=False)
    _nodes: int = 0
    _anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")
        self._events = yaml.parse(self.text, Loader=LOADER)

    def read(self) -> Node | None:
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            return None
        if start.version or start.tags:
            self._unsupported(
                self._place(start.start_mark),
                "Lines that begin with % are not supported.",
                "They give instructions to programs, and a portal's files need none.",
                "Delete the line.",
            )
        first = next(self._events)
        root = self._node(first, 1, -1)
        if isinstance(root, Scalar) and not root.quoted:
            # A file that is one text, though its author may have meant a key and a value.
            self._stop_at(missing_space(self.lines, first.start_mark.line, first.end_mark.line))
        next(self._events)
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._unsupported(
                self._place(after.start_mark),
                "A second document begins here.",
                "Only one fits in a file; what comes after this line would be lost.",
                "Delete this --- line, or move what follows into a file of its own.",
            )
        nothing = isinstance(root, Scalar) and root.is_null and not first.value
        return None if nothing else root

    def _node(self, event: Any, depth: int, indent: int) -> Node:
        """The node an event begins. `indent` is the column of the innermost key or hyphen around it, or -1."""
        self.last = event
        self._nodes += 1
        place = self._place(event.start_mark)
        if self._nodes > MAX_NODES:
            self._over_limit(
                place, f"This file has more than {MAX_NODES:,} keys and values.", "Split it into several files."
            )
        if isinstance(event, yaml.AliasEvent):
            self._refuse_reference(str(event.anchor), "*", place)
            return Scalar(place, f"*{event.anchor}", quoted=True, is_null=False)
        if event.anchor:
            self._refuse_reference(event.anchor, "&", place)
        if event.tag:
            self._unsupported(
                place,
                f"Tags such as '{one_line(_written_tag(self.lines, event), 40)}' are not supported.",
                "They ask a program to make something else of the text; here every value is the text you write.",
                "Delete the tag. If the ! belongs to the text, put the text in quotes.",
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place, indent)
        if depth > MAX_DEPTH:
            self._over_limit(place, f"Lists and keys are nested deeper than {MAX_DEPTH} here.", "Write it flatter.")
        # In [a: b] the pair is a mapping that has no bracket of its own.
        mark = event.start_mark
        bracket = event.flow_style and self.lines[mark.line][mark.column] in "[{"
        if bracket:
            self.open_brackets.append(mark)
        inner = indent if event.flow_style else mark.column
        node = (
            self._sequence(place, depth, inner)
            if isinstance(event, yaml.SequenceStartEvent)
            else self._mapping(event, place, depth, inner)
        )
        if bracket:
            self.open_brackets.pop()
        return node

    def _sequence(self, place: Place, depth: int, indent: int) -> Sequence:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1, indent))
        return Sequence(place, tuple(items))

    def _mapping(self, start: Any, place: Place, depth: int, indent: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key_place = self._place(event.start_mark)
            key = self._key(event, key_place, depth, indent)
            value = next(self._events)
            node = self._node(value, depth + 1, indent)
            if key is None:
                continue
            if isinstance(node, Scalar) and node.is_null and not value.value:
                self._refuse_remark(event.end_mark.line, event.end_mark.column + 1)
            if start.flow_style and not event.style and value.start_mark.index == value.end_mark.index:
                mark = event.start_mark
                if isinstance(node, Scalar) and (finding := self._no_value(event, mark)):
                    self.add(finding)
                    continue
            if key in entries:
                self.report.error(
                    key_place,
                    Code.DUPLICATE_KEY,
                    f"The key '{one_line(key, 40)}' stands here a second time.",
                    why="Only one of the two could count, and nobody can tell which one you mean.",
                    mend="Delete one of the two lines, or give one of them another key.",
                    related=((entries[key].key_place, "first written here"),),
                )
                continue
            entries[key] = Entry(key, key_place, node)
        return Mapping(place, entries)

    def _no_value(self, key: Any, mark: Any) -> Finding | None:
        """What is wrong with a key in { } that has no value; None when somebody just left it out."""
        if finding := missing_space_in(key.value, mark.line, mark.column):
            return finding
        end = key.end_mark
        alone = end.line == mark.line and not self.lines[end.line][end.column :].lstrip().startswith(":")
        return lost_comma(self.lines, mark.line, mark.column, key.value) if alone else None

    def _key(self, event: Any, place: Place, depth: int, indent: int) -> str | None:
        """The key in NFC, or None when it is refused (and reported). Reads on to the end of the key."""
        node = self._node(event, depth + 1, indent)
        if not isinstance(node, Scalar):
            self._unsupported(
                place,
                "A list or a group of keys cannot be a key.",
                "A key is a short text before a colon.",
                "Write a text as the key. If the text itself begins with a bracket, put it in quotes.",
            )
            return None
        if isinstance(event, yaml.AliasEvent):
            return None
        if refusal := _refused_key(node, event.value):
            self._unsupported(place, *refusal)
            return None
        if found := INVISIBLE.search(node.text):
            clean = INVISIBLE.sub("", node.text)
            self.report.error(
                Place(self.file, place.line, place.column + (0 if node.quoted else found.start())),
                Code.SYNTAX,
                f"There is an invisible character in this key: {describe(found[0])}.",
                why="The key looks right and is another one all the same.",
                mend=f"Delete the line and type it anew; the key is: {one_line(clean.partition(':')[0], 40)}",
            )
            return unicodedata.normalize("NFC", clean)
        return unicodedata.normalize("NFC", node.text)

    def _scalar(self, event: Any, place: Place, indent: int) -> Scalar:
        quoted = bool(event.style)
        start, end = event.start_mark, event.end_mark
        if quoted and event.style in "'\"" and end.line > start.line:
            self._check_closed(start, end, indent)
        if event.style == '"' and (found := FORBIDDEN.search(event.value)):
            self.report.error(
                place,
                Code.ENCODING,
                f"A code in this text stands for {describe(found[0])}, which must not be in a text.",
                why="Between double quotes a backslash begins a code for a character.",
                mend="Take the code out, or write the text in single quotes if the backslash belongs to it.",
            )
        elif event.style == '"' and (found := DOUBTFUL.search(event.value)):
            self.report.warning(
                place,
                Code.ENCODING,
                f"A code in this text stands for {describe(found[0])}.",
                why="Readers may see the words in another order than they are stored.",
                mend="Take the code out.",
            )
        if not quoted:
            self._stop_at(hidden_key(self.lines, start.line, end.line, start.column))
            if event.value:
                self._refuse_remark(end.line, end.column)
        is_null = not quoted and _NULL.fullmatch(event.value) is not None
        return Scalar(place, "" if is_null else FORBIDDEN.sub("\ufffd", event.value), quoted, is_null)

    def _refuse_remark(self, line: int, column: int) -> None:
        if finding := remark(self.lines, line, column):
            self.add(finding)

    def _check_closed(self, start: Any, end: Any, indent: int) -> None:
        """A quote that was forgotten runs on to the next one; its lines then stand no further in than their key."""
        for line in self.lines[start.line + 1 : end.line + 1]:
            if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
                self._stop_at(unclosed_quote(self.lines, start.line, start.column))

    def _stop_at(self, finding: Finding | None) -> None:
        if finding:
            self.add(finding)
            raise _StoppedError

    def add(self, finding: Finding) -> None:
        """Report a mistake in the writing."""
        place = Place(self.file, self.first_line + finding.line, finding.column + 1)
        self.report.error(place, finding.code, finding.what, why=finding.why, mend=finding.mend)

    def _refuse_reference(self, name: str, sign: str, place: Place) -> None:
        if name not in self._anchors:
            self._anchors.add(name)
            shown = one_line(f"{sign}{name}", 40)
            self._unsupported(
                place,
                f"References ({shown}) are not supported.",
                "What stands here should be what counts here, and a few references can stand for millions of values.",
                f"Write the value out. If the {sign} belongs to the text, put the text in quotes.",
            )

    def _unsupported(self, place: Place, what: str, why: str, mend: str) -> None:
        self.report.error(place, Code.UNSUPPORTED, what, why=why, mend=mend)

    def _over_limit(self, place: Place, what: str, mend: str) -> None:
        self.report.error(place, Code.LIMIT, what, why="No project needs that much; reading stopped here.", mend=mend)
        raise _StoppedError

    def _place(self, mark: Any) -> Place:
        return Place(self.file, self.first_line + mark.line, mark.column + 1)


def _refused_key(key: Scalar, written: str) -> tuple[str, str, str] | None:
    """What, why and how to mend, when this text cannot be a key."""
    if not written:
        return "There is no key before this colon.", "A value without a key means nothing.", "Write a key before it."
    if not key.quoted and key.text == "<<":
        return (
            "Merging with << is not supported.",
            "A reader of the file would have to look elsewhere for what stands here.",
            "Write the keys out here.",
        )
    if not key.quoted and (key.is_null or _NOT_TEXT.fullmatch(key.text)):
        shown = one_line(written, 40)
        return (
            f"The key {shown} is not plain text.",
            "Programs read it as a number, as true or false, or as nothing, and then two keys can become one.",
            f'Use a word as the key, or put it in quotes: "{shown}":',
        )
    return None


def _written_tag(lines: list[str], event: Any) -> str:
    """The tag as it stands in the file."""
    found = re.match(r"\S+", lines[event.start_mark.line][event.start_mark.column :])
    return found[0] if found else str(event.tag)
