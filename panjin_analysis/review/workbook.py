"""Candidates as a workbook to fill in: labels and lists to choose from, free cells marked by word, the rest locked."""

import io
from datetime import datetime
from typing import Any

from panjin_analysis.excel.words import FONT as FONTS
from panjin_analysis.load import data_dir, read_package
from panjin_analysis.load.own import candidate_marks, candidate_table, choices
from panjin_analysis.review.cells import Cells
from panjin_analysis.schema import Column
from panjin_analysis.style import BLUE, text_width, wrap

FONT = FONTS["zh"]
LINE = 17.0  # points from one line of a cell to the next
TOP = 3  # rows above the table: title, note, source
KINDS = ("commitment", "headline")
SHEETS = {
    "commitment": {"zh": "候选承诺", "en": "Candidates"},
    "headline": {"zh": "主要预期目标", "en": "Headline targets"},
}
LISTS = {"zh": "代码表", "en": "Lists"}
ABOUT = {"zh": "说明", "en": "Read me"}
# What a title says of the cells below it, since colour alone says nothing.
MARKS = {"code": {"zh": "（可改）", "en": " (may change)"}, "fill": {"zh": "（填写）", "en": " (fill in)"}}
WIDTHS = {"quote": 44, "context": 40, "indicator": 18, "note": 24, "label_zh": 20, "label_en": 24, "headline_id": 26}
TRUTH = {"zh": {"true": "是", "false": "否"}, "en": {"true": "yes", "false": "no"}}


def workbook_bytes(rows: list[Cells], lang: str = "zh") -> bytes:
    """Return the workbook of candidates; the same rows give the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {**options, "default_format_properties": {"font_name": FONT, "font_size": 10}})
    title = {"zh": "报告候选承诺审核表", "en": "Candidates of a report, to be reviewed"}[lang]
    book.set_properties({"title": title, "author": "panjin_analysis", "created": created()})
    writer = _Writer(book, lang)
    writer.write_about(rows)
    for kind in KINDS:
        writer.write_rows(kind, [row for row in rows if row["kind"] == kind])
    writer.write_lists()
    book.close()
    return out.getvalue()


def columns_of(kind: str) -> list[Column]:
    """Return the columns of one sheet: those that only the other kind of row has are left out.

    Examples
    --------
    >>> [column.name for column in columns_of("headline")][:5]
    ['candidate_id', 'decision', 'quote', 'context', 'confidence']
    """
    only = candidate_marks("only")
    return [column for column in candidate_table().columns if only.get(column.name, kind) == kind]


def title_of(column: Column, lang: str) -> str:
    """Return what stands over a column: its title, and by word whether its cells are free.

    Examples
    --------
    >>> title_of(candidate_table().column("decision"), "zh")
    '处理意见（填写）'
    """
    face = candidate_marks("face")[column.name]
    mark = MARKS[face][lang] if face in MARKS else ""
    return f"{getattr(column, f'title_{lang}')}{mark}"


def shown(column: Column, cell: str, lang: str) -> str:
    """Return a text cell as the workbook shows it: a code by its label, a truth value by a word."""
    if column.type == "boolean":
        return TRUTH[lang].get(cell, cell)
    return choices(column, lang).get(cell, cell)


def created() -> datetime:
    """Return the moment that every form says it was made: that of the data, not of the clock."""
    return datetime.fromisoformat(read_package(data_dir())["created"])


class _Writer:
    """Writes the sheets; every list to choose from stands once, on a sheet of its own."""

    def __init__(self, book: Any, lang: str) -> None:
        self.book, self.lang = book, lang
        base = {"font_name": FONT, "font_size": 10, "valign": "top"}
        self.title = book.add_format({**base, "font_size": 15, "bold": True, "font_color": BLUE, "valign": "vcenter"})
        self.text = book.add_format({**base, "text_wrap": True})
        self.quoted = book.add_format({**base, "text_wrap": True, "quote_prefix": True})
        self.strong = book.add_format({**base, "text_wrap": True, "bold": True})
        self.note = book.add_format({**base, "font_color": "#595959"})
        head = {**base, "bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": BLUE, "font_color": "#FFFFFF"}
        self.head = book.add_format(head)
        self.free_head = book.add_format({**head, "bg_color": "#7F4A00"})
        free = {
            **base,
            "text_wrap": True,
            "locked": False,
            "bg_color": "#FFF7E6",
            "border": 1,
            "border_color": "#BFBFBF",
        }
        self.free = book.add_format(free)
        self.free_number = book.add_format({**free, "num_format": "0.##########", "align": "left"})
        self.number = book.add_format({**base, "num_format": "0.##########", "align": "left"})
        self.lists: dict[str, list[str]] = {}

    def say(self, chinese: str, english: str) -> str:
        return chinese if self.lang == "zh" else english

    def write_about(self, rows: list[Cells]) -> None:
        page = self.book.add_worksheet(ABOUT[self.lang])
        page.hide_gridlines(2)
        page.set_column(0, 0, 20)
        page.set_column(1, 1, 88)
        page.write_string(0, 0, self.say("报告候选承诺审核表", "Candidates of a report, to be reviewed"), self.title)
        page.set_row(0, 30)
        for number, (what, content) in enumerate(self._about(rows), 2):
            page.write_string(number, 0, what, self.strong)
            page.write_string(number, 1, content, self.text)
            page.set_row(number, LINE * max(len(wrap(content, 84)), len(wrap(what, 18))) + 3)
        self._set_up(page, landscape=False)

    def _about(self, rows: list[Cells]) -> list[tuple[str, str]]:
        counts = [sum(row["kind"] == kind for row in rows) for kind in KINDS]
        year, characters, sha256 = (
            rows[0][name] if rows else "" for name in ("report_year", "text_characters", "text_sha256")
        )
        decisions = choices(candidate_table().column("decision"), self.lang)
        definitions = "；".join(decisions.values()) if self.lang == "zh" else "; ".join(decisions.values())
        return [
            (
                self.say("内容", "What"),
                self.say(
                    f"{year} 年报告：候选承诺 {counts[0]} 行，主要预期目标 {counts[1]} 行。候选由程序提取，经人确认才算数。",
                    f"Report of {year}: {counts[0]} candidates, {counts[1]} headline targets. Extracted by rules; nothing counts before a person confirms it.",
                ),
            ),
            (
                self.say("怎样填", "How to fill in"),
                self.say(
                    f"在“处理意见”列选：{definitions}；空白为未定，以后再填。选“{decisions['change']}”的，改标有“可改”的列。",
                    f"Choose in the column Decision: {definitions}; empty is undecided. With “{decisions['change']}”, alter the columns marked “may change”.",
                ),
            ),
            (
                self.say("可填的格", "Free cells"),
                self.say(
                    "列名带“（填写）”“（可改）”的格没有锁定（浅色底）；其余锁定，无密码。措辞强度由力度和是否争取推出，不单独改。",
                    "Cells under “(fill in)” and “(may change)” are unlocked (light ground); the rest is locked without a password. Strength follows from force and striving.",
                ),
            ),
            (
                self.say("简称和备注", "Names and notes"),
                self.say(
                    "请用自己的话，不抄原文：与原文连续 12 字相同的不收。可以留空。",
                    "In your own words: 12 characters running as in the text are refused. May stay empty.",
                ),
            ),
            (
                self.say("把握", "Confidence"),
                self.say(
                    "同类候选与人工编码一致的比例（右侧两列），按 95% 区间下限分高、中、低；只说明同类，不说明本行对错。",
                    "How often like candidates agreed with coding by hand (the two columns beside it), graded by the lower end of the 95 % interval; it speaks of the group, not of the row.",
                ),
            ),
            (
                self.say("数值", "Values"),
                self.say(
                    "按基本单位：1.02 万人填 10200，6% 填 6（单位为 %）。空白表示没有数字，不是零。",
                    "In base units: 10200 for 1.02万人, 6 for 6% (the unit is %). Empty is no number, not zero.",
                ),
            ),
            (
                self.say("填好之后", "Afterwards"),
                self.say(
                    "panjin adopt 本文件。可以删行、排序、移动列；请勿改列名和隐藏的列。本文件含原文，只留在自己的电脑上。",
                    "panjin adopt this file. Rows may be deleted and sorted, columns moved; leave titles and hidden columns alone. It holds wording of the report: keep it on your own machine.",
                ),
            ),
            (
                self.say("文本", "Text"),
                self.say(f"{characters} 字，SHA-256 {sha256}", f"{characters} characters, SHA-256 {sha256}"),
            ),
        ]

    def write_rows(self, kind: str, rows: list[Cells]) -> None:
        columns, faces = columns_of(kind), candidate_marks("face")
        page = self.book.add_worksheet(SHEETS[kind][self.lang])
        title = SHEETS[kind][self.lang] + self.say(f"（{len(rows)}）", f" ({len(rows)})")
        page.write_string(0, 0, title, self.title)
        page.set_row(0, 26)
        where = self.say(
            "见“说明”。每行一个候选；空白表示没有，不表示零。",
            "See “Read me”. One row a candidate; empty is none, not zero.",
        )
        page.write_string(1, 0, where, self.note)
        widths = [self._width(column, rows) for column in columns]
        for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
            page.set_column(place, place, width, None, {"hidden": faces[column.name] == "system"})
        heads = [
            {
                "header": title_of(column, self.lang),
                "header_format": self.free_head if faces[column.name] in MARKS else self.head,
            }
            for column in columns
        ]
        last = TOP + max(len(rows), 1)
        page.add_table(
            TOP,
            0,
            last,
            len(columns) - 1,
            {"name": f"candidates_{kind}", "style": "Table Style Light 1", "columns": heads},
        )
        lines = max(len(wrap(head["header"], int(width) - 4)) for head, width in zip(heads, widths, strict=True))
        page.set_row(TOP, LINE * lines + 6)
        for number, row in enumerate(rows, TOP + 1):
            self._write_row(page, number, row, columns, widths)
        for place, column in enumerate(columns):
            if faces[column.name] in MARKS:
                self._offer(page, place, last, column)
        page.freeze_panes(TOP + 1, 3)
        page.repeat_rows(TOP)
        page.set_zoom(90)
        page.protect("", dict.fromkeys(("autofilter", "sort", "format_columns", "format_rows", "delete_rows"), True))
        self._set_up(page)
        names = [column.name for column in columns]
        page.print_area(0, 0, last, names.index("comparator"))  # more would be too small to read on paper

    def _width(self, column: Column, rows: list[Cells]) -> float:
        longest = max((text_width(shown(column, row[column.name], self.lang)) for row in rows), default=0)
        title = text_width(title_of(column, self.lang))
        return WIDTHS.get(column.name, min(18, max(9, longest + 2, min(title, 10) + 4)))

    def _write_row(self, page: Any, number: int, row: Cells, columns: list[Column], widths: list[float]) -> None:
        faces, height = candidate_marks("face"), 1
        for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
            cell, face = row[column.name], faces[column.name]
            is_free = face in MARKS
            if column.type in {"number", "integer"}:
                style = self.free_number if is_free else self.number
                if cell:
                    page.write_number(number, place, float(cell), style)
                else:
                    page.write_blank(number, place, None, style)
                continue
            words = shown(column, cell, self.lang)
            if face != "system":
                height = max(height, len(wrap(words, max(int(width) - 1, 4))))
            if not words:
                page.write_blank(number, place, None, self.free if is_free else self.text)
            else:
                page.write_string(number, place, words, self.free if is_free else self._locked(words))
        page.set_row(number, min(LINE * height + 3, 400))

    def _offer(self, page: Any, place: int, last: int, column: Column) -> None:
        """Give a free column its list, or its bounds."""
        if column.type == "number":
            rule: dict[str, Any] = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
        elif column.max_length:
            rule = {"validate": "length", "criteria": "<=", "value": column.max_length}
        else:
            listed = (
                list(TRUTH[self.lang].values())
                if column.type == "boolean"
                else list(dict.fromkeys(choices(column, self.lang).values()))
            )
            name = column.vocabulary or column.name
            self.lists.setdefault(name, listed)
            rule = {"validate": "list", "source": f"=list_{name}"}
        title = (
            self.say("请从列表中选", "Choose from the list")
            if rule["validate"] == "list"
            else self.say("请检查", "Please check")
        )
        page.data_validation(
            TOP + 1, place, last, place, {**rule, "ignore_blank": True, "error_title": title, "error_message": title}
        )

    def _locked(self, words: str) -> Any:
        """Return the look of a locked cell; what could be taken for a formula is marked as text."""
        return self.quoted if words[0] in "=+-@'\t" else self.text

    def write_lists(self) -> None:
        from xlsxwriter.utility import xl_range_abs

        page = self.book.add_worksheet(LISTS[self.lang])
        page.write_string(0, 0, self.say("下拉列表所用的代码", "What the lists offer"), self.title)
        titles = {column.vocabulary or column.name: column for column in candidate_table().columns}
        sheet = LISTS[self.lang]
        for place, (name, listed) in enumerate(self.lists.items()):
            title = getattr(titles[name], f"title_{self.lang}")
            page.write_string(TOP, place, title, self.head)
            page.set_column(place, place, min(30, max(map(text_width, [*listed, title])) + 3))
            for row, words in enumerate(listed, TOP + 1):
                page.write_string(row, place, words, self._locked(words))
            cells = xl_range_abs(TOP + 1, place, TOP + len(listed), place)
            self.book.define_name(f"list_{name}", f"='{sheet}'!{cells}")
        page.freeze_panes(TOP + 1, 0)
        page.protect("")
        self._set_up(page)

    def _set_up(self, page: Any, *, landscape: bool = True) -> None:
        if landscape:
            page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_margins(0.4, 0.4, 0.6, 0.6)
        number = self.say("第 &P 页，共 &N 页", "page &P of &N")
        page.set_footer(f'&L&"{FONT}"&9&A&R&"{FONT}"&9{number}')
