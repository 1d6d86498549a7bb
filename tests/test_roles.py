"""What a clause does is told by where it stands first, then by how it opens, then by the part it is in."""

import numpy as np
import pytest

from panjin_analysis.extraction import extract
from panjin_analysis.text.found import in_any
from panjin_analysis.text.roles import ROLES, RULES

REVIEW = "一、2023年工作回顾\n完成了任务。\n"
TURN = "\n二、2024年工作安排\n"
PLAN = REVIEW + TURN.lstrip()


def roles(paragraph, before=PLAN):
    """Return clause, role and rule of each clause of a paragraph in the plan, or in the review."""
    text = before + paragraph + TURN * (before == REVIEW)
    segments = extract(text, 2024).segments
    last = segments[(segments["start"] >= len(before)) & (segments["end"] <= len(before + paragraph))]
    words = [text[start:end] for start, end in zip(last["start"], last["end"], strict=True)]
    return list(zip(words, last["role"], last["rule"], strict=True))


def only(paragraph, before=PLAN):
    return [role for _, role, _ in roles(paragraph, before)]


def test_the_plan_promises_and_the_review_reports():
    assert roles("新增学位500个，改造管网20公里。") == [
        ("新增学位500个，", "commitment", "plan"),
        ("改造管网20公里。", "commitment", "plan"),
    ]
    assert roles("新增学位500个，改造管网20公里。", REVIEW)[0] == ("新增学位500个，", "result", "review")


@pytest.mark.parametrize(
    "title", ["三、聚力改革开放", "（一）聚力产业升级", "第三部分 重点工作", "(二)办好实事", "聚力产业升级"]
)
def test_a_numbered_line_or_one_without_a_full_stop_is_a_title(title):
    assert roles(title) == [(title, "section", "title")]


def test_a_numbered_first_sentence_is_a_title_and_what_follows_is_not():
    assert only("（一）聚力产业升级。新增企业5家，改造车间3个。") == ["section", "commitment", "commitment"]


def test_the_first_sentence_of_one_clause_is_the_topic_of_its_paragraph():
    assert roles("聚力办好民生实事。新增学位500个。")[0] == ("聚力办好民生实事。", "topic", "lead_sentence")
    assert only("聚力办好民生实事，增进福祉。新增学位500个。")[0] == "commitment"
    assert only("新增学位500个。") == ["commitment"]


@pytest.mark.parametrize(
    ("clause", "role", "rule"),
    [
        ("面对复杂严峻的形势，", "rhetoric", "fragment"),
        ("围绕建设幸福城市，", "rhetoric", "fragment"),
        ("以改革创新为动力，", "rhetoric", "purpose"),
        ("让群众更有获得感，", "rhetoric", "purpose"),
        ("今年，", "rhetoric", "fragment"),
    ],
)
def test_what_only_introduces_the_next_clause_is_rhetoric(clause, role, rule):
    assert roles(f"{clause}推进项目建设。")[0] == (clause, role, rule)


@pytest.mark.parametrize(
    ("clause", "role"),
    [
        ("以消费升级激活市场，", "commitment"),
        ("以优化环境激活市场，", "commitment"),
        ("以激活市场，", "rhetoric"),
        ("努力让群众更有获得感，", "rhetoric"),
        ("为产业发展提供支撑，", "rhetoric"),
        ("为困难群众提供服务，", "commitment"),
        ("水利建设方面，", "rhetoric"),
        ("主要预期目标是，", "rhetoric"),
        ("虽然形势复杂，", "rhetoric"),
    ],
)
def test_a_means_with_a_verb_behind_it_is_an_act_and_without_one_an_introduction(clause, role):
    assert only(f"推进改革，{clause}推进项目建设。")[1] == role


def test_a_clause_that_ends_a_sentence_with_what_it_supports_is_rhetoric():
    assert only("提升保障能力，以安全支撑发展。")[-1] == "rhetoric"
    assert only("提升保障能力，以创新引领发展。")[-1] == "commitment"


def test_what_a_sentence_says_something_of_is_no_promise():
    assert only("推进项目建设，是当前的任务。")[0] == "rhetoric"
    assert only("做好今年工作，必须推进项目建设。") == ["rhetoric", "commitment"]


def test_a_paragraph_that_explains_a_term_is_background():
    assert roles("3、“甲乙工程”：指推进1000个项目，新增企业20家。")[0][1:] == ("background", "glossary")
    assert only("推进甲乙工程：新增企业20家。") == ["commitment"]


def test_a_paragraph_of_the_review_that_begins_with_what_must_be_is_a_lesson():
    assert set(only("一是必须坚持改革开放，推进项目建设。", REVIEW)) == {"background"}
    assert only("二是必须坚持改革开放。") == ["commitment"]


@pytest.mark.parametrize("clause", ["各位代表！", "让我们团结一心！"])
def test_addresses_and_calls_are_rhetoric(clause):
    assert roles(f"新增学位500个。{clause}")[-1] == (clause, "rhetoric", "speech")


def test_thanks_speak_for_their_whole_sentence():
    assert only("我代表市人民政府，向各位代表表示衷心感谢！") == ["rhetoric", "rhetoric"]


def test_the_situation_is_background_in_the_plan():
    assert roles("当前，我市面临诸多挑战。")[-1][1:] == ("background", "situation")


def test_problems_are_background_until_a_remedy_is_named():
    found = only("我们也清醒看到，产业结构不优，财政收支矛盾突出。对此，我们将采取措施加以解决。", REVIEW)
    assert found[:3] == ["rhetoric", "background", "background"]
    assert found[-1] == "commitment"


def test_problems_that_are_dealt_with_are_no_problems():
    assert only("我们克服困难和挑战，推动经济发展。", REVIEW)[1] == "result"
    assert only("着力解决困难和问题，推动经济发展。") == ["commitment", "commitment"]


def test_problems_listed_in_the_next_paragraphs_are_background_too():
    text = "我们也清醒看到存在的困难和问题。\n一是产业结构单一，增速放缓。\n二是民生短板较多，投入增加。"
    assert set(only(text, REVIEW)) == {"background"}


@pytest.mark.parametrize(
    ("sentence", "role", "rule"),
    [
        ("2024年是实施规划的关键之年。", "background", "situation"),
        ("从国际看，外部需求减弱。", "background", "situation"),
        ("稳定是我们共同的责任。", "background", "situation"),
        ("实践证明，稳定带来发展。", "background", "situation"),
        ("我们已启动3个试点。", "result", "done"),
        ("需要全市上下共同努力。", "rhetoric", "call"),
        ("重点做好以下工作：", "rhetoric", "announcement"),
    ],
)
def test_what_is_told_in_a_plan_without_being_promised(sentence, role, rule):
    assert roles(f"加快建设，{sentence}" if rule != "announcement" else f"加快建设。{sentence}")[-1][1:] == (role, rule)


def test_a_clause_that_only_names_its_time_place_or_subject_introduces():
    for clause in ("产业方面，", "“十四五”时期，", "各级干部，", "围绕城市建设，", "实现上述目标，"):
        assert roles(f"{clause}推进项目建设。")[0] == (clause, "rhetoric", "fragment")
    assert roles("对300户家庭免除费用，推进项目建设。")[0][1] == "commitment"


def test_a_purpose_that_only_qualifies_a_noun_is_a_statement():
    assert roles("以社区为依托的服务体系加快建设，推进项目。")[0][1] == "commitment"


def test_the_paragraph_that_calls_to_action_is_rhetoric():
    assert set(only("各位代表！蓝图已经绘就，路在脚下。让我们团结一心，共创未来！")) == {"rhetoric"}


def test_what_stands_in_a_glossary_explains():
    found = only("名词解释\n1．双联行动：指推进甲事，完成乙事。\n附件：民生实事清单\n新增学位500个。")
    assert found == ["section", "background", "background", "section", "commitment"]


def test_the_first_of_a_list_of_targets_is_no_topic():
    assert only("主要预期目标是：产值增长6%；投资增长5%。")[0] == "commitment"


def test_two_parts_of_the_same_words_differ_only_by_where_they_stand():
    words = "建成公园3座。"
    assert [only(words, before) for before in (REVIEW, PLAN)] == [["result"], ["commitment"]]


def test_every_rule_gives_a_role_and_every_role_has_a_rule():
    assert set(RULES.values()) == set(range(len(ROLES)))


def test_a_flag_of_one_row_holds_for_its_whole_group():
    flags = np.array([False, True, False, False])
    assert in_any(np.array([0, 0, 1, 2]), flags).tolist() == [True, True, False, False]
