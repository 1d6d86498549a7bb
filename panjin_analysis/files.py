"""Files written whole or not at all: a temporary file, then a rename."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
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


def write_all(files: Mapping[Path, bytes], refusal: str) -> list[Path]:
    """Write several files, all of them or none, over no file that differs; return their paths.

    Parameters
    ----------
    files
        What stands where. A file that is there already with these bytes is left alone.
    refusal
        The kind of ``DataError`` for a file that is there with others.

    Raises
    ------
    DataError
        If another file stands in the place of one, or a place cannot be written; nothing was written then.
    """
    missing = places_left(files, refusal)
    written: list[Path] = []
    try:
        for path in missing:
            written.append(write_whole(path, files[path]))
    except DataError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return list(files)


def places_left(files: Mapping[Path, bytes], refusal: str) -> list[Path]:
    """Return the paths at which nothing stands yet; write nothing.

    Raises
    ------
    DataError
        Of the kind ``refusal``, if another file stands in the place of one.
    """
    return [path for path, data in files.items() if not _stands(path, data, refusal)]


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let one run at a time read and add to a file or folder: whoever makes the lock file beside it first goes on.

    Raises
    ------
    DataError
        If another run has it, or one that was cut off left its lock.
    """
    lock = path.parent / f"{path.name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        raise DataError("in_use", where=path, found=lock) from None
    except OSError as error:
        raise DataError("cannot_write", where=path, found=error.strerror or error) from None
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _stands(path: Path, data: bytes, refusal: str) -> bool:
    try:
        found = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise DataError("cannot_write", where=path, found=error.strerror) from None
    if found not in {None, data}:
        raise DataError(refusal, where=path)
    return found is not None


def csv_text(rows: Iterable[Iterable[object]], line_end: str = "\n") -> str:
    r"""Return rows of cells as CSV, lines ended by LF as in the tables of ``data/`` or otherwise.

    A carriage return in a cell is quoted, which not every Python does by itself.

    Examples
    --------
    >>> csv_text([["a", "b"], ["1, 2", ""], ["x\ry", ""]])
    'a,b\n"1, 2",\n"x\ry",""\n'
    """
    out = io.StringIO()
    plain, quoted = (
        csv.writer(out, lineterminator=line_end, quoting=way) for way in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
    )
    for row in rows:
        cells = [*row]
        (quoted if any("\r" in str(cell) for cell in cells) else plain).writerow(cells)
    return out.getvalue()
