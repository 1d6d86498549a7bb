"""What the tests of workbooks share: filling a task table as an office would, and breaking a file."""

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from panjin_analysis.office.tasks import columns

HEADS = columns("zh")


def load(path: Path | io.BytesIO, **how):
    """Open a workbook with openpyxl, which warns of the data bars that it would not write back."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "(Unknown|Conditional Formatting) extension is not supported")
        return openpyxl.load_workbook(path, **how)


def task_page(book):
    """Return the sheet with the task table, whatever it is called."""
    return next(page for page in book if any("panjin-tasks" in str(cell.value) for cell in page["A"]))


def header_row(page) -> int:
    return next(cell.row for cell in page["A"] if cell.value == HEADS["order_no"])


def cell(page, commitment_id: str, field: str):
    """Return the cell of a task and a column."""
    head = header_row(page)
    places = {one.value: one.column for one in page[head]}
    ids = places[HEADS["commitment_id"]]
    row = next(one for one in range(head + 1, page.max_row + 1) if page.cell(one, ids).value == commitment_id)
    return page.cell(row, places[HEADS[field]])


def put(page, commitment_id: str, field: str, value) -> None:
    """Type a value into a cell; text stays text, whatever it begins with."""
    one = cell(page, commitment_id, field)
    one.value = value
    if isinstance(value, str):
        one.data_type = "s"


def filled(path: Path, to: Path, fills: dict, change: Callable = lambda page: None) -> Path:
    """Save a copy of a task table with cells filled, as openpyxl writes it."""
    book = load(path)
    page = task_page(book)
    for (commitment_id, field), value in fills.items():
        put(page, commitment_id, field, value)
    change(page)
    to.parent.mkdir(parents=True, exist_ok=True)
    book.save(to)
    return to


def rewritten(path: Path, to: Path, edit: Callable[[str, bytes], bytes | None], more: dict | None = None) -> Path:
    """Copy an archive, each part through ``edit`` (None drops it), and add more parts."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = edit(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return to


def by_libreoffice(path: Path, folder: Path, kind: str = "xlsx") -> Path:
    """Open a file in LibreOffice without a window and save it again; skip where there is none."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice (soffice) is not on PATH")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "out" / f"{path.stem}.{kind}"


def formulas(path: Path) -> dict[tuple[str, str], object]:
    """Return the cached value of every formula, by sheet and cell."""
    asked, cached = load(path), load(path, data_only=True)
    cells = [(page.title, one.coordinate) for page in asked for row in page.iter_rows() for one in row if one.data_type == "f"]  # fmt: skip
    return {(sheet, name): cached[sheet][name].value for sheet, name in cells}


def without_cached_values(path: Path, to: Path) -> Path:
    """Copy a workbook whose formulas have no values any more."""

    def edit(name: str, content: bytes) -> bytes:
        return re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content) if name.startswith("xl/worksheets/") else content

    return rewritten(path, to, edit)
