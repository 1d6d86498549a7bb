"""The report's workbooks: every row is there, every sum is right, every link leads to its row, nothing is cut."""

import functools
import re

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from workbook_tools import by_libreoffice, formulas, load, without_cached_values

from panjin_analysis import compare
from panjin_analysis.accessibility import check_workbook
from panjin_analysis.errors import DataError
from panjin_analysis.excel import Layout, header
from panjin_analysis.excel.layout import SMALLEST
from panjin_analysis.load import load_tables
from panjin_analysis.office import Scope, find_scope, in_scope, report, write_report
from panjin_analysis.office.facts import locators
from panjin_analysis.office.summary import domain_counts, outcome_counts
from panjin_analysis.progress import no_progress
from panjin_analysis.tables import labels

STRENGTHS = ["strive", "support", "advance", "implement", "deliver"]
KINDS = [(profile, lang) for profile in ("office", "accessible") for lang in ("zh", "en")]
SHEETS = ["封面", "目录", "说明", "承诺总表", "量化目标", "历年对比", "延续与变化", "完成情况", "完成汇总", "分领域汇总", "图 类型", "图 历年", "任务分解表", "资料来源", "代码表"]  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    return load_tables()


@pytest.fixture(scope="module")
def made(tables, tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    return {kind: write_report(tables, folder / f"{kind}.xlsx", profile=kind[0], lang=kind[1]) for kind in KINDS}


@pytest.fixture(scope="module")
def path(made):
    return made["office", "zh"]


@pytest.fixture(scope="module")
def book(path):
    return opened(path)


@pytest.fixture(scope="module")
def education(tables, tmp_path_factory):
    folder = tmp_path_factory.mktemp("education")
    return write_report(tables, folder / "brief.xlsx", scope=find_scope("education"))


@functools.cache
def opened(path):
    """Open a workbook once for all tests that only look at it."""
    return load(path)


def rows(path, sheet: str) -> pd.DataFrame:
    """Return a sheet's table as calamine reads it: formulas by their cached values."""
    cells = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    (table,) = opened(path)[sheet].tables.values()
    top, bottom = (int(number) for number in re.findall(r"\d+", table.ref))
    head, *body = cells[top - 1 : bottom - (table.totalsRowCount or 0)]
    return pd.DataFrame(body, columns=head)


def layouts(tables, scope: Scope, lang: str, profile: str) -> list[Layout]:
    part = in_scope({**tables, "rated": compare.fulfilment()}, scope)
    return [Layout(sheet, profile, lang) for sheet in report._sheets(part, scope, lang, no_progress(), (), profile)]


def test_the_office_workbook_has_its_sheets_in_order(book):
    assert book.sheetnames == SHEETS


def test_every_commitment_stands_in_its_sheet_in_order(path, tables):
    sheet, commitments = rows(path, "承诺总表"), tables["commitments"]
    assert sheet.iloc[:, 0].tolist() == commitments["commitment_id"].tolist()
    assert sheet["承诺事项"].tolist() == commitments["label_zh"].tolist()
    assert sheet["位置"].tolist() == locators(commitments).tolist()


def test_every_target_stands_in_its_sheet_in_order_with_its_value(path, tables):
    sheet, targets = rows(path, "量化目标"), tables["targets"]
    assert sheet.iloc[:, 0].tolist() == targets["target_id"].tolist()
    names = tables["indicators"].set_index("indicator_id")["name_zh"]
    assert sheet["指标"].tolist() == targets["indicator_id"].map(names).tolist()
    assert sheet[header("value")].tolist() == targets["value"].tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_all_four_workbooks_have_every_commitment_and_every_rating(made, tables, kind):
    names = dict(zip(("commitments", "fulfilment"), {"zh": ("承诺总表", "完成情况"), "en": ("Commitments", "Outcome")}[kind[1]], strict=True))  # fmt: skip
    for sheet in names.values():
        assert rows(made[kind], sheet).iloc[:, 0].tolist() == tables["commitments"]["commitment_id"].tolist()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_accessible_workbook_passes_every_check(made, lang):
    assert [failure.says() for failure in check_workbook(made["accessible", lang])] == []


def test_the_english_workbook_has_no_chinese_where_there_is_english(made):
    chinese = re.compile("[\u4e00-\u9fff]")
    places = {header("place_zh", "en"), "As printed (Chinese)", "Meaning"}  # definitions quote Chinese words
    for name in opened(made["accessible", "en"]).sheetnames[1:]:
        sheet = rows(made["accessible", "en"], name)
        kept = sheet.drop(columns=[column for column in sheet if column in places])
        found = kept.map(lambda cell: isinstance(cell, str) and bool(chinese.search(cell)))
        assert not found.to_numpy().any(), kept[found.any(axis=1)].to_string()


def test_the_summary_by_domain_is_the_table(path, tables):
    sheet, counts = rows(path, "分领域汇总"), domain_counts(tables["commitments"])
    assert sheet.iloc[:, 0].tolist() == counts["domain"].astype(str).map(labels("domain")).tolist()
    assert sheet.iloc[:, 1:].astype(int).to_numpy().tolist() == counts.iloc[:, 1:].astype(int).to_numpy().tolist()
    assert sheet["承诺数"].sum() == len(tables["commitments"])


def test_domain_counts_worked_by_hand():
    frame = pd.DataFrame(
        {
            "domain": pd.Categorical(["health", "talent", "health"], ["talent", "health", "education"]),
            "strength": pd.Categorical(["deliver", "strive", "advance"], STRENGTHS, ordered=True),
            "testable": pd.Categorical(["yes", "no", "partly"], ["no", "partly", "yes"], ordered=True),
            "number_constraint": pd.Categorical(["floor", "none", "none"]),
        }
    )
    counts = domain_counts(frame)
    assert list(counts.columns[1:]) == [
        *("commitments", "deliver", "implement", "advance", "support", "strive"),
        *("testable_yes", "testable_partly", "testable_no", "quantified"),
    ]
    assert counts.to_numpy().tolist() == [
        ["talent", 1, 0, 0, 0, 0, 1, 0, 0, 1, 0],
        ["health", 2, 1, 0, 1, 0, 0, 1, 1, 0, 1],
    ]


def test_outcome_counts_worked_by_hand():
    rated = pd.DataFrame(
        {
            "commitment_id": ["A", "B", "C", "D"],
            "domain": pd.Categorical(["health", "health", "health", "talent"]),
            "code": pd.Categorical(["met", "no_evidence", "not_assessable", "not_assessable"], ["met", "no_evidence", "not_assessable"]),
            "is_estimate": pd.array([False] * 4, dtype="boolean"),
        }
    )  # fmt: skip
    counts = outcome_counts(rated).set_index("domain")
    assert counts.loc["health"].tolist() == [1, 1, 1, 2, 1, 0.5]
    assert counts.loc["talent", ["assessable", "reached"]].tolist() == [0, 0]
    assert pd.isna(counts.loc["talent", "reached_share"])  # nothing to reach is not nothing reached


def test_no_code_is_left_where_a_label_belongs(path):
    sheet = rows(path, "承诺总表")
    codes = sheet.iloc[:, 1:].map(lambda cell: isinstance(cell, str) and bool(re.fullmatch("[a-z]+(_[a-z]+)*", cell)))
    assert sheet[codes.any(axis=1)].empty, sheet[codes.any(axis=1)].to_string()


def test_the_tables_are_left_as_they_were(made, tables):
    fresh = load_tables()
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, fresh[name])


def test_a_quotation_is_a_column_only_where_there_is_one(path, tables, tmp_path):
    scope = find_scope("education")
    quoted = tables | {"commitments": tables["commitments"].assign(quote="=自拟的原文")}
    again = write_report(quoted, tmp_path / "quoted.xlsx", scope=scope)
    assert "原文" not in rows(path, "承诺总表")
    assert set(rows(again, "承诺总表")["原文"]) == {"=自拟的原文"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_to_a_cell_that_has_something_in_it(made, kind):
    book = opened(made[kind])
    dead, count = [], 0
    for page in book:
        for cell in (cell for row in page.iter_rows() for cell in row if cell.hyperlink):
            sheet, place = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", cell.hyperlink.location).groups()
            count += 1
            if sheet not in book.sheetnames or book[sheet][place].value is None:
                dead.append((page.title, cell.coordinate, cell.hyperlink.location))
    assert dead == []
    assert count > 500


def test_a_commitment_leads_to_its_target_its_other_years_its_outcome_and_its_source(book):
    page = book["承诺总表"]
    heads = next({cell.value: cell.column for cell in row} for row in page.iter_rows() if row[0].value == "承诺编号")
    row = next(cell.row for cell in page["A"] if cell.value == "PJ-2024-C003")

    def led(name: str):
        sheet, place = re.fullmatch(r"'(.+)'!A(\d+)", page.cell(row, heads[name]).hyperlink.location).groups()
        return sheet, [cell.value for cell in book[sheet][int(place)]]

    assert led("量化目标")[1][:2] == ["PJ-2024-T01", "PJ-2024-C003"]
    assert (led("历年情况")[0], led("历年情况")[1][0]) == ("延续与变化", "PJ-2024-C003")
    assert (led("完成情况")[0], led("完成情况")[1][0]) == ("完成情况", "PJ-2024-C003")
    assert (led("来源")[0], led("来源")[1][0]) == ("资料来源", "PJ-GWR-2024")


def test_every_sheet_of_rows_has_a_title_and_one_table_whose_headers_differ(made):
    for path in made.values():
        for page in opened(path).worksheets[1:]:
            (table,) = page.tables.values()
            heads = [column.name.casefold() for column in table.tableColumns]
            assert page["A1"].value
            assert len(set(heads)) == len(heads), page.title
            assert re.fullmatch(r"T_[a-z_]+", table.displayName)


def test_sheet_names_are_short_enough_for_excel(made):
    names = [name for path in made.values() for name in opened(path).sheetnames]
    assert [name for name in names if len(name) > 31 or re.search(r"[\[\]:*?/\\']", name)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_printed_page_can_be_read(tables, kind):
    small = [(one.sheet.name, round(one.printed_size, 1)) for one in layouts(tables, Scope(), kind[1], kind[0]) if one.printed_size < SMALLEST]  # fmt: skip
    assert small == []


@pytest.mark.parametrize("kind", KINDS)
def test_columns_that_would_make_a_page_too_small_stay_off_paper(made, kind):
    page = opened(made[kind]).worksheets[3]
    assert re.search(r"\$A\$1:\$M\$\d+", str(page.print_area))


def test_the_figures_and_charts_of_the_office_workbook_have_alt_texts(path):
    from panjin_analysis.accessibility.opened import open_to_check

    drawn = list(open_to_check(path).drawings())
    assert len(drawn) == 4
    assert all(len(text) > 10 for _, _, text in drawn)


def test_a_workbook_of_one_domain_has_its_commitments_alone(education, tables):
    wanted = tables["commitments"].query("domain == 'education'")["commitment_id"].tolist()
    for sheet in ("承诺总表", "完成情况"):
        assert rows(education, sheet).iloc[:, 0].tolist() == wanted
    assert set(rows(education, "延续与变化").iloc[:, 0]) <= set(wanted)
    assert rows(education, "分领域汇总")["承诺数"].tolist() == [len(wanted)]


def test_the_task_sheet_says_how_to_sort_and_sorting_is_not_open(book):
    said = " ".join(str(cell.value) for cell in book["任务分解表"]["A"])
    assert "要排序，先撤销保护" in said
    assert "没有密码" in said


def test_a_part_without_targets_has_no_sheet_of_targets(tables, tmp_path):
    path = write_report(tables, tmp_path / "finance.xlsx", scope=find_scope("financial_risk"))
    assert {"量化目标", "历年对比"} & set(load(path).sheetnames) == set()


@pytest.mark.parametrize("named", ["education_bureau", "市教育局", "Education Bureau"])
def test_a_unit_is_found_by_code_or_by_label(named):
    assert find_scope(lead_unit=named) == Scope("lead_unit_suggested", "education_bureau")


@pytest.mark.parametrize("asked", [{"domain": "helth"}, {"lead_unit": "x"}, {"domain": "health", "lead_unit": "archives"}])  # fmt: skip
def test_a_part_that_does_not_exist_is_named(asked):
    with pytest.raises(DataError) as error:
        find_scope(**asked)
    assert error.value.kind == "unknown_choice"


def test_a_domain_of_other_years_has_no_commitment_and_says_which_have(tables):
    with pytest.raises(DataError, match="education"):
        in_scope(tables, find_scope("industry"))


def test_a_row_is_located_as_an_office_would_say_it():
    frame = pd.DataFrame({"section_no": [7, None], "paragraph_no": [2, 15], "clause_no": [3, 4]}).convert_dtypes()
    assert locators(frame).tolist() == ["（七）第2段第3小句", "结尾第15段第4小句"]


def test_a_section_after_the_ninth_has_its_numeral_too():
    frame = pd.DataFrame({"section_no": [10, 12], "paragraph_no": [2, 2], "clause_no": [1, 1]}).convert_dtypes()
    assert locators(frame).tolist() == ["（十）第2段第1小句", "（十二）第2段第1小句"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_libreoffice_computes_what_the_formulas_carry(made, tmp_path, lang):
    path = made["office", lang]
    # Without their cached values, the formulas' results can only come from LibreOffice.
    emptied = without_cached_values(path, tmp_path / "emptied.xlsx")
    wanted = {place: value for place, value in formulas(path).items() if value not in {None, ""}}
    assert {value for place, value in formulas(emptied).items() if place in wanted} == {None}
    computed = formulas(by_libreoffice(emptied, tmp_path))
    assert {place: computed[place] for place in wanted} == pytest.approx(wanted)
    assert len(wanted) > 200
