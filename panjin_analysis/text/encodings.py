"""Bytes to characters: which encoding a Chinese text file is in, told without guessing.

UTF-8 is so strict that a text which decodes is UTF-8. UTF-16 without its mark is
believed only where it shows the marks of Chinese text, which need bytes that no
GB18030 text has; what remains is GB18030 or no text at all.
"""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = re.compile(r"[\t\n\r\x20-\x7e·—‘’“”…\u3000-\u303f\u3400-\u9fff\uff00-\uffee]")
_MARKS = re.compile(r"[\n、。，]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_SAMPLE = 20_000  # characters are enough to know an encoding


def decode(data: bytes) -> tuple[str, str] | None:
    """Return the text of a file and its encoding; None if it is no text.

    Examples
    --------
    >>> decode("一。".encode("gb18030"))
    ('一。', 'gb18030')
    >>> decode("各位代表，一。".encode("utf-16-le"))[1]
    'utf-16-le'
    >>> decode(bytes(range(256))) is None
    True
    """
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _is_binary(text) else (text, encoding)
    return None


def _candidates(data: bytes) -> list[str]:
    """Return the encodings a file may be in, the surest first."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return [encoding]
    wide = [encoding for encoding in ("utf-16-le", "utf-16-be") if _looks_like(data, encoding)]
    if b"\x00" in data[:_SAMPLE]:
        return wide
    return ["utf-8", *wide, "gb18030"]


def _looks_like(data: bytes, encoding: str) -> bool:
    """Say whether the beginning of a file is Chinese text in UTF-16.

    Nine in ten characters must be of those a Chinese text has, and one in a hundred
    a mark whose bytes stand in no text of one or two bytes a character: pairs of
    letters look like Chinese characters, but never like 。
    """
    if len(data) % 2:
        return False
    sample = data[: 2 * _SAMPLE].decode(encoding, "replace")
    enough = len(_CHINESE.findall(sample)) >= 0.9 * len(sample)
    return enough and len(_MARKS.findall(sample)) >= 0.01 * len(sample) > 0


def _is_binary(text: str) -> bool:
    """Say whether a text has more control characters than a slip of a converter leaves."""
    controls = _CONTROL.findall(text)
    return "\x00" in controls or len(controls) > len(text) / 500 + 1
