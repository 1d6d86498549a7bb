"""What several charts draw alike: panels of one figure, and a number on a bar."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from panjin_analysis.style import ink_on, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

JOINED_WITHIN = 2  # years


def panels(ax: "Axes | None", height: float, lines: int, columns: int, **shared: bool) -> list["Axes"]:
    """Return the panels of a figure: of the one that ``ax`` belongs to, cleared, or of a new one."""
    figure: Any = ax.figure if ax else new_axes(height).figure
    figure.clear()
    return list(figure.subplots(lines, columns, squeeze=False, **shared).flat)


def keep_panels(drawn: list["Axes"], count: int) -> None:
    """Take away the panels beyond the first ``count``; what then is lowest shows its years."""
    for panel in drawn[count:]:
        panel.remove()
    for panel in drawn[max(count - 3, 0) : count]:
        panel.tick_params(labelbottom=True)


def runs_of_years(years: pd.Series) -> list[pd.Index]:
    """Return the rows that a line may join: unread reports lie between years further apart.

    Examples
    --------
    >>> [list(run) for run in runs_of_years(pd.Series([2015, 2019, 2020, 2022]))]
    [[0], [1, 2, 3]]
    """
    apart = (years.astype(int).diff() > JOINED_WITHIN).cumsum()
    return [run.index for _, run in years.groupby(apart)]


def key_above(ax: "Axes", *, columns: int) -> None:
    """Put the key of an Axes over the whole figure, at its left, where every chart has it."""
    figure: Any = ax.figure
    marks, words = ax.get_legend_handles_labels()
    figure.legend(marks, words, ncols=columns, loc="outside upper left", handlelength=1.6, columnspacing=1.4)


def write_on(ax: "Axes", bar: Any, text: str, colour: str, *, is_hatched: bool) -> None:
    """Write a bar's number in its middle, on paper where the bar is hatched."""
    box = {"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none"} if is_hatched else None
    x, y = bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2
    ax.text(x, y, text, ha="center", va="center", color=ink_on(colour), bbox=box)
