"""One report, many ways to save it: the text that offsets refer to is the same."""

import hashlib

import pytest

from panjin_analysis.errors import DataError
from panjin_analysis.text.documents import canonical, read_text, span_sha1, text_sha256

TEXT = "（一）甲项目，\n\n  乙“丙”：12,500户。"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        (TEXT + "\n\n").encode(),
        ("\ufeff" + TEXT).encode(),
        (TEXT + "\n").replace("\n", "\r\n").encode(),
        ("\ufeff" + TEXT).replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.encode("gb18030"),
        TEXT.replace("\n", "\r\n").encode("gb18030"),
    ],
    ids=["utf-8", "blank end", "bom", "crlf", "bom and crlf", "cr", "gb18030", "gb18030 and crlf"],
)
def test_a_report_is_one_text_however_it_was_saved(tmp_path, data):
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    assert read_text(path) == TEXT
    assert path.read_bytes() == data


def test_nothing_but_the_mark_the_line_ends_and_the_blank_end_is_touched():
    assert canonical("\n 一\u200b，\ufeff二 \u2028\t三 ") == "\n 一\u200b，\ufeff二 \u2028\t三 "


def test_a_file_in_neither_encoding_is_refused(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(b"\xff\xfe" + "一。".encode("utf-16-le"))
    with pytest.raises(DataError, match=r"report\.txt") as caught:
        read_text(path)
    assert caught.value.kind == "not_utf8"


def test_the_refusal_names_the_first_byte_that_is_not_utf8_counted_from_one(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes("一二三".encode() + b"\xff")
    with pytest.raises(DataError, match=r"byte 10\b"):
        read_text(path)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(DataError, match=r"nowhere\.txt") as caught:
        read_text(tmp_path / "nowhere.txt")
    assert caught.value.kind == "missing_file"


def test_a_folder_is_no_report(tmp_path):
    with pytest.raises(DataError) as caught:
        read_text(tmp_path)
    assert caught.value.kind in {"unreadable_file", "missing_file"}


def test_hashes_are_of_the_characters_as_utf8():
    assert text_sha256("一。") == hashlib.sha256(b"\xe4\xb8\x80\xe3\x80\x82").hexdigest()
    assert span_sha1("零一二", 1, 2) == hashlib.sha1(b"\xe4\xb8\x80").hexdigest()
