"""What units report within the year: a table of the user's own that is only ever added to.

It lies in the user's folder, is checked by the codebook like any other, and is no part
of the bundled facts: what a unit says of itself is not what a report says.
"""

import os
import re
from pathlib import Path

import pandas as pd
import platformdirs

from panjin_analysis.errors import DataError, say, ui_language
from panjin_analysis.files import alone, csv_text, write_whole
from panjin_analysis.load import load_tables, load_user_table, load_vocabulary
from panjin_analysis.rules import PRO_RATA, rate_number, rate_progress
from panjin_analysis.tables import labels

Tables = dict[str, pd.DataFrame]
FIELDS = (
    *("responsible_units", "quarter_marks", "reached", "progress_text", "status", "done_on", "problems", "next_steps"),
)


def progress_file() -> Path:
    """Return where the user's progress table is or will be: ``PANJIN_PROGRESS``, or the user's own folder.

    Examples
    --------
    >>> progress_file().suffix
    '.csv'
    """
    if os.environ.get("PANJIN_PROGRESS"):
        return Path(os.environ["PANJIN_PROGRESS"])
    return platformdirs.user_data_path("panjin_analysis", appauthor=False) / "progress.csv"


def load_progress(path: Path | str | None = None) -> pd.DataFrame:
    """Load what units have reported, or an empty table where nothing was yet.

    Parameters
    ----------
    path
        The user's file; the one of ``progress_file()`` by default.

    Returns
    -------
    pandas.DataFrame
        One row a filled cell, in the order of reporting; columns as in ``codebook("progress")``.

    Raises
    ------
    DataError
        If the file breaks the codebook.

    Examples
    --------
    >>> load_progress("no/such/file.csv").empty
    True
    """
    return load_user_table("progress", progress_file() if path is None else path)


def no_progress() -> pd.DataFrame:
    """Return a progress table without rows: nobody has reported anything.

    Examples
    --------
    >>> len(no_progress())
    0
    """
    return load_user_table("progress", None)


def append_progress(entries: pd.DataFrame, path: Path) -> Path:
    """Add entries to the user's file; what stands there already is kept, byte for byte.

    Parameters
    ----------
    entries
        New rows, with ``entry_no`` running on from the last one of the file.
    path
        The user's file; made where there is none.

    Raises
    ------
    DataError
        If the file has grown since, or cannot be written; it is then as it was.
    """
    path = path.resolve()  # the file itself, not a link to it
    with alone(path):
        before = path.read_bytes() if path.exists() else b""
        known = load_progress(path)
        if len(entries) and entries["entry_no"].iloc[0] != len(known) + 1:
            raise DataError("table_grew", where=path, expected=int(entries["entry_no"].iloc[0]) - 1, found=len(known))
        header = [] if before else [list(known.columns)]
        gap = b"\n" if before and not before.endswith(b"\n") else b""
        rows = [
            ["" if pd.isna(cell) else _written(cell) for cell in row]
            for row in entries[known.columns].itertuples(index=False)
        ]
        return write_whole(path, before + gap + csv_text([*header, *rows]).encode())


def _written(cell: object) -> str:
    return cell.date().isoformat() if isinstance(cell, pd.Timestamp) else str(cell)


def latest(entries: pd.DataFrame, as_of: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return the last entry of every cell that was known on a day.

    The later day wins, and within a day the later entry; nothing is joined or averaged.

    Parameters
    ----------
    entries
        Rows of ``load_progress()``.
    as_of
        Entries of later days do not count; all count by default.

    Returns
    -------
    pandas.DataFrame
        One row per ``commitment_id`` and ``field``, with the columns of ``entries``.

    Examples
    --------
    >>> latest(no_progress()).empty
    True
    """
    known = entries if as_of is None else entries[entries["as_of"] <= as_of]
    ordered = known.sort_values(["as_of", "entry_no"], kind="stable")
    return ordered.drop_duplicates(["commitment_id", "field"], keep="last").sort_values("entry_no", kind="stable")


def progress(
    as_of: str | pd.Timestamp, entries: pd.DataFrame | None = None, tables: Tables | None = None
) -> pd.DataFrame:
    """Say how each commitment stands on a day, by what units have reported.

    A count is set against the months that had passed on the day it was reported (R5), which
    holds for sums over the year alone, and no longer once the year is over; a share or a level is
    never called half done. From
    the due day on the number itself is rated. What nobody reported is a gap, not a failure.

    Parameters
    ----------
    as_of
        Entries of later days do not count.
    entries
        Rows of ``load_progress()``, the default.
    tables
        ``load_tables()``, the default.

    Returns
    -------
    pandas.DataFrame
        One row a commitment, in their order: labels, ``domain``, ``lead_unit_suggested``, ``target``
        and ``unit``, one column a cell of the task table, ``reached_on``, ``code`` and ``rule_id``
        (missing where no rule holds), ``last_reported`` and ``reporting``.

    Raises
    ------
    DataError
        If the day is none.

    Examples
    --------
    >>> progress("2024-06-30", no_progress())["reporting"].unique().tolist()
    ['never']
    """
    tables = load_tables() if tables is None else tables
    day = require_reach(read_day(as_of, "--as-of"), "--as-of", tables)
    entries = load_progress() if entries is None else entries
    known = latest(entries, day)
    cells = known.pivot(index="commitment_id", columns="field", values="new")
    days = known.pivot(index="commitment_id", columns="field", values="as_of")
    commitments = tables["commitments"]
    out = commitments[["commitment_id", "label_zh", "label_en", "domain", "lead_unit_suggested", "due_on"]].copy()
    ids = out["commitment_id"]
    for name in FIELDS:
        out[name] = ids.map(cells[name]) if name in cells else None
    out["reached"] = pd.to_numeric(out["reached"], errors="raise").astype("Float64")
    out["status"] = out["status"].astype(pd.CategoricalDtype(load_vocabulary("task_status")["code"]))
    out["done_on"] = pd.to_datetime(out["done_on"]).astype("datetime64[us]")
    out["reached_on"] = _days(ids, days.get("reached", {}))
    targets = tables["targets"].drop_duplicates("commitment_id").set_index("commitment_id")
    out["target"], out["unit"] = ids.map(targets["value"]), ids.map(targets["unit"].astype("str"))
    rated = [_rated(row, targets, day) for row in out.itertuples()]
    for place, (name, vocabulary) in enumerate({"code": "fulfilment", "rule_id": "fulfilment_rule"}.items()):
        codes = pd.CategoricalDtype(load_vocabulary(vocabulary)["code"])
        out[name] = pd.Series([pair[place] for pair in rated], index=out.index, dtype=codes)
    out["last_reported"] = _days(ids, entries[entries["as_of"] <= day].groupby("commitment_id")["as_of"].max())
    out["reporting"] = _reporting(out["last_reported"], day)
    return out


def _days(ids: pd.Series, known) -> pd.Series:
    """Return the day of each commitment, missing where there is none, also where there is none at all."""
    return pd.to_datetime(ids.map(dict(known))).astype("datetime64[us]")


def read_day(as_of: object, where: str) -> pd.Timestamp:
    """Return a day from its words, or say that it is none.

    Examples
    --------
    >>> read_day("2024-06-30", "--as-of")
    Timestamp('2024-06-30 00:00:00')
    """
    try:
        if isinstance(as_of, pd.Timestamp):
            return as_of.normalize()
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(as_of)):
            raise ValueError(as_of)
        return pd.to_datetime(str(as_of), format="%Y-%m-%d")
    except ValueError:
        raise DataError("bad_value", where=where, expected="2024-06-30", found=as_of) from None


def years_in_reach(tables: Tables) -> tuple[int, int]:
    """Return the years in which progress may be reported: from the year before the first due day to two after the last.

    Examples
    --------
    >>> years_in_reach(load_tables())
    (2023, 2026)
    """
    due = tables["commitments"]["due_on"].dt.year
    return int(due.min()) - 1, int(due.max()) + 2


def require_reach(day: pd.Timestamp, where: str, tables: Tables) -> pd.Timestamp:
    """Return a day, or stop where it lies so far off that it can only be mistyped.

    Raises
    ------
    DataError
        If the day is out of reach: an entry that is only ever added to could not be taken back.
    """
    first, last = years_in_reach(tables)
    if not first <= day.year <= last:
        raise DataError("bad_value", where=where, expected=f"{first}-01-01 – {last}-12-31", found=f"{day.date()}")
    return day


def months_passed(day: pd.Timestamp) -> int:
    """Return how many months of the year are over at the end of a day.

    Examples
    --------
    >>> months_passed(pd.Timestamp("2024-06-30")), months_passed(pd.Timestamp("2024-06-29"))
    (6, 5)
    """
    return day.month if day.is_month_end else day.month - 1


def _rated(row, targets: pd.DataFrame, day: pd.Timestamp) -> tuple[str | None, str | None]:
    """Rate the number that was last reported, where a rule holds for it."""
    if pd.isna(row.reached) or row.commitment_id not in targets.index:
        return None, None
    target = targets.loc[row.commitment_id]
    value, wanted, kind = float(row.reached), float(target["value"]), str(target["quantity_kind"])
    if min(row.reached_on, day) >= target["period_end"]:
        upper = None if pd.isna(target["value_max"]) else float(target["value_max"])
        limit, direction = str(target["comparator"]), str(target["desired_direction"])
        return rate_number(value, wanted, comparator=limit, direction=direction, kind=kind, upper=upper)
    if day >= target["period_end"]:  # the year is over, and this number is older than its end
        return None, None
    months = months_passed(row.reached_on)
    in_year = row.reached_on.year == target["period_end"].year
    if kind not in PRO_RATA or str(target["desired_direction"]) != "up" or not months or not in_year:
        return None, None
    return rate_progress(value, wanted, months, kind=kind)


def _reporting(last: pd.Series, day: pd.Timestamp) -> pd.Series:
    """Say of each commitment whether anything was reported in the month of a day."""
    codes = pd.Series("reported", index=last.index).where(last >= day.replace(day=1), "not_this_month")
    codes = codes.where(last.notna(), "never")
    return codes.astype(pd.CategoricalDtype(load_vocabulary("reporting")["code"]))


def rate_with_progress(rated: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Put the ratings of what units reported where no report has said anything yet.

    Parameters
    ----------
    rated
        Rows of ``fulfilment()`` on the same day.
    now
        Rows of ``progress()`` on that day.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order; ``code`` and ``rule_id`` changed where ``rated`` says
        ``not_due`` or ``no_evidence`` and a rule holds for the reported number.
    """
    own = now.set_index("commitment_id")
    codes, rules = (rated["commitment_id"].map(own[name].astype("str")) for name in ("code", "rule_id"))
    is_silent = rated["code"].isin(["not_due", "no_evidence"]) & codes.notna()
    return rated.assign(
        code=rated["code"].mask(is_silent, codes).astype(rated["code"].dtype),
        rule_id=rated["rule_id"].mask(is_silent, rules).astype(rated["rule_id"].dtype),
    )


def describe(now: pd.DataFrame, day: str) -> list[str]:
    """Return how many stand how on a day, in lines to print."""
    codes = now["code"].astype("str").value_counts()
    names = labels("fulfilment", ui_language())
    parts = [f"{name} {codes[code]}" for code, name in names.items() if code in codes.index]
    gaps = now["reporting"].value_counts()
    missing = int(len(now) - gaps.get("reported", 0))
    lines = [
        say(f"截至 {day}：", f"As of {day}: ")
        + (say("，", ", ").join(parts) or say("没有可按规则评定的数", "no number that a rule holds for"))
    ]
    return [*lines, say(f"本月未见填报 {missing} 项，其中从未填报 {gaps.get('never', 0)} 项", f"not reported this month: {missing}, of which never: {gaps.get('never', 0)}")]  # fmt: skip
