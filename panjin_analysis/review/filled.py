"""A filled workbook of candidates, read back as text cells.

It is read by the titles of its columns, in either language, so that columns may be
moved and rows sorted, filtered or deleted.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date
from pathlib import Path
from typing import Any

from panjin_analysis.errors import DataError, say
from panjin_analysis.load.own import candidate_table, choices
from panjin_analysis.reading import Cell, OpenBook, open_workbook
from panjin_analysis.review.cells import Cells, cell_text, check_header
from panjin_analysis.review.workbook import KINDS, SHEETS, TRUTH, columns_of, created, title_of
from panjin_analysis.schema import Column

Group = tuple[str, list[tuple[int, Cells]]]


def read_workbook(data: bytes, path: Path) -> tuple[list[Group], date | None]:
    """Return the rows of both sheets as text cells, and the day an office program saved the file, where it says so.

    Raises
    ------
    DataError
        If the file is no workbook that can be read without risk, or no form of candidates.
    """
    found = {name: kind for kind in KINDS for name in SHEETS[kind].values()}
    with open_workbook(path, data) as book:
        groups = [_group(book, name, found[name]) for name in book.sheets if name in found]
        modified = book.modified
    if not groups:
        expected = say("没有“候选承诺”页", "no sheet “Candidates”")
        raise DataError("not_candidates", where=path, found=expected)
    if modified is None or modified == created().replace(tzinfo=UTC):  # as it was written: nobody saved it
        return groups, None
    return groups, modified.date()


def _group(book: OpenBook, sheet: str, kind: str) -> Group:
    where = f"{book.path} {sheet}"
    columns = columns_of(kind)
    with closing(book.rows(sheet)) as rows:
        places = _header(where, rows, columns)
        numbered = []
        for cells in rows:
            line = cells[0].row
            filled = [(places[cell.column], cell) for cell in cells if cell.column in places]
            if filled:
                numbered.append((line, _row(filled, f"{where} line {line}")))
    return where, numbered


def _header(where: str, rows: Iterator[list[Cell]], columns: list[Column]) -> dict[int, Column]:
    """Read on to the header; return which column stands at each place."""
    names = {title_of(column, lang): column for lang in ("zh", "en") for column in columns}
    for cells in rows:
        heads = {cell.column: str(cell.value).strip() for cell in cells}
        if any(head in names and names[head].name == "candidate_id" for head in heads.values()):
            known = [names[head].name if head in names else head for head in heads.values()]
            check_header(known, [column.name for column in columns], f"{where} line {cells[0].row}")
            return {place: names[head] for place, head in heads.items()}
    raise DataError("candidate_column", where=where, expected=title_of(columns[0], "zh"))


def _row(cells: list[tuple[Column, Cell]], where: str) -> Cells:
    row = dict.fromkeys((column.name for column in candidate_table().columns), "")
    for column, cell in cells:
        place = f"{where}, {column.name}"
        if cell.is_formula:
            raise DataError("candidate_formula", where=place, found=cell.value)
        if cell.is_percent:
            expected = say("不带百分号格式的数", "a number not formatted as percent")
            raise DataError("bad_value", where=place, expected=expected, found=cell.value)
        row[column.name] = _code(column, cell.value)
    return row


def _code(column: Column, value: Any) -> str:
    """Return the text cell behind what a workbook shows: the code of a label in either language."""
    if isinstance(value, bool) and column.type == "string":
        return str(value)
    words = cell_text(value)
    if column.type == "boolean":
        truths = {word: truth for lang in TRUTH.values() for truth, word in lang.items()}
        return truths.get(words.strip().lower(), words.strip().lower())
    if column.type != "string":
        return words.strip()
    known = choices(column)
    if not known:
        return words
    words = words.strip()
    if words in known:
        return words
    both = [*known.items(), *choices(column, "en").items()]
    return next((code for code, label in both if label == words), words)
