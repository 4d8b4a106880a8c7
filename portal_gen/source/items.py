"""List items that are records: `- [x] Send the plans [owner:: @li] [due:: 2026-11-09]`.

GFM task lists with Obsidian's and Dataview's inline fields. An item becomes a mapping like any other, so that the
models, their messages and their "did you mean" serve here too. What stands between the items is kept as text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from portal_gen.diagnostics import Code, Place, Report, one_line
from portal_gen.source.body import CODE_SPAN, FIELD, HEADING, LINK, Body, Link, field_of, outside_code
from portal_gen.source.record import Record, read_record
from portal_gen.source.yaml_file import Entry, Mapping, Scalar

ITEM = re.compile(r"^( {0,3})([*+-]|\d{1,3}[.)])(\s+)(.*)$")
NESTED_ITEM = re.compile(r"^( *)([*+-]|\d{1,3}[.)])(\s+)(.*)$")
# What was meant to be an item with a box: "-[ ] Go", "- [] Go", "- [x]Go". A link is none.
NO_BOX = re.compile(r"^(\s*)([*+-])(\s*)\[([ xX\-]?)\](?![(:\[])(\s*)(.*)$")
# A field with one colon, or with wide ones.
NO_FIELD = re.compile(r"\[(?P<key>[\w-]{1,30})\s*(?P<colon>[:：]{1,2})\s*(?P<value>[^\[\]]{1,200}?)\s*\](?![(:\[])")
BOX = re.compile(r"\[([ xX\-])\]\s+")

Model = TypeVar("Model", bound="ItemRecord")
Original = TypeVar("Original", bound="ItemRecord")


class ItemRecord(Record):
    """A record made of one list item. `text` is its first line without fields, `body` all of it as Markdown.

    `box` is "x", " ", "-" (cancelled) or "" when the item has no check box.
    """

    unwritten: ClassVar[frozenset[str]] = Record.unwritten | {"text", "box", "body", "words", "inline", "link", "asset"}

    text: str
    box: str = ""
    body: Body | None = None

    @property
    def is_in_block(self) -> bool:
        """True when it is internal because it stands in an internal block, and does not say so itself."""
        said = self.node.entries.get("visibility")
        return said is not None and said.key_place == said.node.place


@dataclass(frozen=True, slots=True)
class _Item:
    line: int
    lines: list[str]


def read_items(body: Body, model: type[Model], report: Report) -> tuple[tuple[Model, ...], Body]:
    """The items of the list in a body, and the body without them (prose around the list; never lost).

    An item inside an internal block becomes a record with `visibility: internal`.
    """
    items, rest = _split(body)
    _refuse_boxes(body, report)
    records = []
    for item in items:
        mapping, text = _mapping(item, body, report)
        mapping = _with_slips(mapping, item, body, model, report)
        record = read_record(mapping, model, report)
        if record:
            records.append(record.model_copy(update={"body": text}))
    return tuple(records), rest


def read_marked_items(
    body: Body, mark: Callable[[str], tuple[int, type[ItemRecord]] | None], report: Report
) -> tuple[tuple[ItemRecord, ...], Body]:
    """The items of any list in a body, nested ones too, whose text begins with a mark ("Action: …").

    `mark` gives the length of the mark that begins a text, and what it makes of the item; None when there is none. A
    record's text is without its mark. The body keeps the items where they stand, without box and fields; an item that
    is internal is hidden in it, with all that is nested in it.
    """
    begins = {}
    for n, line in outside_code(body):
        item = NESTED_ITEM.match(line)
        if item and (found := mark(BOX.sub("", item[4], count=1))):
            begins[n] = (_end(body, n), *found)
    # A record ends before a blank line and before the next record, which may be nested in it.
    own = {
        n: next((k for k in range(n + 1, end) if k in begins or not body.lines[k].strip()), end)
        for n, (end, _, _) in begins.items()
    }
    internal = {k for n, end in own.items() if _is_internal(body.lines[n:end]) for k in range(n, begins[n][0])}
    body = replace(body, hidden=body.hidden | internal)
    lines = list(body.lines)
    records: list[ItemRecord] = []
    for n, (_, length, model) in begins.items():
        mapping, text = _mapping(_Item(n, list(body.lines[n : own[n]])), body, report, length)
        if record := read_record(mapping, model, report):
            records.append(record.model_copy(update={"body": text}))
        for k in range(n, own[n]):
            indent = len(lines[k]) - len(lines[k].lstrip())
            lines[k] = lines[k][:indent] + FIELD.sub("", lines[k][indent:]).rstrip()
        if item := NESTED_ITEM.match(lines[n]):
            lines[n] = lines[n][: item.start(4)] + BOX.sub("", item[4], count=1)
    changed = {n for n, line in enumerate(lines) if line != body.lines[n]}
    links = [k for k in body.links if k.line not in changed]
    links += [k for k in _links_in(lines, body) if k.line in changed]
    return tuple(records), replace(body, lines=tuple(lines), links=tuple(links))


def pair_items(
    originals: Sequence[Original], translations: Sequence[ItemRecord], report: Report
) -> list[tuple[Original, ItemRecord]] | None:
    """Each item with its translation, in their order; None when their numbers differ, for the caller to say.

    What stands in internal blocks is left out on both sides: that the blocks are the same is known already. An item
    that says itself that it is internal must say so in both languages, or one of them might show what the other hides.
    """
    ours = [i for i in originals if not i.is_in_block]
    theirs = [i for i in translations if not i.is_in_block]
    if len(ours) != len(theirs):
        return None
    for original, translation in zip(ours, theirs, strict=True):
        if original.visibility != translation.visibility:
            ours_only = original.visibility == "internal"
            here = "in the original, and not here" if ours_only else "here, and not in the original"
            report.error(
                translation.place,
                Code.TRANSLATION,
                f"This item is internal {here}.",
                why="The client would read in one language what we keep in the other.",
                mend="Write  [visibility:: internal]  at both, or at neither.",
                related=((original.place, "the original"),),
            )
    return list(zip(ours, theirs, strict=True))


def _end(body: Body, start: int) -> int:
    """The number of the line after all that is part of an item: what is nested in it, and its later paragraphs."""
    first = body.lines[start]
    indent = len(first) - len(first.lstrip())
    for n in range(start + 1, len(body.lines)):
        line = body.lines[n]
        begins = NESTED_ITEM.match(line) or HEADING.match(line) or not body.lines[n - 1].strip()
        # What follows without a blank and begins nothing else is the item's, however little it is indented.
        if line.strip() and len(line) - len(line.lstrip()) <= indent and begins:
            return n
    return len(body.lines)


def _is_internal(lines: Sequence[str]) -> bool:
    """True when a field says so. What it says instead of "client" may be a slip, which is reported later."""
    fields = [found for line in lines for found in FIELD.finditer(line)]
    return any(field_of(f)[0] == "visibility" and field_of(f)[1] != "client" for f in fields)


def fields_outside_code(body: Body) -> Iterator[tuple[int, set[str]]]:
    """The keys of the fields that stand in the lines a client sees: no record took them, so they are shown."""
    for n, line in outside_code(body):
        if "::" in line and n not in body.hidden:
            yield n, {field_of(found)[0] for found in FIELD.finditer(CODE_SPAN.sub("", line))}


def refuse_visibility(body: Body, report: Report) -> None:
    """Report what says that it is internal where nothing reads it."""
    for n, keys in fields_outside_code(body):
        if "visibility" in keys and not report.has(body.place(n), Code.BLOCK):
            report.error(
                body.place(n),
                Code.BLOCK,
                "visibility is written here, but hides nothing: this line is no record of its own.",
                why="It would be shown to the client.",
                mend="Write  /// internal  and  ///  on lines of their own, before and after what is internal.",
            )


def _refuse_boxes(body: Body, report: Report) -> None:
    """Report items whose box is none to Markdown: they would be something else, or nothing, without a word."""
    for n, line in outside_code(body):
        found = NO_BOX.match(line)
        if not found or n in body.hidden:
            continue
        indent, mark, gap, box, space, text = found.groups()
        slips = {"no space between - and the box": gap, "nothing in this box": box, "no space behind the box": space}
        what = next((words for words, piece in slips.items() if not piece), None)
        if what is None:
            continue
        report.error(
            body.place(n),
            Code.ITEM,
            f"There is {what}.",
            why="So this is no item with a box, and it would be missing from the list.",
            mend=f"Write  {indent}{mark} [{box or ' '}] {one_line(text, 100)}",
        )


def _with_slips(mapping: Mapping, item: _Item, body: Body, model: type[ItemRecord], report: Report) -> Mapping:
    """The mapping with the fields that have the wrong colon, once they have been reported."""
    known = set(model.model_fields) - model.unwritten
    entries = dict(mapping.entries)
    for offset, line in enumerate(item.lines):
        n = item.line + offset
        for found in NO_FIELD.finditer(line):
            key, value = found["key"].casefold(), found["value"]
            if key not in known or key in entries or found["colon"] == "::" or n in body.hidden:
                continue
            report.error(
                body.place(n, found.start("colon") + 1),
                Code.ITEM,
                f"'{key}' is written like a field, but a field has two plain colons.",
                why="So it is text to us, and says nothing.",
                mend=f"Write  [{key}:: {one_line(value, 60)}]",
            )
            place = body.place(n, found.start("value") + 1)
            key_place = body.place(n, found.start("key") + 1)
            entries[key] = Entry(key, key_place, Scalar(place, value, quoted=True, is_null=False))
    return Mapping(mapping.place, entries)


def _split(body: Body) -> tuple[list[_Item], Body]:
    items: list[_Item] = []
    rest: list[str] = []
    within = False  # the last item: its lines follow each other without a gap, so that their numbers stay true
    for n, line in enumerate(body.lines):
        found = ITEM.match(line)
        # An item nested in another is part of it, unless it has a box of its own.
        if found and not (within and len(found[1]) >= _text_column(items[-1].lines[0]) and not BOX.match(found[4])):
            items.append(_Item(n, [line]))
            rest.append("")
            within = True
        elif (
            within
            and line.strip()
            and (line.startswith((" ", "\t")) or (rest[-1:] == [""] and body.lines[n - 1].strip()))
        ):
            # An indented line, or one that follows without a blank, belongs to the item (a lazy continuation).
            items[-1].lines.append(line)
            rest.append("")
        else:
            within = within and not line.strip()
            if within:
                items[-1].lines.append("")
            rest.append(line)
    kept = frozenset(n for n, line in enumerate(rest) if line)
    return items, replace(body, lines=tuple(rest), links=tuple(k for k in body.links if k.line in kept))


def _text_column(first: str) -> int:
    head = ITEM.match(first)
    return len(head[1]) + len(head[2]) + 1 if head else 0


def _mapping(item: _Item, body: Body, report: Report, lead: int = 0) -> tuple[Mapping, Body]:
    """The item as a mapping, and its text as a body of its own, without the `lead` characters that begin its text."""
    first = item.lines[0]
    head = NESTED_ITEM.match(first)
    assert head is not None
    start = len(head[1]) + len(head[2]) + len(head[3])
    text = head[4]
    here = body.place(item.line, start + 1)
    entries: dict[str, Entry] = {}

    def put(key: str, value: str, place: Place, key_place: Place) -> None:
        if key in entries:
            report.error(
                key_place,
                Code.DUPLICATE_KEY,
                f"'{one_line(key)}' is written twice in this item.",
                mend="Keep one of the two.",
                related=((entries[key].key_place, "first written here"),),
            )
            return
        entries[key] = Entry(key, key_place, Scalar(place, value, quoted=True, is_null=False))

    box = BOX.match(text)
    if box:
        put("box", box[1].lower(), here, here)
        start, text = start + box.end(), text[box.end() :]
    start, text = start + lead, text[lead:]
    shown = [_take_fields(text, body, item.line, start, put)]
    indent = len(head[1]) + len(head[2]) + 1
    for offset, line in enumerate(item.lines[1:], 1):
        stripped = line[indent:] if not line[:indent].strip() else line.lstrip()
        n = item.line + offset
        # What an internal line says of an item that the client sees is not for the client either.
        counts = n not in body.hidden or item.line in body.hidden
        shown.append(_take_fields(stripped, body, n, len(line) - len(stripped), put) if counts else stripped)
    words = shown[0].strip()
    put("text", words, here, here)
    said = entries.get("visibility")
    if item.line in body.hidden and (said is None or getattr(said.node, "text", "") == "client"):
        entries["visibility"] = Entry("visibility", here, Scalar(here, "internal", quoted=True, is_null=False))
    hidden = frozenset(n for n in range(len(shown)) if item.line + n in body.hidden)
    own = body.slice(item.line, item.line + len(shown))
    links = _links_in(shown, own)
    text_body = Body(body.file, body.first + item.line, tuple(shown), hidden, tuple(links))
    return Mapping(here, entries), text_body


def _links_in(lines: Sequence[str], body: Body) -> Iterator[Link]:
    """The links of the lines of a body without their fields: in new columns, at the places where they were written."""
    written: dict[int, list[Place]] = defaultdict(list)
    for link in body.links:
        written[link.line].append(link.place)
    for n, line in enumerate(lines):
        if "](" not in line:
            continue
        places = iter(written.get(n, ()))
        code = [m.span() for m in CODE_SPAN.finditer(line)]
        for match in LINK.finditer(line):
            if any(a < match.start() < b for a, b in code):
                continue
            place = next(places, body.place(n))
            yield Link(n, match.start(2), match.end(2), match[2].strip("<>"), match[1] == "!", place)


def _take_fields(text: str, body: Body, line: int, offset: int, put: Callable[[str, str, Place, Place], None]) -> str:
    """The text without its fields, which are put where they belong."""
    kept, at = [], 0
    for found in FIELD.finditer(text):
        key, value = field_of(found)
        group = "value" if found["key"] else "round_value"
        place = body.place(line, offset + found.start(group) + 1)
        put(key, value, place, body.place(line, offset + found.start() + 2))
        kept.append(text[at : found.start()])
        at = found.end()
    return re.sub(r"\s+", " ", "".join([*kept, text[at:]])).rstrip() if kept else text.rstrip()
