"""The paragraphs that were coded by hand are the ones that the seed draws, no others."""

import pytest

from panjin_analysis.drawing import draw
from panjin_analysis.errors import DataError
from panjin_analysis.load import load_table
from panjin_analysis.text.documents import read_text
from panjin_analysis.text.segments import segment


@pytest.fixture(scope="module")
def drawn(reports):
    return draw(reports / "sample")


def test_the_coded_reports_are_the_drawn_ones_in_their_order(drawn):
    assert load_table("gold_reports")["document"].tolist() == list(drawn)


def test_every_third_drawn_report_is_kept_for_the_final_figures(drawn):
    use = load_table("gold_reports")["use"].astype(str)
    assert [code == "held_out" for code in use] == [place % 3 == 2 for place in range(len(drawn))]


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
