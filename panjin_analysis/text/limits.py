"""How large a report's file may be: far more than any report, and what 500 MB of memory can hold.

A report has 15,000 to 30,000 characters; a yearbook of reports a few million.
Each limit is measured by a test or by the figures beside it.
"""

from typing import Final

FILE_BYTES: Final = 20 * 2**20
"""A file of any kind, as it lies on the disk."""

HTML_BYTES: Final = 5 * 2**20
HTML_TAGS: Final = 200_000
"""A web page; each tag takes some 400 bytes of memory once it is part of the page's tree."""

CHARACTERS: Final = 3_000_000
"""The text of any document."""

LINES: Final = 200_000
"""Lines of a text, blocks of a page, paragraphs of a document."""

DOCX_PARTS: Final = 10_000
DOCX_XML_BYTES: Final = 32 * 2**20
"""The text of a docx once it is unpacked; it is read as a stream."""

PDF_PAGES: Final = 2_000
PDF_STREAM_BYTES: Final = 128 * 2**20
"""One stream of a PDF once it is unpacked: a colour scan of a page at 600 dpi has 100 MB."""

PDF_TOTAL_BYTES: Final = 2 * 2**30
"""All streams of a PDF together; they are unpacked one after the other, only to be counted."""

REPORT_CHARACTERS: Final = 40
"""A web page with fewer Chinese characters in sentences than this holds no report."""

PDF_PAGE_CHARACTERS: Final = 15
"""A PDF with fewer characters a page than this is a scan, perhaps with page numbers or a stamp."""
