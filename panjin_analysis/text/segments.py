"""A report cut into section, paragraph, sentence and clause, with offsets.

Deterministic, and complete: every character that is not white space lies in
exactly one clause. Offsets count characters of the text as given.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_STOP = "。！？；!?;"
# A comma between two digits groups thousands (12,500); a list comma (、) never splits.
_BOUNDARY = re.compile(rf"(?:[{_STOP}]+|，|(?<!\d),|,(?!\d))[”’」』）)】》〉]*")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_NUMERAL = "[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_PART = re.compile(rf"[\s*#{_INVISIBLE}]*({_NUMERAL})、")
_SECTION = re.compile(rf"[\s*#{_INVISIBLE}]*[（(]({_NUMERAL})[）)]")
_CLOSE = re.compile(rf"[\s*#{_INVISIBLE}]*各位代表[，,：:！!]")


class Clause(NamedTuple):
    """One clause: where it stands, by offsets and by numbers that begin at 1.

    ``part_no`` counts 一、二、 and ``section_no`` （一）（二） as printed; None before
    the first, and after an address to the deputies, which closes a section.
    ``paragraph_no`` runs through the text, the two after it through the paragraph.
    """

    start: int
    end: int
    part_no: int | None
    section_no: int | None
    paragraph_no: int
    sentence_no: int
    clause_no: int


def segment(text: str) -> list[Clause]:
    """Return the clauses of a text in order.

    A clause keeps the punctuation that closes it. Zero-width characters belong
    to the clause they stand in or after, so a line of nothing else is no paragraph.

    Examples
    --------
    >>> text = "(七)总述。甲,乙、丙;丁共12,500户。"
    >>> [text[c.start:c.end] for c in segment(text)]
    ['(七)总述。', '甲,', '乙、丙;', '丁共12,500户。']
    >>> segment(text)[-1]
    Clause(start=12, end=22, part_no=None, section_no=7, paragraph_no=1, sentence_no=3, clause_no=4)
    """
    clauses: list[Clause] = []
    part = section = None
    paragraph = 0
    lead: int | None = None  # where invisible characters before the first clause begin
    for line in _LINE.finditer(text):
        if not _visible(line[0]):
            lead = _absorb(clauses, text, line.start(), line.end(), lead)
            continue
        paragraph += 1
        if found := _PART.match(line[0]):
            part, section = chinese_number(found[1]), None
        elif found := _SECTION.match(line[0]):
            section = chinese_number(found[1])
        elif _CLOSE.match(line[0]):
            section = None
        sentence = clause = 1
        for start, end in _pieces(text, line.start(), line.end()):
            if not _visible(text[start:end]):
                lead = _absorb(clauses, text, start, end, lead)
                continue
            first, last = _trim(text, start, end)
            first, lead = (first if lead is None else lead), None
            clauses.append(Clause(first, last, part, section, paragraph, sentence, clause))
            clause += 1
            sentence += any(mark in _STOP for mark in text[first:last])
    if lead is not None:  # a text of nothing but invisible characters
        clauses.append(Clause(lead, len(text.rstrip()), None, None, 1, 1, 1))
    return clauses


def chinese_number(numeral: str) -> int:
    """Return a heading's numeral, 一 to 九十九, as an integer.

    Examples
    --------
    >>> [chinese_number(n) for n in ("三", "十", "十二", "二十", "二十一")]
    [3, 10, 12, 20, 21]
    """
    digits = "零一二三四五六七八九"
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return digits.index(numeral[-1])
    return (digits.index(tens[-1]) if tens else 1) * 10 + (digits.index(units) if units else 0)


def chinese_numeral(number: int) -> str:
    """Return a heading's number, 1 to 99, as a numeral.

    Examples
    --------
    >>> [chinese_numeral(n) for n in (3, 10, 12, 20, 21)]
    ['三', '十', '十二', '二十', '二十一']
    """
    digits = "零一二三四五六七八九"
    tens, units = divmod(int(number), 10)
    if not tens:
        return digits[units]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[units] if units else "")


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for boundary in _BOUNDARY.finditer(text, start, end):
        yield start, boundary.end()
        start = boundary.end()
    if start < end:
        yield start, end


def _visible(piece: str) -> bool:
    return any(not (mark.isspace() or mark in _INVISIBLE) for mark in piece)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def _absorb(clauses: list[Clause], text: str, start: int, end: int, lead: int | None) -> int | None:
    """Give invisible characters to the clause before them, or keep them for the first one."""
    if text[start:end].isspace() or start == end:
        return lead
    start, end = _trim(text, start, end)
    if clauses:
        clauses[-1] = clauses[-1]._replace(end=end)
        return lead
    return start if lead is None else lead
