"""A report cut into section, paragraph, sentence and clause, with offsets.

Deterministic, and complete: every character that is not white space lies in
exactly one clause. Offsets count characters of the text as given. The cut is made
on arrays, because a corpus of reports has millions of characters.
"""

import functools
import re
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars

_NUMERAL = "[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_SKIP = rf"[\s*#{chars.INVISIBLES}]*"
# A part 一、, a section （一）, or an address to the deputies.
_HEADING = re.compile(rf"{_SKIP}(?:({_NUMERAL})、|[（(]({_NUMERAL})[）)]|各位代表[，,：:！!])")
_HEADING_BEGINS = chars.flagged("一二三四五六七八九十（(各*#" + chars.INVISIBLES)
_BEFORE_HEADING = chars.flagged("*#" + chars.INVISIBLES)
_HEADING_GOES_ON = chars.flagged("一二三四五六七八九十、位")


class Clause(NamedTuple):
    """One clause: where it stands, by offsets and by numbers that begin at 1.

    ``part_no`` counts 一、二、 and ``section_no`` （一）（二） as printed; None before
    the first, and after an address to the deputies, which closes a section.
    ``paragraph_no`` runs through the text, the two after it through the paragraph.
    """

    start: int
    end: int
    part_no: int | None
    section_no: int | None
    paragraph_no: int
    sentence_no: int
    clause_no: int


class Clauses(NamedTuple):
    """The clauses of a text as columns: the fields of ``Clause``, with 0 for None."""

    start: np.ndarray
    end: np.ndarray
    part_no: np.ndarray
    section_no: np.ndarray
    paragraph_no: np.ndarray
    sentence_no: np.ndarray
    clause_no: np.ndarray


def segment(text: str) -> list[Clause]:
    """Return the clauses of a text in order.

    A clause keeps the punctuation that closes it. Zero-width characters belong
    to the clause they stand in or after, so a line of nothing else is no paragraph.

    Examples
    --------
    >>> text = "(七)总述。甲,乙、丙;丁共12,500户。"
    >>> [text[c.start:c.end] for c in segment(text)]
    ['(七)总述。', '甲,', '乙、丙;', '丁共12,500户。']
    >>> segment(text)[-1]
    Clause(start=12, end=22, part_no=None, section_no=7, paragraph_no=1, sentence_no=3, clause_no=4)
    """
    columns = segment_columns(chars.coded(text))
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Clause(start, end, part or None, section or None, *rest) for start, end, part, section, *rest in rows]


def segment_columns(text: chars.Text) -> Clauses:
    """Return the clauses of a text as columns.

    Examples
    --------
    >>> segment_columns(chars.coded("甲，乙。")).end.tolist()
    [2, 4]
    """
    marks = _marks(text)
    kind = text.kinds.take(marks)
    first, last = _trimmed(_cuts(text.size, marks, kind), text.kinds)
    if not len(first):
        return Clauses(*[np.zeros(0, np.int64)] * 7)
    line_ends = marks.compress((kind & chars.LINE_END) > 0)
    first, last, shown = _absorbed(first, last, text)
    start, end = first.compress(shown), last.compress(shown)
    line = np.searchsorted(line_ends, start)
    opens = np.concatenate(([True], line[1:] != line[:-1]))
    paragraph = np.cumsum(opens)
    begins = chars.places(opens)
    begin = begins.take(paragraph - 1)
    # A stop closes the clause it stands in, and closing marks may follow it.
    stops = np.cumsum((kind & chars.STOP) > 0)
    passed = np.concatenate(([0], stops)).take(np.searchsorted(marks, end))
    closed = np.cumsum(passed > np.concatenate(([0], passed[:-1])))
    before = np.concatenate(([0], closed[:-1]))
    first_of = np.searchsorted(start.take(begins), text.starts)  # the first paragraph of each text
    part, section = _headings(text, start.take(begins), line.take(begins), line_ends, first_of)
    before_text = np.zeros(len(begins), np.int64)
    before_text[first_of[first_of < len(begins)]] = first_of[first_of < len(begins)]
    before_text = np.maximum.accumulate(before_text)
    return Clauses(
        *_spans(first, last, shown),
        part.take(paragraph - 1),
        section.take(paragraph - 1),
        paragraph - before_text.take(paragraph - 1),
        before - before.take(begin) + 1,
        np.arange(1, len(paragraph) + 1) - begin,
    )


def owners(clauses: Clauses, size: int) -> np.ndarray:
    """Return for each character, and for the places behind the text, the clause that began last before it.

    Examples
    --------
    >>> text = chars.coded("甲，乙。")
    >>> owners(segment_columns(text), text.size)[:4].tolist()
    [0, 0, 1, 1]
    """
    edges = np.concatenate(([0], clauses.start[1:], [size + chars.PAD]))
    return np.repeat(np.arange(len(clauses.start)), edges[1:] - edges[:-1])


_STEPS = 4
_ANY_MARK = chars.STOP | chars.COMMA | chars.HALF_COMMA | chars.CLOSER | chars.LINE_END


def _marks(text: chars.Text) -> np.ndarray:
    """Return where a clause or line may end. A comma between two digits groups thousands (12,500)."""
    marks = text.of(_ANY_MARK)
    half = (text.kinds.take(marks) & chars.HALF_COMMA) > 0
    if half.any():
        digits = text.kinds.take(marks - 1) & text.kinds.take(marks + 1) & chars.DIGIT
        marks = marks.compress(~(half & (digits > 0)))
    return marks


def _cuts(size: int, marks: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Return the offsets at which one piece ends and the next begins: closing marks stay with the stop before them."""
    if not len(marks):
        return np.array([size])
    stop, closer, line_end = ((kind & flag) > 0 for flag in (chars.STOP, chars.CLOSER, chars.LINE_END))
    ends = ~(closer | line_end)
    follows = np.concatenate(([False], marks[1:] - marks[:-1] == 1))
    # A run of closing marks belongs to the boundary just before it, if there is one.
    run_begins = closer & ~(follows & _shifted(closer))
    begun = np.maximum.accumulate(np.where(run_begins, np.arange(len(marks)), 0))
    ends |= closer & (follows & _shifted(ends)).take(begun)
    goes_on = np.append((follows & (closer | (stop & _shifted(stop))))[1:], False)
    cuts = (marks + ~line_end).compress(line_end | (ends & ~goes_on))
    cuts = np.append(cuts, size)
    return cuts.compress(np.concatenate((cuts[1:] > cuts[:-1], [True])))


def _shifted(flags: np.ndarray) -> np.ndarray:
    """Return each flag one place later: what the mark before was."""
    return np.concatenate(([False], flags[:-1]))


def _trimmed(cuts: np.ndarray, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return first and last offset of each piece without white space around it; empty ones are left out."""
    first, last = np.concatenate(([0], cuts[:-1])), cuts.copy()
    for _ in range(_STEPS):  # a line end and an indent: a few steps do for nearly all
        blank = ((kinds.take(first) & chars.SPACE) > 0) & (first < last)
        if not blank.any():
            break
        first += blank
    for _ in range(_STEPS):
        blank = ((kinds.take(last - 1) & chars.SPACE) > 0) & (first < last)
        if not blank.any():
            break
        last -= blank
    kept = last > first
    first, last = first.compress(kept), last.compress(kept)
    ends = np.concatenate((first, last - 1))
    if ((kinds.take(ends) & chars.SPACE) > 0).any():
        return _trimmed_far(first, last, kinds)
    return first, last


def _trimmed_far(first: np.ndarray, last: np.ndarray, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Trim pieces with much white space around them."""
    solid = chars.places((kinds[: int(last.max(initial=0))] & chars.SPACE) == 0)
    begins, ends = np.searchsorted(solid, first), np.searchsorted(solid, last)
    begins, ends = begins[ends > begins], ends[ends > begins]
    return solid[begins], solid[ends - 1] + 1


def _absorbed(first: np.ndarray, last: np.ndarray, text: chars.Text) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Say which pieces show anything; give the others' characters to the piece before them, or to the first."""
    if not len(text.of(chars.INVISIBLE)):
        return first, last, np.ones(len(first), bool)
    kinds = text.kinds[: text.size]
    hidden = (kinds & chars.INVISIBLE) > 0
    seen = np.concatenate(([0], np.cumsum(~hidden & ((kinds & chars.SPACE) == 0))))
    shown = seen[last] > seen[first]
    if not shown.any():  # a text of nothing else is one clause
        return first[:1], last[-1:], np.ones(1, bool)
    return first, last, shown


def _spans(first: np.ndarray, last: np.ndarray, shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if shown.all():
        return first, last
    places = chars.places(shown)
    start, end = first[places].copy(), last[np.append(places[1:], len(first)) - 1]
    start[0] = first[0]
    return start, end


def _headings(
    text: chars.Text, begins: np.ndarray, lines: np.ndarray, line_ends: np.ndarray, first_of: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return part and section number of each paragraph, as printed in the headings before it."""
    starts = np.concatenate(([0], line_ends + 1))[lines]
    ends = np.append(line_ends, text.size)[lines]
    part, section = np.full(len(lines), -1), np.full(len(lines), -1)
    first_of = first_of[first_of < len(lines)]
    part[first_of] = section[first_of] = 0
    first, second = text.codes.take(begins), text.codes.take(begins + 1)
    places = chars.places(_HEADING_BEGINS.take(first) & (_BEFORE_HEADING.take(first) | _HEADING_GOES_ON.take(second)))
    for place, start, end in zip(places.tolist(), starts[places].tolist(), ends[places].tolist(), strict=True):
        if found := _HEADING.match(text.text, start, end):
            numbered, subordinate = found.groups()
            if numbered:
                part[place] = chinese_number(numbered)
            section[place] = chinese_number(subordinate) if subordinate else 0
    return _filled(part), _filled(section)


def _filled(numbers: np.ndarray) -> np.ndarray:
    """Return each number that is not given (-1) as the last one before it."""
    return numbers[np.maximum.accumulate(np.where(numbers >= 0, np.arange(len(numbers)), 0))]


@functools.lru_cache(maxsize=128)
def chinese_number(numeral: str) -> int:
    """Return a heading's numeral, 一 to 九十九, as an integer.

    Examples
    --------
    >>> [chinese_number(n) for n in ("三", "十", "十二", "二十", "二十一")]
    [3, 10, 12, 20, 21]
    """
    digits = "零一二三四五六七八九"
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return digits.index(numeral[-1])
    return (digits.index(tens[-1]) if tens else 1) * 10 + (digits.index(units) if units else 0)


def chinese_numeral(number: int) -> str:
    """Return a heading's number, 1 to 99, as a numeral.

    Examples
    --------
    >>> [chinese_numeral(n) for n in (3, 10, 12, 20, 21)]
    ['三', '十', '十二', '二十', '二十一']
    """
    digits = "零一二三四五六七八九"
    tens, units = divmod(int(number), 10)
    if not tens:
        return digits[units]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[units] if units else "")
