"""A text as numbers: one code unit a character, and what kind each character is.

Every step of extraction that looks at each character looks it up here once, in
arrays; only what is rare (a heading, a number) is then looked at as text.
"""

from typing import Final

import numpy as np

STOP: Final = 1
COMMA: Final = 2
HALF_COMMA: Final = 4
CLOSER: Final = 8
LINE_END: Final = 16
SPACE: Final = 32
INVISIBLE: Final = 64
DIGIT: Final = 128

STOPS = "。！？；!?;"
CLOSERS = "”’」』）)】》〉"
LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
INVISIBLES = "\u200b\u200c\u200d\u2060\ufeff\u00ad"

_KIND = np.zeros(65536, np.uint8)
for _flag, _marks in (
    (STOP, STOPS),
    (COMMA, "，"),
    (HALF_COMMA, ","),
    (CLOSER, CLOSERS),
    (LINE_END, LINE_ENDS),
    (SPACE, "".join(chr(code) for code in range(65536) if chr(code).isspace())),
    (INVISIBLE, INVISIBLES),
    (DIGIT, "".join(chr(code) for code in range(65536) if chr(code).isdecimal())),
):
    _KIND[[ord(mark) for mark in _marks]] |= _flag


def code_units(text: str) -> np.ndarray:
    """Return one 16-bit unit a character; what lies beyond 16 bits counts as one unknown mark.

    Examples
    --------
    >>> code_units("7%").tolist(), len(code_units("𠮷"))
    ([55, 37], 1)
    """
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(text):
        return np.frombuffer(data, np.uint16)
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(wide > 0xFFFF, 0xFFFD, wide).astype(np.uint16)


def kinds(units: np.ndarray) -> np.ndarray:
    """Return the flags of each character.

    Examples
    --------
    >>> kinds(code_units("。7")).tolist() == [STOP, DIGIT]
    True
    """
    return _KIND[units]


def spread(lengths: np.ndarray) -> np.ndarray:
    """Return 0, 0, 1, 1, 1 … for lengths 2, 3 …: which group each member belongs to.

    Examples
    --------
    >>> spread(np.array([2, 0, 1])).tolist()
    [0, 0, 2]
    """
    return np.repeat(np.arange(len(lengths)), lengths)
