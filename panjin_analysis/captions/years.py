"""The words round the charts that compare years."""

import pandas as pd

from panjin_analysis.captions.caption import Caption, listed, other_years_notes
from panjin_analysis.compare.history import histories
from panjin_analysis.load import load_indicators
from panjin_analysis.rules import REACHED
from panjin_analysis.tables import labels, shown_number


def caption_targets(rows: pd.DataFrame, lang: str) -> Caption:
    """Say how many targets have a reported result, and how many of those were reached."""
    total, known = len(rows), rows["result"].notna()
    reached = int(rows["code"].isin(REACHED).sum())
    title = {
        "zh": f"{total} 个量化目标与以前的数，尚无结果",
        "en": f"{total} quantified targets beside earlier values; no result is reported yet",
    }[lang]
    if known.any():
        title = {
            "zh": f"{total} 个量化目标中，{int(known.sum())} 个有结果，其中 {reached} 个达到",
            "en": f"Of {total} quantified targets, {int(known.sum())} have a reported result and {reached} of those were reached",
        }[lang]
    names = rows[f"name_{lang}"]
    unseen = {"zh": "未写结果", "en": "no result"}[lang]
    parts = [
        f"{name} {shown_number(target)} → {unseen if pd.isna(result) else shown_number(result)}"
        for name, target, result in zip(names, rows["value"], rows["result"], strict=True)
    ]
    alt = {"zh": "各目标的目标值与结果：", "en": "Target and result: "}[lang] + listed(parts, lang)
    note = {
        "zh": "空心菱形：结果的对象与承诺相近而不相同。? 表示 2025 年报告没有写；– 表示该年没有这个数。",
        "en": "Hollow diamond: the result counts a near, not the same, population. ? not reported in 2025; – no such number.",
    }[lang]
    return Caption(title, alt, (note, *other_years_notes(lang)))


def caption_histories(facts: pd.DataFrame, lang: str) -> Caption:
    """Say how often a target was reached, over the whole registry and in the panels shown."""
    met, pairs = _reached_pairs(facts)
    all_met, all_pairs = _reached_pairs(histories(load_indicators()["indicator_id"].tolist()))
    title = {"zh": "指标历年的目标与结果", "en": "Targets and results of indicators by year"}[lang]
    if pairs:
        title = {
            "zh": f"全部登记指标中目标与结果可对照的 {all_pairs} 次，{all_met} 次达到；本图所画为 {pairs} 次中 {met} 次",
            "en": f"Targets reached in {all_met} of {all_pairs} cases over all indicators; in {met} of {pairs} of those shown",
        }[lang]
    names = list(dict.fromkeys(facts[f"name_{lang}"]))
    alt = {"zh": "分指标小图，年份为横轴：", "en": "Small multiples by year: "}[lang] + listed(names, lang)
    note = {
        "zh": "只画承诺所在领域、三年以上且有变动的指标。相隔超过两年或口径断开处不连线。空心：预计数。",
        "en": "Shown: indicators of the commitments' domains that moved, three years or more. No line joins years more than two apart or crosses a break. Hollow: an estimate.",
    }[lang]
    return Caption(title, alt, (note, *other_years_notes(lang)))


def _reached_pairs(facts: pd.DataFrame) -> tuple[int, int]:
    keys = ["indicator_id", "refers_to_year", "series"]
    sides = [facts[facts["kind"] == kind][[*keys, "value"]] for kind in ("target", "result")]
    pairs = sides[0].merge(sides[1], on=keys, suffixes=("_target", "_result"))
    down = pairs["indicator_id"].map(load_indicators().set_index("indicator_id")["desired_direction"]) == "down"
    over = pairs["value_result"] >= pairs["value_target"]
    under = pairs["value_result"] <= pairs["value_target"]
    return int(over.where(~down, under).sum()), len(pairs)


def caption_continuity(counts: pd.DataFrame, lang: str) -> Caption:
    """Say how many commitments were new in 2024, and how many are gone without a word after it."""
    number = counts.set_index(["step", "code"])["count"]
    into, out = list(dict.fromkeys(counts["step"]))
    new, silent = int(number.get((into, "new"), 0)), int(number.get((out, "dropped_silent"), 0))
    total = int(counts["total"].max())
    title = {
        "zh": f"{total} 项承诺与前后两年计划的对照",
        "en": f"{total} commitments beside the plans of the year before and after",
    }[lang]
    if new or silent:
        title = {
            "zh": f"{total} 项承诺中，{new} 项未见于以前持有的计划，{silent} 项未见于 2025 年计划且无说明",
            "en": f"Of {total} commitments, {new} stand in no earlier plan that is held; {silent} are gone from the 2025 plan without a word",
        }[lang]
    names = labels("continuity", lang)
    parts = [
        f"{row.step} {names[row.code]} {row.count_}"
        for row in counts.rename(columns={"count": "count_"}).itertuples()
        if row.count_
    ]
    alt = {"zh": "分代码条形图：", "en": "Bars by code: "}[lang] + listed(parts, lang)
    note = {
        "zh": "以 2024 年节选的承诺为准。“新提”指所持有的各年计划都没有；“不再提及”指 2025 年计划全文中没有。",
        "en": "Seen from the 2024 excerpt. New: in no plan held before it. Gone: nowhere in the whole 2025 plan.",
    }[lang]
    return Caption(title, alt, (note, *other_years_notes(lang)))


def caption_promises(told: pd.DataFrame, lang: str) -> Caption:
    """Say how many promises were chosen, and in how many plans they stand."""
    plans = told[told["part"] == "plan"].groupby("promise_id")["report_year"].nunique()
    chosen = told["promise_id"].nunique()
    title = {"zh": f"选看 {chosen} 项承诺的历年说法", "en": f"{chosen} chosen promises, year by year"}[lang]
    if len(plans) and plans.max() > 1:  # in one plan alone nothing comes back
        span = {"zh": f"{plans.min()} 至 {plans.max()}", "en": f"{plans.min()} to {plans.max()}"}[lang]
        span = span if plans.min() < plans.max() else str(plans.max())
        title = {
            "zh": f"选看 {chosen} 项多年承诺：各在 {span} 份持有的计划中出现",
            "en": f"{chosen} chosen promises: each stands in {span} of the plans that are held",
        }[lang]
    last = told.groupby("promise_id", sort=False).tail(1)
    parts = [f"{row[f'label_{lang}']} {row['report_year']} {row[f'word_{lang}']}" for _, row in last.iterrows()]
    alt = {"zh": "按年份排列的承诺，最近一次：", "en": "Promises by year; the latest word: "}[lang] + listed(
        parts, lang
    )
    note = {
        "zh": "上方为当年计划，下方为同一份报告回顾的上年成效；词为阶段，没有阶段的用动词。对象相近者一并列入。",
        "en": "Plans above; below, what the same report says of the year before. The word is the stage, else the force of the verb.",
    }[lang]
    return Caption(title, alt, (note, *other_years_notes(lang)))


def caption_ladder(ladder: pd.DataFrame, lang: str) -> Caption:
    """Say how many projects promised no more than an earlier plan had."""
    plans = ladder[ladder["part"] == "plan"].groupby("commitment_id")["report_year"].nunique()
    followed = plans.index[plans > 1]
    stuck = ladder[ladder["is_stuck"]].drop_duplicates("commitment_id")
    title = {"zh": "各项目历年计划和所达的阶段", "en": "Stages planned and reached, project by project"}[lang]
    if len(followed):
        title = {
            "zh": f"有两份以上计划可比的 {len(followed)} 个项目中，{len(stuck)} 个至少有一次计划阶段未前进",
            "en": f"Of {len(followed)} projects with plans to compare, {len(stuck)} had a plan that went no further than an earlier one",
        }[lang]
    alt = {"zh": "计划阶段未前进过的项目：", "en": "A plan no further than an earlier one: "}[lang] + listed(
        stuck[f"label_{lang}"].tolist(), lang
    )
    note = {
        "zh": "承诺之间的对应由通读判定，只含对象相同或相近者；只见于一份报告的项目不画。",
        "en": "Links were decided by reading and join the same or a near object; projects in one report only are left out.",
    }[lang]
    return Caption(title, alt, (note, *other_years_notes(lang)))
