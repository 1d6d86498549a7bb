"""Candidates of a report, files of them for a person to fill in, and what the person confirmed."""

from panjin_analysis.review.adopted import Adopted, adopt, adopted_dir, decide, load_adopted
from panjin_analysis.review.candidates import candidates
from panjin_analysis.review.forms import read_candidates, write_candidates
from panjin_analysis.review.sample import sample_report
from panjin_analysis.review.summary import summarise

__all__ = [
    "Adopted",
    "adopt",
    "adopted_dir",
    "candidates",
    "decide",
    "load_adopted",
    "read_candidates",
    "sample_report",
    "summarise",
    "write_candidates",
]
