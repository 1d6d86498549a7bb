"""Tables to a workbook: a sheet is a table with its title, source, scope and notes.

Headers, labels and column kinds come from the codebook. Text is always written
as text, so that nothing that begins with = + - @ can become a formula.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from panjin_analysis.files import write_whole
from panjin_analysis.load import codebook, data_dir, load_vocabulary, read_package
from panjin_analysis.style import BLUE, HATCH, STRENGTH, text_width, wrap
from panjin_analysis.tables import labels

FONT = "微软雅黑"
WIDEST, NARROWEST = 30, 8  # column width, in half-width characters
WIDE = {"quote": 60, "basis_zh": 64, "evidence": 48, "url": 60}  # columns of whole sentences
LINE = 17.0  # points from one line of a cell to the next
TOP = 3  # rows above a table: title, notes, link back


@dataclass(frozen=True)
class Sheet:
    """One sheet: a table of codes and numbers, and what a reader needs beside it.

    ``headers`` names columns that the codebook does not have; ``formulas`` gives, for a
    column, a function from a row of the sheet (1 is the first row of Excel) to the
    formula whose cached value is the number in the table.
    """

    name: str
    title: str
    notes: str
    table: pd.DataFrame
    source: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    formulas: Mapping[str, Any] = field(default_factory=dict)
    chart: Mapping[str, Any] | None = None
    printed: int | None = None  # how many columns go on paper; all by default


def write_workbook(sheets: list[Sheet], cover: list[tuple[str, str]], about: list[tuple[str, str]], path: Path) -> Path:
    """Write an office workbook: cover, notes, then one real Excel table a sheet.

    Parameters
    ----------
    sheets
        The tables, in order.
    cover
        Lines of the cover as (what, content); the first one is the title.
    about
        Lines of the notes sheet, likewise.
    path
        Where to.

    Returns
    -------
    pathlib.Path
        The file; the same input gives the same bytes.

    Raises
    ------
    DataError
        If the place cannot be written.
    """
    return write_whole(path, workbook_bytes(sheets, cover, about))


def workbook_bytes(sheets: list[Sheet], cover: list[tuple[str, str]], about: list[tuple[str, str]]) -> bytes:
    """Return the workbook as ``write_workbook`` writes it."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {**options, "default_format_properties": {"font_name": FONT, "font_size": 10}})
    created = datetime.fromisoformat(read_package(data_dir())["created"])
    book.set_properties(
        {"title": cover[0][1], "subject": "政府工作报告", "author": "panjin_analysis", "created": created}
    )
    style = _Styles(book)
    _write_cover(book, style, cover, sheets)
    _write_about(book, style, about)
    for sheet in sheets:
        _Writer(book, style, sheet).write()
    book.close()
    return out.getvalue()


def labelled(frame: pd.DataFrame, lang: str = "zh") -> pd.DataFrame:
    """Replace every code by its label, truth values by words; the rest stays.

    Examples
    --------
    >>> from panjin_analysis import load_targets
    >>> labelled(load_targets()[["comparator"]]).iloc[0, 0]
    '等于'
    """
    yes, no = {"zh": ("是", "否"), "en": ("yes", "no")}[lang]
    out = frame.copy()
    for column in frame.columns:
        if isinstance(frame[column].dtype, pd.CategoricalDtype):
            names = labels(_vocabulary(column, frame[column].dtype), lang)
            out[column] = frame[column].astype("str").map(names)
        elif pd.api.types.is_bool_dtype(frame[column].dtype):
            out[column] = frame[column].map({True: yes, False: no})
    return out


def header(column: str, lang: str = "zh") -> str:
    """Return a column's title in the codebook.

    Examples
    --------
    >>> header("due_on")
    '完成时限'
    """
    titles = codebook().set_index("column")[f"title_{lang}"]
    return str(titles.loc[[column]].iloc[0])


def _vocabulary(column: str, dtype: pd.CategoricalDtype) -> str:
    """Return the list that a column's codes come from: its own, else one that is just these codes."""
    columns = codebook()
    named = columns.loc[(columns["column"] == column) & (columns["vocabulary"] != ""), "vocabulary"]
    lists = load_vocabulary().groupby("vocabulary", sort=False)["code"].agg(set)
    codes = set(dtype.categories)
    fitting = [name for name in lists.index if codes <= lists[name]]
    best = sorted(fitting, key=lambda name: (lists[name] != codes, name not in set(named)))
    return str(best[0])


class _Styles:
    """The cell formats of a workbook."""

    def __init__(self, book):
        base = {"font_name": FONT, "font_size": 10, "valign": "top"}
        self.title = book.add_format({**base, "font_size": 15, "bold": True, "font_color": BLUE, "valign": "vcenter"})
        self.what = book.add_format({**base, "bold": True, "text_wrap": True})
        self.text = book.add_format({**base, "text_wrap": True})
        self.quoted = book.add_format({**base, "text_wrap": True, "quote_prefix": True})
        self.note = book.add_format({**base, "font_color": "#595959"})
        self.link = book.add_format({**base, "font_color": "#0563C1", "underline": 1})
        self.whole = book.add_format({**base, "num_format": "#,##0"})
        self.year = book.add_format({**base, "num_format": "0", "align": "center"})
        self.decimals = {n: book.add_format({**base, "num_format": "#,##0." + "0" * n}) for n in (1, 2, 3)}
        self.date = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": BLUE, "font_color": "#FFFFFF"}
        self.header = book.add_format({**base, **head})
        self.header_right = book.add_format({**base, **head, "align": "right"})

    def of(self, value: object, column: str = ""):
        """Return the format of a cell by what stands in it; a year is no quantity and has no comma."""
        if column.endswith("year"):
            return self.year
        if isinstance(value, str):
            return self.quoted if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else self.text
        if isinstance(value, pd.Timestamp | datetime):
            return self.date
        number = float(value)  # type: ignore[arg-type]
        if number.is_integer():
            return self.whole
        return next((self.decimals[n] for n in (1, 2) if round(number, n) == number), self.decimals[3])


def _write_cover(book, style: _Styles, cover: list[tuple[str, str]], sheets: list[Sheet]) -> None:
    page = book.add_worksheet("封面")
    page.hide_gridlines(2)
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 84)
    page.write_string(0, 0, cover[0][1], style.title)
    page.set_row(0, 30)
    row = _write_lines(page, style, cover[1:], 2)
    page.write_string(row + 1, 0, "目录", style.what)
    for name in ["说明", *(sheet.name for sheet in sheets)]:
        row += 1
        page.write_url(row, 1, f"internal:'{name}'!A1", style.link, string=name, tip=f"转到“{name}”")
    _set_up_page(page, landscape=False)


def _write_about(book, style: _Styles, about: list[tuple[str, str]]) -> None:
    page = book.add_worksheet("说明")
    page.hide_gridlines(2)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 76)
    page.write_string(0, 0, "说明", style.title)
    page.set_row(0, 30)
    page.write_url(1, 0, "internal:'封面'!A1", style.link, string="返回封面")
    _write_lines(page, style, about, 3)
    _set_up_page(page, landscape=False)


def _write_lines(page, style: _Styles, lines: list[tuple[str, str]], row: int) -> int:
    for what, content in lines:
        page.write_string(row, 0, what, style.what)
        page.write_string(row, 1, content, style.text)
        page.set_row(row, LINE * max(len(wrap(content, 72)), len(wrap(what, 24))) + 3)
        row += 1
    return row


def _set_up_page(page, *, landscape: bool = True) -> None:
    if landscape:
        page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(0.4, 0.4, 0.6, 0.6)
    page.set_footer(f'&L&"{FONT}"&9&A&R&"{FONT}"&9第 &P 页，共 &N 页')


class _Writer:
    """Writes one sheet: title, notes, table, chart."""

    def __init__(self, book, style: _Styles, sheet: Sheet):
        self.book, self.style, self.sheet = book, style, sheet
        self.page = book.add_worksheet(sheet.name)
        self.shown = labelled(sheet.table)
        self.heads = [sheet.headers.get(name) or header(name) for name in sheet.table.columns]
        self.rows = [[_plain(value) for value in row] for row in self.shown.itertuples(index=False)]
        self.widths = [self._width(place) for place in range(len(self.heads))]

    def write(self) -> None:
        """Write everything, then set the page up."""
        self._write_top()
        self._write_table()
        if self.sheet.chart:
            self._write_chart(self.sheet.chart)
        self.page.freeze_panes(TOP + 1, 2)
        self.page.repeat_rows(TOP)
        self.page.set_zoom(90)
        if self.sheet.printed:
            self.page.print_area(0, 0, TOP + len(self.rows), self.sheet.printed - 1)
        _set_up_page(self.page)

    def _width(self, place: int) -> float:
        cells = [_shown(row[place]) for row in self.rows]
        widest = max((text_width(cell) for cell in cells), default=0)
        # Room for the filter button beside the header, which may break into two lines.
        return min(
            WIDE.get(self.sheet.table.columns[place], WIDEST),
            max(NARROWEST, widest + 2, min(text_width(self.heads[place]), 12) + 4),
        )

    def _write_top(self) -> None:
        self.page.write_string(0, 0, self.sheet.title, self.style.title)
        self.page.set_row(0, 26)
        self.page.write_string(1, 0, "　".join(filter(None, [self.sheet.notes, self.sheet.source])), self.style.note)
        self.page.write_url(2, 0, "internal:'封面'!A1", self.style.link, string="返回封面")

    def _write_table(self) -> None:
        columns = [{"header": h, "header_format": self._head_style(place)} for place, h in enumerate(self.heads)]
        name = f"表_{self.sheet.name}"
        # XlsxWriter only warns of a table that it cannot write, and goes on without it.
        failed = self.page.add_table(
            TOP, 0, TOP + len(self.rows), len(self.heads) - 1,
            {"name": name, "style": "Table Style Light 1", "columns": columns, "title": self.sheet.title, "description": self.sheet.notes},
        )  # fmt: skip
        if failed:
            raise ValueError(
                f"{self.sheet.name}: no table could be written; headers must differ and rows must be there"
            )
        for place, width in enumerate(self.widths):
            self.page.set_column(place, place, width)
        self.page.set_row(
            TOP, LINE * max(len(wrap(h, int(w) - 3)) for h, w in zip(self.heads, self.widths, strict=True)) + 6
        )
        for number, row in enumerate(self.rows, TOP + 1):
            self._write_row(number, row)

    def _head_style(self, place: int):
        """Return the header's format: over numbers it stands where they do, to the right."""
        cells = [row[place] for row in self.rows if row[place] is not None]
        is_year = self.sheet.table.columns[place].endswith("year")
        right = cells and not is_year and all(isinstance(cell, int | float) for cell in cells)
        return self.style.header_right if right else self.style.header

    def _write_row(self, number: int, row: list[object]) -> None:
        lines = [len(wrap(_shown(value), int(width) - 1)) for value, width in zip(row, self.widths, strict=True)]
        self.page.set_row(number, LINE * max(lines) + 2)
        for place, value in enumerate(row):
            name = self.sheet.table.columns[place]
            if value is None:
                self.page.write_blank(number, place, None, self.style.text)
            elif name in self.sheet.formulas:
                formula = self.sheet.formulas[name](number + 1)
                self.page.write_formula(number, place, formula, self.style.of(value, name), value)
            elif isinstance(value, str):
                self.page.write_string(number, place, value, self.style.of(value))
            elif isinstance(value, datetime):
                self.page.write_datetime(number, place, value, self.style.of(value))
            else:
                self.page.write_number(number, place, value, self.style.of(value, name))

    def _write_chart(self, wanted: Mapping[str, Any]) -> None:
        """Insert a native stacked bar chart of the columns that ``wanted`` names, below the table."""
        chart = self.book.add_chart({"type": "bar", "subtype": "stacked"})
        first, last = TOP + 1, TOP + len(self.rows)
        font = {"name": FONT, "size": 10}
        for column, colour in wanted["series"].items():
            place = list(self.sheet.table.columns).index(column)
            chart.add_series(
                {
                    "name": [self.sheet.name, TOP, place],
                    "categories": [self.sheet.name, first, 0, last, 0],
                    "values": [self.sheet.name, first, place, last, place],
                    **_fill(column, colour),
                    "border": {"color": BLUE},
                    "gap": 45,
                }
            )
        chart.set_title({"name": wanted["title"], "name_font": {"name": FONT, "size": 12, "bold": True}})
        chart.set_y_axis(
            {
                "reverse": True,
                "interval_unit": 1,
                "num_font": {**font, "size": 9},
                "major_gridlines": {"visible": False},
            }
        )
        light = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}
        chart.set_x_axis(
            {
                "num_font": font,
                "name": wanted["unit"],
                "name_font": font,
                "label_position": "high",
                "major_gridlines": light,
            }
        )
        chart.set_legend({"position": "bottom", "font": font})
        chart.set_size({"width": 760, "height": 19 * len(self.rows) + 120})
        # Below the table, so that both print at a size that can be read.
        self.page.insert_chart(last + 2, 0, chart, {"description": wanted["alt"], "object_position": 3})


def _fill(code: str, colour: str) -> dict[str, dict[str, str]]:
    """Return the fill of a series: hatched where the house look hatches."""
    if code in HATCH:
        return {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": BLUE, "bg_color": colour}}
    return {"fill": {"color": colour}}


def _plain(value: object) -> Any:
    """Return a cell's value as Python has it, None where it is missing."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime) else str(value)


STRENGTH_COLOURS = {code: STRENGTH[code] for code in ("deliver", "implement", "advance", "support", "strive")}
