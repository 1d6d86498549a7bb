"""How many: the funnel, the strength and the type of commitments."""

from typing import TYPE_CHECKING

import pandas as pd

from panjin_analysis.figures.marks import key_above, stack_strengths
from panjin_analysis.style import BLUE, MUTED, declare_unit, house_look, ink_on, new_axes, wrap
from panjin_analysis.tables import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@house_look
def plot_funnel(steps: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw one bar per step of the funnel: how much of the report can be checked.

    A step that is missing is drawn as an empty, dashed frame with the words for it,
    because nothing read is not nothing found.

    Parameters
    ----------
    steps
        ``funnel(...)``: ``step``, ``count`` and ``share_pct``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis import funnel, load_commitments, load_segments
    >>> ax = plot_funnel(funnel(load_segments(), load_commitments()))
    >>> [int(bar.get_width()) for bar in ax.patches][:2]
    [158, 133]
    """
    ax = ax or new_axes(0.56 * len(steps) + 0.6)
    names = labels("funnel_step", lang)
    widest = int(steps["count"].max())
    for place, step in enumerate(steps.itertuples()):
        if pd.isna(step.count):
            ax.barh(place, widest * 0.12, color="none", edgecolor=MUTED, linestyle="--", height=0.62)
            ax.text(
                widest * 0.135, place, {"zh": "尚无依据", "en": "no evidence read yet"}[lang], va="center", color=MUTED
            )
            continue
        ax.barh(place, step.count, color=BLUE, height=0.62)
        share = "" if pd.isna(step.share_pct) else _of_commitments(step.share_pct, lang)
        ax.text(step.count + widest * 0.012, place, f"{step.count}{share}", va="center")
    ax.set_yticks(range(len(steps)), ["\n".join(wrap(names[step], 22)) for step in steps["step"]])
    ax.set_ylim(len(steps) - 0.45, -0.55)
    ax.set_xlim(0, widest * 1.22)
    declare_unit(ax, names["commitments"])
    ax.xaxis.set_visible(False)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(left=False)
    return ax


@house_look
def plot_strength(counts: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw one stacked bar per domain: the share of each strength, with its count.

    Domains stand in the order of their firm share (deliver and implement), firmest
    first. Shares of small domains move much with one commitment: the total stands
    beside the name.

    Parameters
    ----------
    counts
        ``count_by(commitments, "domain", "strength")``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis import count_by, load_commitments
    >>> ax = plot_strength(count_by(load_commitments(), "domain", "strength"))
    >>> len(ax.containers)
    5
    """
    shares = counts.pivot(index="domain", columns="strength", values="share_pct")
    numbers = counts.pivot(index="domain", columns="strength", values="count")
    firmest = (shares["deliver"] + shares["implement"]).sort_values(ascending=False, kind="stable").index
    shares, numbers = shares.loc[firmest], numbers.loc[firmest]
    ax = ax or new_axes(0.35 * len(shares) + 1.1)
    stack_strengths(ax, shares, numbers, lang=lang, height=0.74, has_room=lambda _, number: number > 0)
    names = labels("domain", lang)
    totals = numbers.sum(axis=1)
    ax.set_yticks(range(len(shares)), [f"{names[d]} ({totals[d]})" for d in shares.index])
    ax.set_ylim(len(shares) - 0.45, -0.55)
    ax.set_xlim(0, 100)
    declare_unit(ax, "%")
    ax.set_xlabel(
        {
            "zh": "占该领域承诺的比例（%），条内为项数",
            "en": "Share of the domain's commitments (%); counts inside the bars",
        }[lang]
    )
    ax.spines["left"].set_visible(False)
    ax.tick_params(left=False)
    key_above(ax, columns=5)
    return ax


@house_look
def plot_types(counts: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw the number of commitments by domain and type as a heat map with its numbers.

    Parameters
    ----------
    counts
        ``count_by(commitments, "domain", "type")``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis import count_by, load_commitments
    >>> ax = plot_types(count_by(load_commitments(), "domain", "type"))
    >>> sum(int(text.get_text() or 0) for text in ax.texts)
    133
    """
    import seaborn

    grid = counts.pivot(index="domain", columns="type", values="count")
    ax = ax or new_axes((0.38 if lang == "zh" else 0.43) * len(grid) + 1.0)
    domains, types = labels("domain", lang), labels("type", lang)
    shown = grid.astype(object).where(grid > 0, "").astype(str)
    seaborn.heatmap(
        grid, annot=shown, fmt="", cmap="Blues", vmin=0, cbar=False, linewidths=1.2, linecolor="white", ax=ax,
        annot_kws={"fontsize": 13},
    )  # fmt: skip
    for text, colour in zip(ax.texts, ax.collections[0].get_facecolor(), strict=True):
        text.set_color(ink_on(colour))
    ax.set_yticklabels(["\n".join(wrap(f"{domains[d]} ({grid.loc[d].sum()})", 18)) for d in grid.index], rotation=0)
    width = 8 if lang == "zh" else 9
    ax.set_xticklabels(["\n".join(wrap(types[t], width)) for t in grid.columns], rotation=0)
    ax.xaxis.tick_top()
    ax.tick_params(left=False, top=False)
    ax.set(xlabel="", ylabel="")
    declare_unit(ax, _COUNTED[lang])
    return ax


_COUNTED = {"zh": "项", "en": "commitments"}


def _of_commitments(share_pct: float, lang: str) -> str:
    share = f"{share_pct:.0f}" if float(share_pct).is_integer() else f"{share_pct:.1f}"
    return {"zh": f"（占承诺的 {share}%）", "en": f"  ({share}% of commitments)"}[lang]
