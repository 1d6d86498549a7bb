"""What came of the commitments: evidence that counts or not, and the answer under every choice."""

import pandas as pd
import pytest

from panjin_analysis.compare import count_fulfilment, fulfilment, fulfilment_range
from panjin_analysis.load import load_commitments
from panjin_analysis.rules import STAGES, Choices, assess

REACHED = ["exceeded", "met", "met_late"]


def assessed(evidence=(), *, testable="yes", title=None, stage=None, target=None, as_of="2025-01-08", **choices):
    """Rate one commitment of 2024 on evidence: (id, report, value or stage or title, year, comparability, status)."""
    rows = [dict(zip(["id", "report", "said", "year", "comparability", "status"], e, strict=True)) for e in evidence]
    found = pd.DataFrame(rows, columns=["id", "report", "said", "year", "comparability", "status"])
    said = found["said"]
    observations = pd.DataFrame(
        {
            "observation_id": found["id"], "report_id": found["report"], "refers_to_year": found["year"].astype("Int64"),
            "indicator_id": "homes", "value": pd.to_numeric(said, errors="coerce"), "comparator": "eq",
            "stage": said.where(said.isin(STAGES)).astype("str"), "title_stage": said.astype("str"), "status": found["status"],
        }
    )  # fmt: skip
    comparability = pd.Categorical(found["comparability"], ["other", "near", "same"], ordered=True)
    links = pd.DataFrame(
        {"commitment_id": "C1", "observation_id": found["id"], "code": "evidence", "comparability": comparability}
    )
    due = pd.Timestamp("2024-12-31")
    commitment = {"commitment_id": ["C1"], "testable": testable, "title_stage": title, "stage": stage, "due_on": due}
    numbers = {
        "commitment_id": ["C1"], "indicator_id": "homes", "value": target, "value_max": None, "comparator": "eq",
        "desired_direction": "up", "quantity_kind": "share", "period_end": due,
    }  # fmt: skip
    days = pd.to_datetime(["2025-01-08", "2026-01-08"])
    tables = {
        "commitments": pd.DataFrame(commitment), "targets": pd.DataFrame(numbers).dropna(subset="value"),
        "observations": observations, "links": links,
        "reports": pd.DataFrame({"report_id": ["R25", "R26"], "delivered_on": days}),
    }  # fmt: skip
    return assess(tables, pd.Timestamp(as_of), Choices(**choices)).iloc[0]


IN_TIME = ("O1", "R25", 95, 2024, "same", "final")
LATE = ("O2", "R26", 95, 2025, "same", "final")
NEAR = ("O3", "R25", 95, 2024, "near", "final")
ESTIMATE = ("O4", "R25", 95, 2024, "same", "estimate")
OTHER = ("O5", "R25", 95, 2024, "other", "final")


def codes(*evidence, **rest):
    return tuple(assessed(evidence, **rest)[["code", "rule_id"]])


def test_r0_what_cannot_be_tested_is_not_assessed_even_with_evidence():
    assert codes(IN_TIME, testable="no", target=90) == ("not_assessable", "R0")


def test_r8_no_evidence_is_no_evidence_and_before_or_on_the_due_day_not_due():
    assert codes(target=90) == ("no_evidence", "R8")
    assert [codes(target=90, as_of=day)[0] for day in ("2024-12-31", "2025-01-01")] == ["not_due", "no_evidence"]


def test_evidence_from_a_report_delivered_later_does_not_count():
    assert codes(IN_TIME, target=90, as_of="2025-01-07") == ("no_evidence", "R8")
    assert codes(IN_TIME, target=90, as_of="2025-01-08") == ("exceeded", "R1")


def test_r7_what_came_late_is_met_late_where_late_counts():
    assert codes(LATE, target=90, as_of="2026-02-01") == ("met_late", "R7")
    assert codes(LATE, target=90, as_of="2026-02-01", count_late=False) == ("not_met", "R7")
    assert codes(LATE, target=99, as_of="2026-02-01") == ("not_met", "R1")


def test_what_was_built_in_time_is_not_late_because_it_is_in_use_a_year_later():
    built, used = ("O1", "R25", "built", 2024, "same", "final"), ("O2", "R26", "in_use", 2025, "same", "final")
    assert codes(built, used, stage="built", as_of="2026-02-01") == ("met", "R4")


def test_near_evidence_counts_unless_it_is_not_accepted_and_the_same_goes_first():
    assert codes(NEAR, target=90) == ("exceeded", "R1")
    assert codes(NEAR, target=90, accept_near=False) == ("no_evidence", "R8")
    both = assessed([NEAR, IN_TIME], target=90)
    assert (both["evidence_ids"], both["comparability"]) == ("O1", "same")


def test_evidence_on_the_aim_alone_never_counts():
    assert codes(OTHER, target=90) == codes(OTHER) == ("no_evidence", "R8")


def test_r9_an_estimate_is_marked_and_counts_unless_it_is_not_accepted():
    rated = assessed([ESTIMATE], target=90)
    assert (rated["code"], rated["is_estimate"]) == ("exceeded", True)
    assert not assessed([IN_TIME], target=90)["is_estimate"]
    assert codes(ESTIMATE, target=90, accept_estimate=False) == ("no_evidence", "R8")


def test_an_act_without_a_stage_is_to_be_built_and_one_without_an_end_is_progress_at_most():
    motion = ("O1", "R25", "launch", 2024, "same", "final")
    silent = ("O2", "R25", None, 2024, "same", "final")
    assert [codes(silent, testable=t)[0] for t in ("yes", "partly")] == ["partly_met", "progress"]
    assert [codes(motion, testable=t)[0] for t in ("yes", "partly")] == ["not_met", "progress"]
    assert codes(motion, stage="launch") == ("met", "R4")


def test_a_line_on_a_part_of_what_was_promised_shows_that_part_alone():
    near, same = (("O1", "R25", "built", 2024, side, "final") for side in ("near", "same"))
    assert [codes(said, testable="yes")[0] for said in (near, same)] == ["partly_met", "met"]


def test_a_bid_for_a_title_is_progress_until_it_is_won_and_a_title_to_keep_must_be_held():
    said = {stage: ("O1", "R25", stage, 2024, "same", "final") for stage in ("bid", "won", "keep")}
    assert [codes(said[s], title="create") for s in said] == [("progress", "R4"), ("met", "R4"), ("met", "R4")]
    expected = [("no_evidence", "R8"), ("met", "R4"), ("met", "R4")]
    assert [codes(said[s], title="keep") for s in said] == expected


@pytest.fixture(scope="module")
def rated():
    return fulfilment()


def test_there_is_one_row_per_commitment_in_their_order(rated):
    assert rated["commitment_id"].tolist() == load_commitments()["commitment_id"].tolist()


def test_on_the_due_day_nothing_is_due_and_a_day_later_nothing_is_known():
    on, after = (fulfilment(day)["code"].value_counts() for day in ("2024-12-31", "2025-01-01"))
    assert on[on > 0].to_dict() == {"not_assessable": 69, "not_due": 64}
    assert after[after > 0].to_dict() == {"not_assessable": 69, "no_evidence": 64}


def test_nothing_untestable_is_rated_and_all_else_is(rated):
    assert (rated["code"] == "not_assessable").tolist() == (rated["testable"] == "no").tolist()


def test_counts_add_up_to_all_commitments_and_a_domain_to_a_hundred_per_cent(rated):
    counts = count_fulfilment(rated)
    assert counts["count"].sum() == 133
    by_domain = counts.groupby("domain", observed=True)
    assert (by_domain["share_pct"].sum().round(6) == 100).all()
    assert by_domain["total"].first().to_dict() == rated["domain"].value_counts().loc[lambda n: n > 0].to_dict()


def test_counts_are_those_of_three_rows_worked_by_hand():
    rows = pd.DataFrame(
        {
            "commitment_id": ["C1", "C2", "C3"],
            "domain": pd.Categorical(["health", "health", "talent"]),
            "code": pd.Categorical(["met", "met", "no_evidence"], ["met", "not_met", "no_evidence"]),
            "is_estimate": pd.array([True, False, False], dtype="boolean"),
        }
    )
    counts = count_fulfilment(rows)
    assert [tuple(row) for row in counts.itertuples(index=False)] == [
        ("health", "met", 2, 1, 2, 100.0), ("health", "no_evidence", 0, 0, 2, 0.0),
        ("talent", "met", 0, 0, 1, 0.0), ("talent", "no_evidence", 1, 0, 1, 100.0),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def ranged():
    return fulfilment_range()


def test_every_combination_of_choices_stands_once_in_the_range(ranged):
    choices = ["tolerance_pct", "accept_estimate", "count_late", "accept_near", "count_progress", "unit", "base"]
    assert len(ranged) == 3 * 2 * 2 * 2 * 2 * 3 * 2
    assert not ranged.duplicated(choices).any()


def test_the_standard_choices_give_the_shares_counted_by_hand(rated, ranged):
    standard = "tolerance_pct == 5 and accept_estimate and count_late and accept_near and not count_progress"
    found = ranged.query(standard).set_index(["unit", "base"])
    testable, seen = (
        rated[rated["testable"] != "no"],
        rated[rated["evidence_ids"].notna() & (rated["testable"] != "no")],
    )
    clause = load_commitments().set_index("commitment_id")["segment_id"]
    for base, rows in {"testable": testable, "with_evidence": seen}.items():
        reached = rows["code"].isin(REACHED)
        by_clause = reached.groupby(rows["commitment_id"].map(clause)).all()
        by_domain = reached.groupby(rows["domain"].astype("str")).mean()
        shares = {"commitment": reached.mean(), "clause": by_clause.mean(), "domain": by_domain.mean()}
        assert found["reached_pct"].xs(base, level="base").to_dict() == pytest.approx(
            {unit: 100 * share for unit, share in shares.items()}
        )


def test_a_stricter_choice_never_raises_how_many_commitments_were_reached(ranged):
    choices = ["tolerance_pct", "accept_estimate", "count_late", "accept_near", "count_progress", "base"]
    commitments = ranged[ranged["unit"] == "commitment"]
    for choice in choices[1:5]:
        reached = commitments.pivot(index=[c for c in choices if c != choice], columns=choice, values="reached")
        assert (reached[False] <= reached[True]).all()


def test_a_share_is_missing_where_nothing_is_counted():
    early = fulfilment_range("2024-06-30")
    assert early["counted"].eq(0).all()
    assert early["reached_pct"].isna().all()
