"""One sheet, written: title and lines, table, chart and figures, and how it prints.

Text is always written as text, so that nothing that begins with = + - @ can become a formula.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from panjin_analysis.excel.drawing import add_chart, add_picture
from panjin_analysis.excel.formats import Formats
from panjin_analysis.excel.layout import Layout
from panjin_analysis.excel.words import word

TABLE_STYLE = {"office": "Table Style Light 1", "accessible": None}
BAR = "#A9C8E0"
EARLIEST = date(2020, 1, 1)  # of a day that an office fills in
# What an office may still do on a protected sheet.
ALLOWED = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "sort", "autofilter", "select_locked_cells"), True
)


def write_page(book, formats: Formats, layouts: Mapping[str, Layout], key: str) -> None:
    """Write the sheet that ``layouts`` has under a key."""
    _Page(book, formats, layouts, key).write()


def set_up_page(page, formats: Formats, lang: str, *, is_portrait: bool) -> None:
    """Set a page to A4, one page wide; only an office page has a footer."""
    if not is_portrait:
        page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    if formats.profile == "office":
        font = formats.font
        page.set_footer(f'&L&"{font}"&9&A&R&"{font}"&9{word("page", lang)}')


class _Page:
    """Writes one sheet."""

    def __init__(self, book, formats: Formats, layouts: Mapping[str, Layout], key: str):
        self.book, self.formats, self.layouts = book, formats, layouts
        self.layout, self.sheet = layouts[key], layouts[key].sheet
        self.is_office = formats.profile == "office"
        self.page = book.add_worksheet(self.sheet.name)
        self.end = self.layout.bottom  # the last row with anything on or over it
        self.has_drawings = bool(self.sheet.chart or self.sheet.picture)

    def write(self) -> None:
        """Write everything, then set the page up."""
        self._write_top()
        self._write_table()
        self._write_rows()
        if self.is_office:
            self._add_looks()
            self._add_inputs()
            self._add_drawings()
            self.page.freeze_panes(self.layout.first, min(2, len(self.layout.columns) - 1))
            self.page.set_zoom(90)
            self.page.hide_gridlines(1)
        set_up_page(self.page, self.formats, self.layout.lang, is_portrait=self.sheet.is_portrait)
        if self.layout.printed < len(self.layout.columns):
            self.page.print_area(0, 0, self.end, self.layout.printed - 1)
        if not (self.is_office and self.has_drawings):
            self.page.repeat_rows(self.layout.head)

    def _write_top(self) -> None:
        self.page.write_string(0, 0, self.sheet.title, self.formats.title)
        self.page.set_row(0, 26)
        for row, line in enumerate(self.layout.lines, 1):
            self.page.write_string(row, 0, line, self.formats.note)
            self.page.set_row(row, 18)
        back = word("contents", self.layout.lang)
        text = word("to_contents", self.layout.lang)
        link = self.formats.get(font_color="#0563C1", underline=1)
        self.page.write_url(self.layout.head - 1, 0, f"internal:'{back}'!A1", link, string=text, tip=text)
        self.page.set_row(self.layout.head - 1, 18)

    def _write_table(self) -> None:
        layout = self.layout
        columns = [self._column(place) for place in range(len(layout.columns))]
        options = {
            "name": f"T_{self.sheet.key}", "style": TABLE_STYLE[self.formats.profile], "columns": columns,
            "title": self.sheet.title, "description": "　".join(layout.lines), "autofilter": self.is_office,
            "total_row": layout.has_total,
        }  # fmt: skip
        # XlsxWriter only warns of a table that it cannot write, and goes on without it.
        if self.page.add_table(layout.head, 0, layout.bottom, len(columns) - 1, options):
            raise ValueError(
                f"{self.sheet.name}: no table could be written; headers must differ and rows must be there"
            )
        for place, width in enumerate(layout.widths):
            self.page.set_column(place, place, width)
        self.page.set_row(layout.head, layout.head_height)
        if layout.has_total:
            self._write_totals()

    def _column(self, place: int) -> dict[str, object]:
        """Return how a column stands in the table: its header, and its sum where it has one."""
        layout, name = self.layout, self.layout.columns[place]
        out: dict[str, object] = {
            "header": layout.heads[place],
            "header_format": self.formats.header(is_right=self._is_number(place)),
        }
        if layout.has_total and place == 0:
            out["total_string"] = word("total", layout.lang)
        elif layout.has_total and name in self.sheet.totals:
            out["total_function"] = "sum"
        return out

    def _write_totals(self) -> None:
        layout = self.layout
        self.page.write_string(layout.bottom, 0, word("total", layout.lang), self.formats.total())
        for place, name in enumerate(layout.columns[1:], 1):
            if name in self.sheet.totals:
                total = sum(row[place] or 0 for row in layout.rows)
                cells = f"{layout.letter(name)}{layout.first + 1}:{layout.letter(name)}{layout.last + 1}"
                number = self.formats.total(num_format="#,##0")
                self.page.write_formula(layout.bottom, place, f"=SUBTOTAL(109,{cells})", number, total)
            elif name in self.sheet.formulas and name.endswith("share"):
                formula = self.sheet.formulas[name](self.layouts, layout.bottom + 1)
                share = self.formats.total(num_format="0%")
                self.page.write_formula(layout.bottom, place, formula, share, self._share())
            else:
                self.page.write_blank(layout.bottom, place, None, self.formats.total())

    def _share(self) -> float:
        """Return the share of all rows together, as its formula computes it."""
        part, whole = (sum(self.sheet.table[name]) for name in self.sheet.share_of)
        return float(part / whole) if whole else 0.0

    def _is_number(self, place: int) -> bool:
        cells = [row[place] for row in self.layout.rows if row[place] is not None]
        is_year = self.layout.columns[place].endswith("year")
        return bool(cells) and not is_year and all(isinstance(cell, int | float) for cell in cells)

    def _write_rows(self) -> None:
        for number, row in enumerate(self.layout.rows):
            height = self.layout.height(row)
            if self.sheet.inputs:  # room to begin with; book.py lets these rows grow
                height = max(height, 2 * self.layout.line + 3)
            self.page.set_row(self.layout.first + number, height)
            for place, value in enumerate(row):
                self._write_cell(number, place, value)

    def _write_cell(self, number: int, place: int, value) -> None:
        row, name, page = self.layout.first + number, self.layout.columns[place], self.page
        entry = self.sheet.inputs.get(name)
        style = self.formats.open(entry.kind) if entry and entry.is_open(number) else None
        if name in self.sheet.formulas and self.is_office and value is not None:
            formula = self.sheet.formulas[name](self.layouts, row + 1)
            cached = "" if value == "" else value
            page.write_formula(row, place, formula, style or self.formats.of(value or 0, name), cached)
        elif value is None or value == "":
            page.write_blank(row, place, None, style or self.formats.text)
        elif isinstance(value, str):
            target = self._target(name, number)
            if target:
                page.write_url(row, place, target, self.formats.link, string=value)
            else:
                page.write_string(row, place, value, style or self.formats.of(value))
        elif isinstance(value, datetime):
            page.write_datetime(row, place, value, style or self.formats.of(value))
        else:
            page.write_number(row, place, value, style or self.formats.of(value, name))

    def _target(self, name: str, number: int) -> str | None:
        """Return where a cell leads, if it leads anywhere."""
        if name in self.sheet.tops:
            sheet = self.layouts[self.sheet.table[self.sheet.tops[name]].iloc[number]].sheet
            return f"internal:'{sheet.name}'!A1"
        link = self.sheet.links.get(name)
        if link is None or link.sheet not in self.layouts:
            return None
        return self.layouts[link.sheet].find(link.key, self.sheet.table[link.by].iloc[number])

    def _add_looks(self) -> None:
        """Add bars behind numbers and colours behind words."""
        layout, first, last = self.layout, self.layout.first, self.layout.last
        for name in self.sheet.bars:
            place = layout.place(name)
            most = 1 if name.endswith("share") else max([row[place] or 0 for row in layout.rows], default=0) or 1
            bar = {"type": "data_bar", "bar_color": BAR, "bar_solid": True, "data_bar_2010": True}
            limits = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": most}
            self.page.conditional_format(first, place, last, place, {**bar, **limits})
        for name, colours in self.sheet.looks.items():
            for text, colour in colours.items():
                rule = {"type": "cell", "criteria": "==", "value": f'"{text}"'}
                look = self.book.add_format({"bg_color": colour})
                place = layout.place(name)
                self.page.conditional_format(first, place, last, place, {**rule, "format": look})

    def _add_inputs(self) -> None:
        """Protect the sheet but for the cells to fill, and say what may stand in those."""
        if not self.sheet.inputs:
            return
        self.page.protect("", ALLOWED)
        for name, entry in self.sheet.inputs.items():
            place = self.layout.place(name)
            rules: dict[str, dict[str, Any]] = {
                "list": {"validate": "list", "source": list(entry.choices)},
                "number": {"validate": "decimal", "criteria": ">=", "value": 0},
                "date": {"validate": "date", "criteria": ">=", "value": EARLIEST},
                "text": {"validate": "any"},
            }
            message = {"input_title": self.layout.heads[place][:32], "input_message": entry.prompt[:255]}
            rule = {**rules[entry.kind], **message}
            is_open = [entry.is_open(number) for number in range(len(self.layout.rows))]
            for first, last in _runs(is_open):
                top, bottom = self.layout.first + first, self.layout.first + last
                self.page.data_validation(top, place, bottom, place, rule)

    def _add_drawings(self) -> None:
        """Put chart and figure below the table, so that both print at a size that can be read."""
        if not self.has_drawings:
            return
        row = self.layout.bottom + 2
        if self.sheet.chart:
            row = add_chart(self.book, self.page, self.layout, self.sheet.chart, row, self.formats.font)
        if self.sheet.picture:
            row = add_picture(self.page, self.layout, self.sheet.picture, row)
        self.end = row - 1


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """Return the first and last place of every run of true flags.

    Examples
    --------
    >>> _runs([True, True, False, True])
    [(0, 1), (3, 3)]
    """
    ends = [place for place, flag in enumerate(flags) if flag and flags[place + 1 : place + 2] != [True]]
    starts = [place for place, flag in enumerate(flags) if flag and (place == 0 or not flags[place - 1])]
    return list(zip(starts, ends, strict=True))
