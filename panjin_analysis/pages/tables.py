"""A frame as a table of a page: titles of the codebook, labels for codes, numbers to the right.

Without script it is a plain table with a caption and marked header cells. The page's
script gives it buttons that sort and a box that filters; for that a cell carries the
value behind what it shows, so that codes sort in their own order and numbers as numbers.
"""

import hashlib

import pandas as pd
from markupsafe import Markup

from panjin_analysis.excel import labelled
from panjin_analysis.excel.words import headers
from panjin_analysis.pages.words import word
from panjin_analysis.style import text_width
from panjin_analysis.tables import shown_number

FILTERED = 8  # rows from which a filter helps
SORTED = 3  # rows from which sorting does
LONG = 24  # half-width units of text from which a cell may be broken into lines
# Titles of columns that functions add; those of the tables are in the codebook.
ADDED = {
    "step": ("步骤", "Step"),
    "count": ("数量", "Count"),
    "total": ("合计", "Total"),
    "share_pct": ("占比（%）", "Share (%)"),
    "previous": ("以前的数", "Earlier value"),
    "previous_year": ("以前的年份", "Earlier year"),
    "previous_value": ("以前的数", "Earlier value"),
    "result": ("结果", "Result"),
    "next_target": ("下一年目标", "Next year's target"),
    "series": ("序列", "Series"),
    "part": ("部分", "Part"),
    "said_zh": ("说法", "Said (Chinese)"),
    "said_en": ("英文说法", "Said"),
    "level": ("测量层级", "Level"),
    "units": ("单元数", "Units"),
    "codes_used": ("用到的代码数", "Codes used"),
    "same_pct": ("相同（%）", "Same (%)"),
    "alpha": ("α 系数", "Alpha"),
    "low": ("下限", "Low"),
    "high": ("上限", "High"),
    "candidate_id": ("候选编号", "Candidate"),
    "quote": ("原文", "Quotation"),
    "words": ("所据词语", "Words"),
    "why": ("理由", "Why"),
    "is_multi_year": ("是否跨年", "Over several years"),
    "decision_id": ("决定编号", "Decision"),
    "decision": ("决定", "Decision"),
    "changed": ("改动", "Changed"),
    "record_id": ("记录编号", "Record"),
}


def table(frame: pd.DataFrame, caption: str, *, name: str, lang: str = "zh", note: str = "") -> Markup:
    """Return a frame as an HTML table that can be sorted, filtered, scrolled and printed.

    Columns of codes (categories) are shown by their labels and sort in the order of
    their list; truth values become words; a missing value is a dash that is read out
    as a word. A column without a title in the codebook keeps its name.

    Parameters
    ----------
    frame
        Rows and columns as they are to be shown; an index with a name becomes the first column.
    caption
        What the table holds.
    name
        A name that no other table of the page has.
    lang
        ``zh`` or ``en``.
    note
        A line under the table.

    Examples
    --------
    >>> table(pd.DataFrame({"due_on": [None]}), "时限", name="a").count("<td")
    1
    """
    frame = _with_index(frame)
    words, titles = labelled(frame, lang), {**headers(lang), **_added(lang)}
    columns = [_Column(frame[column], words[column]) for column in frame.columns]
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(column.attributes(), titles.get(str(column.name), column.name))
        for column in columns
    )
    rows = Markup("\n").join(
        Markup("<tr>{}</tr>").format(Markup("").join(column.cell(place, lang) for column in columns))
        for place in range(len(frame))
    )
    notes = [text for text in (word("blank", lang) if frame.isna().any(axis=None) else "", note) if text]
    return Markup(
        '<div class="table" data-filter="{filter}" data-rows="{rows_word}" data-shown="{shown_word}"'
        ' data-sort="{sort}" data-filtered="{filtered}" data-sorted="{sorted}">\n'
        '<div class="scroll" role="region" aria-labelledby="{id}" tabindex="0"><table>\n'
        '<caption><span id="{id}">{caption}</span></caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>'
        "{notes}</div>\n"
    ).format(
        filter=word("filter", lang),
        rows_word=word("rows", lang),
        shown_word=word("shown", lang),
        sort=word("sort", lang),
        filtered=int(len(frame) >= FILTERED),
        sorted=int(len(frame) >= SORTED),
        id="t" + hashlib.sha256(name.encode()).hexdigest()[:8],
        caption=caption,
        head=head,
        rows=rows,
        notes=Markup("").join(Markup('<p class="note">{}</p>').format(text) for text in notes),
    )


class _Column:
    """One column: what its cells show, and what they sort by."""

    def __init__(self, values: pd.Series, words: pd.Series):
        self.name, self.values, self.words = values.name, values.tolist(), words.tolist()
        is_coded = isinstance(values.dtype, pd.CategoricalDtype)
        self.is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
        self.is_year = str(self.name).endswith("year")
        self.decimals = self._decimals()
        self.order = {code: place for place, code in enumerate(values.cat.categories)} if is_coded else None

    def _decimals(self) -> int | None:
        """Return the decimals that all numbers of a share or a coefficient have; None: each as it needs."""
        if not self.is_number:
            return None
        known = [abs(value) for value in self.values if not pd.isna(value)]
        whole = all(float(value).is_integer() for value in known)
        if str(self.name).endswith("_pct"):
            return 0 if whole else 1
        return 3 if known and max(known) <= 1 and not whole else None

    def attributes(self) -> Markup:
        return Markup(' class="num"') if self.is_number else Markup("")

    def cell(self, place: int, lang: str) -> Markup:
        value = self.values[place]
        if pd.isna(value):
            return Markup(
                '<td class="{}missing"><span aria-hidden="true">—</span><span class="unseen">{}</span></td>'
            ).format("num " if self.is_number else "", word("missing", lang))
        if self.is_number:
            return Markup('<td class="num" data-value="{}">{}</td>').format(float(value), self._number(value))
        text = _text(self.words[place])
        order = Markup(' data-value="{}"').format(self.order[value]) if self.order else ""
        return Markup("<td{}{}>{}</td>").format(Markup(' class="long"') if text_width(text) > LONG else "", order, text)

    def _number(self, value: float) -> str:
        if self.is_year:
            return f"{value:.0f}"
        return shown_number(value) if self.decimals is None else f"{value:,.{self.decimals}f}"


def _text(value: object) -> str:
    """Return what a cell shows; a day without a time is a date."""
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return value.date().isoformat()
    return str(value)


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its index as a column where the index has a name, and without it elsewhere."""
    return frame.reset_index() if any(frame.index.names) else frame.reset_index(drop=True)


def _added(lang: str) -> dict[str, str]:
    return {column: titles[lang == "en"] for column, titles in ADDED.items()}
