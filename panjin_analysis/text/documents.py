"""A file with a report in it, read into characters that offsets can refer to.

``read_text`` is the form that the coded texts have: the same report saved by
Windows (BOM, CR LF) and by Linux is one text; a BOM is left out, line ends become
LF, blank lines at the very end are dropped, and nothing else is touched.

``read_document`` is for reports as people have them: any usual kind of file, read
into clean text, a paragraph a line, with the way back from each character to its
place in the file.
"""

import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from panjin_analysis.errors import DataError, say
from panjin_analysis.text.docx_reader import docx_lines
from panjin_analysis.text.encodings import decode
from panjin_analysis.text.healing import Line, healed, joined, kept_spans, text_lines, without_page_numbers
from panjin_analysis.text.html_reader import html_lines
from panjin_analysis.text.limits import CHARACTERS, FILE_BYTES, HTML_BYTES, LINES
from panjin_analysis.text.markdown_reader import markdown_lines
from panjin_analysis.text.pdf_reader import pdf_lines

Unit = Literal["character", "paragraph", "page"]
ENDINGS: Final = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
_SIGNATURES: Final = {
    b"%PDF-": ("PDF", {".pdf"}),
    b"PK\x03\x04": ("zip (docx?)", {".docx"}),
    b"\xd0\xcf\x11\xe0": ("doc", {".docx"}),
    b"{\\rtf": ("RTF", set()),
}


@dataclass(frozen=True)
class Document:
    r"""The clean text of a report, a paragraph a line, and the way back to its file.

    Parameters
    ----------
    text
        The report without what the file or page put around and into it.
    unit
        What a place in the source is: a ``character`` of ``source``, counted from 0,
        or the number of a ``paragraph`` or ``page``, counted from 1.
    source
        The characters of a text, Markdown or HTML file, line ends as LF; else empty.

    Examples
    --------
    >>> document = document_of(text_lines("　甲，\n乙。"), "character", "　甲，\n乙。")
    >>> document.text, document.source_place(2)
    ('甲，乙。', 4)
    """

    text: str = field(repr=False)
    unit: Unit
    source: str = field(repr=False)
    _starts: Sequence[int] = field(repr=False, compare=False)
    _places: Sequence[int] = field(repr=False, compare=False)

    def source_place(self, offset: int) -> int:
        """Return where the character at an offset of the text stands in the source.

        A line end, and the end of the text, stand just after the character before them.

        Raises
        ------
        IndexError
            If the text is not that long.
        """
        if not 0 <= offset <= len(self.text):
            raise IndexError(f"the text has {len(self.text)} characters, no offset {offset}")
        run = bisect_right(self._starts, offset) - 1
        if self.unit != "character":
            return self._places[run]
        return self._places[run] + offset - self._starts[run]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        r"""Return the first and last place of a span of the text, as a half-open range of places.

        Examples
        --------
        >>> document_of(text_lines("　甲，\n乙。"), "character", "").source_span(0, 4)
        (1, 6)
        """
        return self.source_place(start), self.source_place(max(start, end - 1)) + 1


def read_document(path: Path | str) -> Document:
    """Return the clean text of a txt, md, html, docx or pdf file, with the way back to its places.

    Space beside Chinese characters is layout and left out; all other characters stay
    as they are, traditional ones too.

    Raises
    ------
    DataError
        If the file is not there, too large, broken, encrypted, of another kind than its
        ending says, or holds no text.

    Examples
    --------
    >>> read_document("no/such/report.pdf")
    Traceback (most recent call last):
    ...
    panjin_analysis.errors.DataError: ...
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending in {".doc", ".wps"}:
        raise DataError("old_doc", where=path)
    if ending not in ENDINGS:
        raise DataError("unknown_ending", where=path, expected=" ".join(ENDINGS), found=ending or path.name)
    data = _bytes(path, HTML_BYTES if ending.startswith(".htm") else FILE_BYTES)
    _check_kind(data, ending, path)
    if ending == ".docx":
        document = document_of(docx_lines(data, path), "paragraph")
    elif ending == ".pdf":
        document = document_of(pdf_lines(data, path), "page")
    else:
        source = _characters(data, path)
        document = document_of(_source_lines(source, ending, path), "character", source)
    if not document.text:
        raise DataError("empty_document", where=path)
    return document


def _bytes(path: Path, limit: int) -> bytes:
    """Return the bytes of a file; one that is too large is not even opened."""
    try:
        size = path.stat().st_size
        is_file = path.is_file()
        data = path.read_bytes() if is_file and size <= limit else b""
    except FileNotFoundError:
        raise DataError("missing_file", where=path) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no system allows
        raise DataError("unreadable_file", where=path, found=getattr(error, "strerror", None) or error) from None
    if not is_file:
        raise DataError("unreadable_file", where=path, found=say("不是文件", "not a file"))
    if size > limit:
        raise DataError("file_too_large", where=path, expected=f"{limit >> 20} MB", found=f"{size / 2**20:.0f} MB")
    if not data.strip(b"\x00 \t\r\n"):
        raise DataError("empty_document", where=path)
    return data


def _check_kind(data: bytes, ending: str, path: Path) -> None:
    """Refuse a file that is plainly of another kind than its ending says."""
    for signature, (kind, endings) in _SIGNATURES.items():
        if data.startswith(signature) and ending not in endings:
            raise DataError("wrong_ending", where=path, expected=ending, found=kind)


def _characters(data: bytes, path: Path) -> str:
    decoded = decode(data)
    if decoded is None:
        raise DataError("not_text", where=path)
    return canonical(decoded[0])


def _source_lines(source: str, ending: str, path: Path) -> list[Line]:
    if ending.startswith(".htm"):
        return html_lines(source, path)
    for limit, found, what in (
        (CHARACTERS, len(source), say("字", "characters")),
        (LINES, source.count("\n"), say("行", "lines")),
    ):
        if found > limit:
            raise DataError("file_too_large", where=path, expected=f"{limit:,} {what}", found=f"{found:,}")
    return markdown_lines(source) if ending == ".md" else text_lines(source)


def document_of(lines: Sequence[Line], unit: Unit, source: str = "") -> Document:
    r"""Return the document that lines of a source make.

    Examples
    --------
    >>> document_of([Line("甲 乙", [1, 1, 1], True), Line("丙", [2], True)], "paragraph").text
    '甲乙\n丙'
    """
    parts: list[str] = []
    starts, places = array("q"), array("q")  # a list would take four times the memory
    length = 0
    step = int(unit == "character")
    for paragraph in healed(without_page_numbers(lines)):
        text, sources = joined(paragraph)
        before = length
        for start, end in kept_spans(text):
            for run in _runs(sources, start, end, step):
                starts.append(length + run[0] - start)
                places.append(run[1])
            parts.append(text[start:end])
            length += end - start
        if length > before:
            parts.append("\n")
            length += 1
    return Document("".join(parts[:-1]), unit, source, starts, places)


def _runs(sources: Sequence[Sequence[int]], start: int, end: int, step: int) -> Iterator[tuple[int, int]]:
    """Return where in a span a run of places begins, and its first place; places in a run differ by ``step``."""
    begin = 0
    for source in sources:
        first, last = max(start, begin) - begin, min(end, begin + len(source)) - begin
        if first < last:
            yield begin + first, source[first]
            if not isinstance(source, range):
                for place in range(first + 1, last):
                    if source[place] != source[place - 1] + step:
                        yield begin + place, source[place]
        begin += len(source)


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
