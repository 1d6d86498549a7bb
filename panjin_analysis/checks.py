"""Rules that hold between rows and between tables, checked once, on load."""

from pathlib import Path

import pandas as pd

from panjin_analysis import rules
from panjin_analysis.errors import DataError
from panjin_analysis.schema import Table
from panjin_analysis.text import coding

Tables = dict[str, pd.DataFrame]
Paths = dict[str, Path]

# Lists whose codes the rules name; another code needs another rule first.
_RULED = {
    "verb_force": coding.FORCES,
    "number_constraint": ("none", *rules.BINDS),
    "stage": rules.STAGES,
    "title_stage": rules.TITLE_STAGES,
}


def check_all(tables: Tables, codebook: dict[str, Table], paths: Paths) -> None:
    """Stop at the first row that breaks a rule between rows or tables.

    Raises
    ------
    DataError
        Naming the table, the row and the column.
    """
    _check_lists(tables, paths)
    check_references(tables, codebook, paths)
    _check_spans(tables, paths)
    _check_roles(tables, paths)
    _check_wording(tables, paths)
    check_commitments(tables, paths)
    _check_alternatives(tables, paths)
    _check_targets(tables, paths)
    _check_codings(tables, paths)
    _check_observations(tables, paths)
    _check_links(tables, paths)
    _check_assessments(tables, paths)
    _check_profiles(tables, paths)


def _check_lists(tables: Tables, paths: Paths) -> None:
    """The lists that rules are written for have just the codes that the rules know."""
    codes = tables["vocabulary"].groupby("vocabulary")["code"].agg(list)
    for name, known in _RULED.items():
        if codes.get(name) != list(known):
            place, found = f"{paths['vocabulary']} {name}", ", ".join(codes.get(name, []))
            raise DataError("broken_rule", where=place, expected=", ".join(known), found=found)


def check_references(
    tables: Tables,
    codebook: dict[str, Table],
    paths: Paths,
    *,
    others: Tables | None = None,
    lines: dict[str, list[int]] | None = None,
) -> None:
    """Stop at an id that its table does not have.

    Parameters
    ----------
    tables, codebook, paths
        The frames, what describes those to be checked, and their files.
    others
        The tables that ids are looked up in; ``tables`` themselves by default.
    lines
        The line of each row in its file; without them a message names a row by its key.

    Raises
    ------
    DataError
        Naming the file, the row, the column and the table that lacks the id.
    """
    others = tables if others is None else others
    for name, table in codebook.items():
        for column, other, key in table.foreign_keys:
            frame = tables[name]
            wrong = frame[frame[column].notna() & ~frame[column].isin(others[other][key].dropna())]
            for row in wrong.index:
                at = f"line {lines[name][row]}" if lines else " ".join(str(frame[key][row]) for key in table.key)
                place = f"{paths[name]} {at}, {column}"
                raise DataError("unknown_reference", where=place, expected=other, found=frame[column][row])


def _check_spans(tables: Tables, paths: Paths) -> None:
    """Segments follow each other inside their text; commitments lie inside their segment."""
    segments, commitments = tables["segments"], tables["commitments"]
    rule = _Rule(tables, "segments", "segment_id", paths)
    before = segments.groupby("report_id")["end"].shift(fill_value=0)
    lengths = segments["report_id"].map(tables["reports"].set_index("report_id")["text_characters"])
    rule.require(segments["start"] >= before, "start", "at least " + before.astype(str))
    rule.require(segments["end"] > segments["start"], "end", "more than start")
    rule.require(segments["end"] <= lengths, "end", "at most " + lengths.astype(str))
    rule = _Rule(tables, "commitments", "commitment_id", paths)
    home = segments.set_index("segment_id").loc[commitments["segment_id"].tolist()].reset_index()
    for column in ("report_id", "section_no", "paragraph_no", "clause_no"):
        same = (home[column] == commitments[column]) | (home[column].isna() & commitments[column].isna())
        rule.require(same, column, home[column].astype(str))
    starts_inside = (commitments["start"] >= home["start"]) & (commitments["start"] < commitments["end"])
    rule.require(starts_inside, "start", "at least " + home["start"].astype(str))
    rule.require(commitments["end"] <= home["end"], "end", "at most " + home["end"].astype(str))


def _check_roles(tables: Tables, paths: Paths) -> None:
    """Every segment with the role of a commitment holds one."""
    segments, commitments = tables["segments"], tables["commitments"]
    filled = (segments["role"] != "commitment") | segments["segment_id"].isin(commitments["segment_id"])
    rule = _Rule(tables, "segments", "segment_id", paths)
    rule.require(filled, "role", "a role other than commitment, or a row in commitments.csv")


def _check_wording(tables: Tables, paths: Paths) -> None:
    """Verb force and the reason why something cannot be tested follow from the rest."""
    commitments = tables["commitments"]
    rule = _Rule(tables, "commitments", "commitment_id", paths)
    lexicon = tables["verb_lexicon"].set_index("verb")["verb_force"].astype(str)
    is_slogan = commitments["untestable_reason"].astype(str) == "slogan"
    forces = [
        coding.verb_force(force, has_number=number, is_slogan=slogan)
        for force, number, slogan in zip(
            commitments["verb"].map(lexicon), commitments["number_constraint"] != "none", is_slogan, strict=True
        )
    ]
    expected = pd.Series(forces, index=commitments.index)
    rule.require(commitments["verb_force"].astype(str) == expected, "verb_force", expected)
    has_reason = (commitments["testable"] == "no") == commitments["untestable_reason"].notna()
    rule.require(has_reason, "untestable_reason", "a reason exactly where testable is no")
    is_direction = ~is_slogan | (commitments["type"] == "direction")
    rule.require(is_direction, "type", "direction, because its object is a slogan")


def check_commitments(tables: Tables, paths: Paths) -> None:
    """Stop at a commitment that does not agree with its own codes, its clause or its quantity.

    The rules hold for the bundled tables and for what a user adopted: strength follows
    from force and striving, a commitment stands in a clause of that role, and it has a
    number constraint exactly where it has a target.

    Raises
    ------
    DataError
        Naming the file, the row and the column.
    """
    commitments = tables["commitments"]
    rule = _Rule(tables, "commitments", "commitment_id", paths)
    strengths = [
        coding.strength(force, is_striving=striving)
        for force, striving in zip(commitments["verb_force"].astype(str), commitments["is_striving"], strict=True)
    ]
    expected = pd.Series(strengths, index=commitments.index, dtype="str")
    rule.require(commitments["strength"].astype(str) == expected, "strength", expected)
    roles = commitments["segment_id"].map(tables["segments"].set_index("segment_id")["role"].astype(str))
    rule.require(roles == "commitment", "segment_id", "a segment with role commitment")
    has_target = commitments["commitment_id"].isin(tables["targets"]["commitment_id"])
    is_bound = commitments["number_constraint"] != "none"
    rule.require(is_bound == has_target, "number_constraint", "none exactly where there is no target")


def _check_alternatives(tables: Tables, paths: Paths) -> None:
    """Another force of a verb is one step from the lexicon's; an adverb is no matter of the lexicon."""
    alternatives = tables["verb_alternatives"]
    rule = _Rule(tables, "verb_alternatives", "word", paths)
    rank = {force: place for place, force in enumerate(coding.FORCES)}
    own = alternatives["word"].map(tables["verb_lexicon"].set_index("verb")["verb_force"].astype(str).map(rank))
    step = (alternatives["verb_force"].astype(str).map(rank) - own).abs()
    rule.require(alternatives["is_adverb"] | own.notna(), "word", "a verb of verb_lexicon.csv")
    rule.require(alternatives["is_adverb"] | (step == 1), "verb_force", "one step from the force in verb_lexicon.csv")


def _check_targets(tables: Tables, paths: Paths) -> None:
    """Quantified commitments and targets belong together; a target is measured as its indicator is."""
    commitments, targets = tables["commitments"], tables["targets"]
    rule = _Rule(tables, "commitments", "commitment_id", paths)
    has_target = commitments["commitment_id"].isin(targets["commitment_id"])
    is_quantified = commitments["type"] == "quantified_target"
    rule.require(is_quantified == has_target, "type", "quantified_target exactly where targets.csv has a row")
    rule = _Rule(tables, "targets", "target_id", paths)
    registered = tables["indicators"].set_index("indicator_id")
    for column in ("unit", "quantity_kind", "desired_direction"):
        expected = targets["indicator_id"].map(registered[column].astype(str))
        rule.require(targets[column].astype(str) == expected, column, expected)
    binding = targets["commitment_id"].map(commitments.set_index("commitment_id")["number_constraint"].astype(str))
    allowed = binding.map(lambda constraint: " or ".join(sorted(rules.BINDS[constraint])))
    right = [c in a.split(" or ") for c, a in zip(targets["comparator"], allowed, strict=True)]
    rule.require(pd.Series(right, index=targets.index), "comparator", allowed)
    rule.require(targets["period_end"] >= targets["period_start"], "period_end", "not before period_start")
    has_range = (targets["comparator"] == "range") == targets["value_max"].notna()
    rule.require(has_range, "value_max", "an upper value exactly where the comparator is range")


def _check_codings(tables: Tables, paths: Paths) -> None:
    """Both passes coded the same units and fields."""
    codings = tables["codings"]
    both = codings.groupby(["round", "segment_id", "unit_part", "field"])["coding_pass"].transform("nunique") == 2
    _Rule(tables, "codings", "segment_id", paths).require(both, "coding_pass", "a row of each pass")


def _check_observations(tables: Tables, paths: Paths) -> None:
    """A number goes with a unit and a kind that has one; what is located lies inside its text."""
    observations = tables["observations"]
    rule = _Rule(tables, "observations", "observation_id", paths)
    has_number = observations["value"].notna()
    numeric = observations["kind"].isin(["target", "result"])
    rule.require(numeric == has_number, "kind", "target or result exactly where there is a value")
    for column in ("unit", "comparator"):
        rule.require(observations[column].notna() == has_number, column, "a code exactly where there is a value")
    is_result = observations["kind"].isin(["result", "qualitative_result"])
    rule.require(observations["status"].notna() == is_result, "status", "a status exactly where it is a result")
    registered = observations["indicator_id"].map(tables["indicators"].set_index("indicator_id")["unit"].astype(str))
    right = registered.isna() | (observations["unit"].astype("str") == registered)
    rule.require(right, "unit", registered)
    lengths = observations["report_id"].map(tables["reports"].set_index("report_id")["text_characters"])
    located = observations["start"].notna()
    inside = (observations["end"] > observations["start"]) & (observations["end"] <= lengths)
    rule.require(~located | inside.fillna(False), "end", "a place inside the text, after start")
    rule.require(located == observations["span_sha1"].notna(), "span_sha1", "a hash exactly where there are offsets")


def _check_links(tables: Tables, paths: Paths) -> None:
    """Links join the right years; new and dropped are said only where the other plan was read in full."""
    links = tables["links"]
    rule = _Rule(tables, "links", "link_id", paths)
    commitments = tables["commitments"]["commitment_id"]
    for relation in links["relation"].cat.categories:
        has_row = commitments.isin(links.loc[links["relation"] == relation, "commitment_id"])
        missing = commitments[~has_row]
        if len(missing):
            place = f"{paths['links']} {missing.iloc[0]}"
            raise DataError("broken_rule", where=place, expected=f"a row with relation {relation}", found="none")
    alone = links["code"].isin(rules.WITHOUT_OTHER_SIDE)
    rule.require(
        links["observation_id"].isna() == alone, "observation_id", "empty exactly where there is no other side"
    )
    rule.require(links["comparability"].isna() == alone, "comparability", "empty exactly where there is no other side")
    years = tables["observations"].set_index("observation_id")["report_id"].str[-4:].astype("Int64")
    right = alone | (links["observation_id"].map(years) == links["report_year"])
    rule.require(right, "report_year", "the year of the observation's report")
    plans = tables["coverage"].query("part == 'plan'").groupby("report_id")["extent"].min()
    read = ("PJ-GWR-" + links["report_year"].astype("str")).map(plans.astype("str"))
    guarded = links["code"].isin(rules.NEEDS_FULL_READING)
    rule.require(~guarded | (read == "full"), "code", "not new or dropped: that year's plan was not read in full")
    _check_ambition(tables, rule)


def _check_ambition(tables: Tables, rule: "_Rule") -> None:
    """Where both sides are numbers of one indicator, the code is the one that the numbers give."""
    links = tables["links"].copy()
    observed = tables["observations"].set_index("observation_id")
    targets = tables["targets"].set_index("commitment_id")
    for row in links[links["relation"] != "result"].dropna(subset=["observation_id"]).itertuples():
        other = observed.loc[row.observation_id]
        if row.commitment_id not in targets.index or pd.isna(other["indicator_id"]):
            continue
        target = targets.loc[row.commitment_id]
        if other["indicator_id"] != target["indicator_id"]:
            continue
        sides = [(other["value"], str(other["comparator"])), (target["value"], str(target["comparator"]))]
        (old, old_limit), (new, new_limit) = sides if row.relation == "forebear" else sides[::-1]
        code = rules.compare_ambition(old, new, str(target["desired_direction"]), old_limit, new_limit)
        allowed = (
            {code, "reinstated", "wording_hardened", "wording_softened"}
            if code == "unchanged"
            else {code, "reinstated"}
        )
        right = pd.Series(links.index != row.Index, index=links.index) | links["code"].isin(allowed)
        rule.require(right, "code", code)


def _check_assessments(tables: Tables, paths: Paths) -> None:
    """A stored rating is the one that its rule gives today."""
    stored = tables["assessments"]
    rule = _Rule(tables, "assessments", "commitment_id", paths)
    for as_of, rows in stored.groupby("as_of"):
        given = rules.assess(tables, as_of).set_index("commitment_id")
        for column in ("code", "rule_id", "evidence_ids", "comparability", "is_estimate"):
            expected = stored["commitment_id"].map(given[column].astype("str"))
            same = (stored[column].astype("str") == expected) | (stored[column].isna() & expected.isna())
            rule.require(same | ~stored.index.isin(rows.index), column, expected)


def _check_profiles(tables: Tables, paths: Paths) -> None:
    """Only commitments have a strength; no more characters are counted than a text has; one extractor read all."""
    profiles, terms = tables["report_profiles"], tables["key_terms"]
    rule = _Rule(tables, "report_profiles", "profile_id", paths)
    filled = profiles["strength"].notna() == (profiles["role"] == "commitment")
    rule.require(filled, "strength", "a strength exactly where the role is commitment")
    version = profiles["extractor_version"].iloc[0]
    rule.require(profiles["extractor_version"] == version, "extractor_version", version)
    rule = _Rule(tables, "key_terms", "term_id", paths)
    rule.require(terms["extractor_version"] == version, "extractor_version", version)
    lengths = terms["report_id"].map(tables["reports"].set_index("report_id")["text_characters"])
    rule.require(terms["characters"] <= lengths, "characters", "at most " + lengths.astype(str))


class _Rule:
    """Says which row of a table breaks a rule, what the rule gives and what stands there."""

    def __init__(self, tables: Tables, name: str, key: str, paths: Paths):
        self.frame, self.key, self.path = tables[name], key, paths[name]

    def require(self, right: pd.Series, column: str, expected: pd.Series | str) -> None:
        """Stop at the first row for which ``right`` is not true."""
        wrong = self.frame.index[~right.to_numpy(dtype=bool, na_value=False)]
        if len(wrong):
            row = wrong[0]
            value = expected if isinstance(expected, str) else expected[row]
            place = f"{self.path} {self.frame[self.key][row]}, {column}"
            raise DataError("broken_rule", where=place, expected=value, found=self.frame[column][row])
