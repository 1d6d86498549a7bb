"""Checks of what is written: visible, large, upright, in contrast, without signs that need sight."""

import re
from collections.abc import Iterator
from typing import Any

from panjin_analysis.accessibility.opened import Opened
from panjin_analysis.excel.layout import lines_of, shown
from panjin_analysis.style import contrast, text_width

Found = Iterator[tuple[str, str, str]]
SMALLEST = 12  # points
DEFAULT_WIDTH = 8.43
_RAISED = re.compile(r"[¹²³⁰⁴-⁹ᵃ-ᶻ]")
_SYMBOL = re.compile(r"\S\s?[*†‡§¶#]+$")
_BARE = re.compile(r"(https?://|www\.)\S+|点击(这里|此处)|(click )?here|link|链接", re.IGNORECASE)


def cut_off(opened: Opened) -> Found:
    """Text in a table that is wider than its cell and not wrapped, or has more lines than its row shows."""
    for page in opened.pages:
        widths = _widths(page)
        for block in opened.blocks(page):
            for row in [block.header(), *block.rows()]:
                for cell in row:
                    if isinstance(cell.value, str) and _is_cut(page, cell, widths.get(cell.column, DEFAULT_WIDTH)):
                        yield f"{page.title}!{cell.coordinate}", f"文字“{cell.value[:20]}”不全可见", f"“{cell.value[:20]}” is not fully visible"  # fmt: skip


def _widths(page) -> dict[int, float]:
    """Return the width of each column; the file gives neighbours of one width together."""
    groups = [column for column in page.column_dimensions.values() if column.width and column.min and column.max]
    return {place: float(one.width) for one in groups for place in range(one.min, min(one.max, 500) + 1)}


def _is_cut(page, cell, width: float) -> bool:
    size = float(cell.font.sz or 11)
    room = width * 11 / max(size, 11)  # a column's width is counted in digits of 11 points
    if not cell.alignment.wrap_text:
        return text_width(shown(cell.value)) > room + 1
    height = page.row_dimensions[cell.row].height
    lines = len(lines_of(str(cell.value), room + 1))
    return height is not None and lines * size * 1.2 > height + 1


def superscript(opened: Opened) -> Found:
    """Raised characters, by format or by code point."""
    for page, cell in _cells(opened):
        runs = [run.font for run in cell.value if hasattr(run, "font")] if isinstance(cell.value, list) else []
        is_raised = any(font is not None and font.vertAlign == "superscript" for font in [cell.font, *runs])
        if is_raised or _RAISED.search(str(cell.value).replace("m²", "").replace("m³", "")):
            yield f"{page.title}!{cell.coordinate}", "上标", "a superscript"


def symbols(opened: Opened) -> Found:
    """Cells that end with a symbol that stands for a note."""
    for page, cell in _cells(opened):
        if isinstance(cell.value, str) and _SYMBOL.search(cell.value.strip()):
            yield f"{page.title}!{cell.coordinate}", f"“{cell.value.strip()[-8:]}”以符号结尾", f"“{cell.value.strip()[-8:]}” ends with a symbol"  # fmt: skip


def small(opened: Opened) -> Found:
    """Text smaller than 12 points; the first cell of each sheet and size is named."""
    seen = set()
    for page, cell in _cells(opened):
        size = float(cell.font.sz or 11)
        if size < SMALLEST and (page.title, size) not in seen:
            seen.add((page.title, size))
            yield f"{page.title}!{cell.coordinate}", f"{size:g} 磅", f"{size:g} points"


def slanted(opened: Opened) -> Found:
    """Italic or turned text."""
    for page, cell in _cells(opened):
        if cell.font.i or cell.alignment.textRotation:
            yield f"{page.title}!{cell.coordinate}", "斜体或旋转", "italic or turned"


def faint(opened: Opened) -> Found:
    """Text that does not stand out from its ground, where both colours are given outright."""
    for page, cell in _cells(opened):
        ink, ground = _rgb(cell.font.color) or "#000000", _ground(cell)
        if contrast(ink, ground) < 4.5:
            yield f"{page.title}!{cell.coordinate}", f"{ink} 在 {ground} 上", f"{ink} on {ground}"


def filled(opened: Opened) -> Found:
    """Fills in the body of a table, set or by condition."""
    for page in opened.pages:
        for block in opened.blocks(page):
            marked = [cell for row in block.rows() for cell in row if _ground(cell) != "#FFFFFF"]
            if marked:
                yield (
                    f"{page.title}!{marked[0].coordinate}",
                    f"{len(marked)} 格有底色",
                    f"{len(marked)} cells have a fill",
                )
        if len(page.conditional_formatting):
            yield page.title, "有条件格式", "conditional formatting"


def bare_links(opened: Opened) -> Found:
    """Links whose text is an address or says nothing."""
    for page, cell in _cells(opened):
        if cell.hyperlink and _BARE.fullmatch(str(cell.value).strip()):
            yield f"{page.title}!{cell.coordinate}", f"链接文字为“{cell.value}”", f"the text is “{cell.value}”"


def _cells(opened: Opened) -> Iterator[tuple[Any, Any]]:
    for page in opened.pages:
        for cell in opened.cells(page):
            yield page, cell


def _ground(cell) -> str:
    fill = cell.fill
    return (_rgb(fill.fgColor) or "#FFFFFF") if fill is not None and fill.fill_type == "solid" else "#FFFFFF"


def _rgb(colour) -> str | None:
    """Return a colour as matplotlib reads it; of a theme's colours a file does not say which they are."""
    value = getattr(colour, "rgb", None) if colour is not None and colour.type == "rgb" else None
    return f"#{value[-6:]}" if isinstance(value, str) and len(value) >= 6 else None
