"""What came of the commitments, by written rules, and how far the answer hangs on choices."""

import functools
import itertools
from datetime import date

import pandas as pd

from panjin_analysis.errors import DataError
from panjin_analysis.load import load_tables
from panjin_analysis.load.store import tables_stamp
from panjin_analysis.rules import RATED, REACHED, STANDARD, Choices, assess

UNITS, BASES = ("commitment", "clause", "domain"), ("testable", "with_evidence")


def fulfilment(as_of: str | pd.Timestamp = "2025-01-08", choices: Choices = STANDARD) -> pd.DataFrame:
    """Rate every commitment on what was known on a day.

    No evidence is not "not met": the report may say nothing of work that was done.

    Parameters
    ----------
    as_of
        Evidence from reports delivered later does not count. The default is the day of
        the 2025 report.
    choices
        The decisions a careful reader could take otherwise.

    Returns
    -------
    pandas.DataFrame
        One row a commitment, in their order: labels, ``domain``, ``testable``, then
        ``as_of``, ``code``, ``rule_id``, ``evidence_ids``, ``comparability``, ``is_estimate``.

    Examples
    --------
    >>> rated = fulfilment().set_index("commitment_id")
    >>> rated.loc["PJ-2024-C003", "code"], rated.loc["PJ-2024-C003", "rule_id"]
    ('exceeded', 'R1')
    >>> fulfilment("2024-06-30")["code"].isin(["not_due", "not_assessable"]).all()
    np.True_
    """
    return _rated(load_tables(), _day(as_of), choices)


def _day(as_of: object) -> pd.Timestamp:
    """Return a day, from a date or the words of one; a bare number is no day."""
    try:
        if isinstance(as_of, str | pd.Timestamp | date):
            return pd.Timestamp(as_of)
    except ValueError:
        pass
    raise DataError("bad_value", where="as_of", expected="2024-12-31", found=as_of)


def _rated(tables: dict[str, pd.DataFrame], as_of: pd.Timestamp, choices: Choices) -> pd.DataFrame:
    rated = assess(tables, as_of, choices)
    stored = tables["assessments"]
    rated = rated.astype({"code": stored["code"].dtype, "rule_id": stored["rule_id"].dtype})
    rated = rated.astype({"comparability": stored["comparability"].dtype})
    columns = ["commitment_id", "label_zh", "label_en", "domain", "testable"]
    return tables["commitments"][columns].merge(rated, on="commitment_id", validate="one_to_one")


def count_fulfilment(rated: pd.DataFrame) -> pd.DataFrame:
    """Count commitments by domain and fulfilment code, unseen results and untestable ones included.

    Parameters
    ----------
    rated
        Rows of ``fulfilment()``.

    Returns
    -------
    pandas.DataFrame
        One row per domain and code that occurs: ``domain``, ``code``, ``count``,
        ``estimates`` (how many rest on one), ``total`` and ``share_pct`` of the domain.

    Examples
    --------
    >>> int(count_fulfilment(fulfilment())["count"].sum())
    133
    """
    codes = rated.assign(
        domain=rated["domain"].cat.remove_unused_categories(), code=rated["code"].cat.remove_unused_categories()
    )
    groups = codes.groupby(["domain", "code"], observed=False)
    out = groups.agg(count=("commitment_id", "size"), estimates=("is_estimate", "sum")).reset_index()
    total = out.groupby("domain", observed=False)["count"].transform("sum")
    return out.assign(total=total, share_pct=100 * out["count"] / total)


def fulfilment_range(as_of: str | pd.Timestamp = "2025-01-08") -> pd.DataFrame:
    """Rate under every defensible choice, and give the share that was reached each time.

    Varied: the tolerance for 左右, estimates accepted or not, late counted or not, near
    evidence accepted or not, reported progress counted as reached or not, what is counted
    (commitments, clauses, or domains with equal weight), and out of what (all that can be
    tested, or all with evidence).

    Returns
    -------
    pandas.DataFrame
        One row per combination: the choices, ``unit``, ``base``, ``reached``, ``counted`` and
        ``reached_pct``, which is missing where nothing is counted; then the commitments behind
        both numbers, joined by ``|``: ``reached_ids`` and ``counted_ids``.

    Examples
    --------
    >>> ranged = fulfilment_range()
    >>> ranged["reached_pct"].min() < ranged["reached_pct"].max()
    np.True_
    """
    return _every_choice(_day(as_of), tables_stamp()).copy()


@functools.lru_cache(maxsize=4)
def _every_choice(as_of: pd.Timestamp, _stamp: tuple) -> pd.DataFrame:
    tables = load_tables()
    segments = tables["commitments"].set_index("commitment_id")["segment_id"]
    rows = []
    for tolerance, estimate, late, near in itertools.product(
        (0.0, 5.0, 10.0), (True, False), (True, False), (True, False)
    ):
        choices = Choices(tolerance_pct=tolerance, accept_estimate=estimate, count_late=late, accept_near=near)
        rated = _rated(tables, as_of, choices)
        rated = rated.assign(clause=rated["commitment_id"].map(segments))
        for progress, unit, base in itertools.product((True, False), UNITS, BASES):
            chosen = {**vars(choices), "count_progress": progress, "unit": unit, "base": base}
            rows.append({**chosen, **_reached(rated, unit, base, count_progress=progress)})
    return pd.DataFrame(rows)


def _reached(rated: pd.DataFrame, unit: str, base: str, *, count_progress: bool) -> dict[str, object]:
    """Count what was reached among what can be said to have been reached or not."""
    counted = rated[rated["code"].isin(RATED if base == "with_evidence" else (*RATED, "no_evidence"))]
    reached = counted["code"].isin((*REACHED, "progress") if count_progress else REACHED)
    ids = counted["commitment_id"]
    receipt = {"reached_ids": "|".join(ids[reached]) or pd.NA, "counted_ids": "|".join(ids) or pd.NA}
    if unit == "clause":  # a clause with two commitments is reached when both are
        reached = reached.groupby(counted["clause"]).all()
    number, total = int(reached.sum()), len(reached)
    share = 100 * number / total if total else pd.NA
    if unit == "domain" and total:
        share = 100 * reached.groupby(counted["domain"].astype("str")).mean().mean()
    return {"reached": number, "counted": total, "reached_pct": share, **receipt}
