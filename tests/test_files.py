"""A file is written whole or not at all."""

import csv
import io
import stat

import pytest

from panjin_analysis.errors import DataError
from panjin_analysis.files import csv_text, write_all, write_whole


def test_a_new_file_holds_the_bytes_and_its_path_comes_back(tmp_path):
    path = tmp_path / "reeds.csv"
    assert write_whole(path, b"a\r\n\x00") == path
    assert path.read_bytes() == b"a\r\n\x00"


def test_its_folder_is_made(tmp_path):
    path = write_whole(tmp_path / "one" / "two" / "reeds.csv", b"new")
    assert path.read_bytes() == b"new"


def test_an_old_file_is_replaced(tmp_path):
    (tmp_path / "reeds.csv").write_bytes(b"old and longer")
    write_whole(tmp_path / "reeds.csv", b"new")
    assert (tmp_path / "reeds.csv").read_bytes() == b"new"


def test_everybody_may_read_what_was_written(tmp_path):
    mode = write_whole(tmp_path / "reeds.csv", b"new").stat().st_mode
    assert stat.S_IMODE(mode) & 0o444 == 0o444


def test_no_temporary_file_is_left_behind(tmp_path):
    write_whole(tmp_path / "reeds.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["reeds.csv"]


def test_what_stood_in_the_way_is_untouched_and_nothing_is_left_behind(tmp_path):
    blocked = tmp_path / "reeds.csv"
    blocked.mkdir()
    (blocked / "kept").write_bytes(b"old")
    with pytest.raises(DataError) as error:
        write_whole(blocked, b"new")
    assert error.value.kind == "cannot_write"
    assert str(blocked) in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["reeds.csv"]
    assert (blocked / "kept").read_bytes() == b"old"


def test_an_old_file_stays_when_the_disk_is_full(tmp_path, monkeypatch):
    def full(handle, mode):
        import os

        os.close(handle)
        raise OSError(28, "No space left on device")

    (tmp_path / "reeds.csv").write_bytes(b"old")
    monkeypatch.setattr("os.fdopen", full)
    with pytest.raises(DataError, match="No space left on device"):
        write_whole(tmp_path / "reeds.csv", b"new")
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["reeds.csv"]
    assert (tmp_path / "reeds.csv").read_bytes() == b"old"


def test_a_folder_that_is_a_file_cannot_be_written_to(tmp_path):
    (tmp_path / "figures").write_bytes(b"old")
    with pytest.raises(DataError) as error:
        write_whole(tmp_path / "figures" / "reeds.csv", b"new")
    assert error.value.kind == "cannot_write"
    assert (tmp_path / "figures").read_bytes() == b"old"


def test_several_files_are_written_and_their_paths_come_back_in_order(tmp_path):
    files = {tmp_path / "b.csv": b"b", tmp_path / "deep" / "a.csv": b"a"}
    assert write_all(files, "other_file") == list(files)
    assert {path: path.read_bytes() for path in files} == files


def test_several_files_are_not_written_over_one_that_differs_and_none_is(tmp_path):
    (tmp_path / "b.csv").write_bytes(b"mine")
    with pytest.raises(DataError, match=r"b\.csv.*nothing was written.*another folder") as error:
        write_all({tmp_path / "a.csv": b"a", tmp_path / "b.csv": b"b"}, "other_file")
    assert error.value.kind == "other_file"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("b.csv", b"mine")]


def test_several_files_of_which_one_stands_there_leave_that_one_alone(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a")
    before = (tmp_path / "a.csv").stat()
    write_all({tmp_path / "a.csv": b"a", tmp_path / "b.csv": b"b"}, "other_file")
    after = (tmp_path / "a.csv").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (tmp_path / "b.csv").read_bytes() == b"b"


def test_several_files_of_which_the_last_cannot_be_written_leave_nothing(tmp_path):
    (tmp_path / "b.csv").mkdir()
    (tmp_path / "b.csv" / "kept").write_bytes(b"mine")
    (tmp_path / "a.csv").write_bytes(b"a")
    with pytest.raises(DataError) as error:
        write_all({tmp_path / "a.csv": b"a", tmp_path / "c.csv": b"c", tmp_path / "b.csv": b"b"}, "other_file")
    assert error.value.kind == "cannot_write"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


@pytest.mark.parametrize("cell", ["a\rb", "\r", "a\r\nb", "a\nb", 'a"b', ""])
def test_a_cell_with_any_line_end_comes_back_from_csv_as_it_was(cell):
    rows = [["one", "two"], [cell, "2"], ["1", cell]]
    assert list(csv.reader(io.StringIO(csv_text(rows), newline=""), strict=True)) == rows
