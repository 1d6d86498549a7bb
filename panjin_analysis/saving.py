"""A chart leaves the house with its title, source, numbers and alt text, or not at all."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from panjin_analysis.captions import Caption
from panjin_analysis.files import write_whole
from panjin_analysis.preflight import preflight
from panjin_analysis.style import MUTED, TEXT, TITLE, WIDTH, in_house_style, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LANGUAGES = {"zh": "", "en": "_en"}  # what the name of a file ends with
LINE = 0.235  # inches from one note line to the next
TITLE_LINE = 0.36


def write_figure(ax: "Axes", caption: Caption, table: pd.DataFrame, path: Path, *, is_page: bool = False) -> list[Path]:
    """Add the caption, check the figure, and write PNG, SVG, CSV and alt text.

    A page is a whole sheet of paper with its own title and source line: nothing is added
    to it, and there is no SVG of it.

    Parameters
    ----------
    ax
        What a ``plot_`` function returned; its figure is closed afterwards.
    caption
        Title, alt text and notes.
    table
        The numbers drawn, written as they are.
    path
        Where to, without an ending.

    Returns
    -------
    list of pathlib.Path
        The four files; of a page, three.

    Raises
    ------
    DataError
        If the figure fails the preflight, or the folder cannot be written.
    """
    files = figure_files(ax, caption, table, path, is_page=is_page)
    return [write_whole(place, data) for place, data in files.items()]


def figure_files(
    ax: "Axes", caption: Caption, table: pd.DataFrame, path: Path, *, is_page: bool = False
) -> dict[Path, bytes]:
    """Return what ``write_figure`` writes, each file with its place, and write nothing.

    Raises
    ------
    DataError
        If the figure fails the preflight.
    """
    kinds = ("png",) if is_page else ("png", "svg")
    pictures = _pictures(ax, caption, path.name, kinds, is_page=is_page)
    # With a BOM and CR LF, Excel opens the Chinese right; pandas reads it as well.
    numbers = "\ufeff" + table.to_csv(index=False, lineterminator="\r\n")
    words = "\n".join([caption.title, caption.alt, *caption.notes]) + "\n"
    contents = {**pictures, "csv": numbers.encode(), "txt": words.encode()}
    return {path.with_name(f"{path.name}.{ending}"): data for ending, data in contents.items()}


def drawn_png(ax: "Axes", caption: Caption) -> bytes:
    """Return a chart as the PNG that ``write_figure`` writes, to be put into another file.

    Raises
    ------
    DataError
        If the figure fails the preflight.
    """
    return _pictures(ax, caption, caption.title, ("png",))["png"]


def _pictures(
    ax: "Axes", caption: Caption, where: str, kinds: tuple[str, ...], *, is_page: bool = False
) -> dict[str, bytes]:
    """Add the caption, check the figure, draw it in each kind, and close it."""
    import matplotlib.pyplot as plt

    metadata = {
        "png": {"Software": None, "Title": caption.title},
        "svg": {"Date": None, "Creator": None, "Title": caption.title, "Description": caption.alt},
    }
    figure: Any = ax.figure
    try:
        with in_house_style():
            if not is_page:
                _frame(figure, caption)
            preflight(figure, where)
            return {kind: _drawn(figure, kind, metadata[kind]) for kind in kinds}
    finally:
        plt.close(figure)


def _frame(figure: Any, caption: Caption) -> None:
    """Write the title above and the notes below, and leave the rest to the chart."""
    width, height = figure.get_size_inches()
    title = _balanced(caption.title, int(width * 72 / TITLE * 2 * 0.96))
    notes = [line for note in caption.notes for line in wrap(note, int(width * 72 / TEXT * 2 * 0.96))]
    above, below = 0.2 + TITLE_LINE * len(title), 0.2 + LINE * len(notes)
    key = _key_height(figure)
    height += above + key + below
    figure.set_size_inches(width, height)
    margin = 0.15 / WIDTH
    figure.text(margin, 1 - 0.12 / height, "\n".join(title), fontsize=TITLE, va="top", linespacing=1.15)
    for place, line in enumerate(reversed(notes)):
        figure.text(margin, (0.18 + place * LINE) / height, line, fontsize=TEXT, color=MUTED, va="baseline")
    for legend in figure.legends:
        legend.borderaxespad = 0.2
        legend.set_in_layout(False)
        legend.set_loc("upper left")
        legend.set_bbox_to_anchor((margin, 1 - above / height), transform=figure.transFigure)
    rest = 1 - (above + key + below) / height
    figure.get_layout_engine().set(rect=(margin, below / height, 1 - 2 * margin, rest), h_pad=0.02)


def _balanced(text: str, width: int) -> list[str]:
    """Break a title into as few lines as fit, about equally long: no line of one word.

    Examples
    --------
    >>> _balanced("one two three four", 15)
    ['one two', 'three four']
    """
    lines = wrap(text, width)
    for narrower in range(width, 0, -1):
        if len(closer := wrap(text, narrower)) > len(lines):
            break
        lines = closer
    return lines


def _key_height(figure: Any) -> float:
    """Return the inches that a key of the whole figure takes: it goes between title and panels."""
    figure.draw_without_rendering()
    return sum(legend.get_window_extent().height / figure.dpi + 0.15 for legend in figure.legends)


def _drawn(figure, kind: str, metadata: dict) -> bytes:
    picture = io.BytesIO()
    figure.savefig(picture, format=kind, metadata=metadata)
    return picture.getvalue()
