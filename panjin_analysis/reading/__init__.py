"""Somebody's workbook, opened with care: nothing in it is trusted, and memory stays bounded."""

from panjin_analysis.reading.rows import OFFICE_TIME, Cell, OpenBook, open_workbook
from panjin_analysis.reading.safety import check_workbook_file, damaged

__all__ = ["OFFICE_TIME", "Cell", "OpenBook", "check_workbook_file", "damaged", "open_workbook"]
