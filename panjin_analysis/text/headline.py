"""The headline targets of a year: growth, jobs, prices, incomes, as the report sets them.

A report sets them in one list (预期目标); what the list lacks is sought in the rest of the plan.
Three things that look alike are kept out: goals of several years, last year's results in the
review, and other measures with similar names, which the alias list names as such.
"""

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.found import in_any
from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.number_lexicon import COMPARATORS
from panjin_analysis.text.parts import OUTLOOK, REVIEW
from panjin_analysis.text.phrases import Phrases

STATUSES = ("stated", "relative_only", "in_step_with", "not_stated")
_ANNUAL = re.compile(r"(今年|20[0-9]{2}年)[^，。；]{0,20}(?:目标|预期|指标)[^，。；]{0,8}[是为：:]")
_NEAR = 20  # characters before a clause in which its year may stand
# What is said in more ways than a list of phrases holds.
_SHAPES_YEARS = (r"“?十[一二三四五]五”?(?:时期|期间|末)", r"比20[0-9]{2}年翻")
_SHAPES_BEFORE = (r"20[0-9]{2}年完成",)
_UNTIL = re.compile(r"(?:到|至)(20[0-9]{2})年")
# Words that every one of these shapes holds.
_HINTS = ("五时期", "五期间", "五末", "五”时期", "五”期间", "五”末", "比20", "到20", "至20")
_GOALS = ("目标", "预期", "指标")  # one of them stands in every ``_ANNUAL``
_SINCE = re.compile(r"[较比]20[0-9]{2}年|累计")
# What some reports print for the unit: jobs as posts, a cut of energy use as percentage points.
_ALSO = {"urban_new_jobs": "个", "energy_intensity_cut": "百分点", "cpi": "百分点"}
_INDEX_BASE = 100.0


_NAMES, _HINT, _GOAL = 1, 2, 4  # what a mark tells of its clause


class Alias(NamedTuple):
    """A name of one or more headline targets; ``is_other`` names a different measure, to be let be."""

    ids: tuple[str, ...]
    is_weak: bool
    is_other: bool


class Headline(NamedTuple):
    """One headline target as one report sets it; offsets are those of the value, or of the name."""

    indicator_id: str
    status: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    start: int | None = None
    end: int | None = None
    is_stretch: bool = False
    variant: str | None = None


class HeadlineLexicon:
    """Names of headline targets: alias to ids, with the unit that each id is measured in; and phrases beside them."""

    def __init__(self, units: Mapping[str, str], aliases: Iterable[tuple[str, str, str]], phrases: Phrases) -> None:
        self.units = dict(units)
        self.aliases = {
            alias: Alias(tuple(filter(None, ids.split("|"))), kind == "weak", kind == "not")
            for alias, ids, kind in aliases
        }
        longest_first = sorted(self.aliases, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first)))
        kinds = dict.fromkeys(self.aliases, _NAMES)
        for phrase in (*phrases.of("target_list"), *phrases.of("several_years"), *_HINTS):
            kinds[phrase] = kinds.get(phrase, 0) | _HINT
        for goal in _GOALS:
            kinds[goal] = kinds.get(goal, 0) | _GOAL
        self.marks = Lexicon(list(kinds))
        # A longer mark hides those that it begins with, and counts for them too.
        self.mark_kinds = np.array(
            [sum({kinds.get(mark[:size], 0) for size in range(1, len(mark) + 1)}) for mark in kinds], np.int64
        )
        self.target_list = phrases.pattern("target_list")
        self.several_years = phrases.pattern("several_years", *_SHAPES_YEARS)
        self.in_step, self.relative = phrases.pattern("in_step"), phrases.pattern("relative")
        self.strives, self.moves = phrases.pattern("strives"), phrases.pattern("moves")
        self.grows, self.goes_on = phrases.pattern("grows"), phrases.pattern("goes_on")
        self.before = phrases.pattern("before", *_SHAPES_BEFORE)


class _Amount(NamedTuple):
    start: int
    end: int
    value: float
    value_max: float
    unit: str
    comparator: str


class _Clause(NamedTuple):
    start: int
    end: int
    text: str
    sentence: int
    rank: int  # 0 in the list of targets, 1 elsewhere in the plan
    names: list[tuple[int, int, str, Alias]]


class Listed(NamedTuple):
    """A text with the clauses that matter, and the quantities in them, as plain rows."""

    text: str
    clauses: list[tuple[int, int, int, int, int]]  # start, end, sentence, paragraph, part
    quantities: list[tuple]  # start, end, value, value_max, unit, comparator


def that_matter(
    text: chars.Text,
    start: np.ndarray,
    end: np.ndarray,
    part: np.ndarray,
    clause_no: np.ndarray,
    lexicon: HeadlineLexicon,
) -> np.ndarray:
    """Say which clauses headline targets are told from: the others need not be read.

    They name a target or follow one that does, belong to a list of targets or goals of several years, or may
    announce this year's targets in another part; and the first of each paragraph there ends a list.
    """
    places, marks = lexicon.marks.find(text)
    kinds = lexicon.mark_kinds.take(marks)
    owner = np.maximum(np.searchsorted(start, places, side="right") - 1, 0)
    out = np.zeros(len(start) + 1, bool)
    out[owner[kinds & (_NAMES | _HINT) > 0]] = True
    out[owner[kinds & _NAMES > 0] + 1] = True
    goals = places[kinds & _GOAL > 0]
    near = np.searchsorted(goals, end) > np.searchsorted(goals, start - _NEAR)
    aside = (part == REVIEW) | (part == OUTLOOK)
    opens = clause_no == 1
    out = out[:-1] | (aside & (near | opens))
    # Paragraphs there that announce no targets can only end a list, and one of them in a row is enough.
    rows = chars.places(out)
    ends = (aside & ~in_any(np.cumsum(opens) - 1, near)).take(rows)
    out[rows[1:].compress(ends[1:] & ends[:-1])] = False
    return out


def find_headlines(report: Listed, year: int | None, units: Sequence[str], lexicon: HeadlineLexicon) -> list[Headline]:
    """Return every headline target of a report, stated or not, in the order of the lexicon."""
    text = report.text
    amounts = _amounts(report.quantities, units)
    best: dict[str, Headline] = {}
    clauses = _with_lists(list(_clauses(report, year, lexicon)))
    for rank in (0, 1):
        ranked = [clause for clause in clauses if clause.rank == rank]
        for one in _stated(text, ranked, amounts, lexicon):
            _keep(best, one)
        for one in _unstated(ranked, lexicon, strict=rank == 1):
            best.setdefault(one.indicator_id, one)
    return [best.get(name, Headline(name, "not_stated")) for name in lexicon.units]


def _keep(best: dict[str, Headline], one: Headline) -> None:
    known = best.get(one.indicator_id)
    # Of two unemployment rates the surveyed one counts.
    if known is None or (known.variant == "registered" and one.variant == "surveyed" and known.status == "stated"):
        best[one.indicator_id] = one


def _amounts(rows: list[tuple], units: Sequence[str]) -> list[_Amount]:
    return [
        _Amount(start, end, value, high, units[unit] if unit >= 0 else "", COMPARATORS[comparator])
        for start, end, value, high, unit, comparator in rows
    ]


def _clauses(report: Listed, year: int | None, lexicon: HeadlineLexicon) -> Iterator[_Clause]:
    """Return the clauses ahead that name a headline target, with their rank."""
    in_list, listed_until, sentence_years = False, -1, {}
    paragraph_before = annual_in = -1
    for start, end, sentence, paragraph, part in report.clauses:
        words = report.text[start:end]
        if paragraph != paragraph_before:
            in_list = paragraph <= listed_until and in_list
            paragraph_before = paragraph
        if part in {REVIEW, OUTLOOK}:
            annual_in = paragraph if _is_annual(report.text, start, end, year) else annual_in
            if paragraph != annual_in:
                in_list = False
                continue
        if lexicon.target_list.search(words):
            in_list, listed_until = True, paragraph + 1
        if _is_multi_year(words, year, lexicon):
            sentence_years[sentence] = True
        names = [
            (m.start() + start, m.end() + start, m[0], lexicon.aliases[m[0]]) for m in lexicon.pattern.finditer(words)
        ]
        if names and in_list:
            listed_until = max(listed_until, paragraph + 1)
        if sentence_years.get(sentence):
            continue
        yield _Clause(start, end, words, sentence, 0 if in_list else 1, names)


def _with_lists(clauses: list[_Clause]) -> list[_Clause]:
    """Count a sentence that names three targets as a list, whether it is announced as one or not."""
    names: dict[int, set[str]] = {}
    for clause in clauses:
        names.setdefault(clause.sentence, set()).update(name for *_, about in clause.names for name in about.ids)
    return [clause._replace(rank=0) if len(names[clause.sentence]) >= 3 else clause for clause in clauses]


def _is_annual(text: str, start: int, end: int, year: int | None) -> bool:
    """Say whether a clause in another part announces the targets of this year: 今年主要预期目标是."""
    found = _ANNUAL.search(text[max(start - _NEAR, 0) : end])
    return found is not None and found[1] in {"今年", f"{year}年"}


def _is_multi_year(words: str, year: int | None, lexicon: HeadlineLexicon) -> bool:
    later = any(year is None or int(one) > year for one in _UNTIL.findall(words))
    return bool(lexicon.several_years.search(words)) or later


def _stated(text: str, clauses: list[_Clause], amounts: list[_Amount], lexicon: HeadlineLexicon) -> Iterator[Headline]:
    starts = [one.start for one in amounts]
    for place, clause in enumerate(clauses):
        wanted = [name for name in clause.names if name[3].ids]
        if not wanted:
            continue
        following = _continued(clauses, place, lexicon)
        first, last = (bisect.bisect_left(starts, edge) for edge in (clause.start, following.end))
        inside = amounts[first:last]
        yield from _assigned(text, clause, following, wanted, inside, lexicon)


def _continued(clauses: list[_Clause], place: int, lexicon: HeadlineLexicon) -> _Clause:
    """Return the clause that still speaks of the same target: 投资500亿元，增长8%."""
    clause = clauses[place]
    if place + 1 < len(clauses):
        after = clauses[place + 1]
        goes_on = lexicon.goes_on.match(after.text) and not after.names
        if after.start - clause.end <= 2 and goes_on:
            return after
    return clause


def _assigned(
    text: str,
    clause: _Clause,
    following: _Clause,
    wanted: list[tuple[int, int, str, Alias]],
    inside: list[_Amount],
    lexicon: HeadlineLexicon,
) -> Iterator[Headline]:
    names = clause.names
    for order, (start, end, alias, about) in enumerate(names):
        if not about.ids:
            continue
        nearest = names[order + 1][0] if order + 1 < len(names) else following.end
        for position, headline_id in enumerate(about.ids):
            unit = lexicon.units[headline_id]
            fitting = [one for one in inside if one.start >= end and _fits(one, unit, headline_id)]
            if not fitting:
                continue
            shared = [one for one in fitting if one.start >= nearest]
            own = [one for one in fitting if one.start < nearest]
            if not own and not _coordinate(text, end, nearest):
                continue
            run = own or shared
            spread = "分别" in text[end : run[0].start] or (
                len(about.ids) > 1 and len(run) >= len(about.ids) and _listed(text, run)
            )
            index = (position if len(about.ids) > 1 else _place_in_run(text, names, order, own)) if spread else 0
            one = run[min(index, len(run) - 1)]
            if about.is_weak and not _is_meant(text, clause.start, start, one, unit, lexicon):
                continue
            if not lexicon.moves.search(text[start : one.end + 3]) and unit == "%":
                continue
            if unit == "%" and _SINCE.search(text[end : one.start]):
                continue
            if lexicon.before.search(text[end : one.start]) and "增长" not in text[end : one.start]:
                continue
            yield _headline(text, clause, one, headline_id, alias, lexicon)


def _is_meant(text: str, begin: int, start: int, one: _Amount, unit: str, lexicon: HeadlineLexicon) -> bool:
    """Say whether a short name means the target: 产量 only of grain, 财政收入 only where it grows."""
    if unit == "kg":
        return "粮食" in text[max(begin - 30, 0) : start]
    return bool(lexicon.grows.search(text[start : one.start]))


def _coordinate(text: str, end: int, nearest: int) -> bool:
    """Say whether nothing but 、 or 和 parts a name from the next one, so that they share what follows."""
    return len(text[end:nearest].strip("、和与及以,，")) <= 3


def _place_in_run(text: str, names: list[tuple[int, int, str, Alias]], order: int, own: list[_Amount]) -> int:
    """Return how many coordinate names stand before this one: 甲、乙分别增长8%和9%."""
    before = 0
    while order - before > 0 and _coordinate(text, names[order - before - 1][1], names[order - before][0]):
        before += 1
    return before


def _listed(text: str, run: list[_Amount]) -> bool:
    gap = text[run[0].end : run[1].start] if len(run) > 1 else ""
    return 0 < len(gap) <= 6 and bool(re.search(r"[、和与]", gap))


def _fits(one: _Amount, unit: str, headline_id: str) -> bool:
    if headline_id == "cpi" and one.unit == "" and _INDEX_BASE < one.value < _INDEX_BASE + 15:
        return True
    also = _ALSO.get(headline_id)
    return one.unit in {unit, also} and one.value == one.value


def _headline(
    text: str, clause: _Clause, one: _Amount, headline_id: str, alias: str, lexicon: HeadlineLexicon
) -> Headline:
    is_index = headline_id == "cpi" and (one.unit == "" or one.value > _INDEX_BASE)
    base = _INDEX_BASE if is_index else 0.0
    high = None if one.value_max != one.value_max else one.value_max - base
    strives = bool(lexicon.strives.search(text[clause.start : one.start]))
    value = round(one.value - base, 6)
    return Headline(
        headline_id, "stated", value, high, lexicon.units[headline_id], one.comparator, one.start, one.end, strives,
        _variant(headline_id, alias),
    )  # fmt: skip


def _variant(headline_id: str, alias: str) -> str | None:
    if headline_id != "urban_unemployment_rate":
        return None
    return "surveyed" if "调查" in alias else "registered" if "登记" in alias else None


def _unstated(clauses: list[_Clause], lexicon: HeadlineLexicon, *, strict: bool) -> Iterator[Headline]:
    """Return targets that are set without a number: in step with growth, or only a direction."""
    for clause in clauses:
        for start, end, alias, about in clause.names:
            if about.is_weak:
                continue
            rest = clause.text[end - clause.start :]
            for headline_id in about.ids:
                if lexicon.in_step.search(rest):
                    status = "in_step_with"
                elif not strict and lexicon.relative.search(rest):
                    status = "relative_only"
                else:
                    continue
                strives = bool(lexicon.strives.search(clause.text[: start - clause.start]))
                yield Headline(
                    headline_id, status, start=start, end=end, is_stretch=strives, variant=_variant(headline_id, alias)
                )
