"""Nothing but a clear refusal comes out of reading, and nothing at all out of extraction, whatever goes in.

A few hundred cases run with all other tests. The 25 000 of the full run take some eight
minutes and are asked for: ``python3 tasks.py test tests/test_fuzz.py -m slow``.
"""

import random
import string

import docx
import pandas as pd
import paper
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panjin_analysis.errors import DataError
from panjin_analysis.extraction import extract, extract_many
from panjin_analysis.text.documents import ENDINGS, read_document, read_text

TITLE = "某市政府工作报告"
PARAGRAPHS = [
    "——2024年1月9日在市第九届人民代表大会第三次会议上",
    "各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。",
    "一、2023年工作回顾",
    "过去一年，地区生产总值增长5.2%，一般公共预算收入完成120亿元、增长6.1%；改造老旧小区30个，惠及居民2万余户。",
    "同时，我们也清醒看到，发展不平衡的问题依然存在，财政收支矛盾突出。",
    "二、2024年工作安排",
    "今年主要预期目标是：地区生产总值增长6%左右，固定资产投资增长8—10%，城镇新增就业1.2万人，"
    "城镇调查失业率控制在5.5%以内，居民消费价格涨幅3%左右，居民收入与经济增长同步。",
    "（一）聚力产业升级。深入实施三年行动，推进总投资50亿元的甲项目，新增“专精特新”企业10到15家，力争产值突破300亿元。",
    "完善12345热线，新建5G基站1,200个，PM2.5浓度降至28微克/立方米以下，实现一老一小服务全覆盖、欠薪动态清零。",
    "（二）办好民生实事。新增学位3000个、床位五百张，三分之二以上的村通客车，建设1、2号线，养老金提高到每月130元。",
    "各位代表！让我们团结一心，为建设幸福城市而努力奋斗！",
]
TEXT = "\n".join([TITLE, *PARAGRAPHS])

# What a mutation puts in: what numbers and clauses are made of, and what no report holds.
MARKS = (
    string.digits
    + "０５.,．，。；：！？、!?%％‰/-—～至到第前年月日个人元万亿千百十一二三两零〇多余几数上之分点成番倍“”‘’「」《》（）()[]〔〕【】*#·"
    + " \t\n\r\v\f\x00\x85\xa0\u00ad\u200b\u200d\u2028\u2060\u3000\ufeff\ud800\udbff\udc00\udfff\uffffⅢ②½٣५𝟡㎡²𠮷👍"
)
RUNS = st.builds(
    str.__mul__, st.sampled_from("0979九万亿一 \u3000\n“”、，（*\u200b\ud800第"), st.sampled_from([9, 99, 999, 9999])
)
PUT_IN = st.one_of(st.text(MARKS, min_size=1, max_size=12), st.text(max_size=8), RUNS)
PLACES = st.floats(0, 1, exclude_max=True)
EDITS = st.one_of(
    st.tuples(st.sampled_from(["delete", "double", "shuffle"]), PLACES, st.integers(1, 60)),
    st.tuples(st.just("insert"), PLACES, PUT_IN),
    st.tuples(st.just("replace"), PLACES, PUT_IN),
)
MUTATIONS = st.lists(EDITS, max_size=12)
YEARS = st.sampled_from([None, 2024])


def runs(few, many):
    """Run a test with few cases, and with many where slow tests are asked for."""
    return pytest.mark.parametrize("size", [few, pytest.param(many, marks=pytest.mark.slow)])


def prove(size, check, *strategies):
    """Check a number of cases; the same ones in every run."""
    checked = 0

    @settings(
        max_examples=size, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.tuples(*strategies))
    def holds(case):
        nonlocal checked
        checked += 1
        check(*case)

    holds()
    assert checked >= size


def mutated(whole, edits, put_in=lambda what: what):
    """Return a text (or bytes) after some edits."""
    for kind, place, what in edits:
        at = int(place * len(whole))
        size = what if isinstance(what, int) else len(what) * (kind == "replace")
        before, piece, behind = whole[:at], whole[at : at + size], whole[at + size :]
        if kind == "double":
            piece += piece
        elif kind == "shuffle":
            order = random.Random(size).sample(range(len(piece)), len(piece))
            piece = piece[:0].join([piece[one : one + 1] for one in order])
        else:
            piece = piece[:0] if kind == "delete" else put_in(what)
        whole = before + piece + behind
    return whole


def faults(text, found):
    """Return what is wrong with the frames of one text."""
    segments, quantities, headline = found.segments, found.quantities, found.headline
    starts, ends = segments["start"].tolist(), segments["end"].tolist()
    edges = [0, *(edge for span in zip(starts, ends, strict=True) for edge in span), len(text)]
    wrong = [] if edges == sorted(edges) and all(a < b for a, b in zip(starts, ends, strict=True)) else ["clauses"]
    wrong += ["left out" for a, b in zip(edges[::2], edges[1::2], strict=True) if text[a:b].strip()]
    begin, end = (quantities[name].to_numpy() for name in ("start", "end"))
    if not ((begin < end).all() and (end[:-1] <= begin[1:]).all() and (begin >= 0).all() and (end <= len(text)).all()):
        wrong.append("numbers")
    clause = quantities["segment"].to_numpy()
    if len(clause) and not (segments["start"].to_numpy()[clause] <= begin).all():
        wrong.append("clause of a number")
    if len(clause) and not (begin < segments["end"].to_numpy()[clause]).all():
        wrong.append("clause of a number")
    wrong += [one for one in quantities["indicator"].dropna() if not one or one not in text]
    for frame in (segments, quantities, headline):
        for name in frame.select_dtypes("category"):
            codes = frame[name].cat.codes
            if not codes.between(-1, len(frame[name].cat.categories) - 1).all():
                wrong.append(name)
    needed = [segments[["role", "rule", "part"]], quantities[["class", "comparator", "change"]], headline[["status"]]]
    wrong += [f"no {name}" for frame in needed for name in frame if frame[name].isna().any()]
    stated = headline["status"] == "stated"
    if headline["indicator_id"].duplicated().any() or not (headline["value"].notna() == stated).all():
        wrong.append("headline")
    placed = headline[headline["start"].notna()]
    if not ((placed["start"] < placed["end"]) & (placed["end"] <= len(text))).all():
        wrong.append("place of a headline target")
    return wrong


def check_extract(text, edits, year):
    text = mutated(text, edits)
    found = extract(text, year)
    assert faults(text, found) == []


def check_extract_many(texts):
    """Hold what is found in many texts at once against what is found in each alone."""
    texts = [mutated(text, edits) for text, edits in texts]
    together = extract_many(texts)
    for name in ("segments", "quantities", "headline"):
        alone = [getattr(extract(text), name) for text in texts]
        for number, frame in enumerate(alone):
            rows = getattr(together, name)
            rows = rows[rows["document"] == number].drop(columns="document").reset_index(drop=True)
            pd.testing.assert_frame_equal(rows, frame)


def refuses_clearly(path, data):
    """Read a file; anything but a text or one clear line is a failure."""
    path.write_bytes(data)
    try:
        document = read_document(path)
    except DataError as refusal:
        refused = str(refusal).splitlines()
    else:
        refused = ["", ""]
        assert document.text.strip()
        assert 0 <= document.source_place(0) <= document.source_place(len(document.text))
    assert len(refused) == 1 or refused == ["", ""]


HEADS = st.sampled_from(
    [
        b"",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"{\\rtf",
        b"\xd0\xcf\x11\xe0",
        b"---\n",
        b"<p>",
        b"<!DOCTYPE html><html><body>",
    ]
)
MIDDLES = st.one_of(
    st.binary(max_size=200),
    st.text(MARKS.replace("\ud800", "") + "<>&;/p", max_size=80).map(lambda text: text.encode("utf-8", "ignore")),
    st.text("政府工作报告，。<p></div>&#x;\n", max_size=80).map(lambda text: text.encode("gb18030")),
    st.text("政府工作报告，。\n", max_size=80).map(lambda text: text.encode("utf-16-le")),
)


@pytest.mark.parametrize("ending", ENDINGS)
@runs(20, 1000)
def test_arbitrary_bytes_under_any_ending_are_read_or_refused_in_one_line(size, ending, tmp_path):
    path = tmp_path / f"a{ending}"
    prove(size, lambda head, parts: refuses_clearly(path, head + b"".join(parts)), HEADS, st.lists(MIDDLES, max_size=4))


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return the bytes of the invented report in every kind of file."""
    folder = tmp_path_factory.mktemp("saved")
    page = paper.as_html(TITLE, PARAGRAPHS)
    (folder / "a.txt").write_bytes(paper.as_wrapped(PARAGRAPHS).encode("gb18030"))
    (folder / "a.md").write_bytes(paper.as_txt([TITLE, *PARAGRAPHS]).encode("utf-16"))
    (folder / "a.html").write_text(page, encoding="utf-8")
    (folder / "a.htm").write_bytes(page.encode("gb18030"))
    paper.write_docx(TITLE, PARAGRAPHS, folder / "a.docx")
    paper.write_pdf(TITLE, PARAGRAPHS[:2], folder / "a.pdf")
    return {path.suffix: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("ending", ENDINGS)
@runs(20, 1000)
def test_a_damaged_file_of_a_report_is_read_or_refused_in_one_line(size, ending, saved, tmp_path):
    path = tmp_path / f"a{ending}"

    def check(edits):
        refuses_clearly(path, mutated(saved[ending], edits, lambda what: what.encode("utf-8", "surrogatepass")))

    prove(size, check, st.lists(EDITS, min_size=1, max_size=6))


@runs(10, 1000)
def test_a_docx_with_any_words_is_read_or_refused_in_one_line(size, tmp_path):
    path = tmp_path / "a.docx"

    def check(words):
        document = docx.Document()
        for one in words:
            document.add_paragraph(one)
        document.save(path)
        refuses_clearly(path, path.read_bytes())

    legal = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]), max_size=60)
    prove(size, check, st.lists(legal, max_size=3))


@runs(100, 5000)
def test_a_mutated_report_goes_through_extraction(size):
    prove(size, check_extract, st.just(TEXT), MUTATIONS, YEARS)


@runs(100, 3000)
def test_any_characters_at_all_go_through_extraction(size):
    texts = st.lists(st.one_of(PUT_IN, st.sampled_from(PARAGRAPHS)), max_size=12).map("".join)
    prove(size, check_extract, texts, st.just([]), YEARS)


@runs(30, 1500)
def test_mutated_reports_read_together_give_what_each_gives_alone(size):
    texts = st.one_of(st.sampled_from(["", " ", "\u200b", *PARAGRAPHS]), st.just(TEXT))
    prove(size, check_extract_many, st.lists(st.tuples(texts, MUTATIONS), max_size=4))


@runs(50, 2500)
def test_mutated_passages_of_real_reports_go_through_extraction(size, reports):
    texts = [read_text(path) for path in sorted(reports.rglob("*.md"))[::25]]
    assert len(texts) > 10
    passages = st.tuples(st.sampled_from(range(len(texts))), PLACES, st.sampled_from([200, 2000]))

    def check(passage, edits, year):
        number, place, length = passage
        start = int(place * len(texts[number]))
        check_extract(texts[number][start : start + length], edits, year)

    prove(size, check, passages, MUTATIONS, YEARS)


@runs(2, 100)
def test_whole_mutated_real_reports_go_through_extraction(size, reports):
    texts = [read_text(path) for path in sorted((reports / "panjin").glob("*.md"))]
    prove(size, check_extract, st.sampled_from(texts), MUTATIONS, YEARS)


@pytest.mark.parametrize(
    "mark", ["9", "九", "万", "一", " ", "\n", "“", "”", "“”", "，", "、1", "1/", "第", "（", "\u200b", "5%—"]
)
def test_a_hundred_thousand_of_one_mark_go_through_extraction(mark):
    text = mark * (100_000 // len(mark))
    assert faults(text, extract(text, 2024)) == []


def test_the_full_run_has_at_least_20_000_cases():
    sizes = []
    for what in [what for name, what in globals().items() if name.startswith("test_")]:
        marks = {mark.args[0]: mark.args[1] for mark in getattr(what, "pytestmark", [])}
        if "size" in marks:
            (size,) = marks["size"][1][0]
            sizes.append(size * len(marks.get("ending", [None])))
    assert sum(sizes) >= 20_000
