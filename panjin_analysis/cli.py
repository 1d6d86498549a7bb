"""``panjin``: words on the command line to calls of the library, and one line for every error."""

import argparse
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from panjin_analysis import brief_commands, research_commands, review_commands
from panjin_analysis.errors import DataError, say
from panjin_analysis.load.own import is_own_package
from panjin_analysis.workbook_commands import add_commands

if TYPE_CHECKING:
    import pandas as pd


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the words, as every other error does."""

    def error(self, message: str) -> NoReturn:
        hint = say("查看用法", "see")
        print(f"{self.prog}: {_in_users_language(message)} ({hint}: {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


# argparse speaks English only; these are the things it says.
_USAGE = {
    r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)": r"\1：没有“\2”，可选 \3",
    r"the following arguments are required: (.+)": r"缺少 \1",
    r"unrecognized arguments: (.+)": r"不认识的参数 \1",
    r"argument (.+?): expected one argument": r"\1：应给出一个值",
}


def _in_users_language(message: str) -> str:
    for english, chinese in _USAGE.items():
        if re.fullmatch(english, message):
            return say(re.sub(english, chinese, message), message)
    return message


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 is success, 1 a finding that was printed, 2 an error that one line on stderr explains."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may be set to GBK
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    arguments = _parser().parse_args(argv)
    if getattr(arguments, "data", None) and not (arguments.command == "check" and is_own_package(arguments.data)):
        os.environ["PANJIN_DATA"] = str(arguments.data.resolve())  # JupyterLab starts in a folder of its own
    try:
        status = arguments.run(arguments) or 0
    except DataError as error:
        print(f"panjin: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # `panjin list | head`
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print(say("panjin: 已中止，未改动任何文件", "panjin: stopped; no file was changed"), file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="panjin",
        description=say(
            "盘锦市政府工作报告里承诺了什么：数据、图表、工作簿。",
            "What the Panjin government work report promised: tables, charts, workbooks.",
        ),
        epilog=say("每个命令的用法：panjin 命令 --help", "Help on a command: panjin COMMAND --help"),
    )
    commands = parser.add_subparsers(
        title=say("命令", "commands"), metavar=say("命令", "COMMAND"), required=True, dest="command"
    )
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data", type=Path, metavar="DIR",
        help=say("数据文件夹（默认：自带的 data/）", "folder with the tables (default: the bundled data/)"),
    )  # fmt: skip
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument(
        "--out", type=Path, default=Path("figures"), metavar="DIR",
        help=say("结果文件夹（默认：figures/）", "folder of the results (default: figures/)"),
    )  # fmt: skip
    reports = argparse.ArgumentParser(add_help=False)
    reports.add_argument(
        "--reports", type=Path, metavar="DIR",
        help=say("报告文本所在的文件夹（默认：环境变量 PANJIN_REPORTS）", "folder with report texts (default: the variable PANJIN_REPORTS)"),
    )  # fmt: skip

    def command(name: str, run: Callable, text: str, *parents: Any) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, parents=list(parents))
        added.set_defaults(run=run)
        return added

    added = command(
        "build",
        _build,
        say("生成全部图表、工作簿和笔记本", "make every chart, workbook and notebook"),
        data,
        out,
        reports,
    )
    added.add_argument(
        "--with-quotes",
        action="store_true",
        help=say("在工作簿中加入原文（须有报告文本）", "put quotations into the workbook (needs the report's text)"),
    )
    added.add_argument("--timings", action="store_true", help=say("列出每一步用时", "list how long each step took"))
    command(
        "verify",
        _verify,
        say("重建一遍，证明结果逐字节相同", "build again and prove that the results are the same, byte for byte"),
        data,
        out,
    )
    command("check", _check, say("核对全部数据表", "check every table against the codebook"), data)
    added = command("list", _list, say("列出承诺编号和名称", "list the commitments with their ids"), data)
    added.add_argument("--domain", metavar="CODE", help=say("只列一个领域", "of one domain only"))
    added = command(
        "show", _show, say("显示一项承诺的全部信息", "show everything known of one commitment"), data, reports
    )
    added.add_argument("commitment", metavar="ID", help=say("编号，例如 PJ-2024-C018", "an id such as PJ-2024-C018"))
    added = command("code", _code, say("解释一个代码", "say what a code means"), data)
    added.add_argument("code", metavar="CODE", help=say("代码，例如 deliver", "a code such as deliver"))
    command("agreement", _agreement, say("两遍独立编码的一致性", "how far the two coding passes agree"), data)
    added = command(
        "evaluate",
        _evaluate,
        say("评测跨年匹配和提取（须有报告文本）", "measure the matcher or extraction (needs the texts)"),
        data,
        reports,
    )
    added.add_argument(
        "what",
        choices=["matcher", "extraction"],
        help=say(
            "matcher：跨年匹配；extraction：从任意报告提取",
            "matcher: links between years; extraction: reading any report",
        ),
    )
    added.add_argument(
        "--mistakes", action="store_true", help=say("列出提取中最常见的错误", "list what extraction takes for what")
    )
    added = command(
        "profiles",
        _profiles,
        say(
            "核对全文措辞强度和关键词的事实（须有报告文本）",
            "check the facts on whole reports, strength and key terms (needs the texts)",
        ),
        data,
        reports,
    )
    added.add_argument(
        "--write", action="store_true", help=say("由文本重算并写入两张表", "write both tables anew from the texts")
    )
    added = command(
        "reports", _reports, say("列出报告；存入报告文本", "list the reports; keep a report's text"), data, reports
    )
    added.add_argument(
        "action",
        nargs="?",
        choices=["list", "add"],
        default="list",
        help=say("list 列出，add 存入", "list them, or add a text"),
    )
    added.add_argument("file", nargs="?", type=Path, metavar="FILE", help=say("要存入的文本", "the text to add"))
    add_commands(command, data, reports)
    review_commands.add_commands(command, data, reports)
    brief_commands.add_commands(command, data, reports)
    research_commands.add_commands(command, data)
    added = command("cite", _cite, say("引用格式", "how to cite"))
    added.add_argument("--bibtex", action="store_true", help=say("BibTeX 格式", "as BibTeX"))
    return parser


def _build(arguments: argparse.Namespace) -> None:
    from panjin_analysis.build import build
    from panjin_analysis.quotes import require_reports_dir

    folder = require_reports_dir(arguments.reports) if arguments.with_quotes else None
    seconds = build(arguments.out, reports_dir=folder)
    total = sum(seconds.values())
    print(
        say(
            f"已生成 {len(seconds)} 项，用时 {total:.0f} 秒：{arguments.out}",
            f"made {len(seconds)} items in {total:.0f} s: {arguments.out}",
        )
    )
    if arguments.timings:
        for name, took in sorted(seconds.items(), key=lambda item: -item[1]):
            print(f"{took:8.2f} s  {name}")


def _verify(arguments: argparse.Namespace) -> None:
    from panjin_analysis.build import verify

    count = verify(arguments.out)
    print(say(f"{count} 个文件与重建结果逐字节相同", f"{count} files are the same, byte for byte, as a fresh build"))


def _check(arguments: argparse.Namespace) -> None:
    from panjin_analysis.load import load_tables
    from panjin_analysis.review import load_adopted

    is_own = arguments.data is not None and is_own_package(arguments.data)
    tables = load_adopted(arguments.data) if is_own else load_tables()
    rows = sum(len(table) for table in tables.values())
    print(
        say(
            f"{len(tables)} 张表、{rows} 行全部符合编码手册",
            f"{len(tables)} tables, {rows} rows: all as the codebook says",
        )
    )


def _list(arguments: argparse.Namespace) -> None:
    from panjin_analysis.load import load_commitments
    from panjin_analysis.tables import labels

    commitments = load_commitments()
    if arguments.domain:
        domains = labels("domain")
        if arguments.domain not in domains:
            raise DataError("unknown_choice", where="--domain", expected=", ".join(domains), found=arguments.domain)
        commitments = commitments[commitments["domain"] == arguments.domain]
    for row in commitments.itertuples():
        print(f"{row.commitment_id}  {say(row.label_zh, row.label_en)}")


def _show(arguments: argparse.Namespace) -> None:
    from panjin_analysis.show import show

    print(show(arguments.commitment, arguments.reports))


def _code(arguments: argparse.Namespace) -> None:
    from panjin_analysis.load import describe_code

    for row in describe_code(arguments.code).itertuples():
        print(
            f"{row.vocabulary}: {row.code} {row.label_zh} / {row.label_en}\n  {row.definition_zh}\n  {row.definition_en}"
        )


def _agreement(arguments: argparse.Namespace) -> None:
    from panjin_analysis.agreement import agreement, load_codings

    measured = agreement(load_codings())
    print(say("Krippendorff α，95% 区间由单位重抽样得出", "Krippendorff's alpha; 95 % interval by resampling units"))
    _print_frame(measured.round({"same_pct": 1, "alpha": 3, "alpha_low": 3, "alpha_high": 3}))


def _evaluate(arguments: argparse.Namespace) -> None:
    if arguments.what == "extraction":
        _evaluate_extraction(arguments)
        return
    from panjin_analysis.compare import evaluate_matcher
    from panjin_analysis.quotes import require_reports_dir

    measured = evaluate_matcher(require_reports_dir(arguments.reports))
    print(
        say(
            "建议的链接与确认的链接相比，逐年评测；阈值取自其他年份",
            "Proposed against confirmed links, year by year; each threshold comes from the other years",
        )
    )
    _print_frame(measured.round(3))


def _profiles(arguments: argparse.Namespace) -> None:
    from panjin_analysis.profiles import check_profiles, write_profiles
    from panjin_analysis.quotes import require_reports_dir

    folder = require_reports_dir(arguments.reports)
    if arguments.write:
        for path in write_profiles(folder):
            print(say("已写入：", "written: ") + str(path))
    count = check_profiles(folder)
    print(say(f"{count} 行与文本和提取器所得一致", f"{count} rows: all as text and extractor give"))


def _evaluate_extraction(arguments: argparse.Namespace) -> None:
    from panjin_analysis.evaluation import evaluate_extraction, mistakes, number_classes
    from panjin_analysis.quotes import require_reports_dir

    folder = require_reports_dir(arguments.reports)
    if arguments.mistakes:
        _print_frame(mistakes(folder))
        return
    print(
        say(
            "与人工编码相比；third_draw 从未用于制定规则，held_out 和 second_draw 在首次评测前没有看过，coders 为两遍人工编码之间",
            "Beside coding by hand; no rule was made with third_draw, held_out and second_draw were not looked at before their first measurement, coders compares two codings by hand",
        )
    )
    _print_frame(evaluate_extraction(folder).round(3))
    _print_frame(number_classes(folder).round(3))


def _reports(arguments: argparse.Namespace) -> None:
    from panjin_analysis.load import load_reports
    from panjin_analysis.quotes import add_report

    if arguments.action == "add":
        if arguments.file is None:
            raise DataError("missing_argument", where="panjin reports add", expected="FILE")
        print(say("已存入：", "kept: ") + str(add_report(arguments.file)))
        return
    _print_frame(load_reports()[["report_id", "report_year", "delivered_on", "held", "text_file"]])


def _cite(arguments: argparse.Namespace) -> None:
    from panjin_analysis.cite import cite

    print(cite("bibtex" if arguments.bibtex else "text"))


def _print_frame(frame: "pd.DataFrame") -> None:
    print(frame.to_string(index=False, na_rep="-"))
