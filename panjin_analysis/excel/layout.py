"""Where everything of a sheet stands: lines above the table, header, rows, widths and heights.

Widths count a Chinese character as two; heights follow from the lines that a wrapped
cell breaks into, so that no text is hidden.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd

from panjin_analysis.excel.sheet import Profile, Sheet
from panjin_analysis.excel.words import headers, labelled, word
from panjin_analysis.style import text_width, wrap

WIDEST, NARROWEST = 30, 6  # column width, in half-width characters
SIZE = {"office": 10, "accessible": 12}  # points of text; the checklist asks for 12
LINE = 1.7  # from one line of a cell to the next, in sizes of its text
TALLEST = 409.0  # no row of Excel is higher
PAGE_WIDTH = {"landscape": 149.0, "portrait": 101.0}  # half-width characters on A4 at full size
PADDING = 0.72  # that every column adds to its width
SMALLEST = 6.6  # points on paper: below it a printed page cannot be read


class Layout:
    """The places of one sheet in one profile and language, counted from 0."""

    def __init__(self, sheet: Sheet, profile: Profile, lang: str):
        self.sheet, self.profile, self.lang = sheet, profile, lang
        self.columns = [name for name in sheet.columns if profile == "office" or name not in sheet.inputs]
        titles = {**headers(lang), **sheet.headers}
        self.heads = [titles[name] for name in self.columns]
        shown = labelled(sheet.table[self.columns], lang)
        self.rows = [[plain(value) for value in row] for row in shown.itertuples(index=False)]
        self.widths = [self._width(place) for place in range(len(self.columns))]
        self.lines = self._lines()
        self.head = 1 + len(self.lines) + 1  # title, lines, the way back

    @property
    def first(self) -> int:
        """The first row of the table's body."""
        return self.head + 1

    @property
    def last(self) -> int:
        """The last row of the table's body."""
        return self.head + len(self.rows)

    @property
    def has_total(self) -> bool:
        """Whether sums stand below the body."""
        return bool(self.sheet.totals) and self.profile == "office"

    @property
    def bottom(self) -> int:
        """The last row of the table, sums included."""
        return self.last + self.has_total

    @property
    def printed(self) -> int:
        """How many columns go on paper."""
        return min(self.sheet.printed or len(self.columns), len(self.columns))

    @property
    def printed_size(self) -> float:
        """The points that the text has on paper."""
        return SIZE[self.profile] * self.print_scale

    @property
    def print_scale(self) -> float:
        """How much a page shrinks so that its columns fit; 1 is full size."""
        page = PAGE_WIDTH["portrait" if self.sheet.is_portrait else "landscape"]
        return min(1.0, page / sum(width + PADDING for width in self.widths[: self.printed]))

    def place(self, column: str) -> int:
        """Return the number of a column."""
        return self.columns.index(column)

    def letter(self, column: str) -> str:
        """Return the letters of a column, as formulas have them."""
        from xlsxwriter.utility import xl_col_to_name

        return xl_col_to_name(self.place(column))

    def range(self, column: str) -> str:
        """Return the cells of a column, as another sheet's formula names them."""
        from xlsxwriter.utility import xl_range_abs

        place = self.place(column)
        return f"'{self.sheet.name}'!{xl_range_abs(self.first, place, self.last, place)}"

    def find(self, column: str, value: object) -> str | None:
        """Return the first row with a value in a column of the table, as a link names it."""
        found = [number for number, cell in enumerate(self.sheet.table[column]) if cell == value]
        return f"internal:'{self.sheet.name}'!A{self.first + found[0] + 1}" if found else None

    def height(self, row: Iterable[object]) -> float:
        """Return the points that a row of cells needs to show every line."""
        lines = [len(lines_of(value, self._room(width))) for value, width in zip(row, self.widths, strict=True)]
        return min(TALLEST, self.line * max(lines) + 3)

    @property
    def head_height(self) -> float:
        """The points of the header; beside each word stands a filter button."""
        button = 3 if self.profile == "office" else 0
        rooms = [max(4.0, self._room(width) - button) for width in self.widths]
        lines = [len(lines_of(text, room)) for text, room in zip(self.heads, rooms, strict=True)]
        return self.line * max(lines) + 6

    @property
    def line(self) -> float:
        """The points from one line of a cell to the next."""
        return LINE * SIZE[self.profile]

    def _room(self, width: float) -> float:
        """Return how many half-width characters a column shows; its width is counted at 11 points."""
        return width * min(1.0, 10.5 / SIZE[self.profile])

    def _width(self, place: int) -> float:
        name = self.columns[place]
        if name in self.sheet.widths:
            return float(self.sheet.widths[name])
        widest = max((text_width(line) for row in self.rows for line in shown(row[place]).split("\n")), default=0)
        # Room for the filter button beside the header, which breaks into lines, but not inside a word.
        head = max(map(text_width, self.heads[place].split()), default=1)
        head = min(head, 8) if not self.heads[place].isascii() else head
        fitting = min(WIDEST, max(NARROWEST, widest + 2, head + 4))
        return round(fitting / min(1.0, 10.5 / SIZE[self.profile]), 1)

    def _lines(self) -> list[str]:
        """Return what stands between the title and the way back."""
        sheet, lang = self.sheet, self.lang
        parts = [("scope", sheet.scope), ("units", sheet.units), ("source", sheet.source)]
        said = [word(name, lang) + text for name, text in parts if text]
        notes = list(sheet.notes)
        if any(cell is None for row in self.rows for cell in row):
            notes.append(word("blank", lang))
        if self.profile == "accessible":  # a sentence stays in one cell
            return [word("one_table", lang), *said, *(word("notes", lang) + note for note in notes), *self._mark()]
        gap = "　" if lang == "zh" else "  "
        room = max(40, int(min(sum(self.widths[: self.printed]), 150)) - 2)
        texts = [gap.join(said), *notes]
        return [line for text in texts if text for line in wrap(text, room)] + self._mark()

    def _mark(self) -> list[str]:
        return [self.sheet.mark] if self.sheet.mark else []


def lines_of(value: object, width: float) -> list[str]:
    r"""Return the lines that a cell breaks into at a column's width.

    Examples
    --------
    >>> lines_of("承诺共三项", 7), lines_of("one\ntwo", 9)
    (['承诺共', '三项'], ['one', 'two'])
    """
    room = max(2, int(width) - 1)
    broken = (line for part in shown(value).split("\n") for line in wrap(part, room))
    return [piece for line in broken for piece in _hard(line, room)]


def _hard(line: str, room: int) -> list[str]:
    """Break what has no place to break, such as an address, wherever the cell ends."""
    if text_width(line) <= room:
        return [line]
    pieces = [""]
    for mark in line:
        if text_width(pieces[-1] + mark) > room:
            pieces.append("")
        pieces[-1] += mark
    return pieces


def plain(value: object) -> Any:
    """Return a cell's value as Python has it, None where it is missing."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def shown(value: object) -> str:
    """Return a cell as it is read on the screen."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.1f}"
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime) else str(value)
