"""One contender measured once, in a process of its own; the figures go out as one line of JSON.

A fresh process a measurement, because import time, peak memory and the first call can
be had only once in a process.
"""

import csv
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import traps
from contenders import CONTENDERS, Contender, Way

THREADED = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "RAYON")
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in THREADED}


def pin() -> bool:
    """Stay on one core, where the system can be told so."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    return True


def peak_mb() -> float | None:
    """Return the most memory that this process has held, or None where it is not known."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def without_front_matter(text: str) -> str:
    """Return a text without the title block between two lines of hyphens at its head."""
    if text.startswith("---\n") and "\n---\n" in text:
        return text.partition("\n---\n")[2].lstrip()
    return text


def read_reports(folder: Path, seed: int) -> list[str]:
    """Return the texts in an order of their own, so that the first few are a sample of all."""
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        paths = sorted(row["path"] for row in csv.DictReader(file))
    random.Random(seed).shuffle(paths)
    return [without_front_matter((folder / path).read_text("utf-8-sig")) for path in paths]


def seconds(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long a call took, and its result."""
    begun = time.perf_counter()
    result = call()
    return time.perf_counter() - begun, result


def amounts(contender: Contender, quantities: Any) -> list[float]:
    """Return the literal values of the rows that state an amount; a range gives both its ends."""
    rows = quantities[quantities[contender.class_column].isin(contender.amounts)]
    units = rows["unit"].astype(object).where(rows["unit"].notna(), None)
    columns = [rows[name] for name in ("value", "value_max") if name in rows]
    return [
        traps.literal(float(value), unit)
        for column in columns
        for value, unit, missing in zip(column, units, column.isna(), strict=True)
        if not missing
    ]


def passed(contender: Contender, run: Way) -> dict[str, list[str]]:
    """Return the texts of the traps that came out right."""
    right = [trap for trap in traps.TRAPS if traps.is_right(amounts(contender, run([trap.text])[1]), trap)]
    return {
        "values_right": [trap.text for trap in right if trap.values],
        "names_right": [trap.text for trap in right if not trap.values],
    }


def measure(name: str, folder: Path, seed: int, sizes: list[int]) -> dict[str, Any]:
    """Measure one contender: import, first report, the first ``n`` reports for each size, and the most of them again."""
    contender = CONTENDERS[name]
    texts = read_reports(folder, seed)
    try:
        import_s, run = seconds(contender.load)
    except ImportError as error:
        return {"skipped": f"{type(error).__name__}: {error}"}
    first_s, _ = seconds(lambda: run(texts[:1]))
    out: dict[str, Any] = {"import_s": import_s, "first_report_s": first_s, "run_s": {}}
    for size in sizes:
        chosen = texts[:size]
        out["run_s"][size], (segments, quantities) = seconds(lambda chosen=chosen: run(chosen))
        if size == sizes[0]:
            out |= {
                "peak_mb": peak_mb(),
                "reports": len(chosen),
                "segments": len(segments),
                "numbers": len(quantities),
                "again_s": seconds(lambda chosen=chosen: run(chosen))[0],
                "classes": {str(k): int(v) for k, v in quantities[contender.class_column].value_counts().items()},
            }
    out["characters"] = {size: sum(map(len, texts[:size])) for size in sizes}
    return out | passed(contender, run)


def main() -> None:
    """Measure what the one argument, a JSON object, asks for."""
    job = json.loads(sys.argv[1])
    is_pinned = pin()
    if job["name"] == "bare":
        out: dict[str, Any] = {"peak_mb": peak_mb()}
    elif job["name"] == "import_pandas":
        out = {"import_s": seconds(lambda: __import__("pandas"))[0]}
    else:
        out = measure(job["name"], Path(job["folder"]), job["seed"], job["sizes"])
    json.dump(out | {"is_pinned": is_pinned}, sys.stdout)


if __name__ == "__main__":
    main()
