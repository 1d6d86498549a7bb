"""What the recognition of numbers looks up: units, names with numerals, words beside numbers."""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.lexicon import Lexicon

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

_NEVER = r"(?!)"


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
        first = next(place for place, mark in enumerate(name) if mark in chars.NUMERALS)
        groups.setdefault(first, []).append(name)
    return [
        (first, Lexicon(listed), np.array([*(CLASS[names[name]] for name in listed), 0]))
        for first, listed in sorted(groups.items(), reverse=True)
    ]
