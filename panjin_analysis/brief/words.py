"""Rows of a brief as lines that people read: numbers with their units, items with their names."""

import pandas as pd

from panjin_analysis.brief.facts import NEXT_YEAR, TELLING, Brief
from panjin_analysis.compare.continuity import CODED_YEAR
from panjin_analysis.excel import in_language
from panjin_analysis.tables import labels, shown_number

LIMITS = ("ge", "gt", "le", "lt", "approx")


MEASURES = {
    "commitments": ("承诺", "Commitments"),
    "testable_yes": ("可检验", "Testable"),
    "testable_partly": ("部分可检验", "Partly testable"),
    "testable_no": ("不可检验", "Not testable"),
    "quantified": ("有数字", "With a number"),
    "firm": ("措辞为完成类或实施类", "Worded as deliver or implement"),
    "strive": ("措辞为力争", "Worded as striving"),
    "assessable": ("可评定", "Can be assessed"),
    "with_evidence": (f"{NEXT_YEAR} 年报告写了结果或进展", f"Result or progress in the {NEXT_YEAR} report"),
    "reached": ("完成", "Reached"),
    "no_evidence": ("未见结果", "No evidence"),
}


def count_table(field: Brief) -> pd.DataFrame:
    """Return what is counted in words, the field beside all fields.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> print(count_table(brief("education", "en")).iloc[[1]].to_string(index=False, header=False))
    Testable 3 23.1 23 17.3
    """
    lang = field.lang
    names = {name: in_language(lang, *both) for name, both in MEASURES.items()}
    table = field.counts.assign(measure=field.counts["measure"].map(names)).round(1)
    heads = [
        in_language(lang, "事项", "Item"),
        in_language(lang, "本领域（项）", "Field"),
        in_language(lang, "占本领域（%）", "Of the field (%)"),
        in_language(lang, "全部领域（项）", "All fields"),
        in_language(lang, "占全部领域（%）", "Of all fields (%)"),
    ]
    return table.set_axis(heads, axis=1)


def amount(value: object, unit: str, comparator: str, lang: str, *, has_unit: bool = True) -> str:
    """Write a number with its limit and, unless it stands elsewhere, its unit in words.

    Examples
    --------
    >>> amount(7.0, "project", "ge", "zh"), amount(100.0, "%", "all", "en"), amount(10200.0, "person", "eq", "en")
    ('不低于 7 个', 'all (100%)', '10,200 people')
    """
    name = labels("unit", lang)[unit].split("（")[0]
    number = shown_number(float(value)) + _unit_mark(unit, f" {name}" if has_unit else "")  # type: ignore[arg-type]
    if comparator == "all":
        return in_language(lang, f"全部（{number}）", f"all ({number})")
    if comparator not in LIMITS:
        return number
    limit = labels("comparator", lang)[comparator]
    if comparator == "approx":
        return in_language(lang, f"{number}{limit}", f"{limit.lower()} {number}")
    return in_language(lang, f"{limit} {number}", f"{limit.lower()} {number}")


def _unit_mark(unit: str, name: str) -> str:
    return "%" if unit == "%" else name


def target_table(field: Brief) -> pd.DataFrame:
    """Return the targets in words: one row each, with ``target_id``, then the columns to show.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> target_table(brief("education", "en")).iloc[0].tolist()[2:]
    ['85% (2022, result)', '90%', '90.6%', '91%']
    """
    heads = target_heads(field.lang)
    rows = [[row.target_id, *_target_cells(row, field.lang)] for row in field.targets.itertuples()]
    return pd.DataFrame(rows, columns=["target_id", *heads])


def target_heads(lang: str) -> list[str]:
    """Return the headers of the columns of ``target_table``, the id left out."""
    return [
        in_language(lang, "指标", "Indicator"),
        in_language(lang, "以前", "Earlier"),
        in_language(lang, f"{CODED_YEAR} 年目标", f"Target {CODED_YEAR}"),
        in_language(lang, "报告结果", "Reported result"),
        in_language(lang, f"{NEXT_YEAR} 年目标", f"Target {NEXT_YEAR}"),
    ]


def _target_cells(row, lang: str) -> list[str]:
    unit = str(row.unit)
    # English units are long words: they stand once, with the name.
    name = str(getattr(row, f"name_{lang}"))
    if lang == "en" and unit != "%":
        name += f" ({labels('unit', lang)[unit]})"
    return [
        name,
        _earlier(row, lang),
        _number(row.value, unit, str(row.comparator), lang),
        _result(row, lang),
        _next(row, lang),
    ]


def _number(value: object, unit: str, comparator: str, lang: str) -> str:
    return amount(value, unit, comparator, lang, has_unit=lang == "zh")


def _earlier(row, lang: str) -> str:
    if pd.isna(row.previous):
        return in_language(lang, "无可比数", "none comparable")
    kind = ("结果", "result") if pd.notna(row.previous_result) else ("目标", "target")
    said = _number(row.previous, str(row.unit), "eq", lang)
    return in_language(lang, f"{said}（{row.previous_year} 年{kind[0]}）", f"{said} ({row.previous_year}, {kind[1]})")


def _result(row, lang: str) -> str:
    if pd.isna(row.result):
        return in_language(lang, "未写结果", "not reported")
    said = _number(row.result, str(row.unit), str(row.result_comparator), lang)
    star = "*" if str(row.result_status) == "estimate" else ""
    near = in_language(lang, "（相近）", " (near)") if str(row.comparability) == "near" else ""
    return said + star + near


def _next(row, lang: str) -> str:
    if pd.isna(row.next_target):
        return in_language(lang, "未再设", "none set")
    said = _number(row.next_target, str(row.unit), "eq", lang)
    if row.next_target_year == NEXT_YEAR:
        return said
    return in_language(lang, f"{said}（{row.next_target_year} 年）", f"{said} ({row.next_target_year})")


def target_lines(field: Brief) -> list[str]:
    """Return each target in one line.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> target_lines(brief("教育"))
    ['普惠性幼儿园覆盖率：以前 85%（2022 年结果）、2024 年目标 90%、报告结果 90.6%、2025 年目标 91%']
    """
    table = target_table(field)
    heads = target_heads(field.lang)[1:]
    colon, comma = in_language(field.lang, "：", ": "), in_language(field.lang, "、", "; ")
    said = [comma.join(f"{head} {row[head]}" for head in heads) for _, row in table.iterrows()]
    return [f"{name}{colon}{line}" for name, line in zip(table[target_heads(field.lang)[0]], said, strict=True)]


def change_lines(field: Brief, step: int, most: int | None = None, kinds: int | None = None) -> list[str]:
    """Return what changed into (0) or out of (1) the coded year, items named, the rest counted.

    With ``most``, at most so many items of a kind are named, and with ``kinds`` so many kinds;
    the numbers tell that there are more.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> change_lines(brief("教育"), 1)[1]
    '措辞变软 1：素质教育'
    """
    steps = list(dict.fromkeys(field.changes["step"]))
    rows = field.changes[field.changes["step"] == steps[step]].dropna(subset="code")
    names, lang = labels("continuity", field.lang), field.lang
    colon, comma = in_language(lang, "：", ": "), in_language(lang, "、", "; ")
    more = in_language(lang, "等", "; and others")
    groups = {str(code): group[f"label_{lang}"].tolist() for code, group in rows.groupby("code", observed=True)}
    told = [code for code in TELLING[step] if code in groups][:kinds]
    lines = [
        f"{names[code]} {len(groups[code])}{colon}{comma.join(groups[code][:most])}"
        + (more if most is not None and len(groups[code]) > most else "")
        for code in told
    ]
    rest = [f"{names[code]} {len(groups[code])}" for code in names if code in groups and code not in told]
    if rest:
        lines.append(in_language(lang, "其余：", "Others: ") + comma.join(rest))
    return lines


def step_name(field: Brief, step: int) -> str:
    """Return the words for one of the two steps."""
    before, after = CODED_YEAR - 1 + step, CODED_YEAR + step
    return in_language(field.lang, f"{before} 年计划 → {after} 年计划", f"Plan {before} to plan {after}")


def gap_lines(field: Brief) -> list[str]:
    """Return each commitment to account for: its name, whose business it is, and what became of it.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> gap_lines(brief("教育"))[1]
    '市级技师学院筹建（C011，建议：市人力资源社会保障局）'
    """
    return [_gap_line(row, field) for row in field.gaps.itertuples()]


def _gap_line(row, field: Brief) -> str:
    lang = field.lang
    inside = [short_id(row.commitment_id)]
    if pd.notna(row.lead_unit_suggested):
        unit = labels("lead_unit", lang)[str(row.lead_unit_suggested)]
        inside.append(in_language(lang, f"建议：{unit}", f"suggested: {unit}"))
    target = field.targets[field.targets["target_id"] == row.target_id]
    for one in target.itertuples():
        said = amount(one.value, str(one.unit), str(one.comparator), lang)
        inside.append(in_language(lang, f"目标 {said}", f"target {said}"))
    comma = in_language(lang, "，", ", ")
    return getattr(row, f"label_{lang}") + in_language(lang, f"（{comma.join(inside)}）", f" ({comma.join(inside)})")


def commitment_lines(field: Brief) -> list[str]:
    """Return each commitment with its strength, testability and outcome.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> commitment_lines(brief("教育"))[1]
    '普惠性幼儿园覆盖水平：完成类，可检验，超额完成'
    """
    strength, outcome = labels("strength", field.lang), labels("fulfilment", field.lang)
    testable = {
        "yes": in_language(field.lang, "可检验", "testable"),
        "partly": in_language(field.lang, "部分可检验", "partly testable"),
        "no": in_language(field.lang, "不可检验", "not testable"),
    }
    colon, comma = in_language(field.lang, "：", ": "), in_language(field.lang, "，", ", ")
    return [
        getattr(row, f"label_{field.lang}")
        + colon
        + comma.join([strength[str(row.strength)], testable[str(row.testable)], outcome[str(row.code)]])
        for row in field.commitments.itertuples()
    ]


def source_lines(field: Brief) -> list[str]:
    """Return the documents that the brief rests on, with their ids and how many facts each gave.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> source_lines(brief("education", "en"))[0]
    'Government work report 2024, excerpt (PJ-GWR-2024): 13 commitments'
    """
    kinds, lang, total = labels("document_type", field.lang), field.lang, len(field.commitments)
    first = in_language(
        lang,
        f"{CODED_YEAR} 年政府工作报告节选（PJ-GWR-{CODED_YEAR}）：{total} 项承诺",
        f"Government work report {CODED_YEAR}, excerpt (PJ-GWR-{CODED_YEAR}): {_several(total, 'commitment')}",
    )
    rest = [
        in_language(
            lang,
            f"{row.year} 年{kinds[str(row.document_type)]}（{row.source_id}）：{row.facts} 条事实",
            f"{kinds[str(row.document_type)]} {row.year} ({row.source_id}): {_several(row.facts, 'fact')}",
        )
        for row in field.sources.rename(columns={"count": "facts"}).itertuples()
    ]
    return [first, *rest]


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def short_id(commitment_id: str) -> str:
    """Return the part of an id that differs within a report.

    Examples
    --------
    >>> short_id("PJ-2024-C011")
    'C011'
    """
    return commitment_id.rsplit("-", 1)[-1]


def and_more(lines: list[str], room: int, lang: str) -> list[str]:
    """Return at most ``room`` lines; where some are left out, the last one says how many.

    Examples
    --------
    >>> and_more(["a", "b", "c"], 2, "en")
    ['a', 'and 2 more, see the workbook']
    """
    if len(lines) <= room:
        return lines
    rest = len(lines) - max(room - 1, 0)
    return [
        *lines[: max(room - 1, 0)],
        in_language(lang, f"另有 {rest} 项，见工作簿", f"and {rest} more, see the workbook"),
    ]
