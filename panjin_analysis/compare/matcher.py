"""Proposals for links: which clause of another report may carry a commitment on.

A proposal is a score with its reasons, never a link: a person confirms, and only
what is confirmed stands in ``links``. The weights were chosen on the reports before
2023; ``evaluate_matcher`` measures them on every year.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from panjin_analysis.load import load_table, load_tables
from panjin_analysis.quotes import report_text, with_quotes
from panjin_analysis.text.segments import Clause, segment

TUNED_BEFORE = 2023
# Each signal's part in the score; the words of the clause count 1.
WEIGHTS = {"label": 0.3, "topic": 0.4, "sentence": 0.2, "indicator": 0.2, "unit": 0.05}
_GRAMS = (1, 2, 3)
_NOISE = re.compile(r"[^\u4e00-\u9fff]+")
_LATER = "met in reports of other years and places"
_REASONS = ("words", *WEIGHTS)


def propose_links(commitments: pd.DataFrame, candidates: pd.DataFrame, *, top: int = 5) -> pd.DataFrame:
    """Propose for each commitment the candidates most like it, best first.

    Parameters
    ----------
    commitments
        Rows of ``load_commitments()``; with ``quote`` and ``context`` (``with_quotes``)
        the wording counts too, without them the labels alone.
    candidates
        Clauses of another report (``plan_clauses``), or any rows with ``text``, ``sentence``
        and ``topic``, such as observations under those names.
    top
        How many to propose for each.

    Returns
    -------
    pandas.DataFrame
        ``commitment_id``, ``rank`` from 1, ``candidate`` (its index), ``score``, and the
        signals it is made of: ``words``, ``label``, ``topic``, ``sentence``, ``indicator``
        and ``unit``, each 0 to 1.

    Examples
    --------
    >>> from panjin_analysis import load_commitments
    >>> rows = pd.DataFrame({"text": ["引进高层次人才", "办好运动会"], "sentence": "", "topic": ["人才", "体育"]})
    >>> found = propose_links(load_commitments().query("commitment_id == 'PJ-2024-C029'"), rows, top=1)
    >>> found["candidate"].tolist()
    [0]
    """
    signals = _signals(commitments, candidates)
    score = signals["words"] + sum(weight * signals[name] for name, weight in WEIGHTS.items())
    best = np.argsort(-score, axis=1, kind="stable")[:, :top]
    rows = []
    for place, commitment_id in enumerate(commitments["commitment_id"]):
        for rank, column in enumerate(best[place], 1):
            reasons = {name: round(float(signals[name][place, column]), 3) for name in _REASONS}
            candidate = candidates.index[column]
            rows.append((commitment_id, rank, candidate, round(float(score[place, column]), 3), *reasons.values()))
    return pd.DataFrame(rows, columns=["commitment_id", "rank", "candidate", "score", *_REASONS])


def plan_clauses(text: str) -> pd.DataFrame:
    r"""Return the clauses of a report's plan: everything after its first part, the review.

    Returns
    -------
    pandas.DataFrame
        One row a clause: ``start``, ``end``, ``text``, its ``sentence`` and, as ``topic``, its
        paragraph.

    Examples
    --------
    >>> plan_clauses("一、回顾\n做了甲。\n二、安排\n做乙，做丙。")["text"].tolist()
    ['二、安排', '做乙，', '做丙。']
    """
    clauses = [clause for clause in segment(text) if (clause.part_no or 0) > 1]
    frame = pd.DataFrame(clauses, columns=Clause._fields).assign(
        text=[text[clause.start : clause.end] for clause in clauses]
    )
    sentence = frame.groupby(["paragraph_no", "sentence_no"])["text"].transform("".join)
    topic = frame.groupby("paragraph_no")["text"].transform("".join)
    return frame[["start", "end", "text"]].assign(sentence=sentence, topic=topic)


def evaluate_matcher(reports_dir: Path | str) -> pd.DataFrame:
    """Measure the proposals against the confirmed links, year by year.

    For each year the score below which nothing is proposed is the one that gives the
    best F1 on the other years before 2023: no year chooses its own.

    Parameters
    ----------
    reports_dir
        Folder with the report texts.

    Returns
    -------
    pandas.DataFrame
        One row per year: ``links`` (confirmed), ``recall_1`` and ``recall_5`` (right clause
        first, or among five), ``threshold``, ``proposed`` (commitments with a proposal
        above it), ``precision_1`` and ``precision_5`` of those.

    Raises
    ------
    DataError
        If a text is not there or is not the one that was coded.
    """
    tables = load_tables()
    commitments = with_quotes(tables["commitments"], reports_dir)
    years = {year: _graded(tables, commitments, year, reports_dir) for year in _linked_years(tables["links"])}
    rows = []
    for year, graded in years.items():
        others = pd.concat([other for y, other in years.items() if y != year and y < TUNED_BEFORE])
        rows.append({"report_year": year, **_measure(graded, _best_threshold(others))})
    return pd.DataFrame(rows)


def _signals(commitments: pd.DataFrame, candidates: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return each signal as a matrix, one row a commitment and one column a candidate."""
    noise = _noise_words()
    label = commitments["label_zh"] + " " + commitments["object"]
    quote, context = commitments.get("quote", label), commitments.get("context", label)
    topic = quote.groupby(commitments["paragraph_no"]).transform("".join)
    text = candidates["text"]
    return {
        "words": _cosine(quote, text, _GRAMS, noise),
        "label": _cosine(label, text, _GRAMS, noise),
        "topic": _cosine(topic, candidates["topic"], (2,), noise),
        "sentence": _cosine(context, candidates["sentence"], _GRAMS, noise),
        **_indicator_signals(commitments, text),
    }


def _indicator_signals(commitments: pd.DataFrame, text: pd.Series) -> dict[str, np.ndarray]:
    """Say where a candidate names the commitment's indicator, and prints a number in its unit."""
    targets = load_table("targets").set_index("commitment_id")
    aliases = load_table("indicators").set_index("indicator_id")["aliases"].dropna()
    named, measured = np.zeros((len(commitments), len(text))), np.zeros((len(commitments), len(text)))
    for place, commitment_id in enumerate(commitments["commitment_id"]):
        if commitment_id not in targets.index:
            continue
        names = aliases.get(targets.loc[commitment_id, "indicator_id"], "")
        unit = targets.loc[commitment_id, "unit_as_printed"]
        if names:
            named[place] = text.str.contains("|".join(map(re.escape, names.split("|"))))
        if pd.notna(unit):
            measured[place] = text.str.contains(rf"[0-9.]+万?{re.escape(unit.removeprefix('万'))}")
    return {"indicator": named, "unit": measured}


def _noise_words() -> re.Pattern[str]:
    """Return what carries no topic: the verbs of the lexicon, longest first."""
    lexicon = load_table("verb_lexicon")
    # The weights were chosen with the verbs of the codebook and the 2024 report as noise; later ones would move them.
    verbs = lexicon.loc[lexicon["source_en"] != _LATER, "verb"].str.replace("…作用", "")
    return re.compile("|".join(sorted(map(re.escape, verbs), key=len, reverse=True)))


def _cosine(queries: pd.Series, documents: pd.Series, sizes: tuple[int, ...], noise: re.Pattern[str]) -> np.ndarray:
    """Return TF-IDF cosines of character n-grams; the weights of grams come from the documents."""
    counts = [[_grams(text, sizes, noise) for text in texts] for texts in (queries, documents)]
    columns = {gram: place for place, gram in enumerate(sorted({g for side in counts for c in side for g in c}))}
    query, document = (_matrix(side, columns) for side in counts)
    rarity = np.log((1 + len(document)) / (1 + (document > 0).sum(axis=0))) + 1
    query, document = (_unit_rows(side * rarity) for side in (query, document))
    return query @ document.T


def _grams(text: str, sizes: tuple[int, ...], noise: re.Pattern[str]) -> Counter[str]:
    words = _NOISE.sub(" ", noise.sub(" ", text)).split()
    return Counter(word[i : i + n] for word in words for n in sizes for i in range(len(word) - n + 1))


def _matrix(counts: Iterable[Counter[str]], columns: dict[str, int]) -> np.ndarray:
    rows = list(counts)
    matrix = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for place, row in enumerate(rows):
        for gram, number in row.items():
            matrix[place, columns[gram]] = 1 + np.log(number)
    return matrix


def _unit_rows(matrix: np.ndarray) -> np.ndarray:
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)


def _linked_years(links: pd.DataFrame) -> list[int]:
    planned = links[(links["relation"] != "result") & links["observation_id"].notna()]
    return sorted(int(year) for year in planned["report_year"].unique())


def _graded(tables: dict[str, pd.DataFrame], commitments: pd.DataFrame, year: int, folder: Path | str) -> pd.DataFrame:
    """Return each commitment's best score and the rank at which its confirmed link was proposed."""
    candidates = plan_clauses(report_text(f"PJ-GWR-{year}", folder))
    proposed = propose_links(commitments, candidates)
    links = tables["links"]
    links = links[(links["report_year"] == year) & (links["relation"] != "result")]
    spans = links.merge(tables["observations"][["observation_id", "start", "end"]], on="observation_id")
    graded = proposed.merge(spans[["commitment_id", "start", "end"]], on="commitment_id", how="left")
    starts, ends = graded["candidate"].map(candidates["start"]), graded["candidate"].map(candidates["end"])
    overlaps = ((starts < graded["end"]) & (graded["start"] < ends)).fillna(False)
    hits = graded[overlaps].groupby("commitment_id")["rank"].min()
    out = proposed[proposed["rank"] == 1].set_index("commitment_id")[["score"]]
    return out.assign(hit=hits, has_link=out.index.isin(spans["commitment_id"]))


def _measure(graded: pd.DataFrame, threshold: float) -> dict[str, float]:
    links, proposed = int(graded["has_link"].sum()), graded[graded["score"] >= threshold]
    first, among = graded["hit"] == 1, graded["hit"].notna()
    return {
        "links": links,
        "recall_1": float(first.sum() / links),
        "recall_5": float(among.sum() / links),
        "threshold": threshold,
        "proposed": len(proposed),
        "precision_1": float((proposed["hit"] == 1).mean()),
        "precision_5": float(proposed["hit"].notna().mean()),
    }


def _best_threshold(graded: pd.DataFrame) -> float:
    """Return the score that gives the best F1 of first proposals."""

    def f1(threshold: float) -> float:
        proposed = graded[graded["score"] >= threshold]
        right = (proposed["hit"] == 1).sum()
        return 2 * right / (len(proposed) + graded["has_link"].sum())

    return float(max(np.round(np.arange(0.1, 2.0, 0.02), 2), key=f1))
