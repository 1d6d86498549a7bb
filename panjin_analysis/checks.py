"""Rules that hold between rows and between tables, checked once, on load."""

from pathlib import Path

import pandas as pd

from panjin_analysis.errors import DataError
from panjin_analysis.schema import Table
from panjin_analysis.text import coding

Tables = dict[str, pd.DataFrame]

# Which comparators agree with how a number binds.
_BINDS = {
    "floor": {"ge", "gt"},
    "ceiling": {"le", "lt"},
    "point": {"eq"},
    "range": {"range"},
    "around": {"approx"},
    "absolute": {"all", "zero"},
}


def check_all(tables: Tables, codebook: dict[str, Table], folder: Path) -> None:
    """Stop at the first row that breaks a rule between rows or tables.

    Raises
    ------
    DataError
        Naming the table, the row and the column.
    """
    _check_references(tables, codebook, folder)
    _check_spans(tables, folder)
    _check_roles(tables, folder)
    _check_wording(tables, folder)
    _check_targets(tables, folder)


def _check_references(tables: Tables, codebook: dict[str, Table], folder: Path) -> None:
    for name, table in codebook.items():
        for column, other, key in table.foreign_keys:
            frame = tables[name]
            wrong = frame[frame[column].notna() & ~frame[column].isin(tables[other][key])]
            for row in wrong.index:
                place = _place(folder, table, frame, row, column)
                raise DataError("unknown_reference", where=place, expected=other, found=frame[column][row])


def _check_spans(tables: Tables, folder: Path) -> None:
    """Segments follow each other inside their text; commitments lie inside their segment."""
    segments, commitments = tables["segments"], tables["commitments"]
    rule = _Rule(tables, "segments", "segment_id", folder)
    before = segments.groupby("report_id")["end"].shift(fill_value=0)
    lengths = segments["report_id"].map(tables["reports"].set_index("report_id")["text_characters"])
    rule.require(segments["start"] >= before, "start", "at least " + before.astype(str))
    rule.require(segments["end"] > segments["start"], "end", "more than start")
    rule.require(segments["end"] <= lengths, "end", "at most " + lengths.astype(str))
    rule = _Rule(tables, "commitments", "commitment_id", folder)
    home = segments.set_index("segment_id").loc[commitments["segment_id"].tolist()].reset_index()
    for column in ("report_id", "section_no", "paragraph_no", "clause_no"):
        same = (home[column] == commitments[column]) | (home[column].isna() & commitments[column].isna())
        rule.require(same, column, home[column].astype(str))
    starts_inside = (commitments["start"] >= home["start"]) & (commitments["start"] < commitments["end"])
    rule.require(starts_inside, "start", "at least " + home["start"].astype(str))
    rule.require(commitments["end"] <= home["end"], "end", "at most " + home["end"].astype(str))


def _check_roles(tables: Tables, folder: Path) -> None:
    """A commitment stands in a segment of that role, and every such segment holds one."""
    segments, commitments = tables["segments"], tables["commitments"]
    roles = commitments["segment_id"].map(segments.set_index("segment_id")["role"].astype(str))
    rule = _Rule(tables, "commitments", "commitment_id", folder)
    rule.require(roles == "commitment", "segment_id", "a segment with role commitment")
    filled = (segments["role"] != "commitment") | segments["segment_id"].isin(commitments["segment_id"])
    rule = _Rule(tables, "segments", "segment_id", folder)
    rule.require(filled, "role", "a role other than commitment, or a row in commitments.csv")


def _check_wording(tables: Tables, folder: Path) -> None:
    """Verb force, strength and the reason why something cannot be tested follow from the rest."""
    commitments = tables["commitments"]
    rule = _Rule(tables, "commitments", "commitment_id", folder)
    lexicon = tables["verb_lexicon"].set_index("verb")["verb_force"].astype(str)
    is_slogan = commitments["untestable_reason"].astype(str) == "slogan"
    forces = [
        coding.verb_force(force, has_number=number, is_slogan=slogan)
        for force, number, slogan in zip(
            commitments["verb"].map(lexicon), commitments["number_constraint"] != "none", is_slogan, strict=True
        )
    ]
    strengths = [
        coding.strength(force, is_striving=striving)
        for force, striving in zip(forces, commitments["is_striving"], strict=True)
    ]
    for column, values in {"verb_force": forces, "strength": strengths}.items():
        expected = pd.Series(values, index=commitments.index)
        rule.require(commitments[column].astype(str) == expected, column, expected)
    has_reason = (commitments["testable"] == "no") == commitments["untestable_reason"].notna()
    rule.require(has_reason, "untestable_reason", "a reason exactly where testable is no")
    is_direction = ~is_slogan | (commitments["type"] == "direction")
    rule.require(is_direction, "type", "direction, because its object is a slogan")


def _check_targets(tables: Tables, folder: Path) -> None:
    """Quantified commitments and targets belong together; a target is measured as its indicator is."""
    commitments, targets = tables["commitments"], tables["targets"]
    rule = _Rule(tables, "commitments", "commitment_id", folder)
    has_target = commitments["commitment_id"].isin(targets["commitment_id"])
    is_quantified = commitments["type"] == "quantified_target"
    rule.require(is_quantified == has_target, "type", "quantified_target exactly where targets.csv has a row")
    is_bound = commitments["number_constraint"] != "none"
    rule.require(is_bound == has_target, "number_constraint", "none exactly where there is no target")
    rule = _Rule(tables, "targets", "target_id", folder)
    registry = tables["indicators"].set_index("indicator_id")
    for column in ("unit", "quantity_kind", "desired_direction"):
        expected = targets["indicator_id"].map(registry[column].astype(str))
        rule.require(targets[column].astype(str) == expected, column, expected)
    binding = targets["commitment_id"].map(commitments.set_index("commitment_id")["number_constraint"].astype(str))
    allowed = binding.map(lambda constraint: " or ".join(sorted(_BINDS[constraint])))
    right = [c in a.split(" or ") for c, a in zip(targets["comparator"], allowed, strict=True)]
    rule.require(pd.Series(right, index=targets.index), "comparator", allowed)
    has_range = (targets["comparator"] == "range") == targets["value_max"].notna()
    rule.require(has_range, "value_max", "an upper value exactly where the comparator is range")


class _Rule:
    """Says which row of a table breaks a rule, what the rule gives and what stands there."""

    def __init__(self, tables: Tables, name: str, key: str, folder: Path):
        self.frame, self.key, self.path = tables[name], key, folder / f"{name}.csv"

    def require(self, right: pd.Series, column: str, expected: pd.Series | str) -> None:
        """Stop at the first row for which ``right`` is not true."""
        wrong = self.frame.index[~right.to_numpy(dtype=bool, na_value=False)]
        if len(wrong):
            row = wrong[0]
            value = expected if isinstance(expected, str) else expected[row]
            place = f"{self.path} {self.frame[self.key][row]}, {column}"
            raise DataError("broken_rule", where=place, expected=value, found=self.frame[column][row])


def _place(folder: Path, table: Table, frame: pd.DataFrame, row: int, column: str) -> str:
    name = " ".join(str(frame[key][row]) for key in table.key)
    return f"{folder / table.path} {name}, {column}"
