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
    "head": ("共 {n} 行，只列前 {shown} 行。", "The first {shown} of {n} rows."),
    "table": ("表 {number}　{title}", "Table {number}. {title}"),
    "described": ("图的文字说明", "The chart in words"),
    "code": ("代码 {number}", "Code {number}"),
    "answer": ("要点", "In short"),
    "foot": (
        "数据版本 {version}。只有事实、位置和指纹，不含报告原文。",
        "Data version {version}. Facts, offsets and hashes; no text of a report.",
    ),
    "licence": ("数据和图表：CC BY 4.0；代码：MIT。", "Data and charts: CC BY 4.0; code: MIT."),
    "intro": (
        "盘锦市 2024 年政府工作报告承诺了什么，与历年相比怎样，后来怎样。下面是专题页面、图表和可以带走的文件，都由同一批数据表算出。",
        "What the Panjin government work report of 2024 promised, against other years, and what came of it. "
        "Pages, charts and files to take away, all computed from the same tables.",
    ),
    "pages": ("专题页面", "Pages"),
    "charts": ("图表", "Charts"),
    "files": ("工作簿和简报", "Workbooks and briefs"),
    "office": ("办公版：可筛选、可填写，带图表", "To work in: filters, cells to fill, charts"),
    "accessible": ("发布版：无障碍格式，一张表一个工作表", "To publish: accessible, one table a sheet"),
    "coverage": ("数据范围和来源", "Coverage and sources"),
    "reports": ("各年报告持有情况", "Reports held, by year"),
    "sources": ("来源清单", "List of sources"),
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
