"""The summaries by domain: how the wording stands, and what came of it; counted by formulas."""

import pandas as pd

from panjin_analysis import compare
from panjin_analysis.captions import Caption
from panjin_analysis.excel import Chart, Link, Picture, Sheet, in_language
from panjin_analysis.figures.outcome import LOOKS
from panjin_analysis.office.facts import source, years_source
from panjin_analysis.office.scope import Scope, Tables
from panjin_analysis.rules import REACHED
from panjin_analysis.style import STRENGTH
from panjin_analysis.tables import count_by, labels

STRENGTH_COLOURS = {code: STRENGTH[code] for code in ("deliver", "implement", "advance", "support", "strive")}


def domains_sheet(tables: Tables, scope: Scope, lang: str) -> Sheet:
    """Return the counts by domain, as formulas over the sheet of commitments, with a chart."""
    table = domain_counts(tables["commitments"])
    names = labels("strength", lang) | {f"testable_{code}": text for code, text in labels("testable", lang).items()}
    wording = in_language(lang, "措辞：", "Wording: ")
    headers = {code: wording + text for code, text in labels("strength", lang).items()}
    headers |= {f"testable_{code}": text for code, text in labels("testable", lang).items()}
    headers |= {
        "commitments": in_language(lang, "承诺数", "Commitments"),
        "quantified": in_language(lang, "有量化目标", "With a number"),
    }
    columns = [str(name) for name in table.columns[1:]]
    return Sheet(
        key="domains",
        name=in_language(lang, "分领域汇总", "By domain"),
        title=in_language(lang, f"分领域汇总（{len(table)} 个领域）", f"Commitments by domain ({len(table)} domains)"),
        source=source(lang),
        scope=scope.says(lang),
        units=in_language(lang, "项", "commitments"),
        notes=(
            in_language(
                lang,
                "各数由公式从“承诺总表”算出，改动总表后自动更新。",
                "Formulas count the rows of the sheet Commitments.",
            ),
        ),
        table=table,
        headers=headers,
        widths={"domain": 16 if lang == "zh" else 22},
        formulas={column: _count(column, names) for column in columns},
        totals=tuple(columns),
        bars=("commitments",),
        chart=Chart(
            title=in_language(lang, "各领域承诺的措辞强度（项）", "Wording of commitments by domain"),
            unit=in_language(lang, "项", "Commitments"),
            alt=in_language(
                lang,
                "堆叠条形图：各领域承诺按措辞强度的项数，数据即上方的表。",
                "Stacked bars: commitments by domain and strength of wording; the numbers are the table above.",
            ),
            series=STRENGTH_COLOURS,
        ),
        is_portrait=True,
    )


def outcome_sheet(tables: Tables, scope: Scope, lang: str) -> Sheet:
    """Return what came of it by domain, as formulas over the sheet of outcomes, with a chart."""
    table = outcome_counts(tables["rated"])
    names = labels("fulfilment", lang)
    codes = [str(name) for name in table.columns if name in names]
    return Sheet(
        key="outcome",
        name=in_language(lang, "完成汇总", "Outcome by domain"),
        title=in_language(
            lang, f"完成情况分领域汇总（{len(table)} 个领域）", f"What came of it by domain ({len(table)} domains)"
        ),
        source=years_source(lang),
        scope=scope.says(lang),
        units=in_language(lang, "项；完成比例为百分比", "commitments; share reached in percent"),
        notes=(
            in_language(
                lang,
                "完成比例＝完成（含超额、逾期）的项数÷至少部分可检验的项数。“未见结果”计入分母，不等于没有做，所以比例是下限。",
                "Share reached: reached (also exceeded, late) out of what is at least partly testable. No evidence counts in the whole, so the share is a lower bound.",
            ),
        ),
        table=table,
        headers={
            **names,
            "assessable": in_language(lang, "可检验", "Testable"),
            "reached": in_language(lang, "完成合计", "Reached"),
            "reached_share": in_language(lang, "完成比例", "Share reached"),
        },
        widths={"domain": 16 if lang == "zh" else 22},
        formulas={
            **{code: _count_outcome(names[code]) for code in codes},
            "assessable": _sum_of([code for code in codes if code != "not_assessable"]),
            "reached": _sum_of([code for code in codes if code in REACHED]),
            "reached_share": _reached_share,
        },
        totals=(*codes, "assessable", "reached"),
        share_of=("reached", "assessable"),
        bars=("reached_share",),
        links={"domain": Link("fulfilment", "domain", "domain")},
        chart=Chart(
            title=in_language(lang, "各领域承诺的完成情况（项）", "What came of the commitments, by domain"),
            unit=in_language(lang, "项", "Commitments"),
            alt=in_language(
                lang,
                "堆叠条形图：各领域承诺按完成情况的项数，数据即上方的表。",
                "Stacked bars: commitments by domain and outcome; the numbers are the table above.",
            ),
            series={code: LOOKS[code][0] for code in LOOKS if code in codes},
        ),
        is_portrait=True,
    )


def figure_sheet(key: str, name: str, caption: Caption, picture: Picture, lang: str) -> Sheet:
    """Return a sheet with a figure that no native chart can draw, and in words what it shows."""
    rows = [
        (in_language(lang, "图中的数", "What it shows"), caption.alt),
        *((in_language(lang, "说明", "Note"), note) for note in caption.notes),
    ]
    return Sheet(
        key=key,
        name=name,
        title=caption.title,
        table=pd.DataFrame(rows, columns=["item", "content"]),
        headers={"item": in_language(lang, "事项", "Item"), "content": in_language(lang, "内容", "Content")},
        widths={"item": 16, "content": 80},
        picture=picture,
        is_portrait=True,
    )


def domain_counts(commitments: pd.DataFrame) -> pd.DataFrame:
    """Count commitments by domain: all, by strength, by testability, with a number.

    Returns
    -------
    pandas.DataFrame
        One row a domain that occurs; ``commitments``, one column a strength from firm to
        soft, ``testable_yes``, ``testable_partly``, ``testable_no`` and ``quantified``.
    """
    total = count_by(commitments, "domain").set_index("domain")["count"].rename("commitments")
    strength = count_by(commitments, "domain", "strength").pivot(index="domain", columns="strength", values="count")
    testable = count_by(commitments, "domain", "testable").pivot(index="domain", columns="testable", values="count")
    testable = testable[["yes", "partly", "no"]].add_prefix("testable_")
    numbered = commitments[commitments["number_constraint"] != "none"]["domain"].value_counts()
    quantified = numbered.reindex(total.index, fill_value=0).rename("quantified")
    parts = [total, strength[list(STRENGTH_COLOURS)], testable, quantified]
    out = pd.concat([part.set_axis(part.index.astype(total.index.dtype)) for part in parts], axis=1)
    return out.rename_axis(index="domain").reset_index()


def outcome_counts(rated: pd.DataFrame) -> pd.DataFrame:
    """Count commitments by domain and outcome, with what was reached of what can be tested.

    Returns
    -------
    pandas.DataFrame
        One row a domain that occurs; one column a code that occurs, ``assessable`` (all but
        what cannot be tested), ``reached`` and ``reached_share``, missing where nothing can be tested.
    """
    counts = compare.count_fulfilment(rated)
    grid = counts.pivot(index="domain", columns="code", values="count")
    grid.columns = grid.columns.astype("str")
    reached = grid[[code for code in grid if code in REACHED]].sum(axis=1)
    assessable = grid[[code for code in grid if code != "not_assessable"]].sum(axis=1)
    share = (reached / assessable.where(assessable > 0)).astype("Float64")
    return grid.assign(assessable=assessable, reached=reached, reached_share=share).reset_index()


def _count(column: str, names: dict[str, str]):
    """Return the formula that counts a domain's rows of the sheet of commitments."""

    def formula(layouts, row: int) -> str:
        rows = layouts["commitments"]
        domain = f"{rows.range('domain')},$A{row}"
        if column == "commitments":
            return f"=COUNTIF({domain})"
        if column == "quantified":
            return f'=COUNTIFS({domain},{rows.range("target_id")},"?*")'
        wanted = "testable" if column.startswith("testable_") else "strength"
        return f'=COUNTIFS({domain},{rows.range(wanted)},"{names[column]}")'

    return formula


def _count_outcome(name: str):
    """Return the formula that counts a domain's rows with one outcome, starred or not."""

    def formula(layouts, row: int) -> str:
        rows = layouts["fulfilment"]
        domain, outcome = f"{rows.range('domain')},$A{row}", rows.range("outcome")
        return f'=COUNTIFS({domain},{outcome},"{name}")+COUNTIFS({domain},{outcome},"{name}~*")'

    return formula


def _sum_of(codes: list[str]):
    def formula(layouts, row: int) -> str:
        return "=" + ("+".join(f"{layouts['outcome'].letter(code)}{row}" for code in codes) or "0")

    return formula


def _reached_share(layouts, row: int) -> str:
    part, whole = (layouts["outcome"].letter(name) for name in ("reached", "assessable"))
    return f"={part}{row}/{whole}{row}"
