"""What was found in a report, in a few lines to read before the review."""

import pandas as pd

from panjin_analysis.errors import say, ui_language
from panjin_analysis.load.own import candidate_table, choices
from panjin_analysis.review.cells import cell_text
from panjin_analysis.tables import labels


def summarise(found: pd.DataFrame) -> str:
    """Say what was found in a few lines, in the user's language: counts, and the headline targets.

    Examples
    --------
    >>> from panjin_analysis.review import candidates, sample_report
    >>> summarise(candidates(sample_report())).splitlines()[0]
    '2031: 32 candidates, 20 with a number'
    """
    clauses = found[(found["kind"] == "commitment") & (found["role"] == "commitment")]
    lang = ui_language()
    numbers = int(clauses["value"].notna().sum())
    year = found["report_year"].iloc[0]
    lines = [
        say(
            f"{year} 年：候选承诺 {len(clauses)} 项，其中有数量 {numbers} 项",
            f"{year}: {len(clauses)} candidates, {numbers} with a number",
        )
    ]
    for column in ("type", "strength", "confidence"):
        counts = clauses[column].astype("str").value_counts()
        named = labels(column, lang)
        lines.append("  " + say("，", ", ").join(f"{named[str(code)]} {count}" for code, count in counts.items()))
    headlines = found[found["kind"] == "headline"]
    lines.append(say("主要预期目标：", "headline targets:"))
    lines += [f"  {_headline(row)}" for row in headlines[headlines["status"] != "not_stated"].to_dict("records")]
    return "\n".join(lines)


def _headline(row: dict) -> str:
    table, lang = candidate_table(), ui_language()
    name = choices(table.column("headline_id"), lang)[row["headline_id"]]
    if pd.isna(row["value"]):
        return f"{name}: {choices(table.column('status'), lang)[row['status']]}"
    value = cell_text(row["value"]) + (f"–{cell_text(row['value_max'])}" if pd.notna(row["value_max"]) else "")
    return f"{name}: {value} {cell_text(row['unit'])} {choices(table.column('comparator'), lang)[row['comparator']]}"
