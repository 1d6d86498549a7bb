"""The folder that an export fills: one file a table, or one for all."""

import json
from collections.abc import Callable
from pathlib import Path

from panjin_analysis.errors import DataError
from panjin_analysis.export.contents import Contents, codebook_tables, tables
from panjin_analysis.export.sqlite import sqlite_bytes
from panjin_analysis.files import csv_text, write_all
from panjin_analysis.load import data_dir, read_package
from panjin_analysis.parquet import parquet_bytes

DATABASE = "panjin.sqlite"


def export(folder: Path | str, format: str = "csv") -> list[Path]:  # noqa: A002 - what every program calls it
    """Write every table of the codebook into a folder, with the codebook beside them.

    Names of tables and columns, codes and the order of rows are those of ``load_tables()``. Beside
    them stand ``about`` (version, licence, citation, how values are written), ``codebook_tables``,
    ``codebook`` (what each column means) and ``codebook_lists``; labels of codes are in ``vocabulary``.

    Parameters
    ----------
    folder
        Where to; it is made if need be. A file that is there already is never written over.
    format
        ``csv`` (UTF-8 with BOM and CR LF, as Excel and WPS want it), ``parquet``, ``sqlite`` (one file, with types and keys) or
        ``datapackage`` (Frictionless: plain UTF-8 CSV and ``datapackage.json``, which is the codebook).
        ``csv`` and ``datapackage`` name their files alike: give each a folder of its own.

    Returns
    -------
    list of pathlib.Path
        The files.

    Raises
    ------
    DataError
        If there is no such format, the tables break the codebook, another file stands in the place
        of one, or a place cannot be written; nothing is written then.

    Examples
    --------
    >>> import sqlite3, tempfile
    >>> (database,) = export(tempfile.mkdtemp(), "sqlite")
    >>> with sqlite3.connect(database) as connection:
    ...     connection.execute("SELECT label_en FROM vocabulary WHERE code = 'deliver'").fetchone()
    ('Deliver',)
    >>> connection.close()
    """
    if format not in FORMATS:
        raise DataError("unknown_choice", where="export", expected=", ".join(FORMATS), found=format)
    files = FORMATS[format](tables())
    return write_all({Path(folder) / name: data for name, data in files.items()}, "other_file")


def _as_csv(written: list[Contents]) -> dict[str, bytes]:
    """Return the tables for a spreadsheet: without the mark, Excel on a Chinese Windows takes a file for GBK."""
    return {f"{one.table.name}.csv": b"\xef\xbb\xbf" + _csv(one, "\r\n") for one in [*codebook_tables(), *written]}


def _as_parquet(written: list[Contents]) -> dict[str, bytes]:
    return {f"{one.table.name}.parquet": parquet_bytes(one.types, one.rows) for one in [*codebook_tables(), *written]}


def _as_sqlite(written: list[Contents]) -> dict[str, bytes]:
    return {DATABASE: sqlite_bytes([*codebook_tables(), *written])}


def _as_datapackage(written: list[Contents]) -> dict[str, bytes]:
    package = read_package(data_dir())
    for resource in package["resources"]:
        resource["path"] = f"{resource['name']}.csv"
    described = (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
    return {"datapackage.json": described} | {f"{one.table.name}.csv": _csv(one) for one in written}


def _csv(one: Contents, line_end: str = "\n") -> bytes:
    return csv_text([list(one.types), *one.rows], line_end).encode()


FORMATS: dict[str, Callable[[list[Contents]], dict[str, bytes]]] = {
    "csv": _as_csv,
    "parquet": _as_parquet,
    "sqlite": _as_sqlite,
    "datapackage": _as_datapackage,
}
