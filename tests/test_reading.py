"""Somebody's file, looked at before it is opened and read row by row."""

import re
import tracemalloc
import zipfile
from datetime import UTC, date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from workbook_tools import rewritten

from panjin_analysis.errors import DataError
from panjin_analysis.reading import open_workbook, safety
from panjin_analysis.reading.rows import MOST_ROWS, MOST_TEXTS

HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = b"</sheetData></worksheet>"


@pytest.fixture
def path(tmp_path):
    """Return a small workbook with one cell of every kind."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "芦苇"
    page.append(["文字", 3, 2.5, True, datetime(2024, 6, 30), time(8, 30), "=1+1", 0.1, " ", None, "=不是公式"])
    page["H1"].number_format = "0%"
    page["K1"].data_type = "s"
    book.save(tmp_path / "saved.xlsx")

    def dated(name: str, old: bytes) -> bytes:
        return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-07-01T12:00:00Z", old)

    return rewritten(tmp_path / "saved.xlsx", tmp_path / "reeds.xlsx", dated)


@pytest.fixture
def shared(tmp_path):
    """Return a workbook that keeps its texts in a part of their own, as Excel does and openpyxl does not."""
    book = xlsxwriter.Workbook(tmp_path / "shared.xlsx")
    page = book.add_worksheet("芦苇")
    page.write_row(0, 0, ["文字", " 两端有空格 ", "文字"])
    page.write_rich_string(1, 0, "a", book.add_format({"bold": True}), "b", "c")
    book.close()
    return tmp_path / "shared.xlsx"


def cells(path, sheet: str = "芦苇") -> list[list]:
    with open_workbook(path) as book:
        return list(book.rows(sheet))


def with_rows(path, to, rows: bytes):
    """Copy a workbook whose sheet has these rows instead."""
    return rewritten(path, to, lambda name, old: HEAD + rows + FOOT if name == "xl/worksheets/sheet1.xml" else old)


def refusal(path) -> DataError:
    with pytest.raises(DataError) as error:
        cells(path)
    assert str(path) in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    return error.value


def test_every_cell_is_read_with_its_name_its_kind_and_whether_it_is_a_formula_or_a_percent(path):
    (row,) = cells(path)
    assert [(cell.name, cell.value) for cell in row] == [
        ("A1", "文字"), ("B1", 3), ("C1", 2.5), ("D1", True), ("E1", datetime(2024, 6, 30)), ("F1", time(8, 30)),
        ("G1", "=1+1"), ("H1", 0.1), ("K1", "=不是公式"),
    ]  # fmt: skip
    assert [cell.name for cell in row if cell.is_formula] == ["G1"]
    assert [cell.name for cell in row if cell.is_percent] == ["H1"]


def test_the_moment_of_the_last_change_is_the_files_own(path):
    with open_workbook(path) as book:
        assert book.modified == datetime(2024, 7, 1, 12, tzinfo=UTC)


def test_the_day_of_the_last_change_is_that_of_china_wherever_it_is_read(path, tmp_path):
    def early(name: str, old: bytes) -> bytes:
        return old.replace(b"2024-07-01T12:00:00Z", b"2024-06-30T23:30:00Z")

    with open_workbook(rewritten(path, tmp_path / "early.xlsx", early)) as book:
        assert book.modified.date() == date(2024, 7, 1)


def test_a_workbook_read_into_memory_is_looked_at_and_read_there(path, tmp_path):
    with open_workbook(tmp_path / "gone.xlsx", path.read_bytes()) as book:
        assert [cell.row for cell in next(iter(book.rows("芦苇")))] == [1] * 9


def test_text_in_the_cell_itself_and_in_runs_is_read_whole(path, tmp_path):
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c></row>'  # fmt: skip
    ((cell,),) = cells(with_rows(path, tmp_path / "a.xlsx", rows))
    assert cell.value == "a b"


def test_texts_of_a_part_of_their_own_are_read_as_they_stand(shared):
    assert [[cell.value for cell in row] for row in cells(shared)] == [["文字", " 两端有空格 ", "文字"], ["abc"]]


def test_cells_and_rows_without_names_follow_each_other(path, tmp_path):
    rows = b"<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"
    found = cells(with_rows(path, tmp_path / "a.xlsx", rows))
    assert [[(cell.name, cell.value) for cell in row] for row in found] == [[("A1", 1), ("B1", 2)], [("A3", 3)]]


def with_empty_rows(path, to, count: int):
    """Copy a workbook whose sheet has a cell, many rows with nothing in them, and another cell."""
    empty = b"".join(b'<row r="%d"/>' % n for n in range(2, count + 2))
    last = b'<row r="%d"><c r="A%d"><v>2</v></c></row>' % (count + 2, count + 2)
    return with_rows(path, to, b'<row r="1"><c r="A1"><v>1</v></c></row>' + empty + last)


def test_a_million_empty_rows_are_passed_over(path, tmp_path):
    found = cells(with_empty_rows(path, tmp_path / "large.xlsx", 1_000_000))
    assert [[(cell.name, cell.value) for cell in row] for row in found] == [[("A1", 1)], [("A1000002", 2)]]


def test_empty_rows_cost_no_memory(path, tmp_path):
    def peak(count: int) -> int:
        large = with_empty_rows(path, tmp_path / "large.xlsx", count)
        tracemalloc.start()
        assert len(cells(large)) == 2
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded once
    assert peak(50_000) - peak(5_000) < 200_000  # four bytes a row; an element takes hundreds


def test_more_rows_than_any_task_table_has_are_refused(path, tmp_path):
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, MOST_ROWS + 2))
    assert refusal(with_rows(path, tmp_path / "a.xlsx", rows)).kind == "unsafe_workbook"


def test_an_archive_that_swells_is_refused_before_it_is_unpacked(path, tmp_path, monkeypatch):
    bomb = tmp_path / "bomb.xlsx"
    rewritten(path, bomb, lambda name, old: old, {"xl/worksheets/sheet9.xml": b"0" * 40_000_000})
    assert bomb.stat().st_size < 100_000
    monkeypatch.setattr(safety, "LARGEST", 30_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    assert refusal(bomb).kind == "unsafe_workbook"


def test_a_part_that_is_read_at_once_has_a_limit_of_its_own(shared, tmp_path):
    texts = b"<sst>" + b" " * (safety.LARGEST_PART + 1) + b"</sst>"
    bomb = rewritten(shared, tmp_path / "bomb.xlsx", lambda name, old: texts if name == "xl/sharedStrings.xml" else old)
    assert refusal(bomb).kind == "unsafe_workbook"


def test_entities_that_multiply_are_refused(path, tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    to = rewritten(path, tmp_path / "a.xlsx", lambda name, old: bomb if name == "xl/workbook.xml" else old)
    assert refusal(to).kind == "unsafe_workbook"


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other files"),
        ("xl/macrosheets/sheet1.xml", "macros"),
    ],
)
def test_macros_and_links_to_other_files_are_refused(path, tmp_path, part, word):
    to = rewritten(path, tmp_path / "a.xlsm", lambda name, old: old, {part: b"<x/>"})
    error = refusal(to)
    assert (error.kind, word in str(error)) == ("unsafe_workbook", True)


def test_a_file_that_is_no_workbook_is_refused_in_one_line(path, tmp_path):
    contents = {
        "empty.xlsx": b"",
        "text.xlsx": b"just text",
        "encrypted.xlsx": safety.OLE + b"\0" * 600,
        "cut.xlsx": path.read_bytes()[:-400],
        "half.xlsx": path.read_bytes()[: path.stat().st_size // 2],
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        assert refusal(tmp_path / name).kind == "not_workbook", name
    assert refusal(tmp_path / "absent.xlsx").kind == "not_workbook"
    assert refusal(tmp_path).kind == "not_workbook"
    assert "encrypted" in str(refusal(tmp_path / "encrypted.xlsx"))
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(tmp_path / "other.xlsx").kind == "not_workbook"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
@pytest.mark.parametrize("damage", [lambda old: old[: len(old) // 2], lambda old: b"\xff" + old], ids=["cut", "bytes"])
def test_damage_inside_is_one_line_too(shared, tmp_path, part, damage):
    to = rewritten(shared, tmp_path / "a.xlsx", lambda name, old: damage(old) if name == part else old)
    assert refusal(to).kind == "not_workbook"


def test_an_index_that_points_nowhere_is_damage(path, tmp_path):
    rows = b'<row r="1"><c r="A1" t="s"><v>999</v></c></row>'
    assert refusal(with_rows(path, tmp_path / "a.xlsx", rows)).kind == "not_workbook"


def test_a_row_of_more_cells_than_the_format_has_is_refused_while_it_is_read(path, tmp_path):
    bomb = with_rows(path, tmp_path / "bomb.xlsx", b"<row>" + b"<c/>" * 3_000_000 + b"</row>")
    tracemalloc.start()
    assert refusal(bomb).kind == "workbook_too_large"
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 60_000_000


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/sharedStrings.xml", b"<sst xmlns='%s'>" + b"<si/>" * (MOST_TEXTS + 1) + b"</sst>"),
        ("xl/sharedStrings.xml", b"<sst xmlns='%s'><si>" + b"<t/>" * 1_000_000 + b"</si></sst>"),
        ("xl/styles.xml", b"<styleSheet xmlns='%s'><cellXfs>" + b"<xf/>" * 1_000_000 + b"</cellXfs></styleSheet>"),
    ],
    ids=["texts", "one text", "styles"],
)
def test_more_texts_or_styles_than_any_workbook_has_are_refused(shared, tmp_path, part, content):
    new = content.replace(b"%s", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main")
    error = refusal(rewritten(shared, tmp_path / "a.xlsx", lambda name, old: new if name == part else old))
    assert (error.kind, part in str(error)) == ("workbook_too_large", True)


def test_a_number_too_large_to_be_a_day_stays_a_number(path, tmp_path):
    style = re.search(rb'<c r="E1" s="(\d+)"', zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml"))[1]
    rows = b'<row r="1"><c r="A1" s="%s"><v>20240630</v></c></row>' % style
    assert [cell.value for cell in cells(with_rows(path, tmp_path / "a.xlsx", rows))[0]] == [20240630]
