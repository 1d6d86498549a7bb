"""The numbers on the sheet of a brief as one frame, each with what qualifies it and the rows behind it."""

import pandas as pd

from panjin_analysis.brief.facts import Brief, measured
from panjin_analysis.compare.continuity import CODED_YEAR
from panjin_analysis.load import load_observations
from panjin_analysis.tables import add_ids

COUNTED = "commitment"  # the unit of what is counted
COLUMNS = [
    *("panel", "item", "detail", "number", "unit", "year", "comparator", "status", "comparability", "estimates", "ids"),
]
# Each number of a target, and the column with the id of its observation.
_OBSERVED = {"previous": "previous_id", "result": "result_id", "next_target": "next_id"}


def page_table(field: Brief) -> pd.DataFrame:
    """Return the numbers on the sheet, one a row.

    Returns
    -------
    pandas.DataFrame
        ``panel``, ``item`` (code or id), ``detail`` (part, step or column), ``number`` and ``unit``;
        a number that does not exist is missing. Numbers of targets have the ``year`` they are of,
        ``comparator``, ``status`` and ``comparability``; outcomes have ``estimates``, how many rest on
        one. ``ids`` are those of the rows behind it, joined by ``|``: commitments, or the
        target or the observation that has the number.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> page_table(brief("education")).query("panel == 'targets'")["year"].tolist()
    [2022, 2024, 2024, 2025]
    """
    parts = [_counts(field), _strength(field), _types(field), _outcome(field), *_targets(field), _changes(field)]
    gaps = field.gaps.assign(panel="gaps", item=field.gaps["commitment_id"], number=1, ids=field.gaps["commitment_id"])
    rows = [row for part in [*parts, gaps] for row in part.reindex(columns=COLUMNS).to_dict("records")]
    codes = dict.fromkeys(["panel", "item", "detail", "unit", "comparator", "status", "comparability", "ids"], "str")
    kinds = {**codes, "number": "Float64", "year": "Int64", "estimates": "Int64"}
    return pd.DataFrame(rows, columns=COLUMNS).astype(kinds).fillna({"detail": "", "unit": COUNTED})


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers as a file has them: whole ones without a decimal point.

    Examples
    --------
    >>> printed(pd.DataFrame({"number": pd.array([4, 90.6, None], "Float64")}))["number"].tolist()
    [4, 90.6, None]
    """
    plain = [None if pd.isna(one) else int(one) if float(one).is_integer() else float(one) for one in table["number"]]
    return table.assign(number=pd.Series(plain, index=table.index, dtype="object"))


def _counts(field: Brief) -> pd.DataFrame:
    ids = {
        name: _joined(field.commitments.loc[rows, "commitment_id"])
        for name, rows in measured(field.commitments).items()
    }
    table = field.counts.assign(ids=field.counts["measure"].map(ids))
    return table.assign(panel="counts").rename(columns={"measure": "item", "count": "number"})


def _strength(field: Brief) -> pd.DataFrame:
    names = {"strength": "item", "part": "detail", "count": "number", "commitment_ids": "ids"}
    return field.strength.rename(columns=names).assign(panel="strength")


def _types(field: Brief) -> pd.DataFrame:
    table = add_ids(field.types, field.commitments, ["type"], "commitment_id").assign(panel="types")
    return table.rename(columns={"type": "item", "count": "number", "commitment_ids": "ids"})


def _outcome(field: Brief) -> pd.DataFrame:
    table = add_ids(field.outcome, field.commitments, ["code"], "commitment_id").assign(panel="outcome")
    return table.rename(columns={"code": "item", "count": "number", "commitment_ids": "ids"})


def _targets(field: Brief) -> list[pd.DataFrame]:
    """Return the numbers of each target, which keep together: the earlier one, its own, the result, the next."""
    observed = load_observations().set_index("observation_id")[["refers_to_year", "comparator", "status"]]
    observed = observed.rename(columns={"refers_to_year": "year"}).astype({"comparator": "str", "status": "str"})
    rows = []
    for target in field.targets.to_dict("records"):
        common = {"panel": "targets", "item": target["target_id"], "unit": target["unit"]}
        for detail in ("previous", "value", "result", "next_target"):
            row = {**common, "detail": detail, "number": target[detail]}
            if detail == "value":
                row |= {"year": CODED_YEAR, "comparator": target["comparator"], "ids": target["target_id"]}
            elif pd.notna(source := target[_OBSERVED[detail]]):
                row |= {**observed.loc[source].to_dict(), "ids": source}
            if detail == "result":
                row |= {"status": target["result_status"], "comparability": target["comparability"]}
            rows.append(row)
    return [pd.DataFrame(rows)] if rows else []


def _changes(field: Brief) -> pd.DataFrame:
    rows = field.changes.assign(item=field.changes["code"].astype("str"), detail=field.changes["step"])
    groups = rows.dropna(subset="code").groupby(["item", "detail"], sort=False)["commitment_id"]
    return groups.agg(number="size", ids=_joined).reset_index().assign(panel="changes")


def _joined(ids: pd.Series) -> object:
    return "|".join(ids) or pd.NA
