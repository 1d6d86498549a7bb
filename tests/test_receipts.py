"""Every number of a chart leads back to rows: in its CSV, on the command line, and only if nothing was changed."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from panjin_analysis import build as building
from panjin_analysis import receipts
from panjin_analysis.build import MANIFEST, build, read_manifest
from panjin_analysis.charts import CHARTS, column_meanings
from panjin_analysis.errors import DataError
from panjin_analysis.load import load_table, load_tables
from panjin_analysis.receipts import explain_chart, find_chart, is_chart

MADE = ("01_funnel", "02_strength_en", "04_targets")


@pytest.fixture(scope="module")
def tables():
    """Return the table of every chart, as it is written beside it."""
    loaded = load_tables()
    return {name: chart.table(loaded) for name, chart in CHARTS.items()}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Path:
    """Return a folder in which a build made three charts; no test changes it."""
    out = tmp_path_factory.mktemp("charts")
    every = building.steps
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "steps", lambda tables: [s for s in every(tables) if s.name in MADE])
        build(out, show_progress=False)
    return out


@pytest.fixture
def made(fresh, tmp_path) -> Path:
    """Return a copy of that folder that a test may spoil."""
    return Path(shutil.copytree(fresh, tmp_path / "figures"))


def cells(table: pd.DataFrame, column: str) -> pd.Series:
    return table[column].dropna().str.split("|")


def test_every_id_beside_a_chart_is_a_row_of_the_tables(tables):
    known = set(receipts._index("zh")["id"])
    unknown = [
        (name, column, one)
        for name, chart in CHARTS.items()
        for column in chart.ids
        for ids in cells(tables[name], column)
        for one in ids
        if one not in known
    ]
    assert unknown == []


def test_every_mark_of_something_has_an_id(tables):
    bare = []
    for name, chart in CHARTS.items():
        table = tables[name]
        is_bare = table[list(chart.ids)].isna().all(axis=1)
        if "count" in table:
            is_bare &= (table["count"] > 0).fillna(False).astype(bool)
        bare += [(name, row) for row in table.index[is_bare]]
    assert bare == []


def test_as_many_ids_stand_beside_a_count_as_it_counts(tables):
    wrong = []
    for name, table in tables.items():
        pairs = {"commitment_ids": "count", "reached_ids": "reached", "counted_ids": "counted"}
        rows = table if "unit" not in table or name != "10_range" else table[table["unit"] == "commitment"]
        for ids, count in pairs.items():
            if ids in table and count in table:
                held = rows[rows[ids].notna()]
                wrong += [(name, row) for row in held.index if len(held[ids][row].split("|")) != held[count][row]]
    assert wrong == []


def test_the_ids_of_a_count_are_the_commitments_with_those_codes(tables):
    row = tables["02_strength"].query("domain == 'talent' and strength == 'strive'").iloc[0]
    commitments = load_table("commitments")
    wanted = commitments[(commitments["domain"] == "talent") & (commitments["strength"] == "strive")]
    assert row["commitment_ids"].split("|") == wanted["commitment_id"].tolist()


def test_a_result_of_a_target_and_what_stands_round_it_have_their_observations(tables):
    targets = tables["04_targets"]
    observed = load_table("observations").set_index("observation_id")["value"]
    for value, ids in {"previous": "previous_id", "result": "result_id", "next_target": "next_id"}.items():
        assert (targets[value].isna() == targets[ids].isna()).all()
        held = targets[targets[ids].notna()]
        assert held[value].astype(float).tolist() == held[ids].map(observed).tolist()


def test_the_counts_of_a_whole_report_add_up_from_the_rows_behind_them(tables):
    clauses = load_table("report_profiles").set_index("profile_id")["clauses"]
    rows = tables["12_profiles"].dropna(subset=["count"])
    assert rows["count"].tolist() == [sum(clauses[one] for one in ids.split("|")) for ids in rows["profile_ids"]]


def test_extractor_counts_carry_the_text_and_the_version_they_come_from(tables):
    for name in ("11_terms", "12_profiles"):
        read = tables[name][tables[name]["held"] != "none"]
        assert read[["text_sha256", "extractor_version"]].notna().all(axis=None)


def test_every_column_beside_a_chart_has_a_meaning(tables):
    for lang in ("zh", "en"):
        meanings = column_meanings(lang)
        assert meanings.index.is_unique
        assert {c for table in tables.values() for c in table.columns} - set(meanings.index) == set()
        assert (meanings["title"].str.len() > 0).all()


@pytest.mark.parametrize("name", ["04_targets.png", "04_targets_en.svg", "10_range.csv", "11_terms.txt"])
def test_a_file_of_a_chart_is_known_by_its_name(name):
    assert is_chart(Path("anywhere") / name)


@pytest.mark.parametrize("name", ["report.txt", "04_targets.pdf", "99_reeds.png", "04_targets_fr.png"])
def test_any_other_file_is_not_taken_for_a_chart(name):
    assert not is_chart(Path(name))


def test_each_mark_comes_with_its_numbers_and_the_rows_behind_it(fresh):
    rows = explain_chart(fresh / "04_targets.png")
    first = rows[rows["row"] == 1]
    assert first["id"].tolist() == ["PJ-2024-T01", "PJ-2024-C003", "PJ-OBS-0527", "PJ-OBS-0715", "PJ-OBS-0819"]
    assert first["table"].tolist() == ["targets", "commitments", "observations", "observations", "observations"]
    assert first["numbers"].str.contains("结果 90.6").all()
    assert first["report_id"].tolist()[-1] == "PJ-GWR-2025"
    assert rows["row"].nunique() == len(load_table("targets"))


def test_a_chart_in_english_is_explained_in_english(fresh):
    rows = explain_chart(fresh / "02_strength_en.svg", mark="talent · strive")
    assert set(rows["mark"]) == {"Talent · Strive"}
    assert not rows["label"].str.contains("[\u4e00-\u9fff]").any()


def test_a_zero_has_one_row_without_an_id(fresh):
    rows = explain_chart(fresh / "02_strength_en.csv", row=1)
    assert rows["numbers"].tolist() == ["Count 0, Total 13, Share (%) 0"]
    assert rows["id"].isna().all()


def test_quotations_are_added_where_the_texts_are_and_checked(fresh, reports):
    rows = explain_chart(fresh / "04_targets.png", row=1, reports_dir=reports)
    assert rows["quote"].notna().all()
    assert all("90" in quote for quote in rows["quote"][:2])


def test_a_report_that_the_folder_lacks_leaves_its_quotations_out_and_a_changed_one_stops(fresh, reports, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    excerpt = next(reports.rglob("2024-excerpt.txt"))
    shutil.copy(excerpt, folder)
    rows = explain_chart(fresh / "04_targets.png", row=1, reports_dir=folder)
    assert rows["quote"].notna().tolist() == [True, True, False, False, False]
    (folder / excerpt.name).write_text("另一份文字。", "utf-8")
    with pytest.raises(DataError) as error:
        explain_chart(fresh / "04_targets.png", row=1, reports_dir=folder)
    assert error.value.kind == "text_changed"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda out: (out / "04_targets.csv").unlink(), r"04_targets\.csv.*the file is missing"),
        (lambda out: (out / "04_targets.csv").write_text("mine"), r"04_targets\.csv.*differs from what manifest"),
        (lambda out: (out / "04_targets.png").write_bytes(b"mine"), r"04_targets\.png.*differs from what manifest"),
        (lambda out: (out / "04_targets.txt").unlink(), r"04_targets\.txt.*the file is missing"),
        (lambda out: (out / "04_targets.txt").write_bytes(b""), r"04_targets\.txt.*differs from what manifest"),
        (lambda out: (out / "04_targets.txt").write_text("目标", "gbk"), r"04_targets\.txt.*differs from what"),
        (lambda out: (out / "04_targets.txt").write_text("All was reached\n"), r"04_targets\.txt.*differs from what"),
    ],
    ids=["no numbers", "other numbers", "another picture", "no words", "empty words", "words in GBK", "another title"],
)
def test_a_chart_whose_files_were_changed_is_refused_in_one_line(made, spoil, words):
    spoil(made)
    with pytest.raises(DataError, match=words):
        explain_chart(made / "04_targets.png")


def test_a_chart_without_a_record_and_a_file_that_is_no_chart_are_refused(made):
    (made / MANIFEST).unlink()
    with pytest.raises(DataError, match=MANIFEST):
        explain_chart(made / "04_targets.png")
    with pytest.raises(DataError) as error:
        find_chart(made / "99_reeds.png")
    assert error.value.kind == "no_chart"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"row": 99}, "found “row 99”"),
        ({"mark": "火星"}, "found “mark 火星”"),
        ({"row": 99, "mark": "火星"}, "found “row 99, mark 火星”"),
    ],
    ids=str,
)
def test_a_row_or_a_mark_that_is_not_there_is_refused_by_what_was_asked_for(fresh, asked, words):
    with pytest.raises(DataError, match=words) as error:
        explain_chart(fresh / "04_targets.png", **asked)
    assert error.value.kind == "no_mark"


def test_the_command_tells_title_marks_rows_and_sources(panjin, fresh):
    status, out, _ = panjin("explain", fresh / "04_targets.png", "--row", 1)
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == "04_targets: " + (fresh / "04_targets.txt").read_text("utf-8").splitlines()[0]
    assert lines[1].startswith("1  普惠性幼儿园覆盖率: ")
    assert any("PJ-OBS-0715" in line for line in lines)
    assert lines[-1] == "Sources: PJ-GWR-2023, PJ-GWR-2024, PJ-GWR-2025"


def test_the_command_lists_the_marks_of_a_long_chart_and_says_how_to_see_more(panjin, fresh):
    _, out, _ = panjin("explain", fresh / "01_funnel.svg")
    lines = out.splitlines()
    assert len(lines) == 7 + 3
    assert "(from 133 rows)" in lines[2]
    assert "--row N" in lines[-2]
    assert receipts._counted(1) == " (from 1 row)"


def test_marks_that_settings_tell_apart_are_named_with_them(tables, tmp_path):
    tables["10_range"].head(1).to_csv(tmp_path / "10_range.csv", index=False)
    ((_, name, _, _),) = receipts._marks(
        receipts.Built("10_range", CHARTS["10_range"], tmp_path / "10_range.csv", "en")
    )
    titles = column_meanings("en")["title"]
    assert all(titles[column] in name for column in CHARTS["10_range"].names)


def test_the_command_says_in_one_line_that_the_data_have_changed_since(panjin, made):
    manifest = read_manifest(made)
    manifest["inputs"]["targets.csv"] = "0" * 64
    (made / MANIFEST).write_text(json.dumps(manifest))
    _, out, _ = panjin("explain", made / "04_targets.png", "--row", 1)
    assert "the data have changed since it was built (targets.csv)" in out.splitlines()[1]


def test_a_report_still_needs_its_offset(panjin, tmp_path):
    (tmp_path / "report.txt").write_text("今年，我们将新增10家食堂。", "utf-8")
    status, _, err = panjin("explain", tmp_path / "report.txt")
    assert status == 2
    assert "--at OFFSET" in err


@pytest.mark.parametrize("name", ["brief_education.png", "mine.SVG", "mine.csv", "01_funnel.PNG"])
def test_a_picture_that_is_no_chart_of_ours_is_said_to_be_none_and_no_offset_is_asked_for(panjin, tmp_path, name):
    (tmp_path / name).write_bytes(b"\x89PNG")
    status, out, err = panjin("explain", tmp_path / name)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "expected a chart that panjin build makes (01_funnel, " in err
    assert f"found “{name}”" in err


@pytest.mark.parametrize(("words", "named"), [(("--at", 0), "--at"), (("--year", 2024, "--at", 3), "--at, --year")])
def test_options_for_a_place_of_a_report_are_refused_on_a_chart(panjin, fresh, words, named):
    status, out, err = panjin("explain", fresh / "04_targets.png", *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert f"expected only options that apply to a chart, found {named}." in err


@pytest.mark.parametrize(("words", "named"), [(("--row", 0), "--row"), (("--mark", "食堂"), "--mark")])
def test_options_for_a_mark_of_a_chart_are_refused_on_a_report(panjin, tmp_path, words, named):
    (tmp_path / "report.txt").write_text("今年，我们将新增10家食堂。", "utf-8")
    status, out, err = panjin("explain", tmp_path / "report.txt", "--at", 5, *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert f"expected only options that apply to a report, found {named}." in err
