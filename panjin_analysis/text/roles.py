"""What each clause does in a report: title, topic, commitment, result, rhetoric or background.

Structure decides first (titles, the lead sentence of a paragraph), then what the clause
opens or closes with (以…, 面对…, 各位代表), then the part of the report it stands in: what
the review says is a result, what the plan says is a commitment.
"""

import re
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.cues import CueLexicon, Cues, has
from panjin_analysis.text.parts import REVIEW, find_parts, report_year
from panjin_analysis.text.segments import Clauses

ROLES = ("section", "topic", "commitment", "result", "rhetoric", "background")
SECTION, TOPIC, COMMITMENT, RESULT, RHETORIC, BACKGROUND = range(6)

# Each rule and the role that it gives.
RULES = {
    "review": RESULT, "plan": COMMITMENT, "situation": BACKGROUND, "centre": BACKGROUND, "problems": BACKGROUND,
    "fragment": RHETORIC, "purpose": RHETORIC, "speech": RHETORIC, "note": BACKGROUND, "lead_sentence": TOPIC,
    "title": SECTION,
}  # fmt: skip
_R = {name: number for number, name in enumerate(RULES)}
_ROLE_OF = np.array([*RULES.values()])

_TITLE = re.compile(
    r"[\s*#—]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分|[（(][一二三四五六七八九十]{1,3}[）)]|([0-9]{1,3}[.．、](?![0-9])))"
)
_SKIPPED = np.zeros(65536, bool)
_SKIPPED[[ord(mark) for mark in "*#—-“‘\"'·•　 （("]] = True
_COMMAS = np.zeros(65536, bool)
_COMMAS[[ord("，"), ord(",")]] = True
_HEAD_LENGTH = 64


class Read(NamedTuple):
    """The clauses of a text with what was found in each; everything that later rules need."""

    clauses: Clauses
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
    year: int | None


def read(
    text: str, units: np.ndarray, clauses: Clauses, lexicon: CueLexicon, amounts: np.ndarray, year: int | None = None
) -> Read:
    """Find the cues of each clause, the part it stands in and its role; ``amounts`` are the places of amounts."""
    cues = lexicon.find(units)
    count = len(clauses.start)
    clause_of = np.searchsorted(clauses.start, cues.start, side="right") - 1
    kinds = _or_by(clause_of, cues.kinds, count)
    head, head_word, head_end, is_led = _heads(units, clauses, lexicon)
    tail = _tails(units, clauses)
    head_kinds = lexicon.kinds[head_word]
    last = np.searchsorted(cues.start, clauses.end) - 1
    ends_in_cue = (last >= 0) & (cues.end[last] == tail) if len(cues.end) else np.zeros(count, bool)
    tail_kinds = np.where(ends_in_cue, cues.kinds[last], 0) if len(cues.end) else np.zeros(count, np.int64)
    paragraph = clauses.paragraph_no - clauses.paragraph_no[0]
    new_sentence = (clauses.sentence_no != np.roll(clauses.sentence_no, 1)) | (paragraph != np.roll(paragraph, 1))
    new_sentence[0] = True
    sentence = np.cumsum(new_sentence) - 1
    verb = cues.force >= 0
    verbs_inside = np.bincount(clause_of[verb & (cues.start >= head_end[clause_of])], minlength=count)
    verb_follows_head = np.bincount(clause_of[verb & (cues.start == head_end[clause_of])], minlength=count)
    has_amount = np.bincount(np.searchsorted(clauses.start, amounts, side="right") - 1, minlength=count) > 0
    is_time = (chars.kinds(units)[head] & chars.DIGIT) > 0
    year = report_year(text) if year is None else year
    part = _parts(text, clauses, paragraph, cues, clause_of, year)
    found = Read(
        clauses,
        cues,
        clause_of,
        kinds,
        head,
        head_kinds,
        head_word,
        tail_kinds,
        tail,
        sentence,
        paragraph,
        part,
        part,
        part,
        verbs_inside,
        verb_follows_head,
        is_led,
        is_time,
        has_amount,
        year,
    )
    role, rule = _roles(text, units, found)
    return found._replace(role=role, rule=rule)


def _or_by(groups: np.ndarray, bits: np.ndarray, count: int) -> np.ndarray:
    """Return the union of the bits of each group; groups are in order."""
    out = np.zeros(count, np.int64)
    if len(groups):
        begins = np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1])))
        out[groups[begins]] = np.bitwise_or.reduceat(bits, begins)
    return out


def _heads(units: np.ndarray, clauses: Clauses, lexicon: CueLexicon) -> tuple[np.ndarray, ...]:
    """Return where each clause's own words begin, the cue there, its end, and whether leads were skipped."""
    head = clauses.start.copy()
    last = clauses.end - 1
    for _ in range(4):
        skipped = _SKIPPED[units[head]] & (head < last)
        if not skipped.any():
            break
        head += skipped
    begin = head
    word = lexicon.lexicon.at(units, head)
    for _ in range(3):
        leads = has(lexicon.kinds[word], "lead") & (head + lexicon.lengths[word] < last)
        if not leads.any():
            break
        head = np.where(leads, head + lexicon.lengths[word], head)
        word = lexicon.lexicon.at(units, head)
    is_led = has(lexicon.kinds[lexicon.lexicon.at(units, begin)], "lead") & (head > begin)
    return head, word, head + lexicon.lengths[word], is_led


def _tails(units: np.ndarray, clauses: Clauses) -> np.ndarray:
    """Return where each clause's words end, before the marks that close it."""
    kinds = chars.kinds(units)
    tail = clauses.end.copy()
    marks = chars.STOP | chars.COMMA | chars.HALF_COMMA | chars.CLOSER
    for _ in range(4):
        closing = ((kinds[tail - 1] & marks) > 0) & (tail > clauses.start + 1)
        if not closing.any():
            break
        tail -= closing
    return tail


def _parts(
    text: str, clauses: Clauses, paragraph: np.ndarray, cues: Cues, clause_of: np.ndarray, year: int | None
) -> np.ndarray:
    begins = np.flatnonzero(np.concatenate(([True], paragraph[1:] != paragraph[:-1])))
    ends = np.append(begins[1:], len(paragraph)) - 1
    starts, stops = clauses.start[begins], clauses.end[ends]
    heads = [
        text[start : min(start + _HEAD_LENGTH, stop)]
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
    ]
    words = has(cues.kinds, "future").astype(int) - has(cues.kinds, "past")
    score = (
        np.bincount(paragraph[clause_of], weights=words, minlength=len(begins))
        if len(cues.start)
        else np.zeros(len(begins))
    )
    return find_parts(heads, score, stops - starts, year)[paragraph]


def _roles(text: str, units: np.ndarray, found: Read) -> tuple[np.ndarray, np.ndarray]:
    """Return role and deciding rule of each clause; a later rule overrules an earlier one."""
    section = _sections(text, units, found)
    ends_in_comma = _COMMAS[units[found.clauses.end - 1]]
    rule = np.where(found.part == REVIEW, _R["review"], _R["plan"])
    for condition, name in (
        (_situations(found), "situation"),
        (_centre(found), "centre"),
        (_problems(found), "problems"),
        (_fragments(found, ends_in_comma), "fragment"),
        (_purposes(found), "purpose"),
        (_speeches(found), "speech"),
        (has(found.head_kinds, "closing"), "note"),
        (_topics(units, found, section), "lead_sentence"),
        (section, "title"),
    ):
        rule[condition] = _R[name]
    return _ROLE_OF[rule], rule


def _sections(text: str, units: np.ndarray, found: Read) -> np.ndarray:
    """Say which clauses are titles: a numbered first sentence, or a line without a full stop."""
    clauses, paragraph = found.clauses, found.paragraph
    begins = np.flatnonzero(clauses.clause_no == 1)
    ends = np.append(begins[1:], len(paragraph)) - 1
    out = np.zeros(len(paragraph), bool)
    kind = chars.kinds(units)
    first_sentence = clauses.sentence_no == 1
    length = clauses.end[ends] - clauses.start[begins]
    line_closed = (kind[clauses.end[ends] - 1] & (chars.STOP | chars.CLOSER)) > 0
    for place, (begin, end) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True)):
        start = int(clauses.start[begin])
        title = _TITLE.match(text, start, min(start + 16, int(clauses.end[begin])))
        one_sentence = first_sentence[end]
        if title and title[1] is None:
            # A whole paragraph behind a number is no title, unless it is short.
            out[begin : end + 1] = first_sentence[begin : end + 1] & (not one_sentence or length[place] <= 60)
        elif title:
            out[begin] = (
                (first_sentence[begin : end + 1].sum() == 1)
                and length[place] > 0
                and (not one_sentence or length[place] <= 30)
            )
        elif length[place] <= 46 and not line_closed[place] and not _COMMAS[units[clauses.end[end] - 1]]:
            out[begin : end + 1] = not has(found.head_kinds[begin], "salutation")
    return out


def _topics(units: np.ndarray, found: Read, section: np.ndarray) -> np.ndarray:
    """Say which clauses are lead sentences: the first of a paragraph, of one clause, with another sentence behind it."""
    clauses = found.clauses
    first = (clauses.clause_no == 1) & ~section
    closed = np.isin(units[np.minimum(found.tail, clauses.end - 1)], [ord(mark) for mark in "。；;"])
    following = np.append(clauses.clause_no[1:], 1) == 2
    return first & closed & following & ~has(found.head_kinds, "salutation")


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
    return opens & (has(found.tail_kinds, "aim") | ~(has(found.kinds, "own_verb") | found.has_amount))


def _speeches(found: Read) -> np.ndarray:
    """Say which clauses address, thank or exhort; one such clause speaks for its whole sentence."""
    whole = has(found.kinds, "thanks") | (has(found.kinds, "exhort") & has(found.head_kinds, "exhort"))
    whole |= has(found.kinds, "salutation") & (found.part == REVIEW) & (found.clauses.start < 1500)
    return has(found.head_kinds, "salutation") | _any_in_sentence(found, whole)


def _any_in_sentence(found: Read, flags: np.ndarray) -> np.ndarray:
    """Say for each clause whether any clause of its sentence is flagged."""
    return np.bincount(found.sentence, weights=flags)[found.sentence] > 0


def _problems(found: Read) -> np.ndarray:
    """Say which clauses tell of problems, from the words that announce them to what is said to be done about them."""
    lead = has(found.kinds, "problem_lead")
    remedy = has(found.kinds, "problem_end")
    return (_since_paragraph_began(found, lead) > 0) & (_since_paragraph_began(found, remedy) == 0)


def _since_paragraph_began(found: Read, flags: np.ndarray) -> np.ndarray:
    """Count the flags of each paragraph up to and with each clause."""
    counted = np.cumsum(flags)
    begin = np.flatnonzero(found.clauses.clause_no == 1)
    return counted - (counted - flags)[begin][found.paragraph]


def _situations(found: Read) -> np.ndarray:
    """Say which clauses describe the situation: 面临…, …之年."""
    return has(found.kinds, "situation") & ~has(found.kinds, "future", "striving") & (found.part != REVIEW)


def _centre(found: Read) -> np.ndarray:
    """Say which clauses of the review tell what the centre did: it is not this government's work."""
    return _any_in_sentence(found, has(found.head_kinds, "centre")) & (found.part == REVIEW)
