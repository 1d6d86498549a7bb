"""Counts and shares, worked by hand."""

import pandas as pd
import pytest

from panjin_analysis.errors import DataError
from panjin_analysis.load import load_commitments
from panjin_analysis.tables import count_by, funnel, labels

LEVELS = pd.CategoricalDtype(["no", "partly", "yes"], ordered=True)
DOMAINS = pd.CategoricalDtype(["talent", "health", "industry"])


@pytest.fixture
def frame():
    return pd.DataFrame(
        {
            "domain": pd.Series(["health", "talent", "health", "health"], dtype=DOMAINS),
            "testable": pd.Series(["yes", "no", "no", "yes"], dtype=LEVELS),
        }
    )


def rows(table):
    return [tuple(row) for row in table.itertuples(index=False)]


def test_an_ordered_list_keeps_its_zeros(frame):
    assert rows(count_by(frame, "testable")) == [("no", 2, 4, 50.0), ("partly", 0, 4, 0.0), ("yes", 2, 4, 50.0)]


def test_a_list_without_order_leaves_out_what_never_occurs(frame):
    assert rows(count_by(frame, "domain")) == [("talent", 1, 4, 25.0), ("health", 3, 4, 75.0)]


def test_shares_are_of_the_first_key(frame):
    assert rows(count_by(frame, "domain", "testable")) == [
        ("talent", "no", 1, 1, 100.0),
        ("talent", "partly", 0, 1, 0.0),
        ("talent", "yes", 0, 1, 0.0),
        ("health", "no", 1, 3, pytest.approx(100 / 3)),
        ("health", "partly", 0, 3, 0.0),
        ("health", "yes", 2, 3, pytest.approx(200 / 3)),
    ]


def test_a_group_without_rows_has_no_share(frame):
    table = count_by(frame, "testable", "domain")
    empty = table[table["testable"] == "partly"]
    assert empty["count"].tolist() == [0, 0]
    assert empty["share_pct"].isna().all()


def test_no_rows_at_all_have_no_share(frame):
    table = count_by(frame.head(0), "testable")
    assert table["count"].tolist() == [0, 0, 0]
    assert table["share_pct"].isna().all()


@pytest.mark.parametrize("keys", [("domain",), ("testable",), ("domain", "testable"), ("testable", "domain")])
def test_shuffled_rows_give_the_same_table_and_the_frame_is_left_alone(frame, keys):
    before = frame.copy()
    pd.testing.assert_frame_equal(count_by(frame.iloc[[2, 0, 3, 1]], *keys), count_by(frame, *keys))
    pd.testing.assert_frame_equal(frame, before)


def test_shares_of_the_real_table_add_to_100_within_the_first_key():
    commitments = load_commitments()
    for first in ("domain", "strength", "testable"):
        table = count_by(commitments, first, "is_striving")
        sums = table.groupby(first, observed=True)["share_pct"].sum()
        assert sums.tolist() == pytest.approx([100] * commitments[first].nunique())
        assert table["count"].sum() == len(commitments)


def test_a_column_that_does_not_exist_is_named(frame):
    with pytest.raises(KeyError, match="mood"):
        count_by(frame, "mood")


@pytest.fixture
def small_report():
    """Return four clauses and the three commitments in them: one counted, one partly testable, one not."""
    commitments = pd.DataFrame(
        {
            "commitment_id": ["PJ-2024-C001", "PJ-2024-C002", "PJ-2024-C003"],
            "testable": pd.Series(["yes", "partly", "no"], dtype=LEVELS),
            "number_constraint": pd.Categorical(["floor", "none", "none"]),
        }
    )
    return pd.DataFrame({"role": ["commitment", "commitment", "commitment", "topic"]}), commitments


def test_the_funnel_counts_each_step_and_what_nobody_has_read_is_missing(small_report):
    table = funnel(*small_report)
    steps = ["clauses", "commitments", "partly_testable", "testable", "quantified", "with_evidence", "met"]
    assert table["step"].tolist() == steps
    assert table["count"].tolist() == [4, 3, 2, 1, 1, pd.NA, pd.NA]
    shares = table["share_pct"]
    assert shares.isna().tolist() == [True, False, False, False, False, True, True]
    assert shares.dropna().tolist() == pytest.approx([100, 200 / 3, 100 / 3, 100 / 3])


def test_the_funnel_goes_on_with_the_numbers_for_which_there_is_evidence(small_report):
    _, commitments = small_report
    bound = commitments.assign(number_constraint=["floor", "point", "none"])
    rated = pd.DataFrame({"commitment_id": ["PJ-2024-C001", "PJ-2024-C002", "PJ-2024-C003"]})
    for codes, expected in [
        (["met", "not_met", "met"], [2, 2, 1]),
        (["exceeded", "no_evidence", "no_evidence"], [2, 1, 1]),
        (["no_evidence", "not_assessable", "met"], [2, 0, 0]),
    ]:
        table = funnel(*small_report[:1], bound, rated=rated.assign(code=codes)).set_index("step")
        assert table.loc[["quantified", "with_evidence", "met"], "count"].tolist() == expected


def test_the_order_of_commitments_does_not_change_the_funnel(small_report):
    segments, commitments = small_report
    pd.testing.assert_frame_equal(funnel(segments, commitments.iloc[::-1]), funnel(segments, commitments))


def test_labels_stand_in_the_order_of_the_list():
    assert list(labels("testable", "zh")) == ["no", "partly", "yes"]
    assert labels("testable", "en") == {"no": "No", "partly": "Partly", "yes": "Yes"}


def test_labels_of_an_unknown_list_are_refused():
    with pytest.raises(DataError, match="domains"):
        labels("domains")
