"""What a person confirmed, in a data package of the user's own: read, checked, added to, never overwritten."""

import functools
import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import platformdirs

from panjin_analysis.errors import DataError, say
from panjin_analysis.files import alone, csv_text, write_whole
from panjin_analysis.load import load_table
from panjin_analysis.load.own import candidate_marks, is_own_package, own_tables, package_descriptor, read_own_tables
from panjin_analysis.review.cells import Cells, cell_text, code_columns, codes_of, text_rows
from panjin_analysis.review.forms import Form, form_of, read_candidates
from panjin_analysis.review.package import Checked, Package, Row
from panjin_analysis.text import coding
from panjin_analysis.text.documents import span_sha1, text_sha256

LONGEST_COPY = 12  # characters that may not run as in the text
# What a commitment must have before it can be one.
_NEEDED = ("type", "domain", "verb_force", "is_striving", "testable")


class Adopted(NamedTuple):
    """What an adoption added, and what was there before."""

    folder: Path
    added: int
    known: int
    rejected: int
    undecided: int
    corrected: int = 0


def adopted_dir() -> Path:
    """Return the folder that ``panjin adopt`` adds to: ``PANJIN_ADOPTED``, else one of the user's own.

    Examples
    --------
    >>> adopted_dir().name
    'adopted'
    """
    if os.environ.get("PANJIN_ADOPTED"):
        return Path(os.environ["PANJIN_ADOPTED"])
    return platformdirs.user_data_path("panjin_analysis", appauthor=False) / "adopted"


def load_adopted(folder: Path | str | None = None) -> dict[str, pd.DataFrame]:
    """Load what was adopted, checked against today's codebook: the same columns as the tables of the project.

    Parameters
    ----------
    folder
        The data package; by default the one that ``panjin adopt`` adds to.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``reports``, ``segments``, ``commitments``, ``targets``, ``headlines`` and ``decisions``.

    Raises
    ------
    DataError
        If there is none, or it breaks the codebook.

    Examples
    --------
    >>> load_adopted("no/such/folder")
    Traceback (most recent call last):
    ...
    panjin_analysis.errors.DataError: ...
    """
    folder = adopted_dir() if folder is None else Path(folder)
    return read_own_tables(folder)


def decide(
    frame: pd.DataFrame,
    *,
    accept: Iterable[str] = (),
    change: Mapping[str, Mapping[str, Any]] | None = None,
    reject: Iterable[str] = (),
) -> pd.DataFrame:
    """Fill in decisions on candidates, as a reviewer does in the workbook.

    Parameters
    ----------
    frame
        The candidates.
    accept, reject
        Ids of rows.
    change
        For the id of a row, the cells to change.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with those decisions; others stay as they were.

    Raises
    ------
    DataError
        If there is no such row.

    Examples
    --------
    >>> from panjin_analysis.review import candidates, sample_report
    >>> decided = decide(candidates(sample_report()), accept=["K0001"], reject=["K0018"])
    >>> decided["decision"].count()
    np.int64(2)
    """
    out = frame.copy()
    rows = dict(zip(out["candidate_id"], out.index, strict=True))
    wanted: dict[str, dict[str, Any]] = {name: {"decision": "accept"} for name in accept}
    wanted |= {name: {"decision": "reject"} for name in reject}
    wanted |= {name: {"decision": "change", **cells} for name, cells in (change or {}).items()}
    for name, cells in wanted.items():
        if name not in rows:
            raise DataError("unknown_id", where="decide", expected=next(iter(rows), "K0001"), found=name)
        for column, value in cells.items():
            out.loc[rows[name], column] = value
    return out


def adopt(
    source: Path | str | pd.DataFrame,
    to: Path | str | None = None,
    *,
    place: str | None = None,
    as_of: date | None = None,
    text: str | None = None,
    correct: bool = False,
) -> Adopted:
    """Add the accepted rows of a filled file of candidates to a data package of the user's own.

    Only facts go in: codes, offsets, hashes and the reviewer's own labels. Rows without a
    decision wait. All is checked before anything is written; adopting a file again adds nothing.

    Parameters
    ----------
    source
        The filled file: .xlsx, .csv or .parquet; or a frame of candidates, which needs ``as_of``.
    to
        The package's folder; ``adopted_dir()`` by default.
    place
        Code of the place for new ids, such as ``"PJ"``; needed once a report.
    as_of
        When it was decided; by default the day the file was saved.
    text
        The report, to hold offsets and hashes against; without it the quotations are held against the hashes.
    correct
        Take what the file says over what was adopted before. The history keeps both, the
        correction as a new decision with the old and the new values; ids stay as they are.

    Raises
    ------
    DataError
        If the file is not one of candidates, a row breaks the codebook or was changed where it
        must not be, what it says does not agree with what was adopted before, or another
        run is adopting into the folder.
    """
    folder = adopted_dir() if to is None else Path(to)
    if isinstance(source, pd.DataFrame):
        if as_of is None:
            raise DataError("missing_argument", where="adopt", expected="as_of")
        form = form_of(source, as_of)
    else:
        form = read_candidates(source)
    decided = _decided(form)
    if text is not None:
        _check_text(form, text)
    with alone(folder.resolve()):
        before = _stored(folder)
        package = Package(before, form, place, as_of or form.saved_on)
        if correct:
            package.withdraw(row for _, row in decided)
        for line, row in decided:
            package.add(line, row)
        package.stop_at_conflicts(form.path)
        if package.added or package.corrected:
            _write(folder, package.in_order(before), before)
    undecided = int(form.frame["decision"].isna().sum())
    return Adopted(folder, package.added, package.known, package.rejected, undecided, package.corrected)


def _decided(form: Form) -> list[tuple[str, Checked]]:
    rows = zip(form.places, text_rows(form.frame), strict=True)
    return [(place, _checked(place, cells)) for place, cells in rows if cells["decision"]]


def _checked(place: str, cells: Cells) -> Checked:
    """Check one decided row: what may change changed only where it was decided, and is whole."""
    before = codes_of(cells["extracted"])
    codes = {name: cells[name] for name in code_columns()}
    derived = [name for name, face in candidate_marks("face").items() if face == "derived"]
    if cells["decision"] == "change":
        _derive(codes, before, place)
    changed = {name: (before[name], codes[name]) for name in codes if codes[name] != before[name]}
    if cells["decision"] == "accept" and changed:
        name, (old, new) = next(iter(changed.items()))
        raise DataError("needs_change", where=f"{place}, {name}", expected=old or "-", found=new or "-")
    if cells["decision"] == "change" and not set(changed) - set(derived):
        raise DataError("nothing_changed", where=place, found=say("没有改动", "none does"))
    if cells["decision"] != "reject":
        _check_whole(place, cells, codes)
    _check_wording(place, cells)
    said = "; ".join(f"{name}: {old or '-'} → {new or '-'}" for name, (old, new) in changed.items())
    return Checked(cells, codes, said if cells["decision"] != "reject" else "")


def _derive(codes: Row, before: Row, place: str) -> None:
    """Work strength out again; a cell that says neither the old nor the new one was changed by itself."""
    force, striving = codes["verb_force"], codes["is_striving"]
    follows = coding.strength(force, is_striving=striving == "true") if force and striving else ""
    if codes["strength"] not in {before["strength"], follows}:
        raise DataError("broken_rule", where=f"{place}, strength", expected=follows or "-", found=codes["strength"])
    codes["strength"] = follows


def _check_whole(place: str, cells: Cells, codes: Row) -> None:
    for name, table in (("verb", "verb_lexicon"), ("unit", "number_units")):
        if codes[name] and codes[name] not in _listed(table, name):
            raise DataError("unknown_reference", where=f"{place}, {name}", expected=table, found=codes[name])
    needed: tuple[str, ...] = ()
    if cells["kind"] == "headline":
        needed = ("status", "is_stretch", *(("value", "comparator") if codes["status"] == "stated" else ()))
    elif not codes["role"]:
        needed = ("role",)
    elif codes["role"] == "commitment":
        needed = (*_NEEDED, *(("comparator", "is_multi_year") if codes["value"] else ()))
    for name in needed:
        if not codes[name]:
            raise DataError("missing_value", where=f"{place}, {name}")
    if cells["kind"] == "headline" and codes["status"] != "stated" and codes["value"]:
        raise DataError("broken_rule", where=f"{place}, status", expected="stated", found=codes["status"])
    _check_number(place, cells, codes)


def _check_number(place: str, cells: Cells, codes: Row) -> None:
    if codes["value_max"] and codes["comparator"] != "range":
        raise DataError("broken_rule", where=f"{place}, comparator", expected="range", found=codes["comparator"] or "-")
    if codes["comparator"] == "range" and not codes["value_max"]:
        raise DataError("missing_value", where=f"{place}, value_max")
    is_clause = cells["kind"] == "commitment" and codes["role"] == "commitment"
    if is_clause and (codes["type"] == "quantified_target") != bool(codes["value"]):
        expected = say(
            "有数值时为 quantified_target，没有时为其他类型", "quantified_target exactly where there is a value"
        )
        raise DataError("broken_rule", where=f"{place}, type", expected=expected, found=codes["type"])
    if cells["indicator_id"] and not codes["value"]:
        raise DataError("missing_value", where=f"{place}, value")


def _check_wording(place: str, cells: Cells) -> None:
    """Stop where a cell for the reviewer's own words holds a run of the report's."""
    whole = _bare(cells["quote"]) + "\x00" + _bare(cells["context"])
    for name in ("label_zh", "label_en", "note"):
        words = _bare(cells[name])
        for start in range(len(words) - LONGEST_COPY + 1):
            if words[start : start + LONGEST_COPY] in whole:
                raise DataError("copied_wording", where=f"{place}, {name}", expected=LONGEST_COPY, found=cells[name])


def _bare(words: str) -> str:
    """Return text without white space and punctuation: a comma put in between makes no new wording."""
    return "".join(mark for mark in words if mark.isalnum()).casefold()


@functools.lru_cache(maxsize=8)
def _listed(table: str, column: str) -> frozenset[str]:
    return frozenset(load_table(table)[column].dropna())


def _check_text(form: Form, text: str) -> None:
    """Hold every row against the report itself."""
    sha256 = form.frame["text_sha256"].iloc[0]
    if text_sha256(text) != sha256:
        found = say("文本不同", "the text differs")
        raise DataError("text_changed", where=form.path, expected=sha256, found=found)
    for place, row in zip(form.places, form.frame.itertuples(), strict=True):
        for start, end, sha1 in (
            (row.start, row.end, row.span_sha1),
            (row.number_start, row.number_end, row.number_sha1),
        ):
            if pd.notna(start) and span_sha1(text, int(start), int(end)) != sha1:
                raise DataError("candidate_changed", where=place, found=f"{start}–{end}")


def _stored(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of a package as text cells; none where there is no package yet."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return {name: [] for name in own_tables()}
    if not is_own_package(folder):
        found = say("没有审核数据包的文件夹", "a folder without an adopted package")
        raise DataError("bad_codebook", where=folder / "datapackage.json", found=found)
    return {
        name: [
            {column: cell_text(value) for column, value in zip(frame.columns, row, strict=True)}
            for row in frame.astype(object).itertuples(index=False)
        ]
        for name, frame in load_adopted(folder).items()
    }


def _write(folder: Path, rows: Mapping[str, list[Row]], before: Mapping[str, list[Row]]) -> None:
    """Write the package whole; if any file cannot be written, put back those that were."""
    files = {"datapackage.json": (json.dumps(package_descriptor(), ensure_ascii=False, indent=1) + "\n").encode()}
    for name, table in own_tables().items():
        if rows[name] != before[name] or not (folder / table.path).exists():
            names = [column.name for column in table.columns]
            files[table.path] = csv_text([names, *([row[one] for one in names] for row in rows[name])]).encode()
    old: dict[Path, bytes | None] = {}
    try:
        for name, data in files.items():
            path = folder / name
            old[path] = path.read_bytes() if path.exists() else None
            write_whole(path, data)
        load_adopted(folder)
    except BaseException:
        for path, data_before in old.items():
            if data_before is None:
                path.unlink(missing_ok=True)
            else:
                write_whole(path, data_before)
        raise
