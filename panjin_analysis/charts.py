"""The charts the build makes: for each, its table, its drawing, its words and its receipt.

The table of a chart carries, beside each number drawn, the ids of the rows behind it; a
``Chart`` says which of its columns name a mark, which are the numbers, and which are ids.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from panjin_analysis import captions, compare, figures, firmness, profiles
from panjin_analysis.load import data_dir, read_codebook
from panjin_analysis.load.store import read_derived
from panjin_analysis.tables import add_ids, count_by, funnel, funnel_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Tables = dict[str, pd.DataFrame]


def column_meanings(lang: str = "zh") -> pd.DataFrame:
    """Return what every column beside a chart means, by its name.

    The codebook has the columns of the tables, and those that functions add to them.

    Returns
    -------
    pandas.DataFrame
        Indexed by column: ``title``, ``description`` and ``unit``.

    Examples
    --------
    >>> column_meanings("en").loc["share_pct", "title"]
    'Share (%)'
    """
    home = data_dir()
    added = read_derived(home)
    own = [column for table in read_codebook(home).values() for column in table.columns]
    rows = [
        (one.name, getattr(one, f"title_{lang}"), getattr(one, f"description_{lang}"), one.unit)
        for one in [*own, *added]
    ]
    out = pd.DataFrame(rows, columns=["column", "title", "description", "unit"]).set_index("column")
    return out[~out.index.duplicated()]


@dataclass(frozen=True)
class Chart:
    """How one chart is made from the tables of ``load_tables()``.

    ``names`` are the columns of its table that say which mark a row is, each with the
    vocabulary of its codes or an empty text; ``numbers`` are what is drawn of it, and
    ``ids`` the columns of row ids, joined by ``|`` where there are several. ``asks`` is the
    question that the chart answers. ``names_columns`` is for a chart whose marks are told apart
    by settings: each is named with the title of its column.
    """

    table: Callable[[Tables], pd.DataFrame]
    plot: "Callable[..., Axes]"
    caption: Callable[[pd.DataFrame, str], captions.Caption]
    names: dict[str, str]
    numbers: tuple[str, ...]
    ids: tuple[str, ...]
    asks: dict[str, str]
    names_columns: bool = False


def _funnel(tables: Tables) -> pd.DataFrame:
    rated = compare.fulfilment()
    steps = funnel(tables["segments"], tables["commitments"], rated)
    rows = {"clauses": tables["segments"]["segment_id"], **funnel_rows(tables["commitments"], rated)}
    ids = pd.Series([pd.NA if (found := rows[step]) is None else "|".join(found) for step in steps["step"]])
    is_clause = steps["step"] == "clauses"
    ids = ids.mask(ids == "")
    return steps.assign(
        segment_ids=ids.where(is_clause).astype("str"), commitment_ids=ids.mask(is_clause).astype("str")
    )


def _counted(*keys: str) -> Callable[[Tables], pd.DataFrame]:
    """Return the table of a chart that counts commitments by some of their columns."""

    def table(tables: Tables) -> pd.DataFrame:
        commitments = tables["commitments"]
        return add_ids(count_by(commitments, *keys), commitments, list(keys), "commitment_id")

    return table


def _targets(tables: Tables) -> pd.DataFrame:
    rated = compare.fulfilment()[["commitment_id", "code"]]
    return compare.targets_compared(tables["targets"]).merge(rated, on="commitment_id", validate="many_to_one")


def _continuity(_: Tables) -> pd.DataFrame:
    counts, rows, keys = compare.count_continuity(), compare.continuity_steps(), ["step", "code"]
    return add_ids(add_ids(counts, rows, keys, "commitment_id"), rows, keys, "observation_id")


def _fulfilment(_: Tables) -> pd.DataFrame:
    rated, keys = compare.fulfilment(), ["domain", "code"]
    counts = add_ids(compare.count_fulfilment(rated), rated, keys, "commitment_id")
    return add_ids(counts, rated, keys, "evidence_ids")


def _terms(tables: Tables) -> pd.DataFrame:
    """Return the counts of terms with the text and the extractor that they come from."""
    keys = ["report_id", "term_id"]
    read = tables["key_terms"][[*keys, "text_sha256", "extractor_version"]]
    return profiles.terms_by_year(tables).merge(read, on=keys, how="left", validate="one_to_one")


def _profiles(tables: Tables) -> pd.DataFrame:
    """Return the strengths of whole reports with the rows and the text that they come from."""
    facts = tables["report_profiles"]
    ahead = facts[facts["part"].isin(profiles.AHEAD) & (facts["role"] == "commitment")]
    shares = add_ids(profiles.strength_by_year(tables), ahead, ["report_id", "strength"], "profile_id")
    return shares.assign(text_sha256=shares["report_id"].map(facts.groupby("report_id")["text_sha256"].first()))


_SHARES = ("count", "total", "share_pct")
CHARTS = {
    "01_funnel": Chart(
        _funnel, figures.plot_funnel, captions.caption_funnel,
        {"step": "funnel_step"}, ("count", "share_pct"), ("segment_ids", "commitment_ids"),
        {"zh": "报告里有多少可以检验？", "en": "How much of the report can be checked at all?"},
    ),
    "02_strength": Chart(
        _counted("domain", "strength"), figures.plot_strength, captions.caption_strength,
        {"domain": "domain", "strength": "strength"}, _SHARES, ("commitment_ids",),
        {"zh": "哪些领域措辞硬，哪些软？", "en": "Where is the wording firm, where soft?"},
    ),
    "03_types": Chart(
        _counted("domain", "type"), figures.plot_types, captions.caption_types,
        {"domain": "domain", "type": "type"}, _SHARES, ("commitment_ids",),
        {"zh": "每个领域作什么样的承诺？", "en": "What kind of promise does each field get?"},
    ),
    "04_targets": Chart(
        _targets, figures.plot_targets, captions.caption_targets,
        {"name": ""}, ("previous", "value", "result", "next_target", "previous_index", "result_index", "next_index"),
        ("target_id", "commitment_id", "previous_id", "result_id", "next_id"),
        {"zh": "数字达到了吗？", "en": "Was the number reached?"},
    ),
    "05_histories": Chart(
        lambda _: compare.histories(), figures.plot_histories, captions.caption_histories,
        {"name": "", "refers_to_year": "", "kind": "observation_kind"}, ("value",), ("observation_id",),
        {"zh": "目标定得高吗？", "en": "Is the target ambitious?"},
    ),
    "06_continuity": Chart(
        _continuity, figures.plot_continuity, captions.caption_continuity,
        {"step": "", "code": "continuity"}, _SHARES, ("commitment_ids", "observation_ids"),
        {"zh": "去年的提法今年怎样了？", "en": "What became of last year's line?"},
    ),
    "07_promises": Chart(
        lambda _: compare.promises(), figures.plot_promises, captions.caption_promises,
        {"label": "", "report_year": "", "part": "part", "word": ""}, (), ("commitment_id", "source"),
        {"zh": "哪些承诺年年出现？", "en": "Which promises come back year after year?"},
    ),
    "08_ladder": Chart(
        lambda _: compare.stage_ladder(), figures.plot_ladder, captions.caption_ladder,
        {"label": "", "report_year": "", "part": "part", "stage": "stage"}, ("rung",), ("commitment_id", "source"),
        {"zh": "哪些项目停在原处？", "en": "Which projects are stuck?"},
    ),
    "09_wiggle": Chart(
        lambda tables: firmness.wiggle_room(tables["commitments"]), figures.plot_wiggle, captions.caption_wiggle,
        {"domain": "domain", "axis": "wording_axis"}, (*_SHARES, "low_pct", "high_pct"), ("commitment_ids",),
        {"zh": "措辞有多硬，我们有多确定？", "en": "How firm is the wording, and how sure are we?"},
    ),
    "10_fulfilment": Chart(
        _fulfilment, figures.plot_fulfilment, captions.caption_fulfilment,
        {"domain": "domain", "code": "fulfilment"}, ("count", "estimates", "total", "share_pct"),
        ("commitment_ids", "evidence_ids"),
        {"zh": "后来怎样？", "en": "What came of it?"},
    ),
    "10_range": Chart(
        lambda _: compare.fulfilment_range(), figures.plot_range, captions.caption_range,
        dict.fromkeys((*captions.CHOICES, "unit", "base"), ""), ("reached", "counted", "reached_pct"),
        ("reached_ids", "counted_ids"),
        {"zh": "换一种算法，结论变多少？", "en": "How much hangs on the way of counting?"},
        names_columns=True,
    ),
    "11_terms": Chart(
        _terms, figures.plot_terms, captions.caption_terms,
        {"term": "", "report_year": ""}, ("occurrences", "characters", "per_10000"), ("report_id",),
        {"zh": "哪些提法是新的，哪些不见了？", "en": "What is new on the agenda, and what left it?"},
    ),
    "12_profiles": Chart(
        _profiles, figures.plot_profiles, captions.caption_profiles,
        {"report_year": "", "strength": "strength"}, _SHARES, ("profile_ids",),
        {"zh": "措辞是不是越来越硬？", "en": "Is the language getting firmer?"},
    ),
}  # fmt: skip
