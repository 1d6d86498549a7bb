"""``panjin extract``, ``adopt`` and ``explain``: from a file to a package, in one line each."""

import pytest

from panjin_analysis.review import decide, load_adopted, read_candidates, sample_report, write_candidates

pytestmark = pytest.mark.usefixtures("undisturbed")


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(sample_report(), "utf-8")
    return path


def complaint(outcome) -> str:
    status, out, err = outcome
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1, err
    return err


def test_a_summary_is_printed_where_no_file_is_named(panjin, report):
    status, out, _ = panjin("extract", report)
    assert status == 0
    assert out.startswith("2031: 32 candidates, 20 with a number\n")
    assert "GDP growth: 6 % " in out


def test_the_summary_is_chinese_for_who_reads_chinese(panjin, report, monkeypatch):
    monkeypatch.setenv("PANJIN_LANG", "zh")
    assert panjin("extract", report)[1].startswith("2031 年：候选承诺 32 项")


@pytest.mark.parametrize("ending", ["xlsx", "csv", "parquet"])
def test_extract_review_adopt_and_check_go_one_after_the_other(panjin, report, tmp_path, ending):
    path, own = tmp_path / f"c.{ending}", tmp_path / "mine"
    assert panjin("extract", report, "-o", path)[0] == 0
    frame = read_candidates(path).frame
    write_candidates(decide(frame, accept=["K0003", "K0006"], reject=["K0018"]), path)
    words = ("adopt", path, "--to", own, "--place", "LG", "--text", report, "--as-of", "2031-02-01")
    status, out, _ = panjin(*words)
    assert (status, out.split(":")[0]) == (0, "adopted 2 rows, noted 1 rejections; 0 were there, 43 undecided")
    assert panjin(*words)[1].startswith("nothing new: 3 rows are there already")
    assert panjin("check", "--data", own)[1] == "6 tables, 9 rows: all as the codebook says\n"
    assert len(load_adopted(own)["commitments"]) == 2


def test_a_conflict_says_how_to_accept_it_and_then_is_accepted(panjin, report, tmp_path):
    path, own = tmp_path / "c.csv", tmp_path / "mine"
    panjin("extract", report, "-o", path)
    frame = read_candidates(path).frame
    write_candidates(decide(frame, accept=["K0003"]), path)
    panjin("adopt", path, "--to", own, "--place", "LG")
    write_candidates(decide(frame, change={"K0003": {"domain": "health"}}), path)
    assert "add --correct" in complaint(panjin("adopt", path, "--to", own))
    status, out, _ = panjin("adopt", path, "--to", own, "--correct")
    assert (status, out.splitlines()[0]) == (0, "corrected 1 rows; decisions.csv has the old and new values")
    assert load_adopted(own)["commitments"]["domain"].tolist() == ["health"]
    assert panjin("adopt", path, "--to", own, "--correct")[1].startswith("nothing new")


def test_without_a_folder_the_users_own_is_used(panjin, report, tmp_path):
    frame = tmp_path / "c.csv"
    panjin("extract", report, "-o", frame)
    write_candidates(decide(read_candidates(frame).frame, accept=["K0003"]), frame)
    assert panjin("adopt", frame, "--place", "LG")[0] == 0
    assert (tmp_path / "own" / "adopted" / "commitments.csv").is_file()


def test_a_broken_package_stops_check_in_one_line(panjin, report, tmp_path):
    path, own = tmp_path / "c.csv", tmp_path / "mine"
    panjin("extract", report, "-o", path)
    write_candidates(decide(read_candidates(path).frame, accept=["K0003"]), path)
    panjin("adopt", path, "--to", own, "--place", "LG")
    (own / "segments.csv").write_text("甲\n", "utf-8")
    assert "segments.csv" in complaint(panjin("check", "--data", own))


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["extract", "none.txt"], "none.txt"),
        (["extract", "REPORT", "-o", "c.ods"], ".xlsx .csv .parquet"),
        (["extract", "REPORT", "--year", "31"], "four digits"),
        (["adopt", "REPORT"], ".xlsx .csv .parquet"),
        (["adopt", "none.csv"], "none.csv"),
        (["adopt", "none.csv", "--as-of", "today"], "--as-of"),
        (["explain", "REPORT"], "--at"),
        (["explain", "REPORT", "--at", "99999"], "--at"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(panjin, report, words, part):
    assert part in complaint(panjin(*(report if word == "REPORT" else word for word in words)))


def test_explain_names_the_words(panjin, report):
    out = panjin("explain", report, "--at", sample_report().index("力争引进"))[1]
    assert "striving: true “力争”" in out
    assert len(out.splitlines()) == 11
