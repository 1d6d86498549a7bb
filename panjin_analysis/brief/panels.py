"""The charts of a brief: a frame in, Axes out."""

from typing import TYPE_CHECKING

import pandas as pd

from panjin_analysis.excel import in_language
from panjin_analysis.figures.marks import stack_strengths
from panjin_analysis.figures.outcome import LOOKS
from panjin_analysis.style import BLUE, MUTED, declare_unit, house_look, new_axes
from panjin_analysis.tables import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Before and after the coded year: fill and hatch.
STEP_LOOKS = ((BLUE, None), ("white", "///"))
BAR = 0.26  # inches from one bar to the next


@house_look
def plot_wording(strength: pd.DataFrame, *, name: str = "", lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw the strength of wording of a field above that of all fields, as shares with their counts.

    Parameters
    ----------
    strength
        ``Brief.strength``.
    name
        What the field is called.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> ax = plot_wording(brief("education").strength)
    >>> round(sum(bar.get_width() for bar in ax.patches))
    200
    """
    ax = ax or new_axes(2.0)
    shares = strength.pivot(index="part", columns="strength", values="share_pct").loc[["field", "whole"]]
    counts = strength.pivot(index="part", columns="strength", values="count").loc[["field", "whole"]]
    used = [code for code in shares.columns if counts[code].sum()]
    stack_strengths(ax, shares[used], counts[used], lang=lang, height=0.72, has_room=_has_room)
    names = [name or in_language(lang, "本领域", "this field"), in_language(lang, "全部领域", "all fields")]
    ax.set_yticks(range(2), [f"{one} ({n})" for one, n in zip(names, counts.sum(axis=1), strict=True)])
    ax.legend(
        ncols=5, loc="lower left", bbox_to_anchor=(0, 1.0), borderpad=0, handlelength=1.2, handletextpad=0.5, columnspacing=0.9
    )  # fmt: skip
    ax.set_xlim(0, 100)
    return _bare(ax, lang)


@house_look
def plot_kinds(types: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw one bar per type of commitment, with its number.

    Parameters
    ----------
    types
        ``Brief.types``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> int(sum(bar.get_width() for bar in plot_kinds(brief("education").types).patches))
    13
    """
    ax = ax or new_axes(BAR * len(types) + 0.6)
    names = labels("type", lang)
    bars = ax.barh(range(len(types)), types["count"], color=BLUE, height=0.68)
    _write_counts(ax, bars, types["count"])
    ax.set_yticks(range(len(types)), [names[code] for code in types["type"]])
    return _bare(ax, lang)


@house_look
def plot_results(outcome: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw one bar per outcome, silence always among them; a star marks estimates.

    Parameters
    ----------
    outcome
        ``Brief.outcome``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> ax = plot_results(brief("financial_risk").outcome)
    >>> [label.get_text() for label in ax.get_yticklabels()][-2:]
    ['未见结果', '无法评定']
    """
    ax = ax or new_axes(BAR * len(outcome) + 0.6)
    names = labels("fulfilment", lang)
    for place, row in enumerate(outcome.rename(columns={"count": "number"}).itertuples()):
        colour, hatch = LOOKS[row.code]
        bars = ax.barh(place, row.number, color=colour, hatch=hatch, edgecolor=MUTED, linewidth=0.9, height=0.68)
        _write_counts(ax, bars, [row.number])
    words = [
        names[code] + ("*" if estimates else "")
        for code, estimates in zip(outcome["code"], outcome["estimates"], strict=True)
    ]
    ax.set_yticks(range(len(outcome)), words)
    return _bare(ax, lang)


@house_look
def plot_changes(changes: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw how many commitments changed how, into the coded year and out of it.

    Parameters
    ----------
    changes
        ``Brief.changes``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> int(sum(bar.get_width() for bar in plot_changes(brief("education").changes).patches))
    26
    """
    grid = change_counts(changes)
    ax = ax or new_axes(2 * BAR * len(grid) + 0.9)
    for place, step in enumerate(grid.columns):
        colour, hatch = STEP_LOOKS[place]
        where = [line + 0.2 * (2 * place - 1) for line in range(len(grid))]
        label = in_language(lang, "{} 年计划 → {} 年计划", "plan {} to plan {}").format(*step.split("-"))
        bars = ax.barh(where, grid[step], color=colour, hatch=hatch, edgecolor=BLUE, linewidth=0.9, height=0.38, label=label)  # fmt: skip
        _write_counts(ax, [bar for bar in bars if bar.get_width()], [number for number in grid[step] if number])
    names = labels("continuity", lang)
    ax.set_yticks(range(len(grid)), [names[code] for code in grid.index])
    ax.legend(ncols=2, loc="lower left", bbox_to_anchor=(0, 1.0), handlelength=1.4, borderpad=0)
    return _bare(ax, lang)


def change_counts(changes: pd.DataFrame) -> pd.DataFrame:
    """Return one row per kind of change that occurs, one column a step, in the order of the list.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> change_counts(brief("education").changes).loc["new"].tolist()
    [2, 0]
    """
    codes = changes["code"].astype("str")
    grid = changes.groupby([codes, "step"]).size().unstack(fill_value=0)
    grid = grid.reindex(columns=list(dict.fromkeys(changes["step"])), fill_value=0)
    return grid.loc[[code for code in labels("continuity") if code in grid.index]]


def _has_room(share: float, number: int) -> bool:
    """Tell whether a number fits on its part of a bar of 100 %."""
    return share > 4.5 or (0 < number < 10 and share > 3)


def _write_counts(ax: "Axes", bars, counts) -> None:
    for bar, number in zip(bars, counts, strict=True):
        ax.annotate(
            str(number),
            (bar.get_width(), bar.get_y() + bar.get_height() / 2),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
        )


def _bare(ax: "Axes", lang: str) -> "Axes":
    """Leave words and bars only, of commitments counted; the first row stands on top."""
    declare_unit(ax, in_language(lang, "项", "commitments"))
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.xaxis.set_visible(False)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(left=False)
    return ax
