"""The brief as at most six slides: titles are findings, charts are native, notes name rows and sources."""

from typing import Any

import pandas as pd

from panjin_analysis.brief import findings, words
from panjin_analysis.brief.deck import BODY, BODY_SIZES, Box, Deck, fitting, list_height, text_height
from panjin_analysis.brief.facts import NEXT_YEAR, Brief
from panjin_analysis.brief.native import Series, add_bars, add_table, table_height
from panjin_analysis.brief.panels import STEP_LOOKS, change_counts
from panjin_analysis.captions import other_years_notes, source_notes
from panjin_analysis.excel import in_language
from panjin_analysis.figures.outcome import LOOKS
from panjin_analysis.load import load_vocabulary
from panjin_analysis.style import BLUE, HATCH, MUTED, ORANGE, STRENGTH, TEAL
from panjin_analysis.tables import labels

HALF = (BODY.width - 0.5) / 2
LEFT, RIGHT = Box(BODY.x, BODY.y, HALF, BODY.height), Box(BODY.x + HALF + 0.5, BODY.y, HALF, BODY.height)
HEADING = 18  # points
TESTABLE = {"yes": (BLUE, None), "partly": ("#A9C8E0", None), "no": ("#FFFFFF", "...")}
WIDTHS = (0.3, 0.22, 0.17, 0.16, 0.15)  # of the table of targets


def slides(field: Brief) -> bytes:
    """Return the presentation of a field as a file.

    Raises
    ------
    DataError
        If a text does not fit its slide.

    Examples
    --------
    >>> from panjin_analysis.brief import brief
    >>> slides(brief("livelihood_general"))[:2]
    b'PK'
    """
    deck = Deck(findings.headline(field), field.lang)
    _summary(deck, field)
    _wording(deck, field)
    if len(field.targets):
        _targets(deck, field)
    _changes(deck, field)
    _outcome(deck, field)
    _limits(deck, field)
    return deck.bytes()


def _summary(deck: Deck, field: Brief) -> None:
    slide = deck.slide(
        findings.headline(field),
        _source(field, "years"),
        _notes(field, "years", [_rows(field, field.commitments["commitment_id"]), *findings.star_notes(field)]),
    )
    counts = field.counts.set_index("measure")
    names = {"yes": ("可检验", "testable"), "partly": ("部分可检验", "partly"), "no": ("不可检验", "not testable")}
    series = [
        Series(
            in_language(field.lang, *both),
            counts.loc[f"testable_{code}", ["count", "whole_count"]].astype(int).tolist(),
            TESTABLE[code],
        )
        for code, both in names.items()
    ]
    heading = in_language(field.lang, "能不能检验", "What can be tested")
    categories = _compared(field)
    words_of = ", ".join(f"{one.name} {one.numbers[0]} / {one.numbers[1]}" for one in series)
    alt = in_language(field.lang, "堆叠条形图，本领域 / 全部领域：", "Stacked bars, field / all fields: ") + words_of
    box = _headed(deck, slide, heading, LEFT)
    chart = _high(box, 2, has_key=True)
    add_bars(slide, chart, categories, series, name=heading, alt=alt, is_stacked=True)
    meanings = load_vocabulary("testable").set_index("code")[f"definition_{field.lang}"]
    colon = in_language(field.lang, "：", ": ")
    lines = [f"{one.name}{colon}{meanings[code]}" for code, one in zip(names, series, strict=True)]
    _list(deck, slide, field, lines, _under(chart, box), sizes=(16, 14))
    parts = ("strength", "types", "targets", "changes", "gaps")
    _list(deck, slide, field, [findings.title(field, part) for part in parts], RIGHT)


def _wording(deck: Deck, field: Brief) -> None:
    lang, said = field.lang, findings.captions(field)
    slide = deck.slide(
        said["strength"].title,
        _source(field, "own"),
        _notes(
            field, "own", [said["strength"].alt, said["types"].alt, _rows(field, field.commitments["commitment_id"])]
        ),
    )
    counts = field.strength.pivot(index="strength", columns="part", values="count")[["field", "whole"]]
    names = labels("strength", lang)
    shown = [code for code in reversed(names) if code in counts.index and counts.loc[code].sum()]
    series = [Series(names[code], counts.loc[code].tolist(), (STRENGTH[code], HATCH.get(code))) for code in shown]
    heading = in_language(lang, "措辞强度（条内为项数）", "Strength of wording (counts)")
    box = _headed(deck, slide, heading, LEFT)
    chart = _high(box, 2, has_key=True)
    add_bars(slide, chart, _compared(field), series, name=heading, alt=said["strength"].alt, is_stacked=True)
    _list(deck, slide, field, _how_to_read(field), _under(chart, box), sizes=(16, 14))
    box = _headed(deck, slide, said["types"].title, RIGHT)
    types = labels("type", lang)
    unit = in_language(lang, "项", "commitments")
    add_bars(
        slide, _high(box, len(field.types)), [types[code] for code in field.types["type"]],
        [Series(unit, field.types["count"].tolist())], name=said["types"].title, alt=said["types"].alt,
    )  # fmt: skip


def _targets(deck: Deck, field: Brief) -> None:
    lang, caption = field.lang, findings.captions(field)["targets"]
    evidence = [f"{row.target_id}: {row.result_id}" for row in field.targets.dropna(subset="result_id").itertuples()]
    rows = [_rows(field, field.targets["target_id"])]
    rows += [in_language(lang, "结果依据：", "Results rest on: ") + ", ".join(evidence)] if evidence else []
    slide = deck.slide(caption.title, _source(field, "years"), _notes(field, "years", [*rows, caption.alt]))
    table = words.target_table(field).drop(columns="target_id")
    widths = [share * BODY.width for share in WIDTHS]
    size = next((s for s in (18, 16) if table_height(table, widths, s) <= 2.6), 14)
    add_table(deck, slide, BODY, table, widths, size, name=caption.title, alt=caption.alt)
    top = BODY.y + table_height(table, widths, size) + 0.2
    _index(deck, slide, field, Box(BODY.x, top, BODY.width, BODY.y + BODY.height - top))


def _index(deck: Deck, slide: Any, field: Brief, box: Box) -> None:
    """Add the chart in which every target is 100, where there is anything to set beside one."""
    lang, rows = field.lang, field.targets
    columns = {
        "previous_index": (("以前", "earlier"), (MUTED, None)),
        "result_index": (("报告结果", "reported result"), (TEAL, None)),
        "next_index": ((f"{NEXT_YEAR} 年目标", f"target {NEXT_YEAR}"), (ORANGE, "///")),
    }
    known = [name for name in columns if rows[name].notna().any()]
    if not known:
        return
    series = [
        Series(
            in_language(lang, *columns[name][0]),
            [None if value is None else round(value, 1) for value in rows[name].astype(object).where(rows[name].notna(), None)],
            columns[name][1],
        )
        for name in known
    ]  # fmt: skip
    unseen = in_language(lang, "（未写结果）", " (not reported)")
    names = rows[f"name_{lang}"] + rows["result"].isna().map({True: unseen, False: ""})
    heading = in_language(lang, "与目标相比（目标 = 100；没有的数不画）", "Beside the target (target = 100; no bar: no such number)")  # fmt: skip
    alt = heading + in_language(lang, "：", ": ") + ", ".join(
        f"{one.name} " + " / ".join("–" if value is None else f"{value:g}" for value in one.numbers) for one in series
    )  # fmt: skip
    box = _headed(deck, slide, heading, box)
    box = Box(box.x, box.y, box.width, min(box.height, 0.36 * len(rows) * (len(series) + 0.4) + 0.6))
    add_bars(slide, box, names.tolist(), series, name=heading, alt=alt, number_format="General")


def _changes(deck: Deck, field: Brief) -> None:
    lang, caption = field.lang, findings.captions(field)["changes"]
    links = [
        f"{row.step} {row.commitment_id}: {row.observation_id}"
        for row in field.changes.dropna(subset="observation_id").itertuples()
    ]
    rows = [in_language(lang, "对应的行（承诺：另一年的事实）：", "Rows (commitment: fact of the other year): ") + ", ".join(links)]  # fmt: skip
    meaning = in_language(
        lang,
        f"“新提”：以前持有的各年计划都没有。“不再提及”：{NEXT_YEAR} 年计划全文没有，也没有说明。由通读判定。",
        f"New: in no earlier plan that is held. Dropped without a word: nowhere in the whole {NEXT_YEAR} plan. Decided by reading.",
    )
    slide = deck.slide(caption.title, _source(field, "years"), _notes(field, "years", [meaning, caption.alt, *rows]))
    grid = change_counts(field.changes)
    for step, box in enumerate((LEFT, RIGHT)):
        _change(deck, slide, field, step, grid.iloc[:, step], box)


def _change(deck: Deck, slide: Any, field: Brief, step: int, counts: pd.Series, box: Box) -> None:
    """Put a chart of what changed in one step over the names, as many as there is room for."""
    names, heading = labels("continuity", field.lang), words.step_name(field, step)
    counts = counts[counts > 0]
    alt = heading + in_language(field.lang, "：", ": ") + ", ".join(f"{names[code]} {n}" for code, n in counts.items())
    rest = _headed(deck, slide, heading, box)
    chart = Box(rest.x, rest.y, rest.width, (0.3 if len(counts) > 5 else 0.4) * len(counts) + 0.1)
    series = Series(in_language(field.lang, "项", "commitments"), counts.tolist(), STEP_LOOKS[step])
    add_bars(slide, chart, [names[code] for code in counts.index], [series], name=heading, alt=alt)
    rest = _under(chart, rest)
    for most, kinds in DETAIL:
        lines = words.change_lines(field, step, most, kinds)
        sizes = [size for size in (16, 14) if list_height(lines, rest.width, size) <= rest.height]
        if sizes:
            break
    _list(deck, slide, field, lines, rest, sizes=tuple(sizes) or (14,))


DETAIL = ((None, None), (None, 4), (8, 4), (5, 4), (4, 3), (3, 3), (2, 3), (2, 2), (1, 2), (1, 1))


def _outcome(deck: Deck, field: Brief) -> None:
    lang, said = field.lang, findings.captions(field)
    names = labels("fulfilment", lang)
    ratings = [f"{row.commitment_id} {names[str(row.code)]}" for row in field.commitments.itertuples()]
    rows = in_language(lang, "各项评定：", "Ratings: ") + ", ".join(ratings)
    meaning = in_language(
        lang,
        f"“未见结果”：{NEXT_YEAR} 年报告没有写，不等于没有做。“无法评定”：承诺本身无法检验。* 依据为预计数。",
        f"No evidence: the {NEXT_YEAR} report does not say, which is not the same as not done. Not assessable: the promise cannot be tested. * rests on an estimate.",
    )
    slide = deck.slide(
        said["outcome"].title, _source(field, "years"), _notes(field, "years", [meaning, said["outcome"].alt, rows])
    )
    stars = field.outcome["estimates"].gt(0).map({True: "*", False: ""})
    categories = [names[code] + star for code, star in zip(field.outcome["code"], stars, strict=True)]
    series = Series(
        in_language(lang, "项", "commitments"), field.outcome["count"].tolist(),
        looks=[LOOKS[code] for code in field.outcome["code"]],
    )  # fmt: skip
    heading = in_language(lang, "后来怎样（项）", "What came of it (commitments)")
    box = _headed(deck, slide, heading, LEFT)
    add_bars(slide, _high(box, len(categories)), categories, [series], name=heading, alt=said["outcome"].alt)
    box = _headed(deck, slide, said["gaps"].title, RIGHT)
    lines = words.gap_lines(field) or words.commitment_lines(field)
    _list(deck, slide, field, lines, box)


def _limits(deck: Deck, field: Brief) -> None:
    lang = field.lang
    slide = deck.slide(
        in_language(lang, f"{field.name}：不能由此得出什么，依据从哪里来", f"{field.name}: what one may not conclude, and where it is from"),
        _source(field, "years"),
        _notes(field, "years", words.source_lines(field)),
    )  # fmt: skip
    _list(deck, slide, field, findings.limits(field), LEFT, sizes=(18, 16, 14))
    box = _headed(deck, slide, in_language(lang, "资料来源", "Sources"), RIGHT)
    _list(deck, slide, field, words.source_lines(field), box, sizes=(16, 14))


def _headed(deck: Deck, slide: Any, heading: str, box: Box) -> Box:
    """Write a heading in a box; return what remains of the box."""
    height = text_height([heading], box.width, HEADING)
    deck.write(slide, [heading], Box(box.x, box.y, box.width, height), HEADING, marked=False, colour=BLUE)
    return Box(box.x, box.y + height + 0.05, box.width, box.height - height - 0.05)


def _list(
    deck: Deck, slide: Any, field: Brief, lines: list[str], box: Box, sizes: tuple[int, ...] = BODY_SIZES
) -> None:
    size, shown = fitting(lines, box, field.lang, sizes=sizes)
    height = list_height(shown, box.width, size)
    deck.write(slide, shown, Box(box.x, box.y, box.width, height), size)


def _how_to_read(field: Brief) -> list[str]:
    pairs = [
        ("强弱依政府自己的动词：完成类、实施类较硬，推进类、支持类较软。",
         "By the government's own verb: deliver and implement are firm, advance and support soft."),
        ("“力争”单列，不论动词力度。", "Striving stands apart, whatever the verb."),
        ("说的是措辞，不是结果。", "It is said of the wording, not of the result."),
    ]  # fmt: skip
    return [in_language(field.lang, *pair) for pair in pairs]


def _under(chart: Box, box: Box) -> Box:
    """Return what of a box lies under a chart in it."""
    used = chart.height + 0.1
    return Box(box.x, box.y + used, box.width, box.height - used)


def _high(box: Box, rows: float, *, has_key: bool = False) -> Box:
    """Return a box as high as so many bars need, at most the whole."""
    return Box(box.x, box.y, box.width, min(box.height, 0.5 * rows + 0.2 + 0.9 * has_key))


def _compared(field: Brief) -> list[str]:
    totals = field.strength.groupby("part", sort=False)["count"].sum()
    names = (field.name, in_language(field.lang, "全部领域", "all fields"))
    return [
        in_language(field.lang, f"{name}（{total} 项）", f"{name} ({total})")
        for name, total in zip(names, totals, strict=True)
    ]


def _lines_of(field: Brief, kind: str) -> tuple[str, ...]:
    return source_notes(field.lang) if kind == "own" else other_years_notes(field.lang)


def _source(field: Brief, kind: str) -> str:
    return _lines_of(field, kind)[0]


def _rows(field: Brief, ids) -> str:
    return in_language(field.lang, "所依据的行：", "Rows: ") + ", ".join(ids)


def _notes(field: Brief, kind: str, lines: list[str]) -> list[str]:
    """Return speaker notes: the rows, then sources and what is not covered."""
    return [*lines, *_lines_of(field, kind)]
