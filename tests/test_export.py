"""Every table for other programs: read back with each of them, it is the table that was loaded."""

import csv
import json
import re
import sqlite3
import subprocess
import sys
from decimal import Decimal

import duckdb
import frictionless
import pandas as pd
import pytest
from conftest import ROOT

from panjin_analysis import load
from panjin_analysis.errors import DataError
from panjin_analysis.export import FORMATS, export, sqlite
from panjin_analysis.export.contents import Contents, codebook_tables
from panjin_analysis.export.sqlite import sqlite_bytes
from panjin_analysis.files import csv_text
from panjin_analysis.research_commands import FORMATS as OFFERED
from panjin_analysis.schema import Column, Table

DOCUMENTS = ["about", "codebook_tables", "codebook_lists", "codebook"]
NAMES = list(load.read_codebook(load.data_dir()))


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Return a folder with one export of each format."""
    home = tmp_path_factory.mktemp("export")
    for name in FORMATS:
        export(home / name, name)
    return home


@pytest.fixture(scope="module")
def database(exported):
    connection = sqlite3.connect(exported / "sqlite" / "panjin.sqlite")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def tables():
    return load.load_tables()


def same(found, table):
    """Stop unless a frame that another program read holds the values of a table, row by row."""
    assert list(found) == list(table)
    for name in table:
        dates = pd.api.types.is_datetime64_any_dtype(table[name].dtype)
        column = pd.to_datetime(found[name]) if dates else found[name]
        if len(column.dropna()) and isinstance(column.dropna().iloc[0], Decimal):  # as frictionless reads numbers
            column = column.astype(float)
        missing = column.isna()
        assert missing.tolist() == table[name].isna().tolist(), name
        assert column[~missing].tolist() == table[name][~missing].tolist(), name


@pytest.mark.parametrize("name", NAMES)
def test_csv_that_pandas_reads_as_about_says_is_the_table(exported, tables, name):
    same(pd.read_csv(exported / "csv" / f"{name}.csv", keep_default_na=False, na_values=[""]), tables[name])


def test_csv_opens_in_excel_on_a_chinese_windows_and_in_a_package_it_is_plain(exported):
    for path in (exported / "csv").iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf"), path.name
        with path.open(encoding="utf-8-sig", newline="") as file:
            again = csv_text(csv.reader(file), "\r\n").encode()
        assert data == b"\xef\xbb\xbf" + again, path.name
        assert b"\r\n" in data
    for path in (exported / "datapackage").glob("*.csv"):
        assert not path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
        assert b"\r" not in path.read_bytes(), path.name


def test_about_says_how_csv_is_written(exported):
    about = pd.read_csv(exported / "csv" / "about.csv").set_index("item")
    assert "BOM" in about.loc["csv_encoding", "text_en"]
    assert "BOM" in about.loc["csv_encoding", "text_zh"]


def test_a_folder_of_csv_is_no_place_for_a_package_and_stays_as_it_was(tmp_path):
    paths = export(tmp_path, "csv")
    with pytest.raises(DataError) as error:
        export(tmp_path, "datapackage")
    assert error.value.kind == "other_file"
    assert sorted(tmp_path.iterdir()) == sorted(paths)


@pytest.mark.parametrize("name", NAMES)
def test_parquet_that_duckdb_reads_is_the_table(exported, tables, name):
    with duckdb.connect() as connection:
        same(connection.execute(f"FROM '{exported / 'parquet' / name}.parquet'").df(), tables[name])


@pytest.mark.parametrize("name", NAMES)
def test_sqlite_that_pandas_reads_is_the_table(database, tables, name):
    same(pd.read_sql(f'SELECT * FROM "{name}"', database), tables[name])


@pytest.mark.parametrize("name", NAMES)
def test_the_package_that_frictionless_reads_is_the_table(exported, tables, name):
    resource = frictionless.Package(exported / "datapackage" / "datapackage.json").get_resource(name)
    same(pd.DataFrame([row.to_dict() for row in resource.read_rows()], columns=list(tables[name])), tables[name])


def test_the_package_is_valid_to_frictionless(exported):
    assert frictionless.validate(exported / "datapackage" / "datapackage.json").valid


def test_the_package_loads_as_the_project_s_own_data_do(exported, tables):
    for name, table in load.load_tables(exported / "datapackage").items():
        pd.testing.assert_frame_equal(table, tables[name])


def test_each_format_has_its_files_and_no_other(exported):
    def files(name):
        return sorted(path.name for path in (exported / name).iterdir())

    assert files("csv") == sorted(f"{name}.csv" for name in [*NAMES, *DOCUMENTS])
    assert files("parquet") == sorted(f"{name}.parquet" for name in [*NAMES, *DOCUMENTS])
    assert files("sqlite") == ["panjin.sqlite"]
    assert files("datapackage") == sorted(["datapackage.json", *(f"{name}.csv" for name in NAMES)])


@pytest.mark.parametrize("name", FORMATS)
def test_another_process_writes_the_same_bytes(exported, tmp_path, name):
    code = "import sys; from panjin_analysis.export import export; export(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", code, str(tmp_path), name], check=True, cwd=ROOT)
    once = {path.name: path.read_bytes() for path in (exported / name).iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == once


@pytest.mark.parametrize("kind", ["csv", "parquet", "sqlite"])
def test_the_codebook_stands_beside_the_tables(exported, database, kind):
    read = {
        "csv": lambda name: pd.read_csv(exported / "csv" / f"{name}.csv"),
        "parquet": lambda name: duckdb.read_parquet(f"{exported}/parquet/{name}.parquet").df(),
        "sqlite": lambda name: pd.read_sql(f"SELECT * FROM {name}", database),
    }[kind]
    book, own = read("codebook"), load.codebook()
    shared = ["table", "column", "type", "title_zh", "title_en", "description_zh", "description_en"]
    assert book[shared].to_numpy().tolist() == own[shared].to_numpy().tolist()
    assert book["vocabulary"].fillna("").tolist() == own["vocabulary"].tolist()
    assert book["is_required"].astype(bool).tolist() == own["is_required"].tolist()
    assert set(book["vocabulary"].dropna()) <= set(read("codebook_lists")["vocabulary"])
    assert read("codebook_tables")["table"].tolist() == NAMES
    about = read("about").set_index("item")["text_en"]
    assert about["version"] == load.read_package(load.data_dir())["version"]
    assert "CC-BY-4.0" in about["licence"]
    assert "not zero" in about["missing"]


def test_the_codebook_names_keys_and_what_they_refer_to(exported):
    book = pd.read_csv(exported / "csv" / "codebook.csv").set_index(["table", "column"])
    assert book.loc[("targets", "indicator_id"), "refers_to"] == "indicators.indicator_id"
    assert book.index[book["is_key"]].to_frame(index=False).query("table == 'assessments'")["column"].tolist() == [
        "commitment_id",
        "as_of",
    ]


def declared(database, pragma, name):
    return database.execute(f'PRAGMA {pragma}("{name}")').fetchall()


@pytest.mark.parametrize("name", NAMES)
def test_the_database_declares_types_and_keys_as_the_codebook_does(database, name):
    table = load.read_codebook(load.data_dir())[name]
    columns = declared(database, "table_info", name)
    kinds = {"integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN", "date": "DATE", "string": "TEXT"}
    assert [(row[1], row[2], bool(row[3])) for row in columns] == [
        (column.name, kinds[column.type], column.is_required) for column in table.columns
    ]
    assert tuple(row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]) == tuple(table.key)
    links = {(row[3], row[2], row[4]) for row in declared(database, "foreign_key_list", name)}
    assert links == set(table.foreign_keys)


def test_the_database_itself_refuses_what_the_codebook_forbids(exported):
    connection = sqlite3.connect(":memory:")
    connection.deserialize((exported / "sqlite" / "panjin.sqlite").read_bytes())
    connection.execute("PRAGMA foreign_keys = ON")
    for statement, words in {
        "UPDATE targets SET indicator_id = 'reeds' WHERE rowid = 1": "FOREIGN KEY",
        "INSERT INTO breaks SELECT * FROM breaks LIMIT 1": "UNIQUE",
        "UPDATE commitments SET is_striving = 2 WHERE rowid = 1": "CHECK",
        "UPDATE commitments SET object = NULL WHERE rowid = 1": "NOT NULL",
    }.items():
        with pytest.raises(sqlite3.IntegrityError, match=words):
            connection.execute(statement)
    connection.close()


def test_truth_values_and_dates_in_the_database_are_what_about_says(database):
    kinds = database.execute(
        "SELECT DISTINCT typeof(is_striving), is_striving IN (0, 1), typeof(due_on), due_on GLOB '????-??-??' FROM commitments"
    ).fetchall()
    assert kinds == [("integer", 1, "text", 1)]


def test_a_reference_to_nothing_is_not_written_into_a_database():
    column = Column("id", "string", "", "", "", "")
    one = Contents(Table("one", "", "", "", "", "", (column,), key=("id",)), [["a"]])
    two = Contents(Table("two", "", "", "", "", "", (column,), ("id",), (("id", "one", "id"),)), [["b"]])
    with pytest.raises(sqlite3.IntegrityError, match="refer to nothing"):
        sqlite_bytes([one, two])
    assert sqlite.sqlite_bytes([*codebook_tables(), one]).startswith(b"SQLite format 3")


def test_columns_in_another_order_are_put_into_that_of_the_codebook(data, tmp_path, monkeypatch):
    lines = (data / "breaks.csv").read_text("utf-8").splitlines()
    first = [line.split(",", 2) for line in lines]
    (data / "breaks.csv").write_text("".join(f"{b},{a},{rest}\r\n" for a, b, rest in first), "utf-8", newline="")
    monkeypatch.setenv("PANJIN_DATA", str(data))
    export(tmp_path / "out", "datapackage")
    assert (tmp_path / "out" / "breaks.csv").read_text("utf-8").splitlines() == lines


def test_an_export_is_not_written_over_a_file_that_differs(tmp_path):
    (tmp_path / "targets.csv").write_text("mine")
    with pytest.raises(DataError, match=r"targets\.csv.*another folder") as error:
        export(tmp_path)
    assert error.value.kind == "other_file"
    assert [path.name for path in tmp_path.iterdir()] == ["targets.csv"]


def test_formats_can_share_a_folder_and_a_second_export_changes_nothing(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    for name in ("csv", "sqlite", "parquet"):
        export(tmp_path, name)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    export(tmp_path, "csv")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_another_format_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(DataError, match="csv, parquet, sqlite, datapackage"):
        export(tmp_path / "out", "xls")
    assert not (tmp_path / "out").exists()


def test_broken_data_are_not_exported(data, tmp_path, monkeypatch):
    (data / "targets.csv").write_text("broken")
    monkeypatch.setenv("PANJIN_DATA", str(data))
    with pytest.raises(DataError, match=r"targets\.csv"):
        export(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_offers_each_format_and_says_what_it_wrote(panjin, tmp_path):
    assert tuple(FORMATS) == OFFERED
    status, out, err = panjin("export", tmp_path / "out", "--format", "sqlite")
    assert (status, err) == (0, "")
    assert re.search(r"^wrote 1 file: .*out$", out)
    assert panjin("export", tmp_path / "out", "--format", "xls")[0] == 2


def test_the_command_says_how_many_files_are_new(panjin, tmp_path):
    count = len([*NAMES, *DOCUMENTS])
    assert f"wrote {count} files: " in panjin("export", tmp_path)[1]
    assert f"wrote 0 files ({count} were there already): " in panjin("export", tmp_path)[1]
    (tmp_path / "targets.csv").unlink()
    (tmp_path / "breaks.csv").unlink()
    assert f"wrote 2 files ({count - 2} were there already): " in panjin("export", tmp_path)[1]


@pytest.mark.parametrize("command", ["export", "lab"])
def test_a_folder_without_a_name_is_refused(panjin, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("panjin_analysis.lab.subprocess.call", lambda *_, **__: 0)
    status, out, err = panjin(command, "")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "expected a folder" in err
    assert [path.name for path in tmp_path.iterdir() if path.name != "own"] == []


def test_the_command_says_in_one_line_what_stands_in_the_way(panjin, tmp_path):
    (tmp_path / "panjin.sqlite").write_text("mine")
    status, out, err = panjin("export", tmp_path, "--format", "sqlite")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "panjin.sqlite" in err


def test_the_description_of_the_package_is_the_codebook_itself(exported):
    written = json.loads((exported / "datapackage" / "datapackage.json").read_text("utf-8"))
    assert written == load.read_package(load.data_dir())
