"""Checks of the workbook as a whole: names, titles, what is hidden or floats, how it opens."""

import re
from collections.abc import Iterator

from panjin_analysis.accessibility.opened import Opened

Found = Iterator[tuple[str, str, str]]
_DEFAULT_SHEET = re.compile(r"(sheet|工作表|tabelle)[ _]?\d*", re.IGNORECASE)


def hidden(opened: Opened) -> Found:
    """Hidden sheets, rows and columns."""
    for page in opened.pages:
        if page.sheet_state != "visible":
            yield page.title, "工作表隐藏", "the sheet is hidden"
        for number, row in page.row_dimensions.items():
            if row.hidden:
                yield f"{page.title}!{number}", "行隐藏", "the row is hidden"
        for letter, column in page.column_dimensions.items():
            if column.hidden:
                yield f"{page.title}!{letter}", "列隐藏", "the column is hidden"


def untitled(opened: Opened) -> Found:
    """Sheets without a title in A1."""
    for page in opened.pages:
        if not isinstance(page["A1"].value, str) or not page["A1"].value.strip():
            yield f"{page.title}!A1", "没有标题", "there is no title"


def default_names(opened: Opened) -> Found:
    """Sheets that have the name that a program gives."""
    for page in opened.pages:
        if _DEFAULT_SHEET.fullmatch(page.title):
            yield page.title, "默认名称", "a default name"


def blank_sheets(opened: Opened) -> Found:
    """Sheets without any content."""
    for page in opened.pages:
        if next(opened.cells(page), None) is None:
            yield page.title, "空工作表", "a blank sheet"


def headers_footers(opened: Opened) -> Found:
    """Page headers and footers, which screen readers do not read."""
    for page in opened.pages:
        parts = [page.oddHeader, page.oddFooter, page.evenHeader, page.evenFooter, page.firstHeader, page.firstFooter]
        if any(part and any(side.text for side in (part.left, part.center, part.right)) for part in parts):
            yield page.title, "有页眉或页脚", "a page header or footer"


def floating(opened: Opened) -> Found:
    """Whatever floats over the cells: boxes, pictures, charts, backgrounds."""
    for part, name, _ in opened.drawings():
        yield part, f"浮动对象 {name}", f"a floating object {name}"
    for part, xml in opened.sheet_text():
        if b"<picture " in xml:
            yield part, "背景图", "a background picture"


def without_alt_text(opened: Opened) -> Found:
    """Pictures and charts that say nothing to those who cannot see them."""
    for part, name, text in opened.drawings():
        if not text.strip():
            yield part, f"{name} 没有替代文字", f"{name} has no alt text"


def cursor(opened: Opened) -> Found:
    """A workbook that does not open at the top of its first sheet."""
    first = opened.pages[0]
    if opened.book.active is not None and opened.book.active.title != first.title:
        yield opened.book.active.title, "打开时不在第一个工作表", "it opens at another sheet"
    selected = first.sheet_view.selection[0].activeCell if first.sheet_view.selection else "A1"
    if (selected or "A1") != "A1":
        yield f"{first.title}!{selected}", "光标不在 A1", "the cursor is elsewhere"


def document_title(opened: Opened) -> Found:
    """A document without a title in its properties."""
    if not (opened.book.properties.title or "").strip():
        yield "", "没有标题", "there is none"


def document_language(opened: Opened) -> Found:
    """A document without a language in its properties."""
    if not (opened.book.properties.language or "").strip():
        yield "", "没有语言", "there is none"
