"""Blocks of a printed page: what each needs of height, and how it is drawn into a figure.

Everything is measured in inches from the upper left corner, with the widths of the font
that is drawn with, so that nothing is cut off and nothing overlaps.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from panjin_analysis.style import BLUE, GRID, INK, text_ems, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PITCH = 1.32  # line to line, in letters' heights
POINT = 72.0  # to an inch
SMALLEST = 12.0  # points


@dataclass(frozen=True)
class Page:
    """A sheet of paper and the size of its letters in points."""

    figure: Any
    size: float

    def write(self, x: float, y: float, text: str, *, colour: str = INK, size: float = 0) -> float:
        """Write one line with its upper edge at ``y``; return where the next one goes."""
        width, height = self.figure.get_size_inches()
        step = pitch(size or self.size)
        # Letters stand in the middle of their line, whatever marks go above or below them.
        place = 1 - (y + 0.78 * step) / height
        self.figure.text(x / width, place, text, fontsize=size or self.size, color=colour, va="baseline")
        return y + step

    def axes(self, x: float, y: float, width: float, height: float) -> "Axes":
        """Return new Axes in a place of the page."""
        across, down = self.figure.get_size_inches()
        return self.figure.add_axes((x / across, 1 - (y + height) / down, width / across, height / down))

    def rule(self, x: float, y: float, width: float) -> None:
        """Draw a thin line across."""
        from matplotlib.lines import Line2D

        across, down = self.figure.get_size_inches()
        places = [x / across, (x + width) / across], [1 - y / down] * 2
        self.figure.add_artist(Line2D(*places, color=GRID, linewidth=1.0, transform=self.figure.transFigure))


def pitch(size: float) -> float:
    """Return the inches from one line to the next.

    Examples
    --------
    >>> round(pitch(12.0), 2)
    0.22
    """
    return size * PITCH / POINT


@functools.lru_cache(maxsize=4096)  # each setting of a page asks again
def broken(text: str, width: float, size: float) -> tuple[str, ...]:
    """Break a text into lines of at most ``width`` inches.

    Examples
    --------
    >>> broken("目标和结果", 0.5, 12.0)
    ('目标和', '结果')
    """
    return tuple(wrap(text, width, lambda part: text_ems(part) * size / POINT))


@dataclass(frozen=True)
class Words:
    """A heading, and paragraphs under it; those that begin with two spaces are subheadings."""

    heading: str
    lines: tuple[str, ...]

    def height(self, width: float, size: float) -> float:
        """Return the inches that the block takes."""
        return heading_height(self.heading, width, size) + pitch(size) * len(self._broken(width, size))

    def draw(self, page: Page, x: float, y: float, width: float) -> None:
        """Draw the block with its upper left corner at a place."""
        y = draw_heading(page, self.heading, x, y, width)
        for line, indent, colour in self._broken(width, page.size):
            y = page.write(x + indent, y, line, colour=colour)

    def _broken(self, width: float, size: float) -> list[tuple[str, float, str]]:
        out = []
        for text in self.lines:
            if text.startswith("  "):
                out += [(line, 0.0, BLUE) for line in broken(text.strip(), width, size)]
                continue
            hang = text_ems("· ") * size / POINT
            first, *rest = broken(text, width - hang, size)
            out += [(f"· {first}", 0.0, INK), *((line, hang, INK) for line in rest)]
        return out


@dataclass(frozen=True)
class Rows:
    """A heading and a small table of words; ``shares`` are the widths of its columns, 1 together."""

    heading: str
    table: pd.DataFrame
    shares: tuple[float, ...]

    def height(self, width: float, size: float) -> float:
        """Return the inches that the block takes."""
        lines = sum(max(len(cell) for cell in cells) for cells in self._broken(width, size))
        gaps = 0.08 * len(self.table)
        return heading_height(self.heading, width, size) + pitch(size) * lines + gaps

    def draw(self, page: Page, x: float, y: float, width: float) -> None:
        """Draw the block with its upper left corner at a place."""
        y = draw_heading(page, self.heading, x, y, width)
        for number, cells in enumerate(self._broken(width, page.size)):
            if number:
                page.rule(x, y + 0.03, width)
                y += 0.08
            left = x
            for cell, share in zip(cells, self.shares, strict=True):
                down = y
                for line in cell:
                    down = page.write(left, down, line, colour=INK if number else BLUE)
                left += share * width
            y += pitch(page.size) * max(len(cell) for cell in cells)

    def _broken(self, width: float, size: float) -> list[list[tuple[str, ...]]]:
        rows = [list(self.table.columns), *self.table.to_numpy().tolist()] if len(self.table) else []
        return [
            [broken(str(cell), share * width - 0.14, size) for cell, share in zip(row, self.shares, strict=True)]
            for row in rows
        ]


@dataclass(frozen=True)
class Bars:
    """A heading and a chart of horizontal bars: how many rows, their names, and what draws it."""

    heading: str
    names: tuple[str, ...]
    plot: Callable[["Axes"], "Axes"]
    has_key: bool = False
    stretch: float = 1.0

    def height(self, width: float, size: float) -> float:
        """Return the inches that the block takes."""
        key = 1.25 * pitch(size) if self.has_key else 0.0
        return heading_height(self.heading, width, size) + key + self._bars(size)

    def draw(self, page: Page, x: float, y: float, width: float) -> None:
        """Draw the block with its upper left corner at a place."""
        y = draw_heading(page, self.heading, x, y, width)
        y += 1.25 * pitch(page.size) if self.has_key else 0.0
        gutter = max(text_ems(name) for name in self.names) * page.size / POINT + 0.12
        axes = self.plot(page.axes(x + gutter, y, width - gutter - 0.1, self._bars(page.size)))
        axes.set_ylim(len(self.names) - 0.5, -0.5)
        key = axes.get_legend()
        texts = [*axes.texts, *axes.get_yticklabels(), *(key.get_texts() if key else [])]
        for text in texts:
            text.set_fontsize(page.size)
        if key:  # it begins at the page's margin, not at the bars, and goes no further than they do
            key.set_loc("lower left")
            key.set_bbox_to_anchor((-gutter / (width - gutter - 0.1), 1.0))
            _narrow(key, width)

    def _bars(self, size: float) -> float:
        return 1.06 * pitch(size) * len(self.names) * self.stretch


Block = Words | Rows | Bars


def _narrow(key: Any, width: float) -> None:
    """Make the letters of a key smaller, to 12 points, until it is no wider than its column."""
    texts = key.get_texts()
    while key.get_window_extent().width / key.figure.dpi > width and texts[0].get_fontsize() > SMALLEST:
        for text in texts:
            text.set_fontsize(max(text.get_fontsize() - 0.5, SMALLEST))


def heading_height(text: str, width: float, size: float) -> float:
    """Return the inches that a heading takes."""
    return pitch(size + 1.5) * len(broken(text, width, size + 1.5)) + 0.06


def draw_heading(page: Page, text: str, x: float, y: float, width: float) -> float:
    """Write a heading; return where what follows goes."""
    for line in broken(text, width, page.size + 1.5):
        y = page.write(x, y, line, colour=BLUE, size=page.size + 1.5)
    return y + 0.06


def column_height(blocks: list[Block], width: float, size: float) -> float:
    """Return the inches that blocks take under each other, without what stands between them."""
    return sum(block.height(width, size) for block in blocks)


def draw_column(page: Page, blocks: list[Block], place: tuple[float, float], width: float, height: float) -> None:
    """Draw blocks under each other, with what height is left spread between them."""
    left = height - column_height(blocks, width, page.size)
    gap = min(left / max(len(blocks) - 1, 1), 0.4)
    x, y = place
    for block in blocks:
        block.draw(page, x, y, width)
        y += block.height(width, page.size) + gap
