"""The commands for those who go on by themselves: the tables for other programs, the notebooks to work in."""

import argparse
from collections.abc import Callable
from pathlib import Path

from panjin_analysis.errors import say
from panjin_analysis.lab import FOLDER

FORMATS = ("csv", "parquet", "sqlite", "datapackage")


def add_commands(command: Callable[..., argparse.ArgumentParser], data: argparse.ArgumentParser) -> None:
    """Add ``panjin export`` and ``panjin lab`` to the program; ``data`` is ``--data``."""
    added = command(
        "export", _export, say("把全部数据表连同编码手册写成其他程序能读的文件", "write every table, with its codebook, for other programs"),
        data,
    )  # fmt: skip
    added.add_argument("folder", type=_folder, metavar="DIR", help=say("结果文件夹", "folder of the results"))
    added.add_argument(
        "--format", choices=FORMATS, default="csv",
        help=say(
            "csv（UTF-8 带 BOM，Excel、WPS 可直接打开，默认）、parquet、sqlite（一个文件，含类型和主外键）、datapackage（Frictionless）",
            "csv (UTF-8 with BOM, as Excel and WPS open it; the default), parquet, sqlite (one file with types and keys) or datapackage (Frictionless)",
        ),
    )  # fmt: skip
    added = command(
        "lab", _lab, say("在笔记本的副本上打开 JupyterLab", "open JupyterLab on copies of the notebooks"), data
    )
    added.add_argument(
        "folder", type=_folder, nargs="?", default=FOLDER, metavar="DIR",
        help=say(f"副本所在的文件夹，已有的不改动（默认：{FOLDER}/）", f"folder of the copies; what is there stays (default: {FOLDER}/)"),
    )  # fmt: skip
    added.add_argument(
        "--no-browser", action="store_true", help=say("只给出网址，不打开浏览器", "print the address, open no browser")
    )


def _folder(words: str) -> Path:
    if not words:
        raise argparse.ArgumentTypeError(say("应为文件夹，读到空值", "expected a folder, found an empty text"))
    return Path(words)


def _export(arguments: argparse.Namespace) -> None:
    from panjin_analysis.export import export

    there = set(arguments.folder.glob("*"))
    paths = export(arguments.folder, arguments.format)
    new = len(set(paths) - there)
    old = len(paths) - new
    zh, en = (
        (f"（另有 {old} 个已在其中）", f" ({old} {'was' if old == 1 else 'were'} there already)") if old else ("", "")
    )
    files = "file" if new == 1 else "files"
    print(say(f"已写入 {new} 个文件{zh}：{arguments.folder}", f"wrote {new} {files}{en}: {arguments.folder}"))


def _lab(arguments: argparse.Namespace) -> int:
    from panjin_analysis.lab import copy_notebooks, open_lab

    done = copy_notebooks(arguments.folder)
    kept = len(done.same) + len(done.changed)
    print(
        say(
            f"{arguments.folder}：新复制 {len(done.new)} 个笔记本，已有的 {kept} 个未动",
            f"{arguments.folder}: {len(done.new)} {'notebook' if len(done.new) == 1 else 'notebooks'} copied, {kept} were there and stay",
        )
    )
    for path in done.changed:
        print(
            say(
                f"{path} 与随附的不同（您改过，或版本不同）；要重新得到，请先移走它",
                f"{path} differs from the one that comes along (yours, or of another version); move it away to have that again",
            )
        )
    return open_lab(arguments.folder, ["--no-browser"] if arguments.no_browser else [])
