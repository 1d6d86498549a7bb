"""One function a table: what a row is, what may go wrong, an example."""

from pathlib import Path

import pandas as pd

from panjin_analysis.load.store import load_table


def load_commitments(path: Path | str | None = None) -> pd.DataFrame:
    """Load what the 2024 report commits the city government to.

    Parameters
    ----------
    path
        A CSV file; the bundled ``data/commitments.csv`` by default.

    Returns
    -------
    pandas.DataFrame
        One row a commitment, in the order of the report; columns as in
        ``codebook("commitments")``. ``start`` and ``end`` are characters of the text.

    Raises
    ------
    DataError
        If the file breaks the codebook, or disagrees with the tables it refers to.

    Source
    ------
    Panjin government work report 2024, sections 7 to 9 and the opening of the close.

    Examples
    --------
    >>> commitments = load_commitments()
    >>> commitments["strength"].cat.ordered
    True
    """
    return load_table("commitments", path)


def load_targets(path: Path | str | None = None) -> pd.DataFrame:
    """Load the quantified targets of the 2024 report.

    Parameters
    ----------
    path
        A CSV file; the bundled ``data/targets.csv`` by default.

    Returns
    -------
    pandas.DataFrame
        One row a quantity; ``value`` is in ``unit``, and ``comparator`` belongs to it:
        "at least 7" is ``value`` 7 with ``ge``.

    Raises
    ------
    DataError
        If the file breaks the codebook, or disagrees with the tables it refers to.

    Examples
    --------
    >>> len(load_targets())
    11
    """
    return load_table("targets", path)


def load_segments(path: Path | str | None = None) -> pd.DataFrame:
    """Load every clause of the coded text: where it stands, its hash and its role.

    Parameters
    ----------
    path
        A CSV file; the bundled ``data/segments.csv`` by default.

    Returns
    -------
    pandas.DataFrame
        One row a clause. There is no text in it: see ``with_quotes``.

    Raises
    ------
    DataError
        If the file breaks the codebook, or disagrees with the tables it refers to.

    Examples
    --------
    >>> load_segments()["role"].value_counts()["section"]
    np.int64(3)
    """
    return load_table("segments", path)


def load_reports(path: Path | str | None = None) -> pd.DataFrame:
    """Load the list of reports, held or not.

    Parameters
    ----------
    path
        A CSV file; the bundled ``data/reports.csv`` by default.

    Returns
    -------
    pandas.DataFrame
        One row a report. ``delivered_on`` is missing where the text does not say it.

    Raises
    ------
    DataError
        If the file breaks the codebook.

    Examples
    --------
    >>> load_reports().set_index("report_id").loc["PJ-GWR-2024", "held"]
    'excerpt'
    """
    return load_table("reports", path)


def load_indicators(path: Path | str | None = None) -> pd.DataFrame:
    """Load the registry of indicators: one row for each thing that is measured.

    Parameters
    ----------
    path
        A CSV file; the bundled ``data/indicators.csv`` by default.

    Returns
    -------
    pandas.DataFrame
        One row an indicator, with unit, definition and desired direction.

    Raises
    ------
    DataError
        If the file breaks the codebook.

    Examples
    --------
    >>> load_indicators()["indicator_id"].is_unique
    True
    """
    return load_table("indicators", path)


def load_observations(path: Path | str | None = None) -> pd.DataFrame:
    """Load what the reports and documents of other years say.

    Parameters
    ----------
    path
        A CSV file; the bundled ``data/observations.csv`` by default.

    Returns
    -------
    pandas.DataFrame
        One row a fact; ``value`` is in ``unit``, ``status`` tells an estimate, and
        ``source_id`` with offsets or ``locator`` says where it stands.

    Raises
    ------
    DataError
        If the file breaks the codebook, or disagrees with the tables it refers to.

    Examples
    --------
    >>> load_observations()["source_id"].notna().all()
    np.True_
    """
    return load_table("observations", path)
