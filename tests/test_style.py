"""The house look: font, lines broken where Chinese allows it, colours that can be told apart."""

import subprocess
import sys

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjin_analysis.errors import DataError
from panjin_analysis.load import load_tables
from panjin_analysis.style import (
    BLUE,
    INK,
    MUTED,
    ORANGE,
    PLUM,
    TEAL,
    contrast,
    font_file,
    house_look,
    ink_on,
    text_width,
    use_style,
    wrap,
)

mpl.use("Agg")
steady = settings(deadline=None, derandomize=True)

CLOSING = "，。；：！？、）》”’…％,.;:!?)%"
# A character or a word, a closing mark or none, a space or none; the first character never closes.
pieces = st.tuples(
    st.one_of(st.sampled_from(list("盘锦湿地稻蟹")), st.sampled_from(["rice", "crab", "2024", "7.5"])),
    st.sampled_from(["", *CLOSING]),
    st.sampled_from(["", "", " "]),
)
texts = st.lists(pieces, min_size=1, max_size=40).map(lambda found: "".join(map("".join, found)))
# No Latin word of these and its mark is wider than this, unless words run together.
chinese = st.lists(st.tuples(st.sampled_from(list("盘锦湿地稻蟹")), st.sampled_from(["", *CLOSING])), min_size=1).map(
    lambda found: "".join(map("".join, found))
)


@steady
@given(chinese, st.integers(min_value=4, max_value=40))
def test_no_line_of_chinese_is_longer_than_the_width(text, width):
    assert max(text_width(line) for line in wrap(text, width)) <= width


@steady
@given(st.lists(st.sampled_from(["rice", "crab,", "2024", "reed-beds."]), min_size=1), st.integers(10, 40))
def test_no_line_of_latin_words_is_longer_than_the_width(words, width):
    assert max(len(line) for line in wrap(" ".join(words), width)) <= width


@steady
@given(texts, st.integers(min_value=1, max_value=40))
def test_nothing_is_lost_by_wrapping(text, width):
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@steady
@given(texts, st.integers(min_value=1, max_value=40))
def test_no_line_begins_with_a_closing_mark(text, width):
    assert [line for line in wrap(text, width) if line[:1] in CLOSING] == []


def test_a_latin_word_stays_whole():
    assert wrap("reed beds of Liaohe", 6) == ["reed", "beds", "of", "Liaohe"]


def test_a_text_that_fits_is_one_line():
    assert wrap("稻蟹共生", 8) == ["稻蟹共生"]


@pytest.mark.parametrize(("text", "width"), [("", 0), ("90%", 3), ("稻蟹", 4), ("稻，a", 5), ("Ｑ", 2)])
def test_a_full_width_character_counts_twice(text, width):
    assert text_width(text) == width


def test_the_font_covers_every_label_name_and_definition_of_the_data():
    from fontTools.ttLib import TTFont

    with TTFont(font_file(), lazy=True) as font:
        covered = set(font.getBestCmap())
    missing = [
        (name, column, mark)
        for name, table in load_tables().items()
        for column in table.columns[table.columns.str.startswith(("label_", "name_", "title_", "definition_"))]
        for mark in sorted(set("".join(table[column].dropna())))
        if ord(mark) not in covered
    ]
    assert missing == []


def test_the_font_is_the_one_of_the_package_and_not_of_the_system():
    assert font_file().is_relative_to(sys.prefix)


def test_a_missing_font_is_named(monkeypatch):
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DataError) as error:
        font_file.__wrapped__()
    assert error.value.kind == "no_font"


def test_importing_the_package_loads_no_plotting_library_and_no_workbook_library():
    code = "import sys, panjin_analysis; print({'matplotlib', 'seaborn', 'openpyxl', 'xlsxwriter'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"


def test_importing_the_drawing_modules_changes_no_setting():
    code = (
        "import matplotlib; before = matplotlib.rcParams.copy();"
        "import panjin_analysis.charts, panjin_analysis.saving, panjin_analysis.preflight;"
        "print({k: v for k, v in matplotlib.rcParams.copy().items() if k != 'backend' and before[k] != v})"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "{}"


def test_use_style_sets_the_font_for_the_session():
    with mpl.rc_context():
        use_style()
        assert mpl.rcParams["font.family"] == ["Noto Sans SC"]


def test_the_house_look_holds_inside_and_leaves_the_session_as_it_was():
    with mpl.rc_context({"font.size": 5}):
        before = mpl.rcParams.copy()
        assert house_look(lambda: mpl.rcParams["font.size"])() >= 12
        assert mpl.rcParams.copy() == before


def test_the_house_look_puts_the_settings_back_after_an_error():
    before = mpl.rcParams.copy()
    with pytest.raises(ZeroDivisionError):
        house_look(lambda: 1 / 0)()
    assert mpl.rcParams.copy() == before


def test_axes_lie_at_whole_billionths_so_that_the_last_digits_of_the_solver_change_no_byte():
    @house_look
    def draw():
        _, panels = plt.subplots(2, 3, figsize=(7, 5))
        panels[0, 0].set_ylabel("芦苇")
        return panels[0, 0]

    figure = draw().figure
    figure.canvas.draw()
    places = [part for ax in figure.axes for part in ax.get_position().bounds]
    plt.close(figure)
    assert places == pytest.approx([round(part, 9) for part in places], rel=0, abs=1e-15)
    assert len(set(places)) > 2


def test_a_figure_that_is_laid_out_by_hand_stays_so():
    @house_look
    def draw():
        return plt.figure(layout="none").add_axes((0.1, 0.2, 1 / 3, 0.5))

    ax = draw()
    ax.figure.canvas.draw()
    assert ax.get_position().width == pytest.approx(1 / 3, abs=1e-15)
    plt.close(ax.figure)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("black", "white", 21), ("#777777", "white", 4.48), ("red", "red", 1)]
)
def test_contrast_is_the_ratio_of_wcag(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == ratio


def test_a_clear_colour_counts_as_paper():
    assert contrast((0, 0, 0, 0), "white") == 1


@pytest.mark.parametrize("colour", [INK, MUTED, BLUE, TEAL, PLUM, ORANGE])
def test_every_named_colour_stands_out_from_paper(colour):
    assert contrast(colour, "white") >= 3


@steady
@given(st.tuples(*[st.floats(0, 1)] * 3))
def test_ink_can_be_read_on_any_colour(colour):
    assert contrast(ink_on(colour), colour) >= 3
