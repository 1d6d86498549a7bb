"""The words round the charts of whole reports."""

import pandas as pd

from panjin_analysis.captions.caption import Caption, listed
from panjin_analysis.compare.continuity import CODED_YEAR
from panjin_analysis.load import load_commitments
from panjin_analysis.tables import labels


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
        words[code] + colon + listed(group[f"term_{lang}"].tolist(), lang)
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
    }[lang] + listed(parts, lang)
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
