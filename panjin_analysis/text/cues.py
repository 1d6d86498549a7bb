"""Words that give a clause away: verbs with their force, and cues of every kind, found in one pass.

The lists are data. A cue has kinds as bits of one number, so that what a clause
holds is one number too, and a rule about clauses is arithmetic on arrays.
"""

import functools
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.coding import FORCES
from panjin_analysis.text.lexicon import Lexicon, without_overlaps

# Every kind of cue; a list may have fewer, never others.
KINDS = (
    *("adverb", "striving", "lead", "purpose", "fragment", "fragment_tail", "salutation", "thanks", "exhort"),
    *("problem", "problem_lead", "situation", "past", "future", "noun", "institution", "works", "title", "event"),
    *("people", "third", "safeguard", "upkeep", "endstate", "slogan", "all", "zero", "double", "goal_years"),
    *(
        "up",
        "down",
        "end_point",
        "aim",
        "formula",
        "closing",
        "always_fragment",
        "own_verb",
        "problem_end",
        "centre",
        "bid",
        "manner",
        "carried_out",
        "problem_noun",
        "overcomes",
        "glossary",
        "bare_tail",
        "of_year",
        "seen",
        "calls",
        "copula",
        "states",
        "announces",
        "call",
        "nominal",
        "annex",
        "is",
        "subject",
        "below",
        "formulaic",
        "done",
        "yields",
        "lesson",
        "colon",
    ),
)
BIT = {kind: 1 << number for number, kind in enumerate(KINDS)}


class CueLexicon:
    """Verbs and cues as one lexicon, with the kinds of each word and its force (-1: no verb).

    Parameters
    ----------
    verbs
        Verb to force, a code of ``coding.FORCES``; 发挥…作用 counts from its first part.
    cues
        Pairs of cue and kind; a cue may have several kinds.
    """

    def __init__(self, verbs: Mapping[str, str], cues: Iterable[tuple[str, str]]) -> None:
        force: dict[str, int] = {}
        self.verb_named: dict[str, str] = {}
        for verb, code in verbs.items():
            word = verb.split("…")[0]
            force[word], self.verb_named[word] = FORCES.index(code), verb
        kinds: dict[str, int] = {}
        for cue, kind in cues:
            kinds[cue] = kinds.get(cue, 0) | BIT[kind]
        words = sorted({*force, *kinds})
        self.lexicon = Lexicon(words)
        self.kinds = np.array([*(kinds.get(word, 0) for word in words), 0], np.int64)
        self.force = np.array([*(force.get(word, -1) for word in words), -1], np.int8)
        self.lengths = self.lexicon.lengths
        is_idle = (self.force >= 0) | has(self.kinds, "adverb", "striving", "up", "down", "lead")
        self._idle = np.where(is_idle, self.lengths, 0).astype(np.int32)

    def cues(self, places: np.ndarray, words: np.ndarray) -> "Cues":
        """Return the cues and verbs found in a text; none lies inside a longer one."""
        lengths = self.lengths.take(words)
        keep = chars.places(without_overlaps(places, lengths))
        places, words = places.take(keep), words.take(keep)
        ends = places + lengths.take(keep)
        return Cues(places, words, ends, self.kinds.take(words), self.force.take(words), self._idle.take(words))


class Cues(NamedTuple):
    """What was found, in order: where it begins, which word, where it ends, its kinds and force."""

    start: np.ndarray
    word: np.ndarray
    end: np.ndarray
    kinds: np.ndarray
    force: np.ndarray
    idle: np.ndarray  # how long a verb or adverb is, 0 for other words: what phrases are stripped of

    def ending_at(self, places: np.ndarray) -> np.ndarray:
        """Return which cue ends at each place, -1 for none."""
        # None lies inside another, so that their ends are in order.
        cue = np.searchsorted(self.end, places)
        return np.where(np.append(self.end, -1).take(cue) == places, cue, -1)


def has(kinds: np.ndarray, *names: str) -> np.ndarray:
    """Say which numbers carry one of the kinds.

    Examples
    --------
    >>> has(np.array([BIT["past"], BIT["future"]]), "past").tolist()
    [True, False]
    """
    return (kinds & _bits(names)) != 0


@functools.lru_cache(maxsize=256)
def _bits(names: tuple[str, ...]) -> int:
    bits = 0
    for name in names:
        bits |= BIT[name]
    return bits
