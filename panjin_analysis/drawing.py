"""Which paragraphs of which reports are coded by hand: a draw that anybody can repeat.

Reports are drawn first, then paragraphs of middling length from the first of them; the
headline targets are coded in all. The seed was fixed before anything was coded.
"""

import csv
import random
from pathlib import Path

from panjin_analysis.errors import DataError
from panjin_analysis.text.documents import read_text
from panjin_analysis.text.segments import segment

SEED = 20241
REPORTS, WITH_PARAGRAPHS, PARAGRAPHS = 90, 42, 3
SHORTEST, LONGEST = 60, 900  # characters of a paragraph that may be drawn


def draw(sample: Path, seed: int = SEED) -> dict[str, list[int]]:
    """Draw reports, and paragraphs of some of them.

    Parameters
    ----------
    sample
        Folder of reports with its ``index.csv``.
    seed
        Where the random numbers begin.

    Returns
    -------
    dict of str to list of int
        The reports in the order drawn, by path without ending; the numbers of their paragraphs,
        none for a report of which only headline targets are coded.

    Raises
    ------
    DataError
        If the folder has no index.
    """
    index = sample / "index.csv"
    if not index.is_file():
        raise DataError("missing_file", where=index)
    with index.open(encoding="utf-8", newline="") as file:
        paths = sorted(row["path"] for row in csv.DictReader(file))
    numbers = random.Random(seed)
    reports = numbers.sample(paths, REPORTS)
    drawn = {path: _paragraphs(sample / path, numbers) for path in reports[:WITH_PARAGRAPHS]}
    return {path.removesuffix(".md"): drawn.get(path, []) for path in reports}


def _paragraphs(path: Path, numbers: random.Random) -> list[int]:
    spans: dict[int, tuple[int, int]] = {}
    for clause in segment(read_text(path)):
        first, _ = spans.get(clause.paragraph_no, (clause.start, clause.end))
        spans[clause.paragraph_no] = first, clause.end
    fitting = [number for number, (start, end) in spans.items() if SHORTEST <= end - start <= LONGEST]
    return sorted(numbers.sample(fitting, PARAGRAPHS))
