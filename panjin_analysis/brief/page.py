"""The brief as one web page that needs no network: findings, charts, tables to sort, limits, sources."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from panjin_analysis import pages
from panjin_analysis.brief import findings, words
from panjin_analysis.brief.facts import NEXT_YEAR, Brief
from panjin_analysis.brief.panels import plot_changes, plot_kinds, plot_results, plot_wording
from panjin_analysis.captions import other_years_notes
from panjin_analysis.excel import in_language
from panjin_analysis.figures import plot_targets
from panjin_analysis.kernel import svg_with_text
from panjin_analysis.style import house_look

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def web_page(field: Brief) -> bytes:
    """Return the page of a field as a file; commitments with their quotation where they carry one.

    Raises
    ------
    DataError
        If a character is not in the font.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> web_page(brief("livelihood_general"))[:15]
    b'<!DOCTYPE html>'
    """
    about = pages.Page(
        findings.headline(field),
        field.lang,
        in_language(field.lang, f"{field.name}领域简报", f"Brief of the field {field.name}"),
        other_years_notes(field.lang),
    )
    return pages.page(about, [_answer(field), *_counts(field), *_charts(field), *_lists(field), *_end(field)])


def _answer(field: Brief) -> Markup:
    label = in_language(field.lang, "要点", "In short")
    parts = ("strength", "types", "targets", "changes", "gaps")
    lines = Markup("").join(Markup("<li>{}</li>").format(findings.title(field, part)) for part in parts)
    return Markup('<div class="answer"><p class="label">{}</p><ul>{}</ul></div>').format(label, lines)


def _counts(field: Brief) -> list[Markup]:
    heading = in_language(field.lang, "有多少，能不能检验", "How many, and what can be tested")
    return [_heading("counts", heading), pages.table(words.count_table(field), heading, name="counts", lang=field.lang)]


def _charts(field: Brief) -> list[Markup]:
    said, lang = findings.captions(field), field.lang
    drawn: list[tuple[str, str, Callable[[], Axes]]] = [
        ("strength", in_language(lang, "措辞", "Wording"), lambda: plot_wording(field.strength, name=field.name, lang=lang)),
        ("types", in_language(lang, "类型", "Types"), lambda: plot_kinds(field.types, lang=lang)),
        ("targets", in_language(lang, "量化目标", "Targets"), lambda: plot_targets(field.targets, lang=lang)),
        ("changes", in_language(lang, "延续与变化", "Continuity"), lambda: plot_changes(field.changes, lang=lang)),
        ("outcome", in_language(lang, "后来怎样", "What came of it"), lambda: plot_results(field.outcome, lang=lang)),
    ]  # fmt: skip
    out = []
    for part, heading, plot in drawn:
        out.append(_heading(part, heading))
        if part == "targets" and field.targets.empty:
            out.append(Markup("<p>{}</p>").format(said[part].title))
            continue
        out.append(pages.figure(_svg(plot), said[part], name=part, lang=lang))
        if part == "targets":
            table = words.target_table(field).rename(columns={"target_id": in_language(lang, "编号", "Id")})
            out.append(pages.table(table, said[part].title, name="targets", lang=lang))
        if part == "changes":
            out += [_changed(field, step) for step in (0, 1)]
    return out


def _changed(field: Brief, step: int) -> Markup:
    lines = Markup("").join(Markup("<li>{}</li>").format(line) for line in words.change_lines(field, step))
    return Markup("<h3>{}</h3><ul>{}</ul>").format(words.step_name(field, step), lines)


def _lists(field: Brief) -> list[Markup]:
    lang, said = field.lang, findings.captions(field)["gaps"]
    out = [_heading("gaps", in_language(lang, "请说明", "To account for"))]
    if field.gaps.empty:
        out.append(Markup("<p>{}</p>").format(said.title))
    else:
        names = {
            "commitment_id": in_language(lang, "承诺编号", "Id"),
            f"label_{lang}": in_language(lang, "承诺事项", "Commitment (our words)"),
            "testable": in_language(lang, "可检验性", "Testable"),
            "lead_unit_suggested": in_language(lang, "建议牵头单位", "Suggested lead unit"),
            "code_out": in_language(lang, f"{NEXT_YEAR} 年计划", f"Plan {NEXT_YEAR}"),
        }
        out.append(pages.table(field.gaps[list(names)].rename(columns=names), said.title, name="gaps", lang=lang))
    out.append(_heading("commitments", in_language(lang, "各项承诺", "Each commitment")))
    title = in_language(lang, f"{len(field.commitments)} 项承诺", f"{len(field.commitments)} commitments")
    return [*out, pages.table(_commitments(field), title, name="commitments", lang=lang)]


def _commitments(field: Brief) -> pd.DataFrame:
    names = {
        "commitment_id": ("承诺编号", "Id"),
        f"label_{field.lang}": ("承诺事项", "Commitment (our words)"),
        "type": ("类型", "Type"),
        "strength": ("措辞", "Wording"),
        "testable": ("可检验性", "Testable"),
        "code": ("完成情况", "Outcome"),
        "code_in": ("与以前计划比", "Beside earlier plans"),
        "code_out": (f"与 {NEXT_YEAR} 年计划比", f"Beside the {NEXT_YEAR} plan"),
        "quote": ("原文", "Quotation (Chinese)"),
    }
    shown = {name: in_language(field.lang, *both) for name, both in names.items() if name in field.commitments}
    return field.commitments[list(shown)].rename(columns=shown)


def _end(field: Brief) -> list[Markup]:
    lang = field.lang
    items = [
        ("limits", in_language(lang, "不能由此得出什么", "What one may not conclude"), findings.limits(field)),
        ("sources", in_language(lang, "资料来源", "Sources"), words.source_lines(field)),
    ]
    return [
        _heading(name, heading)
        + Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(line) for line in lines))
        for name, heading, lines in items
    ]


def _heading(name: str, text: str) -> Markup:
    return Markup('<h2 id="{}">{}</h2>').format(name, text)


@house_look
def _svg(plot: "Callable[[], Axes]") -> str:
    from matplotlib import pyplot as plt

    figure: Any = plot().figure
    try:
        return svg_with_text(figure)
    finally:
        plt.close(figure)
