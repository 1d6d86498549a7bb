"""Pages in a real browser: nothing is fetched, nothing is logged, and everything can be reached and worked."""

import io
import itertools
from pathlib import Path

import pandas as pd
import pytest
from browser import asked_for, needs_browser, opened, started
from markupsafe import Markup
from selenium.webdriver.common.keys import Keys

from panjin_analysis import funnel, load_commitments, load_segments, plot_funnel
from panjin_analysis.captions import Caption, caption_funnel
from panjin_analysis.pages import Page, figure, page, table
from panjin_analysis.pages.index import FOLDER, INDEX, index_page
from panjin_analysis.saving import write_figure
from panjin_analysis.style import in_house_style

pytestmark = needs_browser

WIDTHS = [360, 1280]
WIDE = [
    "commitment_id",
    "label_zh",
    "domain",
    "type",
    "verb",
    "strength",
    "stage",
    "testable",
    "due_on",
    "number_constraint",
]


def chart() -> str:
    """Return a small chart as SVG with text."""
    import matplotlib.pyplot as plt

    from panjin_analysis.kernel import svg_with_text

    with in_house_style():
        fig, ax = plt.subplots(figsize=(12, 4))
        ax.barh(["承诺  项", "可检验"], [3, 1], hatch="//")
        text = svg_with_text(fig)
        plt.close(fig)
    return text


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """Return a page of its own with all that pages have, and an index of a folder with it."""
    made = tmp_path_factory.mktemp("figures")
    frame = pd.DataFrame(
        {
            "name_zh": ["甲", "乙", "丙"],
            "value": pd.array([10200, None, 90.6], dtype="Float64"),
            "note": ["同上" * 30, "无", "另见"],
        }
    )
    parts = [
        Markup('<h2 id="a">一</h2><p>承诺。</p><pre tabindex="0">{}</pre>').format("长" * 200),
        table(frame, "三行的表", name="small"),
        Markup('<h2 id="b">二</h2>'),
        table(load_commitments()[WIDE], "承诺总表", name="wide"),
        Markup('<h2 id="c">三</h2>'),
        figure(chart(), Caption("三项承诺", "条形图：承诺 3，可检验 1。", ("来源：示例。",)), name="one"),
    ]
    path = made / FOLDER / "99_reeds.html"
    path.parent.mkdir()
    path.write_bytes(page(Page("芦苇", description="示例。", source=("来源：示例。",), index=INDEX), parts))
    index = path.with_name(INDEX)
    steps = funnel(load_segments(), load_commitments())
    write_figure(plot_funnel(steps, lang="zh"), caption_funnel(steps, "zh"), steps, made / "01_funnel")
    index.write_bytes(index_page(made))
    return {"page": path, "index": index}


@pytest.fixture(scope="module")
def driver():
    with started() as driver:
        yield driver


@pytest.mark.parametrize("name", ["page", "index"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_fits_its_window_asks_for_nothing_and_logs_nothing(driver, pages, name, width):
    opened(driver, pages[name], width)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    assert asked_for(driver) == [pages[name].as_uri()]
    assert driver.get_log("browser") == []


@pytest.mark.parametrize("name", ["page", "index"])
def test_a_page_is_drawn_by_the_font_inside_it(driver, pages, name):
    opened(driver, pages[name])
    state = driver.execute_async_script(
        "const done = arguments[0];"
        "document.fonts.ready.then(() => done([...document.fonts].map((one) => one.family + ' ' + one.status)))"
    )
    assert [one.replace('"', "") for one in state] == ["Noto Sans SC loaded"]


def test_words_of_a_chart_are_as_long_as_matplotlib_measured_them(driver, pages):
    """Two spaces stay two, and letters stand as far apart; else labels would run into bars."""
    import matplotlib.pyplot as plt

    opened(driver, pages["page"])
    driver.execute_async_script("document.fonts.ready.then(arguments[0])")
    shown = driver.execute_script(
        "return [...document.querySelectorAll('svg text')].map((one) => [one.textContent, one.getComputedTextLength()])"
    )
    with in_house_style():
        fig = plt.figure(dpi=72)
        measured = [fig.text(0, 0, text).get_window_extent().width for text, _ in shown]
        plt.close(fig)
    assert "承诺  项" in [text for text, _ in shown]
    assert [text for (text, length), width in zip(shown, measured, strict=True) if abs(length - width) > 2] == []


@pytest.mark.parametrize("name", ["page", "index"])
def test_every_picture_has_words(driver, pages, name):
    opened(driver, pages[name])
    pictures = driver.execute_script(
        "return [...document.querySelectorAll('svg, img')].map((one) => one.getAttribute('alt') || one.getAttribute('aria-label'))"
    )
    assert [one for one in pictures if not one] == []
    assert [one[:5] for one in pictures] == [{"page": "条形图：承", "index": "漏斗条形图"}[name]]


@pytest.mark.parametrize("name", ["page", "index"])
def test_headings_skip_no_level_and_every_control_has_a_name(driver, pages, name):
    opened(driver, pages[name])
    levels = driver.execute_script("return [...document.querySelectorAll('h1,h2,h3,h4')].map((one) => +one.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    nodes = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    controls = [node for node in nodes if node.get("role", {}).get("value") in {"button", "searchbox", "link", "image"}]
    assert controls
    assert [node["role"]["value"] for node in controls if not node.get("name", {}).get("value")] == []


def column(driver, place: int, of: int = 0) -> list[str]:
    """Return what the cells of a column show, in the order of the rows that are shown."""
    return driver.execute_script(
        "return [...document.querySelectorAll('table')[arguments[0]].tBodies[0].rows].filter((row) => !row.hidden)"
        ".map((row) => row.cells[arguments[1]].textContent)",
        of,
        place,
    )


def test_a_button_sorts_up_and_down_and_back_and_the_missing_stay_last(driver, pages):
    opened(driver, pages["page"])
    head = driver.find_elements("css selector", "th")[1]
    button = head.find_element("css selector", "button")
    assert head.get_attribute("aria-sort") == "none"
    seen = []
    for _ in range(3):
        button.send_keys(Keys.ENTER)
        seen.append((head.get_attribute("aria-sort"), column(driver, 0)))
    assert seen == [("ascending", ["丙", "甲", "乙"]), ("descending", ["甲", "丙", "乙"]), ("none", ["甲", "乙", "丙"])]


def test_codes_sort_in_the_order_of_their_list_and_one_column_at_a_time(driver, pages):
    opened(driver, pages["page"])
    heads = driver.find_elements("css selector", "table")[1].find_elements("css selector", "th")
    place = [head.text for head in heads].index("可检验性")
    heads[0].find_element("css selector", "button").send_keys(Keys.ENTER)
    heads[place].find_element("css selector", "button").send_keys(Keys.ENTER)
    shown = column(driver, place, of=1)
    assert list(dict.fromkeys(shown)) == ["不可检验", "部分可检验", "可检验"]
    assert [head.get_attribute("aria-sort") for head in heads].count("ascending") == 1


def test_the_filter_keeps_the_rows_with_every_word_and_says_how_many(driver, pages):
    opened(driver, pages["page"])
    (box,) = driver.find_elements("css selector", "input")
    count = driver.find_element("css selector", "output")
    rows = len(load_commitments())
    assert count.text == f"共 {rows} 行"
    assert count.get_attribute("aria-live") == "polite"
    box.send_keys("教育 PJ-2024-C00")
    shown = column(driver, 0, of=1)
    assert 0 < len(shown) < 10
    assert all(one.startswith("PJ-2024-C00") for one in shown)
    assert count.text == f"显示 {len(shown)} 行，共 {rows} 行"
    box.send_keys(Keys.CONTROL, "a", Keys.BACKSPACE)
    assert len(column(driver, 0, of=1)) == rows


def test_tab_reaches_every_control_in_the_order_of_the_page_and_shows_where_it_is(driver, pages):
    opened(driver, pages["page"])
    wanted = driver.execute_script(
        "window.all = [...document.querySelectorAll('a[href], button, input, summary, [tabindex=\"0\"]')]; return all.length"
    )
    reached = []
    for _ in range(wanted):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        place, style = driver.execute_script(
            "const one = document.activeElement; return [all.indexOf(one), getComputedStyle(one).outlineStyle]"
        )
        reached.append(place)
        assert style == "solid", place
    assert reached == list(range(wanted))


def test_without_script_a_table_is_whole_and_has_no_dead_controls(driver, pages):
    opened(driver, pages["page"], script=False)
    try:
        rows = driver.find_elements("css selector", "tbody tr")
        assert len(rows) == 3 + len(load_commitments())
        assert driver.find_elements("css selector", "button, input") == []
    finally:
        opened(driver, pages["page"])


def test_print_is_on_a4_with_charts_and_rows_and_without_controls(driver, pages):
    import base64

    import pypdfium2

    opened(driver, pages["page"])
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    with pypdfium2.PdfDocument(io.BytesIO(base64.b64decode(printed["data"]))) as sheets:
        size = [round(side / 72 * 25.4) for side in sheets[0].get_size()]
        text = ["".join(sheet.get_textpage().get_text_bounded().split()) for sheet in sheets]
    assert size == [210, 297]
    assert "筛选" not in "".join(text)
    assert "本页内容" not in "".join(text)
    assert "可检验" in text[-1]  # the chart's own words
    last = load_commitments()["commitment_id"].iloc[-1]
    (sheet,) = [one for one in text if last in one]
    assert "承诺编号" in sheet  # the header stands on the last sheet of the table again
