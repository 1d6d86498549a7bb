"""What passages of a report do beyond their single clauses: problems, views of the situation, calls, glossaries."""

import re

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.cues import has
from panjin_analysis.text.found import Read, in_any, since_paragraph_began
from panjin_analysis.text.parts import REVIEW

_LESSON = re.compile(r"[\s*—]*(?:第?[一二三四五六七八九十]+[是，、])?(?:我们)?(?:只有|必须|就必须)")
_TERM_BEGINS = chars.flagged('0123456789“"*[〔【﹝［')
_NEAR = 60
_TERM = re.compile(
    r"[\s*]*(?:[\[〔【﹝［]?\s*[0-9]{1,3}\s*[\]〕】﹞］]?[、.．]?)?[\s*]*[^，。；：:\n]{1,40}?"
    r"(?:[\s*]*[：:][\s*]*(?:是指|指|即|系指|主要指|主要是指)|[ \u3000*]+(?:是指|指|即))"
)


def problems(text: chars.Text, found: Read) -> tuple[np.ndarray, np.ndarray]:
    """Say which clauses tell of problems, and which of what is to be done about them, in the same paragraph."""
    introduces = has(found.head_kinds, "fragment", "always_fragment")
    named = has(found.kinds, "problem_noun") & ~has(found.kinds, "overcomes") & ~introduces
    lead = has(found.kinds, "problem_lead") | named
    # 我们要认识到存在的问题 announces problems, and no remedy yet.
    remedy = since_paragraph_began(found, has(found.kinds, "problem_end") & ~lead) > 0
    lead = (since_paragraph_began(found, lead) > 0) | _listed_problems(text, found, lead)
    return lead & ~remedy, lead & remedy


def _listed_problems(text: chars.Text, found: Read, lead: np.ndarray) -> np.ndarray:
    """Say which clauses stand in paragraphs that list (一是, 二是) what the paragraph before them announced."""
    begins = chars.places(found.clauses.clause_no == 1)
    ends = np.append(begins[1:], len(lead)) - 1
    first = found.clauses.start.take(begins)
    counted = (text.kinds.take(first) & chars.CHINESE > 0) & (text.codes.take(first + 1) == ord("是"))
    listed = np.zeros(len(begins), bool)
    announced = lead.take(ends)
    for place in chars.places(counted).tolist():
        listed[place] = place > 0 and (announced[place - 1] or listed[place - 1])
    return listed.take(found.paragraph)


def situations(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses describe the situation: 面临…, 2024年是…之年, 从国际看，…, 稳定是发展的基础."""
    seen = in_any(found.sentence, has(found.kinds, "seen")) & ~in_any(found.sentence, found.has_amount)
    planned = has(found.kinds, "future", "striving")
    described = (has(found.kinds, "situation") & ~planned) | _is_copular(found)
    lessons = since_paragraph_began(found, has(found.kinds, "lesson") | _must(text, found)) > 0
    is_year = has(found.tail_kinds, "of_year") & has(found.kinds, "copula", "situation", "is")
    return ((described | seen) & (found.part != REVIEW)) | is_year | lessons


def _must(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses open a paragraph of the review with what must be: 一是必须坚持…, a lesson and no result."""
    may = (found.clauses.clause_no == 1) & (found.part == REVIEW) & has(found.kinds, "future")
    for place in chars.places(may).tolist():
        may[place] = _LESSON.match(text.text, int(found.clauses.start[place])) is not None
    return may


def _is_copular(found: Read) -> np.ndarray:
    """Say which clauses say what something is, unless it is what the work is about (重点是…)."""
    is_one = has(found.head_kinds, "is") | (has(found.kinds, "copula") & ~has(found.kinds, "future", "striving"))
    return is_one & ~has(found.kinds, "states") & ~found.has_amount


def centre(found: Read) -> np.ndarray:
    """Say which clauses tell what the centre did or said: it is not this government's work."""
    return in_any(found.sentence, has(found.head_kinds, "centre"))


def calls(found: Read) -> np.ndarray:
    """Say which clauses of the end of a report call to action: 需要…, and the whole paragraph of 让我们."""
    rousing = in_any(found.paragraph, has(found.kinds, "call")) & ~found.has_amount
    return (has(found.head_kinds, "calls") | rousing) & (found.part != REVIEW)


def subjects(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses are what a clause behind them in the sentence says something of: 发展服务业，是当前的任务."""
    judges = has(found.head_kinds, "is") & (text.codes.take(found.head) != ord("这")) & (found.clauses.clause_no > 1)
    judges &= ~has(found.kinds, "states") & (found.part != REVIEW)
    at = chars.places(judges)
    if not len(at):
        return judges
    last = np.full(int(found.sentence[-1]) + 1, -1)
    last[found.sentence.take(at)] = at
    ahead = np.arange(len(judges)) < last.take(found.sentence)
    says = np.zeros(len(judges), bool)
    says[found.clause_of.compress(has(found.cues.kinds, "is", "copula", "situation"))] = True
    return ahead & ~says & ~found.has_amount & ~found.is_led & ~has(found.kinds, "striving")


def glossary(text: chars.Text, found: Read, section: np.ndarray) -> np.ndarray:
    """Say which clauses explain terms: paragraphs that say so themselves, and all behind a title that does."""
    return _explained(text, found) | _behind_title(found, section)


def _explained(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses stand in a paragraph that explains a term: 3、“五证合一”：指…."""
    begins = chars.places(found.clauses.clause_no == 1)
    start = found.clauses.start.take(begins)
    out = np.zeros(len(begins), bool)
    may = _TERM_BEGINS.take(text.codes.take(start))
    at = chars.places(may)
    for place, first in zip(at.tolist(), start.take(at).tolist(), strict=True):
        end = first + _NEAR
        near = text.text.find("指", first, end) >= 0 or text.text.find("即", first, end) >= 0
        out[place] = near and _TERM.match(text.text, first) is not None
    return out.take(found.paragraph)


def _behind_title(found: Read, section: np.ndarray) -> np.ndarray:
    """Say which clauses stand behind a title such as 名词解释, until one of something else."""
    opens = section & has(found.kinds, "glossary")
    if not opens.any():
        return opens
    begins = section & (has(found.kinds, "annex") | opens)
    place = np.maximum.accumulate(np.where(begins, np.arange(len(begins)), -1))
    same = (place >= 0) & (found.document == found.document.take(place))
    return same & opens.take(place) & ~opens
