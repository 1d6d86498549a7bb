"""One indicator through the years: targets and results, never joined across a break."""

import pandas as pd

from panjin_analysis.errors import DataError
from panjin_analysis.load import load_indicators, load_observations, load_table, load_targets

_COLUMNS = ["refers_to_year", "kind", "value", "comparator", "status", "report_id", "observation_id", "series"]


def history(indicator_id: str) -> pd.DataFrame:
    """Return every target and result of one indicator, year by year.

    Years on both sides of a break carry another ``series``; a line may join rows of
    one series only, and targets and results are two lines.

    Parameters
    ----------
    indicator_id
        An id of ``load_indicators()``.

    Returns
    -------
    pandas.DataFrame
        One row a fact, by ``refers_to_year``: ``kind`` is target or result, ``value`` in
        the indicator's ``unit``, ``status`` tells an estimate, ``series`` counts from 1.
        A target of 2024 has its ``target_id`` as ``observation_id``.

    Raises
    ------
    DataError
        If the indicator is not in the registry.

    Examples
    --------
    >>> shares = history("inclusive_kindergarten_share")
    >>> shares[["refers_to_year", "kind", "value"]].values.tolist()[1:4]
    [[2022, 'result', 85.0], [2024, 'target', 90.0], [2024, 'result', 90.6]]
    """
    registered = load_indicators().set_index("indicator_id")
    if indicator_id not in registered.index:
        raise DataError("unknown_reference", where="history", expected="indicators", found=indicator_id)
    facts = pd.concat([_observed(indicator_id), _targets(indicator_id)], ignore_index=True)
    order = facts["kind"].map({"target": 0, "result": 1})
    facts = facts.assign(order=order).sort_values(["refers_to_year", "order", "report_id"], kind="stable")
    facts["series"] = _series(facts["refers_to_year"], indicator_id)
    unit = str(registered.loc[indicator_id, "unit"])
    return facts[_COLUMNS].assign(indicator_id=indicator_id, unit=unit).reset_index(drop=True)


def add_previous(targets: pd.DataFrame) -> pd.DataFrame:
    """Add the latest earlier result and the latest earlier target of each indicator.

    Nothing is taken from beyond a break in the series: not comparable is missing. An
    indicator that no earlier report has stays missing too: not set is not zero.

    Parameters
    ----------
    targets
        Rows of ``load_targets()``.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with ``previous_result``,
        ``previous_result_year``, ``previous_target`` and ``previous_target_year``;
        values in ``unit``.

    Examples
    --------
    >>> row = add_previous(load_targets()).iloc[0]
    >>> row["previous_result"], row["previous_result_year"]
    (np.float64(85.0), np.int64(2022))
    """
    out = targets.copy()
    for kind in ("result", "target"):
        found = [_nearest(row, kind, earlier=True) for row in targets.itertuples()]
        out[f"previous_{kind}"] = pd.array([fact["value"] for fact in found], dtype="Float64")
        out[f"previous_{kind}_year"] = pd.array([fact["refers_to_year"] for fact in found], dtype="Int64")
    return out


def add_result(targets: pd.DataFrame) -> pd.DataFrame:
    """Add what the next report says was reached, and how comparable it is.

    A result on another measure is no result of this target and stays missing.

    Parameters
    ----------
    targets
        Rows of ``load_targets()``.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with ``result`` in ``unit``,
        ``result_comparator``, ``result_status``, ``result_id`` and ``comparability``.

    Examples
    --------
    >>> add_result(load_targets())["result"].tolist()[:2]
    [90.6, 504.0]
    """
    links = load_table("links")
    links = links[links["code"] == "evidence"][["commitment_id", "observation_id", "comparability"]]
    observed = load_observations().query("kind == 'result'")
    columns = {"value": "result", "comparator": "result_comparator", "status": "result_status"}
    results = links.merge(observed, on="observation_id", validate="many_to_one").rename(columns=columns)
    results = results.rename(columns={"observation_id": "result_id"})
    keys = ["commitment_id", "indicator_id"]
    results = results[[*keys, *columns.values(), "result_id", "comparability"]].dropna(subset="indicator_id")
    return targets.merge(results, on=keys, how="left", validate="one_to_one").set_axis(targets.index)


def add_next(targets: pd.DataFrame) -> pd.DataFrame:
    """Add the target that the next report sets for each indicator.

    Parameters
    ----------
    targets
        Rows of ``load_targets()``.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with ``next_target`` in ``unit`` and
        ``next_target_year``; missing where the next report sets none.

    Examples
    --------
    >>> add_next(load_targets())["next_target"].tolist()[0]
    91.0
    """
    found = [_nearest(row, "target", earlier=False) for row in targets.itertuples()]
    return targets.assign(
        next_target=pd.array([fact["value"] for fact in found], dtype="Float64"),
        next_target_year=pd.array([fact["refers_to_year"] for fact in found], dtype="Int64"),
    )


def targets_compared(targets: pd.DataFrame) -> pd.DataFrame:
    """Set each target beside the earlier value, the result and the next target, target = 100.

    The earlier value is the latest result, or where there is none the latest target. A
    target of zero has no index but where the result is zero too, which is 100.

    Parameters
    ----------
    targets
        Rows of ``load_targets()``.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with the columns of ``add_previous``,
        ``add_result`` and ``add_next``, then ``previous``, ``previous_year``,
        ``previous_index``, ``result_index``, ``next_index``, ``name_zh`` and ``name_en``,
        and the observations behind them: ``previous_id`` and ``next_id``.

    Examples
    --------
    >>> targets_compared(load_targets())["result_index"].round().tolist()[:2]
    [101.0, 159.0]
    """
    rows = add_next(add_result(add_previous(targets)))
    is_result = rows["previous_result"].notna()
    rows["previous"] = rows["previous_result"].where(is_result, rows["previous_target"])
    rows["previous_year"] = rows["previous_result_year"].where(is_result, rows["previous_target_year"])
    for column, value in {"previous_index": "previous", "result_index": "result", "next_index": "next_target"}.items():
        index = 100 * rows[value] / rows["value"].where(rows["value"] != 0)
        both_zero = (rows["value"] == 0) & (rows[value] == 0)
        rows[column] = index.mask(both_zero.fillna(False), 100.0).astype("Float64")
    names = load_indicators().set_index("indicator_id")
    rows = rows.assign(**{name: rows["indicator_id"].map(names[name]) for name in ("name_zh", "name_en")})
    kinds = is_result.map({True: "result", False: "target"})
    before = [_nearest(row, kind, earlier=True) for row, kind in zip(targets.itertuples(), kinds, strict=True)]
    after = [_nearest(row, "target", earlier=False) for row in targets.itertuples()]
    ids = {"previous_id": before, "next_id": after}
    return rows.assign(
        **{name: pd.array([fact["observation_id"] for fact in facts], dtype="str") for name, facts in ids.items()}
    )


def histories(indicator_ids: list[str] | None = None) -> pd.DataFrame:
    """Return the histories of several indicators under each other, with their names.

    Parameters
    ----------
    indicator_ids
        By default those of the commitments' domains that have both targets and results,
        in at least three years, and moved: there a chart can show how ambitious targets are.

    Returns
    -------
    pandas.DataFrame
        Rows of ``history``, with ``name_zh`` and ``name_en``.

    Examples
    --------
    >>> histories(["urban_new_jobs"])["name_en"].iloc[0]
    'New urban jobs'
    """
    registered = load_indicators().set_index("indicator_id")
    domains = load_table("commitments")["domain"].astype("str").unique()
    near = registered.index[registered["domain"].astype("str").isin(domains)]
    chosen = _telling(list(near)) if indicator_ids is None else [history(i) for i in indicator_ids]
    facts = pd.concat(chosen, ignore_index=True)
    return facts.assign(**{name: facts["indicator_id"].map(registered[name]) for name in ("name_zh", "name_en")})


def _telling(indicator_ids: list[str]) -> list[pd.DataFrame]:
    candidates = [history(indicator_id) for indicator_id in indicator_ids]
    return [
        facts
        for facts in candidates
        if facts["kind"].nunique() == 2
        and facts["refers_to_year"].nunique() >= 3
        and facts["value"].min() < facts["value"].max()
    ]


def _observed(indicator_id: str) -> pd.DataFrame:
    facts = load_observations()
    facts = facts[(facts["indicator_id"] == indicator_id) & facts["report_id"].notna()]
    columns = [name for name in _COLUMNS if name != "series"]
    return facts[columns].astype({"kind": "str", "comparator": "str", "status": "str"})


def _targets(indicator_id: str) -> pd.DataFrame:
    """Return the targets of the coded report in the shape of observations."""
    targets = load_targets()
    targets = targets[targets["indicator_id"] == indicator_id]
    report = load_table("commitments").set_index("commitment_id")["report_id"]
    return pd.DataFrame(
        {
            "refers_to_year": targets["period_end"].dt.year.astype("Int64"),
            "kind": "target",
            "value": targets["value"],
            "comparator": targets["comparator"].astype("str"),
            "status": pd.Series(pd.NA, index=targets.index, dtype="str"),
            "report_id": targets["commitment_id"].map(report),
            "observation_id": targets["target_id"],
        }
    )


def _series(years: pd.Series, indicator_id: str) -> pd.Series:
    breaks = load_table("breaks")
    from_years = breaks.loc[breaks["indicator_id"] == indicator_id, "from_year"]
    return years.map(lambda year: 1 + int((from_years <= year).sum())).astype("Int64")


def _nearest(target, kind: str, *, earlier: bool) -> pd.Series:
    """Return the nearest fact of one kind before or after a target, in the same series."""
    facts = history(target.indicator_id)
    year = target.period_end.year
    series = facts.loc[facts["refers_to_year"] == year, "series"].iloc[0]
    same = facts[(facts["kind"] == kind) & (facts["series"] == series)]
    side = same[same["refers_to_year"] < year] if earlier else same[same["refers_to_year"] > year]
    if side.empty:
        return pd.Series({"value": pd.NA, "refers_to_year": pd.NA, "observation_id": pd.NA})
    return side.iloc[-1 if earlier else 0]
