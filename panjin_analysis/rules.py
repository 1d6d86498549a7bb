"""The written rules of comparison: how an actual value or stage is set against a promise.

Pure functions over frames that the caller has loaded; nothing here opens a file.
A rule never guesses: what no report says is ``no_evidence``, never ``not_met``.
"""

from dataclasses import dataclass

import pandas as pd

Tables = dict[str, pd.DataFrame]

STAGES = ("plan", "preparation", "launch", "works_started", "under_way", "built", "accepted", "in_use")
TITLE_STAGES = ("apply", "bid", "create", "won", "keep")
# Codes that say it was reached, and all that say whether it was.
REACHED = ("exceeded", "met", "met_late")
RATED = (*REACHED, "progress", "partly_met", "not_met")
# Codes of a link that has no other side, and those that only a full reading allows.
WITHOUT_OTHER_SIDE = ("new", "dropped_done", "dropped_explained", "dropped_silent", "not_assessable", "no_evidence")
NEEDS_FULL_READING = ("new", "dropped_done", "dropped_explained", "dropped_silent")
ASSESSMENT = ["commitment_id", "as_of", "code", "rule_id", "evidence_ids", "comparability", "is_estimate"]
PRO_RATA = {"increment", "cumulative", "count_of_projects"}  # sums over the year
# Which comparators agree with how a number binds.
BINDS = {
    "floor": {"ge", "gt"},
    "ceiling": {"le", "lt"},
    "point": {"eq"},
    "range": {"range"},
    "around": {"approx"},
    "absolute": {"all", "zero"},
}
_LOWER_BOUND, _UPPER_BOUND = {"ge", "gt"}, {"le", "lt"}


@dataclass(frozen=True)
class Choices:
    """What a careful reader could decide otherwise; the defaults are the codebook's."""

    tolerance_pct: float = 5.0  # for 左右 where the report prints no tolerance
    accept_estimate: bool = True  # R9: an estimate may give met, starred until final
    count_late: bool = True  # R7: what came late still came
    accept_near: bool = True  # evidence on an overlapping object or population


STANDARD = Choices()


def rate_number(
    value: float,
    target: float,
    *,
    comparator: str,
    direction: str,
    kind: str,
    upper: float | None = None,
    value_comparator: str = "eq",
    tolerance_pct: float = Choices.tolerance_pct,
) -> tuple[str, str]:
    """Return the fulfilment code and the rule for a number.

    A result that is only bounded ("more than 300") rates a target if the bound does.

    Parameters
    ----------
    value, target, upper
        Result and target in one unit; ``upper`` is the upper end of a range.
    comparator, value_comparator
        How the target and the result are limited.
    direction, kind
        Desired direction and kind of quantity of the indicator.

    Examples
    --------
    >>> rate_number(504, 317, comparator="eq", direction="up", kind="cumulative")
    ('exceeded', 'R1')
    >>> rate_number(8, 10, comparator="eq", direction="up", kind="increment")
    ('partly_met', 'R1')
    >>> rate_number(96, 100, comparator="approx", direction="up", kind="level")
    ('met', 'R2')
    """
    rule = {"approx": "R2", "range": "R3"}.get(comparator, "R6" if kind == "growth_rate" else "R1")
    bounded = value_comparator in _LOWER_BOUND | _UPPER_BOUND
    helpful = _UPPER_BOUND if direction == "down" else _LOWER_BOUND
    if bounded and (direction == "hold" or value_comparator not in helpful):
        return "no_evidence", "R8"  # the bound says nothing on the side that counts
    short = _shortfall(value, target, comparator, direction, upper, tolerance_pct)
    if value_comparator == comparator and value == target:
        return "met", rule  # "more than 300" is what "more than 300" asks for
    if short > 0:
        if bounded:
            return "no_evidence", "R8"  # the value may be anywhere beyond its bound
        is_part = kind in PRO_RATA and direction == "up" and value > 0
        return ("partly_met" if is_part else "not_met"), rule
    beyond = short < 0 or (bounded and value_comparator in {"gt", "lt"})
    within = _within(value, target, comparator, upper, tolerance_pct)
    can_exceed = direction != "hold" and comparator not in {"all", "zero"}
    return ("exceeded" if beyond and can_exceed and not within else "met"), rule


def _shortfall(
    value: float, target: float, comparator: str, direction: str, upper: float | None, tolerance_pct: float
) -> float:
    """Return how far a value falls short of a target: positive is short, negative is beyond."""
    slack = abs(target) * tolerance_pct / 100 if comparator == "approx" else 0.0
    ceiling = upper if comparator == "range" and upper is not None else target
    if direction == "down":
        short = value - ceiling - slack
    elif direction == "hold":
        short = max(target - value, value - ceiling) - slack
    else:
        short = target - value - slack
    strict = comparator in {"gt", "lt"}
    return short if short or not strict else 1e-9  # "more than 7" is not reached at 7


def _within(value: float, target: float, comparator: str, upper: float | None, tolerance_pct: float) -> bool:
    """Tell whether a value lies inside a printed range or tolerance, which is met and no more."""
    if comparator == "range" and upper is not None:
        return target <= value <= upper
    return comparator == "approx" and abs(value - target) <= abs(target) * tolerance_pct / 100


def rate_stage(reached: str, promised: str) -> tuple[str, str]:
    """Return the fulfilment code and the rule for a stage: at least what was promised is met.

    Examples
    --------
    >>> rate_stage("in_use", "built"), rate_stage("under_way", "built"), rate_stage("plan", "built")
    (('met', 'R4'), ('partly_met', 'R4'), ('not_met', 'R4'))
    """
    if STAGES.index(reached) >= STAGES.index(promised):
        return "met", "R4"
    begun = STAGES.index(reached) >= STAGES.index("works_started")
    return ("partly_met" if begun else "not_met"), "R4"


def rate_progress(value: float, target: float, months: int, *, kind: str) -> tuple[str, str]:
    """Return how a count within the year stands against the months that have passed (R5).

    Only sums over the year may be read so; a share or a rate is not half done by June.
    In step means within one month's part of the target.

    Raises
    ------
    ValueError
        If the kind of quantity is no sum, or the months are not 1 to 12.

    Examples
    --------
    >>> rate_progress(250, 500, 6, kind="cumulative"), rate_progress(100, 500, 6, kind="cumulative")
    (('on_schedule', 'R5'), ('behind', 'R5'))
    """
    if kind not in PRO_RATA or not 1 <= months <= 12:
        raise ValueError(f"R5 holds for {sorted(PRO_RATA)} and months 1 to 12, not for {kind!r} and {months}")
    expected, step = target * months / 12, target / 12
    if value > expected + step:
        return "ahead", "R5"
    return ("on_schedule" if value >= expected - step else "behind"), "R5"


def compare_ambition(
    old: float, new: float, direction: str, old_comparator: str = "eq", new_comparator: str = "eq"
) -> str:
    """Return how ambition changed from one target to the next, by the desired direction.

    Examples
    --------
    >>> compare_ambition(85, 90, "up"), compare_ambition(3.5, 3.2, "down"), compare_ambition(7, 7, "up", "eq", "ge")
    ('raised', 'raised', 'comparator_hardened')
    """
    if old != new:
        return "raised" if (new > old) == (direction != "down") else "lowered"
    tightness = {"approx": 0, "range": 0, "eq": 1, "zero": 1, "all": 1, "ge": 2, "le": 2, "gt": 3, "lt": 3}
    change = tightness[new_comparator] - tightness[old_comparator]
    return "unchanged" if not change else "comparator_hardened" if change > 0 else "comparator_softened"


def assess(tables: Tables, as_of: pd.Timestamp, choices: Choices = STANDARD) -> pd.DataFrame:
    """Rate every commitment by the written rules on what was known on a day.

    Parameters
    ----------
    tables
        ``commitments``, ``targets``, ``observations``, ``links`` and ``reports``.
    as_of
        Evidence from reports delivered after this day does not count.
    choices
        The decisions a careful reader could take otherwise.

    Returns
    -------
    pandas.DataFrame
        One row a commitment, as in ``codebook("assessments")``.
    """
    commitments = tables["commitments"]
    targets = tables["targets"].set_index("commitment_id")
    evidence = _evidence(tables, as_of, choices)
    by_commitment = dict(list(evidence.groupby("commitment_id")))
    rows = []
    for commitment in commitments.itertuples():
        linked = by_commitment.get(commitment.commitment_id, evidence.head(0))
        if commitment.testable == "no":
            code, rule, used = "not_assessable", "R0", linked
        elif commitment.commitment_id in targets.index:
            code, rule, used = _rate_target(targets.loc[commitment.commitment_id], linked, choices)
        else:
            code, rule, used = _rate_act(commitment, linked, choices)
        if code == "no_evidence" and as_of <= commitment.due_on:
            code = "not_due"
        rows.append(_row(commitment.commitment_id, as_of, code, rule, used))
    frame = pd.DataFrame(rows, columns=ASSESSMENT)
    return frame.astype({"evidence_ids": "str", "comparability": "str", "is_estimate": "boolean"})


def _evidence(tables: Tables, as_of: pd.Timestamp, choices: Choices) -> pd.DataFrame:
    """Return the observations that count as evidence, one row per link, best comparable first."""
    links = tables["links"]
    links = links[(links["code"] == "evidence") & (links["comparability"] != "other")]
    if not choices.accept_near:
        links = links[links["comparability"] == "same"]
    known = tables["reports"].set_index("report_id")["delivered_on"]
    found = links[["commitment_id", "observation_id", "comparability"]].merge(
        tables["observations"], on="observation_id", validate="many_to_one"
    )
    found = found[found["report_id"].map(known) <= as_of]
    if not choices.accept_estimate:
        found = found[found["status"] != "estimate"]
    return found.sort_values(["comparability", "observation_id"], ascending=[False, True], kind="stable")


def _rate_target(target: pd.Series, linked: pd.DataFrame, choices: Choices) -> tuple[str, str, pd.DataFrame]:
    """Rate a number by the best result on its own indicator; another measure rates nothing."""
    same = linked[(linked["indicator_id"] == target["indicator_id"]) & linked["value"].notna()].head(1)
    if same.empty:
        return "no_evidence", "R8", same
    result = same.iloc[0]
    code, rule = rate_number(
        float(result["value"]),
        float(target["value"]),
        comparator=str(target["comparator"]),
        direction=str(target["desired_direction"]),
        kind=str(target["quantity_kind"]),
        upper=None if pd.isna(target["value_max"]) else float(target["value_max"]),
        value_comparator=str(result["comparator"]),
        tolerance_pct=choices.tolerance_pct,
    )
    return *_late(code, rule, result, target["period_end"].year, choices), same


def _rate_act(commitment, linked: pd.DataFrame, choices: Choices) -> tuple[str, str, pd.DataFrame]:
    """Rate an act, project or title by the furthest stage that a report says it reached.

    A promise without an end point is progress at most, until its object is built or in
    use; and a line on a part of what was promised shows that part alone.
    """
    if linked.empty:
        return "no_evidence", "R8", linked
    if pd.notna(commitment.title_stage):
        return *_rate_title(str(commitment.title_stage), linked), linked
    has_end = commitment.testable == "yes"
    promised = str(commitment.stage) if pd.notna(commitment.stage) else "built"
    if not has_end:
        promised = max(promised, "built", key=STAGES.index)
    order = linked["stage"].astype("str").fillna("under_way").map(STAGES.index)
    enough = linked[order >= STAGES.index(promised)]
    if enough.empty and not has_end:
        return "progress", "R4", linked
    code, rule = rate_stage(STAGES[order.max()], promised)
    if code == "met" and has_end and (enough["comparability"] != "same").all():
        return "partly_met", rule, linked
    first = (enough if len(enough) else linked).sort_values("refers_to_year", kind="stable").iloc[0]
    return *_late(code, rule, first, commitment.due_on.year, choices), linked


def _rate_title(promised: str, linked: pd.DataFrame) -> tuple[str, str]:
    """A title that is won or kept is met; a bid that is only reported on is progress."""
    if linked["title_stage"].astype("str").isin(["won", "keep"]).any():
        return "met", "R4"
    return ("no_evidence", "R8") if promised == "keep" else ("progress", "R4")


def _late(code: str, rule: str, result: pd.Series, due_year: int, choices: Choices) -> tuple[str, str]:
    if code in {"met", "exceeded"} and result["refers_to_year"] > due_year:
        return ("met_late", "R7") if choices.count_late else ("not_met", "R7")
    return code, rule


def _row(commitment_id: str, as_of: pd.Timestamp, code: str, rule: str, used: pd.DataFrame) -> tuple:
    if code in {"no_evidence", "not_due"}:
        used = used.head(0)
    ids = "|".join(sorted(used["observation_id"])) or None
    best = str(used["comparability"].iloc[0]) if len(used) else None
    is_estimate = code not in {"not_assessable", "no_evidence", "not_due"} and bool(
        (used["status"] == "estimate").all()
    )
    return commitment_id, as_of, code, rule, ids, best, is_estimate
