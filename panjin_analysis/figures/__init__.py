"""Table to Axes: every chart of the house. The arithmetic is already in the table."""

from panjin_analysis.figures.counts import plot_funnel, plot_strength, plot_types
from panjin_analysis.figures.outcome import plot_fulfilment, plot_range
from panjin_analysis.figures.reports import plot_profiles, plot_terms
from panjin_analysis.figures.targets import plot_histories, plot_targets
from panjin_analysis.figures.wording import plot_wiggle
from panjin_analysis.figures.years import plot_continuity, plot_ladder, plot_promises

__all__ = [
    "plot_continuity",
    "plot_fulfilment",
    "plot_funnel",
    "plot_histories",
    "plot_ladder",
    "plot_profiles",
    "plot_promises",
    "plot_range",
    "plot_strength",
    "plot_targets",
    "plot_terms",
    "plot_types",
    "plot_wiggle",
]
