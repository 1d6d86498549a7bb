"""Tables to one SQLite file: typed columns, and the keys that the codebook names, kept by the database itself."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from panjin_analysis.export.contents import Contents
from panjin_analysis.schema import Column, Table

# DATE and BOOLEAN are names that R, DuckDB and database browsers know; SQLite keeps the text and the 0 or 1.
_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN", "date": "DATE", "string": "TEXT"}
_VALUES: dict[str, Any] = {"integer": int, "number": float, "boolean": lambda cell: int(cell == "true")}


def sqlite_bytes(contents: Sequence[Contents]) -> bytes:
    """Return a database with one table each, the rows in their order.

    Raises
    ------
    sqlite3.IntegrityError
        If a row breaks a key, which tables that were checked never do.

    Examples
    --------
    >>> from panjin_analysis.export.contents import codebook_tables
    >>> sqlite_bytes(codebook_tables())[:15]
    b'SQLite format 3'
    """
    connection = sqlite3.connect(":memory:")
    try:
        for one in contents:
            connection.execute(_statement(one.table))
        for one in contents:
            marks = ", ".join("?" for _ in one.table.columns)
            connection.executemany(f"INSERT INTO {_quoted(one.table.name)} VALUES ({marks})", _rows(one))
        wrong = connection.execute("PRAGMA foreign_key_check").fetchall()
        if wrong:
            raise sqlite3.IntegrityError(f"foreign keys that refer to nothing: {wrong[:3]}")
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _statement(table: Table) -> str:
    lines = [_line(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    lines += [
        f"FOREIGN KEY ({_quoted(name)}) REFERENCES {_quoted(other)} ({_quoted(key)})"
        for name, other, key in table.foreign_keys
    ]
    return f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _line(column: Column) -> str:
    name = _quoted(column.name)
    rules = [
        " NOT NULL" if column.is_required else "",
        " UNIQUE" if column.is_unique else "",
        f" CHECK ({name} IN (0, 1))" if column.type == "boolean" else "",
    ]
    return f"{name} {_TYPES[column.type]}{''.join(rules)}"


def _rows(one: Contents) -> list[list[Any]]:
    kinds = [_VALUES.get(column.type, str) for column in one.table.columns]
    return [[kind(cell) if cell else None for kind, cell in zip(kinds, row, strict=True)] for row in one.rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
