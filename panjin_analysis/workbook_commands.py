"""The commands of ``panjin`` that make, check and read workbooks."""

import argparse
from collections.abc import Callable
from pathlib import Path

from panjin_analysis.errors import DataError, say


def add_commands(command: Callable[..., argparse.ArgumentParser], *parents: argparse.ArgumentParser) -> None:
    """Add the commands to the program; ``parents`` are ``--data`` and ``--reports``."""
    data, reports = parents
    lang = argparse.ArgumentParser(add_help=False)
    lang.add_argument(
        "--lang", choices=["zh", "en"], default="zh", help=say("语言（默认：zh）", "language (default: zh)")
    )
    table = argparse.ArgumentParser(add_help=False)
    table.add_argument(
        "--progress", type=Path, metavar="FILE",
        help=say("填报进度表（默认：用户文件夹，或环境变量 PANJIN_PROGRESS）", "progress table (default: in the user's folder, or the variable PANJIN_PROGRESS)"),
    )  # fmt: skip
    _add_excel(command, data, reports, lang, table)
    added = command(
        "tasks", _tasks, say("为全市和各牵头单位生成任务分解表", "make the task tables: the whole city, and one a lead unit"),
        data, lang, table,
    )  # fmt: skip
    added.add_argument("--out", type=Path, default=Path("tasks"), metavar="DIR", help=say("结果文件夹（默认：tasks/）", "folder of the results (default: tasks/)"))  # fmt: skip
    added = command(
        "reconcile", _reconcile, say("读回填好的任务分解表，记入填报进度表", "read filled task tables back and record what is new"),
        data, table,
    )  # fmt: skip
    added.add_argument("files", nargs="+", type=Path, metavar="FILE", help=say("填好的工作簿", "filled workbooks"))
    added.add_argument("--as-of", metavar="DATE", help=say("填报日期，如 2024-06-30（默认：各文件的修改日期）", "the day they speak of, such as 2024-06-30 (default: each file's own)"))  # fmt: skip
    added = command(
        "progress", _progress, say("按填报数评定进度，列出缺报", "say what is ahead or behind by what units reported, and what nobody reported"),
        data, lang, table,
    )  # fmt: skip
    added.add_argument(
        "--as-of", required=True, metavar="DATE", help=say("截至日期，如 2024-06-30", "the day, such as 2024-06-30")
    )
    added.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help=say("另存当月工作簿和图 10 的文件夹", "folder for the month's workbook and chart 10"),
    )
    added = command(
        "check-workbook", _check_workbook,
        say("按无障碍清单检查任意工作簿", "check any workbook against the accessibility checklist"),
    )  # fmt: skip
    added.add_argument("file", type=Path, metavar="FILE", help=say("要检查的 .xlsx", "the .xlsx to check"))


def _add_excel(command, data, reports, lang, table) -> None:
    added = command(
        "excel", _excel, say("生成工作簿：全部、一个领域或一个牵头单位", "make a workbook: of everything, one domain or one lead unit"),
        data, reports, lang, table,
    )  # fmt: skip
    added.add_argument("--profile", choices=["office", "accessible"], default="office", help=say("office 办公用，accessible 发布用", "office to work in, accessible to publish"))  # fmt: skip
    added.add_argument("--domain", metavar="CODE", help=say("只含一个领域", "of one domain only"))
    added.add_argument(
        "--lead-unit", metavar="CODE", help=say("只含一个建议牵头单位", "of one suggested lead unit only")
    )
    added.add_argument(
        "--with-quotes",
        action="store_true",
        help=say("加入原文（须有报告文本）", "add quotations (needs the report's text)"),
    )
    added.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=say("写到哪里", "where to"))


def _excel(arguments: argparse.Namespace) -> None:
    from panjin_analysis.load import load_tables
    from panjin_analysis.office import find_scope, write_report
    from panjin_analysis.quotes import require_reports_dir, with_quotes

    tables = load_tables()
    scope = find_scope(arguments.domain, arguments.lead_unit)
    if arguments.with_quotes:
        tables["commitments"] = with_quotes(tables["commitments"], require_reports_dir(arguments.reports))
    entries = _entries(arguments)
    path = write_report(
        tables, arguments.output, profile=arguments.profile, lang=arguments.lang, scope=scope, entries=entries
    )
    print(say(f"已生成 {path}", f"made {path}"))


def _tasks(arguments: argparse.Namespace) -> None:
    from panjin_analysis.load import load_tables
    from panjin_analysis.office import write_all_tasks

    tables = load_tables()
    paths = write_all_tasks(tables, arguments.out, lang=arguments.lang, entries=_entries(arguments))
    alone = int(tables["commitments"]["lead_unit_suggested"].isna().sum())
    print(say(f"已生成 {len(paths)} 个工作簿：{arguments.out}", f"made {len(paths)} workbooks: {arguments.out}"))
    if alone:
        print(say(f"{alone} 项没有建议牵头单位，只在全市表中", f"{alone} commitments have no suggested lead unit and stand in the city's table alone"))  # fmt: skip


def _reconcile(arguments: argparse.Namespace) -> int:
    from panjin_analysis.progress import progress_file
    from panjin_analysis.reconcile import lines, reconcile, record

    path = arguments.progress or progress_file()
    found = reconcile(arguments.files, path, arguments.as_of)
    print("\n".join(lines(found)))
    count = record(found, path)
    print(say(f"新记入 {count} 格：{path}", f"recorded {count} cells: {path}"))
    return 1 if found.conflicts else 0


def _progress(arguments: argparse.Namespace) -> None:
    from panjin_analysis.month import gap_lines, write_month
    from panjin_analysis.progress import describe, progress

    entries = _entries(arguments)
    now = progress(arguments.as_of, entries)
    print("\n".join([*describe(now, arguments.as_of), *gap_lines(now)]))
    if arguments.out:
        for path in write_month(now, arguments.as_of, arguments.out, lang=arguments.lang):
            print(say(f"已生成 {path}", f"made {path}"))


def _check_workbook(arguments: argparse.Namespace) -> int:
    from panjin_analysis.accessibility import check_workbook, checks

    failures = check_workbook(arguments.file)
    for failure in failures:
        print(f"{failure.where}: {failure.says()}")
    print(
        say(f"{len(checks())} 项检查，{len({one.check for one in failures})} 项不合格，{len(failures)} 处",
            f"{len(checks())} checks, {len({one.check for one in failures})} failed in {len(failures)} places")
    )  # fmt: skip
    return 1 if failures else 0


def _entries(arguments: argparse.Namespace):
    """Return what units reported: from the file that is named, which must exist, or the user's own."""
    from panjin_analysis.progress import load_progress

    if arguments.progress and not arguments.progress.exists():
        raise DataError("unreadable_file", where=arguments.progress, found=say("没有这个文件", "no such file"))
    return load_progress(arguments.progress)
