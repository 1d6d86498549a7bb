"""What each clause does in a report: title, topic, commitment, result, rhetoric or background.

Structure decides first (titles, the lead sentence of a paragraph), then what the clause
opens or closes with (以…, 面对…, 各位代表), then the part of the report it stands in: what
the review says is a result, what the plan says is a commitment.
"""

import re

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.cues import has
from panjin_analysis.text.found import Read, in_any
from panjin_analysis.text.parts import REVIEW
from panjin_analysis.text.passages import calls, centre, glossary, problems, situations, subjects

ROLES = ("section", "topic", "commitment", "result", "rhetoric", "background")
SECTION, TOPIC, COMMITMENT, RESULT, RHETORIC, BACKGROUND = range(6)

# Each rule and the role that it gives.
RULES = {
    "review": RESULT, "plan": COMMITMENT, "done": RESULT, "situation": BACKGROUND, "centre": BACKGROUND, "problems": BACKGROUND,
    "remedy": COMMITMENT, "fragment": RHETORIC, "purpose": RHETORIC, "speech": RHETORIC, "note": BACKGROUND,
    "lead_sentence": TOPIC, "title": SECTION, "announcement": RHETORIC, "call": RHETORIC, "glossary": BACKGROUND,
}  # fmt: skip
_R = {name: number for number, name in enumerate(RULES)}
_ROLE_OF = np.array([*RULES.values()])

_TITLE = re.compile(
    r"[\s*#—]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|([0-9]{1,3}[.．、](?![0-9])))"
)
_TITLE_BEGINS = chars.flagged("一二三四五六七八九十第（(0123456789*#— \u3000")
_BEFORE_TITLE = chars.flagged("*#— \u3000")
_TITLE_GOES_ON = chars.flagged("一二三四五六七八九十、0123456789.．")
_COLONS = chars.flagged("：:")
_BRACKETS = chars.flagged("[〔［﹝")
_MUST_BEGINS = chars.flagged("我要必")  # 我们要, 要, 必须
_SHORT_TITLE, _LONG_TITLE, _ITEM = 46, 60, 30  # characters of a line without a full stop, a numbered one, an item
_SERVES = re.compile(
    r"为.*(?:提供|奠定|打下|夯实|注入|创造)(?!了).*(?:保障|支撑|基础|空间|动力|条件|后盾)|以.+(?:支撑|保障).+"
)
_PRESENTS = re.compile(r"[^。！？]*(?:审议|报告工作|工作报告|作报告)")
_SUBJECT = 24  # characters of a clause that is only a subject
_OPENING = 1500  # characters within which the formulae of the meeting stand


def with_roles(text: chars.Text, found: Read) -> Read:
    """Return the clauses with role and deciding rule of each; a later rule overrules an earlier one."""
    announced = _announcements(text, found)
    section = _sections(text, found) & ~announced
    ends_in_comma = (text.kinds.take(found.clauses.end - 1) & (chars.COMMA | chars.HALF_COMMA)) > 0
    troubles, remedies = problems(text, found)
    rule = np.where(found.part == REVIEW, _R["review"], _R["plan"])
    for condition, name in (
        (has(found.kinds, "done") & ~has(found.kinds, "future") & (found.part != REVIEW), "done"),
        (situations(text, found), "situation"),
        (centre(found), "centre"),
        (troubles, "problems"),
        (remedies, "remedy"),
        (_fragments(text, found, ends_in_comma) | (subjects(text, found) & ends_in_comma), "fragment"),
        (_purposes(text, found), "purpose"),
        (announced, "announcement"),
        (calls(found), "call"),
        (_speeches(text, found), "speech"),
        (_notes(text, found), "note"),
        (_topics(text, found, section), "lead_sentence"),
        (section, "title"),
        (glossary(text, found, section), "glossary"),
    ):
        np.putmask(rule, condition, _R[name])
    return found._replace(role=_ROLE_OF.take(rule), rule=rule)


def _sections(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses are titles: a numbered first sentence, or a line without a full stop."""
    clauses = found.clauses
    begins = chars.places(clauses.clause_no == 1)
    ends = np.append(begins[1:], len(found.paragraph)) - 1
    starts = clauses.start.take(begins)
    length = clauses.end.take(ends) - starts
    closing = chars.STOP | chars.CLOSER | chars.COMMA | chars.HALF_COMMA
    open_line = (text.kinds.take(clauses.end.take(ends) - 1) & closing) == 0
    short = (length <= _SHORT_TITLE) & open_line & ~has(found.head_kinds.take(begins), "salutation")
    first_sentence = clauses.sentence_no == 1
    out = short.take(found.paragraph)
    numbered = chars.places(_TITLE_BEGINS.take(text.codes.take(starts)) & _may_be_numbered(text, starts))
    rows = (starts, clauses.end.take(begins), begins, ends, first_sentence.take(ends), length)
    for start, clause_end, begin, end, one_sentence, size in zip(
        *(row[numbered].tolist() for row in rows), strict=True
    ):
        title = _TITLE.match(text.text, start, min(start + 16, clause_end))
        if not title:
            continue
        if title[1] is None:
            # A whole paragraph behind a number is no title, unless it is short.
            is_title = not one_sentence or size <= _LONG_TITLE
            out[begin : end + 1] = first_sentence[begin : end + 1] if is_title else False
        else:
            alone = begin == end or not first_sentence[begin + 1]
            out[begin : end + 1] = False
            out[begin] = alone and (not one_sentence or size <= _ITEM)
    return out


def _may_be_numbered(text: chars.Text, starts: np.ndarray) -> np.ndarray:
    """Say which paragraphs may begin with a number and its mark, by their second characters: 一、 but not 一是."""
    return _BEFORE_TITLE.take(text.codes.take(starts)) | _TITLE_GOES_ON.take(text.codes.take(starts + 1))


def _topics(text: chars.Text, found: Read, section: np.ndarray) -> np.ndarray:
    """Say which clauses are lead sentences: the first of a paragraph, of one clause, with another sentence behind it."""
    clauses, out = found.clauses, np.zeros(len(section), bool)
    at = chars.places(clauses.clause_no[1:] == 2)
    code = text.codes.take(np.minimum(found.tail.take(at), clauses.end.take(at) - 1))
    closed = (code == ord("。")) | (code == ord("；")) | (code == ord(";"))
    # The first of a list of targets (预期目标是：…增长6%；) is one of them.
    listed = found.has_amount.take(at) & (code != ord("。"))
    out[at] = ~section.take(at) & closed & ~has(found.head_kinds.take(at), "salutation") & ~listed
    return out


def _fragments(text: chars.Text, found: Read, ends_in_comma: np.ndarray) -> np.ndarray:
    """Say which clauses only introduce the next one: 面对…, 在…下, 其中."""
    opens = has(found.head_kinds, "fragment", "always_fragment")
    closes = has(found.tail_kinds, "fragment_tail", "aim")
    # 我们也清醒地看到， 主要目标是， and 水利方面， only lead to what is seen, aimed at or told.
    sees = has(found.tail_kinds, "problem_lead", "seen", "states") | (_ends_in(text, found, "方面") & ~found.has_amount)
    # A verb right behind 围绕 or 按照 belongs to what it introduces (围绕建设甲市，).
    carried = found.verbs_inside - found.verb_follows_head
    bare = found.verbs_inside == 0
    lead = bare & (found.tail - found.head <= 7) & (has(found.head_kinds, "lead", "fragment") | found.is_time)
    subject = has(found.tail_kinds, "subject") & ~found.has_amount & ~has(found.kinds, "past", "future")
    lead |= bare & (has(found.tail_kinds, "bare_tail") | (subject & (found.tail - found.head <= _SUBJECT)))
    always = has(found.head_kinds, "always_fragment")
    # 对300户家庭免除…: a clause that says how many states what is done.
    states = found.has_amount & ~always
    ends = closes & (always | ~has(found.kinds, "end_point", "own_verb"))
    needed = _needs(text, found, ends_in_comma & ~found.has_amount & (found.part != REVIEW))
    return needed | (ends_in_comma & ((opens & (ends | ((carried <= 0) & ~states))) | lead | sees))


def _ends_in(text: chars.Text, found: Read, word: str) -> np.ndarray:
    """Say which clauses end in a word of two characters."""
    codes, out = text.codes, np.zeros(len(found.tail), bool)
    at = chars.places(codes.take(found.tail - 1) == ord(word[1]))
    out[at] = codes.take(found.tail.take(at) - 2) == ord(word[0])
    return out


def _needs(text: chars.Text, found: Read, asked: np.ndarray) -> np.ndarray:
    """Say which of some clauses open a sentence that goes on with what they need: 做好今年工作，必须…, 推进改革，我们要…."""
    codes, out = text.codes, np.zeros(len(asked), bool)
    goes_on = found.sentence[1:] == found.sentence[:-1]
    opens = np.concatenate(([True], ~goes_on)) & asked & ~found.is_led
    at = chars.places(opens[:-1] & goes_on)
    start = found.clauses.start.take(at + 1)
    may = _MUST_BEGINS.take(codes.take(start))  # few do
    at, start = at.compress(may), start.compress(may)
    start = start + 2 * ((codes.take(start) == ord("我")) & (codes.take(start + 1) == ord("们")))
    first = codes.take(start)
    out[at] = (first == ord("要")) | ((first == ord("必")) & (codes.take(start + 1) == ord("须")))
    return out


def _purposes(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses state a purpose or a means only: 以…为…, 让…, 为…提供保障."""
    out = np.zeros(len(found.kinds), bool)
    at = chars.places(has(found.head_kinds, "purpose") & ~found.is_led)
    first = found.head.take(at)
    head = text.codes.take(first)
    lets = (head == ord("让")) | (head == ord("使")) | (text.codes.take(first + 2) == ord("让"))  # 努力让
    means = head == ord("以")
    states = has(found.kinds.take(at), "own_verb") | (_in_a_manner(found) | _qualifies(text, found)).take(at)
    states |= _acts(text, found, at.compress(means)).take(at)
    stops = (text.kinds.take(found.clauses.end.take(at) - 1) & chars.STOP) > 0
    states &= ~lets & ~_serves(text, found, at.compress((head == ord("为")) | (means & stops))).take(at)
    out[at] = has(found.tail_kinds.take(at), "aim") | ~(states | found.has_amount.take(at))
    return out


def _acts(text: chars.Text, found: Read, asked: np.ndarray) -> np.ndarray:
    """Say which of the clauses asked for have a verb of their own behind their means: 以消费激活市场, not 以激活市场，."""
    cues, (out, means) = found.cues, np.zeros((2, len(found.kinds)), bool)
    means[asked] = True
    at = chars.places(means.take(found.clause_of) & (cues.force >= 0))
    clause, start = found.clause_of.take(at), cues.start.take(at)
    head = found.head.take(clause)
    better = text.codes.take(head + 1) == ord("更")  # 以更好满足需要
    closes = (cues.end.take(at) == found.tail.take(clause)) & has(cues.kinds.take(at), "nominal")
    out[clause.compress((start - head > np.where(better, 3, 2)) & ~closes)] = True
    return out


def _serves(text: chars.Text, found: Read, asked: np.ndarray) -> np.ndarray:
    """Say which of the clauses asked for only say what something is good for: 为发展提供支撑, 以安全保障发展。."""
    out = np.zeros(len(found.kinds), bool)
    rows = (asked, found.head.take(asked), found.tail.take(asked))
    for place, head, tail in zip(*(row.tolist() for row in rows), strict=True):
        out[place] = _SERVES.fullmatch(text.text, head, tail) is not None
    return out


def _qualifies(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses have 以…为… before a noun only: 以居家为基础的服务体系建成."""
    cues = found.cues
    at = chars.places(has(cues.kinds, "aim"))
    out = np.zeros(len(found.kinds), bool)
    out[found.clause_of.take(at[text.codes.take(cues.end.take(at)) == ord("的")])] = True
    return out


def _in_a_manner(found: Read) -> np.ndarray:
    """Say which clauses name a manner right before a verb: 以更大力度推进… states what is done."""
    cues = found.cues
    at = chars.places(has(cues.kinds, "manner"))
    at = at[at + 1 < len(cues.start)]
    followed = (cues.start.take(at + 1) == cues.end.take(at)) & (cues.force.take(at + 1) >= 0)
    out = np.zeros(len(found.kinds), bool)
    out[found.clause_of.take(at[followed])] = True
    return out


def _notes(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses stand in a note: a paragraph that begins with [3], or what names who is in charge."""
    begins = chars.places(found.clauses.clause_no == 1)
    start = found.clauses.start.take(begins)
    behind = start + 1
    behind = behind + ((text.kinds.take(behind) & chars.SPACE) > 0)
    numbered = ((text.kinds.take(behind) & chars.DIGIT) > 0) | (text.codes.take(behind) == ord("^"))
    return has(found.head_kinds, "closing") | (_BRACKETS.take(text.codes.take(start)) & numbered).take(found.paragraph)


def _announcements(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses only announce what follows them: the last of a paragraph, with a colon behind it."""
    out = np.zeros(len(found.kinds), bool)
    last = np.append(found.clauses.clause_no[1:], 1) == 1
    at = chars.places(last)
    kinds, colon = found.kinds.take(at), _COLONS.take(text.codes.take(found.clauses.end.take(at) - 1))
    out[at] = (colon | has(kinds, "below")) & has(kinds, "announces") & ~found.has_amount.take(at)
    return out


def _speeches(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses address, thank or exhort; thanks and a call (让我们) speak for their whole sentence."""
    whole = has(found.kinds, "thanks")
    for place in chars.places(has(found.kinds, "salutation") & (found.part == REVIEW)).tolist():
        # 现在，我代表市人民政府报告工作，请予审议: what presents the report is a formula to its end.
        start = int(found.clauses.start[place])
        if start - text.starts[found.document[place]] < _OPENING:
            whole[place] |= _PRESENTS.match(text.text, start) is not None
    return has(found.head_kinds, "salutation", "exhort") | in_any(found.sentence, whole)
