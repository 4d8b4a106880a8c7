"""Keep only what this client may see, before anything else can look.

Records are filtered, never pages: whatever is marked internal is gone from the values that sections work on, with
everything it holds. There is nothing to forget later.
"""

from __future__ import annotations

from typing import Any, TypeVar

from portal_gen.source.body import Body
from portal_gen.source.record import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


def project(record: AnyRecord) -> AnyRecord | None:
    """The record without its internal parts, or None when all of it is internal."""
    if record.visibility == "internal":
        return None
    kept: dict[str, Any] = {}
    for name in type(record).model_fields:
        if name == "node":
            continue
        value = getattr(record, name)
        seen = _project_value(value)
        if seen is not value:
            kept[name] = seen
    return record.model_copy(update=kept) if kept else record


def _project_value(value: Any) -> Any:
    """The same value when nothing in it is internal, so that untouched records are shared, not copied."""
    if isinstance(value, Record):
        return project(value)
    if isinstance(value, Body):
        return value.visible() if value.hidden else value
    if isinstance(value, tuple | list):
        seen = [_project_value(v) for v in value]
        kept = [s for s, v in zip(seen, value, strict=True) if s is not None or v is None]
        if len(kept) == len(value) and all(s is v for s, v in zip(kept, value, strict=True)):
            return value
        return type(value)(kept)
    if isinstance(value, dict):
        seen_by_key = {k: _project_value(v) for k, v in value.items()}
        kept_by_key = {k: s for k, s in seen_by_key.items() if s is not None or value[k] is None}
        same = len(kept_by_key) == len(value) and all(kept_by_key[k] is value[k] for k in kept_by_key)
        return value if same else kept_by_key
    return value
