"""What every contender but ours needs besides its library, written once.

It is what a user would write in an afternoon and no more: word lists, a cut at
punctuation, a guess at the role of a clause. All share it, so that they differ only
in how they find words and numbers.
"""

import re
from collections.abc import Iterator

FORCE = {
    **dict.fromkeys(("确保", "坚决", "必须", "兜牢", "杜绝", "根治", "严防"), "guarantee"),
    **dict.fromkeys(("完成", "建成", "达到", "实现", "新增", "引进", "开工", "恢复"), "deliver"),
    **dict.fromkeys(
        (
            *("实施", "开展", "落实", "启动", "抓好", "办好", "做好", "推出", "组织", "承办", "改造", "创建"),
            *("争创", "申报", "打造", "化解", "打击", "处置", "清收", "保障"),
        ),
        "implement",
    ),
    **dict.fromkeys(
        (
            *("推进", "推动", "加快", "加强", "强化", "提升", "提高", "扩大", "增强", "完善", "健全", "深化"),
            *("优化", "巩固", "发展", "夯实", "筑牢", "营造", "整合", "坚持", "突出"),
        ),
        "advance",
    ),
    **dict.fromkeys(("支持", "鼓励", "促进", "引导", "吸引", "扶持", "关爱", "关心", "探索"), "support"),
}
VERB = "|".join(FORCE)

UNITS = (
    *("个百分点", "百分点", "平方公里", "平方米", "立方米", "千瓦时", "千瓦", "公里", "公顷", "美元", "％", "%"),
    *("个", "人", "户", "家", "名", "项", "元", "亩", "所", "座", "条", "套", "件", "次", "场", "张", "种", "辆"),
    *("米", "吨", "位", "倍", "处", "台", "艘", "期", "批", "岁", "年", "月", "日", "天", "周年", "分钟", "度"),
)
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
NOT_AMOUNTS = {"年": "date", "月": "date", "日": "date", "周年": "date", "批": "ordinal"}

COMPARATORS = {
    **dict.fromkeys(("以上", "不低于", "不少于", "突破", "超过"), "ge"),
    **dict.fromkeys(("以内", "以下", "不超过", "不高于"), "le"),
    **dict.fromkeys(("左右", "约", "余"), "approx"),
}
BEFORE = re.compile("(不低于|不少于|突破|超过|不超过|不高于|约)$")
AFTER = re.compile("(余|以上|以内|以下|左右)")
CLAUSE_END = "。！？；!?;，\n"
CLAUSE = re.compile(rf"[^{CLAUSE_END}]+[{CLAUSE_END}]*")
HEADING = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]")

SEGMENT_COLUMNS = ["report", "start", "end", "role", "verb", "verb_force"]
QUANTITY_COLUMNS = ["report", "start", "end", "value", "unit", "comparator", "class"]

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}
NUMERALS = "零〇一二两三四五六七八九十百千万亿"


# Chinese numerals count only with a unit behind them: without that rule every 一 would be a number.
NUMBER = re.compile(
    rf"(?P<arabic>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<scale>万亿|亿|万)?(?P<unit>{UNIT})?"
    rf"|(?P<chinese>[{NUMERALS}]+)(?P<of>{UNIT})"
)


def role(is_heading: bool, verb: str | None) -> str:
    """Return a guess at the role: a heading, a commitment if it has a known verb, else background."""
    if is_heading:
        return "section"
    return "commitment" if verb else "background"


def comparator(before: str, after: str) -> str:
    """Return the comparator by the words that touch a number."""
    found = BEFORE.search(before) or AFTER.match(after)
    return COMPARATORS[found[1]] if found else "eq"


def number_class(before: str, unit: str | None) -> str:
    """Return ``amount``, or what else the unit or 第 before the number says."""
    if before.endswith("第"):
        return "ordinal"
    return NOT_AMOUNTS.get(unit or "", "amount")


def quantity(report: int, text: str, place: tuple[int, int, int], value: float, unit: str | None) -> tuple:
    """Return one row of quantities; ``place`` is where the number begins and ends, and where its unit ends."""
    start, end, after = place
    before = text[max(0, start - 4) : start]
    return (
        *(report, start, end, value, unit),
        *(comparator(before, text[after : after + 2]), number_class(before, unit)),
    )


def clauses(report: int, text: str, verbs: list[tuple[int, str]]) -> Iterator[tuple]:
    """Yield rows of segments; of the verbs (place, word) in order, the first of a clause counts."""
    following = iter(verbs)
    place, word = next(following, (len(text), ""))
    for found in CLAUSE.finditer(text):
        verb = None
        while place < found.end():
            verb = verb or word
            place, word = next(following, (len(text), ""))
        yield (*(report, found.start(), found.end()), role(bool(HEADING.match(found[0])), verb), verb, FORCE.get(verb))


def number_at(report: int, text: str, start: int) -> tuple | None:
    """Return the row of the number that begins at a place, if one does."""
    found = NUMBER.match(text, start)
    if found is None:
        return None
    numeral = found["chinese"] or found["arabic"] + (found["scale"] or "")
    unit = found["unit"] or found["of"]
    try:
        value = chinese_value(numeral)
    except ValueError:
        return None
    return quantity(report, text, (start, start + len(numeral), found.end()), value, unit)


def chinese_value(numeral: str) -> float:
    """Return the value of a Chinese or Arabic numeral, by the usual dozen lines.

    Examples
    --------
    >>> [chinese_value(numeral) for numeral in ("两百", "一百二十", "1.02万", "三亿", "1.2万亿")]
    [200.0, 120.0, 10200.0, 300000000.0, 1200000000000.0]
    """
    total = group = digit = 0.0
    for part in re.findall(r"\d+(?:\.\d+)?|.", numeral.replace(",", "")):
        if part in _POWERS:
            group, digit = group + (digit or 1) * _POWERS[part], 0
        elif part in "万亿":
            total, group, digit = (total + group + digit or 1) * (10**4 if part == "万" else 10**8), 0, 0
        else:
            digit = _DIGITS[part] if part in _DIGITS else float(part)
    return total + group + digit
