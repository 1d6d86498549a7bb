"""What is exported: the tables as text cells, and the codebook as tables beside them.

Cells are written as the codebook writes them, so that no format depends on how pandas
prints a number: ``true``, ``2024-12-31``, ``90.6``, and nothing where a value is missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from panjin_analysis.cite import cite
from panjin_analysis.load import data_dir, read_codebook, read_package
from panjin_analysis.load.store import load_cells
from panjin_analysis.schema import Column, Table

Cells = list[list[str]]
_TEXT, _NUMBER, _TRUTH = "string", "integer", "boolean"
# How values are written, for a reader who has the files and nothing else.
_HOW = {
    "missing": (
        "空值表示没有写明或没有这个数，不是零。有一个标签就叫 None，所以 pandas 读 CSV 请加 keep_default_na=False, na_values=['']。",
        "A missing value: not stated, or no such number; it is not zero. A label may be the word None, so read CSV "
        "in pandas with keep_default_na=False, na_values=[''].",
    ),
    "csv_encoding": (
        "csv 格式为 UTF-8，带 BOM，行末为 CR LF，Excel 和 WPS 可直接打开；pandas 照常读取，Python 的 csv 模块请用 utf-8-sig。"
        "datapackage 格式的 CSV 为 UTF-8，不带 BOM。",
        "The format csv is UTF-8 with a BOM and CR LF, which Excel and WPS open as it is; pandas reads it as ever, "
        "Python's csv module with utf-8-sig. The CSV of the format datapackage is UTF-8 without a BOM.",
    ),
    "codes": (
        "代码的含义和顺序在 vocabulary；每列用哪一个代码表，见 codebook 的 vocabulary 栏。",
        "What codes mean and how they are ordered is in vocabulary; which list a column takes, in codebook.",
    ),
    "dates": ("日期写作 2024-12-31（ISO 8601）。", "Dates are written 2024-12-31 (ISO 8601)."),
    "truth_values": (
        "真假值：CSV 中为 true、false；SQLite 中为 1、0。",
        "Truth values: true and false in CSV; 1 and 0 in SQLite.",
    ),
    "rows": (
        "行的顺序就是数据表的顺序，多为报告中的先后。",
        "Rows stand in the order of the tables, mostly that of the report.",
    ),
    "text": (
        "没有报告原文；start、end 是文本中第几个字，span_sha1 是那一段的指纹。",
        "No text of a report: start and end count its characters, span_sha1 is the hash of what stands there.",
    ),
}


@dataclass(frozen=True)
class Contents:
    """One table to write: what it is, and its rows as text, the cells in the order of the columns."""

    table: Table
    rows: Cells

    @property
    def types(self) -> dict[str, str]:
        """The names of the columns in order, and the codebook's type of each."""
        return {column.name: column.type for column in self.table.columns}


def tables() -> list[Contents]:
    """Return every table of the codebook, checked.

    Examples
    --------
    >>> [one.table.name for one in tables()][:3]
    ['reports', 'coverage', 'segments']
    """
    described = read_codebook(data_dir())
    return [Contents(described[name], rows) for name, rows in load_cells().items()]


def codebook_tables() -> list[Contents]:
    """Return what the data are and what each table, column and list means, as tables.

    Examples
    --------
    >>> [one.table.name for one in codebook_tables()]
    ['about', 'codebook_tables', 'codebook_lists', 'codebook']
    """
    return [_about(), _tables(), _lists(), _columns()]


def _about() -> Contents:
    package = read_package(data_dir())
    licence = package["licenses"][0]
    said = {
        "title": (package["title_zh"], package["title"]),
        "description": (package["description_zh"], package["description"]),
        "version": (package["version"],) * 2,
        "created": (package["created"][:10],) * 2,
        "licence": (f"{licence['name']} {licence['path']}",) * 2,
        "citation": (cite(),) * 2,
    }
    rows = [[name, *both] for name, both in (said | _HOW).items()]
    return _contents("about", {"item": _TEXT, "text_zh": _TEXT, "text_en": _TEXT}, rows, key=("item",))


def _tables() -> Contents:
    rows = [
        [table.name, table.title_zh, table.title_en, table.description_zh, table.description_en]
        for table in read_codebook(data_dir()).values()
    ]
    return _contents("codebook_tables", {"table": _TEXT, **_SAID}, rows, key=("table",))


def _lists() -> Contents:
    lists = read_package(data_dir())["vocabularies"]
    rows = [[one["name"], one["title_zh"], one["title"], _truth(one["ordered"])] for one in lists]
    types = {"vocabulary": _TEXT, "title_zh": _TEXT, "title_en": _TEXT, "is_ordered": _TRUTH}
    return _contents("codebook_lists", types, rows, key=("vocabulary",))


def _columns() -> Contents:
    types = {
        "table": _TEXT,
        "column": _TEXT,
        "position": _NUMBER,
        "type": _TEXT,
        "unit": _TEXT,
        "vocabulary": _TEXT,
        "is_required": _TRUTH,
        "is_key": _TRUTH,
        "refers_to": _TEXT,
        **_SAID,
    }
    rows = [
        [table.name, column.name, str(place), column.type, *_rules(table, column), *_words(column)]
        for table in read_codebook(data_dir()).values()
        for place, column in enumerate(table.columns, 1)
    ]
    links = (("table", "codebook_tables", "table"), ("vocabulary", "codebook_lists", "vocabulary"))
    return _contents("codebook", types, rows, key=("table", "column"), foreign_keys=links)


_SAID = dict.fromkeys(("title_zh", "title_en", "description_zh", "description_en"), _TEXT)


def _rules(table: Table, column: Column) -> list[str]:
    link = next((f"{other}.{key}" for name, other, key in table.foreign_keys if name == column.name), "")
    return [column.unit, column.vocabulary, _truth(column.is_required), _truth(column.name in table.key), link]


def _words(column: Column) -> list[str]:
    return [column.title_zh, column.title_en, column.description_zh, column.description_en]


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _contents(name: str, types: dict[str, str], rows: Iterable[list[str]], **rules: Any) -> Contents:
    columns = tuple(
        Column(name, kind, name, name, "", "", is_required=name in rules["key"]) for name, kind in types.items()
    )
    return Contents(Table(name, f"{name}.csv", name, name, "", "", columns, **rules), list(rows))
