"""A workbook opened to be checked: its sheets, and the drawings that openpyxl forgets."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from panjin_analysis.errors import DataError, say
from panjin_analysis.reading import check_workbook_file, damaged

LARGEST = 64 * 2**20  # bytes of all parts, unpacked: the whole workbook is held in memory
MOST_CELLS = 500_000  # of all sheets, and of all merged ranges and tables
_CELL = re.compile(rb"<(?:\w+:)?(?:c|si|xf)[\s/>]")
_AREA = re.compile(rb"<(?:\w+:)?(?:mergeCell|table)\s[^>]*?\bref=[\"']([A-Za-z0-9:$]+)[\"']")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@dataclass(frozen=True)
class Block:
    """A table of a sheet by its corners: rows and columns counted from 1, header included, sums not."""

    name: str
    page: Any
    top: int
    bottom: int
    left: int
    right: int
    headers: int
    total: int

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give the rows below the header."""
        return self.page.iter_rows(self.top + self.headers, self.bottom, self.left, self.right)

    def header(self) -> tuple[Any, ...]:
        """Return the cells of the header row."""
        return next(self.page.iter_rows(self.top, self.top, self.left, self.right))

    def holds(self, cell) -> bool:
        """Tell whether a cell stands in the table, sums included."""
        is_row = self.top <= cell.row <= self.bottom + self.total
        return is_row and self.left <= cell.column <= self.right


@dataclass(frozen=True)
class Opened:
    """A workbook and what a check may ask of it."""

    path: Path
    book: Any

    @property
    def pages(self) -> list[Any]:
        """The worksheets, in order."""
        return list(self.book.worksheets)

    def blocks(self, page) -> list[Block]:
        """Return the tables of a sheet."""
        from openpyxl.utils import range_boundaries

        out = []
        for table in page.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            headers = 1 if table.headerRowCount is None else table.headerRowCount
            total = table.totalsRowCount or 0
            out.append(Block(table.displayName, page, top, bottom - total, left, right, headers, total))
        return out

    def cells(self, page) -> Iterator[Any]:
        """Give the cells of a sheet that hold something."""
        for _, cell in sorted(page._cells.items()):  # iter_rows would make every cell up to the last
            if cell.value is not None and str(cell.value).strip():
                yield cell

    def drawings(self) -> Iterator[tuple[str, str, str]]:
        """Give of every thing that floats over a sheet: its part, its kind and its alt text."""
        with zipfile.ZipFile(self.path) as archive:
            for name in sorted(archive.namelist()):
                if name.startswith("xl/drawings/drawing") and name.endswith(".xml"):
                    for element in ET.fromstring(archive.read(name)).iter(f"{_DRAWING}cNvPr"):
                        yield name, element.get("name", ""), element.get("descr", "")

    def sheet_text(self) -> Iterator[tuple[str, bytes]]:
        """Give name and XML of every sheet part."""
        with zipfile.ZipFile(self.path) as archive:
            for name in sorted(archive.namelist()):
                if name.startswith("xl/worksheets/sheet"):
                    yield name, archive.read(name)


def open_to_check(path: Path) -> Opened:
    """Open a workbook whole.

    Raises
    ------
    DataError
        If it is no workbook, is damaged or encrypted, carries macros or links to other files, or is too large.
    """
    check_workbook_file(path)
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            expected = say(f"解压后至多 {LARGEST // 2**20} MB", f"at most {LARGEST // 2**20} MB unpacked")
            raise DataError("unsafe_workbook", where=path, expected=expected, found=say("更大", "more than that"))
        _check_size(path, archive)
    import openpyxl

    try:
        with warnings.catch_warnings():  # it warns of what it will not write back, and we write nothing
            warnings.simplefilter("ignore")
            return Opened(path, openpyxl.load_workbook(path, rich_text=True))
    except Exception as error:  # openpyxl raises whatever its XML reader meets
        raise damaged(path, error) from None


def _check_size(path: Path, archive: zipfile.ZipFile) -> None:
    """Stop before openpyxl makes more cells than any table to publish has."""
    from openpyxl.utils import range_boundaries

    cells = 0
    for name in archive.namelist():
        if not name.endswith(".xml"):
            continue
        content = archive.read(name)
        cells += sum(1 for _ in _CELL.finditer(content))
        for found in _AREA.finditer(content):
            try:
                left, top, right, bottom = range_boundaries(found[1].decode())
                cells += (right - left + 1) * (bottom - top + 1)
            except (TypeError, ValueError) as error:
                raise damaged(path, error) from None
        if cells > MOST_CELLS:
            expected, more = say(f"{MOST_CELLS} 个格子", f"{MOST_CELLS} cells"), say("更多", "more")
            raise DataError("workbook_too_large", where=f"{path} {name}", expected=expected, found=more)
