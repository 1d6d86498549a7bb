"""The command of ``panjin`` that puts a field of the report on one page."""

import argparse
from collections.abc import Callable
from pathlib import Path

from panjin_analysis.errors import DataError, say


def add_commands(command: Callable[..., argparse.ArgumentParser], *parents: argparse.ArgumentParser) -> None:
    """Add the command to the program; ``parents`` are ``--data`` and ``--reports``."""
    added = command(
        "brief",
        _brief,
        say(
            "一个领域一页纸：图、幻灯片、网页和工作簿",
            "one field on one page: picture, slides, web page and workbook",
        ),
        *parents,
    )
    added.add_argument(
        "domain", nargs="?", metavar="DOMAIN",
        help=say("领域的代码或名称，例如 education 或 教育", "code or name of a field, such as education"),
    )  # fmt: skip
    added.add_argument("--all", action="store_true", help=say("每个领域各一份", "a brief of every field"))
    added.add_argument(
        "--lang", choices=["zh", "en"], default="zh", help=say("语言（默认：zh）", "language (default: zh)")
    )
    added.add_argument(
        "--out", type=Path, default=Path("briefs"), metavar="DIR",
        help=say("结果文件夹（默认：briefs/）", "folder of the results (default: briefs/)"),
    )  # fmt: skip
    added.add_argument(
        "--with-quotes",
        action="store_true",
        help=say(
            "在工作簿和网页中加入原文（须有报告文本）", "put quotations into workbook and web page (needs the report's text)"
        ),
    )  # fmt: skip


def _brief(arguments: argparse.Namespace) -> None:
    from tqdm import tqdm

    from panjin_analysis.brief import brief_files, domains, find_domain, listed_domains, write_briefs
    from panjin_analysis.load import load_tables
    from panjin_analysis.quotes import require_reports_dir, with_quotes

    tables = load_tables()
    listed = listed_domains(tables)
    wanted = say(f"一个领域，或 --all；领域有：{listed}", f"a field, or --all; fields are {listed}")
    if arguments.domain and arguments.all:
        raise DataError("unknown_choice", where="panjin brief", expected=wanted, found=f"{arguments.domain} --all")
    if not (arguments.domain or arguments.all):
        raise DataError("missing_argument", where="panjin brief", expected=wanted)
    chosen = domains(tables) if arguments.all else [find_domain(arguments.domain, tables)]
    if arguments.with_quotes:
        tables["commitments"] = with_quotes(tables["commitments"], require_reports_dir(arguments.reports))
    with tqdm(chosen, disable=None, unit=say("个领域", " fields"), leave=False) as bar:
        made = [brief_files(domain, arguments.out, lang=arguments.lang, tables=tables) for domain in bar]
    for path in write_briefs({path: data for files in made for path, data in files.items()}):
        print(say(f"已生成 {path}", f"made {path}"))
