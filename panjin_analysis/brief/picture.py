"""The brief as one sheet in the proportions of A4 across, in the house look."""

import functools
import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from panjin_analysis.brief import findings, words
from panjin_analysis.brief.facts import Brief
from panjin_analysis.brief.layout import (
    Bars,
    Block,
    Page,
    Rows,
    Words,
    broken,
    column_height,
    draw_column,
    pitch,
)
from panjin_analysis.brief.panels import plot_kinds, plot_results, plot_wording
from panjin_analysis.captions import Caption, other_years_notes
from panjin_analysis.errors import DataError
from panjin_analysis.excel import in_language
from panjin_analysis.style import BLUE, MUTED, TITLE, declare_sheet, house_look, text_ems
from panjin_analysis.tables import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAPER = (13.36, 9.45)  # inches; in the proportions of A4, where 12 points become 10.5, the size of Chinese print
MARGIN, BETWEEN, APART = 0.36, 0.4, 0.12
SIZES = (15.0, 14.0, 13.0, 12.5, 12.0)  # points; the largest that fits
# How many items of a kind of change are named, how many kinds, and how many gaps.
DETAIL = (
    (None, None, 99), (None, 5, 99), (None, 4, 99), (8, 4, 99), (5, 4, 99), (5, 3, 99), (4, 3, 99), (3, 3, 99),
    (3, 2, 99), (2, 2, 99), (3, 3, 5), (2, 3, 5), (3, 2, 5), (2, 2, 5), (1, 2, 5), (1, 2, 4), (1, 1, 4), (1, 1, 3),
)  # fmt: skip
BIG = 20.0  # points of the numbers on top


@house_look
def plot_page(field: Brief, *, ax: "Axes | None" = None) -> "Axes":
    """Draw the whole brief on one sheet; return its first panel.

    Names are left out, with their number, where the sheet is too small for all; then the
    letters are made smaller, never under 12 points.

    Parameters
    ----------
    field
        ``brief(...)``.
    ax
        Any Axes of the figure to draw in; its figure is cleared.

    Raises
    ------
    DataError
        If the brief does not fit on the sheet.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> len(plot_page(brief("education")).figure.axes)
    3
    """
    from matplotlib import pyplot as plt

    figure: Any = ax.figure if ax else plt.figure()
    figure.clear()
    figure.set_layout_engine("none")
    figure.set_size_inches(*PAPER)
    declare_sheet(figure)
    setting = _fitting(field)
    page = Page(figure, setting.size)
    top, bottom = _draw_top(page, field), _bottom_height(field, setting.size)
    width, height = _column_width(), PAPER[1] - MARGIN - top - bottom - 0.1
    draw_column(page, _stretched(setting.left, setting.size, height), (MARGIN, top), width, height)
    draw_column(page, setting.right, (MARGIN + width + BETWEEN, top), width, height)
    _draw_bottom(page, field, PAPER[1] - MARGIN - bottom)
    return page.figure.axes[0]


def page_caption(field: Brief) -> Caption:
    """Return title, alt text and notes of the sheet."""
    said = findings.captions(field)
    alt = in_language(field.lang, "", " ").join(f"{one.title}{_stop(field.lang)}{one.alt}" for one in said.values())
    return Caption(findings.headline(field), alt, (*findings.limits(field), *other_years_notes(field.lang)))


@dataclass(frozen=True)
class _Setting:
    """The size of the letters, and the blocks of the two columns."""

    size: float
    left: list[Block]
    right: list[Block]


def _fitting(field: Brief) -> _Setting:
    """Return the first setting that goes on the sheet: names are worth more than large letters."""
    bars = _bars(field)
    rooms = {size: PAPER[1] - MARGIN - _top_height(field) - _bottom_height(field, size) - 0.1 for size in SIZES}
    targets, everything, asked = _targets(field), _everything(field), words.gap_lines(field)
    for most, kinds, most_gaps in DETAIL:
        changes = _changes(field, most, kinds)
        gaps = Words(findings.title(field, "gaps"), tuple(words.and_more(asked, most_gaps, field.lang)))
        columns: list[tuple[list[Block], list[Block]]] = [
            ([*bars], [targets, changes, gaps, everything]),
            ([*bars, gaps], [targets, changes, everything]),
            ([*bars, everything], [targets, changes, gaps]),
            ([*bars], [targets, changes, gaps]),
            ([*bars, gaps], [targets, changes]),
        ]
        for size, (left, right) in itertools.product(SIZES, columns):
            if all(_takes(column, size) <= rooms[size] for column in (left, right)):
                return _Setting(size, left, right)
    raise DataError(
        "chart_failed", where=field.domain, found=in_language(field.lang, "一页放不下", "it is more than a page")
    )


def _takes(column: list[Block], size: float) -> float:
    return column_height(column, _column_width(), size) + APART * (len(column) - 1)


def _bars(field: Brief) -> list[Block]:
    lang = field.lang
    types, outcome = labels("type", lang), labels("fulfilment", lang)
    whole = in_language(lang, "全部领域", "all fields")
    totals = field.strength.groupby("part", sort=False)["count"].sum()
    names = tuple(f"{name} ({total})" for name, total in zip((field.name, whole), totals, strict=True))
    return [
        Bars(findings.title(field, "strength"), names, functools.partial(_wording, field), has_key=True),
        Bars(
            findings.title(field, "types"),
            tuple(types[code] for code in field.types["type"]),
            lambda ax: plot_kinds(field.types, lang=lang, ax=ax),
        ),
        Bars(
            findings.title(field, "outcome"),
            tuple(f"{outcome[code]}*" for code in field.outcome["code"]),
            lambda ax: plot_results(field.outcome, lang=lang, ax=ax),
        ),
    ]


def _wording(field: Brief, ax: "Axes") -> "Axes":
    return plot_wording(field.strength, name=field.name, lang=field.lang, ax=ax)


def _stretched(column: list[Block], size: float, height: float) -> list[Block]:
    """Draw bars apart, at most by a third, where a column has room."""
    bars = [block for block in column if isinstance(block, Bars)]
    room = sum(replace(bar, stretch=2.0).height(_column_width(), size) for bar in bars)
    room -= sum(bar.height(_column_width(), size) for bar in bars)
    by = 1 + min(max((height - _takes(column, size) - 0.1 * len(column)) / room, 0.0), 0.35)
    return [replace(block, stretch=by) if isinstance(block, Bars) else block for block in column]


def _targets(field: Brief) -> Rows:
    table = words.target_table(field).drop(columns="target_id")
    return Rows(findings.title(field, "targets"), table, (0.25, 0.23, 0.18, 0.17, 0.17))


def _changes(field: Brief, most: int | None, kinds: int | None) -> Words:
    lines = [
        line
        for step in (0, 1)
        for line in (f"  {words.step_name(field, step)}", *words.change_lines(field, step, most, kinds))
    ]
    return Words(findings.title(field, "changes"), tuple(lines))


def _everything(field: Brief) -> Words:
    heading = in_language(field.lang, "各项承诺：措辞、可检验性、结果", "Each commitment: wording, testable, outcome")
    return Words(heading, tuple(words.commitment_lines(field)))


def _column_width() -> float:
    return (PAPER[0] - 2 * MARGIN - BETWEEN) / 2


def _title(field: Brief) -> tuple[float, tuple[str, ...]]:
    """Return the size of the title's letters and its lines: one line where small letters allow it."""
    text, width = findings.headline(field), PAPER[0] - 2 * MARGIN
    sizes = (TITLE, TITLE - 1, TITLE - 2)
    fitting = [size for size in sizes if len(broken(text, width, size)) == 1]
    size = fitting[0] if fitting else TITLE
    return size, broken(text, width, size)


def _top_height(field: Brief) -> float:
    letters, lines = _title(field)
    return MARGIN - 0.1 + pitch(letters) * len(lines) + pitch(BIG) + 0.22


def _tiles(field: Brief) -> list[tuple[int, str]]:
    names = {
        "commitments": ("项承诺", "commitments"),
        "testable_yes": ("项可检验", "testable"),
        "testable_partly": ("项部分可检验", "partly testable"),
        "testable_no": ("项不可检验", "not testable"),
        "quantified": ("项有数字", "with a number"),
    }
    return [(field.count(name), in_language(field.lang, *both)) for name, both in names.items()]


def _draw_top(page: Page, field: Brief) -> float:
    """Write the title and the numbers under it; return where the columns begin."""
    y = MARGIN - 0.1
    letters, lines = _title(field)
    for line in lines:
        y = page.write(MARGIN, y, line, size=letters)
    y += 0.04
    x, size = MARGIN, min(page.size, 13.0)
    for number, name in _tiles(field):
        page.write(x, y, str(number), colour=BLUE, size=BIG)
        x += text_ems(str(number)) * BIG / 72 + 0.08
        page.write(x, y + 0.78 * (pitch(BIG) - pitch(size)), name, size=size)
        x += text_ems(name) * size / 72 + 0.4
    page.rule(MARGIN, y + pitch(BIG) + 0.06, PAPER[0] - 2 * MARGIN)
    return _top_height(field)


def _bottom_lines(field: Brief, size: float) -> list[tuple[str, str]]:
    width = PAPER[0] - 2 * MARGIN
    stop = in_language(field.lang, "", " ")
    heading = in_language(field.lang, "不能由此得出：", "What one may not conclude: ")
    limits = broken(heading + stop.join(findings.limits(field)), width, size)
    sources = broken(stop.join(other_years_notes(field.lang)), width, size)
    return [*((line, "") for line in limits), *((line, MUTED) for line in sources)]


def _bottom_height(field: Brief, size: float) -> float:
    return 0.08 + pitch(min(size, 12.5)) * len(_bottom_lines(field, min(size, 12.5)))


def _draw_bottom(page: Page, field: Brief, y: float) -> None:
    size = min(page.size, 12.5)
    page.rule(MARGIN, y, PAPER[0] - 2 * MARGIN)
    y += 0.08
    for line, colour in _bottom_lines(field, size):
        y = page.write(MARGIN, y, line, size=size, **({"colour": colour} if colour else {}))


def _stop(lang: str) -> str:
    return in_language(lang, "。", ". ")
