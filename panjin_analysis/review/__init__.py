"""Candidates of a report, files of them for a person to fill in, and what the person confirmed."""

from panjin_analysis.review.adopted import Adopted, adopt, adopted_dir, load_adopted
from panjin_analysis.review.candidates import candidates
from panjin_analysis.review.forms import read_candidates, write_candidates

__all__ = ["Adopted", "adopt", "adopted_dir", "candidates", "load_adopted", "read_candidates", "write_candidates"]
