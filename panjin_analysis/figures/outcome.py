"""What came of the commitments, and how far the answer hangs on choices."""

from typing import TYPE_CHECKING

import pandas as pd

from panjin_analysis.figures.marks import key_above, write_on
from panjin_analysis.style import BLUE, MUTED, ORANGE, PALE, TEAL, declare_unit, house_look, new_axes
from panjin_analysis.tables import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Fill and hatch of each code, in the order of the bars; the legend says the words.
LOOKS = {
    "exceeded": (BLUE, None),
    "met": ("#3F78A8", None),
    "met_late": ("#3F78A8", "..."),
    "ahead": (TEAL, None),
    "on_schedule": ("#7CC4BC", None),
    "progress": (PALE, None),
    "partly_met": ("#F2B48C", None),
    "behind": ("#F2B48C", "..."),
    "not_met": (ORANGE, None),
    "disputed": ("white", "xxx"),
    "not_due": ("white", "..."),
    "no_evidence": ("white", "///"),
    "not_assessable": ("#E3E3E3", None),
    "dropped_explained": ("white", "\\\\\\"),
    "dropped_silent": ("white", "|||"),
}


@house_look
def plot_fulfilment(counts: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw what came of each domain's commitments, unseen results always shown.

    Parameters
    ----------
    counts
        ``count_fulfilment(...)``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis import count_fulfilment, fulfilment
    >>> ax = plot_fulfilment(count_fulfilment(fulfilment()))
    >>> int(sum(bar.get_width() for bar in ax.patches))
    133
    """
    grid = counts.pivot(index="domain", columns="code", values="count")
    order = grid.sum(axis=1).sort_values(ascending=False, kind="stable").index
    grid = grid.loc[order]
    stars = counts.groupby("code", observed=True)["estimates"].sum()
    ax = ax or new_axes(0.35 * len(grid) + 1.1)
    left = pd.Series(0, index=grid.index)
    for code in [code for code in LOOKS if code in grid.columns]:
        colour, hatch = LOOKS[code]
        name = labels("fulfilment", lang)[code] + ("*" if stars.get(code, 0) else "")
        bars = ax.barh(
            range(len(grid)),
            grid[code],
            left=left,
            color=colour,
            hatch=hatch,
            edgecolor=MUTED,
            linewidth=0.9,
            height=0.74,
            label=name,
        )
        for bar, number in zip(bars, grid[code], strict=True):
            if number:
                write_on(ax, bar, str(number), colour, is_hatched=hatch is not None)
        left = left + grid[code]
    domains = labels("domain", lang)
    ax.set_yticks(range(len(grid)), [f"{domains[d]} ({n})" for d, n in grid.sum(axis=1).items()])
    ax.set_ylim(len(grid) - 0.45, -0.55)
    ax.set_xlabel({"zh": "承诺数（项）", "en": "Commitments"}[lang])
    declare_unit(ax, {"zh": "项", "en": "Commitments"}[lang])
    ax.locator_params(axis="x", integer=True)
    ax.spines["left"].set_visible(False)
    ax.tick_params(left=False)
    key_above(ax, columns=6)
    return ax


@house_look
def plot_range(ranges: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw the share that was reached under every defensible choice, as ranges.

    One bar per way of counting, from the lowest to the highest share; one tick a combination.

    Parameters
    ----------
    ranges
        ``fulfilment_range(...)``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis import fulfilment_range
    >>> len(plot_range(fulfilment_range()).patches)
    6
    """
    groups = [(base, unit, rows) for (base, unit), rows in ranges.groupby(["base", "unit"], sort=False)]
    groups.sort(key=lambda group: str(group[0]) != "testable")  # the wider base first, units in their own order
    ax = ax or new_axes(0.6 * len(groups) + 0.9)
    words = _range_words(lang)
    for place, (_, _, rows) in enumerate(groups):
        values = rows["reached_pct"].dropna().astype(float)
        low, high = values.min(), values.max()
        ax.barh(place, max(high - low, 0.4), left=low, color=PALE, edgecolor=BLUE, height=0.5)
        ax.plot(values, [place] * len(values), linestyle="", marker="|", color=BLUE, markersize=16)
        ends = f"{low:.0f}%" if round(low) == round(high) else f"{low:.0f}–{high:.0f}%"
        beside = high + 1.5 if high < 85 else low - 1.5
        ax.text(beside, place, ends, va="center", ha="left" if high < 85 else "right")
    ax.set_yticks(range(len(groups)), [f"{words[base]}\n{words[unit]}" for base, unit, _ in groups])
    ax.invert_yaxis()
    ax.set_xlim(0, 100)
    declare_unit(ax, "%")
    _explain_range(ax.figure, lang)
    ax.set_xlabel({"zh": "达到的比例（%）", "en": "Share reached (%)"}[lang])
    ax.xaxis.grid(True)
    ax.spines["left"].set_visible(False)
    ax.tick_params(left=False)
    return ax


def _explain_range(figure, lang: str) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    marks = [Patch(facecolor=PALE, edgecolor=BLUE), Line2D([], [], marker="|", color=BLUE, markersize=14, linestyle="")]
    words = {"zh": ["最低到最高", "一种组合的结果"], "en": ["lowest to highest", "what one combination gives"]}[lang]
    figure.legend(marks, words, ncols=2, loc="outside upper left", columnspacing=1.4)


def _range_words(lang: str) -> dict[str, str]:
    return {
        "zh": {"testable": "占可检验的", "with_evidence": "占有结果的", "commitment": "按承诺计", "clause": "按小句计", "domain": "各领域等权"},
        "en": {
            "testable": "of all testable,", "with_evidence": "of those with a result,", "commitment": "by commitment",
            "clause": "by clause", "domain": "domains with equal weight",
        },
    }[lang]  # fmt: skip
