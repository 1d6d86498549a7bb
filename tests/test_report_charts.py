"""Charts of whole reports read back: what was not read is no zero, and a title says no more than the table."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from panjin_analysis import captions, figures
from panjin_analysis.charts import CHARTS
from panjin_analysis.saving import write_figure

plt.switch_backend("Agg")

LANGS = pytest.mark.parametrize("lang", ["zh", "en"])
STRENGTHS = ["strive", "support", "advance", "implement", "deliver"]
YEARS = {2020: "full", 2021: "none", 2022: "excerpt", 2023: "full"}


def shares(**counts):
    """Return the table of chart 12 from {year: (strive, support, advance, implement, deliver)}."""
    rows = []
    for year, held in YEARS.items():
        given = counts.get(f"y{year}")
        for place, strength in enumerate(STRENGTHS):
            count = given[place] if given else pd.NA
            total = sum(given) if given else pd.NA
            rows.append((year, held, strength, count, total, 100 * count / total if given else pd.NA, "1-abc"))
    columns = ["report_year", "held", "strength", "count", "total", "share_pct", "extractor_version"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"strength": pd.CategoricalDtype(STRENGTHS, ordered=True), "share_pct": "Float64"})


def terms(**counts):
    """Return the table of chart 11 from {term: (2020, excerpt of 2022, 2023)}; texts of 10 000 characters."""
    rows = []
    for name, (first, excerpt, last) in counts.items():
        status = "stays" if first and last else "new" if last else "left" if first else "unseen"
        for (year, held), count in zip(YEARS.items(), (first, pd.NA, excerpt, last), strict=True):
            size = pd.NA if pd.isna(count) else 2_000 if held == "excerpt" else 10_000
            rate = pd.NA if pd.isna(count) else 10_000 * count / size
            group = "digital" if name == "数字" else "people"
            rows.append((year, held, name, name, name, group, status, count, size, rate))
    columns = ["report_year", "held", "term_id", "term_zh", "term_en", "term_group", "status"]
    frame = pd.DataFrame(rows, columns=[*columns, "occurrences", "characters", "per_10000"])
    return frame.astype({"occurrences": "Int64", "characters": "Int64", "per_10000": "Float64"})


SHARES = shares(y2020=(2, 3, 35, 30, 30), y2022=(1, 1, 10, 5, 3), y2023=(1, 4, 55, 30, 10))
TERMS = terms(数字=(5, 0, 2), 托育=(0, 1, 3), 棚户区=(4, 0, 0))
EVERY = {"11_terms": TERMS, "12_profiles": SHARES}


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def hatched(ax):
    """Return the middles of the hatched columns."""
    spans = [patch for patch in ax.patches if patch.get_hatch() == "////"]
    return [patch.get_x() + patch.get_width() / 2 for patch in spans]


def written(ax):
    """Return what is written in the chart, by place."""
    return {tuple(map(float, text.get_position())): text.get_text() for text in ax.texts}


@LANGS
@pytest.mark.parametrize("name", EVERY)
def test_a_chart_of_a_small_table_passes_the_check_and_leaves_the_table_as_it_was(name, lang, tmp_path):
    chart, table, before = CHARTS[name], EVERY[name], EVERY[name].copy(deep=True)
    paths = write_figure(chart.plot(table, lang=lang), chart.caption(table, lang), table, tmp_path / name)
    assert [path.suffix for path in paths] == [".png", ".svg", ".csv", ".txt"]
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("name", EVERY)
def test_the_axes_that_is_passed_is_drawn_on(name):
    _, mine = plt.subplots()
    assert CHARTS[name].plot(EVERY[name], ax=mine) is mine


@LANGS
def test_the_columns_are_the_shares_of_the_reports_that_were_read(lang):
    ax = figures.plot_profiles(SHARES, lang=lang)
    # From firm to striving, each for 2020, the excerpt of 2022 and 2023.
    heights = [[round(bar.get_height(), 6) for bar in bars] for bars in ax.containers]
    assert heights == [[30, 15, 10], [30, 25, 30], [35, 50, 55], [3, 5, 4], [2, 5, 1]]
    middles = [bar.get_x() + bar.get_width() / 2 for bar in ax.containers[0]]
    assert middles == pytest.approx([0, 4.45, 3])


@LANGS
def test_a_column_says_how_many_commitments_it_stands_for_and_how_many_in_a_hundred_are_firm(lang):
    names = [tick.get_text() for tick in figures.plot_profiles(SHARES, lang=lang).get_xticklabels()]
    item = {"zh": " 项", "en": ""}[lang]
    excerpt = {"zh": "节选", "en": "excerpt"}[lang]
    assert [name.strip() for name in names] == [
        f"2020\n100{item}\n60%", "2021", f"2022\n{excerpt}\n20{item}\n40%", f"2023\n100{item}\n40%", "2022",
    ]  # fmt: skip


@pytest.mark.parametrize("plot", [lambda: figures.plot_profiles(SHARES), lambda: figures.plot_terms(TERMS)])
def test_a_year_without_a_full_text_is_hatched_and_says_why_and_nothing_stands_for_it(plot):
    ax = plot()
    assert hatched(ax) == [1, 2]
    said = [text.get_text() for text in ax.texts if text.get_rotation() == 90]
    assert said == ["未持有", "只有节选"]
    bars = [bar.get_x() + bar.get_width() / 2 for bars in ax.containers for bar in bars]
    assert not {1.0, 2.0} & {round(place, 6) for place in bars}


@LANGS
def test_the_cells_are_the_rates_of_the_full_texts_and_a_zero_is_written_as_read(lang):
    ax = figures.plot_terms(TERMS, lang=lang)
    grid = ax.collections[0].get_array()
    # Row 0 and row 2 name the groups.
    assert grid[[1, 3, 4]][:, [0, 3]].tolist() == [[5, 2], [0, 3], [4, 0]]
    assert grid.mask[[0, 2]].all()
    assert grid.mask[:, [1, 2]].all()
    cells = written(ax)
    assert [cells[0.0, row] for row in (1.0, 3.0, 4.0)] == ["5.0", "0", "4.0"]
    assert [cells[3.0, row] for row in (1.0, 3.0, 4.0)] == ["2.0", "3.0", "0"]


@LANGS
def test_what_is_not_in_the_excerpt_is_a_question_and_no_zero(lang):
    cells = written(figures.plot_terms(TERMS, lang=lang))
    assert [cells[4.45, row] for row in (1.0, 3.0, 4.0)] == ["?", "5.0", "?"]
    assert cells[4.45, 0.0] == {"zh": "节选", "en": "excerpt"}[lang]


def test_each_row_ends_with_what_became_of_the_term():
    cells = written(figures.plot_terms(TERMS))
    last = max(x for x, _ in cells)
    assert [word for (x, _), word in cells.items() if x == last] == ["首末都有", "后来出现", "最近没有"]


@pytest.mark.parametrize(
    ("table", "zh", "en"),
    [
        (
            TERMS,
            "3 个政策用语中，1 个 2020 年没有而 2023 年有，1 个以前有而 2023 年没有",
            "Of 3 policy terms, 1 came in after 2020 and stand in 2023; 1 are gone",
        ),
        (terms(数字=(5, 0, 2)), "2020–2023 年报告中的 1 个政策用语", "1 policy terms in the reports of 2020 to 2023"),
        (terms(数字=(0, 0, 2)), "2020–2023 年报告中的 1 个政策用语", "1 policy terms in the reports of 2020 to 2023"),
    ],
)
def test_the_title_of_the_terms_counts_what_came_and_went_where_both_did(table, zh, en):
    assert captions.caption_terms(table, "zh").title == zh
    assert captions.caption_terms(table, "en").title == en


def years(*firm):
    """Return firm shares of the years from 2014 on as the table of chart 12, all read in full."""
    rows = [
        (2014 + n, "full", strength, 0, 100, share, "1-abc")
        for n, percent in enumerate(firm)
        for strength, share in (("advance", 100 - percent), ("implement", 5), ("deliver", percent - 5))
    ]
    columns = ["report_year", "held", "strength", "count", "total", "share_pct", "extractor_version"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("firm", "zh", "en"),
    [
        ((40, 56, 42), "从 2014 年的 40% 升到 2015 年的 56%，2016 年又降到 42%", "rose from 40% in 2014 to 56% in 2015 and fell to 42% by 2016"),
        ((50, 38, 52), "从 2014 年的 50% 降到 2015 年的 38%，2016 年又升到 52%", "fell from 50% in 2014 to 38% in 2015 and rose to 52% by 2016"),
        ((40, 43, 46), "从 2014 年的 40% 升到 2016 年的 46%", "rose from 40% in 2014 to 46% in 2016"),
        ((46, 43, 40), "从 2014 年的 46% 降到 2016 年的 40%", "fell from 46% in 2014 to 40% in 2016"),
    ],
)  # fmt: skip
def test_the_title_of_the_profiles_says_how_firm_wording_moved(firm, zh, en):
    assert captions.caption_profiles(years(*firm), "zh").title == f"“完成、实施”类措辞{zh}"
    assert captions.caption_profiles(years(*firm), "en").title == f"Firm wording {en}"


@pytest.mark.parametrize("firm", [(40, 44, 42), (50, 47, 51), (40, 40, 44.9)])
def test_a_move_of_less_than_five_points_is_no_finding(firm):
    assert captions.caption_profiles(years(*firm), "zh").title == "2014–2016 年 3 份报告全文的措辞强度"
    assert captions.caption_profiles(years(*firm), "en").title == "Strength of wording in 3 full reports, 2014 to 2016"


@LANGS
@pytest.mark.parametrize("name", EVERY)
def test_the_notes_name_the_years_that_were_read_and_those_that_were_not(name, lang):
    notes = " ".join(CHARTS[name].caption(EVERY[name], lang).notes)
    assert {"zh": "盘锦市 2020、2023 年", "en": "reports 2020, 2023 ("}[lang] in notes
    assert {"zh": "2021 年报告，2022 年报告节选以外", "en": "2021; 2022 outside its excerpt"}[lang] in notes


def test_the_alt_text_has_every_share_and_every_term():
    assert captions.caption_profiles(SHARES, "zh").alt.endswith("2020 60%，2023 40%。")
    assert captions.caption_terms(TERMS, "zh").alt.endswith("首末都有：数字。后来出现：托育。最近没有：棚户区。")


def test_the_note_holds_the_extractor_against_the_coders_where_both_read_the_same_text():
    of_2024 = SHARES.assign(report_year=SHARES["report_year"] + 2)
    assert "2024 年节选中两类合计：提取器 40%，人工编码 43%" in captions.caption_profiles(of_2024, "zh").notes[0]
    assert "人工编码 4" not in captions.caption_profiles(SHARES, "zh").notes[0]
