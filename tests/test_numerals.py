"""Numerals are worth exactly what they say, however they are written."""

import re
from decimal import Decimal
from fractions import Fraction

import cn2an
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from panjin_analysis.text import chars
from panjin_analysis.text.numerals import parse_numeral
from panjin_analysis.text.worth import BARE, MORE, WHOLE, YEAR4, worth

proves = settings(deadline=None, derandomize=True, max_examples=500)
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
CHINESE_DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("7", 7),
        ("007", 7),
        ("12,500", 12500),
        ("1,234,567", 1234567),
        ("7.2", Decimal("7.2")),
        ("0.1", Decimal("0.1")),
        ("1.02万", 10200),
        ("1.5万亿", 1_500_000_000_000),
        ("7.25亿", 725_000_000),
        ("1亿2千万", 120_000_000),
        ("3千万", 30_000_000),
        ("12.345万", 123450),
        ("０", 0),
        ("１２，５００", 12500),
        ("７．２万", 72000),
        ("零", 0),
        ("0万亿", 0),
        ("1亿0千万", 100_000_000),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十五", 115),
        ("两百", 200),
        ("二百五", 250),
        ("三千六", 3600),
        ("一千零五十", 1050),
        ("一万二", 12000),
        ("一万零二", 10002),
        ("一万零二百", 10200),
        ("十二万", 120_000),
        ("三亿五千万", 350_000_000),
        ("一万亿", 1_000_000_000_000),
        ("万", 10_000),
        ("亿", 100_000_000),
        ("百", 100),
        ("百万", 1_000_000),
        ("二〇二四", 2024),
        ("二零二四", 2024),
        ("百分之五", Decimal("0.05")),
        ("百分之百", 1),
        ("百分之四点五", Decimal("0.045")),
        ("千分之三", Decimal("0.003")),
        ("三分之一", Fraction(1, 3)),
        ("四分之三", Decimal("0.75")),
        ("十分之三", Decimal("0.3")),
        ("八成", Decimal("0.8")),
        ("3成", Decimal("0.3")),
        ("十成", 1),
        ("四点五", Decimal("4.5")),
        ("十点零五", Decimal("10.05")),
        ("零点五", Decimal("0.5")),
        ("半", Decimal("0.5")),
    ],
)
def test_a_numeral_is_worth_what_it_says(numeral, value):
    assert parse_numeral(numeral) == value


@pytest.mark.parametrize(
    ("numeral", "kind"),
    [("1.02万", int), ("7.20", Decimal), ("三分之一", Fraction), ("7.0", int), ("百分之五十", Decimal)],
)
def test_values_are_integers_where_they_are_whole_and_never_floats(numeral, kind):
    assert type(parse_numeral(numeral)) is kind


@pytest.mark.parametrize(
    "numeral", ["甲", "5甲", "7%", "-3", "1.2.3", "1点五点二", "点五五点", " ", "5 000", "1二", "三分之甲"]
)
def test_what_is_no_numeral_is_refused(numeral):
    with pytest.raises(ValueError, match=r"."):
        parse_numeral(numeral)


def test_a_part_of_nothing_is_refused():
    with pytest.raises(ValueError, match=r"零"):
        parse_numeral("零分之五")


def test_a_numeral_of_nothing_is_refused():
    with pytest.raises(ValueError, match=r"empty"):
        parse_numeral("")


@proves
@given(st.integers(0, 10**15))
@example(10)
@example(10**8 + 10**4 + 1)
def test_any_integer_as_chinese_prints_it_is_read_back(number):
    assert parse_numeral(cn2an.an2cn(number)) == number


@proves
@given(st.integers(0, 10**12))
def test_our_value_is_that_of_an_independent_reader(number):
    numeral = cn2an.an2cn(number)
    assert parse_numeral(numeral) == cn2an.cn2an(numeral, "strict")


@proves
@given(st.integers(1, 9999), st.integers(0, 99), st.sampled_from(["百", "千", "万", "亿", "百万", "千万"]))
def test_mixed_numerals_are_read_as_an_independent_reader_reads_them(whole, hundredths, power):
    mixed = f"{whole}.{hundredths:02}".rstrip("0").rstrip(".")
    assert parse_numeral(mixed + power) == Fraction(mixed) * Fraction(cn2an.cn2an("一" + power, "strict"))
    if "." not in mixed and power in "万亿":
        assert parse_numeral(mixed + power) == cn2an.cn2an(mixed + power, "smart")


@proves
@given(st.integers(0, 10**6), st.from_regex(f"[{CHINESE_DIGITS}]{{0,3}}[{CHINESE_DIGITS[1:]}]", fullmatch=True))
def test_spoken_decimals_are_read_as_an_independent_reader_reads_them(whole, decimals):
    numeral = cn2an.an2cn(whole) + "点" + decimals
    assert float(parse_numeral(numeral)) == pytest.approx(cn2an.cn2an(numeral, "strict"), rel=1e-12)


@proves
@given(st.integers(1, 1000), st.integers(0, 100))
def test_parts_are_exact(whole, part):
    numeral = f"{cn2an.an2cn(whole)}分之{cn2an.an2cn(part)}"
    assert Fraction(parse_numeral(numeral)) == Fraction(part, whole)


@proves
@given(st.integers(0, 10**12), st.integers(0, 10**6))
def test_grouping_width_and_decimals_change_no_value(number, decimals):
    plain = f"{number}.{decimals:07}"
    grouped = f"{number:,}.{decimals:07}"
    assert parse_numeral(plain) == parse_numeral(grouped) == parse_numeral(grouped.translate(WIDE)) == Fraction(plain)


@proves
@given(st.text("0123456789〇零一二两三四五六七八九十百千万亿点成半分之.,，", max_size=12))
def test_any_run_of_numeral_characters_is_a_number_or_a_value_error(numeral):
    try:
        value = parse_numeral(numeral)
    except ValueError as error:
        assert re.search(r".", str(error))  # noqa: PT017
    else:
        assert value >= 0


def read(*numerals):
    """Return what the columns say of numerals that stand in one text."""
    text = chars.coded("甲".join(numerals))
    end = np.cumsum([len(numeral) + 1 for numeral in numerals]) - 1
    return worth(text, end - [len(numeral) for numeral in numerals], end)


@given(
    st.from_regex(r"\A[0-9]{1,16}(\.[0-9]{1,9})?(万亿|[千万亿]?)\Z")
    | st.text(chars.NUMERALS + ".", min_size=1, max_size=20).filter(lambda text: text[0] != ".")
)
@example("0.1")
@example("999999999999999.9亿")
@example("1.")
@example("千亿")
@proves
def test_numerals_read_together_are_worth_what_each_is_worth_alone(numeral):
    found = read("7", numeral, "二〇二四")
    try:
        alone = float(parse_numeral(numeral))
    except ValueError:
        alone = float("nan")
    low, high = found.value[1], found.value_max[1]
    # What looks like a pair of numbers (两三百) is one: its parts are read alone.
    assert (np.isnan(low) and np.isnan(alone)) or low == alone or high > low


@pytest.mark.parametrize(
    ("numeral", "value", "value_max", "scale", "flag"),
    [
        ("2024", 2024, None, 1, YEAR4),
        ("199", 199, None, 1, WHOLE),
        ("7.25亿", 725_000_000, None, 1e8, 0),
        ("5万亿", 5e12, None, 1e12, 0),
        ("两三百", 200, 300, 100, 0),
        ("310多万", 3_100_000, None, 1e4, MORE),
        ("万", 10_000, None, 1e4, BARE),
        ("二0三五", 2035, None, 1, YEAR4),
    ],
)
def test_the_columns_say_what_a_numeral_is_worth_and_looks_like(numeral, value, value_max, scale, flag):
    found = [float(column[0]) for column in read(numeral)]
    assert found[:3] == [value, pytest.approx(value_max or float("nan"), nan_ok=True), scale]
    assert int(found[3]) & flag == flag


def test_a_numeral_beyond_all_numbers_is_none():
    assert np.isnan(read("9" * 400 + "亿").value[0])


def test_no_numerals_have_no_worth():
    assert [len(column) for column in worth(chars.coded("甲"), *np.zeros((2, 0), int))] == [0, 0, 0, 0]
