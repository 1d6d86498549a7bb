"""The main job: what the build makes, that it makes it again, and that it spoils nothing."""

import hashlib
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from python_calamine import CalamineWorkbook

from panjin_analysis import build as building
from panjin_analysis.build import MANIFEST, Step, build, read_manifest, verify
from panjin_analysis.charts import CHARTS
from panjin_analysis.errors import DataError
from panjin_analysis.execution import notebook_paths

WORKBOOKS = {f"panjin_2024_{profile}{lang}.xlsx" for profile in ("office", "accessible") for lang in ("", "_en")}
STEP, WORKBOOK = "workbook_accessible", "workbooks/panjin_2024_accessible.xlsx"  # the one that is made fastest


@pytest.fixture(scope="session")
def fresh(tmp_path_factory) -> Path:
    """Return the folder of one whole build; no test changes it."""
    out = tmp_path_factory.mktemp("build") / "figures"
    build(out, show_progress=False)
    return out


@pytest.fixture
def made(fresh, tmp_path) -> Path:
    """Return a copy of the build that a test may spoil."""
    return Path(shutil.copytree(fresh, tmp_path / "figures"))


@pytest.fixture
def _only_the_workbook(monkeypatch):
    """Leave charts and notebooks out, where how files are put into place is what is tested."""
    steps = building.steps
    monkeypatch.setattr(building, "steps", lambda tables: [s for s in steps(tables) if s.name == STEP])


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def record(out: Path, outputs: dict[str, str]) -> None:
    """Write into the manifest that an earlier build made these files, with these contents."""
    manifest = read_manifest(out)
    manifest["outputs"] |= {name: hashlib.sha256(text.encode()).hexdigest() for name, text in outputs.items()}
    (out / MANIFEST).write_text(json.dumps(manifest), "utf-8")


def test_every_chart_is_made_in_two_languages_with_four_files_each(fresh):
    wanted = {
        f"{name}{lang}.{kind}" for name in CHARTS for lang in ("", "_en") for kind in ("png", "svg", "csv", "txt")
    }
    assert {path.name for path in fresh.iterdir() if path.is_file()} >= wanted


def test_every_workbook_and_notebook_is_made(fresh):
    assert {path.name for path in (fresh / "workbooks").iterdir()} == WORKBOOKS
    assert sorted(path.name for path in fresh.glob("notebooks/*.ipynb")) == [path.name for path in notebook_paths()]
    for path in fresh.glob("notebooks/*.ipynb"):
        cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
        assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1)), path.name


def test_every_notebook_has_a_page_and_the_index_leads_to_each(fresh):
    index = (fresh / "html" / "index.html").read_text("utf-8")
    pages = [*(f"{path.stem}.html" for path in notebook_paths()), "cookbook.html"]
    assert sorted(path.name for path in (fresh / "html").iterdir()) == sorted([*pages, "index.html"])
    assert [name for name in pages if f'href="{name}"' not in index] == []
    assert [name for name in CHARTS if f'href="../{name}.svg"' not in index] == []
    assert [name for name in WORKBOOKS if f'href="../workbooks/{name}"' not in index] == []


@pytest.mark.parametrize("name", [path.name for path in notebook_paths()])
def test_every_chart_of_a_notebook_is_seen_in_it(fresh, name):
    drawn = nbformat.read(fresh / "notebooks" / name, as_version=4)
    charts = [cell for cell in drawn.cells if cell.cell_type == "code" and cell.source.startswith("plot_")]
    blind = [cell.source for cell in charts if not any("image/png" in out.get("data", {}) for out in cell.outputs)]
    assert charts
    assert blind == []


@pytest.mark.parametrize("name", [path.name for path in notebook_paths()])
def test_a_notebook_warns_of_nothing(fresh, name):
    outputs = [
        out for cell in nbformat.read(fresh / "notebooks" / name, as_version=4).cells for out in cell.get("outputs", [])
    ]
    assert [out for out in outputs if out.output_type == "error" or out.get("name") == "stderr"] == []


def test_the_manifest_has_the_hash_of_every_file(fresh):
    made = hashes(fresh)
    made.pop(MANIFEST)
    assert read_manifest(fresh)["outputs"] == made


def test_the_manifest_has_the_hash_of_every_table_and_notebook_that_went_in(fresh):
    files = [*(ROOT / "data").glob("*.csv"), ROOT / "data" / "datapackage.json", *notebook_paths()]
    wanted = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert read_manifest(fresh)["inputs"] == wanted


def test_a_build_carries_no_quotation_unless_it_is_asked_for(fresh):
    assert read_manifest(fresh)["has_quotes"] is False
    for name in WORKBOOKS:
        assert [head for head in heads(fresh / "workbooks" / name) if {"原文", "Quotation (Chinese)"} & set(head)] == []


def heads(path: Path) -> list[list]:
    """Return every row of a workbook that may be a header."""
    book = CalamineWorkbook.from_path(path)
    return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()[:16]]


@pytest.mark.usefixtures("_only_the_workbook")
def test_a_build_with_reports_shows_the_words_of_every_commitment(reports, tmp_path):
    build(tmp_path, reports_dir=reports, show_progress=False)
    assert read_manifest(tmp_path)["has_quotes"] is True
    sheet = CalamineWorkbook.from_path(tmp_path / WORKBOOK).get_sheet_by_name("承诺总表")
    rows = sheet.to_python(skip_empty_area=False)
    head, *cells = rows[next(place for place, row in enumerate(rows) if row[0] == "承诺编号") :]
    assert [row[0] for row in cells if not row[head.index("原文")]] == []
    with pytest.raises(DataError, match="quotations"):
        verify(tmp_path, show_progress=False)


@pytest.mark.slow
def test_a_second_build_gives_the_same_bytes(fresh):
    """``verify`` builds everything again; what is committed, made by another process, is compared every time (below)."""
    assert verify(fresh, show_progress=False) == len(read_manifest(fresh)["outputs"])


def test_a_second_build_of_one_thing_of_each_kind_gives_the_same_bytes(tmp_path, monkeypatch):
    few = {"01_funnel", "01_funnel_en", STEP, "06_recurring_promises"}
    steps = building.steps
    monkeypatch.setattr(building, "steps", lambda tables: [s for s in steps(tables) if s.name in few])
    build(tmp_path, show_progress=False)
    made = read_manifest(tmp_path)["outputs"]
    assert {Path(name).suffix for name in made} == {".png", ".svg", ".csv", ".txt", ".xlsx", ".ipynb", ".html"}
    assert verify(tmp_path, show_progress=False) == len(made)


def test_the_committed_figures_are_what_the_data_give(fresh):
    """What ``verify`` would say of them, without building a third time."""
    assert hashes(ROOT / "figures") == hashes(fresh)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(lambda path: path.write_text("mine"), "the file was changed"), (Path.unlink, "the file is missing")],
    ids=["changed", "missing"],
)
def test_a_file_that_was_changed_or_lost_is_named(made, spoil, words):
    spoil(made / WORKBOOK)
    with pytest.raises(DataError, match=f"{WORKBOOK}.*{words}"):
        verify(made, show_progress=False)


def test_a_folder_without_a_record_is_named(tmp_path):
    with pytest.raises(DataError, match=MANIFEST):
        verify(tmp_path, show_progress=False)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"inputs": {}, "outputs": [], "packages": {}}'])
def test_a_record_that_is_none_is_named(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(DataError, match=f"{MANIFEST}: .*this is none.*run panjin build again") as error:
        verify(tmp_path, show_progress=False)
    assert error.value.kind == "bad_manifest"


@pytest.mark.usefixtures("_only_the_workbook")
def test_a_file_that_differs_from_a_fresh_build_is_named(tmp_path):
    build(tmp_path, show_progress=False)
    (tmp_path / WORKBOOK).write_text("forged")
    record(tmp_path, {WORKBOOK: "forged"})
    with pytest.raises(DataError, match=f"{WORKBOOK}.*recorded .* rebuilt"):
        verify(tmp_path, show_progress=False)


def test_broken_data_leave_the_folder_as_it_was(made, data, monkeypatch):
    before = hashes(made)
    (data / "commitments.csv").write_text("broken", "utf-8")
    monkeypatch.setenv("PANJIN_DATA", str(data))
    with pytest.raises(DataError, match=r"commitments\.csv"):
        build(made, show_progress=False)
    assert hashes(made) == before
    assert list(made.glob(".building-*")) == []


def test_a_step_that_fails_half_way_leaves_the_folder_as_it_was(made, monkeypatch):
    def fail(folder: Path) -> None:
        assert (folder / WORKBOOK).is_file()
        raise DataError("chart_failed", where="07_reeds", found="too many reeds")

    steps, before = building.steps, hashes(made)
    monkeypatch.setattr(
        building, "steps", lambda tables: [*(s for s in steps(tables) if s.name == STEP), Step("reeds", fail)]
    )
    with pytest.raises(DataError, match="too many reeds"):
        build(made, show_progress=False)
    assert hashes(made) == before
    assert list(made.glob(".building-*")) == []


@pytest.mark.usefixtures("_only_the_workbook")
def test_a_file_that_cannot_be_replaced_leaves_the_folder_as_it_was(made):
    (made / WORKBOOK).unlink()
    (made / WORKBOOK).mkdir()  # as a workbook that is open in Excel cannot be replaced on Windows
    (made / WORKBOOK / "kept").write_text("mine")
    before = hashes(made)
    with pytest.raises(DataError) as error:
        build(made, show_progress=False)
    assert error.value.kind == "cannot_write"
    assert hashes(made) == before
    assert list(made.glob(".building-*")) == []


@pytest.mark.usefixtures("_only_the_workbook")
def test_what_an_earlier_build_made_goes_and_what_is_not_ours_stays(made):
    (made / "00_old.png").write_text("old")
    (made / "notes.txt").write_text("mine")
    record(made, {"00_old.png": "old"})
    build(made, show_progress=False)
    assert sorted(hashes(made)) == [MANIFEST, "notes.txt", WORKBOOK]
    assert (made / "notes.txt").read_text() == "mine"


@pytest.mark.usefixtures("_only_the_workbook")
@pytest.mark.parametrize("absolute", [False, True])
def test_a_record_that_names_a_file_outside_does_not_delete_it(made, absolute):
    outside = made.parent / "x"
    outside.write_text("mine")
    record(made, {str(outside) if absolute else "../x": "mine"})
    build(made, show_progress=False)
    assert outside.read_text() == "mine"
