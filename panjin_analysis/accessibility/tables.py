"""Checks of tables: marked up, named, one a sheet, without merged or blank parts."""

import re
from collections.abc import Iterator

from panjin_analysis.accessibility.opened import Block, Opened

Found = Iterator[tuple[str, str, str]]
_DEFAULT_TABLE = re.compile(r"(table|表|表格)[ _]?\d+", re.IGNORECASE)
_DEFAULT_HEADER = re.compile(r"(column|列)\d*", re.IGNORECASE)
_EXPLAINED = re.compile(r"空格|空白|空单元格|empty cell|blank cell|blank", re.IGNORECASE)


def unmarked(opened: Opened) -> Found:
    """Cells outside column A that belong to no table."""
    for page in opened.pages:
        blocks = opened.blocks(page)
        outside = [c for c in opened.cells(page) if c.column > 1 and not any(block.holds(c) for block in blocks)]
        if outside:
            first, last = outside[0].coordinate, outside[-1].coordinate
            yield f"{page.title}!{first}", f"{first} 至 {last} 共 {len(outside)} 格不在表中", f"{len(outside)} cells from {first} to {last} are in no table"  # fmt: skip


def unnamed(opened: Opened) -> Found:
    """Tables that have the name that a program gives."""
    for page in opened.pages:
        for block in opened.blocks(page):
            if _DEFAULT_TABLE.fullmatch(block.name):
                yield page.title, f"名称为 {block.name}", f"the name is {block.name}"


def merged(opened: Opened) -> Found:
    """Merged cells."""
    for page in opened.pages:
        for cells in page.merged_cells.ranges:
            yield f"{page.title}!{cells.coord}", "合并单元格", "merged cells"


def blank_lines(opened: Opened) -> Found:
    """Rows and columns of a table that hold nothing."""
    from openpyxl.utils import get_column_letter

    for page in opened.pages:
        for block in opened.blocks(page):
            rows = [[_is_blank(cell.value) for cell in row] for row in block.rows()]
            for number, row in enumerate(rows, block.top + block.headers):
                if all(row):
                    yield f"{page.title}!{number}", "空行", "a blank row"
            for place, column in enumerate(zip(*rows, strict=True), block.left):
                if column and all(column):
                    yield f"{page.title}!{get_column_letter(place)}", "空列", "a blank column"


def headers(opened: Opened) -> Found:
    """Headers that are lacking, empty, repeated or made up by a program."""
    for page in opened.pages:
        for block in opened.blocks(page):
            if block.headers != 1:
                yield page.title, f"{block.headers} 行表头", f"{block.headers} header rows"
                continue
            yield from _bad_headers(page, block)


def _bad_headers(page, block: Block) -> Found:
    seen: set[str] = set()
    for cell in block.header():
        name = "" if cell.value is None else str(cell.value).strip()
        if not name or _DEFAULT_HEADER.fullmatch(name):
            yield f"{page.title}!{cell.coordinate}", f"表头为“{name}”", f"the header is “{name}”"
        elif name.casefold() in seen:
            yield f"{page.title}!{cell.coordinate}", f"表头“{name}”重复", f"the header “{name}” stands twice"
        seen.add(name.casefold())


def several(opened: Opened) -> Found:
    """Sheets with more than one table."""
    for page in opened.pages:
        count = len(page.tables)
        if count > 1:
            yield page.title, f"{count} 张表", f"{count} tables"


def astray(opened: Opened) -> Found:
    """Tables that begin elsewhere than in column A, and what stands below a table."""
    for page in opened.pages:
        for block in opened.blocks(page):
            if block.left != 1:
                yield f"{page.title} {block.name}", f"从第 {block.left} 列开始", f"it begins in column {block.left}"
            below = [cell for cell in opened.cells(page) if cell.row > block.bottom + block.total]
            if below:
                yield f"{page.title}!{below[0].coordinate}", "表下有内容", "something stands below the table"


def unexplained(opened: Opened) -> Found:
    """Empty cells of a table whose sheet does not say what they mean."""
    for page in opened.pages:
        for block in opened.blocks(page):
            empty = [cell.coordinate for row in block.rows() for cell in row if _is_blank(cell.value)]
            above = [str(cell.value) for cell in opened.cells(page) if cell.row < block.top]
            if empty and not any(_EXPLAINED.search(line) for line in above):
                yield f"{page.title}!{empty[0]}", f"{len(empty)} 个空格没有说明", f"{len(empty)} empty cells, not explained"  # fmt: skip


def _is_blank(value: object) -> bool:
    return value is None or not str(value).strip()
