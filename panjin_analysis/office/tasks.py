"""The task table 任务分解表: what a unit fills in, beside what it is measured against.

Every row carries its id, and the sheet a mark that says from which facts it was made;
``panjin reconcile`` knows a filled copy by them, whatever became of rows and columns.
"""

import hashlib
import re
from dataclasses import dataclass

import pandas as pd

from panjin_analysis import compare
from panjin_analysis.compare.continuity import CODED_YEAR
from panjin_analysis.excel import Input, Link, Sheet, in_language, plain
from panjin_analysis.office.facts import years_source
from panjin_analysis.office.scope import Scope, Tables
from panjin_analysis.progress import FIELDS, latest
from panjin_analysis.tables import labels, shown_number

VERSION = 1
KINDS = {"reached": "number", "status": "list", "done_on": "date"}  # the other fields are text
_MARK = re.compile(r"panjin-tasks (\d+) \| facts ([0-9a-f]{10}) \| scope (\S+) \| entries (\d+) \| (zh|en)")


@dataclass(frozen=True)
class Mark:
    """What a task table was made from: version, facts, part of the report, progress known, language."""

    version: int
    facts: str
    scope: Scope
    entries: int
    lang: str

    def __str__(self) -> str:
        """Write it as ``read_mark`` reads it."""
        scope = f"{self.scope.column}={self.scope.code}" if self.scope.column else "all"
        facts = f"panjin-tasks {self.version} | facts {self.facts} | scope {scope} | entries {self.entries}"
        return f"{facts} | {self.lang}"


def read_mark(text: str) -> Mark | None:
    """Return the mark in a cell, or None where it is none.

    Examples
    --------
    >>> read_mark("panjin-tasks 1 | facts 0123456789 | scope all | entries 0 | zh").scope
    Scope(column='', code='')
    """
    found = _MARK.search(text)
    column, _, code = found[3].partition("=") if found else ("", "", "")
    if not found or (code and column not in {"domain", "lead_unit_suggested"}):
        return None
    scope = Scope(column, code) if code else Scope()
    return Mark(int(found[1]), found[2], scope, int(found[4]), found[5])


def tasks_sheet(tables: Tables, scope: Scope, lang: str, entries: pd.DataFrame) -> Sheet:
    """Return the task table of a part of the report.

    Parameters
    ----------
    tables
        The tables of ``in_scope``.
    entries
        Rows of ``load_progress()``: the last of each task is shown beside the cells to fill,
        which are always empty, so that what stands in them was said anew.
    """
    table = task_table(tables, lang, entries)
    numbered = frozenset(number for number, value in enumerate(table["target_value"]) if pd.notna(value))
    mark = Mark(VERSION, fingerprint(table), scope, len(entries), lang)
    names = labels("task_field", lang)
    open_columns = in_language(lang, "、", ", ").join(names.values())
    return Sheet(
        key="tasks",
        name=in_language(lang, "任务分解表", "Tasks"),
        title=in_language(lang, f"任务分解表（{len(table)} 项）", f"Tasks ({len(table)})"),
        source=years_source(lang),
        scope=scope.says(lang),
        units=in_language(lang, "累计完成数的单位同目标值；百分比写 90，不写 0.9", "the number reached is in the target's unit; percent as 90, not 0.9"),
        notes=(
            in_language(
                lang,
                f"只填浅黄底的栏：{open_columns}。其余各栏锁定。不要改动承诺编号和版本标记。可以筛选、调列宽；要排序，先撤销保护（审阅 > 撤销工作表保护，没有密码），收回时照样核对锁定的格子。牵头单位为按职能的建议。",
                f"Fill the pale yellow columns only: {open_columns}. The rest is locked. Leave ids and mark as they are; filter and widen at will. To sort, take the protection off first (Review > Unprotect Sheet, no password); locked cells are checked anyway when the table comes back. Lead units are our suggestion.",
            ),
        ),
        mark=str(mark),
        table=table,
        shown=tuple(columns(lang)),
        headers=columns(lang),
        widths=_widths(lang),
        formulas={"share": _share_formula},
        bars=("share",),
        inputs={name: _input(name, lang, numbered) for name in FIELDS},
        links={"target": Link("targets", "commitment_id", "commitment_id"),
               "commitment_id": Link("continuity", "commitment_id", "commitment_id")},
        looks={"status": _status_looks(lang)},
        printed=14,
    )  # fmt: skip


def columns(lang: str) -> dict[str, str]:
    """Return the columns of the task table and their headers, in order.

    Examples
    --------
    >>> list(columns("zh").values())[:4]
    ['序号', '工作任务', '上年对应', '目标值']
    """
    own = {
        "order_no": ("序号", "No."), "label": ("工作任务", "Task"), "last_year": ("上年对应", "Last year's line"),
        "target": ("目标值", "Target"), "lead_unit": ("牵头单位", "Lead unit"), "responsible_units": None, "due_on": ("完成时限", "Due on"),
        "quarter_marks": None, "reached": None, "share": ("完成比例", "Share done"), "progress_text": None, "status": None,
        "problems": None, "next_steps": None, "done_on": None, "last_report": ("上次填报", "Last report"),
        "commitment_id": ("承诺编号", "Id"),
    }  # fmt: skip
    fields = labels("task_field", lang)
    return {name: in_language(lang, *both) if both else fields[name] for name, both in own.items()}


def task_table(tables: Tables, lang: str, entries: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the task table, the cells to fill empty.

    Returns
    -------
    pandas.DataFrame
        One row a commitment, in their order: the columns of ``columns()``, and ``target_value``,
        the number that the share done is taken of (missing where there is none, or it is zero).
    """
    commitments = tables["commitments"]
    ids = commitments["commitment_id"]
    targets = tables["targets"].drop_duplicates("commitment_id").set_index("commitment_id")
    units = labels("lead_unit", lang)
    out = pd.DataFrame(
        {
            "order_no": range(1, len(commitments) + 1),
            "label": commitments[f"label_{lang}"],
            "last_year": ids.map(_last_year(lang)),
            "target": ids.map({row.Index: _target_words(row, lang) for row in targets.itertuples()}),
            "lead_unit": commitments["lead_unit_suggested"].astype("str").map(units),
            "due_on": commitments["due_on"],
            "share": None,
            "last_report": ids.map(_last_reports(entries, lang)),
            "commitment_id": ids,
            "target_value": ids.map(targets["value"]),
        }
    )
    for name in FIELDS:
        out[name] = None
    out.loc[out["target_value"].notna(), "share"] = ""
    out.loc[out["target_value"] == 0, "share"] = None
    out["reached"] = (
        out["reached"].astype(object).where(out["target_value"].notna(), in_language(lang, "不适用", "n/a"))
    )
    return out


def fingerprint(table: pd.DataFrame) -> str:
    """Return a short hash of all that a unit may not change."""
    locked = table.drop(columns=[*FIELDS, "share"])
    return hashlib.sha256(repr(locked_cells(locked)).encode()).hexdigest()[:10]


def locked_cells(table: pd.DataFrame) -> list[list[object]]:
    """Return cells as a reader of the file gives them back, row by row."""
    return [[plain(value) for value in row] for row in table.itertuples(index=False)]


def _input(name: str, lang: str, numbered: frozenset[int]) -> Input:
    prompts = {
        "zh": {"number": "年初至今累计数，单位同目标值；百分比写 90，不写 0.9。", "list": "从列表中选一个。", "date": "日期，如 2024-06-30。", "text": "文字。"},
        "en": {"number": "The number reached since January, in the target's unit; percent as 90, not 0.9.", "list": "Choose one of the list.",
               "date": "A date such as 2024-06-30.", "text": "Text."},
    }  # fmt: skip
    kind = KINDS.get(name, "text")
    choices = tuple(labels("task_status", lang).values()) if kind == "list" else ()
    return Input(kind, prompts[lang][kind], choices, numbered if name == "reached" else None)


def _status_looks(lang: str) -> dict[str, str]:
    colours = {
        "done": "#CFE3F1",
        "ahead": "#D9EFEC",
        "on_schedule": "#D9EFEC",
        "behind": "#FBE3D3",
        "not_done": "#F4C3A4",
    }
    names = labels("task_status", lang)
    return {names[code]: colour for code, colour in colours.items()}


def _widths(lang: str) -> dict[str, int]:
    return {
        "order_no": 6, "label": 24, "last_year": 26, "target": 11, "lead_unit": 13, "responsible_units": 13, "due_on": 12,
        "quarter_marks": 15, "reached": 10, "share": 9, "progress_text": 24, "status": 11, "problems": 18, "next_steps": 18,
        "done_on": 12, "last_report": 30, "commitment_id": 15,
    }  # fmt: skip


def _share_formula(layouts, row: int) -> str:
    layout = layouts["tasks"]
    target = layout.sheet.table["target_value"].iloc[row - 1 - layout.first]
    reached = f"{layout.letter('reached')}{row}"
    return f'=IF({reached}="","",{reached}/{target:g})'


def _last_year(lang: str) -> dict[str, str]:
    """Return what the plan of the year before says of each commitment, and what changed."""
    before = compare.continuity(CODED_YEAR - 1, CODED_YEAR)
    observed = compare.observed_words(lang)
    names = labels("continuity", lang)
    out = {}
    for row in before.dropna(subset="code").itertuples():
        said = observed.get(row.observation_id)
        change = names[row.code]
        out[row.commitment_id] = in_language(lang, f"{said}（{change}）", f"{said} ({change})") if said else change
    return out


def _target_words(target, lang: str) -> str:
    """Return a target as an office writes it: limit, number and unit.

    Examples
    --------
    >>> from collections import namedtuple
    >>> row = namedtuple("Row", "value comparator unit")(7.0, "ge", "project")
    >>> _target_words(row, "en")
    'At least 7 projects'
    """
    limit = "" if target.comparator == "eq" else labels("comparator", lang)[target.comparator]
    unit = labels("unit", lang)[target.unit].split("（")[0]
    number = shown_number(float(target.value))
    if lang == "zh":
        return f"{limit}{' ' if limit else ''}{number}{'' if unit == '%' else ' '}{unit}"
    return f"{limit} {number} {unit}".strip()


def _last_reports(entries: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return what was last reported of each task: the day, then the words of every cell."""
    known = latest(entries)
    status, fields = labels("task_status", lang), labels("task_field", lang)
    out = {}
    for commitment_id, rows in known.groupby("commitment_id", sort=False):
        said = [(row.field, status[row.new] if row.field == "status" else row.new) for row in rows.itertuples()]
        parts = [f"{fields[field]}{in_language(lang, '：', ': ')}{words}" for field, words in said]
        out[str(commitment_id)] = f"{rows['as_of'].max():%Y-%m-%d} " + in_language(lang, "；", "; ").join(parts)
    return out
