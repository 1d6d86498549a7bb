"""Which paragraphs of which reports are coded by hand: draws that anybody can repeat.

Reports are drawn first, then paragraphs of middling length from the first of them; the
headline targets are coded in all of the first three draws. Each seed was fixed before anything
was coded, and each draw leaves out what the draws before it took. Rules were made with the
first, second, fourth and fifth; the third measures them.
"""

import csv
import random
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from panjin_analysis.errors import DataError
from panjin_analysis.text.documents import read_text
from panjin_analysis.text.segments import segment

PARAGRAPHS = 3
SHORTEST, LONGEST = 60, 900  # characters of a paragraph that may be drawn


@dataclass(frozen=True)
class Draw:
    """Where the random numbers begin, how many reports, and of how many of them paragraphs."""

    seed: int
    reports: int
    with_paragraphs: int


DRAWS = (Draw(20241, 90, 42), Draw(20242, 45, 30), Draw(20243, 40, 40), Draw(20244, 60, 60), Draw(20245, 60, 60))


def draw(sample: Path, how: Draw = DRAWS[0], without: Collection[str] = ()) -> dict[str, list[int]]:
    """Draw reports, and paragraphs of some of them.

    Parameters
    ----------
    sample
        Folder of reports with its ``index.csv``.
    how
        The seed and the numbers.
    without
        Reports, by path without ending, that are not drawn again.

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
    paths = [path for path in paths if path.removesuffix(".md") not in without]
    numbers = random.Random(how.seed)
    reports = numbers.sample(paths, how.reports)
    drawn = {path: _paragraphs(sample / path, numbers) for path in reports[: how.with_paragraphs]}
    return {path.removesuffix(".md"): drawn.get(path, []) for path in reports}


def draw_all(sample: Path) -> list[dict[str, list[int]]]:
    """Return what every draw took, in their order.

    Raises
    ------
    DataError
        If the folder has no index.
    """
    out: list[dict[str, list[int]]] = []
    for how in DRAWS:
        out.append(draw(sample, how, without={name for one in out for name in one}))
    return out


def _paragraphs(path: Path, numbers: random.Random) -> list[int]:
    spans: dict[int, tuple[int, int]] = {}
    for clause in segment(read_text(path)):
        first, _ = spans.get(clause.paragraph_no, (clause.start, clause.end))
        spans[clause.paragraph_no] = first, clause.end
    fitting = [number for number, (start, end) in spans.items() if SHORTEST <= end - start <= LONGEST]
    return sorted(numbers.sample(fitting, PARAGRAPHS))
