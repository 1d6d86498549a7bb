"""Every message in both languages, in one line, in the language the user reads."""

import string

import pytest

from panjin_analysis.errors import MESSAGES, DataError, say, ui_language


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_of_a_message_fill_the_same_places():
    bad = {kind: texts for kind, texts in MESSAGES.items() if places(texts[0]) != places(texts[1])}
    assert bad == {}


def test_every_message_says_where_and_nothing_that_is_not_given():
    bad = {
        kind for kind, texts in MESSAGES.items() if not {"where"} <= places(texts[0]) <= {"where", "expected", "found"}
    }
    assert bad == set()


def test_a_message_holds_what_it_is_given_in_either_language():
    for language in ("zh", "en"):
        error = DataError("bad_value", where="甲.csv", expected="{integer}", found="七", language=language)
        assert [part for part in ("甲.csv", "{integer}", "七") if part not in str(error)] == []
        assert error.kind == "bad_value"


def test_a_message_is_one_line_whatever_was_found():
    error = DataError("bad_value", where="a.csv", expected="integer", found="1\r\n2\u2028\n3", language="en")
    assert str(error) == "a.csv: expected integer, found “1 2 3”. Correct the cell."


def test_a_data_error_is_a_value_error():
    with pytest.raises(ValueError, match=r"a\.csv"):
        raise DataError("empty_file", where="a.csv")


@pytest.fixture
def clean(monkeypatch):
    for name in ("PANJIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: ("en_GB", "UTF-8"))
    return monkeypatch


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"PANJIN_LANG": "zh"}, "zh"),
        ({"PANJIN_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"PANJIN_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_first_variable_that_is_set_decides_the_language(clean, variables, expected):
    for name, value in variables.items():
        clean.setenv(name, value)
    assert ui_language() == expected
    assert say("中文", "English") == {"zh": "中文", "en": "English"}[expected]


@pytest.mark.parametrize(("system", "expected"), [("Chinese (Simplified)_China", "zh"), ("zh_CN", "zh"), (None, "en")])
def test_without_variables_the_system_decides(clean, system, expected):
    clean.setattr("locale.getlocale", lambda: (system, None))
    assert ui_language() == expected
