"""A Word file (docx) to its lines, a paragraph each; places are numbers of paragraphs, from 1.

A docx is a zip with the text in one XML part. The part is read as a stream, so
that neither a long document nor a swollen zip fills the memory; headers, footers,
notes and what is marked as deleted are no part of the report.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

from panjin_analysis.errors import DataError, say
from panjin_analysis.text.healing import Line, columns
from panjin_analysis.text.limits import CHARACTERS, DOCX_PARTS, DOCX_XML_BYTES, LINES

_OLE: Final = b"\xd0\xcf\x11\xe0"
_SHOWN: Final = {"tab": " ", "noBreakHyphen": "-", "br": "\n", "cr": "\n"}
_LEFT_OUT: Final = {"del", "moveFrom", "Fallback", "footnote", "endnote"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)


def docx_lines(data: bytes, where: object) -> list[Line]:
    """Return the lines of a docx.

    Raises
    ------
    DataError
        If it is encrypted, an old doc, no docx at all, broken or too large when unpacked.

    Examples
    --------
    >>> docx_lines(b"PK", "a.docx")
    Traceback (most recent call last):
    ...
    panjin_analysis.errors.DataError: ...
    """
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise DataError("encrypted_file" if encrypted else "old_doc", where=where)
    try:
        return _read(data, where)
    except DataError:
        raise
    except _BROKEN as error:
        raise DataError("broken_document", where=where, expected="docx", found=type(error).__name__) from None


def _read(data: bytes, where: object) -> list[Line]:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = _main_part(archive, where)
        try:
            with archive.open(part) as stream:
                return _lines(etree.iterparse(stream, events=("start", "end"), resolve_entities=False), where)
        except etree.XMLSyntaxError as error:
            raise DataError("broken_document", where=where, expected="docx", found=error.msg) from None


def _main_part(archive: zipfile.ZipFile, where: object) -> zipfile.ZipInfo:
    parts = archive.infolist()
    if len(parts) > DOCX_PARTS:
        raise DataError(
            "swollen_file", where=where, expected=f"{DOCX_PARTS:,} {say('个部件', 'parts')}", found=f"{len(parts):,}"
        )
    texts = [part for part in parts if part.filename.replace("\\", "/").lstrip("/") == "word/document.xml"]
    if not texts:
        raise DataError("broken_document", where=where, expected="docx", found="no word/document.xml")
    if texts[0].file_size > DOCX_XML_BYTES:  # the reader of the zip stops at the size that is stated
        limit, size = (f"{size >> 20} MB" for size in (DOCX_XML_BYTES, texts[0].file_size))
        raise DataError("swollen_file", where=where, expected=limit, found=size)
    return texts[0]


def _lines(events: Any, where: object) -> list[Line]:
    lines: list[Line] = []
    buffers: list[list[str]] = []  # one a paragraph that is open: a text box stands inside of one
    number = left_out = characters = 0
    for event, node in events:
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name in _LEFT_OUT:
            left_out += 1 if event == "start" else -1
        elif event == "start" and name == "p":
            number += 1
            buffers.append([])
        elif event == "end" and name == "p" and buffers:
            lines += _paragraph("".join(buffers.pop()), number)
            if len(lines) > LINES:
                raise DataError(
                    "swollen_file", where=where, expected=f"{LINES:,} {say('行', 'lines')}", found=f"> {LINES:,}"
                )
        elif event == "end" and buffers and not left_out:
            shown = (node.text or "") if name == "t" else _SHOWN.get(name, "")
            characters += len(shown)
            if characters > CHARACTERS:
                raise DataError(
                    "file_too_large",
                    where=where,
                    expected=f"{CHARACTERS:,} {say('字', 'characters')}",
                    found=f"> {CHARACTERS:,}",
                )
            if shown:
                buffers[-1].append(shown)
        if event == "end":
            _forget(node)
    return lines


def _forget(node: Any) -> None:
    """Free what was read; the tree would grow with the document."""
    node.clear()
    parent = node.getparent()
    if parent is not None:
        while node.getprevious() is not None:
            del parent[0]


def _paragraph(text: str, number: int) -> Iterator[Line]:
    for place, raw in enumerate(text.split("\n")):
        if shown := raw.strip():
            indent = columns(raw[: raw.index(shown)])
            yield Line(shown, [number] * len(shown), place == 0, indent, indent + columns(shown))
