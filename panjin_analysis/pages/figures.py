"""A chart as part of a page: inline SVG with real text, drawn by the page's own font.

Nothing in it is fetched, its ids collide with no other chart's, and a screen reader
is given the whole alt text of the caption.
"""

import hashlib
import re

from lxml import etree
from markupsafe import Markup

from panjin_analysis.captions import Caption
from panjin_analysis.pages.words import word

_SVG = "{http://www.w3.org/2000/svg}"
_URL = re.compile(r"(?<=url\(#)[^)]+")


def figure(svg: str, caption: Caption, *, name: str, lang: str = "zh") -> Markup:
    """Return a chart with its title above, and notes and alt text below.

    Parameters
    ----------
    svg
        What matplotlib wrote as SVG.
    caption
        The chart's title, alt text and notes.
    name
        A name that no other chart of the page has.
    lang
        The page's language.

    Examples
    --------
    >>> caption = Caption("承诺共三项", "条形图：三项。", ("来源：示例。",))
    >>> str(figure('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', caption, name="a"))[:32]
    '<figure class="chart"><figcaptio'
    """
    notes = Markup("").join(Markup("<p>{}</p>").format(note) for note in caption.notes)
    return Markup(
        '<figure class="chart"><figcaption><p class="title">{title}</p></figcaption>'
        '<div class="picture" tabindex="0" role="group" aria-label="{title}">{svg}</div><div class="notes">{notes}'
        "<details><summary>{label}</summary><p>{alt}</p></details></div></figure>\n"
    ).format(
        title=caption.title,
        svg=inline_svg(svg, caption.alt, name=name),
        notes=notes,
        label=word("described", lang),
        alt=caption.alt,
    )


def inline_svg(svg: str, alt: str, *, name: str) -> Markup:
    """Return an SVG made fit to stand in a page: scalable, described, with ids of its own.

    Matplotlib names its definitions by their content, so two charts of one page may
    share a name that means different things; each gets the chart's own prefix. Names
    that nothing refers to go, and so does the style rule for every element of the page.

    Examples
    --------
    >>> drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path id="p" d="M0 0"/></svg>'
    >>> str(inline_svg(drawn, "一条线", name="a")).endswith('role="img" aria-label="一条线"><path d="M0 0"/></svg>')
    True
    """
    root = etree.fromstring(svg.encode(), etree.XMLParser(remove_blank_text=True, remove_comments=True))
    for part in [*root.iter(f"{_SVG}metadata"), *root.iter(f"{_SVG}style")]:
        part.getparent().remove(part)
    _own_ids(root, "f" + hashlib.sha256(name.encode()).hexdigest()[:6] + "-")
    for given in ("width", "height", "version"):
        root.attrib.pop(given, None)
    root.set("style", "stroke-linejoin:round;stroke-linecap:butt")  # what the style rule said
    root.set("role", "img")
    root.set("aria-label", alt)
    return Markup(etree.tostring(root, encoding="unicode"))


def _own_ids(root: etree._Element, prefix: str) -> None:
    """Put a prefix before every id that is referred to, and drop the others."""
    parts = list(root.iter())
    used = {name for part in parts for name in _references(part)}
    for part in parts:
        name = part.attrib.pop("id", None)
        if name in used:
            part.set("id", prefix + name)
        for key, value in part.attrib.items():
            if key.endswith("href") and value.startswith("#"):
                part.set(key, f"#{prefix}{value[1:]}")
            elif "url(#" in value:
                part.set(key, _URL.sub(lambda to: prefix + to[0], value))


def _references(part: etree._Element) -> list[str]:
    links = [value[1:] for key, value in part.attrib.items() if key.endswith("href") and value.startswith("#")]
    return links + [to for value in part.attrib.values() for to in _URL.findall(value)]
