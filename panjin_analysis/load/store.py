"""Files to typed, checked tables: the only module that opens ``data/``."""

import csv
import functools
import hashlib
import io
import json
import os
from pathlib import Path

import pandas as pd

from panjin_analysis import checks
from panjin_analysis.errors import DataError
from panjin_analysis.schema import Column, Table, parse_codebook, require_whole, to_typed

PACKAGE = Path(__file__).resolve().parents[1]
Rows = list[tuple[int, list[str]]]  # cells of each row, with its line number


def data_dir() -> Path:
    """Return the folder the tables are read from: ``PANJIN_DATA``, or the bundled one.

    Examples
    --------
    >>> (data_dir() / "datapackage.json").name
    'datapackage.json'
    """
    return Path(os.environ["PANJIN_DATA"]) if os.environ.get("PANJIN_DATA") else bundled("data")


def bundled(name: str) -> Path:
    """Return a folder that comes with the project: in a wheel inside the package, else beside it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def load_tables(folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """Load every table and check them all, one by one and against each other.

    Parameters
    ----------
    folder
        A folder with a data package; the bundled one by default.

    Returns
    -------
    dict of str to pandas.DataFrame
        One frame per table of the codebook, by its name.

    Raises
    ------
    DataError
        If a file, cell or cross-reference breaks the codebook.

    Examples
    --------
    >>> len(load_tables()["segments"])
    158
    """
    folder = data_dir() if folder is None else Path(folder)
    return {name: table.copy() for name, table in _checked_tables(folder, _stamp(folder)).items()}


def _stamp(folder: Path) -> tuple:
    """Return what changes when a file of the folder does, so that a table is checked once and no more."""
    paths = [folder / "datapackage.json", *(folder / table.path for table in read_codebook(folder).values())]
    return tuple((path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else None for path in paths)


@functools.lru_cache(maxsize=4)
def _checked_tables(folder: Path, _stamp: tuple) -> dict[str, pd.DataFrame]:
    return _read_and_check({name: folder / table.path for name, table in read_codebook(folder).items()}, folder)


def _read_and_check(paths: dict[str, Path], folder: Path) -> dict[str, pd.DataFrame]:
    """Read each table from its path, by the codebook and the code lists of a folder."""
    categories, described = _categories(folder), read_codebook(folder)
    tables = {name: to_typed(*_cells(path), described[name], categories, str(path)) for name, path in paths.items()}
    checks.check_all(tables, described, paths)
    return tables


def load_table(name: str, path: Path | str | None = None) -> pd.DataFrame:
    """Load one table and check it and what it refers to.

    Parameters
    ----------
    name
        A table of the codebook, such as ``"indicators"``.
    path
        Another file for it. What it refers to is then taken from the files beside it,
        or from the bundled ones where there are none.

    Raises
    ------
    DataError
        If there is no such table, or it breaks the codebook.

    Examples
    --------
    >>> load_table("breaks")["from_year"].min() > 2000
    np.True_
    """
    home = data_dir()
    if name not in read_codebook(home):
        expected = ", ".join(read_codebook(home))
        raise DataError("unknown_choice", where="load_table", expected=expected, found=name)
    if path is None:
        return _checked_tables(home, _stamp(home))[name].copy()
    path, paths = Path(path), {}
    for other, table in read_codebook(home).items():
        beside = path.parent / table.path
        paths[other] = path if other == name else beside if beside.is_file() else home / table.path
    return _read_and_check(paths, home)[name]


def load_cells() -> dict[str, list[list[str]]]:
    """Return the rows of every table as text, after the checks of ``load_tables``.

    Cells stand in the order of the codebook's columns, and an empty one is missing.

    Examples
    --------
    >>> load_cells()["reports"][0][:2]
    ['PJ-GWR-2014', '盘锦市']
    """
    home = data_dir()
    _checked_tables(home, _stamp(home))
    out = {}
    for name, table in read_codebook(home).items():
        header, rows = read_rows(home / table.path)
        places = [header.index(column.name) for column in table.columns]
        out[name] = [[row[place] if row[place].strip() else "" for place in places] for _, row in rows]
    return out


def fingerprint(*names: str) -> str:
    """Return one SHA-256 over the files of tables, whatever their line ends.

    Examples
    --------
    >>> fingerprint("headlines") != fingerprint("headlines", "verb_lexicon")
    True
    """
    home = data_dir()
    tables = read_codebook(home)
    texts = [_text(home / tables[name].path).replace("\r\n", "\n") for name in names]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def read_codebook(folder: Path) -> dict[str, Table]:
    """Return the tables that the data package of a folder describes."""
    path = folder / "datapackage.json"
    return _parsed_codebook(path, _text(path))


@functools.lru_cache(maxsize=8)
def _parsed_codebook(path: Path, text: str) -> dict[str, Table]:
    package = _package(path, text)
    tables = parse_codebook(package, str(path))
    require_whole(package, tables, str(path))
    return tables


def read_user_tables(folder: Path) -> dict[str, Table]:
    """Return the tables that a user keeps: described like any other, bundled nowhere."""
    path = folder / "datapackage.json"
    package = _package(path, _text(path))
    return parse_codebook({"resources": package.get("user_tables", [])}, str(path))


def read_derived(folder: Path) -> tuple[Column, ...]:
    """Return the columns that functions add to tables, as the codebook describes them."""
    path = folder / "datapackage.json"
    fields = _package(path, _text(path)).get("derived_columns", [])
    nothing = dict.fromkeys(("title", "title_zh", "description", "description_zh"), "")
    table = {"name": "derived", "path": "", **nothing, "schema": {"fields": fields}}
    return parse_codebook({"resources": [table]}, str(path))["derived"].columns


def load_user_table(name: str, path: Path | str | None) -> pd.DataFrame:
    """Load a table of the user's own, checked as the bundled ones are.

    Parameters
    ----------
    name
        A table that the codebook lists under ``user_tables``, such as ``"progress"``.
    path
        The user's file; where there is none yet, the table has no rows, and so with None.

    Raises
    ------
    DataError
        If a cell breaks the codebook, or an id is not in the bundled tables.

    Examples
    --------
    >>> len(load_user_table("progress", "no/such/file.csv"))
    0
    """
    home = data_dir()
    table = read_user_tables(home)[name]
    where = Path(table.path if path is None else path)
    is_there = path is not None and where.exists()
    header, rows = _cells(where) if is_there else ([column.name for column in table.columns], [])
    frame = to_typed(header, rows, table, _categories(home), str(where))
    tables = _checked_tables(home, _stamp(home)) | {name: frame}
    checks.check_references(tables, {name: table}, {name: where})
    return frame


def read_package(folder: Path) -> dict:
    """Return the data package itself: title, version, licence, vocabularies."""
    path = folder / "datapackage.json"
    return _package(path, _text(path))


def _package(path: Path, text: str) -> dict:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError("bad_codebook", where=f"{path} line {error.lineno}", found=error.msg) from None


def _categories(folder: Path) -> dict[str, pd.CategoricalDtype]:
    """Return the categories of every vocabulary, ordered where the codebook orders them."""
    table = read_codebook(folder)["vocabulary"]
    path = folder / table.path
    vocabulary = to_typed(*_cells(path), table, {}, str(path))
    out = {}
    for described in read_package(folder)["vocabularies"]:
        codes = vocabulary.loc[vocabulary["vocabulary"] == described["name"], "code"].tolist()
        if not codes:
            raise DataError("bad_codebook", where=path, found=f"'{described['name']}' has no codes")
        out[str(described["name"])] = pd.CategoricalDtype(codes, ordered=described["ordered"])
    return out


def _cells(path: Path) -> tuple[list[str], Rows]:
    """Return the header and the rows of a table that is never without rows."""
    header, rows = read_rows(path)
    if not rows:
        raise DataError("no_rows", where=path)
    return header, rows


def read_rows(path: Path) -> tuple[list[str], Rows]:
    """Return the header of a CSV file, and each row with its line number; every row as wide as the header."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        lines = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise DataError("bad_csv", where=f"{path} line {reader.line_num}", found=error) from None
    if not lines:
        raise DataError("empty_file", where=path)
    header = lines[0][1]
    for line, row in lines[1:]:
        if len(row) != len(header):
            raise DataError("ragged_row", where=f"{path} line {line}", expected=len(header), found=len(row))
    return header, lines[1:]


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise DataError("missing_file", where=path) from None
    except OSError as error:
        raise DataError("unreadable_file", where=path, found=error.strerror) from None
    if data.startswith(b"\xef\xbb\xbf"):
        raise DataError("has_bom", where=path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError("not_utf8", where=path, found=error.start + 1) from None
