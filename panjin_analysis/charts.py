"""The charts the build makes: for each, its table, its drawing and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from panjin_analysis import captions, compare, figures, firmness, profiles
from panjin_analysis.tables import count_by, funnel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Chart:
    """How one chart is made from the tables of ``load_tables()``."""

    table: Callable[[Tables], pd.DataFrame]
    plot: "Callable[..., Axes]"
    caption: Callable[[pd.DataFrame, str], captions.Caption]


def _funnel(tables: Tables) -> pd.DataFrame:
    return funnel(tables["segments"], tables["commitments"], compare.fulfilment())


def _targets(tables: Tables) -> pd.DataFrame:
    rated = compare.fulfilment()[["commitment_id", "code"]]
    return compare.targets_compared(tables["targets"]).merge(rated, on="commitment_id", validate="many_to_one")


CHARTS = {
    "01_funnel": Chart(_funnel, figures.plot_funnel, captions.caption_funnel),
    "02_strength": Chart(
        lambda tables: count_by(tables["commitments"], "domain", "strength"),
        figures.plot_strength,
        captions.caption_strength,
    ),
    "03_types": Chart(
        lambda tables: count_by(tables["commitments"], "domain", "type"), figures.plot_types, captions.caption_types
    ),
    "04_targets": Chart(_targets, figures.plot_targets, captions.caption_targets),
    "05_histories": Chart(lambda _: compare.histories(), figures.plot_histories, captions.caption_histories),
    "06_continuity": Chart(lambda _: compare.count_continuity(), figures.plot_continuity, captions.caption_continuity),
    "07_promises": Chart(lambda _: compare.promises(), figures.plot_promises, captions.caption_promises),
    "08_ladder": Chart(lambda _: compare.stage_ladder(), figures.plot_ladder, captions.caption_ladder),
    "09_wiggle": Chart(
        lambda tables: firmness.wiggle_room(tables["commitments"]), figures.plot_wiggle, captions.caption_wiggle
    ),
    "10_fulfilment": Chart(
        lambda _: compare.count_fulfilment(compare.fulfilment()), figures.plot_fulfilment, captions.caption_fulfilment
    ),
    "10_range": Chart(lambda _: compare.fulfilment_range(), figures.plot_range, captions.caption_range),
    "11_terms": Chart(profiles.terms_by_year, figures.plot_terms, captions.caption_terms),
    "12_profiles": Chart(profiles.strength_by_year, figures.plot_profiles, captions.caption_profiles),
}
