"""What kind of promise, in what field, how far along and whether it could be checked."""

import pytest

from panjin_analysis.extraction import extract
from panjin_analysis.text.types import STAGE_WORDS, STAGES, TESTABLE, TYPES

PLAN = "一、2023年工作回顾\n完成了任务。\n二、2024年工作安排\n"


def coded(clause):
    """Return type, domain, stage and testability of a clause of the plan."""
    segments = extract(PLAN + clause, 2024).segments
    row = segments.iloc[-1]
    return {name: None if row[name] != row[name] else row[name] for name in ("type", "domain", "stage", "testable")}


@pytest.mark.parametrize(
    ("clause", "kind", "testable"),
    [
        ("新增学位500个。", "quantified_target", "yes"),
        ("建成甲隧道。", "deliverable", "yes"),
        ("创建全国文明城市。", "status_bid", "partly"),
        ("推进甲项目建设。", "project_progress", "partly"),
        ("支持企业开拓市场。", "support_others", "no"),
        ("守住安全底线。", "safeguard", "no"),
        ("巩固治理成果。", "upkeep", "no"),
        ("组织龙舟博览会。", "event", "partly"),
        ("健全工作机制。", "institutional", "partly"),
        ("增进社会和谐。", "direction", "no"),
    ],
)
def test_each_type_of_the_codebook_is_told_by_the_words_of_its_clause(clause, kind, testable):
    found = coded(clause)
    assert (found["type"], found["testable"]) == (kind, testable)


def test_a_number_comes_first_whatever_else_a_clause_holds():
    assert coded("举办龙舟博览会3场。")["type"] == "quantified_target"
    assert coded("社区食堂全覆盖。")["type"] == "quantified_target"


def test_a_formula_is_a_direction_even_with_a_work_in_it():
    assert coded("坚决做到“两个维护”。")["type"] == "direction"


@pytest.mark.parametrize(
    ("clause", "domain"),
    [
        ("建设小学。", "education"),
        ("提升医院诊疗水平。", "health"),
        ("建设养老服务中心。", "elder_child_care"),
        ("改造农村公路。", "agriculture_rural"),
        ("治理河流污染。", "environment"),
        ("引进高层次人才。", "talent"),
    ],
)
def test_the_field_is_told_by_the_words_of_the_clause(clause, domain):
    assert coded(clause)["domain"] == domain


def test_a_clause_without_words_of_a_field_takes_that_of_its_paragraph():
    segments = extract(PLAN + "建设小学，改造中学，完成任务。", 2024).segments
    assert segments["domain"].tolist()[-3:] == ["education"] * 3


def test_the_longer_word_decides_between_fields():
    assert coded("建设养老服务中心。")["domain"] == "elder_child_care"


@pytest.mark.parametrize(
    ("clause", "stage"),
    [
        ("甲工程开工。", "works_started"),
        ("甲工程建成。", "built"),
        ("甲工程建成投用。", "in_use"),
        ("推进甲项目建设。", "under_way"),
        ("新增学位500个。", None),
    ],
)
def test_the_stage_is_the_latest_one_named_and_only_for_projects(clause, stage):
    assert coded(clause)["stage"] == stage


def test_stage_words_name_stages_in_their_order():
    assert set(STAGE_WORDS.values()) == set(range(len(STAGES)))
    assert TESTABLE == ("no", "partly", "yes")
    assert len(set(TYPES)) == 11
