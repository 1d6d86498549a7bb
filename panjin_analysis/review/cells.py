"""Candidates as text cells: the one form that workbook, CSV and Parquet share, and what binds a row to its origin."""

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from panjin_analysis.errors import DataError, say
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
    if not isinstance(value, str) and (value is None or pd.isna(value)):
        return ""
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, float):
        return str(int(plain)) if plain.is_integer() else format(Decimal(repr(plain)), "f")
    return f"{plain:%Y-%m-%d}" if isinstance(plain, date) else str(plain)


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
    stored = said_codes(text)
    return {name: stored.get(name, "") for name in code_columns()}


def said_codes(text: str) -> Cells:
    """Return the codes that one cell holds, and no others.

    Examples
    --------
    >>> said_codes("role=commitment|type=event")
    {'role': 'commitment', 'type': 'event'}
    """
    return dict(part.partition("=")[::2] for part in text.split("|") if part)


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


def check_header(header: list[str], wanted: list[str], where: str) -> None:
    """Stop if a header lacks a column, has one twice, or has one that candidates do not have."""
    for name in wanted:
        if name not in header:
            raise DataError("candidate_column", where=where, expected=name)
    for name in header:
        if header.count(name) > 1:
            raise DataError("repeated_column", where=where, found=name)
        if name not in wanted:
            raise DataError("not_candidates", where=where, found=say(f"多出的列 {name}", f"the column {name!r}"))


def typed_rows(numbered: Sequence[tuple[int, Cells]], where: str = "candidates") -> pd.DataFrame:
    """Return text cells as a typed frame of candidates; ``where`` and each row's line are for messages."""
    table = candidate_table()
    header = [column.name for column in table.columns]
    return typed(header, [(line, [row[name] for name in header]) for line, row in numbered], table, where)


def text_rows(frame: pd.DataFrame) -> list[Cells]:
    """Return a typed frame of candidates as text cells."""
    names = [column.name for column in candidate_table().columns]
    lacking = next((name for name in names if name not in frame), None)
    if lacking is not None:
        raise DataError("candidate_column", where="candidates", expected=lacking)
    columns = [[cell_text(value) for value in frame[name].astype(object)] for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
