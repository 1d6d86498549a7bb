"""What the recognition of numbers looks up: units, names with numerals, words beside numbers."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.numerals import parse_numeral

# What a number is, before its clause is known: an amount becomes target, result or other.
CLASSES = (
    *("target", "result", "ordinal", "duration", "name_part", "date", "anniversary", "code", "grade", "lexical"),
    *("other", "amount"),
)
COMPARATORS = ("eq", "ge", "gt", "le", "lt", "approx", "range", "zero", "all")
UNIT_KINDS = (
    *("none", "amount", "time", "date_part", "anniversary", "ordinal", "grade", "code", "lot", "great", "rank"),
    *("tenths", "aspect", "part"),
)
CLASS = {code: number for number, code in enumerate(CLASSES)}
COMPARATOR = {code: number for number, code in enumerate(COMPARATORS)}
KIND = {code: number for number, code in enumerate(UNIT_KINDS)}
EFFECTS = ("none", "shortens", "start_level", "attribute", "duty", "measure", "sized", "flow", "moves", "settlement")
EFFECT = {code: number for number, code in enumerate(EFFECTS)}
FRACTION_UNITS = ("%", "‰", "分数")  # of 百分之五, 千分之五 and 三分之一

# Units that say how large a plant or line is, where what is sized stands behind them (60万千瓦机组); units that only
# ever do; and units of what a plant puts out (25万辆重卡).
SIZE, VOLTAGE, PRODUCT = 1, 2, 3
_SIZES = {
    **dict.fromkeys(
        ("kg", "千瓦", "兆瓦", "吉瓦", "千伏安", "兆伏安", "吨/日", "吨/年", "吨/天", "立方米/日", "英寸"), SIZE
    ),
    "千伏": VOLTAGE,
    **dict.fromkeys(("辆", "台", "套", "件", "只", "头", "箱", "瓶", "片", "支", "部", "羽", "平方米"), PRODUCT),
}

# Flags of a numeral's own characters.
ARABIC, BARE, ONE, YEAR4, ZERO, HUNDRED, THOUSAND, MORE, WHOLE, POWER = (1 << bit for bit in range(10))

_YEAR = re.compile(r"(?:19|20)[0-9]{2}|[一二][九〇零][〇零一二三四五六七八九]{2}")
_PLAIN = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,15})?)(万亿|[千万亿]?)")
_EXPONENTS = {"": "", "千": "e3", "万": "e4", "亿": "e8", "万亿": "e12"}
_POWERS = {"": 1.0, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_PAIR = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
_MIXED = re.compile(r"[一二][九〇零0０][〇零一二三四五六七八九0０]{2}")
_ARABIC_DIGITS = frozenset("0123456789０１２３４５６７８９")
_FILLERS = str.maketrans("○OＯo", "〇〇〇〇", "多余几 \u3000\u00a0\u2002\u2003\u2009\u202f")
_NOUGHTS = str.maketrans("0０", "〇〇")
_NAN = float("nan")
_NEVER = r"(?!)"
# What numerals are printed with, six bits a character; ten characters make a number of 64 bits.
_SIGNS = "0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万亿两○OＯo.．,，点多余几 \u3000\u00a0\u2002\u2003\u2009\u202f"
_SIGN_BITS, _PACKED = 6, 10
_SIGN = np.zeros(chars.SIZE, np.int64)
_SIGN[[ord(sign) for sign in _SIGNS]] = np.arange(1, len(_SIGNS) + 1)
_LONGEST = 60  # characters of a numeral; sums of longer runs (a million 万) would take hours


def is_numeral(mark: str) -> bool:
    """Say whether numbers are written with a character.

    Examples
    --------
    >>> [is_numeral(mark) for mark in "7七甲"]
    [True, True, False]
    """
    return bool(chars.coded(mark).kinds[0] & (chars.ARABIC | chars.CHINESE))


class Beside:
    """Words on one side of a number: the comparator each sets (0 for none) and its other effect (0 for none)."""

    def __init__(self, words: Mapping[str, str], *, backwards: bool) -> None:
        self.lexicon = Lexicon(list(words), backwards=backwards)
        self.lengths = self.lexicon.lengths
        self.comparator = np.array([*(COMPARATOR.get(effect, 0) for effect in words.values()), 0])
        self.effect = np.array([*(EFFECT.get(effect, 0) for effect in words.values()), 0])


class NumberLexicon:
    """Everything that tells what a number is.

    Parameters
    ----------
    units
        ``printed`` unit to base ``unit``, factor and kind (amount, time, date_part …).
    names
        A name or word that holds a numeral, to the class of that numeral.
    words
        A word beside a number, its side and its effect.
    """

    def __init__(
        self,
        units: Sequence[tuple[str, str, float, str]],
        names: Mapping[str, str],
        words: Iterable[tuple[str, str, str]],
    ) -> None:
        self.printed = Lexicon([printed for printed, *_ in units])
        self.units = list(dict.fromkeys([*(unit for _, unit, _, _ in units), *FRACTION_UNITS]))
        self.unit_of = np.array([*(self.units.index(unit) for _, unit, _, _ in units), -1])
        self.factor = np.array([*(factor for _, _, factor, _ in units), 1.0])
        self.kind_of = np.array([*(KIND[kind] for *_, kind in units), 0])
        self.is_money = np.array([*(unit in {"元", "美元"} for _, unit, _, _ in units), False])
        self.size = np.array([*(_SIZES.get(unit, 0) for _, unit, _, _ in units), 0])
        sides: dict[str, dict[str, str]] = {"before": {}, "after": {}, "near": {}, "ahead": {}}
        for word, side, effect in words:
            sides[side][word] = effect
        self.before, self.after = Beside(sides["before"], backwards=True), Beside(sides["after"], backwards=False)
        self.counted = _counted(sides["near"])
        self.counted_ahead = re.compile(f"(?:{'|'.join(sides['ahead']) or _NEVER})[^，。；、,;0-9]{{0,5}}$")
        printed = [one for one, *_ in units]
        self.person, self.household, self.place, self.thing, self.money, self.per_cent = (
            printed.index(unit) if unit in printed else -1 for unit in ("人", "户", "位次", "个", "元", "%")
        )
        self.points = self.units.index("百分点") if "百分点" in self.units else -2
        self.names = _names_by_numeral(names)
        self._numbers: dict[str, int] = {}
        self._read: list[tuple[float, float, float, int]] = [(_NAN, _NAN, 1.0, 0)]
        self._single = np.zeros(chars.SIZE, np.int64)  # rows of numerals of one character
        # Packed numerals in order, and the row of each; the last is larger than any.
        self._packed = np.array([np.iinfo(np.int64).max])
        self._rows = np.zeros(1, np.int64)
        self._table = np.zeros((4, 0))

    def read(self, text: chars.Text, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return value, upper value, scale of the last power and flags of each numeral; each is parsed once."""
        numbers = np.zeros(len(start), np.int64)
        single = end - start == 1
        numbers[single] = self._single.take(text.codes.take(start[single]))
        longer = chars.places((numbers == 0) | ~single)
        numbers[longer] = self._longer(text, start.take(longer), end.take(longer))
        if self._table.shape[1] < len(self._read):
            new = np.array(self._read[self._table.shape[1] :])
            self._table = np.concatenate((self._table, new.T), axis=1)
        return self._table.take(numbers, axis=1)

    def _longer(self, text: chars.Text, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return the rows of numerals: of those seen before by number, so that no text is cut out for them."""
        packed = _packed(text, start, end)
        at = np.searchsorted(self._packed, packed)
        rows = self._rows.take(at)
        unknown = chars.places(self._packed.take(at) != packed)
        if len(unknown):
            spans = zip(start[unknown].tolist(), end[unknown].tolist(), strict=True)
            numerals = [text.text[first:last] for first, last in spans]
            rows[unknown] = [self._number(numeral) for numeral in numerals]
            self._remember(packed.take(unknown), rows.take(unknown), np.array([_packs(one) for one in numerals]))
        return rows

    def _remember(self, packed: np.ndarray, rows: np.ndarray, known: np.ndarray) -> None:
        new, first = np.unique(packed[known], return_index=True)
        at = np.searchsorted(self._packed, new)
        self._packed, self._rows = np.insert(self._packed, at, new), np.insert(self._rows, at, rows[known][first])

    def _number(self, numeral: str) -> int:
        """Return the row of a numeral in the table of those that were read."""
        known = self._numbers.get(numeral)
        if known is None:
            self._read.append(_read(numeral))
            known = self._numbers[numeral] = len(self._read) - 1
            if len(numeral) == 1:
                self._single[ord(numeral)] = known
        return known


def _packed(text: chars.Text, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return each numeral as one number; -1 for those of more than ten characters."""
    out = np.zeros(len(start), np.int64)
    size = end - start
    for place in range(min(int(size.max(initial=0)), _PACKED)):
        signs = _SIGN.take(text.codes.take(start + place)) << (_SIGN_BITS * place)
        out += signs * (size > place)
    out[size > _PACKED] = -1
    return out


def _packs(numeral: str) -> bool:
    """Say whether a numeral fits into a number that no other one gives."""
    return len(numeral) <= _PACKED and all(sign in _SIGNS for sign in numeral)


def _counted(words: Mapping[str, str]) -> re.Pattern[str]:
    """Return the pattern of what a number without a unit counts, within a few words behind it; the group is households."""
    people, households = (
        "|".join(word for word, effect in words.items() if effect == wanted) or _NEVER
        for wanted in ("people", "households")
    )
    return re.compile(f"[^，。；、,;0-9]{{0,11}}?(?:(?P<households>{households})|{people})")


def _names_by_numeral(names: Mapping[str, str]) -> list[tuple[int, Lexicon, np.ndarray]]:
    """Group names by how many characters stand before their first numeral, so that a numeral finds its name."""
    groups: dict[int, list[str]] = {}
    for name in names:
        first = next(place for place, mark in enumerate(name) if is_numeral(mark))
        groups.setdefault(first, []).append(name)
    return [
        (first, Lexicon(listed), np.array([*(CLASS[names[name]] for name in listed), 0]))
        for first, listed in sorted(groups.items(), reverse=True)
    ]


def _read(printed: str) -> tuple[float, float, float, int]:
    numeral = printed.translate(_FILLERS)
    if _MIXED.fullmatch(numeral):  # 二0三五
        numeral = numeral.translate(_NOUGHTS)
    flags = MORE * (numeral != printed and any(mark in printed for mark in "多余几"))
    flags |= ARABIC * (numeral[0] in _ARABIC_DIGITS) | YEAR4 * bool(_YEAR.fullmatch(numeral))
    flags |= BARE * (not numeral.strip("百千万亿")) | ONE * (numeral == "一") | ZERO * (numeral in {"零", "〇", "0"})
    flags |= POWER * (not numeral.strip("十百千万亿"))
    flags |= HUNDRED * (numeral == "百") | THOUSAND * (numeral == "千")
    try:
        value, high, scale = _worth(numeral)
    except (ValueError, OverflowError):  # no numeral, or one beyond all numbers (forty 亿 in a row)
        return _NAN, _NAN, 1.0, flags
    return value, high, scale, flags | WHOLE * (math.isnan(high) and value < 200 and value == int(value))


def _worth(numeral: str) -> tuple[float, float, float]:
    """Return what a numeral is worth, its upper value where it is a pair (两三个, 五六十), and its last power."""
    if plain := _PLAIN.fullmatch(numeral):
        # float reads 1.02e4 to the nearest number there is.
        return float(plain[1] + _EXPONENTS[plain[2]]), _NAN, _POWERS[plain[2]]
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
