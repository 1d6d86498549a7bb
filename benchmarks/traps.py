"""Short sentences of our own in which numbers are easily misread, with what they say.

A value trap names the literal values that must come out, and no others. A name trap
has numerals in it but states no amount, so that nothing must come out.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Trap(NamedTuple):
    """One sentence and the amounts in it; none for a name."""

    text: str
    values: tuple[float, ...] = ()


TRAPS = (
    Trap("新增就业1.02万人。", (10200,)),
    Trap("税收增长8%—10%。", (8, 10)),
    Trap("运行成本压减三分之一。", (1 / 3,)),
    Trap("改造老旧住房12,500户。", (12500,)),
    Trap("培训护理员两百人。", (200,)),
    Trap("占比提高5个百分点。", (5,)),
    Trap("完成投资3.5亿元。", (350_000_000,)),
    Trap("总量突破1.2万亿元。", (1_200_000_000_000,)),
    Trap("引进博士20名以上。", (20,)),
    Trap("达标率保持在百分之九十以上。", (90,)),
    Trap("新增停车位３００个。", (300,)),
    Trap("惠及居民十余万人。", (100_000,)),
    Trap("能耗下降2.5%左右。", (2.5,)),
    Trap("新增试点3至5家。", (3, 5)),
    Trap("第一产业增长4%。", (4,)),
    Trap("修建步道一百二十公里。", (120,)),
    Trap("2024年改造500户。", (500,)),
    Trap("“十四五”期间新建学校30所。", (30,)),
    Trap("PM2.5平均浓度下降3%。", (3,)),
    Trap("新建5G基站800个。", (800,)),
    Trap("走访企业1200余家。", (1200,)),
    Trap("分配公租房6.18万套。", (61800,)),
    Trap("用好12345热线。"),
    Trap("做好一老一小服务。"),
    Trap("庆祝建城75周年。"),
    Trap("深化治本攻坚三年行动。"),
    Trap("打造十五分钟健身圈。"),
    Trap("公布第二批清单。"),
    Trap("做到两个维护。"),
    Trap("筹备第九届运动会。"),
    Trap("回顾2024年工作。"),
    Trap("编好“十五五”规划。"),
    Trap("融入一带一路。"),
    Trap("进一步统一思想。"),
    Trap("千方百计稳岗。"),
    Trap("推广5G应用。"),
    Trap("2024年1月15日开幕。"),
    Trap("完善四级平台。"),
)

VALUE_TRAPS = [trap for trap in TRAPS if trap.values]
NAME_TRAPS = [trap for trap in TRAPS if not trap.values]
SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}


def literal(value: float, unit: str | None) -> float:
    """Return a value without the 万 or 亿 that some ways leave in the unit: that is no mistake."""
    for printed, factor in SCALES.items():
        if unit and unit.startswith(printed):
            return value * factor
    return value


def is_right(found: Iterable[float], trap: Trap) -> bool:
    """Say whether exactly the values of a trap were found, in any order; 0.9 counts for 90 per cent."""
    left = sorted(found)
    if len(left) != len(trap.values):
        return False
    return all(
        abs(value - expected) < 1e-9 * expected or abs(100 * value - expected) < 1e-9 * expected
        for value, expected in zip(left, sorted(trap.values), strict=True)
    )
