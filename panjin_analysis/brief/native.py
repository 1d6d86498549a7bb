"""Charts and tables of a presentation that its reader can edit: each chart keeps its numbers in a workbook of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from lxml import etree

from panjin_analysis.brief.deck import CHART, INSET, SAFETY, SMALLEST, SPACING, Box, Deck, describe, found, rgb
from panjin_analysis.style import BLUE, GRID, INK, MUTED, ink_on, text_ems, wrap

# The patterns of a slide that stand for the hatches of a chart.
PATTERNS = {
    "///": "WIDE_UPWARD_DIAGONAL",
    "\\\\\\": "WIDE_DOWNWARD_DIAGONAL",
    "...": "PERCENT_20",
    "xxx": "OUTLINED_DIAMOND",
    "|||": "NARROW_VERTICAL",
}
KEY = 0.5  # inches that the key of a chart takes above its bars
Look = tuple[str, str | None]


@dataclass(frozen=True)
class Series:
    """One series of bars: what the key calls it, a number (or none) a category, fill and hatch.

    With ``looks``, every bar has its own.
    """

    name: str
    numbers: Sequence[float | None]
    look: Look = (BLUE, None)
    looks: Sequence[Look] = ()


def add_bars(
    slide: Any, box: Box, categories: Sequence[str], series: Sequence[Series], *,
    name: str, alt: str, is_stacked: bool = False, number_format: str = "0",
) -> Any:  # fmt: skip
    """Add a native chart of horizontal bars, the first category on top, numbers on the bars; return it.

    Stacked bars show shares; the numbers on them, and in the chart's workbook, are counts.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    data = CategoryChartData(number_format="General")
    data.categories = list(categories)
    for one in series:
        data.add_series(one.name, list(one.numbers))
    kind = XL_CHART_TYPE.BAR_STACKED_100 if is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    place = [Inches(part) for part in (box.x, box.y, box.width, box.height)]
    shape = slide.shapes.add_chart(kind, *place, data)
    describe(shape, name, alt)
    _style(shape.chart, series, is_stacked=is_stacked, number_format=number_format)
    _place_plot(shape.chart, box, categories, has_key=len(series) > 1)
    return shape


def _place_plot(chart: Any, box: Box, categories: Sequence[str], *, has_key: bool) -> None:
    """Leave as much room for the names as they need: programs that guess break them or leave some out."""
    gutter = min((max(text_ems(name) for name in categories) * SMALLEST / 72 + 0.15) / SAFETY, 0.55 * box.width)
    above = KEY if has_key else 0.05
    parts = {
        "x": gutter / box.width,
        "y": above / box.height,
        "w": (box.width - gutter - 0.45) / box.width,
        "h": (box.height - above - 0.05) / box.height,
    }
    wanted = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in parts.items())
    area = found(chart._chartSpace, ".//c:plotArea")[0]
    for old in found(area, "./c:layout"):
        area.remove(old)
    area.insert(
        0,
        etree.fromstring(
            f'<c:layout xmlns:c="{CHART}"><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{wanted}</c:manualLayout></c:layout>'
        ),
    )
    axis = found(area, "./c:catAx")[0]
    skip = etree.fromstring(f'<c:tickLblSkip xmlns:c="{CHART}" val="1"/>')
    found(axis, "./c:noMultiLvlLbl")[0].addprevious(skip)


def _style(chart: Any, series: Sequence[Series], *, is_stacked: bool, number_format: str) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    chart.font.size = Pt(SMALLEST)
    chart.font.color.rgb = rgb(INK)
    chart.has_title = False
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.reverse_order = True
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    chart.category_axis.format.line.color.rgb = rgb(GRID)
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.overlap = 100 if is_stacked else 0
    for drawn, one in zip(plot.series, series, strict=True):
        _look(drawn.format, one.look)
        for number, look in enumerate(one.looks):
            _look(drawn.points[number].format, look)
        labels = drawn.data_labels
        labels.show_value = True
        labels.number_format = "0;;" if is_stacked else number_format  # no part, no number
        labels.number_format_is_linked = False
        labels.position = XL_LABEL_POSITION.CENTER if is_stacked else XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = Pt(SMALLEST)
        labels.font.color.rgb = rgb(_ink(one.look) if is_stacked else INK)


def _ink(look: Look) -> str:
    colour = ink_on(look[0])
    return "#FFFFFF" if colour == "white" else colour


def _look(form: Any, look: Look) -> None:
    """Fill a bar with a colour, or with a pattern where the charts of the house hatch it."""
    from pptx.enum.dml import MSO_PATTERN
    from pptx.util import Pt

    colour, hatch = look
    colour = "#FFFFFF" if colour == "white" else colour
    if hatch is None:
        form.fill.solid()
        form.fill.fore_color.rgb = rgb(colour)
    else:
        form.fill.patterned()
        form.fill.pattern = getattr(MSO_PATTERN, PATTERNS[hatch])
        form.fill.fore_color.rgb, form.fill.back_color.rgb = rgb(BLUE), rgb(colour)
    form.line.color.rgb = rgb(MUTED)
    form.line.width = Pt(0.75)


def table_height(frame: pd.DataFrame, widths: Sequence[float], size: float) -> float:
    """Return the inches that a table takes."""
    return sum(_row_heights(frame, widths, size))


def _row_heights(frame: pd.DataFrame, widths: Sequence[float], size: float) -> list[float]:
    rows = [list(frame.columns), *frame.to_numpy().tolist()]
    return [
        max(_lines(str(cell), width, size) for cell, width in zip(row, widths, strict=True)) * size * SPACING / 72
        + 4 * INSET
        for row in rows
    ]


def _lines(text: str, width: float, size: float) -> int:
    room = (width - 4 * INSET) * SAFETY
    return len(wrap(text, room, lambda part: text_ems(part) * size / 72))


def add_table(
    deck: Deck, slide: Any, box: Box, frame: pd.DataFrame, widths: Sequence[float], size: float, *, name: str, alt: str
) -> Any:
    """Add a native table with a header row; rows are as high as their text; return it."""
    from pptx.util import Inches

    heights = _row_heights(frame, widths, size)
    shape = slide.shapes.add_table(
        len(frame) + 1, len(frame.columns), *(Inches(part) for part in (box.x, box.y, sum(widths), sum(heights)))
    )
    describe(shape, name, alt)
    for column, width in zip(shape.table.columns, widths, strict=True):
        column.width = Inches(width)
    rows = [list(frame.columns), *frame.to_numpy().tolist()]
    for number, (row, cells, height) in enumerate(zip(shape.table.rows, rows, heights, strict=True)):
        row.height = Inches(height)
        for cell, text in zip(row.cells, cells, strict=True):
            _fill_cell(deck, cell, str(text), size, is_head=number == 0)
    return shape


def _fill_cell(deck: Deck, cell: Any, text: str, size: float, *, is_head: bool) -> None:
    from pptx.util import Inches

    cell.margin_left = cell.margin_right = Inches(2 * INSET)
    cell.margin_top = cell.margin_bottom = Inches(2 * INSET)
    deck.fill(cell.text_frame.paragraphs[0], text, size, "#FFFFFF" if is_head else INK)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(BLUE if is_head else "#F2F4F6")
