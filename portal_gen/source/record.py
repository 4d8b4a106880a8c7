"""Records: a mapping of the source, typed by a section's model, that remembers where each value was written.

Models are pydantic's; what pydantic says is reworded here for people who do not program. A record that has a mistake
does not hide the mistakes of its neighbours: the faulty part is reported, taken out, and the rest is read.
"""

from __future__ import annotations

import difflib
from functools import cache
from typing import Any, ClassVar, TypeVar, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticUndefined

from portal_gen.diagnostics import Code, Place, Report, did_you_mean, one_line
from portal_gen.source.fields import NODE, Visibility, fail
from portal_gen.source.yaml_file import Entry, Mapping, Node, Scalar, Sequence

Model = TypeVar("Model", bound="Record")
Location = tuple[int | str, ...]
MAX_ROUNDS = 8


class Record(BaseModel):
    """The base of every model. Unknown keys are errors; a key without a value counts as absent.

    `noun` is what the record is called in messages; `at("owner")` is the place where a value was written. One that the
    portal cannot do without, or that hides nothing when it is left out, is not `hideable`: to mark it internal is an
    error, never silently ignored.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    noun: ClassVar[str] = "record"
    hideable: ClassVar[bool] = True
    unwritten: ClassVar[frozenset[str]] = frozenset({"node"})
    """Fields that are ours and no keys that anybody writes."""

    visibility: Visibility = "client"
    node: Mapping = Field(alias=NODE, exclude=True, repr=False)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        """A key with nothing after it, where the key is not required, is as good as none."""
        if not isinstance(data, dict):
            return data
        optional, free_mappings = _keys_of(cls)
        # An empty `visibility` was begun by someone who meant to hide this.
        kept = {k: v for k, v in data.items() if v is not None or k not in optional or k == "visibility"}
        for key in free_mappings:
            # A mapping with free keys (people by id) is no record: it has no place of its own.
            if isinstance(free := kept.get(key), dict):
                kept[key] = {k: v for k, v in free.items() if k != NODE}
        return kept

    @field_validator("visibility")
    @classmethod
    def _hides(cls, value: str) -> str:
        if value == "internal" and not cls.hideable:
            raise fail(
                "bad-value",
                "This cannot be internal by itself.",
                "Take the line out, and mark what is internal in it, record by record.",
                "It would hide nothing of what it seems to hide.",
            )
        return value

    @property
    def place(self) -> Place:
        """Where the record begins."""
        return self.node.place

    def at(self, *path: str | int) -> Place:
        """Where a value was written: `at("after", 1)` is the second entry of `after`."""
        return locate(self.node, path)


@cache
def _keys_of(model: type[Record]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The keys that a model can do without, and those whose value is a mapping with free keys."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    optional = (k for k, f in fields.items() if f.default is not PydanticUndefined or f.default_factory)
    return frozenset(optional), tuple(k for k, f in fields.items() if get_origin(f.annotation) is dict)


def how_to_add(node: Mapping, key: str, value: str) -> str:
    """A sentence that tells where to write a key that a record lacks: on a line of its own, or within its { }."""
    first = next(iter(node.entries.values()), None)
    if first and first.key_place != node.place:
        return f"Add  {key}: {value}  with a comma before it, in front of the }} that ends this record."
    return f"Add a line  {key}: {value}"


def locate(node: Node, path: Location) -> Place:
    """The place of the value at a path of keys and indexes, as deep as the path can be followed."""
    place = node.place
    for step in path:
        if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            node = node.entries[step].node
        else:
            break
        place = node.place
    return place


def read_record(node: Node | None, model: type[Model], report: Report, *, only: bool = False) -> Model | None:
    """The record that a mapping holds, or None when it cannot be made.

    With `only`, keys that the model does not have are left for others (several sections read one file). Every mistake
    goes to the report. What comes back after a mistake lacks the faulty parts; nothing is published from it.
    """
    if node is None:
        return None
    if not isinstance(node, Mapping):
        report.error(
            node.place,
            Code.WRONG_TYPE,
            f"Here {_article(model.noun)} is due, with keys and values, but this is {_shape(node)}.",
            mend="Write lines of the form  key: value",
        )
        return None
    data = to_plain(node)
    if only:
        fields = {f.alias or name for name, f in model.model_fields.items()}
        data = {k: v for k, v in data.items() if k in fields}
    said: set[tuple[Place, str]] = set()
    for _ in range(MAX_ROUNDS):
        try:
            record = model.model_validate(data)
        except ValidationError as error:
            failures = error.errors(include_url=False)
            for failure in failures:
                # A value taken out because it was wrong is not missing.
                owner, rest = _owner(data, failure["loc"])
                key = (owner.place, str(rest[-1]) if rest else "")
                if failure["type"] != "missing" or key not in said:
                    _explain(failure, owner, rest, model, report, shared=only and owner is node)
                said.add(key)
            if not all(_prune(data, failure["loc"]) for failure in reversed(failures)):
                return None
        else:
            return record
    return None


def read_records(node: Node | None, model: type[Model], report: Report) -> tuple[Model, ...]:
    """The records of a list of mappings."""
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        report.error(
            node.place,
            Code.WRONG_TYPE,
            f"Here a list is due, each entry {_article(model.noun)}, but this is {_shape(node)}.",
            mend="Begin each entry with  -  and a space.",
        )
        return ()
    return tuple(r for item in node.items if (r := read_record(item, model, report)))


def to_plain(node: Node) -> Any:
    """Text, lists and dicts for pydantic. Each dict carries its node, so that the record knows its place."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Sequence):
        return [to_plain(item) for item in node.items]
    plain: dict[str, Any] = {key: to_plain(entry.node) for key, entry in node.entries.items() if key != NODE}
    plain[NODE] = node
    return plain


def _owner(data: dict[str, Any], loc: Location) -> tuple[Mapping, Location]:
    """The innermost mapping on a path through the plain data, and the rest of the path from there.

    Through the data and not through the nodes: where entries have been taken out, only the data's indexes are right.
    """
    owner, rest = data[NODE], loc
    here: Any = data
    last = len(loc) - (1 if loc and loc[-1] == "[key]" else 0)
    for n, step in enumerate(loc):
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(here, dict) and NODE in here and n + 1 < last:
            owner, rest = here[NODE], loc[n + 1 :]
    return owner, rest


def _explain(
    failure: ErrorDetails, owner: Mapping, rest: Location, model: type[Record], report: Report, *, shared: bool
) -> None:
    """Reword one finding of pydantic's and put it in its place: at `rest`, seen from the mapping `owner`."""
    loc: Location = failure["loc"]
    place = locate(owner, rest)
    kind, context = failure["type"], failure.get("ctx", {})
    key = str(rest[-1]) if rest else ""
    kind_of_record = model_at(model, loc[:-1])
    noun = _article(kind_of_record.noun if kind_of_record else "record").capitalize()
    if rest and rest[-1] == "[key]" and len(rest) > 1:
        entry = _mapping_at(owner, rest[:-2]).entries.get(str(rest[-2]))
        place = entry.key_place if entry else place
    if kind == "extra_forbidden":
        fields = kind_of_record.model_fields.items() if kind_of_record else ()
        known = [f.alias or n for n, f in fields if kind_of_record and n not in kind_of_record.unwritten]
        entry = owner.entries.get(key)
        place = entry.key_place if entry else place
        report.error(place, Code.UNKNOWN_KEY, f"{noun} has no key '{one_line(key)}'.", mend=did_you_mean(key, known))
    elif kind == "missing" and (slip := _misspelt(key, owner, kind_of_record)):
        # One mistake is said once, at the word that is wrong. (Where sections share a file, nobody else would say it.)
        if shared:
            what = f"This file has no key '{one_line(slip.key)}'."
            report.error(slip.key_place, Code.UNKNOWN_KEY, what, mend=f"Did you mean '{key}'?")
    elif kind == "missing":
        report.error(
            owner.place,
            Code.MISSING_KEY,
            f"{noun} must have the key '{key}', and this one has none.",
            mend=how_to_add(owner, key, "…"),
        )
    elif "what" in context:
        report.error(place, Code(kind), f"{_named(loc)}{context['what']}", why=context["why"], mend=context["mend"])
    else:
        what, mend = _WRONG_SHAPE.get(kind, ("This is not the kind of value that is due here.", ""))
        report.error(place, Code.WRONG_TYPE, f"{_named(loc)}{what}", mend=mend)


def _misspelt(key: str, owner: Mapping, model: type[Record] | None) -> Entry | None:
    """The entry that was probably meant to be a key that is missing: one that the model does not have, spelt alike."""
    known = {f.alias or n for n, f in model.model_fields.items()} if model else set()
    near = difflib.get_close_matches(key, [k for k in owner.entries if k not in known], n=1, cutoff=0.6)
    return owner.entries[near[0]] if near else None


def _mapping_at(node: Mapping, path: Location) -> Mapping:
    for step in path:
        entry = node.entries.get(str(step))
        if entry and isinstance(entry.node, Mapping):
            node = entry.node
    return node


_WRONG_SHAPE = {
    "tuple_type": (
        "A list is due here, not a single value.",
        "Write each entry on a line of its own, with  -  in front, or as [one, two].",
    ),
    "list_type": (
        "A list is due here, not a single value.",
        "Write each entry on a line of its own, with  -  in front, or as [one, two].",
    ),
    "dict_type": ("Keys and values are due here.", "Write lines of the form  key: value"),
    "model_type": ("Keys and values are due here.", "Write lines of the form  key: value"),
    "model_attributes_type": ("Keys and values are due here.", "Write lines of the form  key: value"),
    "string_type": ("One text is due here.", "Write one value."),
}


def _named(loc: Location) -> str:
    keys = [step for step in loc if isinstance(step, str) and step != "[key]"]
    return f"{one_line(keys[-1])}: " if keys else ""


def _shape(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    return "nothing" if isinstance(node, Scalar) and node.is_null else "a single text"


def _article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def model_at(model: type[Record], loc: Location) -> type[Record] | None:
    """The model of the record at a path: steps through lists, dicts and optional fields."""
    current: type[Record] | None = model
    for step in loc:
        if not isinstance(step, str) or current is None or step not in current.model_fields:
            continue
        current = _record_in(current.model_fields[step].annotation)
    return current


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := _record_in(inner):
            return found
    return None


def _prune(data: Any, loc: Location) -> bool:
    """Take the faulty part out of the plain data: the key, or else the list entry it stands in."""
    steps = [step for step in loc if step != "[key]"]
    containers = [data]
    for step in steps[:-1]:
        try:
            containers.append(containers[-1][step])
        except (KeyError, IndexError, TypeError):
            break
    depth = len(containers) - 1
    if depth < len(steps) and _delete(containers[depth], steps[depth]):
        return True
    # The key is missing where it must be: give up the nearest entry that holds it.
    return any(_delete(containers[d], steps[d]) for d in range(min(depth, len(steps)) - 1, -1, -1))


def _delete(container: Any, step: int | str) -> bool:
    if isinstance(container, dict) and step in container and step != NODE:
        del container[step]
        return True
    if isinstance(container, list) and isinstance(step, int) and step < len(container):
        del container[step]
        return True
    return False
