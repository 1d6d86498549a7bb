"""Rows of text cells to Parquet, through DuckDB: typed columns, and the same bytes for the same rows."""

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "string": "VARCHAR"}
BOUNDS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # rows keep their order, bytes repeat
    "memory_limit": "400MB",
    "autoinstall_known_extensions": False,
}
# All said and nothing guessed: every cell is quoted, an empty one is missing.
_AS_WRITTEN = (
    "header = true, auto_detect = false, parallel = false, delim = ',', quote = '\"', escape = '\"', "
    "nullstr = '', new_line = '\\n', max_line_size = 10000000"
)


def parquet_bytes(types: Mapping[str, str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a Parquet file of text cells, each column in its type, an empty cell missing.

    Parameters
    ----------
    types
        Column names in order, and the codebook's type of each.
    rows
        The cells, as the codebook writes them: ``true``, ``2024-12-31``, ``90.6``.

    Examples
    --------
    >>> parquet_bytes({"indicator": "string", "value": "number"}, [["seats", "200"], ["books", ""]])[:4]
    b'PAR1'
    """
    import duckdb

    listed = ", ".join(f"{_quoted(name)}: '{TYPES[kind]}'" for name, kind in types.items())
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=BOUNDS) as connection:
        written, path = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        with written.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([list(types), *rows])
        read = f"read_csv(?, columns = {{{listed}}}, {_AS_WRITTEN})"
        connection.execute(
            f"COPY (SELECT * FROM {read}) TO ? (FORMAT parquet, COMPRESSION zstd)", [str(written), str(path)]
        )
        return path.read_bytes()


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
