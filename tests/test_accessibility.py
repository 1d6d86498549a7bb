"""The checklist: a workbook that passes, and for each item one that fails and is told where."""

import re

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.table import Table
from workbook_tools import rewritten

from panjin_analysis.accessibility import check_workbook, checks
from panjin_analysis.accessibility.opened import open_to_check
from panjin_analysis.errors import DataError

ROWS = [["地方", "人数"], ["甲", 12], ["乙", 7]]
LARGE = Font(name="Arial", size=12)


@pytest.fixture
def book():
    """Return a small workbook that passes: a title, a line, one marked table."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "人数"
    page["A1"], page["A2"] = "各地人数", "单位：人"
    for number, row in enumerate(ROWS, 3):
        for place, value in enumerate(row, 1):
            page.cell(number, place, value).alignment = Alignment(wrap_text=True)
    table = Table(displayName="People", ref="A3:B5")
    page.add_table(table)
    for row in page.iter_rows():
        for cell in row:
            cell.font = LARGE
    book.properties.title, book.properties.language = "人数", "zh-CN"
    return book


def failed(book, tmp_path, edit=None) -> dict[str, str]:
    """Return the items that fail, with the first place of each."""
    path = tmp_path / "a.xlsx"
    book.save(path)
    if edit:
        path = rewritten(path, tmp_path / "b.xlsx", edit)
    out: dict[str, str] = {}
    for failure in check_workbook(path):
        out.setdefault(failure.check, failure.where)
    return out


def test_a_plain_workbook_with_a_marked_table_passes(book, tmp_path):
    assert failed(book, tmp_path) == {}


def picture(book):
    import io

    from matplotlib.figure import Figure

    png = io.BytesIO()
    Figure(figsize=(1, 1)).savefig(png, format="png")
    book["人数"].add_image(Image(png), "D1")


def on(place: str, value=None, **what):
    def spoil(book):
        cell = book["人数"][place]
        if value is not None:
            cell.value = value
        for name, one in what.items():
            setattr(cell, name, one)

    return spoil


def add_table(book, name: str, ref: str):
    page = book["人数"]
    page.add_table(Table(displayName=name, ref=ref))


def second_table(book):
    page = book["人数"]
    for place, value in {"D3": "甲栏", "E3": "乙栏", "D4": 1, "E4": 2}.items():
        page[place], page[place].font = value, LARGE
    add_table(book, "Other", "D3:E4")


def unmark(book):
    book["人数"].tables.clear()


def rename(book):
    table = book["人数"].tables.pop("People")
    table.displayName = table.name = "Table1"
    book["人数"].add_table(table)


def merge(book):
    book["人数"].merge_cells("A1:B1")


def blank_row(book):
    for place in ("A4", "B4"):
        book["人数"][place].value = None
    book["人数"]["A2"] = "单位：人。空格表示没有。"


def blank_cell(book):
    book["人数"]["B4"].value = None


def hide_row(book):
    book["人数"].row_dimensions[4].hidden = True


def hide_column(book):
    book["人数"].column_dimensions["B"].hidden = True


def hide_sheet(book):
    page = book.create_sheet("别的")
    page["A1"], page["A1"].font = "别的", LARGE
    page.sheet_state = "hidden"


def add_blank(book):
    book.create_sheet("空的")


def default_name(book):
    book["人数"].title = "Sheet1"


def footer(book):
    book["人数"].oddFooter.left.text = "第 &P 页"


def second_active(book):
    page = book.create_sheet("别的")
    page["A1"], page["A1"].font = "别的", LARGE
    book.active = 1


def cursor(book):
    book["人数"].sheet_view.selection[0].activeCell = "B7"


def no_title(book):
    book.properties.title = None


def no_language(book):
    book.properties.language = None


def condition(book):
    book["人数"].conditional_formatting.add("B4:B5", CellIsRule(operator="lessThan", formula=["9"], fill=PatternFill(bgColor="FF0000")))  # fmt: skip


def link(text: str):
    def spoil(book):
        book["人数"]["A4"].value = text
        book["人数"]["A4"].hyperlink = "https://example.org/x"
        book["人数"]["A4"].font = LARGE

    return spoil


SPOILED = {
    "no_table": (unmark, "marked", "人数!B3"),
    "default_table_name": (rename, "named", "人数"),
    "merged_title": (merge, "merged", "人数!A1:B1"),
    "blank_row": (blank_row, "blank_rows", "人数!4"),
    "empty_header": (on("B3", ""), "header", "人数!B3"),
    "two_tables": (second_table, "one_table", "人数"),
    "table_not_in_column_a": (second_table, "column_a", "人数 Other"),
    "text_below": (on("A8", "注：自拟", font=LARGE), "column_a", "人数!A8"),
    "blank_cell": (blank_cell, "blank_cells", "人数!B4"),
    "hidden_row": (hide_row, "hidden", "人数!4"),
    "hidden_column": (hide_column, "hidden", "人数!B"),
    "hidden_sheet": (hide_sheet, "hidden", "别的"),
    "not_wrapped": (on("A4", "这一格里的字远远多于列宽所能显示的", alignment=Alignment(wrap_text=False)), "wrapped", "人数!A4"),
    "superscript": (on("A4", font=Font(size=12, vertAlign="superscript")), "superscript", "人数!A4"),
    "superscript_sign": (on("A4", "甲¹"), "superscript", "人数!A4"),
    "star": (on("A4", "甲*"), "symbols", "人数!A4"),
    "small": (on("A4", font=Font(size=9)), "size", "人数!A4"),
    "italic": (on("A4", font=Font(size=12, italic=True)), "upright", "人数!A4"),
    "turned": (on("A4", alignment=Alignment(text_rotation=90, wrap_text=True)), "upright", "人数!A4"),
    "faint": (on("A4", font=Font(size=12, color="FFCCCCCC")), "contrast", "人数!A4"),
    "fill": (on("A4", fill=PatternFill("solid", fgColor="FFFFFF00")), "fill", "人数!A4"),
    "condition": (condition, "fill", "人数"),
    "link_is_address": (link("https://example.org/x"), "links", "人数!A4"),
    "link_says_here": (link("点击这里"), "links", "人数!A4"),
    "no_title_in_a1": (on("A1", " "), "title", "人数!A1"),
    "default_sheet_name": (default_name, "sheet_names", "Sheet1"),
    "blank_sheet": (add_blank, "blank_sheets", "空的"),
    "footer": (footer, "headers_footers", "人数"),
    "picture": (picture, "floating", "drawing1"),
    "picture_without_words": (picture, "alt_text", "drawing1"),
    "second_sheet_active": (second_active, "cursor", "别的"),
    "cursor": (cursor, "cursor", "人数!B7"),
    "no_document_title": (no_title, "document_title", ""),
    "no_language": (no_language, "language", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_an_item_fails_where_it_is_broken(book, tmp_path, name):
    spoil, item, place = SPOILED[name]
    spoil(book)

    def edit(part: str, content: bytes) -> bytes:
        return (
            re.sub(rb'descr="[^"]*"', b"", content)
            if name == "picture_without_words" and "drawing" in part
            else content
        )

    found = failed(book, tmp_path, edit)
    assert item in found
    assert place in found[item]


def test_every_item_has_a_case_that_breaks_it():
    assert {item for _, item, _ in SPOILED.values()} == {check.key for check in checks()}


def test_a_row_too_low_for_its_lines_is_found(book, tmp_path):
    on("A4", "这一格里的字远远多于列宽所能显示的")(book)
    book["人数"].row_dimensions[4].height = 15
    assert failed(book, tmp_path)["wrapped"] == "a.xlsx 人数!A4"
    book["人数"].row_dimensions[4].height = 120
    assert failed(book, tmp_path) == {}


def test_a_comment_or_an_ordinary_link_is_no_failure(book, tmp_path):
    book["人数"]["B4"].comment = Comment("注", "某")
    link("盘锦市统计公报")(book)
    assert set(failed(book, tmp_path)) <= {"contrast"}


def test_a_file_that_is_no_workbook_is_one_line(tmp_path):
    (tmp_path / "a.xlsx").write_text("text")
    with pytest.raises(DataError, match=r"a\.xlsx"):
        check_workbook(tmp_path / "a.xlsx")


def test_two_cells_far_apart_are_two_cells(book, tmp_path):
    on("XFD3000", "远")(book)
    book.save(tmp_path / "a.xlsx")
    opened = open_to_check(tmp_path / "a.xlsx")
    assert [cell.coordinate for cell in opened.cells(opened.book["人数"])][-1] == "XFD3000"
    check_workbook(tmp_path / "a.xlsx")
    assert max(len(page._cells) for page in opened.pages) < 20


def test_a_merged_range_of_millions_of_cells_is_refused_before_it_is_opened(book, tmp_path):
    book.save(tmp_path / "a.xlsx")
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="D1:XFD3000"/></mergeCells>'
    to = rewritten(tmp_path / "a.xlsx", tmp_path / "b.xlsx", lambda name, old: old.replace(b"</sheetData>", merged))
    with pytest.raises(DataError, match=r"b\.xlsx xl/worksheets/sheet1\.xml: expected at most 500000 cells"):
        check_workbook(to)
