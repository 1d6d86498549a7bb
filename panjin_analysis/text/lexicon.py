"""A list of words, matched at every place of a text in one pass over its characters.

The words make a tree, kept in two small arrays: a node and a letter give a slot, and the
slot says whether it is that node's child (a double-array trie). All places walk down
together and most leave at the first step, so that a pass costs a few nanoseconds a
character however long the list is.
"""

from collections.abc import Sequence

import numpy as np

from panjin_analysis.text import chars


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
        self.lengths = np.array([*map(len, self.words), 0])
        letters = sorted({letter for word in self.words for letter in word})
        if beyond := [letter for letter in letters if ord(letter) >= chars.SIZE - 1]:
            raise ValueError(f"words have letters of 16 bits only, not {beyond}")
        self._letter = np.zeros(chars.SIZE, np.int16)
        self._letter[[ord(letter) for letter in letters]] = np.arange(1, len(letters) + 1)
        tree = _tree([word[::-1] if backwards else word for word in self.words])
        self._base, self._parent, slots = _packed(tree, {letter: place for place, letter in enumerate(letters, 1)})
        self._has_children = np.zeros(len(self._parent), bool)
        self._has_children[self._parent[self._parent > 0]] = True
        # The longest word on the way to each slot, -1 for none; parents come before their children.
        self.longest = np.full(len(self._parent), -1)
        for slot, node in slots.items():
            ends = tree[node][1]
            self.longest[slot] = ends if ends >= 0 or not slot else self.longest[self._parent[slot]]
        roots = chars.places(self._parent == 0)
        self._parent[roots] = -1  # they are looked up by ``_first``, and nothing goes on from no word
        first = np.zeros(len(letters) + 1, np.int32)
        first[roots - self._base[0]] = roots
        self._first = first.take(self._letter)
        self._single = np.zeros(chars.SIZE, bool)
        self._pairs = np.zeros(_PAIRS, bool)
        for word in self.words:
            if len(word) == 1:
                self._single[ord(word)] = True
            else:
                first_two = chars.coded(word[:2]).short
                self._pairs[_pair(first_two[:1], first_two[1:2])] = True

    def find(self, text: chars.Text) -> tuple[np.ndarray, np.ndarray]:
        """Return every place where a word begins, and the number of the longest one there.

        Examples
        --------
        >>> places, words = Lexicon(["推进", "加快推进"]).find(chars.coded("要加快推进甲"))
        >>> places.tolist(), words.tolist()
        ([1, 3], [1, 0])
        """
        places, slots = self.reached(text)
        found = self.longest.take(slots)
        hit = chars.places(found >= 0)
        return places.take(hit), found.take(hit)

    def reached(self, text: chars.Text) -> tuple[np.ndarray, np.ndarray]:
        """Return the places where a word may begin, and the slot that each gets to; ``longest`` has the words."""
        codes = text.codes
        likely = self._single.take(codes[:-1])
        likely |= self._pairs.take(_pair(text.short[:-1], text.short[1:]))
        places = chars.places(likely)
        return places, self._walk(codes, places, self._first.take(codes.take(places)))

    def at(self, text: chars.Text, places: np.ndarray) -> np.ndarray:
        """Return for each place the number of the longest word there, or -1.

        Forwards a word begins at the place; backwards it ends just before it.

        Examples
        --------
        >>> text = chars.coded("不低于5")
        >>> Lexicon(["低于", "不低于"], backwards=True).at(text, np.array([3, 2])).tolist()
        [1, -1]
        """
        at = places if self.step > 0 else places - 1
        # A place before the text wraps round to the padding behind it, where no word begins.
        return self.longest.take(self._walk(text.codes, at, self._first.take(text.codes.take(at))))

    def _walk(self, codes: np.ndarray, at: np.ndarray, slot: np.ndarray) -> np.ndarray:
        """Follow each place down the tree, and return the last slot on its way."""
        at = at + self.step
        following = self._base.take(slot) + self._letter.take(codes.take(at))
        last = np.where(self._parent.take(following) == slot, following, slot)
        # Most words are at their end by now; those of two letters are the most.
        live = chars.places(self._has_children.take(last) & (last != slot))
        slot, at = last.take(live), at.take(live)
        while len(live):
            at += self.step
            following = self._base.take(slot) + self._letter.take(codes.take(at))
            alive = chars.places(self._parent.take(following) == slot)
            slot, live = following.take(alive), live.take(alive)
            last[live] = slot
            goes_on = chars.places(self._has_children.take(slot))
            slot, live, at = slot.take(goes_on), live.take(goes_on), at.take(alive.take(goes_on))
        return last


_PAIRS = 1 << 16


def _pair(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return a number for two characters that few other pairs have; it tells most places that no word begins there."""
    return first * np.uint16(31) + second * np.uint16(7)  # wraps round at 16 bits


def _tree(words: Sequence[str]) -> list[tuple[dict[str, int], int]]:
    """Return the nodes of the words' tree: the children by letter, and the word that ends there or -1."""
    children: list[dict[str, int]] = [{}]
    ends = [-1]
    for number, word in enumerate(words):
        node = 0
        for letter in word:
            if letter not in children[node]:
                children[node][letter] = len(children)
                children.append({})
                ends.append(-1)
            node = children[node][letter]
        ends[node] = number
    return list(zip(children, ends, strict=True))


def _packed(
    tree: list[tuple[dict[str, int], int]], letters: dict[str, int]
) -> tuple[np.ndarray, np.ndarray, dict[int, int]]:
    """Lay the nodes out in slots: a child's slot is its parent's base plus its letter.

    Returns the base of each slot, the slot of each slot's parent (-1 where it is free),
    and the node in each slot. The root has slot 0.
    """
    width = len(letters) + 1
    free = bytearray(1)  # slot 0 is taken
    base, parent = [1], [-1]
    slots = {0: 0}
    queue = [0]
    for slot in queue:
        marks = sorted(letters[letter] for letter in tree[slots[slot]][0])
        if not marks:
            continue
        start = _room(free, marks)
        grown = max(start + width + 1 - len(free), 0)
        free += b"\1" * grown
        base += [0] * grown
        parent += [-1] * grown
        base[slot] = start
        for letter, node in tree[slots[slot]][0].items():
            child = start + letters[letter]
            free[child], parent[child], slots[child] = 0, slot, node
            queue.append(child)
    room = [-1] * width  # a base plus any letter stays inside
    return np.array(base + [0] * width), np.array(parent + room), slots


def _room(free: bytearray, marks: Sequence[int]) -> int:
    """Return the lowest base from which all marks fall on free slots; behind the last slot all are free."""
    at = free.find(1, marks[0])
    while at >= 0:
        start = at - marks[0]
        if all(free[start + mark : start + mark + 1] != b"\0" for mark in marks):
            return start
        at = free.find(1, at + 1)
    return max(len(free) - marks[0], 0)


class Together:
    """Several lexicons found in one pass: at a place, the longest word of each.

    Every word of one list that begins with a word of another knows it, so that the
    longest word of all at a place gives the longest of each.
    """

    def __init__(self, *lexicons: Lexicon) -> None:
        words = sorted({word for lexicon in lexicons for word in lexicon.words})
        self._all = Lexicon(words)
        self._longest = [_longest_inside(words, lexicon).take(self._all.longest) for lexicon in lexicons]
        self._has_word = [longest >= 0 for longest in self._longest]

    def find(self, text: chars.Text) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return places and words for each of the lexicons, as ``Lexicon.find`` does.

        Examples
        --------
        >>> both = Together(Lexicon(["教育"]), Lexicon(["教育局"]))
        >>> [(places.tolist(), words.tolist()) for places, words in both.find(chars.coded("市教育局"))]
        [([1], [0]), ([1], [0])]
        """
        places, slots = self._all.reached(text)
        out = []
        for longest, has_word in zip(self._longest, self._has_word, strict=True):
            hit = chars.places(has_word.take(slots))
            out.append((places.take(hit), longest.take(slots.take(hit))))
        return out


def _longest_inside(words: Sequence[str], lexicon: Lexicon) -> np.ndarray:
    """Return for each word the longest word of a lexicon that it begins with, or -1; and -1 for no word."""
    numbers = {word: number for number, word in enumerate(lexicon.words)}
    return np.array(
        [
            next((numbers[word[:size]] for size in range(len(word), 0, -1) if word[:size] in numbers), -1)
            for word in (*words, "")
        ]
    )


def without_overlaps(places: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Say which matches begin inside no earlier one: 加快推进 hides the 推进 in it.

    Examples
    --------
    >>> without_overlaps(np.array([0, 2, 4]), np.array([4, 2, 2])).tolist()
    [True, False, True]
    """
    reached = np.maximum.accumulate(places + lengths)
    return np.concatenate(([True], places[1:] >= reached[:-1])) if len(places) else np.zeros(0, bool)
