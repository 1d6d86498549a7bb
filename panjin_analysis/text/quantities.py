"""Every number of a text: where it stands, what it is worth, and what kind of number it is.

A number is a run of numeral characters (1.02万, 两百). What stands before and after
it decides: 第 makes an ordinal, 年 after four digits a date, quotation marks around a
short formula a part of a name. What is left is an amount, with value, unit and
comparator; whether it is a target or a result depends on its clause, not on itself.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.numerals import parse_numeral

# What a number is, before its clause is known: an amount becomes target, result or other.
CLASSES = (
    "target",
    "result",
    "ordinal",
    "duration",
    "name_part",
    "date",
    "anniversary",
    "code",
    "grade",
    "lexical",
    "other",
    "amount",
)
COMPARATORS = ("eq", "ge", "gt", "le", "lt", "approx", "range", "zero", "all")
_C = {code: number for number, code in enumerate(CLASSES)}
_OP = {code: number for number, code in enumerate(COMPARATORS)}

_BEFORE = {
    "ge": "不低于 不少于 不小于 不下于 不下 至少 最少 不短于 不弱于",
    "gt": "超过 突破 超 逾 高于 大于 多于 过 超出 跨越 跨过 迈过 冲破",
    "le": "不超过 不高于 不多于 不大于 不突破 控制在 至多 最多 控制到 压减到 以内控制在",
    "lt": "低于 小于 少于 不到 不足 不满 未满",
    "approx": "约 近 大约 约为 接近 将近 大致 预计约",
}
_AFTER = {
    "ge": "以上 及以上 （含）以上 之上",
    "le": "以内 以下 之内 及以下 范围内 以里",
    "approx": "左右 上下 前后 之间左右",
}
_NUMERAL = np.zeros(65536, np.int8)
_NUMERAL[[ord(mark) for mark in "0123456789０１２３４５６７８９"]] = 1
_NUMERAL[[ord(mark) for mark in "〇零一二三四五六七八九十百千万亿两"]] = 2
_LATIN = np.zeros(65536, bool)
_LATIN[[*range(65, 91), *range(97, 123)]] = True
_YEAR = re.compile(r"(?:19|20)[0-9]{2}|[一二]九?[〇零九][〇零一二三四五六七八九]{2}")
_FRONT = re.compile(r"---\n(?:.*\n){0,20}?---\n")
_FRACTION_UNITS = ("%", "‰", "分数")  # of 百分之五, 千分之五 and 三分之一
_PEOPLE = re.compile(
    r"[^，。；、,;0-9]{0,11}?(?:人口|群众|劳动力|职工|学生|居民|农民|牧民|党员|干部|老人|老年|游客|人员|毕业生|儿童|工人|青年|移民|人才|家庭|(农户|户))"
)
_ROAD = re.compile(r"[\u4e00-\u9fff]{0,4}线")
_PAIR = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
_SCALE = re.compile(r"[十百千万亿]*[万亿]$|[百千]$")


def _flagged(marks: str) -> np.ndarray:
    table = np.zeros(65536, bool)
    table[[ord(mark) for mark in marks]] = True
    return table


_POWER = _flagged("十百千万亿")
_REACHES = _flagged("达超过破近约至到")
_NOTES = _flagged("[〔【^﹝［")
_KILO = _flagged("瓦米克伏卡赫")
_DASH = _flagged("-—–－~～至到")
_MORE = _flagged("多余")
_LISTS = _flagged("、和与及")
_MEETS = _flagged("会全党")
_GAP = _flagged(" \u3000\u00a0")
_ORDINAL = _flagged("第")
_OPENS = _flagged("“‘「『《〈")
_CLOSES = _flagged("”’」』》〉")
_BRACKET = _flagged("（([〔【")
_ENUMERATES = _flagged("、．.）)")
_ENDS = _flagged("，,。；;！!？?、：:）)”’》 \n")
_BREAKS = _flagged("。；;！!？?：:，,\n \u3000　*（(")

# Flags of a numeral's own characters.
_ARABIC, _BARE, _ONE, _YEAR4, _ZERO, _HUNDRED, _THOUSAND = 1, 2, 4, 8, 16, 32, 64
_MORE_INSIDE = 128
_FILLERS = str.maketrans("", "", "多余 \u3000\u00a0")


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


class NumberLexicon:
    """What number recognition looks up: units, names that hold numerals, comparator words.

    Parameters
    ----------
    units
        ``printed`` unit to base ``unit``, factor and kind (amount, time, date_part …).
    names
        A name or word that holds a numeral, to the class of that numeral.
    """

    def __init__(self, units: Sequence[tuple[str, str, float, str]], names: Mapping[str, str]) -> None:
        self.printed = Lexicon([printed for printed, *_ in units])
        self.units = list(dict.fromkeys([*(unit for _, unit, _, _ in units), *_FRACTION_UNITS]))
        self.unit_of = np.array([self.units.index(unit) for _, unit, _, _ in units] + [-1])
        self.factor = np.array([factor for _, _, factor, _ in units] + [1.0])
        kinds = ["none", "amount", "time", "date_part", "anniversary", "ordinal", "grade", "code", "lot", "great"]
        kinds += ["rank", "tenths", "aspect", "part"]
        self.kind = {name: number for number, name in enumerate(kinds)}
        self.kind_of = np.array([self.kind[kind] for *_, kind in units] + [0])
        self.before = _comparator_lexicon(_BEFORE, backwards=True)
        self.after = _comparator_lexicon(_AFTER, backwards=False)
        self.shortens = Lexicon(
            [
                "压缩至",
                "压缩到",
                "缩短至",
                "缩短到",
                "缩短",
                "压缩",
                "减至",
                "减少到",
                "降至",
                "降到",
                "提前",
                "达到",
                "达",
                "为",
            ],
            backwards=True,
        )
        self.starts_from = Lexicon(["从", "由", "从原来的", "由原来的", "由原", "比", "较"], backwards=True)
        self.attribute = Lexicon(
            [
                "总投资",
                "总投资额",
                "计划投资",
                "计划总投资",
                "总投资达",
                "总投资约",
                "总投资超",
                "占地",
                "占地面积",
                "年产",
                "年产量",
                "设计能力",
                "建筑面积",
                "总建筑面积",
                "装机",
                "总装机",
                "装机容量",
                "年处理",
                "日处理",
                "总规模",
                "规模",
            ],
            backwards=True,
        )
        self.duty = Lexicon(["工作", "重点工作", "主要工作", "任务", "重点任务", "主要任务", "目标任务"])
        self.road = Lexicon(["国道", "省道", "县道", "高速"])
        self.hotline = Lexicon(["热线", "平台", "专线", "便民", "急救", "政务服务", "报警", "服务热线", "投诉"])
        printed = [one for one, *_ in units]
        self.person, self.household = (printed.index(unit) if unit in printed else -1 for unit in ("人", "户"))
        self.names = _names_by_numeral(names)
        self._parsed: dict[str, tuple[float, float, float, int]] = {}

    def parse(self, numeral: str) -> tuple[float, float, float, int]:
        """Return value, upper value, scale of the last power and flags of a numeral, remembering each once."""
        found = self._parsed.get(numeral)
        if found is None:
            found = self._parsed[numeral] = _read(numeral)
        return found


def _comparator_lexicon(words: Mapping[str, str], *, backwards: bool) -> tuple[Lexicon, np.ndarray]:
    pairs = [(word, _OP[code]) for code, listed in words.items() for word in listed.split()]
    return Lexicon([word for word, _ in pairs], backwards=backwards), np.array([code for _, code in pairs] + [0])


def _names_by_numeral(names: Mapping[str, str]) -> list[tuple[int, Lexicon, np.ndarray]]:
    """Group names by how many characters stand before their first numeral, so that a numeral finds its name."""
    groups: dict[int, list[str]] = {}
    for name in names:
        first = next((place for place, mark in enumerate(name) if _NUMERAL[ord(mark)]), None)
        if first is None:
            continue
        groups.setdefault(first, []).append(name)
    return [
        (first, Lexicon(listed), np.array([_C[names[name]] for name in listed] + [0]))
        for first, listed in sorted(groups.items(), reverse=True)
    ]


def _read(printed: str) -> tuple[float, float, float, int]:
    numeral = printed.translate(_FILLERS)
    flags = _MORE_INSIDE * (any(mark in printed for mark in "多余"))
    flags |= _ARABIC if _NUMERAL[ord(numeral[0])] == 1 else 0
    if _YEAR.fullmatch(numeral):
        flags |= _YEAR4
    flags |= _BARE * (not numeral.strip("百千万亿")) | _ONE * (numeral == "一") | _ZERO * (numeral in {"零", "〇", "0"})
    flags |= _HUNDRED * (numeral == "百") | _THOUSAND * (numeral == "千")
    scale = 1.0
    if ends := re.search(r"[万亿]+$|[百千]$", numeral):
        scale = float(parse_numeral(ends[0]))
    if pair := _PAIR.fullmatch(numeral):
        low, high = (parse_numeral(digit + pair[3]) for digit in pair.group(1, 2))
        if Decimal(1) <= high / low <= 2:
            return float(low), float(high), scale, flags
    try:
        return float(parse_numeral(numeral)), float("nan"), scale, flags
    except ValueError:
        return float("nan"), float("nan"), 1.0, flags


def find_quantities(text: str, units: np.ndarray, lexicon: NumberLexicon) -> Quantities:
    """Return every number of a text; ``units`` are its ``chars.code_units``."""
    start, end = _runs(units)
    if not len(start):
        return Quantities(*[np.zeros(0, np.int64)] * 9)
    numerals = [text[first:last] for first, last in zip(start.tolist(), end.tolist(), strict=True)]
    read = np.array([lexicon.parse(numeral) for numeral in numerals])
    found = _Found(text, units, lexicon, start, end, read)
    return found.columns()


def _runs(units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return begin and end of every run of numeral characters; 12,500 and 1.02 are one run."""
    numeral = _NUMERAL[units] > 0
    edges = np.flatnonzero(numeral[1:] != numeral[:-1]) + 1
    if len(units) and numeral[0]:
        edges = np.concatenate(([0], edges))
    if len(units) and numeral[-1]:
        edges = np.append(edges, len(units))
    start, end = edges[::2], edges[1::2]
    # In 140万千瓦 the last 千 belongs to the unit.
    padded = np.append(units, 0)
    end = end - ((end - start > 1) & (padded[end - 1] == ord("千")) & _KILO[padded[end]])
    if len(start) < 2:
        return start, end
    joined = _joins(units, start, end)
    if not joined.any():
        return start, end
    return start[np.concatenate(([True], ~joined))], end[np.concatenate((~joined, [True]))]


def _joins(units: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Say which runs go on in the next one: 12,500 and 1.02, 310多万 and 241 亿, 百分之四点一."""
    between = units[end[:-1]]
    one_apart = start[1:] - end[:-1] == 1
    first, second = _NUMERAL[units[end[:-1] - 1]], _NUMERAL[units[start[1:]]]
    arabic = (first == 1) & (second == 1)
    point = (between == ord(".")) | (between == ord("．"))
    # A comma groups thousands only before exactly three digits.
    thousands = (between == ord(",")) & ((end[1:] - start[1:]) >= 3)
    if thousands.any():
        digits = np.concatenate((_NUMERAL[units] == 1, np.zeros(4, bool)))
        thousands &= digits[start[1:] + 1] & digits[start[1:] + 2] & ~digits[start[1:] + 3]
    # A power of ten alone behind 多, 余 or a space belongs to the number before it.
    powers = _POWER[units[start[1:]]] & _POWER[units[end[1:] - 1]] & (end[1:] - start[1:] <= 2)
    powers &= _MORE[between] | (_GAP[between] & (first == 1))
    spoken = (between == ord("点")) & (first == 2) & (second == 2) & (units[np.maximum(start[:-1] - 1, 0)] == ord("之"))
    return one_apart & ((arabic & (point | thousands)) | powers | spoken)


def _front_matter(text: str) -> int:
    """Return where the lines that describe a file end: from --- to --- at its very beginning."""
    found = _FRONT.match(text)
    return found.end() if found else 0


class _Found:
    """The numbers of one text on their way from runs of numerals to classed quantities."""

    def __init__(
        self,
        text: str,
        units: np.ndarray,
        lexicon: NumberLexicon,
        start: np.ndarray,
        end: np.ndarray,
        read: np.ndarray,
    ) -> None:
        self.text, self.units, self.lexicon = text, units, lexicon
        self.padded = np.concatenate((units, np.zeros(3, units.dtype)))
        self.start, self.end = start, end
        self.value, self.value_max, self.scale = read[:, 0], read[:, 1], read[:, 2]
        self.flags = read[:, 3].astype(np.int64)
        self.previous = np.where(start > 0, units[start - 1], 0)
        self._find_units()

    def _has(self, flag: int) -> np.ndarray:
        return (self.flags & flag) > 0

    def _find_units(self) -> None:
        lexicon = self.lexicon
        after = self.padded[self.end]
        self.more = _MORE[after]
        place = self.end + (self.more | _GAP[after])
        match = lexicon.printed.at(self.units, place)
        self.match = match
        self.unit_end = np.where(match >= 0, place + lexicon.printed.lengths[match], self.end)
        self.unit_kind = lexicon.kind_of[match]
        words, codes = lexicon.before
        before = words.at(self.units, self.start)
        self.before = self.start - words.lengths[before]
        words_after, codes_after = lexicon.after
        after = words_after.at(self.units, self.unit_end)
        self.comparator = np.where(before >= 0, codes[before], 0)
        more = self.more | self._has(_MORE_INSIDE)
        self.comparator = np.where(more & (self.comparator == 0), _OP["gt"], self.comparator)
        self.comparator = np.where(after >= 0, codes_after[after], self.comparator)
        self.is_threshold = after >= 0
        self.after_end = self.unit_end + words_after.lengths[after]

    def columns(self) -> Quantities:
        kind = self._classes()
        self.unit_override = np.full(len(kind), -1)
        gone = self._join_ranges(kind) | self._join_fractions(kind) | self._join_slashes(kind) | self._inside_unit()
        self._share_units(kind)
        self._share_comparators()
        self.value = self.value * self.lexicon.factor[self.match]
        self.value_max = self.value_max * self.lexicon.factor[self.match]
        unit = self.lexicon.unit_of[self.match]
        unit = np.where(self.unit_override >= 0, self.unit_override, unit)
        self.comparator = np.where(self._has(_ZERO) & (kind == _C["amount"]), _OP["zero"], self.comparator)
        self.comparator = np.where((self.comparator == 0) & ~np.isnan(self.value_max), _OP["range"], self.comparator)
        keep = ~gone
        return Quantities(
            self.start[keep],
            self.unit_end[keep],
            self.value[keep],
            self.value_max[keep],
            unit[keep],
            self.comparator[keep],
            kind[keep],
            self.end[keep],
            self.before[keep],
        )

    def _classes(self) -> np.ndarray:
        """Decide what each number is; an earlier rule beats a later one."""
        arabic, one, year = self._has(_ARABIC), self._has(_ONE), self._has(_YEAR4)
        units, kinds, names = self.padded, self.unit_kind, self.lexicon.kind
        following = units[self.end]
        is_kind = {name: kinds == number for name, number in names.items()}
        date = (year & (following == ord("年"))) | is_kind["date_part"]
        day = (units[self.end] == ord("日")) & np.concatenate(([False], is_kind["date_part"][:-1]))
        enumerator = self._enumerators(arabic, following)
        named = self._named(arabic)
        shortened = self.lexicon.shortens.at(self.units, self.before) >= 0
        quoted = self._quoted()
        ranked = (self.previous == ord("前")) & (is_kind["rank"] | (units[self.end] == ord("强")))
        percent = (self.padded[self.end] == ord("%")) | (self.padded[self.end] == ord("％"))
        rules = [
            (date | day, "date"),
            (is_kind["anniversary"], "anniversary"),
            (_ORDINAL[self.previous], "ordinal"),
            (enumerator, "ordinal"),
            (ranked | (is_kind["rank"] & (self.previous == ord("居"))), "ordinal"),
        ]
        kind = np.full(len(kinds), _C["amount"])
        undecided = np.ones(len(kinds), bool)

        def settle(condition: np.ndarray, code: str) -> None:
            nonlocal undecided
            kind[undecided & condition] = _C[code]
            undecided &= ~condition

        for condition, code in rules:
            settle(condition, code)
        settle(is_kind["time"] & ~shortened & quoted, "duration")
        settle(quoted & ~percent, "name_part")
        here = undecided & (named >= 0)
        kind[here] = named[here]
        undecided &= ~here
        settle(self._codes(arabic, following), "code")
        settle(_LATIN[self.previous] | (_LATIN[following] & ~is_kind["amount"]), "grade")
        settle(is_kind["grade"], "grade")
        settle(is_kind["ordinal"], "ordinal")
        settle((following == ord("次")) & _MEETS[self.padded[self.unit_end]], "ordinal")
        settle(is_kind["great"] | (is_kind["part"] & ~arabic), "name_part")
        settle(is_kind["aspect"], "other")
        settle(self.lexicon.duty.at(self.units, self.unit_end) >= 0, "other")
        settle(is_kind["time"] & ~shortened, "duration")
        settle(one & ~self._counts_one(), "lexical")
        # 百, 千, 万 or 亿 alone counts nothing; before a sum it is a threshold (亿元以上).
        bare = self._has(_BARE)
        settle(bare & ~is_kind["amount"] & (self.end - self.start == 1), "lexical")
        settle(bare & ~is_kind["amount"], "name_part")
        unbound = bare & ~self.is_threshold & (self.before == self.start)
        settle(unbound & self._is_money(), "lexical")
        settle(unbound & (units[self.unit_end] == ord("级")), "grade")
        settle(unbound & is_kind["amount"] & ~_REACHES[self.previous], "name_part")
        settle(is_kind["lot"], "lexical")
        settle(self._has(_ZERO) & (self.previous == ord("为")), "amount")
        settle((kinds == 0) & ~arabic & ~self._before_fraction(), "name_part")
        settle((kinds == 0) & (year | self._is_date_range(year)), "date")
        self._settle_plain(kind, undecided)
        undecided &= kind == _C["amount"]
        settle((self.match < 0) & ~self._before_fraction() & ~self._before_range(), "other")
        from_level = self.lexicon.starts_from.at(self.units, self.before) >= 0
        settle(from_level & ~self._compares(), "other")
        settle(self.lexicon.attribute.at(self.units, self.before) >= 0, "other")
        settle(self.is_threshold & ~_ENDS[self.padded[self.after_end]] & self._is_money(), "other")
        settle(self._has(_BARE) & self._is_money(), "other")
        return kind

    def _settle_plain(self, kind: np.ndarray, undecided: np.ndarray) -> None:
        """Look at the words behind the few Arabic numerals without a unit: 15万贫困人口 are people, 工业4.0 is a name."""
        plain = undecided & (self.match < 0) & self._has(_ARABIC) & ~self._before_fraction() & ~self._before_range()
        for place in np.flatnonzero(plain).tolist():
            start, end = int(self.start[place]), int(self.end[place])
            behind = self.text[end : end + 14]
            if self.scale[place] > 1 and (found := _PEOPLE.match(behind)):
                self.match[place] = self.lexicon.household if found[1] else self.lexicon.person
            elif _ROAD.match(behind) and end - start >= 3:
                kind[place] = _C["code"]
            elif self.text[end - 2 : end] == ".0":
                kind[place] = _C["grade"]

    def _is_money(self) -> np.ndarray:
        lexicon = self.lexicon
        money = [lexicon.units.index(unit) for unit in ("元", "美元") if unit in lexicon.units]
        return np.isin(lexicon.unit_of[self.match], money)

    def _compares(self) -> np.ndarray:
        """比上年增长8% begins with 比 too, but there no number follows at once."""
        return self.previous == ord("比")

    def _counts_one(self) -> np.ndarray:
        """一座 counts where something is built; 一个 and 一批 are mere articles."""
        return self.padded[self.end] == ord("所")

    def _enumerators(self, arabic: np.ndarray, following: np.ndarray) -> np.ndarray:
        breaks = _BREAKS[self.previous] | (self.start == 0)
        counts = (following == ord("是")) & breaks & ~arabic
        at_line = (
            (self.start == 0) | (self.previous == ord("\n")) | (self.previous == ord("*")) | (self.previous == ord("#"))
        )
        at_line |= (self.previous == ord(" ")) | (self.previous == 0x3000)
        in_bracket = _BRACKET[self.previous] & ((following == ord("）")) | (following == ord(")")))
        decimal = arabic & (self.value == np.floor(self.value)) & (self.value < 200)
        point = ((following == ord("．")) | (following == ord("."))) & (_NUMERAL[self.padded[self.end + 1]] != 1)
        dotted = point | (following == ord("、"))
        counts |= point & decimal & ~_LATIN[self.previous]
        return counts | in_bracket | (dotted & at_line & (decimal | ~arabic))

    def _named(self, arabic: np.ndarray) -> np.ndarray:
        """Return the class that a name around the numeral gives it, or -1."""
        named = np.full(len(self.start), -1)
        for first, lexicon, codes in self.lexicon.names:
            place = self.start - first
            found = lexicon.at(self.units, place)
            covers = (found >= 0) & (place + lexicon.lengths[found] >= self.end) & ~arabic
            named = np.where(covers, codes[found], named)
        return named

    def _quoted(self) -> np.ndarray:
        """Say which numbers stand in quotation marks around a short formula: “两个确立”."""
        opens, closes = np.flatnonzero(_OPENS[self.units]), np.flatnonzero(_CLOSES[self.units])
        if not len(opens) or not len(closes):
            return np.zeros(len(self.start), bool)
        before = np.searchsorted(opens, self.start) - 1
        after = np.searchsorted(closes, self.end)
        inside = (before >= 0) & (after < len(closes))
        opened, closed = opens[before], closes[np.minimum(after, len(closes) - 1)]
        last_closed = closes[np.maximum(after - 1, 0)]
        inside &= (after == 0) | (last_closed < opened)
        return inside & (closed - opened <= 14)

    def _codes(self, arabic: np.ndarray, following: np.ndarray) -> np.ndarray:
        digits = self.end - self.start
        bracket = _NOTES[self.previous] | (_GAP[self.previous] & _NOTES[self.units[np.maximum(self.start - 2, 0)]])
        coded = self.unit_kind == self.lexicon.kind["code"]
        road = np.isin(self.previous, [ord(mark) for mark in "道GSXgs"]) & arabic & (digits >= 2) & (self.match < 0)
        hotline = (self.lexicon.hotline.at(self.units, self.end) >= 0) & arabic & (digits >= 3) & (digits <= 5)
        named_road = arabic & (self.lexicon.road.at(self.units, self.end) >= 0)
        return (arabic & (bracket | coded | hotline)) | road | named_road | (self.start < _front_matter(self.text))

    def _before_fraction(self) -> np.ndarray:
        return (self.padded[self.end] == ord("分")) & (self.padded[self.end + 1] == ord("之"))

    def _before_range(self) -> np.ndarray:
        """Say which numbers have a dash and another number right behind them."""
        gap = np.append(self.start[1:], np.iinfo(np.int64).max) - self.unit_end
        return _DASH[self.padded[self.unit_end]] & (gap >= 1) & (gap <= 2)

    def _is_date_range(self, year: np.ndarray) -> np.ndarray:
        return self._before_range() & year

    def _inside_unit(self) -> np.ndarray:
        """Say which numerals are part of the unit before them: the 百 of 个百分点."""
        return np.concatenate(([False], self.start[1:] < self.unit_end[:-1]))

    def _share_units(self, kind: np.ndarray) -> None:
        """Give a number without a unit that of the next one it is listed with: 4.1和1.4个百分点, 1、2号线."""
        gap = np.append(self.start[1:] - self.end[:-1], 0)
        listed = (gap == 1) & _LISTS[self.padded[self.end]] & (self.match < 0) & self._has(_ARABIC)
        for place in np.flatnonzero(listed)[::-1].tolist():
            after = place + 1
            if kind[place] not in (_C["other"], _C["amount"]) or not self._has(_ARABIC)[after]:
                continue
            if kind[after] in (_C["code"], _C["date"]):
                kind[place] = kind[after]
            elif self.match[after] >= 0:
                self.match[place], kind[place] = self.match[after], kind[after]
                if self.scale[place] == 1 and self.scale[after] > 1:
                    self.value[place] *= self.scale[after]
                    self.scale[place] = self.scale[after]

    def _join_slashes(self, kind: np.ndarray) -> np.ndarray:
        """Make one quantity of 1/3."""
        gone = np.zeros(len(kind), bool)
        gap = self.start[1:] - self.end[:-1]
        slash = (gap == 1) & (self.padded[self.end[:-1]] == ord("/")) & (self.previous[:-1] != ord("/"))
        slash &= (self.padded[self.end[1:]] != ord("/")) & (self.value[:-1] < self.value[1:]) & (self.value[1:] <= 20)
        slash &= (self.match[1:] < 0) & ~_LATIN[self.previous[:-1]] & ~_LATIN[self.padded[self.end[1:]]]
        for place in np.flatnonzero(slash).tolist():
            self._become(kind, place, self.value[place] / self.value[place + 1], "分数")
            gone[place + 1] = True
        return gone

    def _share_comparators(self) -> None:
        """Let what stands behind the last of coordinate numbers hold for all: 8%、9%左右."""
        alike = self.lexicon.unit_of[self.match[:-1]] == self.lexicon.unit_of[self.match[1:]]
        linked = _LISTS[self.padded[self.unit_end[:-1]]] & (self.start[1:] == self.unit_end[:-1] + 1) & alike
        for place in np.flatnonzero(linked & self.is_threshold[1:] & (self.comparator[:-1] == 0))[::-1].tolist():
            self.comparator[place] = self.comparator[place + 1]

    def _join_ranges(self, kind: np.ndarray) -> np.ndarray:
        """Make one quantity of two numbers with a dash between: 8-10%, 5到8家, 5%—6%."""
        gone = np.zeros(len(kind), bool)
        first = np.flatnonzero(self._before_range()[:-1])
        if not len(first):
            return gone
        second = first + 1
        same = (self.match[first] < 0) | (
            self.lexicon.unit_of[self.match[first]] == self.lexicon.unit_of[self.match[second]]
        )
        low, high = self.value[first].copy(), self.value[second]
        scaled = (self.scale[second] > 1) & (self.scale[first] == 1) & (self.match[first] < 0)
        low = np.where(scaled & (low * self.scale[second] < high), low * self.scale[second], low)
        fine = same & (low < high)
        # 从3家到5家 says a change, not a range.
        starts = self.lexicon.starts_from.at(self.units, self.before[first]) >= 0
        fine &= ~(starts & (self.padded[self.unit_end[first]] == ord("到")))
        first, second, low = first[fine], second[fine], low[fine]
        self.value[first], self.value_max[first] = low, self.value[second]
        self.match[first], self.unit_end[first] = self.match[second], self.unit_end[second]
        self.after_end[first] = self.after_end[second]
        self.end[first] = self.end[second]
        self.comparator[first] = _OP["range"]
        kind[first] = np.where(np.isin(kind[second], (_C["date"], _C["duration"])), kind[second], kind[first])
        plain = (kind[first] == _C["other"]) | (kind[first] == _C["amount"])
        kind[first] = np.where(plain & (kind[second] == _C["amount"]), _C["amount"], kind[first])
        gone[second] = True
        return gone

    def _join_fractions(self, kind: np.ndarray) -> np.ndarray:
        """Make one quantity of 三分之一 and 百分之五."""
        gone = np.zeros(len(kind), bool)
        first = np.flatnonzero(self._before_fraction()[:-1])
        first = first[self.start[first + 1] == self.end[first] + 2]
        for place in first.tolist():
            whole, part = self.value[place], self.value[place + 1]
            if self._has(_HUNDRED)[place]:
                value, unit = part, "%"
            elif self._has(_THOUSAND)[place]:
                value, unit = part, "‰"
            else:
                value, unit = part / whole if whole else float("nan"), "分数"
            self._become(kind, place, value, unit)
            gone[place + 1] = True
        return gone

    def _become(self, kind: np.ndarray, place: int, value: float, unit: str) -> None:
        """Let a number take in the next one, as one share."""
        self.unit_override[place] = self.lexicon.units.index(unit)
        self.value[place], self.match[place] = value, -1
        self.end[place] = self.unit_end[place] = self.end[place + 1]
        self.comparator[place] = max(self.comparator[place], self.comparator[place + 1])
        kind[place] = _C["amount"]
