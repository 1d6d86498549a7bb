"""Whether a number only counts what is listed right before it: 甲、乙、丙三个园区."""

import re

from panjin_analysis.text import chars

_LISTING = 90  # characters before a number in which what it counts may be listed
_STOPS = "，。；：！？,;:!?\n“”（）()《》"
_BREAKS = re.compile(f"[{_STOPS}]")
_AND = re.compile(r".[和与及暨]")
_OPENED = "“‘「『、\n "
# Right behind a break nothing is listed.
MAY_END = ~chars.flagged(_STOPS + _OPENED)


def counts_listed(text: str, start: int, value: float) -> bool:
    """Say whether as many things are listed before a place, or some of them and 等.

    Examples
    --------
    >>> text = "建设甲园、乙园和丙园三个园区"
    >>> counts_listed(text, text.index("三"), 3), counts_listed(text, text.index("三"), 5)
    (True, False)
    """
    if text[start - 1] in _OPENED:
        return False
    begin = max(start - _LISTING, 0)
    begin = max(text.rfind("，", begin, start), text.rfind("。", begin, start), begin - 1) + 1
    *others, last = _BREAKS.split(text[begin:start])[-1].split("、")
    count = len(others) + 1
    joined = count + bool(_AND.search(last))
    return joined > 1 and (value in {count, joined} or (count > 1 and last.endswith("等")))
