"""The words round a chart: title, alt text and notes, all computed from its table.

A title states a finding; where the table does not bear it, it is neutral.
"""

from dataclasses import dataclass

import pandas as pd

from panjin_analysis.tables import labels

LARGE = 5  # a domain with fewer commitments is not singled out in a title


@dataclass(frozen=True)
class Caption:
    """What stands round a chart, in one language."""

    title: str
    alt: str
    notes: tuple[str, ...]

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
    title = {
        "zh": f"{total} 项承诺中，{yes} 项年底可检验，{numbers} 项有数字",
        "en": f"Of {total} commitments, {yes} can be tested at the year's end and {numbers} have a number",
    }[lang]
    names = labels("funnel_step", lang)
    missing = {"zh": "尚无依据", "en": "no evidence read yet"}[lang]
    parts = [f"{names[s]} {missing if pd.isna(n) else n}" for s, n in zip(steps["step"], steps["count"], strict=True)]
    alt = {"zh": "漏斗条形图：", "en": "Funnel of bars: "}[lang] + _listed(parts, lang)
    return Caption(title, alt, source_notes(lang))


def caption_strength(counts: pd.DataFrame, lang: str) -> Caption:
    """Say which strength is most common, and in which domain wording is firmest."""
    by_code = counts.groupby("strength", observed=False)["count"].sum()
    total, top = int(by_code.sum()), str(by_code.idxmax())
    names, domains = labels("strength", lang), labels("domain", lang)
    large = counts[(counts["total"] >= LARGE) & counts["strength"].isin(["deliver", "implement"])]
    firm = large.groupby("domain", observed=True)["share_pct"].sum()
    best = firm[firm == firm.max()].index
    share = 100 * by_code[top] / total
    title = {
        "zh": f"“{names[top]}”类措辞最多：{by_code[top]} 项，占 {share:.0f}%",
        "en": f"“{names[top]}” wording is most common: {by_code[top]} of {total} commitments ({share:.0f}%)",
    }[lang]
    if len(best) == 1:
        where = domains[best[0]]
        title += {"zh": f"；{where}领域最硬", "en": f"; {where} is firmest"}[lang]
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


def caption_types(counts: pd.DataFrame, lang: str) -> Caption:
    """Say which type of commitment is most common, and how many have a number."""
    by_type = counts.groupby("type", observed=True)["count"].sum()
    top, total = str(by_type.idxmax()), int(by_type.sum())
    names, numbers = labels("type", lang), int(by_type.get("quantified_target", 0))
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
