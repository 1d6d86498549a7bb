"""What a chart must pass before it leaves the house: checked on the drawn figure."""

import itertools
import logging
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import QuadMesh
from matplotlib.transforms import Bbox

from panjin_analysis.errors import DataError, say
from panjin_analysis.style import contrast, declared_units, in_house_style, is_sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

MM = 1 / 25.4  # inches
# Where a chart ends up, at the full width between margins of 15 mm: A4 landscape, and A3 upright for a high one.
PAGE_WIDTH, PAGE_HEIGHT, HIGH_PAGE = 267 * MM, 180 * MM, 390 * MM
SHEET_WIDTH = 297 * MM  # a figure that is a sheet of its own has its margins inside
# 10.5 pt is 五号, the body size of Chinese print; in a chart of the house it takes 12 pt, which on a slide is 12 pt still.
SMALLEST = 10.5  # points, at that size
CONTRAST = 3.0
EDGE = 2  # pixels that text keeps from the edge of the picture


def preflight(figure: "Figure", name: str) -> None:
    """Draw a figure and stop if anything on it cannot be read, or reads as what it is not.

    Checked: a glyph or font that is missing; nothing drawn; a mark beyond the end of its axis;
    more than one unit in one Axes, or a unit that is not written on it; text smaller than
    10.5 pt once the figure is as wide as an A4 landscape page; text cut off, over other text,
    over a mark, or over the edge of a bar where it does not stand out on both sides; and
    contrast under 3:1.

    Raises
    ------
    DataError
        Naming the figure and the first fault, in the user's language.
    """
    _draw(figure, name)
    problems = (_empty, _unit_problems, _axis_problems, _text_problems, _mark_problems, _contrast_problems)
    for problem in itertools.chain.from_iterable(find(figure) for find in problems):
        raise DataError("chart_failed", where=name, found=problem)


def final_scale(figure: "Figure") -> float:
    """Return by how much a figure shrinks or grows to be as wide as an A4 landscape page between its margins.

    A figure too high for an A3 page of that width shrinks further, to its height. One that
    is a whole sheet (``style.declare_sheet``) becomes as wide as the paper.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> round(final_scale(Figure(figsize=(12, 8))), 3), round(final_scale(Figure(figsize=(12, 24))), 3)
    (0.876, 0.64)
    """
    width, height = figure.get_size_inches()
    return float(min((SHEET_WIDTH if is_sheet(figure) else PAGE_WIDTH) / width, HIGH_PAGE / height))


def fits_one_page(figure: "Figure") -> bool:
    """Tell whether a figure of the page's full width is low enough for A4 landscape.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> fits_one_page(Figure(figsize=(12, 8))), fits_one_page(Figure(figsize=(12, 9)))
    (True, False)
    """
    width, height = figure.get_size_inches()
    return bool(height * PAGE_WIDTH / width <= PAGE_HEIGHT)


class _RaiseOnLog(logging.Handler):
    """Matplotlib only logs a missing font family; here it is an error."""

    def emit(self, record: logging.LogRecord) -> None:
        raise LookupError(record.getMessage())


def _draw(figure: "Figure", name: str) -> None:
    log, handler = logging.getLogger("matplotlib.font_manager"), _RaiseOnLog(level=logging.WARNING)
    log.addHandler(handler)
    try:
        with warnings.catch_warnings(), in_house_style():
            warnings.filterwarnings("error", message=r"Glyph .* missing from font")
            figure.canvas.draw()
    except (UserWarning, LookupError) as problem:
        raise DataError("chart_failed", where=name, found=problem) from None
    finally:
        log.removeHandler(handler)


def _empty(figure: "Figure") -> Iterator[str]:
    for ax in figure.axes:
        if ax.axison and not (ax.patches or ax.lines or ax.collections or ax.images):
            yield say("什么也没有画出来", "nothing is drawn")


def _unit_problems(figure: "Figure") -> Iterator[str]:
    """An Axes has one unit, and says it; where rows have units of their own, each writes it out."""
    for ax in figure.axes:
        if not ax.axison:
            continue
        declared = declared_units(ax)
        if declared is None:
            yield say(
                "没有写明单位（画图函数须调用 declare_unit）",
                "no unit is declared (a drawing function calls declare_unit)",
            )
            continue
        units, in_rows = declared
        if len(units) > 1 and not in_rows:
            yield say(
                f"一个坐标轴里有几种单位（{'、'.join(units)}）", f"more than one unit in one Axes ({', '.join(units)})"
            )
        written = [text.get_text().casefold() for text in _texts(figure)]
        for unit in units:
            if not any(unit.casefold() in text for text in written):
                yield say(f"图上没有写出单位“{unit}”", f"the unit “{unit}” is nowhere written")


def _axis_problems(figure: "Figure") -> Iterator[str]:
    """A mark beyond the end of its axis is drawn shorter than it is, or not at all."""
    for ax in figure.axes:
        for box in _mark_boxes(ax):
            frame = ax.bbox
            if box.x0 < frame.x0 - 1 or box.x1 > frame.x1 + 1 or box.y0 < frame.y0 - 1 or box.y1 > frame.y1 + 1:
                yield say("有标记超出坐标轴的范围", "a mark lies beyond the end of its axis")


def _mark_boxes(ax: Any) -> Iterator[Any]:
    """Return the boxes of bars, and of the places that lines pass through."""
    yield from (patch.get_window_extent() for patch in ax.patches if patch.get_visible() and patch.get_clip_on())
    for line in ax.lines:
        if line.get_visible() and line.get_transform() == ax.transData and len(line.get_xdata()):
            points = ax.transData.transform(line.get_xydata())
            yield from (Bbox([point, point]) for point in points[np.isfinite(points).all(axis=1)])


def _text_problems(figure: "Figure") -> Iterator[str]:
    texts = _texts(figure)
    boxes = [text.get_window_extent() for text in texts]
    frame, scale = figure.bbox, final_scale(figure)
    for text, box in zip(texts, boxes, strict=True):
        size = round(float(text.get_fontsize()) * scale, 2)
        words = text.get_text()
        if size < SMALLEST:
            yield say(
                f"“{words}”放到 A4 横页整宽时为 {size:.3g} 磅，小于 {SMALLEST:g} 磅",
                f"“{words}” is {size:.3g} pt at the full width of an A4 landscape page, under {SMALLEST:g} pt",
            )
        if box.x0 < frame.x0 + EDGE or box.x1 > frame.x1 - EDGE or box.y0 < frame.y0 + EDGE or box.y1 > frame.y1 - EDGE:
            yield say(f"“{words}”被图边切断", f"“{words}” is cut off")
    for (one, a), (other, b) in itertools.combinations(zip(texts, boxes, strict=True), 2):
        # Side by side, words need a gap; one above the other, line boxes are taller than their ink.
        if min(a.x1, b.x1) - max(a.x0, b.x0) > -2 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3:
            yield say(
                f"“{one.get_text()}”与“{other.get_text()}”重叠", f"“{one.get_text()}” overlaps “{other.get_text()}”"
            )


def _mark_problems(figure: "Figure") -> Iterator[str]:
    """Words on a chart stand clear of points, and stand out on both sides where they cross the edge of a bar."""
    paper = figure.get_facecolor()
    for ax in figure.axes:
        points = [point for line in ax.lines for point in _points(ax, line)]
        for text in ax.texts:
            if not text.get_visible() or not text.get_text().strip():
                continue
            box, words = _ink(text), text.get_text()
            if any(box.contains(*point) for point in points):
                yield say(f"“{words}”压在一个点上", f"“{words}” lies over a point")
            own = text.get_bbox_patch()
            if own is not None and own.get_visible():
                continue  # on paper of its own
            crossed = [patch for patch in ax.patches if patch.get_visible() and _is_crossed(patch, box)]
            behind = [patch.get_facecolor() for patch in crossed] + [paper] * len(crossed)
            if any(contrast(text.get_color(), colour) < CONTRAST for colour in behind):
                yield say(
                    f"“{words}”越过条的边缘，有一侧看不清",
                    f"“{words}” crosses the edge of a bar and cannot be read on one side",
                )


def _points(ax: Any, line: Any) -> Iterator[Any]:
    """Return where the markers of a line are, in pixels."""
    is_marked = line.get_marker() not in {"", "None", None, " "}
    if is_marked and line.get_visible() and line.get_transform() == ax.transData:
        yield from ax.transData.transform(line.get_xydata())


def _ink(text: "Text") -> Any:
    """Return the box of a text without the air above and below its letters."""
    box = text.get_window_extent()
    return Bbox.from_extents(box.x0 + 1, box.y0 + 0.2 * box.height, box.x1 - 1, box.y1 - 0.2 * box.height)


def _is_crossed(patch: Any, box: Any) -> bool:
    """Tell whether a box lies partly on a patch and partly beside it."""
    bar = patch.get_window_extent()
    width, height = min(bar.x1, box.x1) - max(bar.x0, box.x0), min(bar.y1, box.y1) - max(bar.y0, box.y0)
    is_inside = bar.x0 <= box.x0 and box.x1 <= bar.x1 and bar.y0 <= box.y0 and box.y1 <= bar.y1
    return width > 1 and height > 1 and not is_inside


def _contrast_problems(figure: "Figure") -> Iterator[str]:
    paper = figure.get_facecolor()
    for ax in figure.axes:
        for what, colours in _marks(ax):
            if max(contrast(colour, paper) for colour in colours) < CONTRAST:
                yield say(
                    f"一个标记（{what}）对比度不足 {CONTRAST:g}:1",
                    f"a mark ({what}) has a contrast under {CONTRAST:g}:1",
                )
    for text in _texts(figure):
        if contrast(text.get_color(), _behind(text, figure)) < CONTRAST:
            yield say(
                f"“{text.get_text()}”对比度不足 {CONTRAST:g}:1",
                f"“{text.get_text()}” has a contrast under {CONTRAST:g}:1",
            )


def _marks(ax: Any) -> Iterator[tuple[str, list[Any]]]:
    """Return each mark that carries a value, with its colours; what lies under zorder 1 is a guide."""
    for patch in ax.patches:
        if patch.get_visible() and patch.get_window_extent().width >= 1:
            yield (
                (
                    say(f"宽 {patch.get_width():g} 的条", f"a bar of width {patch.get_width():g}")
                    if hasattr(patch, "get_width")
                    else say("一块图形", "a patch")
                ),
                [
                    patch.get_facecolor(),
                    patch.get_edgecolor(),
                ],
            )
    for line in ax.lines:
        if line.get_visible() and line.get_zorder() >= 1 and len(line.get_xdata()):
            has_mark = line.get_marker() not in {"", "None", None, " "}
            yield say("线", "a line"), [line.get_color(), *([line.get_markeredgecolor()] if has_mark else [])]
    for points in ax.collections:
        if points.get_visible() and points.get_zorder() >= 1 and not isinstance(points, QuadMesh):
            colours = [*points.get_facecolor(), *points.get_edgecolor()]
            if colours:
                yield say("点", "a point"), colours


def _behind(text: "Text", figure: "Figure") -> Any:
    """Return the colour a text is written on: the last mark drawn under its middle, or the paper."""
    paper = text.get_bbox_patch()
    if paper is not None and paper.get_visible():
        return paper.get_facecolor()
    box = text.get_window_extent()
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    colour: Any = figure.get_facecolor()
    for ax in figure.axes:
        for patch in ax.patches:
            if patch.get_visible() and patch.get_window_extent().contains(x, y):
                colour = patch.get_facecolor()
        for mesh in ax.collections:
            if isinstance(mesh, QuadMesh) and text.axes is ax:
                colour = _cell(mesh, ax.transData.inverted().transform((x, y)), colour)
    return colour


def _cell(mesh: Any, point: Any, outside: Any) -> Any:
    """Return the colour of the cell of a heat map that a point lies in."""
    corners = mesh.get_coordinates()
    column = np.searchsorted(corners[0, :, 0], point[0]) - 1
    row = np.searchsorted(corners[:, 0, 1], point[1]) - 1
    rows, columns = corners.shape[0] - 1, corners.shape[1] - 1
    inside = 0 <= row < rows and 0 <= column < columns
    return mesh.get_facecolors().reshape(rows, columns, 4)[row, column] if inside else outside


_TITLES = ("title", "_left_title", "_right_title")  # the last two have no public name


def _texts(figure: "Figure") -> list["Text"]:
    """Return every text that is really drawn, ticks beyond the axis left out."""
    texts = [*figure.texts, *(text for legend in figure.legends for text in legend.get_texts())]
    for ax in figure.axes:
        texts += ax.texts
        if legend := ax.get_legend():
            texts += legend.get_texts()
        if ax.axison:
            texts += [getattr(ax, place) for place in _TITLES]
            texts += [ax.xaxis.label, ax.yaxis.label, *_tick_labels(ax.xaxis), *_tick_labels(ax.yaxis)]
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def _tick_labels(axis) -> Iterator["Text"]:
    if not axis.get_visible():
        return
    low, high = sorted(axis.get_view_interval())
    for tick in axis.get_major_ticks():
        if low <= tick.get_loc() <= high:
            yield tick.label2 if tick.label2.get_visible() else tick.label1
