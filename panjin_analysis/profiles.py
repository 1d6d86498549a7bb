"""Whole reports in figures: how firm their wording is, and which policy terms they use.

Both tables hold what the extractor and a count give for each text that is held, with
the hash of the text and the version of the extractor; ``check_profiles`` proves that
they still do. Nobody has read these codes one by one.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from panjin_analysis.errors import DataError, say
from panjin_analysis.extraction import extract, extractor_version
from panjin_analysis.files import write_whole
from panjin_analysis.load import data_dir, load_reports, load_table, load_tables, read_codebook
from panjin_analysis.quotes import report_text
from panjin_analysis.text.parts import PARTS
from panjin_analysis.text.roles import ROLES
from panjin_analysis.text.wording import STRENGTHS

Tables = dict[str, pd.DataFrame]
AHEAD = ("plan", "close")  # the parts that speak of the year's work; an outlook is for several years
KEYS = {"report_profiles": ["profile_id"], "key_terms": ["report_id", "term_id"]}


def strength_profile(text: str, report_year: int | None = None) -> pd.DataFrame:
    """Count the clauses of a text by part, role and, for commitments, strength.

    A part that the text does not have has no row; one that it has, a row for every
    role and strength, so that 0 is read and none found.

    Parameters
    ----------
    text
        A report.
    report_year
        The year that it plans for; by default what the text says.

    Returns
    -------
    pandas.DataFrame
        ``part``, ``role``, ``strength`` (missing for other roles than commitments) and ``clauses``.

    Examples
    --------
    >>> profile = strength_profile("今年，我们将新增10家食堂，推进改革。", 2024)
    >>> profile[profile["clauses"] > 0]["strength"].dropna().tolist()
    ['advance', 'deliver']
    """
    segments = extract(text, report_year).segments
    codes = segments[["part", "role", "strength"]].astype(object)
    codes["strength"] = codes["strength"].where(codes["role"] == "commitment", None)
    found = Counter(codes.itertuples(index=False, name=None))
    grid: list[tuple[str, str, str | None]] = [
        (part, role, strength)
        for part in PARTS
        if (codes["part"] == part).any()
        for role in ROLES
        for strength in (STRENGTHS if role == "commitment" else (None,))
    ]
    frame = pd.DataFrame(grid, columns=["part", "role", "strength"], dtype=object)
    return frame.assign(clauses=[found[key] for key in grid])


def count_terms(text: str, terms: Iterable[str]) -> dict[str, int]:
    """Count terms in a text from left to right, the longest that begins at a place first.

    A term inside a longer one of the list is not counted again.

    Examples
    --------
    >>> count_terms("人口高质量发展，高质量发展。", ["高质量发展", "人口高质量发展", "碳"])
    {'高质量发展': 1, '人口高质量发展': 1, '碳': 0}
    """
    terms = list(terms)
    longest_first = sorted(terms, key=len, reverse=True)
    found = Counter(re.findall("|".join(map(re.escape, longest_first)), text)) if terms else Counter()
    return {term: found[term] for term in terms}


def read_profiles(reports_dir: Path | str) -> Tables:
    """Return both tables of facts as the texts of a folder give them today.

    Parameters
    ----------
    reports_dir
        A folder with the texts of every report that is held, in full or as an excerpt.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``report_profiles`` and ``key_terms``, with the columns of the codebook.

    Raises
    ------
    DataError
        If a text is missing, or is not the one on record.
    """
    terms = load_table("terms")
    version = extractor_version()
    profiles, counts = [], []
    reports = load_reports()
    for report in reports[reports["held"] != "none"].itertuples():
        text = report_text(report.report_id, reports_dir)
        read = {"text_sha256": report.text_sha256, "extractor_version": version}
        profile = strength_profile(text, report.report_year)
        codes = profile["strength"].fillna(profile["role"])
        profile.insert(0, "report_id", report.report_id)
        profile.insert(0, "profile_id", report.report_id + "-" + profile["part"] + "-" + codes)
        profiles.append(profile.assign(**read))
        count = terms["term_zh"].map(count_terms(text, terms["term_zh"]))
        frame = pd.DataFrame({"report_id": report.report_id, "term_id": terms["term_id"], "occurrences": count})
        counts.append(frame.assign(characters=len("".join(text.split())), **read))
    return {
        "report_profiles": pd.concat(profiles, ignore_index=True),
        "key_terms": pd.concat(counts, ignore_index=True),
    }


def check_profiles(reports_dir: Path | str) -> int:
    """Prove that the stored facts are what the texts and the extractor give; return how many rows they are.

    Raises
    ------
    DataError
        Naming the first row that differs, is missing or is too many.
    """
    fresh = read_profiles(reports_dir)
    for name, frame in fresh.items():
        _compare(_as_text(load_table(name), name), _as_text(frame, name), name)
    return sum(map(len, fresh.values()))


def write_profiles(reports_dir: Path | str) -> list[Path]:
    """Write both tables of facts anew from the texts, each file whole; return the files."""
    home = data_dir()
    described = read_codebook(home)
    fresh = read_profiles(reports_dir)
    return [
        write_whole(home / described[name].path, frame.to_csv(index=False, lineterminator="\n").encode())
        for name, frame in fresh.items()
    ]


def _as_text(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table's cells as text, by its key."""
    text = frame.astype(object).where(frame.notna(), "").astype(str)
    return text.set_index(text[KEYS[name]].agg(" ".join, axis=1))


def _compare(stored: pd.DataFrame, fresh: pd.DataFrame, name: str) -> None:
    path = data_dir() / read_codebook(data_dir())[name].path
    for key in fresh.index.union(stored.index, sort=False):
        if key not in stored.index or key not in fresh.index:
            row, no_row = say("有这一行", "this row"), say("没有这一行", "no such row")
            expected, found = (row if key in side.index else no_row for side in (fresh, stored))
            raise DataError("stale_fact", where=f"{path} {key}", expected=expected, found=found)
        for column in fresh:
            expected, found = fresh.loc[key, column], stored.loc[key, column]
            if expected != found:
                raise DataError("stale_fact", where=f"{path} {key}, {column}", expected=expected, found=found)


def years_between(reports: pd.DataFrame) -> pd.DataFrame:
    """Keep the reports from the earliest to the latest that is held in full, with those between that are not.

    Examples
    --------
    >>> years_between(load_reports())["report_year"].tolist()[:3]
    [2014, 2015, 2016]
    """
    full = reports.loc[reports["held"] == "full", "report_year"]
    return reports[reports["report_year"].between(full.min(), full.max())].sort_values("report_year")


def strength_by_year(tables: Tables | None = None) -> pd.DataFrame:
    """Count the commitments of each year's work by strength, with their share, one row a report and strength.

    Commitments are those of the plan and the close. A report that is not held has missing
    counts; of an excerpt (``held``) the counts are those of the excerpt.

    Returns
    -------
    pandas.DataFrame
        ``report_id``, ``report_year``, ``held``, ``strength``, ``count``, ``total``,
        ``share_pct`` and ``extractor_version``.

    Examples
    --------
    >>> strength_by_year().groupby("report_year")["count"].sum(min_count=1).loc[[2015]].isna().all()
    np.True_
    """
    tables = tables or load_tables()
    profiles = tables["report_profiles"]
    ahead = profiles[profiles["part"].isin(AHEAD) & (profiles["role"] == "commitment")]
    keys = ["report_id", "strength"]
    counts = ahead.groupby(keys, observed=True)["clauses"].sum().rename("count").reset_index()
    reports = years_between(tables["reports"])[["report_id", "report_year", "held"]]
    strengths = pd.DataFrame({"strength": profiles["strength"].cat.categories})
    grid = reports.merge(strengths, how="cross")
    out = grid.merge(counts.astype({"strength": "object"}), on=keys, how="left", validate="one_to_one")
    total = out.groupby("report_id")["count"].transform("sum", min_count=1)
    version = out["report_id"].map(profiles.groupby("report_id")["extractor_version"].first())
    out["strength"] = pd.Categorical(out["strength"], dtype=profiles["strength"].dtype)
    return out.assign(total=total, share_pct=(100 * out["count"] / total).astype("Float64"), extractor_version=version)


def terms_by_year(tables: Tables | None = None) -> pd.DataFrame:
    """Say how often each key term stands in each report, per 10 000 characters.

    A report that is not held has missing counts, which are not zeros. What a term came to
    (``status``) and its first year are told by the full texts alone, so that an unread
    report may well have had a term before its ``first_year``.

    Returns
    -------
    pandas.DataFrame
        One row a term and report: ``report_id``, ``report_year``, ``held``, the term's columns,
        ``first_year``, ``status``, ``occurrences``, ``characters`` and ``per_10000``; terms stand
        group by group in the order of their first year.

    Examples
    --------
    >>> terms = terms_by_year()
    >>> terms.loc[terms["held"] == "none", "per_10000"].isna().all()
    np.True_
    """
    tables = tables or load_tables()
    names = tables["terms"][["term_id", "term_zh", "term_en", "term_group"]]
    facts = tables["key_terms"][["report_id", "term_id", "occurrences", "characters"]]
    reports = years_between(tables["reports"])[["report_id", "report_year", "held"]]
    out = names.merge(reports, how="cross").merge(facts, on=["report_id", "term_id"], how="left", validate="one_to_one")
    told = pd.DataFrame([_told(term_id, rows) for term_id, rows in out.groupby("term_id", sort=False)])
    out = out.merge(told, on="term_id", validate="many_to_one")
    out = out.assign(per_10000=(10_000 * out["occurrences"] / out["characters"]).astype("Float64"))
    place = out["term_id"].map({term_id: n for n, term_id in enumerate(names["term_id"])})
    out = out.assign(place=place).sort_values(["term_group", "first_year", "last_year", "place", "report_year"])
    columns = ["report_id", "report_year", "held", *names, "first_year", "status", "occurrences", "characters"]
    return out[[*columns, "per_10000"]].reset_index(drop=True)


def _told(term_id: str, rows: pd.DataFrame) -> dict[str, object]:
    """Say when the full texts have a term first and last, and what that makes of it."""
    full = rows[rows["held"] == "full"]
    years = full.loc[full["occurrences"] > 0, "report_year"]
    at_first, at_last = (year in set(years) for year in (full["report_year"].min(), full["report_year"].max()))
    status = "unseen" if years.empty else "left" if not at_last else "stays" if at_first else "new"
    first, last = (years.min(), years.max()) if len(years) else (pd.NA, pd.NA)
    return {"term_id": term_id, "first_year": first, "last_year": last, "status": status}
