"""Candidates as text cells: the one form that workbook, CSV and Parquet share, and what binds a row to its origin."""

import hashlib
from decimal import Decimal
from typing import Any

import pandas as pd

from panjin_analysis.load.own import candidate_marks, candidate_table, typed

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
Cells = dict[str, str]


def cell_text(value: Any) -> str:
    """Return a value as it stands in a text cell; nothing is an empty one.

    Examples
    --------
    >>> [cell_text(value) for value in (6.0, 0.25, True, None, "甲", 1e-7)]
    ['6', '0.25', 'true', '', '甲', '0.0000001']
    """
    if value is None or value is pd.NA or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if isinstance(value, str):
        return value
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return str(value)


def codes_text(cells: Cells) -> str:
    """Return the codes of a row in one cell, so that a change can be seen and named.

    Examples
    --------
    >>> codes_text({"type": "event", "value": "", "role": "commitment", "quote": "甲"})
    'role=commitment|type=event'
    """
    return "|".join(f"{name}={cells[name]}" for name in code_columns() if cells.get(name))


def codes_of(text: str) -> Cells:
    """Return the codes that ``codes_text`` wrote, empty where there is none."""
    stored = dict(part.partition("=")[::2] for part in text.split("|") if part)
    return {name: stored.get(name, "") for name in code_columns()}


def code_columns() -> list[str]:
    """Return the columns that hold codes: those a reviewer may change, and what follows from them."""
    return [name for name, face in candidate_marks("face").items() if face in {"code", "derived"}]


def fingerprint(cells: Cells) -> str:
    """Return the hash of every cell of a row that must not change, and of its codes as extracted."""
    faces = candidate_marks("face")
    kept = [
        f"{name}={cells[name]}" for name, face in faces.items() if face in {"fixed", "system"} and name != "fingerprint"
    ]
    return hashlib.sha1("\x1f".join(kept).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def typed_rows(rows: list[Cells], where: str = "candidates") -> pd.DataFrame:
    """Return text cells as a typed frame of candidates."""
    table = candidate_table()
    header = [column.name for column in table.columns]
    return typed(header, [(n, [row[name] for name in header]) for n, row in enumerate(rows, 2)], table, where)


def text_rows(frame: pd.DataFrame) -> list[Cells]:
    """Return a typed frame of candidates as text cells."""
    names = [column.name for column in candidate_table().columns]
    columns = [[cell_text(value) for value in frame[name].astype(object)] for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
