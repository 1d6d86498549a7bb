"""A chart leaves with title, source, numbers and alt text: the same bytes everywhere, or nothing."""

import hashlib
import itertools
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from PIL import Image

from panjin_analysis.captions import Caption
from panjin_analysis.errors import DataError
from panjin_analysis.figures import plot_funnel
from panjin_analysis.saving import write_figure

plt.switch_backend("Agg")

STEPS = pd.DataFrame(
    {
        "step": ["clauses", "commitments", "testable", "met"],
        "count": pd.array([40, 20, 5, pd.NA], dtype="Int64"),
        "share_pct": pd.array([pd.NA, 100.0, 25.5, pd.NA], dtype="Float64"),
    }
)
CAPTION = Caption("五项年底可检验", "漏斗条形图：小句 40，承诺 20。", ("来源：自拟。", "未覆盖：其余。"))
# The same chart as a program of its own, for another process.
PROGRAM = """
import sys
from pathlib import Path
import pandas as pd
from panjin_analysis.captions import Caption
from panjin_analysis.figures import plot_strength
from panjin_analysis.saving import write_figure
codes = ["strive", "support", "advance", "implement", "deliver"]
table = pd.DataFrame({"domain": ["health"] * 5, "strength": pd.Categorical(codes, codes, ordered=True),
                      "count": [1, 1, 1, 1, 4], "share_pct": [12.5] * 4 + [50.0]})
write_figure(plot_strength(table), Caption("题目", "说明。", ("来源：自拟。",)), table, Path(sys.argv[1]) / "reeds")
"""
HOSTILE = {
    "sizes": {
        "savefig.bbox": "tight",
        "font.size": 5,
        "font.family": "monospace",
        "savefig.dpi": 50,
        "lines.linewidth": 9,
    },
    "grid": {"axes.grid": True, "xtick.direction": "in", "patch.force_edgecolor": True, "path.simplify": False},
    "colours": {"figure.facecolor": "black", "axes.facecolor": "red", "savefig.facecolor": "red", "hatch.color": "red"},
}


def written(folder) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture
def saved(tmp_path):
    """Return a folder with one chart in it."""
    write_figure(plot_funnel(STEPS), CAPTION, STEPS, tmp_path / "reeds")
    return tmp_path


def test_a_chart_is_four_files_and_their_paths_come_back(tmp_path):
    paths = write_figure(plot_funnel(STEPS), CAPTION, STEPS, tmp_path / "made" / "07_reeds")
    assert paths == [tmp_path / "made" / f"07_reeds.{ending}" for ending in ("png", "svg", "csv", "txt")]
    assert sorted(written(tmp_path / "made")) == sorted(path.name for path in paths)


def test_the_figure_is_closed_and_no_other_is(tmp_path):
    mine = plt.figure()
    write_figure(plot_funnel(STEPS), CAPTION, STEPS, tmp_path / "reeds")
    assert plt.get_fignums() == [mine.number]
    plt.close(mine)


def test_the_numbers_open_in_excel_and_read_back_as_the_table(saved):
    data = (saved / "reeds.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == len(STEPS) + 1
    back = pd.read_csv(saved / "reeds.csv", dtype={"count": "Int64", "share_pct": "Float64"})
    pd.testing.assert_frame_equal(back, STEPS, check_dtype=False)


def test_the_words_stand_in_a_file_of_their_own(saved):
    assert (saved / "reeds.txt").read_text("utf-8").splitlines() == [CAPTION.title, CAPTION.alt, *CAPTION.notes]


def test_the_picture_for_print_carries_title_and_alt_text(saved):
    root = ET.parse(saved / "reeds.svg").getroot()
    dublin_core = "{http://purl.org/dc/elements/1.1/}"
    assert [found.text for found in root.iter(f"{dublin_core}title")] == [CAPTION.title]
    assert [found.text for found in root.iter(f"{dublin_core}description")] == [CAPTION.alt]
    assert list(root.iter(f"{dublin_core}date")) == []


def test_the_picture_for_slides_is_twelve_inches_wide_and_names_no_program(saved):
    with Image.open(saved / "reeds.png") as picture:
        assert picture.width == 12 * 160
        assert "Software" not in picture.info


def test_title_and_notes_stand_on_the_picture(tmp_path):
    ax = plot_funnel(STEPS)
    write_figure(ax, CAPTION, STEPS, tmp_path / "reeds")
    assert sorted(text.get_text() for text in ax.figure.texts) == sorted([CAPTION.title, *CAPTION.notes])


def test_a_long_title_is_broken_into_lines_and_makes_the_figure_higher(saved):
    long = Caption("稻蟹共生，" * 20, CAPTION.alt, CAPTION.notes)
    write_figure(plot_funnel(STEPS), long, STEPS, saved / "long")
    with Image.open(saved / "long.png") as high, Image.open(saved / "reeds.png") as low:
        assert high.width == low.width
        assert high.height > low.height


def test_the_same_chart_gives_the_same_bytes(saved, tmp_path_factory):
    again = tmp_path_factory.mktemp("again")
    write_figure(plot_funnel(STEPS), CAPTION, STEPS, again / "reeds")
    assert written(again) == written(saved)


@pytest.mark.parametrize("settings", HOSTILE.values(), ids=list(HOSTILE))
def test_the_settings_of_a_session_do_not_show(saved, settings, tmp_path_factory):
    again = tmp_path_factory.mktemp("again")
    with mpl.rc_context(settings):
        write_figure(plot_funnel(STEPS), CAPTION, STEPS, again / "reeds")
    assert written(again) == written(saved)


def made_elsewhere(folder, **environment: str) -> dict[str, str]:
    names = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MPLBACKEND": "Agg"}
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    subprocess.run(command, env={**os.environ, **names, **environment}, cwd=folder.parent, check=True)
    return written(folder)


def test_another_machine_gives_the_same_bytes(tmp_path):
    (tmp_path / "matplotlibrc").write_text("savefig.bbox: tight\nfont.size: 5\nsvg.fonttype: none\n")
    strange = {"MATPLOTLIBRC": str(tmp_path), "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "7"}
    one = made_elsewhere(tmp_path / "one", TZ="UTC", LANG="C.UTF-8")
    assert len(one) == 4
    assert made_elsewhere(tmp_path / "other", TZ="Asia/Shanghai", LANG="zh_CN.GBK", **strange) == one


@pytest.mark.parametrize("bad", ["🦀", "reed🦀bed"])
def test_a_chart_that_fails_its_check_writes_nothing_and_is_closed(tmp_path, bad):
    with pytest.raises(DataError, match="07_reeds"):
        write_figure(plot_funnel(STEPS), Caption(bad, "", ("",)), STEPS, tmp_path / "07_reeds")
    assert written(tmp_path) == {}
    assert plt.get_fignums() == []


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "figures").write_bytes(b"a file")
    with pytest.raises(DataError) as error:
        write_figure(plot_funnel(STEPS), CAPTION, STEPS, tmp_path / "figures" / "reeds")
    assert error.value.kind == "cannot_write"


def test_a_title_of_two_lines_is_broken_into_equal_ones(tmp_path):
    ax = plot_funnel(STEPS)
    write_figure(ax, Caption("reeds and crabs " * 6 + "end", "", ("",)), STEPS, tmp_path / "reeds")
    first, last = ax.figure.texts[0].get_text().splitlines()
    assert abs(len(first) - len(last)) < len("reeds and crabs ")


def test_notes_stand_on_lines_of_one_height(tmp_path):
    ax = plot_funnel(STEPS)
    write_figure(ax, Caption("题", "", ("a", "g", "芦")), STEPS, tmp_path / "reeds")
    heights = sorted(text.get_position()[1] * ax.figure.get_size_inches()[1] for text in ax.figure.texts[1:])
    assert [round(high - low, 3) for low, high in itertools.pairwise(heights)] == [0.235, 0.235]
