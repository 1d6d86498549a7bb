"""Files of candidates by their ending: workbook, CSV or Parquet, written and read as the same text cells.

What is read is trusted in nothing: it is checked to be a file of candidates first, cell
by cell against the codebook next, and row by row against its fingerprint last.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from panjin_analysis.errors import DataError, say
from panjin_analysis.files import csv_text, write_whole
from panjin_analysis.load.own import candidate_marks, candidate_table, review_version
from panjin_analysis.reading import OFFICE_TIME
from panjin_analysis.review import filled, parquet, workbook
from panjin_analysis.review.cells import FORMULA_MARKS, Cells, check_header, fingerprint, text_rows, typed_rows
from panjin_analysis.text.encodings import decode

ENDINGS = (".xlsx", ".csv", ".parquet")
LARGEST = 100 * 2**20  # bytes of a file of candidates
MOST_ROWS = 50_000


@dataclass(frozen=True)
class Form:
    """A file of candidates that was read: its rows, where each stands, and the day it was saved."""

    path: Path
    frame: pd.DataFrame
    places: list[str]
    saved_on: date
    data: bytes


def write_candidates(frame: pd.DataFrame, path: Path | str, *, lang: str = "zh") -> Path:
    """Write candidates to a workbook, CSV or Parquet file, by the ending of its name; return its path.

    The workbook shows labels and has lists to choose from; the others hold codes. In CSV
    files, text that begins with = + - @ has a ' in front, so that no office program takes
    it for a formula; it is taken off again on reading.

    Raises
    ------
    DataError
        If the ending is none of the three, or the place cannot be written.

    Examples
    --------
    >>> write_candidates(pd.DataFrame(), "candidates.ods")
    Traceback (most recent call last):
    ...
    panjin_analysis.errors.DataError: ...
    """
    path = Path(path)
    ending = _ending(path)
    rows = text_rows(frame)
    if ending == ".xlsx":
        return write_whole(path, workbook.workbook_bytes(rows, lang))
    return write_whole(path, parquet.parquet_bytes(rows) if ending == ".parquet" else _csv_bytes(rows))


def read_candidates(path: Path | str) -> Form:
    """Read a file of candidates and check it: form, version, cells, and what must not have changed.

    Raises
    ------
    DataError
        At the first thing that is wrong, naming sheet, line and column.
    """
    path = Path(path)
    ending = _ending(path)
    data = _bytes(path)
    saved = datetime.fromtimestamp(path.stat().st_mtime, OFFICE_TIME).date()
    if ending == ".xlsx":
        groups, changed = filled.read_workbook(data, path)
        saved = changed or saved
    else:
        rows = parquet.read_parquet(data, path) if ending == ".parquet" else _csv_rows(data, path)
        groups = [(str(path), list(rows))]
    groups = [(where, numbered) for where, numbered in groups if numbered]
    count = sum(len(numbered) for _, numbered in groups)
    if not 0 < count <= MOST_ROWS:
        raise DataError("not_candidates", where=path, found=say(f"{count} 行候选", f"{count} rows of candidates"))
    for where, numbered in groups:
        _check_version(numbered, where)
    frame = pd.concat([typed_rows(numbered, where) for where, numbered in groups], ignore_index=True)
    rows_of_all = [row for _, numbered in groups for _, row in numbered]
    places = [f"{where} line {line}" for where, numbered in groups for line, _ in numbered]
    _check_rows(rows_of_all, places)
    return Form(path, frame, places, saved, data)


def _check_version(numbered: list[tuple[int, Cells]], where: str) -> None:
    for line, row in numbered:
        if row["review_version"] != review_version():
            found = row["review_version"] or "-"
            raise DataError("other_form", where=f"{where} line {line}", expected=review_version(), found=found)


def form_of(frame: pd.DataFrame, as_of: date) -> Form:
    """Return a frame of candidates as if it had been read from a file saved on a day.

    Raises
    ------
    DataError
        As ``read_candidates`` does.
    """
    name = Path(say("数据框", "data frame"))
    rows = text_rows(frame)
    if not rows:
        raise DataError("not_candidates", where=name, found=say("0 行候选", "0 rows of candidates"))
    numbered = list(enumerate(rows, 1))
    _check_version(numbered, str(name))
    checked = typed_rows(numbered, str(name))
    places = [f"{name} line {line}" for line, _ in numbered]
    _check_rows(rows, places)
    return Form(name, checked, places, as_of, _csv_bytes(rows))


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise DataError("unknown_ending", where=path, expected=" ".join(ENDINGS), found=ending or path.name)
    return ending


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            found = f"{path.stat().st_size / 2**20:.0f} MB"
            raise DataError("file_too_large", where=path, expected=f"{LARGEST >> 20} MB", found=found)
        data = path.read_bytes()
    except FileNotFoundError:
        raise DataError("not_candidates", where=path, found=say("没有这个文件", "no such file")) from None
    except (OSError, ValueError) as error:
        raise DataError("unreadable_file", where=path, found=getattr(error, "strerror", None) or error) from None
    if not data:
        raise DataError("not_candidates", where=path, found=say("空文件", "an empty file"))
    return data


def _csv_bytes(rows: list[Cells]) -> bytes:
    kinds = {column.name: column.type for column in candidate_table().columns}
    cells = [[_guarded(row[name]) if kind == "string" else row[name] for name, kind in kinds.items()] for row in rows]
    return b"\xef\xbb\xbf" + csv_text([kinds, *cells]).encode()  # Excel takes a file without the mark for GBK


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*FORMULA_MARKS, "'")) else cell


def _csv_rows(data: bytes, path: Path) -> Iterable[tuple[int, Cells]]:
    decoded = decode(data)
    if decoded is None:
        raise DataError("not_candidates", where=path, found=say("不是文字", "no text"))
    reader = csv.reader(io.StringIO(decoded[0].removeprefix("\ufeff"), newline=""), strict=True)
    kinds = {column.name: column.type for column in candidate_table().columns}
    header: list[str] | None = None
    try:
        for cells in reader:
            place = f"{path} line {reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = cells
                check_header(header, list(kinds), f"{path} line 1")
                continue
            if len(cells) != len(header):
                raise DataError("ragged_row", where=place, expected=len(header), found=len(cells))
            row = dict(zip(header, cells, strict=True))
            yield (
                reader.line_num,
                {
                    name: cell[1:] if kinds[name] == "string" and cell.startswith("'") else cell
                    for name, cell in row.items()
                },
            )
    except csv.Error as error:
        raise DataError("bad_csv", where=f"{path} line {reader.line_num}", found=error) from None


def _check_rows(rows: list[Cells], places: list[str]) -> None:
    """Stop if an id, a place or a wording was changed, or a free cell would be a formula elsewhere."""
    free = [
        column.name
        for column in candidate_table().columns
        if candidate_marks("face")[column.name] == "fill" and column.type == "string"
    ]
    seen: dict[str, int] = {}
    for number, (row, place) in enumerate(zip(rows, places, strict=True)):
        if fingerprint(row) != row["fingerprint"]:
            raise DataError("candidate_changed", where=place, found=row["candidate_id"])
        for name in free:
            if row[name].startswith(FORMULA_MARKS):
                raise DataError("candidate_formula", where=f"{place}, {name}", found=row[name])
        first = seen.setdefault(row["candidate_id"], number)
        if first != number:
            raise DataError("duplicate", where=place, expected=places[first], found=row["candidate_id"])
    texts = {row["text_sha256"] for row in rows}
    if len(texts) > 1:
        raise DataError("not_candidates", where=places[0], found=say("几份报告的候选", "candidates of several reports"))
