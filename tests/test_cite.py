"""A citation names the data and the software, with the versions at hand."""

import importlib.metadata

import pytest
from test_load import rewritten

from panjin_analysis.cite import cite
from panjin_analysis.load import data_dir, read_package


def test_both_styles_name_title_year_and_both_versions():
    package = read_package(data_dir())
    code = importlib.metadata.version("panjin-analysis")
    for style in ("text", "bibtex"):
        missing = {package["title"], package["created"][:4], package["version"], code} - {
            part for part in (package["title"], package["created"][:4], package["version"], code) if part in cite(style)
        }
        assert missing == set(), style


def test_a_new_version_of_the_data_is_cited(data, monkeypatch):
    rewritten(lambda text: text.replace(b'"version": "', b'"version": "77.', 1), "datapackage.json")(data)
    monkeypatch.setenv("PANJIN_DATA", str(data))
    assert "data 77." in cite()
    assert "Data 77." in cite("bibtex")


def test_bibtex_is_one_entry_with_its_braces_closed():
    entry = cite("bibtex")
    assert entry.startswith("@misc{")
    assert entry.count("{") == entry.count("}")
    assert entry.count("@") == 1


def test_another_style_is_refused_by_name():
    with pytest.raises(ValueError, match="'apa'"):
        cite("apa")
