"""What the policy office's workbooks hold: their sheets, made from the library's tables."""

from panjin_analysis.office.report import FILLED, lead_units, report_bytes, write_all_tasks, write_report, write_tasks
from panjin_analysis.office.scope import Scope, find_scope, in_scope
from panjin_analysis.office.tasks import Mark, fingerprint, read_mark, task_table

__all__ = [
    "FILLED",
    "Mark",
    "Scope",
    "find_scope",
    "fingerprint",
    "in_scope",
    "lead_units",
    "read_mark",
    "report_bytes",
    "task_table",
    "write_all_tasks",
    "write_report",
    "write_tasks",
]
