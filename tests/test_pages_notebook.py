"""Notebooks as pages: prose in two languages, typed tables, charts with the words of their captions, an index."""

import re

import nbformat
import pandas as pd
import pytest
import xlsxwriter
from lxml import html

from panjin_analysis import funnel, load_commitments, load_segments, plot_funnel
from panjin_analysis.captions import caption_funnel
from panjin_analysis.errors import DataError
from panjin_analysis.execution import notebook_paths
from panjin_analysis.kernel import CAPTION, FRAME, SVG
from panjin_analysis.pages.frames import shown_frame
from panjin_analysis.pages.index import FOLDER, INDEX, index_page
from panjin_analysis.pages.notebook import notebook_page, told
from panjin_analysis.pages.prose import headings, prose
from panjin_analysis.saving import write_figure

DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>3</text></svg>'
WORDS = {"title": "承诺共三项", "alt": "条形图：三项。", "notes": ["括号内为项数。", "来源：示例。"]}
FIRST = "# 9. 芦苇：长了多少？\n**Reeds: how much did they grow?**\n\n先看结果。*The result first.*"


def data_of(frame: pd.DataFrame) -> dict:
    """Return the forms in which pandas shows a frame in a kernel."""
    with pd.option_context("display.html.table_schema", True):
        return {FRAME: frame._repr_data_resource_(), "text/html": frame._repr_html_(), "text/plain": repr(frame)}


def output(forms: dict) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("execute_result", data=forms)


def code(source: str, *forms: dict) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, outputs=[output(one) for one in forms])


def made(*cells: nbformat.NotebookNode):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(FIRST), *cells])
    return html.fromstring(notebook_page(notebook, name="99_reeds", source=("来源：示例。",)).decode())


CAPTION_CELL = code('caption_reeds(found, "zh")', {CAPTION: WORDS, "text/markdown": "**承诺**"})
CHART_CELL = code("plot_reeds(found);", {SVG: DRAWN, "image/png": "", "text/plain": "<Figure>"})
SECTION = "## 看什么\n每行一项。"
PROSE_CELL = nbformat.v4.new_markdown_cell(SECTION)


def test_the_title_and_the_title_in_english_stand_once_at_the_top():
    tree = made()
    assert [one.text for one in tree.iter("h1")] == ["9. 芦苇：长了多少？"]
    assert tree.xpath("//p[@class='subtitle'][@lang='en']/text()") == ["Reeds: how much did they grow?"]
    assert tree.xpath("count(//strong)") == 0


def test_what_a_notebook_found_first_is_said_of_it_else_its_first_paragraph():
    title = nbformat.v4.new_markdown_cell(FIRST)
    with_answer = nbformat.v4.new_notebook(cells=[title, CAPTION_CELL])
    without = nbformat.v4.new_notebook(cells=[title, code("1"), CAPTION_CELL])
    assert told(with_answer).answer == "承诺共三项"
    assert told(without).answer == "先看结果。The result first."


def test_a_chart_takes_its_words_from_its_caption_also_from_further_above():
    for cells in ([CAPTION_CELL, CHART_CELL], [CAPTION_CELL, PROSE_CELL, CHART_CELL]):
        (figure,) = made(*cells).xpath("//figure")
        assert figure.xpath(".//svg/@aria-label") == ["条形图：三项。"]
        assert all(text in figure.text_content() for text in ("承诺共三项", *WORDS["notes"]))


def test_a_caption_right_above_its_chart_is_not_shown_twice():
    assert made(CAPTION_CELL, CHART_CELL).xpath("//div[@class='answer']") == []
    (answer,) = made(CAPTION_CELL, PROSE_CELL, CHART_CELL).xpath("//div[@class='answer']")
    assert "承诺共三项" in answer.text_content()


@pytest.mark.parametrize("cells", [[CHART_CELL], [CHART_CELL, CAPTION_CELL]])
def test_a_chart_without_a_caption_before_it_is_an_error_that_names_it(cells):
    with pytest.raises(DataError, match=r"99_reeds: .*plot_reeds\(found\);") as error:
        made(*cells)
    assert error.value.kind == "no_caption"


def test_a_caption_of_another_chart_does_not_do():
    other = code("caption_storks(found)", {CAPTION: WORDS})
    with pytest.raises(DataError, match="plot_reeds"):
        made(other, CHART_CELL)


@pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.stem)
def test_every_chart_of_our_notebooks_has_a_caption_cell_before_it(path):
    captioned, bare = set(), []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            bare += [name for name in re.findall(r"\bplot_(\w+)\(", cell.source) if name not in captioned]
            captioned |= set(re.findall(r"\bcaption_(\w+)\(", cell.source))
    assert bare == []


def test_code_is_folded_and_cells_that_show_nothing_are_folded_with_the_next():
    tree = made(code("first = 1"), code("second = 2", {"text/plain": "2"}), PROSE_CELL, code("last = 3"))
    folded = tree.xpath("//details[@class='code']")
    assert [one.xpath("string(.//code)") for one in folded] == ["first = 1\n\nsecond = 2", "last = 3"]
    assert not any("open" in one.attrib for one in folded)


def test_text_that_a_cell_prints_is_shown_as_it_is():
    cell = nbformat.v4.new_code_cell("print(1)", outputs=[nbformat.v4.new_output("stream", text="<b>1</b>\n  2\n")])
    assert made(cell).xpath("//pre[not(code)]/text()") == ["<b>1</b>\n  2"]


def test_a_table_is_numbered_and_named_after_its_section():
    frame = pd.DataFrame({"value": [1.0]})
    tree = made(code("frame", data_of(frame)), PROSE_CELL, code("frame", data_of(frame)))
    captions = [one.text_content() for one in tree.iter("caption")]
    assert captions == ["表 1　芦苇：长了多少？", "表 2　看什么"]


def test_a_table_keeps_types_that_its_html_loses():
    frame = load_commitments()[["commitment_id", "testable", "is_striving", "due_on"]].head(3)
    back = shown_frame(data_of(frame))
    assert back["testable"].tolist() == frame["testable"].tolist()
    assert back["testable"].cat.categories.tolist() == ["no", "partly", "yes"]
    assert back["testable"].cat.ordered
    assert back["is_striving"].dtype == "boolean"
    assert back["due_on"].tolist() == frame["due_on"].tolist()
    assert back.columns.tolist() == frame.columns.tolist()


def test_a_missing_number_stays_missing():
    frame = pd.DataFrame({"value": pd.array([0, None, 2.5], dtype="Float64"), "report_year": [2022, 2023, 2024]})
    back = shown_frame(data_of(frame))
    assert back["value"].isna().tolist() == [False, True, False]
    assert back["value"].iloc[0] == 0
    assert back["report_year"].tolist() == [2022, 2023, 2024]


def test_a_styled_table_is_read_from_its_html_as_text():
    markup = (
        "<table><thead><tr><th></th><th>名称</th></tr></thead><tbody><tr><th>0</th><td>007</td></tr></tbody></table>"
    )
    back = shown_frame({"text/html": markup})
    assert back.to_dict("list") == {"名称": ["007"]}


GROUPED = pd.DataFrame({"word": ["reeds", "rice"], "count": [3, 4]})


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (GROUPED.set_index(pd.MultiIndex.from_tuples([("a", 1), ("a", 2)])), "merged cells: 1"),
        (GROUPED.set_axis(pd.MultiIndex.from_product([["a"], ["b", "c"]]), axis=1), "rows of headers: 2"),
        (GROUPED.rename_axis("place"), "rows of headers: 2"),
    ],
    ids=["merged rows", "merged columns", "two rows of headers"],
)
@pytest.mark.parametrize("form", ["to_html", "style"])
def test_a_table_of_html_whose_cells_are_merged_is_refused(frame, words, form):
    if form == "style":
        frame = frame.style
    with pytest.raises(DataError, match=words) as error:
        shown_frame({"text/html": frame.to_html()})
    assert error.value.kind == "merged_cells"


def test_a_table_of_html_with_rows_of_several_lengths_is_refused():
    markup = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>"
    with pytest.raises(DataError, match="cells in a row: 1, 2"):
        shown_frame({"text/html": markup})


def test_a_column_called_index_is_kept_and_an_index_that_counts_is_not():
    indexed = pd.DataFrame({"index": [90, 91], "value": [1, 2]}, index=pd.Index(["a", "b"], name="place"))
    assert shown_frame(data_of(indexed)).to_dict("list") == {"place": ["a", "b"], "index": [90, 91], "value": [1, 2]}
    assert shown_frame(data_of(pd.DataFrame({"value": [1, 2]}, index=[7, 7]))).columns.tolist() == ["value"]


def test_a_table_that_is_cut_says_so():
    frame = pd.DataFrame({"value": range(70)})
    assert "共 70 行，只列前 60 行。" in made(code("frame", data_of(frame))).text_content()
    assert "只列前" not in made(code("frame", data_of(frame.head(60)))).text_content()


def test_of_a_pair_of_columns_in_two_languages_the_page_shows_its_own():
    frame = pd.DataFrame({"label_zh": ["芦苇"], "label_en": ["reeds"], "scheme_label_en": ["kept"]})
    tree = made(code("frame", data_of(frame)))
    assert [one.text_content() for one in tree.iter("td")] == ["芦苇", "kept"]


def test_codes_that_functions_hand_on_as_text_are_shown_by_their_labels():
    steps = funnel(load_segments(), load_commitments())[["step", "count"]]
    tree = made(code("steps", data_of(steps)))
    assert [one.text_content() for one in tree.iter("td")][:2] == ["小句", "158"]


def test_headings_of_several_cells_have_ids_of_their_own():
    tree = made(PROSE_CELL, nbformat.v4.new_markdown_cell(SECTION))
    assert tree.xpath("//h2/@id") == ["s1", "s2"]


def test_passages_in_english_are_marked_as_such_and_chinese_ones_are_not():
    text = prose("看这里。*See here.* **重点** *`strength` 说的是 wording*")
    assert re.findall(r'<(\w+) lang="en">([^<]+)', text) == [("em", "See here.")]


def test_markup_in_prose_is_shown_as_text():
    assert "<script>" not in prose("a <script>alert(1)</script>")


def test_headings_are_told_with_their_levels():
    assert headings("# 一\n\n文\n\n## 二 `x`") == [(1, "一"), (2, "二 x")]


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Return a folder as a build leaves it, with one of each kind."""
    folder = tmp_path_factory.mktemp("figures")
    steps = funnel(load_segments(), load_commitments())
    for lang, ending in (("zh", ""), ("en", "_en")):
        write_figure(plot_funnel(steps, lang=lang), caption_funnel(steps, lang), steps, folder / f"01_funnel{ending}")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(FIRST), CAPTION_CELL])
    (folder / FOLDER).mkdir()
    shown = notebook_page(notebook, name="99_reeds", source=())
    (folder / FOLDER / "99_reeds.html").write_bytes(shown)
    for name in ("briefs", "workbooks"):
        (folder / name).mkdir()
    (folder / "briefs" / "reeds.html").write_bytes(shown)
    (folder / "briefs" / "reeds.pptx").write_bytes(b"x" * 2048)
    (folder / "briefs" / "storks_en.pptx").write_bytes(b"x")
    with xlsxwriter.Workbook(folder / "workbooks" / "reeds_office.xlsx") as book:
        book.set_properties({"title": "一本簿子"})
    return folder


def test_the_index_lists_what_is_there_and_every_link_leads_to_a_file(figures):
    tree = html.fromstring(index_page(figures).decode())
    links = [one for one in tree.xpath("//main//a/@href") if not one.startswith("#")]
    assert links == [
        "99_reeds.html",
        "../01_funnel.png",
        "../01_funnel.svg",
        "../01_funnel.csv",
        "../briefs/reeds.html",
        "../briefs/reeds.pptx",
        "../briefs/storks_en.pptx",
        "../workbooks/reeds_office.xlsx",
    ]
    assert [one for one in links if not (figures / FOLDER / one).is_file()] == []


def test_the_index_shows_each_page_by_title_and_finding_and_each_chart_by_title_and_alt_text(figures):
    tree = html.fromstring(index_page(figures).decode())
    words = tree.text_content()
    assert all(text in words for text in ("9. 芦苇：长了多少？", "Reeds: how much did they grow?", "承诺共三项"))
    title, alt, *_ = (figures / "01_funnel.txt").read_text("utf-8").splitlines()
    assert title in words
    assert tree.xpath("//img/@alt") == [alt]
    assert tree.xpath("//img/@src")[0].startswith("data:image/png;base64,")


def test_files_of_one_thing_share_a_card_with_the_title_that_they_give_themselves(figures):
    cards = html.fromstring(index_page(figures).decode()).xpath("//h2[@id='files']/following-sibling::ul[1]/li")
    assert [card.findtext("h3") for card in cards] == ["9. 芦苇：长了多少？", "storks_en", "一本簿子"]
    assert [card.find("h3").get("lang") for card in cards] == [None, "en", None]
    assert "PPTX 2 KB" in cards[0].text_content()
    assert "办公版" in cards[2].text_content()


def test_the_index_is_the_same_each_time_and_does_not_list_itself(figures):
    once = index_page(figures)
    (figures / FOLDER / INDEX).write_bytes(once)
    assert index_page(figures) == once


def test_an_index_in_english_shows_the_charts_in_english(figures):
    tree = html.fromstring(index_page(figures, lang="en").decode())
    assert tree.get("lang") == "en"
    assert "../01_funnel_en.png" in tree.xpath("//a/@href")
    assert "../01_funnel.png" not in tree.xpath("//a/@href")
