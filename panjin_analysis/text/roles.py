"""What each clause does in a report: title, topic, commitment, result, rhetoric or background.

Structure decides first (titles, the lead sentence of a paragraph), then what the clause
opens or closes with (以…, 面对…, 各位代表), then the part of the report it stands in: what
the review says is a result, what the plan says is a commitment.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.cues import CueLexicon, Cues, has
from panjin_analysis.text.parts import REVIEW, announces, find_parts, report_year
from panjin_analysis.text.segments import Clauses, owners

ROLES = ("section", "topic", "commitment", "result", "rhetoric", "background")
SECTION, TOPIC, COMMITMENT, RESULT, RHETORIC, BACKGROUND = range(6)

# Each rule and the role that it gives.
RULES = {
    "review": RESULT, "plan": COMMITMENT, "situation": BACKGROUND, "centre": BACKGROUND, "problems": BACKGROUND,
    "remedy": COMMITMENT, "fragment": RHETORIC, "purpose": RHETORIC, "speech": RHETORIC, "note": BACKGROUND,
    "lead_sentence": TOPIC, "title": SECTION,
}  # fmt: skip
_R = {name: number for number, name in enumerate(RULES)}
_ROLE_OF = np.array([*RULES.values()])

_TITLE = re.compile(
    r"[\s*#—]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|([0-9]{1,3}[.．、](?![0-9])))"
)
_TITLE_BEGINS = chars.flagged("一二三四五六七八九十第（(0123456789*#— \u3000")
_SKIPPED = chars.flagged("*#—-“‘\"'·•　 （(")
_BRACKETS = chars.flagged("[〔［﹝")
_SHORT_TITLE, _LONG_TITLE, _ITEM = 46, 60, 30  # characters of a line without a full stop, a numbered one, an item
_HEAD_LENGTH = 64
_OPENING = 1500  # characters within which the formulae of the meeting stand


class Read(NamedTuple):
    """The clauses of a text with what was found in each; everything that later rules need."""

    clauses: Clauses
    owner: np.ndarray  # of each character, the clause it stands in
    cues: Cues
    clause_of: np.ndarray  # the clause of each cue
    kinds: np.ndarray  # bits of all cues in a clause
    head: np.ndarray  # where its own words begin, behind brackets, 一是 and the like
    head_kinds: np.ndarray  # bits of the cue it begins with
    head_word: np.ndarray  # that cue, -1 for none
    tail_kinds: np.ndarray  # bits of the cue it ends with
    tail: np.ndarray  # behind its last word, before the punctuation that closes it
    sentence: np.ndarray  # runs through the text
    paragraph: np.ndarray  # from 0
    part: np.ndarray
    role: np.ndarray
    rule: np.ndarray  # place in RULES of the rule that gave the role
    verbs_inside: np.ndarray  # how many verbs stand behind its first cue
    verb_follows_head: np.ndarray  # whether one stands right behind it
    is_led: np.ndarray  # whether 一是, 要 or the like was skipped before its own words
    is_time: np.ndarray  # whether it begins with a number, as 2023年 does
    has_amount: np.ndarray
    document: np.ndarray  # which text it belongs to
    years: list[int | None]  # of each text


def read(
    text: chars.Text,
    clauses: Clauses,
    lexicon: CueLexicon,
    cues: Cues,
    words: tuple[np.ndarray, np.ndarray],
    *,
    amounts: np.ndarray,
    years: Sequence[int | None],
) -> Read:
    """Return what stands in each clause, its part and its role.

    ``words`` are all cues found, those inside longer ones too; ``amounts`` are the places of amounts.
    """
    count = len(clauses.start)
    owner = owners(clauses, text.size)
    clause_of = owner.take(cues.start)
    head, head_word, head_end, is_led = _heads(text, clauses, lexicon, words)
    tail = _tails(text, clauses)
    opens_paragraph = clauses.clause_no == 1
    paragraph = np.cumsum(opens_paragraph) - 1
    new_sentence = opens_paragraph | np.concatenate(([True], clauses.sentence_no[1:] != clauses.sentence_no[:-1]))
    verb = chars.places(cues.force >= 0)
    verb_clause, verb_start = clause_of.take(verb), cues.start.take(verb)
    verb_head_end = head_end.take(verb_clause)
    document = np.searchsorted(text.starts, clauses.start, side="right") - 1
    found = Read(
        clauses=clauses,
        owner=owner,
        cues=cues,
        clause_of=clause_of,
        kinds=_or_by(clause_of, cues.kinds, count),
        head=head,
        head_kinds=lexicon.kinds.take(head_word),
        head_word=head_word,
        tail_kinds=_tail_kinds(cues, clause_of, tail),
        tail=tail,
        sentence=np.cumsum(new_sentence) - 1,
        paragraph=paragraph,
        part=paragraph,
        role=paragraph,
        rule=paragraph,
        verbs_inside=np.bincount(verb_clause[verb_start >= verb_head_end], minlength=count),
        verb_follows_head=np.bincount(verb_clause[verb_start == verb_head_end], minlength=count),
        is_led=is_led,
        is_time=(text.kinds.take(head) & chars.DIGIT) > 0,
        has_amount=np.bincount(owner.take(amounts), minlength=count) > 0,
        document=document,
        years=_years(text, years),
    )
    found = found._replace(part=_parts(text, found))
    role, rule = _roles(text, found)
    return found._replace(role=role, rule=rule)


def _years(text: chars.Text, years: Sequence[int | None]) -> list[int | None]:
    ends = [*(start - chars.PAD for start in text.starts[1:]), text.size]
    return [
        report_year(text.text[start:end]) if year is None else year
        for start, end, year in zip(text.starts, ends, years, strict=True)
    ]


def _or_by(groups: np.ndarray, bits: np.ndarray, count: int) -> np.ndarray:
    """Return the union of the bits of each group; groups are in order."""
    out = np.zeros(count, np.int64)
    if len(groups):
        begins = chars.places(np.concatenate(([True], groups[1:] != groups[:-1])))
        out[groups.take(begins)] = np.bitwise_or.reduceat(bits, begins)
    return out


def _tail_kinds(cues: Cues, clause_of: np.ndarray, tail: np.ndarray) -> np.ndarray:
    """Return the bits of the cue that each clause ends with."""
    out = np.zeros(len(tail), np.int64)
    closing = chars.places(cues.end == tail.take(clause_of))
    out[clause_of.take(closing)] = cues.kinds.take(closing)
    return out


def _heads(
    text: chars.Text, clauses: Clauses, lexicon: CueLexicon, words: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, ...]:
    """Return where each clause's own words begin, the cue there, its end, and whether leads were skipped."""
    head, last = clauses.start.copy(), clauses.end - 1
    for _ in range(4):
        skipped = _SKIPPED.take(text.codes.take(head)) & (head < last)
        if not skipped.any():
            break
        head += skipped
    begin = head.copy()
    word_at = np.full(text.size, -1, np.int32)
    word_at[words[0]] = words[1]
    word = word_at.take(head)
    leading = np.arange(len(head))
    for _ in range(3):
        behind = head.take(leading) + lexicon.lengths.take(word.take(leading))
        leads = has(lexicon.kinds.take(word.take(leading)), "lead") & (behind < last.take(leading))
        leading, behind = leading[leads], behind[leads]
        if not len(leading):
            break
        head[leading], word[leading] = behind, word_at.take(behind)
    return head, word, head + lexicon.lengths.take(word), head > begin


def _tails(text: chars.Text, clauses: Clauses) -> np.ndarray:
    """Return where each clause's words end, before the marks that close it."""
    tail = clauses.end.copy()
    marks = chars.STOP | chars.COMMA | chars.HALF_COMMA | chars.CLOSER
    for _ in range(4):
        closing = ((text.kinds.take(tail - 1) & marks) > 0) & (tail > clauses.start + 1)
        if not closing.any():
            break
        tail -= closing
    return tail


def _parts(text: chars.Text, found: Read) -> np.ndarray:
    """Return the part of each clause, text by text."""
    clauses, cues = found.clauses, found.cues
    begins = chars.places(clauses.clause_no == 1)
    ends = np.append(begins[1:], len(found.paragraph)) - 1
    starts, stops = clauses.start.take(begins), clauses.end.take(ends)
    may_announce = announces(text.codes.take(starts), text.codes.take(_before_marks(text, stops)), stops - starts)
    heads = [""] * len(begins)
    places = chars.places(may_announce)
    for place, start, stop in zip(places.tolist(), starts[places].tolist(), stops[places].tolist(), strict=True):
        heads[place] = text.text[start : min(start + _HEAD_LENGTH, stop)]
    words = chars.places(has(cues.kinds, "future", "past"))
    bits = cues.kinds.take(words)
    weights = has(bits, "future").astype(np.int64) - has(bits, "past")
    score = np.bincount(found.paragraph.take(found.clause_of.take(words)), weights=weights, minlength=len(begins))
    edges = np.append(np.searchsorted(starts, text.starts), len(begins)).tolist()
    parts = [
        find_parts(heads[first:last], score[first:last], (stops - starts)[first:last], year)
        for first, last, year in zip(edges[:-1], edges[1:], found.years, strict=True)
    ]
    return np.concatenate(parts).take(found.paragraph)


def _before_marks(text: chars.Text, stops: np.ndarray) -> np.ndarray:
    """Return the place of each paragraph's last character that is no asterisk or space."""
    last = stops - 1
    for _ in range(2):
        code = text.codes.take(last)
        last = last - ((code == ord("*")) | (code == ord(" ")))
    return last


def _roles(text: chars.Text, found: Read) -> tuple[np.ndarray, np.ndarray]:
    """Return role and deciding rule of each clause; a later rule overrules an earlier one."""
    section = _sections(text, found)
    ends_in_comma = (text.kinds.take(found.clauses.end - 1) & (chars.COMMA | chars.HALF_COMMA)) > 0
    problems, remedies = _problems(found)
    rule = np.where(found.part == REVIEW, _R["review"], _R["plan"])
    for condition, name in (
        (_situations(found), "situation"),
        (_centre(found), "centre"),
        (problems, "problems"),
        (remedies, "remedy"),
        (_fragments(found, ends_in_comma), "fragment"),
        (_purposes(found), "purpose"),
        (_speeches(text, found), "speech"),
        (_notes(text, found), "note"),
        (_topics(text, found, section), "lead_sentence"),
        (section, "title"),
    ):
        rule[condition] = _R[name]
    return _ROLE_OF.take(rule), rule


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
    numbered = chars.places(_TITLE_BEGINS.take(text.codes.take(starts)))
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


def _topics(text: chars.Text, found: Read, section: np.ndarray) -> np.ndarray:
    """Say which clauses are lead sentences: the first of a paragraph, of one clause, with another sentence behind it."""
    clauses = found.clauses
    code = text.codes.take(np.minimum(found.tail, clauses.end - 1))
    closed = (code == ord("。")) | (code == ord("；")) | (code == ord(";"))
    following = np.append(clauses.clause_no[1:], 1) == 2
    return (clauses.clause_no == 1) & ~section & closed & following & ~has(found.head_kinds, "salutation")


def _fragments(found: Read, ends_in_comma: np.ndarray) -> np.ndarray:
    """Say which clauses only introduce the next one: 面对…, 在…下, 其中."""
    opens = has(found.head_kinds, "fragment", "always_fragment")
    closes = has(found.tail_kinds, "fragment_tail", "aim")
    # A verb right behind 围绕 or 按照 belongs to what it introduces (围绕建设甲市，).
    carried = found.verbs_inside - found.verb_follows_head
    bare = found.verbs_inside == 0
    lead = bare & (found.tail - found.head <= 7) & (has(found.head_kinds, "lead", "fragment") | found.is_time)
    return ends_in_comma & ((opens & (closes | (carried <= 0))) | lead)


def _purposes(found: Read) -> np.ndarray:
    """Say which clauses state a purpose or a means only: 以…为…, 让…, 为…."""
    opens = has(found.head_kinds, "purpose") & ~found.is_led
    states = has(found.kinds, "own_verb") | found.has_amount | _in_a_manner(found)
    return opens & (has(found.tail_kinds, "aim") | ~states)


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
    numbered = (text.kinds.take(start + 1) & chars.DIGIT) > 0
    return has(found.head_kinds, "closing") | (_BRACKETS.take(text.codes.take(start)) & numbered).take(found.paragraph)


def _speeches(text: chars.Text, found: Read) -> np.ndarray:
    """Say which clauses address, thank or exhort; thanks and a call (让我们) speak for their whole sentence."""
    opening = found.clauses.start - np.take(text.starts, found.document) < _OPENING
    whole = has(found.kinds, "thanks") | (has(found.kinds, "salutation") & (found.part == REVIEW) & opening)
    return has(found.head_kinds, "salutation", "exhort") | in_any(found.sentence, whole)


def in_any(groups: np.ndarray, flags: np.ndarray) -> np.ndarray:
    """Say for each row whether any row of its group is flagged.

    Examples
    --------
    >>> in_any(np.array([0, 0, 1]), np.array([True, False, False])).tolist()
    [True, True, False]
    """
    hit = np.zeros(int(groups[-1]) + 1, bool)
    hit[groups[flags]] = True
    return hit.take(groups)


def _problems(found: Read) -> tuple[np.ndarray, np.ndarray]:
    """Say which clauses tell of problems, and which of what is to be done about them, in the same paragraph."""
    lead = _since_paragraph_began(found, has(found.kinds, "problem_lead")) > 0
    remedy = _since_paragraph_began(found, has(found.kinds, "problem_end")) > 0
    return lead & ~remedy, lead & remedy


def _since_paragraph_began(found: Read, flags: np.ndarray) -> np.ndarray:
    """Count the flags of each paragraph up to and with each clause."""
    counted = np.cumsum(flags)
    begin = chars.places(found.clauses.clause_no == 1)
    return counted - (counted - flags).take(begin).take(found.paragraph)


def _situations(found: Read) -> np.ndarray:
    """Say which clauses describe the situation: 面临…, …之年."""
    return has(found.kinds, "situation") & ~has(found.kinds, "future", "striving") & (found.part != REVIEW)


def _centre(found: Read) -> np.ndarray:
    """Say which clauses of the review tell what the centre did: it is not this government's work."""
    return in_any(found.sentence, has(found.head_kinds, "centre")) & (found.part == REVIEW)
