"""What a sheet is, whatever it will look like: a table and all that a reader needs beside it.

One description serves both profiles: ``accessible`` (for publication: values only,
nothing that a screen reader stumbles over) and ``office`` (to work in: filters, frozen
header, charts, formulas, cells to fill).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from panjin_analysis.excel.layout import Layout

Profile = str
PROFILES = ("office", "accessible")
# From the layouts of all sheets and a row of Excel (1 is the first) to the formula of a cell.
Formula = Callable[[Mapping[str, "Layout"], int], str]


@dataclass(frozen=True)
class Link:
    """Where the cells of a column lead: the first row of another sheet with the same key.

    ``by`` names the column of the own table that holds the key; it need not be shown.
    """

    sheet: str
    key: str
    by: str


@dataclass(frozen=True)
class Chart:
    """A native chart of some columns, one series each, by the first column of the table.

    ``series`` gives each column its colour; ``is_stacked`` says whether they add up.
    """

    title: str
    unit: str
    alt: str
    series: Mapping[str, str]
    is_stacked: bool = True


@dataclass(frozen=True)
class Picture:
    """A figure that no native chart can draw, with its alt text."""

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True)
class Input:
    """A column that an office fills: what may stand there, and in which rows (all by default)."""

    kind: str  # text, number, date or list
    prompt: str
    choices: tuple[str, ...] = ()
    rows: frozenset[int] | None = None

    def is_open(self, row: int) -> bool:
        """Tell whether a row of the table (0 is the first) may be filled here."""
        return self.rows is None or row in self.rows


@dataclass(frozen=True)
class Sheet:
    """One sheet: a table of codes and numbers, and what a reader needs beside it.

    ``key`` names it for links and formulas, ``name`` is what its tab says. ``shown`` lists
    the columns that are shown, all by default; ``headers`` names those that the codebook
    does not have. ``formulas`` recalculate a column whose values in the table are the cached
    ones; ``totals`` are summed below the table. ``bars`` draws a bar behind a number,
    ``looks`` colours a cell by the word in it; neither says anything that the cell does not.
    ``printed`` is how many columns go on paper.
    """

    key: str
    name: str
    title: str
    table: pd.DataFrame
    source: str = ""
    scope: str = ""
    units: str = ""
    notes: tuple[str, ...] = ()
    mark: str = ""  # what a filled copy is known by when it comes back
    shown: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    share_of: tuple[str, str] = ("", "")  # part and whole of a share column's sum
    links: Mapping[str, Link] = field(default_factory=dict)
    tops: Mapping[str, str] = field(default_factory=dict)  # column that leads to the top of the sheet another one names
    bars: tuple[str, ...] = ()
    looks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    chart: Chart | None = None
    picture: Picture | None = None
    printed: int | None = None
    is_portrait: bool = False

    @property
    def columns(self) -> list[str]:
        """The columns that are shown, in order."""
        return list(self.shown) or [str(name) for name in self.table.columns]
