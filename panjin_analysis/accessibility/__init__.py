"""Can everybody read it? An automated check of any workbook against the UK checklist."""

from panjin_analysis.accessibility.checklist import Check, Failure, check_workbook, checks

__all__ = ["Check", "Failure", "check_workbook", "checks"]
