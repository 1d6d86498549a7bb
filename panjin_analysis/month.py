"""The month's sheet: how every task stands on a day, and what nobody reported."""

from pathlib import Path

import pandas as pd

from panjin_analysis import compare
from panjin_analysis.charts import CHARTS
from panjin_analysis.errors import say, ui_language
from panjin_analysis.excel import Book, Chart, Sheet, in_language, write_workbook
from panjin_analysis.figures.outcome import LOOKS
from panjin_analysis.office.facts import LOOKS as COLOURS
from panjin_analysis.progress import FIELDS, rate_with_progress
from panjin_analysis.saving import write_figure
from panjin_analysis.tables import labels


def write_month(now: pd.DataFrame, as_of: str, folder: Path, *, lang: str) -> list[Path]:
    """Write the month's workbook and chart 10 with the reported progress; return the files.

    Parameters
    ----------
    now
        Rows of ``progress()`` on the day.
    as_of
        The day, such as ``2024-06-30``.
    folder
        Where to.
    lang
        ``zh`` or ``en``.

    Raises
    ------
    DataError
        If the folder cannot be written.
    """
    title = in_language(
        lang, f"盘锦市政府工作报告任务进度（截至 {as_of}）", f"Progress on the Panjin work report, as of {as_of}"
    )
    sheets = (progress_sheet(now, as_of, lang), units_sheet(now, as_of, lang), gaps_sheet(now, as_of, lang))
    cover = (
        (in_language(lang, "依据", "Rests on"), in_language(lang, "各单位填报，未经报告或第三方核实", "what units reported of themselves, not confirmed by a report or a third party")),
        (in_language(lang, "评定", "Rated"), in_language(lang, "只对全年累计类的数按已过月数评定（规则 R5）；到期后按数评定", "counts over the year alone, against the months passed (R5); from the due day on by the number itself")),
        (in_language(lang, "缺报", "Gaps"), in_language(lang, "没有填报不等于没有做", "not reported is not the same as not done")),
    )  # fmt: skip
    book = Book(title, cover, tuple(sheet for sheet in sheets if len(sheet.table)), lang)
    name = in_language(lang, "任务进度", "progress")
    made = [write_workbook(book, folder / f"{name}_{as_of}.xlsx")]
    return made + _write_chart(now, as_of, folder, lang)


def progress_sheet(now: pd.DataFrame, as_of: str, lang: str) -> Sheet:
    """Return the sheet of tasks of which something was reported."""
    names = labels("fulfilment", lang)
    fields = labels("task_field", lang)
    table = now[now["last_reported"].notna()].reset_index(drop=True)
    table = table.assign(share=(table["reached"] / table["target"].where(table["target"] != 0)).astype("Float64"))
    headers = {
        "commitment_id": ("承诺编号", "Id"), f"label_{lang}": ("工作任务", "Task"), "lead_unit_suggested": ("牵头单位（建议）", "Lead unit (suggested)"),
        "target": ("目标值", "Target"), "unit": ("单位", "Unit"), "reached": ("累计完成数", "Reached so far"), "reached_on": ("数的日期", "Day of the number"),
        "share": ("完成比例", "Share done"), "code": ("按规则", "By rule"), "status": ("单位自报", "As the unit says"),
    }  # fmt: skip
    shown = [*headers, "progress_text", "problems", "next_steps", "done_on", "last_reported"]
    units = labels("unit", lang)
    return Sheet(
        key="progress",
        name=in_language(lang, "本月进度", "Progress"),
        title=in_language(lang, f"任务进度（截至 {as_of}，{len(table)} 项有填报）", f"Progress as of {as_of} ({len(table)} tasks reported)"),
        source=in_language(lang, "各单位填报", "reports of the units"),
        units=in_language(lang, "各行不同，见“单位”列", "differ by row, see the column Unit"),
        notes=(
            in_language(
                lang,
                "“按规则”以填报当日已过月数评定，空格表示规则不适用（比例、水平值等），不表示欠进度。",
                "By rule: against the months passed on the day of the number; empty where the rule does not hold (shares, levels), which is not behind.",
            ),
        ),
        table=table.assign(unit=table["unit"].map(units)),
        shown=tuple(shown),
        headers={
            **{name: in_language(lang, *both) for name, both in headers.items()},
            **{name: fields[name] for name in FIELDS if name != "status"},
            "last_reported": in_language(lang, "最近填报", "Last report"),
        },
        widths={"reached_on": 12, "progress_text": 28, "problems": 20, "next_steps": 20, "done_on": 12, "last_reported": 12},
        formulas={"share": _share},
        bars=("share",),
        looks={"code": {names[code]: colour for code, colour in COLOURS.items()}},
        printed=13,
    )  # fmt: skip


def units_sheet(now: pd.DataFrame, as_of: str, lang: str) -> Sheet:
    """Return the counts by lead unit: tasks, reported, and how those with a rating stand."""
    unit = now["lead_unit_suggested"].cat.remove_unused_categories()
    grid = now.assign(unit_=unit).dropna(subset="unit_").groupby("unit_", observed=True)
    codes = [code for code in LOOKS if (now["code"].astype("str") == code).any()]
    table = grid.agg(tasks=("commitment_id", "size")).reset_index()
    for gap in ("reported", "not_this_month", "never"):
        table[gap] = grid["reporting"].agg(lambda rows, gap=gap: int((rows == gap).sum())).to_numpy()
    for code in codes:
        table[code] = grid["code"].agg(lambda rows, code=code: int((rows == code).sum())).to_numpy()
    table = table.rename(columns={"unit_": "lead_unit_suggested"})
    table["reported_share"] = (table["reported"] / table["tasks"]).astype("Float64")
    gaps, names = labels("reporting", lang), labels("fulfilment", lang)
    colours = {"reported": "#3F78A8", "not_this_month": "#A9C8E0", "never": "#FFFFFF"}
    return Sheet(
        key="units",
        name=in_language(lang, "分单位汇总", "By unit"),
        title=in_language(lang, f"分单位填报情况（截至 {as_of}，{len(table)} 个单位）", f"Reports by unit as of {as_of} ({len(table)} units)"),
        source=in_language(lang, "各单位填报", "reports of the units"),
        units=in_language(lang, "项；填报比例为百分比", "tasks; share reported in percent"),
        notes=(in_language(lang, "牵头单位为按职能的建议。没有建议牵头单位的任务不在本表。", "Lead units are our suggestion; tasks without one are not counted here."),),
        table=table,
        headers={
            "lead_unit_suggested": in_language(lang, "牵头单位（建议）", "Lead unit (suggested)"),
            "tasks": in_language(lang, "任务数", "Tasks"), **gaps, **{code: names[code] for code in codes},
            "reported_share": in_language(lang, "本月填报比例", "Share reported"),
        },
        widths={"lead_unit_suggested": 26},
        formulas={"reported_share": _reported_share},
        totals=("tasks", "reported", "not_this_month", "never", *codes),
        share_of=("reported", "tasks"),
        bars=("reported_share",),
        chart=Chart(
            title=in_language(lang, "各单位填报情况（项）", "Reports by unit"),
            unit=in_language(lang, "项", "Tasks"),
            alt=in_language(lang, "堆叠条形图：各单位已报、未报的任务数，数据即上方的表。", "Stacked bars: tasks reported and not, by unit; the numbers are the table above."),
            series=colours,
        ),
        is_portrait=True,
    )  # fmt: skip


def gaps_sheet(now: pd.DataFrame, as_of: str, lang: str) -> Sheet:
    """Return the gap list: every task of which nobody reported anything within the month."""
    table = now[now["reporting"] != "reported"].reset_index(drop=True)
    headers = {
        "commitment_id": ("承诺编号", "Id"), f"label_{lang}": ("工作任务", "Task"), "domain": ("领域", "Domain"),
        "lead_unit_suggested": ("牵头单位（建议）", "Lead unit (suggested)"), "reporting": ("填报情况", "Reporting"), "last_reported": ("最近填报", "Last report"),
    }  # fmt: skip
    return Sheet(
        key="gaps",
        name=in_language(lang, "缺报清单", "Gaps"),
        title=in_language(lang, f"缺报清单（截至 {as_of}，{len(table)} 项）", f"Not reported as of {as_of} ({len(table)} tasks)"),
        source=in_language(lang, "各单位填报", "reports of the units"),
        notes=(in_language(lang, "没有填报不等于没有做。", "Not reported is not the same as not done."),),
        table=table,
        shown=tuple(headers),
        headers={name: in_language(lang, *both) for name, both in headers.items()},
        widths={"last_reported": 12, "lead_unit_suggested": 26},
        is_portrait=True,
    )  # fmt: skip


def gap_lines(now: pd.DataFrame) -> list[str]:
    """Return one line a unit that has not reported everything within the month, the most first."""
    missing = now[now["reporting"] != "reported"]
    names = labels("lead_unit", ui_language())
    units = (
        missing["lead_unit_suggested"]
        .astype("str")
        .map(names)
        .fillna(say("（无建议牵头单位）", "(no suggested lead unit)"))
    )
    ids = missing.groupby(units)["commitment_id"].agg(list)
    order = sorted(ids.index, key=lambda name: (-len(ids[name]), name))
    return [f"  {name} {len(ids[name])}: {', '.join(ids[name])}" for name in order]


def _write_chart(now: pd.DataFrame, as_of: str, folder: Path, lang: str) -> list[Path]:
    """Write chart 10 as it looks on the day, reported progress put in where no report says anything."""
    rated = rate_with_progress(compare.fulfilment(as_of), now)
    chart = CHARTS["10_fulfilment"]
    counts = compare.count_fulfilment(rated)
    caption = _caption(chart.caption(counts, lang), rated, as_of, lang)
    return write_figure(chart.plot(counts, lang=lang), caption, counts, folder / f"10_fulfilment_{as_of}")


def _caption(caption, rated: pd.DataFrame, as_of: str, lang: str):
    """Return the words round the chart: on this day they rest on what units reported of themselves."""
    from dataclasses import replace

    number = rated["code"].astype("str").value_counts()
    names = labels("fulfilment", lang)
    shown = [f"{names[code]} {number.get(code, 0)}" for code in ("ahead", "on_schedule", "behind")]
    title = in_language(lang, f"截至 {as_of}：" + "，".join(shown) + "（项）", f"As of {as_of}: " + ", ".join(shown))
    note = in_language(
        lang, "超进度、达进度、欠进度：各单位自报的累计数与已过月数相比；没有填报的不计。",
        "Ahead, on schedule, behind: counts that units reported of themselves against the months passed.",
    )  # fmt: skip
    return replace(caption, title=title, notes=(note, *caption.notes[1:]))


def _share(layouts, row: int) -> str:
    layout = layouts["progress"]
    return f"={layout.letter('reached')}{row}/{layout.letter('target')}{row}"


def _reported_share(layouts, row: int) -> str:
    layout = layouts["units"]
    return f"={layout.letter('reported')}{row}/{layout.letter('tasks')}{row}"
