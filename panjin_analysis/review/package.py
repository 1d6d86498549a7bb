"""The rows of a user's package with those of a file added: what is new, what is known, what does not agree."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from panjin_analysis.errors import DataError
from panjin_analysis.load.own import own_tables
from panjin_analysis.review.cells import Cells, cell_text, said_codes
from panjin_analysis.review.forms import Form
from panjin_analysis.rules import BINDS

_CONSTRAINT = {comparator: constraint for constraint, bound in BINDS.items() for comparator in bound}
OWN_WORDS = ("indicator_id", "label_zh", "label_en", "note")  # what a reviewer writes beside the codes
Row = dict[str, str]


class Checked(NamedTuple):
    """A decided row as text cells, its codes as the reviewer left them, and which were changed."""

    cells: Row
    codes: Row
    changed: str


class _Withdrawn(NamedTuple):
    """What a corrected row had: its codes and words, and the ids that it keeps."""

    codes: Row
    words: Row
    record_id: str
    target_id: str


@dataclass
class Conflict:
    """One row that does not agree with what was adopted: both values, and whether a correction would settle it."""

    where: str
    there: str
    now: str
    can_correct: bool = False


class Package:
    """The rows of a package with those of a file added; what does not agree is gathered, not written."""

    def __init__(self, before: Mapping[str, list[Row]], form: Form, place: str | None, as_of: date) -> None:
        self.rows = {name: list(rows) for name, rows in before.items()}
        self.file, self.as_of = form.path.name, f"{as_of:%Y-%m-%d}"
        self.file_sha256 = hashlib.sha256(form.data).hexdigest()
        self.added = self.known = self.rejected = self.corrected = 0
        self.withdrawn: dict[tuple[str, ...], _Withdrawn] = {}
        self.conflicts: list[Conflict] = []
        first = form.frame.iloc[0]
        self.year, self.sha256, self.length = (
            cell_text(first[name]) for name in ("report_year", "text_sha256", "text_characters")
        )
        self.place = self._place(place)
        self.report_id = f"{self.place}-GWR-{self.year}"
        self._add_report()
        own = [row for row in self.rows["decisions"] if row["report_id"] == self.report_id]
        self.last = {_key(row): row for row in own}
        self.segments = {row["segment_id"]: row for row in self.rows["segments"]}

    def _place(self, place: str | None) -> str:
        known = [row["place"] for row in self.rows["reports"] if row["text_sha256"] == self.sha256]
        if place is None and not known:
            raise DataError("missing_argument", where="panjin adopt", expected="--place PJ")
        if known and place not in {None, known[0]}:
            raise DataError("adopt_conflict", where="--place", expected=known[0], found=place)
        chosen = place or known[0]
        if not (chosen.isascii() and chosen.isalpha() and chosen.isupper() and 2 <= len(chosen) <= 8):
            raise DataError("bad_value", where="--place", expected="[A-Z]{2,8}", found=chosen)
        return chosen

    def _add_report(self) -> None:
        row = {
            "report_id": self.report_id, "place": self.place, "report_year": self.year, "text_sha256": self.sha256,
            "text_characters": self.length,
        }  # fmt: skip
        known = next((one for one in self.rows["reports"] if one["report_id"] == self.report_id), None)
        if known is None:
            self.rows["reports"].append(row)
        elif known != row:
            self.conflicts.append(
                Conflict(self.report_id, f"text_sha256 {known['text_sha256'][:12]}…", f"{self.sha256[:12]}…")
            )

    def add(self, line: str, row: Checked) -> None:
        """Add one decided row, or note that it is there, or that it does not agree."""
        cells, codes = row.cells, row.codes
        decision = cells["decision"]
        accepts = decision != "reject"
        own = "; ".join(f"{name}={cells[name]}" for name in OWN_WORDS if cells[name])
        said = _said(row)
        entry = {
            "report_id": self.report_id, "kind": cells["kind"], "headline_id": cells["headline_id"], "start": cells["start"],
            "end": cells["end"], "number_start": cells["number_start"], "decision": decision, "codes": said,
            "changed": row.changed, "as_of": self.as_of, "file": self.file, "file_sha256": self.file_sha256, "record_id": "",
        }  # fmt: skip
        key = _key(entry)
        last, before = self.last.get(key), self.withdrawn.get(key)
        if before is not None:
            entry["changed"] = _said_change(before.codes | before.words, said_codes(said) | _own_words(row), decision)
        elif last is not None and last["decision"] != "reject":
            if self._is_known(last, row):
                self.known += 1
            else:
                there, now = _difference(last["codes"], said) if accepts else (last["decision"], decision)
                self.conflicts.append(Conflict(line, there or last["codes"], now or own or said, can_correct=True))
            return
        elif last is not None and not accepts:
            self.known += 1
            return
        if accepts:
            entry["record_id"] = self._add_facts(line, cells, codes, before)
        if before is not None:
            self.corrected += 1
        else:
            self.rejected += not accepts
            self.added += 1
        entry = {"decision_id": f"D{len(self.rows['decisions']) + 1:04}"} | entry
        self.rows["decisions"].append(entry)
        self.last[key] = entry

    def withdraw(self, decided: Iterable[Checked]) -> None:
        """Take out what was adopted of the rows that now say something else, before any is added again.

        A clause goes only with the last row that rests on it: what others say of it still holds.
        """
        segments = set()
        for row in decided:
            key = _key(row.cells)
            last = self.last.get(key)
            if last is None or last["decision"] == "reject" or self._is_known(last, row):
                continue
            self.withdrawn[key] = self._taken_out(last)
            if row.cells["kind"] == "commitment":
                segments.add((row.cells["start"], row.cells["end"]))
        held = {
            (row["start"], row["end"])
            for key, row in self.last.items()
            if row["kind"] == "commitment" and row["decision"] != "reject" and key not in self.withdrawn
        }
        gone = {
            name
            for name, row in self.segments.items()
            if row["report_id"] == self.report_id and (row["start"], row["end"]) in segments - held
        }
        self.rows["segments"] = [row for row in self.rows["segments"] if row["segment_id"] not in gone]
        self.segments = {name: row for name, row in self.segments.items() if name not in gone}

    def _taken_out(self, last: Row) -> "_Withdrawn":
        """Take the facts of a decision out of the tables; return what they were."""
        words: Row = {}
        target_id = ""
        kept: dict[str, list[Row]] = {name: [] for name in ("headlines", "commitments", "targets")}
        for name, rows in kept.items():
            for row in self.rows[name]:
                if name == "headlines":
                    is_meant = _is_headline(row, self.report_id, last)
                else:
                    is_meant = bool(last["record_id"]) and row["commitment_id"] == last["record_id"]
                if not is_meant:
                    rows.append(row)
                    continue
                words |= {one: row[one] for one in OWN_WORDS if row.get(one)}
                target_id = row.get("target_id", target_id)
        self.rows |= kept
        codes = said_codes(last["codes"]) | {"decision": last["decision"]}
        return _Withdrawn(codes, words, last["record_id"], target_id)

    def in_order(self, before: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
        """Return the rows with those corrected where they stood, and new ones behind them."""
        keys = {
            "segments": ("segment_id",),
            "commitments": ("commitment_id",),
            "targets": ("target_id",),
            "headlines": ("report_id", "headline_id"),
        }
        for name, columns in keys.items():
            first = {tuple(row[one] for one in columns): place for place, row in enumerate(before[name])}
            places = [first.get(tuple(row[one] for one in columns), len(first)) for row in self.rows[name]]
            ranked = sorted(zip(places, self.rows[name], strict=True), key=lambda pair: pair[0])
            self.rows[name] = [row for _, row in ranked]
        return self.rows

    def _is_known(self, last: Row, row: Checked) -> bool:
        """Say whether a decided row says what was adopted last, in codes and in words."""
        said = _said(row)
        return row.cells["decision"] != "reject" and last["codes"] == said and self._same_words(last, row.cells)

    def _same_words(self, last: Row, cells: Cells) -> bool:
        """Say whether the reviewer's own words are those that were adopted."""
        if cells["kind"] == "headline":
            known = next(row for row in self.rows["headlines"] if _is_headline(row, self.report_id, cells))
            return known["note"] == cells["note"]
        commitment = next((row for row in self.rows["commitments"] if row["commitment_id"] == last["record_id"]), None)
        target = next((row for row in self.rows["targets"] if row["commitment_id"] == last["record_id"]), None)
        if commitment is None:
            return True
        same = all(commitment[name] == cells[name] for name in ("label_zh", "label_en", "note"))
        return same and (target is None or target["indicator_id"] == cells["indicator_id"])

    def _add_facts(self, line: str, cells: Cells, codes: Row, before: "_Withdrawn | None") -> str:
        if cells["kind"] == "headline":
            both = {"report_id": self.report_id} | {
                name: codes.get(name, "") or cells[name] for name in _columns("headlines") if name != "report_id"
            }
            both |= {name: codes[name] for name in ("value", "value_max", "unit", "comparator", "variant")}
            self.rows["headlines"].append(both)
            return ""
        stem = f"{self.place}-{self.year}-"
        segment_id = f"{stem}S{int(cells['segment_no']):03}"
        if not self._add_segment(line, segment_id, cells, codes["role"]) or codes["role"] != "commitment":
            return ""
        commitment_id = (before and before.record_id) or f"{stem}C{self._next('commitments', 'commitment_id', stem):03}"
        ids = {"report_id": self.report_id, "segment_id": segment_id, "commitment_id": commitment_id}
        constraint = _CONSTRAINT[codes["comparator"]] if codes["value"] else "none"
        whole = cells | codes | ids | {"number_constraint": constraint}
        self.rows["commitments"].append({name: whole[name] for name in _columns("commitments")})
        if codes["value"]:
            spot = {
                "start": cells["number_start"] or cells["start"],
                "end": cells["number_end"] or cells["end"],
                "span_sha1": cells["number_sha1"] or cells["span_sha1"],
            }
            target_id = (before and before.target_id) or f"{stem}T{self._next('targets', 'target_id', stem):02}"
            self.rows["targets"].append(
                {name: (whole | spot | {"target_id": target_id})[name] for name in _columns("targets")}
            )
        return commitment_id

    def _add_segment(self, line: str, segment_id: str, cells: Cells, role: str) -> bool:
        row = {name: cells[name] for name in _columns("segments") if name in cells}
        row |= {"segment_id": segment_id, "report_id": self.report_id, "role": role}
        row = {name: row[name] for name in _columns("segments")}
        known = self.segments.get(segment_id)
        if known is None:
            self.segments[segment_id] = row
            self.rows["segments"].append(row)
            return True
        if known != row:
            there, now = _pairs(known, row)
            self.conflicts.append(Conflict(line, there, now))
            return False
        return True

    def _next(self, table: str, key: str, stem: str) -> int:
        """Return the next number of a report's ids; none is used twice."""
        ids = [row[key] for row in self.rows[table]]
        if table == "commitments":  # those that were corrected away stay on record
            ids += [row["record_id"] for row in self.rows["decisions"]]
            ids += [one.record_id for one in self.withdrawn.values()]
        else:
            ids += [one.target_id for one in self.withdrawn.values()]
        return max((int(one[len(stem) + 1 :]) for one in ids if one.startswith(stem)), default=0) + 1

    def stop_at_conflicts(self, path: Path) -> None:
        """Stop if anything did not agree, naming each place with both values."""
        if not self.conflicts:
            return
        where = "; ".join(f"{one.where}" for one in self.conflicts[:5]) + (" …" if len(self.conflicts) > 5 else "")
        there = "; ".join(one.there for one in self.conflicts[:5])
        now = "; ".join(one.now for one in self.conflicts[:5])
        kind = "adopt_differs" if all(one.can_correct for one in self.conflicts) else "adopt_conflict"
        raise DataError(kind, where=where or path, expected=there, found=now)


def _columns(table: str) -> list[str]:
    return [column.name for column in own_tables()[table].columns]


def _key(row: Row) -> tuple[str, ...]:
    if row["kind"] == "headline":
        return row["kind"], row["headline_id"]
    return row["kind"], row["start"], row["end"], row["number_start"]


def _difference(there: str, now: str) -> tuple[str, str]:
    return _pairs(said_codes(there), said_codes(now))


def _pairs(there: Row, now: Row) -> tuple[str, str]:
    names = [name for name in {**there, **now} if there.get(name, "") != now.get(name, "")]
    return (
        ", ".join(f"{name}={there.get(name) or '-'}" for name in names),
        ", ".join(f"{name}={now.get(name) or '-'}" for name in names),
    )


def _said(row: Checked) -> str:
    """Return the codes that a decided row confirms, in one cell; a rejection confirms none."""
    if row.cells["decision"] == "reject":
        return ""
    return "|".join(f"{name}={code}" for name, code in row.codes.items() if code)


def _own_words(row: Checked) -> Row:
    """Return the reviewer's own words that a decided row brings into the tables."""
    if row.cells["decision"] == "reject" or (row.cells["kind"] == "commitment" and row.codes["role"] != "commitment"):
        return {}
    names = ("note",) if row.cells["kind"] == "headline" else OWN_WORDS
    return {name: row.cells[name] for name in names if row.cells[name]}


def _said_change(there: Row, now: Row, decision: str) -> str:
    """Return what a correction changed, old and new; of a rejection, the decision alone."""
    if decision == "reject":
        there, now = {"decision": there["decision"]}, {"decision": decision}
    names = [name for name in {**there, **now} if name != "decision" or decision == "reject"]
    changed = [name for name in names if there.get(name) != now.get(name)]
    return "; ".join(f"{name}: {there.get(name) or '-'} → {now.get(name) or '-'}" for name in changed)


def _is_headline(row: Row, report_id: str, decided: Row) -> bool:
    """Say whether a row of headlines is the one that a decision is about."""
    wanted = (report_id, decided["headline_id"])
    return decided["kind"] == "headline" and (row["report_id"], row["headline_id"]) == wanted
