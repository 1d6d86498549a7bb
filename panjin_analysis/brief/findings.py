"""The sentences of a brief, each computed from its frames; where they bear no finding, it is neutral."""

import pandas as pd

from panjin_analysis.brief.facts import NEXT_YEAR, Brief
from panjin_analysis.captions import LARGE, Caption, other_years_notes, source_notes
from panjin_analysis.excel import in_language
from panjin_analysis.rules import REACHED
from panjin_analysis.tables import labels

STAR = ("带 * 的依据为预计数，待定。", "What has * rests on an estimate, not yet final.")
PARTS = ("strength", "types", "targets", "changes", "outcome", "gaps")


def headline(field: Brief) -> str:
    """Return the one sentence that a reader takes away.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> headline(brief("education", "en"))
    'Education: 13 commitments, 3 can be tested and 5 partly; 2025 report: reached 2, progress reported 4, no evidence 2'
    """
    number, yes, partly = (field.count(name) for name in ("commitments", "testable_yes", "testable_partly"))
    if yes + partly == 0:
        return in_language(
            field.lang,
            f"{field.name}：{number} 项承诺，没有一项可检验",
            f"{field.name}: {number} commitments, none of which can be tested",
        )
    begun = in_language(
        field.lang,
        f"{field.name}：{number} 项承诺，{yes} 项可检验、{partly} 项部分可检验",
        f"{field.name}: {number} commitments, {yes} can be tested and {partly} partly",
    )
    return begun + in_language(field.lang, f"；{NEXT_YEAR} 年报告：", f"; {NEXT_YEAR} report: ") + _outcome_parts(field)


def title(field: Brief, part: str) -> str:
    """Return the title of one part of the brief: its finding.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> title(brief("health", "en"), "targets")
    'No quantified target'
    """
    return _TITLES[part](field)


def captions(field: Brief) -> dict[str, Caption]:
    """Return title, alt text and notes of each part of the brief.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> captions(brief("education", "en"))["types"].alt
    'Bars by type: Direction 3, Deliverable 2, Bid for a title 2, Programme or rule 2, ...'
    """
    own, years = source_notes(field.lang), other_years_notes(field.lang)
    notes = {"strength": own, "types": own, "outcome": (*years, *star_notes(field))}
    return {part: Caption(title(field, part), alt(field, part), notes.get(part, years)) for part in PARTS}


def caption_wording(field: Brief) -> Caption:
    """Return the words round ``plot_wording``."""
    return captions(field)["strength"]


def caption_kinds(field: Brief) -> Caption:
    """Return the words round ``plot_kinds``."""
    return captions(field)["types"]


def caption_changes(field: Brief) -> Caption:
    """Return the words round ``plot_changes``."""
    return captions(field)["changes"]


def caption_results(field: Brief) -> Caption:
    """Return the words round ``plot_results``."""
    return captions(field)["outcome"]


def answer(field: Brief) -> Caption:
    """Return the brief in a few sentences: its headline, then the finding of each part.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> answer(brief("health", "en")).alt.split("; ")[-1]
    'Please account for 3: at least partly testable, and the 2025 report is silent.'
    """
    told = [title(field, part) for part in PARTS if part != "outcome"]
    alt_text = in_language(field.lang, "；", "; ").join(told) + in_language(field.lang, "。", ".")
    return Caption(headline(field), alt_text, (*other_years_notes(field.lang), *star_notes(field)))


def star_notes(field: Brief) -> list[str]:
    """Return what the star beside an outcome means; nothing where none rests on an estimate.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> star_notes(brief("education", "en"))
    []
    """
    return [in_language(field.lang, *STAR)] if field.outcome["estimates"].sum() else []


def limit_table(field: Brief) -> pd.DataFrame:
    """Return what one may not conclude as a frame to look at, one line a row."""
    return pd.DataFrame({in_language(field.lang, "不能由此得出什么", "What one may not conclude"): limits(field)})


def alt(field: Brief, part: str) -> str:
    """Return in words what the drawing of a part shows."""
    kind = {
        "strength": ("堆叠条形图：", "Stacked bars: "),
        "types": ("分类型条形图：", "Bars by type: "),
        "targets": ("各目标的数：", "Numbers of each target: "),
        "changes": ("分代码条形图：", "Bars by code: "),
        "outcome": ("分完成情况条形图：", "Bars by outcome: "),
        "gaps": ("清单：", "List: "),
    }[part]
    parts = _ALT[part](field) or [in_language(field.lang, "没有", "none")]
    joined = in_language(field.lang, "，", ", ").join(parts) + in_language(field.lang, "。", ".")
    return in_language(field.lang, *kind) + joined


def limits(field: Brief) -> list[str]:
    """Return what one may not conclude, the lines that this field calls for.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> limits(brief("education", "en"))[2]
    'One commitment is 8% of this field: shares rank no fields; firmer or softer is said only where all 96 readings agree.'
    """
    share, readings = 100 / field.count("commitments"), len(field.readings)
    pairs = [
        ("2024 年报告只有节选（第七至九部分和结尾开头）；本领域在其他部分的承诺不在此列。",
         "Of the 2024 report only an excerpt is held (sections 7 to 9, opening of the close); the field may have more."),
        (f"未见结果不等于没有做；依据只有市政府自己的 {NEXT_YEAR} 年报告，未经核实。",
         f"Silence is not failure; the only evidence is the city's own {NEXT_YEAR} report, not verified."),
        (f"一项就占本领域的 {share:.0f}%，不能凭比例给领域排名；{readings} 种读法都一致，才说比全部领域硬或软。",
         f"One commitment is {share:.0f}% of this field: shares rank no fields; firmer or softer is said only where all {readings} readings agree."),
        ("措辞硬不等于做得好，不可检验不等于没有做。",
         "Firm wording is not good work, and what cannot be tested may well have been done."),
        ("“新提”“不再提及”只相对于所持有的报告。", "New and dropped are meant of the reports that are held."),
        ("名称为我们的概括；牵头单位为按职能的建议。", "Labels are our words; lead units are our suggestion by function."),
    ]  # fmt: skip
    if (field.commitments["code"].astype("str").isin(REACHED) & _rests_on_near(field)).any():
        pairs.insert(2, (
            "标“相近”的结果，对象与承诺有重叠而不相同。",
            "A result marked near counts an overlapping population, not the same.",
        ))  # fmt: skip
    if field.outcome["estimates"].sum() or (field.targets["result_status"].astype("str") == "estimate").any():
        pairs.insert(2, STAR)
    return [in_language(field.lang, *pair) for pair in pairs]


def _rests_on_near(field: Brief) -> pd.Series:
    near = field.targets.loc[field.targets["comparability"].astype("str") == "near", "commitment_id"]
    return field.commitments["commitment_id"].isin(near)


def outcome_words(field: Brief) -> list[tuple[str, int]]:
    """Return what came of what can be assessed: the words and how many, those reached together.

    A star marks what rests, in part at least, on an estimate.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> outcome_words(brief("education", "en"))
    [('reached', 2), ('progress reported', 4), ('no evidence', 2)]
    """
    names = labels("fulfilment", field.lang)
    told = field.outcome[field.outcome["code"] != "not_assessable"]
    is_reached = told["code"].isin(REACHED)
    rows = [
        ("reached", told[is_reached]),
        *((code, told[told["code"] == code]) for code in told.loc[~is_reached, "code"]),
    ]
    words = {"reached": in_language(field.lang, "完成", "reached")}
    words |= {code: in_language(field.lang, name, name.lower()) for code, name in names.items()}
    return [(words[code] + "*" * bool(part["estimates"].sum()), int(part["count"].sum())) for code, part in rows]


def _outcome_parts(field: Brief) -> str:
    parts = [in_language(field.lang, f"{word} {n} 项", f"{word} {n}") for word, n in outcome_words(field)]
    return in_language(field.lang, "，", ", ").join(parts)


def _strength_title(field: Brief) -> str:
    number, firm, strive = (field.count(name) for name in ("commitments", "firm", "strive"))
    row = field.counts.set_index("measure").loc["firm"]
    share, whole = float(row["share_pct"]), float(row["whole_share_pct"])
    if number < LARGE:  # one commitment would decide it
        return in_language(
            field.lang,
            f"措辞：{number} 项中完成类、实施类 {firm} 项；项数少，不作比较",
            f"Wording: {firm} of {number} deliver or implement; too few to compare",
        )
    how = ("与全部领域没有明确差别", "not clearly different from all fields")
    if abs(share - whole) > 100 / number:  # more than one commitment makes
        how = ("与全部领域没有明确差别（各读法不一致）", "not clearly different from all fields (readings disagree)")
        if _is_same_under_every_reading(field):
            how = ("比全部领域硬", "firmer than in all fields") if share > whole else ("比全部领域软", "softer than in all fields")  # fmt: skip
    more = in_language(field.lang, f"；力争 {strive} 项", f"; striving: {strive}") if strive else ""
    return (
        in_language(
            field.lang,
            f"措辞{how[0]}：完成类、实施类 {share:.0f}%，全部 {whole:.0f}%",
            f"Wording {how[1]}: {share:.0f}% deliver or implement, all fields {whole:.0f}%",
        )
        + more
    )


def _is_same_under_every_reading(field: Brief) -> bool:
    beside = field.readings["share_pct"] - field.readings["whole_share_pct"]
    return bool((beside > 0).all() or (beside < 0).all())


def _types_title(field: Brief) -> str:
    total, quantified = field.count("commitments"), field.count("quantified")
    leading = field.types[field.types["count"] == field.types["count"].max()]
    with_number = in_language(field.lang, f"有数字的 {quantified} 项", f"with a number: {quantified}")
    if len(leading) == 1:
        name, count = labels("type", field.lang)[leading["type"].iloc[0]], int(leading["count"].iloc[0])
        first = in_language(
            field.lang, f"“{name}”最多：{total} 项中 {count} 项", f"Most are “{name}”: {count} of {total}"
        )
        if count * 2 <= total:
            first = in_language(field.lang, first, f"“{name}” leads: {count} of {total}")
        return first + in_language(field.lang, "；", "; ") + with_number
    kinds = len(field.types)
    return in_language(
        field.lang, f"{total} 项承诺分属 {kinds} 类，{with_number}", f"{total} commitments of {kinds} types; {with_number}"
    )  # fmt: skip


def _targets_title(field: Brief) -> str:
    total = len(field.targets)
    if not total:
        return in_language(field.lang, "没有量化目标", "No quantified target")
    known = field.targets["result"].notna()
    reached = int((field.targets["code"].astype("str").isin(REACHED) & known).sum())
    return in_language(
        field.lang,
        f"量化目标 {total} 个：{int(known.sum())} 个有结果，其中 {reached} 个达到",
        f"Quantified targets: {total}, of which {int(known.sum())} with a result, {reached} reached",
    )


def _changes_title(field: Brief) -> str:
    number = {key: len(rows) for key, rows in field.changes.groupby(["step", field.changes["code"].astype("str")])}
    into, out = list(dict.fromkeys(field.changes["step"]))
    new, silent = number.get((into, "new"), 0), number.get((out, "dropped_silent"), 0)
    vague = number.get((out, "not_assessable"), 0)
    total = field.count("commitments")
    if vague * 2 > total:
        return in_language(
            field.lang, f"延续：{total} 项中 {vague} 项太笼统，无法与 {NEXT_YEAR} 年计划对照",
            f"Continuity: {vague} of {total} are too general to be compared with the {NEXT_YEAR} plan",
        )  # fmt: skip
    of = _comparable(field)
    if new == silent == 0:
        return in_language(
            field.lang,
            f"延续：{of}没有新提，也没有无说明不再提及的",
            f"Continuity: {of}none new, none gone without a word",
        )
    return (
        of[:1].upper()
        + of[1:]
        + in_language(
            field.lang,
            f"新提 {new} 项；{silent} 项 {NEXT_YEAR} 年计划不再提及，没有说明",
            f"{'new' if of else 'New'}: {new}; gone from the {NEXT_YEAR} plan without a word: {silent}",
        )
    )


def _comparable(field: Brief) -> str:
    """Return the words for what can be compared at all; nothing where all can."""
    steps = field.changes.groupby("step")["code"]
    numbers = steps.apply(lambda codes: int((codes.notna() & (codes != "not_assessable")).sum())).tolist()
    if min(numbers) == field.count("commitments"):
        return ""
    said = "/".join(str(number) for number in dict.fromkeys(numbers))
    return in_language(field.lang, f"能对照的 {said} 项中，", f"of the {said} that can be compared, ")


def _outcome_title(field: Brief) -> str:
    able = field.count("assessable")
    if not able:
        return in_language(
            field.lang, "没有一项可评定：承诺都无法检验", "Nothing can be assessed: no commitment can be tested"
        )
    return in_language(
        field.lang,
        f"可评定的 {able} 项：{_outcome_parts(field)}",
        f"Of {able} that can be assessed: {_outcome_parts(field)}",
    )


def _gaps_title(field: Brief) -> str:
    silent, able = len(field.gaps), field.count("assessable")
    if silent:
        return in_language(
            field.lang,
            f"请说明：{silent} 项至少部分可检验，{NEXT_YEAR} 年报告没有写结果",
            f"Please account for {silent}: at least partly testable, and the {NEXT_YEAR} report is silent",
        )
    if not able:
        return in_language(
            field.lang,
            "没有至少部分可检验的承诺，列不出缺口",
            "No commitment can be tested even in part, so no gap can be listed",
        )
    return in_language(
        field.lang, f"至少部分可检验的 {able} 项，{NEXT_YEAR} 年报告都有交代",
        f"No gap: the {NEXT_YEAR} report speaks of all that can be tested at least in part ({able})",
    )  # fmt: skip


def _strength_alt(field: Brief) -> list[str]:
    names = labels("strength", field.lang)
    parts = {"field": field.name, "whole": in_language(field.lang, "全部领域", "all fields")}
    rows = field.strength[field.strength["count"] > 0]
    return [f"{parts[row.part]} {names[row.strength]} {row[3]}" for row in rows.itertuples()]


def _types_alt(field: Brief) -> list[str]:
    names = labels("type", field.lang)
    return [f"{names[code]} {count}" for code, count in zip(field.types["type"], field.types["count"], strict=True)]


def _targets_alt(field: Brief) -> list[str]:
    from panjin_analysis.brief.words import target_lines

    return target_lines(field)


def _changes_alt(field: Brief) -> list[str]:
    names = labels("continuity", field.lang)
    counts = field.changes.groupby(["step", field.changes["code"].astype("str")], sort=False).size()
    return [f"{step} {names[code]} {count}" for (step, code), count in counts.items()]


def _outcome_alt(field: Brief) -> list[str]:
    names = labels("fulfilment", field.lang)
    return [f"{names[row.code]}{'*' * bool(row.estimates)} {row[2]}" for row in field.outcome.itertuples()]


def _gaps_alt(field: Brief) -> list[str]:
    return field.gaps[f"label_{field.lang}"].tolist()


_TITLES = {
    "strength": _strength_title,
    "types": _types_title,
    "targets": _targets_title,
    "changes": _changes_title,
    "outcome": _outcome_title,
    "gaps": _gaps_title,
}
_ALT = {
    "strength": _strength_alt,
    "types": _types_alt,
    "targets": _targets_alt,
    "changes": _changes_alt,
    "outcome": _outcome_alt,
    "gaps": _gaps_alt,
}
