"""The 2024 commitments beside the reports of other years: the same rows, more columns."""

from panjin_analysis.compare.continuity import (
    continuity,
    continuity_steps,
    count_continuity,
    observed_words,
    promises,
    stage_ladder,
)
from panjin_analysis.compare.fulfilment import count_fulfilment, fulfilment, fulfilment_range
from panjin_analysis.compare.history import add_next, add_previous, add_result, histories, history, targets_compared
from panjin_analysis.compare.matcher import evaluate_matcher, propose_links

__all__ = [
    "add_next",
    "add_previous",
    "add_result",
    "continuity",
    "continuity_steps",
    "count_continuity",
    "count_fulfilment",
    "evaluate_matcher",
    "fulfilment",
    "fulfilment_range",
    "histories",
    "history",
    "observed_words",
    "promises",
    "propose_links",
    "stage_ladder",
    "targets_compared",
]
