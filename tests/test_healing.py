"""What a page did to a text is undone; what the author wrote is not touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjin_analysis.text.documents import Document, document_of
from panjin_analysis.text.healing import columns, text_lines
from panjin_analysis.text.markdown_reader import markdown_lines

WRAPPED = """　　今年全市新增就业一万人，完成投资二百三十亿元，各项工作
稳步推进。新建道路十二公里，改造老旧小区三十个，惠及居民二
万户。
　　一、主要工作
　　加快产业升级，推动重点项目早日投产，全年力争完成投资一百
五十亿元。"""


def cleaned(text: str) -> Document:
    return document_of(text_lines(text), "character", text)


def test_a_paragraph_broken_over_lines_is_one_again_and_a_heading_is_not_joined():
    assert cleaned(WRAPPED).text.split("\n") == [
        "今年全市新增就业一万人，完成投资二百三十亿元，各项工作稳步推进。新建道路十二公里，改造老旧小区三十个，惠及居民二万户。",
        "一、主要工作",
        "加快产业升级，推动重点项目早日投产，全年力争完成投资一百五十亿元。",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "某市政府工作报告\n市长甲某某\n二〇二四年一月",
        "各位代表，\n现在报告工作。",
        "（一）甲项目\n（二）乙项目\n（三）丙项目",
        "甲项目，\n\n乙项目",
        "甲项目，\n　　乙项目",
        "甲项目，\n一、乙项目",
        "一是甲项目\n二是乙项目",
        "短句一\n" + "长句" * 100 + "\n短句二",
        "甲" * 30 + "。\n" + "乙" * 30 + "。\n" + "丙" * 30 + "。",
    ],
    ids=["title", "address", "list", "blank line", "indent", "heading", "short lines", "unbroken", "sentences"],
)
def test_what_may_be_a_paragraph_of_its_own_stays_one(text):
    expected = [line.strip() for line in text.split("\n") if line.strip()]
    assert cleaned(text).text.split("\n") == expected


def test_a_line_that_ends_in_a_comma_goes_on():
    assert cleaned("新建甲、\n乙、\n丙项目。").text == "新建甲、乙、丙项目。"


@pytest.mark.parametrize("number", ["- 3 -", "— 3 —", "－3－", "第 3 页", "第3页 共20页", "·3·"])
def test_a_page_number_does_not_break_a_paragraph(number):
    assert cleaned(f"新建甲、\n\n{number}\n\n乙项目。").text == "新建甲、乙项目。"


def test_bare_numbers_are_page_numbers_only_where_they_count_up_apart():
    assert cleaned("甲项目。\n1\n乙项目。\n2\n丙项目。").text == "甲项目。\n乙项目。\n丙项目。"
    assert cleaned("甲项目。\n1\n2\n3\n丙项目。").text == "甲项目。\n1\n2\n3\n丙项目。"
    assert cleaned("甲项目。\n12\n乙项目。").text == "甲项目。\n12\n乙项目。"


def test_a_header_beside_page_numbers_goes_with_them():
    pages = "\n".join(f"某市文件\n第{page}句话。\n- {page} -" for page in range(1, 5))
    assert cleaned(pages).text == "第1句话。\n第2句话。\n第3句话。\n第4句话。"


def test_space_beside_chinese_is_layout_and_between_words_one_space_stays():
    assert cleaned("　　完成 1 360 亿元 ，GDP  per capita 增 长\u200b。 ").text == "完成1 360亿元，GDP per capita增长。"


def test_traditional_characters_and_width_stay():
    assert cleaned("發展經濟，增長８％(全年)。").text == "發展經濟，增長８％(全年)。"


def test_every_kind_of_line_end_ends_a_line():
    assert cleaned("甲。\u2028乙。\x85丙。\x0c丁。").text == "甲。\n乙。\n丙。\n丁。"


def test_front_matter_and_emphasis_are_no_text():
    source = "---\ntitle: 某市\n---\n\n# 报告\n\n**一、甲**\n\n新增1\\.5万人。\n\n---\n\n乙。"
    document = document_of(markdown_lines(source), "character", source)
    assert document.text == "报告\n一、甲\n新增1.5万人。\n乙。"
    assert same_characters(document)


def test_a_rule_in_a_text_is_no_front_matter():
    assert document_of(markdown_lines("甲。\n\n---\n\n乙。\n\n---\n"), "character").text == "甲。\n乙。"


def same_characters(document: Document) -> bool:
    """Say whether every character but a line end stands in the source where the document says."""
    places = [(mark, document.source_place(offset)) for offset, mark in enumerate(document.text)]
    return all(document.source[place] == mark for mark, place in places if mark != "\n")


@given(st.text(alphabet="甲乙一二、，。；（）12 \n\n　\t\u200bab-—第页", max_size=300))
def test_every_character_knows_its_place_and_none_is_lost(text):
    document = cleaned(text)
    spaces = (mark for mark in document.text if mark == " ")
    assert all(place.isspace() for place in spaces)
    letters = [offset for offset, mark in enumerate(document.text) if not mark.isspace()]
    assert [document.source[document.source_place(offset)] for offset in letters] == [document.text[i] for i in letters]
    places = [document.source_place(offset) for offset in letters]
    assert places == sorted(set(places))
    if not any(mark in text for mark in "12"):  # without numbers nothing is a page number
        assert "".join(document.text.split()) == "".join(text.replace("\u200b", "").split())


def test_a_span_of_the_text_is_a_span_of_the_source():
    document = cleaned(WRAPPED)
    start = document.text.index("各项工作稳步推进")
    first, last = document.source_span(start, start + len("各项工作稳步推进"))
    assert WRAPPED[first:last] == "各项工作\n稳步推进"


@pytest.mark.parametrize("offset", [-1, 5])
def test_there_is_no_place_outside_the_text(offset):
    with pytest.raises(IndexError):
        cleaned("甲乙丙。").source_place(offset)


def test_a_chinese_character_takes_two_columns():
    assert columns("甲，“a” 7%") == 12
