"""The checklist: what a published workbook must be so that everybody can read it.

The essential items of the UK government's checklist for accessible spreadsheets that a
program can decide. Whether a text is plain or a colour carries meaning, only a person can.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from panjin_analysis.accessibility import structure, tables, text
from panjin_analysis.accessibility.opened import Opened, open_to_check
from panjin_analysis.errors import say

Found = Iterator[tuple[str, str, str]]  # where, and what was found there in Chinese and in English


@dataclass(frozen=True)
class Check:
    """One item of the checklist: what it asks for, and what finds where it fails."""

    key: str
    asks_zh: str
    asks_en: str
    find: Callable[[Opened], Found]


@dataclass(frozen=True)
class Failure:
    """A place where an item fails."""

    check: str
    where: str
    asks: tuple[str, str]
    found: tuple[str, str]

    def says(self) -> str:
        """Return what was asked for and what was found, in the user's language."""
        asks, found = say(*self.asks), say(*self.found)
        return say(f"{asks}；{found}", f"{asks}; {found}")


_CHECKS = (
    Check("marked", "表格应为“表格”对象，表外文字只放 A 列", "tables are marked up; text outside stands in column A", tables.unmarked),
    Check("named", "表格应有自己的名称", "tables have meaningful names", tables.unnamed),
    Check("merged", "不应有合并单元格", "no merged cells", tables.merged),
    Check("blank_rows", "表内不应有空行空列", "no blank rows or columns in tables", tables.blank_lines),
    Check("header", "每表一行表头，不空、不重复", "one header row, every header filled and unique", tables.headers),
    Check("one_table", "每个工作表一张表", "one table a sheet", tables.several),
    Check("column_a", "表格应从 A 列开始，下面没有内容", "tables start in column A, nothing stands below", tables.astray),
    Check("blank_cells", "空格应有说明", "empty cells are explained", tables.unexplained),
    Check("hidden", "不应隐藏行、列、工作表", "no hidden rows, columns or sheets", structure.hidden),
    Check("wrapped", "文字应换行且完全可见", "text is wrapped and fully visible", text.cut_off),
    Check("superscript", "不应用上标标注", "no superscript", text.superscript),
    Check("symbols", "不应用符号标注", "no symbols as note markers", text.symbols),
    Check("size", "字号应不小于 12", "text of 12 points or more", text.small),
    Check("upright", "文字应水平、不用斜体", "text is horizontal and not italic", text.slanted),
    Check("contrast", "文字与底色对比应不低于 4.5:1", "text contrasts with its ground by 4.5:1", text.faint),
    Check("fill", "表内不应以底色区分", "no fills in the body of a table", text.filled),
    Check("links", "链接文字应说明去处", "link texts say where they lead", text.bare_links),
    Check("title", "每个工作表 A1 应为标题", "every sheet has its title in A1", structure.untitled),
    Check("sheet_names", "工作表应有自己的名称", "sheets have meaningful names", structure.default_names),
    Check("blank_sheets", "不应有空工作表", "no blank sheets", structure.blank_sheets),
    Check("headers_footers", "不应有页眉页脚", "no page headers or footers", structure.headers_footers),
    Check("floating", "不应有浮动的文本框、图片、图表和背景图", "no floating boxes, pictures, charts or backgrounds", structure.floating),
    Check("alt_text", "图片图表应有替代文字", "pictures and charts have alt text", structure.without_alt_text),
    Check("cursor", "打开时应在第一个工作表的 A1", "opens at A1 of the first sheet", structure.cursor),
    Check("document_title", "文件属性应有标题", "the document has a title", structure.document_title),
    Check("language", "文件属性应有语言", "the document has a language", structure.document_language),
)  # fmt: skip


def checks() -> tuple[Check, ...]:
    """Return the items, in order.

    Examples
    --------
    >>> len({check.key for check in checks()}) == len(checks())
    True
    """
    return _CHECKS


def check_workbook(path: Path | str) -> list[Failure]:
    """Return every place where a workbook fails the checklist; an empty list is a pass.

    Raises
    ------
    DataError
        If it cannot be read, or carries macros or links to other files.
    """
    opened = open_to_check(Path(path))
    return [
        Failure(check.key, f"{Path(path).name} {where}".strip(), (check.asks_zh, check.asks_en), (zh, en))
        for check in _CHECKS
        for where, zh, en in check.find(opened)
    ]
