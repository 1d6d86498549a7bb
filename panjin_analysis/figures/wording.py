"""How firm the wording is: verb, number and specificity side by side, never mixed."""

from typing import TYPE_CHECKING

import pandas as pd

from panjin_analysis.figures.marks import panels
from panjin_analysis.style import BLUE, GRID, PALE, declare_unit, house_look, settings
from panjin_analysis.tables import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ALL = {"zh": "全部", "en": "All together"}
_WORDS = {
    "zh": ["按编码手册", "换一种读法的最低到最高"],
    "en": ["as the codebook reads it", "lowest to highest under another reading"],
}
_COLUMN = 108  # where the numbers stand, beyond 100 %


@house_look
def plot_wiggle(room: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw the share of firm, numbered and specific commitments by domain, each with its range.

    Three panels of one unit share their rows: a dot as the codebook reads the wording, and
    behind it a bar from the lowest to the highest share under every other reading. Where
    there is no bar, no reading changes the share.

    Parameters
    ----------
    room
        ``wiggle_room(...)``: ``domain`` (missing: all together), ``axis``, ``total``, ``share_pct``,
        ``low_pct`` and ``high_pct``.
    lang
        ``zh`` or ``en``.
    ax
        Any Axes of the figure to draw in; its figure is cleared. Return the first panel.

    Examples
    --------
    >>> from panjin_analysis import load_commitments
    >>> from panjin_analysis.firmness import wiggle_room
    >>> ax = plot_wiggle(wiggle_room(load_commitments()))
    >>> len(ax.figure.axes)
    3
    """
    axes = list(room["axis"].unique())
    rows = room.drop_duplicates("domain")
    drawn = panels(ax, 0.32 * len(rows) + 0.8, 1, len(axes), sharey=True)
    for panel, axis in zip(drawn, axes, strict=True):
        _draw_axis(panel, room[room["axis"] == axis])
        panel.set_title(labels("wording_axis", lang)[axis], fontsize=settings()["font.size"] + 1.5, loc="left")
    names = labels("domain", lang)
    words = [ALL[lang] if pd.isna(domain) else names[domain] for domain in rows["domain"]]
    drawn[0].set_yticks(
        range(len(rows)), [f"{word} ({total})" for word, total in zip(words, rows["total"], strict=True)]
    )
    drawn[0].set_ylim(len(rows) - 0.4, -0.6)
    drawn[0].set_xlabel({"zh": "占承诺的比例（%）", "en": "Share of commitments (%)"}[lang], loc="left")
    _explain(drawn[0].figure, lang)
    return drawn[0]


def _draw_axis(panel: "Axes", rows: pd.DataFrame) -> None:
    for place, row in enumerate(rows.itertuples()):
        if row.high_pct > row.low_pct:
            panel.barh(
                place, row.high_pct - row.low_pct, left=row.low_pct, height=0.5, color=PALE, edgecolor=BLUE, linewidth=0.9
            )  # fmt: skip
        is_sure = round(row.low_pct) == round(row.high_pct)
        span = "" if is_sure else f" ({row.low_pct:.0f}–{row.high_pct:.0f})"
        panel.text(_COLUMN, place, f"{row.share_pct:.0f}%{span}", va="center")
    panel.plot(rows["share_pct"], range(len(rows)), "o", color=BLUE, markersize=8, clip_on=False, zorder=3)
    if rows["domain"].isna().any():  # a line under the row of all together
        panel.axhline(0.5, color=BLUE, linewidth=1.0)
    declare_unit(panel, "%")
    panel.set_xlim(0, 182)
    panel.set_xticks([0, 50, 100])
    panel.spines[["left", "bottom"]].set_visible(False)
    panel.vlines([0, 50, 100], -0.6, len(rows) - 0.4, color=GRID, linewidth=0.8, zorder=0)
    panel.tick_params(left=False, bottom=False)


def _explain(figure, lang: str) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    marks = [Line2D([], [], marker="o", color=BLUE, markersize=8, linestyle=""), Patch(facecolor=PALE, edgecolor=BLUE)]
    figure.legend(marks, _WORDS[lang], ncols=2, loc="outside upper left")
