"""The commands for other reports, ``panjin extract`` and ``panjin adopt``, and ``panjin explain``, of a place or a chart."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from panjin_analysis.errors import DataError, say, ui_language


def add_commands(command: Callable[..., argparse.ArgumentParser], *parents: argparse.ArgumentParser) -> None:
    """Add the three commands to the parser; ``command`` makes one by name, function and help.

    ``parents`` are ``--data`` and ``--reports``, which explaining a chart goes by.
    """
    year = say("报告所安排的年份（默认：按报告自己写的）", "the year the report plans for (default: what it says)")
    file = say("报告：txt、md、html、docx、pdf", "a report: txt, md, html, docx or pdf")
    added = command(
        "extract",
        _extract,
        say("从一份报告提取候选承诺，供人审核", "find a report's commitments, for a person to confirm"),
    )
    added.add_argument("file", type=Path, metavar="FILE", help=file)
    added.add_argument("--year", type=_year, metavar="YEAR", help=year)
    added.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help=say("审核表：.xlsx、.csv 或 .parquet；不给则只显示概要", "where to: .xlsx, .csv or .parquet; without it a summary is printed"),
    )  # fmt: skip
    added.add_argument(
        "--all", action="store_true",
        help=say("也列出安排部分未认作承诺的小句", "also list clauses of the plan that were not taken for commitments"),
    )  # fmt: skip
    added = command(
        "adopt",
        _adopt,
        say("采纳审核过的候选，存入自己的数据包", "add what a person confirmed to a data package of your own"),
    )
    added.add_argument("file", type=Path, metavar="FILE", help=say("填好的审核表", "the filled file"))
    added.add_argument(
        "--to",
        type=Path,
        metavar="DIR",
        help=say(
            "数据包文件夹（默认：环境变量 PANJIN_ADOPTED，或用户数据文件夹）",
            "folder of the package (default: the variable PANJIN_ADOPTED, or the user's data folder)",
        ),
    )
    added.add_argument(
        "--place", metavar="CODE", help=say("地区代码，用于编号，例如 PJ", "code of the place for ids, such as PJ")
    )
    added.add_argument(
        "--text",
        type=Path,
        metavar="FILE",
        help=say("报告原文，用来核对位置", "the report itself, to hold offsets against"),
    )
    added.add_argument(
        "--as-of",
        type=date.fromisoformat,
        metavar="DATE",
        help=say("决定日期（默认：文件的保存日期）", "day of the decision (default: when the file was saved)"),
    )
    added.add_argument(
        "--correct", action="store_true",
        help=say("与已采纳的不一致时，以本文件为准；历史中新旧都保留", "where it differs from what was adopted, take this file; the history keeps both"),
    )  # fmt: skip
    added = command(
        "explain", _explain,
        say("说明某处为什么这样提取，或图中每个数由哪些行而来", "say why a place was extracted as it was, or which rows stand behind a chart"),
        *parents,
    )  # fmt: skip
    chart = say("；或 panjin build 所生成的图", "; or a chart that panjin build made")
    added.add_argument("file", type=Path, metavar="FILE", help=file + chart)
    added.add_argument(
        "--at",
        type=int,
        metavar="OFFSET",
        help=say("报告：第几个字，从 0 数起（审核表的“起点”）", "of a report: which character, from 0 (the start of a candidate)"),
    )  # fmt: skip
    added.add_argument("--year", type=_year, metavar="YEAR", help=year)
    added.add_argument("--row", type=int, metavar="N", help=say("图：只看其 CSV 的第几行", "of a chart: only this row of its CSV"))  # fmt: skip
    added.add_argument("--mark", default="", metavar="WORDS", help=say("图：只看名称含此词的标记", "of a chart: only marks with these words in their name"))  # fmt: skip


def _year(words: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) == 4):
        raise argparse.ArgumentTypeError(
            say(f"应为四位年份，读到“{words}”", f"expected a year of four digits, found “{words}”")
        )
    return int(words)


def _extract(arguments: argparse.Namespace) -> None:
    from panjin_analysis.review import candidates, summarise, write_candidates
    from panjin_analysis.review.forms import ENDINGS
    from panjin_analysis.text.documents import read_document

    output = arguments.output
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise DataError("unknown_ending", where=output, expected=" ".join(ENDINGS), found=output.suffix or output.name)
    found = candidates(read_document(arguments.file).text, arguments.year, every_clause=arguments.all)
    if output is not None:
        path = write_candidates(found, output, lang=ui_language())
        print(say(f"{len(found)} 行候选，请审核：{path}", f"{len(found)} candidates to review: {path}"))
        return
    print(summarise(found))


def _adopt(arguments: argparse.Namespace) -> None:
    from panjin_analysis.review import adopt
    from panjin_analysis.text.documents import read_document

    text = read_document(arguments.text).text if arguments.text else None
    done = adopt(
        arguments.file,
        arguments.to,
        place=arguments.place,
        as_of=arguments.as_of,
        text=text,
        correct=arguments.correct,
    )
    if done.corrected:
        print(say(f"更正 {done.corrected} 行，原值和新值见 decisions.csv", f"corrected {done.corrected} rows; decisions.csv has the old and new values"))  # fmt: skip
    if not done.added and not done.corrected:
        print(
            say(
                f"没有新的决定：{done.known} 行已在其中，{done.undecided} 行未定，未改动 {done.folder}",
                f"nothing new: {done.known} rows are there already, {done.undecided} undecided; {done.folder} is unchanged",
            )
        )
        return
    accepted = done.added - done.rejected
    print(
        say(
            f"采纳 {accepted} 行，记下不采纳 {done.rejected} 行；已在其中 {done.known} 行，未定 {done.undecided} 行：{done.folder}",
            f"adopted {accepted} rows, noted {done.rejected} rejections; {done.known} were there, {done.undecided} undecided: {done.folder}",
        )
    )


def _explain(arguments: argparse.Namespace) -> None:
    from panjin_analysis.receipts import is_picture

    if is_picture(arguments.file):
        _explain_chart(arguments)
    else:
        _explain_place(arguments)


def _explain_chart(arguments: argparse.Namespace) -> None:
    from panjin_analysis.quotes import reports_dir
    from panjin_analysis.receipts import find_chart, receipt_lines

    find_chart(arguments.file)
    _refuse(arguments, say("图", "a chart"), {"--at": arguments.at, "--year": arguments.year})
    folder = arguments.reports or reports_dir()
    for line in receipt_lines(arguments.file, row=arguments.row, mark=arguments.mark, reports_dir=folder):
        print(line)


def _refuse(arguments: argparse.Namespace, kind: str, options: dict[str, object]) -> None:
    """Stop if one of the options was given that say nothing of this kind of file."""
    if given := [name for name, value in options.items() if value not in {None, ""}]:
        raise DataError("no_use", where=f"panjin explain {arguments.file}", expected=kind, found=", ".join(given))


def _explain_place(arguments: argparse.Namespace) -> None:
    from panjin_analysis.explain import explain
    from panjin_analysis.text.documents import read_document

    _refuse(arguments, say("报告", "a report"), {"--row": arguments.row, "--mark": arguments.mark})
    if arguments.at is None:
        raise DataError("missing_argument", where=f"panjin explain {arguments.file}", expected="--at OFFSET")
    document = read_document(arguments.file)
    reasons = explain(document.text, arguments.at, arguments.year)
    steps = {
        "clause": say("小句", "clause"), "part": say("部分", "part"), "role": say("作用", "role"), "verb_force": say("力度", "force"),
        "is_striving": say("争取", "striving"), "strength": say("强度", "strength"), "type": say("类型", "type"), "domain": say("领域", "domain"),
        "testable": say("可检验", "testable"), "stage": say("阶段", "stage"), "number": say("数字", "number"),
    }  # fmt: skip
    for row in reasons.itertuples():
        words = f" “{row.words}”" if row.words else ""
        print(f"{steps[row.step]}: {row.code}{words}  {row.why}")
