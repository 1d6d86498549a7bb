"""The words round the charts that count commitments and weigh their wording."""

from fractions import Fraction

import pandas as pd

from panjin_analysis.captions.caption import Caption, listed, only_largest, source_notes
from panjin_analysis.tables import labels

LARGE = 5  # a domain with fewer commitments is not singled out in a title


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
    alt = {"zh": "漏斗条形图：", "en": "Funnel of bars: "}[lang] + listed(parts, lang)
    last = {
        "zh": "最后两步只计量化目标，依据为 2025 年政府工作报告。",
        "en": "The last two steps count quantified targets only, on the 2025 work report.",
    }[lang]
    return Caption(title, alt, (last, *source_notes(lang)))


def caption_strength(counts: pd.DataFrame, lang: str) -> Caption:
    """Say which strength is most common, and in which domain wording is firmest."""
    by_code = counts.groupby("strength", observed=False)["count"].sum()
    total, names = int(by_code.sum()), labels("strength", lang)
    top = only_largest(by_code)
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
    }[lang] + listed(parts, lang)
    small = {
        "zh": f"“力争”单列，不论动词力度。括号内为承诺项数；少于 {LARGE} 项的领域不在标题中比较。",
        "en": f"Striving is shown apart, whatever the verb. Totals in brackets; the title compares domains of {LARGE} or more.",
    }[lang]
    return Caption(title, alt, (small, *source_notes(lang)))


def _firmest(counts: pd.DataFrame) -> str | None:
    """Return the large domain with the largest firm share, where one alone leads others."""
    large = counts[counts["total"] >= LARGE]
    firm = large[large["strength"].isin(["deliver", "implement"])].groupby("domain", observed=True)["count"].sum()
    totals = large.groupby("domain", observed=True)["total"].first()
    shares = pd.Series({domain: Fraction(int(firm.get(domain, 0)), int(total)) for domain, total in totals.items()})
    return only_largest(shares) if len(shares) > 1 else None


def caption_types(counts: pd.DataFrame, lang: str) -> Caption:
    """Say which type of commitment is most common, and how many have a number."""
    by_type = counts.groupby("type", observed=True)["count"].sum()
    top, total = only_largest(by_type), int(by_type.sum())
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
    alt = {"zh": "领域与类型的热力图：", "en": "Heat map of domain and type: "}[lang] + listed(parts, lang)
    blank = {"zh": "空格表示该领域没有这一类承诺。", "en": "An empty cell: the domain has no commitment of that type."}[
        lang
    ]
    return Caption(title, alt, (blank, *source_notes(lang)))


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
        listed(overall, lang)
        + {"zh": "动词硬的，分领域：", "en": " Firm verbs by domain: "}[lang]
        + listed(parts, lang)
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
