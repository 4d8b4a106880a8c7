"""CSV for spreadsheets: one row for each concept and language; several names in a cell stand on lines of their own."""

from __future__ import annotations

import csv
import io

from portal_gen.diagnostics import did_you_mean
from portal_gen.sections.glossary.exchange.concept import LISTS, TEXTS, Concept, ExchangeError

# What holds for the concept in all languages stands in its first row.
OF_CONCEPT = ("case", "related", "visibility")
COLUMNS = ("id", "language", *TEXTS, *LISTS, *OF_CONCEPT)
NO_PLURAL = "-"


def write(concepts: list[Concept]) -> str:
    """The concepts as CSV (RFC 4180) with a header."""
    out = io.StringIO()
    rows = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    for concept in concepts:
        for n, tag in enumerate(concept.tags):
            row = {"id": concept.id, "language": tag}
            row |= {key: concept.text(key, tag) for key in TEXTS}
            for key in LISTS:
                names = concept.names.get(key, {}).get(tag)
                row[key] = NO_PLURAL if names == [] else "\n".join(names or ())
            if n == 0:
                row |= {
                    "case": "" if concept.case == "auto" else concept.case,
                    "related": "\n".join(concept.related),
                    "visibility": "" if concept.visibility == "client" else concept.visibility,
                }
            rows.writerow(row)
    return out.getvalue()


def read(text: str) -> list[Concept]:
    """The concepts of a CSV file; columns may be missing and in any order, and divided by a semicolon.

    Raises ExchangeError.
    """
    text = text.removeprefix("\ufeff")
    header = text.partition("\n")[0]
    divider = ";" if header.count(";") > header.count(",") else "," if "\t" not in header else "\t"
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    concepts: dict[str, Concept] = {}
    try:
        columns = [name.strip().casefold() for name in next(rows, [])]
        _check_header(columns)
        for cells in rows:
            if any(map(str.strip, cells)):
                where = f"line {rows.line_num}"
                if len(cells) > len(columns):
                    raise ExchangeError("this row has more cells than the header has names.", where)
                _read_row(dict(zip(columns, cells, strict=False)), concepts, where)
    except csv.Error as error:
        raise ExchangeError(f"this is not CSV: {error}.", f"line {rows.line_num}") from error
    return list(concepts.values())


def _check_header(columns: list[str]) -> None:
    for name in columns:
        if name not in COLUMNS:
            raise ExchangeError(f"there is no column '{name}'. {did_you_mean(name, COLUMNS)}", "line 1")
    if len(set(columns)) < len(columns):
        raise ExchangeError("a column stands twice in the header.", "line 1")
    for name in ("id", "language"):
        if name not in columns:
            raise ExchangeError(f"the header must name the column '{name}'.", "line 1")


def _read_row(row: dict[str, str], concepts: dict[str, Concept], where: str) -> None:
    cells = {name: cell.replace("\r\n", "\n").strip() for name, cell in row.items()}
    name, tag = cells["id"], cells.get("language", "")
    if not name or not tag:
        raise ExchangeError("each row must have an id and a language.", where)
    concept = concepts.setdefault(name, Concept(name))
    if tag in concept.tags:
        raise ExchangeError(f"'{name}' has a second row for '{tag}'.", where)
    for key in TEXTS:
        concept.set_text(key, tag, cells.get(key, ""))
    for key in LISTS:
        cell = cells.get(key, "")
        if cell:
            concept.set_names(key, tag, _lines(cell) if key != "plural" or cell != NO_PLURAL else [])
    concept.case = cells.get("case") or concept.case
    concept.visibility = cells.get("visibility") or concept.visibility
    concept.related += _lines(cells.get("related", ""))


def _lines(cell: str) -> list[str]:
    return [line for part in cell.split("\n") if (line := part.strip())]
