"""Filled task tables read back: what was typed comes back as typed, and nothing is guessed, lost or overwritten."""

import random
import re
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbook_tools import HEADS, by_libreoffice, cell, filled, header_row, load, put, rewritten, task_page

from panjin_analysis.errors import DataError
from panjin_analysis.load import load_tables
from panjin_analysis.office import Scope, find_scope, write_tasks
from panjin_analysis.progress import FIELDS, latest, load_progress, no_progress
from panjin_analysis.reconcile import lines, reconcile, record
from panjin_analysis.tables import labels

CHILDCARE, TALENT, SHARE, PLAIN = "PJ-2024-C022", "PJ-2024-C029", "PJ-2024-C003", "PJ-2024-C018"
NUMBERED = ["PJ-2024-C003", "PJ-2024-C015", "PJ-2024-C022", "PJ-2024-C030"]
AS_OF = "2024-06-30"
STATUSES = labels("task_status")
TEXT = "已开工，\n完成主体"


@pytest.fixture(scope="module")
def tables():
    return load_tables()


@pytest.fixture(scope="module")
def city(tables, tmp_path_factory) -> Path:
    """Return the task table of the whole city, as it is sent out."""
    path = tmp_path_factory.mktemp("tasks") / "city.xlsx"
    return write_tasks(tables, path, lang="zh", scope=Scope(), entries=no_progress())


@pytest.fixture(scope="module")
def health(tables, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("tasks") / "health.xlsx"
    return write_tasks(tables, path, lang="zh", scope=find_scope(lead_unit="health_commission"), entries=no_progress())


@pytest.fixture
def table(tmp_path) -> Path:
    """Return where the user's progress table will be."""
    return tmp_path / "own" / "progress.csv"


def said(path: Path) -> dict[tuple[str, str], str]:
    """Return what is known of every cell."""
    known = latest(load_progress(path))
    return {(row.commitment_id, row.field): row.new for row in known.itertuples()}


def typed(field: str, text: str) -> object:
    """Return what an office types to say what the progress table keeps as a text."""
    if field == "status":
        return STATUSES[text]
    if field == "done_on":
        return datetime.fromisoformat(text)
    return float(text) if field == "reached" else text


def refused(found) -> list[str]:
    """Return the kinds of the problems that a run found."""
    return [problem.kind for problem in found.problems]


def test_what_is_typed_comes_back_with_who_when_old_and_new(health, table, tmp_path):
    copy = filled(health, tmp_path / "卫健委6月.xlsx", {(CHILDCARE, "reached"): 180, (CHILDCARE, "status"): "达进度"})
    assert record(reconcile([copy], table, "2024-05-31"), table) == 2
    again = filled(health, tmp_path / "卫健委7月.xlsx", {(CHILDCARE, "reached"): 260})
    assert record(reconcile([again], table, AS_OF), table) == 1
    rows = load_progress(table).astype({"old": "str"}).fillna("")
    assert rows[["field", "filled_file", "old", "new"]].to_numpy().tolist() == [
        ["reached", "卫健委6月.xlsx", "", "180"],
        ["status", "卫健委6月.xlsx", "", "on_schedule"],
        ["reached", "卫健委7月.xlsx", "180", "260"],
    ]
    assert rows["as_of"].dt.strftime("%Y-%m-%d").tolist() == ["2024-05-31", "2024-05-31", AS_OF]
    assert set(rows["as_of_basis"]) == {"given"}


def test_without_a_day_the_files_own_date_is_taken_and_said_to_be(health, table, tmp_path):
    saved = filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 1})

    def dated(name: str, old: bytes) -> bytes:
        return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-06-30T23:30:00Z", old)

    copy = rewritten(saved, tmp_path / "early.xlsx", dated)
    (row,) = reconcile([copy], table).entries.itertuples()
    # Half past seven in the morning in China, still the day before in the UTC of the file.
    assert (f"{row.as_of:%Y-%m-%d}", row.as_of_basis) == ("2024-07-01", "file_property")


def test_one_file_that_cannot_be_read_hides_the_problems_of_no_other(health, table, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    wrong = filled(health, tmp_path / "b.xlsx", {(CHILDCARE, "reached"): "many"})
    right = filled(health, tmp_path / "c.xlsx", {(CHILDCARE, "reached"): 180})
    found = reconcile([tmp_path / "a.xlsx", tmp_path / "none.xlsx", wrong, right], table, AS_OF)
    assert [problem.kind for problem in found.problems] == ["not_workbook", "not_workbook", "bad_entry"]
    with pytest.raises(DataError, match="3"):
        record(found, table)
    assert not table.exists()


def test_running_twice_adds_nothing_and_changes_no_byte(health, table, tmp_path):
    copy = filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 180, (PLAIN, "problems"): TEXT})
    record(reconcile([copy], table, AS_OF), table)
    before = table.read_bytes()
    found = reconcile([copy, copy], table, AS_OF)
    assert (record(found, table), found.known, found.conflicts) == (0, 2, [])
    assert table.read_bytes() == before


def test_an_earlier_copy_read_again_does_not_undo_a_later_one(health, table, tmp_path):
    old = filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 180})
    new = filled(health, tmp_path / "b.xlsx", {(CHILDCARE, "reached"): 260})
    for copy, day in ((old, "2024-05-31"), (new, AS_OF), (old, "2024-05-31")):
        record(reconcile([copy], table, day), table)
    assert said(table) == {(CHILDCARE, "reached"): "260"}


def test_what_is_recorded_stays_byte_for_byte_before_what_is_added(health, table, tmp_path):
    record(reconcile([filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 1})], table, "2024-01-31"), table)
    before = table.read_bytes()
    record(reconcile([filled(health, tmp_path / "b.xlsx", {(CHILDCARE, "reached"): 2})], table, "2024-02-29"), table)
    assert table.read_bytes().startswith(before)
    assert len(load_progress(table)) == 2


def test_an_empty_cell_says_nothing(health, table, tmp_path):
    record(reconcile([filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 1})], table, "2024-01-31"), table)
    assert reconcile([health], table, AS_OF).entries.empty
    assert said(table) == {(CHILDCARE, "reached"): "1"}


def test_two_copies_that_disagree_give_both_values_and_both_files_and_neither_is_recorded(health, table, tmp_path):
    one = filled(health, tmp_path / "one.xlsx", {(CHILDCARE, "reached"): 180, (PLAIN, "problems"): TEXT})
    two = filled(health, tmp_path / "two.xlsx", {(CHILDCARE, "reached"): 240, (PLAIN, "problems"): TEXT})
    found = reconcile([one, two], table, AS_OF)
    (conflict,) = found.conflicts
    assert (conflict.commitment_id, conflict.field) == (CHILDCARE, "reached")
    assert conflict.said == ((str(one), "180"), (str(two), "240"))
    assert record(found, table) == 1
    assert said(table) == {(PLAIN, "problems"): TEXT}
    (line,) = [line for line in lines(found) if line.startswith("conflict")]
    assert [word for word in (CHILDCARE, str(one), "180", str(two), "240") if word not in line] == []


def test_a_copy_that_disagrees_with_another_file_of_the_same_day_is_a_conflict(health, table, tmp_path):
    one = filled(health, tmp_path / "one.xlsx", {(CHILDCARE, "reached"): 180})
    record(reconcile([one], table, AS_OF), table)
    two = filled(health, tmp_path / "two.xlsx", {(CHILDCARE, "reached"): 240})
    found = reconcile([two], table, AS_OF)
    assert [conflict.said for conflict in found.conflicts] == [(("one.xlsx", "180"), (str(two), "240"))]
    assert found.entries.empty


def test_a_file_that_was_corrected_the_same_day_adds_an_entry_and_keeps_the_first(health, table, tmp_path):
    for value in (180, 181):
        copy = filled(health, tmp_path / "one.xlsx", {(CHILDCARE, "reached"): value})
        record(reconcile([copy], table, AS_OF), table)
    assert load_progress(table)["new"].tolist() == ["180", "181"]
    assert said(table) == {(CHILDCARE, "reached"): "181"}


def test_a_correction_back_to_an_earlier_value_is_the_last_word(health, table, tmp_path):
    for value in (50, 60, 50):
        copy = filled(health, tmp_path / "one.xlsx", {(CHILDCARE, "reached"): value})
        record(reconcile([copy], table, AS_OF), table)
    assert load_progress(table)["new"].tolist() == ["50", "60", "50"]
    assert said(table) == {(CHILDCARE, "reached"): "50"}


def test_copies_of_two_months_in_one_run_are_two_statements_whatever_their_names(health, table, tmp_path, monkeypatch):
    july = filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 60, (PLAIN, "problems"): TEXT})
    june = filled(health, tmp_path / "b.xlsx", {(CHILDCARE, "reached"): 50, (PLAIN, "problems"): TEXT})
    days = {"a.xlsx": pd.Timestamp("2024-07-30"), "b.xlsx": pd.Timestamp("2024-06-28")}
    monkeypatch.setattr(
        "panjin_analysis.reconcile._day", lambda book, *_: (days[Path(book.path).name], "file_property")
    )
    found = reconcile([july, june], table)
    assert (found.conflicts, record(found, table)) == ([], 4)
    rows = load_progress(table).query("field == 'reached'").astype({"old": "str"}).fillna("")
    assert rows[["new", "old"]].to_numpy().tolist() == [["50", ""], ["60", "50"]]


def test_sorted_rows_moved_columns_wide_columns_filters_and_another_name_change_nothing(health, table, tmp_path):
    def change(page):
        head, last = header_row(page), page.max_row
        rows = [[one.value for one in row] for row in page.iter_rows(head, last)]
        order = list(range(len(rows[0])))
        random.Random(5).shuffle(order)
        body = rows[1:]
        random.Random(6).shuffle(body)
        for number, row in enumerate([rows[0], *body], head):
            for place, source in enumerate(order, 1):
                one = page.cell(number, place)
                one.value, one.hyperlink = row[source], None
                if one.data_type == "f" and not str(row[source]).startswith("=IF("):
                    one.data_type = "s"
        page.title = "我的表"
        page.column_dimensions["C"].width = 90
        page.tables.clear()
        page.auto_filter.ref = f"A{head}:Q{last}"
        for number in range(head + 1, head + 5):
            page.row_dimensions[number].hidden = True

    fills = {(CHILDCARE, "reached"): 180, (PLAIN, "problems"): "=不是公式", (PLAIN, "status"): "其它"}
    found = reconcile([filled(health, tmp_path / "a.xlsx", fills, change)], table, AS_OF)
    assert refused(found) == []
    assert found.notes == []
    record(found, table)
    assert said(table) == {
        (CHILDCARE, "reached"): "180", (PLAIN, "problems"): "=不是公式", (PLAIN, "status"): "other",
    }  # fmt: skip


TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufeff\ufffe\uffff"), min_size=1, max_size=30
).filter(str.strip)  # fmt: skip
VALUES = {
    # No more than 100, since some of the targets are percentages.
    "reached": st.one_of(st.integers(2, 100).map(str), st.integers(101, 10**4).map(lambda n: repr(n / 100))),
    "status": st.sampled_from(list(STATUSES)),
    "done_on": st.dates(datetime(2023, 1, 1).date(), datetime(2026, 12, 31).date()).map(str),
}


@st.composite
def fills(draw, ids: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """Draw what some cells say, as the progress table keeps it."""
    chosen = draw(st.lists(st.sampled_from(ids), max_size=6, unique=True))
    out = {}
    for one in chosen:
        for name in draw(st.lists(st.sampled_from(FIELDS), min_size=1, unique=True)):
            if name != "reached" or one in NUMBERED:
                value = draw(VALUES.get(name, TEXTS))
                out[one, name] = str(int(float(value))) if name == "reached" and float(value).is_integer() else value
    return out


IDS = (*NUMBERED, "PJ-2024-C001", "PJ-2024-C018", "PJ-2024-C077", "PJ-2024-C133")


def shuffled(seed: int):
    """Return a change that puts the rows of a task table into another order."""

    def change(page):
        head, last = header_row(page), page.max_row
        cells = list(page.iter_rows(head + 1, last))
        kept = [[(one.value, one.data_type) for one in row] for row in cells]
        random.Random(seed).shuffle(kept)
        for row, values in zip(cells, kept, strict=True):
            for one, (value, kind) in zip(row, values, strict=True):
                one.hyperlink = None
                one.value = value
                one.data_type = kind if value is not None else one.data_type

    return change


def few_or_many(count: int):
    return settings(max_examples=count, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few_or_many(4)
@given(asked=fills(IDS), seed=st.integers(0, 99))
def test_the_round_trip_is_the_identity(city, tmp_path_factory, asked, seed):
    comes_back(city, tmp_path_factory, asked, seed)


@pytest.mark.slow
@few_or_many(60)
@given(asked=fills(IDS), seed=st.integers(0, 99))
def test_many_round_trips_are_the_identity(city, tmp_path_factory, asked, seed):
    comes_back(city, tmp_path_factory, asked, seed)


def comes_back(city, tmp_path_factory, asked, seed):
    folder = tmp_path_factory.mktemp("round")
    values = {key: typed(key[1], text) for key, text in asked.items()}
    copy = filled(city, folder / "a.xlsx", values, shuffled(seed))
    found = reconcile([copy], folder / "p.csv", AS_OF)
    assert [str(problem) for problem in found.problems] == []
    record(found, folder / "p.csv")
    assert said(folder / "p.csv") == asked


@few_or_many(2)
@given(asked=fills(IDS).filter(bool), seed=st.integers(0, 99))
def test_the_round_trip_through_libreoffice_is_the_identity(city, tmp_path_factory, asked, seed):
    """LibreOffice opens and saves the filled copy; skipped where it is not installed."""
    folder = tmp_path_factory.mktemp("round")
    values = {key: typed(key[1], text) for key, text in asked.items()}
    copy = by_libreoffice(filled(city, folder / "a.xlsx", values, shuffled(seed)), folder)
    found = reconcile([copy], folder / "p.csv", AS_OF)
    assert [str(problem) for problem in found.problems] == []
    record(found, folder / "p.csv")
    assert said(folder / "p.csv") == asked


def percent(value):
    def change(page):
        cell(page, SHARE, "reached").value = value
        cell(page, SHARE, "reached").number_format = "0%"

    return change


def plain_number(page):
    cell(page, PLAIN, "done_on").value = 45473
    cell(page, PLAIN, "done_on").number_format = "General"


def typing(commitment_id: str, field: str, value):
    def change(page):
        put(page, commitment_id, field, value)

    return change


def formula(page):
    cell(page, CHILDCARE, "reached").value = "=90*2"


def second_id(page):
    put(page, TALENT, "commitment_id", CHILDCARE)


def no_id(page):
    cell(page, TALENT, "commitment_id").value = None


BAD = {
    "date_as_text": (typing(PLAIN, "done_on", "2024-06-30"), "bad_entry", [PLAIN, "完成日期", "2024-06-30"]),
    "date_as_number": (plain_number, "bad_entry", [PLAIN, "完成日期"]),
    "percent_as_0.1": (typing(SHARE, "reached", 0.1), "bad_entry", [SHARE, "累计完成数", "0.1"]),
    "percent_as_format": (percent(0.1), "bad_entry", [SHARE, "累计完成数", "10%"]),
    "percent_as_text": (typing(SHARE, "reached", "10%"), "bad_entry", [SHARE, "累计完成数", "10%"]),
    "number_as_text": (typing(CHILDCARE, "reached", "三百"), "bad_entry", [CHILDCARE, "三百"]),
    "negative": (typing(CHILDCARE, "reached", -3), "bad_entry", [CHILDCARE, "-3"]),
    "truth_for_number": (typing(CHILDCARE, "reached", True), "bad_entry", [CHILDCARE]),
    "status_outside": (typing(PLAIN, "status", "差不多"), "bad_entry", [PLAIN, "完成状态", "差不多"]),
    "formula": (formula, "bad_entry", [CHILDCARE, "formula", "=90*2"]),
    "twice": (second_id, "duplicate", [CHILDCARE]),
    "unknown_id": (typing(TALENT, "commitment_id", "PJ-2024-C999"), "unknown_id", ["PJ-2024-C999"]),
    "no_id": (no_id, "unknown_id", ["row"]),
    "locked_text": (typing(PLAIN, "label", "改了"), "locked_cell", [PLAIN, "工作任务", "改了"]),
    "locked_date": (typing(PLAIN, "due_on", datetime(2025, 1, 1)), "locked_cell", [PLAIN, "完成时限", "2025-01-01"]),
    "locked_emptied": (typing(PLAIN, "lead_unit", None), "locked_cell", [PLAIN, "牵头单位"]),
    "not_applicable": (typing(PLAIN, "reached", 5), "locked_cell", [PLAIN, "累计完成数", "5"]),
}


@pytest.fixture(scope="module")
def good(city, tmp_path_factory) -> Path:
    return filled(city, tmp_path_factory.mktemp("good") / "good.xlsx", {(PLAIN, "problems"): TEXT})


@pytest.mark.parametrize("name", BAD)
def test_a_cell_that_cannot_be_read_is_named_and_nothing_at_all_is_written(city, good, table, tmp_path, name):
    change, kind, words = BAD[name]
    copy = filled(city, tmp_path / "bad.xlsx", {(TALENT, "problems"): "好的一格"}, change)
    found = reconcile([copy, good], table, AS_OF)
    assert refused(found) == [kind]
    line = str(found.problems[0])
    assert [word for word in ["bad.xlsx", *words] if word not in line] == []
    assert len(line.splitlines()) == 1
    with pytest.raises(DataError) as error:
        record(found, table)
    assert error.value.kind == "refused"
    assert not table.exists()


def test_every_problem_of_every_copy_is_listed_at_once(health, table, tmp_path):
    one = filled(health, tmp_path / "one.xlsx", {(CHILDCARE, "reached"): "x", (PLAIN, "status"): "y"})
    two = filled(health, tmp_path / "two.xlsx", {(PLAIN, "label"): "z"})
    assert refused(reconcile([one, two], table, AS_OF)) == ["bad_entry", "bad_entry", "locked_cell"]


def test_a_row_of_another_unit_pasted_in_is_refused(health, city, table, tmp_path):
    def change(page):
        page.cell(page.max_row + 1, cell(page, PLAIN, "commitment_id").column).value = TALENT

    found = reconcile([filled(health, tmp_path / "a.xlsx", {}, change)], table, AS_OF)
    assert refused(found) == ["unknown_id"]


def test_rows_that_are_gone_are_named_and_the_others_still_count(health, table, tmp_path):
    def change(page):
        page.delete_rows(cell(page, PLAIN, "commitment_id").row)

    found = reconcile([filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 3}, change)], table, AS_OF)
    assert [PLAIN in note for note in found.notes] == [True]
    assert len(found.entries) == 1


def test_a_column_of_ones_own_is_named_and_not_read(health, table, tmp_path):
    def change(page):
        page.cell(header_row(page), 30).value = "备注"
        page.cell(header_row(page) + 1, 30).value = "自己看"

    found = reconcile([filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 3}, change)], table, AS_OF)
    assert ["备注" in note for note in found.notes] == [True]
    assert len(found.entries) == 1


def unmarked(page):
    for one in page["A"]:
        if "panjin-tasks" in str(one.value):
            one.value = None


def remarked(old: str, new: str):
    def change(page):
        for one in page["A"]:
            if "panjin-tasks" in str(one.value):
                one.value = one.value.replace(old, new)

    return change


def headless(page):
    page.cell(header_row(page), cell(page, PLAIN, "status").column).value = "状态"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (unmarked, "no_task_table"),
        (headless, "no_task_table"),
        (remarked("panjin-tasks 1", "panjin-tasks 2"), "other_version"),
        (remarked("facts ", "facts f"), "no_task_table"),
        (remarked("entries 0", "entries 7"), "other_version"),
        (remarked("=health_commission", "=education_bureau"), "other_version"),
        (remarked("lead_unit_suggested=health_commission", "colour=red"), "no_task_table"),
    ],
    ids=["no_mark", "no_header", "version", "broken_mark", "entries", "scope", "no_such_scope"],
)
def test_a_workbook_of_another_version_is_refused(health, table, tmp_path, change, kind):
    copy = filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 3}, change)
    with pytest.raises(DataError) as error:
        reconcile([copy], table, AS_OF)
    assert (error.value.kind, "a.xlsx" in str(error.value)) == (kind, True)


def test_the_next_table_shows_the_last_report_and_is_read_back_by_the_same_rule(health, table, tables, tmp_path):
    scope = find_scope(lead_unit="health_commission")
    record(reconcile([filled(health, tmp_path / "a.xlsx", {(CHILDCARE, "reached"): 180})], table, "2024-05-31"), table)
    june = write_tasks(tables, tmp_path / "june.xlsx", lang="zh", scope=scope, entries=load_progress(table))
    page = task_page(load(june))
    assert cell(page, CHILDCARE, "last_report").value == "2024-05-31 累计完成数：180"
    assert cell(page, CHILDCARE, "reached").value is None
    # What was recorded since does not make the issued copy another version.
    record(reconcile([filled(health, tmp_path / "b.xlsx", {(PLAIN, "problems"): TEXT})], table, "2024-06-01"), table)
    found = reconcile([filled(june, tmp_path / "c.xlsx", {(CHILDCARE, "reached"): 250})], table, AS_OF)
    assert (refused(found), found.entries["old"].tolist(), found.entries["new"].tolist()) == ([], ["180"], ["250"])


def test_an_english_copy_says_the_same(tables, table, tmp_path):
    path = write_tasks(tables, tmp_path / "city.xlsx", lang="en", scope=Scope(), entries=no_progress())
    book = load(path)
    page = task_page(book)
    head = next(one.row for one in page["A"] if one.value == "No.")
    places = {one.value: one.column for one in page[head]}
    row = next(n for n in range(head + 1, page.max_row + 1) if page.cell(n, places["Id"]).value == CHILDCARE)
    page.cell(row, places["Status"]).value = "On schedule"
    page.cell(row, places["Reached so far"]).value = 12.5
    book.save(tmp_path / "a.xlsx")
    record(reconcile([tmp_path / "a.xlsx"], table, AS_OF), table)
    assert said(table) == {(CHILDCARE, "status"): "on_schedule", (CHILDCARE, "reached"): "12.5"}


def test_only_the_cells_to_fill_are_unlocked_and_the_status_is_a_list(health):
    page = task_page(load(health))
    assert page.protection.sheet
    head = header_row(page)
    places = {one.value: one.column for one in page[head]}
    fields = labels("task_field")
    for row in page.iter_rows(head + 1, page.max_row):
        is_numbered = row[places[HEADS["reached"]] - 1].value is None
        opened = {name for name, place in places.items() if not row[place - 1].protection.locked}
        assert opened == {label for code, label in fields.items() if code != "reached" or is_numbered}
    lists = [rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert lists == ['"' + ",".join(STATUSES.values()) + '"']


def test_last_years_line_stands_beside_this_years(city):
    page = task_page(load(city))
    assert "普惠性幼儿园覆盖率" in cell(page, SHARE, "label").value or cell(page, SHARE, "last_year").value
    assert cell(page, "PJ-2024-C019", "last_year").value == labels("continuity")["new"]


def test_the_share_done_is_a_formula_over_the_target(city):
    page = task_page(load(city))
    one, reached = cell(page, CHILDCARE, "share"), cell(page, CHILDCARE, "reached").coordinate
    assert one.value == f'=IF({reached}="","",{reached}/500)'
    assert cell(page, "PJ-2024-C036", "share").value is None  # a target of zero has no share
