"""Filled task tables, read back: what each copy says, where copies disagree, and what is new.

A copy is known by its mark, a row by its id and a column by its header, so rows may be
sorted, columns moved and sheets renamed. An empty cell says nothing. Nothing is guessed:
one cell that cannot be read refuses the whole run, and what two copies say differently
is shown and not recorded.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from panjin_analysis.errors import DataError, say, ui_language
from panjin_analysis.excel import plain
from panjin_analysis.excel.layout import shown
from panjin_analysis.load import load_tables, load_vocabulary
from panjin_analysis.office import Mark, fingerprint, in_scope, read_mark, task_table
from panjin_analysis.office.tasks import KINDS, VERSION, columns
from panjin_analysis.progress import (
    FIELDS,
    append_progress,
    latest,
    load_progress,
    read_day,
    require_reach,
    years_in_reach,
)
from panjin_analysis.reading import Cell, OpenBook, open_workbook
from panjin_analysis.tables import labels

Tables = dict[str, pd.DataFrame]
Place = tuple[str, str]  # commitment and field
Key = tuple[str, str, pd.Timestamp]  # commitment, field and the day it is said of
MARK_ROWS = 40  # rows at the top of a sheet in which a mark is looked for


@dataclass(frozen=True)
class Copy:
    """What one filled copy says, and what was found wrong with it."""

    path: Path
    as_of: pd.Timestamp
    basis: str
    said: dict[Place, str] = field(default_factory=dict)
    problems: list[DataError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Conflict:
    """One cell that is said differently: each value with the file that says it."""

    commitment_id: str
    field: str
    said: tuple[tuple[str, str], ...]  # file and value


@dataclass(frozen=True)
class Reconciled:
    """What a run found: entries to record, conflicts, problems, notes, and how much was known already."""

    entries: pd.DataFrame
    conflicts: list[Conflict]
    problems: list[DataError]
    notes: list[str]
    known: int


def reconcile(paths: list[Path], progress_path: Path, as_of: str | None = None) -> Reconciled:
    """Read filled copies and set them against each other and against what was reported before.

    Nothing is written; see ``record``.

    Parameters
    ----------
    paths
        Filled workbooks of ``panjin tasks``, from whatever program.
    progress_path
        The user's progress table; it need not exist yet.
    as_of
        The day that the copies speak of; by default each file's own “last modified”.

    Returns
    -------
    Reconciled
        ``entries`` are rows of the progress table that are not in it yet.

    Raises
    ------
    DataError
        If the one file is no task table of today's facts, or has no date and none is given.
        Of several files this is a problem like any other, so that one bad file hides no other.
    """
    known, tables = load_progress(progress_path), load_tables()
    copies, unread = [], []
    for path in paths:
        try:
            copies.append(_read_copy(path, tables, known, as_of))
        except DataError as error:
            if len(paths) == 1:
                raise
            unread.append(error)
    said = _by_cell(copies)
    conflicts = {**_between_copies(said), **_with_known(said, known)}
    rows, same = _new_rows({key: ways for key, ways in said.items() if key not in conflicts}, known)
    entries = pd.DataFrame(rows, columns=[*known.columns])
    problems = [*unread, *(problem for copy in copies for problem in copy.problems)]
    notes = [note for copy in copies for note in copy.notes]
    return Reconciled(entries, list(conflicts.values()), problems, notes, same)


def record(found: Reconciled, progress_path: Path) -> int:
    """Add what is new to the user's progress table; return how many entries were added.

    Raises
    ------
    DataError
        If there was a problem in any copy: nothing is written then.
    """
    if found.problems:
        raise DataError("refused", where="panjin reconcile", found=len(found.problems))
    if len(found.entries):
        append_progress(found.entries, progress_path)
    return len(found.entries)


def lines(found: Reconciled) -> list[str]:
    """Return what a run found, in lines to print: changes, conflicts, notes, problems."""
    names, statuses = labels("task_field", ui_language()), labels("task_status", ui_language())

    def words(field_: str, value: object) -> str:
        return "–" if pd.isna(value) else statuses.get(str(value), str(value)) if field_ == "status" else str(value)

    out = [
        f"{row.commitment_id} {names[row.field]} ({row.as_of:%Y-%m-%d}, {row.filled_file}): "
        f"{words(row.field, row.old)} → {words(row.field, row.new)}"
        for row in found.entries.itertuples()
    ]
    for one in found.conflicts:
        ways = say("；", "; ").join(f"{file}: {words(one.field, value)}" for file, value in one.said)
        out.append(
            say("冲突，未记入：", "conflict, not recorded: ") + f"{one.commitment_id} {names[one.field]} | {ways}"
        )
    out += [say("注意：", "note: ") + note for note in found.notes]
    out += [say("问题：", "problem: ") + str(problem) for problem in found.problems]
    return [
        *out,
        say(
            f"新 {len(found.entries)} 格，冲突 {len(found.conflicts)} 格，已在表中 {found.known} 格，问题 {len(found.problems)} 处",
            f"new {len(found.entries)}, conflicts {len(found.conflicts)}, already recorded {found.known}, problems {len(found.problems)}",
        ),
    ]


def _read_copy(path: Path, tables: Tables, known: pd.DataFrame, as_of: str | None) -> Copy:
    with open_workbook(path) as book:
        day, basis = _day(book, as_of, tables)
        sheet, mark = _marked_sheet(book)
        expected = _expected(path, mark, tables, known)
        copy = Copy(path, day, basis)
        with closing(book.rows(sheet)) as rows:
            places = _header(f"{path} {sheet}", rows, mark.lang, copy)
            _Reader(copy, f"{path} {sheet}", places, expected, tables, mark.lang).read(rows)
    return copy


def _day(book: OpenBook, as_of: str | None, tables: Tables) -> tuple[pd.Timestamp, str]:
    if as_of is not None:
        return require_reach(read_day(as_of, "--as-of"), "--as-of", tables), "given"
    if book.modified is None:
        raise DataError("missing_argument", where=f"panjin reconcile {book.path}", expected="--as-of")
    return require_reach(pd.Timestamp(book.modified.date()), str(book.path), tables), "file_property"


def _marked_sheet(book: OpenBook) -> tuple[str, Mark]:
    """Return the one sheet that carries a mark, and the mark."""
    found = []
    for name in book.sheets:
        with closing(book.rows(name)) as rows:
            top = [cell.value for row in islice(rows, MARK_ROWS) for cell in row]
        marks = [read_mark(value) for value in top if isinstance(value, str)]
        found += [(name, mark) for mark in marks if mark]
    if len(found) == 1:
        return found[0]
    expected = say("恰好一处版本标记 panjin-tasks", "exactly one mark panjin-tasks")
    raise DataError("no_task_table", where=book.path, expected=expected)


def _expected(path: Path, mark: Mark, tables: Tables, known: pd.DataFrame) -> pd.DataFrame:
    """Return the task table as it was issued; stop if it was issued from other facts than today's."""
    table = task_table(in_scope(tables, mark.scope), mark.lang, known.head(mark.entries))
    facts = fingerprint(table)
    if mark.version != VERSION or mark.facts != facts or mark.entries > len(known):
        today = f"panjin-tasks {VERSION} | facts {facts}"
        raise DataError("other_version", where=path, expected=today, found=mark)
    return table.set_index("commitment_id", drop=False)


def _header(where: str, rows: Iterator[list[Cell]], lang: str, copy: Copy) -> dict[int, str]:
    """Read on to the header; return the column of the task table at each place."""
    names = {title: name for name, title in columns(lang).items()}
    id_title = columns(lang)["commitment_id"]
    for row in rows:
        titles = {cell.column: cell.value.strip() for cell in row if isinstance(cell.value, str)}
        if id_title not in titles.values() or len(set(titles.values()) & set(names)) < len(names) // 2:
            continue
        places = {place: names[title] for place, title in titles.items() if title in names}
        for name, title in columns(lang).items():
            if list(places.values()).count(name) != 1:
                raise DataError(
                    "no_task_table", where=where, expected=say(f"列“{title}”（一次）", f"the column “{title}” once")
                )
        own = [title for title in titles.values() if title not in names]
        if own:
            listed = ", ".join(own)
            copy.notes.append(
                say(f"{where}：自加的列未读入：{listed}", f"{where}: columns of your own were not read: {listed}")
            )
        return places
    raise DataError("no_task_table", where=where, expected=say(f"列“{id_title}”", f"the column “{id_title}”"))


class _Reader:
    """Reads the body of one copy, row by row, into what it says and what is wrong."""

    def __init__(
        self, copy: Copy, where: str, places: dict[int, str], expected: pd.DataFrame, tables: Tables, lang: str
    ):
        self.copy, self.where, self.places, self.expected = copy, where, places, expected
        self.titles = columns(lang)
        targets = tables["targets"].drop_duplicates("commitment_id")
        self.units = dict(zip(targets["commitment_id"], targets["unit"].astype(str), strict=True))
        self.shares = set(targets.loc[targets["quantity_kind"] == "share", "commitment_id"])
        self.years = years_in_reach(tables)
        self.statuses = {label: code for one in ("zh", "en") for code, label in labels("task_status", one).items()}
        self.lines: dict[str, int] = {}  # where each id was met

    def read(self, rows: Iterator[list[Cell]]) -> None:
        """Read every row, then say which are gone."""
        for row in rows:
            cells = {self.places[cell.column]: cell for cell in row if cell.column in self.places}
            if cells:
                self._read_row(cells)
        gone = [name for name in self.expected.index if name not in self.lines]
        if gone:
            listed = ", ".join(gone)
            note = say(
                f"{self.where}：缺 {len(gone)} 行，视为未填：{listed}",
                f"{self.where}: {len(gone)} rows are gone and say nothing: {listed}",
            )
            self.copy.notes.append(note)

    def _read_row(self, cells: dict[str, Cell]) -> None:
        number = next(iter(cells.values())).row
        line = f"{self.where} {say(f'第 {number} 行', f'row {number}')}"
        found = cells["commitment_id"].value if "commitment_id" in cells else ""
        name = found.strip() if isinstance(found, str) else found
        if name not in self.expected.index:
            self._problem("unknown_id", line, expected=self.expected.index[0], found=name)
        elif name in self.lines:
            self._problem("duplicate", line, expected=self.lines[name], found=name)
        else:
            self.lines[name] = number
            for column in self.titles:
                self._read_cell(name, column, cells.get(column))

    def _read_cell(self, name: str, column: str, cell: Cell | None) -> None:
        issued = plain(self.expected.loc[name, column])
        if column == "share":  # a formula of ours
            return
        if column not in FIELDS or issued is not None:
            self._check_locked(name, column, cell, issued)
        elif cell is not None:
            said = self._entry(name, column, cell)
            if said is not None:
                self.copy.said[name, column] = said

    def _check_locked(self, name: str, column: str, cell: Cell | None, issued: object) -> None:
        value = cell.value if cell else None
        value = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        issued = float(issued) if isinstance(issued, int) else issued
        if shown(value).strip() != shown(issued).strip():
            self._problem("locked_cell", self._place(name, column, cell), expected=shown(issued), found=shown(value))

    def _entry(self, name: str, column: str, cell: Cell) -> str | None:
        """Return what a cell says as the progress table keeps it, or None after noting what is wrong."""
        kind = KINDS.get(column, "text")
        try:
            if cell.is_formula:
                raise ValueError(say("直接填的内容，不是公式", "what you type, not a formula"))
            if kind == "number":
                return _number(cell, self.units[name], is_share=name in self.shares)
            if kind == "date":
                return _date(cell.value, self.years)
            return self._status(cell.value) if kind == "list" else _text(cell)
        except ValueError as error:
            self._problem("bad_entry", self._place(name, column, cell), expected=error, found=_seen(cell))
            return None

    def _status(self, value: object) -> str:
        if isinstance(value, str) and value.strip() in self.statuses:
            return self.statuses[value.strip()]
        raise ValueError(
            say("列表中的一项：", "one of ")
            + say("、", ", ").join(load_vocabulary("task_status")[f"label_{ui_language()}"])
        )

    def _place(self, name: str, column: str, cell: Cell | None) -> str:
        at = f" {cell.name}" if cell else ""
        return f"{self.where}{at}, {name} {self.titles[column]}"

    def _problem(self, kind: str, where: str, *, expected: object, found: object) -> None:
        self.copy.problems.append(DataError(kind, where=where, expected=expected, found=found))


def _number(cell: Cell, unit: str, *, is_share: bool) -> str:
    value = cell.value
    if unit == "%" and (cell.is_percent or (isinstance(value, int | float) and 0 < value <= 1)):
        raise ValueError(
            say(
                "百分数写成 90 这样的数（不带 %，不写 0.9）", "percent as a number such as 90, without % and not as 0.9"
            )
        )
    if isinstance(value, bool) or not isinstance(value, int | float) or cell.is_percent:
        raise ValueError(say("数字（不带单位和 %）", "a number, without unit or %"))
    if is_share and value > 100:
        raise ValueError(say("不超过 100 的百分数", "a percentage of at most 100"))
    if not 0 <= value <= 1e12:
        raise ValueError(say("0 以上的数", "a number of 0 or more"))
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _date(value: object, years: tuple[int, int]) -> str:
    if isinstance(value, datetime | date) and years[0] <= value.year <= years[1]:
        return f"{value:%Y-%m-%d}"
    if isinstance(value, datetime | date):
        raise ValueError(say(f"{years[0]} 至 {years[1]} 年间的日期", f"a day from {years[0]} to {years[1]}"))
    raise ValueError(
        say("日期格式的日期（不是文字），如 2024-06-30", "a day in date format, not text, such as 2024-06-30")
    )


def _text(cell: Cell) -> str:
    value: Any = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if cell.is_percent:
        return f"{value * 100:g}%"
    return str(value)


def _seen(cell: Cell) -> str:
    if cell.is_percent:
        return f"{cell.value * 100:g}%"
    return shown(cell.value)


def _by_cell(copies: list[Copy]) -> dict[Key, list[tuple[str, Copy]]]:
    said: dict[Key, list[tuple[str, Copy]]] = {}
    for copy in sorted(copies, key=lambda one: str(one.path)):
        for key, value in copy.said.items():
            said.setdefault((*key, copy.as_of), []).append((value, copy))
    return said


def _between_copies(said: dict[Key, list[tuple[str, Copy]]]) -> dict[Key, Conflict]:
    """Return the cells that copies of this run say differently for the same day."""
    return {
        key: Conflict(*key[:2], tuple((str(copy.path), value) for value, copy in ways))
        for key, ways in said.items()
        if len({value for value, _ in ways}) > 1
    }


def _with_known(said: dict[Key, list[tuple[str, Copy]]], known: pd.DataFrame) -> dict[Key, Conflict]:
    """Return the cells that another file has reported differently for the same day."""
    out = {}
    earlier = dict(list(known.groupby(["commitment_id", "field", "as_of"], observed=True)))
    for key, ways in said.items():
        value, copy = ways[0]
        rows = earlier.get(key)
        if rows is None or len({one for one, _ in ways}) > 1:
            continue
        last = rows.iloc[-1]
        if last["new"] != value and last["filled_file"] != copy.path.name:
            before = (str(last["filled_file"]), str(last["new"]))
            out[key] = Conflict(*key[:2], (before, (str(copy.path), value)))
    return out


def _new_rows(said: dict[Key, list[tuple[str, Copy]]], known: pd.DataFrame) -> tuple[list[dict[str, object]], int]:
    """Return rows for what is not the last word on its cell and day yet, and how many cells are; earlier days first."""
    first = len(known)
    rows: list[dict[str, object]] = []
    same = 0
    for day in sorted({key[2] for key in said}):
        last = _last_words(known[known["as_of"] == day])
        before = _last_words(latest(known, day))
        added: list[dict[str, object]] = []
        for key in sorted((key for key in said if key[2] == day), key=lambda one: (one[0], FIELDS.index(one[1]))):
            value, copy = said[key][0]
            if last.get(key[:2]) == value:
                same += 1
                continue
            added.append(
                {
                    "entry_no": first + len(rows) + len(added) + 1, "commitment_id": key[0], "field": key[1],
                    "as_of": day, "as_of_basis": copy.basis, "filled_file": copy.path.name,
                    "old": before.get(key[:2]), "new": value,
                }
            )  # fmt: skip
        if added:
            known = pd.concat([known, pd.DataFrame(added).astype(known.dtypes.to_dict())], ignore_index=True)
        rows += added
    return rows, same


def _last_words(entries: pd.DataFrame) -> dict[Place, str]:
    """Return what was said last of each cell."""
    return dict(zip(zip(entries["commitment_id"], entries["field"], strict=True), entries["new"], strict=True))
