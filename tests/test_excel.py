"""A workbook read back, by two libraries that did not write it: both profiles, both languages."""

import io
import re
import zipfile
from datetime import date, datetime

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from workbook_tools import load

from panjin_analysis.excel import (
    Book,
    Chart,
    Input,
    Layout,
    Link,
    Sheet,
    header,
    labelled,
    workbook_bytes,
    write_workbook,
)
from panjin_analysis.excel.layout import SMALLEST, lines_of
from panjin_analysis.load import codebook, data_dir, read_package
from panjin_analysis.style import text_width

RISKY = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1"]
TABLE = pd.DataFrame(
    {
        "commitment_id": ["A1", "A2", "A3"],
        "label_zh": ["=1+1", "普通名称", pd.NA],
        "domain": pd.Categorical(["health", "talent", None], ["health", "talent"]),
        "is_striving": pd.array([True, False, pd.NA], dtype="boolean"),
        "value": pd.array([1234.5, 0, pd.NA], dtype="Float64"),
        "paragraph_no": pd.array([3, -2, pd.NA], dtype="Int64"),
        "due_on": pd.to_datetime(["2024-12-31", "2024-06-30", None]).astype("datetime64[us]"),
        "doubled": pd.array([2469.0, 0, pd.NA], dtype="Float64"),
    }
)
CELLS = [
    ["A1", "=1+1", "卫生健康", "是", 1234.5, 3, date(2024, 12, 31), 2469],
    ["A2", "普通名称", "人才", "否", 0, -2, date(2024, 6, 30), 0],
    ["A3", None, None, None, None, None, None, None],
]
SHEET = Sheet(
    key="reeds",
    name="承诺",
    title="示例",
    table=TABLE,
    notes=("编号为自拟。",),
    source="自拟",
    units="项",
    headers={"doubled": "两倍"},
    formulas={"doubled": lambda layouts, row: f"={layouts['reeds'].letter('value')}{row}*2"},
    totals=("value", "doubled"),
    bars=("value",),
    chart=Chart("数值", "项", "条形图：数值。", {"value": "#12436D"}),
)
OTHER = Sheet("other", "另一张", "另一张", pd.DataFrame({"commitment_id": ["A2", "B9"]}), links={"commitment_id": Link("reeds", "commitment_id", "commitment_id")})  # fmt: skip
BOOK = Book("示例汇编", (("来源", "=自拟"),), (SHEET, OTHER))
HEAD = Layout(SHEET, "office", "zh").head + 1  # as Excel counts


@pytest.fixture(scope="module")
def made() -> bytes:
    return workbook_bytes(BOOK)


@pytest.fixture(scope="module")
def book(made):
    return load(io.BytesIO(made))


@pytest.fixture(scope="module")
def accessible():
    return load(io.BytesIO(workbook_bytes(Book(BOOK.title, BOOK.cover, BOOK.sheets, profile="accessible"))))


def plain(value):
    """Return a cell as both libraries can give it: dates without a time, "" as missing."""
    value = value.date() if isinstance(value, datetime) else value
    return None if value == "" else value


def by_openpyxl(data: bytes) -> list[list]:
    page = load(io.BytesIO(data), data_only=True)["承诺"]
    return [[plain(cell) for cell in row] for row in page.iter_rows(min_row=HEAD, max_row=HEAD + 3, values_only=True)]


def by_calamine(data: bytes) -> list[list]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("承诺").to_python(skip_empty_area=False)
    return [[plain(cell) for cell in row] for row in rows[HEAD - 1 : HEAD + 3]]


@pytest.mark.parametrize("read", [by_openpyxl, by_calamine])
def test_every_cell_reads_back_and_a_formula_has_its_value(made, read):
    heads = [*(header(name) for name in TABLE.columns[:-1]), "两倍"]
    assert read(made) == [heads, *CELLS]


def test_a_number_is_a_number_and_a_date_a_date(book):
    row = book["承诺"][HEAD + 1]
    assert [cell.data_type for cell in row] == ["s", "s", "s", "s", "n", "n", "d", "f"]
    assert [cell.number_format for cell in row[4:7]] == ["#,##0.0", "#,##0", "yyyy-mm-dd"]


@pytest.mark.parametrize("text", RISKY)
@pytest.mark.parametrize("profile", ["office", "accessible"])
def test_text_that_looks_like_a_formula_stays_text(text, profile):
    table = pd.DataFrame({"commitment_id": ["A1"], "label_zh": [text]})
    sheet = Sheet("reeds", "承诺", text, table, notes=(text,), source=text)
    data = workbook_bytes(Book(text, ((text, text),), (sheet,), profile=profile))
    page = load(io.BytesIO(data))["承诺"]
    one = next(cell for cell in page["B"] if cell.row > 1 and cell.value == text)
    assert one.data_type == "s"
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        found = [n for n in parts.namelist() if n.startswith("xl/worksheets/") and b"<f>" in parts.read(n)]
    assert found == []


def test_the_formula_is_the_one_of_the_sheet_and_the_sum_follows_filters(book):
    assert book["承诺"].cell(HEAD + 1, 8).value == f"=E{HEAD + 1}*2"
    assert book["承诺"].cell(HEAD + 4, 8).value == f"=SUBTOTAL(109,H{HEAD + 1}:H{HEAD + 3})"


def test_a_sum_carries_its_value(made):
    page = load(io.BytesIO(made), data_only=True)["承诺"]
    assert [page.cell(HEAD + 4, place).value for place in (1, 5, 8)] == ["合计", 1234.5, 2469]


def test_the_rows_are_a_real_table_with_filters(book):
    (table,) = book["承诺"].tables.values()
    assert table.ref == f"A{HEAD}:H{HEAD + 4}"
    assert table.autoFilter.ref == f"A{HEAD}:H{HEAD + 3}"
    assert [column.name for column in table.tableColumns] == [cell.value for cell in book["承诺"][HEAD]]


def test_the_accessible_profile_has_values_only_and_nothing_that_floats_or_filters(accessible):
    for page in accessible:
        assert [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"] == []
        assert [table.autoFilter for table in page.tables.values() if table.autoFilter] == []
        assert (page.freeze_panes, page._charts, page._images) == (None, [], [])
        assert not page.oddFooter.left.text


def test_both_profiles_have_the_same_cells(book, accessible):
    def cells(found, last: int):
        head = next(one.row for one in found["承诺"]["A"] if one.value == header("commitment_id"))
        return [[one.value for one in row[:7]] for row in found["承诺"].iter_rows(head, head + last)]

    assert cells(book, 3) == cells(accessible, 3)


def test_title_source_units_and_notes_stand_above_the_table_and_no_cell_is_merged(book, accessible):
    for found in (book, accessible):
        above = [str(cell.value) for cell in found["承诺"]["A"][: HEAD + 3]]
        assert above[0] == SHEET.title
        for said in ("自拟", "项", "编号为自拟", "不表示零"):
            assert any(said in line for line in above), said
        assert [page.title for page in found if page.merged_cells.ranges] == []


def test_the_header_stays_in_sight_on_screen(book):
    assert book["承诺"].freeze_panes == f"C{HEAD + 1}"


def test_a_long_table_repeats_its_header_on_paper(book):
    assert book["另一张"].print_title_rows is not None
    assert book["承诺"].print_title_rows is None  # a chart below would stand under it


def test_a_table_prints_on_a4_one_page_wide(book):
    page = book["另一张"]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert page.page_setup.fitToWidth in {None, 1}  # 1 is the default of the format
    assert page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr.fitToPage


def test_the_document_has_a_title_a_language_and_the_date_of_the_data(book):
    assert (book.properties.title, book.properties.creator) == (BOOK.title, "panjin_analysis")
    assert book.properties.language == "zh-CN"
    created = datetime.fromisoformat(read_package(data_dir())["created"])
    assert book.properties.created.replace(tzinfo=created.tzinfo) == created


def test_the_chart_has_an_alt_text_and_draws_the_column_without_the_sum(made):
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        drawing, chart = parts.read("xl/drawings/drawing1.xml").decode(), parts.read("xl/charts/chart1.xml").decode()
    assert f'descr="{SHEET.chart.alt}"' in drawing
    assert re.findall(r"<c:val><c:numRef><c:f>([^<]+)", chart) == [f"承诺!$E${HEAD + 1}:$E${HEAD + 3}"]


def test_cover_and_contents_come_first_and_contents_leads_to_every_sheet(book):
    assert book.sheetnames == ["封面", "目录", "承诺", "另一张"]
    assert [cell.value for cell in book["封面"]["A"][:2]] == ["示例汇编", "来源：=自拟"]
    links = [cell.hyperlink.location for row in book["目录"].iter_rows(min_row=3) for cell in row if cell.hyperlink]
    assert links == ["'承诺'!A1", "'另一张'!A1"]


def test_a_link_leads_to_the_row_with_the_same_key_and_nowhere_without_one(book):
    cells = {cell.value: cell for cell in book["另一张"]["A"]}
    assert cells["A2"].hyperlink.location == f"'承诺'!A{HEAD + 2}"
    assert cells["B9"].hyperlink is None


def test_cells_to_fill_are_open_and_the_rest_is_locked():
    entry = Input("list", "选一个", ("好", "坏"), frozenset({1}))
    sheet = Sheet("tasks", "任务", "任务", TABLE[["commitment_id", "label_zh"]], inputs={"label_zh": entry})
    data = workbook_bytes(Book("任务", (), (sheet,)))
    page = load(io.BytesIO(data))["任务"]
    head = next(cell.row for cell in page["A"] if cell.value == header("commitment_id"))
    assert page.protection.sheet
    assert not page.protection.password
    assert [page.cell(head + n, 2).protection.locked for n in (1, 2, 3)] == [True, False, True]
    assert page.row_dimensions[head + 2].height >= 2 * 10 * 1.2
    with zipfile.ZipFile(io.BytesIO(data)) as parts:  # a row grows when it is filled
        marked = [name for name in parts.namelist() if b"customHeight" in parts.read(name)]
    assert marked == ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]
    (rule,) = page.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"好,坏"', f"B{head + 2}")


@pytest.mark.parametrize("profile", ["office", "accessible"])
def test_the_same_tables_give_the_same_bytes(profile, tmp_path):
    asked = Book(BOOK.title, BOOK.cover, BOOK.sheets, profile=profile)
    path = write_workbook(asked, tmp_path / "new" / "reeds.xlsx")
    assert path.read_bytes() == workbook_bytes(asked)


def test_a_column_is_as_wide_as_its_chinese_and_breaks_long_text():
    layout = Layout(Sheet("a", "a", "a", pd.DataFrame({"label_zh": ["四个汉字", "字" * 40]})), "office", "zh")
    assert layout.widths[0] == 30
    lines = lines_of("字" * 40, layout.widths[0])
    assert "".join(lines) == "字" * 40
    assert max(text_width(line) for line in lines) <= 29
    assert layout.height(["字" * 40]) >= 3 * 10 * 1.2


def test_an_address_without_a_place_to_break_is_counted_as_it_breaks():
    assert [len(line) for line in lines_of("x" * 25, 11)] == [10, 10, 5]


@pytest.mark.parametrize(("lang", "words"), [("zh", ["卫生健康", "是"]), ("en", ["Health", "yes"])])
def test_codes_become_labels_and_the_table_stays(lang, words):
    before = TABLE.copy(deep=True)
    out = labelled(TABLE, lang)
    assert out.loc[0, ["domain", "is_striving"]].tolist() == words
    assert out.loc[2, ["domain", "is_striving"]].isna().all()
    pd.testing.assert_frame_equal(TABLE, before)
    rest = ["domain", "is_striving"]
    pd.testing.assert_frame_equal(out.drop(columns=rest), TABLE.drop(columns=rest))


def test_a_truth_value_that_pandas_computed_is_a_word_too():
    assert labelled(pd.DataFrame({"is_striving": pd.Series([1, 2]) > 1}))["is_striving"].tolist() == ["否", "是"]


def test_a_header_is_given_in_both_languages():
    titles = codebook("commitments").set_index("column").loc["due_on"]
    assert (header("due_on"), header("due_on", "en")) == (titles["title_zh"], titles["title_en"])


def test_a_printed_page_that_would_be_too_small_is_known():
    wide = Layout(Sheet("a", "a", "a", pd.DataFrame({f"c{n}": ["字" * 30] for n in range(9)}), headers={f"c{n}": f"列{n}" for n in range(9)}), "office", "zh")  # fmt: skip
    assert wide.printed_size < SMALLEST
