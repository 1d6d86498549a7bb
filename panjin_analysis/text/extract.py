"""From the text of a report to columns: its clauses with their codes, its numbers with their classes.

No step looks at clause or number one by one; the columns become data frames in ``extraction``.
"""

from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.cues import CueLexicon, Cues, has
from panjin_analysis.text.headline import Headline, HeadlineLexicon, find_headlines
from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.parts import OUTLOOK, REVIEW
from panjin_analysis.text.quantities import CLASSES, COMPARATORS, NumberLexicon, Quantities, find_quantities
from panjin_analysis.text.roles import BACKGROUND, COMMITMENT, RESULT, Read, read
from panjin_analysis.text.segments import segment_columns
from panjin_analysis.text.types import STAGE_WORDS, DomainLexicon, Types, classify
from panjin_analysis.text.wording import Wording, word

# Raise it when a rule in code changes what is found: stored facts name the version that found them.
RULES_VERSION = 1

_C = {code: number for number, code in enumerate(CLASSES)}
_OP = {code: number for number, code in enumerate(COMPARATORS)}
# What a word without a numeral is worth: everybody, nobody, twice as much.
IMPLIED = {
    "all": (100.0, "%", "all"),
    "zero": (0.0, "", "zero"),
    "double": (2.0, "倍", "eq"),
}
NO_CHANGE, UP, DOWN = range(3)
CHANGES = ("none", "up", "down")


class Lexicons(NamedTuple):
    """Everything that extraction looks up, made once from the tables."""

    numbers: NumberLexicon
    cues: CueLexicon
    domains: DomainLexicon
    headlines: HeadlineLexicon
    stages: Lexicon


class Extracted(NamedTuple):
    """What was found in one text; the columns of ``quantities`` and of those beside it have one row a number."""

    text: str
    found: Read
    wording: Wording
    types: Types
    quantities: Quantities
    kind: np.ndarray  # place in CLASSES: amounts have become target, result or other
    is_target: np.ndarray  # of the report's own year
    is_multi_year: np.ndarray
    change: np.ndarray  # place in CHANGES
    clause: np.ndarray
    phrase_start: np.ndarray  # what is counted or measured, as offsets; -1 unknown
    phrase_end: np.ndarray


def stage_lexicon() -> Lexicon:
    """Return the words of a project's stage as a lexicon."""
    return Lexicon(list(STAGE_WORDS))


def extract_columns(text: str, lexicons: Lexicons, report_year: int | None = None) -> Extracted | None:
    """Return everything that can be told of a text, or None where it has no visible character."""
    units = chars.code_units(text)
    clauses = segment_columns(text, units)
    if not len(clauses.start):
        return None
    quantities = find_quantities(text, units, lexicons.numbers)
    amounts = quantities.start[quantities.kind == _C["amount"]]
    found = read(text, units, clauses, lexicons.cues, amounts, report_year)
    implied = _implied(found, lexicons.numbers)
    has_number = found.has_amount | (np.bincount(_clause_of(found, implied.start), minlength=len(clauses.start)) > 0)
    wording = word(found, lexicons.cues, has_number)
    types = classify(units, found, wording, has_number, lexicons.domains, lexicons.stages)
    return _classed(text, found, wording, types, _merged(quantities, implied))


def headlines(extracted: Extracted, lexicons: Lexicons) -> list[Headline]:
    """Return the headline targets of a text that was read."""
    return find_headlines(
        extracted.text, extracted.found, extracted.quantities, lexicons.numbers.units, lexicons.headlines
    )


def _clause_of(found: Read, places: np.ndarray) -> np.ndarray:
    return np.searchsorted(found.clauses.start, places, side="right") - 1


def _implied(found: Read, numbers: NumberLexicon) -> Quantities:
    """Return the quantities that stand in words alone: 实现全覆盖, 动态清零, 翻番."""
    cues = found.cues
    at = np.flatnonzero(has(cues.kinds, "all", "zero", "double"))
    # As a predicate only: 全覆盖的目标 states nothing, 全部完成 does wherever it stands.
    at = at[(cues.end[at] == found.tail[found.clause_of[at]]) | has(cues.kinds[at], "endstate")]
    columns: list[tuple[float, ...]] = []
    for place in at.tolist():
        kind = next(name for name in IMPLIED if has(cues.kinds[place : place + 1], name)[0])
        value, unit, comparator = IMPLIED[kind]
        number = numbers.units.index(unit) if unit in numbers.units else -1
        start, end = int(cues.start[place]), int(cues.end[place])
        columns.append((start, end, value, float("nan"), number, _OP[comparator], _C["amount"], end, start))
    rows = np.array(columns, float).reshape(-1, 9)
    return Quantities(*(rows[:, place] if place in {2, 3} else rows[:, place].astype(np.int64) for place in range(9)))


def _merged(numbers: Quantities, implied: Quantities) -> Quantities:
    """Put both lists in order; a numeral inside an implied quantity (翻一番) is part of it."""
    if not len(implied.start):
        return numbers
    inside = np.searchsorted(implied.start, numbers.start, side="right") - 1
    covered = (inside >= 0) & (numbers.start < implied.end[inside])
    kept = [column[~covered] for column in numbers]
    joined = [np.concatenate((one, other)) for one, other in zip(kept, implied, strict=True)]
    order = np.argsort(joined[0], kind="stable")
    return Quantities(*(column[order] for column in joined))


def _classed(text: str, found: Read, wording: Wording, types: Types, quantities: Quantities) -> Extracted:
    clause = _clause_of(found, quantities.start)
    role, part = found.role[clause], found.part[clause]
    amount = quantities.kind == _C["amount"]
    kind = quantities.kind.copy()
    of_review = (role == RESULT) | ((role != COMMITMENT) & (part == REVIEW))
    kind[amount] = np.where(of_review, _C["result"], _C["target"])[amount]
    kind[amount & (role == BACKGROUND)] = _C["other"]
    is_multi_year = _multi_year(found, quantities, clause)
    target = kind == _C["target"]
    phrase_start, phrase_end = _phrases(found, quantities, clause)
    return Extracted(
        text,
        found,
        wording,
        types,
        quantities,
        kind,
        target & ~is_multi_year,
        target & is_multi_year,
        _changes(found.cues, quantities, found.clauses.start[clause]),
        clause,
        phrase_start,
        phrase_end,
    )


def _multi_year(found: Read, quantities: Quantities, clause: np.ndarray) -> np.ndarray:
    """Say which numbers belong to goals of several years: of the outlook, 年均, or by a later year than the report's."""
    ahead = has(found.kinds, "goal_years")
    if found.year is not None:
        later = (quantities.kind == _C["date"]) & (quantities.value > found.year) & (quantities.value < 2100)
        ahead = ahead | (np.bincount(clause[later], minlength=len(ahead)) > 0)
    in_sentence = np.bincount(found.sentence, weights=ahead)[found.sentence] > 0
    return ((found.part == OUTLOOK) | in_sentence)[clause]


def _changes(cues: Cues, quantities: Quantities, clause_start: np.ndarray) -> np.ndarray:
    """Return which way each number's own clause says that something moves, by the last such word before it."""
    moving = np.flatnonzero(has(cues.kinds, "up", "down"))
    if not len(moving):
        return np.zeros(len(quantities.start), np.int64)
    last = np.searchsorted(cues.start[moving], quantities.start) - 1
    within = (last >= 0) & (cues.start[moving[last]] >= clause_start)
    return np.where(within, np.where(has(cues.kinds[moving[last]], "down"), DOWN, UP), NO_CHANGE)


def _phrases(found: Read, quantities: Quantities, clause: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where the words for what is counted stand: before the number, else behind it, else before the last one."""
    cues, count = found.cues, len(quantities.start)
    if not count:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    same = np.concatenate(([False], clause[1:] == clause[:-1]))
    behind_last = np.where(same, np.roll(quantities.end, 1) + 1, found.head[clause])
    start, end = np.minimum(behind_last, quantities.before), quantities.before.copy()
    if len(cues.start):
        start, end = _without_verbs(cues, start, end)
    next_start = np.where(np.append(same[1:], False), np.roll(quantities.before, -1), found.tail[clause])
    empty = end - start < 2
    after = empty & (next_start - quantities.end >= 2)
    start = np.where(after, quantities.end, start)
    end = np.where(after, next_start, end)
    start, end = np.where(end - start < 2, -1, start), np.where(end - start < 2, -1, end)
    # 增长8% alone goes on about what the number before it measured.
    known = np.maximum.accumulate(np.where(start >= 0, np.arange(count), -1))
    inherits = (start < 0) & (known >= 0) & (found.sentence[clause[known]] == found.sentence[clause])
    return np.where(inherits, start[known], start), np.where(inherits, end[known], end)


def _without_verbs(cues: Cues, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Take verbs and adverbs off both ends of a phrase."""
    idle = np.flatnonzero((cues.force >= 0) | has(cues.kinds, "adverb", "striving", "up", "down", "lead"))
    if not len(idle):
        return start, end
    begins, ends = cues.start[idle], cues.end[idle]
    for _ in range(3):
        at = np.searchsorted(begins, start)
        hit = (at < len(begins)) & (begins[np.minimum(at, len(begins) - 1)] == start) & (start < end)
        start = np.where(hit, np.minimum(ends[np.minimum(at, len(ends) - 1)], end), start)
        at = np.searchsorted(ends, end)
        hit = (at < len(ends)) & (ends[np.minimum(at, len(ends) - 1)] == end) & (start < end)
        end = np.where(hit, np.maximum(begins[np.minimum(at, len(begins) - 1)], start), end)
    return start, end
