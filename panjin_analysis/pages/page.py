"""Parts to one HTML file that holds everything it needs: style, script, font, charts.

A page opens from a disk, a mail or a server alike; it asks no network for anything and
forbids itself to (a content security policy says so to the browser).
"""

import base64
import functools
import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from panjin_analysis import style
from panjin_analysis.pages.fonts import font_face
from panjin_analysis.pages.words import LANGUAGE, word

_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_COLOURS = {"ink": style.INK, "muted": style.MUTED, "grid": style.GRID, "main": style.BLUE, "mark": style.ORANGE}


@dataclass(frozen=True)
class Page:
    """What a page says of itself beside its parts."""

    title: str
    lang: str = "zh"
    description: str = ""
    source: tuple[str, ...] = ()
    index: str = ""  # the address of the page that lists all pages; none on that page itself
    subtitle: str = ""  # the title in the other language


def page(about: Page, parts: Sequence[Markup]) -> bytes:
    """Return a whole page as bytes; the same parts give the same bytes.

    Headings of the parts begin at ``<h2 id="…">``: the page's title is its only ``h1``,
    and three or more of them make a list of contents.

    Parameters
    ----------
    about
        Title, language, description, source lines.
    parts
        Pieces of HTML in their order: ``figure``, ``table``, prose.

    Raises
    ------
    DataError
        If the page shows a character that the font does not have.

    Examples
    --------
    >>> page(Page("承诺"), [Markup("<p>三项。</p>")])[:15]
    b'<!DOCTYPE html>'
    """
    body = Markup("\n").join(parts)
    headings = [(name, Markup(text).striptags()) for name, text in _HEADING.findall(body)]
    words = {key: word(key, about.lang) for key in ("skip", "contents", "index", "project", "source")}
    face = font_face(_shown(about, body, words), about.title)
    css, script = f"{face}\n{_root()}\n{asset('page.css')}", asset("page.js")
    text = _template().render(
        about=about,
        language=LANGUAGE[about.lang],
        other_language=LANGUAGE["en" if about.lang == "zh" else "zh"],
        words=words,
        body=body,
        headings=headings if len(headings) >= 3 else [],
        css=Markup(css),
        script=Markup(script),
        script_hash=_hash(script),
    )
    return text.encode()


def asset(name: str) -> str:
    """Return one of the files that lie beside this module."""
    return Path(__file__).with_name(name).read_text("utf-8")


def _shown(about: Page, body: str, words: dict[str, str]) -> str:
    """Return all that a page may show; tags do no harm, they are Latin."""
    return html.unescape(
        "".join([about.title, about.subtitle, about.description, *about.source, *words.values(), body])
    )


def _root() -> str:
    """Return the house colours as variables of the style sheet."""
    return ":root{" + "".join(f"--{name}:{colour};" for name, colour in _COLOURS.items()) + "}"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@functools.cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    rules = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return rules.from_string(asset("page.html.j2"))
