"""What other reports say, as it stands: landmarks by one call each, provenance, and rules checked on load."""

import itertools
import re

import pytest
from test_load import case, cell, refusal, rows_changed, says

from panjin_analysis.compare import add_result, history, promises
from panjin_analysis.load import load_indicators, load_observations, load_table, load_targets
from panjin_analysis.quotes import with_quotes

TIMES = {"": 1, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12}
# Words that print a number without digits.
WORDS = {0: "零|无|未|不再|不伤亡", 0.5: "半", 2: "两", 10: "十", 100: "全|百分之百", 10_000: r"(?<!\d)万"}
WORDS |= dict(enumerate("一二三四五六七八九", 1))


def test_the_inclusive_kindergarten_share_is_followed_from_2022_to_2025():
    rows = history("inclusive_kindergarten_share")[["refers_to_year", "kind", "value"]]
    assert [tuple(row) for row in rows.itertuples(index=False)] == [
        (2022, "target", 84), (2022, "result", 85), (2024, "target", 90), (2024, "result", 90.6), (2025, "target", 91),
    ]  # fmt: skip


def test_the_public_kindergarten_share_is_another_indicator():
    inclusive, public = (
        set(history(f"{name}_kindergarten_share")["observation_id"]) for name in ("inclusive", "public")
    )
    assert public
    assert not inclusive & public


@pytest.mark.parametrize(
    ("indicator", "target", "result", "comparability"),
    [
        ("home_adaptation_households", 317, 504, "near"),
        ("new_childcare_places", 500, 640, "same"),
        ("disabled_children_rehabilitated", 200, 223, "same"),
        ("high_level_talents", 20, 31, "same"),
    ],
)
def test_a_target_of_2024_has_the_result_that_the_next_report_gives(indicator, target, result, comparability):
    row = add_result(load_targets()).set_index("indicator_id").loc[indicator]
    assert row[["value", "result", "comparability"]].tolist() == [target, result, comparability]


@pytest.mark.parametrize(
    ("promise", "plans", "last"),
    [
        ("oil_college", [2021, 2022, 2023, 2024], (2025, "review")),
        ("presold_homes", [2023, 2024, 2025], (2025, "plan")),
    ],
)
def test_a_promise_comes_back_year_after_year(promise, plans, last):
    rows = promises().query("promise_id == @promise")
    assert rows.loc[rows["part"] == "plan", "report_year"].tolist() == plans
    assert tuple(rows.iloc[-1][["report_year", "part"]]) == last


def test_the_start_up_city_was_a_national_title_in_2022_and_a_provincial_one_in_2024():
    links = load_table("links").merge(load_observations(), on="observation_id", suffixes=("", "_observed"))
    row = links[(links["commitment_id"] == "PJ-2024-C042") & (links["relation"] == "forebear")].squeeze()
    assert row["report_year"] == 2022
    assert row["label_en"] == "Bid for national start-up city status"
    own = load_table("commitments").set_index("commitment_id").loc["PJ-2024-C042"]
    assert own[["label_en", "bid_level"]].tolist() == ["Bid for provincial start-up city status", "province"]


def test_every_commitment_has_a_row_of_each_relation():
    commitments, links = load_table("commitments")["commitment_id"], load_table("links")
    for relation, rows in links.groupby("relation", observed=False):
        missing = commitments[~commitments.isin(rows["commitment_id"])]
        assert missing.empty, (relation, missing.tolist())


@pytest.mark.parametrize("name", ["gdp", "general_budget_revenue", "fixed_asset_investment", "retail_sales"])
def test_levels_that_were_revised_have_a_break_between_every_two_reports(name):
    rows = history(name)
    assert rows.groupby("series")["report_id"].nunique().max() == 1
    held = load_table("reports").query("held != 'none'")["report_year"]
    breaks = load_table("breaks").query("indicator_id == @name")["from_year"]
    # What a report says of the year before stands apart from what the next report held says of its own.
    missing = [(a, b) for a, b in itertools.pairwise(held) if not breaks.between(a, b - 1).any()]
    assert missing == []


@pytest.fixture(scope="module")
def quoted(reports):
    """Return the observations with offsets, their words and sentences; a hash that differs stops here."""
    located = load_observations().dropna(subset=["start"])
    return with_quotes(located, reports / "panjin")


def test_every_observation_of_a_report_that_is_held_stands_in_its_text(quoted):
    held = load_table("reports").query("held != 'none'")["report_id"]
    observed = load_observations()
    assert set(quoted["observation_id"]) == set(observed.loc[observed["report_id"].isin(held), "observation_id"])
    assert (quoted["quote"].str.strip() != "").all()


def digits(text: str) -> set[float]:
    """Return the numbers that a text prints in digits, with 万 and 亿; a fall is negative too."""
    found = [float(n.replace(",", "")) * TIMES[t] for n, t in re.findall(r"(\d[\d,]*\.?\d*)(万亿|亿|万|千|)", text)]
    return {sign * round(number, 2) for number in found for sign in (1, -1)}


def printed(span: str, sentence: str) -> set[float]:
    """Return the numbers that a span prints, in digits or words, or its sentence in digits."""
    words = {number for number, pattern in WORDS.items() if re.search(pattern, span)}
    return digits(span) | digits(sentence) | words


def test_every_number_is_printed_in_its_span_or_its_sentence(quoted):
    bad = [
        (row.observation_id, float(row.value), row.quote)
        for row in quoted.dropna(subset=["value"]).itertuples()
        if round(float(row.value), 6) not in printed(row.quote, row.context)
    ]
    assert bad == []


def test_a_number_that_is_not_printed_would_be_found(quoted):
    row = quoted.set_index("observation_id").loc["PJ-OBS-0715"]
    assert 90.6 in printed(row["quote"], "")
    assert 90.5 not in printed(row["quote"], row["context"])


def test_an_observation_has_the_unit_of_its_indicator():
    observed = load_observations().dropna(subset=["indicator_id"])
    units = observed["indicator_id"].map(load_indicators().set_index("indicator_id")["unit"].astype("str"))
    bad = observed[observed["unit"].astype("str") != units]
    assert bad.empty, bad.to_string()


def broken(table, row, column, value, *parts, at=None):
    """Return one cell that breaks a rule, and what the message must name."""
    edit = cell(f"{table}.csv", row, column, value)
    return case(f"{row} {column} {value}", edit, "broken_rule", at or f"{table}.csv {row}, {column}", *parts)


def without(row):
    return rows_changed("links.csv", lambda rows: [line for line in rows if line[0] != row])


BROKEN = [
    # New or dropped may be said only where the other year's plan was read in full.
    broken("links", "PJ-LNK-0073", "report_year", "2019", "new", at="links.csv PJ-LNK-0073, code"),
    broken("links", "PJ-LNK-0074", "report_year", "2026", "dropped_silent", at="links.csv PJ-LNK-0074, code"),
    broken("coverage", "PJ-GWR-2023-plan", "extent", "excerpt", "new", at="links.csv PJ-LNK-0073, code"),
    broken("coverage", "PJ-GWR-2025-plan", "extent", "excerpt", "dropped_silent", at="links.csv PJ-LNK-0043, code"),
    # Numbers that contradict the code: 84 to 90, and 10 to at least 7.
    broken("links", "PJ-LNK-0017", "code", "lowered", "raised"),
    broken("links", "PJ-LNK-0155", "code", "raised", "lowered"),
    broken("links", "PJ-LNK-0156", "code", "unchanged", "comparator_hardened"),
    # Links of another year, with a side too few or too many, or not there at all.
    broken("links", "PJ-LNK-0063", "observation_id", "PJ-OBS-0715", "2022", at="links.csv PJ-LNK-0063, report_year"),
    broken("links", "PJ-LNK-0063", "observation_id", ""),
    broken("links", "PJ-LNK-0073", "comparability", "near"),
    case("no successor", without("PJ-LNK-0002"), "broken_rule", "links.csv PJ-2024-C001", "successor"),
    # Ratings that are not those of the rules today.
    broken("assessments", "PJ-2024-C003", "code", "met", "exceeded"),
    broken("assessments", "PJ-2024-C003", "rule_id", "R6", "R1"),
    broken("assessments", "PJ-2024-C003", "evidence_ids", "PJ-OBS-0714", "PJ-OBS-0715"),
    broken("assessments", "PJ-2024-C003", "is_estimate", "true", "False"),
    # Facts without what belongs to them, or outside their text.
    broken("observations", "PJ-OBS-0715", "unit", ""),
    broken("observations", "PJ-OBS-0715", "unit", "person", "%"),
    broken("observations", "PJ-OBS-0715", "status", ""),
    broken("observations", "PJ-OBS-0444", "status", "final"),
    broken("observations", "PJ-OBS-0715", "value", "", at="observations.csv PJ-OBS-0715, kind"),
    broken("observations", "PJ-OBS-0715", "end", "99999"),
    broken("observations", "PJ-OBS-0715", "span_sha1", ""),
]


@pytest.mark.parametrize(("edit", "kind", "parts"), BROKEN)
def test_a_row_that_breaks_a_rule_of_comparison_is_refused_by_its_name(data, edit, kind, parts):
    edit(data)
    error = refusal(data)
    assert says(error, kind, parts), error
