"""Tables to a workbook: a sheet is a table with its title, source, scope, units and notes."""

from panjin_analysis.excel.book import Book, workbook_bytes, write_workbook
from panjin_analysis.excel.layout import Layout, plain
from panjin_analysis.excel.sheet import PROFILES, Chart, Input, Link, Picture, Profile, Sheet
from panjin_analysis.excel.words import header, in_language, labelled, word

__all__ = [
    "PROFILES",
    "Book",
    "Chart",
    "Input",
    "Layout",
    "Link",
    "Picture",
    "Profile",
    "Sheet",
    "header",
    "in_language",
    "labelled",
    "plain",
    "word",
    "workbook_bytes",
    "write_workbook",
]
