"""``panjin excel, tasks, reconcile, progress, check-workbook``: from words to files, and one line for what is wrong."""

import re
import shutil

import pytest
from python_calamine import CalamineWorkbook
from test_cli import complaint
from workbook_tools import by_libreoffice, cell, filled, formulas, load, put, task_page, without_cached_values

from panjin_analysis.accessibility import check_workbook
from panjin_analysis.load import load_tables
from panjin_analysis.office import lead_units
from panjin_analysis.progress import load_progress
from panjin_analysis.tables import labels

CHILDCARE, PLAIN = "PJ-2024-C022", "PJ-2024-C018"
HEALTH = "任务分解表_市卫生健康委.xlsx"


@pytest.fixture
def own(tmp_path):
    """Return where the user's progress table will be."""
    return tmp_path / "own" / "progress.csv"


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """Return the folder of task tables as they are sent out."""
    from panjin_analysis.office import write_all_tasks
    from panjin_analysis.progress import no_progress

    folder = tmp_path_factory.mktemp("sent")
    write_all_tasks(load_tables(), folder, lang="zh", entries=no_progress())
    return folder


def table(path, sheet: str) -> list[list]:
    """Return a sheet from its header on, as calamine reads it."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    top = int(re.findall(r"\d+", next(iter(load(path)[sheet].tables.values())).ref)[0])
    return rows[top - 1 :]


def test_one_line_makes_the_brief_of_one_domain(panjin, tmp_path):
    status, out, err = panjin("excel", "--profile", "office", "--domain", "education", "-o", tmp_path / "brief.xlsx")
    assert (status, err) == (0, "")
    assert str(tmp_path / "brief.xlsx") in out
    ids = [row[0] for row in table(tmp_path / "brief.xlsx", "承诺总表")[1:]]
    domains = load_tables()["commitments"].set_index("commitment_id")["domain"]
    assert set(domains[ids]) == {"education"}


def test_an_accessible_workbook_of_one_unit_in_english_passes_the_check(panjin, tmp_path):
    words = ["--profile", "accessible", "--lang", "en", "--lead-unit", "education_bureau", "-o", tmp_path / "a.xlsx"]
    assert panjin("excel", *words)[0] == 0
    status, out, _ = panjin("check-workbook", tmp_path / "a.xlsx")
    assert (status, out) == (0, "26 checks, 0 failed in 0 places\n")


def test_check_workbook_says_where_and_ends_with_status_1(panjin, sent):
    status, out, err = panjin("check-workbook", sent / HEALTH)
    assert (status, err) == (1, "")
    assert any(line.startswith(f"{HEALTH} 封面: no page headers or footers") for line in out.splitlines())
    assert len(out.splitlines()) == len(check_workbook(sent / HEALTH)) + 1


def test_tasks_makes_one_workbook_a_unit_that_leads_and_one_for_all(panjin, tmp_path, sent):
    status, _, _ = panjin("tasks", "--out", tmp_path / "tasks")
    names = {f"任务分解表_{labels('lead_unit')[code]}.xlsx" for code in lead_units(load_tables())}
    made = {path.name: path.read_bytes() for path in (tmp_path / "tasks").iterdir()}
    assert status == 0
    assert set(made) == names | {"任务分解表_全市.xlsx"}
    assert made == {path.name: path.read_bytes() for path in sent.iterdir()}  # the same bytes again


def test_tasks_never_writes_over_a_filled_copy_and_then_writes_nothing(panjin, sent, tmp_path):
    copy = filled(sent / HEALTH, tmp_path / "tasks" / HEALTH, {(CHILDCARE, "reached"): 300})
    before = copy.read_bytes()
    line = complaint(panjin("tasks", "--out", tmp_path / "tasks"))
    assert str(copy) in str(line)
    assert [path.name for path in copy.parent.iterdir()] == [HEALTH]
    assert copy.read_bytes() == before


def test_tasks_leaves_alone_what_stands_there_and_makes_what_is_missing(panjin, sent, tmp_path):
    shutil.copytree(sent, tmp_path / "tasks")
    before = {path.name: path.stat().st_ino for path in (tmp_path / "tasks").iterdir()}
    (tmp_path / "tasks" / HEALTH).rename(tmp_path / "away.xlsx")
    assert panjin("tasks", "--out", tmp_path / "tasks")[0] == 0
    after = {path.name: path.stat().st_ino for path in (tmp_path / "tasks").iterdir()}
    assert {name: number for name, number in after.items() if name != HEALTH} == {
        name: number for name, number in before.items() if name != HEALTH
    }
    assert (tmp_path / "tasks" / HEALTH).read_bytes() == (sent / HEALTH).read_bytes()


def test_excel_never_writes_over_another_file(panjin, tmp_path):
    (tmp_path / "a.xlsx").write_text("mine")
    complaint(panjin("excel", "--domain", "education", "-o", tmp_path / "a.xlsx"))
    assert (tmp_path / "a.xlsx").read_text() == "mine"


def test_every_unit_has_its_own_rows_and_together_they_are_all(sent):
    commitments = load_tables()["commitments"]
    units = commitments["lead_unit_suggested"].astype("str").map(labels("lead_unit"))
    found = []
    for path in sent.iterdir():
        head, *body = table(path, "任务分解表")
        ids = [row[head.index("承诺编号")] for row in body]
        unit = path.stem.removeprefix("任务分解表_")
        wanted = commitments["commitment_id"] if unit == "全市" else commitments["commitment_id"][units == unit]
        assert ids == wanted.tolist(), unit
        found += ids if unit != "全市" else []
    assert sorted(found) == commitments["commitment_id"].tolist()


def test_a_filled_copy_is_recorded_and_shown_by_progress_and_in_the_workbook(panjin, sent, own, tmp_path):
    copy = filled(sent / HEALTH, tmp_path / "卫健委.xlsx", {(CHILDCARE, "reached"): 300, (PLAIN, "problems"): "=缺人"})
    status, out, err = panjin("reconcile", copy, "--as-of", "2024-06-30")
    assert (status, err) == (0, "")
    assert f"{CHILDCARE} Reached so far (2024-06-30, 卫健委.xlsx): – → 300" in out
    assert len(load_progress(own)) == 2
    assert "recorded 0 cells" in panjin("reconcile", copy, "--as-of", "2024-06-30")[1]
    out = panjin("progress", "--as-of", "2024-06-30", "--out", tmp_path / "month")[1]
    assert out.splitlines()[:2] == ["As of 2024-06-30: Ahead 1", "not reported this month: 131, of which never: 131"]
    assert CHILDCARE not in out
    month = tmp_path / "month" / "任务进度_2024-06-30.xlsx"
    head, *body = table(month, "本月进度")
    row = next(dict(zip(head, one, strict=True)) for one in body if one[0] == CHILDCARE)
    assert (row["累计完成数"], row["完成比例"], row["按规则"]) == (300, 0.6, "超进度")
    gaps = {one[0] for one in table(month, "缺报清单")[1:]}
    assert gaps == set(load_tables()["commitments"]["commitment_id"]) - {CHILDCARE, PLAIN}
    numbers = (tmp_path / "month" / "10_fulfilment_2024-06-30.csv").read_text("utf-8-sig")
    assert re.search(r"elder_child_care,ahead,1,", numbers)
    assert panjin("excel", "--domain", "elder_child_care", "-o", tmp_path / "e.xlsx")[0] == 0
    page = task_page(load(tmp_path / "e.xlsx"))
    assert cell(page, CHILDCARE, "last_report").value == "2024-06-30 累计完成数：300"
    assert cell(page, PLAIN, "last_report").value == "2024-06-30 存在问题：=缺人"


def test_a_month_in_english_says_the_same(panjin, sent, tmp_path):
    copy = filled(sent / HEALTH, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 300})
    panjin("reconcile", copy, "--as-of", "2024-06-30")
    assert panjin("progress", "--as-of", "2024-06-30", "--lang", "en", "--out", tmp_path)[0] == 0
    head, *body = table(tmp_path / "progress_2024-06-30.xlsx", "Progress")
    assert dict(zip(head, body[0], strict=True))["By rule"] == "Ahead"


def test_conflicts_are_printed_with_both_files_and_end_with_status_1(panjin, sent, own, tmp_path):
    one = filled(sent / HEALTH, tmp_path / "one.xlsx", {(CHILDCARE, "reached"): 180})
    two = filled(sent / HEALTH, tmp_path / "two.xlsx", {(CHILDCARE, "reached"): 240})
    status, out, _ = panjin("reconcile", one, two, "--as-of", "2024-06-30")
    assert status == 1
    assert f"conflict, not recorded: {CHILDCARE} Reached so far | {one}: 180; {two}: 240" in out
    assert not own.exists()


def test_problems_are_printed_one_a_line_and_nothing_is_written(panjin, sent, own, tmp_path):
    bad = filled(sent / HEALTH, tmp_path / "bad.xlsx", {(CHILDCARE, "reached"): "约三百", (PLAIN, "problems"): "好的"})
    status, out, err = panjin("reconcile", bad, "--as-of", "2024-06-30")
    assert (status, len(err.splitlines())) == (2, 1)
    assert "nothing was written" in err
    assert [line for line in out.splitlines() if line.startswith("problem: ") and "约三百" in line]
    assert not own.exists()


def test_a_progress_table_elsewhere_is_used_where_it_is_named(panjin, sent, own, tmp_path, monkeypatch):
    copy = filled(sent / HEALTH, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 1})
    panjin("reconcile", copy, "--as-of", "2024-06-30", "--progress", tmp_path / "x.csv")
    monkeypatch.setenv("PANJIN_PROGRESS", str(tmp_path / "y.csv"))
    panjin("reconcile", copy, "--as-of", "2024-06-30")
    assert (len(load_progress(tmp_path / "x.csv")), len(load_progress(tmp_path / "y.csv")), own.exists()) == (
        1,
        1,
        False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["excel"],
        ["excel", "--domain", "helth", "-o", "x.xlsx"],
        ["excel", "--domain", "industry", "-o", "x.xlsx"],
        ["excel", "--profile", "poster", "-o", "x.xlsx"],
        ["excel", "--progress", "no/such.csv", "-o", "x.xlsx"],
        ["reconcile"],
        ["reconcile", "no/such.xlsx"],
        ["progress"],
        ["progress", "--as-of", "June"],
        ["check-workbook", "no/such.xlsx"],
    ],
)
def test_words_that_mean_nothing_are_refused_in_one_line(panjin, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    complaint(panjin(*words))
    assert list(tmp_path.glob("*.xlsx")) == []


def test_libreoffice_recalculates_the_share_done_when_a_number_is_typed(sent, tmp_path):
    book = load(sent / HEALTH)
    page = task_page(book)
    put(page, CHILDCARE, "reached", 125)
    book.save(tmp_path / "a.xlsx")
    path = by_libreoffice(without_cached_values(tmp_path / "a.xlsx", tmp_path / "emptied.xlsx"), tmp_path)
    assert [value for (sheet, _), value in formulas(path).items() if sheet == "任务分解表"] == [0.25]


def test_libreoffice_prints_every_sheet_of_a_task_workbook(sent, tmp_path):
    pdf = by_libreoffice(sent / HEALTH, tmp_path, "pdf").read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page[^s]", pdf))
    assert pages >= len(load(sent / HEALTH).sheetnames)
