"""A list of words, matched at every place of a text in one pass over its code units.

The words make a tree; a table says which node follows a node on a character. All
places walk down together, and most leave at the first step, so that a pass costs
a few nanoseconds a character however long the list is.
"""

from collections.abc import Sequence

import numpy as np


class Lexicon:
    """Words to find; a match is the longest word that begins (or ends) at a place.

    Parameters
    ----------
    words
        Distinct, none empty; a match names a word by its place in this list.
    backwards
        Match words that end just before a place instead of words that begin there.
    """

    def __init__(self, words: Sequence[str], *, backwards: bool = False) -> None:
        self.words = list(words)
        self.step = -1 if backwards else 1
        self.longest = max(map(len, self.words), default=0)
        self.lengths = np.array([*map(len, self.words), 0])
        letters = sorted({letter for word in self.words for letter in word})
        self._letter = np.zeros(65536, np.int16)
        self._letter[[ord(letter) for letter in letters]] = np.arange(1, len(letters) + 1)
        tree: list[dict[str, int]] = [{}]
        ends: list[int] = [-1]
        for number, word in enumerate(self.words):
            node = 0
            for letter in word[::-1] if backwards else word:
                if letter not in tree[node]:
                    tree[node][letter] = len(tree)
                    tree.append({})
                    ends.append(-1)
                node = tree[node][letter]
            ends[node] = number
        self._next = np.zeros((len(tree), len(letters) + 1), np.int16)
        for node, following in enumerate(tree):
            for letter, child in following.items():
                self._next[node, self._letter[ord(letter)]] = child
        self._first = self._next[0][self._letter]
        self._end = np.array(ends, np.int32)

    def find(self, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return every place where a word begins, and the number of the longest one there.

        Examples
        --------
        >>> from panjin_analysis.text.chars import code_units
        >>> places, words = Lexicon(["推进", "加快推进"]).find(code_units("要加快推进甲"))
        >>> places.tolist(), words.tolist()
        ([1, 3], [1, 0])
        """
        places = np.flatnonzero(self._first[units])
        found = self.at(units, places)
        hit = found >= 0
        return places[hit], found[hit]

    def at(self, units: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Return for each place the number of the longest word there, or -1.

        Forwards a word begins at the place; backwards it ends just before it.

        Examples
        --------
        >>> from panjin_analysis.text.chars import code_units
        >>> units = code_units("不低于5")
        >>> Lexicon(["低于", "不低于"], backwards=True).at(units, np.array([3, 2])).tolist()
        [1, -1]
        """
        found = np.full(len(places), -1, np.int32)
        if not len(units) or not self.longest:
            return found
        at = places if self.step > 0 else places - 1
        live = np.flatnonzero((at >= 0) & (at < len(units)))
        node = self._first[units[at[live]]]
        for depth in range(1, self.longest + 1):
            alive = node > 0
            live, node = live[alive], node[alive]
            if not len(live):
                break
            ended = self._end[node]
            done = ended >= 0
            found[live[done]] = ended[done]
            if depth == self.longest:
                break
            at_next = at[live] + self.step * depth
            inside = (at_next >= 0) & (at_next < len(units))
            if not inside.all():
                live, node, at_next = live[inside], node[inside], at_next[inside]
            node = self._next[node, self._letter[units[at_next]]]
        return found


def without_overlaps(places: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Say which matches begin inside no earlier one: 加快推进 hides the 推进 in it.

    Examples
    --------
    >>> without_overlaps(np.array([0, 2, 4]), np.array([4, 2, 2])).tolist()
    [True, False, True]
    """
    reached = np.maximum.accumulate(places + lengths)
    return np.concatenate(([True], places[1:] >= reached[:-1])) if len(places) else np.zeros(0, bool)
