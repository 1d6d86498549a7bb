"""What a brief of one field is made of: tidy frames, cut from the same tables as everything else."""

import functools
from dataclasses import dataclass

import pandas as pd

from panjin_analysis import compare
from panjin_analysis.compare.continuity import CODED_YEAR
from panjin_analysis.errors import DataError, say, ui_language
from panjin_analysis.firmness import CHOICES, FIRM, wiggle_range
from panjin_analysis.load import load_tables
from panjin_analysis.load.store import tables_stamp
from panjin_analysis.office import Scope, in_scope
from panjin_analysis.rules import RATED, REACHED
from panjin_analysis.tables import add_ids, count_by, labels

Tables = dict[str, pd.DataFrame]
NEXT_YEAR = CODED_YEAR + 1  # whose report says what came of the commitments
# What a reader asks for by name, in order; other codes are counted only.
_SOFTER = ("lowered", "comparator_softened", "wording_softened", "stage_back", "stage_stalled")
_FIRMER = ("raised", "comparator_hardened", "wording_hardened", "stage_advanced")
TELLING = (
    ("new", *_SOFTER, *_FIRMER, "reinstated"),
    ("dropped_silent", "dropped_explained", *_SOFTER, "dropped_done", *_FIRMER),
)


@dataclass(frozen=True)
class Brief:
    """One field of the coded report, as frames.

    Attributes
    ----------
    domain, lang
        Code of the field; language of the words made from the frames.
    commitments
        One row a commitment, in the order of the report, with ``code`` (what came of it),
        ``code_in`` and ``code_out`` (what changed into the coded year and out of it) and, where
        the tables carry it, ``quote``.
    counts
        One row a measure: ``count`` and ``share_pct`` of the field's commitments, and the same
        over all fields of the report (``whole_count``, ``whole_share_pct``).
    strength
        One row per part (``field``, ``whole``) and strength: ``count``, ``total``, ``share_pct`` and
        ``commitment_ids``.
    readings
        One row per defensible reading of the wording (``firmness.wiggle_range``): ``share_pct`` of
        firm commitments in the field and ``whole_share_pct`` in all fields.
    types
        One row a type that occurs in the field: ``count``, ``total``, ``share_pct``.
    targets
        Rows of ``targets_compared`` with ``code``; none where the field has no number.
    changes
        One row per step ("2023-2024") and commitment: label, ``code``, and why.
    outcome
        One row a code that occurs, and always ``no_evidence``: ``count``, ``estimates``, ``total``.
    gaps
        The commitments that can be tested and of which the later report says nothing.
    sources
        One row a document that facts of the field come from, with their ``count``.
    """

    domain: str
    lang: str
    commitments: pd.DataFrame
    counts: pd.DataFrame
    strength: pd.DataFrame
    readings: pd.DataFrame
    types: pd.DataFrame
    targets: pd.DataFrame
    changes: pd.DataFrame
    outcome: pd.DataFrame
    gaps: pd.DataFrame
    sources: pd.DataFrame

    @property
    def name(self) -> str:
        """What the field is called."""
        return labels("domain", self.lang)[self.domain]

    def count(self, measure: str) -> int:
        """Return one number of ``counts``."""
        return int(self.counts.set_index("measure")["count"][measure])


def brief(domain: str, lang: str = "zh", *, tables: Tables | None = None) -> Brief:
    """Return the brief of a field.

    Parameters
    ----------
    domain
        Code or label of a field that has commitments, in either language.
    lang
        ``zh`` or ``en``.
    tables
        The tables of ``load_tables()``, whose commitments may carry ``quote``; loaded by default.

    Raises
    ------
    DataError
        If the report has no such field, naming those it has.

    Examples
    --------
    >>> field = brief("education", "en")
    >>> field.name, field.count("commitments"), len(field.targets)
    ('Education', 13, 1)
    """
    tables = load_tables() if tables is None else tables
    code = find_domain(domain, tables)
    rated = compare.fulfilment()
    part = in_scope({**tables, "rated": rated}, Scope("domain", code))
    commitments, ratings = part["commitments"], part["rated"]
    changes = _changes(code)
    steps = [rows for _, rows in changes.groupby("step")]
    commitments = commitments.assign(
        code=ratings["code"].array,
        code_in=steps[0]["code"].array,
        code_out=steps[1]["code"].array,
    )
    return Brief(
        domain=code,
        lang=lang,
        commitments=commitments,
        counts=_counts(commitments, tables["commitments"].assign(code=rated["code"].to_numpy())),
        strength=_strength(commitments, tables["commitments"]),
        readings=_readings(code),
        types=count_by(commitments, "type").sort_values("count", ascending=False, kind="stable", ignore_index=True),
        targets=compare.targets_compared(part["targets"]).merge(
            ratings[["commitment_id", "code"]], on="commitment_id", validate="many_to_one"
        ),
        changes=changes,
        outcome=_outcome(ratings),
        gaps=_gaps(commitments, part["targets"]),
        sources=_sources(part, tables),
    )


def find_domain(named: str, tables: Tables) -> str:
    """Return the code of a field by its code or label in either language.

    Raises
    ------
    DataError
        Listing the fields that have commitments, if it is none of them.

    Examples
    --------
    >>> find_domain("教育", load_tables())
    'education'
    """
    codes = domains(tables)
    known = {label.casefold(): code for lang in ("zh", "en") for code, label in labels("domain", lang).items()}
    wanted = known.get(named.casefold(), named)
    if wanted not in codes:
        raise DataError("unknown_choice", where="panjin brief", expected=listed_domains(tables), found=named)
    return wanted


def domains(tables: Tables) -> list[str]:
    """Return the codes of the fields that have commitments, in the order of their list.

    Examples
    --------
    >>> len(domains(load_tables()))
    13
    """
    found = set(tables["commitments"]["domain"].astype("str"))
    return [code for code in labels("domain") if code in found]


def listed_domains(tables: Tables) -> str:
    """Return the fields as a message lists them: each by name, then its code in brackets.

    Examples
    --------
    >>> "education" in listed_domains(load_tables())
    True
    """
    names = labels("domain", ui_language())
    return say("、", ", ").join(names[code] + say(f"（{code}）", f" ({code})") for code in domains(tables))


def measured(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return for each measure of ``Brief.counts`` which commitments it counts.

    Examples
    --------
    >>> int(measured(brief("education").commitments)["quantified"].sum())
    1
    """
    testable, code = rows["testable"].astype("str"), rows["code"].astype("str")
    return {
        "commitments": rows["commitment_id"].notna(),
        **{f"testable_{level}": testable == level for level in ("yes", "partly", "no")},
        "quantified": rows["number_constraint"] != "none",
        "firm": rows["strength"].isin(FIRM),
        "strive": rows["strength"] == "strive",
        "assessable": code != "not_assessable",
        "with_evidence": code.isin(RATED),
        "reached": code.isin(REACHED),
        "no_evidence": code == "no_evidence",
    }


def _counts(field: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Count what a reader wants to know first, in the field and in all of them."""

    def measures(rows: pd.DataFrame) -> dict[str, int]:
        return {name: int(held.sum()) for name, held in measured(rows).items()}

    table = pd.DataFrame({"count": measures(field), "whole_count": measures(whole)}).rename_axis("measure")
    table = table.assign(
        share_pct=100 * table["count"] / len(field), whole_share_pct=100 * table["whole_count"] / len(whole)
    )
    return table.reset_index()[["measure", "count", "share_pct", "whole_count", "whole_share_pct"]]


def _strength(field: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    parts = {"field": field, "whole": whole}
    rows = [
        add_ids(count_by(frame, "strength"), frame, ["strength"], "commitment_id").assign(part=name)
        for name, frame in parts.items()
    ]
    return pd.concat(rows, ignore_index=True)[["part", "strength", "count", "total", "share_pct", "commitment_ids"]]


def _readings(domain: str) -> pd.DataFrame:
    shares = _firm_shares(tables_stamp())
    return pd.DataFrame({"share_pct": shares[domain], "whole_share_pct": shares["whole"]}).reset_index()


@functools.lru_cache(maxsize=4)
def _firm_shares(_stamp: tuple) -> pd.DataFrame:
    """Return the share of firm commitments under each reading, one column a field and one of all together."""
    ranged = wiggle_range(load_tables()["commitments"])
    firm = ranged[ranged["axis"] == "verb"].astype({"domain": "str"}).fillna({"domain": "whole"})
    return firm.pivot(index=list(CHOICES), columns="domain", values="share_pct")


def _outcome(ratings: pd.DataFrame) -> pd.DataFrame:
    """Count the codes; silence is counted where there is none, too."""
    counts = compare.count_fulfilment(ratings)[["code", "count", "estimates"]].astype({"code": "str"})
    if "no_evidence" not in set(counts["code"]):
        counts = pd.concat([counts, pd.DataFrame({"code": ["no_evidence"], "count": [0], "estimates": [0]})])
    order = list(labels("fulfilment"))
    counts = counts.sort_values("code", key=lambda codes: codes.map(order.index), ignore_index=True)
    return counts.astype({"estimates": "int64"}).assign(total=len(ratings))


def _changes(domain: str) -> pd.DataFrame:
    rows = compare.continuity_steps().astype({"step": "str"})
    columns = ["step", "commitment_id", "label_zh", "label_en", "code", "observation_id", "basis_zh", "basis_en"]
    return rows.loc[rows["domain"].astype("str") == domain, columns].reset_index(drop=True)


def _gaps(commitments: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    silent = commitments[(commitments["code"].astype("str") == "no_evidence")].reset_index(drop=True)
    first = targets.drop_duplicates("commitment_id").set_index("commitment_id")["target_id"]
    columns = ["commitment_id", "label_zh", "label_en", "testable", "lead_unit_suggested", "code_out"]
    return silent[columns].assign(target_id=silent["commitment_id"].map(first))


def _sources(part: Tables, tables: Tables) -> pd.DataFrame:
    """Return the documents that the field's links, evidence and numbers come from, the coded report first."""
    observed = tables["observations"].set_index("observation_id")
    indicators = set(part["targets"]["indicator_id"])
    near = observed.index[observed["indicator_id"].isin(indicators)]
    ids = {*part["links"]["observation_id"].dropna(), *near}
    evidence = part["rated"]["evidence_ids"].dropna().str.split("|")
    ids |= {one for found in evidence for one in found}
    cited = observed.loc[sorted(ids), "source_id"].value_counts()
    sources = tables["sources"]
    rows = sources[sources["source_id"].isin(cited.index)].sort_values(["year", "source_id"])
    rows = rows[["source_id", "place_zh", "document_type", "year", "tier", "extent", "url"]]
    return rows.assign(count=rows["source_id"].map(cited)).reset_index(drop=True)
