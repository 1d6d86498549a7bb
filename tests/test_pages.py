"""Pages: whole in one file, the same bytes each time, and readable before any script runs."""

import base64
import io
import re

import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from lxml import html
from markupsafe import Markup

from panjin_analysis import load_commitments, load_targets
from panjin_analysis.captions import Caption
from panjin_analysis.errors import DataError
from panjin_analysis.pages import Page, figure, page, table
from panjin_analysis.pages.figures import inline_svg
from panjin_analysis.pages.fonts import subset
from panjin_analysis.pages.page import asset
from panjin_analysis.style import BLUE, INK, MUTED, ORANGE, contrast

CAPTION = Caption("三项承诺，一项可检验", "条形图：承诺 3，可检验 1。", ("来源：示例。", "未覆盖：其余。"))


def drawn(**settings: object) -> str:
    """Return a small chart as SVG, with a hatch, a clip and a marker: things that have ids."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    from panjin_analysis.style import in_house_style

    picture = io.StringIO()
    with in_house_style(), mpl.rc_context({"svg.fonttype": "none", **settings}):
        fig, ax = plt.subplots(figsize=(4, 2))
        ax.bar(["承诺", "可检验"], [3, 1], hatch="//")
        ax.plot([0, 1], [2, 2], marker="o")
        fig.savefig(picture, format="svg", metadata={"Date": None})
        plt.close(fig)
    return picture.getvalue()


@pytest.fixture(scope="module")
def svg() -> str:
    return drawn()


@pytest.fixture(scope="module")
def whole(svg) -> bytes:
    parts = [
        Markup('<h2 id="a">目标</h2>'),
        table(load_targets()[["target_id", "comparator", "value", "value_max", "unit"]], "量化目标", name="targets"),
        Markup('<h2 id="b">图</h2>'),
        figure(svg, CAPTION, name="one"),
        figure(svg, CAPTION, name="two"),
    ]
    return page(Page("一份示例页面", description="示例。", source=("来源：示例。",), index="index.html"), parts)


@pytest.fixture(scope="module")
def tree(whole):
    return html.fromstring(whole.decode())


def rows_of(made: Markup) -> list[list[str]]:
    return [[cell.text_content() for cell in row.iter("td")] for row in html.fromstring(made).iter("tr")][1:]


def test_the_same_parts_give_the_same_bytes(whole, svg):
    again = figure(svg, CAPTION, name="one")
    assert again == figure(svg, CAPTION, name="one")
    parts = [Markup("<p>承诺</p>"), again]
    assert page(Page("示例"), parts) == page(Page("示例"), parts)


def test_a_page_asks_for_nothing_outside_itself(tree):
    addresses = [part.get(name) for part in tree.iter() for name in ("src", "href", "srcset") if part.get(name)]
    assert [one for one in addresses if not re.match(r"#|data:|index\.html$", one)] == []
    assert b"@import" not in html.tostring(tree)
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_the_policy_lets_the_own_script_run_and_no_other(whole, tree):
    import hashlib

    script = tree.xpath("//script/text()")
    assert script == [asset("page.js")]
    wanted = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{wanted}'".encode() in whole.replace(b"&#39;", b"'")


def test_the_font_has_the_characters_of_the_page_and_few_more():
    with TTFont(io.BytesIO(subset("承诺≥→", "example"))) as font:
        assert font.flavor == "woff2"
        known = set(font.getBestCmap())
    assert {ord(mark) for mark in "承诺≥→aZ09"} <= known
    assert ord("盘") not in known
    assert len(known) < 120


def test_a_character_that_the_font_lacks_is_named():
    with pytest.raises(DataError, match=r"示例: .*𓀀 \(U\+13000\)") as error:
        page(Page("示例"), [Markup("<p>承诺𓀀</p>")])
    assert error.value.kind == "missing_glyph"


def test_a_character_written_as_a_reference_is_checked_too():
    with pytest.raises(DataError, match=r"U\+13000"):
        page(Page("示例"), [Markup("<p>&#x13000;</p>")])


def test_a_page_names_its_language_and_has_one_title_one_main_part_and_a_way_to_it(tree):
    assert tree.get("lang") == "zh-CN"
    assert [one.text for one in tree.iter("h1")] == ["一份示例页面"]
    assert [one.get("id") for one in tree.iter("main")] == ["main"]
    first = next(tree.iter("a"))
    assert (first.get("class"), first.get("href")) == ("skip", "#main")


def test_no_two_things_of_a_page_share_an_id(tree):
    ids = tree.xpath("//@id")
    assert len(set(ids)) == len(ids) > 5


def test_every_reference_of_a_chart_finds_its_own_definition(tree):
    charts = tree.xpath("//figure//svg")
    assert len(charts) == 2
    for chart in charts:
        ids = set(chart.xpath(".//@id"))
        used = set(re.findall(r"url\(#([^)]+)\)", html.tostring(chart, encoding="unicode")))
        used |= {link.removeprefix("#") for link in chart.xpath(".//@*[contains(name(), 'href')]")}
        assert used
        assert used == ids


def test_colours_of_a_chart_are_not_taken_for_references():
    made = inline_svg('<svg xmlns="http://www.w3.org/2000/svg"><rect id="x" fill="#12436d"/></svg>', "", name="a")
    assert '<rect fill="#12436d"/>' in made


def test_a_chart_carries_the_whole_alt_text_its_title_and_its_notes(tree):
    chart = tree.xpath("//figure")[0]
    assert chart.xpath(".//svg[@role='img']/@aria-label") == [CAPTION.alt]
    words = chart.text_content()
    assert all(text in words for text in (CAPTION.title, *CAPTION.notes))


def test_text_of_a_chart_stays_text_in_the_font_of_the_page(tree, whole):
    texts = tree.xpath("//figure[1]//svg//text")
    assert {"承诺", "可检验"} <= {one.text for one in texts}
    assert all("'Noto Sans SC'" in one.get("style") for one in texts)
    assert b"font-family:'Noto Sans SC'" in whole


def test_what_a_chart_says_in_markup_cannot_get_out_of_its_place():
    made = figure(drawn(), Caption("<b>三</b>", '"><script>', ("<i>",)), name="a")
    assert "<script" not in made
    assert "<b>" not in made


def test_a_table_has_a_caption_and_marked_header_cells_with_titles_of_the_codebook(tree):
    made = tree.xpath("//table")[0]
    assert made.xpath("string(caption)") == "量化目标"
    heads = made.xpath(".//thead//th")
    assert [head.text for head in heads] == ["目标编号", "比较方式", "目标值", "上限值", "单位"]
    assert {head.get("scope") for head in heads} == {"col"}


def test_a_table_shows_labels_for_codes_and_keeps_the_order_of_their_list():
    frame = load_commitments()[["testable"]].iloc[[0, 1, 2]]
    assert rows_of(table(frame, "可检验性", name="a")) == [["不可检验"], ["部分可检验"], ["可检验"]]
    made = html.fromstring(table(frame, "可检验性", name="a"))
    assert made.xpath("//td/@data-value") == ["0", "1", "2"]


def test_english_tables_have_english_titles_and_labels():
    frame = load_commitments()[["testable", "is_striving"]].head(1)
    made = table(frame, "Testable", name="a", lang="en")
    assert rows_of(made) == [["No", "no"]]
    assert html.fromstring(made).xpath("//th/text()") == ["Testable", "Striving"]


def test_a_missing_value_is_a_dash_that_is_read_out_and_never_zero():
    frame = pd.DataFrame({"value": pd.array([0, None], dtype="Float64"), "unit": ["%", None]})
    made = table(frame, "数", name="a")
    assert rows_of(made) == [["0", "%"], ["—无", "—无"]]
    assert "不表示零" in made
    assert "不表示零" not in table(frame.head(1), "数", name="a")


def test_numbers_are_grouped_years_are_not_and_shares_have_equal_decimals():
    frame = pd.DataFrame({"value": [10200.0, 90.6], "report_year": [2023, 2024], "share_pct": [100.0, 48.1203]})
    made = table(frame, "数", name="a")
    assert rows_of(made) == [["10,200", "2023", "100.0"], ["90.6", "2024", "48.1"]]
    assert html.fromstring(made).xpath("//td[@class='num']/@data-value")[:2] == ["10200.0", "100.0"]


def test_an_index_with_a_name_is_shown_and_one_without_is_not():
    frame = pd.DataFrame({"value": [1.0]}, index=pd.Index(["a"], name="indicator_id"))
    assert rows_of(table(frame, "数", name="a")) == [["a", "1"]]
    assert rows_of(table(pd.DataFrame({"value": [1.0]}, index=[7]), "数", name="a")) == [["1"]]


def test_what_a_cell_says_in_markup_stays_text():
    made = table(pd.DataFrame({"note": ["<script>alert(1)</script>"]}), "<b>注</b>", name="a")
    assert "<script" not in made
    assert "<b>" not in made


def test_a_page_of_a_few_parts_has_a_list_of_contents_and_a_short_one_has_none():
    headings = [Markup('<h2 id="h{}">第 {} 节</h2>').format(number, number) for number in range(3)]
    contents = html.fromstring(page(Page("示例"), headings).decode()).xpath("//nav[@class='contents']//a")
    assert [(one.get("href"), one.text) for one in contents] == [(f"#h{n}", f"第 {n} 节") for n in range(3)]
    assert 'class="contents"' not in page(Page("示例"), headings[:2]).decode()


@pytest.mark.parametrize(("ink", "least"), [(INK, 7), (MUTED, 4.5), (BLUE, 4.5), (ORANGE, 3)])
def test_the_colours_of_a_page_can_be_read(ink, least):
    assert contrast(ink, "white") >= least
    assert contrast(ink, "#f5f7f9") >= least


def test_the_style_sheet_has_no_colour_of_its_own_but_white_and_the_tint():
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", asset("page.css"))) == {"#fff", "#f5f7f9"}


def test_a_heading_with_marks_of_html_is_listed_as_it_reads():
    heading = "A < B & <em>C</em>"
    parts = [Markup('<h2 id="{}">{}</h2>').format(name, heading) for name in "abc"]
    made = html.fromstring(page(Page("示例"), parts).decode())
    listed = made.xpath("//nav//a[starts-with(@href, '#')]")
    assert [one.text_content() for one in listed] == [heading] * 3
    assert made.xpath("//nav//em") == []
