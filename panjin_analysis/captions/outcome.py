"""The words round the charts of what came of it."""

import pandas as pd

from panjin_analysis.captions.caption import Caption, listed, other_years_notes
from panjin_analysis.rules import REACHED
from panjin_analysis.tables import labels


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
    alt = {"zh": "分领域堆叠条形图：", "en": "Stacked bars by domain: "}[lang] + listed(
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
    return listed(parts, lang)


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
