"""The words round a chart: title, alt text and notes, all computed from its table.

A title states a finding; where the table does not bear it, it is neutral.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from panjin_analysis.compare.continuity import CODED_YEAR, held_years
from panjin_analysis.compare.history import histories
from panjin_analysis.load import load_commitments, load_indicators
from panjin_analysis.rules import REACHED
from panjin_analysis.tables import labels, shown_number

LARGE = 5  # a domain with fewer commitments is not singled out in a title


@dataclass(frozen=True)
class Caption:
    """What stands round a chart, in one language."""

    title: str
    alt: str
    notes: tuple[str, ...]

    def with_source(self, *lines: str) -> "Caption":
        """Return it for data from elsewhere: how to read the chart stays, ``lines`` say where its data come from.

        Examples
        --------
        >>> Caption("", "", ("括号内为项数。", "来源：甲。", "未覆盖：乙。")).with_source("来源：丙。").notes
        ('括号内为项数。', '来源：丙。')
        """
        return replace(self, notes=(*self.notes[:1], *lines))

    def _repr_markdown_(self) -> str:
        """Show it in a notebook: the finding, then the numbers behind it."""
        return f"**{self.title}**\n\n{self.alt}\n\n" + "  \n".join(self.notes)


def source_notes(lang: str) -> tuple[str, ...]:
    """Return the source line and what the data do not cover."""
    return {
        "zh": (
            "来源：盘锦市 2024 年政府工作报告节选，panjin_analysis 编码。",
            "未覆盖：报告第一至六部分、回顾部分和结尾的其余内容。",
        ),
        "en": (
            "Source: excerpt of the Panjin government work report 2024, coded by panjin_analysis.",
            "Not covered: sections 1 to 6, the review part and the rest of the close.",
        ),
    }[lang]


def caption_funnel(steps: pd.DataFrame, lang: str) -> Caption:
    """Say how many commitments can be tested, and how many have a number."""
    count = steps.set_index("step")["count"]
    total, yes, numbers = count["commitments"], count["testable"], count["quantified"]
    title = {"zh": "从小句到可检验的承诺", "en": "From clauses to commitments that can be tested"}[lang]
    if total:
        title = {
            "zh": f"{total} 项承诺中，{yes} 项年底可检验，{numbers} 项有数字",
            "en": f"Of {total} commitments, {yes} can be tested at the year's end and {numbers} have a number",
        }[lang]
    names = labels("funnel_step", lang)
    missing = {"zh": "尚无依据", "en": "no evidence read yet"}[lang]
    parts = [f"{names[s]} {missing if pd.isna(n) else n}" for s, n in zip(steps["step"], steps["count"], strict=True)]
    alt = {"zh": "漏斗条形图：", "en": "Funnel of bars: "}[lang] + _listed(parts, lang)
    last = {
        "zh": "最后两步只计量化目标，依据为 2025 年政府工作报告。",
        "en": "The last two steps count quantified targets only, on the 2025 work report.",
    }[lang]
    return Caption(title, alt, (last, *source_notes(lang)))


def caption_strength(counts: pd.DataFrame, lang: str) -> Caption:
    """Say which strength is most common, and in which domain wording is firmest."""
    by_code = counts.groupby("strength", observed=False)["count"].sum()
    total, names = int(by_code.sum()), labels("strength", lang)
    top = _only_largest(by_code)
    if top is None:
        title = {"zh": f"{total} 项承诺的措辞强度", "en": f"Strength of wording in {total} commitments"}[lang]
    else:
        share = 100 * by_code[top] / total
        title = {
            "zh": f"“{names[top]}”措辞最多：{by_code[top]} 项，占 {share:.0f}%",
            "en": f'"{names[top]}" wording is most common: {by_code[top]} of {total} commitments ({share:.0f}%)',
        }[lang]
    firmest = _firmest(counts)
    if firmest is not None:
        where = labels("domain", lang)[firmest]
        title += {"zh": f"；{where}领域措辞最硬", "en": f"; {where} is firmest"}[lang]
    parts = [f"{names[code]} {by_code[code]}" for code in reversed(by_code.index)]
    alt = {
        "zh": f"分领域堆叠条形图，共 {total} 项：",
        "en": f"Stacked bars by domain, {total} commitments in all: ",
    }[lang] + _listed(parts, lang)
    small = {
        "zh": f"“力争”单列，不论动词力度。括号内为承诺项数；少于 {LARGE} 项的领域不在标题中比较。",
        "en": f"Striving is shown apart, whatever the verb. Totals in brackets; the title compares domains of {LARGE} or more.",
    }[lang]
    return Caption(title, alt, (small, *source_notes(lang)))


def caption_wiggle(room: pd.DataFrame, lang: str) -> Caption:
    """Say how many verbs are firm and between which shares, beside how little is bound by a number or specific."""
    whole = room[room["domain"].isna()].set_index("axis")
    share, low, high = whole["share_pct"], whole["low_pct"], whole["high_pct"]
    verb, total = share["verb"], int(whole["total"].iloc[0])
    title = {
        "zh": f"{total} 项承诺的回旋余地：动词、数字和具体程度",
        "en": f"Room left by the wording of {total} commitments: verb, number and specificity",
    }[lang]
    if low["verb"] > max(high["number"], high["specificity"]):
        title = {
            "zh": f"动词硬的承诺占 {verb:.0f}%（换一种读法 {low['verb']:.0f}–{high['verb']:.0f}%），有数字的只占 {share['number']:.0f}%，写得具体的占 {share['specificity']:.0f}%",
            "en": f"{verb:.0f}% of commitments have a firm verb ({low['verb']:.0f}–{high['verb']:.0f}% under other readings), only {share['number']:.0f}% a number; {share['specificity']:.0f}% are specific",
        }[lang]
    names, axes = labels("domain", lang), labels("wording_axis", lang)
    firm = room[(room["axis"] == "verb") & room["domain"].notna()]
    parts = [_span(names[row.domain], row, lang) for row in firm.itertuples()]
    overall = [_span(axes[row.Index], row, lang) for row in whole.itertuples()]
    alt = {"zh": "分领域点图，三个方面各一格。全部：", "en": "Dots by domain, one panel an axis. All together: "}[lang]
    alt += (
        _listed(overall, lang)
        + {"zh": "动词硬的，分领域：", "en": " Firm verbs by domain: "}[lang]
        + _listed(parts, lang)
    )
    what = {
        "zh": "动词硬：实施、完成或保证，不含力争。写得具体：对象、数量、地点、日期写明两项以上。换读法：副词计分、两可的动词升降一级、数字不提级、口号不封顶、力争不单列、全和零不算数字。",
        "en": "Firm: implement, deliver or guarantee, striving apart. Specific: two or more of object, quantity, place, date. Other readings: adverbs scored, borderline verbs one step up or down, no lift by a number, no cap on slogans, striving not apart, all or none no number.",
    }[lang]
    return Caption(title, alt, (what + _order_note(firm, lang), *source_notes(lang)))


def _span(name: str, row, lang: str) -> str:
    """Say a share, and in words between which shares it lies under other readings."""
    said = f"{name} {row.share_pct:.0f}%"
    if round(row.low_pct) == round(row.high_pct):
        return said
    return (
        said
        + {
            "zh": f"（最低 {row.low_pct:.0f}%，最高 {row.high_pct:.0f}%）",
            "en": f" (lowest {row.low_pct:.0f}%, highest {row.high_pct:.0f}%)",
        }[lang]
    )


def _order_note(firm: pd.DataFrame, lang: str) -> str:
    """Say whether one large domain is firmest under every reading, or the ranges overlap."""
    large = firm[firm["total"] >= LARGE].set_index("domain")
    if len(large) < 2:
        return ""
    top = large["low_pct"].astype(float).idxmax()
    if large.loc[top, "low_pct"] > large["high_pct"].drop(top).max():
        name = labels("domain", lang)[top]
        return {
            "zh": f"{LARGE} 项以上的领域中，{name}怎样读都最硬。",
            "en": f" Of domains with {LARGE} or more, {name} is firmest under every reading.",
        }[lang]
    return {
        "zh": "各领域的范围互相重叠，名次随读法而变。",
        "en": " The ranges of domains overlap: their order changes with the reading.",
    }[lang]


def _only_largest(counts: pd.Series) -> str | None:
    """Return the one code with the most, or None where two share the lead."""
    leading = counts.index[counts == counts.max()]
    return str(leading[0]) if len(leading) == 1 else None


def _firmest(counts: pd.DataFrame) -> str | None:
    """Return the large domain with the largest firm share, where one alone leads others."""
    large = counts[counts["total"] >= LARGE]
    firm = large[large["strength"].isin(["deliver", "implement"])].groupby("domain", observed=True)["count"].sum()
    totals = large.groupby("domain", observed=True)["total"].first()
    shares = pd.Series({domain: Fraction(int(firm.get(domain, 0)), int(total)) for domain, total in totals.items()})
    return _only_largest(shares) if len(shares) > 1 else None


def caption_types(counts: pd.DataFrame, lang: str) -> Caption:
    """Say which type of commitment is most common, and how many have a number."""
    by_type = counts.groupby("type", observed=True)["count"].sum()
    top, total = _only_largest(by_type), int(by_type.sum())
    names, numbers = labels("type", lang), int(by_type.get("quantified_target", 0))
    title = {
        "zh": f"量化目标 {numbers} 项，共 {total} 项承诺",
        "en": f"{numbers} of {total} commitments are quantified targets",
    }[lang]
    if top is not None:
        title = {
            "zh": f"{names[top]}最多（{by_type[top]} 项），量化目标 {numbers} 项，共 {total} 项",
            "en": f"{names[top]} leads with {by_type[top]} of {total} commitments; {numbers} are quantified targets",
        }[lang]
    parts = [f"{names[t]} {n}" for t, n in by_type.sort_values(ascending=False, kind="stable").items()]
    alt = {"zh": "领域与类型的热力图：", "en": "Heat map of domain and type: "}[lang] + _listed(parts, lang)
    blank = {"zh": "空格表示该领域没有这一类承诺。", "en": "An empty cell: the domain has no commitment of that type."}[
        lang
    ]
    return Caption(title, alt, (blank, *source_notes(lang)))


def _listed(parts: list[str], lang: str) -> str:
    return {"zh": "，", "en": ", "}[lang].join(parts) + {"zh": "。", "en": "."}[lang]


def other_years_notes(lang: str) -> tuple[str, ...]:
    """Return the source line of comparisons, and which reports are not held."""
    held = [year for year in held_years() if year != CODED_YEAR]
    missing = [year for year in range(min(held), max(held)) if year not in held and year != CODED_YEAR]
    joined = {"zh": "、", "en": ", "}[lang]
    have, lack = (joined.join(map(str, years)) for years in (held, missing))
    return {
        "zh": (
            f"来源：盘锦市 {have} 年政府工作报告全文（第三方副本）和 2024 年节选，panjin_analysis 编码。",
            f"未覆盖：{lack} 年报告，2024 年报告的其余部分。报告没有写，不等于没有做。",
        ),
        "en": (
            f"Source: Panjin government work reports {have} (third-party copies) and the 2024 excerpt.",
            f"Not covered: the reports of {lack} and the rest of 2024. Not reported is not the same as not done.",
        ),
    }[lang]


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
    alt = {"zh": "各目标的目标值与结果：", "en": "Target and result: "}[lang] + _listed(parts, lang)
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
    alt = {"zh": "分指标小图，年份为横轴：", "en": "Small multiples by year: "}[lang] + _listed(names, lang)
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
    alt = {"zh": "分代码条形图：", "en": "Bars by code: "}[lang] + _listed(parts, lang)
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
    alt = {"zh": "按年份排列的承诺，最近一次：", "en": "Promises by year; the latest word: "}[lang] + _listed(
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
    alt = {"zh": "计划阶段未前进过的项目：", "en": "A plan no further than an earlier one: "}[lang] + _listed(
        stuck[f"label_{lang}"].tolist(), lang
    )
    note = {
        "zh": "承诺之间的对应由通读判定，只含对象相同或相近者；只见于一份报告的项目不画。",
        "en": "Links were decided by reading and join the same or a near object; projects in one report only are left out.",
    }[lang]
    return Caption(title, alt, (note, *other_years_notes(lang)))


def caption_fulfilment(counts: pd.DataFrame, lang: str) -> Caption:
    """Say how many testable commitments are reported as reached, and how many the report is silent on."""
    by_code = counts.groupby("code", observed=True)["count"].sum()
    testable = int(by_code.sum() - by_code.get("not_assessable", 0))
    reached = int(sum(by_code.get(code, 0) for code in REACHED))
    silent = int(by_code.get("no_evidence", 0))
    progress = int(by_code.get("progress", 0))
    title = {"zh": "承诺的完成情况", "en": "What came of the commitments"}[lang]
    if testable > by_code.get("not_due", 0):
        title = {
            "zh": f"至少部分可检验的 {testable} 项中，{reached} 项完成，{progress} 项有进展，{silent} 项未见结果",
            "en": f"Of {testable} commitments at least partly testable: {reached} reached, {progress} with progress, {silent} not reported",
        }[lang]
    starred = bool(counts["estimates"].sum())
    star = {"zh": "* 依据为预计数。", "en": " * rests on an estimate."} if starred else {"zh": "", "en": ""}
    names = labels("fulfilment", lang)
    alt = {"zh": "分领域堆叠条形图：", "en": "Stacked bars by domain: "}[lang] + _listed(
        [f"{names[c]} {n}" for c, n in by_code.items()], lang
    )
    note = {
        "zh": "按手册规则评定，依据只有 2025 年报告。“有进展”：承诺没有写终点，报告写了进展。" + star["zh"],
        "en": "Rated by written rules on the 2025 report alone. Progress: the promise names no end point." + star["en"],
    }[lang]
    return Caption(title, alt, (note, *other_years_notes(lang)))


CHOICES = {
    "tolerance_pct": {"zh": "“左右”的容差", "en": 'tolerance for "about"'},
    "accept_estimate": {"zh": "预计数算不算", "en": "estimates"},
    "count_late": {"zh": "逾期算不算", "en": "lateness"},
    "accept_near": {"zh": "相近对象算不算", "en": "near evidence"},
    "count_progress": {"zh": "有进展算不算", "en": "progress"},
}


def _said_spans(spans: pd.DataFrame, lang: str) -> str:
    """Say in words between which shares each base lies."""
    names = {
        "zh": {"testable": "占可检验的", "with_evidence": "占有结果的"},
        "en": {"testable": "of what can be tested", "with_evidence": "of what has a result"},
    }[lang]
    known = spans.dropna()
    if known.empty:
        return ""
    parts = [
        {"zh": f"{names[base]}最低 {low:.0f}%、最高 {high:.0f}%", "en": f"{names[base]} lowest {low:.0f}%, highest {high:.0f}%"}[lang]
        for base, low, high in zip(known.index, known["min"], known["max"], strict=True)
    ]  # fmt: skip
    return _listed(parts, lang)


def _matters(ranges: pd.DataFrame, choice: str, varied: list[str]) -> bool:
    """Tell whether a choice changes any share when nothing else does."""
    others = [name for name in (*varied, "unit", "base") if name != choice]
    shares = ranges.assign(reached_pct=ranges["reached_pct"].astype(float)).groupby(others)["reached_pct"]
    return bool((shares.max() > shares.min()).any())


def caption_range(ranges: pd.DataFrame, lang: str) -> Caption:
    """Say between which shares the answer lies, according to how one counts."""
    shares = ranges.assign(reached_pct=ranges["reached_pct"].astype("Float64"))
    spans = shares.groupby("base")["reached_pct"].agg(["min", "max"]).reindex(["testable", "with_evidence"])
    title = {"zh": "完成的比例随算法而变", "en": "The share reached, by the way of counting"}[lang]
    if spans.notna().all(axis=None):
        low, high = spans.loc["testable"].round(), spans.loc["with_evidence"].round()
        title = {
            "zh": f"完成的比例：占至少部分可检验的 {low['min']:.0f}–{low['max']:.0f}%，占有结果的 {high['min']:.0f}–{high['max']:.0f}%",
            "en": f"Reached: {low['min']:.0f}–{low['max']:.0f}% of what can be tested, {high['min']:.0f}–{high['max']:.0f}% of what has a result",
        }[lang]
    ways = ranges.groupby(["base", "unit"]).ngroups
    alt = {
        "zh": f"{ways} 种算法的范围条，共 {len(ranges)} 种组合。",
        "en": f"Range bars for {ways} ways of counting, {len(ranges)} combinations in all. ",
    }[lang] + _said_spans(spans, lang)
    varied = [choice for choice in CHOICES if choice in ranges]
    idle = [CHOICES[choice][lang] for choice in varied if not _matters(ranges, choice, varied)]
    note = {
        "zh": "变动的选择：" + "、".join([*(CHOICES[choice]["zh"] for choice in varied), "计数单位和分母"]) + "。",
        "en": "Varied: " + ", ".join([*(CHOICES[choice]["en"] for choice in varied), "unit and denominator"]) + ".",
    }[lang]
    if idle:
        note += {
            "zh": f"其中{'、'.join(idle)}对这一年没有影响。",
            "en": f" Without effect this year: {', '.join(idle)}.",
        }[lang]
    return Caption(title, alt, (note, *other_years_notes(lang)))


def whole_report_notes(rows: pd.DataFrame, lang: str) -> tuple[str, ...]:
    """Return the source line of charts of whole reports, and which years are missing in them."""
    years = rows.drop_duplicates("report_year").set_index("report_year")["held"]
    joined = {"zh": "、", "en": ", "}[lang]
    full, lacking = (joined.join(map(str, years.index[years == held])) for held in ("full", "none"))
    excerpts = joined.join(map(str, years.index[years == "excerpt"]))
    rest = (
        {"zh": f"，{excerpts} 年报告节选以外的部分", "en": f"; {excerpts} outside its excerpt"}[lang]
        if excerpts
        else ""
    )
    return {
        "zh": (
            f"来源：盘锦市 {full} 年政府工作报告全文（第三方副本），panjin_analysis 自动读出。",
            f"未覆盖（斜线）：{lacking} 年报告{rest}。未读到，不等于没有。",
        ),
        "en": (
            f"Source: Panjin government work reports {full} (full texts, third-party copies), panjin_analysis.",
            f"Not covered (hatched): the reports of {lacking}{rest}. Not read is not the same as not there.",
        ),
    }[lang]


def caption_terms(terms: pd.DataFrame, lang: str) -> Caption:
    """Say how many terms came in since the earliest full text, and how many are gone from the latest."""
    named = terms.drop_duplicates("term_id")
    new, left = (named[named["status"] == status] for status in ("new", "left"))
    full = terms.loc[terms["held"] == "full", "report_year"]
    first, last, total = full.min(), full.max(), len(named)
    title = {
        "zh": f"{first}–{last} 年报告中的 {total} 个政策用语",
        "en": f"{total} policy terms in the reports of {first} to {last}",
    }[lang]
    if len(new) and len(left):
        title = {
            "zh": f"{total} 个政策用语中，{len(new)} 个 {first} 年没有而 {last} 年有，{len(left)} 个以前有而 {last} 年没有",
            "en": f"Of {total} policy terms, {len(new)} came in after {first} and stand in {last}; {len(left)} are gone",
        }[lang]
    colon = {"zh": "：", "en": ": "}[lang]
    words = labels("term_status", lang)
    groups = [
        words[code] + colon + _listed(group[f"term_{lang}"].tolist(), lang)
        for code in words
        if len(group := named[named["status"] == code])
    ]
    alt = {"zh": "按年份排列的热力图。", "en": "Heat map by report year. "}[lang] + {"zh": "", "en": " "}[lang].join(
        groups
    )
    note = {
        "zh": "格内为每万字出现次数，年份下为字数；0：读过而没有。长词中的短词不重复计。",
        "en": "Cells: occurrences per 10,000 characters; under the year, the characters. 0: read and not found. Terms inside longer ones are not counted again.",
    }[lang]
    for size in terms.loc[terms["held"] == "excerpt", "characters"].unique():
        note += {
            "zh": f"节选很短，一次即合 {10_000 / size:.1f}；?：节选中没有，其余未读。",
            "en": f" The excerpt is short: one occurrence makes {10_000 / size:.1f}; ?: not in it, the rest unread.",
        }[lang]
    return Caption(title, alt, (note, *whole_report_notes(terms, lang)))


CLEAR = 5.0  # points; on the excerpt, extractor and coders differ by less, so a smaller move says nothing


def caption_profiles(shares: pd.DataFrame, lang: str) -> Caption:
    """Say how the firm share moved over the full texts, where it moved clearly."""
    firm = _firm_shares(shares[shares["held"] == "full"])
    first, last = firm.index[0], firm.index[-1]
    move = _move(firm)
    title = {
        "zh": f"{first}–{last} 年 {len(firm)} 份报告全文的措辞强度",
        "en": f"Strength of wording in {len(firm)} full reports, {first} to {last}",
    }[lang]
    if move is not None:
        turn, (there, back) = move
        words = {"zh": {"up": "升到", "down": "降到"}, "en": {"up": "rose", "down": "fell"}}[lang]
        title = {
            "zh": f"“完成、实施”类措辞从 {first} 年的 {firm[first]:.0f}% {words[there]} {turn} 年的 {firm[turn]:.0f}%",
            "en": f"Firm wording {words[there]} from {firm[first]:.0f}% in {first} to {firm[turn]:.0f}% in {turn}",
        }[lang]
        if back:
            title += {
                "zh": f"，{last} 年又{words[back]} {firm[last]:.0f}%",
                "en": f" and {words[back]} to {firm[last]:.0f}% by {last}",
            }[lang]
    parts = [f"{year} {share:.0f}%" for year, share in firm.items()]
    alt = {
        "zh": "各年承诺措辞强度的堆叠柱形图；完成类和实施类合计：",
        "en": "Stacked columns of the strength of commitments by year; deliver and implement together: ",
    }[lang] + _listed(parts, lang)
    versions = ", ".join(sorted(set(shares["extractor_version"].dropna())))
    note = {
        "zh": f"柱顶数字为“力争”项数。由提取器（{versions}）读出，未经人工编码。",
        "en": f"The number on top counts striving. Read by the extractor ({versions}), not coded by hand.",
    }[lang]
    return Caption(title, alt, (note + _against_coders(shares, lang), *whole_report_notes(shares, lang)))


def _firm_shares(shares: pd.DataFrame) -> pd.Series:
    """Return the share of deliver and implement, by year."""
    firm = shares[shares["strength"].isin(["deliver", "implement"])]
    return firm.groupby("report_year")["share_pct"].sum().astype(float)


def _move(firm: pd.Series) -> tuple[int, tuple[str, str]] | None:
    """Return the year that a clear move led to, and its direction there and (where it turned) back."""
    first, last = firm.iloc[0], firm.iloc[-1]
    for turn, there, back, sign in ((firm.idxmax(), "up", "down", 1), (firm.idxmin(), "down", "up", -1)):
        if sign * (firm[turn] - first) >= CLEAR and sign * (firm[turn] - last) >= CLEAR:
            return int(turn), (there, back)
    if abs(last - first) >= CLEAR:
        return int(firm.index[-1]), ("up" if last > first else "down", "")
    return None


def _against_coders(shares: pd.DataFrame, lang: str) -> str:
    """Say what extractor and coders give for the excerpt that both have read."""
    read = _firm_shares(shares[(shares["held"] == "excerpt") & (shares["report_year"] == CODED_YEAR)])
    if read.empty:
        return ""
    coded = 100 * load_commitments()["strength"].isin(["deliver", "implement"]).mean()
    return {
        "zh": f"{CODED_YEAR} 年节选中两类合计：提取器 {read.iloc[0]:.0f}%，人工编码 {coded:.0f}%。",
        "en": f" Firm share of the {CODED_YEAR} excerpt: {read.iloc[0]:.0f}% by the extractor, {coded:.0f}% coded by hand.",
    }[lang]
