"""How far candidates agree with coding by hand: the table that a candidate's confidence comes from.

Measured on the third draw alone, which no rule was made with. ``write_confidence`` renews the table after the
rules of extraction have changed; a test says when it is out of date.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from panjin_analysis.extraction import extract
from panjin_analysis.files import write_whole
from panjin_analysis.load import data_dir, load_table
from panjin_analysis.review.candidates import group_of, rounded
from panjin_analysis.text.documents import read_text, text_sha256

GROUPS = ("type", "comparator", "status")


def measure_confidence(reports_dir: Path | str) -> pd.DataFrame:
    """Compare the candidates of the third draw with their coding by hand.

    Parameters
    ----------
    reports_dir
        A folder with the texts, searched with its subfolders; a text is known by its hash.

    Returns
    -------
    pandas.DataFrame
        One row a group of like candidates: ``group``, ``code``, ``cases``, ``agreed``.
    """
    outcomes: list[tuple[str, str, bool]] = []
    gold = {name: load_table(f"gold_{name}") for name in ("reports", "segments", "numbers", "headlines")}
    for document, path in _texts(gold["reports"], Path(reports_dir)).items():
        own = {
            name: frame[(frame["document"] == document) & ((frame["coder"] == "A") if "coder" in frame else True)]
            for name, frame in gold.items()
        }
        year = int(document.rsplit("/", 1)[-1][:4])  # 1964-part is a part of the report of 1964
        outcomes += _outcomes(read_text(path), year, own)
    frame = pd.DataFrame(outcomes, columns=["group", "code", "agreed"])
    counted = frame.groupby(["group", "code"])["agreed"].agg(["size", "sum"]).reset_index()
    counted.columns = pd.Index(["group", "code", "cases", "agreed"])
    order = counted["group"].map({name: place for place, name in enumerate(GROUPS)})
    return counted.assign(order=order).sort_values(["order", "code"]).drop(columns="order").reset_index(drop=True)


def write_confidence(reports_dir: Path | str) -> Path:
    """Renew the table from the texts; return its path."""
    csv = measure_confidence(reports_dir).to_csv(index=False, lineterminator="\n")
    return write_whole(data_dir() / "extraction_confidence.csv", csv.encode())


def _texts(reports: pd.DataFrame, folder: Path) -> dict[str, Path]:
    wanted = reports[reports["use"] == "third_draw"].set_index("document")["text_sha256"]
    out = {}
    for document, sha256 in wanted.items():
        for path in sorted(folder.rglob(f"{str(document).rsplit('/', 1)[-1]}.*")):
            if text_sha256(read_text(path)) == sha256:
                out[str(document)] = path
                break
    return out


def _outcomes(text: str, year: int, gold: dict[str, pd.DataFrame]) -> list[tuple[str, str, bool]]:
    found = extract(text, year)
    coded = gold["segments"].set_index("start")
    rows: list[tuple[str, str, bool]] = []
    committed = found.segments[(found.segments["role"] == "commitment") & found.segments["start"].isin(coded.index)]
    numbers = gold["numbers"].set_index("start")
    promises: dict[int, list[dict[str, Any]]] = {}
    for quantity in found.quantities.query("is_target or is_multi_year").to_dict("records"):
        promises.setdefault(quantity["segment"], []).append(quantity)
    for segment in committed.itertuples():
        promised = promises.get(segment.Index, [])
        if not promised:
            other = coded.loc[segment.start]
            same = str(other["role"]) == "commitment" and str(other["type"]) == str(segment.type)
            rows.append((*group_of({"kind": "commitment", "type": segment.type}), same))
        for quantity in promised:
            group = group_of({"kind": "commitment", **quantity})
            known = numbers.loc[quantity["start"]] if quantity["start"] in numbers.index else None
            rows.append((*group, known is not None and _same_number(quantity, known)))
    return rows + _headline_outcomes(found.headline, gold["headlines"])


def _same_number(quantity: dict[str, Any], known: pd.Series) -> bool:
    is_own = quantity["is_target"]
    right_year = bool(known["is_target"]) == is_own and (is_own or str(known["class"]) == "target")
    same = all(rounded(quantity[name]) == rounded(known[name]) for name in ("value", "value_max"))
    units = [None if pd.isna(one["unit"]) else str(one["unit"]) for one in (quantity, known)]
    return right_year and same and units[0] == units[1] and str(quantity["comparator"]) == str(known["comparator"])


def _headline_outcomes(found: pd.DataFrame, gold: pd.DataFrame) -> list[tuple[str, str, bool]]:
    coded = gold.set_index("headline_id")
    rows = []
    for one in found[found["indicator_id"].isin(coded.index)].itertuples():
        other = coded.loc[one.indicator_id]
        same = str(one.status) == str(other["status"]) and rounded(one.value) == rounded(other["value"])
        rows.append((*group_of({"kind": "headline", "status": one.status}), same))
    return rows
