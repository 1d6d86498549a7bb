"""Notebooks: short, committed clean, run from top to bottom, and the same bytes each time."""

import json
import os
import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pytest
from conftest import ROOT

from panjin_analysis.errors import DataError
from panjin_analysis.execution import committed, executed, notebook_paths, run
from panjin_analysis.kernel import CAPTION, FRAME, SVG

plt.switch_backend("Agg")

PATHS = [pytest.param(path, id=path.stem) for path in notebook_paths()]
BANNED = {
    "a function": r"\bdef ",
    "reading a file": r"read_csv|read_excel|\bopen\(|\bPath\b",
    "a path": r"[\"'][^\"'\s]*(/|\\\\)[^\"']*[\"']|\.csv|\.xlsx",
}


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@pytest.fixture
def notebook(tmp_path):
    """Return a function that writes a notebook of code cells and returns its path."""

    def write(*sources: str) -> Path:
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        for number, cell in enumerate(book.cells):
            cell.id = f"99-{number:02}"
        nbformat.write(book, tmp_path / "99_reeds.ipynb")
        return tmp_path / "99_reeds.ipynb"

    return write


def test_there_are_notebooks_and_their_numbers_differ():
    numbers = [path.name[:2] for path in notebook_paths()]
    assert numbers == sorted(set(numbers))
    assert numbers[:2] == ["01", "02"]


@pytest.mark.parametrize("path", PATHS)
def test_a_notebook_is_valid_and_committed_without_outputs(path):
    nbformat.validate(json.loads(path.read_text("utf-8")))
    assert [c.source for c in cells(path, "code") if c.outputs or c.execution_count is not None] == []


@pytest.mark.parametrize("path", PATHS)
def test_cell_ids_say_the_notebook_and_the_place_and_differ(path):
    ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]
    assert [name for name in ids if not re.fullmatch(rf"({path.stem}|{path.stem[:2]})-[0-9]{{2}}", name)] == []
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", PATHS)
def test_every_chart_of_a_notebook_is_seen_in_it(path):
    drawn = nbformat.reads(executed(path, ROOT / "data").decode(), as_version=4)
    charts = [cell for cell in drawn.cells if cell.cell_type == "code" and cell.source.startswith("plot_")]
    blind = [cell.source for cell in charts if not any("image/png" in out.get("data", {}) for out in cell.outputs)]
    assert charts
    assert blind == []


@pytest.mark.parametrize("path", PATHS)
def test_a_code_cell_has_at_most_five_lines(path):
    long = [cell.source for cell in cells(path, "code") if not 1 <= len(cell.source.strip().splitlines()) <= 5]
    assert long == []


@pytest.mark.parametrize("path", PATHS)
def test_a_code_cell_calls_the_library_and_does_nothing_else(path):
    found = [
        (what, c.source)
        for c in cells(path, "code")
        for what, pattern in BANNED.items()
        if re.search(pattern, c.source)
    ]
    assert found == []


@pytest.mark.parametrize("path", PATHS)
def test_at_least_two_cells_in_five_are_prose_and_the_first_is(path):
    book = nbformat.read(path, as_version=4)
    prose = cells(path, "markdown")
    assert len(prose) >= 0.4 * len(book.cells)
    assert book.cells[0].source.startswith("# ")


@pytest.mark.parametrize("path", PATHS)
def test_a_notebook_runs_from_top_to_bottom(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__", "display": lambda *shown, **_: None}
    with mpl.rc_context():  # a notebook may set the house look for its session
        for number, cell in enumerate(cells(path, "code")):
            source = "\n".join("" if re.match(r"\s*[%!]", line) else line for line in cell.source.splitlines())
            exec(compile(source, f"{path.name} code cell {number}", "exec"), names)
    plt.close("all")


def test_a_notebook_that_stops_is_named_with_its_error(notebook):
    path = notebook("one = 1", "one / 0", "never = 1")
    with pytest.raises(DataError, match=r"99_reeds\.ipynb.*ZeroDivisionError: division by zero") as error:
        executed(path, ROOT / "data")
    assert error.value.kind == "notebook_failed"


def test_a_notebook_runs_on_the_data_it_is_given_and_writes_nothing_beside_itself(notebook, data):
    path = notebook(
        "import os, pathlib\npathlib.Path('left').write_text('x')",
        "from panjin_analysis import load_commitments\nprint(os.environ['PANJIN_DATA'], len(load_commitments()))",
    )
    before = path.read_bytes()
    shown = json.loads(executed(path, data))["cells"][1]["outputs"][0]["text"]
    assert "".join(shown) == f"{data.resolve()} 133\n"
    assert path.read_bytes() == before
    assert sorted(found.name for found in path.parent.iterdir()) == ["99_reeds.ipynb", "data"]


def test_a_notebook_gives_the_same_bytes_each_time(notebook):
    path = notebook("object()", "import matplotlib.pyplot as plt\nprint(object())\nplt.plot([1, 2])")
    once = executed(path, ROOT / "data")
    assert executed(path, ROOT / "data") == once
    book = nbformat.reads(once.decode(), as_version=4)
    assert [cell.source for cell in book.cells] == [cell.source for cell in cells(path, "code")]
    assert [cell.id for cell in book.cells] == ["99-00", "99-01"]
    assert [output.output_type for output in book.cells[1].outputs] == ["stream", "execute_result", "display_data"]
    assert b" at 0x" not in once


def test_a_page_is_given_more_forms_of_an_output_than_are_committed(notebook):
    path = notebook(
        "import pandas as pd\npd.DataFrame({'value': [1, None]})",
        "from panjin_analysis.captions import Caption\nCaption('one', 'two', ('three',))",
        "import matplotlib.pyplot as plt\nplt.bar(['a'], [1], hatch='/');",
    )
    once = run(path, ROOT / "data")
    outputs = [cell.outputs[0].data for cell in once.cells]
    assert outputs[0][FRAME]["data"] == [{"index": 0, "value": 1.0}, {"index": 1, "value": None}]
    assert outputs[1][CAPTION] == {"title": "one", "alt": "two", "notes": ["three"]}
    assert ">a</text>" in outputs[2][SVG]
    assert run(path, ROOT / "data") == once
    kept = [cell.outputs[0].data for cell in nbformat.reads(committed(once).decode(), as_version=4).cells]
    assert [sorted(forms) for forms in kept] == [
        ["text/html", "text/plain"],
        ["text/markdown", "text/plain"],
        ["image/png", "text/plain"],
    ]
    assert [cell.outputs[0].output_type for cell in once.cells] == ["execute_result", "execute_result", "display_data"]


def test_running_a_notebook_leaves_the_environment_as_it_was(notebook, monkeypatch):
    monkeypatch.setenv("PANJIN_LANG", "en")
    monkeypatch.delenv("PANJIN_DATA", raising=False)
    before = dict(os.environ)
    executed(notebook("1 + 1"), ROOT / "data")
    assert dict(os.environ) == before
