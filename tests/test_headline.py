"""The headline targets of a year, told from everything that looks like them."""

import math

import numpy as np
import pandas as pd
import pytest

from panjin_analysis import extraction
from panjin_analysis.extraction import extract, extract_many, lexicons
from panjin_analysis.review import sample_report
from panjin_analysis.text.headline import STATUSES

REVIEW = "政府工作报告\n一、2023年工作回顾\n过去一年，完成了任务。\n"
PLAN = REVIEW + "二、2024年工作安排\n"
LIST = "今年主要预期目标是："


def headline(text, year=2024):
    """Return the headline targets that are not silent, by id, without the columns that say nothing."""
    frame = extract(text, year).headline
    rows = frame[frame["status"] != "not_stated"].set_index("indicator_id").astype(object)
    return {
        name: {key: value for key, value in row.items() if value is not False and not is_missing(value)}
        for name, row in rows.iterrows()
    }


def is_missing(value):
    return value is None or value != value or str(value) == "<NA>"


def values(text, year=2024):
    """Return the stated values by id, two for a range."""
    return {
        name: (row["value"], row["value_max"]) if "value_max" in row else row["value"]
        for name, row in headline(text, year).items()
        if row["status"] == "stated"
    }


def test_the_list_of_the_year_is_read_with_units_comparators_and_places():
    text = PLAN + (
        LIST + "地区生产总值增长6%以上，一般公共预算收入增长5%，固定资产投资增长8%—10%，社会消费品零售总额增长7%左右，"
        "规模以上工业增加值增长6.5%，城镇新增就业1.2万人，城镇调查失业率控制在5.5%以内，居民消费价格涨幅3%左右，"
        "居民人均可支配收入增长6%，进出口总额增长4%，单位地区生产总值能耗下降2.5%，粮食产量25亿斤以上。"
    )
    assert values(text) == {
        "gdp_growth": 6,
        "general_budget_revenue_growth": 5,
        "fixed_asset_investment_growth": (8, 10),
        "retail_sales_growth": 7,
        "industrial_value_added_growth": 6.5,
        "urban_new_jobs": 12_000,
        "urban_unemployment_rate": 5.5,
        "cpi": 3,
        "resident_income_growth_all": 6,
        "foreign_trade_growth": 4,
        "energy_intensity_cut": 2.5,
        "grain_output": 1.25e9,
    }
    found = headline(text)
    assert found["gdp_growth"]["comparator"] == "ge"
    assert found["urban_unemployment_rate"]["comparator"] == "le"
    assert found["cpi"]["comparator"] == "approx"
    assert found["grain_output"]["unit"] == "kg"
    assert {text[row["start"] : row["end"]] for row in found.values()} >= {"6%", "8%—10%", "1.2万人", "25亿斤"}


def test_every_target_has_one_row_whether_the_report_sets_it_or_not():
    for text in ("", " \n", "无关。", PLAN + LIST + "地区生产总值增长6%。"):
        frame = extract(text, 2024).headline
        assert frame["indicator_id"].tolist() == list(lexicons().headlines.units)
        assert frame.loc[frame["status"] != "stated", "value"].isna().all()
    assert set(extract("", 2024).headline["status"]) == {"not_stated"}


def test_goals_of_several_years_before_the_annual_list_are_kept_out():
    text = REVIEW + (
        "二、今后五年奋斗目标\n地区生产总值年均增长8%，城镇新增就业6万人。到2028年，一般公共预算收入增长9%。\n"
        "三、2024年工作安排\n" + LIST + "地区生产总值增长6%，城镇新增就业1.2万人。"
    )
    assert values(text) == {"gdp_growth": 6, "urban_new_jobs": 12_000}


@pytest.mark.parametrize(
    "sentence",
    ["“十四五”时期，地区生产总值年均增长8%。", "到2027年，地区生产总值增长8%。", "未来五年，地区生产总值增长8%。"],
)
def test_a_sentence_on_several_years_in_the_plan_sets_no_target_of_this_year(sentence):
    assert values(PLAN + sentence) == {}


def test_growth_rates_of_the_review_are_results():
    text = REVIEW + "地区生产总值增长9%，固定资产投资增长12%，进出口总额增长7%。\n二、2024年工作安排\n" + LIST
    assert values(text + "固定资产投资增长8%。") == {"fixed_asset_investment_growth": 8}


def test_last_years_figure_beside_the_target_is_not_taken_for_it():
    assert values(PLAN + LIST + "地区生产总值增长6%，比上年提高1个百分点。") == {"gdp_growth": 6}


def test_total_revenue_is_not_general_budget_revenue():
    assert values(PLAN + LIST + "财政总收入增长8%，一般公共预算收入增长5%。") == {"general_budget_revenue_growth": 5}
    assert values(PLAN + LIST + "财政总收入增长8%，地区生产总值增长6%。") == {"gdp_growth": 6}


@pytest.mark.parametrize(
    "other", ["税收收入增长8%", "一般公共预算支出增长8%", "人均地区生产总值增长8%", "民间投资增长8%"]
)
def test_measures_with_similar_names_are_let_be(other):
    assert values(PLAN + LIST + other + "，城镇新增就业1万人。") == {"urban_new_jobs": 10_000}


def test_exports_are_not_total_trade():
    assert values(PLAN + LIST + "外贸出口增长9%，进出口总额增长4%。") == {"foreign_trade_growth": 4}
    assert "foreign_trade_growth" not in values(PLAN + LIST + "出口总额增长9%，地区生产总值增长6%。")


def test_two_values_apart_go_to_two_names_in_their_order():
    assert values(PLAN + LIST + "固定资产投资、社会消费品零售总额分别增长8%和7%。") == {
        "fixed_asset_investment_growth": 8,
        "retail_sales_growth": 7,
    }


def test_one_value_behind_two_names_is_shared():
    assert values(PLAN + LIST + "固定资产投资和社会消费品零售总额增长8%。") == {
        "fixed_asset_investment_growth": 8,
        "retail_sales_growth": 8,
    }


def test_town_and_country_incomes_share_one_value_or_take_one_each():
    both = ("resident_income_growth_urban", "resident_income_growth_rural")
    assert values(PLAN + LIST + "城乡居民人均可支配收入增长6%。") == dict.fromkeys(both, 6)
    assert values(PLAN + LIST + "城乡居民人均可支配收入分别增长6%和7%。") == dict(zip(both, (6, 7), strict=True))
    assert values(PLAN + LIST + "城镇居民人均可支配收入增长6%，农村居民人均可支配收入增长7%。") == dict(
        zip(both, (6, 7), strict=True)
    )


def test_prices_given_as_an_index_are_their_rise():
    assert values(PLAN + LIST + "居民消费价格指数103左右。") == {"cpi": 3}
    assert values(PLAN + LIST + "居民消费价格指数控制在103%以内。") == {"cpi": 3}
    assert values(PLAN + LIST + "居民消费价格涨幅控制在3%左右。") == {"cpi": 3}


def test_income_in_step_with_growth_has_no_value():
    found = headline(PLAN + LIST + "地区生产总值增长6%，居民人均可支配收入增长与经济增长同步。")
    assert found["resident_income_growth_all"]["status"] == "in_step_with"
    assert found["gdp_growth"]["value"] == 6


def test_a_direction_without_a_number_is_relative_only():
    found = headline(PLAN + LIST + "地区生产总值增长6%，进出口总额稳步增长，粮食产量保持稳定。")
    assert {name: row["status"] for name, row in found.items()} == {
        "gdp_growth": "stated",
        "foreign_trade_growth": "relative_only",
        "grain_output": "relative_only",
    }


def test_a_second_figure_that_is_only_striven_for_does_not_replace_the_first():
    found = headline(PLAN + LIST + "地区生产总值增长6%，力争达到7%。")["gdp_growth"]
    assert (found["value"], found.get("is_stretch", False)) == (6, False)
    found = headline(PLAN + LIST + "力争地区生产总值增长7%。")["gdp_growth"]
    assert (found["value"], found["is_stretch"]) == (7, True)


@pytest.mark.parametrize(
    ("printed", "value"), [("1.2万人", 12_000), ("9000人", 9000), ("1.2万个", 12_000), ("5万人以上", 50_000)]
)
def test_jobs_are_counted_in_persons(printed, value):
    found = headline(PLAN + LIST + f"城镇新增就业{printed}。")["urban_new_jobs"]
    assert (found["value"], found["unit"]) == (value, "人")


def test_of_two_unemployment_rates_the_surveyed_one_counts_in_either_order():
    surveyed, registered = "城镇调查失业率5.5%左右", "城镇登记失业率控制在4%以内"
    for listed in (f"{surveyed}，{registered}。", f"{registered}，{surveyed}。"):
        found = headline(PLAN + LIST + listed)["urban_unemployment_rate"]
        assert (found["value"], found["variant"]) == (5.5, "surveyed")
    assert headline(PLAN + LIST + registered + "。")["urban_unemployment_rate"]["variant"] == "registered"
    assert "variant" not in headline(PLAN + LIST + "失业率控制在4%以内。")["urban_unemployment_rate"]


def test_the_list_comes_before_the_rest_of_the_plan():
    text = PLAN + "推进建设，推动固定资产投资增长12%。\n" + LIST + "固定资产投资增长8%。"
    assert values(text) == {"fixed_asset_investment_growth": 8}


def test_what_the_list_lacks_is_sought_in_the_rest_of_the_plan():
    text = PLAN + LIST + "地区生产总值增长6%。\n（一）扩大开放。\n全年进出口总额增长4%。"
    assert values(text) == {"gdp_growth": 6, "foreign_trade_growth": 4}


def test_an_amount_before_the_growth_rate_is_not_the_rate():
    assert values(PLAN + LIST + "固定资产投资完成500亿元，增长8%。") == {"fixed_asset_investment_growth": 8}


def test_each_of_many_reports_has_its_own_targets():
    texts = [PLAN + LIST + f"地区生产总值增长{rate}%。" for rate in (5, 6, 7)]
    frame = extract_many(["", *texts], [2024] * 4).headline
    stated = frame[frame["status"] == "stated"]
    assert list(zip(stated["document"], stated["value"], strict=True)) == [(1, 5), (2, 6), (3, 7)]
    assert len(frame) == 4 * len(lexicons().headlines.units)
    for number, text in enumerate(texts, start=1):
        (row,) = stated[stated["document"] == number].itertuples()
        assert text[row.start : row.end] == f"{4 + number}%"


def test_statuses_are_those_of_the_codebook():
    from panjin_analysis import load_vocabulary

    assert load_vocabulary("headline_status")["code"].tolist() == list(STATUSES)
    assert math.isnan(extract("", 2024).headline["value"].iloc[0])


@pytest.mark.parametrize(
    ("clause", "name", "value"),
    [
        ("居民消费价格涨幅3%。", "cpi", 3),
        ("居民消费价格涨幅控制在4个百分点左右。", "cpi", 4),
        ("城镇调查失业率5.5%以下。", "urban_unemployment_rate", 5.5),
    ],
)
def test_a_name_that_holds_its_own_word_of_change_needs_no_other(clause, name, value):
    assert values(PLAN + LIST + clause) == {name: value}


@pytest.mark.parametrize(
    "text",
    [
        sample_report(),
        PLAN + LIST + "产值100亿元，地区生产总值500亿元，增长6%；甲。\n乙。\n固定资产投资增长5%。",
        REVIEW + "到2027年，地区生产总值年均增长6%。今年主要目标是：地区生产总值增长5%。\n二、今后五年目标任务\n"
        "进出口总额年均增长3%，年均增长4%。\n三、2024年工作安排\n社会消费品零售总额增长7%，增长8%。",
    ],
)
def test_clauses_that_are_not_read_would_change_nothing(text, monkeypatch):
    found = extract_many([text, text], [2024, 2031]).headline
    monkeypatch.setattr(extraction, "that_matter", lambda text, start, *rest: np.ones(len(start), bool))
    pd.testing.assert_frame_equal(extract_many([text, text], [2024, 2031]).headline, found)
