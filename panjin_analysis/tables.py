"""Tables to tidy tables: counts, shares, labels. Every chart and sheet begins here."""

import pandas as pd

from panjin_analysis.load import codebook, load_vocabulary
from panjin_analysis.rules import RATED, REACHED

TRUTH = {"zh": ("是", "否"), "en": ("yes", "no")}  # what true and false are to a reader


def count_by(frame: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """Count rows by one or more columns of codes, with the share within the first.

    Rows whose code is missing are not counted. Codes of an unordered list that never occur are left out (a list serves all
    reports); an ordered list is kept whole, because its zeros say something.

    Parameters
    ----------
    frame
        A table of the codebook.
    keys
        One or more of its columns; with several, shares add to 100 within the first.

    Returns
    -------
    pandas.DataFrame
        One row per combination, in the order of the lists: the keys, ``count``,
        ``total`` (of the share's base) and ``share_pct``.

    Raises
    ------
    KeyError
        If a column does not exist.

    Examples
    --------
    >>> frame = pd.DataFrame({"domain": ["health", "health", "talent"], "testable": ["yes", "no", "no"]})
    >>> count_by(frame.astype("category"), "domain", "testable")["share_pct"].tolist()
    [50.0, 50.0, 100.0, 0.0]
    """
    codes = frame[list(keys)].copy()
    for key in keys:
        if isinstance(codes[key].dtype, pd.CategoricalDtype) and not codes[key].cat.ordered:
            codes[key] = codes[key].cat.remove_unused_categories()
    counts = codes.groupby(list(keys), observed=False, sort=True).size().rename("count").reset_index()
    if len(keys) == 1:
        counts["total"] = counts["count"].sum()
    else:
        counts["total"] = counts.groupby(keys[0], observed=False)["count"].transform("sum")
    return counts.assign(share_pct=100 * counts["count"] / counts["total"])


def add_ids(counts: pd.DataFrame, frame: pd.DataFrame, keys: list[str], column: str) -> pd.DataFrame:
    """Add to each count the ids of the rows it counts: the receipt of a number that is drawn.

    Parameters
    ----------
    counts
        One row per combination of ``keys``, such as ``count_by`` gives.
    frame
        The rows that were counted.
    keys
        The columns that a count and a row have in common.
    column
        The column of ids in ``frame``, such as ``commitment_id``; a cell may hold several, joined by ``|``.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with the ids of each, joined by ``|``, under the
        column's plural (``commitment_ids``); missing where a count is zero.

    Examples
    --------
    >>> frame = pd.DataFrame({"domain": ["health", "talent", "health"], "row_id": ["A", "B", "C"]})
    >>> add_ids(count_by(frame, "domain"), frame, ["domain"], "row_id")["row_ids"].tolist()
    ['A|C', 'B']
    """
    rows = frame.dropna(subset=[column])
    groups = rows.groupby([rows[key].astype("str") for key in keys], sort=False)[column]
    joined = groups.agg(lambda ids: "|".join(dict.fromkeys("|".join(ids).split("|")))).to_dict()
    if len(keys) == 1:
        names = counts[keys[0]].astype("str")
    else:
        names = pd.Series(list(zip(*(counts[key].astype("str") for key in keys), strict=True)), index=counts.index)
    plural = column if column.endswith("s") else column + "s"
    return counts.assign(**{plural: names.map(joined).astype("str")})


def funnel_rows(commitments: pd.DataFrame, rated: pd.DataFrame | None = None) -> dict[str, pd.Series | None]:
    """Return which commitments each step of the funnel counts, by their ids; None where no evidence has been read.

    Examples
    --------
    >>> from panjin_analysis import load_commitments
    >>> len(funnel_rows(load_commitments())["quantified"])
    11
    """
    ids = commitments["commitment_id"]
    numbered = ids[commitments["number_constraint"] != "none"]
    rows: dict[str, pd.Series | None] = {
        "commitments": ids,
        "partly_testable": ids[commitments["testable"] != "no"],
        "testable": ids[commitments["testable"] == "yes"],
        "quantified": numbered,
        "with_evidence": None,
        "met": None,
    }
    if rated is not None:
        codes = rated[rated["commitment_id"].isin(numbered)].set_index("commitment_id")["code"]
        rows["with_evidence"] = codes.index[codes.isin(RATED)].to_series()
        rows["met"] = codes.index[codes.isin(REACHED)].to_series()
    return rows


def funnel(segments: pd.DataFrame, commitments: pd.DataFrame, rated: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count how much of a report can be checked, step by step.

    Each step is a part of the one before. A step for which no evidence has been
    read is missing, which is not zero.

    Parameters
    ----------
    segments, commitments
        The tables of one report.
    rated
        ``fulfilment()`` of its commitments, where the next report has been read.

    Returns
    -------
    pandas.DataFrame
        One row a step of the vocabulary ``funnel_step``: ``step``, ``count`` (clauses
        in the first row, commitments after it) and ``share_pct`` of all commitments.

    Examples
    --------
    >>> from panjin_analysis import load_commitments, load_segments
    >>> funnel(load_segments(), load_commitments())["count"].tolist()[:2]
    [158, 133]
    """
    counts: dict[str, object] = {"clauses": len(segments)}
    counts |= {step: pd.NA if ids is None else len(ids) for step, ids in funnel_rows(commitments, rated).items()}
    steps = load_vocabulary("funnel_step")["code"]
    table = pd.DataFrame({"step": steps, "count": pd.array([counts[step] for step in steps], dtype="Int64")})
    share = (100 * table["count"] / len(commitments)).astype("Float64")
    return table.assign(share_pct=share.mask(table["step"] == "clauses"))


def shown_number(value: float) -> str:
    """Write a number as people read it: thousands grouped, no needless decimals.

    Examples
    --------
    >>> shown_number(10200.0), shown_number(90.6)
    ('10,200', '90.6')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def labels(vocabulary: str, lang: str = "zh") -> dict[str, str]:
    """Return the label of each code of a vocabulary, in its order.

    Examples
    --------
    >>> labels("testable", "en")
    {'no': 'No', 'partly': 'Partly', 'yes': 'Yes'}
    """
    codes = load_vocabulary(vocabulary)
    return dict(zip(codes["code"], codes[f"label_{lang}"], strict=True))


def vocabularies(frame: pd.DataFrame) -> dict[str, str]:
    """Return for each column of codes the list that its codes come from.

    It is a list that is just these codes, and of several one that a column of this name takes.
    A column whose codes are in no list is left out.

    Examples
    --------
    >>> from panjin_analysis.load import load_targets
    >>> vocabularies(load_targets()[["value", "comparator"]])
    {'comparator': 'comparator'}
    """
    coded = {
        name: set(column.dtype.categories)
        for name, column in frame.items()
        if isinstance(column.dtype, pd.CategoricalDtype)
    }
    if not coded:
        return {}
    lists = load_vocabulary().groupby("vocabulary", sort=False)["code"].agg(set).to_dict()
    own = codebook().groupby("column")["vocabulary"].agg(set).to_dict()
    out = {}
    for column, codes in coded.items():
        fitting = [name for name, known in lists.items() if codes <= known]
        if fitting:
            out[str(column)] = min(fitting, key=lambda name: (lists[name] != codes, name not in own.get(column, ())))
    return out
