"""Candidates as a Parquet file, through DuckDB: typed columns, and the same bytes for the same rows."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from panjin_analysis.errors import DataError, say
from panjin_analysis.load.own import candidate_table
from panjin_analysis.review.cells import Cells, cell_text

_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "string": "VARCHAR"}
_BOUNDS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "400MB",
    "autoinstall_known_extensions": False,
}


def parquet_bytes(rows: list[Cells]) -> bytes:
    """Return a Parquet file of text cells, each column in its type."""
    import duckdb

    columns = candidate_table().columns
    listed = ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in columns)
    marks = ", ".join("?" for _ in columns)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=_BOUNDS) as connection:
        path = Path(folder) / "candidates.parquet"
        connection.execute(f"CREATE TABLE candidates ({listed})")
        values = [[_value(row[column.name], column.type) for column in columns] for row in rows]
        if values:
            connection.begin()
            connection.executemany(f"INSERT INTO candidates VALUES ({marks})", values)
            connection.commit()
        connection.execute("COPY candidates TO ? (FORMAT parquet, COMPRESSION zstd)", [str(path)])
        return path.read_bytes()


def read_parquet(data: bytes, path: Path) -> Iterator[tuple[int, Cells]]:
    """Give each row of a Parquet file as text cells, with its number from 1."""
    import duckdb

    from panjin_analysis.review.forms import check_header

    # Under a name of our own: DuckDB would take * and [ in a name for a pattern.
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=_BOUNDS) as connection:
        copy = Path(folder) / "candidates.parquet"
        copy.write_bytes(data)
        try:
            found = connection.execute("SELECT * FROM read_parquet(?)", [str(copy)])
            header = [str(column[0]) for column in found.description or []]
            check_header(header, [column.name for column in candidate_table().columns], str(path))
            rows = found.fetchmany(100_000)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0].replace(str(copy), path.name)
            found_text = say(f"损坏的 Parquet 文件（{reason}）", f"a damaged Parquet file ({reason})")
            raise DataError("not_candidates", where=path, found=found_text) from None
    for number, row in enumerate(rows, 1):
        yield number, {name: cell_text(value) for name, value in zip(header, row, strict=True)}


def _value(cell: str, kind: str) -> Any:
    if not cell:
        return None
    if kind == "boolean":
        return cell == "true"
    return int(cell) if kind == "integer" else float(cell) if kind == "number" else cell
