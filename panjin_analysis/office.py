"""What the policy office's workbook holds: its sheets, made from the library's tables."""

from pathlib import Path

import pandas as pd

from panjin_analysis import compare
from panjin_analysis.excel import STRENGTH_COLOURS, TOP, Sheet, write_workbook
from panjin_analysis.load import data_dir, read_package
from panjin_analysis.tables import count_by, labels
from panjin_analysis.text.segments import chinese_numeral

SOURCE = "来源：盘锦市 2024 年政府工作报告节选。"
YEARS_SOURCE = "来源：盘锦市历年政府工作报告，见“资料来源”。"
BLANK = "空白表示报告未写明，不表示零。"
COMMITMENT_COLUMNS = [
    "commitment_id", "label_zh", "domain", "type", "strength", "testable", "untestable_reason", "lead_unit_suggested",
    "due_on", "locator", "verb", "number_constraint", "stage", "title_stage", "place", "third_party",
]  # fmt: skip
PRINTED = COMMITMENT_COLUMNS.index("locator") + 1
TARGET_COLUMNS = [
    "target_id", "commitment_id", "label_zh", "domain", "indicator", "comparator", "value", "unit", "as_printed",
    "quantity_kind", "desired_direction", "is_striving", "period_end",
]  # fmt: skip


def write_office(tables: dict[str, pd.DataFrame], path: Path) -> Path:
    """Write the office workbook from the tables of ``load_tables()``; return its path.

    Commitments may carry ``quote``; the workbook then shows it.

    Raises
    ------
    DataError
        If the place cannot be written.
    """
    commitments = tables["commitments"]
    everything = commitments_sheet(commitments)
    sheets = [
        everything,
        targets_sheet(tables),
        years_sheet(tables),
        continuity_sheet(tables),
        fulfilment_sheet(tables),
        domains_sheet(commitments, everything),
        sources_sheet(tables),
    ]
    return write_workbook(sheets, _cover(tables), _about(tables), path)


def commitments_sheet(commitments: pd.DataFrame) -> Sheet:
    """Return the sheet 承诺总表: one row a commitment."""
    table = commitments.assign(locator=locators(commitments))
    columns = COMMITMENT_COLUMNS + (["quote"] if "quote" in commitments else [])
    return Sheet(
        name="承诺总表",
        title=f"表1　2024 年承诺总表（{len(table)} 项，每行一项）",
        notes="牵头单位为按职能的建议，报告未写明。打印到“位置”列为止。" + BLANK,
        printed=PRINTED,
        source=SOURCE,
        table=table[columns],
        headers={"locator": "位置", "quote": "原文"},
    )


def targets_sheet(tables: dict[str, pd.DataFrame]) -> Sheet:
    """Return the sheet 量化目标: one row a quantity."""
    commitments = tables["commitments"][["commitment_id", "label_zh", "domain", "is_striving"]]
    names = tables["indicators"].set_index("indicator_id")["name_zh"]
    targets = tables["targets"].merge(commitments, on="commitment_id", how="left", validate="many_to_one")
    table = targets.assign(
        indicator=targets["indicator_id"].map(names),
        as_printed=targets["value_as_printed"] + targets["unit_as_printed"].fillna(""),
    )
    return Sheet(
        name="量化目标",
        title=f"表2　2024 年量化目标（{len(table)} 个，每行一个数量）",
        notes="目标值须与“比较方式”连读：“不低于 7”不是“等于 7”。“全覆盖”记为 100%，“为零”记为 0。",
        source=SOURCE,
        table=table[TARGET_COLUMNS],
        headers={"indicator": "指标", "as_printed": "原文写法"},
    )


def years_sheet(tables: dict[str, pd.DataFrame]) -> Sheet:
    """Return the sheet 历年对比: each target beside earlier years, its result and the next target."""
    table = compare.targets_compared(tables["targets"])
    columns = {
        "name_zh": "指标", "unit": "单位", "previous_result_year": "以前结果年份", "previous_result": "以前结果",
        "previous_target_year": "以前目标年份", "previous_target": "以前目标", "comparator": "比较方式", "value": "2024 年目标",
        "result_comparator": "结果比较方式", "result": "2024 年结果", "result_status": "结果状态", "comparability": "可比性",
        "next_target_year": "后续目标年份", "next_target": "后续目标", "result_id": "结果编号",
    }  # fmt: skip
    return Sheet(
        name="历年对比",
        title=f"表3　量化目标历年对比（{len(table)} 个）",
        notes="以前的数取最近一年；口径断开处不取。“相近”指结果的对象与承诺有重叠而不相同。空白表示没有这个数，不表示零。",
        source=YEARS_SOURCE,
        table=table[list(columns)],
        headers=columns,
    )


def continuity_sheet(tables: dict[str, pd.DataFrame]) -> Sheet:
    """Return the sheet 延续与变化: every link of a commitment to another year's plan, with its reason."""
    links = tables["links"]
    links = links[links["relation"] != "result"]
    table = _with_names(links, tables)
    columns = {
        "commitment_id": "承诺编号", "label_zh": "2024 年承诺", "relation": "关系", "report_year": "对照年份", "said": "该年事项",
        "code": "变化", "comparability": "可比性", "basis_zh": "理由", "observation_id": "事实编号",
    }  # fmt: skip
    return Sheet(
        name="延续与变化",
        title=f"表4　延续与变化（{len(table)} 条，由通读判定）",
        notes="前身：从该年到 2024 年的变化；后续：从 2024 年到 2025 年的变化。2015、2017–2019 年报告未持有，“新提”只相对于所持有的报告。",
        source=YEARS_SOURCE,
        table=table[list(columns)],
        headers=columns,
    )


def fulfilment_sheet(tables: dict[str, pd.DataFrame]) -> Sheet:
    """Return the sheet 完成情况: the rating of every commitment with the evidence it rests on."""
    rated = compare.fulfilment()
    said = tables["observations"].set_index("observation_id")["label_zh"]
    evidence = rated["evidence_ids"].str.split("|").map(lambda ids: "；".join(said[i] for i in ids), na_action="ignore")
    table = rated.assign(evidence=evidence)
    columns = {
        "commitment_id": "承诺编号", "label_zh": "承诺事项", "domain": "领域", "testable": "可检验性", "code": "完成情况",
        "rule_id": "规则", "comparability": "可比性", "is_estimate": "是否预计", "evidence": "依据", "evidence_ids": "依据编号",
        "as_of": "评定日",
    }  # fmt: skip
    return Sheet(
        name="完成情况",
        title=f"表5　完成情况（{len(table)} 项，按 2025 年报告评定）",
        notes="“未见结果”指 2025 年报告没有写，不等于没有做；“无法评定”指承诺本身无法检验。规则见“说明”。",
        source=YEARS_SOURCE,
        table=table[list(columns)],
        headers=columns,
    )


def sources_sheet(tables: dict[str, pd.DataFrame]) -> Sheet:
    """Return the sheet 资料来源: every document that facts come from."""
    return Sheet(
        name="资料来源",
        title=f"表7　资料来源（{len(tables['sources'])} 份文件）",
        notes="只读到开头或片段的文件不作“新提”“不再提及”的依据。",
        table=tables["sources"],
    )


def _with_names(links: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    labels_of = tables["commitments"].set_index("commitment_id")["label_zh"]
    said = tables["observations"].set_index("observation_id")["label_zh"]
    return links.assign(label_zh=links["commitment_id"].map(labels_of), said=links["observation_id"].map(said))


def domains_sheet(commitments: pd.DataFrame, everything: Sheet) -> Sheet:
    """Return the sheet 分领域汇总: counts by domain, as formulas over 承诺总表, with a chart."""
    table, formulas = domain_counts(commitments), {}
    names = labels("strength") | {f"testable_{code}": label for code, label in labels("testable").items()}
    for column in table.columns[1:]:
        formulas[column] = _count_formula(column, names, everything)
    strengths = dict(STRENGTH_COLOURS)
    return Sheet(
        name="分领域汇总",
        title=f"表6　分领域汇总（{len(table)} 个领域）",
        notes="单位：项。各数由公式从“承诺总表”算出，改动总表后自动更新。",
        source=SOURCE,
        table=table,
        headers={"commitments": "承诺数", "quantified": "有量化目标", **_domain_headers()},
        formulas=formulas,
        chart={
            "series": strengths,
            "title": "各领域承诺的措辞强度（项）",
            "unit": "项",
            "alt": "堆叠条形图：各领域承诺按措辞强度的项数，数据即上方表6。",
        },
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


def locators(frame: pd.DataFrame) -> pd.Series:
    """Return where each row stands, as an office would say it.

    Examples
    --------
    >>> frame = pd.DataFrame({"section_no": [7, None], "paragraph_no": [2, 15], "clause_no": [3, 4]})
    >>> locators(frame.convert_dtypes()).tolist()
    ['（七）第2段第3小句', '结尾第15段第4小句']
    """
    sections = frame["section_no"].map(lambda n: "结尾" if pd.isna(n) else f"（{chinese_numeral(n)}）")
    return sections + "第" + frame["paragraph_no"].astype(str) + "段第" + frame["clause_no"].astype(str) + "小句"


def _domain_headers() -> dict[str, str]:
    testable = {f"testable_{code}": label for code, label in labels("testable").items()}
    return {code: f"措辞：{label}" for code, label in labels("strength").items()} | testable


def _count_formula(column: str, names: dict[str, str], everything: Sheet):
    """Return the formula that counts a domain's rows of 承诺总表 for one column of the summary."""
    domain = _column_range(everything, "domain")
    if column == "commitments":
        return lambda row: f"=COUNTIF({domain},$A{row})"
    if column == "quantified":
        numbers, none = _column_range(everything, "number_constraint"), labels("number_constraint")["none"]
        return lambda row: f'=COUNTIFS({domain},$A{row},{numbers},"<>{none}")'
    wanted = _column_range(everything, "testable" if column.startswith("testable_") else "strength")
    return lambda row: f'=COUNTIFS({domain},$A{row},{wanted},"{names[column]}")'


def _column_range(sheet: Sheet, column: str) -> str:
    from xlsxwriter.utility import xl_range_abs

    place = list(sheet.table.columns).index(column)
    return f"{sheet.name}!{xl_range_abs(TOP + 1, place, TOP + len(sheet.table), place)}"


def _cover(tables: dict[str, pd.DataFrame]) -> list[tuple[str, str]]:
    package = read_package(data_dir())
    return [
        ("标题", "盘锦市 2024 年政府工作报告承诺汇编"),
        ("内容", f"{len(tables['commitments'])} 项承诺，{len(tables['targets'])} 个量化目标，由节选逐句编码而成。"),
        ("范围", "第七至九部分和结尾开头两段。第一至六部分、回顾部分未持有，不在此列。"),
        ("对照", "2014、2016、2020–2023、2025 年报告全文。2015、2017–2019 年报告未持有。"),
        ("来源", "盘锦市 2024 年政府工作报告（节选）。节选未写报告日期和会次。其余见“资料来源”。"),
        ("数据版本", f"{package['version']}（{package['created'][:10]}）"),
        ("制作", "panjin_analysis，命令：panjin build。名称为我们自己的概括，不是报告原句。"),
    ]


def _about(tables: dict[str, pd.DataFrame]) -> list[tuple[str, str]]:
    lines = [
        ("怎样读", "每行一项承诺：一个有自己动词的行动或结果。编号不重复使用，可用来与其他年份对照。"),
        ("空白", BLANK),
        ("建议牵头单位", "按职能推测，供分工参考；报告没有写明牵头单位。"),
        ("完成时限", "年度报告默认到当年 12 月 31 日；文中写明的另注。"),
    ]
    for name in ("strength", "testable", "untestable_reason", "type", "continuity", "fulfilment", "fulfilment_rule"):
        vocabulary = tables["vocabulary"]
        codes = vocabulary[vocabulary["vocabulary"] == name]
        title = next(v["title_zh"] for v in read_package(data_dir())["vocabularies"] if v["name"] == name)
        for code in codes.itertuples():
            lines.append((f"{title}：{code.label_zh}", code.definition_zh))
    return lines
