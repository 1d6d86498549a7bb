"""The clauses of a text with everything that was found in each: what every later rule goes by.

A clause's own words begin behind brackets, 一是, 我们 and the like, and end before the marks that close it;
the cue at either end, and all cues in between, are kept as bits of numbers.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.cues import CueLexicon, Cues, has
from panjin_analysis.text.parts import NO_MARK, PartPhrases, announces, find_parts, mark, may_tell, report_year
from panjin_analysis.text.segments import Clauses, owners

_SKIPPED = chars.flagged("*#—-“‘\"'·•　 （(")
_HEAD_LENGTH = 64


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
    verbs_inside: np.ndarray  # how many verbs stand behind its first cue, without one that closes it
    verb_follows_head: np.ndarray  # whether one stands right behind it
    is_led: np.ndarray  # whether 一是, 要 or the like was skipped before its own words
    is_time: np.ndarray  # whether it begins with a number, as 2023年 does
    has_amount: np.ndarray
    last_amount: np.ndarray  # where its last amount stands, -1 for none
    document: np.ndarray  # which text it belongs to
    years: list[int | None]  # of each text


def read(
    text: chars.Text,
    clauses: Clauses,
    lexicon: CueLexicon,
    cues: Cues,
    words: tuple[np.ndarray, np.ndarray],
    phrases: PartPhrases,
    *,
    amounts: np.ndarray,
    years: Sequence[int | None],
) -> Read:
    """Return what stands in each clause and its part; the roles come with ``roles.with_roles``.

    ``words`` are all cues found, those inside longer ones too; ``phrases`` tell headings apart;
    ``amounts`` are the places of amounts.
    """
    owner = owners(clauses, text.size)
    clause_of = owner.take(cues.start)
    head, head_word, head_end, is_led = _heads(text, clauses, lexicon, words)
    tail = _tails(text, clauses)
    sentence, paragraph = _places(clauses)
    last_amount = np.full(len(head), -1)
    last_amount[owner.take(amounts)] = amounts  # in order, so that the last one stays
    inside, follows = _verbs(cues, clause_of, head_end, tail)
    found = Read(
        clauses=clauses,
        owner=owner,
        cues=cues,
        clause_of=clause_of,
        kinds=_or_by(clause_of, cues.kinds, len(head)),
        head=head,
        head_kinds=lexicon.kinds.take(head_word),
        head_word=head_word,
        tail_kinds=_tail_kinds(cues, clause_of, tail),
        tail=tail,
        sentence=sentence,
        paragraph=paragraph,
        part=paragraph,
        role=paragraph,
        rule=paragraph,
        verbs_inside=inside,
        verb_follows_head=follows,
        is_led=is_led,
        is_time=(text.kinds.take(head) & chars.DIGIT) > 0,
        has_amount=last_amount >= 0,
        last_amount=last_amount,
        document=_documents(text, clauses),
        years=_years(text, years),
    )
    return found._replace(part=_parts(text, found, phrases))


def _documents(text: chars.Text, clauses: Clauses) -> np.ndarray:
    """Return which text each clause stands in."""
    if len(text.starts) == 1:
        return np.zeros(len(clauses.start), np.int64)
    first = np.append(np.searchsorted(clauses.start, text.starts), len(clauses.start))
    return np.repeat(np.arange(len(text.starts)), first[1:] - first[:-1])


def _places(clauses: Clauses) -> tuple[np.ndarray, np.ndarray]:
    """Return the sentence and the paragraph of each clause, both running through the text from 0."""
    opens_paragraph = clauses.clause_no == 1
    new_sentence = opens_paragraph | np.concatenate(([True], clauses.sentence_no[1:] != clauses.sentence_no[:-1]))
    return np.cumsum(new_sentence) - 1, np.cumsum(opens_paragraph) - 1


def _verbs(cues: Cues, clause_of: np.ndarray, head_end: np.ndarray, tail: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count in each clause the verbs behind its first cue, and those right behind it.

    A verb that closes a clause has no object and is as good as a noun: 围绕城市建设，.
    """
    verb = chars.places(cues.force >= 0)
    clause, start = clause_of.take(verb), cues.start.take(verb)
    behind = head_end.take(clause)
    closes = (cues.end.take(verb) == tail.take(clause)) & has(cues.kinds.take(verb), "nominal")
    inside = np.bincount(clause.compress((start >= behind) & ~closes), minlength=len(tail))
    return inside, np.bincount(clause.compress(start == behind), minlength=len(tail))


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
    rows = np.arange(len(head))
    for _ in range(4):
        at = head.take(rows)
        skipped = _SKIPPED.take(text.codes.take(at)) & (at < last.take(rows))
        rows = rows.compress(skipped)
        if not len(rows):
            break
        head[rows] += 1
    begin = head.copy()
    word_at = np.full(text.size, -1, np.int32)
    word_at[words[0]] = words[1]
    word = word_at.take(head)
    leading = np.arange(len(head))
    for _ in range(3):
        behind = head.take(leading) + lexicon.lengths.take(word.take(leading))
        leads = has(lexicon.kinds.take(word.take(leading)), "lead") & (behind < last.take(leading))
        leading, behind = leading.compress(leads), behind.compress(leads)
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


def _parts(text: chars.Text, found: Read, phrases: PartPhrases) -> np.ndarray:
    """Return the part of each clause, text by text."""
    clauses, cues = found.clauses, found.cues
    begins = chars.places(clauses.clause_no == 1)
    ends = np.append(begins[1:], len(found.paragraph)) - 1
    starts, stops = clauses.start.take(begins), clauses.end.take(ends)
    may_announce = announces(text.codes.take(starts), text.codes.take(_before_marks(text, stops)), stops - starts)
    marks, is_main = np.full(len(begins), NO_MARK), np.zeros(len(begins), bool)
    places = chars.places(may_announce)
    sizes = np.minimum(stops - starts, _HEAD_LENGTH)
    places = places[may_tell(text, starts.take(places), sizes.take(places), phrases)]
    rows = (places, starts[places], sizes[places], (stops - starts)[places], found.document[begins[places]])
    for place, start, size, length, document in zip(*(row.tolist() for row in rows), strict=True):
        marks[place], is_main[place] = mark(text.text[start : start + size], length, found.years[document], phrases)
    words = chars.places(has(cues.kinds, "future", "past"))
    bits = cues.kinds.take(words)
    weights = has(bits, "future").astype(np.int64) - has(bits, "past")
    score = np.bincount(found.paragraph.take(found.clause_of.take(words)), weights=weights, minlength=len(begins))
    edges = np.append(np.searchsorted(starts, text.starts), len(begins)).tolist()
    parts = [find_parts(*(row[first:last] for row in (marks, is_main, score))) for first, last in pairwise(edges)]
    return np.concatenate(parts).take(found.paragraph)


def _before_marks(text: chars.Text, stops: np.ndarray) -> np.ndarray:
    """Return the place of each paragraph's last character that is no asterisk or space."""
    last = stops - 1
    for _ in range(2):
        code = text.codes.take(last)
        last = last - ((code == ord("*")) | (code == ord(" ")))
    return last


def in_any(groups: np.ndarray, flags: np.ndarray) -> np.ndarray:
    """Say for each row whether any row of its group is flagged.

    Examples
    --------
    >>> in_any(np.array([0, 0, 1]), np.array([True, False, False])).tolist()
    [True, True, False]
    """
    hit = np.zeros(int(groups.max(initial=-1)) + 1, bool)
    hit[groups.compress(flags)] = True
    return hit.take(groups)


def since_paragraph_began(found: Read, flags: np.ndarray) -> np.ndarray:
    """Count the flags of each paragraph up to and with each clause."""
    counted = np.cumsum(flags)
    begin = chars.places(found.clauses.clause_no == 1)
    return counted - (counted - flags).take(begin).take(found.paragraph)
