"""Which quantities of a plan are no targets: they say how large something is, or what there is already.

60万千瓦机组开工 promises no 60万千瓦, 落实36条措施 no measures, and of 9个集群实现收入50亿元
only the sum is to be reached.
"""

import re

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.coding import FORCES
from panjin_analysis.text.cues import has
from panjin_analysis.text.found import Read
from panjin_analysis.text.listing import counts_listed
from panjin_analysis.text.number_lexicon import CLASS, COMPARATOR, PRODUCT, SIZE, VOLTAGE
from panjin_analysis.text.quantities import Quantities
from panjin_analysis.text.roles import RHETORIC

_GOES_ON = chars.flagged("以左及和与的或至到内上下等并，、")  # behind a quantity of its own, no noun begins so
_LISTS, _AND_SO_ON = "、", "等"
_COUNTED = re.compile(r"等[0-9０-９一二两三四五六七八九十百]")
_RULES, _POINTS = chars.flagged("条"), chars.flagged("条项")
_GIVEN = chars.flagged("把以这该")  # before what is counted
_COUNTS = chars.flagged("个项件类种条")
_LAID_DOWN = re.compile(r"(?:确定|明确|部署|下达|提出|安排|承诺)的$")
_DEEDS = re.compile(r"[^，。；、]{0,8}(?:行动|试点)")
_LARGE = 10_000
_DELIVER = FORCES.index("deliver")
_MEASURES = chars.flagged("政措举意规")  # 政策, 措施, 举措, 意见, 规定


def attributes(
    text: chars.Text, found: Read, quantities: Quantities, clause: np.ndarray, behind: np.ndarray, at: np.ndarray
) -> np.ndarray:
    """Return which of the quantities at some places are attributes of what their clauses speak of.

    Parameters
    ----------
    clause
        The clause of each quantity.
    behind
        Where each ends, with the comparator behind it.
    at
        The places asked for, among all quantities.
    """
    codes, own = text.codes, clause.take(at)
    start, end = quantities.start.take(at), quantities.end.take(at)
    following = codes.take(behind.take(at))
    size = quantities.size.take(at)
    # What is counted or sized stands right behind: 60万千瓦机组, 9个集群.
    sizes = chars.HAN.take(following) & ~_GOES_ON.take(following) & (end > start)
    sizes &= quantities.comparator.take(at) == COMPARATOR["eq"]
    unit = codes.take(end - 1)
    laid_down = _RULES.take(unit) | (_POINTS.take(unit) & _MEASURES.take(codes.take(end)))
    out = (size == VOLTAGE) | _is_of_whole(text, found, own, end) | (found.role.take(own) == RHETORIC)
    out |= laid_down & has(found.kinds.take(own), "carried_out")
    sized = chars.places(sizes & (size == SIZE))
    out[sized] |= ~_follows_verb(found, quantities.before.take(at.take(sized)))
    out |= _is_known(text, quantities, at)
    products = sizes & (size == PRODUCT) & (quantities.value.take(at) >= _LARGE)
    leads = sizes & ~out & (np.append(clause[1:], -1).take(at) == own)
    for place in chars.places(products | leads).tolist():
        row = int(at[place])
        out[place] |= bool(products[place]) and _is_of_works(text, found, quantities, row, int(own[place]))
        out[place] |= bool(leads[place]) and _leads(text, found, quantities, row)
    return at[out]


def _is_known(text: chars.Text, quantities: Quantities, at: np.ndarray) -> np.ndarray:
    """Say which quantities count what is there or laid down already: 把52件实事分解, 规划确定的24项指标."""
    codes = text.codes
    start, end = quantities.start.take(at), quantities.end.take(at)
    before, behind = codes.take(quantities.before.take(at) - 1), codes.take(end - 1)
    out = _GIVEN.take(before)
    spelt = (text.kinds.take(start) & chars.CHINESE) > 0
    may = ((before == ord("的")) | _COUNTS.take(behind)) & (spelt | (codes.take(start - 1) == ord("的")))
    for place in chars.places(may & ~out).tolist():
        first, last = int(start[place]), int(end[place])
        is_spelt = bool(spelt[place])
        out[place] = (
            _LAID_DOWN.search(text.text, max(first - 6, 0), first) is not None
            or (is_spelt and _DEEDS.match(text.text, last) is not None)
            or (is_spelt and counts_listed(text.text, first, float(quantities.value[at[place]])))
        )
    return out


def _follows_verb(found: Read, before: np.ndarray) -> np.ndarray:
    """Say which places a verb of reaching ends at: 新增5万吨, but not 太钢150万吨不锈钢 or 推进60万千瓦机组."""
    cues = found.cues
    reaches = (cues.force >= _DELIVER) | has(cues.kinds, "yields", "up", "down")
    return np.append(reaches, False).take(cues.ending_at(before))


def _leads(text: chars.Text, found: Read, quantities: Quantities, row: int) -> bool:
    """Say whether a quantity is of what is to reach the next one: 9个集群实现收入50亿元, but not 5个集群、收入50亿元."""
    end, following = int(quantities.end[row]), int(quantities.start[row + 1])
    if quantities.kind[row + 1] != CLASS["amount"] or _LISTS in text.text[end:following]:
        return False
    first, last = np.searchsorted(found.cues.start, (end, following)).tolist()
    return bool(has(found.cues.kinds[first:last], "end_point").any())


def _is_of_works(text: chars.Text, found: Read, quantities: Quantities, row: int, clause: int) -> bool:
    """Say whether a large quantity is the output of named works: 甲公司25万辆重卡等项目建设, but not 等12个项目."""
    end, tail = int(quantities.end[row]), int(found.tail[clause])
    first, last = np.searchsorted(found.cues.start, (end, tail)).tolist()
    works = found.cues.start[first:last][has(found.cues.kinds[first:last], "works")]
    named = len(works) > 0 and _AND_SO_ON in text.text[end : int(works[-1])]
    return named and not _COUNTED.search(text.text, end, tail)


def _is_of_whole(text: chars.Text, found: Read, clause: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Say which quantities count the whole that something belongs to (…之一), or start from what was reached (…基础上).

    A share that ends its clause (压减三分之一) is itself what is to be reached.
    """
    tail = found.tail.take(clause)
    last, before = text.codes.take(tail - 1), text.codes.take(tail - 2)
    is_part = ((last == ord("一")) & (before == ord("之"))) | ((last == ord("上")) & (before == ord("础")))
    return is_part & (end < tail)
