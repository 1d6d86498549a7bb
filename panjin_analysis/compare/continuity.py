"""What became of a line from one report to the next, and which promises come back."""

import pandas as pd

from panjin_analysis.errors import DataError
from panjin_analysis.load import load_observations, load_table, load_tables
from panjin_analysis.rules import STAGES
from panjin_analysis.tables import count_by, labels, shown_number

CODED_YEAR = 2024


def continuity(year_from: int, year_to: int) -> pd.DataFrame:
    """Say for each 2024 commitment what changed from one report to another.

    One of the two years is 2024, and the other report's plan was read in full. A
    commitment that the earlier report lacks is ``reinstated`` where a still earlier one
    has it, and ``new`` where none has; where only a later one has it, the code is missing.
    A link may say ``reinstated`` itself, of a line that the reports in between lack.

    Parameters
    ----------
    year_from, year_to
        The earlier and the later report, such as 2023 and 2024, or 2024 and 2025.

    Returns
    -------
    pandas.DataFrame
        One row a commitment, in their order: ``commitment_id``, labels, ``domain``,
        ``code``, ``observation_id``, ``comparability`` and ``basis_zh``, ``basis_en``.

    Raises
    ------
    DataError
        If neither year is 2024, or the other year's plan was not read in full: nothing
        may be called new or dropped then.

    Examples
    --------
    >>> continuity(2024, 2025)["code"].notna().all()
    np.True_
    >>> continuity(2019, 2024)
    Traceback (most recent call last):
    ...
    panjin_analysis.errors.DataError: ...
    """
    other, relation = _other_year(year_from, year_to)
    tables = load_tables()
    _require_full_reading(tables["coverage"], other)
    links = tables["links"]
    links = links[links["relation"] == relation]
    links = pd.concat([links[links["report_year"] == other], _absent(links, other)])
    columns = ["commitment_id", "code", "observation_id", "comparability", "basis_zh", "basis_en"]
    commitments = tables["commitments"][["commitment_id", "label_zh", "label_en", "domain"]]
    return commitments.merge(links[columns], on="commitment_id", how="left", validate="one_to_one")


def promises() -> pd.DataFrame:
    """Follow the promises that come back year after year, with stage or verb at each year.

    Returns
    -------
    pandas.DataFrame
        One row per promise, report and part of it, in order: ``promise_id``, labels,
        ``report_year``, ``part`` (plan or review), ``stage``, ``verb``, what was said in our
        words (``said_zh``, ``said_en``), ``code`` of the link, ``source`` (the observation,
        or the commitment for 2024), and one word for it: ``word_zh`` (stage, else verb) and
        ``word_en`` (stage, else the force of the verb).

    Examples
    --------
    >>> told = promises()
    >>> told[told["promise_id"] == "oil_college"]["report_year"].tolist()
    [2021, 2022, 2023, 2024, 2025]
    """
    told = _followed(load_table("promises"))
    stage = told["stage"].astype("str")
    forces = load_table("verb_lexicon").set_index("verb")["verb_force"].astype("str").map(labels("verb_force", "en"))
    spoken = told["verb"].map(forces).fillna("(in words)")
    return told.assign(
        word_zh=stage.map(labels("stage")).fillna(told["verb"]), word_en=stage.map(labels("stage", "en")).fillna(spoken)
    )


def held_years() -> list[int]:
    """Return the years whose report is held, in full or in part.

    Examples
    --------
    >>> 2019 in held_years(), 2024 in held_years()
    (False, True)
    """
    reports = load_table("reports")
    return [int(year) for year in reports.loc[reports["held"] != "none", "report_year"]]


def count_continuity() -> pd.DataFrame:
    """Count what changed into 2024 and out of 2024, by code.

    Returns
    -------
    pandas.DataFrame
        One row per ``step`` ("2023-2024", "2024-2025") and ``code`` that occurs in either:
        ``count``, ``total`` (commitments) and ``share_pct``.

    Examples
    --------
    >>> count_continuity().groupby("step")["count"].sum().tolist()
    [133, 133]
    """
    return count_by(continuity_steps(), "step", "code")


def continuity_steps() -> pd.DataFrame:
    """Return the rows of ``continuity`` into 2024 and out of it, with the ``step`` that each is of.

    Examples
    --------
    >>> len(continuity_steps())
    266
    """
    steps = [(CODED_YEAR - 1, CODED_YEAR), (CODED_YEAR, CODED_YEAR + 1)]
    rows = [continuity(*step).assign(step=f"{step[0]}-{step[1]}") for step in steps]
    return pd.concat(rows, ignore_index=True).astype({"step": "category"})


def observed_words(lang: str) -> dict[str, str]:
    """Return each fact of another year as one would say it: its label, then number and unit.

    Examples
    --------
    >>> observed_words("en")["PJ-OBS-0001"]
    'GDP: 136,000,000,000 yuan'
    """
    observed = load_observations()
    units, joint = labels("unit", lang), {"zh": "：", "en": ": "}[lang]
    words = {}
    for row in observed.itertuples():
        number = (
            "" if pd.isna(row.value) else f"{joint}{shown_number(float(row.value))} {units[row.unit].split('（')[0]}"
        )
        words[str(row.observation_id)] = getattr(row, f"label_{lang}") + number
    return words


def stage_ladder() -> pd.DataFrame:
    """Place every project on the stage ladder, report by report.

    Projects are the commitments of 2024 that promise works or a later stage. One is stuck
    when a plan promises no more than an earlier plan had promised already, unless a review
    has since reported it as built: what follows then is a further part of it.

    Returns
    -------
    pandas.DataFrame
        One row per project, report and part with a stage: ``commitment_id``, labels,
        ``report_year``, ``part``, ``stage`` (ordered), ``rung`` (0 to 7) and ``is_stuck``.

    Examples
    --------
    >>> ladder = stage_ladder()
    >>> ladder["rung"].between(0, 7).all()
    np.True_
    """
    commitments = load_table("commitments")
    projects = commitments[commitments["stage"] >= "works_started"][["commitment_id", "label_zh", "label_en"]]
    rows = _followed(projects.assign(promise_id=projects["commitment_id"]))
    rows = rows[rows["stage"].notna()].drop(columns=["promise_id", "verb", "said_zh", "said_en"])
    rows = rows.assign(rung=rows["stage"].astype("str").map(STAGES.index).astype("Int64"))
    furthest = rows.groupby(["commitment_id", "report_year", "part"])["rung"].idxmax()
    rows = rows.loc[sorted(furthest)]
    return rows.assign(is_stuck=_stuck(rows)).reset_index(drop=True)


def _other_year(year_from: int, year_to: int) -> tuple[int, str]:
    if year_to == CODED_YEAR and year_from < CODED_YEAR:
        return year_from, "forebear"
    if year_from == CODED_YEAR and year_to > CODED_YEAR:
        return year_to, "successor"
    found = f"{year_from}, {year_to}"
    raise DataError("bad_value", where="continuity", expected=f"two years, one of them {CODED_YEAR}", found=found)


def _absent(links: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return what can be said of commitments that one year's report does not have."""
    here = links.loc[links["report_year"] == year, "commitment_id"]
    others = links[~links["commitment_id"].isin(here)]
    nowhere = others[others["observation_id"].isna()]
    earlier = others[(others["report_year"] < year) & (others["comparability"] != "other")]
    back = earlier.groupby("commitment_id").tail(1).assign(code="reinstated")
    back["code"] = back["code"].astype(links["code"].dtype)
    return pd.concat([nowhere, back])


def _require_full_reading(coverage: pd.DataFrame, year: int) -> None:
    plan = coverage[(coverage["report_id"] == f"PJ-GWR-{year}") & (coverage["part"] == "plan")]
    if plan.empty or (plan["extent"] != "full").any():
        found = "none" if plan.empty else str(plan["extent"].min())
        raise DataError("not_read", where=f"coverage.csv PJ-GWR-{year}", expected="full", found=found)


def _followed(promised: pd.DataFrame) -> pd.DataFrame:
    """Return what each report says of some commitments: their links, and 2024's own line."""
    observed = load_observations().set_index("observation_id")
    links = load_table("links").query("comparability != 'other'").dropna(subset=["observation_id"])
    linked = promised.merge(links[["commitment_id", "observation_id", "report_year", "code"]], on="commitment_id")
    for column, source in {
        "part": "part",
        "stage": "stage",
        "verb": "verb",
        "said_zh": "label_zh",
        "said_en": "label_en",
    }.items():
        linked[column] = linked["observation_id"].map(observed[source])
    linked = linked.rename(columns={"observation_id": "source"})
    own = load_table("commitments")[["commitment_id", "stage", "verb", "label_zh", "label_en"]]
    own = own.rename(columns={"label_zh": "said_zh", "label_en": "said_en"})
    own = promised.merge(own, on="commitment_id").assign(
        report_year=CODED_YEAR, part="plan", code=pd.NA, source=promised["commitment_id"].to_numpy()
    )
    columns = ["promise_id", "label_zh", "label_en", "commitment_id", "report_year", "part", "stage", "verb"]
    columns += ["said_zh", "said_en", "code", "source"]
    rows = pd.concat(
        [linked.astype({"part": "str", "code": "str", "stage": "str"}), own.astype({"stage": "str", "code": "str"})]
    )
    order = promised["promise_id"].tolist()
    rows = rows.assign(place=rows["promise_id"].map(order.index), late=rows["part"] != "review")
    rows = rows.sort_values(["place", "report_year", "late", "source"], kind="stable")[columns]
    stage = pd.CategoricalDtype(list(STAGES), ordered=True)
    return rows.astype({"stage": stage, "report_year": "Int64"}).reset_index(drop=True)


def _stuck(rows: pd.DataFrame) -> pd.Series:
    """Mark plans that promise no more than the furthest plan before them, unless that was reported as built."""
    plans = rows[rows["part"] == "plan"]
    reported = rows["rung"].where(rows["part"] == "review").groupby(rows["commitment_id"]).cummax()
    reported = reported.groupby(rows["commitment_id"]).ffill().reindex(plans.index)
    furthest = plans.groupby("commitment_id")["rung"].transform(lambda rungs: rungs.cummax().shift())
    is_reached = (reported >= plans["rung"].clip(lower=STAGES.index("built"))).fillna(False)
    stuck = (plans["rung"] <= furthest).fillna(False) & ~is_reached
    return stuck.reindex(rows.index, fill_value=False).astype("boolean")
