"""From the text of a report to columns: its clauses with their codes, its numbers with their classes.

No step looks at clause or number one by one; the columns become data frames in ``extraction``.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.attributes import attributes
from panjin_analysis.text.cues import CueLexicon, Cues, has
from panjin_analysis.text.found import Read, in_any, read
from panjin_analysis.text.headline import HeadlineLexicon
from panjin_analysis.text.lexicon import Lexicon, Together
from panjin_analysis.text.number_lexicon import CLASS, COMPARATOR, NumberLexicon
from panjin_analysis.text.parts import OUTLOOK, REVIEW, PartPhrases
from panjin_analysis.text.quantities import Quantities, find_quantities
from panjin_analysis.text.roles import BACKGROUND, COMMITMENT, RESULT, with_roles
from panjin_analysis.text.segments import segment_columns
from panjin_analysis.text.types import STAGE_WORDS, DomainLexicon, TypeLexicon, Types, classify
from panjin_analysis.text.wording import Wording, word

# Raise it when a rule in code changes what is found: stored facts name the version that found them.
RULES_VERSION = 6

# What a word without a numeral is worth: everybody, nobody, twice as much.
IMPLIED = {
    "all": (100.0, "%", "all"),
    "zero": (0.0, "", "zero"),
    "double": (2.0, "倍", "eq"),
}
_IMPLIED_VALUES = np.array([value for value, _, _ in IMPLIED.values()])
_IMPLIED_UNITS = [unit for _, unit, _ in IMPLIED.values()]
_IMPLIED_COMPARATORS = np.array([COMPARATOR[code] for _, _, code in IMPLIED.values()])
_REACHES = chars.flagged("达为至到约近超的")
_JOINS = chars.flagged("、和与及")
_OF = chars.flagged("的")
_LIST, _PARTS = "、", chars.flagged("、：:")
_NO_HOUSEHOLD, _GONE = "零就业家庭", ("清零", "归零")
_ALL = "全部"
_GROWTH = "增长"  # 零增长 is 0 %
NO_CHANGE, UP, DOWN = range(3)
CHANGES = ("none", "up", "down")


class Lexicons(NamedTuple):
    """Everything that extraction looks up, made once from the tables."""

    numbers: NumberLexicon
    cues: CueLexicon
    types: TypeLexicon
    domains: DomainLexicon
    headlines: HeadlineLexicon
    parts: PartPhrases
    together: Together  # cues, words of domains, words of stages


class Extracted(NamedTuple):
    """What was found in one text; the columns of ``quantities`` and of those beside it have one row a number."""

    text: chars.Text
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


def lexicons_of(
    numbers: NumberLexicon,
    cues: CueLexicon,
    types: TypeLexicon,
    domains: DomainLexicon,
    names: HeadlineLexicon,
    parts: PartPhrases,
) -> Lexicons:
    """Put lexicons together so that cues, domains and stages are found in one pass."""
    together = Together(cues.lexicon, domains.lexicon, Lexicon(list(STAGE_WORDS)))
    return Lexicons(numbers, cues, types, domains, names, parts, together)


def extract_columns(texts: Sequence[str], lexicons: Lexicons, years: Sequence[int | None]) -> Extracted | None:
    """Return everything that can be told of texts read in one run, or None where no visible character stands."""
    text = chars.coded(*texts)
    clauses = segment_columns(text)
    if not len(clauses.start):
        return None
    quantities = find_quantities(text, lexicons.numbers)
    words, fields, stages = lexicons.together.find(text)
    amounts = quantities.start[quantities.kind == CLASS["amount"]]
    found = read(
        text, clauses, lexicons.cues, lexicons.cues.cues(*words), words, lexicons.parts, amounts=amounts, years=years
    )
    found = with_roles(text, found)
    implied = _implied(text, found, lexicons.numbers)
    has_number = found.has_amount.copy()
    has_number[found.owner.take(implied.start)] = True
    wording = word(text, found, has_number)
    types = classify(text, found, wording, has_number, lexicons.types, lexicons.domains, fields=fields, stages=stages)
    quantities = _merged(quantities, implied)
    behind = _behind(text, quantities, lexicons.numbers)
    return _classed(text, found, wording, types, quantities, behind)


def _implied(text: chars.Text, found: Read, numbers: NumberLexicon) -> Quantities:
    """Return the quantities that stand in words alone: 实现全覆盖, 动态清零, 翻番."""
    cues = found.cues
    at = chars.places(has(cues.kinds, "all", "zero", "double"))
    # As a predicate only: 全覆盖的目标 states nothing, 全部完成 does wherever it stands.
    at = at.compress(_stated(text, found, at))
    start, end = cues.start.take(at), cues.end.take(at)
    kind = np.argmax([has(cues.kinds.take(at), name) for name in IMPLIED], axis=0)
    clause_start = found.clauses.start.take(found.clause_of.take(at))
    value, unit = _IMPLIED_VALUES.take(kind), [_IMPLIED_UNITS[code] for code in kind.tolist()]
    for place, (begin, first, last) in enumerate(zip(clause_start.tolist(), start.tolist(), end.tolist(), strict=True)):
        words = text.text[first:last]
        if "两" in words:  # 翻两番: twice twofold
            value[place] **= 2
        elif words.endswith(_GROWTH):
            unit[place] = "%"
        elif words in _GONE and _NO_HOUSEHOLD in text.text[begin:first]:
            unit[place] = "户"
    return Quantities(
        start,
        end,
        value,
        np.full(len(at), np.nan),
        np.array([numbers.units.index(one) if one in numbers.units else -1 for one in unit], np.int64),
        _IMPLIED_COMPARATORS.take(kind),
        np.full(len(at), CLASS["amount"]),
        end,
        start,
        np.zeros(len(at), np.int64),
    )


def _stated(text: chars.Text, found: Read, at: np.ndarray) -> np.ndarray:
    """Say which of some cues state their quantity: those that close a clause or a part of a list, and acts done to all."""
    cues, clause = found.cues, found.clause_of.take(at)
    start, end, kinds = cues.start.take(at), cues.end.take(at), cues.kinds.take(at)
    # 、 may part it from the next of a list (乡镇全覆盖、县县全覆盖), where it is no attribute (全方位、全覆盖).
    listed = _PARTS.take(text.codes.take(end)) & (text.codes.take(start - 1) != ord(_LIST))
    closes = (end == found.tail.take(clause)) | listed
    # 全部 alone is said of whatever verb follows it, unless that has a number of its own: 全部压缩到60天.
    bare = (end - start == len(_ALL)) & has(kinds, "all")
    free = found.last_amount.take(clause) < start
    return np.where(bare, ~closes & free, closes | has(kinds, "endstate"))


def _merged(numbers: Quantities, implied: Quantities) -> Quantities:
    """Put both lists in order; a numeral inside an implied quantity (翻一番) is part of it."""
    if not len(implied.start):
        return numbers
    inside = np.searchsorted(implied.start, numbers.start, side="right") - 1
    covered = (inside >= 0) & (numbers.start < implied.end.take(inside))
    rows = np.concatenate((chars.places(~covered), np.arange(len(implied.start)) + len(covered)))
    start = np.concatenate((numbers.start, implied.start)).take(rows)
    rows = rows.take(np.argsort(start, kind="stable"))
    return Quantities(*(np.concatenate(both).take(rows) for both in zip(numbers, implied, strict=True)))


def _behind(text: chars.Text, quantities: Quantities, numbers: NumberLexicon) -> np.ndarray:
    """Return where each number ends with the comparator behind it: 5%以上."""
    word = numbers.after.lexicon.at(text, quantities.end)
    bounds = numbers.after.comparator.take(word) > 0
    return quantities.end + np.where(bounds, numbers.after.lengths.take(word), 0)


def _classed(
    text: chars.Text, found: Read, wording: Wording, types: Types, quantities: Quantities, behind: np.ndarray
) -> Extracted:
    clause = found.owner.take(quantities.start)
    role, part = found.role.take(clause), found.part.take(clause)
    amount = quantities.kind == CLASS["amount"]
    kind = quantities.kind.copy()
    of_review = (role == RESULT) | ((role != COMMITMENT) & (part == REVIEW))
    np.copyto(kind, np.where(of_review, CLASS["result"], CLASS["target"]), where=amount)
    np.putmask(kind, amount & (role == BACKGROUND), CLASS["other"])
    promised = chars.places(kind == CLASS["target"])
    kind[attributes(text, found, quantities, clause, behind, promised)] = CLASS["other"]
    is_multi_year = _multi_year(found, quantities, clause)
    target = kind == CLASS["target"]
    phrase_start, phrase_end = _phrases(text, found, quantities, behind, clause)
    return Extracted(
        text,
        found,
        wording,
        types,
        quantities,
        kind,
        target & ~is_multi_year,
        target & is_multi_year,
        _changes(found.cues, quantities, found.clauses.start.take(clause)),
        clause,
        phrase_start,
        phrase_end,
    )


def _multi_year(found: Read, quantities: Quantities, clause: np.ndarray) -> np.ndarray:
    """Say which numbers belong to goals of several years: of the outlook, 年均, or by a later year than the report's."""
    ahead = has(found.kinds, "goal_years")
    year = np.array([9999 if year is None else year for year in found.years]).take(found.document.take(clause))
    later = (quantities.kind == CLASS["date"]) & (quantities.value > year) & (quantities.value < 2100)
    ahead[clause[later]] = True
    return ((found.part == OUTLOOK) | in_any(found.sentence, ahead)).take(clause)


def _changes(cues: Cues, quantities: Quantities, clause_start: np.ndarray) -> np.ndarray:
    """Return which way each number's own clause says that something moves, by the last such word before it."""
    moving = chars.places(has(cues.kinds, "up", "down"))
    if not len(moving):
        return np.zeros(len(quantities.start), np.int64)
    last = np.searchsorted(cues.start.take(moving), quantities.start) - 1
    word = moving.take(last)
    within = (last >= 0) & (cues.start.take(word) >= clause_start)
    return np.where(within, np.where(has(cues.kinds.take(word), "down"), DOWN, UP), NO_CHANGE)


def _phrases(
    text: chars.Text, found: Read, quantities: Quantities, behind: np.ndarray, clause: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return where the words for what is counted stand: before the number, else behind it, else before the last one."""
    first, last = np.full(len(clause), -1), np.full(len(clause), -1)
    at = chars.places(quantities.kind == CLASS["amount"])  # names and ordinals are among the words
    if not len(at):
        return first, last
    clause, before, behind = clause.take(at), quantities.before.take(at), behind.take(at)
    goes_on = clause[1:] == clause[:-1]
    last_end = np.where(np.append(False, goes_on), np.append(0, behind[:-1]), found.head.take(clause))
    next_start = np.where(np.append(goes_on, False), np.append(before[1:], 0), found.tail.take(clause))
    last_end = last_end + _JOINS.take(text.codes.take(last_end))
    start, end = _without_verbs(found.cues, np.minimum(last_end, before), before.copy(), len(text.codes))
    end = np.maximum(end - _REACHES.take(text.codes.take(end - 1)), start)
    start = np.where(_JOINS.take(text.codes.take(end - 1)), end, start)  # what ends in 、 belongs to the number before
    after = (end - start < 2) & (next_start - behind >= 2) & ~_JOINS.take(text.codes.take(behind))
    next_start = next_start - _JOINS.take(text.codes.take(next_start - 1))
    behind = behind + _OF.take(text.codes.take(behind))
    start, end = np.where(after, behind, start), np.where(after, next_start, end)
    start = np.where(end - start < 2, -1, start)
    # 增长8% alone goes on about what the number before it measured.
    known = np.maximum.accumulate(np.where(start >= 0, np.arange(len(at)), 0))
    inherits = (start < 0) & (found.sentence.take(clause.take(known)) == found.sentence.take(clause))
    first[at], last[at] = np.where(inherits, start.take(known), start), np.where(inherits, end.take(known), end)
    return first, last


def _without_verbs(cues: Cues, start: np.ndarray, end: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Take verbs and adverbs off both ends of a phrase; ``size`` is that of the text."""
    forth, back = np.zeros(size, np.int32), np.zeros(size, np.int32)  # how long the word at each place is
    forth[cues.start] = back[cues.end] = cues.idle
    for _ in range(3):
        start = np.minimum(start + forth.take(start), end)
        end = np.maximum(end - back.take(end), start)
    return start, end
