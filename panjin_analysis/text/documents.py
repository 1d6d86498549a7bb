"""A file with a report in it, read into the one form that offsets refer to.

The same report saved by Windows (BOM, CR LF) and by Linux is one text: a BOM is
left out, line ends become LF, and blank lines at the very end are dropped.
Nothing else is touched.
"""

import hashlib
from pathlib import Path

from panjin_analysis.errors import DataError


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 or GB18030 file, with line ends as LF.

    Raises
    ------
    DataError
        If the file cannot be read or is in neither encoding.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DataError("missing_file", where=path) from None
    except OSError as error:
        raise DataError("unreadable_file", where=path, found=error.strerror) from None
    try:
        return canonical(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        position = error.start + 1
    try:
        return canonical(data.decode("gb18030"))
    except UnicodeDecodeError:
        raise DataError("not_utf8", where=path, found=position) from None


def canonical(text: str) -> str:
    r"""Return the text without BOM, with LF line ends and no blank end.

    Examples
    --------
    >>> canonical("\ufeff一。\r\n二。\r\n")
    '一。\n二。'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def text_sha256(text: str) -> str:
    """Return the hash that names a text, whatever file it came from.

    Examples
    --------
    >>> text_sha256("一。")[:8]
    'e44d3895'
    """
    return hashlib.sha256(text.encode()).hexdigest()


def span_sha1(text: str, start: int, end: int) -> str:
    """Return the hash of one span of a text: a receipt, not a secret.

    Examples
    --------
    >>> span_sha1("一。二。", 0, 2)[:8]
    'c59c1e6a'
    """
    return hashlib.sha1(text[start:end].encode(), usedforsecurity=False).hexdigest()
