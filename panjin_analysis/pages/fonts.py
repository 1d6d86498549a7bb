"""The Chinese font inside a page: only the characters of that page, as woff2 in its style sheet.

The same font file as the charts' draws the page, so a page looks the same on a
machine that has no Chinese font. A character that the font lacks is an error.
"""

import base64
import functools
import io

from panjin_analysis.errors import DataError
from panjin_analysis.style import font_file

FAMILY = "Noto Sans SC"
# Always in: what the reader may type into a filter in Latin, and the digits that a count needs.
_ALWAYS = "".join(map(chr, range(0x20, 0x7F)))
_FEATURES = ["kern", "liga", "locl", "mark", "mkmk", "ccmp", "calt"]


def font_face(text: str, where: str) -> str:
    """Return the style rule that embeds the font for a text.

    Parameters
    ----------
    text
        Everything that the page shows; white space and control characters do not count.
    where
        The page's name, for the message.

    Raises
    ------
    DataError
        Naming the characters that the font does not have.

    Examples
    --------
    >>> font_face("承诺", "example").startswith("@font-face{font-family:'Noto Sans SC'")
    True
    """
    data = base64.b64encode(subset(text, where)).decode()
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:100 900;font-style:normal;"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )


def subset(text: str, where: str) -> bytes:
    """Return the font cut to the characters of a text, as woff2; the same text gives the same bytes.

    Raises
    ------
    DataError
        Naming the characters that the font does not have.
    """
    characters = frozenset(mark for mark in text if mark.isprintable()) | frozenset(_ALWAYS)
    missing = sorted(mark for mark in characters if ord(mark) not in _characters() and not mark.isspace())
    if missing:
        found = " ".join(f"{mark} (U+{ord(mark):04X})" for mark in missing[:10])
        raise DataError("missing_glyph", where=where, found=found)
    return _cut(characters)


@functools.cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font_file(), lazy=True) as font:
        return frozenset(font.getBestCmap())


@functools.lru_cache(maxsize=4)
def _cut(characters: frozenset[str]) -> bytes:
    from fontTools.subset import Options, Subsetter, save_font
    from fontTools.ttLib import TTFont

    options = Options(flavor="woff2", hinting=False, notdef_outline=True, layout_features=_FEATURES)
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    out = io.BytesIO()
    # The date inside is the font's own, not the day of the build.
    with TTFont(font_file(), recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(font)
        save_font(font, out, options)
    return out.getvalue()
