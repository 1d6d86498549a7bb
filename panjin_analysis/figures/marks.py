"""What several charts draw alike: panels of one figure, and a number on a bar."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from panjin_analysis.style import BLUE, HATCH, STRENGTH, ink_on, new_axes
from panjin_analysis.tables import labels

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


def stack_strengths(
    ax: "Axes",
    shares: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    lang: str,
    height: float,
    has_room: Callable[[float, int], bool],
) -> None:
    """Draw one bar a row, parted by strength from the firmest on, with the counts that have room on their part.

    Parameters
    ----------
    shares, counts
        One row a bar, one column a strength; shares in %.
    lang
        ``zh`` or ``en``, for the key.
    height
        Of a bar, where 1 is from row to row.
    has_room
        Takes share and count of a part.
    """
    left = pd.Series(0.0, index=shares.index)
    for code in [code for code in reversed(labels("strength")) if code in shares.columns]:
        bars = ax.barh(
            range(len(shares)),
            shares[code],
            left=left,
            color=STRENGTH[code],
            edgecolor=BLUE,
            linewidth=0.9,
            hatch=HATCH.get(code),
            height=height,
            label=labels("strength", lang)[code],
        )
        for bar, share, number in zip(bars, shares[code], counts[code], strict=True):
            if has_room(share, number):
                write_on(ax, bar, str(number), STRENGTH[code], is_hatched=code in HATCH)
        left = left + shares[code]
