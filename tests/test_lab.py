"""JupyterLab on copies: what comes with the package and what a user changed stay as they are."""

import runpy
import signal
import subprocess
import sys

import pytest
from conftest import ROOT

from panjin_analysis import lab
from panjin_analysis.errors import DataError
from panjin_analysis.execution import notebook_paths
from panjin_analysis.lab import copy_notebooks, open_lab


@pytest.fixture
def calls(monkeypatch):
    """Return what would have been run, instead of running it."""
    seen = []

    def call(words, **options):
        seen.append((words, options))
        return 7

    monkeypatch.setattr(lab.subprocess, "call", call)
    return seen


def test_every_notebook_is_copied_to_the_byte(tmp_path):
    done = copy_notebooks(tmp_path / "mine")
    assert {path.name: path.read_bytes() for path in done.new} == {
        path.name: path.read_bytes() for path in notebook_paths()
    }
    assert sorted((tmp_path / "mine").iterdir()) == done.new


def test_what_is_there_stays_and_what_is_missing_comes(tmp_path):
    first, second, *others = copy_notebooks(tmp_path).new
    first.write_bytes(b"my own work")
    second.unlink()
    done = copy_notebooks(tmp_path)
    assert (done.changed, done.new, done.same) == ([first], [second], others)
    assert first.read_bytes() == b"my own work"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DataError, match="file"):
        copy_notebooks(tmp_path / "file")


def test_jupyterlab_can_be_started_with_this_python(tmp_path, capfd):
    assert open_lab(tmp_path, ["--version"]) == 0
    assert capfd.readouterr().out.strip()[0].isdigit()


def test_jupyterlab_starts_in_the_folder_and_shows_figures_there(calls, tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    assert open_lab(tmp_path, ["--no-browser"]) == 7
    ((words, options),) = calls
    assert words == [sys.executable, "-m", "jupyterlab", "--no-browser"]
    assert options["cwd"] == tmp_path
    assert "MPLBACKEND" not in options["env"]


def test_a_folder_named_from_here_is_the_same_folder_in_jupyterlab(calls, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PANJIN_DATA", "mine")
    monkeypatch.setenv("PANJIN_REPORTS", "../texts")
    monkeypatch.setenv("PANJIN_ADOPTED", "")
    open_lab(tmp_path / "notebooks")
    environment = calls[0][1]["env"]
    assert environment["PANJIN_DATA"] == str(tmp_path / "mine")
    assert environment["PANJIN_REPORTS"] == str(tmp_path.parent / "texts")
    assert environment["PANJIN_ADOPTED"] == ""


def test_the_command_hands_on_the_data_that_a_relative_path_names(calls, panjin, data, monkeypatch):
    monkeypatch.chdir(data.parent)
    assert panjin("lab", "--data", data.name)[0] == 7
    assert calls[0][1]["env"]["PANJIN_DATA"] == str(data)


def test_an_interrupt_is_left_to_jupyterlab_and_ours_again_afterwards(monkeypatch, tmp_path):
    before = signal.getsignal(signal.SIGINT)

    def interrupted(words, **options):
        signal.raise_signal(signal.SIGINT)  # as Ctrl-C reaches every program of the console
        return 0

    monkeypatch.setattr(lab.subprocess, "call", interrupted)
    assert open_lab(tmp_path) == 0
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(("words", "passed"), [([], []), (["--no-browser"], ["--no-browser"])])
def test_the_command_copies_passes_its_words_on_and_gives_back_the_status(calls, panjin, tmp_path, words, passed):
    status, out, err = panjin("lab", tmp_path / "mine", *words)
    assert (status, err) == (7, "")
    assert f"{len(notebook_paths())} notebooks copied, 0 were there" in out
    assert calls[0][0][3:] == passed
    assert calls[0][1]["cwd"] == tmp_path / "mine"


def test_the_command_names_the_notebooks_that_were_changed(calls, panjin, tmp_path):
    first = copy_notebooks(tmp_path).new[0]
    first.write_bytes(b"my own work")
    out = panjin("lab", tmp_path)[1]
    assert [line for line in out.splitlines() if "move it away" in line] == [
        f"{first} differs from the one that comes along (yours, or of another version); move it away to have that again"
    ]


def test_without_a_folder_they_go_beside_the_user_and_not_into_the_package(calls, panjin, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    panjin("lab")
    assert [path.name for path in tmp_path.iterdir() if path.name != "own"] == ["panjin_notebooks"]


def test_the_job_of_tasks_is_this_command():
    assert runpy.run_path(str(ROOT / "tasks.py"))["JOBS"]["lab"] == [["-m", "panjin_analysis", "lab"]]
    help_text = subprocess.run(
        [sys.executable, "-m", "panjin_analysis", "lab", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "--no-browser" in help_text
