"""The words round a chart: title, alt text and notes, all computed from its table.

A title states a finding; where the table does not bear it, it is neutral.
"""

from panjin_analysis.captions.caption import Caption, other_years_notes, source_notes
from panjin_analysis.captions.counts import LARGE, caption_funnel, caption_strength, caption_types, caption_wiggle
from panjin_analysis.captions.outcome import CHOICES, caption_fulfilment, caption_range
from panjin_analysis.captions.reports import CLEAR, caption_profiles, caption_terms, whole_report_notes
from panjin_analysis.captions.years import (
    caption_continuity,
    caption_histories,
    caption_ladder,
    caption_promises,
    caption_targets,
)

__all__ = [
    "CHOICES",
    "CLEAR",
    "LARGE",
    "Caption",
    "caption_continuity",
    "caption_fulfilment",
    "caption_funnel",
    "caption_histories",
    "caption_ladder",
    "caption_profiles",
    "caption_promises",
    "caption_range",
    "caption_strength",
    "caption_targets",
    "caption_terms",
    "caption_types",
    "caption_wiggle",
    "other_years_notes",
    "source_notes",
    "whole_report_notes",
]
