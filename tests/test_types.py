"""What kind of promise, in what field, how far along and whether it could be checked."""

import pytest

from panjin_analysis.extraction import extract, extract_many
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


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        # A rule or project counts where the promise is about it, not where its name qualifies something else.
        ("完善甲政策。", "institutional"),
        ("扩大甲政策覆盖面。", "direction"),
        ("推进甲政策落实。", "institutional"),
        ("推进甲政策“三项制度”落实。", "institutional"),
        ("落实甲机制，", "institutional"),
        ("推进甲公园、乙公路等建设。", "project_progress"),
        ("发挥甲公园作用。", "direction"),
        ("加强园区基础设施建设。", "direction"),
        ("落实岗位责任制。", "institutional"),
        ("加强成本控制。", "direction"),
        # What a verb promises where its object says nothing.
        ("推行甲乙丙丁。", "institutional"),
        ("支持甲乙丙丁。", "support_others"),
        ("保护甲乙丙丁。", "safeguard"),
        ("加强甲乙管控。", "safeguard"),
        # A programme is carried out, works are built.
        ("实施技能提升工程。", "institutional"),
        ("实施甲河引水工程。", "project_progress"),
        ("推进甲河引水工程。", "project_progress"),
        # What is held is an event; a place for it is built.
        ("举办龙舟博览会。", "event"),
        ("建成博览会场馆。", "deliverable"),
        ("甲隧道建成投用。", "deliverable"),
    ],
)
def test_a_type_is_told_by_the_verb_and_by_the_object_that_closes_the_clause(clause, kind):
    assert coded(clause)["type"] == kind


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


def test_around_a_clause_the_field_is_that_of_its_sentence_paragraph_and_the_paragraphs_beside_it():
    beside = extract(PLAN + "建设小学。\n完成任务。", 2024).segments
    assert beside["domain"].tolist()[-1] == "education"
    # 企业 stands in clauses of every field: the paragraph decides.
    general = extract(PLAN + "发展养殖业、种植业和农产品加工。扶持企业。", 2024).segments
    assert general["domain"].tolist()[-1] == "agriculture_rural"
    assert coded("扶持企业。")["domain"] == "industry"


def test_one_text_tells_nothing_of_the_field_of_another():
    alone = extract(PLAN + "完成任务。", 2024).segments
    beside = extract_many([PLAN + "建设小学。", PLAN + "完成任务。", PLAN + "建设小学。"], [2024] * 3).segments
    assert beside[beside["document"] == 1]["domain"].tolist() == alone["domain"].tolist()


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
