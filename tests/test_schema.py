"""Cells to typed columns: what each type becomes, and what a broken cell is told."""

import pandas as pd
import pytest
from test_load import case, cell, refusal, rewritten, says

from panjin_analysis.load import codebook, load_commitments, load_tables, load_vocabulary
from panjin_analysis.schema import parse_codebook, to_typed

C002 = ("commitments.csv", "PJ-2024-C002")


def broken(column, value, kind, *expected):
    """Return one broken cell of line 3 of commitments.csv, and what the message must name."""
    found = [value] if value else []
    return case(
        f"{column} {value}", cell(*C002, column, value), kind, f"commitments.csv line 3, {column}", *expected, *found
    )


def no_two_columns_alike(text):
    return text.replace(b"testable,partly,", b"testable,no,", 1)


BROKEN_CELLS = [
    broken("domain", "helth", "unknown_code", "education, elder_child_care, talent"),
    broken("start", "6２", "bad_value", "integer"),
    broken("start", "-1", "bad_value", "≥ 0"),
    broken("is_striving", "yes", "bad_value", "boolean"),
    broken("due_on", "2024-02-30", "bad_value", "date"),
    broken("commitment_id", "C2", "bad_value", "PJ-[0-9]{4}-C[0-9]{3}"),
    broken("object", "", "missing_value"),
    broken("commitment_id", "PJ-2024-C001", "duplicate", "line 2"),
    broken("label_zh", "科教与人才两大城市战略", "duplicate", "line 2"),
    broken("label_zh", "长" * 21, "bad_value", "20"),
    broken("label_en", "x" * 61, "bad_value", "60"),
    case(
        "no number", cell("targets.csv", "PJ-2024-T01", "value", "90%"), "bad_value", "targets.csv line 2, value", "90%"
    ),
    case(
        "key of two",
        rewritten(no_two_columns_alike, "vocabulary.csv"),
        "duplicate",
        "vocabulary + code",
        "testable + no",
    ),
]


@pytest.mark.parametrize(("edit", "kind", "parts"), BROKEN_CELLS)
def test_a_broken_cell_is_refused_with_line_column_and_what_was_found(data, edit, kind, parts):
    edit(data)
    error = refusal(data)
    assert says(error, kind, parts), error


def test_an_integer_too_large_for_its_column_is_refused(data):
    cell("reports.csv", "PJ-GWR-2014", "congress_no", "9" * 30)(data)
    assert says(refusal(data), "bad_value", ["reports.csv line 2, congress_no"])


def field(name, kind, **more):
    texts = dict.fromkeys(["title", "title_zh", "description", "description_zh"], "…")
    return {"name": name, "type": kind, **texts, **more}


def small_table():
    fields = [
        field("name", "string", constraints={"required": True}),
        field("count", "integer"),
        field("share", "number"),
        field("is_new", "boolean"),
        field("seen_on", "date"),
        field("size", "string", vocabulary="size"),
    ]
    texts = dict.fromkeys(["title", "title_zh", "description", "description_zh"], "…")
    package = {"resources": [{"name": "things", "path": "things.csv", **texts, "schema": {"fields": fields}}]}
    return parse_codebook(package, "here")["things"]


def test_cells_take_the_type_and_columns_the_order_of_the_codebook():
    sizes = pd.CategoricalDtype(["small", "large"], ordered=True)
    header = ["size", "seen_on", "is_new", "share", "count", "name"]
    rows = [(2, ["large", "2024-02-29", "true", "-0.5", "-7", "甲"]), (4, ["", "", "", "", "", "NA"])]
    expected = pd.DataFrame(
        {
            "name": pd.Series(["甲", "NA"], dtype="str"),
            "count": pd.Series([-7, None], dtype="Int64"),
            "share": pd.Series([-0.5, None], dtype="Float64"),
            "is_new": pd.Series([True, None], dtype="boolean"),
            "seen_on": pd.Series([pd.Timestamp(2024, 2, 29), None], dtype="datetime64[us]"),
            "size": pd.Series(["large", None], dtype=sizes),
        }
    )
    pd.testing.assert_frame_equal(to_typed(header, rows, small_table(), {"size": sizes}, "things.csv"), expected)


def test_every_column_of_every_table_has_the_type_its_codebook_gives():
    types = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[us]"}
    tables, bad = load_tables(), []
    for row in codebook().itertuples():
        found = tables[row.table][row.column].dtype
        if found != ("category" if row.vocabulary else types[row.type]):
            bad.append((row.table, row.column, found))
        if row.vocabulary and list(found.categories) != load_vocabulary(row.vocabulary)["code"].tolist():
            bad.append((row.table, row.column, list(found.categories)))
    assert bad == []


def test_lists_that_have_an_order_are_ordered_and_others_are_not():
    commitments = load_commitments().select_dtypes("category")
    ordered = [name for name in commitments if commitments[name].cat.ordered]
    assert ordered == ["verb_force", "strength", "stage", "title_stage", "bid_level", "testable"]
    assert commitments["verb_force"].max() == "guarantee"
