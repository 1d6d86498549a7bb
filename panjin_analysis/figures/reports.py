"""Whole reports side by side: how firm their wording is, and which policy terms they use.

Reports that are not held are hatched, and an excerpt stands apart on the right: neither
is a zero, and nothing joins them to the reports that were read in full.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from panjin_analysis.figures.marks import key_above, write_on
from panjin_analysis.style import BLUE, HATCH, INK, MUTED, STRENGTH, declare_unit, house_look, ink_on, new_axes
from panjin_analysis.tables import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIRM = ("deliver", "implement")
GAP = 0.45  # between the years and an excerpt, in columns
HATCHED = "#8C8C8C"
NOT_HELD = {"zh": "未持有", "en": "not held"}
EXCERPT = {"zh": "节选", "en": "excerpt"}
_ITEMS = {"zh": " 项", "en": ""}
EXCERPT_ONLY = {"zh": "只有节选", "en": "excerpt only"}


@house_look
def plot_profiles(shares: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw one stacked column per report: the share of each strength, with its count.

    Under a year stand how many commitments there are and how many in a hundred are firm
    (deliver or implement). The count of the topmost part, striving, stands above it.

    Parameters
    ----------
    shares
        ``strength_by_year()``: ``report_year``, ``held``, ``strength``, ``count``, ``total`` and ``share_pct``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis.profiles import strength_by_year
    >>> ax = plot_profiles(strength_by_year())
    >>> len(ax.containers)
    5
    """
    ax = ax or new_axes(5.4)
    places = _places(shares)
    read = shares[shares["held"] != "none"]
    grid = {name: read.pivot(index="report_year", columns="strength", values=name) for name in ("share_pct", "count")}
    bottom = pd.Series(0.0, index=grid["count"].index)
    order = [code for code in reversed(labels("strength")) if code in grid["count"].columns]
    for code in order:
        heights = grid["share_pct"][code].fillna(0).astype(float)
        bars = ax.bar(
            [places[year] for year in heights.index],
            heights,
            bottom=bottom,
            color=STRENGTH[code],
            edgecolor=BLUE,
            linewidth=0.9,
            hatch=HATCH.get(code),
            width=0.78,
            label=labels("strength", lang)[code],
        )
        for bar, number in zip(bars, grid["count"][code], strict=True):
            if code == order[-1]:
                ax.text(bar.get_x() + bar.get_width() / 2, 101, str(number), ha="center", va="bottom")
            elif bar.get_height() >= 4:
                write_on(ax, bar, str(number), STRENGTH[code], is_hatched=False)
        bottom = bottom + heights
    _hatch_missing(ax, shares, 0, 100, lang)
    ax.set_ylim(0, 108)
    ax.set_yticks(range(0, 101, 20))
    ax.set_ylabel({"zh": "占当年承诺的比例（%）", "en": "Share of commitments (%)"}[lang])
    _name_columns(ax, shares, [_under_column(rows, lang) for _, rows in shares.groupby("report_year")])
    ax.set_xlabel(
        {
            "zh": "柱内为项数。年份下：承诺项数，其中完成类和实施类合计所占比例",
            "en": "Counts inside. Under the year: commitments, and the share of deliver and implement",
        }[lang]
    )
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(left=False, bottom=False)
    declare_unit(ax, "%")
    key_above(ax, columns=5)
    return ax


def _under_column(rows: pd.DataFrame, lang: str) -> str:
    """Return the lines under a column: how many commitments, how much of it is firm."""
    if rows["count"].isna().any():
        return ""
    firm = rows.loc[rows["strength"].isin(FIRM), "share_pct"].sum()
    excerpt = f"{EXCERPT[lang]}\n" if rows["held"].iloc[0] == "excerpt" else ""
    return f"{excerpt}{rows['total'].iloc[0]}{_ITEMS[lang]}\n{firm:.0f}%"


@house_look
def plot_terms(terms: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw how often each key term stands in each report, as a heat map with its numbers.

    A 0 is read and not found. In the excerpt, which is not shaded, a term that is not
    found has a question mark: the rest of that report was not read. The word at the end
    of a row says what the full texts make of the term.

    Parameters
    ----------
    terms
        ``terms_by_year()``: one row a term and report, in the order to draw.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis.profiles import terms_by_year
    >>> terms = terms_by_year()
    >>> texts = [text.get_text() for text in plot_terms(terms).texts]
    >>> texts.count("?") == (terms.query("held == 'excerpt'")["occurrences"] == 0).sum()
    np.True_
    """
    named = terms.drop_duplicates("term_id").set_index("term_id")
    rows = _rows(named["term_group"])
    bottom = float(rows.iloc[-1]) + 0.5
    ax = ax or new_axes(0.28 * (bottom + 0.5) + 0.6)
    places = _places(terms)
    _shade(ax, terms, rows)
    for cell in terms[terms["held"] == "excerpt"].itertuples():
        word, colour = (f"{cell.per_10000:.1f}", INK) if cell.occurrences else ("?", MUTED)
        ax.text(places[cell.report_year], rows[cell.term_id], word, ha="center", va="center", color=colour)
    _hatch_missing(ax, terms, 0.5, bottom, lang)
    _frame_excerpt(ax, terms, bottom, lang)
    end = max(places.values()) + 0.62
    statuses = labels("term_status", lang)
    for term_id, status in named["status"].items():
        ax.text(end, rows[term_id], statuses[status], va="center", color=MUTED if status == "stays" else INK)
    _name_rows(ax, named, rows, lang)
    ax.set_ylim(bottom, -0.5)
    _name_columns(ax, terms, [_counted(group) for _, group in terms.groupby("report_year")])
    ax.set_xlim(-0.5, end + {"zh": 1.0, "en": 1.2}[lang])
    ax.xaxis.tick_top()
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(left=False, top=False)
    declare_unit(ax, {"zh": "每万字", "en": "per 10,000"}[lang])
    return ax


def _rows(groups: pd.Series) -> pd.Series:
    """Return each term's place from the top, with a row before each group for its name."""
    begun = (groups.astype(str) != groups.astype(str).shift()).cumsum()
    return pd.Series(np.arange(len(groups)) + begun.to_numpy(), index=groups.index)


def _shade(ax: "Axes", terms: pd.DataFrame, rows: pd.Series) -> None:
    """Draw the cells of the full texts, shaded by rate, and write the rates on them."""
    years = _years(terms)
    grid = np.full((int(rows.max()) + 1, len(years)), np.nan)
    full = terms[terms["held"] == "full"]
    for cell in full.itertuples():
        grid[rows[cell.term_id], int(years[cell.report_year])] = cell.per_10000
    edges = [np.arange(size + 1) - 0.5 for size in grid.shape]
    shaded = np.ma.masked_invalid(grid)
    mesh = ax.pcolormesh(
        edges[1], edges[0], shaded, cmap="Blues", vmin=0, vmax=np.nanmax(grid) or 1, edgecolor="white", linewidth=1.2
    )
    for cell in full.itertuples():
        shade = mesh.to_rgba(np.array([cell.per_10000], float))[0]
        word, colour = (f"{cell.per_10000:.1f}", ink_on(shade)) if cell.occurrences else ("0", MUTED)
        ax.text(years[cell.report_year], rows[cell.term_id], word, ha="center", va="center", color=colour)


def _counted(rows: pd.DataFrame) -> str:
    return " " if rows["characters"].isna().all() else f"{rows['characters'].iloc[0]:,}"


def _name_rows(ax: "Axes", named: pd.DataFrame, rows: pd.Series, lang: str) -> None:
    """Write the terms beside their rows, and over each group its name."""
    names = labels("term_group", lang)
    first = rows.groupby(named["term_group"].astype(str), sort=False).min()
    ticks = [*rows, *(first - 1)]
    ax.set_yticks(ticks, [*named[f"term_{lang}"], *(names[group] for group in first.index)])
    for tick in ax.get_yticklabels()[len(rows) :]:
        tick.set_color(BLUE)


def _places(rows: pd.DataFrame) -> dict[int, float]:
    """Return where each report stands on the axis; an excerpt stands apart, behind the last."""
    held = rows.drop_duplicates("report_year").set_index("report_year")["held"]
    first, last = int(held.index.min()), int(held.index.max())
    apart = [int(year) for year in held.index[held == "excerpt"]]
    places = {year: float(year - first) for year in range(first, last + 1)}
    return places | {year: last - first + 1 + GAP + n for n, year in enumerate(apart)}


def _years(rows: pd.DataFrame) -> dict[int, float]:
    """Return where each year stands on the axis, of an excerpt the place where the full text would."""
    first = int(rows["report_year"].min())
    return {year: float(year - first) for year in range(first, int(rows["report_year"].max()) + 1)}


def _hatch_missing(ax: "Axes", rows: pd.DataFrame, low: float, high: float, lang: str) -> None:
    """Hatch the years without a full text, and say in words why."""
    from matplotlib.patches import Rectangle

    held = rows.drop_duplicates("report_year").set_index("report_year")["held"].astype(str)
    for year, place in _years(rows).items():
        if held.get(year) == "full":
            continue
        box: dict[str, Any] = {"facecolor": "white", "edgecolor": HATCHED, "hatch": "////", "linewidth": 0}
        ax.add_patch(Rectangle((place - 0.5, low), 1, high - low, **box))
        word = EXCERPT_ONLY if held.get(year) == "excerpt" else NOT_HELD
        ax.text(
            place,
            (low + high) / 2,
            word[lang],
            rotation=90,
            ha="center",
            va="center",
            color=MUTED,
            bbox={"boxstyle": "round,pad=0.2", "fc": "white", "ec": "none"},
        )


def _frame_excerpt(ax: "Axes", terms: pd.DataFrame, bottom: float, lang: str) -> None:
    """Frame an excerpt's column and say over it that it is one."""
    from matplotlib.patches import Rectangle

    places = _places(terms)
    for year in terms.loc[terms["held"] == "excerpt", "report_year"].unique():
        box: dict[str, Any] = {"facecolor": "none", "edgecolor": MUTED, "linestyle": "--", "linewidth": 1.2}
        ax.add_patch(Rectangle((places[year] - 0.5, 0.5), 1, bottom - 0.5, **box))
        ax.text(places[year], 0, EXCERPT[lang], ha="center", va="center", color=MUTED)


def _name_columns(ax: "Axes", rows: pd.DataFrame, second_lines: list[str]) -> None:
    """Write each column's year and what it is counted from; where there is an excerpt, also its missing full text."""
    held = rows.drop_duplicates("report_year").sort_values("report_year").set_index("report_year")["held"].astype(str)
    places, years = _places(rows), _years(rows)
    ticks = [places[year] for year in held.index]
    names = [f"{year}\n{second}" for year, second in zip(held.index, second_lines, strict=True)]
    without_text = [year for year in held.index if held[year] == "excerpt"]
    ax.set_xticks([*ticks, *(years[year] for year in without_text)], [*names, *(f"{year}\n " for year in without_text)])
