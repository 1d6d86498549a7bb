"""The cell formats of a workbook, by profile."""

from datetime import datetime
from typing import Any

import pandas as pd

from panjin_analysis.excel.layout import SIZE
from panjin_analysis.excel.words import FONT
from panjin_analysis.style import BLUE, INK, MUTED

RISKY = ("=", "+", "-", "@", "\t", "\r")  # what Excel would make a formula of when the cell is edited
FILL = "#FFF8E1"  # cells to fill; the notes say so in words


class Formats:
    """Formats of cells, made once a workbook and told apart by what stands in a cell."""

    def __init__(self, book, profile: str, lang: str):
        self._book, self.profile = book, profile
        self.font = FONT[lang]
        self._base: dict[str, Any] = {
            "font_name": self.font,
            "font_size": SIZE[profile],
            "valign": "top",
            "font_color": INK,
        }
        # A hairline under each row; not every program draws the lines of a table style.
        self._row: dict[str, Any] = {"bottom": 7, "bottom_color": "#8C8C8C"} if profile == "office" else {}
        self._made: dict[tuple, object] = {}
        self.title = self.get(font_size=15, bold=True, valign="vcenter", **self._ink(BLUE))
        self.text = self.cell(text_wrap=True)
        self.plain = self.get(text_wrap=True)
        self.note = self.get(**self._ink(MUTED))
        self.link = self.cell(font_color="#0563C1", underline=1, text_wrap=True)

    def get(self, **what: Any):
        """Return the format with these properties beside the usual ones."""
        key = tuple(sorted(what.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**self._base, **what})
        return self._made[key]

    def cell(self, **what: Any):
        """Return the format of a cell of a table's body."""
        return self.get(**self._row, **what)

    def header(self, *, is_right: bool):
        """Return a header's format; over numbers it stands where they do, to the right."""
        look = {"bg_color": BLUE, "font_color": "#FFFFFF"} if self.profile == "office" else {}
        side = {"align": "right"} if is_right else {}
        return self.get(bold=True, text_wrap=True, valign="vcenter", **look, **side)

    def total(self, **what: Any):
        """Return the format of a sum."""
        return self.get(bold=True, top=1, **what)

    def of(self, value: object, column: str = ""):
        """Return the format of a cell by what stands in it; a year or a running number is no quantity."""
        if column.endswith(("year", "order_no")):
            return self.cell(num_format="0", align="center")
        if isinstance(value, str):
            return self.cell(text_wrap=True, quote_prefix=True) if value.startswith(RISKY) else self.text
        if isinstance(value, pd.Timestamp | datetime):
            return self.cell(num_format="yyyy-mm-dd", align="left")
        if column.endswith("share"):
            return self.cell(num_format="0%")
        number = float(value)  # type: ignore[arg-type]
        if number.is_integer():
            return self.cell(num_format="#,##0")
        digits = next((n for n in (1, 2) if round(number, n) == number), 3)
        return self.cell(num_format="#,##0." + "0" * digits)

    def open(self, kind: str):
        """Return the format of a cell that an office fills: unlocked, with a border and a fill."""
        shapes = {"number": {"num_format": "General"}, "date": {"num_format": "yyyy-mm-dd", "align": "left"}}
        shape = shapes.get(kind, {})
        return self.get(text_wrap=True, locked=False, bg_color=FILL, border=1, border_color="#BFBFBF", **shape)

    def _ink(self, colour: str) -> dict[str, str]:
        return {"font_color": colour} if self.profile == "office" else {}
