"""The workbooks: the whole report or a part of it, for publication or to work in; the tasks of each unit."""

from pathlib import Path

import pandas as pd

from panjin_analysis import compare
from panjin_analysis.charts import CHARTS
from panjin_analysis.excel import Book, Picture, Profile, Sheet, in_language, workbook_bytes
from panjin_analysis.files import write_all
from panjin_analysis.load import data_dir, read_package
from panjin_analysis.office import facts, summary
from panjin_analysis.office.scope import Scope, Tables, in_scope
from panjin_analysis.office.tasks import tasks_sheet
from panjin_analysis.progress import no_progress
from panjin_analysis.saving import drawn_png
from panjin_analysis.tables import labels

# Figures that no native chart can draw, and the name of their sheet.
FIGURES = {"03_types": ("图 类型", "Figure types"), "05_histories": ("图 历年", "Figure years")}
EVERYTHING = Scope()
FILLED = "file_stands_there"  # another workbook in the place of one may be a filled copy


def write_report(
    tables: Tables,
    path: Path,
    *,
    profile: Profile = "office",
    lang: str = "zh",
    scope: Scope = EVERYTHING,
    entries: pd.DataFrame | None = None,
) -> Path:
    """Write the workbook of the report or of a part of it; return its path.

    Parameters
    ----------
    tables
        The tables of ``load_tables()``. Commitments may carry ``quote``; the workbook then shows it.
    path
        Where to.
    profile, lang
        ``office`` or ``accessible``; ``zh`` or ``en``.
    scope
        A part of the report, all of it by default.
    entries
        Rows of ``load_progress()``, shown in the task table; none by default.

    Raises
    ------
    DataError
        If the part has no commitment, another file stands there, or the place cannot be written.
    """
    data = report_bytes(tables, profile=profile, lang=lang, scope=scope, entries=entries)
    return write_all({path: data}, FILLED)[0]


def report_bytes(
    tables: Tables,
    *,
    profile: Profile = "office",
    lang: str = "zh",
    scope: Scope = EVERYTHING,
    entries: pd.DataFrame | None = None,
) -> bytes:
    """Return the workbook that ``write_report`` writes; the parameters are its own.

    Raises
    ------
    DataError
        If the part has no commitment.
    """
    entries = no_progress() if entries is None else entries
    part = in_scope({**tables, "rated": compare.fulfilment()}, scope)
    figures = _figures(tables, lang) if profile == "office" and not scope.column else ()
    sheets = _sheets(part, scope, lang, entries, figures, profile)
    return workbook_bytes(Book(_title(scope, lang), _cover(part, scope, lang), sheets, lang, profile))


def write_tasks(tables: Tables, path: Path, *, lang: str, scope: Scope, entries: pd.DataFrame) -> Path:
    """Write the task table of one unit, or of all, as a workbook to send out; return its path.

    Raises
    ------
    DataError
        If another file stands there, such as a filled copy, or the place cannot be written.
    """
    return write_all({path: _tasks_bytes(tables, lang, scope, entries)}, FILLED)[0]


def _tasks_bytes(tables: Tables, lang: str, scope: Scope, entries: pd.DataFrame) -> bytes:
    part = in_scope(tables, scope)
    sheets = (
        tasks_sheet(part, scope, lang, entries),
        facts.targets_sheet(part, scope, lang),
        facts.continuity_sheet(part, scope, lang),
        facts.sources_sheet(part, lang),
    )
    title = _title(scope, lang, in_language(lang, "任务分解表", "tasks"))
    return workbook_bytes(Book(title, _cover(part, scope, lang), _with_rows(sheets), lang, "office"))


def write_all_tasks(tables: Tables, folder: Path, *, lang: str, entries: pd.DataFrame) -> list[Path]:
    """Write the task table of the whole city and one a lead unit into a folder; return their paths.

    Raises
    ------
    DataError
        If another file stands in the place of one, such as a filled copy, or the folder cannot be written;
        in the first case nothing is written.
    """
    names = labels("lead_unit", lang)
    whole = in_language(lang, "全市", "city")
    parts = {whole: EVERYTHING} | {names[code]: Scope("lead_unit_suggested", code) for code in lead_units(tables)}
    head = in_language(lang, "任务分解表", "tasks")
    files = {
        folder / f"{head}_{name}.xlsx": _tasks_bytes(tables, lang, scope, entries) for name, scope in parts.items()
    }
    return write_all(files, FILLED)


def lead_units(tables: Tables) -> list[str]:
    """Return the codes of the units that lead at least one commitment, in the order of their list."""
    found = set(tables["commitments"]["lead_unit_suggested"].dropna().astype("str"))
    return [code for code in labels("lead_unit") if code in found]


def _sheets(
    part: Tables, scope: Scope, lang: str, entries, figures: tuple[Sheet, ...], profile: Profile
) -> tuple[Sheet, ...]:
    """Return the sheets in order; one without rows is left out."""
    star = "*" if profile == "office" else in_language(lang, " [预计]", " [estimate]")
    made = (
        facts.notes_sheet(lang, star),
        facts.commitments_sheet(part, scope, lang),
        facts.targets_sheet(part, scope, lang),
        facts.years_sheet(part, scope, lang),
        facts.continuity_sheet(part, scope, lang),
        facts.fulfilment_sheet(part, scope, lang, star),
        summary.outcome_sheet(part, scope, lang),
        summary.domains_sheet(part, scope, lang),
        *figures,
        tasks_sheet(part, scope, lang, entries) if profile == "office" else None,
        facts.sources_sheet(part, lang),
        facts.codes_sheet(part, lang),
    )
    return _with_rows(tuple(sheet for sheet in made if sheet is not None))


def _with_rows(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    return tuple(sheet for sheet in sheets if len(sheet.table))


def _figures(tables: Tables, lang: str) -> tuple[Sheet, ...]:
    return tuple(_figure(name, in_language(lang, *both), tables, lang) for name, both in FIGURES.items())


def _figure(name: str, title: str, tables: Tables, lang: str) -> Sheet:
    chart = CHARTS[name]
    table = chart.table(tables)
    caption = chart.caption(table, lang)
    picture = Picture(name, drawn_png(chart.plot(table, lang=lang), caption), f"{caption.title} {caption.alt}")
    return summary.figure_sheet(f"figure_{name[3:]}", title, caption, picture, lang)


def _title(scope: Scope, lang: str, what: str = "") -> str:
    name = scope.name(lang)
    whole = in_language(lang, "盘锦市 2024 年政府工作报告承诺", "Commitments of the Panjin government work report 2024")
    kind = what or in_language(lang, "汇编", "")
    if lang == "zh":
        return f"{whole}{kind}" + (f"（{name}）" if name else "")
    return ", ".join(part for part in (whole, kind, name) if part)


def _cover(part: Tables, scope: Scope, lang: str) -> tuple[tuple[str, str], ...]:
    package = read_package(data_dir())
    commitments, targets = len(part["commitments"]), len(part["targets"])
    version = f"{package['version']} ({package['created'][:10]})"
    if lang == "zh":
        return (
            ("内容", f"{commitments} 项承诺，{targets} 个量化目标，由节选逐句编码而成"),
            ("范围", scope.says(lang) + "。第一至六部分、回顾部分未持有，不在此列"),
            ("对照", "2014、2016、2020–2023、2025 年报告全文；2015、2017–2019 年报告未持有"),
            ("来源", "盘锦市 2024 年政府工作报告（节选）。节选未写报告日期和会次。其余见“资料来源”"),
            ("名称", "事项名称为我们自己的概括，不是报告原句"),
            ("牵头单位", "按职能的建议，报告未写明"),
            ("数据版本", version),
            ("制作", "panjin_analysis"),
        )
    return (
        ("Content", f"{commitments} commitments, {targets} targets, coded clause by clause from the excerpt"),
        ("Scope", scope.says(lang) + "; sections 1 to 6 and the review part are not held"),
        ("Beside it", "full reports of 2014, 2016, 2020 to 2023 and 2025; those of 2015 and 2017 to 2019 are not held"),
        (
            "Source",
            "Panjin government work report 2024, excerpt; it says neither its date nor its session. See Sources",
        ),
        ("Labels", "our own words, not those of the report"),
        ("Lead units", "our suggestion by function; the report names none"),
        ("Data version", version),
        ("Made by", "panjin_analysis"),
    )
