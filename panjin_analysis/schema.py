"""The codebook: what each table and column means, and a check of a table against it.

The codebook is ``datapackage.json`` (Frictionless) with four keys of our own:
``title_zh`` and ``description_zh`` beside the English ones, ``vocabulary`` on a
column that takes codes, and ``unit`` on one that holds a quantity.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from panjin_analysis.errors import DataError

# The tables that the rules between tables speak of.
TABLES = {
    *("reports", "coverage", "segments", "commitments", "targets", "indicators", "vocabulary", "verb_lexicon"),
    "verb_alternatives",
    *("codings", "adjudications", "sources", "observations", "links", "assessments", "promises", "breaks"),
    *("report_profiles", "key_terms"),
}
LARGEST = 10**15  # beyond it a float no longer tells two whole numbers apart
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTH = {"true": True, "false": False}
_NUMBERS = {"integer": re.compile(r"-?[0-9]+"), "number": re.compile(r"-?[0-9]+(\.[0-9]+)?")}


@dataclass(frozen=True)
class Column:
    """One column of a table, as the codebook describes it."""

    name: str
    type: str
    title_en: str
    title_zh: str
    description_en: str
    description_zh: str
    unit: str = ""
    vocabulary: str = ""
    is_required: bool = False
    is_unique: bool = False
    pattern: str = ""
    max_length: int | None = None
    minimum: int | None = None


@dataclass(frozen=True)
class Table:
    """One table: its file and its columns, in order."""

    name: str
    path: str
    title_en: str
    title_zh: str
    description_en: str
    description_zh: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    foreign_keys: tuple[tuple[str, str, str], ...] = ()

    def column(self, name: str) -> Column:
        """Return one column by its name."""
        return next(column for column in self.columns if column.name == name)


def parse_codebook(package: dict[str, Any], where: str) -> dict[str, Table]:
    """Return the tables of a data package by name.

    Raises
    ------
    DataError
        If a resource or field lacks something that every one must have.
    """
    try:
        return {resource["name"]: _table(resource) for resource in package["resources"]}
    except KeyError as error:
        raise DataError("bad_codebook", where=where, found=f"{error} is missing") from None
    except (TypeError, AttributeError):
        raise DataError("bad_codebook", where=where, found="a list or an object is missing") from None


def require_whole(package: dict[str, Any], tables: dict[str, Table], where: str) -> None:
    """Stop if a codebook lacks a table that rules speak of, or a list that a column names.

    Raises
    ------
    DataError
        Naming what is missing.
    """
    try:
        lists = {vocabulary["name"]: bool(vocabulary["ordered"]) for vocabulary in package["vocabularies"]}
    except KeyError as error:
        raise DataError("bad_codebook", where=where, found=f"{error} is missing") from None
    own = parse_codebook({"resources": package.get("user_tables", [])}, where)
    named = {column.vocabulary for table in (tables | own).values() for column in table.columns} - {""}
    for lacking in [*sorted(TABLES - tables.keys()), *sorted(named - lists.keys())]:
        raise DataError("bad_codebook", where=where, found=f"'{lacking}' is missing")


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    key = schema.get("primaryKey", [])
    links = [
        (link["fields"], link["reference"]["resource"], link["reference"]["fields"])
        for link in schema.get("foreignKeys", [])
    ]
    return Table(
        name=resource["name"],
        path=resource["path"],
        title_en=resource["title"],
        title_zh=resource["title_zh"],
        description_en=resource["description"],
        description_zh=resource["description_zh"],
        columns=tuple(_column(field) for field in schema["fields"]),
        key=tuple([key] if isinstance(key, str) else key),
        foreign_keys=tuple(links),
    )


def _column(field: dict[str, Any]) -> Column:
    rules = field.get("constraints", {})
    return Column(
        name=field["name"],
        type=field["type"],
        title_en=field["title"],
        title_zh=field["title_zh"],
        description_en=field["description"],
        description_zh=field["description_zh"],
        unit=field.get("unit", ""),
        vocabulary=field.get("vocabulary", ""),
        is_required=rules.get("required", False),
        is_unique=rules.get("unique", False),
        pattern=rules.get("pattern", ""),
        max_length=rules.get("maxLength"),
        minimum=rules.get("minimum"),
    )


def to_typed(
    header: Sequence[str],
    rows: Sequence[tuple[int, list[str]]],
    table: Table,
    vocabularies: dict[str, pd.CategoricalDtype],
    where: str,
) -> pd.DataFrame:
    """Turn the text of a table into a typed frame, or say which cell is wrong.

    Parameters
    ----------
    header, rows
        Column names, and for each row its line in the file and its cells.
    table
        The codebook's description of it.
    vocabularies
        The categories of each vocabulary that a column of the table names.
    where
        What to call the file in a message.

    Returns
    -------
    pandas.DataFrame
        The rows in their order, the columns in the codebook's order. Text is
        ``str``, whole numbers ``Int64``, numbers ``Float64``, truth values
        ``boolean``, dates ``datetime64``, codes categorical; an empty cell is missing.

    Raises
    ------
    DataError
        At the first column or cell that breaks the codebook.
    """
    _check_header(header, table, where)
    lines = [line for line, _ in rows]
    out = {}
    for column in table.columns:
        position = header.index(column.name)
        cells = [row[position] for _, row in rows]
        out[column.name] = _typed_column(cells, lines, column, vocabularies, where)
    frame = pd.DataFrame(out)
    for columns in [table.key, *((c.name,) for c in table.columns if c.is_unique)]:
        if columns:
            _check_unique(frame, list(columns), lines, where)
    return frame


def _check_header(header: Sequence[str], table: Table, where: str) -> None:
    names = [column.name for column in table.columns]
    for name in header:
        if list(header).count(name) > 1:
            raise DataError("repeated_column", where=f"{where} line 1", found=name)
    for name in names:
        if name not in header:
            raise DataError("missing_column", where=f"{where} line 1", expected=name)
    for name in header:
        if name not in names:
            raise DataError("unexpected_column", where=f"{where} line 1", found=name or "(empty name)")


def _typed_column(
    cells: list[str],
    lines: list[int],
    column: Column,
    vocabularies: dict[str, pd.CategoricalDtype],
    where: str,
) -> pd.Series:
    categories = vocabularies[column.vocabulary] if column.vocabulary else None
    known: dict[str, object] = {}  # columns repeat themselves: what a text says is asked once, where it first stands
    for line, cell in zip(lines, cells, strict=True):
        if cell not in known:
            known[cell] = _typed_cell(cell, column, categories, f"{where} line {line}, {column.name}")
    return pd.Series([known[cell] for cell in cells], dtype=categories if categories is not None else _dtype(column))


def _typed_cell(cell: str, column: Column, categories: pd.CategoricalDtype | None, place: str) -> object:
    if cell.strip():
        _check_cell(cell, column, categories, place)
        return _value(cell, column, place)
    if column.is_required:
        raise DataError("missing_value", where=place)
    return None


def _check_cell(cell: str, column: Column, categories: pd.CategoricalDtype | None, place: str) -> None:
    if categories is not None and cell not in categories.categories:
        raise DataError("unknown_code", where=place, expected=", ".join(categories.categories), found=cell)
    if column.pattern and not re.fullmatch(column.pattern, cell):
        raise DataError("bad_value", where=place, expected=column.pattern, found=cell)
    if column.max_length and len(cell) > column.max_length:
        raise DataError("bad_value", where=place, expected=f"≤ {column.max_length} characters", found=cell)


def _value(cell: str, column: Column, place: str) -> object:
    try:
        value = _parse(cell, column.type)
    except (ValueError, KeyError):
        raise DataError("bad_value", where=place, expected=column.type, found=cell) from None
    if column.minimum is not None and value < column.minimum:
        raise DataError("bad_value", where=place, expected=f"≥ {column.minimum}", found=cell)
    return value


def _parse(cell: str, kind: str) -> Any:
    if kind in _NUMBERS:
        if not _NUMBERS[kind].fullmatch(cell):
            raise ValueError(cell)
        value = int(cell) if kind == "integer" else float(cell)
        if abs(value) > LARGEST:
            raise ValueError(cell)
        return value
    if kind == "boolean":
        return _TRUTH[cell]
    if kind == "date":
        if not _DATE.fullmatch(cell):
            raise ValueError(cell)
        return pd.to_datetime(cell, format="%Y-%m-%d")
    return cell


def _dtype(column: Column) -> str:
    return {"integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[us]"}.get(
        column.type, "str"
    )


def _check_unique(frame: pd.DataFrame, columns: list[str], lines: list[int], where: str) -> None:
    filled = frame[columns].dropna()
    repeated = filled.duplicated()
    if not repeated.any():
        return
    second = filled.index[repeated][0]
    same = (filled == filled.loc[second]).all(axis=1)
    values = " + ".join(str(value) for value in filled.loc[second])
    place = f"{where} line {lines[second]}, {' + '.join(columns)}"
    raise DataError("duplicate", where=place, expected=lines[filled.index[same][0]], found=values)
