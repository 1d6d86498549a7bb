"""How well extraction does, beside coding by hand: the figures, and where it goes wrong.

Three yardsticks: the 2024 excerpt as it was coded for this project; paragraphs of other
reports drawn at random and coded before the extractor was looked at; and the headline
targets of whole reports. A third of the first draw and the second draw were not looked at before they
were first measured; the third draw was coded apart, and no rule was made with it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from panjin_analysis.errors import DataError
from panjin_analysis.extraction import Extraction, extract
from panjin_analysis.load import load_table, load_vocabulary
from panjin_analysis.quotes import report_text
from panjin_analysis.text.documents import read_text, text_sha256

QUANTITIES = ("target", "result", "other")
EXCERPT = "PJ-GWR-2024"
_COLUMNS = ["set", "measure", "found", "expected", "right", "precision", "recall", "f1", "kappa"]


def evaluate_extraction(reports_dir: Path | str) -> pd.DataFrame:
    """Measure the extractor against coding by hand.

    Parameters
    ----------
    reports_dir
        Folder with the report texts: those of the project, and the sample of other places
        that the tables ``gold_…`` speak of.

    Returns
    -------
    pandas.DataFrame
        One row per ``set`` (excerpt_2024, the uses of ``gold_use``, coders) and ``measure``. Quantities,
        targets and headline targets have counts with ``precision``, ``recall`` and ``f1``; roles
        and strength have ``expected`` (units compared), ``right`` and ``kappa`` (Cohen's). The set
        ``coders`` compares the two codings by hand.

    Raises
    ------
    DataError
        If a text is not there or is not the one that was coded.
    """
    folder = Path(reports_dir)
    rows = [*_of_excerpt(folder), *_of_gold(read_gold(folder)), *_of_coders()]
    return pd.DataFrame(rows).reindex(columns=_COLUMNS).convert_dtypes()


def number_classes(reports_dir: Path | str) -> pd.DataFrame:
    """Measure each class of number, over all reports of the gold.

    Returns
    -------
    pandas.DataFrame
        One row per ``set`` and class: as ``evaluate_extraction`` gives for quantities.

    Raises
    ------
    DataError
        As ``evaluate_extraction`` does.
    """
    numbers = _numbers(read_gold(Path(reports_dir)))
    rows = []
    for use, part in numbers.groupby("use", observed=True):
        for name in part["class"].cat.categories:
            expected, found = part["class"] == name, part["class_found"] == name
            if expected.any():
                rows.append(
                    _scores(str(use), str(name), int(found.sum()), int(expected.sum()), int((expected & found).sum()))
                )
    return pd.DataFrame(rows).reindex(columns=_COLUMNS[:-1]).convert_dtypes()


def mistakes(reports_dir: Path | str) -> pd.DataFrame:
    """Count what the extractor takes for what: classes of numbers, roles and strengths, on the development set.

    Returns
    -------
    pandas.DataFrame
        One row per ``field``, ``expected`` and ``found`` code, with its ``count``, most first.

    Raises
    ------
    DataError
        As ``evaluate_extraction`` does.
    """
    gold = read_gold(Path(reports_dir))
    clauses, numbers = _clauses(gold), _numbers(gold)
    pairs = [
        ("class", numbers, "class", "class_found"),
        ("role", clauses, "role", "role_found"),
        ("strength", clauses[clauses["both_commit"]], "strength", "strength_found"),
    ]
    rows = []
    for field, frame, expected, found in pairs:
        shown = frame[frame["use"] == "development"].astype({expected: str, found: str})
        wrong = shown[shown[expected] != shown[found]]
        counted = wrong.groupby([expected, found]).size().reset_index(name="count")
        rows.append(counted.set_axis(["expected", "found", "count"], axis=1).assign(field=field))
    out = pd.concat(rows)[["field", "expected", "found", "count"]]
    return out.sort_values(
        ["count", "field", "expected", "found"], ascending=[False, True, True, True], ignore_index=True
    )


class Gold:
    """The reports of the gold with their texts read and extracted, each once."""

    def __init__(self, folder: Path) -> None:
        self.reports = load_table("gold_reports").set_index("document")
        self._folder = folder
        self._read: dict[str, Extraction] = {}

    def extraction(self, document: str) -> Extraction:
        """Return what was found in a report, if its text is the one that was coded."""
        if document not in self._read:
            path = self._folder / "sample" / f"{document}.md"
            text = read_text(path)
            expected = self.reports.loc[document, "text_sha256"]
            if text_sha256(text) != expected:
                raise DataError("text_changed", where=path, expected=expected, found="another text")
            self._read[document] = extract(text)
        return self._read[document]


def read_gold(folder: Path) -> Gold:
    """Return the gold beside its texts.

    Raises
    ------
    DataError
        If there is no such folder.
    """
    if not folder.is_dir():
        raise DataError("no_report_folder", where=folder)
    return Gold(folder)


def _of_excerpt(folder: Path) -> Iterator[dict[str, object]]:
    found = extract(report_text(EXCERPT, folder), 2024)
    segments = load_table("segments").merge(found.segments, on=["start", "end"], suffixes=("", "_found"), how="left")
    yield _agreement("excerpt_2024", "role", segments["role"], segments["role_found"])
    commitments = load_table("commitments").drop_duplicates("segment_id").set_index("segment_id")
    both = segments[(segments["role"] == "commitment") & (segments["role_found"] == "commitment")]
    yield _agreement(
        "excerpt_2024", "strength", both["segment_id"].map(commitments["strength"].astype(str)), both["strength"]
    )
    units = load_vocabulary("unit").set_index("code")["label_zh"].str.split("（").str[0]
    targets = load_table("targets")
    zero = targets["comparator"] == "zero"
    expected = list(zip(targets["value"], targets["unit"].astype(str).map(units).where(~zero, ""), strict=True))
    shown = found.quantities[found.quantities["is_target"]]
    printed = list(zip(shown["value"], shown["unit"].astype(object).where(shown["unit"].notna(), ""), strict=True))
    right = len(expected) - len(_left(expected, printed))
    yield _scores("excerpt_2024", "target", len(printed), len(expected), right)


def _left(expected: list[tuple], found: list[tuple]) -> list[tuple]:
    """Return what is expected and not found; each found pair serves once."""
    found = list(found)
    missing = []
    for pair in expected:
        if pair in found:
            found.remove(pair)
        else:
            missing.append(pair)
    return missing


def _of_gold(gold: Gold) -> Iterator[dict[str, object]]:
    clauses, numbers, targets = _clauses(gold), _numbers(gold), _headlines(gold)
    for use in load_vocabulary("gold_use")["code"]:
        rows = numbers[numbers["use"] == use]
        expected, found = rows["class"].isin(QUANTITIES), rows["class_found"].isin(QUANTITIES)
        yield _scores(
            use, "literal", int(found.sum()), int(expected.sum()), int((expected & found & rows["same"]).sum())
        )
        expected, found = rows["is_target"], rows["is_target_found"]
        yield _scores(
            use, "target", int(found.sum()), int(expected.sum()), int((expected & found & rows["same"]).sum())
        )
        rows = targets[targets["use"] == use]
        expected, found = rows["status"] == "stated", rows["status_found"] == "stated"
        yield _scores(
            use, "headline", int(found.sum()), int(expected.sum()), int((expected & found & rows["same"]).sum())
        )
        rows = clauses[clauses["use"] == use]
        yield _agreement(use, "role", rows["role"], rows["role_found"])
        both = rows[rows["both_commit"]]
        for field in ("strength", "type", "domain", "testable"):
            yield _agreement(use, field, both[field], both[f"{field}_found"])


def _of_coders() -> Iterator[dict[str, object]]:
    segments = load_table("gold_segments")
    segments = segments.assign(strength=_strength(segments))
    first, second = (segments[segments["coder"] == coder] for coder in ("A", "B"))
    both = first.merge(second, on=["document", "start"], suffixes=("", "_b"), validate="one_to_one")
    yield _agreement("coders", "role", both["role"], both["role_b"])
    commit = both[(both["role"] == "commitment") & (both["role_b"] == "commitment")]
    for field in ("strength", "type", "domain", "testable"):
        yield _agreement("coders", field, commit[field], commit[f"{field}_b"])
    numbers = load_table("gold_numbers")
    first, second = (numbers[numbers["coder"] == coder] for coder in ("A", "B"))
    both = first.merge(second, on=["document", "start"], suffixes=("", "_b"), validate="one_to_one")
    yield _agreement("coders", "class", both["class"], both["class_b"])
    same = _equal(both["value"], both["value_b"]) & _equal(both["value_max"], both["value_max_b"])
    same &= both["unit"].astype(object).fillna("") == both["unit_b"].astype(object).fillna("")
    for measure, one, other in (
        ("literal", both["class"].isin(QUANTITIES), both["class_b"].isin(QUANTITIES)),
        ("target", both["is_target"].fillna(False).astype(bool), both["is_target_b"].fillna(False).astype(bool)),
    ):
        yield _scores("coders", measure, int(other.sum()), int(one.sum()), int((one & other & same).sum()))


def _strength(segments: pd.DataFrame) -> pd.Series:
    """Return the single view of wording, from force and striving."""
    force = segments["verb_force"].astype(object).replace("guarantee", "deliver")
    return force.mask(segments["is_striving"].fillna(False).astype(bool), "strive")


def _clauses(gold: Gold) -> pd.DataFrame:
    """Return the clauses of the gold beside what was found there."""
    coded = load_table("gold_segments").query("coder == 'A'")
    coded = coded.assign(strength=_strength(coded))
    found = [
        gold.extraction(str(document)).segments.assign(document=document) for document in coded["document"].unique()
    ]
    columns = ["document", "start", "role", "strength", "type", "domain", "testable"]
    both = coded.merge(
        _plain(found)[columns], on=["document", "start"], suffixes=("", "_found"), how="left", validate="one_to_one"
    )
    commit = (both["role"] == "commitment") & (both["role_found"] == "commitment")
    return both.assign(both_commit=commit, use=both["document"].map(gold.reports["use"].astype(str)))


def _plain(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Put frames under each other, codes as text."""
    return pd.concat([frame.astype(dict.fromkeys(frame.select_dtypes("category"), object)) for frame in frames])


def _numbers(gold: Gold) -> pd.DataFrame:
    """Return the numbers of the gold and those found in the same clauses, side by side."""
    coded = load_table("gold_numbers").query("coder == 'A' and `class` != 'joined'")
    clauses = load_table("gold_segments").query("coder == 'A'")
    found = []
    for document, starts in clauses.groupby("document")["start"]:
        extraction = gold.extraction(str(document))
        begins = extraction.segments["start"].take(extraction.quantities["segment"]).to_numpy()
        found.append(extraction.quantities[np.isin(begins, starts)].assign(document=document))
    columns = ["document", "start", "class", "value", "value_max", "unit", "is_target"]
    both = coded.merge(
        _plain(found)[columns], on=["document", "start"], suffixes=("", "_found"), how="outer", validate="one_to_one"
    )
    same = _equal(both["value"], both["value_found"]) & _equal(both["value_max"], both["value_max_found"])
    same &= both["unit"].astype(object).fillna("") == both["unit_found"].fillna("")
    names = sorted({*both["class"].dropna(), *both["class_found"].dropna()})
    return both.assign(
        same=same,
        is_target=both["is_target"].fillna(False).astype(bool),
        is_target_found=both["is_target_found"].fillna(False).astype(bool),
        use=both["document"].map(gold.reports["use"].astype(str)),
        **{"class": pd.Categorical(both["class"].astype(object), names)},
    )


def _headlines(gold: Gold) -> pd.DataFrame:
    coded = load_table("gold_headlines")
    found = [gold.extraction(str(name)).headline.assign(document=name) for name in coded["document"].unique()]
    found = [frame.rename(columns={"indicator_id": "headline_id"}) for frame in found]
    columns = ["document", "headline_id", "status", "value", "value_max", "comparator"]
    both = coded.merge(
        _plain(found)[columns], on=["document", "headline_id"], suffixes=("", "_found"), validate="one_to_one"
    )
    same = _equal(both["value"], both["value_found"]) & _equal(both["value_max"], both["value_max_found"])
    return both.assign(same=same, use=both["document"].map(gold.reports["use"].astype(str)))


def _equal(expected: pd.Series, found: pd.Series) -> pd.Series:
    expected, found = expected.astype(float), found.astype(float)
    near = (expected - found).abs() <= 1e-6 * expected.abs().clip(lower=1)
    return near | (expected.isna() & found.isna())


def _scores(name: str, measure: str, found: int, expected: int, right: int) -> dict[str, object]:
    precision = right / found if found else float("nan")
    recall = right / expected if expected else float("nan")
    f1 = 2 * right / (found + expected) if found + expected else float("nan")
    counts: Mapping[str, object] = {"found": found, "expected": expected, "right": right}
    return {"set": name, "measure": measure, **counts, "precision": precision, "recall": recall, "f1": f1}


def _agreement(name: str, measure: str, expected: pd.Series, found: pd.Series) -> dict[str, object]:
    """Return Cohen's kappa: agreement beyond what the codes' shares alone would give."""
    pairs = pd.DataFrame(
        {"expected": expected.astype(object).fillna("none"), "found": found.astype(object).fillna("none")}
    )
    same = pairs["expected"] == pairs["found"]
    shares = (pairs[side].value_counts(normalize=True) for side in ("expected", "found"))
    chance = float(next(shares).mul(next(shares), fill_value=0).sum())
    kappa = (float(same.mean()) - chance) / (1 - chance) if chance < 1 else float("nan")
    return {"set": name, "measure": measure, "expected": len(pairs), "right": int(same.sum()), "kappa": kappa}
