"""Which part of a report each paragraph belongs to: review, outlook, plan or close.

Headings say it where there are any (2013年工作回顾). Where they do not, words do: a report
looks back first and ahead afterwards, so that one turning point divides it, and it is
put where it parts past from future words best. Several years ahead are an outlook.
"""

import re
from collections.abc import Iterator

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.phrases import Phrases

PARTS = ("review", "outlook", "plan", "close")
REVIEW, OUTLOOK, PLAN, CLOSE = range(4)

_MAIN = re.compile(r"[\s*#]*(?:[一二三四五六七八九]、|第[一二三四五六]部分)")
_YEARS_AHEAD = re.compile(
    r"(?:今后|未来|下)[一二三四五]?[五四三]年|“?十[一二三四五]五”?(?:时期|期间)?.{0,14}(?:任务|目标|思路|构想|考虑|方向|规划|要求|战略|举措|重点)|远景目标|新一届政府|本届政府.{0,8}(?:任务|目标|设想)|五年.{0,6}(?:目标|任务|思路|设想|安排)"
)
_YEARLY = re.compile(r"(20[0-9]{2})年")
_LEAD_AHEAD = re.compile(r"[\s*#—]*(?:今后|未来)[几五四三]年|[\s*#—]*“?十[一二三四五]五”?(?:时期|期间)[，,是]")
_FIVE_YEARS = re.compile(r"十([一二三四五])五")
_LEAD_PLAN = re.compile(
    r"[\s*#—]*(?:各位代表[！!，,])?(?:今年|(20[0-9]{2})年)(?:是|[，,]|.{0,3}(?:政府)?工作|.{0,10}(?:目标|任务|要求)|经济社会|全市|全省|全区)"
)
_LEAD_BACK = re.compile(
    r"[\s*#—]*(?:各位代表[！!，,])?(?:过去的?[一五四]年|一年来|五年来|四年来|去年|刚刚过去|回顾|(20[0-9]{2})年[，,是])"
)
# One of these begins whatever any of the three patterns fits.
_LEAD_BEGINS = re.compile(r"[\s*#—]*(?:今[年后]|未来|“?十[一二三四五]五|各位|20|过去|[一五四]年来|去年|刚刚|回顾)")
# What headings say in more ways than a list of phrases holds.
_SHAPES_BACK = (r"取得.{0,10}(?:成就|成绩|进展)", r"过去(?:的?[一二三四五]|.{0,2}几)年")
_SHAPES_AHEAD = (r"做好.{0,8}工作",)
_SHAPES_ITSELF = (r"建设.{0,14}政府", r"政府.{0,6}(?:效能|能力|公信力|形象)")
_HEADING = 60  # characters that a heading has at most
# What a paragraph that announces a part may begin with, and what a heading does not end with.
_ANNOUNCES = chars.flagged("一二三四五六七八九十第*#—“今未各12过去刚回下 \u3000")
_CLOSED = chars.flagged("。；，")
# What a main heading may begin with other than 一、, and words one of which stands in all else that announces a part,
# beside the phrases that look back: years and periods, 取得…成就, 过去几年, 新一届政府, 回顾.
_MAIN_BEGINS = chars.flagged("第*#")
_HINTS = ("年", "十一五", "十二五", "十三五", "十四五", "十五五", "远景目标", "届政府", "取得", "过去", "回顾")
NO_MARK = -1
_WEIGHT = 40.0  # a heading or lead phrase outweighs the words of many paragraphs
_NEAR = 8  # paragraphs between the last word of the review and the heading of what follows


class PartPhrases:
    """What headings are told by: whether they look back, ahead, or at the government itself."""

    def __init__(self, phrases: Phrases) -> None:
        self.back = phrases.pattern("back", *_SHAPES_BACK)
        self.ahead = phrases.pattern("ahead", *_SHAPES_AHEAD)
        self.not_back = phrases.pattern("not_back")
        self.itself = phrases.pattern("itself", *_SHAPES_ITSELF)
        self.hints = Lexicon(list(dict.fromkeys((*phrases.of("back"), *_HINTS))))


_TO_DIGITS = str.maketrans("〇零○ＯO一二三四五六七八九", "00000123456789")


def report_year(text: str) -> int | None:
    r"""Return the year a report plans for, as its own opening lines say it, or None.

    Examples
    --------
    >>> report_year("政府工作报告\n——2024年1月9日在市第九届人民代表大会上\n一、2023年工作回顾\n")
    2024
    >>> report_year("一、2022年工作回顾\n甲。\n二、2023年工作安排\n乙。")
    2023
    """
    if dated := re.search(r"(20[0-9]{2}|19[0-9]{2})\s*年\s*([0-9]{1,2})\s*月\s*[0-9]{1,2}\s*日", text[:600]):
        return int(dated[1]) + (int(dated[2]) == 12)
    if dated := re.search(
        r"([一二][〇零○ＯO九0][〇零○ＯO一二三四五六七八九0]{2})年([一二三四五六七八九十]{1,3})月", text[:600]
    ):
        year = int(dated[1].translate(_TO_DIGITS))
        return year + (dated[2] == "十二")
    if titled := re.search(r"(?:title|标题|报告).{0,20}?((?:19|20)[0-9]{2})", text[:300]):
        return int(titled[1])
    back = [int(year) for year in re.findall(r"(20[0-9]{2})年(?:度|的|政府)*(?:主要|重点)?工作(?:的?回顾|总结)", text)]
    ahead = [
        int(year)
        for year in re.findall(
            r"(20[0-9]{2})年(?:政府|度|的)*(?:主要|重点|总体)?(?:工作)?(?:安排|任务|目标|部署|打算|重点)", text
        )
    ]
    if back:
        return max(back) + 1
    return max(ahead) if ahead else None


def find_parts(marks: np.ndarray, is_main: np.ndarray, score: np.ndarray) -> np.ndarray:
    """Return the part of each paragraph.

    Parameters
    ----------
    marks
        The part that each paragraph announces, ``NO_MARK`` for none: see ``mark``.
    is_main
        Whether it is a main heading.
    score
        Future words less past words of each paragraph.

    Examples
    --------
    >>> marks = np.array([REVIEW, NO_MARK, PLAN, NO_MARK])
    >>> [PARTS[part] for part in find_parts(marks, marks != NO_MARK, np.zeros(4))]
    ['review', 'review', 'plan', 'plan']
    """
    forward = (marks == OUTLOOK) | (marks == PLAN)
    turn = _turn_by_headings(marks, forward, is_main)
    if turn is None:
        score = np.clip(score, -4, 4)
        turn = _turning_point(score + _WEIGHT * forward - _WEIGHT * (marks == REVIEW))
        turn = _announced(turn, forward, score)
    marks, is_main, forward = marks[turn:], is_main[turn:], forward[turn:]
    # A close goes on to the next main heading, an outlook to the next announcement of another part.
    closing = _last(marks, is_main) == CLOSE
    ahead = _last(marks, forward | (marks == CLOSE)) == OUTLOOK
    behind = np.where(closing | (marks == CLOSE), CLOSE, np.where(ahead, OUTLOOK, PLAN))
    return np.concatenate((np.full(turn, REVIEW), behind))


def _last(marks: np.ndarray, flags: np.ndarray) -> np.ndarray:
    """Return for each paragraph the mark of the last one that is flagged, up to and with itself."""
    last = np.maximum.accumulate(np.where(flags, np.arange(len(flags)), -1))
    return np.append(marks, NO_MARK).take(last)


def _announced(turn: int, forward: np.ndarray, score: np.ndarray) -> int:
    """Move a turn that words alone gave to where what follows is announced, if what lies between is no plan."""
    place = next(iter(chars.places(forward[turn:]).tolist()), 0) + turn
    if place - turn <= _NEAR or score[turn:place].mean() < score[place:].mean() / 2:
        return place
    return turn


def _turn_by_headings(marks: np.ndarray, forward: np.ndarray, is_main: np.ndarray) -> int | None:
    """Return the first main heading ahead that comes after the first one back, if there are both."""
    back = chars.places(is_main & (marks == REVIEW)).tolist()
    ahead = chars.places(is_main & forward).tolist()
    return next((place for place in ahead if back and place > back[0]), None)


def _ends(head: str) -> list[int]:
    """Return the last years of the five-year periods that a heading names: 2020 for 十三五."""
    return [2010 + 5 * "一二三四五".index(period) for period in _FIVE_YEARS.findall(head)]


def _is_over(head: str, year: int | None) -> bool:
    """Say whether every five-year period that a heading names ended before the report's year."""
    return year is not None and max(_ends(head), default=year) < year


def announces(first: np.ndarray, last: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Say which paragraphs may announce a part, by the codes of their first and last characters.

    Examples
    --------
    >>> announces(np.array([ord("今"), ord("推")]), np.array([ord("。")] * 2), np.array([90, 90])).tolist()
    [True, False]
    """
    return _ANNOUNCES.take(first) | ((lengths <= _HEADING) & ~_CLOSED.take(last))


def may_tell(text: chars.Text, start: np.ndarray, size: np.ndarray, phrases: PartPhrases) -> np.ndarray:
    """Say which heads are worth reading: main headings, and what holds a word that some rule asks for.

    Examples
    --------
    >>> text = chars.coded("一是推进甲。2023年工作回顾")
    >>> may_tell(text, np.array([0, 6]), np.array([6, 9]), PartPhrases(Phrases([]))).tolist()
    [False, True]
    """
    if not len(start):
        return np.zeros(0, bool)
    behind = np.cumsum(size)
    begin = behind - size
    each = np.repeat(start - begin, size) + np.arange(behind[-1])
    hinted = np.logical_or.reduceat(phrases.hints.at(text, each) >= 0, begin)
    return hinted | _MAIN_BEGINS.take(text.codes.take(start)) | (text.codes.take(start + 1) == ord("、"))


def _turning_point(score: np.ndarray) -> int:
    """Return before which paragraph the report turns from past to future."""
    behind = np.concatenate(([0.0], np.cumsum(score)))
    # Past before and future after: the least sum of scores behind the turn is the best.
    return int(np.argmin(behind))


def mark(head: str, length: int, year: int | None, phrases: PartPhrases) -> tuple[int, bool]:
    """Return the part that a paragraph announces, ``NO_MARK`` for none, and whether it is a main heading.

    Parameters
    ----------
    head
        Its first characters.
    length
        All its characters: a short one may be a heading.
    year
        The report's year, where known.
    phrases
        What headings are told by.

    Examples
    --------
    >>> mark("二、2024年工作安排", 11, 2024, PartPhrases(Phrases([("安排", "ahead")]))) == (PLAN, True)
    True
    """
    is_main = bool(_MAIN.match(head))
    if length <= _HEADING and (is_main or not head.rstrip("* \n").endswith(("。", "；", "，"))):
        part = _mark_of_heading(head, year, phrases, is_main=is_main)
    elif is_main:  # heading and text in one line
        part = _mark_of_heading(head[:34], year, phrases, is_main=is_main)
    else:
        part = None
    if part is None and not is_main:
        part = _mark_of_lead(head, year)
    return NO_MARK if part is None else part, is_main


def _mark_of_lead(head: str, year: int | None) -> int | None:
    """Return the part that the first words of a paragraph announce: 今后五年, 今年, 过去一年."""
    if not _LEAD_BEGINS.match(head):
        return None
    if _LEAD_AHEAD.match(head):
        return REVIEW if _is_over(head[:12], year) else OUTLOOK
    for lead, part, its_year in ((_LEAD_PLAN, PLAN, year), (_LEAD_BACK, REVIEW, year and year - 1)):
        found = lead.match(head)
        if found and (found[1] is None or int(found[1]) == its_year):
            return part
    return None


def _mark_of_heading(head: str, year: int | None, phrases: PartPhrases, *, is_main: bool) -> int | None:
    return next(_claims(head, year, phrases, is_main=is_main), None)


def _claims(head: str, year: int | None, phrases: PartPhrases, *, is_main: bool) -> Iterator[int]:
    """Return what each rule that fits makes of a heading; the first decides, so that the others are seldom asked."""
    named = {int(one) for one in _YEARLY.findall(head)}
    this_year, last_year = year in named, year is not None and year - 1 in named
    if phrases.back.search(head) and not phrases.not_back.search(head):
        yield REVIEW
    if not this_year and _YEARS_AHEAD.search(head):
        yield REVIEW if _is_over(head, year) else OUTLOOK
    if is_main and not this_year and year is not None and max(_ends(head), default=0) > year:
        yield OUTLOOK
    if this_year and (is_main or phrases.ahead.search(head)):
        yield PLAN
    if is_main and last_year:
        yield REVIEW
    if is_main and phrases.itself.search(head):
        yield CLOSE
    if is_main and (phrases.ahead.search(head) or "今年" in head):
        yield PLAN
