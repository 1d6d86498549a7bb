"""A workbook: cover, contents, then the sheets; the same input gives the same bytes."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from panjin_analysis.excel.formats import Formats
from panjin_analysis.excel.layout import LINE, SIZE, Layout
from panjin_analysis.excel.page import set_up_page, write_page
from panjin_analysis.excel.sheet import Profile, Sheet
from panjin_analysis.excel.words import LANGUAGE, word
from panjin_analysis.files import write_whole
from panjin_analysis.load import data_dir, read_package
from panjin_analysis.style import wrap

COVER_WIDTH = 80  # half-width characters


@dataclass(frozen=True)
class Book:
    """A workbook before it is written: its title, what the cover says, and its sheets."""

    title: str
    cover: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    lang: str = "zh"
    profile: Profile = "office"


def write_workbook(book: Book, path: Path) -> Path:
    """Write a workbook; return its path.

    Raises
    ------
    DataError
        If the place cannot be written.
    """
    return write_whole(path, workbook_bytes(book))


def workbook_bytes(book: Book) -> bytes:
    """Return the workbook as ``write_workbook`` writes it."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    file = xlsxwriter.Workbook(out, options)
    created = datetime.fromisoformat(read_package(data_dir())["created"])
    file.set_properties(
        {"title": book.title, "subject": "政府工作报告", "author": "panjin_analysis", "created": created}
    )
    formats = Formats(file, book.profile, book.lang)
    sheets = [contents_sheet(book), *book.sheets]
    layouts = {sheet.key: Layout(sheet, book.profile, book.lang) for sheet in sheets}
    _write_cover(file, formats, book)
    for sheet in sheets:
        write_page(file, formats, layouts, sheet.key)
    file.close()
    growing = [place for place, sheet in enumerate(sheets, 2) if sheet.inputs]  # the cover is the first sheet
    return _finished(out.getvalue(), LANGUAGE[book.lang], [f"xl/worksheets/sheet{place}.xml" for place in growing])


def contents_sheet(book: Book) -> Sheet:
    """Return the sheet that lists the others, each a link."""
    lang = book.lang
    rows = [(sheet.name, sheet.title, len(sheet.table), sheet.key) for sheet in book.sheets]
    table = pd.DataFrame(rows, columns=["sheet", "title", "rows", "key"])
    return Sheet(
        key="contents",
        name=word("contents", lang),
        title=word("contents", lang),
        table=table,
        shown=("sheet", "title", "rows"),
        headers={name: word(name, lang) for name in ("sheet", "title", "rows")},
        widths={"sheet": 22, "title": 66, "rows": 9},
        tops={"sheet": "key"},
        is_portrait=True,
    )


def _write_cover(file, formats: Formats, book: Book) -> None:
    page = file.add_worksheet(word("cover", book.lang))
    page.set_column(0, 0, COVER_WIDTH)
    size = LINE * SIZE[book.profile]
    page.write_string(0, 0, book.title, formats.title)
    page.set_row(0, 30)
    for row, (what, said) in enumerate(book.cover, 1):
        line = f"{what}{'：' if book.lang == 'zh' else ': '}{said}"
        page.write_string(row, 0, line, formats.plain)
        page.set_row(row, size * len(wrap(line, COVER_WIDTH - 14)) + 4)
    link = formats.get(font_color="#0563C1", underline=1)
    contents, row = word("contents", book.lang), len(book.cover) + 1
    text = f"{word('go_to', book.lang)}{'' if book.lang == 'zh' else ' '}{contents}"
    page.write_url(row, 0, f"internal:'{contents}'!A1", link, string=text, tip=text)
    page.set_row(row, size + 4)
    set_up_page(page, formats, book.lang, is_portrait=True)
    if formats.profile == "office":
        page.hide_gridlines(2)


def _finished(data: bytes, language: str, growing: list[str]) -> bytes:
    """Add what XlsxWriter cannot: the document's language, and rows that grow when they are filled.

    A row whose height is marked as set by hand hides what is typed beyond it; without the
    mark it begins at that height and grows.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                content = content.replace(end, f"<dc:language>{language}</dc:language>".encode() + end)
            elif entry.filename in growing:
                content = content.replace(b' customHeight="1"', b"")
            new.writestr(entry, content)
    return out.getvalue()
