"""What units report of themselves: kept in a table of the user's own, rated only where a rule holds."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from panjin_analysis import compare
from panjin_analysis.errors import DataError
from panjin_analysis.load import codebook, data_dir, load_tables, load_vocabulary, read_codebook, read_user_tables
from panjin_analysis.progress import (
    FIELDS,
    append_progress,
    describe,
    latest,
    load_progress,
    months_passed,
    no_progress,
    progress,
    progress_file,
    rate_with_progress,
)

CHILDCARE, GRADUATES, SHARE, ZERO, PLAIN = (
    "PJ-2024-C022",
    "PJ-2024-C030",
    "PJ-2024-C003",
    "PJ-2024-C036",
    "PJ-2024-C018",
)


def entries(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Return a progress table of rows (commitment, field, day, new)."""
    table = no_progress()
    cells = [(n, one, name, day, "given", "a.xlsx", None, new) for n, (one, name, day, new) in enumerate(rows, 1)]
    return pd.DataFrame(cells, columns=table.columns).astype(table.dtypes.to_dict())


def code(as_of: str, *rows) -> object:
    now = progress(as_of, entries(*rows)).set_index("commitment_id")
    value = now.loc[rows[0][0], "code"]
    return None if pd.isna(value) else value


def test_the_progress_table_is_described_and_bundled_nowhere():
    assert list(read_user_tables(data_dir())) == ["progress"]
    assert "progress" not in read_codebook(data_dir())
    assert "progress" not in load_tables()
    assert not (data_dir() / "progress.csv").exists()
    assert codebook("progress")["column"].tolist() == list(no_progress().columns)


def test_the_fields_are_those_of_the_codebook():
    assert load_vocabulary("task_field")["code"].tolist() == list(FIELDS)


@pytest.mark.parametrize(
    ("line", "kind", "word"),
    [
        ("1,PJ-2024-C999,reached,2024-06-30,given,a.xlsx,,5", "unknown_reference", "PJ-2024-C999"),
        ("1,PJ-2024-C022,reached,30.6.2024,given,a.xlsx,,5", "bad_value", "line 2, as_of"),
        ("1,PJ-2024-C022,size,2024-06-30,given,a.xlsx,,5", "unknown_code", "line 2, field"),
        ("1,PJ-2024-C022,reached,2024-06-30,given,,,5", "missing_value", "filled_file"),
        ("0,PJ-2024-C022,reached,2024-06-30,given,a.xlsx,,5", "bad_value", "entry_no"),
    ],
)
def test_the_users_table_is_checked_by_the_codebook(tmp_path, line, kind, word):
    path = tmp_path / "p.csv"
    path.write_text(",".join(no_progress().columns) + "\n" + line + "\n", "utf-8")
    with pytest.raises(DataError) as error:
        load_progress(path)
    assert (error.value.kind, word in str(error.value), "p.csv" in str(error.value)) == (kind, True, True)


def test_the_table_lies_where_the_variable_says_else_in_the_users_folder(monkeypatch, tmp_path):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    monkeypatch.delenv("PANJIN_PROGRESS", raising=False)
    assert progress_file() == tmp_path / "own" / "progress.csv"
    monkeypatch.setenv("PANJIN_PROGRESS", str(tmp_path / "x.csv"))
    assert progress_file() == tmp_path / "x.csv"


def test_a_table_is_read_back_as_it_was_appended(tmp_path):
    table = entries(
        (CHILDCARE, "problems", "2024-05-31", '一行，"引号"\n二行'), (PLAIN, "status", "2024-06-30", "other")
    )
    append_progress(table, tmp_path / "p.csv")
    pd.testing.assert_frame_equal(load_progress(tmp_path / "p.csv"), table)


def test_entries_that_do_not_follow_the_last_one_are_not_written(tmp_path):
    path = tmp_path / "p.csv"
    append_progress(entries((CHILDCARE, "reached", "2024-05-31", "1")), path)
    before = path.read_bytes()
    with pytest.raises(DataError) as error:
        append_progress(entries((CHILDCARE, "reached", "2024-06-30", "2")), path)
    assert error.value.kind == "table_grew"
    assert path.read_bytes() == before


def test_the_later_day_wins_and_within_a_day_the_later_entry():
    table = entries(
        (CHILDCARE, "reached", "2024-06-30", "3"), (CHILDCARE, "reached", "2024-05-31", "9"),
        (CHILDCARE, "reached", "2024-06-30", "4"), (PLAIN, "problems", "2024-07-01", "x"),
    )  # fmt: skip
    assert latest(table)["new"].tolist() == ["4", "x"]
    assert latest(table, pd.Timestamp("2024-05-31"))["new"].tolist() == ["9"]
    pd.testing.assert_frame_equal(latest(table.sample(frac=1, random_state=3)), latest(table))


@pytest.mark.parametrize(
    ("day", "months"), [("2024-01-15", 0), ("2024-01-31", 1), ("2024-06-29", 5), ("2024-06-30", 6), ("2024-12-31", 12)]
)
def test_a_month_has_passed_when_it_is_over(day, months):
    assert months_passed(pd.Timestamp(day)) == months


@pytest.mark.parametrize(
    ("value", "expected"),
    [("300", "ahead"), ("250", "on_schedule"), ("209", "on_schedule"), ("208", "behind"), ("0", "behind")],
)
def test_a_count_is_set_against_the_months_passed(value, expected):
    """500 places: 250 by June, and in step within a month's part, 41.7."""
    assert code("2024-06-30", (CHILDCARE, "reached", "2024-06-30", value)) == expected


def test_an_older_number_is_set_against_the_months_of_its_own_day():
    row = (CHILDCARE, "reached", "2024-03-31", "125")
    assert code("2024-06-30", row) == "on_schedule"
    assert (
        progress("2024-06-30", entries(row)).set_index("commitment_id").loc[CHILDCARE, "reporting"] == "not_this_month"
    )


def test_a_share_and_a_target_of_zero_are_never_called_half_done():
    assert code("2024-06-30", (SHARE, "reached", "2024-06-30", "45")) is None
    assert code("2024-06-30", (ZERO, "reached", "2024-06-30", "0")) is None


def test_before_a_month_is_over_nothing_is_rated():
    assert code("2024-01-20", (CHILDCARE, "reached", "2024-01-20", "0")) is None


def test_a_number_of_another_year_is_not_set_against_this_years_months():
    assert code("2024-06-30", (CHILDCARE, "reached", "2023-11-30", "500")) is None


@pytest.mark.parametrize(
    ("value", "expected"), [("501", "exceeded"), ("500", "met"), ("400", "partly_met"), ("0", "not_met")]
)
def test_from_the_due_day_on_the_number_itself_is_rated(value, expected):
    assert code("2024-12-31", (CHILDCARE, "reached", "2024-12-31", value)) == expected


def test_entries_of_later_days_do_not_count():
    now = progress("2024-05-31", entries((CHILDCARE, "reached", "2024-06-30", "300"))).set_index("commitment_id")
    assert pd.isna(now.loc[CHILDCARE, "reached"])
    assert now.loc[CHILDCARE, "reporting"] == "never"


def test_the_gap_list_tells_never_from_not_this_month():
    now = progress(
        "2024-06-30", entries((CHILDCARE, "problems", "2024-05-31", "x"), (PLAIN, "status", "2024-06-01", "behind"))
    ).set_index("commitment_id")
    assert now.loc[[CHILDCARE, PLAIN, SHARE], "reporting"].tolist() == ["not_this_month", "reported", "never"]
    assert now.loc[PLAIN, "status"] == "behind"
    assert pd.isna(now.loc[PLAIN, "code"])  # what a unit says of itself is no rating


def test_every_commitment_has_a_row_in_its_order():
    assert progress("2024-06-30", no_progress())["commitment_id"].tolist() == load_tables()["commitments"]["commitment_id"].tolist()  # fmt: skip


def test_reported_progress_fills_only_what_no_report_has_rated():
    rated = compare.fulfilment("2024-06-30")
    now = progress(
        "2024-06-30", entries((CHILDCARE, "reached", "2024-06-30", "300"), (SHARE, "reached", "2024-06-30", "9"))
    )
    out = rate_with_progress(rated, now)
    changed = out[out["code"] != rated["code"]]
    assert changed[["commitment_id", "code", "rule_id"]].to_numpy().tolist() == [[CHILDCARE, "ahead", "R5"]]
    later = compare.fulfilment()
    kept = rate_with_progress(later, progress("2025-01-08", entries((SHARE, "reached", "2024-12-31", "9"))))
    assert kept.set_index("commitment_id").loc[SHARE, "code"] == "exceeded"  # as the 2025 report has it


def test_what_stands_how_is_said_in_lines():
    now = progress(
        "2024-06-30", entries((CHILDCARE, "reached", "2024-06-30", "300"), (GRADUATES, "reached", "2024-05-31", "4250"))
    )
    assert describe(now, "2024-06-30") == [
        "As of 2024-06-30: Ahead 1, On schedule 1", f"not reported this month: {len(now) - 1}, of which never: {len(now) - 2}",
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["30.6.2024", "2024-13-01", "June", "2024"])
def test_a_day_that_is_none_is_named(day):
    with pytest.raises(DataError, match="--as-of"):
        progress(day, no_progress())


def test_a_build_asks_nothing_of_the_users_progress_table():
    """A broken table of the user's own would stop whatever reads it."""
    script = (
        "from pathlib import Path; from panjin_analysis.load import load_tables; from panjin_analysis.build import steps;"
        "import tempfile; folder = Path(tempfile.mkdtemp());"
        "[step.make(folder) for step in steps(load_tables()) if step.name == 'workbook_accessible'];"
        "print(sorted(path.name for path in folder.rglob('*.xlsx')))"
    )
    environment = {"PANJIN_PROGRESS": str(Path(__file__)), "PATH": "", "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, env=environment, check=True
    )
    assert run.stdout.strip() == "['panjin_2024_accessible.xlsx']"


def test_once_the_year_is_over_an_older_number_is_not_rated():
    assert code("2025-03-31", (CHILDCARE, "reached", "2024-03-31", "125")) is None


@pytest.mark.parametrize("day", ["204-06-30", "0204-06-30", "2042-06-30", "2024-6-30"])
def test_a_day_that_can_only_be_mistyped_is_refused(day):
    with pytest.raises(DataError, match=r"--as-of"):
        progress(day, no_progress())


def test_a_file_that_another_run_holds_is_not_written(tmp_path):
    path = tmp_path / "progress.csv"
    (tmp_path / "progress.csv.lock").touch()
    with pytest.raises(DataError, match=r"lock"):
        append_progress(entries((CHILDCARE, "reached", "2024-03-31", "125")), path)
    assert not path.exists()
