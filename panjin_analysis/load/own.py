"""The codebook of review: what a candidate is, and the data package that a user's decisions fill.

``review.json`` describes both. A column that means the same as one of the main codebook
names it (``from``) and takes its meaning, type and vocabulary from there, so that
nothing is said twice; a package in a user's folder carries the whole description.
"""

import functools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from panjin_analysis.checks import check_commitments, check_references
from panjin_analysis.errors import DataError
from panjin_analysis.load.store import (
    Rows,
    _categories,
    _package,
    _text,
    data_dir,
    load_table,
    load_tables,
    read_package,
    read_rows,
)
from panjin_analysis.schema import Column, Table, parse_codebook, to_typed

NAME = "panjin-adopted"
REVIEW = "review.json"


def review_package() -> dict[str, Any]:
    """Return the description of candidates and of a user's package, with every column written out.

    Examples
    --------
    >>> [table["name"] for table in review_package()["resources"]]
    ['reports', 'segments', 'commitments', 'targets', 'headlines', 'decisions']
    """
    home = data_dir()
    path = home / REVIEW
    return json.loads(_written_out(path, _text(path), home))


@functools.lru_cache(maxsize=4)
def _written_out(path: Path, text: str, home: Path) -> str:
    package, main = _package(path, text), read_package(home)
    columns = {
        f"{table['name']}.{field['name']}": field for table in main["resources"] for field in table["schema"]["fields"]
    }
    try:
        for table in [package["candidates"], *package["resources"]]:
            fields = table["schema"]["fields"]
            table["schema"]["fields"] = [
                {**columns[field["from"]], **{k: v for k, v in field.items() if k != "from"}}
                if "from" in field
                else field
                for field in fields
            ]
    except KeyError as error:
        raise DataError("bad_codebook", where=path, found=f"{error} is missing") from None
    return json.dumps(package, ensure_ascii=False)


def review_version() -> str:
    """Return the version of the form and of the codebook that its codes come from.

    Examples
    --------
    >>> review_version().split("/")[0]
    '1'
    """
    return _version(data_dir())


@functools.lru_cache(maxsize=4)
def _version(home: Path) -> str:
    return f"{review_package()['version']}/{read_package(home)['version']}"


def candidate_table() -> Table:
    """Return the columns of a file of candidates."""
    return _candidate_table(data_dir())


@functools.lru_cache(maxsize=4)
def _candidate_table(_home: Path) -> Table:
    return parse_codebook({"resources": [review_package()["candidates"]]}, REVIEW)["candidates"]


def candidate_marks(name: str) -> dict[str, str]:
    """Return what the description says of each candidate column under a key of its own: ``face``, ``only``, ``choices``.

    Examples
    --------
    >>> candidate_marks("face")["decision"]
    'fill'
    """
    return _marks(data_dir(), name)


@functools.lru_cache(maxsize=16)
def _marks(_home: Path, name: str) -> dict[str, str]:
    fields = review_package()["candidates"]["schema"]["fields"]
    return {field["name"]: field[name] for field in fields if name in field}


def own_tables() -> dict[str, Table]:
    """Return the tables of a user's package by name."""
    return parse_codebook(review_package(), REVIEW)


def typed(header: list[str], rows: Rows, table: Table, where: str) -> pd.DataFrame:
    """Turn text cells into a typed frame by a table's description; see ``schema.to_typed``."""
    return to_typed(header, rows, table, _categories(data_dir()), where)


def package_descriptor() -> dict[str, Any]:
    """Return the ``datapackage.json`` of a user's folder: a Frictionless data package that explains itself."""
    package = review_package()
    main = read_package(data_dir())
    kept = {"type": "table", "scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {
        **{key: package[key] for key in ("name", "version", "title", "title_zh", "description", "description_zh")},
        "codebook": f"{main['name']} {main['version']}",
        "resources": [{**kept, **table} for table in package["resources"]],
    }


def is_own_package(folder: Path) -> bool:
    """Say whether a folder holds a user's package of adopted facts.

    Examples
    --------
    >>> is_own_package(Path("no/such/folder"))
    False
    """
    path = Path(folder) / "datapackage.json"
    try:
        return path.is_file() and json.loads(path.read_text("utf-8")).get("name") == NAME
    except (OSError, ValueError, AttributeError):
        return False


def read_own_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a user's package, checked against today's codebook and against each other.

    Raises
    ------
    DataError
        If a file is missing or damaged, a cell breaks the codebook, or an id refers to nothing, or a commitment breaks a rule.
    """
    descriptor = Path(folder) / "datapackage.json"
    package = _package(descriptor, _text(descriptor))
    if not isinstance(package, dict) or package.get("name") != NAME:
        raise DataError("bad_codebook", where=descriptor, found=f"name is not '{NAME}'")
    wanted = review_package()["version"]
    if package.get("version") != wanted:
        raise DataError("other_form", where=descriptor, expected=wanted, found=package.get("version", "-"))
    tables, lines, paths = {}, {}, {}
    for name, table in own_tables().items():
        path = paths[name] = Path(folder) / table.path
        header, rows = read_rows(path)
        tables[name] = typed(header, rows, table, str(path))
        lines[name] = [line for line, _ in rows]
    check_references(tables, own_tables(), paths, lines=lines)
    check_references(tables, _outside_links(), paths, lines=lines, others=load_tables())
    check_commitments(tables, paths)
    return tables


def _outside_links() -> dict[str, Table]:
    """Return the tables with the links that lead out of the package, into the bundled tables."""
    outside = {
        resource["name"]: tuple((link["field"], link["table"], link["column"]) for link in resource.get("outside", []))
        for resource in review_package()["resources"]
    }
    return {name: replace(table, foreign_keys=outside[name]) for name, table in own_tables().items()}


def choices(column: Column, lang: str = "zh") -> dict[str, str]:
    """Return the codes that a candidate column may hold, with their labels; empty where anything may stand.

    Examples
    --------
    >>> list(choices(candidate_table().column("decision")).values())
    ['采纳', '改后采纳', '不采纳']
    """
    return dict(_choices(data_dir(), column.name, column.vocabulary, lang))


@functools.lru_cache(maxsize=128)
def _choices(_home: Path, name: str, vocabulary: str, lang: str) -> dict[str, str]:
    if vocabulary:
        frame = load_table("vocabulary")
        codes = frame[frame["vocabulary"] == vocabulary]
        return dict(zip(codes["code"], codes[f"label_{lang}"], strict=True))
    table = candidate_marks("choices").get(name)
    if table is None:
        return {}
    key, label = _LISTS[table]
    frame = load_table(table)
    labels = frame[f"{label}_{lang}"] if label else frame[key]
    return dict(zip(frame[key], labels, strict=True))


# Tables whose rows a candidate may name: the column that names them, and how their label begins.
_LISTS = {
    "headlines": ("headline_id", "name"),
    "indicators": ("indicator_id", "name"),
    "verb_lexicon": ("verb", ""),
    "number_units": ("unit", ""),
}
