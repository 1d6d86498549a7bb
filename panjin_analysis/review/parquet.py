"""Candidates as a Parquet file, written and read back as text cells."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from panjin_analysis.errors import DataError, say
from panjin_analysis.load.own import candidate_table
from panjin_analysis.parquet import BOUNDS
from panjin_analysis.parquet import parquet_bytes as written_parquet
from panjin_analysis.review.cells import Cells, cell_text, check_header


def parquet_bytes(rows: list[Cells]) -> bytes:
    """Return a Parquet file of candidates, each column in its type."""
    types = {column.name: column.type for column in candidate_table().columns}
    return written_parquet(types, [[row[name] for name in types] for row in rows])


def read_parquet(data: bytes, path: Path) -> Iterator[tuple[int, Cells]]:
    """Give each row of a Parquet file as text cells, with its number from 1."""
    import duckdb

    # Under a name of our own: DuckDB would take * and [ in a name for a pattern.
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=BOUNDS) as connection:
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
