"""What kind of number each number is, by rules on what stands before and behind it; the first that fits decides."""

import re
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.listing import MAY_END, counts_listed
from panjin_analysis.text.number_lexicon import CLASS, COMPARATOR, EFFECT, KIND, NumberLexicon
from panjin_analysis.text.worth import ARABIC, BARE, MORE, ONE, POWER, WHOLE, YEAR4, ZERO, worth

# What a character beside a number says, as bits.
_FLAGS = {
    "ordinal": "第",
    "latin": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "front": "前",
    "stands": "居列榜位考",
    "last": "后名",
    "is": "为",
    "note": "[〔【^﹝［",
    "reaches": "达超过破近约至到上几数",
    "few": "几数",
    "up_to": "上",
    "breaks": "。；;！!？?：:，,\n \u3000（(*\0",
    "bracket": "（([〔【",
    "line": "\n*# \u3000\0",
    "road": "道GSXgs",
    "gap": " \u3000\u00a0",
    "more": "多余几",
    "slash": "/／",
    "to_one": ":：∶",
    "year": "年",
    "day": "日",
    "counts": "是要",
    "strong": "强",
    "percent": "%％",
    "times": "次",
    "school": "所",
    "multiple": "倍",
    "part": "分",
    "point": ".．",
    "list": "、",
    "closes": "）)",
    "ends": "，,。；;！!？?、：:）)”’》 \n\0",
    "meets": "会全党",
    "grade": "级",
    "and": "、和与及",
    "dash": "-—–－~～至到",
    "to": "到",
    "of": "的",
    "since": "来间",
    "each": "每",
}
BESIDE = {name: 1 << bit for bit, name in enumerate(_FLAGS)}
BESIDE_OF = np.zeros(chars.SIZE, np.int64)
for _name, _marks in _FLAGS.items():
    BESIDE_OF[chars.flagged(_marks)] |= BESIDE[_name]

_QUOTED = 14  # characters that a quoted formula may have, marks included
_LINE = re.compile(r"[\u4e00-\u9fff]{0,4}线")
_MOVES = re.compile(r"(?:提高|提升|上升|下降|缩小|降低|调整|增加|扩大|优化|降至|升至|增至)")
_COUNTABLE = chars.flagged("项个亩场斤吨")
_COUNTIES = chars.flagged("县市区州旗盟国")
_THINGS = chars.flagged("项组台大")  # of 百亿项目, 百亿组团, 百亿台阶
_AGED = re.compile(r"^[0-9]{1,2}周?岁及?以[上下]")  # 55万60岁以上老人 are 550 000 people
_AT_LEAST = "至少"
_TWO = 2.0
_DIGITS = re.compile(r"位数(?:以上)?的?(?:增长|增幅|增速|速度|快速|高速)")
_WORKS = re.compile(r"[^，。；、]{0,12}?(?:工程|规划|行动|计划)")  # behind a number that belongs to their name
_SYSTEM = re.compile(r"(?!医院|公路)[^，。；、]{0,10}(?:体系|网络|机制|联动|机构)")
_GOVERNS = chars.flagged("省市县区州旗乡镇村街）)")
# Behind 大: ideas, campaigns, and words that 大 belongs to.
_IDEAS = re.compile(r"[型豆山门桥道会厦学量]|[^，。；、]{0,6}(?:理念|战|革命|精神|关系|文明|意识)")
_FRONT = re.compile(r"---\n(?:.*\n){0,20}?---\n")
_PLAIN = len(CLASS)  # an Arabic numeral without a unit, until the words behind it are looked at


def on(flags: np.ndarray, *names: str) -> np.ndarray:
    """Say which flags carry one of the names of ``BESIDE``."""
    bits = 0
    for name in names:
        bits |= BESIDE[name]
    return (flags & bits) != 0


class Numbers:
    """The numbers of a text on their way from runs of numerals to quantities; columns of one length."""

    def __init__(self, text: chars.Text, lexicon: NumberLexicon, start: np.ndarray, end: np.ndarray) -> None:
        self.text, self.lexicon, self.start, self.end = text, lexicon, start, end
        self.value, self.value_max, self.scale, self.flags = worth(text, start, end)
        self.previous = BESIDE_OF.take(text.codes.take(start - 1))
        self.following = BESIDE_OF.take(text.codes.take(end))
        self._find_words()

    def _find_words(self) -> None:
        """Find unit, comparators and other words around each number."""
        text, lexicon, end = self.text, self.lexicon, self.end
        place = end + on(self.following, "more", "gap")
        place = place + (on(self.following, "gap") & on(BESIDE_OF.take(text.codes.take(place)), "more"))  # 50 多个
        self.match = lexicon.printed.at(text, place)
        self.unit_end = np.where(self.match >= 0, place + lexicon.printed.lengths.take(self.match), end)
        self.unit_kind = lexicon.kind_of.take(self.match)
        before = lexicon.before
        word = before.lexicon.at(text, self.start)
        compares = before.comparator.take(word)
        self.before = np.where(compares > 0, self.start - before.lengths.take(word), self.start)
        further = _again(word, compares > 0, before.lexicon, text, self.before)
        self.context = before.effect.take(further)
        # 前进2位 are two places, not two people.
        self.match[(self.context == EFFECT["moves"]) & (self.unit_kind == KIND["rank"])] = lexicon.place
        after = lexicon.after
        word = after.lexicon.at(text, self.unit_end)
        behind = after.comparator.take(word)
        more = on(BESIDE_OF.take(text.codes.take(place - 1)), "more") | self.has(MORE)
        self.duty = after.effect.take(word) == EFFECT["duty"]
        self.is_bounded = behind > 0
        self.after_end = np.where(self.is_bounded, self.unit_end + after.lengths.take(word), self.unit_end)
        # 数百家 and 几十家 are more than the power says, 上百家 at least that.
        more |= self.has(POWER) & on(self.previous, "few")
        at_least = (compares == 0) & self.has(POWER) & on(self.previous, "up_to")
        self.comparator = np.where(behind > 0, behind, np.where((compares == 0) & more, COMPARATOR["gt"], compares))
        self.comparator[at_least & (behind == 0)] = COMPARATOR["ge"]
        self.is_sum = self._find_sums()
        self._find_digits()
        self.at_unit_end = BESIDE_OF.take(text.codes.take(self.unit_end))
        self.at_after_end = BESIDE_OF.take(text.codes.take(self.after_end))
        thing = after.effect.take(_again(word, self.is_bounded, after.lexicon, text, self.after_end))
        self.sized, self.settles = thing == EFFECT["sized"], thing == EFFECT["settlement"]

    def _find_sums(self) -> np.ndarray:
        """Let 百亿 and the like without a unit of their own be money, as they nearly always are: 突破千亿, 百亿级企业."""
        codes, text = self.text.codes, self.text.text
        own = (self.match >= 0) & (self.unit_kind == KIND["amount"]) & ~_THINGS.take(codes.take(self.end))
        ranked = (codes.take(self.end) == ord("级")) | (codes.take(self.end + 1) == ord("级"))  # 五十亿级, 五百亿层级
        sums = (self.has(BARE) | ranked) & ~own & (self.end - self.start > 1) & (codes.take(self.end - 1) == ord("亿"))
        for place in chars.places(sums).tolist():
            sums[place] = _WORKS.match(text, int(self.end[place])) is None
        self.match[sums], self.unit_kind[sums] = self.lexicon.money, KIND["amount"]
        return sums

    def _find_digits(self) -> None:
        """Let growth by two digits be growth by at least ten per cent: 保持两位数增长."""
        text = self.text.text
        for place in chars.places((self.unit_kind == KIND["great"]) & (self.value == _TWO)).tolist():
            if _DIGITS.match(text, int(self.end[place])):
                self.value[place], self.comparator[place] = 10.0, COMPARATOR["ge"]
                self.match[place], self.unit_kind[place] = self.lexicon.per_cent, KIND["amount"]

    def has(self, flag: int) -> np.ndarray:
        """Say which numerals carry a flag."""
        return (self.flags & flag) != 0

    def before_fraction(self) -> np.ndarray:
        """Say which numbers stand before 分之."""
        return on(self.following, "part") & (self.text.codes.take(self.end + 1) == ord("之"))

    def before_range(self) -> np.ndarray:
        """Say which numbers have a dash and another number right behind them."""
        gap = np.append(self.start[1:] - self.unit_end[:-1], 0)
        return on(self.at_unit_end, "dash") & (gap >= 1) & (gap <= 2)

    def before_listed(self) -> np.ndarray:
        """Say which numbers but the last have 、 or 和 and another number right behind them."""
        return on(self.at_unit_end[:-1], "and") & (self.start[1:] == self.unit_end[:-1] + 1)


def _again(word: np.ndarray, moved: np.ndarray, lexicon: Lexicon, text: chars.Text, places: np.ndarray) -> np.ndarray:
    """Return the word at each place, given the words found before some of the places moved on."""
    word, rows = word.copy(), chars.places(moved)
    word[rows] = lexicon.at(text, places.take(rows))
    return word


def classify(numbers: Numbers) -> np.ndarray:
    """Return the class of each number, as a place in ``CLASSES``."""
    kind = _by_rules(numbers)
    _settle_plain(numbers, kind)
    return kind


def _by_rules(numbers: Numbers) -> np.ndarray:
    seen = _see(numbers)
    named = _named(numbers, ~seen.arabic)
    rules = (*_of_names(numbers, seen, named), *_of_units(numbers, seen), *_of_amounts(numbers, seen))
    codes = CLASS | {"plain": _PLAIN, "named": -1}
    kind = np.full(len(named), CLASS["amount"])
    for condition, code in reversed(rules):
        np.putmask(kind, condition, codes[code])
    return np.where(kind < 0, named, kind)


class _Seen(NamedTuple):
    """What rules of several groups ask of each number."""

    arabic: np.ndarray
    year: np.ndarray  # four digits that may be a year
    bare: np.ndarray  # a power alone, as 万 in 万元
    no_unit: np.ndarray
    amount: np.ndarray  # its unit counts or measures
    quoted: np.ndarray
    time: np.ndarray  # a length of time, unless something is shortened to it
    from_level: np.ndarray


_Rules = tuple[tuple[np.ndarray, str], ...]


def _see(numbers: Numbers) -> _Seen:
    unit = numbers.unit_kind
    from_level = numbers.context == EFFECT["start_level"]
    since = on(numbers.at_unit_end, "since")
    return _Seen(
        arabic=numbers.has(ARABIC),
        year=numbers.has(YEAR4),
        bare=numbers.has(BARE),
        no_unit=unit == KIND["none"],
        amount=(unit == KIND["amount"]) | (unit == KIND["rank"]),
        quoted=_quoted(numbers),
        time=(unit == KIND["time"]) & (since | ~(_shortened(numbers) | from_level)),
        from_level=from_level,
    )


def _of_names(numbers: Numbers, seen: _Seen, named: np.ndarray) -> _Rules:
    """Return the rules for dates, places in an order, and numbers that belong to a name."""
    previous, following, unit = numbers.previous, numbers.following, numbers.unit_kind
    date_part = unit == KIND["date_part"]
    day = on(following, "day") & np.concatenate(([False], date_part[:-1]))
    ranked = on(previous, "front") & ((unit == KIND["rank"]) | on(following, "strong") | (seen.no_unit & seen.arabic))
    ranked |= (unit == KIND["rank"]) & on(previous, "stands", "last")
    return (
        ((seen.year & _before_year(numbers)) | date_part | day, "date"),
        (unit == KIND["anniversary"], "anniversary"),
        (on(previous, "ordinal") | ranked | _enumerators(numbers, seen.arabic), "ordinal"),
        (seen.time & seen.quoted, "duration"),
        (seen.quoted & ~on(following, "percent"), "name_part"),
        (_levels(numbers), "other"),
        ((named >= 0) & ~_sorts(numbers), "named"),
        (_codes(numbers, seen.arabic), "code"),
    )


def _of_units(numbers: Numbers, seen: _Seen) -> _Rules:
    """Return the rules that the unit or the character beside a number decides."""
    previous, following, unit = numbers.previous, numbers.following, numbers.unit_kind
    latin = on(previous, "latin") | (on(following, "latin") & ~seen.amount)
    return (
        (latin | (unit == KIND["grade"]), "grade"),
        (_in_a_row(numbers), "amount"),
        ((unit == KIND["ordinal"]) | _meetings(numbers), "ordinal"),
        (_counts_listed(numbers), "other"),
        (_places(numbers), "other"),
        ((unit == KIND["great"]) | ((unit == KIND["part"]) & ~seen.arabic), "name_part"),
        ((unit == KIND["aspect"]) | (numbers.duty & (unit != KIND["time"])), "other"),
        (_ages(numbers), "other"),
        (seen.time, "duration"),
        ((unit == KIND["code"]) & ~seen.arabic, "name_part"),
        (numbers.has(ONE) & ~on(following, "school", "multiple") & ~_at_least_one(numbers, seen.amount), "lexical"),
    )


def _of_amounts(numbers: Numbers, seen: _Seen) -> _Rules:
    """Return the rules that part amounts from thresholds, levels and words that count nothing."""
    previous, at_end, unit = numbers.previous, numbers.at_unit_end, numbers.unit_kind
    bare, no_unit, bounded = seen.bare, seen.no_unit, numbers.is_bounded
    fraction, ranged = numbers.before_fraction(), numbers.before_range()
    more = numbers.has(MORE) | on(numbers.following, "more")
    unbound = bare & ~bounded & (numbers.before == numbers.start) & ~more
    money = numbers.lexicon.is_money.take(numbers.match)
    people = (numbers.match == numbers.lexicon.person) | (numbers.match == numbers.lexicon.household)
    reached = (numbers.before < numbers.start) & on(at_end, "ends")  # 突破千亿元 ends what is reached
    measured = numbers.context == EFFECT["measure"]
    attribute = numbers.context == EFFECT["attribute"]
    return (
        # 百, 千, 万 or 亿 alone counts nothing; before a sum it is a threshold (亿元以上).
        (bare & ~seen.amount & (numbers.end - numbers.start == 1), "lexical"),
        (bare & ~seen.amount, "name_part"),
        (unbound & money & ~numbers.is_sum, "lexical"),
        (seen.amount & on(at_end, "grade"), "other"),
        (unbound & _countable(numbers), "other"),
        (unbound & seen.amount & ~numbers.is_sum & ~on(previous, "reaches"), "name_part"),
        ((unit == KIND["lot"]) & ~seen.arabic & ~(numbers.value > 1), "lexical"),
        (numbers.has(ZERO) & on(previous, "is"), "amount"),
        (no_unit & ~seen.arabic & ~fraction, "name_part"),
        (no_unit & seen.year, "date"),
        (no_unit & ~fraction & ~ranged, "plain"),
        (seen.from_level | attribute | (measured & on(numbers.at_after_end, "of")), "other"),
        ((money | measured) & bounded & ~on(numbers.at_after_end, "ends"), "other"),
        ((money & ((bare & ~reached) | numbers.sized)) | (numbers.settles & bounded & people), "other"),
    )


def _in_a_row(numbers: Numbers) -> np.ndarray:
    """Say which numbers count what came in a row: 连续3届入选."""
    codes = numbers.text.codes
    row = (codes.take(numbers.start - 2) == ord("连")) & (codes.take(numbers.start - 1) == ord("续"))
    return row & (numbers.unit_kind == KIND["ordinal"])


def _ages(numbers: Numbers) -> np.ndarray:
    """Say which numbers are ages that bound who is meant: 65岁以上老人, 0—6岁儿童."""
    return numbers.text.codes.take(numbers.unit_end - 1) == ord("岁")


def _meetings(numbers: Numbers) -> np.ndarray:
    """Say which numbers number a meeting: 三次会议, and all of 三次、四次、五次全会."""
    times = on(numbers.following, "times")
    meets = times & on(numbers.at_unit_end, "meets")
    listed = numbers.before_listed() & times[:-1] & times[1:]
    for place in chars.places(listed)[::-1].tolist():
        meets[place] |= meets[place + 1]
    return meets


def _levels(numbers: Numbers) -> np.ndarray:
    """Say which numbers before 级 count levels of government: 市、县两级, 省市县（区）三级."""
    codes, few = numbers.text.codes, (numbers.value >= 2) & (numbers.value <= 6)
    may = few & ~numbers.has(ARABIC) & (numbers.unit_kind == KIND["grade"]) & (codes.take(numbers.end) == ord("级"))
    listed = may & _GOVERNS.take(codes.take(numbers.start - 1))
    for place in chars.places(may & ~listed & (numbers.value >= 3)).tolist():
        listed[place] = _SYSTEM.match(numbers.text.text, int(numbers.unit_end[place])) is not None
    return listed


def _countable(numbers: Numbers) -> np.ndarray:
    """Say which units count things even behind a power alone: 百项活动, 千亩基地; others make names (百家企业行)."""
    out = (numbers.unit_kind == KIND["amount"]) & _COUNTABLE.take(numbers.text.codes.take(numbers.unit_end - 1))
    out |= on(numbers.previous, "each") & (numbers.match == numbers.lexicon.person)  # 每万人
    for place in chars.places(out & numbers.has(BARE)).tolist():
        out[place] = _WORKS.match(numbers.text.text, int(numbers.unit_end[place])) is None
    return out


def _at_least_one(numbers: Numbers, amount: np.ndarray) -> np.ndarray:
    """Say which 一 counts: 至少引进一家企业."""
    out, text = numbers.has(ONE) & amount, numbers.text.text
    at = chars.places(out)
    for place, start in zip(at.tolist(), numbers.start.take(at).tolist(), strict=True):
        out[place] = text.find(_AT_LEAST, max(start - 10, 0), start) >= 0
    return out


def _places(numbers: Numbers) -> np.ndarray:
    """Say which numbers count counties, countries and the like: 北部四县, 中英两国, but not 一县一业."""
    some = (numbers.value >= 2) & (numbers.value <= 20) & (numbers.unit_kind == KIND["part"])
    return (
        some
        & ~numbers.has(ARABIC)
        & _COUNTIES.take(numbers.text.codes.take(numbers.end))
        & ~on(numbers.previous, "latin")
    )


def _counts_listed(numbers: Numbers) -> np.ndarray:
    """Say which numbers before 大 count what is listed right before them: 甲、乙、丙三大园区, 15大基地, but not 三大攻坚战."""
    text, listed = numbers.text.text, np.zeros(len(numbers.start), bool)
    great = (numbers.unit_kind == KIND["great"]) & (numbers.text.codes.take(numbers.unit_end - 1) == ord("大"))
    at = chars.places(great)
    may = MAY_END.take(numbers.text.codes.take(numbers.start.take(at) - 1))
    at = at.compress(may | numbers.has(ARABIC).take(at))
    for place in at.tolist():
        is_idea = _IDEAS.match(text, int(numbers.unit_end[place])) is not None
        start = int(numbers.start[place])
        is_counted = bool(numbers.flags[place] & ARABIC) or counts_listed(text, start, float(numbers.value[place]))
        listed[place] = is_counted and not is_idea
    numbers.match[listed] = numbers.lexicon.thing
    return listed


def _sorts(numbers: Numbers) -> np.ndarray:
    """Say which numbers count sorts of what is counted right behind them: 十大类26件."""
    codes = numbers.text.codes
    sorts = codes.take(numbers.unit_end - 1) == ord("类")
    return sorts & ((numbers.text.kinds.take(numbers.unit_end) & chars.ARABIC) > 0)


def _before_year(numbers: Numbers) -> np.ndarray:
    """Say which numbers have 年 as their unit, a space before it or not."""
    return numbers.text.codes.take(numbers.unit_end - 1) == ord("年")


def _shortened(numbers: Numbers) -> np.ndarray:
    """Say which numbers are reached or shortened to, and those listed behind them: 压缩至45天、42天和27天."""
    shortened = numbers.context == EFFECT["shortens"]
    listed = numbers.before_listed() & (numbers.match[1:] == numbers.match[:-1]) & (numbers.match[1:] >= 0)
    for place in chars.places(listed).tolist():
        shortened[place + 1] |= shortened[place]
    return shortened


def _settle_plain(numbers: Numbers, kind: np.ndarray) -> None:
    """Look at the words around the few Arabic numerals without a unit: 15万贫困人口 are people, 工业4.0 is a name."""
    text, lexicon = numbers.text.text, numbers.lexicon
    for place in chars.places(kind == _PLAIN).tolist():
        start, end = int(numbers.start[place]), int(numbers.end[place])
        behind = text[end : end + 14]
        if numbers.scale[place] > 1:
            if found := lexicon.counted.match(_AGED.sub("", behind)):
                numbers.match[place] = lexicon.household if found["households"] else lexicon.person
            elif lexicon.counted_ahead.search(
                text[max(int(numbers.before[place]) - 9, 0) : int(numbers.before[place])]
            ):
                numbers.match[place] = lexicon.person
            is_level = numbers.context[place] == EFFECT["start_level"]
            kind[place] = CLASS["other" if is_level else "amount"]
        elif end - start >= 3 and _LINE.match(behind):
            kind[place] = CLASS["code"]
        elif text[end - 2 : end] == ".0":
            kind[place] = CLASS["grade"]
        else:
            kind[place] = _of_index(numbers, place, behind)


def _of_index(numbers: Numbers, place: int, behind: str) -> int:
    """Return the class of a number with neither unit nor power: the value of an index, or a part of a name."""
    if numbers.context[place] == EFFECT["start_level"]:
        return CLASS["other"]
    reached = numbers.is_bounded[place] or numbers.before[place] < numbers.start[place]
    reached |= bool(on(numbers.previous[place : place + 1], "reaches", "is")[0])
    reached |= numbers.context[place] == EFFECT["shortens"]
    if not on(numbers.at_after_end[place : place + 1], "ends")[0] and not _MOVES.match(behind):
        return CLASS["name_part"]
    if reached:
        return CLASS["amount"]
    return CLASS["name_part" if (numbers.flags[place] & WHOLE) or numbers.value[place] % 1 == 0 else "other"]


def _enumerators(numbers: Numbers, arabic: np.ndarray) -> np.ndarray:
    """Say which numbers number something: 一是, （二）, 3."""
    previous, following = numbers.previous, numbers.following
    small = arabic & numbers.has(WHOLE)
    point = on(following, "point") & ((numbers.text.kinds.take(numbers.end + 1) & chars.ARABIC) == 0)
    at_line = (point | on(following, "list")) & on(previous, "line") & (small | ~arabic)
    counts = on(following, "counts") & on(previous, "breaks") & ~arabic
    codes = numbers.text.codes
    before = np.where(on(previous, "gap"), BESIDE_OF.take(codes.take(numbers.start - 2)), previous)
    behind = np.where(on(following, "gap"), BESIDE_OF.take(codes.take(numbers.end + 1)), following)
    return counts | (on(before, "bracket") & on(behind, "closes")) | at_line | (point & small & ~on(previous, "latin"))


def _named(numbers: Numbers, asked: np.ndarray) -> np.ndarray:
    """Return the class that a name around the numeral gives it, or -1; only for those asked for."""
    named = np.full(len(asked), -1)
    places = chars.places(asked)
    start, end = numbers.start[places], numbers.end[places]
    name_end = np.zeros(len(places), np.int64)
    for first, lexicon, codes in numbers.lexicon.names:
        found = lexicon.at(numbers.text, start - first)
        name_ends = start - first + lexicon.lengths.take(found)
        covers = (found >= 0) & (name_ends >= end)
        # 十五 alone is a plan of five years, 十五项 are fifteen things.
        covers &= (first > 0) | (name_ends > end) | (numbers.unit_kind[places] != KIND["amount"])
        named[places[covers]] = codes.take(found[covers])
        name_end[covers] = name_ends[covers]
    # A name is looked up by its first numeral and speaks for the others in it too (一老一小).
    for place in chars.places(end[1:] <= name_end[:-1]).tolist():
        named[places[place + 1]] = named[places[place]]
        name_end[place + 1] = name_end[place]
    return named


def _quoted(numbers: Numbers) -> np.ndarray:
    """Say which numbers stand in quotation marks around a short formula: “两个确立”."""
    opens, closes = numbers.text.of(chars.OPENS), numbers.text.of(chars.CLOSES)
    if not len(opens) or not len(closes):
        return np.zeros(len(numbers.start), bool)
    before = np.searchsorted(opens, numbers.start) - 1
    after = np.searchsorted(closes, numbers.end)
    inside = (before >= 0) & (after < len(closes))
    opened, closed = opens.take(before, mode="clip"), closes.take(after, mode="clip")
    last_closed = closes.take(after - 1, mode="clip")
    return inside & ((after == 0) | (last_closed < opened)) & (closed - opened <= _QUOTED)


def _codes(numbers: Numbers, arabic: np.ndarray) -> np.ndarray:
    """Say which numbers are codes: notes [3], roads G305 and 省道305, hotlines, documents."""
    previous = numbers.previous
    two_before = BESIDE_OF.take(numbers.text.codes.take(numbers.start - 2))
    noted = on(previous, "note") | (on(previous, "gap") & on(two_before, "note"))
    road = on(previous, "road") & (numbers.end - numbers.start >= 2) & (numbers.unit_kind == KIND["none"])
    return arabic & (noted | road | (numbers.unit_kind == KIND["code"])) | _in_front_matter(numbers)


def _in_front_matter(numbers: Numbers) -> np.ndarray:
    """Say which numbers stand in the lines that describe a file: from --- to --- at its very beginning."""
    inside = np.zeros(len(numbers.start), bool)
    for start in numbers.text.starts:
        if found := _FRONT.match(numbers.text.text, start):
            inside |= (numbers.start >= start) & (numbers.start < found.end())
    return inside
