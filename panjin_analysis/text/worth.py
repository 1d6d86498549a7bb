"""What each numeral of a text is worth, as columns, and what its own characters tell of it.

Nearly all numerals are digits, perhaps with a point and one power behind them (1.02万): they are
read together, one place after the other. The others are cut out and read one by one.
"""

import functools
import math
import re
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.numerals import LARGE, TENS, parse_numeral

# Flags of a numeral's own characters.
ARABIC, BARE, ONE, YEAR4, ZERO, HUNDRED, THOUSAND, MORE, WHOLE, POWER = (1 << bit for bit in range(10))
_SMALL = 200  # below it a whole number is flagged as one

_NAN = float("nan")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}|[一二][九〇零][〇零一二三四五六七八九]{2}")
_PAIR = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
_MIXED = re.compile(r"[一二][九〇零0０][〇零一二三四五六七八九0０]{2}")
_FILLERS = str.maketrans("○OＯo", "〇〇〇〇", "多余几 \u3000\u00a0\u2002\u2003\u2009\u202f")
_NOUGHTS = str.maketrans("0０", "〇〇")
_LONGEST = 60  # characters of a numeral; sums of longer runs (a million 万) would take hours


class Worth(NamedTuple):
    """One row a numeral."""

    value: np.ndarray
    value_max: np.ndarray  # of a pair (两三个, 五六十), else not a number
    scale: np.ndarray  # its last power of ten
    flags: np.ndarray


def worth(text: chars.Text, start: np.ndarray, end: np.ndarray) -> Worth:
    """Return what each numeral is worth; not a number for what is none.

    Examples
    --------
    >>> text = chars.coded("1.02万和两三百")
    >>> [column.tolist() for column in worth(text, np.array([0, 6]), np.array([5, 9]))[:3]]
    [[10200.0, 200.0], [nan, 300.0], [10000.0, 100.0]]
    """
    size = end - start
    columns = _single().take(text.codes.take(start), axis=1)
    longer = chars.places(size > 1)
    columns[:, longer], is_plain = _plain(text.codes, start.take(longer), size.take(longer))
    others = longer.compress(~is_plain)
    if len(others):
        spans = zip(start[others].tolist(), end[others].tolist(), strict=True)
        columns[:, others] = np.transpose([_read(text.text[first:last]) for first, last in spans])
    value, value_max, scale, flags = columns
    return Worth(value, value_max, scale, flags.astype(np.int64))


# Digits, a point with digits behind it, and 千, 万, 亿 or 万亿: what may follow what.
_OTHER, _DIGIT, _POINT, _THOUSANDS, _TEN_THOUSANDS, _HUNDRED_MILLIONS = range(6)
_BEGIN, _DIGITS, _POINTED, _DECIMALS, _RAISED, _ALL_RAISED, _WRONG = range(7)
_STATES, _KINDS = 7, 6
_FOLLOWS = np.full((_STATES, _KINDS), _WRONG)
for _state, _kind, _next in (
    *((_BEGIN, _DIGIT, _DIGITS), (_DIGITS, _DIGIT, _DIGITS), (_DIGITS, _POINT, _POINTED)),
    *((_POINTED, _DIGIT, _DECIMALS), (_DECIMALS, _DIGIT, _DECIMALS), (_RAISED, _HUNDRED_MILLIONS, _ALL_RAISED)),
    *((one, _TEN_THOUSANDS, _RAISED) for one in (_DIGITS, _DECIMALS)),
    *((one, power, _ALL_RAISED) for one in (_DIGITS, _DECIMALS) for power in (_THOUSANDS, _HUNDRED_MILLIONS)),
):
    _FOLLOWS[_state, _kind] = _next
_IS_WHOLE = np.array([state in {_DIGITS, _DECIMALS, _RAISED, _ALL_RAISED} for state in range(_STATES)])
# Of each character: its kind, what it multiplies the digits before it by, what it adds, and its power of ten.
_KIND, _TIMES = np.zeros(chars.SIZE, np.int64), np.ones(chars.SIZE, np.int64)
_ADDS, _POWER = np.zeros(chars.SIZE, np.int64), np.zeros(chars.SIZE, np.int64)
_KIND[[*map(ord, "0123456789")]], _TIMES[[*map(ord, "0123456789")]] = _DIGIT, 10
_ADDS[[*map(ord, "0123456789")]] = range(10)
_KIND[[*map(ord, ".千万亿")]] = _POINT, _THOUSANDS, _TEN_THOUSANDS, _HUNDRED_MILLIONS
_POWER[[*map(ord, TENS | LARGE)]] = [*(TENS | LARGE).values()]
# A number below 2**53 times or over a power of ten up to 22 is the float nearest to the decimal number.
_EXACT, _TENS = 10**15, np.array([float(10**power) for power in range(23)])
_PLACES = 18  # digits that 64 bits hold


def _plain(codes: np.ndarray, start: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns of plain numerals (1.02万), and which numerals are plain."""
    state, digits, decimals, power = np.zeros((4, len(start)), np.int64)
    rows = np.arange(len(start))
    for place in range(min(int(size.max(initial=0)), _PLACES)):
        rows = rows.compress(size.take(rows) > place)
        code = codes.take(start.take(rows) + place)
        state[rows] = follows = _FOLLOWS.take(state.take(rows) * _KINDS + _KIND.take(code))
        digits[rows] = digits.take(rows) * _TIMES.take(code) + _ADDS.take(code)
        decimals[rows] += follows == _DECIMALS
        power[rows] += _POWER.take(code)
    is_plain = _IS_WHOLE.take(state) & (size <= _PLACES) & (digits < _EXACT)
    exponent = np.where(is_plain, power - decimals, 0)
    tens = _TENS.take(np.abs(exponent))
    value = np.where(exponent < 0, digits / tens, digits * tens)
    is_year = (state == _DIGITS) & (size == len("2024")) & (digits >= 1900) & (digits < 2100)
    flags = ARABIC + YEAR4 * is_year + WHOLE * ((value < _SMALL) & (value == np.floor(value)))
    return np.array((value, np.full(len(start), _NAN), _TENS.take(np.where(is_plain, power, 0)), flags)), is_plain


@functools.lru_cache(maxsize=1)
def _single() -> np.ndarray:
    """Return the columns of every numeral of one character, by its code."""
    out = np.zeros((4, chars.SIZE))
    for mark in chars.NUMERALS:
        out[:, ord(mark)] = _read(mark)
    return out


@functools.lru_cache(maxsize=10_000)
def _read(printed: str) -> tuple[float, float, float, int]:
    """Return what a numeral is worth, its upper value, its scale and its flags."""
    numeral = printed.translate(_FILLERS)
    if _MIXED.fullmatch(numeral):  # 二0三五
        numeral = numeral.translate(_NOUGHTS)
    flags = MORE * (numeral != printed and any(mark in printed for mark in "多余几"))
    flags |= ARABIC * (numeral[0] in chars.ARABIC_NUMERALS) | YEAR4 * bool(_YEAR.fullmatch(numeral))
    flags |= BARE * (not numeral.strip("百千万亿")) | ONE * (numeral == "一") | ZERO * (numeral in {"零", "〇", "0"})
    flags |= POWER * (not numeral.strip("十百千万亿"))
    flags |= HUNDRED * (numeral == "百") | THOUSAND * (numeral == "千")
    try:
        value, high, scale = _sum(numeral)
    except (ValueError, OverflowError):  # no numeral, or one beyond all numbers (forty 亿 in a row)
        return _NAN, _NAN, 1.0, flags
    return value, high, scale, flags | WHOLE * (math.isnan(high) and value < _SMALL and value == int(value))


def _sum(numeral: str) -> tuple[float, float, float]:
    if len(numeral) > _LONGEST:
        raise ValueError(f"{numeral[:_LONGEST]}… is no numeral")
    scale = 1.0
    if ends := re.search(r"[万亿]+$|[百千]$", numeral):
        scale = float(parse_numeral(ends[0]))
    if pair := _PAIR.fullmatch(numeral):
        low, high = (float(parse_numeral(digit + pair[3])) for digit in pair.group(1, 2))
        if 1 <= high / low <= 2:
            return low, high, scale
    return float(parse_numeral(numeral)), _NAN, scale
