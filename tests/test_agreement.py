"""Alpha worked by hand, and which code stands in the end."""

import pandas as pd
import pytest

from panjin_analysis.agreement import agreement, disagreements, load_codings, settled

KEYS = ["segment_id", "unit_part", "field"]


def codings(field, a, b, number=1):
    """Return what two passes coded: one letter or word a unit."""
    passes = [("A", a), ("B", b)]
    rows = [(name, number, f"S{i}", "a", field, code) for name, codes in passes for i, code in enumerate(codes)]
    return pd.DataFrame(rows, columns=["coding_pass", "round", *KEYS, "code"])


def measured(frame, **options):
    return agreement(frame, **{"resamples": 50, **options}).iloc[0]


def test_nominal_alpha_is_what_the_arithmetic_gives():
    # Pairs xx, xx, yy, yx: 8 values, 5 x and 3 y. Observed disagreement 2/8;
    # expected 2*5*3 / (8*7) = 30/56; alpha = 1 - (2/8) / (30/56) = 16/30.
    row = measured(codings("colour", "xxyy", "xxyx"))
    assert row["level"] == "nominal"
    assert row["alpha"] == pytest.approx(16 / 30)
    assert (row["units"], row["codes_used"], row["same_pct"]) == (4, 2, 75.0)
    assert row["alpha_low"] <= row["alpha"] <= row["alpha_high"]


def test_ordinal_alpha_is_what_the_arithmetic_gives():
    # Pairs no-no, partly-partly, yes-yes, no-yes: 3 no, 2 partly, 3 yes. Squared distances by ranks:
    # no-yes (3+2+3 - (3+3)/2)^2 = 25, no-partly and partly-yes (3+2 - (3+2)/2)^2 = 6.25.
    # Observed 2*25 / 8 = 6.25; expected (2*3*3*25 + 2*3*2*6.25 + 2*2*3*6.25) / (8*7) = 600/56.
    row = measured(codings("testable", ["no", "partly", "yes", "no"], ["no", "partly", "yes", "yes"]))
    assert row["level"] == "ordinal"
    assert row["alpha"] == pytest.approx(1 - 6.25 / (600 / 56))


def test_a_code_for_does_not_apply_makes_an_ordered_list_nominal():
    assert measured(codings("stage", ["plan", "na"], ["plan", "na"]))["level"] == "nominal"


def test_perfect_agreement_is_1():
    row = measured(codings("colour", "xyx", "xyx"))
    assert row[["same_pct", "alpha", "alpha_low", "alpha_high"]].tolist() == [100, 1, 1, 1]


def test_one_code_throughout_has_no_alpha():
    row = measured(codings("colour", "xx", "xx"))
    assert row["same_pct"] == 100
    assert row[["alpha", "alpha_low", "alpha_high"]].isna().all()


def test_the_same_seed_gives_the_same_interval_and_another_one_another():
    frame = codings("colour", "xxyyzzxxyyzz", "xyyyzzxxyxzz")
    one, again, other = (agreement(frame, resamples=30, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert one["alpha"].equals(other["alpha"])
    assert not one[["alpha_low", "alpha_high"]].equals(other[["alpha_low", "alpha_high"]])


def test_shuffled_rows_give_the_same_agreement():
    frame = codings("colour", "xxyyzz", "xyyyzz")
    assert measured(frame.iloc[::-1])["alpha"] == pytest.approx(measured(frame)["alpha"])


def test_each_field_and_round_is_measured_apart():
    frame = pd.concat(
        [codings("colour", "xy", "yx"), codings("colour", "xy", "xy", number=2), codings("shape", "uv", "uv")]
    )
    table = agreement(frame, resamples=10)
    found = table[["field", "round", "same_pct"]].itertuples(index=False, name=None)
    assert list(found) == [("colour", 1, 0), ("colour", 2, 100), ("shape", 1, 100)]


def test_a_unit_that_only_one_pass_coded_does_not_stop_the_measure():
    measured(codings("colour", "xyx", "xy"))


def test_disagreements_are_the_units_that_two_passes_coded_differently():
    found = disagreements(codings("colour", "xxy", "xyy"))
    assert found.to_dict("records") == [
        {"round": 1, "segment_id": "S1", "unit_part": "a", "field": "colour", "code_a": "x", "code_b": "y"}
    ]


def test_the_last_round_stands_and_the_adjudication_above_it():
    # S0 agreed at once, S1 agreed in round 2, S2 was decided, S3 agreed but overturned, S4 is open.
    first = codings("colour", "xxxxx", "xyyxy")
    second = codings("colour", " zx x", " zy y", number=2)
    second = second[second["code"] != " "]
    decided = pd.DataFrame(
        [("S2", "a", "colour", "y"), ("S3", "a", "colour", "z")],
        columns=[*KEYS, "code"],
    )
    found = settled(pd.concat([first, second]), decided).set_index("segment_id")["code"]
    assert found.dropna().to_dict() == {"S0": "x", "S1": "z", "S2": "y", "S3": "z"}
    assert found.index[found.isna()].tolist() == ["S4"]


def test_the_two_passes_agree_well_where_the_project_says_so():
    table = agreement(load_codings(), resamples=20).set_index(["field", "round"])
    assert table.loc[("role", 1), "units"] == 158
    assert (table.loc[("role", 1), "alpha"], table.loc[("type", 1), "alpha"] > 0.9) == (1, True)
    in_two_rounds = table.xs(2, level="round")
    assert (in_two_rounds["alpha"] >= table.xs(1, level="round").loc[in_two_rounds.index, "alpha"]).all()
