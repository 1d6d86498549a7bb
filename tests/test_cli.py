"""``panjin``: what it prints, and one line and status 2 for whatever is wrong."""

import re
import subprocess
import sys

import pytest
from test_checks import BROKEN_RULES
from test_load import BROKEN_FILES, ROOT, cell
from test_schema import BROKEN_CELLS

from panjin_analysis.load import load_commitments
from panjin_analysis.text.documents import read_text


@pytest.fixture(scope="module")
def commitments():
    return load_commitments()


def complaint(outcome):
    """Return the one line of stderr of a command that was refused."""
    status, out, err = outcome
    assert (status, out) == (2, "")
    assert err.endswith("\n")
    assert len(err.splitlines()) == 1, err
    return err


# Of the rules, one within a table and one between tables: test_checks.py has the others.
BROKEN = [*BROKEN_FILES, *BROKEN_CELLS, *{case.values[1]: case for case in BROKEN_RULES}.values()]


@pytest.mark.parametrize(("edit", "kind", "parts"), BROKEN)
def test_check_refuses_every_broken_folder_in_one_line(panjin, data, edit, kind, parts):
    edit(data)
    line = complaint(panjin("check", "--data", data))
    assert line.startswith("panjin: ")
    assert [part for part in parts if part not in line] == []


def test_check_says_how_much_it_read(panjin, data):
    status, out, err = panjin("check", "--data", data)
    assert (status, err) == (0, "")
    assert re.fullmatch(r"\d+ tables, \d+ rows: all as the codebook says\n", out)


def test_a_broken_folder_stops_the_real_program_without_a_traceback(data):
    cell("commitments.csv", "PJ-2024-C002", "domain", "helth")(data)
    words = [sys.executable, "-m", "panjin_analysis", "check", "--data", str(data)]
    run = subprocess.run(words, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    line = complaint((run.returncode, run.stdout, run.stderr))
    assert "commitments.csv line 3, domain" in line
    assert "Traceback" not in line


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["show", "PJ-2024-C999"], "PJ-2024-C999"),
        (["show"], "ID"),
        (["chekc"], "chekc"),
        ([], "COMMAND"),
        (["list", "--domain", "helth"], "helth"),
        (["list", "--size", "5"], "--size"),
        (["code", "delivr"], "delivr"),
        (["show", "PJ-2024-C001", "--reports", "no/such/folder"], "folder"),
        (["check", "--data", "no/such/data"], "datapackage.json"),
        (["profiles", "--reports", "no/such/folder"], "folder"),
        (["reports", "add"], "reports add"),
        (["reports", "add", "no/such.txt"], "such.txt"),
        (["reports", "remove"], "remove"),
    ],
)
def test_words_that_mean_nothing_are_refused_in_one_line(panjin, words, part):
    assert part in complaint(panjin(*words))


def test_messages_are_chinese_where_the_user_reads_chinese(panjin, data, monkeypatch):
    monkeypatch.setenv("PANJIN_LANG", "zh")
    assert "应为已有的编号" in complaint(panjin("show", "PJ-2024-C999"))
    cell("commitments.csv", "PJ-2024-C002", "object", "")(data)
    line = complaint(panjin("check", "--data", data))
    assert "commitments.csv line 3, object：应有值，是空的" in line


def test_usage_errors_are_chinese_too(panjin, monkeypatch):
    monkeypatch.setenv("PANJIN_LANG", "zh")
    assert "invalid choice" not in complaint(panjin("chekc"))


def test_show_prints_the_quotation_and_the_target(panjin, reports, commitments):
    status, out, err = panjin("show", "PJ-2024-C003", "--reports", reports)
    row = commitments.set_index("commitment_id").loc["PJ-2024-C003"]
    text = read_text(reports / "panjin" / "2024-excerpt.txt")
    assert (status, err) == (0, "")
    assert f"Quotation: {text[row['start'] : row['end']]}\n" in out
    assert "inclusive_kindergarten_share" in out
    assert row["label_en"] in out


def test_show_without_a_text_says_how_to_add_it(panjin):
    status, out, _ = panjin("show", "PJ-2024-C003")
    assert status == 0
    assert "panjin reports add FILE" in out
    assert "Quotation:" not in out


def test_a_report_that_was_added_is_quoted(panjin, reports, tmp_path):
    status, out, _ = panjin("reports", "add", reports / "panjin" / "2024-excerpt.txt")
    assert (status, out.strip().removeprefix("kept: ")) == (0, str(tmp_path / "own" / "reports" / "2024-excerpt.txt"))
    assert "Quotation:" in panjin("show", "PJ-2024-C003")[1]


def test_list_has_a_line_for_each_commitment_of_the_domain(panjin, monkeypatch, commitments):
    health = commitments[commitments["domain"] == "health"]
    expected = [f"{row.commitment_id}  {row.label_en}" for row in health.itertuples()]
    assert panjin("list", "--domain", "health")[1].splitlines() == expected
    monkeypatch.setenv("PANJIN_LANG", "zh")
    assert [line[14:] for line in panjin("list")[1].splitlines()] == commitments["label_zh"].tolist()


def test_code_says_what_it_means_in_every_list(panjin):
    out = panjin("code", "deliver")[1]
    assert re.findall(r"^(\w+): deliver", out, re.MULTILINE) == ["verb_force", "strength"]


def test_profiles_compares_the_facts_with_the_texts_and_writes_them_when_asked(panjin, reports, data):
    words = ("profiles", "--data", data, "--reports", reports)
    status, out, err = panjin(*words)
    assert (status, err) == (0, "")
    assert re.fullmatch(r"\d+ rows: all as text and extractor give\n", out)
    stored = (data / "report_profiles.csv").read_bytes()
    cell("report_profiles.csv", "PJ-GWR-2020-plan-deliver", "clauses", "1")(data)
    assert "PJ-GWR-2020-plan-deliver, clauses" in complaint(panjin(*words))
    status, out, err = panjin(*words, "--write")
    assert (status, err, out.count("written: ")) == (0, "", 2)
    assert (data / "report_profiles.csv").read_bytes() == stored


def test_agreement_cite_and_reports_print_their_tables(panjin):
    assert re.search(r"role +1 +nominal +158", panjin("agreement")[1])
    assert panjin("cite", "--bibtex")[1].startswith("@misc{")
    assert re.search(r"PJ-GWR-2015 +2015 +- +none +-\n", panjin("reports")[1])
