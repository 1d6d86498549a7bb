"""Numerals to exact numbers: Arabic, Chinese, full-width and mixed.

Values are integers where they are whole and decimals otherwise, never rounded:
1.02万 is 10200, 三分之一 stays a fraction.
"""

import re
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction

DIGITS = {mark: value for marks in ("〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九") for mark in marks
          for value in [("〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九").index(marks)]}  # fmt: skip
TENS = {"十": 1, "百": 2, "千": 3}
LARGE = {"万": 4, "亿": 8}
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_ARABIC = re.compile(r"[0-9][0-9]*(?:,[0-9]{3})*(?:\.[0-9]+)?")
_PARTS = re.compile(r"(.+?)分之(.+)")


def parse_numeral(numeral: str) -> Number:
    """Return the exact value of a numeral.

    Parameters
    ----------
    numeral
        Digits of any kind with 十百千万亿, a fraction (三分之一, 百分之五), tenths (八成)
        or a half (半); no unit.

    Raises
    ------
    ValueError
        If it is no numeral.

    Examples
    --------
    >>> [parse_numeral(n) for n in ("1.02万", "1亿2千万", "两百", "12,500", "一万二", "二〇二四")]
    [10200, 120000000, 200, 12500, 12000, 2024]
    >>> parse_numeral("三分之一"), parse_numeral("百分之五"), parse_numeral("八成"), parse_numeral("7.2")
    (Fraction(1, 3), Decimal('0.05'), Decimal('0.8'), Decimal('7.2'))
    """
    numeral = numeral.translate(_NARROW)
    if parts := _PARTS.fullmatch(numeral):
        whole, part = parse_numeral(parts[1]), parse_numeral(parts[2])
        return _plain(Fraction(part) / Fraction(whole))
    if numeral.endswith("成"):
        return _plain(Fraction(parse_numeral(numeral[:-1])) / 10)
    whole_part, point, decimals = numeral.partition("点")
    if point and decimals and all(mark in DIGITS for mark in decimals):
        digits = "".join(str(DIGITS[mark]) for mark in decimals)
        return _plain(Fraction(parse_numeral(whole_part)) + Fraction(int(digits), 10 ** len(digits)))
    if numeral == "半":
        return Decimal("0.5")
    return _plain(_sum(numeral))


def _plain(value: Fraction) -> Number:
    """Return an integer or a decimal where the value is one; thirds stay fractions."""
    if value.denominator == 1:
        return int(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if rest == 1 else value


def _sum(numeral: str) -> Fraction:
    """Add up a numeral from left to right: digits, their power of ten, and 万 or 亿 over all before it."""
    total, group, pending, last, place = Fraction(0), Fraction(0), None, 0, 0
    while place < len(numeral):
        mark = numeral[place]
        if found := _ARABIC.match(numeral, place):
            if pending is not None:
                raise ValueError(f"{numeral}: two numbers side by side")
            pending, place, last = Fraction(found[0].replace(",", "")), found.end(), 0
            continue
        if mark in DIGITS:
            run = place
            while run < len(numeral) and numeral[run] in DIGITS:
                run += 1
            digits = "".join(str(DIGITS[one]) for one in numeral[place:run])
            pending, place = Fraction(digits), run
            continue
        if mark in TENS:
            group += (1 if pending is None else pending) * 10 ** TENS[mark]
            last = TENS[mark]
        elif mark in LARGE:
            group += pending or 0
            if not total and not group:  # 万 alone
                group = Fraction(1)
            if mark == "亿":  # 1万亿: everything before it
                total = (total + group) * 10**8
            else:
                total += group * 10**4
            group, last = Fraction(0), LARGE[mark]
        else:
            raise ValueError(f"{numeral}: “{mark}” is no numeral")
        pending, place = None, place + 1
    if pending is not None:
        # 一万二 is 12 000 and 两百五 is 250: a digit at the very end counts the next lower power.
        short = last > 1 and pending < 10 and len(numeral) > 1 and numeral[-1] in DIGITS and numeral[-2] not in "零〇"
        group += pending * 10 ** (last - 1) if short else pending
    return total + group
