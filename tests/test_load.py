"""Files to tables: what is read, from where, and what a broken file is told."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from panjin_analysis import load
from panjin_analysis.errors import DataError

ROOT = Path(__file__).resolve().parents[1]


def rows_changed(file, change):
    """Return an edit that passes the rows of a CSV file, header first, through a function."""

    def edit(folder):
        rows = list(csv.reader((folder / file).read_text("utf-8").splitlines()))
        with (folder / file).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(change(rows))

    return edit


def cell(file, row_id, column, value):
    """Return an edit that writes one cell of the row whose first cell is ``row_id``."""

    def change(rows):
        next(row for row in rows if row[0] == row_id)[rows[0].index(column)] = value
        return rows

    return rows_changed(file, change)


def rewritten(change, file="commitments.csv"):
    """Return an edit that passes the bytes of a file through a function."""

    def edit(folder):
        before = (folder / file).read_bytes()
        after = change(before)
        assert after != before
        (folder / file).write_bytes(after)

    return edit


def refusal(folder):
    """Return the error with which a folder is refused; the files stay as they are."""
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(DataError) as caught:
        load.load_tables(folder)
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    return caught.value


def says(error, kind, parts):
    return error.kind == kind and all(part in str(error) for part in parts) and "\n" not in str(error)


def case(name, edit, kind, *parts):
    """Return how a folder is broken, the kind of error, and what its message must name."""
    return pytest.param(edit, kind, parts, id=name)


def edited(name, change, kind, *parts):
    return case(name, rewritten(change), kind, "commitments.csv", *parts)


BROKEN_FILES = [
    case("no file", lambda folder: (folder / "targets.csv").unlink(), "missing_file", "targets.csv"),
    case("no codebook", lambda folder: (folder / "datapackage.json").unlink(), "missing_file", "datapackage.json"),
    edited("empty", lambda text: b"", "empty_file"),
    edited("header only", lambda text: text[: text.index(b"\n") + 1], "no_rows"),
    edited("BOM", lambda text: b"\xef\xbb\xbf" + text, "has_bom", "BOM"),
    edited("GB18030", lambda text: text.decode().encode("gb18030"), "not_utf8", "GB18030"),
    case(
        "missing column",
        rows_changed("commitments.csv", lambda rows: [row[:-1] for row in rows]),
        "missing_column",
        "commitments.csv line 1:",
        "note",
    ),
    edited(
        "renamed column", lambda text: text.replace(b",label_zh", b",label", 1), "missing_column", "line 1:", "label_zh"
    ),
    edited("more", lambda text: text.replace(b"\n", b",mood\n"), "unexpected_column", "line 1:", "mood"),
    edited("twice", lambda text: text.replace(b"label_en", b"label_zh", 1), "repeated_column", "line 1:", "label_zh"),
    edited(
        "ragged",
        lambda text: text.replace(b"\nPJ-2024-C002,", b"\nPJ-2024-C002,,"),
        "ragged_row",
        "line 3:",
        "33",
        "34",
    ),
    edited("open quote", lambda text: text.replace(b"\nPJ-2024-C002,", b'\n"PJ-2024-C002,'), "bad_csv", "line "),
    case("no json", rewritten(lambda text: b"{" + text, "datapackage.json"), "bad_codebook", "datapackage.json line 1"),
]


@pytest.mark.parametrize(("edit", "kind", "parts"), BROKEN_FILES)
def test_a_broken_file_is_refused_with_its_place_and_left_as_it_is(data, edit, kind, parts):
    edit(data)
    error = refusal(data)
    assert says(error, kind, parts), error


@pytest.mark.parametrize("lost", ["vocabularies", "commitments", "verb_force"])
def test_a_codebook_that_lacks_something_is_refused(data, lost):
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    package["resources"] = [table for table in package["resources"] if table["name"] != lost]
    package.pop(lost, None)
    (data / "datapackage.json").write_text(json.dumps(package), "utf-8")
    rows = (data / "vocabulary.csv").read_text("utf-8").splitlines(keepends=True)
    (data / "vocabulary.csv").write_text("".join(row for row in rows if not row.startswith(f"{lost},")), "utf-8")
    refusal(data)


def test_one_file_may_stand_elsewhere_and_lean_on_the_bundled_ones(data, tmp_path):
    alone = shutil.copy(data / "commitments.csv", tmp_path / "mine.csv")
    pd.testing.assert_frame_equal(load.load_commitments(str(alone)), load.load_commitments())


def test_one_file_leans_on_the_files_beside_it_first(data, tmp_path):
    cell("commitments.csv", "PJ-2024-C002", "verb", "堆沙")(data)
    rewritten(lambda text: text + "堆沙,implement,false,,自编,made up\n".encode(), "verb_lexicon.csv")(data)
    assert load.load_commitments(data / "commitments.csv")["verb"][1] == "堆沙"
    alone = shutil.copy(data / "commitments.csv", tmp_path / "commitments.csv")
    with pytest.raises(DataError, match="堆沙") as caught:
        load.load_commitments(alone)
    assert caught.value.kind == "unknown_reference"


def test_a_broken_rule_names_the_file_that_was_given(data, tmp_path):
    cell("commitments.csv", "PJ-2024-C002", "strength", "strive")(data)
    alone = shutil.copy(data / "commitments.csv", tmp_path / "mine.csv")
    with pytest.raises(DataError, match=r"mine\.csv"):
        load.load_commitments(alone)


def test_the_environment_names_another_folder(data, monkeypatch):
    cell("commitments.csv", "PJ-2024-C001", "label_en", "A label of our own")(data)
    monkeypatch.setenv("PANJIN_DATA", str(data))
    assert load.load_commitments()["label_en"][0] == "A label of our own"


def test_a_code_is_described_in_every_list_that_has_it():
    found = load.describe_code("deliver")
    assert found["vocabulary"].tolist() == ["verb_force", "strength"]
    assert found["label_zh"].notna().all()
    assert found["definition_en"].notna().all()


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (lambda: load.describe_code("delivr"), "unknown_reference"),
        (lambda: load.load_vocabulary("domains"), "unknown_choice"),
        (lambda: load.codebook("comitments"), "unknown_choice"),
    ],
)
def test_an_unknown_name_is_refused(call, kind):
    with pytest.raises(DataError) as caught:
        call()
    assert caught.value.kind == kind


def test_one_vocabulary_is_its_part_of_all():
    whole = load.load_vocabulary()
    part = whole[whole["vocabulary"] == "strength"].reset_index(drop=True)
    pd.testing.assert_frame_equal(load.load_vocabulary("strength"), part)
    assert part["code"].tolist() == ["strive", "support", "advance", "implement", "deliver"]


def test_the_codebook_describes_every_column_in_both_languages():
    book = load.codebook()
    texts = ["title_zh", "title_en", "description_zh", "description_en"]
    bad = book[book[texts].isna().any(axis=1) | (book[texts] == "").any(axis=1)]
    assert bad.empty, bad.to_string()
    held = {name: list(table) for name, table in load.load_tables().items()}
    assert {name: list(part["column"]) for name, part in book.groupby("table")} == held
    targets = book[book["table"] == "targets"].reset_index(drop=True)
    pd.testing.assert_frame_equal(load.codebook("targets"), targets)


def test_importing_opens_no_data_and_loads_nothing_heavy():
    code = """
import json, sys
opened = []
sys.addaudithook(lambda event, words: opened.append(str(words[0])) if event == "open" else None)
import panjin_analysis
json.dump([opened, list(sys.modules)], sys.stdout)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    opened, modules = json.loads(run.stdout)
    assert any(path.endswith(("store.py", "store." + sys.implementation.cache_tag + ".pyc")) for path in opened)
    assert [path for path in opened if str(ROOT / "data") in path or path.endswith((".csv", "datapackage.json"))] == []
    assert {"matplotlib", "openpyxl"} & set(modules) == set()
