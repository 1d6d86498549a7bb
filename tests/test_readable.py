"""Frames for the eye: titles, labels and grouped numbers, and the table underneath stays as it is."""

import re

import pandas as pd
import pytest

from panjin_analysis import (
    codebook,
    count_by,
    fulfilment,
    history,
    load_commitments,
    load_table,
    load_targets,
    readable,
)
from panjin_analysis.brief import brief
from panjin_analysis.brief.numbers import page_table
from panjin_analysis.compare import fulfilment_range, promises, stage_ladder, targets_compared
from panjin_analysis.errors import DataError
from panjin_analysis.load import data_dir, load_tables, read_codebook
from panjin_analysis.load.store import read_derived
from panjin_analysis.readable import cell_text
from panjin_analysis.tables import labels

NAMES = list(read_codebook(data_dir()))
DERIVED = {
    "count_by": lambda: count_by(load_commitments(), "domain", "strength"),
    "targets_compared": lambda: targets_compared(load_targets()),
    "fulfilment": fulfilment,
    "fulfilment_range": fulfilment_range,
    "history": lambda: history("inclusive_kindergarten_share"),
    "promises": promises,
    "stage_ladder": stage_ladder,
    "page_table": lambda: page_table(brief("education")),
    "codebook": codebook,
}


def html(frame):
    return readable(frame, "en")._repr_html_()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_has_its_rows_in_order_and_the_columns_of_one_language(name, lang):
    table = load_tables()[name]
    before = table.copy()
    shown = readable(table, lang)
    pd.testing.assert_frame_equal(table, before)
    other = {"zh": "_en", "en": "_zh"}[lang]
    pairs = [c for c in table if c.endswith(other) and f"{c[:-3]}_{lang}" in table]
    kept = [c for c in table if c not in pairs and not c.endswith(("sha1", "sha256"))]
    assert shown.columns.is_unique
    assert len(shown.columns) == len(kept)
    key = kept[0]
    if key not in {"indicator_id", "headline_id", "term_id", "vocabulary"} and table[key].dtype != "category":
        assert shown.iloc[:, 0].tolist() == table[key].tolist()
    assert [c for c in shown if c in table and re.fullmatch("[a-z_0-9]+", c)] == []


@pytest.mark.parametrize("make", DERIVED.values(), ids=DERIVED)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_functions_make_has_a_title_for_every_column(make, lang):
    table = make()
    assert [c for c in readable(table, lang) if c in table.columns] == []


def test_derived_columns_are_described_in_both_languages_and_are_no_columns_of_the_codebook():
    told = read_derived(data_dir())
    assert len({one.name for one in told}) == len(told) > 40
    assert [
        one.name for one in told if not all((one.title_zh, one.title_en, one.description_zh, one.description_en))
    ] == []
    assert {one.name for one in told} & set(codebook()["column"]) == set()


def test_codes_become_labels_in_the_order_of_their_list():
    shown = readable(load_commitments(), "en")["Strength"]
    assert shown.cat.ordered
    assert shown.cat.categories.tolist() == list(labels("strength", "en").values())
    wanted = load_commitments()["strength"].map(labels("strength", "en")).astype("str")
    assert shown.astype("str").tolist() == wanted.tolist()
    assert shown.sort_values().iloc[0] == labels("strength", "en")["strive"]


def test_the_title_is_that_of_the_table_most_like_the_frame():
    assert "目标值" in readable(load_targets()[["target_id", "value", "unit", "unit_as_printed"]], "zh")
    assert "数值" in readable(load_table("observations")[["observation_id", "value", "unit"]], "zh")


def test_a_column_that_this_table_lacks_has_the_title_of_the_first_that_has_it():
    shown = readable(fulfilment()[["label_zh", "code", "rule_id", "comparability", "evidence_ids"]], "zh")
    assert list(shown) == ["承诺事项", "完成代码", "规则", "可比性", "依据"]


def test_a_list_is_called_by_its_title():
    assert readable(load_table("crosswalks")[["vocabulary", "code"]].head(1), "zh").iloc[0, 0] == "领域"


def test_an_indicator_is_called_by_its_name():
    shown = readable(load_targets()[["indicator_id", "value"]].head(1), "zh")
    assert list(shown) == ["指标名称", "目标值"]
    assert shown.iloc[0, 0] == "普惠性幼儿园覆盖率"


def test_index_levels_with_a_name_are_shown_and_others_are_not():
    table = load_targets().head(2)
    assert list(readable(table.set_index("target_id")[["value"]], "en")) == ["Target", "Value"]
    assert list(readable(table[["value"]], "en")) == ["Value"]


def test_two_columns_of_one_title_are_both_shown():
    frame = pd.DataFrame({"count": [1], "estimates": [2]}).rename(columns={"estimates": "Count"})
    assert list(readable(frame, "en")) == ["Count", "Count (Count)"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((2024, "2024"), (9999.0, "9999"), (10200, "10,200"), (-12345.5, "-12,345.5"), (90.6, "90.6"), (0, "0")),
        *((0.0004, "0.0004"), (1 / 3, "0.333"), (-0.0, "0"), (True, "True"), ("<b>", "<b>"), ("", "")),
        *((None, "–"), (pd.NA, "–"), (float("nan"), "–"), (pd.NaT, "–"), (pd.Timestamp("2024-12-31"), "2024-12-31")),
        (["a", 1], "['a', 1]"),
    ],
)
def test_a_cell_is_shown_as_people_write_it(value, text):
    assert cell_text(value) == text


def test_a_notebook_shows_the_cells_and_nothing_of_them_is_taken_for_html():
    frame = pd.DataFrame({"words": ["<script>x</script>", None], "count": [10200, 3]})
    shown = html(frame)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", shown)
    assert cells == ["&lt;script&gt;x&lt;/script&gt;", "10,200", "–", "3"]
    assert re.findall(r"<th[^>]*>(.*?)</th>", shown) == ["Words", "Count"]


def test_a_notebook_shows_numbers_to_the_right_and_only_long_texts_wrapped():
    shown = html(pd.DataFrame({"words": ["x" * 17], "why": ["x" * 16], "count": [1]}))
    looks = dict(re.findall(r"td\.col(\d) \{([^}]*)\}", shown))
    assert ["white-space: normal" in looks[number] for number in "012"] == [True, False, False]
    assert ["text-align: right" in looks[number] for number in "012"] == [False, False, True]


def test_the_same_frame_gives_the_same_html_and_another_another_name():
    frame = load_targets()
    assert html(frame) == html(frame)
    names = [re.search(r'id="T_(\w+)"', html(part))[1] for part in (frame, frame.head(2))]
    assert names[0] != names[1]


def test_a_long_frame_shows_its_first_rows_and_says_so():
    frame = pd.DataFrame({"count": range(100)})
    with pd.option_context("display.max_rows", 5):
        assert "first 5 of 100 rows" in html(frame)
        assert html(frame).count("<tr") == 1 + 5
        assert repr(readable(frame, "en")).endswith("first 5 of 100 rows")
        assert "first" not in html(frame.head(5))


def test_what_is_taken_of_it_is_still_readable_and_an_empty_frame_is_shown():
    shown = readable(load_commitments(), "en")
    assert type(shown.head(3)) is type(shown[["Domain"]]) is type(shown)
    assert "<th" in shown.head(0)._repr_html_()


def test_another_language_is_refused():
    with pytest.raises(DataError, match="zh, en"):
        readable(load_targets(), "de")


def test_without_a_language_it_is_that_of_the_messages(monkeypatch):
    monkeypatch.setenv("PANJIN_LANG", "zh")
    assert list(readable(load_targets()[["value"]])) == ["目标值"]


def test_columns_of_a_users_own_tables_have_their_titles():
    frame = pd.DataFrame({"decision_id": ["D0001"], "changed": [None], "record_id": [None]})
    assert list(readable(frame, "zh")) == ["记录编号", "改动", "所成记录"]
