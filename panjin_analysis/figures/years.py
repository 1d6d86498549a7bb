"""From year to year: what changed, which promises come back, which projects are stuck."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from panjin_analysis.compare.continuity import held_years
from panjin_analysis.figures.marks import keep_panels, panels, runs_of_years
from panjin_analysis.rules import STAGES
from panjin_analysis.style import BLUE, GRID, MUTED, ORANGE, PLUM, TEAL, declare_unit, house_look, new_axes, wrap
from panjin_analysis.tables import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# What a code of continuity amounts to, for colour only: the word always stands beside it.
FAMILIES = {
    "kept": (BLUE, {"zh": "延续", "en": "kept"}, ["unchanged", "stage_stalled", "reinstated"]),
    "firmer": (
        TEAL,
        {"zh": "加码", "en": "firmer"},
        ["raised", "comparator_hardened", "wording_hardened", "stage_advanced"],
    ),
    "softer": (
        ORANGE,
        {"zh": "减码", "en": "softer"},
        ["lowered", "comparator_softened", "wording_softened", "stage_back"],
    ),
    "changed": ("#6B7A8F", {"zh": "改换", "en": "changed"}, ["rebased", "replaced", "split", "merged"]),
    "in_out": (
        PLUM,
        {"zh": "新提或不再提", "en": "new or gone"},
        ["new", "dropped_done", "dropped_explained", "dropped_silent"],
    ),
    "unknown": ("#8C8C8C", {"zh": "无法判断", "en": "cannot be said"}, ["not_assessable"]),
}


@house_look
def plot_continuity(counts: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw what became of lines from one report to the next, one bar a code.

    Two panels: into 2024 and out of 2024. What was not read is a hatched bar without a
    number, because nobody can say what became of it.

    Parameters
    ----------
    counts
        ``count_continuity()``: ``step``, ``code``, ``count``, ``total`` and ``share_pct``.
    lang
        ``zh`` or ``en``.
    ax
        Any Axes of the figure to draw in; its figure is cleared. Return the first panel.

    Examples
    --------
    >>> from panjin_analysis import count_continuity
    >>> ax = plot_continuity(count_continuity())
    >>> len(ax.figure.axes)
    2
    """
    codes = [code for _, _, group in FAMILIES.values() for code in group if code in set(counts["code"])]
    steps = list(dict.fromkeys(counts["step"]))
    drawn = panels(ax, 0.29 * (len(codes) + 1) + 0.7, 1, len(steps), sharey=True)
    colours = {code: colour for colour, _, group in FAMILIES.values() for code in group}
    names = labels("continuity", lang)
    top = int(counts["count"].max())
    for panel, step in zip(drawn, steps, strict=True):
        rows = counts[counts["step"] == step].set_index("code")
        for place, code in enumerate(codes):
            number = int(rows["count"].get(code, 0))
            panel.barh(place, number, color=colours[code], height=0.7)
            if number:
                panel.text(number + top * 0.015, place, str(number), va="center")
        panel.barh(len(codes), top * 0.5, color="white", edgecolor=MUTED, hatch="///", height=0.7)
        panel.text(top * 0.52, len(codes), {"zh": "未读，不计", "en": "not read"}[lang], va="center", color=MUTED)
        panel.set_title(_step_title(step, lang), fontsize=14, loc="left")
        declare_unit(panel, {"zh": "项", "en": "commitments"}[lang])
        panel.set_xlim(0, top * 1.14)
        panel.xaxis.set_visible(False)
        panel.spines[["left", "bottom"]].set_visible(False)
        panel.tick_params(left=False)
    unread = {"zh": "报告的未读部分", "en": "Parts not read"}[lang]
    drawn[0].set_yticks(range(len(codes) + 1), [*(names[code] for code in codes), unread])
    drawn[0].set_ylim(len(codes) + 0.55, -0.55)
    _explain_families(drawn[0].figure, codes, lang)
    return drawn[0]


def _step_title(step: str, lang: str) -> str:
    before, after = step.split("-")
    return {"zh": f"{before} 年 → {after} 年（项）", "en": f"from {before} to {after}, commitments"}[lang]


def _explain_families(figure, codes: list[str], lang: str) -> None:
    from matplotlib.patches import Patch

    used = [(colour, words[lang]) for colour, words, group in FAMILIES.values() if set(group) & set(codes)]
    figure.legend(
        [Patch(color=colour) for colour, _ in used],
        [word for _, word in used],
        ncols=len(used),
        loc="outside upper left",
    )


@house_look
def plot_promises(told: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw promises that come back as lanes by report year, with the stage or verb of each.

    A filled mark is a plan, a square one is what a review reports. Years whose report is
    not held are hatched: nothing there means nothing read.

    Parameters
    ----------
    told
        ``promises()``.
    lang
        ``zh`` or ``en``; English says the stage, and the force of a verb without one.

    Examples
    --------
    >>> from panjin_analysis import promises
    >>> ax = plot_promises(promises())
    >>> len(ax.get_yticks())
    7
    """
    lanes = list(dict.fromkeys(told["promise_id"]))
    held = set(held_years())
    years = [year for year in range(min(held), max(held) + 1) if year <= told["report_year"].max()]
    ax = ax or new_axes((0.78 if lang == "zh" else 1.3) * len(lanes) + 0.6)
    for year in years:
        if year not in held:
            ax.axvspan(year - 0.5, year + 0.5, facecolor="white", edgecolor="#8C8C8C", hatch="////", linewidth=0)
    for lane, promise in enumerate(lanes):
        ax.axhline(lane, color=GRID, linewidth=2, zorder=0)
        rows = told[told["promise_id"] == promise].drop_duplicates(["report_year", "part"], keep="last")
        for row in rows.itertuples():
            _draw_telling(ax, lane, row, lang)
    ax.set_yticks(
        range(len(lanes)), ["\n".join(wrap(n, 16)) for n in told.drop_duplicates("promise_id")[f"label_{lang}"]]
    )
    ax.set_ylim(len(lanes) - 0.45, -0.6)
    ax.set_xticks(years, [str(year) for year in years])
    ax.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    ax.xaxis.tick_top()
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(left=False, top=False)
    declare_unit(ax)  # words in years, no quantity
    _explain_lanes(ax, lang)
    return ax


def _draw_telling(ax: "Axes", lane: int, row, lang: str) -> None:
    """Draw one report's word on one promise: plans above the lane, reviews below."""
    is_plan = row.part != "review"
    side = -1 if is_plan else 1
    mark: dict[str, Any] = {"marker": "o", "color": BLUE} if is_plan else {"marker": "s", "color": TEAL}
    x = row.report_year + (0.0 if is_plan else -0.12)
    near, far = (0.11, 0.23) if lang == "zh" else (0.07, 0.19)  # English lanes are higher: its words take two lines
    ax.plot(x, lane + near * side, markersize=9, linestyle="", **mark)
    ax.text(
        x,
        lane + far * side,
        "\n".join(wrap(row.word_zh if lang == "zh" else row.word_en, 10 if lang == "zh" else 8)),
        ha="center",
        va="bottom" if is_plan else "top",
        linespacing=0.95,
    )


def _explain_lanes(ax: "Axes", lang: str) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    marks = [
        Line2D([], [], marker="o", color=BLUE, markersize=9, linestyle=""),
        Line2D([], [], marker="s", color=TEAL, markersize=9, linestyle=""),
        Patch(facecolor="white", edgecolor=MUTED, hatch="////"),
    ]
    words = {
        "zh": ["当年计划（上方）", "上年成效（下方）", "报告未持有"],
        "en": ["plan (above)", "reported (below)", "report not held"],
    }[lang]
    ax.figure.legend(marks, words, ncols=3, loc="outside upper left")


@house_look
def plot_ladder(ladder: pd.DataFrame, *, lang: str = "zh", ax: "Axes | None" = None) -> "Axes":
    """Draw each project's climb on the stage ladder, report by report, stuck plans marked.

    Parameters
    ----------
    ladder
        ``stage_ladder()``; projects that appear in one report only say nothing of a climb
        and are left out.
    lang
        ``zh`` or ``en``.
    ax
        Any Axes of the figure to draw in; its figure is cleared. Return the first panel.

    Examples
    --------
    >>> from panjin_analysis import stage_ladder
    >>> len(plot_ladder(stage_ladder()).figure.axes) > 3
    True
    """
    years = ladder.groupby("commitment_id")["report_year"].nunique()
    shown = [c for c in dict.fromkeys(ladder["commitment_id"]) if years[c] > 1]
    columns = 3
    lines = -(-len(shown) // columns)
    drawn = panels(ax, 2.3 * lines + 0.4, lines, columns, sharex=True, sharey=True)
    rungs = [labels("stage", lang)[stage] for stage in STAGES]
    for panel, project in zip(drawn, shown, strict=False):
        _draw_climb(panel, ladder[ladder["commitment_id"] == project], lang)
        panel.set_yticks(range(len(STAGES)), rungs)
        declare_unit(panel)  # the rungs are words
    keep_panels(drawn, len(shown))
    _explain_ladder(drawn[0].figure, lang)
    return drawn[0]


def _draw_climb(panel: "Axes", rows: pd.DataFrame, lang: str) -> None:
    plans, reviews = rows[rows["part"] == "plan"], rows[rows["part"] == "review"]
    panel.plot(plans["report_year"], plans["rung"], color=BLUE, marker="o", linestyle="", markersize=7)
    for run in runs_of_years(plans["report_year"]):
        panel.plot(plans.loc[run, "report_year"], plans.loc[run, "rung"], color=BLUE, linewidth=1.8)
    panel.plot(reviews["report_year"], reviews["rung"], color=TEAL, marker="s", linestyle="", markersize=7)
    stuck = plans[plans["is_stuck"]]
    panel.plot(
        stuck["report_year"],
        stuck["rung"],
        color=ORANGE,
        marker="o",
        linestyle="",
        markersize=13,
        fillstyle="none",
        markeredgewidth=2.2,
    )
    panel.set_title("\n".join(wrap(rows[f"label_{lang}"].iloc[0], 32)), fontsize=12.5, loc="left")
    panel.set_ylim(-0.8, 7.8)
    panel.yaxis.grid(True)
    panel.set_xlim(2013.4, 2025.6)
    panel.set_xticks([2015, 2020, 2025])


def _explain_ladder(figure, lang: str) -> None:
    from matplotlib.lines import Line2D

    marks = [
        Line2D([], [], color=BLUE, marker="o", markersize=7),
        Line2D([], [], color=TEAL, marker="s", linestyle="", markersize=7),
        Line2D([], [], color=ORANGE, marker="o", linestyle="", markersize=13, fillstyle="none", markeredgewidth=2.2),
    ]
    words = {
        "zh": ["当年计划的阶段", "上年成效所达阶段", "停留：没有超过以前的计划"],
        "en": ["stage planned", "stage reported", "stuck: no further than an earlier plan"],
    }[lang]
    figure.legend(marks, words, ncols=3, loc="outside upper left")
