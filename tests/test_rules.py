"""The written rules, worked by hand: numbers, stages, progress and ambition."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjin_analysis.rules import STAGES, compare_ambition, rate_number, rate_progress, rate_stage

proves = settings(deadline=None, derandomize=True, max_examples=300)
BETTER = ["not_met", "partly_met", "met", "exceeded"]
SUMS = ["increment", "cumulative", "count_of_projects"]


def rate(value, target, comparator, direction="up", kind="share", **rest):
    return rate_number(value, target, comparator=comparator, direction=direction, kind=kind, **rest)


@pytest.mark.parametrize(
    ("comparator", "direction", "target", "codes"),
    [
        ("eq", "up", 100, {99: "not_met", 100: "met", 101: "exceeded"}),
        ("ge", "up", 100, {99: "not_met", 100: "met", 101: "exceeded"}),
        ("gt", "up", 100, {99: "not_met", 100: "not_met", 101: "exceeded"}),
        ("all", "up", 100, {99: "not_met", 100: "met"}),
        ("eq", "down", 3, {4: "not_met", 3: "met", 2: "exceeded"}),
        ("le", "down", 3, {4: "not_met", 3: "met", 2: "exceeded"}),
        ("lt", "down", 3, {4: "not_met", 3: "not_met", 2: "exceeded"}),
        ("zero", "down", 0, {1: "not_met", 0: "met"}),
        ("eq", "hold", 100, {99: "not_met", 100: "met", 101: "not_met"}),
    ],
)
def test_r1_compares_a_number_with_its_floor_ceiling_point_or_absolute(comparator, direction, target, codes):
    assert {value: rate(value, target, comparator, direction) for value in codes} == {
        value: (code, "R1") for value, code in codes.items()
    }


@pytest.mark.parametrize(
    ("direction", "codes"),
    [
        ("up", {94: "not_met", 95: "met", 105: "met", 106: "exceeded"}),
        ("down", {94: "exceeded", 95: "met", 105: "met", 106: "not_met"}),
        ("hold", {94: "not_met", 95: "met", 105: "met", 106: "not_met"}),
    ],
)
def test_r2_about_a_hundred_is_met_within_five_per_cent_or_beyond_on_the_desired_side(direction, codes):
    assert {v: rate(v, 100, "approx", direction) for v in codes} == {v: (code, "R2") for v, code in codes.items()}


def test_r2_a_wider_tolerance_may_be_chosen():
    assert [rate(91, 100, "approx", tolerance_pct=slack)[0] for slack in (0, 5, 10)] == ["not_met", "not_met", "met"]


@pytest.mark.parametrize(
    ("direction", "codes"),
    [
        ("up", {4: "not_met", 5: "met", 8: "met", 9: "exceeded"}),
        ("down", {4: "exceeded", 5: "met", 8: "met", 9: "not_met"}),
        ("hold", {4: "not_met", 5: "met", 7: "met", 8: "met", 9: "not_met"}),
    ],
)
def test_r3_a_range_of_five_to_eight_is_met_anywhere_inside(direction, codes):
    found = {v: rate(v, 5, "range", direction, upper=8) for v in codes}
    assert found == {v: (code, "R3") for v, code in codes.items()}


def test_r6_is_the_rule_for_growth_rates():
    assert [rate(value, 6, "eq", kind="growth_rate") for value in (5, 6)] == [("not_met", "R6"), ("met", "R6")]


@pytest.mark.parametrize("kind", [*SUMS, "share", "level", "growth_rate", "rank", "binary"])
def test_only_sums_can_be_partly_met(kind):
    assert rate(8, 10, "eq", kind=kind)[0] == ("partly_met" if kind in SUMS else "not_met")
    assert rate(0, 10, "eq", kind=kind)[0] == "not_met"
    assert rate(12, 10, "eq", "down", kind=kind)[0] == "not_met"


@pytest.mark.parametrize(
    ("value_comparator", "value", "target", "direction", "code"),
    [
        ("gt", 300, 300, "up", "exceeded"),
        ("ge", 300, 300, "up", "met"),
        ("gt", 300, 250, "up", "exceeded"),
        ("ge", 300, 250, "up", "exceeded"),
        ("le", 300, 250, "up", "no_evidence"),
        ("lt", 300, 400, "up", "no_evidence"),
        ("lt", 3, 3, "down", "exceeded"),
        ("le", 3, 3, "down", "met"),
        ("ge", 3, 5, "down", "no_evidence"),
    ],
)
def test_a_bounded_result_rates_a_target_if_the_bound_does(value_comparator, value, target, direction, code):
    assert rate(value, target, "eq", direction, value_comparator=value_comparator)[0] == code


def test_more_than_300_says_nothing_of_a_target_of_310():
    assert rate(300, 310, "eq", value_comparator="gt") == ("no_evidence", "R8")


def test_more_than_300_reaches_a_target_of_more_than_300():
    assert rate(300, 300, "gt", value_comparator="gt")[0] in {"met", "exceeded"}


NUMBERS = st.integers(-500, 500).map(lambda n: n / 4)


@proves
@given(st.tuples(NUMBERS, NUMBERS), NUMBERS, st.integers(0, 50), st.sampled_from(["up", "down"]), st.data())
def test_a_better_value_never_gets_a_worse_code(values, target, width, direction, data):
    comparator = data.draw(st.sampled_from(["eq", "ge", "gt", "le", "lt", "approx", "range", "all", "zero"]))
    kind = data.draw(st.sampled_from([*SUMS, "share", "growth_rate"]))
    worse, better = sorted(values, reverse=direction == "down")
    codes = [rate(v, target, comparator, direction, kind, upper=target + width)[0] for v in (worse, better)]
    assert BETTER.index(codes[0]) <= BETTER.index(codes[1])


@proves
@given(st.tuples(NUMBERS, NUMBERS), NUMBERS, st.sampled_from(["eq", "approx"]))
def test_where_a_level_is_to_be_held_a_nearer_value_never_gets_a_worse_code(values, target, comparator):
    worse, better = sorted(values, key=lambda value: -abs(value - target))
    codes = [rate(value, target, comparator, "hold")[0] for value in (worse, better)]
    assert BETTER.index(codes[0]) <= BETTER.index(codes[1])


def test_r4_a_stage_is_met_when_it_is_reached_or_passed_and_partly_once_works_have_begun():
    for (place, reached), (other, promised) in itertools.product(enumerate(STAGES), repeat=2):
        expected = "met" if place >= other else "partly_met" if place >= 3 else "not_met"
        assert rate_stage(reached, promised) == (expected, "R4")


@pytest.mark.parametrize(
    ("value", "months", "code"),
    [(249, 6, "behind"), (250, 6, "on_schedule"), (350, 6, "on_schedule"), (351, 6, "ahead"), (549, 12, "behind")],
)
def test_r5_in_step_is_within_one_month_of_the_months_that_passed(value, months, code):
    assert rate_progress(value, 600, months, kind="cumulative") == (code, "R5")


@pytest.mark.parametrize(("kind", "months"), [("share", 6), ("growth_rate", 6), ("increment", 0), ("increment", 13)])
def test_r5_is_refused_for_what_is_no_sum_and_no_month_of_a_year(kind, months):
    with pytest.raises(ValueError, match=f"{kind}.*{months}"):
        rate_progress(1, 2, months, kind=kind)


@pytest.mark.parametrize(
    ("old", "new", "direction", "code"),
    [
        (85, 90, "up", "raised"), (90, 85, "up", "lowered"), (3.5, 3.2, "down", "raised"),
        (3.2, 3.5, "down", "lowered"), (7, 7, "up", "unchanged"), (7, 7, "down", "unchanged"),
    ],
)  # fmt: skip
def test_ambition_is_judged_in_the_desired_direction(old, new, direction, code):
    assert compare_ambition(old, new, direction) == code


def test_between_equal_numbers_the_tighter_comparator_is_the_harder():
    codes = ["approx", "eq", "ge", "gt"]
    for (place, old), (other, new) in itertools.product(enumerate(codes), repeat=2):
        harder = "comparator_hardened" if other > place else "comparator_softened"
        assert compare_ambition(7, 7, "up", old, new) == ("unchanged" if old == new else harder)
