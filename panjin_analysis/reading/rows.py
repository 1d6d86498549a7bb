"""The rows of a workbook, one by one: what each cell holds, and whether it is a formula or a percent.

Read straight from the XML and forgotten at once, so that a million empty rows cost no
memory; openpyxl would keep every one of them.
"""

import io
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from panjin_analysis.errors import DataError, say
from panjin_analysis.reading.safety import check_workbook_file, damaged

MOST_ROWS, MOST_COLUMNS = 20_000, 400  # with something in them
MOST_ELEMENTS = 4 * 16_384  # of one row: the format has 16,384 columns, a cell is an element with a few inside
MOST_TEXTS = 500_000  # shared strings
MOST_STYLES = 65_490  # the format's own limit
# An office file says when it was saved in UTC; the day is that of China, on whatever machine it is read.
OFFICE_TIME = timezone(timedelta(hours=8))
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_KEPT = {f"{_MAIN}{name}" for name in ("c", "v", "f", "is", "t", "r", "rPr")}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty: where it stands and what is in it."""

    name: str  # such as B7
    column: int
    value: Any  # text, number, truth value, or a day or moment
    is_formula: bool = False
    is_percent: bool = False

    @property
    def row(self) -> int:
        """The number of its row, from 1."""
        return int("".join(mark for mark in self.name if mark.isdigit()))


@dataclass(frozen=True)
class OpenBook:
    """An open workbook: its sheets by name, and the moment it was last changed in China's time, where it says so."""

    path: Path
    sheets: dict[str, str]  # name to part
    modified: datetime | None
    _archive: zipfile.ZipFile
    _shared: list[str]
    _formats: list[str]  # "date", "percent" or "" of each cell style
    _epoch: datetime

    def rows(self, sheet: str) -> Generator[list[Cell], None, None]:
        """Give the cells of each row of a sheet that is not empty, from the top.

        Raises
        ------
        DataError
            If the sheet is damaged, or larger than any table to be filled in could be.
        """
        seen = 0
        try:
            with self._archive.open(self.sheets[sheet]) as part:
                for number, element in enumerate(_each(part, "row", f"{self.path} {sheet}"), 1):
                    places = _places(element, number)
                    cells = [cell for name, one in places if (cell := self._cell(name, one))]
                    if not cells:
                        continue
                    seen += 1
                    if seen > MOST_ROWS or cells[-1].column > MOST_COLUMNS:
                        raise self._too_large(sheet, cells[-1].name)
                    yield cells
        except DataError:
            raise
        except (ET.ParseError, zipfile.BadZipFile, EOFError, OSError, ValueError, LookupError, OverflowError) as error:
            raise damaged(self.path, error) from None

    def _too_large(self, sheet: str, found: str) -> DataError:
        expected = say(f"至多 {MOST_ROWS} 行、{MOST_COLUMNS} 列", f"at most {MOST_ROWS} rows, {MOST_COLUMNS} columns")
        return DataError("unsafe_workbook", where=f"{self.path} {sheet}", expected=expected, found=found)

    def _cell(self, name: str, element: ET.Element) -> Cell | None:
        value = self._value(element)
        is_formula = element.find(f"{_MAIN}f") is not None
        if (value is None or (isinstance(value, str) and not value.strip())) and not is_formula:
            return None
        style = self._formats[int(element.get("s", 0))] if self._formats else ""
        is_percent = style == "percent" and isinstance(value, int | float)
        if is_formula:
            value = "=" + (element.findtext(f"{_MAIN}f") or "")
        return Cell(name, _column(name), value, is_formula, is_percent)

    def _value(self, element: ET.Element) -> Any:
        kind, text = element.get("t", "n"), element.findtext(f"{_MAIN}v")
        if kind == "inlineStr":
            return _clean("".join(_texts(element.find(f"{_MAIN}is"))))
        if not text:
            return None
        if kind == "s":
            return self._shared[int(text)]
        if kind in {"str", "e", "d"}:
            return _clean(text)
        if kind == "b":
            return text == "1"
        number = float(text)
        is_date = self._formats and self._formats[int(element.get("s", 0))] == "date"
        return self._moment(number) if is_date else int(number) if number.is_integer() else number

    def _moment(self, number: float) -> Any:
        """Return the day or moment of a number; the number itself, such as 20240630, where it is none."""
        from openpyxl.utils.datetime import from_excel

        try:
            return from_excel(number, self._epoch)
        except (ValueError, OverflowError):
            return int(number) if number.is_integer() else number


@contextmanager
def open_workbook(path: Path, data: bytes | None = None) -> Iterator[OpenBook]:
    """Open a workbook for reading, after a look at what it is.

    Parameters
    ----------
    path
        The file.
    data
        Its bytes, where they were read already: what was hashed is then what is read.

    Raises
    ------
    DataError
        If it is no workbook, is damaged or encrypted, carries macros or links to other
        files, or is larger than any table to be filled in could be.
    """
    check_workbook_file(path, data)
    with zipfile.ZipFile(path if data is None else io.BytesIO(data)) as archive:
        try:
            book = _opened(path, archive)
        except DataError:
            raise
        except (ET.ParseError, zipfile.BadZipFile, EOFError, OSError, ValueError, LookupError) as error:
            raise damaged(path, error) from None
        yield book


def _opened(path: Path, archive: zipfile.ZipFile) -> OpenBook:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

    names = set(archive.namelist())
    workbook = ET.fromstring(archive.read("xl/workbook.xml"))
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    parts = {one.get("Id", ""): _part(one.get("Target", "")) for one in relations}
    sheets = {one.get("name", ""): parts[one.get(_RELATION, "")] for one in workbook.iter(f"{_MAIN}sheet")}
    properties = workbook.find(f"{_MAIN}workbookPr")
    is_mac = properties is not None and properties.get("date1904") in {"1", "true"}
    return OpenBook(
        path=path,
        sheets={name: part for name, part in sheets.items() if part in names and "/worksheets/" in part},
        modified=_modified(archive, names),
        _archive=archive,
        _shared=_shared(path, archive) if "xl/sharedStrings.xml" in names else [],
        _formats=_formats(path, archive) if "xl/styles.xml" in names else [],
        _epoch=CALENDAR_MAC_1904 if is_mac else CALENDAR_WINDOWS_1900,
    )


def _each(part, wanted: str, where: str) -> Iterator[ET.Element]:
    """Give the elements of a name in a part; each is forgotten once the next is asked for.

    Raises
    ------
    DataError
        If one is larger than the format lets it be.
    """
    parents: list[ET.Element] = []
    held = 0
    for event, element in ET.iterparse(part, ("start", "end")):
        if event == "start":
            parents.append(element)
            held += 1
            if held > MOST_ELEMENTS:
                raise _beyond(where, say(f"每行 {MOST_ELEMENTS} 个元素", f"{MOST_ELEMENTS} elements a row"))
            continue
        parents.pop()
        if element.tag == f"{_MAIN}{wanted}":
            yield element
            if parents:
                parents[-1].clear()
            held = len(parents)
        elif element.tag not in _KEPT and parents:
            parents[-1].remove(element)
            held -= 1


def _beyond(where: str, expected: str) -> DataError:
    return DataError("workbook_too_large", where=where, expected=expected, found=say("更多", "more"))


def _places(row: ET.Element, number: int) -> Iterator[tuple[str, ET.Element]]:
    """Give each cell of a row with its name, which some programs leave out: it is then the next one."""
    from openpyxl.utils import get_column_letter

    column = 0
    for element in row.iter(f"{_MAIN}c"):
        name = element.get("r") or f"{get_column_letter(column + 1)}{row.get('r') or number}"
        column = _column(name)
        yield name, element


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _modified(archive: zipfile.ZipFile, names: set[str]) -> datetime | None:
    if "docProps/core.xml" not in names:
        return None
    for element in ET.fromstring(archive.read("docProps/core.xml")):
        if element.tag.endswith("}modified") and element.text:
            try:
                moment = datetime.fromisoformat(element.text.strip().replace("Z", "+00:00"))
                return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(OFFICE_TIME)
            except (ValueError, OverflowError):
                return None
    return None


def _shared(path: Path, archive: zipfile.ZipFile) -> list[str]:
    out: list[str] = []
    with archive.open("xl/sharedStrings.xml") as part:
        for element in _each(part, "si", f"{path} xl/sharedStrings.xml"):
            if len(out) == MOST_TEXTS:
                raise _beyond(f"{path} xl/sharedStrings.xml", say(f"{MOST_TEXTS} 个文字", f"{MOST_TEXTS} texts"))
            out.append(_clean("".join(_texts(element))))
    return out


def _texts(element: ET.Element | None) -> Iterator[str]:
    """Give the texts of a string, its runs joined; readings above the characters are left out."""
    for child in element if element is not None else ():
        if child.tag == f"{_MAIN}t":
            yield child.text or ""
        elif child.tag == f"{_MAIN}r":
            yield child.findtext(f"{_MAIN}t") or ""


def _clean(text: str) -> str:
    from openpyxl.utils.escape import unescape

    return unescape(text).replace("\r\n", "\n").replace("\r", "\n")


def _formats(path: Path, archive: zipfile.ZipFile) -> list[str]:
    """Return of each cell style whether it shows a number as a date or as a percent."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    codes, numbers = dict(BUILTIN_FORMATS), []
    parents: list[ET.Element] = []
    with archive.open("xl/styles.xml") as part:
        for event, element in ET.iterparse(part, ("start", "end")):
            if event == "start":
                parents.append(element)
            else:
                parents.pop()
                if element.tag == f"{_MAIN}numFmt":
                    codes[int(element.get("numFmtId", 0))] = element.get("formatCode", "")
                elif parents and parents[-1].tag == f"{_MAIN}cellXfs":
                    numbers.append(int(element.get("numFmtId", 0)))
                if parents:
                    parents[-1].remove(element)
            if max(len(codes), len(numbers), len(parents)) > MOST_STYLES:
                raise _beyond(f"{path} xl/styles.xml", say(f"{MOST_STYLES} 种样式", f"{MOST_STYLES} styles"))
    shown = [codes.get(number, "") for number in numbers]
    return ["date" if is_date_format(code) else "percent" if "%" in code else "" for code in shown]


def _column(name: str) -> int:
    """Return the number of a cell's column, from its name.

    Examples
    --------
    >>> _column("B7"), _column("AA1")
    (2, 27)
    """
    number = 0
    for mark in name:
        if mark.isalpha():
            number = 26 * number + ord(mark.upper()) - 64
    return number
