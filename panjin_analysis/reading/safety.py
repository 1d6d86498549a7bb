"""A look at somebody's file before it is opened: only a workbook without risk goes on.

Macros, links to other files, encryption, damage and archives that swell are refused.
"""

import io
import zipfile
from pathlib import Path

from panjin_analysis.errors import DataError, say

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what an encrypted or an old .xls file begins with
LARGEST = 300 * 2**20  # bytes of all parts, unpacked
LARGEST_SHEET = 96 * 2**20  # bytes of a sheet, read row by row
LARGEST_PART = 48 * 2**20  # bytes of any other part
LARGEST_WHOLE = 8 * 2**20  # bytes of a part that is read at once
MOST_PARTS = 5000


def check_workbook_file(path: Path, data: bytes | None = None) -> None:
    """Stop if a file, or its bytes where they are given, is no workbook that can be read without risk.

    Raises
    ------
    DataError
        If it is no workbook, is damaged or encrypted, carries macros or links to other
        files, or is larger than any table to be filled in could be.
    """
    try:
        with path.open("rb") if data is None else io.BytesIO(data) as file:
            begins = file.read(8)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise DataError("not_workbook", where=path, found=say("没有这个文件", "no such file")) from None
    except OSError as error:
        raise DataError("unreadable_file", where=path, found=error.strerror) from None
    if begins == OLE:
        found = say("加密的文件或旧的 .xls", "an encrypted file or an old .xls")
        raise DataError("not_workbook", where=path, found=found)
    try:
        with zipfile.ZipFile(path if data is None else io.BytesIO(data)) as archive:
            _check_parts(path, archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise damaged(path, error) from None


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise DataError("not_workbook", where=path, found=say("加密的文件", "an encrypted file"))
    if "xl/workbook.xml" not in names:
        raise DataError("not_workbook", where=path, found=say("不是 .xlsx 工作簿", "no .xlsx workbook"))
    for start, found in {
        "xl/vbaproject": say("含有宏", "macros"),
        "xl/externallinks/": say("含有指向其他文件的链接", "links to other files"),
        "xl/macrosheets/": say("含有宏表", "a sheet of macros"),
    }.items():
        if any(name.startswith(start) for name in names):
            expected = say("没有宏和外部链接", "no macros and no links to other files")
            raise DataError("unsafe_workbook", where=path, expected=expected, found=found)
    swollen = [part for part in parts if part.file_size > _largest(part.filename)]
    if sum(part.file_size for part in parts) > LARGEST or len(parts) > MOST_PARTS or swollen:
        found = say("解压后过大", "more than that when unpacked")
        most = min([LARGEST, *(_largest(part.filename) for part in swollen)]) // 2**20
        expected = say(f"解压后至多 {most} MB", f"at most {most} MB unpacked")
        raise DataError("unsafe_workbook", where=path, expected=expected, found=found)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                head = file.read(4096)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                found = say("XML 中有实体定义", "an entity definition in its XML")
                expected = say("普通的工作簿", "a plain workbook")
                raise DataError("unsafe_workbook", where=f"{path} {part.filename}", expected=expected, found=found)


def _largest(name: str) -> int:
    if name in {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docProps/core.xml"}:
        return LARGEST_WHOLE
    if name.startswith("xl/media/"):  # never read
        return LARGEST
    return LARGEST_SHEET if name.startswith("xl/worksheets/") else LARGEST_PART


def damaged(path: Path, error: Exception) -> DataError:
    """Return the error that says that a file is damaged, and how that showed."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return DataError("not_workbook", where=path, found=say(f"文件损坏（{reason}）", f"a damaged file ({reason})"))
