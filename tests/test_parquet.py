"""Text cells to Parquet: whatever the cells hold, DuckDB gives it back in its type."""

import datetime

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from panjin_analysis.parquet import parquet_bytes

TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.text("a\",\n\r'\\ \t\0")


def read_back(data, path):
    path.write_bytes(data)
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        return [(column[0], str(column[1])) for column in found.description], found.fetchall()


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_any_text_comes_back_and_an_empty_cell_is_missing(rows, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "any.parquet"
    _, found = read_back(parquet_bytes({"a": "string", "b": "string"}, rows), path)
    assert found == [tuple(cell or None for cell in row) for row in rows]


def test_every_type_of_the_codebook_has_its_own(tmp_path):
    types = {"it's": "string", "n": "integer", "x": "number", "is_so": "boolean", "on": "date"}
    rows = [["甲", "-3", "90.6", "true", "2024-12-31"], ["", "", "", "", ""], ["NA", "0", "0", "false", "2024-01-01"]]
    columns, found = read_back(parquet_bytes(types, rows), tmp_path / "types.parquet")
    assert columns == [("it's", "VARCHAR"), ("n", "BIGINT"), ("x", "DOUBLE"), ("is_so", "BOOLEAN"), ("on", "DATE")]
    assert found == [
        ("甲", -3, 90.6, True, datetime.date(2024, 12, 31)),
        (None,) * 5,
        ("NA", 0, 0.0, False, datetime.date(2024, 1, 1)),
    ]


def test_rows_keep_their_order_and_bytes_repeat():
    rows = [[str(number * 7919 % 5000)] for number in range(5000)]
    once = parquet_bytes({"n": "integer"}, rows)
    assert parquet_bytes({"n": "integer"}, rows) == once
    assert parquet_bytes({"n": "integer"}, rows[::-1]) != once
