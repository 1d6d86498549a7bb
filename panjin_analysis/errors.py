"""The one exception a user needs to know, and every message it can carry.

A message says where, what was expected, what was found and what to do, in one
line. Both languages of a message stand side by side, so that they stay equal.
"""

import locale
import os

LONGEST = 120  # characters of a cell that a message repeats
MESSAGES = {
    "missing_file": (
        "{where}：应有此文件，未找到。请检查路径，或重新取用 data/ 中的文件。",
        "{where}: expected a file, found none. Check the path, or take the file from data/ again.",
    ),
    "unreadable_file": (
        "{where}：应为可读的文件，系统答复“{found}”。请检查权限或关闭占用它的程序。",
        "{where}: expected a readable file, the system says “{found}”. Check its permissions or close the program that holds it.",
    ),
    "empty_file": (
        "{where}：应有表头和数据，文件是空的。请重新取用 data/ 中的文件。",
        "{where}: expected a header and rows, found an empty file. Take the file from data/ again.",
    ),
    "no_rows": (
        "{where}：表头之下应有数据行，一行也没有。请补上数据，或重新取用 data/ 中的文件。",
        "{where}: expected rows under the header, found none. Add them, or take the file from data/ again.",
    ),
    "not_utf8": (
        "{where}：应为 UTF-8 编码，第 {found} 个字节不是（可能是 GB18030）。请在记事本中另存为 UTF-8。",
        "{where}: expected UTF-8, byte {found} is not (perhaps GB18030). Save it again as UTF-8, for example in Notepad.",
    ),
    "has_bom": (
        "{where}：应为不带 BOM 的 UTF-8，文件以 BOM 开头。请在记事本中另存为“UTF-8”（不选“带有 BOM”）。",
        "{where}: expected UTF-8 without a BOM, the file begins with one. Save it again as plain “UTF-8”, for example in Notepad.",
    ),
    "ragged_row": (
        "{where}：应有 {expected} 列，读到 {found} 列。请检查这一行的逗号和引号。",
        "{where}: expected {expected} fields, found {found}. Check the commas and quotes of this line.",
    ),
    "missing_column": (
        "{where}：应有列 {expected}，表头中没有。请补上，或重新取用 data/ 中的文件。",
        "{where}: expected the column {expected}, the header lacks it. Add it, or take the file from data/ again.",
    ),
    "unexpected_column": (
        "{where}：应只有编码手册所列的列，多出 {found}。请删去，或先写入 data/datapackage.json。",
        "{where}: expected only the codebook's columns, found also {found}. Remove it, or describe it in data/datapackage.json.",
    ),
    "repeated_column": (
        "{where}：每列应只出现一次，{found} 重复。请删去一列。",
        "{where}: expected each column once, {found} stands twice. Remove one of them.",
    ),
    "missing_value": (
        "{where}：应有值，是空的。请补填。",
        "{where}: expected a value, found an empty cell. Fill it in.",
    ),
    "bad_value": (
        "{where}：应为 {expected}，读到“{found}”。请改正。",
        "{where}: expected {expected}, found “{found}”. Correct the cell.",
    ),
    "unknown_code": (
        "{where}：应为下列代码之一：{expected}；读到“{found}”。请改正，或先把新代码写入 data/vocabulary.csv。",
        "{where}: expected one of {expected}; found “{found}”. Correct it, or add the new code to data/vocabulary.csv first.",
    ),
    "duplicate": (
        "{where}：每行应不同，“{found}”与第 {expected} 行重复。请保留一行。",
        "{where}: expected each row once, “{found}” already stands in line {expected}. Keep one of them.",
    ),
    "unknown_reference": (
        "{where}：应为 {expected} 中已有的编号，读到“{found}”。请改正编号，或在那张表补上它。",
        "{where}: expected an id that stands in {expected}, found “{found}”. Correct the id, or add it to that table.",
    ),
    "broken_rule": (
        "{where}：按规则应为 {expected}，读到“{found}”。请改正这一行，或改正它所依据的行。",
        "{where}: the rule gives {expected}, found “{found}”. Correct this row, or the row it rests on.",
    ),
    "stale_fact": (
        "{where}：由文本和提取器应得 {expected}，表中是 {found}。请运行 panjin profiles --write 重算。",
        "{where}: text and extractor give {expected}, the table has {found}. Run panjin profiles --write.",
    ),
    "not_read": (
        "{where}：须全部读过才能说新提或不再提，读取范围为“{found}”。请换一个年份，见 load_table('coverage')。",
        "{where}: expected a plan that was read in full, found “{found}”: nothing can be called new or dropped. "
        "Choose another year; see load_table('coverage').",
    ),
    "not_held": (
        "{where}：应为持有文本的报告，这一份没有。请换一份，见 panjin reports。",
        "{where}: expected a report whose text is held, this one is not. Choose another; see panjin reports.",
    ),
    "unknown_choice": (
        "{where}：应为下列之一：{expected}；读到“{found}”。请选其中一个。",
        "{where}: expected one of {expected}; found “{found}”. Choose one of them.",
    ),
    "missing_argument": (
        "{where}：应给出 {expected}，没有给。请补上。",
        "{where}: expected {expected}, found none. Add it to the line.",
    ),
    "no_use": (
        "{where}：应只给适用于{expected}的选项，读到 {found}。请去掉它。",
        "{where}: expected only options that apply to {expected}, found {found}. Leave it out.",
    ),
    "bad_csv": (
        "{where}：应为规范的 CSV，问题是：{found}。请检查这一行的引号。",
        "{where}: expected well-formed CSV, found: {found}. Check the quotes of this line.",
    ),
    "bad_codebook": (
        "{where}：应为 Frictionless 数据包，问题是：{found}。请重新取用 data/datapackage.json。",
        "{where}: expected a Frictionless data package; {found}. Take data/datapackage.json again.",
    ),
    "unknown_ending": (
        "{where}：应为下列之一：{expected}；读到“{found}”。请另存为其中一种。",
        "{where}: expected a file that ends in one of {expected}; found “{found}”. Save it again as one of them.",
    ),
    "wrong_ending": (
        "{where}：应为 {expected} 文件，内容却是 {found}。请改正扩展名，或另存为 {expected}。",
        "{where}: expected a {expected} file, its content is {found}. Correct the ending, or save it again as {expected}.",
    ),
    "old_doc": (
        "{where}：应为 .docx，这是旧式 Word 或 WPS 文件。请在 Word 或 WPS 中另存为 .docx。",
        "{where}: expected .docx, found an old Word or WPS file. Open it there and save it as .docx.",
    ),
    "encrypted_file": (
        "{where}：应为不设密码的文件，这一份已加密。请打开后去掉密码，另存一份。",
        "{where}: expected a file without a password, found an encrypted one. Open it and save a copy without the password.",
    ),
    "scanned_pdf": (
        "{where}：应有可读的文字层，{expected} 页中只读到 {found} 个字（可能是扫描件）。请先做文字识别（OCR），或换用网页、Word 版。",
        "{where}: expected text that can be read, found {found} characters on {expected} pages (perhaps a scan). "
        "Run text recognition (OCR) first, or take the web page or Word file.",
    ),
    "no_report": (
        "{where}：应为载有报告正文的网页，几乎没有成句的文字。请打开报告正文页再保存，不要保存目录页或附件页。",
        "{where}: expected a web page with a report, found hardly a sentence. Save the page that shows the report itself, not a list or an attachment page.",
    ),
    "not_text": (
        "{where}：应为 UTF-8、GB18030 或 UTF-16 文本，内容不是文字。请检查文件，或另存为 UTF-8。",
        "{where}: expected text in UTF-8, GB18030 or UTF-16, found none of them. Check the file, or save it again as UTF-8.",
    ),
    "empty_document": (
        "{where}：应有报告文字，一个字也没有。请换一份文件。",
        "{where}: expected the text of a report, found none. Take another file.",
    ),
    "broken_document": (
        "{where}：应为完整的 {expected}，读取时停在：{found}。请重新下载，或打开后另存。",
        "{where}: expected a whole {expected}, reading it stopped at: {found}. Download it again, or open it and save it anew.",
    ),
    "file_too_large": (
        "{where}：至多 {expected}，实有 {found}。请只保留报告本身。",
        "{where}: expected at most {expected}, found {found}. Keep the report alone in the file.",
    ),
    "swollen_file": (
        "{where}：解压后至多 {expected}，实有 {found}，不像报告。请核实来源，或另存为 .txt。",
        "{where}: expected at most {expected} once unpacked, found {found}: no report is like that. Check where it is from, or save its text as .txt.",
    ),
    "other_form": (
        "{where}：应为本版本（{expected}）的审核表或数据包，读到“{found}”。请用本版本的 panjin extract 重新提取，或用当时的版本采纳。",
        "{where}: expected the form of this version ({expected}), found “{found}”. Extract again with this version, or adopt with the version of then.",
    ),
    "not_candidates": (
        "{where}：应为 panjin extract 写出的候选表（.xlsx、.csv 或 .parquet），实际是：{found}。请用原来的文件，或重新提取。",
        "{where}: expected candidates as panjin extract writes them (.xlsx, .csv or .parquet), found {found}. Use the original file, or extract again.",
    ),
    "candidate_column": (
        "{where}：应有列“{expected}”，表头中没有。请勿删改表头；可重新提取后再填。",
        "{where}: expected the column “{expected}”, the header lacks it. Leave the header as it is; extract again if need be.",
    ),
    "candidate_formula": (
        "{where}：应为文字或数字，读到公式或以 = + - @ 开头的文字“{found}”。请改填值。",
        "{where}: expected text or a number, found a formula or text that begins with = + - @, “{found}”. Fill in the value.",
    ),
    "candidate_changed": (
        "{where}：应为提取时写出的一行，编号、位置或原文已被改动（{found}）。请从原来的候选表恢复这一行。",
        "{where}: expected a row as it was extracted, its id, place or wording was changed ({found}). Restore the row from the original file.",
    ),
    "needs_change": (
        "{where}：处理意见为采纳时，代码应为提取结果“{expected}”，读到“{found}”。请改为“改后采纳”，或恢复代码。",
        "{where}: with the decision accept the code must be as extracted, “{expected}”, found “{found}”. Decide for change, or restore the code.",
    ),
    "nothing_changed": (
        "{where}：处理意见为改后采纳，应至少改动一个代码，{found}。请改代码，或改为“采纳”。",
        "{where}: with the decision change at least one code must differ, {found}. Change a code, or decide for accept.",
    ),
    "copied_wording": (
        "{where}：应为自己的话，与原文连续相同的字应少于 {expected} 个，读到“{found}”。请另拟简称。",
        "{where}: expected your own words, fewer than {expected} characters running as in the text, found “{found}”. Word it anew.",
    ),
    "adopt_conflict": (
        "{where}：与已采纳的不一致，未写入任何内容。已有：{expected}；本次：{found}。请核对后只保留一种。",
        "{where}: does not agree with what was adopted; nothing was written. There: {expected}; now: {found}. Decide for one of them.",
    ),
    "adopt_differs": (
        "{where}：与已采纳的不一致，未写入任何内容。已有：{expected}；本次：{found}。请核对；如以本次为准，请加 --correct。",
        "{where}: does not agree with what was adopted; nothing was written. There: {expected}; now: {found}. If this file is right, add --correct.",
    ),
    "offset_outside": (
        "{where}：位置应在 {expected} 之内，读到“{found}”。请改 --at。",
        "{where}: expected an offset within {expected}, found “{found}”. Change --at.",
    ),
    "no_report_folder": (
        "{where}：应为存放报告文本的文件夹，未找到。请检查 --reports 或环境变量 PANJIN_REPORTS。",
        "{where}: expected a folder with report texts, found none. Check --reports or the variable PANJIN_REPORTS.",
    ),
    "no_report_text": (
        "{where}：应有文件 {expected}，未找到。请把该报告文本放入此文件夹。",
        "{where}: expected the file {expected}, found none. Put the report's text into this folder.",
    ),
    "text_changed": (
        "{where}：应与编码所用文本一致（sha256 {expected}），{found}。请使用原文本；偏移量只对原文本有效。",
        "{where}: expected the text that was coded (sha256 {expected}), {found}. Use the original text; offsets hold only there.",
    ),
    "cannot_write": (
        "{where}：应为可写的位置，系统答复“{found}”。请换一个文件夹，或关闭占用它的程序。",
        "{where}: expected a place that can be written, the system says “{found}”. Choose another folder, or close the program that holds it.",
    ),
    "file_stands_there": (
        "{where}：应为空位或同样的文件，已有一份不同的（可能是填好的），未写入任何内容。如已填好，请先用 panjin reconcile 收回；再移走它，或另选文件夹。",
        "{where}: expected no file or the same one, another stands there, perhaps a filled copy; nothing was written. Reconcile it first if it is filled, then move it away or choose another folder.",
    ),
    "other_file": (
        "{where}：应为空位或同样的文件，已有一份不同的，未写入任何内容。请移走它，或另选文件夹。",
        "{where}: expected no file or the same one, another stands there; nothing was written. Move it away or choose another folder.",
    ),
    "workbook_too_large": (
        "{where}：至多 {expected}，读到 {found}，不像任何待填的表。请只把要用的行和列复制到新的 .xlsx 中。",
        "{where}: expected at most {expected}, found {found}. Copy the rows and columns that are needed into a new .xlsx.",
    ),
    "unknown_id": (
        "{where}：应为已有的编号，例如 {expected}，读到“{found}”。请用 panjin list 查看全部编号。",
        "{where}: expected a known id such as {expected}, found “{found}”. See them all with panjin list.",
    ),
    "notebook_failed": (
        "{where}：应能从头运行到尾，停在：{found}。请先运行 panjin check 核对数据。",
        "{where}: expected to run from top to bottom, stopped at: {found}. Check the data with panjin check first.",
    ),
    "chart_failed": (
        "{where}：应能通过图表检查，问题是：{found}。请改动图表或标签。",
        "{where}: expected a chart that passes the preflight, found: {found}. Change the chart or its labels.",
    ),
    "no_chart": (
        "{where}：应为 panjin build 所生成的图（{expected}），读到“{found}”。请给出它的 .png、.svg、.csv 或 .txt。",
        "{where}: expected a chart that panjin build makes ({expected}), found “{found}”. Name its .png, .svg, .csv or .txt.",
    ),
    "no_mark": (
        "{where}：应为图中的一行或一个标记（{expected}），读到“{found}”。请不带 --row 和 --mark 运行，查看全部。",
        "{where}: expected a row or a mark of the chart ({expected}), found “{found}”. Run it without --row and --mark to see them all.",
    ),
    "not_reproduced": (
        "{where}：应与重建结果逐字节相同，{found}。请运行 panjin build 后再核对。",
        "{where}: expected the same bytes as a fresh build, {found}. Run panjin build and verify again.",
    ),
    "no_manifest": (
        "{where}：应有 panjin build 留下的记录，未找到。请先运行 panjin build。",
        "{where}: expected the record that panjin build leaves, found none. Run panjin build first.",
    ),
    "bad_manifest": (
        "{where}：应为 panjin build 留下的记录，读到的不是：{found}。请移走它，再运行 panjin build。",
        "{where}: expected the record that panjin build leaves, this is none: {found}. Move it away and run panjin build again.",
    ),
    "not_workbook": (
        "{where}：应为 .xlsx 工作簿，实际是：{found}。请在 Excel、WPS 或 LibreOffice 中打开，另存为不加密的 .xlsx。",
        "{where}: expected an .xlsx workbook, found {found}. Open it in Excel, WPS or LibreOffice and save it as .xlsx without a password.",
    ),
    "unsafe_workbook": (
        "{where}：应为{expected}，读到：{found}。请把要用的表复制到新的 .xlsx 中，改用那一份。",
        "{where}: expected {expected}, found {found}. Copy the sheets that are needed into a new .xlsx and use that.",
    ),
    "no_task_table": (
        "{where}：应有 panjin tasks 生成的任务分解表，缺 {expected}。请用 panjin tasks 重新生成，不要改动表头、承诺编号和版本标记。",
        "{where}: expected a task table of panjin tasks, found none with {expected}. Make it again with panjin tasks; leave headers, ids and mark alone.",
    ),
    "other_version": (
        "{where}：应与现在的数据一致（{expected}），这份来自“{found}”。请用 panjin tasks 重新生成，再把内容抄入。",
        "{where}: expected a table made from today's facts ({expected}), this one is from “{found}”. Make it again with panjin tasks and copy the cells over.",
    ),
    "locked_cell": (
        "{where}：锁定的格子应为“{expected}”，读到“{found}”。请改回，或重新生成后再填。",
        "{where}: a locked cell should say “{expected}”, found “{found}”. Put it back, or make the table again and fill that.",
    ),
    "bad_entry": (
        "{where}：应为{expected}，读到“{found}”。请改正后再运行。",
        "{where}: expected {expected}, found “{found}”. Correct the cell and run again.",
    ),
    "refused": (
        "{where}：应全部可用，有 {found} 处问题（见上），未写入任何内容。请逐处改正后再运行。",
        "{where}: expected cells that can all be read, found {found} that cannot (see above); nothing was written. Correct them and run again.",
    ),
    "table_grew": (
        "{where}：应有 {expected} 行，现有 {found} 行，另有程序写过。未写入，请再运行一次。",
        "{where}: expected {expected} rows, found {found}: another program has written to it. Nothing was written; run again.",
    ),
    "in_use": (
        "{where}：应无其他程序同时写入，锁文件 {found} 还在。请稍后再试；如上次运行中断，请删去它。",
        "{where}: expected no other run that writes it, the lock {found} is there. Try again; delete it if a run was cut off.",
    ),
    "no_font": (
        "{where}：应装有中文字体，未找到。请重新安装依赖：python3 tasks.py run。",
        "{where}: expected the Chinese font, found none. Install the dependencies again: python3 tasks.py run.",
    ),
    "merged_cells": (
        "{where}：应为一行表头、没有合并单元格的表，读到{found}。请先 reset_index()，或显示数据框本身。",
        "{where}: expected a table with one row of headers and no merged cells, found {found}. Call reset_index() first, or show the frame itself.",
    ),
    "no_caption": (
        "{where}：每张图之前应有说明（plot_x 之前有 caption_x），这一张没有：{found}。请在它之前加上 caption_x(...)。",
        "{where}: expected a caption before each chart (caption_x before plot_x), found none for {found}. Add caption_x(...) above it.",
    ),
    "missing_glyph": (
        "{where}：应只用字体中有的字，字体没有：{found}。请换一个写法。",
        "{where}: expected only characters that the font has, it lacks {found}. Write them another way.",
    ),
}


class DataError(ValueError):
    """Data, a text or a folder is not what the codebook says it should be.

    Parameters
    ----------
    kind
        The message, a key of ``MESSAGES``; kept as the attribute ``kind``.
    where
        File, line and column, or whatever the reader should look at.
    expected, found
        What should stand there, and what does.

    Examples
    --------
    >>> str(DataError("missing_value", where="targets.csv line 3, unit", language="en"))
    'targets.csv line 3, unit: expected a value, found an empty cell. Fill it in.'
    """

    def __init__(
        self, kind: str, *, where: object, expected: object = "", found: object = "", language: str | None = None
    ):
        self.kind = kind
        chinese, english = MESSAGES[kind]
        text = chinese if (language or ui_language()) == "zh" else english
        line = text.format(where=where, expected=expected, found=_shortened(str(found)))
        super().__init__(" ".join(line.split()))


def _shortened(found: str) -> str:
    """Return what was found, cut where a message would no longer be one line to read."""
    return found if len(found) <= LONGEST else f"{found[:LONGEST]}…"


def ui_language() -> str:
    """Return ``zh`` or ``en``, the language messages are written in.

    The variable ``PANJIN_LANG`` decides; without it the system's language does,
    and English is what remains.

    Examples
    --------
    >>> ui_language() in {"zh", "en"}
    True
    """
    wanted = os.environ.get("PANJIN_LANG", "")
    if not wanted:
        system = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        wanted = next(filter(None, system), "") or (locale.getlocale()[0] or "")
    return "zh" if wanted.lower().startswith(("zh", "chinese")) else "en"


def say(chinese: str, english: str) -> str:
    """Return the one of two texts that is in the user's language.

    Examples
    --------
    >>> say("中文", "English") in {"中文", "English"}
    True
    """
    return chinese if ui_language() == "zh" else english
