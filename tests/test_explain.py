"""Why a place was extracted as it was: the words that decided are named, and nothing is decided anew."""

import pandas as pd
import pytest

from panjin_analysis.errors import DataError
from panjin_analysis.explain import explain, in_words
from panjin_analysis.extraction import extract
from panjin_analysis.review import sample_report

TEXT = sample_report()


def at(words: str) -> pd.DataFrame:
    return explain(TEXT, TEXT.index(words)).set_index("step")


def test_the_codes_are_those_of_the_extraction_for_every_clause():
    segments = extract(TEXT).segments
    different = []
    for row in segments.itertuples():
        codes = explain(TEXT, row.start).drop_duplicates("step").set_index("step")["code"]
        for name in ("part", "role", "verb_force", "strength", "type", "domain", "testable", "stage"):
            wanted = getattr(row, name)
            if (name in codes) != pd.notna(wanted) or (name in codes and codes[name] != str(wanted)):
                different.append((row.start, name))
    assert different == []


def test_every_number_of_the_clause_is_classed():
    quantities = extract(TEXT).quantities
    for segment, rows in quantities.groupby("segment"):
        start = extract(TEXT).segments["start"].iloc[segment]
        reasons = explain(TEXT, int(start)).query("step == 'number'")
        assert reasons["code"].tolist() == rows["class"].astype(str).tolist()


@pytest.mark.parametrize(
    ("words", "step", "parts"),
    [
        ("支持企业参加", "verb_force", ["“支持”", "number lifts it to deliver"]),
        ("加快引湖", "verb_force", ["“加快”"]),
        ("力争引进", "is_striving", ["end of its sentence"]),
        ("实施第二批", "number", ["“第”"]),
        ("12345热线", "number", ["热线"]),
        ("恢复G217线", "number", ["amount"]),
        ("地区生产总值增长5.6%", "part", ["heading or opening"]),
        ("到2035年", "part", ["heading or opening of paragraph 9"]),
        ("部分乡镇", "role", ["problems"]),
        ("森林覆盖率达到", "number", ["several years"]),
        ("安装呼叫器", "number", ["岁"]),
    ],
)
def test_the_word_that_decided_is_named(words, step, parts):
    said = " ".join(at(words).loc[[step], ["words", "why"]].to_numpy().ravel())
    assert [part for part in parts if part not in said] == []


@pytest.mark.parametrize(
    ("clause", "verb"), [("稳妥化解甲乙。", "化解"), ("支持甲乙丙丁。", "支持"), ("推行甲乙丙丁。", "推行")]
)
def test_a_verb_that_makes_the_type_is_named_once(clause, verb):
    text = f"二、今年工作安排\n{clause}"
    assert explain(text, len(text) - 1, 2031).set_index("step").loc["type", "words"] == verb


def test_a_slogan_is_said_to_cap_the_force():
    text = "二、今年工作安排\n确保“两个维护”落到实处。"
    row = explain(text, 12, 2031).set_index("step").loc["verb_force"]
    assert row["code"] == "advance"
    assert "“两个维护” is a slogan: capped" in row["why"]


def test_a_text_without_headings_says_where_it_turns():
    text = "完成投资5亿元，增长8%。\n将新建学校3所，推进改革。"
    assert "turns ahead at paragraph" in explain(text, 17, 2031).set_index("step").loc["part", "why"]


@pytest.mark.parametrize("offset", [-1, len(TEXT), 10**9])
def test_an_offset_outside_the_text_is_refused(offset):
    with pytest.raises(DataError, match="--at: expected an offset within 0"):
        explain(TEXT, offset)


def test_an_empty_text_explains_nothing():
    with pytest.raises(DataError, match="offset"):
        explain("", 0)


def test_reasons_in_words_keep_their_rows_and_name_steps_and_codes_as_the_codebook_does():
    reasons = explain(TEXT, TEXT.index("力争引进"))
    worded = in_words(reasons, "en").set_index("step")["code"]
    assert len(worded) == len(reasons)
    assert worded["Striving"] == "yes"
    assert worded["Type"] == "Quantified target"
    assert set(worded["Number"]) == {"Target"}


def test_every_step_and_code_of_a_report_has_words_but_the_place_of_a_clause():
    clauses = extract(TEXT).segments["start"]
    reasons = pd.concat([explain(TEXT, start) for start in clauses[::7]])
    worded = in_words(reasons, "zh")
    assert [step for step in worded["step"] if step.isascii()] == []
    assert set(reasons.loc[worded["code"].str.isascii().to_numpy(), "step"]) <= {"clause"}
