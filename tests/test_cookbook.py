"""The cookbook says of each chart what the chart says of itself."""

import inspect

import pytest
from lxml import html

from panjin_analysis import figures, style
from panjin_analysis.charts import CHARTS, column_meanings
from panjin_analysis.load import load_tables
from panjin_analysis.pages.cookbook import cookbook_page, parameters, sections, signature

SHOWN = ("01_funnel", "09_wiggle")


@pytest.fixture(scope="module")
def tables():
    loaded = load_tables()
    return {name: CHARTS[name].table(loaded) for name in SHOWN}


@pytest.fixture(scope="module", params=["zh", "en"])
def made(request, tables):
    """Return a cookbook of two charts, read back, and its language."""
    return html.fromstring(cookbook_page(tables, source=("foot",), lang=request.param).decode()), request.param


def test_each_chart_has_its_question_picture_and_alt_text(made, tables):
    page, lang = made
    heads = [head.text_content() for head in page.iter("h2")]
    assert heads[1:] == [f"{name} {CHARTS[name].asks[lang]}" for name in SHOWN]
    pictures = [svg.get("aria-label") for svg in page.xpath("//*[local-name()='svg'][@role='img']")]
    assert pictures[-2:] == [CHARTS[name].caption(tables[name], lang).alt for name in SHOWN]


def test_each_chart_has_its_signature_and_the_example_of_its_docstring(made):
    page, _ = made
    code = [block.text_content() for block in page.iter("pre")]
    for name in SHOWN:
        plot = CHARTS[name].plot
        assert any(text.endswith(signature(plot)) and f"import {plot.__name__}" in text for text in code)
        assert sections(inspect.getdoc(plot))["Examples"] in code


def test_each_column_of_the_csv_is_listed_with_its_meaning(made, tables):
    page, lang = made
    rows = {row[0].text_content(): row[2].text_content() for row in page.iter("tr") if len(row) == 4}
    meanings = column_meanings(lang)["description"]
    for table in tables.values():
        assert {column: rows[column] for column in table.columns} == meanings[list(table.columns)].to_dict()


def test_every_colour_of_the_palette_is_shown_with_its_contrast(made):
    page, _ = made
    cells = {row[0].text_content(): [cell.text_content() for cell in row] for row in page.iter("tr") if len(row)}
    for name, (colour, *_) in style.PALETTE.items():
        assert cells[name][1] == colour
        assert float(cells[name][3]) == style.contrast(colour, "white")
        assert getattr(style, name) == colour


def test_the_same_tables_give_the_same_bytes(tables):
    one = {"09_wiggle": tables["09_wiggle"]}
    assert cookbook_page(one, source=()) == cookbook_page(one, source=())


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_function_is_offered_documented_and_says_of_each_parameter_what_it_is(name):
    plot = CHARTS[name].plot
    assert getattr(figures, plot.__name__) is plot
    said = sections(inspect.getdoc(plot))
    told = parameters(said["Parameters"])
    assert set(told) <= set(inspect.signature(plot).parameters)
    assert {next(iter(inspect.signature(plot).parameters)), "lang"} <= set(told)
    assert all(told.values())
    assert said["Examples"].startswith(">>> ")


def test_every_question_is_asked_in_both_languages_and_of_one_chart_only():
    for lang in ("zh", "en"):
        questions = [chart.asks[lang] for chart in CHARTS.values()]
        assert len(set(questions)) == len(questions)
        assert all(question.endswith(("？", "?")) for question in questions)


def test_what_names_a_mark_and_what_is_drawn_are_columns_of_the_table(tables):
    for name, table in tables.items():
        chart = CHARTS[name]
        assert {*chart.names, *chart.numbers, *chart.ids} <= set(table.columns)
