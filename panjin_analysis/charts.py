"""The charts the build makes: for each, its table, its drawing and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from panjin_analysis import captions, figures
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


CHARTS = {
    "01_funnel": Chart(
        lambda tables: funnel(tables["segments"], tables["commitments"]),
        figures.plot_funnel,
        captions.caption_funnel,
    ),
    "02_strength": Chart(
        lambda tables: count_by(tables["commitments"], "domain", "strength"),
        figures.plot_strength,
        captions.caption_strength,
    ),
    "03_types": Chart(
        lambda tables: count_by(tables["commitments"], "domain", "type"),
        figures.plot_types,
        captions.caption_types,
    ),
}
