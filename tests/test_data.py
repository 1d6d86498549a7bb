"""The tables as they stand: counts, provenance of every code, labels, hashes, vocabulary."""

import frictionless
import pandas as pd
import pytest
from test_load import ROOT, cell

from panjin_analysis import load
from panjin_analysis.agreement import UNIT, settled
from panjin_analysis.text.documents import read_text, span_sha1, text_sha256
from panjin_analysis.text.segments import segment

REPORT = "PJ-GWR-2024"
KEYS = [*UNIT, "field"]


@pytest.fixture(scope="module")
def tables():
    return load.load_tables(ROOT / "data")


@pytest.fixture(scope="module")
def last_round(tables):
    """Return the codes of both passes in the last round of each unit and field, side by side."""
    codings = tables["codings"]
    newest = codings.sort_values("round").drop_duplicates([*KEYS, "coding_pass"], keep="last")
    return newest.pivot(index=KEYS, columns="coding_pass", values="code")


@pytest.fixture(scope="module")
def text(reports):
    return read_text(reports / "panjin" / "2024-excerpt.txt")


def of_2024(table):
    return table[table["report_id"] == REPORT]


def test_the_report_of_2024_has_158_clauses_133_commitments_and_11_targets(tables):
    commitments = of_2024(tables["commitments"])
    targets = tables["targets"]
    assert len(of_2024(tables["segments"])) == 158
    assert len(commitments) == 133
    assert len(targets[targets["commitment_id"].isin(commitments["commitment_id"])]) == 11


def test_the_frictionless_tool_finds_the_package_valid():
    report = frictionless.validate(ROOT / "data" / "datapackage.json")
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])


def test_the_frictionless_tool_would_find_an_unknown_reference(data):
    cell("targets.csv", "PJ-2024-T01", "commitment_id", "PJ-2024-C999")(data)
    assert not frictionless.validate(data / "datapackage.json").valid


def test_every_code_of_a_commitment_is_the_settled_one(tables):
    commitments = of_2024(tables["commitments"])
    links = tables["links"]
    part = commitments.groupby("segment_id").cumcount().map(dict(enumerate("abcdef")))
    held = commitments.assign(
        unit_part=part, has_third_party=commitments["third_party"].notna(), has_place=commitments["place"].notna()
    )
    held = held.assign(**{name: held["commitment_id"].map(codes) for name, codes in read_twice(links).items()})
    codes = settled(tables["codings"], tables["adjudications"])
    codes = codes[codes["field"] != "role"]
    fields = sorted(codes["field"].unique())
    coded = codes.pivot(index=UNIT, columns="field", values="code")[fields]
    stored = held.set_index(UNIT)[fields].astype("object")
    stored = stored.map(lambda code: "na" if pd.isna(code) else str(code).lower() if isinstance(code, bool) else code)
    assert {"domain", "type", "verb", "testable", "has_place", "has_third_party"} <= set(fields)
    assert stored.index.is_unique
    assert set(stored.index) == set(coded.index)
    bad = stored.compare(coded.loc[stored.index], result_names=("stored", "settled"))
    assert bad.empty, bad.to_string()


def read_twice(links):
    """Return what the links say of 2025, in the codes of the two readings: a side that only shares the aim is none."""
    shown = links[(links["report_year"] == 2025) & (links["code"] == "evidence") & (links["comparability"] != "other")]
    followed = links[links["relation"] == "successor"].set_index("commitment_id")
    none = followed["observation_id"].isna() | (followed["comparability"] == "other")
    successor = none.map({True: "no", False: "yes"}).mask(followed["code"] == "not_assessable", "na")
    evidence = {name: "yes" if name in set(shown["commitment_id"]) else "no" for name in followed.index}
    return {"has_evidence_2025": evidence, "has_successor_2025": successor.to_dict()}


def test_every_role_of_a_segment_is_the_settled_one(tables):
    codes = settled(tables["codings"], tables["adjudications"])
    roles = codes[codes["field"] == "role"].set_index("segment_id")["code"]
    stored = of_2024(tables["segments"]).set_index("segment_id")["role"].astype("str")
    assert roles.to_dict() == stored.to_dict()


def test_both_passes_coded_every_unit_of_every_round(last_round):
    bad = last_round[last_round.isna().any(axis=1)]
    assert list(last_round.columns) == ["A", "B"]
    assert bad.empty, bad.to_string()


def test_adjudications_repeat_the_codes_of_the_last_round(tables, last_round):
    decided = tables["adjudications"].set_index(KEYS)
    coded = last_round.reindex(decided.index)
    bad = decided[(decided["code_a"] != coded["A"]) | (decided["code_b"] != coded["B"]) | coded.isna().any(axis=1)]
    assert bad.empty, bad.to_string()


def test_exactly_the_disagreements_of_the_last_round_are_adjudicated_and_what_a_rule_overturns(tables, last_round):
    decided = tables["adjudications"].set_index(KEYS)
    differ = set(last_round.index[last_round["A"] != last_round["B"]])
    by_rule = set(decided.index[decided["basis"] == "rule"])
    assert set(decided.index) - by_rule == differ - by_rule
    assert set(decided["basis"]) <= {"disagreement", "rule"}


def test_every_coded_value_is_in_its_list(tables):
    book = load.codebook()
    book = book[book["table"].isin(["segments", "commitments"]) & (book["vocabulary"] != "")]
    codes = load.load_vocabulary().groupby("vocabulary")["code"].agg(set)
    allowed = {row.column: codes[row.vocabulary] | {"na"} for row in book.itertuples()}
    allowed["verb"] = set(tables["verb_lexicon"]["verb"])
    allowed |= {field: {"true", "false"} for field in ("is_striving", "has_place", "has_third_party")}
    allowed |= {"has_evidence_2025": {"yes", "no"}, "has_successor_2025": {"yes", "no", "na"}}
    coded = pd.concat([tables["codings"], tables["adjudications"]])[["field", "code"]].drop_duplicates()
    bad = [(row.field, row.code) for row in coded.itertuples() if row.code not in allowed[row.field]]
    assert bad == []


def test_every_verb_is_in_the_lexicon(tables):
    assert set(tables["commitments"]["verb"]) - set(tables["verb_lexicon"]["verb"]) == set()


def test_every_code_of_a_crosswalk_is_in_the_vocabulary(tables):
    codes = set(tables["vocabulary"][["vocabulary", "code"]].itertuples(index=False, name=None))
    crosswalks = tables["crosswalks"][["vocabulary", "code"]].itertuples(index=False, name=None)
    assert set(crosswalks) - codes == set()


def test_codes_stand_in_the_order_their_list_gives_them():
    vocabulary = load.load_vocabulary()
    bad = vocabulary[vocabulary["order"] != vocabulary.groupby("vocabulary").cumcount()]
    assert bad.empty, bad.to_string()


def test_labels_fit_a_chart_axis(tables):
    commitments = tables["commitments"]
    long = (commitments["label_zh"].str.len() > 20) | (commitments["label_en"].str.len() > 60)
    assert commitments[long].empty, commitments.loc[long, ["commitment_id", "label_zh", "label_en"]].to_string()


def test_every_commitment_with_a_number_can_be_tested(tables):
    commitments = tables["commitments"]
    bad = commitments[(commitments["number_constraint"] != "none") & (commitments["testable"] != "yes")]
    assert bad.empty, bad.to_string()


def test_printed_forms_give_the_value(tables):
    targets = tables["targets"]
    times = targets["unit_as_printed"].map(lambda unit: 10_000 if str(unit).startswith("万") else 1)
    printed = pd.to_numeric(targets["value_as_printed"], errors="coerce") * times
    bad = targets[printed.notna() & ((printed - targets["value"]).abs() > 1e-6)]
    assert bad.empty, bad.to_string()
    assert printed.notna().sum() >= 9


@pytest.mark.parametrize("name", ["segments", "commitments"])
def test_stored_hashes_match_the_text(tables, text, name):
    table = of_2024(tables[name])
    hashes = [span_sha1(text, start, end) for start, end in zip(table["start"], table["end"], strict=True)]
    bad = table[table["span_sha1"] != hashes]
    assert bad.empty, bad.to_string()


def test_stored_segments_are_the_clauses_that_the_cut_gives(tables, text):
    columns = ["start", "end", "section_no", "paragraph_no", "sentence_no", "clause_no"]
    found = pd.DataFrame(segment(text))[columns].astype("Int64")
    stored = of_2024(tables["segments"])[columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(stored, found)


def test_every_report_that_is_held_is_the_text_on_record(tables, reports):
    bad = []
    for row in tables["reports"].dropna(subset=["text_file"]).itertuples():
        held = read_text(reports / "panjin" / row.text_file)
        if (text_sha256(held), len(held)) != (row.text_sha256, row.text_characters):
            bad.append(row.report_id)
    assert bad == []
