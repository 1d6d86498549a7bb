"""Where the report texts are, and frames that many tests use."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REPORTS = Path(os.environ.get("PANJIN_TEST_REPORTS", ROOT.parent / "shared" / "reports"))

# Messages are compared in English, whatever machine the tests run on.
os.environ["PANJIN_LANG"] = "en"
os.environ.pop("PANJIN_DATA", None)
os.environ.pop("PANJIN_REPORTS", None)
os.environ.pop("PANJIN_PROGRESS", None)
os.environ.pop("PANJIN_ADOPTED", None)


@pytest.fixture(scope="session")
def reports() -> Path:
    """Return the folder of real report texts, or skip: they are not part of the project."""
    if not REPORTS.is_dir():
        pytest.skip(f"the report texts are not at {REPORTS}; set PANJIN_TEST_REPORTS")
    return REPORTS


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the data folder that a test may break."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture
def undisturbed(monkeypatch, tmp_path):
    """Take back PANJIN_DATA, which main() sets, and hide the user's own report texts."""
    monkeypatch.setenv("PANJIN_DATA", "")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")


@pytest.fixture
def panjin(capsys, undisturbed):
    """Return a function that runs a command and returns status, stdout and stderr."""

    from panjin_analysis.cli import main

    def run(*words):
        try:
            status = main([str(word) for word in words])
        except SystemExit as stop:
            status = stop.code
        return status, *capsys.readouterr()

    return run
