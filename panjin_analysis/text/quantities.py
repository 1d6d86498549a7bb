"""Every number of a text: where it stands, what it is worth, and what kind of number it is.

A number is a run of numeral characters (1.02万, 两百). What stands before and after
it decides: 第 makes an ordinal, 年 after four digits a date, quotation marks around a
short formula a part of a name. What is left is an amount, with value, unit and
comparator; whether it is a target or a result depends on its clause, not on itself.
"""

from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.number_kinds import BESIDE_OF, Numbers, classify, on
from panjin_analysis.text.number_lexicon import CLASS, COMPARATOR, EFFECT, NumberLexicon
from panjin_analysis.text.worth import ARABIC, HUNDRED, THOUSAND, ZERO

_NUMERAL = chars.ARABIC | chars.CHINESE
_LARGE = chars.flagged("万亿")
_POWER = chars.flagged("十百千万亿")
_KILO = chars.flagged("瓦米克伏卡赫")
_MORE = chars.flagged("多余几")
_ORDINAL = CLASS["ordinal"]
_GAP = chars.flagged(" \u3000\u00a0\u2002\u2003\u2009\u202f")
_AFTER_TORN = chars.flagged("%％亿万")
_NOUGHT = chars.flagged("○OＯo0０")  # what is printed for 〇 between Chinese digits
_DIGIT = chars.flagged("〇零一二三四五六七八九○OＯo0０")


class Quantities(NamedTuple):
    """The numbers of a text as columns, in order; codes are places in the lists beside them."""

    start: np.ndarray  # of the numeral
    end: np.ndarray  # behind the unit, or behind the numeral where there is none
    value: np.ndarray
    value_max: np.ndarray
    unit: np.ndarray  # place in the units of the lexicon; -1 none
    comparator: np.ndarray  # place in COMPARATORS
    kind: np.ndarray  # place in CLASSES
    numeral_end: np.ndarray
    before: np.ndarray  # where the words that belong to the number begin: 不低于, 约
    size: (
        np.ndarray
    )  # whether the unit says how large something is: a code of ``number_lexicon``; 0 behind 生产 and the like


def find_quantities(text: chars.Text, lexicon: NumberLexicon) -> Quantities:
    """Return every number of a text."""
    start, end = _runs(text)
    if not len(start):
        whole, decimal = np.zeros(0, np.int64), np.zeros(0)
        return Quantities(whole, whole, decimal, decimal, *[whole] * 6)
    numbers = Numbers(text, lexicon, start, end)
    return _columns(numbers, classify(numbers))


def _runs(text: chars.Text) -> tuple[np.ndarray, np.ndarray]:
    """Return begin and end of every run of numeral characters; 12,500 and 1.02 are one run."""
    places = text.of(_NUMERAL)
    apart = places[1:] - places[:-1] > 1
    start = places.compress(np.concatenate((np.ones(min(len(places), 1), bool), apart)))
    end = places.compress(np.concatenate((apart, np.ones(min(len(places), 1), bool)))) + 1
    start, end = _parted(text, start, end)
    end = _with_noughts(text, start, end)
    # In 140万千瓦 the last 千 belongs to the unit.
    end = end - ((end - start > 1) & (text.codes.take(end - 1) == ord("千")) & _KILO.take(text.codes.take(end)))
    joined = _joins(text, start, end)
    if not joined.any():
        return start, end
    apart = ~joined
    return start.compress(np.concatenate(([True], apart))), end.compress(np.concatenate((apart, [True])))


def _parted(text: chars.Text, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Part a sum from a number that stands right behind it: 55万60岁以上老人; 12万5000元 are one."""
    codes, kinds = text.codes, text.kinds
    at = chars.places(_LARGE.take(codes.take(end - 3)) | _LARGE.take(codes.take(end - 2)))
    cuts = []
    for place in at.tolist():
        first, last = int(start[place]), int(end[place])
        cut = last - 1
        while cut > first and kinds[cut] & chars.ARABIC:
            cut -= 1
        if first < cut < last - 1 and _LARGE[codes[cut]] and kinds[first] & chars.ARABIC:
            cuts.append((place, cut + 1))
    if not cuts:
        return start, end
    places, behind = (np.array(column) for column in zip(*cuts, strict=True))
    return np.insert(start, places + 1, behind), np.insert(end, places, behind)


def _with_noughts(text: chars.Text, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Let a numeral take in what is printed for 〇 behind it: 二○一○年, 二O三五年."""
    codes = text.codes
    at = chars.places(_NOUGHT.take(codes.take(end)) & _DIGIT.take(codes.take(end - 1)))
    at = at[(text.kinds.take(end[at] - 1) & chars.CHINESE) > 0]
    for place in at.tolist():
        behind = int(end[place])
        while behind - end[place] < 3 and _NOUGHT[codes[behind]]:
            behind += 1
        if _DIGIT[codes[behind]] or codes[behind] == ord("年"):
            end[place] = behind
    return end


def _joins(text: chars.Text, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Say which runs go on in the next one: 12,500, 1.02 and 1 200, 310多万 and 60 多亿, 百分之四点一."""
    gap = start[1:] - end[:-1]
    near = chars.places(gap <= 2)
    joined = np.zeros(max(len(start) - 1, 0), bool)
    if not len(near):
        return joined
    codes, first_end, next_start, next_end = text.codes, end[near], start[near + 1], end[near + 1]
    gap, between, kinds = gap[near], codes.take(first_end), text.kinds
    first, second = kinds.take(first_end - 1), kinds.take(next_start)
    arabic = ((first & chars.ARABIC) > 0) & ((second & chars.ARABIC) > 0)
    chinese = ((first & chars.CHINESE) > 0) & ((second & chars.CHINESE) > 0)
    point = (between == ord(".")) | (between == ord("．"))
    # A comma groups thousands only before exactly three digits.
    digits = ((kinds.take(next_start + ahead) & chars.ARABIC) > 0 for ahead in (1, 2, 3))
    thousands = ((between == ord(",")) | (between == ord("，"))) & next(digits) & next(digits) & ~next(digits)
    thousands &= (first_end - start[near] <= 3) | (between == ord(","))
    spaced = _GAP.take(between) & ~_is_year(text, start[near], first_end)
    # A power of ten alone behind 多, 余 or a space belongs to the number before it.
    powers = _POWER.take(codes.take(next_start)) & _POWER.take(codes.take(next_end - 1)) & (next_end - next_start <= 2)
    more = _MORE.take(between) | (_GAP.take(between) & ((first & chars.ARABIC) > 0))
    more = np.where(gap == 2, _GAP.take(between) & _MORE.take(codes.take(first_end + 1)), more)
    more &= ~((codes.take(next_start) == ord("千")) & _KILO.take(codes.take(next_end)))  # 500 千伏
    # 百分之四点一, 增长一点四倍; 三点意见 are three.
    by_parts = (codes.take(start[near] - 1) == ord("之")) | (codes.take(next_end) == ord("倍"))
    spoken = (between == ord("点")) & chinese & by_parts
    one = gap == 1
    # 24. 8%, as some texts are printed; 1. before a year numbers a line.
    torn = (gap == 2) & point & arabic & _GAP.take(codes.take(first_end + 1)) & _AFTER_TORN.take(codes.take(next_end))
    torn &= chars.HAN.take(codes.take(start[near] - 1)) & (next_end - next_start <= 2)
    joined[near] = torn | (one & ((arabic & (point | thousands | spaced)) | spoken)) | ((gap > 0) & powers & more)
    parted = _LARGE.take(codes.take(first_end - 1)) & ((second & chars.ARABIC) > 0)
    joined[near] |= (gap == 0) & ~parted  # 二○ and 三五
    return joined


def _is_year(text: chars.Text, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Say which Arabic numerals look like a year, which no further digits follow."""
    first, second = text.codes.take(start), text.codes.take(start + 1)
    century = ((first == ord("1")) & (second == ord("9"))) | ((first == ord("2")) & (second == ord("0")))
    return century & (end - start == 4)


def _columns(numbers: Numbers, kind: np.ndarray) -> Quantities:
    """Join what is one quantity, and give values in base units."""
    lexicon = numbers.lexicon
    share = np.full(len(kind), -1)
    gone = _join_ranges(numbers, kind) | _join_fractions(numbers, kind, share) | _join_slashes(numbers, kind, share)
    gone |= _join_ratios(numbers, kind)
    # The 百 of 个百分点 is part of the unit before it.
    gone[1:] |= numbers.start[1:] < numbers.unit_end[:-1]
    _share_units(numbers, kind)
    _share_points(numbers)
    _share_comparators(numbers)
    factor = lexicon.factor.take(numbers.match)
    unit = np.where(share >= 0, share, np.where(kind == CLASS["code"], -1, lexicon.unit_of.take(numbers.match)))
    comparator = numbers.comparator
    comparator = np.where(numbers.has(ZERO) & (kind == CLASS["amount"]), COMPARATOR["zero"], comparator)
    comparator = np.where((comparator == 0) & ~np.isnan(numbers.value_max), COMPARATOR["range"], comparator)
    columns = Quantities(
        numbers.start, numbers.unit_end, numbers.value * factor, numbers.value_max * factor, unit, comparator, kind,
        numbers.end, numbers.before,
        lexicon.size.take(numbers.match) * (numbers.context != EFFECT["flow"]),
    )  # fmt: skip
    if not gone.any():
        return columns
    kept = chars.places(~gone)
    return Quantities(*(column.take(kept) for column in columns))


def _join_ranges(numbers: Numbers, kind: np.ndarray) -> np.ndarray:
    """Make one quantity of two numbers with a dash between: 8-10%, 5到8家, 5%—6%."""
    gone = np.zeros(len(kind), bool)
    unit_of, parts = numbers.lexicon.unit_of, numbers.before_fraction()
    ranged = numbers.before_range() & ~np.append(parts[1:], False)
    for first in chars.places(ranged).tolist():
        second = first + 1
        unit, low, high = int(numbers.match[first]), float(numbers.value[first]), float(numbers.value[second])
        scale = float(numbers.scale[second])
        if unit < 0 and scale > 1 and numbers.scale[first] == 1 and low * scale < high:
            low *= scale
        same = unit < 0 or unit_of[unit] == unit_of[numbers.match[second]]
        # 从3家到5家 says a change, not a range.
        changes = numbers.context[first] == EFFECT["start_level"] and on(numbers.at_unit_end[first:second], "to")[0]
        if not same or not low < high or changes:
            continue
        numbers.value[first], numbers.value_max[first] = low, high
        numbers.comparator[first] = COMPARATOR["range"]
        for column in (numbers.match, numbers.unit_end, numbers.end, numbers.after_end, numbers.at_unit_end):
            column[first] = column[second]
        if kind[second] in (CLASS["date"], CLASS["duration"]):
            kind[first] = kind[second]
        elif kind[second] == CLASS["amount"] and (
            kind[first] == CLASS["other"] or (unit < 0 and kind[first] != _ORDINAL)
        ):
            kind[first] = CLASS["amount"]
        gone[second] = True
    return gone


def _join_fractions(numbers: Numbers, kind: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Make one quantity of 三分之一 and 百分之五."""
    gone = np.zeros(len(kind), bool)
    for first in chars.places(numbers.before_fraction()[:-1]).tolist():
        if numbers.start[first + 1] != numbers.end[first] + 2:
            continue
        whole, part = float(numbers.value[first]), float(numbers.value[first + 1])
        if numbers.flags[first] & HUNDRED:
            _become(numbers, kind, share, first, part, "%")
        elif numbers.flags[first] & THOUSAND:
            _become(numbers, kind, share, first, part, "‰")
        else:
            _become(numbers, kind, share, first, part / whole if whole else float("nan"), "分数")
        gone[first + 1] = True
    return gone | _join_shares(numbers, share, gone)


def _join_shares(numbers: Numbers, share: np.ndarray, gone: np.ndarray) -> np.ndarray:
    """Make one range of 百分之四至百分之五."""
    joined = np.zeros(len(gone), bool)
    for first in chars.places(share >= 0)[:-1].tolist():
        second = first + 2
        if second >= len(gone) or share[second] != share[first] or numbers.start[second] != numbers.end[first] + 1:
            continue
        dashed = on(BESIDE_OF[numbers.text.codes[numbers.end[first : first + 1]]], "dash")[0]
        if dashed and numbers.value[first] < numbers.value[second]:
            numbers.value_max[first], numbers.comparator[first] = numbers.value[second], COMPARATOR["range"]
            numbers.end[first] = numbers.unit_end[first] = numbers.end[second]
            joined[second] = True
    return joined


def _join_slashes(numbers: Numbers, kind: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Make one quantity of 1/3."""
    gone = np.zeros(len(kind), bool)
    if len(kind) < 2:
        return gone
    slash = (numbers.start[1:] - numbers.end[:-1] == 1) & on(numbers.following[:-1], "slash")
    slash &= ~on(numbers.previous[:-1], "slash", "latin") & ~on(numbers.following[1:], "slash", "latin")
    slash &= (numbers.value[:-1] < numbers.value[1:]) & (numbers.value[1:] <= 20) & (numbers.match[1:] < 0)
    for first in chars.places(slash).tolist():
        _become(numbers, kind, share, first, float(numbers.value[first] / numbers.value[first + 1]), "分数")
        gone[first + 1] = True
    return gone


def _join_ratios(numbers: Numbers, kind: np.ndarray) -> np.ndarray:
    """Make one quantity of 2.1:1 and 6:52:42, which is worth its first part; 11:20 behind a date is a time of day."""
    gone = np.zeros(len(kind), bool)
    arabic = numbers.has(ARABIC)
    ratio = (
        (numbers.start[1:] - numbers.end[:-1] == 1) & on(numbers.following[:-1], "to_one") & arabic[:-1] & arabic[1:]
    )
    ratio &= (numbers.match[:-1] < 0) & ~on(numbers.previous[:-1], "latin")
    of_day = on(numbers.previous[:-1], "gap", "day") & (numbers.end[1:] - numbers.start[1:] == 2)
    of_day &= (numbers.value[:-1] % 1 == 0) & (numbers.value[:-1] < 24) & ~on(numbers.following[1:], "to_one")
    ratio &= ~of_day
    for first in chars.places(ratio).tolist():
        if not gone[first]:
            from_level = numbers.context[first] == EFFECT["start_level"]
            kind[first] = CLASS["other" if from_level else "amount"]
        gone[first + 1] = True
    return gone


def _become(numbers: Numbers, kind: np.ndarray, share: np.ndarray, place: int, value: float, unit: str) -> None:
    """Let a number take in the next one, as one share."""
    share[place] = numbers.lexicon.units.index(unit)
    numbers.value[place], numbers.match[place] = value, -1
    numbers.end[place] = numbers.unit_end[place] = numbers.end[place + 1]
    numbers.comparator[place] = max(numbers.comparator[place], numbers.comparator[place + 1])
    kind[place] = CLASS["amount"]


def _share_units(numbers: Numbers, kind: np.ndarray) -> None:
    """Give a number without a unit that of the next one it is listed with: 4.1和1.4个百分点, 1、2号线."""
    gap = numbers.start[1:] - numbers.end[:-1]
    arabic = numbers.has(ARABIC)
    listed = (gap == 1) & on(numbers.following[:-1], "and") & (numbers.match[:-1] < 0) & arabic[:-1] & arabic[1:]
    for place in chars.places(listed)[::-1].tolist():
        after = place + 1
        if kind[place] not in (CLASS["other"], CLASS["amount"], CLASS["name_part"]):
            continue
        if kind[after] in (CLASS["code"], CLASS["date"]):
            kind[place] = kind[after]
        elif numbers.match[after] >= 0:
            numbers.match[place], kind[place] = numbers.match[after], kind[after]
            if numbers.scale[place] == 1 and numbers.scale[after] > 1:
                numbers.value[place] *= numbers.scale[after]
                numbers.scale[place] = numbers.scale[after]


def _share_points(numbers: Numbers) -> None:
    """Let percentage points listed before them be points too: 9.9个、3.1个百分点."""
    unit = numbers.lexicon.unit_of.take(numbers.match)
    points = unit == numbers.lexicon.points
    listed = (unit[:-1] == numbers.lexicon.unit_of[numbers.lexicon.thing]) & on(numbers.at_unit_end[:-1], "and")
    listed &= numbers.start[1:] - numbers.unit_end[:-1] <= 2
    for place in chars.places(listed)[::-1].tolist():
        if points[place + 1]:
            numbers.match[place], points[place] = numbers.match[place + 1], True


def _share_comparators(numbers: Numbers) -> None:
    """Let what stands behind the last of coordinate numbers hold for all: 8%、9%左右."""
    unit = numbers.lexicon.unit_of.take(numbers.match)
    linked = numbers.before_listed() & (unit[:-1] == unit[1:]) & numbers.is_bounded[1:] & (numbers.comparator[:-1] == 0)
    for place in chars.places(linked)[::-1].tolist():
        numbers.comparator[place] = numbers.comparator[place + 1]
