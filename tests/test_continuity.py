"""From one report to the next: what may be said only after a full reading, and what came back."""

import pandas as pd
import pytest
from test_load import cell

from panjin_analysis.compare import continuity, count_continuity, promises, stage_ladder
from panjin_analysis.compare.continuity import held_years
from panjin_analysis.errors import DataError
from panjin_analysis.load import load_commitments, load_table
from panjin_analysis.rules import STAGES

STEPS = [(2014, 2024), (2022, 2024), (2023, 2024), (2024, 2025)]


@pytest.fixture(scope="module")
def steps():
    """Return what changed in each step, by commitment."""
    return {step: continuity(*step).set_index("commitment_id") for step in STEPS}


@pytest.fixture(scope="module")
def links():
    return load_table("links").query("relation != 'result'")


@pytest.fixture(scope="module")
def told():
    return promises()


@pytest.fixture(scope="module")
def ladder():
    return stage_ladder()


@pytest.mark.parametrize(
    ("years", "kind"),
    [
        ((2019, 2024), "not_read"),
        ((2024, 2026), "not_read"),
        ((2013, 2024), "not_read"),
        ((2022, 2023), "bad_value"),
        ((2024, 2024), "bad_value"),
        ((2025, 2024), "bad_value"),
    ],
)
def test_a_year_that_was_not_read_and_two_years_without_2024_are_refused(years, kind):
    with pytest.raises(DataError) as caught:
        continuity(*years)
    assert caught.value.kind == kind


def test_an_excerpt_is_not_a_full_reading(data, monkeypatch):
    cell("coverage.csv", "PJ-GWR-2022-plan", "extent", "excerpt")(data)
    monkeypatch.setenv("PANJIN_DATA", str(data))
    assert len(continuity(2023, 2024)) == 133
    with pytest.raises(DataError, match="excerpt"):
        continuity(2022, 2024)


@pytest.mark.parametrize("step", STEPS)
def test_there_is_one_row_per_commitment_in_their_order(steps, step):
    assert steps[step].index.tolist() == load_commitments()["commitment_id"].tolist()


# Read by hand in links.csv. C045 (basic allowance) stands in 2014, 2016, 2021 and, on a near object, 2022; C011
# (technician college) nowhere before 2024 or after it; C028 (talent projects) from 2021 to 2023;
# C131 is a pledge, which is not followed from year to year.
@pytest.mark.parametrize(
    ("step", "commitment", "code", "observation"),
    [
        ((2014, 2024), "PJ-2024-C045", "unchanged", "PJ-OBS-0045"),
        ((2022, 2024), "PJ-2024-C045", "rebased", "PJ-OBS-0439"),
        ((2023, 2024), "PJ-2024-C045", "reinstated", "PJ-OBS-0439"),
        ((2024, 2025), "PJ-2024-C045", "rebased", "PJ-OBS-0814"),
        ((2014, 2024), "PJ-2024-C011", "new", None),
        ((2023, 2024), "PJ-2024-C011", "new", None),
        ((2024, 2025), "PJ-2024-C011", "dropped_silent", None),
        ((2014, 2024), "PJ-2024-C028", None, None),
        ((2022, 2024), "PJ-2024-C028", "lowered", "PJ-OBS-0404"),
        ((2023, 2024), "PJ-2024-C028", "comparator_hardened", "PJ-OBS-0579"),
        ((2023, 2024), "PJ-2024-C131", "not_assessable", None),
    ],
)
def test_codes_are_those_read_by_hand(steps, step, commitment, code, observation):
    row = steps[step].loc[commitment, ["code", "observation_id"]].astype("object")
    assert row.where(row.notna(), None).tolist() == [code, observation]


def test_what_returns_in_2024_stands_in_an_earlier_report_and_not_in_2023(steps, links):
    back = steps[2023, 2024].query("code == 'reinstated'")
    forebears = links[(links["relation"] == "forebear") & links["commitment_id"].isin(back.index)]
    assert not back.empty
    assert set(forebears.loc[forebears["observation_id"].notna(), "commitment_id"]) == set(back.index)
    assert 2023 not in set(forebears["report_year"])


def test_what_is_new_in_2024_stands_in_no_earlier_report(steps, links):
    new = steps[2023, 2024].query("code == 'new'").index
    assert len(new) > 0
    assert links[(links["relation"] == "forebear") & links["commitment_id"].isin(new)]["observation_id"].isna().all()


def test_every_commitment_has_a_code_into_2024_and_out_of_it(steps):
    assert steps[2023, 2024]["code"].notna().all()
    assert steps[2024, 2025]["code"].notna().all()


def test_counts_are_those_of_the_two_steps(steps):
    counts = count_continuity()
    for name, step in {"2023-2024": (2023, 2024), "2024-2025": (2024, 2025)}.items():
        rows = counts[(counts["step"] == name) & (counts["count"] > 0)].set_index("code")
        expected = steps[step]["code"].value_counts()
        assert rows["count"].to_dict() == expected[expected > 0].to_dict()
        assert rows["share_pct"].sum() == pytest.approx(100)


def test_years_that_are_held_are_those_of_the_list():
    assert held_years() == [2014, 2016, 2020, 2021, 2022, 2023, 2024, 2025]


def test_promises_stand_in_their_list_s_order_by_year_what_was_reported_before_what_is_planned(told):
    order = load_table("promises")["promise_id"].tolist()
    keys = [
        (order.index(p), y, part == "plan") for p, y, part in told[["promise_id", "report_year", "part"]].to_numpy()
    ]
    assert keys == sorted(keys)
    assert set(told["promise_id"]) == set(order)


def test_every_promise_has_the_line_of_2024_itself(told):
    own = told[told["report_year"] == 2024]
    assert own["source"].tolist() == load_table("promises")["commitment_id"].tolist()
    assert own["code"].isna().all()


def test_a_promise_is_named_by_its_stage_or_else_by_its_verb(told):
    rows = told[told["promise_id"] == "oil_college"]
    assert rows["word_en"].tolist() == ["In use", "In use", "Support", "In use", "In use"]
    assert rows["word_zh"].tolist()[2] == rows["verb"].tolist()[2] == "促进"


def test_evidence_on_the_aim_alone_is_followed_by_neither_promises_nor_ladder(told, ladder):
    only_aim = load_table("links").query("comparability == 'other'")
    pairs = set(zip(only_aim["commitment_id"], only_aim["observation_id"], strict=True))
    followed = pd.concat([told, ladder])[["commitment_id", "source"]].itertuples(index=False, name=None)
    assert pairs
    assert not pairs & set(followed)


# The emergency water branch: under way in 2020, no further in 2021, in use in 2022, back to under way in 2024,
# in use once more in 2025. What reviews report is never stuck.
def test_a_plan_is_stuck_when_it_goes_no_further_than_an_earlier_plan(ladder):
    rows = ladder[ladder["commitment_id"] == "PJ-2024-C089"]
    plans = rows[rows["part"] == "plan"]
    assert dict(zip(plans["report_year"], plans["is_stuck"], strict=True)) == {
        2020: False, 2021: True, 2022: False, 2024: True, 2025: True,
    }  # fmt: skip
    assert not rows.loc[rows["part"] == "review", "is_stuck"].any()


def test_the_ladder_has_one_rung_per_project_report_and_part_and_names_it(ladder):
    assert not ladder.duplicated(["commitment_id", "report_year", "part"]).any()
    assert ladder["rung"].tolist() == [STAGES.index(stage) for stage in ladder["stage"]]
    assert ladder["commitment_id"].is_monotonic_increasing
    promised = load_commitments().set_index("commitment_id")["stage"]
    assert (promised[ladder["commitment_id"]] >= "works_started").all()
