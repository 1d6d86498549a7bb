"""A text as numbers: one code a character, and what kind each character is.

Every step of extraction that looks at each character looks it up here once, in
arrays; only what is rare (a heading, a number) is then looked at as text.
"""

import itertools
from typing import Final, NamedTuple

import numpy as np

STOP: Final = 1
COMMA: Final = 2
HALF_COMMA: Final = 4
CLOSER: Final = 8
LINE_END: Final = 16
SPACE: Final = 32
INVISIBLE: Final = 64
DIGIT: Final = 128
ARABIC: Final = 256  # numerals as numbers are written with them
CHINESE: Final = 512
OPENS: Final = 1024  # marks that open a quotation or a title, and that close one
CLOSES: Final = 2048

STOPS = "。！？；!?;"
CLOSERS = "”’」』）)】》〉"
LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
ARABIC_NUMERALS, CHINESE_NUMERALS = "0123456789０１２３４５６７８９", "〇零一二三四五六七八九十百千万亿两"
NUMERALS = ARABIC_NUMERALS + CHINESE_NUMERALS
INVISIBLES = "\u200b\u200c\u200d\u2060\ufeff\u00ad"

SIZE = 65536
_OTHER = SIZE - 1  # what lies beyond 16 bits counts as one unknown mark
PAD = 24  # places behind the text that may be looked at; they hold nothing


def flagged(marks: str) -> np.ndarray:
    """Return a table that is true for the given characters: ``flagged("甲")[codes]``."""
    table = np.zeros(SIZE, bool)
    table[[ord(mark) for mark in marks]] = True
    return table


HAN: Final = np.zeros(SIZE, bool)  # whether a code is a Chinese character
HAN[0x4E00:0xA000] = True

_KIND = np.zeros(SIZE, np.uint16)
for _flag, _marks in (
    (STOP, STOPS),
    (COMMA, "，"),
    (HALF_COMMA, ","),
    (CLOSER, CLOSERS),
    (LINE_END, LINE_ENDS),
    (SPACE, "".join(chr(code) for code in range(SIZE) if chr(code).isspace())),
    (INVISIBLE, INVISIBLES),
    (DIGIT, "".join(chr(code) for code in range(SIZE) if chr(code).isdecimal())),
    (ARABIC, ARABIC_NUMERALS),
    (CHINESE, CHINESE_NUMERALS),
    (OPENS, "“‘「『《〈"),
    (CLOSES, "”’」』》〉"),
):
    _KIND[flagged(_marks)] |= _flag


def places(flags: np.ndarray) -> np.ndarray:
    """Return where flags are set; the array's own method is faster than ``flatnonzero``.

    Examples
    --------
    >>> places(np.array([False, True])).tolist()
    [1]
    """
    return flags.nonzero()[0]


class Text(NamedTuple):
    """One text or several, one behind the other, with the code and the kinds of each character.

    The arrays go on for ``PAD`` places behind the text, where nothing stands; as many
    line ends part two texts, so that nothing found in one reaches into the next.
    """

    text: str
    size: int
    codes: np.ndarray
    short: np.ndarray  # the codes in 16 bits, for arithmetic
    kinds: np.ndarray
    noted: np.ndarray  # the places of characters of any kind
    noted_kinds: np.ndarray
    starts: tuple[int, ...]  # where each of the texts begins

    def of(self, flags: int) -> np.ndarray:
        """Return the places of all characters of some kinds."""
        return self.noted.compress((self.noted_kinds & flags) > 0)


def coded(*texts: str) -> Text:
    """Return texts with their codes and kinds.

    Examples
    --------
    >>> coded("7。𠮷").codes[:3].tolist() == [ord("7"), ord("。"), 65535]
    True
    >>> ((coded("7。").kinds[:2] & [DIGIT, STOP]) > 0).tolist()
    [True, True]
    >>> coded("甲", "乙").starts
    (0, 25)
    """
    text = _BETWEEN.join(texts)
    lengths = [0, *(len(one) + PAD for one in texts[:-1])]
    wide = np.frombuffer((text + _BEHIND).encode("utf-32-le", "surrogatepass"), np.uint32)
    if wide.max() >= _OTHER:  # seldom
        wide = np.minimum(wide, _OTHER)
    codes = wide.astype(np.intp)
    kinds = _KIND.take(codes)
    noted = places(kinds != 0)
    return Text(
        text, len(text), codes, wide.astype(np.uint16), kinds, noted, kinds.take(noted),
        tuple(itertools.accumulate(lengths)),
    )  # fmt: skip


_BETWEEN, _BEHIND = "\n" * PAD, "\0" * PAD
