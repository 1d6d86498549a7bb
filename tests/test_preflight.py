"""A chart that cannot be read does not leave the house: one bad figure for each fault, and a good one."""

import matplotlib.pyplot as plt
import pytest

from panjin_analysis.errors import DataError
from panjin_analysis.preflight import PAGE_HEIGHT, PAGE_WIDTH, fits_one_page, preflight
from panjin_analysis.style import BLUE, declare_unit, house_look

plt.switch_backend("Agg")


@pytest.fixture
def ax():
    """Two dark bars that pass, in the house look, until a test adds a fault."""

    @house_look
    def draw():
        _, ax = plt.subplots(figsize=(12, 5))
        ax.barh(["芦苇", "reed"], [1, 2], color=BLUE)
        ax.set_ylabel("ha")
        declare_unit(ax, "ha")
        return ax

    yield draw()
    plt.close("all")


def fault(ax) -> str:
    with pytest.raises(DataError) as error:
        preflight(ax.figure, "07_reeds")
    assert error.value.kind == "chart_failed"
    assert str(error.value).startswith("07_reeds: ")
    return str(error.value)


def test_a_good_chart_passes(ax):
    ax.set_xlabel("芦苇（公顷）")
    ax.text(1, 1, "2", color="white", size=12)
    preflight(ax.figure, "07_reeds")


def test_a_character_that_the_font_lacks_is_named(ax):
    ax.set_xlabel("🦀", size=14)
    assert "CRAB" in fault(ax)


@pytest.mark.parametrize("time", ["the first time", "again"])
def test_a_font_that_is_not_there_is_named(ax, time):
    ax.set_xlabel("reed", family="No Such Font", size=14)
    assert "No Such Font" in fault(ax)


def test_a_font_that_is_not_there_is_named_though_the_figure_was_drawn_before(ax):
    ax.set_xlabel("reed", family="Another Font That Is Not There", size=14)
    ax.figure.canvas.draw()
    assert "Another Font" in fault(ax)


@pytest.mark.parametrize(("x", "y"), [(0.97, 0.5), (-0.02, 0.5), (0.5, 0.99), (0.5, -0.02)])
def test_text_that_is_cut_off_is_named(ax, x, y):
    ax.figure.text(x, y, "cut-off text", size=14)
    assert "“cut-off text” is cut off" in fault(ax)


def test_texts_that_overlap_are_both_named(ax):
    ax.text(1.1, 0, "marsh", size=14)
    ax.text(1.15, 0, "paddy", size=14)
    found = fault(ax)
    assert "“marsh”" in found
    assert "“paddy”" in found


def test_tick_labels_that_overlap_are_named(ax):
    ax.set_xticks([1, 1.01], ["marsh", "paddy"])
    assert "overlaps" in fault(ax)


def test_words_side_by_side_need_a_gap(ax):
    one = ax.figure.text(0.5, 0.3, "marsh", size=14)
    right = one.get_window_extent().x1 / ax.figure.bbox.width
    ax.figure.text(right, 0.3, "paddy", size=14)
    assert "“marsh” overlaps “paddy”" in fault(ax)


def small_label(ax):
    ax.set_xlabel("reed", size=11)


def small_tick(ax):
    ax.tick_params(labelsize=11)


def small_title(ax):
    ax.set_title("reed", size=11)


def small_legend(ax):
    ax.legend(ax.patches[:1], ["reed"], fontsize=11)


@pytest.mark.parametrize("add", [small_label, small_tick, small_title, small_legend])
def test_text_under_twelve_points_is_named(ax, add):
    add(ax)
    assert "is 9.64 pt at the full width of an A4 landscape page, under 10.5 pt" in fault(ax)


def test_text_of_twelve_points_passes(ax):
    ax.set_xlabel("reed", size=12)
    preflight(ax.figure, "07_reeds")


def test_a_bar_that_hardly_stands_out_is_named(ax):
    ax.barh([2], [1], color="#DDDDDD")
    assert "a mark" in fault(ax)


def test_a_pale_bar_with_a_dark_edge_passes(ax):
    ax.barh([2], [1], color="#DDDDDD", edgecolor=BLUE)
    preflight(ax.figure, "07_reeds")


def test_a_pale_line_is_named(ax):
    ax.plot([0, 2], [0, 1], color="#DDDDDD")
    assert "a mark" in fault(ax)


def test_pale_points_are_named(ax):
    ax.scatter([2], [0], color="#DDDDDD")
    assert "a mark" in fault(ax)


def test_pale_text_is_named(ax):
    ax.set_xlabel("reed", color="#BBBBBB", size=14)
    assert "“reed” has a contrast under 3:1" in fault(ax)


def test_dark_text_on_a_dark_bar_is_named(ax):
    ax.text(1, 1, "reed", color="black", size=14, ha="center", va="center")
    assert "“reed” has a contrast under 3:1" in fault(ax)


def test_white_text_on_a_white_box_is_named(ax):
    ax.text(1, 1, "reed", color="white", size=14, ha="center", va="center", bbox={"fc": "white", "ec": "none"})
    assert "“reed” has a contrast under 3:1" in fault(ax)


@pytest.mark.parametrize("pale_cell", [0, 1])
def test_white_text_on_a_pale_cell_of_a_heat_map_is_named(ax, pale_cell):
    ax.clear()
    ax.set_ylabel("ha", size=13)
    values = [[0, 9], [9, 9]] if pale_cell == 0 else [[9, 0], [9, 9]]
    ax.pcolormesh(values, cmap="Blues")
    ax.text(pale_cell + 0.5, 0.5, "7", color="white", size=14)
    ax.text(0.5, 1.5, "8", color="white", size=14)
    assert "“7” has a contrast under 3:1" in fault(ax)


def test_white_text_on_dark_cells_of_a_heat_map_passes(ax):
    ax.clear()
    ax.set_ylabel("ha", size=13)
    ax.pcolormesh([[0, 9], [9, 9]], cmap="Blues")
    ax.text(1.5, 0.5, "7", color="white", size=14)
    preflight(ax.figure, "07_reeds")


def test_the_same_text_is_too_small_on_a_figure_that_must_shrink(ax):
    ax.figure.set_size_inches(16, 5)
    assert "at the full width of an A4 landscape page" in fault(ax)


def test_a_figure_too_high_for_its_page_shrinks_to_its_height(ax):
    ax.figure.set_size_inches(12, 22)
    assert "under 10.5 pt" in fault(ax)


def test_a_figure_fits_the_page_up_to_the_page_s_own_shape(ax):
    ax.figure.set_size_inches(12, 12 * PAGE_HEIGHT / PAGE_WIDTH)
    assert fits_one_page(ax.figure)
    ax.figure.set_size_inches(12, 12 * PAGE_HEIGHT / PAGE_WIDTH + 0.1)
    assert not fits_one_page(ax.figure)


def test_an_axes_whose_unit_nobody_said_is_named(ax):
    vars(ax).pop("_panjin_units")
    assert "no unit is declared" in fault(ax)


def test_two_units_in_one_axes_are_named(ax):
    ax.set_xlabel("crabs, ha")
    declare_unit(ax, "ha", "crabs")
    assert "more than one unit in one Axes (ha, crabs)" in fault(ax)


def test_two_units_pass_where_each_row_writes_its_own(ax):
    ax.text(1.2, 0, "4 crabs", size=13)
    declare_unit(ax, "ha", "crabs", in_rows=True)
    preflight(ax.figure, "07_reeds")


@pytest.mark.parametrize("in_rows", [False, True])
def test_a_unit_that_is_nowhere_written_is_named(ax, in_rows):
    declare_unit(ax, "mu", in_rows=in_rows)
    assert "the unit “mu” is nowhere written" in fault(ax)


def test_a_chart_of_words_needs_no_unit(ax):
    declare_unit(ax)
    preflight(ax.figure, "07_reeds")


def test_the_title_of_a_panel_is_read_like_any_other_text(ax):
    ax.set_title("reed", loc="left", size=11)
    assert "“reed” is 9.64 pt" in fault(ax)


def test_a_bar_beyond_the_end_of_its_axis_is_named(ax):
    ax.set_xlim(0, 1.5)
    assert "a mark lies beyond the end of its axis" in fault(ax)


def test_a_point_beyond_the_end_of_its_axis_is_named(ax):
    ax.plot([3], [0], "o", color=BLUE)
    ax.set_xlim(0, 2.2)
    assert "a mark lies beyond the end of its axis" in fault(ax)


def test_a_missing_point_is_beyond_nothing(ax):
    ax.plot([1.5, float("nan")], [0, 0], "o", color=BLUE)
    preflight(ax.figure, "07_reeds")


@pytest.mark.parametrize("colour", ["black", "white"])
def test_words_over_the_edge_of_a_bar_are_named(ax, colour):
    ax.text(1, 0, "marsh and paddy", color=colour, size=14, ha="center", va="center")
    ax.text(0.5, 1, "reed", color="white", size=14, va="center")
    assert "“marsh and paddy” crosses the edge of a bar" in fault(ax)


def test_words_over_the_edge_of_a_bar_pass_on_paper_of_their_own(ax):
    box = {"fc": "white", "ec": "none"}
    ax.text(1, 0, "marsh and paddy", size=14, ha="center", va="center", bbox=box)
    preflight(ax.figure, "07_reeds")


def test_words_that_stand_out_on_both_sides_of_an_edge_pass(ax):
    ax.barh([2], [1], color="#C9D9E9", edgecolor=BLUE)
    ax.text(1, 2, "marsh and paddy", color="black", size=14, ha="center", va="center")
    preflight(ax.figure, "07_reeds")


def test_words_over_a_point_are_named(ax):
    ax.plot([1.5], [0], "o", color=BLUE)
    ax.text(1.45, 0, "marsh", size=14, va="center")
    assert "“marsh” lies over a point" in fault(ax)


def test_a_fault_is_said_in_the_user_s_language(ax, monkeypatch):
    monkeypatch.setenv("PANJIN_LANG", "zh")
    vars(ax).pop("_panjin_units")
    with pytest.raises(DataError, match=r"07_reeds：应能通过图表检查，问题是：没有写明单位"):
        preflight(ax.figure, "07_reeds")


def test_a_chart_with_nothing_on_it_is_named(ax):
    ax.clear()
    assert "nothing is drawn" in fault(ax)


def test_an_axes_that_is_switched_off_may_be_empty(ax):
    ax.figure.add_axes((0.9, 0.9, 0.05, 0.05)).set_axis_off()
    preflight(ax.figure, "07_reeds")
