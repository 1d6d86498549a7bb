"""Numerals to exact numbers: Arabic, Chinese, full-width and mixed.

Values are integers where they are whole and decimals otherwise, never rounded:
1.02万 is 10200, 三分之一 stays a fraction.
"""

import re
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction

DIGITS = "〇零一二两三四五六七八九"
TENS = {"十": 1, "百": 2, "千": 3}
LARGE = {"万": 4, "亿": 8}
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
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
        if not whole:
            raise ValueError(f"{numeral}: nothing has no parts")
        return _plain(Fraction(part) / Fraction(whole))
    if numeral.endswith("成"):
        return _plain(Fraction(parse_numeral(numeral[:-1])) / 10)
    whole_part, point, decimals = numeral.partition("点")
    if point and decimals and all(mark in DIGITS for mark in decimals):
        digits = decimals.translate(_TO_ARABIC)
        return _plain(Fraction(parse_numeral(whole_part)) + Fraction(int(digits), 10 ** len(digits)))
    if numeral == "半":
        return Decimal("0.5")
    return _plain(_sum(numeral))


def _plain(value: Fraction | int) -> Number:
    """Return an integer or a decimal where the value is one; thirds stay fractions."""
    if value.denominator == 1:
        return int(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if rest == 1 else value


def _sum(numeral: str) -> Fraction | int:
    """Add up a numeral from left to right: digits, their power of ten, and 万 or 亿 over all before it."""
    if not numeral:
        raise ValueError("an empty text is no numeral")
    total: _Part = None
    group: _Part = None
    digits: _Part = None
    power = 0
    for found in _PIECE.finditer(numeral):
        piece = found[0]
        if found.lastgroup == "wrong" or (found.lastgroup == "digits" and digits is not None):
            raise ValueError(f"{numeral}: “{piece}” does not fit")
        if found.lastgroup == "digits":
            plain = piece.replace(",", "").translate(_TO_ARABIC)
            digits = Fraction(plain) if "." in plain else int(plain)  # whole numbers are added ten times as fast
        elif found.lastgroup == "tens":
            group = (group or 0) + (1 if digits is None else digits) * 10 ** TENS[piece]
            digits, power = None, TENS[piece]
        else:
            total, group = _raised(total, group if digits is None else (group or 0) + digits, piece), None
            digits, power = None, LARGE[piece]
    return (total or 0) + (group or 0) + _last(numeral, digits, power)


_Part = Fraction | int | None  # None where nothing has been said yet, which is not nought


_PIECE = re.compile(
    r"(?P<digits>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[〇零一二两三四五六七八九]+)|(?P<tens>[十百千])|(?P<large>[万亿])|(?P<wrong>.)"
)
_TO_ARABIC = str.maketrans("〇零一二两三四五六七八九", "001223456789")


def _raised(total: _Part, group: _Part, mark: str) -> Fraction | int:
    """Multiply by 万 or 亿: 万 the group before it, 亿 everything before it (1万亿); alone each counts one."""
    if group is None:  # 六万万
        return (1 if total is None else total) * 10 ** LARGE[mark]
    if mark == "亿":
        return ((total or 0) + group) * 10**8
    return (total or 0) + group * 10**4


def _last(numeral: str, digits: _Part, power: int) -> Fraction | int:
    """Return what the last digits add: 一万二 is 12 000, for one digit at the very end counts the next lower power."""
    if digits is None:
        return 0
    short = power > 1 and digits < 10 and numeral[-1] in DIGITS and numeral[-2] not in "零〇"
    return digits * 10 ** (power - 1) if short else digits
