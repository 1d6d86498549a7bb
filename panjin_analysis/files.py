"""Files written whole or not at all: a temporary file, then a rename."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from panjin_analysis.errors import DataError


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file in one step, making its folder, and return its path.

    Raises
    ------
    DataError
        If the place cannot be written; whatever stood there is untouched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)  # mkstemp makes private files; these are for everybody
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DataError("cannot_write", where=path, found=error.strerror or error) from None
    return path


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    r"""Return rows of cells as CSV, lines ended by LF as in the tables of ``data/``.

    Examples
    --------
    >>> csv_text([["a", "b"], ["1, 2", ""]])
    'a,b\n"1, 2",\n'
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
