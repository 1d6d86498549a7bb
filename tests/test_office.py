"""The policy office's workbook: every row is there, every sum is right, every link leads somewhere."""

import re
import shutil
import subprocess
import zipfile

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from panjin_analysis.excel import TOP, header
from panjin_analysis.load import load_tables
from panjin_analysis.office import domain_counts, locators, write_office
from panjin_analysis.tables import labels

STRENGTHS = ["strive", "support", "advance", "implement", "deliver"]


@pytest.fixture(scope="module")
def tables():
    return load_tables()


@pytest.fixture(scope="module")
def path(tables, tmp_path_factory):
    return write_office(tables, tmp_path_factory.mktemp("office") / "office.xlsx")


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def rows(path, sheet: str) -> pd.DataFrame:
    """Return a sheet's table as calamine reads it: formulas by their cached values."""
    head, *cells = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)[TOP:]
    return pd.DataFrame(cells, columns=head)


def test_every_commitment_stands_in_its_sheet_in_order(path, tables):
    sheet, commitments = rows(path, "承诺总表"), tables["commitments"]
    assert sheet.iloc[:, 0].tolist() == commitments["commitment_id"].tolist()
    assert sheet["承诺事项"].tolist() == commitments["label_zh"].tolist()
    assert sheet["位置"].tolist() == locators(commitments).tolist()


def test_every_target_stands_in_its_sheet_in_order_with_its_value(path, tables):
    sheet, targets = rows(path, "量化目标"), tables["targets"]
    assert sheet.iloc[:, 0].tolist() == targets["target_id"].tolist()
    assert sheet.iloc[:, 1].tolist() == targets["commitment_id"].tolist()
    names = tables["indicators"].set_index("indicator_id")["name_zh"]
    assert sheet["指标"].tolist() == targets["indicator_id"].map(names).tolist()
    assert sheet[header("value")].tolist() == targets["value"].tolist()


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


def test_no_code_is_left_where_a_label_belongs(path):
    sheet = rows(path, "承诺总表")
    codes = sheet.iloc[:, 1:].map(lambda cell: isinstance(cell, str) and bool(re.fullmatch("[a-z]+(_[a-z]+)*", cell)))
    assert sheet[codes.any(axis=1)].empty, sheet[codes.any(axis=1)].to_string()


def test_the_tables_are_left_as_they_were(path, tables):
    fresh = load_tables()
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, fresh[name])


def test_a_quotation_is_a_column_only_where_there_is_one(path, tables, tmp_path):
    quoted = tables | {"commitments": tables["commitments"].assign(quote="=自拟的原文")}
    again = write_office(quoted, tmp_path / "quoted.xlsx")
    assert "原文" not in rows(path, "承诺总表")
    assert set(rows(again, "承诺总表")["原文"]) == {"=自拟的原文"}


def test_the_links_of_the_cover_lead_to_every_other_sheet(book):
    links = [cell.hyperlink.location for row in book["封面"].iter_rows() for cell in row if cell.hyperlink]
    assert [re.fullmatch(r"'?(.+?)'?!A1", link)[1] for link in links] == book.sheetnames[1:]


def test_every_sheet_leads_back_to_the_cover(book):
    for page in book.worksheets[1:]:
        links = [cell.hyperlink.location for row in page.iter_rows(max_row=TOP) for cell in row if cell.hyperlink]
        assert links == ["'封面'!A1"], page.title


def test_sheet_names_are_short_enough_for_excel(book):
    assert [name for name in book.sheetnames if len(name) > 31 or re.search(r"[\[\]:*?/\\']", name)] == []


def test_every_sheet_of_rows_has_a_title_and_one_table_whose_headers_differ(book):
    for page in book.worksheets[2:]:
        (table,) = page.tables.values()
        heads = [column.name.casefold() for column in table.tableColumns]
        assert page["A1"].value
        assert "" not in heads
        assert len(set(heads)) == len(heads), page.title


def test_the_notes_explain_every_strength_and_testability(book):
    explained = {row[0].value for row in book["说明"].iter_rows()}
    wanted = {label for name in ("strength", "testable") for label in labels(name).values()}
    assert {str(line).split("：")[-1] for line in explained} >= wanted


def test_a_row_is_located_as_an_office_would_say_it():
    frame = pd.DataFrame({"section_no": [7, None], "paragraph_no": [2, 15], "clause_no": [3, 4]}).convert_dtypes()
    assert locators(frame).tolist() == ["（七）第2段第3小句", "结尾第15段第4小句"]


def test_a_section_after_the_ninth_has_its_numeral_too():
    frame = pd.DataFrame({"section_no": [10, 12], "paragraph_no": [2, 2], "clause_no": [1, 1]}).convert_dtypes()
    assert locators(frame).tolist() == ["（十）第2段第1小句", "（十二）第2段第1小句"]


def formulas(path) -> dict[tuple[str, str], object]:
    """Return the cached value of every formula, by sheet and cell."""
    asked, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    cells = [
        (page.title, cell.coordinate)
        for page in asked
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    return {(sheet, cell): cached[sheet][cell].value for sheet, cell in cells}


def test_libreoffice_computes_what_the_formulas_carry(path, tmp_path):
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice (soffice) is not on PATH")
    # Without their cached values, the formulas' results can only come from LibreOffice.
    emptied = tmp_path / "emptied.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(emptied, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", old.read(name)))
    assert set(formulas(emptied).values()) == {None}
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(emptied)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    computed = formulas(tmp_path / "out" / "emptied.xlsx")
    assert computed == formulas(path)
    assert len(computed) > 0
