"""Extraction gives the same frames for a text however it comes, with the codebook's codes and right places."""

import subprocess
import sys

import pandas as pd
import pytest
from test_readers import KINDS, PARAGRAPHS, TEXT, TITLE, save

from panjin_analysis import load_vocabulary
from panjin_analysis.extraction import extract, extract_many, extractor_version, lexicons
from panjin_analysis.text.documents import read_document, read_text

FRAMES = ("segments", "quantities", "headline")
SEGMENTS = {
    "start": "int64", "end": "int64", "part": "category", "section_no": "int64", "paragraph_no": "int64",
    "sentence_no": "int64", "clause_no": "int64", "role": "category", "rule": "category", "cue": "category",
    "verb_force": "category", "is_striving": "bool", "strength": "category", "type": "category", "domain": "category",
    "stage": "category", "testable": "category",
}  # fmt: skip
QUANTITIES = {
    "start": "int64", "end": "int64", "value": "float64", "value_max": "float64", "unit": "category",
    "comparator": "category", "class": "category", "is_target": "bool", "is_multi_year": "bool", "change": "category",
    "indicator": "str", "segment": "int64",
}  # fmt: skip
HEADLINE = {
    "indicator_id": "str", "status": "category", "value": "float64", "value_max": "float64", "unit": "str",
    "comparator": "str", "start": "Int64", "end": "Int64", "is_stretch": "bool", "variant": "str",
}  # fmt: skip
VOCABULARIES = {
    ("segments", "part"): "part",
    ("segments", "role"): "role",
    ("segments", "rule"): "role_rule",
    ("segments", "verb_force"): "verb_force",
    ("segments", "strength"): "strength",
    ("segments", "type"): "type",
    ("segments", "domain"): "domain",
    ("segments", "stage"): "stage",
    ("segments", "testable"): "testable",
    ("quantities", "comparator"): "comparator",
    ("quantities", "change"): "change",
    ("quantities", "class"): "number_class",
    ("headline", "status"): "headline_status",
}
SAMPLES = {
    "report": TEXT,
    "one clause": "新增食堂10家。",
    "no number": "推进改革。",
    "empty": "",
    "blank": " \n\u3000",
    "mark": "\u200b",
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return save(tmp_path_factory.mktemp("saved"), TITLE, PARAGRAPHS)


def rows_of(frame, number):
    return frame[frame["document"] == number].drop(columns="document").reset_index(drop=True)


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES)
def test_columns_and_their_kinds_are_the_same_for_any_text(text):
    for found in (extract(text), extract_many([text, text])):
        for name, expected in (("segments", SEGMENTS), ("quantities", QUANTITIES), ("headline", HEADLINE)):
            kinds = getattr(found, name).dtypes.astype(str).to_dict()
            kinds.pop("document", None)
            assert kinds == expected


@pytest.mark.parametrize(("frame", "column"), VOCABULARIES)
def test_categories_are_the_codes_of_the_codebook(frame, column):
    codes = load_vocabulary(VOCABULARIES[frame, column])["code"].tolist()
    categories = getattr(extract(TEXT), frame)[column].cat.categories.tolist()
    # "joined" is for coders: the extractor has joined such numbers.
    assert sorted(categories) == sorted(set(codes) - {"joined"})


@pytest.mark.parametrize("column", ["verb_force", "strength", "stage", "testable"])
def test_codes_with_an_order_are_ordered_as_in_the_codebook(column):
    categories = extract(TEXT).segments[column].cat
    assert categories.ordered
    assert categories.categories.tolist() == load_vocabulary(VOCABULARIES["segments", column])["code"].tolist()


def test_domains_and_units_are_those_of_the_lexicons():
    found = extract(TEXT)
    assert found.quantities["unit"].cat.categories.tolist() == lexicons().numbers.units
    assert found.segments["cue"].cat.categories.tolist() == lexicons().cues.lexicon.words


def test_offsets_count_the_characters_of_the_text_as_given():
    text = "\ufeff政府工作报告\r\n　　一、安排\r\n𠮷村：新增食堂１０家，𠮷县增长5%以上。"
    found = extract(text, 2024)
    clauses = [text[start:end] for start, end in zip(found.segments["start"], found.segments["end"], strict=True)]
    assert clauses == ["\ufeff政府工作报告", "一、安排", "𠮷村：新增食堂１０家，", "𠮷县增长5%以上。"]
    numbers = [text[start:end] for start, end in zip(found.quantities["start"], found.quantities["end"], strict=True)]
    assert numbers == ["一", "１０家", "5%"]
    assert found.quantities["segment"].tolist() == [1, 2, 3]


def test_the_place_of_a_headline_target_is_that_of_its_value():
    text = "今年主要预期目标是：地区生产总值增长6%以上。"
    row = extract(text, 2024).headline.iloc[0]
    assert text[row["start"] : row["end"]] == "6%"


def test_the_year_is_the_one_given_or_else_the_one_found():
    text = "政府工作报告\n——2024年1月9日\n到2025年，新增食堂10家。"
    assert extract(text).report_year == 2024
    assert extract(text, 2030).report_year == 2030
    assert extract("新增食堂10家。").report_year is None
    assert extract("").report_year is None
    target = [extract(text, year).quantities["is_target"].iloc[-1] for year in (2024, 2025)]
    assert target == [False, True]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\t\r\n"])
def test_a_blank_text_has_no_clauses_and_no_numbers(text):
    found = extract(text)
    assert len(found.segments) == len(found.quantities) == 0
    assert (found.headline["status"] == "not_stated").all()


def test_nothing_at_all_gives_empty_frames():
    found = extract_many([])
    assert found.report_year is None
    assert [len(getattr(found, name)) for name in FRAMES] == [0, 0, 0]
    assert all(getattr(found, name).columns[0] == "document" for name in FRAMES)


@pytest.mark.parametrize(
    "texts", [[TEXT], [TEXT, "", "新增10家。"], ["", "\u200b乙。", "甲", "丙。", " "], ["甲5%", "", TEXT, TEXT]]
)
def test_many_texts_give_the_rows_that_each_gives_alone(texts):
    together = extract_many(texts, [2024] * len(texts))
    for number, text in enumerate(texts):
        alone = extract(text, 2024)
        for name in FRAMES:
            pd.testing.assert_frame_equal(rows_of(getattr(together, name), number), getattr(alone, name))


def test_texts_keep_the_names_they_are_given_in_their_order():
    found = extract_many(["新增10家。", "", "新增20家。"], documents=["乙", "甲", "丙"])
    assert found.quantities["document"].tolist() == ["乙", "丙"]
    assert found.headline["document"].unique().tolist() == ["乙", "甲", "丙"]


def test_real_reports_read_together_give_what_each_gives_alone(reports):
    texts = [read_text(path) for path in sorted((reports / "panjin").glob("*.md"))[-3:]] * 2
    assert sum(map(len, texts)) > 60_000
    together = extract_many(texts)
    for number, text in enumerate(texts):
        alone = extract(text)
        for name in FRAMES:
            pd.testing.assert_frame_equal(rows_of(getattr(together, name), number), getattr(alone, name))


@pytest.mark.parametrize("name", KINDS.values(), ids=KINDS)
def test_every_kind_of_file_gives_the_same_tables(saved, name):
    text = read_document(saved / name).text
    found, expected = extract(text, 2024), extract(TEXT, 2024)
    for frame in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, frame), getattr(expected, frame))
    starts, ends = found.segments["start"], found.segments["end"]
    assert [text[start:end] for start, end in zip(starts, ends, strict=True)][:2] == [TITLE, PARAGRAPHS[0]]


@pytest.mark.parametrize("name", ["a.txt", "d.html", "f.docx", "g.pdf"])
def test_every_kind_of_file_of_a_real_report_gives_the_same_tables(name, reports, tmp_path):
    paragraphs = read_document(reports / "panjin" / "2025.md").text.split("\n")
    expected = extract("\n".join([TITLE, *paragraphs]), 2025)
    found = extract(read_document(save(tmp_path, TITLE, paragraphs) / name).text, 2025)
    for frame in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, frame), getattr(expected, frame))


def test_importing_the_package_compiles_no_lexicon():
    code = (
        "import sys, panjin_analysis; module = sys.modules.get('panjin_analysis.extraction');"
        "print(module is None or module.lexicons.cache_info().currsize == 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"


def test_the_version_names_rules_and_words():
    rules, _, words = extractor_version().partition("-")
    assert rules.isdigit()
    assert len(words) == 8
    assert extractor_version() == extractor_version()
