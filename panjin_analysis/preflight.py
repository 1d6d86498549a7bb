"""What a chart must pass before it leaves the house: checked on the drawn figure."""

import itertools
import logging
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import QuadMesh

from panjin_analysis.errors import DataError
from panjin_analysis.style import contrast, in_house_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

SMALLEST = 12.0  # points
CONTRAST = 3.0


def preflight(figure: "Figure", name: str) -> None:
    """Draw a figure and stop if anything on it cannot be read.

    Checked: a glyph or font that is missing, nothing drawn, text smaller than 12 pt,
    cut off at the edge or over other text, and contrast under 3:1.

    Raises
    ------
    DataError
        Naming the figure and the text or mark at fault.
    """
    _draw(figure, name)
    for problem in itertools.chain(_empty(figure), _text_problems(figure), _contrast_problems(figure)):
        raise DataError("chart_failed", where=name, found=problem)


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
            yield "nothing is drawn"


def _text_problems(figure: "Figure") -> Iterator[str]:
    texts = _texts(figure)
    boxes = [text.get_window_extent() for text in texts]
    frame = figure.bbox
    for text, box in zip(texts, boxes, strict=True):
        size = float(text.get_fontsize())
        if size < SMALLEST:
            yield f"“{text.get_text()}” is {size:g} pt, under {SMALLEST:g} pt"
        if box.x0 < frame.x0 - 1 or box.x1 > frame.x1 + 1 or box.y0 < frame.y0 - 1 or box.y1 > frame.y1 + 1:
            yield f"“{text.get_text()}” is cut off"
    for (one, a), (other, b) in itertools.combinations(zip(texts, boxes, strict=True), 2):
        # Side by side, words need a gap; one above the other, line boxes are taller than their ink.
        if min(a.x1, b.x1) - max(a.x0, b.x0) > -2 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3:
            yield f"“{one.get_text()}” overlaps “{other.get_text()}”"


def _contrast_problems(figure: "Figure") -> Iterator[str]:
    paper = figure.get_facecolor()
    for ax in figure.axes:
        for what, colours in _marks(ax):
            if max(contrast(colour, paper) for colour in colours) < CONTRAST:
                yield f"a mark ({what}) has a contrast under {CONTRAST:g}:1"
    for text in _texts(figure):
        if contrast(text.get_color(), _behind(text, figure)) < CONTRAST:
            yield f"“{text.get_text()}” has a contrast under {CONTRAST:g}:1"


def _marks(ax: Any) -> Iterator[tuple[str, list[Any]]]:
    """Return each mark that carries a value, with its colours; what lies under zorder 1 is a guide."""
    for patch in ax.patches:
        if patch.get_visible() and patch.get_window_extent().width >= 1:
            yield (
                f"a bar of width {patch.get_width():g}" if hasattr(patch, "get_width") else "a patch",
                [
                    patch.get_facecolor(),
                    patch.get_edgecolor(),
                ],
            )
    for line in ax.lines:
        if line.get_visible() and line.get_zorder() >= 1 and len(line.get_xdata()):
            has_mark = line.get_marker() not in {"", "None", None, " "}
            yield "a line", [line.get_color(), *([line.get_markeredgecolor()] if has_mark else [])]
    for points in ax.collections:
        if points.get_visible() and points.get_zorder() >= 1 and not isinstance(points, QuadMesh):
            colours = [*points.get_facecolor(), *points.get_edgecolor()]
            if colours:
                yield "a point", colours


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


def _texts(figure: "Figure") -> list["Text"]:
    """Return every text that is really drawn, ticks beyond the axis left out."""
    texts = [*figure.texts, *(text for legend in figure.legends for text in legend.get_texts())]
    for ax in figure.axes:
        texts += ax.texts
        if legend := ax.get_legend():
            texts += legend.get_texts()
        if ax.axison:
            texts += [ax.title, ax.xaxis.label, ax.yaxis.label, *_tick_labels(ax.xaxis), *_tick_labels(ax.yaxis)]
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def _tick_labels(axis) -> Iterator["Text"]:
    if not axis.get_visible():
        return
    low, high = sorted(axis.get_view_interval())
    for tick in axis.get_major_ticks():
        if low <= tick.get_loc() <= high:
            yield tick.label2 if tick.label2.get_visible() else tick.label1
