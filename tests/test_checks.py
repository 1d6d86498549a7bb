"""Rules between rows and tables: each one stops a folder that breaks it."""

import pytest
from test_load import case, cell, refusal, says

from panjin_analysis import load
from panjin_analysis.text import coding

IDS = {
    "commitments": "PJ-2024-C{:03}", "segments": "PJ-2024-S{:03}", "targets": "PJ-2024-T{:02}", "verb_alternatives": "{}",
}  # fmt: skip


def broken(table, number, column, value, *expected, kind="broken_rule", at=None):
    """Return one cell that breaks a rule, and what the message must name: row, column, expected and found."""
    row = IDS[table].format(number)
    parts = [at] if at else [f"{table}.csv {row}, {column}", value]
    return case(f"{row} {column} {value}", cell(f"{table}.csv", row, column, value), kind, *parts, *expected)


BROKEN_RULES = [
    broken("commitments", 2, "verb", "腾飞", "verb_lexicon", kind="unknown_reference"),
    broken("targets", 1, "commitment_id", "PJ-2024-C999", "commitments", kind="unknown_reference"),
    # Segments overlap, hold nothing, or end beyond the text.
    broken("segments", 3, "start", "36", "at least 37"),
    broken("segments", 3, "end", "37", "more than start"),
    broken("segments", 158, "end", "99999", "at most "),
    # A commitment begins before its segment, ends after it, holds nothing, or is numbered as another clause.
    broken("commitments", 2, "start", "60", "at least 62"),
    broken("commitments", 2, "end", "76", "at most 75"),
    broken("commitments", 2, "end", "62", at="commitments.csv PJ-2024-C002, start"),
    broken("commitments", 2, "clause_no", "3", "the rule gives 2"),
    # A commitment in a segment of another role, and a segment of that role without a commitment.
    broken("segments", 2, "role", "rhetoric", "role commitment", at="commitments.csv PJ-2024-C001, segment_id"),
    broken("segments", 3, "role", "commitment", "commitments.csv"),
    # Wording that does not follow from the verb, the number and the slogan.
    broken("commitments", 2, "verb_force", "deliver", "implement"),
    broken("commitments", 2, "strength", "strive", "implement"),
    broken("commitments", 1, "type", "institutional", "direction"),
    broken("commitments", 2, "untestable_reason", "no_criterion", "testable is no"),
    broken("commitments", 4, "untestable_reason", "", "testable is no", at="PJ-2024-C004, untestable_reason"),
    # An alternative of a verb that the lexicon lacks, or that is no step or two steps away.
    broken("verb_alternatives", "做好", "word", "腾飞", "verb_lexicon.csv", at="verb_alternatives.csv 腾飞, word"),
    broken("verb_alternatives", "做好", "verb_force", "implement", "one step"),
    broken("verb_alternatives", "做好", "verb_force", "support", "one step"),
    # Quantified commitments and targets that do not belong together.
    broken("commitments", 2, "type", "quantified_target", "targets.csv"),
    broken("commitments", 3, "type", "deliverable", "quantified_target"),
    broken("commitments", 3, "number_constraint", "none", "no target"),
    broken("targets", 1, "comparator", "ge", "the rule gives eq"),
    broken("targets", 1, "unit", "person", "the rule gives %"),
    broken("targets", 1, "value_max", "95", "range"),
]


@pytest.mark.parametrize(("edit", "kind", "parts"), BROKEN_RULES)
def test_a_broken_rule_is_refused_with_row_column_and_what_was_expected(data, edit, kind, parts):
    edit(data)
    error = refusal(data)
    assert says(error, kind, parts), error


def test_the_tables_as_they_stand_break_no_rule(data):
    assert set(load.load_tables(data)) == {path.stem for path in data.glob("*.csv")}


def test_forces_are_the_vocabulary_s_own_in_its_order():
    assert list(coding.FORCES) == load.load_vocabulary("verb_force")["code"].tolist()


@pytest.mark.parametrize(
    ("lexicon", "has_number", "is_slogan", "expected"),
    [
        ("support", False, False, "support"),
        ("support", True, False, "deliver"),
        ("guarantee", True, False, "guarantee"),
        ("guarantee", False, True, "advance"),
        ("support", False, True, "support"),
        ("deliver", True, True, "advance"),
    ],
)
def test_a_number_lifts_the_force_and_a_slogan_caps_it(lexicon, has_number, is_slogan, expected):
    assert coding.verb_force(lexicon, has_number=has_number, is_slogan=is_slogan) == expected
