"""A file is written whole or not at all."""

import stat

import pytest

from panjin_analysis.errors import DataError
from panjin_analysis.files import write_whole


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
