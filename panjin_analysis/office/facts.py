"""The sheets of facts: commitments, targets, other years, outcome, sources, codes."""

import pandas as pd

from panjin_analysis import compare
from panjin_analysis.excel import Link, Sheet, in_language
from panjin_analysis.office.scope import Scope, Tables
from panjin_analysis.tables import labels
from panjin_analysis.text.segments import chinese_numeral

REPORT = "PJ-GWR-2024"
LISTS = (
    *("strength", "testable", "untestable_reason", "type", "comparator", "continuity", "comparability"),
    *("fulfilment", "fulfilment_rule", "task_field", "task_status"),
)
# Colours behind words of the outcome; the word alone says it all.
LOOKS = {
    **dict.fromkeys(("exceeded", "met", "met_late"), "#CFE3F1"),
    **dict.fromkeys(("ahead", "on_schedule", "progress"), "#D9EFEC"),
    **dict.fromkeys(("partly_met", "behind"), "#FBE3D3"),
    **dict.fromkeys(("not_met", "disputed"), "#F4C3A4"),
    **dict.fromkeys(("no_evidence", "not_assessable", "not_due"), "#EFEFEF"),
}


def commitments_sheet(tables: Tables, scope: Scope, lang: str) -> Sheet:
    """Return the sheet of commitments, one a row, each with its way to target, other years and source."""
    commitments = tables["commitments"]
    targets = tables["targets"].drop_duplicates("commitment_id").set_index("commitment_id")["target_id"]
    links = tables["links"][tables["links"]["relation"] != "result"].groupby("commitment_id").size()
    count = commitments["commitment_id"].map(links).fillna(0).astype(int)
    codes = tables["rated"].set_index("commitment_id")["code"]
    table = commitments.assign(
        locator=locators(commitments, lang),
        target_id=commitments["commitment_id"].map(targets),
        history=count.map(lambda n: in_language(lang, f"{n} 条", f"{n} line{'s' * (n > 1)}")).where(count > 0),
        code=codes.loc[commitments["commitment_id"].tolist()].reset_index(drop=True),
        source_id=REPORT,
    )
    quote = ("quote",) if "quote" in commitments else ()
    own = ("verb", "number_constraint", "stage", "title_stage", "place", "third_party") if lang == "zh" else ()
    return Sheet(
        key="commitments",
        name=in_language(lang, "承诺总表", "Commitments"),
        title=in_language(
            lang, f"2024 年承诺总表（{len(table)} 项，每行一项）", f"Commitments of 2024 ({len(table)}, one a row)"
        ),
        source=source(lang),
        scope=scope.says(lang),
        notes=(
            in_language(
                lang,
                "牵头单位为按职能的建议，报告未写明。蓝色带下划线的字可点，转到该行的目标、历年情况、完成情况和来源。打印到“来源”列为止。",
                "Lead units are our suggestion; the report names none. Underlined words lead to the row's target, other years, outcome and source.",
            ),
        ),
        table=table,
        shown=(
            "commitment_id", f"label_{lang}", "domain", "type", "strength", "testable", "lead_unit_suggested", "due_on",
            "target_id", "history", "code", "locator", "source_id", "untestable_reason", *own, *quote,
        ),
        headers={
            f"label_{lang}": in_language(lang, "承诺事项", "Commitment (our words)"),
            "commitment_id": in_language(lang, "承诺编号", "Id"),
            "locator": in_language(lang, "位置", "Where it stands"),
            "target_id": in_language(lang, "量化目标", "Target"),
            "history": in_language(lang, "历年情况", "Other years"),
            "code": in_language(lang, "完成情况", "Outcome"),
            "source_id": in_language(lang, "来源", "Source"),
            "quote": in_language(lang, "原文", "Quotation (Chinese)"),
        },
        widths={"quote": 60, "lead_unit_suggested": 16, "due_on": 12, "locator": 20, f"label_{lang}": 28, "domain": 14, "type": 14},
        links={
            "target_id": Link("targets", "target_id", "target_id"),
            "history": Link("continuity", "commitment_id", "commitment_id"),
            "code": Link("fulfilment", "commitment_id", "commitment_id"),
            "source_id": Link("sources", "source_id", "source_id"),
        },
        printed=13,
    )  # fmt: skip


def targets_sheet(tables: Tables, scope: Scope, lang: str) -> Sheet:
    """Return the sheet of targets, one quantity a row."""
    commitments = tables["commitments"][["commitment_id", "label_zh", "label_en", "domain", "is_striving"]]
    names = tables["indicators"].set_index("indicator_id")[f"name_{lang}"]
    targets = tables["targets"].merge(commitments, on="commitment_id", how="left", validate="many_to_one")
    table = targets.assign(
        indicator=targets["indicator_id"].map(names),
        as_printed=targets["value_as_printed"] + targets["unit_as_printed"].fillna(""),
    )
    return Sheet(
        key="targets",
        name=in_language(lang, "量化目标", "Targets"),
        title=in_language(
            lang, f"2024 年量化目标（{len(table)} 个，每行一个数量）", f"Targets of 2024 ({len(table)}, one quantity a row)"
        ),
        source=source(lang),
        scope=scope.says(lang),
        units=in_language(lang, "各行不同，见“单位”列", "differ by row, see the column Unit"),
        notes=(
            in_language(
                lang,
                "目标值须与“比较方式”连读：“不低于 7”不是“等于 7”。“全覆盖”记为 100%，“为零”记为 0。",
                "Read the value with its comparator: at least 7 is not 7. Full coverage is 100 %, none is 0.",
            ),
        ),
        table=table,
        shown=(
            "target_id", "commitment_id", f"label_{lang}", "domain", "indicator", "comparator", "value", "unit",
            "as_printed", "quantity_kind", "desired_direction", "is_striving", "period_end",
        ),
        headers={
            f"label_{lang}": in_language(lang, "承诺事项", "Commitment (our words)"),
            "indicator": in_language(lang, "指标", "Indicator"),
            "as_printed": in_language(lang, "原文写法", "As printed (Chinese)"),
        },
        links={"commitment_id": Link("commitments", "commitment_id", "commitment_id"),
               "indicator": Link("years", "indicator_id", "indicator_id")},
        widths={f"label_{lang}": 26, "indicator": 24, "period_end": 12, "as_printed": 10},
    )  # fmt: skip


def years_sheet(tables: Tables, scope: Scope, lang: str) -> Sheet:
    """Return the sheet that sets each target beside earlier years, its result and the next target."""
    table = compare.targets_compared(tables["targets"])
    headers = {
        f"name_{lang}": ("指标", "Indicator"), "unit": ("单位", "Unit"),
        "previous_result_year": ("以前结果年份", "Year of the earlier result"), "previous_result": ("以前结果", "Earlier result"),
        "previous_target_year": ("以前目标年份", "Year of the earlier target"), "previous_target": ("以前目标", "Earlier target"),
        "comparator": ("比较方式", "Comparator"), "value": ("2024 年目标", "Target of 2024"),
        "result_comparator": ("结果比较方式", "Comparator of the result"), "result": ("2024 年结果", "Result of 2024"),
        "result_share": ("结果÷目标", "Result to target"),
        "result_status": ("结果状态", "Status of the result"), "comparability": ("可比性", "Comparability"),
        "next_target_year": ("后续目标年份", "Year of the next target"), "next_target": ("后续目标", "Next target"),
        "source_id": ("结果来源", "Source of the result"), "commitment_id": ("承诺编号", "Commitment"),
    }  # fmt: skip
    sources = tables["observations"].set_index("observation_id")["source_id"]
    # A share of a target of zero says nothing.
    share = (table["result"] / table["value"].where(table["value"] != 0)).astype("Float64")
    table = table.assign(result_share=share, source_id=table["result_id"].map(sources))
    return Sheet(
        key="years",
        name=in_language(lang, "历年对比", "Years"),
        title=in_language(
            lang, f"量化目标历年对比（{len(table)} 个）", f"Targets beside other years ({len(table)})"
        ),
        source=years_source(lang),
        scope=scope.says(lang),
        units=in_language(lang, "各行不同，见“单位”列", "differ by row, see the column Unit"),
        notes=(
            in_language(
                lang,
                "以前的数取最近一年；口径断开处不取。“相近”指结果的对象与承诺有重叠而不相同。“预计”的结果待定。",
                "The earlier number is the latest one; none is taken across a break. Near: the result counts an overlapping population. An estimate is not final.",
            ),
        ),
        table=table,
        shown=tuple(headers),
        headers={name: in_language(lang, *both) for name, both in headers.items()},
        widths={name: 9 for name in headers if name.endswith("year")} | {f"name_{lang}": 22, "unit": 12},
        formulas={"result_share": _result_share},
        bars=("result_share",),
        links={"source_id": Link("sources", "source_id", "source_id"),
               "commitment_id": Link("commitments", "commitment_id", "commitment_id")},
    )  # fmt: skip


def _result_share(layouts, row: int) -> str:
    years = layouts["years"]
    return f"={years.letter('result')}{row}/{years.letter('value')}{row}"


def continuity_sheet(tables: Tables, scope: Scope, lang: str) -> Sheet:
    """Return the sheet of links between a commitment and another year's plan, each with its reason."""
    links = tables["links"]
    links = links[links["relation"] != "result"].reset_index(drop=True)
    names = tables["commitments"].set_index("commitment_id")[f"label_{lang}"]
    observed = tables["observations"].set_index("observation_id")
    table = links.assign(
        label=links["commitment_id"].map(names),
        said=links["observation_id"].map(observed[f"label_{lang}"]),
        source_id=links["observation_id"].map(observed["source_id"]),
    )
    headers = {
        "commitment_id": ("承诺编号", "Commitment"), "label": ("2024 年承诺", "Promised in 2024"), "relation": ("关系", "Relation"),
        "report_year": ("对照年份", "Other year"), "said": ("该年事项", "What that year says"), "code": ("变化", "Change"),
        "comparability": ("可比性", "Comparability"), f"basis_{lang}": ("理由", "Reason"), "source_id": ("来源", "Source"),
        "observation_id": ("事实编号", "Observation"),
    }  # fmt: skip
    return Sheet(
        key="continuity",
        name=in_language(lang, "延续与变化", "Continuity"),
        title=in_language(
            lang, f"延续与变化（{len(table)} 条，由通读判定）", f"Continuity and change ({len(table)} links, decided by reading)"
        ),
        source=years_source(lang),
        scope=scope.says(lang),
        notes=(
            in_language(
                lang,
                "前身：从该年到 2024 年的变化；后续：从 2024 年到 2025 年的变化。2015、2017–2019 年报告未持有，“新提”只相对于所持有的报告。",
                "Forebear: change from that year to 2024; successor: from 2024 to 2025. The reports of 2015 and 2017 to 2019 are not held: new is meant of those that are.",
            ),
        ),
        table=table,
        shown=tuple(headers),
        headers={name: in_language(lang, *both) for name, both in headers.items()},
        widths={f"basis_{lang}": 54, "report_year": 9},
        links={"commitment_id": Link("commitments", "commitment_id", "commitment_id"),
               "source_id": Link("sources", "source_id", "source_id")},
        printed=9,
    )  # fmt: skip


def fulfilment_sheet(tables: Tables, scope: Scope, lang: str, star: str = "*") -> Sheet:
    """Return the sheet of ratings, each with the evidence it rests on; an estimate is starred.

    ``star`` is what marks an estimate: a symbol is nothing that a screen reader says.
    """
    rated, observed = tables["rated"], tables["observations"].set_index("observation_id")
    joint = in_language(lang, "；", "; ")
    ids = rated["evidence_ids"].str.split("|")
    names = labels("fulfilment", lang)
    table = rated.assign(
        outcome=rated["code"].astype("str").map(names) + rated["is_estimate"].map({True: star, False: ""}),
        evidence=ids.map(lambda found: joint.join(observed[f"label_{lang}"][i] for i in found), na_action="ignore"),
        source_id=ids.map(lambda found: observed["source_id"][found[0]], na_action="ignore"),
    )
    headers = {
        "commitment_id": ("承诺编号", "Commitment"), f"label_{lang}": ("承诺事项", "Commitment (our words)"), "domain": ("领域", "Domain"),
        "testable": ("可检验性", "Testable"), "outcome": ("完成情况", "Outcome"), "rule_id": ("规则", "Rule"),
        "comparability": ("可比性", "Comparability"), "is_estimate": ("是否预计", "Estimate"), "evidence": ("依据", "Evidence"),
        "source_id": ("来源", "Source"), "evidence_ids": ("依据编号", "Observations"), "as_of": ("评定日", "As of"),
    }  # fmt: skip
    looks = {names[code]: colour for code, colour in LOOKS.items()}
    return Sheet(
        key="fulfilment",
        name=in_language(lang, "完成情况", "Outcome"),
        title=in_language(
            lang, f"完成情况（{len(table)} 项，按 2025 年报告评定）", f"What came of it ({len(table)}, rated on the 2025 report)"
        ),
        source=years_source(lang),
        scope=scope.says(lang),
        notes=(
            in_language(
                lang,
                f"“未见结果”指 2025 年报告没有写，不等于没有做；“无法评定”指承诺本身无法检验。规则见“代码表”。带 {star.strip()} 的依据为预计数。",
                f"No evidence: the 2025 report does not say, which is not the same as not done. Not assessable: the promise cannot be tested. Rules: see Codes. What has {star.strip()} rests on an estimate.",
            ),
        ),
        table=table,
        shown=tuple(headers),
        headers={name: in_language(lang, *both) for name, both in headers.items()},
        widths={"evidence": 44, "as_of": 12, f"label_{lang}": 26},
        links={"commitment_id": Link("commitments", "commitment_id", "commitment_id"),
               "source_id": Link("sources", "source_id", "source_id")},
        looks={"outcome": {**looks, **{text + star: colour for text, colour in looks.items()}}},
        printed=10,
    )  # fmt: skip


def sources_sheet(tables: Tables, lang: str) -> Sheet:
    """Return the sheet of documents that facts come from, the 2024 excerpt first."""
    sources = tables["sources"]
    own = tables["reports"].query("report_id == @REPORT")[["place_zh", "report_year", "delivered_on"]]
    own = own.rename(columns={"report_year": "year"}).assign(source_id=REPORT, document_type="government_work_report")
    own = own.assign(extent="fragment").reindex(columns=sources.columns)
    table = pd.concat([own.astype(sources.dtypes), sources], ignore_index=True)
    return Sheet(
        key="sources",
        name=in_language(lang, "资料来源", "Sources"),
        title=in_language(lang, f"资料来源（{len(table)} 份文件）", f"Sources ({len(table)} documents)"),
        notes=(
            in_language(
                lang,
                "2024 年报告只有节选，节选没有写日期。只读到开头或片段的文件不作“新提”“不再提及”的依据。",
                "The 2024 report is held as an excerpt that does not say its date. A document read in part is no evidence that something is new or dropped.",
            ),
        ),
        table=table,
        widths={"url": 46, "source_id": 20, "publisher": 26},
    )


def codes_sheet(tables: Tables, lang: str) -> Sheet:
    """Return the sheet of codes: every word that stands for a code, and what it means."""
    vocabulary = tables["vocabulary"]
    titles = _list_titles(lang)
    rows = vocabulary[vocabulary["vocabulary"].isin(LISTS)].reset_index(drop=True)
    table = rows.assign(list=rows["vocabulary"].map(titles))
    return Sheet(
        key="codes",
        name=in_language(lang, "代码表", "Codes"),
        title=in_language(lang, f"代码表（{len(table)} 个用语）", f"Codes ({len(table)} words)"),
        table=table,
        shown=("list", f"label_{lang}", f"definition_{lang}", "code"),
        headers={
            "list": in_language(lang, "用于", "Used for"),
            f"label_{lang}": in_language(lang, "用语", "Word"),
            f"definition_{lang}": in_language(lang, "意思", "Meaning"),
            "code": in_language(lang, "代码", "Code"),
        },
        widths={"list": 20, f"label_{lang}": 20, f"definition_{lang}": 50, "code": 20},
        printed=3,
        is_portrait=True,
    )


def notes_sheet(lang: str, star: str = "*") -> Sheet:
    """Return the sheet of notes: how to read the others."""
    lines = [
        (("怎样读", "每行一项承诺：一个有自己动词的行动或结果。编号不重复使用，可用来与其他年份对照。"),
         ("How to read", "One row a commitment: an action or outcome with its own verb. Ids are never reused.")),
        (("名称", "事项名称是我们自己的概括，不是报告原句。"),
         ("Labels", "Labels are our own words, not those of the report.")),
        (("空格", "表示报告没有写明，或没有这个数；不表示零。"),
         ("Empty cells", "Not stated, or no such number; never zero.")),
        (("建议牵头单位", "按职能推测，供分工参考；报告没有写明牵头单位。"),
         ("Suggested lead unit", "Our suggestion by function; the report names none.")),
        (("完成时限", "年度报告默认到当年 12 月 31 日；文中写明的另注。"),
         ("Due on", "31 December of the report's year unless the text says otherwise.")),
        (("未见结果", "2025 年报告没有写，不等于没有做。"),
         ("No evidence", "The 2025 report does not say, which is not the same as not done.")),
        (("预计", f"完成情况后加 {star.strip()} 的，依据为预计数，待最终数公布。"),
         ("Estimates", f"An outcome with {star.strip()} rests on an estimate until the final number is out.")),
        (("用语", "各栏用语的意思见“代码表”。"), ("Words", "What each word means: see the sheet Codes.")),
    ]  # fmt: skip
    rows = [in_language(lang, *pair) for pair in lines]  # type: ignore[arg-type]
    return Sheet(
        key="notes",
        name=in_language(lang, "说明", "Notes"),
        title=in_language(lang, "说明", "Notes"),
        table=pd.DataFrame(rows, columns=["item", "content"]),
        headers={"item": in_language(lang, "事项", "Item"), "content": in_language(lang, "说明内容", "What it means")},
        widths={"item": 20, "content": 74},
        is_portrait=True,
    )


def locators(frame: pd.DataFrame, lang: str = "zh") -> pd.Series:
    """Return where each row stands, as an office would say it.

    Examples
    --------
    >>> frame = pd.DataFrame({"section_no": [7, None], "paragraph_no": [2, 15], "clause_no": [3, 4]})
    >>> locators(frame.convert_dtypes()).tolist()
    ['（七）第2段第3小句', '结尾第15段第4小句']
    >>> locators(frame.convert_dtypes(), "en").tolist()
    ['section 7, para. 2, clause 3', 'close, para. 15, clause 4']
    """
    paragraph, clause = frame["paragraph_no"].astype(str), frame["clause_no"].astype(str)
    if lang == "en":
        sections = frame["section_no"].map(lambda n: "close" if pd.isna(n) else f"section {n}")
        return sections + ", para. " + paragraph + ", clause " + clause
    sections = frame["section_no"].map(lambda n: "结尾" if pd.isna(n) else f"（{chinese_numeral(n)}）")
    return sections + "第" + paragraph + "段第" + clause + "小句"


def source(lang: str) -> str:
    """Return the source line of sheets on 2024 alone."""
    return in_language(lang, "盘锦市 2024 年政府工作报告节选", "excerpt of the Panjin government work report 2024")


def years_source(lang: str) -> str:
    """Return the source line of sheets on several years."""
    return in_language(
        lang, "盘锦市历年政府工作报告，见“资料来源”", "Panjin government work reports of several years, see Sources"
    )


def _list_titles(lang: str) -> dict[str, str]:
    from panjin_analysis.load import data_dir, read_package

    name = in_language(lang, "title_zh", "title")
    return {one["name"]: one[name] for one in read_package(data_dir())["vocabularies"]}
