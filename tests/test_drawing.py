"""The paragraphs that were coded by hand are the ones that the seed draws, no others."""

import pytest

from panjin_analysis.drawing import DRAWS, draw, draw_all
from panjin_analysis.errors import DataError
from panjin_analysis.load import load_table
from panjin_analysis.text.documents import read_text
from panjin_analysis.text.segments import segment


@pytest.fixture(scope="module")
def draws(reports):
    return draw_all(reports / "sample")


@pytest.fixture(scope="module")
def drawn(draws):
    return {name: paragraphs for one in draws for name, paragraphs in one.items()}


def test_the_coded_reports_are_the_drawn_ones_in_their_order(drawn):
    assert load_table("gold_reports")["document"].tolist() == list(drawn)


def test_no_draw_takes_what_another_one_took(draws):
    assert [len(one) for one in draws] == [how.reports for how in DRAWS]
    assert len({name for one in draws for name in one}) == sum(map(len, draws))


def test_every_third_report_of_the_first_draw_was_kept_and_then_the_second_and_the_third_draw():
    use = load_table("gold_reports")["use"].astype(str).tolist()
    first, second, third, *later = (how.reports for how in DRAWS)
    kept = ["held_out" if place % 3 == 2 else "development" for place in range(first)]
    assert use == kept + ["second_draw"] * second + ["third_draw"] * third + ["development"] * sum(later)


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
