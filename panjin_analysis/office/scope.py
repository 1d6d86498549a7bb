"""The part of the report that a workbook is about: all of it, one domain or one lead unit."""

from dataclasses import dataclass

import pandas as pd

from panjin_analysis.errors import DataError
from panjin_analysis.excel import in_language
from panjin_analysis.tables import labels

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Scope:
    """A column of the commitments and the code that it must have; everything by default."""

    column: str = ""
    code: str = ""

    def name(self, lang: str) -> str:
        """Return what the part is called, empty where it is the whole.

        Examples
        --------
        >>> Scope("domain", "education").name("zh"), Scope().name("zh")
        ('教育', '')
        """
        lists = {"domain": "domain", "lead_unit_suggested": "lead_unit"}
        return labels(lists[self.column], lang)[self.code] if self.column else ""

    def says(self, lang: str) -> str:
        """Return the line that tells a reader what the rows cover.

        Examples
        --------
        >>> Scope("domain", "education").says("en")
        'the 2024 excerpt, domain Education'
        """
        whole = in_language(lang, "2024 年报告节选（第七至九部分和结尾开头）", "the 2024 excerpt")
        if not self.column:
            return whole + in_language(lang, "", " (sections 7 to 9 and the opening of the close)")
        if self.column == "domain":
            return whole + in_language(lang, f"，领域：{self.name(lang)}", f", domain {self.name(lang)}")
        unit = self.name(lang)
        return whole + in_language(lang, f"，建议牵头单位：{unit}", f", suggested lead unit {unit}")


def find_scope(domain: str | None = None, lead_unit: str | None = None) -> Scope:
    """Return the part that a user names by code or by label, in either language.

    Raises
    ------
    DataError
        If there is no such domain or unit, or both are named.

    Examples
    --------
    >>> find_scope(lead_unit="市教育局")
    Scope(column='lead_unit_suggested', code='education_bureau')
    """
    if domain and lead_unit:
        found = f"--domain {domain} --lead-unit {lead_unit}"
        raise DataError("unknown_choice", where="panjin excel", expected="--domain, --lead-unit", found=found)
    if domain:
        return Scope("domain", _code("domain", domain, "--domain"))
    if lead_unit:
        return Scope("lead_unit_suggested", _code("lead_unit", lead_unit, "--lead-unit"))
    return Scope()


def _code(vocabulary: str, wanted: str, where: str) -> str:
    named = {label: code for lang in ("zh", "en") for code, label in labels(vocabulary, lang).items()}
    codes = list(labels(vocabulary))
    if wanted not in codes and wanted not in named:
        raise DataError("unknown_choice", where=where, expected=", ".join(codes), found=wanted)
    return wanted if wanted in codes else named[wanted]


def in_scope(tables: Tables, scope: Scope) -> Tables:
    """Return the tables with the rows of one part of the report.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``tables`` with ``commitments``, ``targets``, ``links`` and, where it is there, ``rated``
        (rows of ``fulfilment()``) cut down.

    Raises
    ------
    DataError
        If the part has no commitment.
    """
    commitments = tables["commitments"]
    if scope.column:
        commitments = commitments[commitments[scope.column].astype("str") == scope.code].reset_index(drop=True)
    if commitments.empty:
        occurring = tables["commitments"][scope.column].dropna().astype("str").unique()
        raise DataError("unknown_choice", where=scope.column, expected=", ".join(occurring), found=scope.code)
    parts: Tables = {name: tables[name] for name in ("targets", "links", "rated") if name in tables}
    for name, table in parts.items():
        parts[name] = table[table["commitment_id"].isin(commitments["commitment_id"])].reset_index(drop=True)
    return {**tables, **parts, "commitments": commitments}
