"""The cookbook of charts: what each answers, how to call it, what it looks like and what its numbers mean.

Nothing of it is typed: signatures and examples are the functions' own, pictures are drawn,
columns are described by the codebook, colours and sizes are those of ``style``.
"""

import inspect
import re
from typing import Any

import pandas as pd
from markupsafe import Markup

from panjin_analysis import style
from panjin_analysis.charts import CHARTS, Chart, column_meanings
from panjin_analysis.excel import in_language
from panjin_analysis.kernel import svg_with_text
from panjin_analysis.pages.figures import figure
from panjin_analysis.pages.page import Page, page
from panjin_analysis.pages.tables import table
from panjin_analysis.preflight import CONTRAST, SMALLEST, final_scale

COOKBOOK = "cookbook.html"
_HEADING = re.compile(r"\n([A-Z][a-z]+)\n-+\n")
_WORDS = {
    "title": ("图表手册", "Chart cookbook"),
    "intro": (
        "每张图回答什么、怎样调用、数字从哪里来。函数名、示例、列义和颜色都取自程序本身。",
        "What each chart answers, how to call it and where its numbers come from, taken from the functions themselves.",
    ),
    "look": ("颜色和尺寸", "Colours and sizes"),
    "palette": ("颜色", "Colours"),
    "sizes": ("尺寸", "Sizes"),
    "call": ("调用", "Call"),
    "parameters": ("参数", "Parameters"),
    "example": ("示例", "Example"),
    "columns": ("CSV 的列", "Columns of the CSV"),
    "receipt": ("每个数的依据在列 {ids}；命令 panjin explain {name}.png 逐行列出。", "The rows behind each number are in {ids}; panjin explain {name}.png lists them."),
}  # fmt: skip


def cookbook_page(tables: dict[str, pd.DataFrame], *, source: tuple[str, ...], lang: str = "zh") -> bytes:
    """Return the cookbook as a page.

    Parameters
    ----------
    tables
        The table of each chart, by the chart's name: what ``CHARTS[name].table`` gives.
    source
        Lines for the foot of the page.
    lang
        The page's language; what the functions say of themselves is English.

    Raises
    ------
    DataError
        If the page shows a character that the font does not have.
    """
    parts = [Markup("<p>{}</p>").format(_word("intro", lang)), *_look(lang)]
    for name, made in tables.items():
        parts += _chart(name, CHARTS[name], made, lang)
    other = {"zh": "en", "en": "zh"}[lang]
    about = Page(_word("title", lang), lang, _word("intro", lang), source, "index.html", _word("title", other))
    return page(about, parts)


def sections(docstring: str) -> dict[str, str]:
    r"""Return the parts of a docstring in numpy style by their headings; what comes first has none.

    Examples
    --------
    >>> sections("Draw it.\n\nExamples\n--------\n>>> 1\n1")
    {'': 'Draw it.', 'Examples': '>>> 1\n1'}
    """
    first, *rest = _HEADING.split(docstring)
    return {"": first.strip()} | {head: text.strip() for head, text in zip(rest[::2], rest[1::2], strict=True)}


def parameters(text: str) -> dict[str, str]:
    r"""Return what a docstring says of each parameter.

    Examples
    --------
    >>> parameters("steps\n    Rows of the funnel,\n    in order.\nlang\n    ``zh`` or ``en``.")
    {'steps': 'Rows of the funnel, in order.', 'lang': '``zh`` or ``en``.'}
    """
    out: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith(" "):
            name = line
            out[name] = ""
        elif line.strip():
            out[name] = f"{out[name]} {line.strip()}".strip()
    return out


def signature(function: Any) -> str:
    """Return how a function is called, without the types.

    Examples
    --------
    >>> signature(cookbook_page)
    "cookbook_page(tables, *, source, lang='zh')"
    """
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in inspect.signature(function).parameters.values()]
    return f"{function.__name__}{inspect.Signature(bare)}"


def _chart(name: str, chart: Chart, made: pd.DataFrame, lang: str) -> list[Markup]:
    """Return the parts of one chart: question, picture, call, parameters, example and columns."""
    import matplotlib.pyplot as plt

    said = sections(inspect.getdoc(chart.plot) or "")
    ax: Any = chart.plot(made, lang=lang)
    with style.in_house_style():
        drawn = svg_with_text(ax.figure)
    plt.close(ax.figure)
    return [
        Markup('<h2 id="{}">{} {}</h2>\n').format(f"c{name}", name, chart.asks[lang]),
        figure(drawn, chart.caption(made, lang), name=name, lang=lang),
        Markup("<h3>{}</h3>\n").format(_word("call", lang)),
        _code(f"from panjin_analysis.figures import {chart.plot.__name__}\n{signature(chart.plot)}"),
        _english(said[""]),
        *_parameters(name, said.get("Parameters", ""), lang),
        Markup("<h3>{}</h3>\n").format(_word("example", lang)),
        _code(said["Examples"]),
        Markup("<p>{}</p>\n").format(_word("receipt", lang).format(ids=", ".join(chart.ids), name=name)),
        _columns(name, made, lang),
    ]


def _english(text: str) -> Markup:
    """Return a docstring's prose as paragraphs."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return Markup("").join(Markup('<p lang="en">{}</p>\n').format(part.replace("``", "")) for part in paragraphs)


def _code(text: str) -> Markup:
    return Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(text)


def _parameters(name: str, text: str, lang: str) -> list[Markup]:
    told = parameters(text)
    rows = [(one, what.replace("``", "")) for one, what in told.items()]
    head = in_language(lang, "参数", "Parameter"), in_language(lang, "含义（英文）", "Meaning")
    frame = pd.DataFrame(rows, columns=list(head), dtype="str")
    return [table(frame, _word("parameters", lang), name=f"{name} parameters", lang=lang)] if rows else []


def _columns(name: str, made: pd.DataFrame, lang: str) -> Markup:
    meanings = column_meanings(lang).loc[list(made.columns)].reset_index()
    heads = {"zh": ("列", "名称", "含义", "单位"), "en": ("Column", "Title", "Meaning", "Unit")}[lang]
    frame = meanings[["column", "title", "description", "unit"]].set_axis(list(heads), axis=1)
    frame[heads[3]] = frame[heads[3]].mask(frame[heads[3]] == "")
    return table(frame, _word("columns", lang), name=f"{name} columns", lang=lang)


def _look(lang: str) -> list[Markup]:
    """Return the colours with what each is for, and the sizes."""
    heads = {"zh": ("名称", "颜色", "用途", "与白底对比"), "en": ("Name", "Colour", "For", "Contrast on white")}[lang]
    rows = [
        (name, colour, in_language(lang, *use), style.contrast(colour, "white"))
        for name, (colour, *use) in style.PALETTE.items()
    ]
    colours = pd.DataFrame(rows, columns=list(heads))
    swatches = Markup("").join(
        Markup('<svg viewBox="0 0 10 4" width="100" height="40" role="img" aria-label="{0} {1}"><rect width="10" height="4" fill="{1}" stroke="{2}" stroke-width=".1"/></svg> ').format(name, colour, style.MUTED)
        for name, (colour, *_) in style.PALETTE.items()
    )  # fmt: skip
    return [
        Markup('<h2 id="look">{}</h2>\n<p>{}</p>\n').format(_word("look", lang), swatches),
        table(colours, _word("palette", lang), name="palette", lang=lang),
        table(_sizes(lang), _word("sizes", lang), name="sizes", lang=lang),
    ]


def _sizes(lang: str) -> pd.DataFrame:
    from matplotlib.figure import Figure

    scale = final_scale(Figure(figsize=(style.WIDTH, style.WIDTH / 2)))
    heads = {"zh": ("项目", "数值", "单位"), "en": ("What", "Value", "Unit")}[lang]
    inches, points = {"zh": ("英寸", "磅"), "en": ("inches", "points")}[lang]
    rows = [
        (in_language(lang, "图宽", "Width of a chart"), style.WIDTH, inches),
        (in_language(lang, "文字", "Text"), style.TEXT, points),
        (in_language(lang, "标题", "Title"), style.TITLE, points),
        (in_language(lang, "A4 横页整宽时的文字", "Text at the full width of an A4 landscape page"), round(style.TEXT * scale, 1), points),
        (in_language(lang, "那时最小的文字", "Smallest text then"), SMALLEST, points),
        (in_language(lang, "最小对比度", "Least contrast"), CONTRAST, ":1"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(heads))


def _word(key: str, lang: str) -> str:
    return in_language(lang, *_WORDS[key])
