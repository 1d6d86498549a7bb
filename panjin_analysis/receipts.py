"""From a picture back to the rows behind it: what each mark of a built chart was counted from.

The CSV beside a chart names the rows of every number; here they are looked up in the
tables of today, and in the texts where the user has them. A picture or a CSV that the
build did not make is refused, because nobody could say what it shows.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from panjin_analysis.build import MANIFEST, file_sha256, read_manifest
from panjin_analysis.charts import CHARTS, Chart, column_meanings
from panjin_analysis.compare import observed_words
from panjin_analysis.errors import DataError, say
from panjin_analysis.load import data_dir, load_tables
from panjin_analysis.quotes import with_quotes
from panjin_analysis.saving import LANGUAGES
from panjin_analysis.tables import labels, shown_number

ENDINGS = (".png", ".svg", ".csv", ".txt")
COLUMNS = ["row", "mark", "numbers", "table", "id", "label", "report_id", "source_id"]
_NO_REPORT = (".png", ".svg", ".csv")
_SPAN = ["start", "end", "span_sha1"]


@dataclass(frozen=True)
class Built:
    """A chart that a build made: which one, where its numbers are, and in which language."""

    name: str
    chart: Chart
    numbers: Path
    lang: str


def is_chart(path: Path) -> bool:
    """Tell whether a path is named as the build names a chart's files.

    Examples
    --------
    >>> is_chart(Path("figures/04_targets_en.svg")), is_chart(Path("report.txt"))
    (True, False)
    """
    return path.suffix in ENDINGS and path.stem.removesuffix(LANGUAGES["en"]) in CHARTS


def is_picture(path: Path) -> bool:
    """Tell whether a path can only be meant for a chart: no report is read from a picture or a CSV.

    Examples
    --------
    >>> [is_picture(Path(name)) for name in ("01_funnel.PNG", "mine.csv", "04_targets.txt", "report.txt")]
    [True, True, True, False]
    """
    return path.suffix.casefold() in _NO_REPORT or is_chart(path)


def explain_chart(
    path: Path | str, *, row: int | None = None, mark: str = "", reports_dir: Path | None = None
) -> pd.DataFrame:
    """Say which rows stand behind each mark of a built chart.

    Parameters
    ----------
    path
        Any of the chart's files: its picture, its CSV or its alt text.
    row
        Only this row of the chart's CSV; the first below the header is 1.
    mark
        Only marks that have these words in their name.
    reports_dir
        Folder of report texts: adds ``quote``, the exact words of each row that was located, checked by hash.

    Returns
    -------
    pandas.DataFrame
        One row per mark and row behind it, in the language of the chart: ``row``, ``mark``,
        ``numbers``, then ``table``, ``id``, ``label``, ``report_id`` and ``source_id`` of the row behind.
        A mark of nothing (a zero, or what was not read) has one row without an id.

    Raises
    ------
    DataError
        If the file is no chart of the build's, one of its files is missing or was changed since;
        if there is no such row or mark; or as ``with_quotes`` does.
    """
    built = find_chart(Path(path))
    index = _index(built.lang)
    marks = [one for one in _marks(built) if (row is None or one[0] == row) and mark.casefold() in one[1].casefold()]
    if not marks:
        raise DataError("no_mark", where=built.numbers, expected=_extent(built), found=_asked(row, mark))
    rows: list[dict[str, object]] = [
        {"row": number, "mark": name, "numbers": numbers, "id": one}
        for number, name, numbers, ids in marks
        for one in (ids or [pd.NA])
    ]
    out = pd.DataFrame(rows).merge(index, on="id", how="left", validate="many_to_one")
    if reports_dir is not None:
        out["quote"] = _quotes(out, reports_dir)
    return out.drop(columns=_SPAN)[[*COLUMNS, *(["quote"] if reports_dir is not None else [])]]


def _asked(row: int | None, mark: str) -> str:
    """Return in words which row or mark was asked for.

    Examples
    --------
    >>> _asked(99, "").endswith("99")
    True
    """
    parts = [] if row is None else [say(f"行 {row}", f"row {row}")]
    return say("，", ", ").join(parts + ([say(f"标记 {mark}", f"mark {mark}")] if mark else []))


def _quotes(rows: pd.DataFrame, reports_dir: Path) -> pd.Series:
    """Return the words of each located row; missing where its report's text is not in the folder."""
    located = rows[rows["start"].notna() & rows["report_id"].notna()]
    quotes = pd.Series(pd.NA, index=rows.index, dtype="str")
    for _, part in located.groupby("report_id"):
        try:
            quotes[part.index] = with_quotes(part, reports_dir)["quote"]
        except DataError as error:
            if error.kind != "no_report_text":  # a text that is there and differs is no matter to pass over
                raise
    return quotes


def find_chart(path: Path) -> Built:
    """Return the chart that a file belongs to, if the build made it and nobody changed it since.

    Raises
    ------
    DataError
        If it is none, or its record, its CSV, its words or the file itself is missing or was changed.
    """
    if not is_chart(path):
        raise DataError("no_chart", where=path, expected=", ".join(CHARTS), found=path.name)
    recorded = read_manifest(path.parent)["outputs"]
    numbers = path.with_suffix(".csv")
    for file in dict.fromkeys((path, numbers, path.with_suffix(".txt"))):  # the words have the title
        if not file.is_file():
            raise DataError("not_reproduced", where=file, found=say("文件缺失", "the file is missing"))
        if recorded.get(file.name) != file_sha256(file):
            found = say(f"与 {MANIFEST} 所记不同", f"it differs from what {MANIFEST} records")
            raise DataError("not_reproduced", where=file, found=found)
    name = path.stem.removesuffix(LANGUAGES["en"])
    return Built(name, CHARTS[name], numbers, "en" if path.stem.endswith(LANGUAGES["en"]) else "zh")


def changed_since(built: Built) -> list[str]:
    """Return the tables that are not what they were when the chart was built."""
    recorded = read_manifest(built.numbers.parent)["inputs"]
    home = data_dir()
    return [
        name
        for name, sha256 in recorded.items()
        if name.endswith((".csv", ".json")) and (not (home / name).is_file() or file_sha256(home / name) != sha256)
    ]


def receipt_lines(
    path: Path, *, row: int | None = None, mark: str = "", reports_dir: Path | None = None
) -> Iterator[str]:
    """Yield the receipt of a chart as lines to read: title, marks with the rows behind them, sources.

    Without ``row`` or ``mark`` a chart of many rows is listed mark by mark, with how many rows
    stand behind each; with either, every row is.
    """
    built = find_chart(path)
    rows = explain_chart(path, row=row, mark=mark, reports_dir=reports_dir)
    title = built.numbers.with_suffix(".txt").read_text("utf-8").splitlines()[0]
    yield f"{built.name}: {title}"
    if changed := changed_since(built):
        names = ", ".join(changed)
        yield say(f"生成以来数据已改动（{names}）：下列名称取自现在的数据", f"the data have changed since it was built ({names}): labels are today's")  # fmt: skip
    is_short = row is not None or bool(mark) or len(rows) <= LONGEST
    for (number, name, numbers), behind in rows.groupby(["row", "mark", "numbers"], sort=False):
        count = int(behind["id"].notna().sum())
        yield f"{number}  {name}" + (f": {numbers}" if numbers else "") + ("" if is_short else _counted(count))
        if is_short:
            yield from (f"    {line}" for line in _behind(behind))
    if not is_short:
        yield say("加 --row N 或 --mark 词，列出每一行的依据", "add --row N or --mark WORDS to see the rows behind one")
    yield _sources(rows)


LONGEST = 80  # rows behind a chart from which marks alone are listed


def _counted(count: int) -> str:
    return say(f"（依据 {count} 行）", f" (from {count} row{'' if count == 1 else 's'})")


def _behind(rows: pd.DataFrame) -> Iterator[str]:
    """Yield a line for each row behind a mark, and its quotation."""
    for behind in rows.itertuples():
        if pd.isna(behind.id):
            yield say("没有对应的行：零，或未读", "no row behind it: a zero, or not read")
            continue
        label = say("（现在的数据中没有）", "(not in the data of today)") if pd.isna(behind.table) else behind.label
        where = behind.report_id if pd.notna(behind.report_id) else behind.source_id
        yield f"{behind.id}  {label}" + (f"  [{where}]" if pd.notna(where) and where != behind.id else "")
        if pd.notna(getattr(behind, "quote", pd.NA)):
            yield f"  “{behind.quote}”"


def _sources(rows: pd.DataFrame) -> str:
    """Return one line with the reports and other sources of all rows."""
    names = sorted({str(name) for column in ("report_id", "source_id") for name in rows[column].dropna()})
    return say("来源：", "Sources: ") + (", ".join(names) or say("无", "none"))


def _extent(built: Built) -> str:
    return f"1–{sum(1 for _ in _rows(built.numbers))}"


def _rows(numbers: Path) -> Iterator[dict[str, str]]:
    with numbers.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _marks(built: Built) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield number, name, numbers and ids of each row of the chart's CSV."""
    chart, lang = built.chart, built.lang
    codes = {column: labels(vocabulary, lang) for column, vocabulary in chart.names.items() if vocabulary}
    titles = column_meanings(lang)["title"]
    whole = {"zh": "全部", "en": "all together"}[lang]
    for number, cells in enumerate(_rows(built.numbers), start=1):
        names = []
        for column in chart.names:
            cell = cells[column] if column in cells else cells[f"{column}_{lang}"]
            if column in codes:
                names.append(codes[column].get(cell, cell) or whole)
            else:
                names.append(f"{titles[column]} {cell}" if chart.names_columns else cell)
        numbers = ", ".join(f"{titles[name]} {_shown(cells[name])}" for name in chart.numbers if cells[name])
        ids = [one for column in chart.ids for one in cells[column].split("|") if one]
        yield number, " · ".join(name for name in names if name), numbers, list(dict.fromkeys(ids))


def _shown(cell: str) -> str:
    try:
        return shown_number(round(float(cell), 1))
    except ValueError:
        return cell


def _index(lang: str) -> pd.DataFrame:
    """Return every row that a chart may rest on: its id, table, label, source and place in the text."""
    parts = [make(load_tables(), lang).assign(table=name) for name, make in _KINDS.items()]
    columns = ["id", "table", "label", "report_id", "source_id", *_SPAN]
    index = pd.concat([part.reindex(columns=columns) for part in parts], ignore_index=True)
    return index.astype({"start": "Int64", "end": "Int64"})


def _commitments(tables: dict[str, pd.DataFrame], lang: str) -> pd.DataFrame:
    rows = tables["commitments"]
    return rows.assign(id=rows["commitment_id"], label=rows[f"label_{lang}"])


def _targets(tables: dict[str, pd.DataFrame], lang: str) -> pd.DataFrame:
    home = tables["commitments"].set_index("commitment_id")[["report_id", *_SPAN]]
    rows = tables["targets"].join(home, on="commitment_id")
    names = rows["indicator_id"].map(tables["indicators"].set_index("indicator_id")[f"name_{lang}"])
    units, joint = labels("unit", lang), {"zh": "：", "en": ": "}[lang]
    said = [f"{shown_number(value)} {units[unit]}" for value, unit in zip(rows["value"], rows["unit"], strict=True)]
    return rows.assign(id=rows["target_id"], label=names + joint + pd.Series(said, index=rows.index))


def _observations(tables: dict[str, pd.DataFrame], lang: str) -> pd.DataFrame:
    rows = tables["observations"]
    return rows.assign(id=rows["observation_id"], label=rows["observation_id"].map(observed_words(lang)))


def _segments(tables: dict[str, pd.DataFrame], lang: str) -> pd.DataFrame:
    rows = tables["segments"]
    roles = rows["role"].astype(str).map(labels("role", lang))
    place = rows["paragraph_no"].astype("str") + "." + rows["clause_no"].astype("str")
    return rows.assign(id=rows["segment_id"], label=roles + " " + place)


def _reports(tables: dict[str, pd.DataFrame], lang: str) -> pd.DataFrame:
    """Return the reports; what the extractor counted in one is held by the hash of its text."""
    rows = tables["reports"]
    read = tables["key_terms"].drop_duplicates("report_id").set_index("report_id")
    names = rows[f"place_{lang}"] + " " + rows["report_year"].astype("str")
    proof = rows["report_id"].map("  sha256 " + read["text_sha256"] + "  " + read["extractor_version"])
    return rows[["report_id"]].assign(id=rows["report_id"], label=names + proof.fillna(""))


def _counts(tables: dict[str, pd.DataFrame], lang: str) -> pd.DataFrame:
    """Return what the extractor counted in each part of a report."""
    rows = tables["report_profiles"]
    strength = rows["strength"].astype("str").map(labels("strength", lang))
    words = rows["part"].astype(str).map(labels("part", lang)) + " " + strength.fillna("")
    proof = "  sha256 " + rows["text_sha256"] + "  " + rows["extractor_version"]
    label = words + " " + rows["clauses"].astype("str") + proof
    return rows[["report_id"]].assign(id=rows["profile_id"], label=label)


_KINDS: dict[str, Callable[[dict[str, pd.DataFrame], str], pd.DataFrame]] = {
    "commitments": _commitments,
    "targets": _targets,
    "observations": _observations,
    "segments": _segments,
    "reports": _reports,
    "report_profiles": _counts,
}
