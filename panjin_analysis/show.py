"""One commitment on one page: everything the tables know of it, in the user's language."""

from pathlib import Path

import pandas as pd

from panjin_analysis.errors import DataError, say, ui_language
from panjin_analysis.excel import header, labelled
from panjin_analysis.load import load_tables
from panjin_analysis.quotes import reports_dir, with_quotes

HIDDEN = ["label_zh", "label_en", "start", "end", "span_sha1", "report_id"]


def show(commitment_id: str, reports: Path | None = None) -> str:
    """Return what is known of a commitment, with its quotation where the text is at hand.

    Parameters
    ----------
    commitment_id
        An id of ``load_commitments()``.
    reports
        Folder with report texts; the user's own where there is one.

    Raises
    ------
    DataError
        If there is no such id, or a folder that was named holds no such text.

    Examples
    --------
    >>> "PJ-2024-C018" in show("PJ-2024-C018")
    True
    """
    tables = load_tables()
    commitments = tables["commitments"]
    row = commitments[commitments["commitment_id"] == commitment_id]
    if row.empty:
        first = commitments["commitment_id"].iloc[0]
        raise DataError("unknown_id", where="panjin show", expected=first, found=commitment_id)
    lines = [str(row[f"label_{ui_language()}"].iloc[0]), *_fields(row)]
    for target in _rows(tables["targets"], commitment_id):
        lines += ["", say("量化目标", "Target"), *_fields(target)]
    lines += ["", *_other_years(tables, commitment_id), "", *_outcome(tables, commitment_id)]
    lines += ["", *_quotation(row, reports)]
    return "\n".join(lines)


def _other_years(tables: dict[str, pd.DataFrame], commitment_id: str) -> list[str]:
    """Return one line per link: the year, what it says there, what changed and why."""
    lang = ui_language()
    said = tables["observations"].set_index("observation_id")[f"label_{lang}"]
    links = tables["links"]
    links = links[(links["commitment_id"] == commitment_id) & (links["relation"] != "result")]
    lines = [say("其他年份", "Other years")]
    for link, shown in zip(links.itertuples(), labelled(links, lang).itertuples(), strict=True):
        what = said.get(link.observation_id, "–")
        lines.append(f"  {link.report_year} {shown.relation}: {shown.code} | {what} | {getattr(link, f'basis_{lang}')}")
    return lines


def _outcome(tables: dict[str, pd.DataFrame], commitment_id: str) -> list[str]:
    """Return the rating with its rule and the evidence it rests on."""
    lang = ui_language()
    rated = tables["assessments"].query("commitment_id == @commitment_id").tail(1)
    said = tables["observations"].set_index("observation_id")[f"label_{lang}"]
    lines = [say("后来怎样", "What came of it")]
    for row, shown in zip(rated.itertuples(), labelled(rated, lang).itertuples(), strict=True):
        lines.append(f"  {shown.code} ({shown.rule_id}, {say('截至', 'as of')} {row.as_of:%Y-%m-%d})")
        ids = row.evidence_ids.split("|") if isinstance(row.evidence_ids, str) else []
        lines += [f"    {observation}: {said[observation]}" for observation in ids]
    return lines


def _rows(table: pd.DataFrame, commitment_id: str) -> list[pd.DataFrame]:
    found = table[table["commitment_id"] == commitment_id]
    return [found.loc[[row]] for row in found.index]


def _fields(row: pd.DataFrame) -> list[str]:
    """Return one line per filled field, with the codebook's title."""
    lang = ui_language()
    shown = labelled(row, lang).drop(columns=[name for name in HIDDEN if name in row])
    values = shown.iloc[0].dropna()
    return [f"  {header(name, lang)}: {_plain(value)}" for name, value in values.items()]


def _plain(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _quotation(row: pd.DataFrame, reports: Path | None) -> list[str]:
    folder = reports or reports_dir()
    if folder is None:
        hint = say(
            "手头没有报告文本；存入后可显示原文：panjin reports add 文件",
            "No report text at hand; to see the quotation: panjin reports add FILE",
        )
        return [hint]
    quoted = with_quotes(row, folder).iloc[0]
    return [f"{say('原文', 'Quotation')}: {quoted['quote']}", f"{say('上下文', 'Context')}: {quoted['context']}"]
