"""One indicator through the years: nothing is joined or taken across a break."""

import itertools

import pandas as pd
import pytest

from panjin_analysis.compare import add_next, add_previous, add_result, histories, history, targets_compared
from panjin_analysis.errors import DataError
from panjin_analysis.load import load_indicators, load_table, load_targets

ADDS = [add_previous, add_result, add_next, targets_compared]


@pytest.fixture(scope="module")
def facts():
    """Return the history of every indicator, by its id."""
    return {indicator: history(indicator) for indicator in load_indicators()["indicator_id"]}


def target(indicator_id: str, value: float, targets: pd.DataFrame) -> pd.DataFrame:
    """Return one target of 2024 on another indicator or of another height."""
    return targets.head(1).assign(indicator_id=indicator_id, value=value).astype({"value": "Float64"})


@pytest.fixture
def targets():
    return load_targets()


def test_years_on_both_sides_of_a_break_are_never_one_series(facts):
    bad = []
    for row in load_table("breaks").itertuples():
        rows = facts[row.indicator_id]
        before = rows.loc[rows["refers_to_year"] < row.from_year, "series"]
        after = rows.loc[rows["refers_to_year"] >= row.from_year, "series"]
        if set(before) & set(after):
            bad.append((row.indicator_id, row.from_year))
    assert bad == []


def test_a_new_series_begins_only_at_a_break(facts):
    breaks = load_table("breaks").groupby("indicator_id")["from_year"].agg(set)
    bad = []
    for indicator, rows in facts.items():
        for one, other in itertools.pairwise(rows.itertuples()):
            between = [y for y in breaks.get(indicator, ()) if one.refers_to_year < y <= other.refers_to_year]
            if other.series - one.series != len(between):
                bad.append((indicator, one.refers_to_year, other.refers_to_year))
    assert bad == []


def test_rows_stand_by_year_and_the_target_of_a_year_before_its_result(facts):
    for rows in facts.values():
        keys = list(zip(rows["refers_to_year"], rows["kind"].map({"target": 0, "result": 1}), strict=True))
        assert keys == sorted(keys)


def test_every_registered_number_of_a_report_is_in_the_history_of_its_indicator_once(facts):
    observed = load_table("observations").dropna(subset=["indicator_id", "report_id"])
    expected = sorted([*observed["observation_id"], *load_targets()["target_id"]])
    assert sorted(name for rows in facts.values() for name in rows["observation_id"]) == expected


def test_a_target_of_2024_stands_in_its_history(facts, targets):
    for row in targets.itertuples():
        rows = facts[row.indicator_id].set_index("observation_id")
        found = rows.loc[row.target_id, ["refers_to_year", "kind", "value", "comparator", "report_id"]]
        assert found.tolist() == [2024, "target", row.value, row.comparator, "PJ-GWR-2024"]


def test_an_unknown_indicator_is_refused():
    with pytest.raises(DataError, match="reed_boats") as caught:
        history("reed_boats")
    assert caught.value.kind == "unknown_reference"


@pytest.mark.parametrize("add", ADDS)
def test_rows_columns_and_order_survive_and_the_table_is_left_as_it_was(add, targets):
    before = targets.copy(deep=True)
    out = add(targets)
    pd.testing.assert_frame_equal(out[targets.columns], before)
    pd.testing.assert_frame_equal(targets, before)


@pytest.mark.parametrize("add", ADDS)
def test_rows_in_another_order_get_the_same_answers(add, targets):
    shuffled = add(targets.sample(frac=1, random_state=7).reset_index(drop=True))
    pd.testing.assert_frame_equal(shuffled.sort_values("target_id", ignore_index=True), add(targets))


def test_the_kindergarten_target_is_set_beside_its_years_by_hand(targets):
    row = targets_compared(targets).set_index("indicator_id").loc["inclusive_kindergarten_share"]
    values = ["previous_result", "previous_target", "value", "result", "next_target"]
    assert row[values].tolist() == [85, 84, 90, 90.6, 91]
    assert row[["previous", "previous_year", "previous_result_year", "next_target_year"]].tolist() == [
        85,
        2022,
        2022,
        2025,
    ]
    indices = row[["previous_index", "result_index", "next_index"]].astype(float).tolist()
    assert indices == pytest.approx([85 / 0.9, 90.6 / 0.9, 91 / 0.9])


def test_where_no_result_came_before_the_earlier_target_stands_in(targets):
    row = targets_compared(targets).set_index("indicator_id").loc["graduates_recruited"]
    assert pd.isna(row["previous_result"])
    assert row[["previous", "previous_year"]].tolist() == [8000, 2016]


def test_an_indicator_that_no_earlier_report_has_stays_missing(targets):
    row = add_next(add_previous(targets)).set_index("indicator_id").loc["start_up_leaders_supported"]
    assert row.filter(regex="previous|next").isna().all()


def test_nothing_is_taken_from_beyond_a_break(targets):
    row = add_next(add_previous(target("talents_recruited_total", 11_000, targets))).iloc[0]
    assert row[["previous_result", "previous_target"]].isna().all()
    assert row["next_target"] == 11_500


def test_a_target_of_zero_has_an_index_only_where_the_result_is_zero_too(targets):
    zero_jobs = targets[targets["indicator_id"] == "zero_job_households"]
    lowered = target("inclusive_kindergarten_share", 0, targets)
    rows = targets_compared(pd.concat([zero_jobs, lowered], ignore_index=True))
    assert rows["result"].tolist() == [0, 90.6]
    assert rows["result_index"].fillna(-1).tolist() == [100, -1]


def test_histories_are_those_of_the_indicators_asked_for_with_their_names():
    rows = histories(["urban_new_jobs", "zero_job_households"])
    assert list(dict.fromkeys(rows["name_en"])) == ["New urban jobs", "Households without a job"]
    alone = history("zero_job_households")
    tail = rows[rows["indicator_id"] == "zero_job_households"].reset_index(drop=True)
    pd.testing.assert_frame_equal(tail[alone.columns], alone)


def test_histories_by_default_have_targets_and_results_in_three_years_or_more_that_moved():
    for name, rows in histories().groupby("indicator_id"):
        assert set(rows["kind"]) == {"target", "result"}, name
        assert rows["refers_to_year"].nunique() >= 3, name
        assert rows["value"].min() < rows["value"].max(), name
