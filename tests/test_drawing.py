"""The paragraphs that were coded by hand are the ones that the seed draws, no others."""

import pytest

from panjin_analysis.drawing import FIRST, SECOND, draw
from panjin_analysis.errors import DataError
from panjin_analysis.load import load_table
from panjin_analysis.text.documents import read_text
from panjin_analysis.text.segments import segment


@pytest.fixture(scope="module")
def draws(reports):
    first = draw(reports / "sample", FIRST)
    return first, draw(reports / "sample", SECOND, without=first)


@pytest.fixture(scope="module")
def drawn(draws):
    return {name: paragraphs for one in draws for name, paragraphs in one.items()}


def test_the_coded_reports_are_the_drawn_ones_in_their_order(drawn):
    assert load_table("gold_reports")["document"].tolist() == list(drawn)


def test_the_second_draw_takes_nothing_that_the_first_one_took(draws):
    first, second = draws
    assert (len(first), len(second)) == (FIRST.reports, SECOND.reports)
    assert set(first) & set(second) == set()


def test_every_third_report_of_the_first_draw_was_kept_for_the_final_figures_and_then_all_of_the_second(draws):
    use = load_table("gold_reports")["use"].astype(str).tolist()
    first = ["held_out" if place % 3 == 2 else "development" for place in range(FIRST.reports)]
    assert use == first + ["second_draw"] * SECOND.reports


def test_the_coded_clauses_are_those_of_the_drawn_paragraphs(drawn, reports):
    coded = load_table("gold_segments").query("coder == 'A'").groupby("document")["start"].agg(list)
    expected = {
        document: [
            clause.start
            for clause in segment(read_text(reports / "sample" / f"{document}.md"))
            if clause.paragraph_no in paragraphs
        ]
        for document, paragraphs in drawn.items()
        if paragraphs
    }
    assert {name: sorted(starts) for name, starts in coded.items()} == expected


def test_a_folder_without_an_index_is_said_in_one_line(tmp_path):
    with pytest.raises(DataError, match=r"index\.csv"):
        draw(tmp_path)
