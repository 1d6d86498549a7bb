"""Every character that can be read lies in one clause, whatever the text."""

import hypothesis
import pytest
from hypothesis import strategies as st

from panjin_analysis.text.documents import read_text
from panjin_analysis.text.segments import chinese_number, segment

STOPS = "。！？；!?;"
CLOSERS = "”’」)）"
LETTERS = "甲乙丙丁一二三十区县各位代表"
SPACES = "\n\r\v\f\x85\u2028\u2029 \t\u3000"
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
HALF = str.maketrans("，；！？（）", ",;!?()")
# Nothing has the number 十十: the test below says so; in any other text 十 may stand anywhere.
TEXTS = st.text("，,、：“‘「（(*#" + STOPS + CLOSERS + LETTERS + SPACES + INVISIBLE + "0123４５", max_size=60).filter(
    lambda text: "十十" not in text
)
proves = hypothesis.settings(deadline=None, derandomize=True, max_examples=400)


def pieces(text):
    return [text[clause.start : clause.end] for clause in segment(text)]


def numbers(text):
    return [clause[2:] for clause in segment(text)]


def is_visible(text):
    return any(not mark.isspace() and mark not in INVISIBLE for mark in text)


def faults(text):
    """Return where the clauses of a text leave out, share or misnumber anything."""
    found, reached, before = [], 0, None
    for clause in segment(text):
        inside = text[clause.start : clause.end]
        if clause.start < reached or text[reached : clause.start].strip() or inside != inside.strip() or not inside:
            found.append(("span", clause))
        if set(inside.rstrip("，," + STOPS + CLOSERS + SPACES + INVISIBLE)) & set("，" + STOPS):
            found.append(("not cut", clause))
        if before is None or clause.paragraph_no == before.paragraph_no + 1:
            right = clause[-2:] == (1, 1) and clause.paragraph_no == (before.paragraph_no + 1 if before else 1)
        else:
            closed = bool(set(text[before.start : before.end]) & set(STOPS))
            right = clause[2:] == (*before[2:5], before.sentence_no + closed, before.clause_no + 1)
        if not right:
            found.append(("number", clause))
        reached, before = clause.end, clause
    return [*found, *([("rest", text[reached:])] if text[reached:].strip() else [])]


@proves
@hypothesis.given(TEXTS)
def test_every_character_lies_in_one_clause_and_clauses_are_numbered_in_order(text):
    hypothesis.assume(is_visible(text))
    assert faults(text) == []


def test_zero_width_characters_alone_lie_in_a_clause_too():
    assert faults("\u200b") == []


def test_every_character_of_every_real_report_lies_in_one_clause(reports):
    files = [path for path in reports.rglob("*") if path.suffix in {".md", ".txt"}]
    bad = {path.name: found[:3] for path in files if (found := faults(read_text(path)))}
    assert len(files) > 300
    assert bad == {}


def test_the_excerpt_of_2024_has_158_clauses(reports):
    assert len(segment(read_text(reports / "panjin" / "2024-excerpt.txt"))) == 158


@proves
@hypothesis.given(TEXTS.map(lambda text: "".join(mark for mark in text if not mark.isdigit())))
def test_half_and_full_width_punctuation_give_the_same_cut(text):
    assert segment(text.translate(HALF)) == segment(text)


@proves
@hypothesis.given(TEXTS.map(lambda text: text.replace("\r", "\n")))
def test_windows_line_ends_change_no_number(text):
    assert numbers(text.replace("\n", "\r\n")) == numbers(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲、乙,丙。", ["甲、乙,", "丙。"]),
        ("共12,500户,其中3户，其余1，2号。", ["共12,500户,", "其中3户，", "其余1，", "2号。"]),
        ("共１２,５００户。", ["共１２,５００户。"]),
        ("到2024,建成。", ["到2024,", "建成。"]),
        ("“甲！”“乙?!”（丙；）丁,”戊", ["“甲！”", "“乙?!”", "（丙；）", "丁,”", "戊"]),
        ("甲:乙——丙……丁。", ["甲:乙——丙……丁。"]),
        ("  甲。 \u3000乙 \n 丙", ["甲。", "乙", "丙"]),
        ("", []),
        (" \r\n\u3000", []),
    ],
)
def test_clauses_end_at_commas_and_stops_with_the_marks_that_close_them(text, expected):
    assert pieces(text) == expected


def test_parts_and_sections_are_numbered_as_printed_and_an_address_to_the_deputies_closes_a_section():
    text = "开头。\n二、安排。\n（七）甲。\n正文。\n(十二)乙。\n各位代表，丙。\n丁。\n## 三、戊。\n**(一)己。\n四、庚。"
    found = [(clause.part_no, clause.section_no) for clause in segment(text) if clause.clause_no == 1]
    expected = [(None, None), (2, None), (2, 7), (2, 7), (2, 12), (2, None), (2, None), (3, None), (3, 1), (4, None)]
    assert found == expected


def test_a_number_in_brackets_within_a_line_opens_no_section():
    assert [clause.section_no for clause in segment("甲（七）乙。")] == [None]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\n", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\u3000\n"])
def test_every_kind_of_line_end_begins_one_paragraph(end):
    assert [clause.paragraph_no for clause in segment(f"甲{end}乙")] == [1, 2]


def test_paragraphs_run_through_the_text_and_sentences_and_clauses_through_the_paragraph():
    found = [clause[-3:] for clause in segment("甲，乙。丙；丁\n戊！")]
    assert found == [(1, 1, 1), (1, 1, 2), (1, 2, 3), (1, 3, 4), (2, 1, 1)]


@pytest.mark.parametrize("line", ["\u200b", " \ufeff\u200d ", "\u00ad"])
def test_a_line_of_zero_width_characters_is_no_paragraph(line):
    assert numbers(f"{line}\n甲。\n{line}\n乙。\n{line}") == numbers("甲。\n乙。")


def test_a_byte_order_mark_hides_no_heading_and_belongs_to_the_first_clause():
    text = "\ufeff(七)甲。乙。"
    assert pieces(text) == ["\ufeff(七)甲。", "乙。"]
    assert [clause.section_no for clause in segment(text)] == [7, 7]


def test_chinese_numerals_from_1_to_99_are_read():
    digits = ["", *"一二三四五六七八九"]
    numerals = {10 * tens + units: f"{digits[tens]}十{digits[units]}" for tens in range(2, 10) for units in range(10)}
    numerals |= {n: digits[n] for n in range(1, 10)} | {10 + n: "十" + digits[n] for n in range(10)}
    assert {chinese_number(numeral) for numeral in numerals.values()} == set(range(1, 100))
    assert {n: chinese_number(numeral) for n, numeral in numerals.items()} == {n: n for n in numerals}


@pytest.mark.parametrize("text", ["十十、甲。", "（二十十）甲。"])
def test_a_heading_with_an_impossible_number_does_not_stop_the_cut(text):
    assert faults(text) == []
