"""Charts read back: what is drawn is what stands in the table."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex, to_rgba

from panjin_analysis.figures import plot_funnel, plot_strength, plot_types
from panjin_analysis.style import HATCH, STRENGTH, contrast, ink_on
from panjin_analysis.tables import labels

plt.switch_backend("Agg")

STEPS = pd.DataFrame(
    {
        "step": ["clauses", "commitments", "testable", "met"],
        "count": pd.array([40, 20, 5, pd.NA], dtype="Int64"),
        "share_pct": pd.array([pd.NA, 100.0, 25.0, pd.NA], dtype="Float64"),
    }
)
STRENGTHS = ["strive", "support", "advance", "implement", "deliver"]
# Health is the firmer (3 of 4), though talent stands first.
STRENGTH_COUNTS = pd.DataFrame(
    {
        "domain": pd.Categorical(["talent"] * 5 + ["health"] * 5, ["talent", "health"]),
        "strength": pd.Categorical(STRENGTHS * 2, STRENGTHS, ordered=True),
        "count": [1, 1, 6, 2, 0, 0, 0, 1, 1, 2],
        "total": [10] * 5 + [4] * 5,
        "share_pct": [10.0, 10, 60, 20, 0, 0, 0, 25, 25, 50],
    }
)
TYPE_COUNTS = pd.DataFrame(
    {
        "domain": pd.Categorical(["talent", "talent", "health", "health"], ["talent", "health"]),
        "type": pd.Categorical(["event", "direction"] * 2, ["event", "direction"]),
        "count": [0, 9, 1, 4],
        "total": [9, 9, 5, 5],
        "share_pct": [0.0, 100, 20, 80],
    }
)
PLOTS = [(plot_funnel, STEPS), (plot_strength, STRENGTH_COUNTS), (plot_types, TYPE_COUNTS)]
PLOTS = [pytest.param(plot, table, id=plot.__name__) for plot, table in PLOTS]


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def ticks(axis) -> list[str]:
    return [label.get_text().replace("\n", "") for label in axis.get_ticklabels()]


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_an_axes_that_is_passed_is_drawn_on_and_returned(plot, table):
    _, mine = plt.subplots()
    assert plot(table, ax=mine) is mine
    assert mine.patches or mine.collections
    assert len(plt.get_fignums()) == 1


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_the_table_is_left_as_it_was(plot, table):
    before = table.copy(deep=True)
    plot(table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_a_chart_has_no_title_of_its_own(plot, table, lang):
    assert plot(table, lang=lang).get_title() == ""


def test_the_funnel_bars_are_the_counts_from_the_top_down():
    ax = plot_funnel(STEPS)
    assert [bar.get_width() for bar in ax.patches[:3]] == [40, 20, 5]
    assert [bar.get_y() + bar.get_height() / 2 for bar in ax.patches] == [0, 1, 2, 3]
    assert ax.yaxis_inverted()


def test_a_missing_step_of_the_funnel_is_an_empty_dashed_frame_and_has_words():
    ax = plot_funnel(STEPS, lang="en")
    frame = ax.patches[3]
    assert frame.get_linestyle() == "--"
    assert to_rgba(frame.get_facecolor())[3] == 0
    assert [bar.get_linestyle() for bar in ax.patches[:3]] == ["solid"] * 3
    words = ax.texts[3].get_text()
    assert words == "no evidence read yet"
    assert plot_funnel(STEPS).texts[3].get_text() == "尚无依据"


def test_a_step_of_zero_is_not_a_missing_step():
    steps = STEPS.assign(count=pd.array([40, 20, 0, pd.NA], dtype="Int64"))
    ax = plot_funnel(steps)
    assert ax.patches[2].get_width() == 0
    assert ax.texts[2].get_text().startswith("0")


@pytest.mark.parametrize(("lang", "words"), [("zh", "5（占承诺的 25%）"), ("en", "5  (25% of commitments)")])
def test_a_funnel_bar_says_its_count_and_share(lang, words):
    assert [text.get_text() for text in plot_funnel(STEPS, lang=lang).texts[:3:2]] == ["40", words]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_funnel_steps_are_named_in_the_language(lang):
    names = labels("funnel_step", lang)
    written = [name.replace(" ", "") for name in ticks(plot_funnel(STEPS, lang=lang).yaxis)]
    assert written == [names[step].replace(" ", "") for step in STEPS["step"]]


def test_the_strength_bars_are_the_shares_firmest_domain_first():
    ax = plot_strength(STRENGTH_COUNTS, lang="en")
    assert ticks(ax.yaxis) == ["Health (4)", "Talent (10)"]
    widths = {bars.get_label(): [bar.get_width() for bar in bars] for bars in ax.containers}
    assert list(widths.items()) == [
        ("Deliver", [50, 0]),
        ("Implement", [25, 20]),
        ("Advance", [25, 60]),
        ("Support", [0, 10]),
        ("Strive", [0, 10]),
    ]


def test_the_strength_bars_of_a_domain_stand_end_to_end_up_to_a_hundred():
    ax = plot_strength(STRENGTH_COUNTS)
    for place in range(2):
        bars = [container[place] for container in ax.containers]
        ends = [bar.get_x() + bar.get_width() for bar in bars]
        assert [bar.get_x() for bar in bars] == [0, *ends[:-1]]
        assert ends[-1] == 100


def test_each_strength_has_its_colour_and_striving_its_hatch():
    ax = plot_strength(STRENGTH_COUNTS)
    drawn = [(to_hex(bars[0].get_facecolor()).upper(), bars[0].get_hatch()) for bars in ax.containers]
    assert drawn == [(STRENGTH[code], HATCH.get(code)) for code in reversed(STRENGTHS)]
    assert drawn[-1][1]


def test_the_counts_stand_inside_the_bars_and_no_zero_is_written():
    ax = plot_strength(STRENGTH_COUNTS)
    inside = {(text.get_position()[0], text.get_position()[1]): text.get_text() for text in ax.texts}
    assert inside == {
        (25, 0): "2", (62.5, 0): "1", (87.5, 0): "1", (10, 1): "2", (50, 1): "6", (85, 1): "1", (95, 1): "1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "first", "domain"), [("zh", "完成类", "卫生健康 (4)"), ("en", "Deliver", "Health (4)")]
)
def test_the_legend_and_the_domains_are_in_the_language(lang, first, domain):
    ax = plot_strength(STRENGTH_COUNTS, lang=lang)
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == [
        labels("strength", lang)[c] for c in reversed(STRENGTHS)
    ]
    assert ax.figure.legends[0].get_texts()[0].get_text() == first
    assert ticks(ax.yaxis)[0] == domain


def test_the_heat_map_has_the_tables_numbers_and_leaves_zeros_blank():
    ax = plot_types(TYPE_COUNTS)
    assert ax.collections[0].get_array().reshape(2, 2).tolist() == [[0, 9], [1, 4]]
    assert [text.get_text() for text in ax.texts] == ["", "9", "1", "4"]


@pytest.mark.parametrize(
    ("lang", "domains", "types"),
    [
        ("zh", ["人才 (9)", "卫生健康 (5)"], ["赛事活动", "方向表述"]),
        ("en", ["Talent (9)", "Health (5)"], ["Event", "Direction"]),
    ],
)
def test_the_heat_map_is_labelled_in_the_language(lang, domains, types):
    ax = plot_types(TYPE_COUNTS, lang=lang)
    assert ticks(ax.yaxis) == domains
    assert ticks(ax.xaxis) == types


def test_every_number_of_the_heat_map_is_in_the_ink_that_stands_out_more():
    ax = plot_types(TYPE_COUNTS)
    ax.figure.canvas.draw()
    cells = ax.collections[0].get_facecolor()
    assert [text.get_color() for text in ax.texts] == [ink_on(cell) for cell in cells]
    assert min(contrast(ink_on(cell), cell) for cell in cells) >= 3
