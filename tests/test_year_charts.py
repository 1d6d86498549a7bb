"""Charts of years and outcomes read back: what is drawn is what stands in the table, and no line says more."""

import itertools

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from panjin_analysis import figures
from panjin_analysis.charts import CHARTS
from panjin_analysis.compare import histories, stage_ladder, targets_compared
from panjin_analysis.load import load_table, load_targets
from panjin_analysis.saving import write_figure

plt.switch_backend("Agg")

# A result on the same population, an estimate on a near one, and none.
TARGETS = pd.DataFrame({
    "name_zh": ["苇田步道", "蟹农合作社", "观鸟栈道"], "name_en": ["Reed paths", "Crab co-operatives", "Bird walks"],
    "unit": "item", "comparator": ["eq", "ge", "eq"], "value": [40.0, 200, 8], "result": [50.0, 150, None],
    "result_comparator": ["gt", "eq", None], "result_status": ["final", "estimate", None],
    "comparability": ["same", "near", None], "previous": [30.0, None, 4],
    "previous_year": pd.array([2022, None, 2016], dtype="Int64"), "next_target": [None, 220.0, None],
    "previous_index": [75.0, None, 50], "result_index": [125.0, 75, None], "next_index": [None, 110.0, None],
    "code": ["exceeded", "partly_met", "no_evidence"],
})  # fmt: skip
# One indicator with a break before 2022, unread years after 2015, and an estimate.
HISTORY = pd.DataFrame(
    [
        (2015, "result", 10, "final", 1), (2019, "target", 14, None, 1), (2019, "result", 12, "final", 1),
        (2020, "target", 15, None, 1), (2020, "result", 16, "final", 1), (2022, "result", 30, "final", 2),
        (2024, "target", 34, None, 2), (2024, "result", 33, "estimate", 2),
    ],
    columns=["refers_to_year", "kind", "value", "status", "series"],
).astype({"refers_to_year": "Int64"})  # fmt: skip
HISTORY = HISTORY.assign(indicator_id="urban_new_jobs", name_zh="苇席", name_en="Reed mats", unit="item")
STEPS = pd.DataFrame({
    "step": pd.Categorical(["2023-2024"] * 3 + ["2024-2025"] * 3), "code": ["unchanged", "new", "dropped_silent"] * 2,
    "count": [3, 2, 0, 4, 0, 1], "total": 5,
})  # fmt: skip
TOLD = pd.DataFrame({
    "promise_id": ["a", "a", "a", "b"], "label_zh": ["甲桥"] * 3 + ["乙塘"], "label_en": ["Bridge A"] * 3 + ["Pond B"],
    "report_year": [2016, 2020, 2020, 2025], "part": ["plan", "review", "plan", "review"],
    "word_zh": ["启动", "推进", "建成", "投用"], "word_en": ["Launch", "Under way", "Built", "In use"],
})  # fmt: skip
LADDER = pd.DataFrame({
    "commitment_id": ["C1"] * 4 + ["C2"] + ["C3"] * 2, "report_year": [2021, 2022, 2022, 2023, 2024, 2023, 2024],
    "part": ["plan", "review", "plan", "plan", "plan", "plan", "plan"], "rung": [4, 3, 7, 4, 5, 3, 5],
    "is_stuck": [False, False, False, True, False, False, False],
}).assign(label_zh=lambda t: t["commitment_id"] + "桥", label_en=lambda t: "Bridge " + t["commitment_id"])  # fmt: skip
RATED = pd.DataFrame({
    "domain": pd.Categorical(["talent"] * 3 + ["health"] * 3, ["talent", "health"]),
    "code": pd.Categorical(["met", "no_evidence", "not_assessable"] * 2),
    "count": [2, 0, 1, 3, 4, 0], "estimates": [1, 0, 0, 0, 0, 0],
})  # fmt: skip
RANGES = pd.DataFrame({
    "base": ["testable"] * 2 + ["with_evidence"] * 3, "unit": ["commitment"] * 2 + ["clause"] * 3,
    "reached_pct": pd.array([20.0, 45.4, 90, 90, pd.NA], dtype="Float64"),
})  # fmt: skip
EVERY = {"04_targets": TARGETS, "05_histories": HISTORY, "06_continuity": STEPS, "07_promises": TOLD}
EVERY |= {"08_ladder": LADDER, "10_fulfilment": RATED, "10_range": RANGES}
ALL = pytest.mark.parametrize("name", EVERY)
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def marks(ax, marker):
    """Return the places of one kind of mark, and whether each is hollow."""
    lines = [line for line in ax.lines if line.get_marker() == marker and line.get_fillstyle() != "none"]
    return [(*map(float, xy), line.get_markerfacecolor() == "white") for line in lines for xy in line.get_xydata()]


def joined(ax):
    """Return the years at both ends of every stretch that a line joins; dashed guides join nothing."""
    lines = [line for line in ax.lines if line.get_linestyle() in {"-", ":"}]
    return [ends for line in lines for ends in itertools.pairwise(int(x) for x in line.get_xdata())]


def words(texts):
    return [text.get_text().replace("\n", "") for text in texts]


@LANGS
@ALL
def test_a_chart_of_a_small_table_passes_the_check_and_leaves_the_table_as_it_was(name, lang, tmp_path):
    chart, table, before = CHARTS[name], EVERY[name], EVERY[name].copy(deep=True)
    paths = write_figure(chart.plot(table, lang=lang), chart.caption(table, lang), table, tmp_path / name)
    assert [path.suffix for path in paths] == [".png", ".svg", ".csv", ".txt"]
    pd.testing.assert_frame_equal(table, before)


@ALL
def test_the_figure_of_an_axes_that_is_passed_is_drawn_on(name):
    _, mine = plt.subplots()
    ax = CHARTS[name].plot(EVERY[name], ax=mine)
    assert ax.figure is mine.figure
    assert ax.lines or ax.patches
    assert len(plt.get_fignums()) == 1


# Each title and alt text is counted by hand from the small tables above.
@pytest.mark.parametrize(
    ("name", "title", "alt"),
    [
        ("04_targets", "3 个量化目标中，2 个有结果，其中 1 个达到", "观鸟栈道 8 → 未写结果。"),
        ("05_histories", "本图所画为 3 次中 1 次", "苇席。"),
        (
            "06_continuity",
            "5 项承诺中，2 项未见于以前持有的计划，1 项未见于 2025 年计划且无说明",
            "2024-2025 不再提及 1。",
        ),
        ("07_promises", "选看 2 项多年承诺：各在 2 份持有的计划中出现", "甲桥 2020 建成"),
        ("08_ladder", "有两份以上计划可比的 2 个项目中，1 个至少有一次计划阶段未前进", "C1桥。"),
        (
            "10_fulfilment",
            "至少部分可检验的 9 项中，5 项完成，0 项有进展，4 项未见结果",
            "完成 5，未见结果 4，无法评定 1。",
        ),
        ("10_range", "完成的比例：占至少部分可检验的 20–45%，占有结果的 90–90%", "共 5 种组合。"),
    ],
)
def test_a_title_is_counted_from_the_table(name, title, alt):
    caption = CHARTS[name].caption(EVERY[name], "zh")
    assert caption.title.endswith(title)
    assert alt in caption.alt


def test_where_less_is_desired_a_result_below_its_target_has_reached_it():
    falling = HISTORY.assign(indicator_id="urban_unemployment_registered")
    assert CHARTS["05_histories"].caption(falling, "zh").title.endswith("本图所画为 3 次中 2 次")


@LANGS
def test_targets_stand_at_their_indices_and_only_the_near_result_is_hollow(lang):
    ax = figures.plot_targets(TARGETS, lang=lang)
    assert marks(ax, "D") == [(125, 0, False), (75, 1, True)]
    assert marks(ax, "o") == [(75, 0, True), (50, 2, True)]
    assert marks(ax, "^") == [(110, 1, False)]


@pytest.mark.parametrize(("lang", "missing"), [("zh", "未写结果"), ("en", "not reported")])
def test_a_target_writes_its_own_numbers_and_a_missing_result_is_words(lang, missing):
    ax = figures.plot_targets(TARGETS, lang=lang)
    assert [text.get_position()[1] for text in ax.texts if text.get_text() == missing] == [2]
    numbers = [
        words([t for t in ax.texts if t.get_position()[1] == row and t.get_text() != missing]) for row in range(3)
    ]
    assert [row[:4] for row in numbers] == [
        ["30 (2022)", "40", ">50", "–"], ["–", "≥200", "150*", "220"], ["4 (2016)", "8", "?", "–"],
    ]  # fmt: skip


def test_a_target_that_no_other_number_stands_beside_can_be_drawn():
    insurance = targets_compared(load_targets()).query("commitment_id == 'PJ-2024-C021'")
    assert marks(figures.plot_targets(insurance), "D") == []


@LANGS
def test_every_fact_of_a_history_is_one_mark_and_an_estimate_is_hollow(lang):
    ax = figures.plot_histories(HISTORY, lang=lang)
    for marker, kind in {"s": "target", "o": "result"}.items():
        rows = HISTORY[HISTORY["kind"] == kind]
        expected = zip(rows["refers_to_year"], rows["value"], rows["status"] == "estimate", strict=True)
        assert sorted(marks(ax, marker)) == sorted(expected)


def test_lines_of_a_history_join_what_is_near_in_time_and_of_one_series():
    assert set(joined(figures.plot_histories(HISTORY))) <= {(2019, 2020), (2022, 2024)}
    dashed = [line.get_xdata()[0] for line in figures.plot_histories(HISTORY).lines if line.get_linestyle() == "--"]
    assert dashed == [2021.5]


def test_lines_of_a_history_join_all_that_is_near_in_time_and_of_one_series():
    assert sorted(joined(figures.plot_histories(HISTORY))) == [(2019, 2020), (2019, 2020), (2022, 2024)]


def test_no_line_of_the_real_histories_crosses_a_break_or_more_than_two_years():
    facts, breaks = histories(), load_table("breaks")
    panels = figures.plot_histories(facts).figure.axes
    bad, drawn = [], 0
    for panel, name in zip(panels, dict.fromkeys(facts["indicator_id"]), strict=True):
        broken = breaks.loc[breaks["indicator_id"] == name, "from_year"].tolist()
        stretches = joined(panel)
        drawn += len(stretches)
        bad += [(name, a, b) for a, b in stretches if b - a > 2 or any(a < year <= b for year in broken)]
    assert bad == []
    assert drawn


@LANGS
def test_continuity_has_a_bar_per_code_as_long_as_its_count_and_a_hatched_one_without_a_number(lang):
    panels = figures.plot_continuity(STEPS, lang=lang).figure.axes
    # The order is that of the families: kept, then in and out.
    assert [[bar.get_width() for bar in panel.patches[:-1]] for panel in panels] == [[3, 2, 0], [4, 0, 1]]
    unread = {"zh": "未读，不计", "en": "not read"}[lang]
    assert [words(panel.texts) for panel in panels] == [["3", "2", unread], ["4", "1", unread]]
    assert [[bool(bar.get_hatch()) for bar in panel.patches] for panel in panels] == [[False, False, False, True]] * 2


def test_every_code_of_two_plans_has_a_bar():
    drawn = {code for _, _, group in figures.years.FAMILIES.values() for code in group}
    planned = load_table("links").query("relation != 'result'")["code"]
    assert set(planned) <= drawn


@LANGS
def test_promises_are_marked_by_year_plans_above_and_reviews_below_their_lane(lang):
    ax = figures.plot_promises(TOLD, lang=lang)
    assert [(x, y < 0) for x, y, _ in marks(ax, "o")] == [(2016, True), (2020, True)]
    assert [(round(x), round(y), y > round(y)) for x, y, _ in marks(ax, "s")] == [(2020, 0, True), (2025, 1, True)]
    said = [word.replace(" ", "") for word in TOLD[f"word_{lang}"]]
    assert [word.replace(" ", "") for word in words(ax.texts)] == said


def test_years_whose_report_is_not_held_are_hatched():
    hatched = [patch for patch in figures.plot_promises(TOLD).patches if patch.get_hatch()]
    assert [patch.get_x() + patch.get_width() / 2 for patch in hatched] == [2015, 2017, 2018, 2019]


@LANGS
def test_the_ladder_has_a_panel_per_project_of_two_years_with_its_rungs_and_stuck_plans_ringed(lang):
    one, other = figures.plot_ladder(LADDER, lang=lang).figure.axes
    assert [(x, y) for x, y, _ in marks(one, "o")] == [(2021, 4), (2022, 7), (2023, 4)]
    assert [(x, y) for x, y, _ in marks(one, "s")] == [(2022, 3)]
    assert [(x, y) for x, y, _ in marks(other, "o")] == [(2023, 3), (2024, 5)]
    rings = [line.get_xydata().tolist() for ax in (one, other) for line in ax.lines if line.get_fillstyle() == "none"]
    assert rings == [[[2023, 4]], []]


def test_no_line_of_the_real_ladder_joins_years_more_than_two_apart():
    stretches = [ends for panel in figures.plot_ladder(stage_ladder()).figure.axes for ends in joined(panel)]
    assert [(a, b) for a, b in stretches if b - a > 2] == []


@LANGS
def test_fulfilment_bars_are_the_counts_largest_domain_first_and_an_estimate_has_a_star(lang):
    ax = figures.plot_fulfilment(RATED, lang=lang)
    bars = {bars.get_label(): [(bar.get_x(), bar.get_width()) for bar in bars] for bars in ax.containers}
    names = {"zh": ["完成*", "未见结果", "无法评定"], "en": ["Met*", "No evidence", "Not assessable"]}[lang]
    assert bars == dict(zip(names, [[(0, 3), (0, 2)], [(3, 4), (2, 0)], [(7, 0), (2, 1)]], strict=True))
    assert words(ax.get_yticklabels()) == {"zh": ["卫生健康 (7)", "人才 (3)"], "en": ["Health (7)", "Talent (3)"]}[lang]
    assert words(ax.texts) == ["3", "2", "4", "1"]


def test_every_fulfilment_code_has_a_look_of_its_own():
    looks = figures.outcome.LOOKS
    assert set(looks) == set(load_table("vocabulary").query("vocabulary == 'fulfilment'")["code"])
    assert len(set(looks.values())) == len(looks)


@LANGS
def test_a_range_runs_from_its_lowest_to_its_highest_share_with_a_tick_for_each(lang):
    ax = figures.plot_range(RANGES, lang=lang)
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]
    assert ends == [(20, pytest.approx(45.4)), (90, pytest.approx(90.4))]  # one share alone is a bar just wide enough
    assert sorted((x, y) for x, y, _ in marks(ax, "|")) == [(20, 0), (45.4, 0), (90, 1), (90, 1)]
    assert words(ax.texts) == ["20–45%", "90%"]
