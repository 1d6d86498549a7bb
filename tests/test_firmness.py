"""The room that wording leaves: three axes worked by hand, and a range that holds every reading."""

import dataclasses

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from panjin_analysis.captions import LARGE, caption_wiggle
from panjin_analysis.figures import plot_wiggle
from panjin_analysis.firmness import (
    AXES,
    CHOICES,
    STANDARD,
    Reading,
    add_specificity,
    swings,
    wiggle_range,
    wiggle_room,
)
from panjin_analysis.load import load_commitments, load_table

plt.switch_backend("Agg")

# One row a rule: what it promises is clear from verb, adverb and the flags.
ROWS = pd.DataFrame(
    {
        "commitment_id": ["C1", "C2", "C3", "C4", "C5"],
        "domain": pd.Categorical(["health", "health", "health", "talent", "talent"]),
        "verb": ["新增", "推进", "确保", "引进", "开展"],
        "adverb": [None, "扎实", None, None, None],
        "verb_force": ["deliver", "advance", "advance", "deliver", "implement"],
        "number_constraint": ["point", "none", "none", "floor", "absolute"],
        "is_striving": pd.array([False, False, False, True, False], dtype="boolean"),
        "untestable_reason": [None, "vague_object", "slogan", None, None],
        "object": ["托育学位", "医疗", "口号", "人才", "救助"],
        "place": [None, None, None, "兴隆台区", None],
        "due_basis": ["implied_annual", "implied_annual", "implied_annual", "stated", "implied_annual"],
    }
)


def shares(room: pd.DataFrame, axis: str) -> dict:
    rows = room[(room["axis"] == axis) & room["domain"].notna()]
    return {row.domain: (row.count_, row.total) for row in rows.rename(columns={"count": "count_"}).itertuples()}


def firm_ids(**choice: object) -> str:
    """Return which of the rows have a firm verb under the standard reading but for one choice."""
    ranged = wiggle_range(ROWS.assign(domain=ROWS["commitment_id"].astype("category")))
    asked = dataclasses.asdict(dataclasses.replace(STANDARD, **choice))
    same = (ranged[list(asked)] == pd.Series(asked)).all(axis=1)
    held = ranged[same & (ranged["axis"] == "verb") & ranged["domain"].notna() & (ranged["count"] == 1)]
    return "|".join(held["domain"])


def test_specificity_counts_the_filled_slots_and_a_vague_object_or_a_slogan_fills_none():
    out = add_specificity(ROWS)
    assert out["specificity"].tolist() == [2, 0, 0, 4, 2]
    assert out["has_object"].tolist() == [True, False, False, True, True]


def test_specificity_keeps_rows_order_and_columns_and_asks_nothing_of_the_order():
    shuffled = ROWS.sample(frac=1, random_state=2)
    out = add_specificity(shuffled)
    pd.testing.assert_frame_equal(out[ROWS.columns], shuffled)
    pd.testing.assert_frame_equal(out.sort_index(), add_specificity(ROWS))


def test_all_or_none_fills_the_slot_of_the_quantity_only_where_it_counts_as_a_number():
    assert add_specificity(ROWS, absolute_counts=False)["specificity"].tolist() == [2, 0, 0, 4, 1]


def test_each_axis_counts_on_its_own_as_the_codebook_reads_it():
    room = wiggle_room(ROWS)
    assert shares(room, "verb") == {"health": (1, 3), "talent": (1, 2)}  # striving C4 is no firm verb
    assert shares(room, "number") == {"health": (1, 3), "talent": (2, 2)}
    assert shares(room, "specificity") == {"health": (1, 3), "talent": (2, 2)}


def test_the_first_rows_hold_all_together_and_domains_follow_by_their_firm_share():
    room = wiggle_room(ROWS)
    assert room["domain"].isna().tolist() == [True] * 3 + [False] * 6
    assert room["domain"].dropna().tolist() == ["talent"] * 3 + ["health"] * 3
    assert room["axis"].tolist() == list(AXES) * 3
    assert room["count"].tolist()[:3] == [2, 3, 3]


def test_the_ids_behind_a_share_are_those_it_counts():
    room = wiggle_room(ROWS)
    for row in room.itertuples():
        ids = [] if pd.isna(row.commitment_ids) else row.commitment_ids.split("|")
        assert len(ids) == room.loc[row.Index, "count"]
    assert room.loc[1, "commitment_ids"] == "C1|C4|C5"


@pytest.mark.parametrize(
    ("choice", "firm"),
    [
        ({}, "C1|C5"),
        ({"adverbs_scored": True}, "C1|C2|C5"),  # 扎实 lifts 推进
        ({"borderline": "softer"}, "C1|C5"),  # 开展 softer, but its number lifts it
        ({"borderline": "softer", "number_lifts": False}, "C1"),
        ({"slogans_capped": False}, "C1|C3|C5"),  # 确保 on a formula
        ({"striving_apart": False}, "C1|C4|C5"),
    ],
    ids=str,
)
def test_a_choice_moves_the_commitments_it_speaks_of(choice, firm):
    assert firm_ids(**choice) == firm


def test_the_range_holds_every_combination_once_and_the_coded_share_lies_in_it():
    ranged = wiggle_range(ROWS)
    ways = 1
    for values in CHOICES.values():
        ways *= len(values)
    assert len(ranged) == ways * 9
    assert not ranged.duplicated([*CHOICES, "domain", "axis"]).any()
    room = wiggle_room(load_commitments())
    assert ((room["low_pct"] <= room["share_pct"]) & (room["share_pct"] <= room["high_pct"])).all()


def test_the_standard_reading_gives_the_strength_that_is_coded():
    commitments = load_commitments()
    whole = wiggle_room(commitments).iloc[0]
    assert whole["count"] == commitments["strength"].isin(["deliver", "implement"]).sum()


def test_no_choice_moves_what_it_does_not_speak_of():
    still = ROWS.assign(adverb=None, number_constraint="none", is_striving=False, untestable_reason=None, verb="完成")
    assert swings(wiggle_range(still)).tolist() == [0.0] * len(CHOICES)


def test_a_verb_that_no_lexicon_has_keeps_its_coded_force():
    made_up = ROWS.assign(verb="堆沙", verb_force="implement", number_constraint="none", untestable_reason=None)
    assert wiggle_room(made_up).iloc[0]["count"] == 4  # all but the striving one


def test_every_alternative_says_why_in_both_languages():
    alternatives = load_table("verb_alternatives")
    assert alternatives[["reason_zh", "reason_en"]].notna().all(axis=None)
    assert set(Reading().__dict__) == set(CHOICES)


def drawn_numbers(room, lang="en"):
    first = plot_wiggle(room, lang=lang)
    panels = first.figure.axes
    dots = [[float(x) for x in panel.lines[0].get_xdata()] for panel in panels]
    words = [[text.get_text() for text in panel.texts] for panel in panels]
    plt.close(first.figure)
    return dots, words


def test_the_dots_are_the_shares_and_the_words_beside_say_the_range():
    room = wiggle_room(ROWS)
    dots, words = drawn_numbers(room)
    assert dots == [room.loc[room["axis"] == axis, "share_pct"].tolist() for axis in AXES]
    assert words[0][0] == "40% (20–100)"
    assert words[1][2] == "33%"


def test_a_bar_is_drawn_only_where_a_reading_changes_the_share():
    room = wiggle_room(ROWS)
    panel = plot_wiggle(room).figure.axes[0]
    moving = room[(room["axis"] == "verb") & (room["high_pct"] > room["low_pct"])]
    assert [round(bar.get_x(), 6) for bar in panel.patches] == moving["low_pct"].round(6).tolist()
    plt.close("all")


def whole(verb: tuple, number: tuple, specificity: tuple, *domains: tuple) -> pd.DataFrame:
    """Return a frame of shares (coded, lowest, highest), for all together and for firm verbs of domains."""
    rows = [(None, axis, *share) for axis, share in zip(AXES, (verb, number, specificity), strict=True)]
    rows += [(name, "verb", *share) for name, share in domains]
    out = pd.DataFrame(rows, columns=["domain", "axis", "share_pct", "low_pct", "high_pct"])
    return out.assign(total=20, count=1)


def test_the_title_says_the_firm_share_with_its_range_and_how_few_have_a_number():
    room = whole((40, 30, 50), (10, 10, 10), (20, 20, 20))
    assert (
        caption_wiggle(room, "zh").title
        == "动词硬的承诺占 40%（换一种读法 30–50%），有数字的只占 10%，写得具体的占 20%"
    )
    assert caption_wiggle(room, "en").title.startswith("40% of commitments have a firm verb (30–50% under")


@pytest.mark.parametrize("other", ["number", "specificity"])
def test_the_title_is_neutral_where_a_reading_leaves_no_more_firm_verbs_than_numbers(other):
    shares = {"number": (10, 10, 10), "specificity": (10, 10, 10)} | {other: (20, 20, 30)}
    room = whole((40, 30, 50), **shares)
    assert (
        caption_wiggle(room, "en").title == "Room left by the wording of 20 commitments: verb, number and specificity"
    )
    assert caption_wiggle(room, "zh").title == "20 项承诺的回旋余地：动词、数字和具体程度"


def test_the_alt_text_says_each_range_in_words():
    room = whole((40, 30, 50), (10, 10, 10), (20, 20, 20), ("health", (60, 40, 80)))
    assert "卫生健康 60%（最低 40%，最高 80%）" in caption_wiggle(room, "zh").alt
    assert "Health 60% (lowest 40%, highest 80%)" in caption_wiggle(room, "en").alt
    assert "With a number 10%, " in caption_wiggle(room, "en").alt


def test_a_domain_is_called_firmest_only_where_its_lowest_share_beats_every_other_and_it_is_large():
    shares = ((40, 30, 50), (10, 10, 10), (20, 20, 20))
    clear = whole(*shares, ("health", (60, 55, 80)), ("talent", (30, 20, 50)))
    assert "Health is firmest under every reading" in caption_wiggle(clear, "en").notes[0]
    close = whole(*shares, ("health", (60, 45, 80)), ("talent", (30, 20, 50)))
    assert "ranges of domains overlap" in caption_wiggle(close, "en").notes[0]
    small = clear.assign(total=clear["total"].where(clear["domain"] != "health", LARGE - 1))
    assert "firmest" not in caption_wiggle(small, "en").notes[0]
