"""The main job: charts, workbooks, notebooks and pages from the tables, and proof that they are the same.

Everything is made in a folder beside the target and moved there at the end, so a
build that stops half way changes nothing.
"""

import functools
import hashlib
import importlib.metadata
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from panjin_analysis.brief import write_brief
from panjin_analysis.charts import CHARTS
from panjin_analysis.errors import DataError, say
from panjin_analysis.excel import PROFILES
from panjin_analysis.execution import committed, notebook_paths, run
from panjin_analysis.files import write_whole
from panjin_analysis.load import data_dir, load_tables, read_codebook, read_package
from panjin_analysis.office import write_report
from panjin_analysis.pages.cookbook import COOKBOOK, cookbook_page
from panjin_analysis.pages.index import FOLDER, INDEX, foot, index_page
from panjin_analysis.pages.notebook import notebook_page
from panjin_analysis.quotes import with_quotes
from panjin_analysis.saving import LANGUAGES, write_figure

MANIFEST = "manifest.json"
EXAMPLE = "education"  # the field whose brief the build makes; every other one is made by command
# The packages whose version shows in the bytes of what is made.
PACKAGES = (
    *("brotli", "fonttools", "jinja2", "matplotlib", "mistune", "nbclient", "nbformat", "pandas", "pillow"),
    *("python-pptx", "seaborn", "xlsxwriter", "zhplot"),
)


@dataclass(frozen=True)
class Step:
    """One thing the build makes: a name to show, and what makes it in a folder."""

    name: str
    make: Callable[[Path], object]


def build(out: Path, *, reports_dir: Path | None = None, show_progress: bool = True) -> dict[str, float]:
    """Make every chart, workbook, notebook and page in ``out``.

    Parameters
    ----------
    out
        Folder to fill; other files in it stay, what an earlier build made is replaced.
    reports_dir
        Folder with the report texts: the workbook then carries quotations.
    show_progress
        Show a bar on a terminal.

    Returns
    -------
    dict of str to float
        Seconds that each step took.

    Raises
    ------
    DataError
        If the data break the codebook, a chart fails its preflight, a notebook stops,
        or the folder cannot be written. Nothing in ``out`` has changed then.
    """
    tables = load_tables()
    if reports_dir is not None:
        tables["commitments"] = with_quotes(tables["commitments"], reports_dir)
    with _staging(out) as stage:
        seconds = _run(steps(tables), stage, show_progress)
        manifest = _manifest(stage, has_quotes=reports_dir is not None)
        write_whole(stage / MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
        _move(stage, out)
    return seconds


def steps(tables: dict[str, pd.DataFrame]) -> list[Step]:
    """Return what the build makes, in order."""
    shown = functools.cache(lambda name: CHARTS[name].table(tables))  # both languages and the cookbook draw it
    made = [_chart_step(name, lang, shown) for name in CHARTS for lang in LANGUAGES]
    made += [_workbook_step(profile, lang, tables) for profile in PROFILES for lang in LANGUAGES]
    made += [_brief_step(lang, tables) for lang in LANGUAGES]
    made += [_notebook_step(path) for path in notebook_paths()]
    made.append(Step("cookbook", lambda folder: _write_cookbook(folder, shown)))
    # Last: it lists what the others made.
    return [*made, Step("index", lambda folder: write_whole(folder / FOLDER / INDEX, index_page(folder)))]


def verify(out: Path, *, show_progress: bool = True) -> int:
    """Prove that ``out`` is what the data give: compare it with a fresh build, byte by byte.

    Returns
    -------
    int
        How many files were compared.

    Raises
    ------
    DataError
        Naming the first file that is missing, changed or differs from the fresh build.
    """
    manifest = read_manifest(out)
    for name, sha256 in manifest["outputs"].items():
        path = out / name
        if not path.is_file():
            raise DataError("not_reproduced", where=path, found=say("文件缺失", "the file is missing"))
        if file_sha256(path) != sha256:
            raise DataError("not_reproduced", where=path, found=say("文件已改动", "the file was changed"))
    if manifest.get("has_quotes"):
        found = say("它含原文，请用不含原文的结果核对", "it holds quotations; verify a build without them")
        raise DataError("not_reproduced", where=out, found=found)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "figures"
        build(fresh, show_progress=show_progress)
        again = read_manifest(fresh)
    for part in ("inputs", "packages", "outputs"):
        for name in sorted({*manifest[part], *again[part]}):
            if manifest[part].get(name) != again[part].get(name):
                found = say(
                    f"记录 {manifest[part].get(name)}，重建 {again[part].get(name)}",
                    f"recorded {manifest[part].get(name)}, rebuilt {again[part].get(name)}",
                )
                raise DataError("not_reproduced", where=f"{part}: {name}", found=found)
    return len(again["outputs"])


def read_manifest(out: Path) -> dict:
    """Return the record that a build left in its folder.

    Raises
    ------
    DataError
        If there is none, or it is not a build's.
    """
    path = out / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise DataError("no_manifest", where=path) from None
    except OSError as error:
        raise DataError("unreadable_file", where=path, found=error.strerror) from None
    except ValueError as error:  # no JSON, or no text at all
        raise DataError("bad_manifest", where=path, found=error) from None
    parts = ("inputs", "outputs", "packages")
    if not isinstance(manifest, dict) or not all(isinstance(manifest.get(part), dict) for part in parts):
        raise DataError(
            "bad_manifest", where=path, found=say(f"应有 {', '.join(parts)}", f"it lacks {', '.join(parts)}")
        )
    return manifest


def _write_cookbook(folder: Path, shown: Callable[[str], pd.DataFrame]) -> None:
    made = cookbook_page({name: shown(name) for name in CHARTS}, source=foot())
    write_whole(folder / FOLDER / COOKBOOK, made)


def _chart_step(name: str, lang: str, shown: Callable[[str], pd.DataFrame]) -> Step:
    chart, file = CHARTS[name], name + LANGUAGES[lang]

    def make(folder: Path) -> None:
        table = shown(name)
        write_figure(chart.plot(table, lang=lang), chart.caption(table, lang), table, folder / file)

    return Step(file, make)


def _workbook_step(profile: str, lang: str, tables: dict[str, pd.DataFrame]) -> Step:
    name = f"panjin_2024_{profile}{LANGUAGES[lang]}.xlsx"

    def make(folder: Path) -> None:
        write_report(tables, folder / "workbooks" / name, profile=profile, lang=lang)

    return Step(f"workbook_{profile}{LANGUAGES[lang]}", make)


def _brief_step(lang: str, tables: dict[str, pd.DataFrame]) -> Step:
    def make(folder: Path) -> None:
        write_brief(EXAMPLE, folder / "briefs", lang=lang, tables=tables)

    return Step(f"brief_{EXAMPLE}{LANGUAGES[lang]}", make)


def _notebook_step(path: Path) -> Step:
    def make(folder: Path) -> None:
        notebook = run(path, data_dir())
        write_whole(folder / "notebooks" / path.name, committed(notebook))
        shown = notebook_page(notebook, name=path.stem, source=foot())
        write_whole(folder / FOLDER / f"{path.stem}.html", shown)

    return Step(path.stem, make)


def _run(made: list[Step], stage: Path, show_progress: bool) -> dict[str, float]:
    from tqdm import tqdm

    seconds = {}
    # disable=None: a bar on a terminal, nothing in logs and CI.
    with tqdm(made, disable=None if show_progress else True, unit=say("项", " items"), leave=False) as bar:
        for step in bar:
            bar.set_description(step.name)
            begun = time.perf_counter()
            step.make(stage)
            seconds[step.name] = time.perf_counter() - begun
    return seconds


def _manifest(stage: Path, *, has_quotes: bool) -> dict[str, object]:
    home = data_dir()
    inputs = [home / "datapackage.json", *(home / table.path for table in read_codebook(home).values())]
    return {
        "data_version": read_package(home)["version"],
        "has_quotes": has_quotes,
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "inputs": {path.name: file_sha256(path) for path in sorted([*inputs, *notebook_paths()])},
        "outputs": {
            path.relative_to(stage).as_posix(): file_sha256(path) for path in sorted(stage.rglob("*")) if path.is_file()
        },
    }


def file_sha256(path: Path) -> str:
    """Return the hash of a file, as the manifest records it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    """Give a folder on the same disk as ``out``, gone afterwards whatever happens."""
    was_there = out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(dir=out, prefix=".building-"))
    except OSError as error:
        raise DataError("cannot_write", where=out, found=error.strerror or error) from None
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        if not was_there and not any(out.iterdir()):
            out.rmdir()


def _move(stage: Path, out: Path) -> None:
    """Move what was made into place, and drop what only an earlier build made; all of it or nothing."""
    made = [path.relative_to(stage) for path in sorted(stage.rglob("*")) if path.is_file()]
    earlier = read_manifest(out)["outputs"] if (out / MANIFEST).is_file() else {}
    gone = [Path(name) for name in earlier if Path(name) not in made]
    gone = [name for name in gone if (out / name).resolve().is_relative_to(out.resolve())]
    old, done = stage / ".old", []
    for name in made:
        if (out / name).is_dir():  # somebody's own: never moved out of the way
            raise DataError(
                "cannot_write", where=out / name, found=say("已有同名文件夹", "a folder of that name is there")
            )
    try:
        for name in [*made, *gone]:
            if (out / name).exists():
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                (out / name).replace(old / name)
            done.append(name)
            if name in made:
                (out / name).parent.mkdir(parents=True, exist_ok=True)
                (stage / name).replace(out / name)
    except OSError as error:
        for name in reversed(done):
            (out / name).unlink(missing_ok=True)
            if (old / name).exists():
                (old / name).replace(out / name)
        raise DataError("cannot_write", where=error.filename or out, found=error.strerror) from None
