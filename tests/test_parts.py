"""A report is divided where it turns from last year to this one, whether its headings say so or only its words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjin_analysis.extraction import extract, lexicons
from panjin_analysis.text import chars
from panjin_analysis.text.parts import NO_MARK, OUTLOOK, PARTS, PLAN, REVIEW, find_parts, mark, may_tell, report_year

BACK, AHEAD = "完成了任务，增长了。", "推进项目建设，加快发展。"


def parts_of(*paragraphs, score=None, year=2024):
    marked = [mark(one, len(one), year, lexicons().parts) for one in paragraphs]
    found = find_parts(
        np.array([part for part, _ in marked], np.int64),
        np.array([is_main for _, is_main in marked], bool),
        np.zeros(len(paragraphs)) if score is None else np.array(score),
    )
    return [PARTS[part] for part in found.tolist()]


def by_paragraph(text, year=None):
    """Return the part of each paragraph's first clause, through the whole extractor."""
    segments = extract(text, year).segments
    return segments[segments["clause_no"] == 1]["part"].tolist()


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("政府工作报告\n——2024年1月9日在市第九届人民代表大会上\n", 2024),
        ("（2023年12月28日）\n各位代表：", 2024),
        ("政府工作报告（2021年）\n各位代表：", 2021),
        ("---\ntitle: 某市2022年政府工作报告\n---\n", 2022),
        ("一、2022年工作回顾\n甲。\n二、今年安排\n乙。", 2023),
        ("一、过去五年工作回顾\n甲。\n二、2022年重点工作\n乙。", 2022),
        ("一、2021年工作回顾\n二、2022年工作总结\n", 2023),
        ("——二〇〇八年一月十六日在市人民代表大会上\n", 2008),
        ("（二○○七年十二月二十八日）\n各位代表：", 2008),
        ("各位代表：现在报告工作。", None),
        ("", None),
    ],
)
def test_the_year_is_the_one_the_opening_or_the_headings_name(text, year):
    assert report_year(text) == year


def test_headings_divide_a_report_whatever_its_words_say():
    found = parts_of("一、2023年工作回顾", BACK, "二、2024年工作安排", AHEAD, score=[0, 4, 0, -4])
    assert found == ["review", "review", "plan", "plan"]


def test_without_headings_the_words_divide_it_at_one_point():
    assert parts_of("", "", "", "", score=[-3, -2, 2, 3]) == ["review", "review", "plan", "plan"]


def test_one_paragraph_of_the_other_kind_does_not_turn_the_report():
    assert parts_of("", "", "", "", "", "", score=[-3, 1, -3, 3, -1, 3]) == ["review"] * 3 + ["plan"] * 3


def test_only_past_words_are_a_review_and_only_future_words_a_plan():
    assert parts_of("", "", score=[-1, -1]) == ["review", "review"]
    assert parts_of("", "", score=[1, 1]) == ["plan", "plan"]


def test_goals_of_several_years_are_an_outlook_until_the_year_begins():
    found = parts_of("一、过去五年工作回顾", BACK, "二、今后五年的奋斗目标", AHEAD, "三、2024年工作安排", AHEAD)
    assert found == ["review", "review", "outlook", "outlook", "plan", "plan"]


def test_a_lead_phrase_ends_an_outlook_as_a_heading_does():
    found = parts_of("一、2023年工作回顾", BACK, "二、今后五年工作思路", AHEAD, "今年是关键之年，我们要" + AHEAD * 9)
    assert found == ["review", "review", "outlook", "outlook", "plan"]


def test_the_government_on_itself_closes_a_report():
    found = parts_of("一、2023年工作回顾", BACK, "二、2024年重点任务", AHEAD, "三、切实加强政府自身建设", AHEAD)
    assert found == ["review", "review", "plan", "plan", "close", "close"]


def test_a_plan_period_that_is_over_belongs_to_the_review():
    assert parts_of("一、“十三五”时期主要目标", BACK, "二、2024年工作安排", AHEAD) == [
        "review",
        "review",
        "plan",
        "plan",
    ]
    assert parts_of("一、2023年工作回顾", BACK, "二、“十四五”时期主要目标", AHEAD)[-1] == "outlook"


def test_a_heading_that_names_a_plan_period_ahead_opens_an_outlook():
    found = parts_of("一、2023年工作回顾", BACK, "二、奋力开启“十五五”新征程", AHEAD, "三、2024年工作安排", AHEAD)
    assert found == ["review", "review", "outlook", "outlook", "plan", "plan"]


def test_no_paragraphs_have_no_parts():
    assert parts_of() == []


def test_a_whole_report_is_divided_by_its_headings():
    text = (
        "政府工作报告\n——2024年1月9日\n一、2023年工作回顾\n新增学位500个。\n二、今后五年目标任务\n新增学位3000个。\n"
        "三、2024年工作安排\n新增学位600个。\n四、加强政府自身建设\n提升效能。"
    )
    parts = by_paragraph(text)
    assert parts[2:] == ["review", "review", "outlook", "outlook", "plan", "plan", "close", "close"]
    assert extract(text).report_year == 2024


def test_a_report_without_headings_turns_at_the_words_of_this_year():
    text = "过去一年，我们完成了建设，取得了成效。\n全年增长了5%，荣获了称号。\n今年，我们将加快建设。\n要确保完成任务，力争突破。"
    assert by_paragraph(text, 2024) == ["review", "review", "plan", "plan"]


def test_each_text_read_with_others_is_divided_by_itself():
    assert (REVIEW, OUTLOOK, PLAN) == (0, 1, 2)
    from panjin_analysis.extraction import extract_many

    text = f"一、2023年工作回顾\n{BACK}\n二、2024年工作安排\n{AHEAD}"
    found = extract_many([text, text]).segments
    assert found.loc[found["document"] == 0, "part"].tolist() == found.loc[found["document"] == 1, "part"].tolist()


PIECES = (
    *(
        "一、",
        "第二部分",
        "*",
        "#",
        "——",
        "“",
        "”",
        "十",
        "十四五",
        "今后",
        "未来",
        "下",
        "五",
        "年",
        "2024年",
        "2023年",
    ),
    *(
        "时期",
        "规划",
        "目标",
        "远景",
        "新一届政府",
        "本届政府",
        "任务",
        "各位代表",
        "！",
        "，",
        "今年",
        "是",
        "过去",
        "的",
    ),
    *("几", "去年", "刚刚过去", "回顾", "总结", "安排", "取得", "成就", "做好", "工作", "建设", "政府", "效能", "自身"),
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join), st.integers(1, 90))
def test_no_heading_that_announces_a_part_is_passed_over(head, length):
    phrases = lexicons().parts
    told = may_tell(chars.coded(head), np.array([0]), np.array([len(head)]), phrases)
    is_told = told[0] or mark(head, length, 2024, phrases)[0] == NO_MARK
    assert is_told
