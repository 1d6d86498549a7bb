"""Lines to paragraphs: undo what a page or a screen did to a text, and nothing else.

Two lines are joined only where the first one is as wide as the page or ends in a
comma, and the second begins like no heading, list or new paragraph. Every
character that is kept knows its place in the source.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from panjin_analysis.text import chars

_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十百]+(?:[、．.章节篇]|部分)|[（(](?:[一二三四五六七八九十]+|\d{1,2})[）)]"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳]|[-*+•●○■□◆◇※·]\s|——|附件[\d：:]|附录|目\s*录$|各位代表[，,：:！!]|注[：:])"
)
_ADDRESS = re.compile(r"(?:各位|尊敬的)[^，]{1,8}[，,]")  # the one line that ends in a comma
_COMMAS = "，、,"
_STOPS = chars.STOPS + "：:…" + chars.CLOSERS + "\"'"
_PAGE_NUMBER = re.compile(
    r"[-—–－─·•]{1,2}\s*\d{1,4}\s*[-—–－─·•]{1,2}|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_WIDE = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6‘’“”—…·×\U00020000-\U0003ffff]")
_LETTER = re.compile("[A-Za-z]")
_GAP = re.compile(rf"[\s{chars.INVISIBLES}]+")

NARROWEST, WIDEST = 24, 160  # columns: no page has narrower or wider lines
SLACK = 8  # columns a wrapped line may lack: a number that was not broken, a mark that may not begin a line


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source.

    Parameters
    ----------
    text, places
        Its characters without indentation, and the place of each in the source.
    opens
        The source itself says that a paragraph begins here: a blank line, a block.
    indent, reach
        Where it begins and ends, in columns; a Chinese character takes two.
    """

    text: str
    places: Sequence[int]
    opens: bool = False
    indent: float = 0
    reach: float = 0


def text_lines(text: str) -> list[Line]:
    r"""Return the lines of a plain text that show anything.

    Examples
    --------
    >>> [(line.text, line.opens, line.indent, line.reach) for line in text_lines("　甲\n\n乙7")]
    [('甲', False, 2, 4), ('乙7', True, 0, 3)]
    """
    lines, start, blank = [], 0, False
    for raw in re.split(f"[{chars.LINE_ENDS}]", text):
        shown = raw.strip()
        if shown:
            first = start + raw.index(shown)
            indent = columns(raw[: first - start])
            reach = indent + columns(shown)
            lines.append(Line(shown, range(first, first + len(shown)), blank, indent, reach))
        blank = not shown
        start += len(raw) + 1
    counted = [replace(line, reach=2 * len(line.text) + line.indent) for line in lines]
    # Some programs count characters, whatever their width; then those lines are the more even ones.
    return counted if _full(counted) > _full(lines) else lines


def columns(text: str) -> int:
    """Return the width of a text, Chinese characters and marks counted twice.

    Examples
    --------
    >>> columns("甲。7%")
    6
    """
    return len(text) + len(_WIDE.findall(text)) + text.count("\t") * 3


def without_page_numbers(lines: Sequence[Line]) -> list[Line]:
    r"""Return the lines without page numbers and the running headers beside them.

    Bare numbers are page numbers only if they count up by one and stand apart.

    Examples
    --------
    >>> [line.text for line in without_page_numbers(text_lines("甲，\n\n- 1 -\n\n乙。"))]
    ['甲，', '乙。']
    """
    numbers = {place for place, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text)}
    bare = [place for place, line in enumerate(lines) if _BARE_NUMBER.fullmatch(line.text)]
    if _count_up([int(lines[place].text) for place in bare]) and min(_steps(bare), default=0) > 1:
        numbers.update(bare)
    beside = Counter(lines[near].text for place in numbers for near in (place - 1, place + 1) if 0 <= near < len(lines))
    repeated = {text for text, times in beside.items() if times >= 3 and len(text) <= 40}
    kept: list[Line] = []
    gone = False
    for place, line in enumerate(lines):
        near_number = place == 0 or bool({place - 1, place + 1} & numbers)
        if place in numbers or (near_number and line.text in repeated):
            gone = True
            continue
        kept.append(replace(line, opens=False) if gone else line)  # the page opened here, not a paragraph
        gone = False
    return kept


def _steps(numbers: Sequence[int]) -> list[int]:
    return [later - sooner for sooner, later in pairwise(numbers)]


def _count_up(numbers: Sequence[int]) -> bool:
    return len(numbers) > 1 and set(_steps(numbers)) == {1}


def healed(lines: Sequence[Line]) -> list[list[Line]]:
    r"""Return the lines of each paragraph.

    Examples
    --------
    >>> [len(paragraph) for paragraph in healed(text_lines("全市新增甲，\n乙和丙。\n一、标题\n正文"))]
    [2, 1, 1]
    """
    width = wrap_width(lines)
    indented = _indents(lines, width)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1][-1], line, width, indented):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def wrap_width(lines: Iterable[Line]) -> float:
    r"""Return the width that lines were broken at, in columns; infinity if they were not.

    A text was broken if many of its lines are about as wide as its widest ones.

    Examples
    --------
    >>> wrap_width(text_lines("甲" * 30 + "。\n" + "乙" * 300 + "。"))
    inf
    """
    reaches = sorted(line.reach for line in lines)
    if not reaches:
        return float("inf")
    width = reaches[-1 - len(reaches) // 50]  # a table or an address may stick out
    full = sum(reach >= width - SLACK for reach in reaches)
    long = sum(reach > width / 2 for reach in reaches)
    is_wrapped = NARROWEST <= width <= WIDEST and reaches[-1] <= 2 * WIDEST and full >= max(2, long / 2)
    return width if is_wrapped else float("inf")


def _full(lines: Sequence[Line]) -> int:
    """Return how many lines reach the very edge."""
    width = wrap_width(lines)
    return sum(line.reach >= width - 2 for line in lines)


def _indents(lines: Sequence[Line], width: float) -> bool:
    """Say whether paragraphs are indented, seen where one surely begins: after a short line that ends in a stop."""
    begins = [
        line.indent > 0
        for before, line in pairwise(lines)
        if before.reach < width - SLACK and before.text[-1] in _STOPS
    ]
    return bool(begins) and 2 * sum(begins) > len(begins)


def _goes_on(before: Line, line: Line, width: float, indented: bool) -> bool:
    if line.opens or line.indent > 0 or _ADDRESS.fullmatch(before.text):
        return False
    is_full = before.reach >= width - SLACK
    is_open = before.text[-1] not in _STOPS
    if _HEADING.match(line.text):  # 四分之|一、 looks like one; where paragraphs are indented it is none
        return is_full and is_open and indented
    return before.text[-1] in _COMMAS or (is_full and (is_open or indented))


def joined(paragraph: Sequence[Line]) -> tuple[str, list[Sequence[int]]]:
    """Return a paragraph as one text, and the places of its characters, a sequence a line.

    Words of letters get a space between them; capitals are one name (GD|P) that was broken.

    Examples
    --------
    >>> joined([Line("GDP", range(3)), Line("per", range(4, 7)), Line("人", range(8, 9))])
    ('GDP per人', [range(0, 3), [2], range(4, 7), range(8, 9)])
    """
    text, places = paragraph[0].text, [paragraph[0].places]
    for line in paragraph[1:]:
        if _LETTER.fullmatch(text[-1]) and _LETTER.fullmatch(line.text[0]) and not (text[-1] + line.text[0]).isupper():
            text += " "
            places.append([places[-1][-1]])
        text += line.text
        places.append(line.places)
    return text, places


def kept_spans(text: str) -> Iterator[tuple[int, int]]:
    """Return the spans of a paragraph that are text: space beside Chinese is layout, as is what cannot be seen.

    Between two words of letters or digits one space stays.

    Examples
    --------
    >>> text = "  甲 GDP  per 7 户 \u200b。"
    >>> "".join(text[a:b] for a, b in kept_spans(text))
    '甲GDP per 7户。'
    """
    start = 0
    for gap in _GAP.finditer(text):
        before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
        if start < gap.start():
            yield start, gap.start()
        if before and after and not (_WIDE.match(before) or _WIDE.match(after)):
            space = next((place for place in range(*gap.span()) if text[place].isspace()), None)
            if space is not None:
                yield space, space + 1
        start = gap.end()
    if start < len(text):
        yield start, len(text)
