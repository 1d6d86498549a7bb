"""What columns and codes are called on a page, also in frames that functions made.

The codebook has the titles and labels of every table. Functions add columns of their
own, and hand some codes on as plain text; those are named here.
"""

import functools

import pandas as pd

from panjin_analysis.excel import in_language, labelled
from panjin_analysis.excel.words import headers
from panjin_analysis.load import codebook, load_vocabulary
from panjin_analysis.tables import labels

# Titles of columns that functions add.
ADDED = {
    "alpha": ("α 系数", "Alpha"),
    "alpha_high": ("α 上限", "Alpha, high"),
    "alpha_low": ("α 下限", "Alpha, low"),
    "candidate_id": ("候选编号", "Candidate"),
    "changed": ("改动", "Changed"),
    "codes_used": ("所用代码数", "Codes used"),
    "count": ("数量", "Count"),
    "decision": ("决定", "Decision"),
    "decision_id": ("决定编号", "Decision no."),
    "high": ("上限", "High"),
    "is_multi_year": ("是否跨年", "Over several years"),
    "level": ("测量层级", "Level"),
    "low": ("下限", "Low"),
    "next_target": ("下一年目标", "Next year's target"),
    "part": ("部分", "Part"),
    "previous": ("以前的数", "Earlier value"),
    "previous_value": ("以前的数", "Earlier value"),
    "previous_year": ("以前的年份", "Earlier year"),
    "quote": ("原文", "Quotation"),
    "record_id": ("记录编号", "Record"),
    "result": ("结果", "Result"),
    "said_en": ("英文说法", "What is said"),
    "said_zh": ("说法", "What is said (Chinese)"),
    "same_pct": ("相同（%）", "Same (%)"),
    "source": ("依据", "Source"),
    "series": ("序列", "Series"),
    "share_pct": ("占比（%）", "Share (%)"),
    "step": ("步骤", "Step"),
    "total": ("合计", "Total"),
    "units": ("单元数", "Units"),
    "why": ("理由", "Why"),
    "words": ("所据词语", "Words"),
}
# Words in cells that are no code of the codebook.
SPOKEN = {
    "clause": ("小句", "clause"),
    "false": ("否", "no"),
    "has_evidence_2025": ("2025 年有无依据", "evidence in 2025"),
    "has_place": ("是否写地点", "names a place"),
    "has_successor_2025": ("2025 年有无后续", "successor in 2025"),
    "has_third_party": ("是否有第三方", "names a third party"),
    "nominal": ("类别", "nominal"),
    "number": ("数字", "number"),
    "ordinal": ("顺序", "ordinal"),
    "deliver": ("完成类", "deliver"),
    "part": ("部分", "part"),
    "plan": ("部署", "plan"),
    "review": ("回顾", "review"),
    "true": ("是", "yes"),
}
# Columns of text whose cells are codes of many lists, or names of columns.
_MIXED = {"code", "field", "level", "part", "step", "vocabulary"}
_LISTS = {"step": "funnel_step"}  # the list of a column that the codebook does not have


def titles(frame: pd.DataFrame, lang: str) -> list[str]:
    """Return the title of each column; one that nobody named keeps its name.

    Tables call some columns differently (``value`` is a target in one, any number in
    another): the title is that of the table with most of the frame's columns, else of
    the first table that has it; of codes, that of the table with their list.

    Examples
    --------
    >>> titles(pd.DataFrame(columns=["kind", "refers_to_year", "value", "share_pct"]), "zh")
    ['事实种类', '所指年份', '数值', '占比（%）']
    """
    columns = codebook()
    shared = columns[columns["column"].isin([str(name) for name in frame.columns])]
    nearest = shared["table"].mode().iloc[0] if shared["table"].mode().size == 1 else ""
    return [_title(shared, nearest, frame[name], lang) for name in frame.columns]


def _title(shared: pd.DataFrame, nearest: str, values: pd.Series, lang: str) -> str:
    name = str(values.name)
    own = shared[shared["column"] == name]
    if isinstance(values.dtype, pd.CategoricalDtype):
        coded_own = own[own["vocabulary"] != ""]
        fits = [set(values.cat.categories) <= set(labels(which)) for which in coded_own["vocabulary"]]
        own = coded_own[fits] if any(fits) else own
    found = own.set_index("table")[f"title_{lang}"]
    if found.empty:
        return in_language(lang, *ADDED.get(name, (name, name)))
    return found.get(nearest, found.iloc[0])


def coded(frame: pd.DataFrame) -> pd.DataFrame:
    """Make categories of the text columns that hold nothing but codes of their column's list.

    Examples
    --------
    >>> coded(pd.DataFrame({"comparator": ["ge", "eq"]}))["comparator"].dtype.name
    'category'
    """
    out = frame.copy()
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.StringDtype):
            for known in _codes(str(name)):
                if set(frame[name].dropna()) <= set(known):
                    out[name] = frame[name].astype(pd.CategoricalDtype(known))
                    break
    return out


def in_words(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Replace codes by labels, truth values and what functions hand on as text by words.

    Examples
    --------
    >>> in_words(pd.DataFrame({"level": ["ordinal"], "note": ["ordinal"]}), "zh").iloc[0].tolist()
    ['顺序', 'ordinal']
    """
    out = labelled(frame, lang)
    for name in out.columns:
        if name in _MIXED and isinstance(frame[name].dtype, pd.StringDtype):
            out[name] = out[name].map(lambda code: _spoken(lang).get(code, code), na_action="ignore")
        elif str(name).endswith("_ids"):
            out[name] = out[name].str.replace("|", in_language(lang, "、", ", "))
    return out


@functools.cache
def _spoken(lang: str) -> dict[str, str]:
    """Return words for codes that mean the same in every list, for names of columns, and for the rest."""
    vocabulary = load_vocabulary()
    labels_of: dict[str, set[str]] = {}
    for code, label in zip(vocabulary["code"], vocabulary[f"label_{lang}"], strict=True):
        labels_of.setdefault(code, set()).add(label)
    plain = {code: next(iter(found)) for code, found in labels_of.items() if len(found) == 1}
    return {**headers(lang), **plain, **{code: in_language(lang, *words) for code, words in SPOKEN.items()}}


def _codes(column: str) -> list[list[str]]:
    """Return the codes of each list that a column may hold."""
    columns = codebook()
    lists = columns.loc[columns["column"] == column, "vocabulary"].dropna().unique().tolist()
    lists = [name for name in [*lists, _LISTS.get(column, "")] if name]
    return [list(labels(name)) for name in lists]
