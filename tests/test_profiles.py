"""Facts on whole reports: counted as said, and still what the texts and the extractor give."""

import pandas as pd
import pytest
from test_load import ROOT, case, cell, refusal, rows_changed, says

from panjin_analysis import extraction, load, profiles
from panjin_analysis.errors import DataError
from panjin_analysis.extraction import extract, extractor_version
from panjin_analysis.quotes import report_text

SMALL = "一、2023年工作回顾\n过去一年，建成食堂5家。\n二、2024年工作安排\n新增食堂10家，推进改革，力争引进人才20名。\n"
HELD = pd.DataFrame({
    "report_id": ["R1", "R2", "R3", "R4", "R5"], "report_year": [2019, 2020, 2021, 2022, 2023],
    "held": ["none", "full", "none", "excerpt", "full"],
})  # fmt: skip


def facts(*rows):
    """Return facts of key terms from (report, term, occurrences); every report has 20 000 characters."""
    frame = pd.DataFrame(rows, columns=["report_id", "term_id", "occurrences"]).astype({"occurrences": "Int64"})
    return frame.assign(characters=pd.array([20_000] * len(frame), dtype="Int64"))


def terms_of(*rows):
    frame = pd.DataFrame({"term_id": list(dict.fromkeys(row[1] for row in rows)), "term_group": "people"})
    return profiles.terms_by_year(
        {"terms": frame.assign(term_zh="词", term_en="term"), "key_terms": facts(*rows), "reports": HELD}
    )


def changed(frame):
    """Return the columns that the facts depend on, as text."""
    return frame.astype(object).where(frame.notna(), "").astype(str)


@pytest.mark.parametrize("name", ["report_profiles", "key_terms"])
def test_stored_facts_are_what_the_texts_and_the_extractor_give(name, reports):
    stored = changed(load.load_table(name))
    given = changed(profiles.read_profiles(reports)[name])
    differ = stored.merge(given, how="outer", indicator="side").query("side != 'both'")
    assert differ.empty, "run panjin profiles --write:\n" + differ.to_string()


def test_every_clause_of_a_report_is_counted_once(reports):
    stored = load.load_table("report_profiles").groupby("report_id")["clauses"].sum()
    held = load.load_reports().query("held != 'none'")
    given = {
        row.report_id: len(extract(report_text(row.report_id, reports), row.report_year).segments)
        for row in held.itertuples()
    }
    assert stored.to_dict() == given


def test_facts_cover_every_text_that_is_held_and_every_term_and_name_that_text():
    tables = load.load_tables(ROOT / "data")
    held = tables["reports"].query("held != 'none'").set_index("report_id")["text_sha256"]
    for name in ("report_profiles", "key_terms"):
        assert tables[name].groupby("report_id")["text_sha256"].agg(set).map(list).to_dict() == {
            report: [sha256] for report, sha256 in held.items()
        }
    counted = tables["key_terms"].groupby("report_id")["term_id"].agg(list)
    assert all(terms == tables["terms"]["term_id"].tolist() for terms in counted)
    assert 25 <= len(tables["terms"]) <= 40


def test_a_part_that_a_text_has_gets_a_row_for_every_code_and_one_that_it_lacks_gets_none():
    profile = profiles.strength_profile(SMALL, 2024)
    assert list(dict.fromkeys(profile["part"])) == ["review", "plan"]
    assert (profile.groupby("part").size() == 10).all()
    found = profile[profile["clauses"] > 0]
    commitments = found[found["role"] == "commitment"].set_index("strength")["clauses"].to_dict()
    assert commitments == {"strive": 1, "advance": 1, "deliver": 1}
    assert {"result", "commitment"} & set(found.loc[found["part"] == "review", "role"]) == {"result"}


def test_a_term_inside_a_longer_one_is_counted_once():
    counted = profiles.count_terms("数字化与数字经济，数字化。", ["数字", "数字化", "碳"])
    assert counted == {"数字": 1, "数字化": 2, "碳": 0}
    assert profiles.count_terms("任何文字", []) == {}


def test_a_mark_of_a_pattern_in_a_term_is_only_that_mark():
    assert profiles.count_terms("互联网+，互联网网", ["互联网+"]) == {"互联网+": 1}


@pytest.mark.parametrize(
    ("counts", "status", "first_year"),
    [((1, 9, 1), "stays", 2020), ((0, 9, 2), "new", 2023), ((2, 9, 0), "left", 2020), ((0, 9, 0), "unseen", None)],
)
def test_what_a_term_came_to_is_told_by_the_full_texts_alone(counts, status, first_year):
    rows = terms_of(*[(report, "a", count) for report, count in zip(("R2", "R4", "R5"), counts, strict=True)])
    assert set(rows["status"]) == {status}
    assert [None if pd.isna(year) else year for year in rows["first_year"].unique()] == [first_year]


def test_a_report_that_is_not_held_has_no_count_and_a_term_that_is_not_found_has_zero():
    rows = terms_of(("R2", "a", 0), ("R4", "a", 1), ("R5", "a", 3)).set_index("report_year")
    assert rows.index.tolist() == [2020, 2021, 2022, 2023]
    assert rows["per_10000"].tolist() == [0.0, pd.NA, 0.5, 1.5]


def test_terms_stand_in_the_order_of_their_first_year():
    rows = terms_of(*[("R2", "late", 0), ("R5", "late", 1), ("R2", "early", 1), ("R5", "early", 0)])
    assert list(dict.fromkeys(rows["term_id"])) == ["early", "late"]


def test_shares_are_of_the_commitments_of_the_years_work():
    shares = profiles.strength_by_year()
    assert (shares.dropna().groupby("report_year")["share_pct"].sum().round(6) == 100).all()
    stored = load.load_table("report_profiles").query("report_id == 'PJ-GWR-2016' and role == 'commitment'")
    year = shares.query("report_year == 2016").set_index("strength")["count"]
    assert year.sum() == stored.query("part in ('plan', 'close')")["clauses"].sum() < stored["clauses"].sum()


def test_years_that_are_not_held_have_missing_shares():
    shares = profiles.strength_by_year()
    missing = shares.groupby("report_year")["share_pct"].apply(lambda share: share.isna().all())
    assert missing.index[missing].tolist() == [2015, 2017, 2018, 2019]
    assert shares.loc[shares["share_pct"].isna(), "held"].eq("none").all()


def test_the_version_changes_with_a_lexicon_and_with_the_rules_and_with_nothing_else(data, monkeypatch):
    monkeypatch.setenv("PANJIN_DATA", str(data))
    before = extractor_version()
    for file in (data / "terms.csv", data / "verb_lexicon.csv"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert extractor_version() == before
    rows_changed("verb_lexicon.csv", lambda rows: rows[:-1])(data)
    after = extractor_version()
    assert after != before
    monkeypatch.setattr(extraction, "RULES_VERSION", extraction.RULES_VERSION + 1)
    assert extractor_version() != after


def test_every_table_that_the_lexicons_are_made_of_is_in_the_version(monkeypatch):
    asked = []
    monkeypatch.setattr(extraction, "load_table", lambda name: asked.append(name) or load.load_table(name))
    extraction.lexicons.__wrapped__()
    assert sorted(asked) == sorted(extraction.LEXICON_TABLES)


def test_a_fact_that_does_not_follow_is_named_and_writing_mends_it(data, reports, monkeypatch):
    monkeypatch.setenv("PANJIN_DATA", str(data))
    before = {name: (data / f"{name}.csv").read_bytes() for name in profiles.KEYS}
    cell("report_profiles.csv", "PJ-GWR-2020-plan-deliver", "clauses", "1")(data)
    with pytest.raises(DataError, match=r"report_profiles.csv PJ-GWR-2020-plan-deliver, clauses: .* has 1\.") as caught:
        profiles.check_profiles(reports)
    assert caught.value.kind == "stale_fact"
    paths = profiles.write_profiles(reports)
    assert [path.name for path in paths] == ["report_profiles.csv", "key_terms.csv"]
    assert {name: (data / f"{name}.csv").read_bytes() for name in profiles.KEYS} == before
    assert profiles.check_profiles(reports) == sum(map(len, map(load.load_table, profiles.KEYS)))


def test_a_fact_that_is_missing_is_named(data, reports, monkeypatch):
    monkeypatch.setenv("PANJIN_DATA", str(data))
    rows_changed("key_terms.csv", lambda rows: rows[:-1])(data)
    with pytest.raises(DataError, match=r"PJ-GWR-2025 \w+: text and extractor give this row, .* no such row"):
        profiles.check_profiles(reports)


BROKEN = [
    case(
        "strength of a result",
        cell("report_profiles.csv", "PJ-GWR-2020-review-result", "strength", "deliver"),
        "broken_rule",
        "PJ-GWR-2020-review-result, strength",
        "role is commitment",
    ),
    case(
        "another extractor",
        cell("report_profiles.csv", "PJ-GWR-2020-review-result", "extractor_version", "9-00000000"),
        "broken_rule",
        "extractor_version",
        "9-00000000",
    ),
    case(
        "longer than its text",
        cell("key_terms.csv", "PJ-GWR-2020", "characters", "99999"),
        "broken_rule",
        "characters",
        "at most 14766",
    ),
    case("unknown term", cell("key_terms.csv", "PJ-GWR-2020", "term_id", "luck"), "unknown_reference", "luck", "terms"),
]


@pytest.mark.parametrize(("edit", "kind", "parts"), BROKEN)
def test_a_fact_that_breaks_a_rule_is_refused(data, edit, kind, parts):
    edit(data)
    error = refusal(data)
    assert says(error, kind, parts), error
