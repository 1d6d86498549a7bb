"""One field of the report on one page: picture, slides, workbook and web page from the same frames."""

from panjin_analysis.brief.facts import Brief, brief, domains, find_domain, listed_domains
from panjin_analysis.brief.findings import (
    answer,
    caption_changes,
    caption_kinds,
    caption_results,
    caption_wording,
    captions,
    headline,
    limit_table,
    limits,
)
from panjin_analysis.brief.panels import plot_changes, plot_kinds, plot_results, plot_wording
from panjin_analysis.brief.picture import plot_page
from panjin_analysis.brief.words import count_table, target_table
from panjin_analysis.brief.writing import brief_files, write_brief, write_briefs

__all__ = [
    "Brief",
    "answer",
    "brief",
    "brief_files",
    "caption_changes",
    "caption_kinds",
    "caption_results",
    "caption_wording",
    "captions",
    "count_table",
    "domains",
    "find_domain",
    "headline",
    "limit_table",
    "limits",
    "listed_domains",
    "plot_changes",
    "plot_kinds",
    "plot_page",
    "plot_results",
    "plot_wording",
    "target_table",
    "write_brief",
    "write_briefs",
]
