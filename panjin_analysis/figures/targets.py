"""Numbers: targets beside results, and indicators through the years."""

from typing import TYPE_CHECKING

import pandas as pd

from panjin_analysis.figures.marks import keep_panels, panels, runs_of_years
from panjin_analysis.style import (
    BLUE,
    GRID,
    INK,
    MUTED,
    ORANGE,
    TEAL,
    WIDTH,
    declare_unit,
    house_look,
    new_axes,
    settings,
    wrap,
)
from panjin_analysis.tables import labels, shown_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WORDS = {
    "previous": {"zh": "以前的结果或目标", "en": "earlier result or target"},
    "target": {"zh": "2024 年目标 = 100", "en": "2024 target = 100"},
    "result": {"zh": "2024 年结果", "en": "2024 result"},
    "near": {"zh": "2024 年结果（对象相近）", "en": "2024 result (near, not the same)"},
    "next": {"zh": "2025 年目标", "en": "2025 target"},
    "none": {"zh": "未写结果", "en": "not reported"},
}


@house_look
def plot_targets(rows: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw one row per target: earlier value, target, result and next target, target = 100.

    Each row writes its own numbers and unit beside it, because only the index is
    common. A result on an overlapping population is drawn hollow; a missing one in words.

    Parameters
    ----------
    rows
        ``targets_compared(...)``.
    lang
        ``zh`` or ``en``.

    Examples
    --------
    >>> from panjin_analysis import load_targets, targets_compared
    >>> ax = plot_targets(targets_compared(load_targets()))
    >>> len(ax.get_yticks())
    11
    """
    ax = ax or new_axes(0.42 * len(rows) + 1.2)
    values = ["previous_index", "result_index", "next_index"]
    indices = [100.0, *(float(value) for value in rows[values].to_numpy().ravel() if pd.notna(value))]
    low, high = min(indices) - 8, max(indices) + 8
    ax.vlines(100, -0.5, len(rows) - 0.5, color=INK, linewidth=1.4, zorder=1)
    for place, row in enumerate(rows.itertuples()):
        _draw_target(ax, place, row, lang)
    _write_numbers(ax, rows, high, (high - low) * (0.92 if lang == "en" else 0.8), lang)
    _explain(ax, rows, lang)
    ax.set_yticks(range(len(rows)), ["\n".join(wrap(name, 26)) for name in rows[f"name_{lang}"]])
    ax.set_ylim(len(rows) - 0.4, -1.2)
    ax.set_xticks([tick for tick in range(0, 400, 25) if low <= tick <= high])
    ax.set_xlabel({"zh": "目标 = 100", "en": "Target = 100"}[lang], loc="left")
    ax.spines[["left"]].set_visible(False)
    ax.tick_params(left=False)
    return ax


def _draw_target(ax: "Axes", place: int, row, lang: str) -> None:
    def aside(index: float) -> float:
        """Return how far a mark stands off its row, so that none hides under the result."""
        return 0.4 if pd.notna(row.result_index) and abs(index - row.result_index) < 3 else 0.0

    if pd.notna(row.result_index):
        ax.hlines(place, min(row.result_index, 100), max(row.result_index, 100), color=GRID, linewidth=3, zorder=0)
    if pd.notna(row.previous_index):
        ax.plot(
            row.previous_index,
            place - aside(row.previous_index),
            "o",
            color=MUTED,
            markersize=8,
            markerfacecolor="white",
            markeredgewidth=2,
        )
    if pd.notna(row.next_index):
        ax.plot(row.next_index, place + aside(row.next_index), "^", color=ORANGE, markersize=10)
    if pd.isna(row.result_index):
        ax.text(102, place, _WORDS["none"][lang], va="center", color=MUTED)
        return
    fill = TEAL if row.comparability == "same" else "white"
    ax.plot(row.result_index, place, "D", color=TEAL, markersize=9, markerfacecolor=fill, markeredgewidth=2.2)


def _write_numbers(ax: "Axes", rows: pd.DataFrame, left: float, width: float, lang: str) -> None:
    """Write each row's own numbers in columns to the right: earlier, target, result, next, unit."""
    heads = {
        "zh": ["以前", "目标", "结果", "下年目标", "单位"],
        "en": ["earlier", "target", "result", "next", "unit"],
    }[lang]
    places = [left + width * share for share in (0.22, 0.38, 0.54, 0.74, 0.78)]
    ax.set_xlim(ax.get_xlim()[0], left + width)
    for head, place in zip(heads, places, strict=True):
        ax.text(place, -0.75, head, ha="left" if head == heads[-1] else "right", va="center", color=MUTED)
    units = labels("unit", lang)
    declare_unit(ax, *dict.fromkeys(units[str(unit)] for unit in rows["unit"]), in_rows=True)
    for line, row in enumerate(rows.itertuples()):
        cells = [*_numbers(row), units[str(row.unit)]]
        for cell, place in zip(cells, places, strict=True):
            ax.text(place, line, cell, ha="left" if cell is cells[-1] else "right", va="center")


def _numbers(row) -> list[str]:
    """Return a row's own numbers; a dash is a year without one, a question mark an unreported result."""
    limit = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    star = "*" if row.result_status == "estimate" else ""
    return [
        "–" if pd.isna(row.previous) else f"{shown_number(row.previous)} ({row.previous_year})",
        f"{limit.get(str(row.comparator), '')}{shown_number(row.value)}",
        "?" if pd.isna(row.result) else f"{limit.get(str(row.result_comparator), '')}{shown_number(row.result)}{star}",
        "–" if pd.isna(row.next_target) else shown_number(row.next_target),
    ]


def _explain(ax: "Axes", rows: pd.DataFrame, lang: str) -> None:
    """Add a legend of the marks that occur."""
    from matplotlib.lines import Line2D

    marks = {
        "previous": Line2D([], [], marker="o", color=MUTED, mfc="white", mew=2, markersize=8, linestyle=""),
        "target": Line2D([], [], color=INK, linewidth=1.4),
        "result": Line2D([], [], marker="D", color=TEAL, markersize=9, linestyle=""),
        "near": Line2D([], [], marker="D", color=TEAL, mfc="white", mew=2.2, markersize=9, linestyle=""),
        "next": Line2D([], [], marker="^", color=ORANGE, markersize=10, linestyle=""),
    }
    if not (rows["comparability"] == "near").any():
        marks.pop("near")
    words = [_WORDS[name][lang] for name in marks]
    ax.figure.legend(marks.values(), words, ncols=3 if lang == "en" else 5, loc="outside upper left", columnspacing=1.2)


@house_look
def plot_histories(facts: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw indicators as small multiples: targets and results apart, estimates hollow.

    Lines join results (or targets) of one series only: no line crosses a break, and none
    joins a target to a result. Each panel has its own unit.

    Parameters
    ----------
    facts
        ``histories(...)``: rows of ``history`` for several indicators, with their names.
    lang
        ``zh`` or ``en``.
    ax
        Any Axes of the figure to draw in; its figure is cleared. Return the first panel.

    Examples
    --------
    >>> from panjin_analysis import histories
    >>> ax = plot_histories(histories(["inclusive_kindergarten_share", "urban_new_jobs"]))
    >>> len(ax.figure.axes)
    2
    """
    names = list(dict.fromkeys(facts["indicator_id"]))
    columns = min(3, len(names))
    lines = -(-len(names) // columns)
    drawn = panels(ax, 1.85 * lines + 0.3, lines, columns)
    years = (int(facts["refers_to_year"].min()), int(facts["refers_to_year"].max()))
    for panel, name in zip(drawn, names, strict=False):
        _draw_history(panel, facts[facts["indicator_id"] == name], years, lang)
    keep_panels(drawn, len(names))
    _explain_histories(drawn[0].figure, lang)
    return drawn[0]


def _draw_history(panel: "Axes", facts: pd.DataFrame, years: tuple[int, int], lang: str) -> None:
    factor, unit = _scale(facts, lang)
    looks = {
        "target": {"color": ORANGE, "marker": "s", "linestyle": ":"},
        "result": {"color": BLUE, "marker": "o", "linestyle": "-"},
    }
    for (kind, _), rows in facts.groupby(["kind", "series"]):
        look = looks[str(kind)]
        values = rows["value"].astype(float) / factor
        for run in runs_of_years(rows["refers_to_year"]):
            color, linestyle = look["color"], look["linestyle"]
            panel.plot(rows.loc[run, "refers_to_year"], values[run], color=color, linestyle=linestyle, linewidth=1.6)
        hollow = (rows["status"] == "estimate").to_numpy()
        for is_hollow in (False, True):
            at = hollow == is_hollow
            panel.plot(
                rows["refers_to_year"][at], values[at], linestyle="", marker=look["marker"], markersize=7, color=look["color"],
                markerfacecolor="white" if is_hollow else look["color"], markeredgewidth=1.8,
            )  # fmt: skip
    for earlier in sorted(facts.groupby("series")["refers_to_year"].min())[1:]:
        panel.axvline(earlier - 0.5, color=MUTED, linewidth=1.2, linestyle=(0, (2, 2)))
    declare_unit(panel, unit.strip())
    title = wrap(facts[f"name_{lang}"].iloc[0], 30)
    panel.set_title(
        "\n".join([*title[:-1], f"{title[-1]} ({unit})"]), fontsize=settings()["font.size"] + 0.5, loc="left"
    )
    panel.set_xlim(years[0] - 0.6, years[1] + 0.6)
    panel.set_xticks([year for year in range(years[0], years[1] + 1) if (year - years[1]) % 5 == 0])
    panel.margins(y=0.18)
    panel.locator_params(axis="y", nbins=4)
    panel.yaxis.grid(True)


def _scale(facts: pd.DataFrame, lang: str) -> tuple[float, str]:
    """Return by what to divide the values so that they are short, and the unit that remains."""
    unit, top = str(facts["unit"].iloc[0]), float(facts["value"].max())
    name = labels("unit", lang)[unit]
    for factor, word in ((1e8, "亿"), (1e4, "万")) if lang == "zh" else ((1e9, "bn "), (1e6, "m "), (1e3, "1,000 ")):
        if top >= factor * (1 if lang == "zh" else 10):
            return factor, word + name
    return 1.0, name


def _explain_histories(figure, lang: str) -> None:
    from matplotlib.lines import Line2D

    words = {
        "zh": ["目标", "结果", "结果（预计）", "口径断点"],
        "en": ["target", "result", "result (estimate)", "break in the series"],
    }[lang]
    marks = [
        Line2D([], [], color=ORANGE, marker="s", linestyle=":", markersize=7),
        Line2D([], [], color=BLUE, marker="o", markersize=7),
        Line2D([], [], color=BLUE, marker="o", markersize=7, mfc="white", mew=1.8, linestyle=""),
        Line2D([], [], color=MUTED, linestyle=(0, (2, 2))),
    ]
    figure.legend(marks, words, ncols=4, loc="outside upper left", columnspacing=1.4)
    figure.set_size_inches(WIDTH, figure.get_size_inches()[1])
