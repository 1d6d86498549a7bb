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
