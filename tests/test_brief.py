"""One field on one page: facts that add up, findings that fit them, slides that can be edited and read."""

import dataclasses
import io
import re
import zipfile

import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Inches
from python_calamine import CalamineWorkbook

from panjin_analysis import fulfilment, load_commitments
from panjin_analysis.brief import (
    brief,
    captions,
    domains,
    find_domain,
    headline,
    limits,
    picture,
    plot_changes,
    plot_kinds,
    plot_page,
    plot_results,
    plot_wording,
    target_table,
    words,
    write_brief,
)
from panjin_analysis.brief.deck import INSET, SPACING, stable_zip
from panjin_analysis.brief.findings import answer, title
from panjin_analysis.brief.numbers import page_table
from panjin_analysis.brief.panels import change_counts
from panjin_analysis.brief.slides import slides
from panjin_analysis.build import steps
from panjin_analysis.captions import other_years_notes, source_notes
from panjin_analysis.errors import DataError
from panjin_analysis.firmness import CHOICES, wiggle_range
from panjin_analysis.load import data_dir, load_tables, read_package
from panjin_analysis.preflight import preflight
from panjin_analysis.style import text_ems, wrap
from panjin_analysis.tables import labels

plt.switch_backend("Agg")

TABLES = load_tables()
KINDS = [(domain, lang) for domain in domains(TABLES) for lang in ("zh", "en")]
EVERY = [pytest.param(kind, id="-".join(kind)) for kind in KINDS]
SOME = [pytest.param((domain, lang), id=f"{domain}-{lang}") for domain, lang in (
    ("education", "zh"), ("elder_child_care", "en"), ("livelihood_general", "zh"), ("culture_sport_tourism", "en"),
)]  # fmt: skip


@pytest.fixture(scope="module")
def fields():
    """Return the brief of every field in both languages."""
    return {kind: brief(kind[0], kind[1], tables=TABLES) for kind in KINDS}


@pytest.fixture(scope="module")
def files(fields):
    """Return the slides of every field, as a file."""
    return {kind: slides(field) for kind, field in fields.items()}


@pytest.fixture(scope="module")
def decks(files):
    """Return the slides of every field, opened again."""
    return {kind: Presentation(io.BytesIO(data)) for kind, data in files.items()}


@pytest.fixture
def education(fields):
    return fields["education", "zh"]


def shapes(deck):
    return [shape for slide in deck.slides for shape in slide.shapes]


def charts(slide):
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def plotted(chart) -> dict[str, list]:
    return {series.name: list(series.values) for series in chart.plots[0].series}


def texts(field) -> list[str]:
    said = captions(field)
    lines = [headline(field), answer(field).alt, *limits(field), *words.source_lines(field)]
    lines += [text for caption in said.values() for text in (caption.title, caption.alt, *caption.notes)]
    lines += [line for step in (0, 1) for line in words.change_lines(field, step)]
    lines += [*words.gap_lines(field), *words.commitment_lines(field), *words.target_lines(field)]
    return lines


# Which field


@pytest.mark.parametrize("named", ["education", "教育", "Education", "EDUCATION"])
def test_a_field_is_known_by_code_and_by_label_in_either_language(named):
    assert find_domain(named, TABLES) == "education"


@pytest.mark.parametrize("named", ["旅游", "industry", ""])
def test_a_field_that_has_no_commitment_is_refused_with_the_codes_that_have(named):
    with pytest.raises(DataError) as error:
        brief(named)
    assert all(code in str(error.value) for code in domains(TABLES))
    assert "\n" not in str(error.value)


def test_the_fields_are_those_of_the_commitments():
    assert set(domains(TABLES)) == set(load_commitments()["domain"].astype(str))


# Facts


@pytest.mark.parametrize("kind", EVERY)
def test_what_is_counted_adds_up_to_the_commitments(fields, kind):
    field = fields[kind]
    total = len(field.commitments)
    assert total == (load_commitments()["domain"] == kind[0]).sum()
    assert sum(field.count(f"testable_{level}") for level in ("yes", "partly", "no")) == total
    assert field.types["count"].sum() == field.outcome["count"].sum() == total
    assert field.strength.groupby("part")["count"].sum().to_dict() == {"field": total, "whole": len(load_commitments())}
    assert field.changes.groupby("step").size().tolist() == [total, total]


def test_all_fields_together_are_the_whole_report(fields):
    table = pd.concat(fields[domain, "en"].counts for domain in domains(TABLES))
    sums = table.groupby("measure", sort=False)["count"].sum()
    whole = table.drop_duplicates("measure").set_index("measure")["whole_count"]
    assert sums.to_dict() == whole.to_dict()


@pytest.mark.parametrize("kind", EVERY)
def test_the_gaps_are_what_the_rules_rate_as_not_seen(fields, kind):
    rated = fulfilment()
    silent = rated[(rated["domain"] == kind[0]) & (rated["code"] == "no_evidence")]["commitment_id"]
    assert fields[kind].gaps["commitment_id"].tolist() == silent.tolist()


def test_the_numbers_of_education_are_those_counted_by_hand(education):
    counts = education.counts.set_index("measure")["count"]
    assert counts[["commitments", "testable_yes", "testable_partly", "quantified", "reached"]].tolist() == [
        13,
        3,
        5,
        1,
        2,
    ]
    assert education.gaps["commitment_id"].tolist() == ["PJ-2024-C005", "PJ-2024-C011"]


def test_silence_is_counted_where_there_is_none(fields):
    outcome = fields["financial_risk", "zh"].outcome.set_index("code")["count"]
    assert outcome["no_evidence"] == 0


def test_a_row_of_a_brief_keeps_its_order_whatever_the_order_of_the_fields(education):
    own = load_commitments().query("domain == 'education'")["commitment_id"].tolist()
    assert education.commitments["commitment_id"].tolist() == own
    rated = fulfilment().set_index("commitment_id")["code"].astype(str)
    assert education.commitments["code"].astype(str).tolist() == rated[own].tolist()


def test_every_document_that_evidence_comes_from_is_a_source(education):
    observed = TABLES["observations"].set_index("observation_id")["source_id"]
    rated = fulfilment().query("domain == 'education'")["evidence_ids"].dropna()
    cited = {observed[one] for ids in rated for one in ids.split("|")}
    assert cited
    assert cited <= set(education.sources["source_id"])


# Findings


@pytest.mark.parametrize("kind", EVERY)
def test_no_sentence_shows_a_hole_or_a_code(fields, kind):
    codes = re.compile(r"\bnan\b|None|<NA>|\bNaN\b|[a-z]+_[a-z]+")
    found = [text for text in texts(fields[kind]) if codes.search(text.replace("panjin_analysis", ""))]
    assert found == []
    assert all(texts(fields[kind]))


@pytest.mark.parametrize("kind", EVERY)
def test_the_parts_of_the_headline_are_in_the_frames(fields, kind):
    field = fields[kind]
    numbers = [int(number) for number in re.findall(r"\d+", headline(field))]
    wanted = [field.count("commitments")]
    if field.count("assessable"):
        codes = field.outcome.set_index("code")["count"].drop("not_assessable", errors="ignore")
        reached = [code for code in codes.index if code in {"exceeded", "met", "met_late"}]
        wanted += [field.count("testable_yes"), field.count("testable_partly"), 2025, codes[reached].sum()]
        wanted += codes.drop(reached).tolist()
    assert numbers == wanted


def test_titles_are_neutral_where_there_is_nothing_to_find(fields):
    small, vague = fields["livelihood_general", "en"], fields["government_building", "en"]
    assert title(small, "targets") == "No quantified target"
    assert title(small, "strength").endswith("too few to compare")
    assert title(small, "gaps") == "No gap: the 2025 report speaks of all that can be tested at least in part (1)"
    assert headline(vague) == "Government building: 7 commitments, none of which can be tested"
    assert title(vague, "outcome").startswith("Nothing can be assessed")
    assert title(vague, "gaps").startswith("No commitment can be tested even in part")
    assert "too general" in title(vague, "changes")


def with_strength(field, count: int, share: float, whole: float):
    counts = field.counts.set_index("measure")
    counts.loc["firm", ["count", "share_pct", "whole_share_pct"]] = [count, share, whole]
    readings = field.readings.assign(share_pct=share, whole_share_pct=whole)
    return dataclasses.replace(field, counts=counts.reset_index(), readings=readings)


@pytest.mark.parametrize(
    ("share", "word"), [(46.0, "not clear"), (52.0, "firmer"), (30.0, "softer"), (50.6, "not clear")]
)
def test_wording_is_called_firm_or_soft_when_more_than_one_commitment_makes_it_so(fields, share, word):
    assert word in title(with_strength(fields["education", "en"], 6, share, 43.0), "strength")


@pytest.mark.parametrize(("share", "other"), [(60.0, 42.0), (60.0, 43.0), (20.0, 44.0)])
def test_wording_is_called_neither_where_one_reading_would_say_otherwise(fields, share, other):
    field = with_strength(fields["education", "zh"], 6, share, 43.0)
    field.readings.loc[5, "share_pct"] = other
    assert title(field, "strength").startswith("措辞与全部领域没有明确差别（各读法不一致）：")


def test_the_fields_called_firm_or_soft_are_those_that_every_reading_calls_so(fields):
    ranged = wiggle_range(load_commitments()).query("axis == 'verb'")
    wide = (
        ranged.astype({"domain": "str"})
        .fillna({"domain": "all"})
        .pivot(index=list(CHOICES), columns="domain", values="share_pct")
    )
    beside = wide.sub(wide["all"], axis=0).drop(columns="all")
    assert len(beside) == 96
    sure = {word: set(beside.columns[same.all()]) for word, same in (("firmer", beside > 0), ("softer", beside < 0))}
    for word, domains_so in sure.items():
        called = {domain for domain, lang in KINDS if lang == "en" and word in title(fields[domain, lang], "strength")}
        assert called
        assert called <= domains_so


@pytest.mark.parametrize(("domain", "lang", "wanted"), [
    ("talent", "zh", "延续：能对照的 7 项中，没有新提，也没有无说明不再提及的"),
    ("talent", "en", "Continuity: of the 7 that can be compared, none new, none gone without a word"),
    ("public_safety", "zh", "能对照的 14 项中，新提 5 项；5 项 2025 年计划不再提及，没有说明"),
    ("public_safety", "en", "Of the 14 that can be compared, new: 5; gone from the 2025 plan without a word: 5"),
    ("financial_risk", "en", "Continuity: none new, none gone without a word"),
])  # fmt: skip
def test_changes_are_counted_of_what_can_be_compared(fields, domain, lang, wanted):
    assert title(fields[domain, lang], "changes") == wanted


def test_the_limit_on_shares_names_what_a_title_may_still_say(fields):
    for lang, words_of in (("zh", "96 种读法都一致，才说"), ("en", "only where all 96 readings agree")):
        assert any(words_of in line for line in limits(fields["health", lang]))


def test_an_estimate_is_starred_and_explained(education):
    rows = education.targets.assign(result_status="estimate")
    starred = dataclasses.replace(education, targets=rows)
    assert target_table(starred)["报告结果"].tolist() == ["90.6%*"]
    assert "带 * 的依据为预计数，待定。" in limits(starred)
    assert "*" not in "".join(limits(education))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_rests_on_an_estimate_is_starred_wherever_its_number_stands(fields, lang):
    field = fields["education", lang]
    is_progress = field.outcome["code"] == "progress"
    starred = dataclasses.replace(field, outcome=field.outcome.assign(estimates=is_progress.astype("int64")))
    name = labels("fulfilment", lang)["progress"]
    note = limits(starred)[2]
    assert "*" in note
    for text in (headline(starred), title(starred, "outcome"), captions(starred)["outcome"].alt):
        assert f"{name}*".lower() in text.lower()
        assert text.count("*") == 1
    for caption in (captions(starred)["outcome"], answer(starred)):
        assert caption.notes[-1] == note
    deck = Presentation(io.BytesIO(slides(starred)))
    assert note in deck.slides[0].notes_slide.notes_text_frame.text
    table = page_table(starred).query("panel == 'outcome'").set_index("item")["estimates"]
    assert table[["progress", "no_evidence"]].tolist() == [1, 0]
    plain = [
        headline(field),
        title(field, "outcome"),
        captions(field)["outcome"].alt,
        *captions(field)["outcome"].notes,
    ]
    assert "*" not in "".join(plain)


def test_a_reached_number_is_starred_when_one_of_its_codes_rests_on_an_estimate(education):
    is_met = education.outcome["code"].isin(["exceeded"])
    starred = dataclasses.replace(education, outcome=education.outcome.assign(estimates=is_met.astype("int64")))
    assert "完成* 2 项，有进展 4 项" in headline(starred)


def test_a_target_without_a_result_says_so_in_words(education):
    holes = {"result": pd.NA, "previous": pd.NA, "next_target": pd.NA}
    bare = dataclasses.replace(education, targets=education.targets.assign(**holes))
    assert target_table(bare).iloc[0].tolist()[2:] == ["无可比数", "90%", "未写结果", "未再设"]
    assert title(bare, "targets") == "量化目标 1 个：0 个有结果，其中 0 个达到"


def test_a_result_on_a_near_population_is_marked_and_explained(fields):
    field = fields["elder_child_care", "zh"]
    assert target_table(field)["报告结果"].tolist()[0] == "504 户（相近）"
    assert any("相近" in line for line in limits(field))


def test_what_is_left_out_of_a_list_is_counted():
    assert words.and_more(["a", "b", "c", "d"], 3, "zh") == ["a", "b", "另有 2 项，见工作簿"]
    assert words.and_more(["a", "b"], 2, "zh") == ["a", "b"]


def test_names_left_out_of_a_change_leave_its_number(fields):
    field = fields["culture_sport_tourism", "zh"]
    whole, short = (words.change_lines(field, 1, most) for most in (None, 2))
    assert whole[0].count("、") == 10
    assert short[0].startswith("不再提及 11：")
    assert short[0].endswith("等")
    assert short[0].count("、") == 1


# Charts and the sheet of paper


def test_bars_are_the_frames(education):
    assert [bar.get_width() for bar in plot_kinds(education.types).patches] == education.types["count"].tolist()
    assert [bar.get_width() for bar in plot_results(education.outcome).patches] == education.outcome["count"].tolist()
    drawn = [bar.get_width() for bar in plot_changes(education.changes).patches]
    assert drawn == change_counts(education.changes).T.to_numpy().ravel().tolist()
    shares = [bar.get_width() for bar in plot_wording(education.strength).patches]
    assert sorted(shares) == pytest.approx(sorted(education.strength["share_pct"]))
    plt.close("all")


@pytest.mark.parametrize("kind", EVERY)
def test_every_brief_goes_on_one_sheet(fields, kind):
    setting = picture._fitting(fields[kind])
    assert setting.size >= 12
    assert len(setting.left) + len(setting.right) >= 6


@pytest.mark.parametrize("kind", SOME)
def test_the_sheet_passes_the_preflight(fields, kind):
    figure = plot_page(fields[kind]).figure
    preflight(figure, "page")
    width, height = figure.get_size_inches()
    assert width / height == pytest.approx(297 / 210, abs=0.005)
    plt.close(figure)


@pytest.mark.slow
@pytest.mark.parametrize("kind", EVERY)
def test_every_sheet_passes_the_preflight(fields, kind):
    figure = plot_page(fields[kind]).figure
    preflight(figure, "page")
    plt.close(figure)


def test_a_brief_that_is_more_than_a_page_is_refused(education):
    long = education.gaps.iloc[[0] * 3].assign(label_zh="很长的名称" * 120)
    with pytest.raises(DataError, match=r"more than a page|一页放不下") as error:
        plot_page(dataclasses.replace(education, gaps=long))
    assert error.value.kind == "chart_failed"
    plt.close("all")


def test_the_numbers_beside_the_sheet_are_the_frames(education):
    table = page_table(education).set_index(["panel", "item", "detail"])["number"]
    assert table["counts", "commitments", ""] == 13
    assert table["targets", "PJ-2024-T01", "result"] == 90.6
    assert table["strength"].sum() == 13 + len(load_commitments())
    assert table["changes"].sum() == 26


@pytest.mark.parametrize("kind", SOME)
def test_every_count_beside_the_sheet_names_as_many_rows(fields, kind):
    table = page_table(fields[kind]).query("panel != 'targets'")
    assert table["number"].tolist() == [0 if pd.isna(ids) else len(ids.split("|")) for ids in table["ids"]]


def test_a_number_of_a_target_says_its_year_limit_status_and_where_it_is_from(fields):
    table = page_table(fields["elder_child_care", "en"]).set_index(["item", "detail"])
    row = table.loc["PJ-2024-T02", "result"]
    wanted = [504, 2024, "eq", "final", "near", "PJ-OBS-0713"]
    assert row[["number", "year", "comparator", "status", "comparability", "ids"]].tolist() == wanted
    assert table.loc["PJ-2024-T04", "value"][["comparator", "ids"]].tolist() == ["all", "PJ-2024-T04"]
    assert table.loc["PJ-2024-T04", "result"][["number", "year", "ids"]].isna().all()


def test_a_count_is_written_without_a_decimal_point(tmp_path):
    write_brief("education", tmp_path)
    lines = (tmp_path / "education.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("counts,commitments,,13,commitment,")
    assert any(line.startswith("targets,PJ-2024-T01,result,90.6,%,2024,eq,final,same,,PJ-OBS-0715") for line in lines)


# Slides


@pytest.mark.parametrize("kind", EVERY)
def test_slides_are_at_most_six_with_title_number_source_and_notes(fields, decks, kind):
    deck = decks[kind]
    assert len(deck.slides) == (6 if len(fields[kind].targets) else 5)
    source = "来源：" if kind[1] == "zh" else "Source: "
    for slide in deck.slides:
        held = {one.placeholder_format.type.name: one for one in slide.placeholders}
        assert set(held) == {"TITLE", "FOOTER", "SLIDE_NUMBER"}
        assert slide.shapes.title.text_frame.text
        assert held["FOOTER"].text_frame.text.startswith(source)
        assert held["SLIDE_NUMBER"]._element.xpath(".//a:fld[@type='slidenum']")
        notes = slide.notes_slide.notes_text_frame.text
        assert source in notes
        assert "PJ-" in notes
        assert ("未覆盖" if kind[1] == "zh" else "Not covered") in notes


@pytest.mark.parametrize("kind", EVERY)
def test_a_slide_that_speaks_of_other_years_names_their_reports_as_its_source(decks, kind):
    own, years = source_notes(kind[1]), other_years_notes(kind[1])
    spoken = []
    for slide in decks[kind].slides:
        held = {one.placeholder_format.type.name: one for one in slide.placeholders}
        said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and not shape.is_placeholder]
        is_of_years = "2025" in slide.shapes.title.text_frame.text + "".join(said)
        spoken.append(is_of_years)
        assert held["FOOTER"].text_frame.text in ({years[0]} if is_of_years else {own[0], years[0]})
        assert held["FOOTER"].text_frame.text in slide.notes_slide.notes_text_frame.text
    assert spoken[0] or kind[0] == "government_building"


def test_a_slide_is_read_in_order_from_title_to_source_line_and_number(decks):
    for slide in decks["education", "zh"].slides:
        kinds = [shape.placeholder_format.type.name if shape.is_placeholder else "" for shape in slide.shapes]
        assert [kinds[0], *kinds[-2:]] == ["TITLE", "FOOTER", "SLIDE_NUMBER"]
        assert set(kinds[1:-2]) == {""}


@pytest.mark.parametrize("kind", EVERY)
def test_the_first_slide_names_every_commitment_in_its_notes(fields, decks, kind):
    notes = decks[kind].slides[0].notes_slide.notes_text_frame.text
    assert [one for one in fields[kind].commitments["commitment_id"] if one not in notes] == []


@pytest.mark.parametrize("kind", EVERY)
def test_charts_are_native_and_hold_the_frames(fields, decks, kind):
    field, pages = fields[kind], list(decks[kind].slides)
    [testable] = charts(pages[0])
    counts = field.counts.set_index("measure")
    wanted = [counts.loc[f"testable_{level}", ["count", "whole_count"]].tolist() for level in ("yes", "partly", "no")]
    assert list(plotted(testable).values()) == wanted
    strength, types = charts(pages[1])
    grid = field.strength.pivot(index="strength", columns="part", values="count")[["field", "whole"]]
    assert sorted(plotted(strength).values()) == sorted(row for row in grid.to_numpy().tolist() if sum(row))
    assert list(plotted(types).values()) == [field.types["count"].tolist()]
    into, out = charts(pages[-3])
    changes = change_counts(field.changes)
    for place, chart in enumerate((into, out)):
        assert list(plotted(chart).values()) == [[n for n in changes.iloc[:, place].tolist() if n]]
    [outcome] = charts(pages[-2])
    assert list(plotted(outcome).values()) == [field.outcome["count"].tolist()]
    assert [
        shape for shape in shapes(decks[kind]) if shape.shape_type is not None and shape.shape_type.name == "PICTURE"
    ] == []


@pytest.mark.parametrize("kind", EVERY)
def test_a_chart_keeps_its_numbers_in_a_workbook_of_its_own(decks, kind):
    for chart in [one for slide in decks[kind].slides for one in charts(slide)]:
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        rows = list(book.active.iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == list(chart.plots[0].categories)
        for column, (name, values) in enumerate(plotted(chart).items(), 1):
            assert rows[0][column] == name
            assert [row[column] for row in rows[1:]] == values


@pytest.mark.parametrize("kind", [("elder_child_care", "zh"), ("elder_child_care", "en")])
def test_targets_are_a_table_and_a_chart_in_which_the_target_is_100(fields, decks, kind):
    slide = decks[kind].slides[2]
    [table] = [shape.table for shape in slide.shapes if shape.has_table]
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert shown[1:] == target_table(fields[kind]).drop(columns="target_id").to_numpy().tolist()
    [chart] = charts(slide)
    [results] = plotted(chart).values()
    assert [round(value) if value is not None else None for value in results] == [159, 100, None, 128]
    unseen = "未写结果" if kind[1] == "zh" else "not reported"
    assert [unseen in name for name in chart.plots[0].categories] == [False, False, True, False]
    # A pattern with an optional decimal would show 100 as "100." in Excel.
    assert {series.data_labels.number_format for series in chart.plots[0].series} == {"General"}


@pytest.mark.parametrize("kind", EVERY)
def test_charts_and_tables_are_described_in_words(decks, kind):
    frames = [shape for shape in shapes(decks[kind]) if shape.has_chart or shape.has_table]
    assert len(frames) >= 6
    described = [shape._element.xpath("./p:nvGraphicFramePr/p:cNvPr")[0].get("descr") for shape in frames]
    assert all(text and re.search(r"\d", text) for text in described)


@pytest.mark.parametrize("kind", EVERY)
def test_no_text_is_small_or_empty(decks, kind):
    for shape in shapes(decks[kind]):
        frames = [shape.text_frame] if shape.has_text_frame else []
        frames += [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else []
        for frame in frames:
            is_number = shape.is_placeholder and shape.placeholder_format.type.name == "SLIDE_NUMBER"
            assert frame.text.strip() or is_number
            assert all(run.font.size.pt >= 14 for one in frame.paragraphs for run in one.runs)
        if shape.has_chart:
            assert shape.chart.font.size.pt >= 14


def needed(frame, width: float) -> float:
    """Return the inches that paragraphs need, measured anew from what the file says."""
    high = 2 * INSET
    for paragraph in frame.paragraphs:
        size = paragraph.runs[0].font.size.pt
        hang = int(paragraph._p.pPr.get("marL", 0)) / Inches(1)
        room = width - 2 * INSET - hang
        lines = wrap(paragraph.text, room, lambda part, size=size: text_ems(part) * size / 72)
        assert paragraph.line_spacing.pt == pytest.approx(size * SPACING)
        high += (len(lines) * paragraph.line_spacing + (paragraph.space_after or 0)) / Inches(1)
    return high


@pytest.mark.parametrize("kind", EVERY)
def test_no_text_runs_over_its_box_and_no_box_over_another_or_the_slide(decks, kind):
    deck = decks[kind]
    for slide in deck.slides:
        places = []
        for shape in slide.shapes:
            left, top, width, height = (part / Inches(1) for part in (shape.left, shape.top, shape.width, shape.height))
            if shape.has_text_frame and shape.text_frame.paragraphs[0].runs:
                assert needed(shape.text_frame, width) <= height + 0.01, shape.text_frame.text
            places.append((left, top, left + width, top + height))
        for place, (left, top, right, bottom) in enumerate(places):
            assert left >= 0
            assert top >= 0
            assert right <= deck.slide_width / Inches(1)
            assert bottom <= deck.slide_height / Inches(1)
            for other in places[place + 1 :]:
                apart = (
                    right <= other[0] + 0.01
                    or other[2] <= left + 0.01
                    or bottom <= other[1] + 0.01
                    or other[3] <= top + 0.01
                )
                assert apart, (places[place], other)


def test_a_cell_of_a_table_is_as_high_as_its_text(decks):
    for kind in KINDS:
        for table in [shape.table for shape in shapes(decks[kind]) if shape.has_table]:
            for row in table.rows:
                for cell, column in zip(row.cells, table.columns, strict=True):
                    width = column.width / Inches(1) - 2 * INSET
                    assert needed(cell.text_frame, width) <= row.height / Inches(1) + 0.01, cell.text


def test_fonts_are_named_once_in_the_theme_with_chinese_ones_for_chinese(files):
    with zipfile.ZipFile(io.BytesIO(files["education", "zh"])) as file:
        theme = file.read("ppt/theme/theme1.xml").decode()
        slide = file.read("ppt/slides/slide1.xml").decode()
    assert re.findall(r'<a:ea typeface="([^"]*)"', theme) == ["微软雅黑", "微软雅黑"]
    assert "typeface" not in slide.replace('typeface="Arial"/><a:buChar', "")
    assert set(re.findall(r'<a:\w+ [^>]*lang="([^"]*)"', slide)) == {"zh-CN"}


def test_slides_say_their_title_and_language(fields, decks):
    for kind, language in ((("education", "zh"), "zh-CN"), (("education", "en"), "en-GB")):
        about = decks[kind].core_properties
        assert (about.title, about.language) == (headline(fields[kind]), language)


def test_slides_are_the_same_bytes_and_carry_no_time_of_making(fields, files):
    kind = ("education", "zh")
    assert slides(fields[kind]) == files[kind]

    def times(data: bytes) -> set[object]:
        found: set[object] = set()
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for entry in file.infolist():
                found.add(entry.date_time)
                if entry.filename.endswith(".xlsx"):
                    found |= times(file.read(entry))
                if entry.filename == "docProps/core.xml":
                    found |= set(re.findall(r"W3CDTF\">([^<]*)<", file.read(entry).decode()))
        return found

    day = read_package(data_dir())["created"][:10]
    assert times(files[kind]) == {(1980, 1, 1, 0, 0, 0), f"{day}T00:00:00Z"}


def test_a_workbook_in_a_chart_loses_the_time_it_was_made_at():
    def book(second: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            made = f'<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:0{second}Z</dcterms:created>'
            file.writestr(zipfile.ZipInfo("docProps/core.xml", (2026, 1, 1, 0, 0, 2 * second)), made)
        return out.getvalue()

    def holding(content: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr(zipfile.ZipInfo("ppt/embeddings/one.xlsx", (2026, 1, 1, 0, 0, 0)), content)
        return out.getvalue()

    assert holding(book(1)) != holding(book(2))
    assert stable_zip(holding(book(1))) == stable_zip(holding(book(2)))


# Files and the command


@pytest.mark.parametrize(("domain", "lang", "base"), [("教育", "zh", "education"), ("elder_child_care", "en", "elder_child_care_en")])  # fmt: skip
def test_a_brief_is_picture_slides_page_and_workbook(domain, lang, base, tmp_path):
    paths = write_brief(domain, tmp_path, lang=lang)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)
    assert {path.name for path in paths} == {f"{base}.{end}" for end in ("png", "csv", "txt", "pptx", "html", "xlsx")}
    page = (tmp_path / f"{base}.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', page) == []
    assert page.count("<svg") == 5
    commitments = load_commitments()
    ids = commitments[commitments["domain"] == base.removesuffix("_en")]["commitment_id"]
    assert [one for one in ids if one not in page] == []
    book = CalamineWorkbook.from_path(tmp_path / f"{base}.xlsx")
    cells = {cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
    assert set(ids) <= cells


def test_quotations_go_into_workbook_and_page_and_nowhere_else(tmp_path):
    words_of_a_report = "芦苇荡边的示例句子"
    quoted = {**TABLES, "commitments": TABLES["commitments"].assign(quote=words_of_a_report)}
    write_brief("livelihood_general", tmp_path, tables=quoted)
    assert words_of_a_report in (tmp_path / "livelihood_general.html").read_text("utf-8")
    book = CalamineWorkbook.from_path(tmp_path / "livelihood_general.xlsx")
    assert any(
        words_of_a_report in row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
    )
    deck = Presentation(tmp_path / "livelihood_general.pptx")
    said = [shape.text_frame.text for shape in shapes(deck) if shape.has_text_frame]
    said += [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert [text for text in said if words_of_a_report in text] == []
    assert words_of_a_report not in (tmp_path / "livelihood_general.txt").read_text("utf-8")


def test_a_workbook_that_somebody_filled_is_not_replaced_and_nothing_else_is_written(tmp_path):
    (tmp_path / "livelihood_general.xlsx").write_bytes(b"filled")
    with pytest.raises(DataError) as error:
        write_brief("livelihood_general", tmp_path)
    assert error.value.kind == "file_stands_there"
    assert [path.name for path in tmp_path.iterdir()] == ["livelihood_general.xlsx"]
    plt.close("all")


@pytest.mark.parametrize("ending", ["pptx", "html", "png", "csv", "txt"])
def test_a_file_that_somebody_changed_is_not_replaced_and_nothing_else_is_written(ending, tmp_path):
    (tmp_path / f"livelihood_general.{ending}").write_bytes(b"edited")
    with pytest.raises(DataError) as error:
        write_brief("livelihood_general", tmp_path)
    assert error.value.kind == "other_file"
    assert "\n" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == [f"livelihood_general.{ending}"]
    assert (tmp_path / f"livelihood_general.{ending}").read_bytes() == b"edited"


def test_a_slide_that_somebody_edited_stays_edited(tmp_path):
    write_brief("livelihood_general", tmp_path)
    path = tmp_path / "livelihood_general.pptx"
    deck = Presentation(path)
    deck.slides[0].shapes.title.text_frame.text = "改过的标题"
    deck.save(path)
    before = {one: one.read_bytes() for one in tmp_path.iterdir()}
    with pytest.raises(DataError, match=path.name):
        write_brief("livelihood_general", tmp_path)
    assert {one: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_brief_made_again_is_the_same_files(tmp_path):
    first = {path: path.read_bytes() for path in write_brief("livelihood_general", tmp_path)}
    assert {path: path.read_bytes() for path in write_brief("livelihood_general", tmp_path)} == first


def test_of_several_briefs_none_is_written_where_a_file_of_one_was_changed(panjin, tmp_path, monkeypatch):
    monkeypatch.setattr("panjin_analysis.brief.domains", lambda tables: ["livelihood_general", "government_building"])
    (tmp_path / "government_building.pptx").write_bytes(b"edited")
    status, out, err = panjin("brief", "--all", "--out", tmp_path)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert [path.name for path in tmp_path.iterdir()] == ["government_building.pptx"]


def test_the_command_takes_a_chinese_name(panjin, tmp_path):
    status, out, _ = panjin("brief", "民生总体", "--out", tmp_path)
    assert status == 0
    assert len(out.splitlines()) == len(list(tmp_path.iterdir())) == 6


@pytest.mark.parametrize("words_given", [("brief",), ("brief", "education", "--all"), ("brief", "stars")])
def test_the_command_says_in_one_line_which_fields_there_are(panjin, words_given, tmp_path):
    status, _, err = panjin(*words_given, "--out", tmp_path)
    assert status == 2
    assert err.count("\n") == 1
    assert "livelihood_general" in err
    assert list(tmp_path.iterdir()) == []


def test_messages_name_each_field_with_its_code_in_the_users_language(panjin, tmp_path, monkeypatch):
    monkeypatch.setenv("PANJIN_LANG", "zh")
    for words_given in (("brief",), ("brief", "stars")):
        _, _, err = panjin(*words_given, "--out", tmp_path)
        assert "教育（education）、" in err
        assert "(" not in err
        assert " （" not in err
    monkeypatch.setenv("PANJIN_LANG", "en")
    with pytest.raises(DataError, match=r"Education \(education\), "):
        find_domain("stars", TABLES)


def test_the_build_makes_the_brief_of_one_field_in_both_languages():
    names = [step.name for step in steps(TABLES)]
    assert [name for name in names if name.startswith("brief_")] == ["brief_education", "brief_education_en"]
