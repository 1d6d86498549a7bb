"""A workbook read back, by two libraries that did not write it."""

import io
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from panjin_analysis.excel import TOP, Sheet, header, labelled, workbook_bytes, write_workbook
from panjin_analysis.load import codebook, data_dir, read_package

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
    name="承诺",
    title="表1　示例",
    notes="空白表示未写明。",
    source="来源：自拟。",
    table=TABLE,
    headers={"doubled": "两倍"},
    formulas={"doubled": lambda row: f"=E{row}*2"},
    chart={"series": {"value": "#12436D"}, "title": "数值", "unit": "项", "alt": "条形图：数值。"},
)
COVER = [("标题", "示例汇编"), ("来源", "=自拟")]
ABOUT = [("怎样读", "-每行一项")]


@pytest.fixture(scope="module")
def made() -> bytes:
    return workbook_bytes([SHEET], COVER, ABOUT)


@pytest.fixture(scope="module")
def book(made):
    return openpyxl.load_workbook(io.BytesIO(made))


def plain(value):
    """Return a cell as both libraries can give it: dates without a time, "" as missing."""
    value = value.date() if isinstance(value, datetime) else value
    return None if value == "" else value


def by_openpyxl(data: bytes) -> list[list]:
    page = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["承诺"]
    return [[plain(cell) for cell in row] for row in page.iter_rows(min_row=TOP + 1, max_row=TOP + 4, values_only=True)]


def by_calamine(data: bytes) -> list[list]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("承诺").to_python(skip_empty_area=False)
    return [[plain(cell) for cell in row] for row in rows[TOP : TOP + 4]]


@pytest.mark.parametrize("read", [by_openpyxl, by_calamine])
def test_every_cell_reads_back_and_a_formula_has_its_value(made, read):
    heads = [*(header(name) for name in TABLE.columns[:-1]), "两倍"]
    assert read(made) == [heads, *CELLS]


def test_the_headers_are_the_titles_of_the_codebook(book):
    titles = codebook("commitments").set_index("column")["title_zh"]
    assert [cell.value for cell in book["承诺"][TOP + 1]][:3] == titles[
        ["commitment_id", "label_zh", "domain"]
    ].tolist()


def test_a_number_is_a_number_and_a_date_a_date(book):
    row = book["承诺"][TOP + 2]
    assert [cell.data_type for cell in row] == ["s", "s", "s", "s", "n", "n", "d", "f"]
    assert [cell.number_format for cell in row[4:7]] == ["#,##0.0", "#,##0", "yyyy-mm-dd"]


@pytest.mark.parametrize("text", RISKY)
def test_text_that_looks_like_a_formula_stays_text(text):
    table = pd.DataFrame({"commitment_id": ["A1"], "label_zh": [text]})
    data = workbook_bytes(
        [Sheet("承诺", text, text, table, source=text)], [("标题", text), (text, text)], [(text, text)]
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert (book["承诺"].cell(TOP + 2, 2).value, book["承诺"].cell(TOP + 2, 2).data_type) == (text, "s")
    assert [c.value for page in book for row in page.iter_rows() for c in row if c.data_type == "f"] == []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert [
            name for name in parts.namelist() if name.startswith("xl/worksheets/") and b"<f>" in parts.read(name)
        ] == []


def test_the_formula_is_the_one_of_the_sheet(book):
    assert book["承诺"].cell(TOP + 2, 8).value == f"=E{TOP + 2}*2"


def test_the_rows_are_a_real_table_with_filters(book):
    (table,) = book["承诺"].tables.values()
    assert table.ref == f"A{TOP + 1}:H{TOP + 4}"
    assert table.autoFilter.ref == table.ref
    assert [column.name for column in table.tableColumns] == [cell.value for cell in book["承诺"][TOP + 1]]


def test_title_notes_and_source_stand_above_the_table_and_no_cell_is_merged(book):
    page = book["承诺"]
    assert page["A1"].value == SHEET.title
    assert SHEET.notes in page["A2"].value
    assert SHEET.source in page["A2"].value
    assert [page.merged_cells.ranges for page in book if page.merged_cells.ranges] == []


def test_the_header_stays_in_sight_on_screen_and_on_every_printed_page(book):
    page = book["承诺"]
    assert page.freeze_panes == f"C{TOP + 2}"
    assert page.print_title_rows == f"${TOP + 1}:${TOP + 1}"


def test_a_table_prints_on_a4_landscape_one_page_wide(book):
    page = book["承诺"]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert page.page_setup.fitToWidth in {None, 1}  # 1 is the default of the format
    assert page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr.fitToPage


def test_the_document_has_a_title_and_the_date_of_the_data(book):
    assert book.properties.title == COVER[0][1]
    assert book.properties.creator == "panjin_analysis"
    created = datetime.fromisoformat(read_package(data_dir())["created"])
    assert book.properties.created.replace(tzinfo=created.tzinfo) == created


def test_the_chart_has_an_alt_text_and_draws_the_column(made):
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        drawing, chart = parts.read("xl/drawings/drawing1.xml").decode(), parts.read("xl/charts/chart1.xml").decode()
    assert f'descr="{SHEET.chart["alt"]}"' in drawing
    assert re.findall(r"<c:val><c:numRef><c:f>([^<]+)", chart) == [f"承诺!$E${TOP + 2}:$E${TOP + 4}"]


def test_cover_and_notes_show_their_lines(book):
    assert book.sheetnames == ["封面", "说明", "承诺"]
    assert book["封面"]["A1"].value == "示例汇编"
    assert [cell.value for cell in book["封面"][3]] == ["来源", "=自拟"]
    assert [cell.value for cell in book["说明"][4]] == ["怎样读", "-每行一项"]


def test_the_same_tables_give_the_same_bytes(made, tmp_path):
    path = write_workbook([SHEET], COVER, ABOUT, tmp_path / "new" / "reeds.xlsx")
    assert path.read_bytes() == made


@pytest.mark.parametrize(("lang", "words"), [("zh", ["卫生健康", "是"]), ("en", ["Health", "yes"])])
def test_codes_become_labels_and_the_table_stays(lang, words):
    before = TABLE.copy(deep=True)
    shown = labelled(TABLE, lang)
    assert shown.loc[0, ["domain", "is_striving"]].tolist() == words
    assert shown.loc[2, ["domain", "is_striving"]].isna().all()
    pd.testing.assert_frame_equal(TABLE, before)
    pd.testing.assert_frame_equal(
        shown.drop(columns=["domain", "is_striving"]), TABLE.drop(columns=["domain", "is_striving"])
    )


def test_a_truth_value_that_pandas_computed_is_a_word_too():
    assert labelled(pd.DataFrame({"is_striving": pd.Series([1, 2]) > 1}))["is_striving"].tolist() == ["否", "是"]


def test_a_header_is_given_in_both_languages():
    titles = codebook("commitments").set_index("column").loc["due_on"]
    assert (header("due_on"), header("due_on", "en")) == (titles["title_zh"], titles["title_en"])
