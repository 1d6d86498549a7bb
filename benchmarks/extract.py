"""How fast, how large and how right extraction is, beside what a user would reach for instead.

Run by hand, in an environment that has panjin_analysis and ``benchmarks/requirements.txt``::

    python benchmarks/extract.py --json figures.json

Every round starts a fresh process for every contender in turn, on one core with one
thread, so that a busy minute of the machine hits all alike. Figures are medians
over the rounds. Only ratios may be carried to another machine.
"""

import argparse
import csv
import json
import os
import platform
import statistics
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import traps
from contenders import CONTENDERS, OURS
from worker import ONE_THREAD

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parents[1] / "shared" / "reports" / "sample"
PACKAGES = (
    *("panjin-analysis", "pandas", "numpy", "pyarrow"),
    *("jieba", "rjieba", "cn2an", "recognizers-text-suite", "regex"),
)
COLUMNS = {
    "way": "way",
    "reports": "reports",
    "speed": "characters/s",
    "again": "again",
    "ours": "× extract",
    "ours_many": "× extract_many",
    "peak": "peak MB",
    "import": "import s",
    "first": "first report s",
    "numbers": "numbers/10 000",
    "values": "values right",
    "names": "names let be",
}


def ask(job: dict[str, Any]) -> dict[str, Any]:
    """Return what a fresh process measured."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(HERE / "worker.py"), json.dumps(job)],
        env={**os.environ, **ONE_THREAD, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        return {"skipped": f"failed: {last[0]}"}
    return json.loads(done.stdout.splitlines()[-1])


def sizes_for(name: str, total: int) -> list[int]:
    """Return how many reports a contender is timed on; ours on every size that another is."""
    own = min(CONTENDERS[name].reports or total, total)
    if name not in OURS:
        return [own]
    others = {min(each.reports, total) for each in CONTENDERS.values() if each.reports}
    return [own, *sorted(others - {own}, reverse=True)]


def measure_all(names: list[str], folder: Path, seed: int, rounds: int, total: int) -> dict[str, list[dict[str, Any]]]:
    """Return the figures of each round for each contender."""
    out: dict[str, list[dict[str, Any]]] = {name: [] for name in ("bare", "import_pandas", *names)}
    for number in range(rounds):
        for name, done in out.items():
            if done and "skipped" in done[-1]:
                continue
            print(f"\rround {number + 1} of {rounds}: {name:<20}", end="", file=sys.stderr, flush=True)
            sizes = sizes_for(name, total) if name in CONTENDERS else []
            done.append(ask({"name": name, "folder": str(folder), "seed": seed, "sizes": sizes}))
    print(file=sys.stderr)
    return out


def median(rounds: list[dict[str, Any]], key: str) -> float | None:
    """Return the median of a figure over the rounds, or None where it is not known."""
    values = [each[key] for each in rounds if each.get(key) is not None]
    return statistics.median(values) if values else None


def speeds(rounds: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return characters a second for each number of reports: median, slowest and fastest round."""
    out = {}
    for size, characters in rounds[0]["characters"].items():
        each = [characters / one["run_s"][size] for one in rounds]
        out[size] = {"median": statistics.median(each), "slowest": min(each), "fastest": max(each)}
    return out


def summarise(measured: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return one entry a contender: its medians, and how many times as fast ours is on the same texts."""
    bare = median(measured["bare"], "peak_mb")
    pandas_s = median(measured["import_pandas"], "import_s")
    out: dict[str, Any] = {}
    for name, rounds in measured.items():
        if name not in CONTENDERS:
            continue
        if "skipped" in rounds[-1]:
            out[name] = {"skipped": rounds[-1]["skipped"]}
            continue
        last, by_size, import_s, peak = (
            rounds[-1],
            speeds(rounds),
            median(rounds, "import_s"),
            median(rounds, "peak_mb"),
        )
        size = str(last["reports"])
        out[name] = {
            **{key: last[key] for key in ("reports", "segments", "numbers", "classes", "values_right", "names_right")},
            "characters": last["characters"][size],
            "characters_per_s": by_size[size],
            "characters_per_s_by_reports": by_size,
            "characters_per_s_again": statistics.median(last["characters"][size] / one["again_s"] for one in rounds),
            "peak_mb_beyond_python": peak and bare and peak - bare,
            "import_s": import_s,
            "import_times_pandas": import_s and pandas_s and import_s / pandas_s,
            "first_report_s": median(rounds, "first_report_s"),
        }
    for entry in out.values():
        add_ratios(entry, out)
    return out


def add_ratios(entry: dict[str, Any], entries: dict[str, Any]) -> None:
    """Say how many times as fast ours is on the same reports, and how many times as much memory this takes."""
    if "skipped" in entry:
        return
    for name in OURS:
        reference = entries.get(name, {})
        speed = reference.get("characters_per_s_by_reports", {}).get(str(entry["reports"]))
        entry[f"{name}_times_as_fast"] = speed and speed["median"] / entry["characters_per_s"]["median"]
        peak, own = entry["peak_mb_beyond_python"], reference.get("peak_mb_beyond_python")
        entry[f"peak_times_{name}"] = peak and own and peak / own


def shown(value: float | None, form: str) -> str:
    """Return a figure, or a dash where there is none."""
    return "–" if value is None else format(value, form)


def row(name: str, entry: dict[str, Any]) -> dict[str, str]:
    """Return a contender's figures as they are printed."""
    return {
        "way": CONTENDERS[name].title,
        "reports": f"{entry['reports']}",
        "speed": f"{entry['characters_per_s']['median']:,.0f}",
        "again": f"{entry['characters_per_s_again']:,.0f}",
        "ours": shown(entry["ours_times_as_fast"], ".1f"),
        "ours_many": shown(entry["ours_many_times_as_fast"], ".1f"),
        "peak": shown(entry["peak_mb_beyond_python"], ".0f"),
        "import": f"{entry['import_s']:.2f}",
        "first": f"{entry['first_report_s']:.3f}",
        "numbers": f"{1e4 * entry['numbers'] / entry['characters']:.0f}",
        "values": f"{len(entry['values_right'])} of {len(traps.VALUE_TRAPS)}",
        "names": f"{len(entry['names_right'])} of {len(traps.NAME_TRAPS)}",
    }


def print_table(entries: dict[str, Any]) -> None:
    """Print one line a contender, and one for each that was skipped."""
    rows = [COLUMNS, *(row(name, entry) for name, entry in entries.items() if "skipped" not in entry)]
    widths = {key: max(len(each[key]) for each in rows) for key in COLUMNS}
    for each in rows:
        cells = (each[key].ljust(width) if key == "way" else each[key].rjust(width) for key, width in widths.items())
        print("  ".join(cells).rstrip())
    for name, entry in entries.items():
        if "skipped" in entry:
            print(f"{CONTENDERS[name].title}: skipped, {entry['skipped']}")


def print_misses(entries: dict[str, Any]) -> None:
    """Print what each contender got wrong: a count alone does not say which mistakes are made."""
    for name, entry in entries.items():
        if "skipped" not in entry:
            right = {*entry["values_right"], *entry["names_right"]}
            missed = [trap.text.rstrip("。") for trap in traps.TRAPS if trap.text not in right]
            print(f"{name} wrong: {'; '.join(missed) or 'none'}")


def versions() -> dict[str, str]:
    """Return the version of every package that takes part and is installed."""
    out = {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}
    for package in PACKAGES:
        try:
            out[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return out


def count_reports(folder: Path) -> int:
    """Return how many reports the index names."""
    try:
        with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as file:
            return sum(1 for _ in csv.DictReader(file))
    except FileNotFoundError:
        sys.exit(f"{folder}: no index.csv there; give the folder of reports with --reports")


def options() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder with index.csv and the texts")
    parser.add_argument("--only", action="append", choices=CONTENDERS, help="one contender; may be repeated")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=2024, help="order of the reports, hence the smaller samples")
    parser.add_argument("--at-most", type=int, help="no more than so many reports, for a quick look")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser.parse_args()


def main() -> None:
    """Measure, print, and write if asked to."""
    asked = options()
    total = min(count_reports(asked.reports), asked.at_most or sys.maxsize)
    names = asked.only or list(CONTENDERS)
    measured = measure_all(names, asked.reports.resolve(), asked.seed, asked.rounds, total)
    entries = summarise(measured)
    is_pinned = bool(measured["bare"][-1].get("is_pinned"))
    pandas_s = median(measured["import_pandas"], "import_s")
    print(", ".join(f"{name} {version}" for name, version in versions().items()))
    print(
        f"{total} reports, seed {asked.seed}, median of {asked.rounds} rounds, one thread"
        f"{' on one core' if is_pinned else ', not pinned to a core'}; import pandas alone {shown(pandas_s, '.2f')} s\n"
        "characters/s: the first pass of a fresh process over the reports; again: the second pass, all memory and caches warm;\n"
        "× = how many times as fast ours is on the same reports; fewer reports = a sample of a slow way;\n"
        "peak is beyond a bare interpreter and holds the texts; first report = set-up (dictionaries, patterns) included;\n"
        "values and names: traps written by us, see traps.py\n"
    )
    print_table(entries)
    print()
    print_misses(entries)
    if asked.json:
        figures = {
            "versions": versions(),
            "seed": asked.seed,
            "rounds": asked.rounds,
            "is_pinned": is_pinned,
            "import_pandas_s": pandas_s,
            "traps": {"values": len(traps.VALUE_TRAPS), "names": len(traps.NAME_TRAPS)},
            "contenders": entries,
        }
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
