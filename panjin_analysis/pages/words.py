"""The words of a page that are not data, in two languages."""

from panjin_analysis.excel import in_language

LANGUAGE = {"zh": "zh-CN", "en": "en"}
WORDS = {
    "skip": ("跳到正文", "Skip to the text"),
    "contents": ("本页内容", "On this page"),
    "index": ("全部页面", "All pages"),
    "project": ("政府工作报告承诺分析", "Promises in a city's work report"),
    "source": ("来源", "Source"),
    "filter": ("筛选", "Filter"),
    "rows": ("共 {n} 行", "{n} rows"),
    "shown": ("显示 {shown} 行，共 {n} 行", "{shown} of {n} rows shown"),
    "sort": ("按此列排序", "sort by this column"),
    "blank": (
        "“—”表示没有写明或没有这个数，不表示零。",
        "“—”: not stated, or no such number; it is not zero.",
    ),
    "missing": ("无", "none"),
    "head": ("仅前 {shown} 行。", "The first {shown} rows only."),
    "described": ("图的文字说明", "The chart in words"),
    "code": ("代码", "Code"),
    "output": ("输出", "Output"),
    "answer": ("要点", "In short"),
    "version": ("数据版本", "Data version"),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return one of a page's own words.

    Examples
    --------
    >>> word("rows", "zh", n=3), word("rows", "en", n=3)
    ('共 3 行', '3 rows')
    """
    text = in_language(lang, *WORDS[key])
    return text.format(**values) if values else text
