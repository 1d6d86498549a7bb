"""A report's text to candidates: one row a clause with at most one number, one row a headline target.

A clause that promises two numbers makes two rows, because it is two commitments. A row
carries what a reviewer needs to judge it, and what is needed to see later whether
anything but the codes was changed.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from panjin_analysis.errors import DataError
from panjin_analysis.extraction import Extraction, extract, lexicons
from panjin_analysis.load import load_table
from panjin_analysis.load.own import candidate_table, review_version
from panjin_analysis.review.cells import cell_text, codes_text, fingerprint, typed_rows
from panjin_analysis.schema import LARGEST
from panjin_analysis.text.documents import span_sha1, text_sha256
from panjin_analysis.text.extract import Extracted, extract_columns

LONGEST_QUOTE, LONGEST_CONTEXT = 1000, 120
_EXACT = 12  # digits of a number that every kind of file keeps


def candidates(text: str, report_year: int | None = None, *, every_clause: bool = False) -> pd.DataFrame:
    r"""Return the candidates of a report for a person to confirm.

    Parameters
    ----------
    text
        The report, as ``read_document`` gives it. Offsets count its characters.
    report_year
        The year it plans for; by default what the text says.
    every_clause
        Also list the clauses that were not taken for commitments, so that a missed one can be made one.

    Returns
    -------
    pandas.DataFrame
        First the clauses in the order of the text, then the headline targets; the columns are
        those of ``candidates`` in ``data/review.json``. ``decision`` is empty.

    Raises
    ------
    DataError
        If the text says no year and none is given.

    Examples
    --------
    >>> found = candidates("二、今年工作安排\n新增10家社区食堂，引进20名人才。", 2031)
    >>> found.query("kind == 'commitment'")[["candidate_id", "quote", "value", "strength"]].values.tolist()
    [['K0001', '新增10家社区食堂，', 10.0, 'deliver'], ['K0002', '引进20名人才。', 20.0, 'deliver']]
    """
    extracted = extract_columns([text], lexicons(), [report_year])
    found = extract(text, report_year)
    year = report_year or found.report_year
    if year is None:
        raise DataError("missing_argument", where="panjin extract", expected="--year")
    constant = {
        "report_year": year,
        "text_sha256": text_sha256(text),
        "text_characters": len(text),
        "review_version": review_version(),
    }
    confidence = _Confidence()
    rows = [*_clause_rows(text, extracted, found, every_clause), *_headline_rows(text, found)]
    cells = [_whole(row | constant | confidence.of(row)) for row in rows]
    return typed_rows(list(enumerate(cells, 2)))


def _whole(row: dict[str, Any]) -> dict[str, str]:
    """Return a row as text cells, with what was extracted and the fingerprint of what must not change."""
    cells = {column.name: cell_text(row.get(column.name)) for column in candidate_table().columns}
    cells["extracted"] = codes_text(cells)
    cells["fingerprint"] = fingerprint(cells)
    return cells


def _clause_rows(
    text: str, extracted: Extracted | None, found: Extraction, every_clause: bool
) -> Iterator[dict[str, Any]]:
    if extracted is None:
        return
    segments = found.segments
    targets = _targets(found.quantities)
    sentences = _sentences(extracted)
    cues = extracted_words()
    verbs = extracted.wording.verb
    phrases = extracted.phrase_start, extracted.phrase_end
    wanted = (segments["role"] == "commitment").to_numpy()
    if every_clause:
        wanted = wanted | segments["part"].isin(["plan", "outlook", "close"]).to_numpy()
    number = 0
    for place in np.flatnonzero(wanted).tolist():
        segment = segments.iloc[place]
        start, end = int(segment["start"]), int(segment["end"])
        common = {
            "kind": "commitment",
            "quote": shortened(text[start:end], LONGEST_QUOTE),
            "context": around(text, sentences[place], (start, end)),
            "verb": cues[int(verbs[place])] if verbs[place] >= 0 else None,
            "segment_no": place + 1,
            "section_no": int(segment["section_no"]) or None,
            "span_sha1": span_sha1(text, start, end),
            "is_striving": bool(segment["is_striving"]) if segment["role"] == "commitment" else None,
        }
        copied = ("role", "rule", "cue", "part", "type", "domain", "verb_force", "strength", "stage", "testable")
        common |= {
            name: segment[name] for name in (*copied, "paragraph_no", "sentence_no", "clause_no", "start", "end")
        }
        for quantity in targets.get(place, [None]):
            number += 1
            yield common | {"candidate_id": f"K{number:04}"} | _number(text, quantity, phrases)


def extracted_words() -> list[str]:
    """Return the verbs and cues by their place in the lexicon; 发挥…作用 under its whole name."""
    cues = lexicons().cues
    return [cues.verb_named.get(word, word) for word in cues.lexicon.words]


def _targets(quantities: pd.DataFrame) -> dict[int, list[Any]]:
    """Return the promised numbers of each clause."""
    promised = quantities[quantities["is_target"] | quantities["is_multi_year"]]
    out: dict[int, list[Any]] = {}
    for row in promised.itertuples():
        if math.isfinite(row.value) and abs(row.value) < LARGEST:
            out.setdefault(int(row.segment), []).append(row)
    return out


def _number(text: str, quantity: Any, phrases: tuple[np.ndarray, np.ndarray]) -> dict[str, Any]:
    if quantity is None:
        return {}
    from_, to = (int(column[quantity.Index]) for column in phrases)
    known = from_ >= 0
    return {
        "value": rounded(quantity.value),
        "value_max": rounded(quantity.value_max),
        "unit": quantity.unit,
        "comparator": quantity.comparator,
        "is_multi_year": bool(quantity.is_multi_year),
        "indicator": shortened(text[from_:to], 60) if known else None,
        "indicator_start": from_ if known else None,
        "indicator_end": to if known else None,
        "number_start": int(quantity.start),
        "number_end": int(quantity.end),
        "number_sha1": span_sha1(text, int(quantity.start), int(quantity.end)),
    }


def _headline_rows(text: str, found: Extraction) -> Iterator[dict[str, Any]]:
    segments = found.segments
    starts, ends = segments["start"].to_numpy(), segments["end"].to_numpy()
    for number, one in enumerate(found.headline.itertuples(), 1):
        row = {
            "candidate_id": f"H{number:04}",
            "kind": "headline",
            "headline_id": one.indicator_id,
            "status": one.status,
            "value": rounded(one.value),
            "value_max": rounded(one.value_max),
            "unit": one.unit,
            "comparator": one.comparator,
            "is_stretch": bool(one.is_stretch),
            "variant": one.variant,
        }
        if not pd.isna(one.start):
            start, end = int(one.start), int(one.end)
            clause = int(np.searchsorted(starts, start, side="right")) - 1
            row |= {
                "start": start,
                "end": end,
                "quote": shortened(text[start:end], LONGEST_QUOTE),
                "context": around(text, (int(starts[clause]), max(int(ends[clause]), end)), (start, end)),
                "span_sha1": span_sha1(text, start, end),
            }
        yield row


def _sentences(extracted: Extracted) -> list[tuple[int, int]]:
    """Return for each clause where its sentence begins and ends."""
    clauses, sentence = extracted.found.clauses, extracted.found.sentence
    first = np.flatnonzero(np.concatenate(([True], sentence[1:] != sentence[:-1])))
    last = np.append(first[1:], len(sentence)) - 1
    return list(zip(clauses.start[first][sentence].tolist(), clauses.end[last][sentence].tolist(), strict=True))


def shortened(words: str, longest: int) -> str:
    """Return text cut to a length, with … where something is missing.

    Examples
    --------
    >>> shortened("甲乙丙丁", 3)
    '甲乙…'
    """
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def around(text: str, whole: tuple[int, int], inner: tuple[int, int]) -> str:
    """Return the words around a span within a longer one, with … where the longer one goes on.

    Examples
    --------
    >>> around("甲" * 200 + "乙。", (0, 202), (200, 202)) == "…" + "甲" * 59 + "乙。"
    True
    """
    room = max(LONGEST_CONTEXT - (inner[1] - inner[0]), 0) // 2
    start, end = max(whole[0], inner[0] - room), min(whole[1], inner[1] + room)
    words = ("…" if start > whole[0] else "") + text[start:end] + ("…" if end < whole[1] else "")
    return shortened(words, LONGEST_CONTEXT + 2)


def rounded(number: Any) -> float | None:
    """Return a number with as many digits as a workbook keeps, None where there is none.

    Examples
    --------
    >>> rounded(0.1 + 0.2), rounded(float("nan"))
    (0.3, None)
    """
    if number is None or pd.isna(number) or not math.isfinite(number):
        return None
    return float(f"{float(number):.{_EXACT}g}")


class _Confidence:
    """Looks up how often like candidates agreed with the coding by hand."""

    def __init__(self) -> None:
        table = load_table("extraction_confidence")
        keys = zip(table["group"].astype(str), table["code"], strict=True)
        self.measured = dict(zip(keys, zip(table["agreed"], table["cases"], strict=True), strict=True))

    def of(self, row: dict[str, Any]) -> dict[str, Any]:
        if row.get("role") not in {None, "commitment"}:
            return {}
        agreed, cases = self.measured.get(group_of(row), (0, 0))
        level = confidence_level(int(agreed), int(cases))
        share = rounded(round(100 * agreed / cases, 1)) if cases else None
        return {"confidence": level, "agreed_pct": share, "agreed_of": int(cases)}


def group_of(row: dict[str, Any]) -> tuple[str, str]:
    """Return the group of like candidates that a row belongs to: by type, by comparator, by way of setting.

    Examples
    --------
    >>> group_of({"kind": "commitment", "type": "event"})
    ('type', 'event')
    """
    if row["kind"] == "headline":
        return "status", str(row["status"])
    if row.get("value") is None:
        return "type", str(row["type"])
    return "comparator", "multi_year" if row["is_multi_year"] else str(row["comparator"])


def confidence_level(agreed: int, cases: int) -> str:
    """Return high, medium or low by the lower end of the 95 % interval (Wilson) of a share.

    Few cases give a wide interval, so that a group that was hardly measured is low.

    Examples
    --------
    >>> confidence_level(97, 100), confidence_level(85, 100), confidence_level(4, 4), confidence_level(0, 0)
    ('high', 'medium', 'low', 'low')
    """
    if not cases:
        return "low"
    z = 1.959964
    share = agreed / cases
    middle = share + z * z / (2 * cases)
    spread = z * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    low = (middle - spread) / (1 + z * z / cases)
    return "high" if low >= 0.9 else "medium" if low >= 0.75 else "low"
