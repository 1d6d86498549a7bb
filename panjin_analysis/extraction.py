"""A report's text to tables of candidates: clauses with codes, numbers with classes, headline targets.

Nothing here is believed before a person has confirmed it: see ``review``.
"""

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from pandas.api.internals import create_dataframe_from_blocks

from panjin_analysis.load import load_table
from panjin_analysis.load.store import fingerprint
from panjin_analysis.text import chars
from panjin_analysis.text.coding import FORCES
from panjin_analysis.text.cues import CueLexicon
from panjin_analysis.text.extract import (
    CHANGES,
    RULES_VERSION,
    Extracted,
    Lexicons,
    extract_columns,
    lexicons_of,
)
from panjin_analysis.text.headline import STATUSES, Headline, HeadlineLexicon, Listed, find_headlines, that_matter
from panjin_analysis.text.number_lexicon import CLASSES, COMPARATORS, NumberLexicon
from panjin_analysis.text.parts import PARTS, PartPhrases
from panjin_analysis.text.phrases import Phrases
from panjin_analysis.text.roles import ROLES, RULES
from panjin_analysis.text.types import STAGES, TESTABLE, TYPES, DomainLexicon, TypeLexicon
from panjin_analysis.text.wording import STRENGTHS

Columns = dict[str, np.ndarray]
_HEADLINE_WORDS = ("indicator_id", "unit", "comparator", "variant")
# The tables that `lexicons` reads.
LEXICON_TABLES = (
    *("number_units", "number_names", "number_words", "verb_lexicon", "clause_cues", "domain_cues"),
    *("headlines", "headline_aliases", "report_phrases"),
)


class _Run(NamedTuple):
    """What was found in texts that were read together: the columns of both frames, and what the third is made from."""

    texts: Sequence[str]
    years: Sequence[int | None]
    segments: Columns
    quantities: Columns

    def headlines(self) -> Iterator[list[Headline]]:
        """Return the headline targets of each text."""
        units, names = lexicons().numbers.units, lexicons().headlines
        segments, quantities = self.segments, self.quantities
        text = chars.coded(*self.texts)
        offset = np.take(text.starts, segments["document"])
        matters = that_matter(
            text, segments["start"] + offset, segments["end"] + offset, segments["part"], segments["clause_no"], names
        )
        first = np.searchsorted(segments["document"], np.arange(len(self.texts)))
        inside = matters.take(quantities["segment"] + first.take(quantities["document"]))
        segments = {**segments, "sentence": segments["paragraph_no"] * _MANY + segments["sentence_no"]}
        clauses = _by_document(segments, matters, ("start", "end", "sentence", "paragraph_no", "part"), len(self.texts))
        numbers = ("start", "end", "value", "value_max", "unit", "comparator")
        amounts = _by_document(quantities, inside, numbers, len(self.texts))
        for one, year, *rows in zip(self.texts, self.years, clauses, amounts, strict=True):
            yield find_headlines(Listed(one, *rows), year, units, names)


_MANY = 1_000_000  # more than a paragraph has sentences


def _by_document(columns: Columns, which: np.ndarray, names: Sequence[str], documents: int) -> Iterator[list[tuple]]:
    """Return some rows and columns as plain rows, text by text."""
    places = chars.places(which)
    kept = {name: columns[name].take(places) for name in ("document", *names)}
    edges = np.searchsorted(kept["document"], np.arange(documents + 1)).tolist()
    rows = list(zip(*(kept[name].tolist() for name in names), strict=True))
    for first, last in itertools.pairwise(edges):
        yield rows[first:last]


class Extraction:
    """What was found in one text or several: three frames, made when they are asked for.

    Attributes
    ----------
    segments
        One row a clause: ``start``, ``end``, ``part``, numbers, ``role`` with ``rule``, and for
        commitments ``verb``, ``verb_force``, ``is_striving``, ``strength``, ``type``, ``domain``, ``stage``,
        ``testable``; ``cue`` is the word that decided.
    quantities
        One row a number: ``start``, ``end``, ``value`` (with ``value_max`` for a range) in ``unit``,
        ``comparator``, ``class``, ``is_target`` (of the report's own year), ``is_multi_year``, ``change``,
        ``indicator`` (the phrase for what is measured) and ``segment`` (row of ``segments``).
    headline
        One row per headline target: ``indicator_id`` (see ``load_table("headlines")``), ``status``, ``value``, ``value_max``, ``unit``,
        ``comparator``, ``start``, ``end``, ``is_stretch``, ``variant``.
    """

    def __init__(self, runs: Sequence[_Run], documents: Sequence[object] | None) -> None:
        self._runs = runs
        self._documents = documents  # what the texts are called; None for one text

    @functools.cached_property
    def segments(self) -> pd.DataFrame:
        """One row a clause."""
        return self._frame([run.segments for run in self._runs])

    @functools.cached_property
    def quantities(self) -> pd.DataFrame:
        """One row a number."""
        return self._frame([run.quantities for run in self._runs])

    @functools.cached_property
    def headline(self) -> pd.DataFrame:
        """One row per headline target."""
        found = [one for run in self._runs for one in run.headlines()]
        frame = pd.DataFrame([one for listed in found for one in listed], columns=Headline._fields)
        frame = frame.astype({"value": float, "value_max": float, "start": "Int64", "end": "Int64"})
        # A column of nothing would be of another kind than one with words.
        frame = frame.astype({"is_stretch": bool, **dict.fromkeys(_HEADLINE_WORDS, "str")})
        frame = frame.assign(status=pd.Categorical(frame["status"], STATUSES))
        if self._documents is not None:
            numbers = np.repeat(np.arange(len(found)), [len(listed) for listed in found])
            frame.insert(0, "document", pd.Index(self._documents).take(numbers))
        return frame

    @property
    def report_year(self) -> int | None:
        """The year that the (first) text plans for, where it was given or the text says it."""
        return next((year for run in self._runs for year in run.years), None)

    def _frame(self, parts: list[Columns]) -> pd.DataFrame:
        joined = parts[0] if len(parts) == 1 else {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
        dtypes = _dtypes()
        data: dict[str, Any] = {
            name: pd.Categorical.from_codes(column, dtype=dtypes[name], validate=False) if name in dtypes else column
            for name, column in joined.items()
            if name != "document"
        }
        if "indicator" in data:
            data["indicator"] = pd.array(data["indicator"], dtype="str")
        frame = _framed(data)
        if self._documents is not None:
            sizes = [len(run.texts) for run in self._runs]
            first = np.repeat(np.cumsum([0, *sizes[:-1]]), [len(part["start"]) for part in parts])
            frame.insert(0, "document", pd.Index(self._documents).take(joined["document"] + first))
        return frame


def _framed(columns: dict[str, Any]) -> pd.DataFrame:
    """Put columns side by side as they are: a third of the time that it takes to have them looked at again."""
    blocks = [
        (column[np.newaxis] if isinstance(column, np.ndarray) else column, np.array([place]))
        for place, column in enumerate(columns.values())
    ]
    return create_dataframe_from_blocks(blocks, pd.RangeIndex(len(columns["start"])), _names(tuple(columns)))


@functools.lru_cache(maxsize=2)
def _names(columns: tuple[str, ...]) -> pd.Index:
    return pd.Index(columns)


def _small(columns: Columns) -> Columns:
    """Keep codes in as few bytes as the frames will: they are copied less, and more of a run stays in the cache."""
    sizes = _code_sizes()
    return {
        name: column.astype(sizes[name], copy=False) if name in sizes else column for name, column in columns.items()
    }


def _segment_columns(extracted: Extracted) -> Columns:
    found, wording, types = extracted.found, extracted.wording, extracted.types
    clauses = found.clauses
    offset = np.take(extracted.text.starts, found.document)
    columns = {
        "document": found.document,
        "start": clauses.start - offset,
        "end": clauses.end - offset,
        "part": found.part,
        "section_no": clauses.section_no,
        "paragraph_no": clauses.paragraph_no,
        "sentence_no": clauses.sentence_no,
        "clause_no": clauses.clause_no,
        "role": found.role,
        "rule": found.rule,
        "cue": np.where(wording.verb >= 0, wording.verb, found.head_word),
        "verb_force": wording.force,
        "is_striving": wording.is_striving,
        "strength": wording.strength,
        "type": types.type,
        "domain": types.domain,
        "stage": types.stage,
        "testable": types.testable,
    }
    return _small(columns)


def _quantity_columns(extracted: Extracted) -> Columns:
    quantities, text = extracted.quantities, extracted.text.text
    known = chars.places(extracted.phrase_start >= 0)
    spans = zip(extracted.phrase_start[known].tolist(), extracted.phrase_end[known].tolist(), strict=True)
    phrases = np.full(len(quantities.start), None, object)
    phrases[known] = [text[start:end] for start, end in spans]
    document = extracted.found.document.take(extracted.clause)
    offset = np.take(extracted.text.starts, document)
    first = np.searchsorted(extracted.found.document, np.arange(len(extracted.text.starts)))
    columns = {
        "document": document,
        "start": quantities.start - offset,
        "end": quantities.end - offset,
        "value": quantities.value,
        "value_max": quantities.value_max,
        "unit": quantities.unit,
        "comparator": quantities.comparator,
        "class": extracted.kind,
        "is_target": extracted.is_target,
        "is_multi_year": extracted.is_multi_year,
        "change": extracted.change,
        "indicator": phrases,
        "segment": extracted.clause - first.take(document),
    }
    return _small(columns)


@functools.lru_cache(maxsize=1)
def _dtypes() -> dict[str, pd.CategoricalDtype]:
    """Return the categories of every coded column, ordered where the codebook orders them."""
    ordered = {"verb_force": FORCES, "strength": STRENGTHS, "stage": STAGES, "testable": TESTABLE}
    plain = {
        "part": PARTS,
        "role": ROLES,
        "rule": tuple(RULES),
        "cue": tuple(lexicons().cues.lexicon.words),
        "type": TYPES,
        "domain": lexicons().domains.domains,
        "unit": tuple(lexicons().numbers.units),
        "comparator": COMPARATORS,
        "class": CLASSES[:-1],
        "change": CHANGES,
    }
    out = {name: pd.CategoricalDtype(list(codes), ordered=True) for name, codes in ordered.items()}
    return out | {name: pd.CategoricalDtype(list(codes)) for name, codes in plain.items()}


@functools.lru_cache(maxsize=1)
def _code_sizes() -> dict[str, np.dtype]:
    """Return what kind of number a frame keeps each column of codes in."""
    return {name: pd.Categorical.from_codes([], dtype=dtype).codes.dtype for name, dtype in _dtypes().items()}


def extract(text: str, report_year: int | None = None) -> Extraction:
    """Read a report: find its clauses, numbers and headline targets, with codes as in the codebook.

    Parameters
    ----------
    text
        The report, or any part of one. Offsets count its characters.
    report_year
        The year that the report plans for; by default what its first lines and headings say.

    Returns
    -------
    Extraction
        With the frames ``segments``, ``quantities`` and ``headline``.

    Examples
    --------
    >>> found = extract("今年主要预期目标是：地区生产总值增长6%以上。", report_year=2024)
    >>> found.headline.loc[0, ["indicator_id", "status", "comparator"]].tolist(), found.headline.loc[0, "value"]
    (['gdp_growth', 'stated', 'ge'], np.float64(6.0))
    >>> quantities = extract("新增10家社区便民食堂。").quantities
    >>> quantities[["unit", "class", "indicator"]].values.tolist()
    [['家', 'target', '社区便民食堂']]
    """
    return Extraction([_read([text], [report_year])], None)


def extract_many(
    texts: Iterable[str], report_years: Iterable[int | None] | None = None, documents: Sequence[object] | None = None
) -> Extraction:
    """Read many reports at once: the frames of ``extract``, with a column ``document`` in front.

    Parameters
    ----------
    texts
        The reports.
    report_years
        The year of each, where known.
    documents
        What to call each; 0, 1, 2 … by default.

    Examples
    --------
    >>> extract_many(["新增10家食堂。", "引进20名人才。"]).quantities[["document", "unit"]].values.tolist()
    [[0, '家'], [1, '人']]
    """
    texts = list(texts)
    years = [None] * len(texts) if report_years is None else list(report_years)
    names = list(range(len(texts))) if documents is None else list(documents)
    runs = [_read(texts[run], years[run]) for run in _runs(texts)]
    return Extraction(runs or [_Run([], [], *_no_columns())], names)


def _read(texts: Sequence[str], years: Sequence[int | None]) -> _Run:
    """Read texts together, and keep only what the frames are made of."""
    found = extract_columns(texts, lexicons(), years)
    return _Run(texts, years, *_no_columns()) if found is None else _kept(texts, found)


def _kept(texts: Sequence[str], found: Extracted) -> _Run:
    return _Run(texts, found.found.years, _segment_columns(found), _quantity_columns(found))


def framed(text: str, found: Extracted) -> Extraction:
    """Return the frames of what was found in one text, for who needs the columns behind them too."""
    return Extraction([_kept([text], found)], None)


@functools.lru_cache(maxsize=1)
def _no_columns() -> tuple[Columns, Columns]:
    """Return the columns of a text with nothing in it."""
    extracted = extract_columns(["无"], lexicons(), [None])
    assert extracted is not None
    segments, quantities = _segment_columns(extracted), _quantity_columns(extracted)
    return {name: column[:0] for name, column in segments.items()}, {
        name: column[:0] for name, column in quantities.items()
    }


_RUN = 180_000  # characters read together: enough to spread the cost of each step, few enough to stay in the cache


def _runs(texts: Sequence[str]) -> Iterator[slice]:
    """Group texts to be read together; one with invisible characters is read alone, lest they join the text before."""
    first, size = 0, 0
    for place, text in enumerate(texts):
        alone = any(mark in text for mark in chars.INVISIBLES)
        if place > first and (alone or size + len(text) > _RUN):
            yield slice(first, place)
            first, size = place, 0
        size += len(text) + (_RUN if alone else 0)
    if first < len(texts):
        yield slice(first, len(texts))


def extractor_version() -> str:
    """Return what changes when rules or lexicons do: the rules' version and a hash of the lexicon tables.

    Examples
    --------
    >>> number, _, words = extractor_version().partition("-")
    >>> number.isdigit(), len(words)
    (True, 8)
    """
    return f"{RULES_VERSION}-{fingerprint(*LEXICON_TABLES)[:8]}"


@functools.lru_cache(maxsize=1)
def lexicons() -> Lexicons:
    """Return the lexicons of the bundled tables, compiled once."""
    units = load_table("number_units")
    names = load_table("number_names")
    words = load_table("number_words")
    verbs = load_table("verb_lexicon")
    cues = load_table("clause_cues")
    fields = load_table("domain_cues")
    targets = load_table("headlines")
    aliases = load_table("headline_aliases").fillna({"headline_ids": ""})
    phrases = Phrases(_rows(load_table("report_phrases")[["phrase", "kind"]]))
    columns = ["printed", "unit", "factor", "kind"]
    domain = fields["domain"].cat.categories
    cue_lexicon = CueLexicon(dict(_rows(verbs[["verb", "verb_force"]])), _rows(cues[["cue", "kind"]]))
    return lexicons_of(
        NumberLexicon(
            _rows(units[columns]), dict(_rows(names[["name", "class"]])), _rows(words[["word", "side", "effect"]])
        ),
        cue_lexicon,
        TypeLexicon(cue_lexicon, dict(_rows(verbs[["verb", "type"]].dropna())), phrases),
        DomainLexicon(
            dict(_rows(fields[["cue", "domain"]])), set(fields.loc[fields["is_general"], "cue"]), tuple(domain)
        ),
        HeadlineLexicon(
            dict(_rows(targets[["headline_id", "unit"]])), _rows(aliases[["alias", "headline_ids", "kind"]]), phrases
        ),
        PartPhrases(phrases),
    )


def _rows(frame: pd.DataFrame) -> list[tuple]:
    """Return the rows of a table as plain values, codes as text."""
    columns = [frame[name].astype(str) if frame[name].dtype == "category" else frame[name] for name in frame]
    return list(zip(*(column.tolist() for column in columns), strict=True))
