"""Proposals for links: the score is its reasons, and no year is measured by a threshold of its own."""

import pandas as pd
import pytest

from panjin_analysis.compare import evaluate_matcher, matcher, propose_links
from panjin_analysis.compare.matcher import TUNED_BEFORE, WEIGHTS, plan_clauses
from panjin_analysis.load import load_table

COMMITMENTS = pd.DataFrame(
    {
        "commitment_id": ["PJ-2024-C029", "X2", "X3"],  # the first has a target, in persons
        "paragraph_no": [1, 2, 2],
        "label_zh": ["高层次人才引进", "湿地观鸟栈道", "稻田养蟹合作社"],
        "object": ["高层次人才", "观鸟栈道", "合作社"],
    }
)
# Made up: the right clauses for the three, and one for none of them.
TEXTS = ["办好蟹农合作社，扩大稻田养蟹。", "建成湿地观鸟栈道三处。", "引进高层次人才15名。", "修订公文处理办法。"]
CANDIDATES = pd.DataFrame({"text": TEXTS, "sentence": TEXTS, "topic": TEXTS}, index=[40, 10, 30, 20])
SIGNALS = ["words", *WEIGHTS]


@pytest.fixture
def proposed():
    return propose_links(COMMITMENTS, CANDIDATES, top=4)


def test_the_right_clause_is_proposed_first_by_its_index(proposed):
    first = proposed[proposed["rank"] == 1]
    assert first["commitment_id"].tolist() == COMMITMENTS["commitment_id"].tolist()
    assert first["candidate"].tolist() == [30, 10, 40]


def test_ranks_run_from_one_with_the_best_score_first(proposed):
    for _, rows in proposed.groupby("commitment_id"):
        assert rows["rank"].tolist() == [1, 2, 3, 4]
        assert rows["score"].is_monotonic_decreasing
        assert sorted(rows["candidate"]) == [10, 20, 30, 40]


def test_a_score_is_the_weighted_sum_of_its_signals(proposed):
    weighted = proposed["words"] + sum(weight * proposed[name] for name, weight in WEIGHTS.items())
    assert proposed["score"].tolist() == pytest.approx(weighted.tolist(), abs=0.003)  # each is rounded to 0.001
    assert proposed[SIGNALS].to_numpy().min() >= 0
    assert proposed[SIGNALS].to_numpy().max() <= 1.001
    assert (proposed[SIGNALS].max() > 0).all()


def test_only_so_many_are_proposed_as_asked_for():
    assert propose_links(COMMITMENTS, CANDIDATES, top=2)["rank"].tolist() == [1, 2] * 3
    assert propose_links(COMMITMENTS, CANDIDATES.head(1))["rank"].tolist() == [1] * 3


def test_a_printed_number_in_the_unit_of_the_target_is_a_reason(proposed):
    rows = proposed[proposed["commitment_id"] == "PJ-2024-C029"].set_index("candidate")
    assert rows["unit"].to_dict() == {30: 1, 10: 0, 40: 0, 20: 0}
    assert proposed.loc[proposed["commitment_id"] == "X2", ["unit", "indicator"]].eq(0).all().all()


def test_a_clause_that_shares_nothing_scores_nothing(proposed):
    assert proposed.loc[proposed["candidate"] == 20, "score"].eq(0).all()


def test_candidates_in_another_order_get_the_same_scores(proposed):
    turned = propose_links(COMMITMENTS, CANDIDATES.iloc[::-1], top=4)
    keys = ["commitment_id", "candidate"]
    one, other = (frame.set_index(keys)["score"].sort_index() for frame in (proposed, turned))
    pd.testing.assert_series_equal(one, other)


REPORT = "各位代表：\n一、回顾\n种了芦苇。\n二、安排\n养蟹，观鸟。修路。\n三、自身建设\n（一）学习。\n"


def test_clauses_of_the_plan_leave_the_review_out_and_keep_their_place():
    clauses = plan_clauses(REPORT)
    assert clauses["text"].tolist() == ["二、安排", "养蟹，", "观鸟。", "修路。", "三、自身建设", "（一）学习。"]
    assert [REPORT[start:end] for start, end in zip(clauses["start"], clauses["end"], strict=True)] == list(
        clauses["text"]
    )


def test_a_clause_knows_its_sentence_and_its_paragraph():
    row = plan_clauses(REPORT).set_index("text").loc["养蟹，"]
    assert (row["sentence"], row["topic"]) == ("养蟹，观鸟。", "养蟹，观鸟。修路。")


def test_a_text_without_parts_has_no_clauses_of_a_plan():
    assert plan_clauses("观鸟。").empty


@pytest.fixture(scope="module")
def evaluated(reports):
    """Measure once, and note for each threshold which years it was chosen on."""
    graded, best, chosen_on = matcher._graded, matcher._best_threshold, []

    def noted(frame):
        chosen_on.append(set(frame["year"]))
        return best(frame)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            matcher, "_graded", lambda tables, rows, year, folder: graded(tables, rows, year, folder).assign(year=year)
        )
        patch.setattr(matcher, "_best_threshold", noted)
        return evaluate_matcher(reports / "panjin"), chosen_on


def test_every_year_with_confirmed_links_is_measured_on_all_of_them(evaluated):
    links = load_table("links").query("relation != 'result'").dropna(subset=["observation_id"])
    expected = links.groupby("report_year")["commitment_id"].nunique()
    assert evaluated[0].set_index("report_year")["links"].to_dict() == expected.to_dict()


def test_the_threshold_of_a_year_is_chosen_on_other_years_before_2023(evaluated):
    table, chosen_on = evaluated
    early = {year for year in table["report_year"] if year < TUNED_BEFORE}
    assert TUNED_BEFORE == 2023
    assert len(early) > 1
    assert chosen_on == [early - {year} for year in table["report_year"]]


def test_figures_are_shares_and_five_proposals_find_no_less_than_one(evaluated):
    table = evaluated[0]
    for figure in ("recall", "precision"):
        one, five = table[f"{figure}_1"], table[f"{figure}_5"]
        assert one.between(0, 1).all()
        assert five.between(0, 1).all()
        assert (five >= one).all()
    assert table["proposed"].between(1, 133).all()


def test_among_five_proposals_most_confirmed_links_are_found_in_years_it_was_not_tuned_on(evaluated):
    held_out = evaluated[0].query("report_year >= 2023")
    assert (held_out["recall_5"] > 0.9).all(), held_out.to_string()
