"""Markdown of a notebook as HTML of a page: marked up for its two languages, headings that can be linked to."""

import re
from typing import Any

import mistune
from markupsafe import Markup

_TAG = re.compile(r"<[^>]+>")
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_LATIN = re.compile(r"[A-Za-z]{2}")


def prose(text: str, *, section: int = 0, lang: str = "zh") -> Markup:
    r"""Return Markdown as HTML; headings are numbered on from ``section``, so that their ids differ.

    A first-level heading is left out: it is the page's title. HTML in the text is
    shown as text. Words in the other language are marked as such.

    Examples
    --------
    >>> prose("## 看什么\n\n*See where.*")
    Markup('<h2 id="s1">看什么</h2>\n<p><em lang="en">See where.</em></p>\n')
    """
    return Markup(mistune.create_markdown(renderer=_Renderer(section, lang), plugins=["table"])(text))


def headings(text: str) -> list[tuple[int, str]]:
    r"""Return the level and the words of each heading.

    Examples
    --------
    >>> headings("# 1. 一览\n\n## 看什么")
    [(1, '1. 一览'), (2, '看什么')]
    """
    tokens, _ = mistune.create_markdown(renderer=None, plugins=["table"]).parse(text)
    assert isinstance(tokens, list)
    return [(one["attrs"]["level"], _words(one)) for one in tokens if one["type"] == "heading"]


def _words(token: dict[str, Any]) -> str:
    return token.get("raw", "") + "".join(_words(part) for part in token.get("children", []))


class _Renderer(mistune.HTMLRenderer):
    """HTML with languages and ids; everything else as mistune writes it."""

    def __init__(self, section: int, lang: str):
        super().__init__(escape=True)
        self._section, self._lang = section, lang

    def heading(self, text: str, level: int, **_: Any) -> str:
        """Drop the title, number the sections."""
        if level == 1:
            return ""
        if level == 2:
            self._section += 1
            return f'<h2 id="s{self._section}">{text}</h2>\n'
        return f"<h{level}{self._language(text)}>{text}</h{level}>\n"

    def emphasis(self, text: str) -> str:
        """Mark a passage in English as such."""
        return f"<em{self._language(text)}>{text}</em>"

    def strong(self, text: str) -> str:
        """Mark a passage in English as such."""
        return f"<strong{self._language(text)}>{text}</strong>"

    def _language(self, html: str) -> str:
        text = _TAG.sub("", html)
        is_english = bool(_LATIN.search(text)) and not _CHINESE.search(text)
        return ' lang="en"' if is_english and self._lang == "zh" else ""
