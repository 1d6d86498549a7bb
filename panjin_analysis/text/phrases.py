"""Phrases by kind, each kind as one pattern: what headings, lists of targets and types are told by."""

import re
from collections.abc import Iterable

_NEVER = "(?!)"


class Phrases:
    """The phrases of headings, of targets and of what is promised.

    Parameters
    ----------
    rows
        Pairs of phrase and kind.

    Examples
    --------
    >>> phrases = Phrases([("回顾", "back"), ("总结", "back")])
    >>> bool(phrases.pattern("back").search("2023年工作回顾")), bool(phrases.pattern("ahead").search("今后"))
    (True, False)
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._by_kind: dict[str, list[str]] = {}
        for phrase, kind in rows:
            self._by_kind.setdefault(kind, []).append(phrase)

    def of(self, kind: str) -> list[str]:
        """Return the phrases of a kind."""
        return self._by_kind.get(kind, [])

    def pattern(self, kind: str, *shapes: str) -> re.Pattern[str]:
        """Return the pattern of all phrases of a kind, the longest first, and of shapes that are no plain phrases."""
        phrases = sorted(self.of(kind), key=len, reverse=True)
        return re.compile("|".join([*map(re.escape, phrases), *shapes]) or _NEVER)
