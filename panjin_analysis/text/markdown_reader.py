"""A Markdown file to its lines: the words, without front matter and marks of emphasis."""

import re

from panjin_analysis.text.healing import Line, columns, text_lines

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
# Heading and quotation signs, **strong**, an escaping backslash, a rule, an HTML comment's own line.
_MARKUP = re.compile(r"^(?:#{1,6}\s+|>\s?)+|\*\*|__|\\(?=[!-/:-@\[-`{-~])|\s#+$")
_RULE = re.compile(r"(?:[-*_]\s*){3,}|=+|<!--.*-->|```\w*")
_HEADING = re.compile(r"#{1,6}\s")


def markdown_lines(source: str) -> list[Line]:
    r"""Return the lines of a Markdown text; a heading and what follows it are two paragraphs.

    Examples
    --------
    >>> lines = markdown_lines("---\ntitle: 甲\n---\n\n## **一、乙**\n丙。")
    >>> [(line.text, line.places[0], line.opens) for line in lines]
    [('一、乙', 23, True), ('丙。', 29, True)]
    """
    front = _FRONT_MATTER.match(source)
    # Spaces in its place keep every offset behind it.
    body = " " * front.end() + source[front.end() :] if front else source
    lines: list[Line] = []
    after_heading = bool(front)
    for line in text_lines(body):
        is_heading = bool(_HEADING.match(line.text))
        if not _RULE.fullmatch(line.text) and (plain := _plain(line, line.opens or is_heading or after_heading)):
            lines.append(plain)
        after_heading = is_heading or bool(_RULE.fullmatch(line.text))
    return lines


def _plain(line: Line, opens: bool) -> Line | None:
    """Return a line without markup; None where nothing else is in it."""
    cuts = [found.span() for found in _MARKUP.finditer(line.text)]
    if not cuts:
        return Line(line.text, line.places, opens, line.indent, line.reach)
    places: list[int] = []
    text, start = "", 0
    for begin, end in [*cuts, (len(line.text), len(line.text))]:
        text += line.text[start:begin]
        places += line.places[start:begin]
        start = end
    if not text.strip():
        return None
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    # A quotation's or heading's own indentation says nothing.
    return Line(text[first:last], places[first:last], opens, line.indent, line.indent + columns(text[first:last]))
