"""A web page to the lines of the report in it, without the page around them.

The body is the smallest part of the page that holds nearly all of its sentences;
what a page repeats (menus, share buttons, the foot) has links and no sentences.
lxml reads the page and does not say where a character stood, so each run of text
is given a mark before: two characters that no page has, which spell its offset.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from panjin_analysis.errors import DataError, say
from panjin_analysis.text import chars
from panjin_analysis.text.healing import Line, columns
from panjin_analysis.text.limits import HTML_TAGS, LINES, REPORT_CHARACTERS

_TOKEN = re.compile(r"(<!--.*?(?:-->|\Z)|<[a-zA-Z/!?][^>]*(?:>|\Z))|&#?\w{1,32};?|[^<&]+|[<&]", re.DOTALL)
_FIRST_MARK, _BASE = 0xF0000, 0xFFFE  # the private characters of plane 15
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_MARKED = re.compile("([\U000f0000-\U000ffffd]{2})")

_UNSEEN: Final = {"script", "style", "head", "title", "noscript", "template", "svg", "iframe", "object", "textarea"}
_FURNITURE: Final = {"nav", "footer", "aside", "button", "select", "option", "menu"}
_BLOCKS: Final = {
    *("address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figure", "figcaption"),
    *(
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
    ),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_FURNITURE_NAME = re.compile(
    r"(?:^|[\W_])(?:(?:top|main|sub|left|right|side)?nav(?:bar|igation)?|(?:side|top|main)?menu|foot(?:er)?|(?:bd|social)?share\w*"
    r"|bread-?crumbs?|crumbs?|copyright|side-?bar|related|recommend|tool-?bar|comments?|pag(?:er|ination)|qr-?code)(?:$|[\W_])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PAGE_WORDS = re.compile(
    r"[【\[]?(?:发布时间|发布日期|发布机构|更新时间|发文日期|成文日期|(?:日期|时间|来源|作者|编辑|责编)[：:]|信息来源|文章来源"
    r"|浏览(?:次数|量)|点击(?:数|量|次数)?[：:]|分享到|打印本页|关闭(?:本页|窗口)|(?:字体|字号|打印|关闭|分享)(?![\u3400-\u9fff])"
    r"|当前位置|您?(?:现在)?所?在的?位置|上一篇|下一篇|责任编辑|扫一扫|版权所有|主办单位|承办单位|网站(?:标识码|地图)"
    r"|[^，。]{0,4}ICP备|相关(?:阅读|链接|文章|新闻|推荐)(?![\u3400-\u9fff]))"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE_END = re.compile(f"[{chars.STOPS}]")


def html_lines(source: str, where: object) -> list[Line]:
    """Return the lines of the report on a web page; places are characters of the page's source.

    Raises
    ------
    DataError
        If the page has hardly a sentence outside its links.

    Examples
    --------
    >>> page = "<nav><a>首页</a></nav><p>今年新建&#30002;项目。" + "各项工作稳步推进。" * 5 + "</p><footer>版权所有</footer>"
    >>> line, = html_lines(page, "a.html")
    >>> line.text[:8], list(line.places[:6])
    ('今年新建甲项目。', [23, 24, 25, 26, 27, 35])
    """
    if source.count("<") > HTML_TAGS:
        raise DataError(
            "file_too_large",
            where=where,
            expected=f"{HTML_TAGS:,} {say('个标签', 'tags')}",
            found=f"{source.count('<'):,}",
        )
    root = _parsed(source)
    if root is None:
        raise DataError("no_report", where=where)
    weights = _weights(root)
    if weights[root] < REPORT_CHARACTERS:
        raise DataError("no_report", where=where)
    body = _body(root, weights)
    lines: list[Line] = []
    for block in [*_title(root, body, weights), body]:
        for line in _lines(block, weights):
            if len(lines) >= LINES:
                raise DataError(
                    "file_too_large", where=where, expected=f"{LINES:,} {say('行', 'lines')}", found=f"> {LINES:,}"
                )
            lines.append(line)
    return lines


def _parsed(source: str) -> Any:
    from lxml import etree

    marked = _TOKEN.sub(_mark, _PRIVATE.sub("\ufffd", source))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(marked.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):  # an empty page, or nothing that is a page
        return None


def _mark(token: re.Match[str]) -> str:
    if token[1] is not None or token[0].isspace():
        return token[0]
    high, low = divmod(token.start(), _BASE)
    return chr(_FIRST_MARK + high) + chr(_FIRST_MARK + low) + token[0]


def _unmarked(text: str) -> tuple[str, list[int]]:
    """Return a text without its marks, and the place of each character."""
    parts: list[str] = []
    places: list[int] = []
    place = 0
    for part in _MARKED.split(text):
        if _MARKED.fullmatch(part):
            high, low = (ord(mark) - _FIRST_MARK for mark in part)
            place = high * _BASE + low
            continue
        parts.append(part)
        places += range(place, place + len(part))
        place += len(part)
    return "".join(parts), places


def _texts(root: Any) -> Iterator[tuple[str, Any, str]]:
    """Walk a part of the page: ``open`` and ``close`` of each element that is seen, and its ``text``."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            yield "open", node, ""
            if node.tag in _UNSEEN:
                walk.skip_subtree()
            elif node.text:
                yield "text", node, node.text
        else:
            yield "close", node, ""
            if node.tail and node is not root:
                yield "text", node.getparent(), node.tail


def _weights(root: Any) -> dict[Any, int]:
    """Return for each element how many Chinese characters its sentences have, links left out."""
    weights: dict[Any, int] = {}
    block: list[tuple[Any, str]] = []
    in_links = 0
    for what, node, text in _texts(root):
        if what == "text":
            if not in_links:
                block.append((node, text))
            continue
        if what == "open":
            weights[node] = 0
        in_links += (node.tag == "a") * (1 if what == "open" else -1)
        if node.tag in _BLOCKS or node.tag == "br":
            _weigh(block, weights)
            block = []
    _weigh(block, weights)
    for node in reversed(list(weights)):  # children stand after their parents
        parent = node.getparent()
        if parent in weights and not _is_furniture(node):
            weights[parent] += weights[node]
    return weights


def _weigh(block: list[tuple[Any, str]], weights: dict[Any, int]) -> None:
    """Count the characters of a block if it is a sentence and not what a page says of itself."""
    text = _MARKED.sub("", "".join(text for _, text in block))
    if _SENTENCE_END.search(text) and not _PAGE_WORDS.match(text.strip()):
        for node, part in block:
            weights[node] += len(_HAN.findall(part))


def _is_furniture(node: Any) -> bool:
    return node.tag in _FURNITURE or node.tag in _UNSEEN


def _is_named_furniture(node: Any) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    is_hidden = node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))
    return is_hidden or bool(_FURNITURE_NAME.search(names))


def _body(root: Any, weights: dict[Any, int]) -> Any:
    """Return the smallest part of the page that holds four fifths of its sentences and has more than one line."""
    body, found = root, True
    while found:
        found = False
        for child in body:
            if weights.get(child, 0) >= 0.8 * weights[root] and not _is_furniture(child) and _has_lines(child):
                body, found = child, True
                break
    return body


def _has_lines(node: Any) -> bool:
    """Say whether an element can be a whole text: one long paragraph is only a part of it."""
    return node.tag != "p" and any(each.tag in _BLOCKS or each.tag == "br" for each in node.iterdescendants())


def _title(root: Any, body: Any, weights: dict[Any, int]) -> list[Any]:
    """Return the page's headline if it stands before the body and names a report."""
    inside = set(body.iter())
    for heading in root.iter("h1", "h2"):
        text, _ = _unmarked("".join(heading.itertext()))
        if heading not in inside and "报告" in text and heading in weights and body not in set(heading.iter()):
            return [heading]
    return []


def _lines(body: Any, weights: dict[Any, int]) -> Iterator[Line]:
    """Return what is shown in a block, a line where a block or a <br> ends."""
    buffer: list[str] = []
    linked = skipped = in_links = 0
    opens = True
    for what, node, text in _texts(body):
        if what != "text" and node is not body and _is_dropped(node, weights, weights[body]):
            skipped += 1 if what == "open" else -1
        if what == "text":
            if not skipped:
                buffer.append(text)
                linked += len(text) if in_links else 0
            continue
        in_links += (node.tag == "a") * (1 if what == "open" else -1)
        is_break = node.tag == "br" and what == "open"
        if node.tag in _BLOCKS or is_break:
            yield from _line(buffer, opens, linked)
            opens = node.tag in _BLOCKS or (opens and not buffer)
            buffer, linked = [], 0
    yield from _line(buffer, opens, linked)


def _is_dropped(node: Any, weights: dict[Any, int], total: int) -> bool:
    """Say whether an element is furniture; a name says so only where hardly any sentence is inside."""
    if _is_furniture(node):
        return True
    return _is_named_furniture(node) and weights.get(node, 0) < 0.2 * total


def _line(buffer: list[str], opens: bool, linked: int) -> Iterator[Line]:
    raw = "".join(buffer)
    text, places = _unmarked(raw)
    shown = text.strip()
    is_link = 2 * linked > len(raw) and not _SENTENCE_END.search(shown)
    if not shown or is_link or (_PAGE_WORDS.match(shown) and len(shown) <= 80 and "。" not in shown):
        return
    first = text.index(shown)
    indent = sum(2 if mark == "\u3000" else 1 for mark in text[:first] if mark in "\u3000\xa0\u2003")
    yield Line(shown, places[first : first + len(shown)], opens, indent, indent + columns(shown))
