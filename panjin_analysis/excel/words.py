"""The words of a workbook that are not data: labels of codes, titles of columns, names of its fixed sheets."""

import pandas as pd

from panjin_analysis.load import codebook
from panjin_analysis.tables import TRUTH, labels, vocabularies

FONT = {"zh": "微软雅黑", "en": "Arial"}
LANGUAGE = {"zh": "zh-CN", "en": "en-GB"}
# What a workbook says of itself, Chinese and English.
WORDS = {
    "cover": ("封面", "Cover"),
    "contents": ("目录", "Contents"),
    "to_contents": ("返回目录", "Back to contents"),
    "go_to": ("转到", "Go to"),
    "sheet": ("工作表", "Sheet"),
    "title": ("标题", "Title"),
    "rows": ("行数", "Rows"),
    "item": ("项目", "Item"),
    "content": ("内容", "Content"),
    "one_table": ("本工作表有一张表。", "This worksheet contains one table."),
    "blank": (
        "空格表示没有写明或没有这个数，不表示零。",
        "An empty cell: not stated, or no such number; it is not zero.",
    ),
    "source": ("来源：", "Source: "),
    "scope": ("范围：", "Scope: "),
    "units": ("单位：", "Units: "),
    "notes": ("说明：", "Notes: "),
    "total": ("合计", "Total"),
    "page": ("第 &P 页，共 &N 页", "Page &P of &N"),
}


def word(key: str, lang: str) -> str:
    """Return one of the workbook's own words.

    Examples
    --------
    >>> word("contents", "zh"), word("contents", "en")
    ('目录', 'Contents')
    """
    return in_language(lang, *WORDS[key])


def in_language(lang: str, chinese: str, english: str) -> str:
    """Return the one of two texts that a workbook's language asks for.

    Examples
    --------
    >>> in_language("en", "中文", "English")
    'English'
    """
    return {"zh": chinese, "en": english}[lang]


def labelled(frame: pd.DataFrame, lang: str = "zh") -> pd.DataFrame:
    """Replace every code by its label, truth values by words; the rest stays.

    Examples
    --------
    >>> from panjin_analysis import load_targets
    >>> labelled(load_targets()[["comparator"]]).iloc[0, 0]
    '等于'
    """
    words = dict(zip((True, False), TRUTH[lang], strict=True))
    lists = vocabularies(frame)
    out = frame.copy()
    for column in frame.columns:
        if isinstance(frame[column].dtype, pd.CategoricalDtype):
            out[column] = frame[column].astype("str").map(labels(lists[column], lang))
        elif pd.api.types.is_bool_dtype(frame[column].dtype):
            out[column] = frame[column].map(words)
    return out


def header(column: str, lang: str = "zh") -> str:
    """Return a column's title in the codebook.

    Examples
    --------
    >>> header("due_on")
    '完成时限'
    """
    return headers(lang)[column]


def headers(lang: str) -> dict[str, str]:
    """Return the title of every column of the codebook; where tables share one, the first table's.

    Examples
    --------
    >>> headers("en")["due_on"]
    'Due on'
    """
    columns = codebook()
    pairs = zip(columns["column"], columns[f"title_{lang}"], strict=True)
    return dict(reversed(list(pairs)))  # the first one stays
