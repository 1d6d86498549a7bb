"""Inter-coder agreement: how far two independent passes gave the same codes.

Krippendorff's alpha corrects for the agreement that chance alone would give. The
interval resamples units; with codes this rare it is wide where it should be.
"""

from typing import Any

import krippendorff
import numpy as np
import pandas as pd

from panjin_analysis.load import codebook, data_dir, load_table, load_vocabulary, read_package

UNIT = ["segment_id", "unit_part"]


def load_codings(path=None) -> pd.DataFrame:
    """Load what each pass coded: one row a code that one pass gave to one field of one unit.

    Examples
    --------
    >>> load_codings()["coding_pass"].unique().tolist()
    ['A', 'B']
    """
    return load_table("codings", path)


def agreement(codings: pd.DataFrame, *, resamples: int = 1000, seed: int = 2024) -> pd.DataFrame:
    """Measure the agreement of two passes, field by field and round by round.

    A field is ordinal where its list is ordered and always applies, else nominal;
    "does not apply" then counts as a code of its own.

    Parameters
    ----------
    codings
        Rows of ``load_codings()``.
    resamples, seed
        Bootstrap samples of units behind the 95 % interval, and where they begin.

    Returns
    -------
    pandas.DataFrame
        One row per ``field`` and ``round``: ``level``, ``units``, ``codes_used``,
        ``same_pct``, ``alpha``, ``alpha_low``, ``alpha_high``. Alpha is missing where
        both passes used one and the same code throughout.

    Examples
    --------
    >>> codings = load_codings()
    >>> roles = agreement(codings[codings["field"] == "role"], resamples=100)
    >>> roles["units"].tolist()
    [158]
    """
    rows = [
        {"field": field, "round": number, **_measure(str(field), codes, resamples, seed)}
        for (field, number), codes in codings.groupby(["field", "round"], sort=False)
    ]
    return pd.DataFrame(rows).astype({"round": "Int64"})


def disagreements(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the units that two passes coded differently, with both codes.

    Returns
    -------
    pandas.DataFrame
        ``round``, ``segment_id``, ``unit_part``, ``field``, ``code_a`` and ``code_b``.

    Examples
    --------
    >>> sorted(disagreements(load_codings())["round"].unique().tolist())
    [1, 2]
    """
    wide = codings.pivot(index=["round", *UNIT, "field"], columns="coding_pass", values="code").reset_index()
    wide = wide.rename(columns={"A": "code_a", "B": "code_b"}).rename_axis(columns=None)
    return wide[wide["code_a"] != wide["code_b"]].reset_index(drop=True)


def settled(codings: pd.DataFrame, adjudications: pd.DataFrame) -> pd.DataFrame:
    """Return the code that stands for each unit and field: agreed in the last round, or adjudicated.

    Returns
    -------
    pandas.DataFrame
        ``segment_id``, ``unit_part``, ``field`` and ``code``; missing where the passes
        differ and nobody has decided, which the tests do not allow.
    """
    keys = [*UNIT, "field"]
    last = codings[codings["round"] == codings.groupby(keys)["round"].transform("max")]
    wide = last.pivot(index=keys, columns="coding_pass", values="code").reset_index()
    wide = wide.rename_axis(columns=None).assign(agreed=wide["A"].where(wide["A"] == wide["B"]))
    out = wide.merge(adjudications[[*keys, "code"]], on=keys, how="left", validate="one_to_one")
    return out.assign(code=out["code"].fillna(out["agreed"]))[[*keys, "code"]]


def _measure(field: str, codes: pd.DataFrame, resamples: int, seed: int) -> dict[str, object]:
    wide = codes.pivot(index=UNIT, columns="coding_pass", values="code").reindex(columns=["A", "B"])
    order = _order(field, set(codes["code"]))
    numbers = wide.apply(lambda column: column.map(order.index, na_action="ignore")).to_numpy(dtype=float).T
    level = "ordinal" if _is_ordinal(field, order) else "nominal"
    generator = np.random.default_rng(seed)
    drawn = generator.integers(0, numbers.shape[1], size=(resamples, numbers.shape[1]))
    alphas = [_alpha(numbers[:, sample], level) for sample in drawn]
    low, high = np.nanpercentile(alphas, [2.5, 97.5]) if not np.isnan(alphas).all() else (np.nan, np.nan)
    return {
        "level": level,
        "units": numbers.shape[1],
        "codes_used": len(set(codes["code"])),
        "same_pct": 100 * float((numbers[0] == numbers[1])[~np.isnan(numbers).any(axis=0)].mean()),
        "alpha": _alpha(numbers, level),
        "alpha_low": float(low),
        "alpha_high": float(high),
    }


def _alpha(numbers: np.ndarray, level: Any) -> float:
    paired = numbers[:, ~np.isnan(numbers).any(axis=0)]  # alpha rests on units that both passes coded
    if len(np.unique(paired)) < 2:
        return float("nan")
    if (numbers[0] == numbers[1]).all():  # 1 by definition; most resamples end here
        return 1.0
    return float(krippendorff.alpha(reliability_data=numbers, level_of_measurement=level))


def _vocabulary_of(field: str) -> str:
    columns = codebook()
    named = columns[(columns["column"] == field) & columns["table"].isin(["segments", "commitments"])]
    return str(named["vocabulary"].iloc[0]) if len(named) else ""


def _order(field: str, used: set[str]) -> list[str]:
    vocabulary = _vocabulary_of(field)
    known = load_vocabulary(vocabulary)["code"].tolist() if vocabulary else []
    return [*(code for code in known if code in used), *sorted(used.difference(known))]


def _is_ordinal(field: str, order: list[str]) -> bool:
    ordered = {v["name"] for v in read_package(data_dir())["vocabularies"] if v["ordered"]}
    return _vocabulary_of(field) in ordered and "na" not in order
