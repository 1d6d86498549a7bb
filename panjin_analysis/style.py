"""The house look: font, palette, sizes, and lines broken where Chinese allows it.

The font comes from the ``zhplot`` wheel (Noto Sans SC, OFL) and is read as a
file; no font of the system is ever used, so the pictures are the same everywhere.
"""

import functools
import importlib.util
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from panjin_analysis.errors import DataError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

P = ParamSpec("P")
R = TypeVar("R")

# 3:1 or more against white; names say what a colour is for.
INK = "#1B1B1B"
MUTED = "#595959"
GRID = "#D9D9D9"
BLUE, TEAL, PLUM, ORANGE = "#12436D", "#1F7F77", "#801650", "#C74E12"
PALE = "#A9C8E0"  # a surface, always with an edge
STRENGTH = {
    "deliver": "#12436D",
    "implement": "#3F78A8",
    "advance": PALE,
    "support": "#E4EEF6",
    "strive": "#FFFFFF",
}
# What each colour is for, in two languages.
PALETTE = {
    "INK": (INK, "文字、目标线", "words, the line of a target"),
    "MUTED": (MUTED, "注释、未读和缺值的说明", "notes, what is unread or missing"),
    "GRID": (GRID, "网格和引导线，不载数", "grid and guides, never a value"),
    "BLUE": (BLUE, "主要数值；计划；最硬的一档", "the main value; plans; the firmest class"),
    "TEAL": (TEAL, "结果；加码", "results; what became firmer"),
    "PLUM": (PLUM, "新提或不再提", "what is new or gone"),
    "ORANGE": (ORANGE, "目标；减码；停留", "targets; what became softer; what is stuck"),
    "PALE": (PALE, "范围，带深色边", "a range, with a dark edge"),
}
HATCH = {"strive": "///"}

WIDTH = 12.0  # inches
TEXT, TITLE = 12.5, 19.0  # points
_CANNOT_BEGIN = "，。；：！？、）》〉】”’」』…%％,.;:!?)"
_CANNOT_END = "（《〈【“‘「『("


@functools.cache
def font_file() -> Path:
    """Return the Chinese font's file.

    Raises
    ------
    DataError
        If the package that carries it is not installed.
    """
    found = importlib.util.find_spec("zhplot")
    for folder in (found.submodule_search_locations or []) if found else []:
        path = Path(folder) / "fonts" / "NotoSansSC-Regular.ttf"
        if path.is_file():
            return path
    raise DataError("no_font", where="zhplot")


@functools.cache
def _family() -> str:
    from matplotlib import font_manager

    font_manager.fontManager.addfont(font_file())
    return font_manager.FontProperties(fname=str(font_file())).get_name()


def settings() -> Any:
    """Return the matplotlib settings of the house look."""
    return {
        "font.family": [_family()],
        "font.size": TEXT,
        "axes.unicode_minus": True,
        "axes.titlesize": TITLE,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.8,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "xtick.labelsize": TEXT,
        "ytick.labelsize": TEXT,
        "legend.frameon": False,
        "legend.fontsize": TEXT,
        "hatch.linewidth": 1.0,
        "svg.fonttype": "path",
        "svg.hashsalt": "panjin",
        "figure.dpi": 100,
        "savefig.dpi": 160,
        "savefig.bbox": None,  # "tight" would make the size depend on the text
        "figure.constrained_layout.use": True,
        "text.hinting": "none",
    }


def use_style() -> None:
    """Set the house look for this session, for notebooks.

    Examples
    --------
    >>> use_style()
    """
    from matplotlib import style

    style.use(["default", settings()])


@contextmanager
def in_house_style() -> Iterator[None]:
    """Give the house look and nothing of the session's own settings, and put those back afterwards.

    A notebook's backend is loaded at the first figure and then makes the session
    interactive; that must outlive the context, or later figures would not be shown.
    """
    import matplotlib
    from matplotlib import style

    with style.context(["default", settings()]):
        yield
        is_interactive = matplotlib.is_interactive()
    matplotlib.interactive(is_interactive)


def house_look(plot: Callable[P, R]) -> Callable[P, R]:
    """Make a drawing function work in the house look, whatever the session's settings are."""

    @functools.wraps(plot)
    def in_house_look(*args: P.args, **kwargs: P.kwargs) -> R:
        with in_house_style():
            drawn = plot(*args, **kwargs)
            if hasattr(drawn, "figure"):
                _lay_out_steadily(drawn.figure)
            return drawn

    return in_house_look


@functools.cache
def _steady_layout() -> Any:
    """Return a layout engine that places Axes at whole billionths of the figure.

    The solver's last digits depend on where its variables lie in memory, and SVG names
    clipping areas by a hash of them: without this the same chart had other bytes now and then.
    """
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    class SteadyLayout(ConstrainedLayoutEngine):
        def execute(self, fig: "Figure") -> Any:
            solved = super().execute(fig)
            for ax in [ax for ax in fig.axes if ax.get_in_layout()]:
                place = ax.get_position(original=True).bounds
                ax.set_position((round(place[0], 9), round(place[1], 9), round(place[2], 9), round(place[3], 9)))
                ax.set_in_layout(True)  # an Axes placed by hand would stay where it is
            return solved

    return SteadyLayout


def _lay_out_steadily(figure: Any) -> None:
    engine = figure.get_layout_engine()
    if type(engine).__name__ == "ConstrainedLayoutEngine":
        figure.set_layout_engine(_steady_layout()(**engine.get()))


def new_axes(height: float) -> "Axes":
    """Return the Axes of a new figure, ``height`` inches high."""
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(WIDTH, height))[1]


def declare_unit(ax: "Axes", *units: str, in_rows: bool = False) -> None:
    """Say in which unit an Axes is drawn, in the words that stand on it; the preflight holds it to that.

    Parameters
    ----------
    ax
        The Axes.
    units
        One unit, as the figure writes it, such as ``%`` or 项; none where no quantity is
        drawn, only words and years. Several only with ``in_rows``.
    in_rows
        Every row writes its own numbers and unit beside it, because only an index is common.
    """
    vars(ax)["_panjin_units"] = (units, in_rows)


def declared_units(ax: "Axes") -> tuple[tuple[str, ...], bool] | None:
    """Return the units that an Axes was said to be in, and whether its rows write them out; None if nobody said.

    Examples
    --------
    >>> ax = new_axes(1)
    >>> declare_unit(ax, "%")
    >>> declared_units(ax)
    (('%',), False)
    """
    return vars(ax).get("_panjin_units")


def declare_sheet(figure: "Figure") -> None:
    """Say that a figure is a whole sheet of paper, with margins of its own; the preflight sizes it so.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> sheet = Figure()
    >>> declare_sheet(sheet)
    >>> is_sheet(sheet), is_sheet(Figure())
    (True, False)
    """
    vars(figure)["_panjin_is_sheet"] = True


def is_sheet(figure: "Figure") -> bool:
    """Tell whether a figure was said to be a whole sheet."""
    return bool(vars(figure).get("_panjin_is_sheet"))


def contrast(one, other) -> float:
    """Return the WCAG contrast ratio of two colours, 1 to 21; a clear colour is white.

    Examples
    --------
    >>> contrast("black", "white")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(colour) -> float:
    from matplotlib.colors import to_rgba

    *rgb, alpha = to_rgba(colour)
    blended = [alpha * part + 1 - alpha for part in rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in blended]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(colour) -> str:
    """Return the text colour that stands out more on a colour.

    Examples
    --------
    >>> ink_on("white") == INK, ink_on("black")
    (True, 'white')
    """
    return max((INK, "white"), key=lambda ink: contrast(ink, colour))


def text_width(text: str) -> int:
    """Return how wide a text is in half-width units: a Chinese character counts 2.

    Examples
    --------
    >>> text_width("目标 90%")
    8
    """
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in text)


@functools.cache
def _advances() -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    """Return what the font says of the width of each character: names, widths and the size they are in."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file(), lazy=True) as font:
        return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm


def text_ems(text: str) -> float:
    """Return how wide a text is in the Chinese font, in ems: a Chinese character is 1.

    Examples
    --------
    >>> text_ems("目标")
    2.0
    """
    names, widths, size = _advances()
    return sum(widths[names.get(ord(mark), ".notdef")][0] for mark in text) / size


def wrap(text: str, width: float, measure: Callable[[str], float] = text_width) -> list[str]:
    """Break a text into lines of at most ``width`` half-width units, or whatever ``measure`` gives.

    Chinese breaks between any two characters, but no line begins with a closing
    mark; Latin words stay whole.

    Examples
    --------
    >>> wrap("承诺共三项，一项可检验。", 12)
    ['承诺共三项，', '一项可检验。']
    >>> wrap("one two three", 8)
    ['one two', 'three']
    """
    lines = [""]
    for piece in _pieces(text):
        if measure(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    """Return the shortest pieces that a line may not be broken inside."""
    pieces: list[str] = []
    for mark in text:
        latin = mark.isascii() and not mark.isspace()
        glued = pieces and (mark in _CANNOT_BEGIN or (latin and pieces[-1][-1].isascii() and pieces[-1][-1] != " "))
        glued = glued or (pieces and pieces[-1][-1] in _CANNOT_END)
        if glued or (mark == " " and pieces):
            pieces[-1] += mark
        else:
            pieces.append(mark)
    return pieces
