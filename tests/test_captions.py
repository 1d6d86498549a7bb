"""The words round a chart: a finding that the table bears, worked by hand, or none."""

import re

import pandas as pd
import pytest

from panjin_analysis import captions as words
from panjin_analysis.captions import LARGE, Caption, caption_funnel, caption_strength, caption_types, source_notes
from panjin_analysis.charts import CHARTS
from panjin_analysis.load import load_tables
from panjin_analysis.tables import count_by

STRENGTHS = ["strive", "support", "advance", "implement", "deliver"]
STEPS = pd.DataFrame(
    {
        "step": ["commitments", "testable", "quantified", "met"],
        "count": pd.array([20, 5, 2, pd.NA], dtype="Int64"),
        "share_pct": pd.array([100.0, 25.0, 10.0, pd.NA], dtype="Float64"),
    }
)


def strengths(**domains: dict[str, int]) -> pd.DataFrame:
    """Return the counts of commitments written as {domain: {strength: how many}}."""
    rows = [(name, code) for name, codes in domains.items() for code, n in codes.items() for _ in range(n)]
    frame = pd.DataFrame(rows, columns=["domain", "strength"])
    ordered = pd.CategoricalDtype(STRENGTHS, ordered=True)
    return count_by(frame.astype({"domain": "category", "strength": ordered}), "domain", "strength")


def types(**counts: int) -> pd.DataFrame:
    frame = pd.DataFrame({"domain": "health", "type": [code for code, n in counts.items() for _ in range(n)]})
    return count_by(frame.astype("category"), "domain", "type")


def test_the_funnel_title_counts_what_can_be_tested_and_what_has_a_number():
    assert caption_funnel(STEPS, "zh").title == "20 项承诺中，5 项年底可检验，2 项有数字"
    english = "Of 20 commitments, 5 can be tested at the year's end and 2 have a number"
    assert caption_funnel(STEPS, "en").title == english


def test_the_funnel_alt_text_has_every_step_and_words_for_the_missing_one():
    english = "Funnel of bars: Commitments 20, Testable 5, Quantified 2, Targets met no evidence read yet."
    assert caption_funnel(STEPS, "en").alt == english
    assert caption_funnel(STEPS, "zh").alt.endswith("量化目标达到 尚无依据。")


def test_the_strength_title_names_the_commonest_wording_and_the_firmest_domain():
    counts = strengths(health={"deliver": 3, "advance": 2}, talent={"implement": 1, "advance": 5})
    assert caption_strength(counts, "zh").title == "“推进类”措辞最多：7 项，占 64%；卫生健康领域措辞最硬"
    english = '"Advance" wording is most common: 7 of 11 commitments (64%); Health is firmest'
    assert caption_strength(counts, "en").title == english


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "完成类 3，实施类 1，推进类 7，支持类 0，力争 0。"), ("en", "Deliver 3, Implement 1, Advance 7, ")],
)
def test_the_strength_alt_text_has_every_count_from_firm_to_soft(lang, words):
    counts = strengths(health={"deliver": 3, "advance": 2}, talent={"implement": 1, "advance": 5})
    assert words in caption_strength(counts, lang).alt


@pytest.mark.parametrize(("lang", "name"), [("zh", "卫生健康"), ("en", "Health")])
def test_a_small_domain_is_not_called_the_firmest(lang, name):
    small = strengths(health={"deliver": LARGE - 1}, talent={"deliver": 1, "advance": 5}, education={"advance": 5})
    assert name not in caption_strength(small, lang).title
    large = strengths(health={"deliver": LARGE}, talent={"deliver": 1, "advance": 5}, education={"advance": 5})
    assert name in caption_strength(large, lang).title


@pytest.mark.parametrize(
    "counts",
    [
        {"health": {"deliver": 3, "advance": 3}, "talent": {"implement": 3, "advance": 3}},
        {"health": {"deliver": 1, "implement": 2, "advance": 4}, "talent": {"deliver": 3, "advance": 4}},
    ],
    ids=["the same halves", "three sevenths, added up in two ways"],
)
def test_no_domain_is_the_firmest_where_two_are_equally_firm(counts):
    title = caption_strength(strengths(**counts), "en").title
    assert "Health" not in title
    assert "Talent" not in title


def test_a_domain_is_not_the_firmest_when_there_is_no_other_to_compare():
    assert "Health" not in caption_strength(strengths(health={"deliver": 2, "advance": 4}), "en").title


def test_a_strength_is_not_the_commonest_where_two_are_equally_common():
    title = caption_strength(strengths(health={"deliver": 3, "advance": 3}), "en").title
    assert ("Deliver" in title) == ("Advance" in title)


def test_the_types_title_names_the_commonest_type_and_counts_the_numbers():
    counts = types(direction=3, quantified_target=2, event=1)
    assert caption_types(counts, "zh").title == "方向表述最多（3 项），量化目标 2 项，共 6 项"
    assert caption_types(counts, "en").title == "Direction leads with 3 of 6 commitments; 2 are quantified targets"


def test_the_types_title_counts_no_numbers_where_there_are_none():
    assert "0 are quantified targets" in caption_types(types(direction=3, event=1), "en").title


def test_a_type_does_not_lead_where_two_are_equally_common():
    title = caption_types(types(direction=2, event=2), "en").title
    assert ("Direction" in title) == ("Event" in title)


@pytest.mark.parametrize(("lang", "alt"), [("zh", "方向表述 3，赛事活动 1。"), ("en", "Direction 3, Event 1.")])
def test_the_types_alt_text_has_every_count_largest_first(lang, alt):
    assert caption_types(types(event=1, direction=3), lang).alt.endswith(alt)


FALLBACKS = {
    # Nothing to count, so nothing is said of how much.
    "funnel without commitments": (
        words.caption_funnel, STEPS.assign(count=pd.array([0, 0, 0, pd.NA], dtype="Int64")),
        "从小句到可检验的承诺", "From clauses to commitments that can be tested",
    ),
    "targets without a result": (
        words.caption_targets,
        pd.DataFrame({"name_zh": ["甲"], "name_en": ["A"], "value": [9.0], "result": [None], "code": ["no_evidence"]}),
        "1 个量化目标与以前的数，尚无结果", "1 quantified targets beside earlier values; no result is reported yet",
    ),
    "histories that pair no target with a result": (
        words.caption_histories,
        pd.DataFrame({
            "indicator_id": ["urban_new_jobs"] * 2, "refers_to_year": [2020, 2021], "series": 1, "name_zh": "甲",
            "name_en": "A", "kind": ["target", "result"], "value": [1.0, 2.0],
        }),
        "指标历年的目标与结果", "Targets and results of indicators by year",
    ),
    "continuity with nothing new or gone": (
        words.caption_continuity,
        pd.DataFrame({"step": ["2023-2024", "2024-2025"], "code": "unchanged", "count": [5, 5], "total": 5}),
        "5 项承诺与前后两年计划的对照", "5 commitments beside the plans of the year before and after",
    ),
    "promises of one plan alone": (
        words.caption_promises,
        pd.DataFrame({
            "promise_id": ["a"], "part": ["plan"], "report_year": [2024], "label_zh": ["甲桥"], "label_en": ["Bridge"],
            "word_zh": ["启动"], "word_en": ["Launch"],
        }),
        "选看 1 项承诺的历年说法", "1 chosen promises, year by year",
    ),
    "a ladder with no plans to compare": (
        words.caption_ladder,
        pd.DataFrame({
            "commitment_id": ["C1"], "part": ["plan"], "report_year": [2024], "is_stuck": [False], "label_zh": ["甲"],
            "label_en": ["A"],
        }),
        "各项目历年计划和所达的阶段", "Stages planned and reached, project by project",
    ),
    "fulfilment before anything is due": (
        words.caption_fulfilment,
        pd.DataFrame({"code": ["not_due", "not_assessable"], "count": [3, 2], "estimates": 0}),
        "承诺的完成情况", "What came of the commitments",
    ),
    "a range in which nothing was counted": (
        words.caption_range,
        pd.DataFrame({
            "base": ["testable", "with_evidence"], "unit": "clause",
            "reached_pct": pd.array([20.0, pd.NA], dtype="Float64"),
        }),
        "完成的比例随算法而变", "The share reached, by the way of counting",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("caption", "table", "chinese", "english"), FALLBACKS.values(), ids=list(FALLBACKS))
def test_a_title_is_neutral_where_the_table_does_not_bear_a_finding(caption, table, chinese, english):
    assert caption(table, "zh").title == chinese
    assert caption(table, "en").title == english


def test_the_same_titles_state_the_finding_where_the_table_bears_it(captions):
    titles = {lang: {caption.title for _, one, caption in captions if one == lang} for lang in ("zh", "en")}
    assert titles["zh"] & {chinese for _, _, chinese, _ in FALLBACKS.values()} == set()
    assert titles["en"] & {english for *_, english in FALLBACKS.values()} == set()


def test_promises_that_all_stand_in_as_many_plans_name_one_number():
    told = pd.DataFrame({
        "promise_id": ["a", "a"], "part": "plan", "report_year": [2023, 2024], "label_zh": "甲桥", "label_en": "Bridge",
        "word_zh": "启动", "word_en": "Launch",
    })  # fmt: skip
    assert words.caption_promises(told, "en").title == "1 chosen promises: each stands in 2 of the plans that are held"


def test_the_alt_text_of_a_range_says_it_in_words():
    ranges = pd.DataFrame({
        "base": ["testable"] * 2 + ["with_evidence"], "unit": "clause",
        "reached_pct": pd.array([20.0, 40.0, 90.0], dtype="Float64"),
    })  # fmt: skip
    alt = words.caption_range(ranges, "zh").alt
    assert alt.endswith("占可检验的最低 20%、最高 40%，占有结果的最低 90%、最高 90%。")


def test_a_caption_in_a_notebook_shows_title_alt_and_notes():
    shown = Caption("T", "A", ("one", "two"))._repr_markdown_()
    assert shown == "**T**\n\nA\n\none  \ntwo"


@pytest.fixture(scope="module")
def captions():
    """Return (chart, language, caption) of every chart the build makes."""
    tables = load_tables()
    return [
        (name, lang, chart.caption(chart.table(tables), lang))
        for name, chart in CHARTS.items()
        for lang in ("zh", "en")
    ]


def test_every_chart_has_a_title_an_alt_text_and_a_source(captions):
    source = {lang: source_notes(lang)[0].split("：")[0].split(":")[0] for lang in ("zh", "en")}
    bad = [
        (name, lang)
        for name, lang, caption in captions
        if not (caption.title and caption.alt and any(note.startswith(source[lang]) for note in caption.notes))
    ]
    assert bad == []


def test_no_caption_shows_a_code_a_missing_value_or_an_unfilled_place(captions):
    odd = re.compile(r"<NA>|\bnan\b|None|[{}]|\b[a-z]+_[a-z_]+\b(?<!panjin_analysis)")
    assert [(n, lang, c.title) for n, lang, c in captions if odd.search(" ".join([c.title, c.alt, *c.notes]))] == []


def test_english_captions_hold_no_chinese(captions):
    chinese = re.compile("[\u4e00-\u9fff]")
    english = [(name, caption) for name, lang, caption in captions if lang == "en"]
    assert [name for name, c in english if chinese.search(" ".join([c.title, c.alt, *c.notes]))] == []
