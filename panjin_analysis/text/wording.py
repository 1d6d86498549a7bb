"""How firmly a clause is worded: its governing verb, the verb's force, and whether it only strives.

The governing verb is the first one that is no adverb of the next (加快推进 is 推进). A verb that
states an end point decides over a 推进 before it; a number or a slogan changes the force
by the rules of ``coding``.
"""

from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.coding import FORCES
from panjin_analysis.text.cues import has
from panjin_analysis.text.found import Read
from panjin_analysis.text.roles import COMMITMENT

STRENGTHS = ("strive", "support", "advance", "implement", "deliver")
_SUPPORT, _ADVANCE, _IMPLEMENT, _DELIVER, _GUARANTEE = range(5)


_BUILDING = ("建设", "打造", "建好")
_BUILDS, _BUILDS_ON = (chars.flagged("".join(word[place] for word in _BUILDING)) for place in (0, 1))
_SEEN = (
    *("城市", "强市", "强省", "强县", "强区", "强国", "政府", "之城", "目的地", "门户"),
    *("节点", "先行区", "枢纽港", "承载地", "名城", "家园"),
)
_SEEN_ENDS = chars.flagged("".join(word[-1] for word in _SEEN))
_TRIED = "范点"  # 示范城市 and 试点城市 are named things
_QUOTES = chars.flagged("“‘「『")


class Wording(NamedTuple):
    """Columns for the clauses; -1 where a clause is no commitment."""

    verb: np.ndarray  # place of the verb in the cue lexicon
    kinds: np.ndarray  # bits of the verb
    verb_at: np.ndarray  # where the verb begins
    force: np.ndarray  # place in coding.FORCES
    is_striving: np.ndarray
    strength: np.ndarray  # place in STRENGTHS


def word(text: chars.Text, found: Read, has_number: np.ndarray) -> Wording:
    """Return verb, force, striving and strength of each clause; ``has_number`` says where a quantity is promised."""
    verb, place, force, kinds = _governing(found)
    has_end = has(found.kinds, "end_point") & (force == _ADVANCE)
    force = np.where(has_end, _DELIVER, force)
    # Where no verb is known, stating an amount is still a promise to reach it, and anything else an orientation.
    force = np.where(force < 0, _ADVANCE, force)
    force = np.where(has_number, np.maximum(force, _DELIVER), force)
    quotes = _quotes_formula(text, found, has(kinds, "formulaic") & (found.role == COMMITMENT))
    is_formula = (has(found.kinds, "formula") | quotes | _visions(text, found, place)) & ~has_number
    force = np.where(is_formula, np.minimum(force, _ADVANCE), force)
    striving = _striving(found, place, force)
    strength = np.where(striving, 0, np.minimum(force, _DELIVER) + 1)
    committed = found.role == COMMITMENT
    return Wording(
        np.where(committed, verb, -1),
        np.where(committed, kinds, 0),
        np.where(committed, place, -1),
        np.where(committed, force, -1),
        striving & committed,
        np.where(committed, strength, -1),
    )


def _quotes_formula(text: chars.Text, found: Read, formulaic: np.ndarray) -> np.ndarray:
    """Say which of some clauses have a quoted formula as object: 落实“两个责任”, but not a named programme or project."""
    out = formulaic & ~has(found.kinds, "institution", "works", "event", "title", "endstate")
    quoting = np.zeros(len(out), bool)
    opens = text.of(chars.OPENS)
    quoting[found.owner.take(opens.compress(_QUOTES.take(text.codes.take(opens))))] = True
    return out & quoting


def _visions(text: chars.Text, found: Read, place: np.ndarray) -> np.ndarray:
    """Say which clauses build a vision, no thing: 建设现代化城市, 打造服务型政府, but not 建设智能建造试点城市."""
    out = np.zeros(len(place), bool)
    codes = text.codes
    at = chars.places((place >= 0) & (found.role == COMMITMENT))
    at = at.compress(_BUILDS.take(codes.take(place.take(at))))
    at = at.compress(
        _BUILDS_ON.take(codes.take(place.take(at) + 1)) & _SEEN_ENDS.take(codes.take(found.tail.take(at) - 1))
    )
    for clause, verb, tail in zip(at.tolist(), place.take(at).tolist(), found.tail.take(at).tolist(), strict=True):
        words = text.text
        out[clause] = (
            words.startswith(_BUILDING, verb) and words.endswith(_SEEN, verb, tail) and words[tail - 3] not in _TRIED
        )
    return out


def _governing(found: Read) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return word, place, force and kinds of the verb that governs each clause, -1 where there is none."""
    cues = found.cues
    count = len(found.clauses.start)
    verb, place, force = np.full(count, -1), np.full(count, -1), np.full(count, -1)
    kinds = np.zeros(count, np.int64)
    at = chars.places(cues.force >= 0)
    if not len(at):
        return verb, place, force, kinds
    clause, start, end = found.clause_of.take(at), cues.start.take(at), cues.end.take(at)
    # What stands before a colon only announces: 总体要求是：全面落实….
    colons = chars.places(has(cues.kinds, "colon"))
    last_colon = np.full(count, -1)
    last_colon[found.clause_of.take(colons)] = cues.start.take(colons)
    announced = last_colon.take(clause)
    announced = (start < announced) & (announced < found.tail.take(clause) - 2)
    touches = np.append((clause[1:] == clause[:-1]) & (start[1:] == end[:-1]), False)
    adverbial = touches & has(cues.kinds.take(at), "adverb", "striving") & (cues.force.take(at) < _GUARANTEE)
    idle = adverbial | announced
    kept = chars.places(~idle)
    at, clause = at.take(kept), clause.take(kept)
    if not len(at):
        return verb, place, force, kinds
    first = np.concatenate(([True], clause[1:] != clause[:-1]))
    chosen, owner = at.compress(first), clause.compress(first)
    verb[owner], place[owner], force[owner] = cues.word.take(chosen), cues.start.take(chosen), cues.force.take(chosen)
    kinds[owner] = cues.kinds.take(chosen)
    return verb, place, force, kinds


def _striving(found: Read, place: np.ndarray, force: np.ndarray) -> np.ndarray:
    """Say which clauses strive: a striving word before the verb, reaching on to the end of its sentence."""
    cues = found.cues
    strives = chars.places(has(cues.kinds, "striving"))
    clause = found.clause_of.take(strives)
    own = (place.take(clause) < 0) | (cues.start.take(strives) <= place.take(clause))
    # 一起努力 at the end of a clause strives for nothing yet.
    own &= cues.end.take(strives) < found.tail.take(clause)
    here = np.zeros(len(place), np.int64)
    here[clause[own]] = 1
    begun = np.cumsum(here)
    first = np.concatenate(([True], found.sentence[1:] != found.sentence[:-1]))
    before = (begun - here).compress(first).take(found.sentence)
    return begun > before


def force_code(number: int) -> str | None:
    """Return the code of a force, or None for -1.

    Examples
    --------
    >>> force_code(3), force_code(-1)
    ('deliver', None)
    """
    return FORCES[number] if number >= 0 else None
