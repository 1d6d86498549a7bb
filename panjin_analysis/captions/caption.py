"""What stands round a chart in one language, and the notes that several charts share."""

from dataclasses import dataclass, replace

import pandas as pd

from panjin_analysis.compare.continuity import CODED_YEAR, held_years


@dataclass(frozen=True)
class Caption:
    """What stands round a chart, in one language."""

    title: str
    alt: str
    notes: tuple[str, ...]

    def with_source(self, *lines: str) -> "Caption":
        """Return it for data from elsewhere: how to read the chart stays, ``lines`` say where its data come from.

        Examples
        --------
        >>> Caption("", "", ("括号内为项数。", "来源：甲。", "未覆盖：乙。")).with_source("来源：丙。").notes
        ('括号内为项数。', '来源：丙。')
        """
        return replace(self, notes=(*self.notes[:1], *lines))

    def _repr_markdown_(self) -> str:
        """Show it in a notebook: the finding, then the numbers behind it."""
        return f"**{self.title}**\n\n{self.alt}\n\n" + "  \n".join(self.notes)


def source_notes(lang: str) -> tuple[str, ...]:
    """Return the source line and what the data do not cover."""
    return {
        "zh": (
            "来源：盘锦市 2024 年政府工作报告节选，panjin_analysis 编码。",
            "未覆盖：报告第一至六部分、回顾部分和结尾的其余内容。",
        ),
        "en": (
            "Source: excerpt of the Panjin government work report 2024, coded by panjin_analysis.",
            "Not covered: sections 1 to 6, the review part and the rest of the close.",
        ),
    }[lang]


def other_years_notes(lang: str) -> tuple[str, ...]:
    """Return the source line of comparisons, and which reports are not held."""
    held = [year for year in held_years() if year != CODED_YEAR]
    missing = [year for year in range(min(held), max(held)) if year not in held and year != CODED_YEAR]
    joined = {"zh": "、", "en": ", "}[lang]
    have, lack = (joined.join(map(str, years)) for years in (held, missing))
    return {
        "zh": (
            f"来源：盘锦市 {have} 年政府工作报告全文（第三方副本）和 2024 年节选，panjin_analysis 编码。",
            f"未覆盖：{lack} 年报告，2024 年报告的其余部分。报告没有写，不等于没有做。",
        ),
        "en": (
            f"Source: Panjin government work reports {have} (third-party copies) and the 2024 excerpt.",
            f"Not covered: the reports of {lack} and the rest of 2024. Not reported is not the same as not done.",
        ),
    }[lang]


def listed(parts: list[str], lang: str) -> str:
    """Return the parts as one sentence."""
    return {"zh": "，", "en": ", "}[lang].join(parts) + {"zh": "。", "en": "."}[lang]


def only_largest(counts: pd.Series) -> str | None:
    """Return the one code with the most, or None where two share the lead."""
    leading = counts.index[counts == counts.max()]
    return str(leading[0]) if len(leading) == 1 else None
