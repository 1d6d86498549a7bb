"""A PDF with a text layer to its lines; places are numbers of pages, from 1.

A PDF knows characters and where they stand, not paragraphs. Where a line begins
and ends on the page tells them apart, as it does for the eye: an indented line or
a wider gap begins a paragraph. What stands at the top or foot of page after page
is no text.
"""

import ctypes
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from panjin_analysis.errors import DataError, say
from panjin_analysis.text import chars
from panjin_analysis.text.healing import Line
from panjin_analysis.text.limits import (
    CHARACTERS,
    PDF_PAGE_CHARACTERS,
    PDF_PAGES,
    PDF_STREAM_BYTES,
    PDF_TOTAL_BYTES,
)

_STREAM = re.compile(rb"stream\r?\n")
_CHUNK: Final = 2**16
_END_BYTES: Final = 4096
_PAGE_NUMBER = re.compile(r"[-—–－─·•.第\s]*\d{1,4}[-—–－─·•.页\s]*(?:[/共,，\s]*\d{1,4}\s*页?)?")
_LOOKALIKES = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_UNREADABLE = re.compile(r"[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_LINE_END_HYPHENS: Final = {0x2: "-", 0xFFFE: "-"}  # PDFium thinks of a broken word; Chinese breaks none
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a page: its text and its box, in points; ``em`` is the width of one of its characters."""

    text: str
    page: int
    left: float
    right: float
    foot: float
    top: float
    em: float


def pdf_lines(data: bytes, where: object) -> list[Line]:
    """Return the lines of a PDF.

    Raises
    ------
    DataError
        If it is encrypted, broken, too large, or a scan without a text layer.

    Examples
    --------
    >>> pdf_lines(b"%PDF-1.7", "a.pdf")
    Traceback (most recent call last):
    ...
    panjin_analysis.errors.DataError: ...
    """
    import pypdfium2

    if b"%%EOF" not in data[-_END_BYTES:]:  # PDFium would mend it and show only the pages that arrived
        raise DataError("broken_document", where=where, expected="PDF", found="no %%EOF")
    _check_streams(data, where)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise DataError("encrypted_file", where=where) from None
        raise DataError("broken_document", where=where, expected="PDF", found=str(error).rstrip(".")) from None
    try:
        pages = _pages(document, where)
    finally:
        document.close()
    found = sum(len(row.text) for page in pages for row in page)
    unreadable = sum(len(_UNREADABLE.findall(row.text)) for page in pages for row in page)
    if found < PDF_PAGE_CHARACTERS * len(pages) or 3 * unreadable > found:
        raise DataError("scanned_pdf", where=where, expected=len(pages), found=found - unreadable)
    return _lines([row for page in _without_running(pages) for row in page])


def _check_streams(data: bytes, where: object) -> None:
    """Refuse a file whose streams swell when they are unpacked; PDFium would unpack up to 1 GB of each."""
    view = memoryview(data)  # slices of it copy nothing
    total = 0
    for start in _STREAM.finditer(data):
        size = _unpacked_size(view[start.end() :])
        total += size
        if size > PDF_STREAM_BYTES or total > PDF_TOTAL_BYTES:
            limit = f"{PDF_STREAM_BYTES >> 20} MB"
            raise DataError("swollen_file", where=where, expected=limit, found=f"> {size >> 20} MB")


def _unpacked_size(packed: memoryview) -> int:
    """Return the size of a stream once it is unpacked, or one above the limit as soon as it is that large."""
    size = place = 0
    unpacker = zlib.decompressobj()
    rest: bytes | memoryview = b""
    try:
        while not unpacker.eof and size <= PDF_STREAM_BYTES and (rest or place < len(packed)):
            if not rest:
                rest = packed[place : place + _CHUNK]
                place += len(rest)
            size += len(unpacker.decompress(rest, 16 * _CHUNK))
            rest = unpacker.unconsumed_tail
    except zlib.error:  # not this kind of stream, or the end of a broken one
        pass
    return size


def _pages(document: Any, where: object) -> list[list[_Row]]:
    import pypdfium2

    if len(document) > PDF_PAGES:
        raise DataError(
            "file_too_large", where=where, expected=f"{PDF_PAGES:,} {say('页', 'pages')}", found=f"{len(document):,}"
        )
    pages: list[list[_Row]] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise DataError("broken_document", where=where, expected="PDF", found=str(error).rstrip(".")) from None
        characters += text.count_chars()
        if characters > CHARACTERS:
            raise DataError(
                "file_too_large",
                where=where,
                expected=f"{CHARACTERS:,} {say('字', 'characters')}",
                found=f"{characters:,}",
            )
        pages.append(_merged(list(_rows(text, number + 1))))
        text.close()
        page.close()
    return pages


def _rows(text: Any, page: int) -> Iterator[_Row]:
    """Return the lines of a page as PDFium sees them."""
    from pypdfium2 import raw

    codes = [raw.FPDFText_GetUnicode(text, place) for place in range(text.count_chars())]
    start = 0
    for place, code in enumerate([*codes, 10]):
        if code not in {10, 13}:
            continue
        shown = [each for each in range(start, place) if not chr(codes[each]).isspace()]
        if shown:
            yield _row(text, codes, shown, page)
        start = place + 1


def _row(text: Any, codes: Sequence[int], shown: Sequence[int], page: int) -> _Row:
    first, last = _box(text, shown[0]), _box(text, shown[-1])
    letters = "".join(map(chr, codes[shown[0] : shown[-1] + 1])).translate(_LINE_END_HYPHENS)
    # On Windows PDFium gives a rare character as its two halves.
    letters = letters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    letters = _NO_TEXT.sub("", _LOOKALIKES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), letters)).strip()
    em = max(box[1] - box[0] for box in (first, last, _box(text, shown[len(shown) // 2])))
    return _Row(letters, page, first[0], last[1], min(first[2], last[2]), max(first[3], last[3]), em)


def _box(text: Any, place: int) -> tuple[float, float, float, float]:
    """Return left, right, bottom and top of a character's whole cell, not of its ink."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box))
    return min(box.left, box.right), max(box.left, box.right), min(box.bottom, box.top), max(box.bottom, box.top)


def _merged(rows: Sequence[_Row]) -> list[_Row]:
    """Put pieces that stand side by side into one line."""
    merged: list[_Row] = []
    for row in rows:
        before = merged[-1] if merged else None
        if before and row.left >= before.right - row.em and _overlap(before, row) > 0.5:
            foot, top = min(before.foot, row.foot), max(before.top, row.top)
            em = max(before.em, row.em)
            merged[-1] = _Row(before.text + " " + row.text, row.page, before.left, row.right, foot, top, em)
        elif row.text.strip():
            merged.append(row)
    return merged


def _overlap(one: _Row, other: _Row) -> float:
    height = min(one.top - one.foot, other.top - other.foot)
    return (min(one.top, other.top) - max(one.foot, other.foot)) / height if height > 0 else 0


def _without_running(pages: Sequence[Sequence[_Row]]) -> list[list[_Row]]:
    """Leave out page numbers, and lines at the edge of page after page that differ only in a number."""
    edges = Counter(key for page in pages for key in {_key(row) for row in _edge(page)})
    often = max(3, len(pages) / 3)
    usual = median([row.em for page in pages for row in page] or [0])

    def runs(row: _Row, page: Sequence[_Row]) -> bool:
        is_number = bool(_PAGE_NUMBER.fullmatch(row.text.strip()))
        return is_number or edges[_key(row)] >= often or _is_small_top(row, page, usual)

    kept = []
    for page in pages:
        gone = {id(row) for row in _edge(page) if runs(row, page)}
        kept.append([row for row in page if id(row) not in gone])
    return kept


def _is_small_top(row: _Row, page: Sequence[_Row], usual: float) -> bool:
    """Say whether a line is small print at the top of a page, without a stop: a header, even if it stands there once."""
    is_top = row.foot >= max(other.foot for other in page)
    return is_top and row.em < 0.75 * usual and row.text[-1] not in chars.STOPS


def _edge(page: Sequence[_Row]) -> list[_Row]:
    """Return the two highest and the two lowest lines of a page."""
    ordered = sorted(page, key=lambda row: row.foot)
    return [*ordered[:2], *ordered[2:][-2:]]


def _key(row: _Row) -> tuple[str, int]:
    """Return what is equal for a running line: its words without numbers, and its height on the page."""
    return re.sub(r"[\d\s]+", "#", row.text.strip()), round(row.foot / 4)


def _lines(rows: Sequence[_Row]) -> list[Line]:
    """Measure each line against its page: indentation and reach in half characters, and the gap above."""
    if not rows:
        return []
    em = median(row.em for row in rows) or 1.0
    lefts: dict[int, float] = {}
    for row in rows:
        lefts[row.page] = min(lefts.get(row.page, row.left), row.left)
    pitches = [above.foot - row.foot for above, row in pairwise(rows) if above.page == row.page]
    usual = median([pitch for pitch in pitches if pitch > 0] or [em])
    lines = []
    for place, row in enumerate(rows):
        above = rows[place - 1] if place else row
        opens = above.page == row.page and above.foot - row.foot > 1.5 * usual
        indent, reach = (2 * (edge - lefts[row.page]) / em for edge in (row.left, row.right))
        lines.append(Line(row.text, [row.page] * len(row.text), opens, indent if indent > 1.5 else 0, reach))
    return lines
