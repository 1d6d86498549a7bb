"""How firmly a clause is worded: its verb, what lifts or caps it, and whether it only strives."""

import pytest

from panjin_analysis.extraction import extract
from panjin_analysis.text.coding import FORCES
from panjin_analysis.text.wording import STRENGTHS, force_code

PLAN = "一、2023年工作回顾\n完成了任务。\n二、2024年工作安排\n"
CODES = ["cue", "verb_force", "is_striving", "strength"]


def worded(paragraph):
    """Return verb, force, striving and strength of each clause of a paragraph in the plan."""
    segments = extract(PLAN + paragraph, 2024).segments
    last = segments[segments["start"] >= len(PLAN)]
    return [tuple(None if one != one else one for one in row) for row in last[CODES].astype(object).to_numpy().tolist()]


@pytest.mark.parametrize(
    ("clause", "verb", "force", "strength"),
    [
        ("支持企业发展。", "支持", "support", "support"),
        ("推进产业升级。", "推进", "advance", "advance"),
        ("实施技术改造。", "实施", "implement", "implement"),
        ("完成技术改造。", "完成", "deliver", "deliver"),
        ("确保粮食安全。", "确保", "guarantee", "deliver"),
    ],
)
def test_each_force_of_the_codebook_is_told_by_its_verb(clause, verb, force, strength):
    assert worded(clause) == [(verb, force, False, strength)]


@pytest.mark.parametrize(("clause", "verb"), [("加快推进产业升级。", "推进"), ("深入实施技术改造。", "实施")])
def test_a_verb_that_only_qualifies_the_next_one_does_not_govern(clause, verb):
    assert worded(clause)[0][0] == verb


def test_a_number_makes_a_clause_at_least_deliver():
    assert worded("推进改造老旧小区30个。")[0][1:] == ("deliver", False, "deliver")
    assert worded("支持企业改造车间30个。")[0][1] == "deliver"


def test_a_slogan_is_capped_at_advance_whatever_its_verb():
    assert worded("坚决做到“两个维护”。")[0][1:] == ("advance", False, "advance")


def test_an_end_point_decides_over_a_verb_of_advance():
    assert worded("推进甲工程完成。")[0][1] == "deliver"


@pytest.mark.parametrize("word", ["力争", "争取", "努力"])
def test_a_striving_word_before_the_verb_makes_the_clause_strive(word):
    assert worded(f"{word}建成甲公园。")[0][2:] == (True, "strive")


def test_striving_reaches_to_the_end_of_its_sentence_and_not_beyond():
    assert [row[2] for row in worded("推进改革，力争建成甲公园，引进乙企业。完成丙工程，")] == [
        False,
        True,
        True,
        False,
    ]


def test_others_that_strive_with_support_do_not_make_the_government_strive():
    assert worded("支持企业争取订单。")[0][2:] == (False, "support")


def test_only_commitments_have_wording():
    segments = extract("一、2023年工作回顾\n完成改造30个。\n二、2024年工作安排\n面对困难，推进改造。", 2024).segments
    others = segments[segments["role"] != "commitment"]
    assert len(others) >= 4
    assert others[["verb_force", "strength", "type", "domain", "testable"]].isna().to_numpy().all()
    assert not others["is_striving"].any()


def test_a_clause_without_a_known_verb_is_an_orientation():
    assert worded("公园更加美丽宜人。")[0][1] == "advance"


def test_forces_and_strengths_have_their_codes():
    assert [force_code(number) for number in range(-1, 5)] == [None, *FORCES]
    assert ("strive", *FORCES[:-1]) == STRENGTHS


def test_a_quoted_formula_caps_what_carries_it_out_but_a_named_programme_does_not():
    assert worded("严格落实“甲乙丙丁”。")[0][1] == "advance"
    assert worded("严格落实“甲乙丙丁”行动。")[0][1] == "implement"
    assert worded("开展“甲乙丙丁”宣讲。")[0][1] == "implement"


def test_what_stands_before_a_colon_only_announces():
    assert worded("改革发展的要求是：实施甲方案。")[0][:2] == ("实施", "implement")


def test_an_effort_that_closes_a_clause_strives_for_nothing():
    assert [row[2] for row in worded("政府与企业一起努力，推进甲项目。")] == [False, False]


def test_growth_without_a_number_is_an_orientation_and_with_one_a_promise():
    assert [row[1] for row in worded("居民收入稳步增长，产值增长6%。")] == ["advance", "deliver"]
