"""The receipt: from a row back to its characters, where the user has the text.

The project holds offsets and hashes only. A text is taken from a folder of the
user's and used only if it is, to the character, the one that was coded.
"""

import os
from pathlib import Path

import pandas as pd
import platformdirs

from panjin_analysis.errors import DataError, say
from panjin_analysis.files import write_whole
from panjin_analysis.load import load_reports, load_segments
from panjin_analysis.text.documents import read_text, span_sha1, text_sha256
from panjin_analysis.text.segments import segment

_SPAN = ["report_id", "start", "end", "span_sha1"]


def reports_dir() -> Path | None:
    """Return the user's folder of report texts, or None where there is none.

    ``PANJIN_REPORTS`` names it; else it is where ``panjin reports add`` puts them.
    """
    if os.environ.get("PANJIN_REPORTS"):
        return Path(os.environ["PANJIN_REPORTS"])
    own = own_reports_dir()
    return own if own.is_dir() else None


def require_reports_dir(given: Path | None) -> Path:
    """Return the folder that a command was given, else the user's own.

    Raises
    ------
    DataError
        If there is neither.
    """
    folder = given or reports_dir()
    if folder is None:
        raise DataError("no_report_folder", where="--reports")
    return folder


def own_reports_dir() -> Path:
    """Return the folder ``panjin reports add`` copies texts to."""
    return platformdirs.user_data_path("panjin_analysis", appauthor=False) / "reports"


def with_quotes(frame: pd.DataFrame, reports_dir: Path | str) -> pd.DataFrame:
    """Add the exact words behind each row, and the sentence they stand in.

    Parameters
    ----------
    frame
        Rows with ``report_id``, ``start``, ``end`` and ``span_sha1``, such as commitments.
    reports_dir
        A folder, searched with its subfolders, that holds the texts under the names
        in ``load_reports()["text_file"]``.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with ``quote`` and ``context``; both are missing
        where a row has no offsets.

    Raises
    ------
    DataError
        If the folder or a text is not there, or is not the text that was coded; the
        message names the first paragraph that differs.

    Examples
    --------
    >>> with_quotes(load_segments(), "no/such/folder")
    Traceback (most recent call last):
    ...
    panjin_analysis.errors.DataError: ...
    """
    lacking = [name for name in _SPAN if name not in frame]
    if lacking:
        raise DataError("missing_column", where="with_quotes", expected=", ".join(lacking))
    located = frame["start"].notna()
    texts = {str(name): report_text(str(name), reports_dir) for name in frame.loc[located, "report_id"].unique()}
    sentences = {report_id: _sentences(text) for report_id, text in texts.items()}
    quotes: list[str | None] = []
    contexts: list[str | None] = []
    for is_located, report_id, start, end, sha1 in zip(located, *(frame[name] for name in _SPAN), strict=True):
        if not is_located:  # what was never located in a text has no quotation
            quotes.append(None)
            contexts.append(None)
            continue
        text = texts[report_id]
        if span_sha1(text, start, end) != sha1:
            found = say(f"第 {start} 至 {end} 字不同", f"characters {start} to {end} differ")
            raise DataError("text_changed", where=report_id, expected=sha1, found=found)
        quotes.append(text[start:end])
        contexts.append(next(text[a:b] for a, b in sentences[report_id] if a <= start < b))
    return frame.assign(quote=pd.array(quotes, dtype="str"), context=pd.array(contexts, dtype="str"))


def report_text(report_id: str, reports_dir: Path | str) -> str:
    """Return a report's text from a folder, if it is the text that was coded.

    Raises
    ------
    DataError
        As ``with_quotes`` does.
    """
    reports = load_reports().set_index("report_id")
    if report_id not in reports.index:
        raise DataError("unknown_reference", where="report_text", expected="reports", found=report_id)
    if reports.loc[report_id, "held"] == "none":
        raise DataError("not_held", where=report_id)
    name, sha256 = reports.loc[report_id, "text_file"], reports.loc[report_id, "text_sha256"]
    folder = Path(reports_dir)
    if not folder.is_dir():
        raise DataError("no_report_folder", where=folder)
    candidates = sorted(folder.rglob(str(name)))
    if not candidates:
        raise DataError("no_report_text", where=folder, expected=name)
    texts = {path: read_text(path) for path in candidates}
    for text in texts.values():
        if text_sha256(text) == sha256:
            return text
    path, text = next(iter(texts.items()))
    raise DataError("text_changed", where=path, expected=sha256, found=_difference(report_id, text))


def add_report(path: Path) -> Path:
    """Copy a report text that the tables know into the user's own folder; return the copy's path.

    Raises
    ------
    DataError
        If the file is none of the texts that were coded.
    """
    text = read_text(path)
    reports = load_reports()
    known = reports[reports["text_sha256"] == text_sha256(text)]
    if known.empty:
        names = ", ".join(reports["text_file"].dropna())
        found = say("与任何一份都不同", "it is none of them")
        raise DataError("text_changed", where=path, expected=names, found=found)
    copy = own_reports_dir() / known["text_file"].iloc[0]
    return write_whole(copy, path.read_bytes())


def _sentences(text: str) -> list[tuple[int, int]]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for clause in segment(text):
        key = clause.paragraph_no, clause.sentence_no
        first, _ = spans.get(key, (clause.start, clause.end))
        spans[key] = first, clause.end
    return list(spans.values())


def _difference(report_id: str, text: str) -> str:
    """Say which paragraph of a text is the first that was not coded."""
    segments = load_segments()
    coded = segments[segments["report_id"] == report_id]
    expected = _by_paragraph(zip(coded["paragraph_no"], coded["span_sha1"], strict=True))
    found = _by_paragraph((c.paragraph_no, span_sha1(text, c.start, c.end)) for c in segment(text))
    for number in range(1, max([*expected, *found, 0]) + 1):
        if expected and expected.get(number) != found.get(number):
            return say(f"从第 {number} 段起不同", f"paragraph {number} is the first that differs")
    return say("空白字符不同" if expected else "内容不同", "white space differs" if expected else "its content differs")


def _by_paragraph(clauses) -> dict[int, list[str]]:
    paragraphs: dict[int, list[str]] = {}
    for number, sha1 in clauses:
        paragraphs.setdefault(int(number), []).append(sha1)
    return paragraphs
