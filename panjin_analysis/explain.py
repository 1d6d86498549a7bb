"""Why the extractor decided as it did at a place of a text: each decision with the words it rests on.

Nothing is decided here again: decisions are read from what was extracted, and the words
are those of the same lexicons at that place.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from panjin_analysis.errors import DataError, say, ui_language
from panjin_analysis.extraction import Extraction, framed, lexicons
from panjin_analysis.load import codebook, load_vocabulary
from panjin_analysis.tables import TRUTH, labels
from panjin_analysis.text.coding import FORCES
from panjin_analysis.text.cues import has
from panjin_analysis.text.extract import Extracted, extract_columns
from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.number_lexicon import CLASSES
from panjin_analysis.text.parts import PARTS, mark
from panjin_analysis.text.types import STAGE_WORDS, TYPES

# Which kinds of cue a rule of roles, or a type, goes by.
_ROLE_CUES = {
    "situation": ("situation", "seen", "of_year", "copula", "lesson"), "centre": ("centre",), "done": ("done",),
    "problems": ("problem_lead", "problem_noun"), "remedy": ("problem_end",),
    "fragment": ("fragment", "always_fragment", "fragment_tail", "bare_tail", "subject", "aim"),
    "purpose": ("purpose", "aim"), "speech": ("thanks", "exhort", "salutation"), "note": ("closing",),
    "announcement": ("announces",), "call": ("call", "calls"),
}  # fmt: skip
_TYPE_CUES = {
    "quantified_target": ("all", "zero", "double"), "deliverable": ("endstate", "works", "institution", "event", "title"),
    "status_bid": ("title", "bid"), "project_progress": ("works",), "support_others": ("third",), "safeguard": ("safeguard",),
    "upkeep": ("upkeep",), "event": ("event",), "institutional": ("institution",), "service_action": ("people",),
    "direction": ("formula", "slogan"),
}  # fmt: skip
# The list that the code of a step comes from, and what steps are called that are no columns.
_LISTS = {
    **{step: step for step in ("part", "role", "verb_force", "strength", "type", "domain", "testable", "stage")},
    "number": "number_class",
}
_STEPS = {
    "clause": {"zh": "小句", "en": "Clause"},
    "number": {"zh": "数字", "en": "Number"},
    "part": {"zh": "报告部分", "en": "Part"},
}
_HEAD = 64  # characters of a paragraph that parts are told from


class Reason(NamedTuple):
    """One decision: what was decided, how, on which words, and why."""

    step: str
    code: str
    words: str
    why: str


def explain(text: str, offset: int, report_year: int | None = None) -> pd.DataFrame:
    r"""Say why a clause and its numbers were coded as they were.

    Parameters
    ----------
    text
        The report, as ``read_document`` gives it.
    offset
        Any character of the clause; white space belongs to the clause before it.
    report_year
        The year the report plans for; by default what the text says.

    Returns
    -------
    pandas.DataFrame
        One row a decision: ``step``, ``code``, the ``words`` it rests on, and ``why``, in the
        user's language.

    Raises
    ------
    DataError
        If the text has no such character.

    Examples
    --------
    >>> reasons = explain("二、今年工作安排\n支持20名学生创业。", 12, 2031).set_index("step")
    >>> reasons.loc[["role", "verb_force"], "code"].tolist()
    ['commitment', 'deliver']
    """
    extracted = extract_columns([text], lexicons(), [report_year])
    if extracted is None or not 0 <= offset < len(text):
        raise DataError("offset_outside", where="--at", expected=f"0–{max(len(text) - 1, 0)}", found=offset)
    place = max(int(np.searchsorted(extracted.found.clauses.start, offset, side="right")) - 1, 0)
    return pd.DataFrame(list(_Clause(extracted, framed(text, extracted), place).reasons()), columns=Reason._fields)


def in_words(reasons: pd.DataFrame, lang: str = "zh") -> pd.DataFrame:
    r"""Return reasons to be read: steps by the codebook's titles, codes by their labels.

    Parameters
    ----------
    reasons
        What ``explain`` returned.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    pandas.DataFrame
        The same rows and columns; a step or code that has no other name keeps its own.

    Examples
    --------
    >>> in_words(explain("二、今年工作安排\n支持20名学生创业。", 12, 2031))["code"].tolist()[1:4]
    ['工作安排', '承诺', '完成']
    """
    book = codebook()
    steps = dict(reversed(list(zip(book["column"], book[f"title_{lang}"], strict=True))))  # the first table's title
    steps |= {step: names[lang] for step, names in _STEPS.items()}
    codes = {step: labels(name, lang) for step, name in _LISTS.items()}
    codes["is_striving"] = dict(zip(("true", "false"), TRUTH[lang], strict=True))
    pairs = zip(reasons["step"], reasons["code"], strict=True)
    return reasons.assign(
        step=reasons["step"].map(lambda step: steps.get(step, step)),
        code=[codes.get(step, {}).get(code, code) for step, code in pairs],
    )


class _Clause:
    """One clause of what was extracted, and the cues in it."""

    def __init__(self, extracted: Extracted, frames: Extraction, place: int) -> None:
        self.all, self.frames, self.place, self.text = extracted, frames, place, extracted.text.text
        self.found = extracted.found
        self.row = frames.segments.iloc[place]
        self.start, self.end = int(self.row["start"]), int(self.row["end"])

    def reasons(self) -> Iterable[Reason]:
        words = self.text[self.start : self.end]
        where = say(
            f"第 {self.row['paragraph_no']} 段第 {self.row['clause_no']} 小句",
            f"paragraph {self.row['paragraph_no']}, clause {self.row['clause_no']}",
        )
        yield Reason("clause", f"{self.start}–{self.end}", words, where)
        yield self._part()
        yield self._role()
        if self.row["role"] == "commitment":
            yield from self._wording()
            yield self._type()
            yield self._domain()
            yield Reason(
                "testable",
                str(self.row["testable"]),
                "",
                say("由类型和终点状态推出", "follows from the type and an end state"),
            )
            if pd.notna(self.row["stage"]):
                yield self._stage()
        yield from self._numbers()

    def _cues(self, *kinds: str, inside: np.ndarray | None = None) -> str:
        """Return the words of some kinds in the clause, or in other clauses with it."""
        cues = self.found.cues
        clauses = np.array([self.place]) if inside is None else inside
        hit = np.isin(self.found.clause_of, clauses) & has(cues.kinds, *kinds)
        spans = zip(cues.start[hit].tolist(), cues.end[hit].tolist(), strict=True)
        return "、".join(dict.fromkeys(self.text[start:end] for start, end in spans))

    def _part(self) -> Reason:
        found, own = self.found, int(self.found.part[self.place])
        begins = np.flatnonzero(np.concatenate(([True], found.paragraph[1:] != found.paragraph[:-1])))
        ends = found.clauses.end[np.append(begins[1:], len(found.paragraph)) - 1]
        starts = found.clauses.start[begins]
        for number in range(int(found.paragraph[self.place]), -1, -1):
            if int(found.part[begins[number]]) != own:
                break
            start, end = int(starts[number]), int(ends[number])
            head = self.text[start : min(start + _HEAD, end)]
            if mark(head, end - start, found.years[0], lexicons().parts)[0] == own:
                why = say(
                    f"由第 {number + 1} 段的标题或开头定出", f"set by the heading or opening of paragraph {number + 1}"
                )
                return Reason("part", PARTS[own], head[:30], why)
        turn = int(found.paragraph[np.flatnonzero(found.part != 0)[0]]) + 1 if (found.part != 0).any() else 0
        why = (
            say(
                f"没有标题说明；按表示过去和将来的词，报告从第 {turn} 段起转向以后",
                f"no heading says so; by its words of past and future, the text turns ahead at paragraph {turn}",
            )
            if turn
            else say("没有标题说明，全文都在回顾", "no heading says so; all of the text looks back")
        )
        return Reason("part", PARTS[own], "", why)

    def _role(self) -> Reason:
        rule = str(self.row["rule"])
        inside = None
        if rule in {"speech", "centre"}:
            inside = np.flatnonzero(self.found.sentence == self.found.sentence[self.place])
        elif rule in {"problems", "remedy", "call"}:
            inside = np.flatnonzero(self.found.paragraph == self.found.paragraph[self.place])
        words = self._cues(*_ROLE_CUES[rule], inside=inside) if rule in _ROLE_CUES else ""
        return Reason("role", str(self.row["role"]), words, f"{rule}: {_definition('role_rule', rule)}")

    def _wording(self) -> Iterable[Reason]:
        cues, wording = self.found.cues, self.all.wording
        at = int(wording.verb_at[self.place])
        verb = int(wording.verb[self.place])
        force = str(self.row["verb_force"])
        if verb < 0:
            base, word, steps = (
                "advance",
                "",
                [say("没有词表里的动词，按方向计（advance）", "no verb of the lexicon: an orientation (advance)")],
            )
        else:
            one = int(np.flatnonzero(cues.start == at)[0])
            base, word = FORCES[int(cues.force[one])], self.text[at : int(cues.end[one])]
            steps = [say(f"第 {at} 字的“{word}”在动词表中为 {base}", f"“{word}” at {at} is {base} in the verb lexicon")]
            skipped = (self.found.clause_of == self.place) & (cues.force >= 0) & (cues.start < at)
            adverbs = "、".join(
                self.text[a:b] for a, b in zip(cues.start[skipped].tolist(), cues.end[skipped].tolist(), strict=True)
            )
            if adverbs:
                steps.append(
                    say(f"前面的“{adverbs}”作状语，不计", f"“{adverbs}” before it is an adverb and not scored")
                )
        steps += self._moved(base, force)
        yield Reason("verb_force", force, word, "; ".join(steps))
        sentence = np.flatnonzero(self.found.sentence == self.found.sentence[self.place])
        striving = self._cues("striving", inside=sentence[sentence <= self.place]) if self.row["is_striving"] else ""
        why = (
            say("争取类的词管到句末", "a striving word reaches to the end of its sentence")
            if striving
            else say(
                "前面没有争取类的词，或它不管这个动词", "no striving word before the verb, or none that governs it"
            )
        )
        yield Reason("is_striving", "true" if self.row["is_striving"] else "false", striving, why)
        yield Reason(
            "strength", str(self.row["strength"]), "", say("由力度和是否争取推出", "follows from force and striving")
        )

    def _moved(self, base: str, force: str) -> list[str]:
        """Say what lifted or capped the force."""
        steps = []
        ends, formula = self._cues("end_point"), self._cues("formula")
        if base == "advance" and ends:
            steps.append(say(f"“{ends}”是终点词，提到 deliver", f"“{ends}” states an end point: lifted to deliver"))
        elif FORCES.index(force) > FORCES.index(base):
            steps.append(say(f"有数量，提到 {force}", f"a number lifts it to {force}"))
        if FORCES.index(force) < FORCES.index(base):
            quoted = self._cues("formulaic")
            steps.append(
                say(f"“{formula}”是口号，压到 {force}", f"“{formula}” is a slogan: capped at {force}")
                if formula
                else say(
                    f"“{quoted}”后接引号中的套语，压到 {force}",
                    f"“{quoted}” before a quoted formula: capped at {force}",
                )
            )
        return steps

    def _type(self) -> Reason:
        code = str(self.row["type"])
        told = [self._verb_of_type(code), *self._cues(*_TYPE_CUES.get(code, ())).split("、")]
        words = "、".join(dict.fromkeys(filter(None, told)))
        if code == "quantified_target":
            numbers = self._rows()
            said = [
                self.text[row.start : row.end] for row in numbers.itertuples() if row.is_target or row.is_multi_year
            ]
            words = "、".join(dict.fromkeys([*said, *filter(None, words.split("、"))]))
        if code == "direction" and not words:
            return Reason("type", code, "", say("没有其他类型的词", "no word of any other type"))
        return Reason("type", code, words, _definition("type", code))

    def _verb_of_type(self, code: str) -> str:
        """Return the governing verb where it makes the promise one of this type by itself."""
        verb, lexicon = int(self.all.wording.verb[self.place]), lexicons()
        own = int(lexicon.types.of_verb[verb])
        return lexicon.cues.lexicon.words[verb] if own >= 0 and TYPES[own] == code else ""

    def _domain(self) -> Reason:
        code, lexicon = str(self.row["domain"]), lexicons().domains
        places, words = lexicon.lexicon.find(self.all.text)
        clause = np.searchsorted(self.found.clauses.start, places, side="right") - 1
        own_field = lexicon.domain[words] == lexicon.domains.index(code)
        inside = own_field & (clause == self.place)
        own = self._listed(lexicon.lexicon.words, words[inside])
        if own:
            why = say("小句及前后文中这一领域的词最重", "words of this domain weigh most in the clause and around it")
            return Reason("domain", code, own, why)
        own_paragraph = self.found.paragraph[self.place]
        near = own_field & (np.abs(self.found.paragraph[clause] - own_paragraph) <= 1)
        why = say("小句中没有这一领域的词，按前后文", "no word of this domain in the clause: by what stands around it")
        return Reason("domain", code, self._listed(lexicon.lexicon.words, words[near]), why)

    def _listed(self, words: list[str], which: np.ndarray) -> str:
        return "、".join(dict.fromkeys(words[number] for number in which.tolist()))

    def _stage(self) -> Reason:
        stages = Lexicon(list(STAGE_WORDS))
        places, words = stages.find(self.all.text)
        inside = (places >= self.start) & (places < self.end)
        return Reason(
            "stage",
            str(self.row["stage"]),
            self._listed(stages.words, words[inside]),
            say("取最后的阶段", "the latest stage counts"),
        )

    def _rows(self) -> pd.DataFrame:
        quantities = self.frames.quantities
        return quantities[quantities["segment"] == self.place]

    def _numbers(self) -> Iterable[Reason]:
        rows = self._rows()
        for row, code in zip(rows.itertuples(), rows["class"].astype(str), strict=True):
            yield Reason("number", code, self.text[row.start : row.end], self._why_number(row, code))

    def _why_number(self, row, code: str) -> str:
        quantities = self.all.quantities
        before = self.text[int(quantities.before[row.Index]) : row.start]
        unit = self.text[int(quantities.numeral_end[row.Index]) : row.end]
        if code not in {"target", "result", "other"} or CLASSES[quantities.kind[row.Index]] != "amount":
            name = self._name_around(row.start)
            word = (
                name
                or (self.text[row.start - 1] if row.start and self.text[row.start - 1] in "第前居" else "")
                or unit
                or self.text[row.end : row.end + 2]
            )
            return (
                say(f"“{word}”说明它不是数量", f"“{word}” says that it is no amount")
                if word
                else _definition("number_class", code)
            )
        value = f"{row.value:.12g}" + (f"–{row.value_max:.12g}" if pd.notna(row.value_max) else "")
        unit_said = "" if pd.isna(row.unit) else str(row.unit)
        said = [say(f"{value} {unit_said}，{row.comparator}", f"{value} {unit_said}, {row.comparator}")]
        if before or unit:
            said.append(say(f"依据“{before}…{unit}”", f"by “{before}…{unit}”"))
        said.append(
            say(
                f"小句为 {self.row['role']}（{self.row['part']}）",
                f"the clause is {self.row['role']} ({self.row['part']})",
            )
        )
        if row.is_multi_year:
            said.append(say("属于多年目标", "a goal of several years"))
        if pd.notna(row.indicator):
            said.append(say(f"所计：{row.indicator}", f"counts: {row.indicator}"))
        return "; ".join(said)

    def _name_around(self, start: int) -> str:
        """Return the name in the lexicon that holds the numeral at a place, if any."""
        for first, lexicon, _ in lexicons().numbers.names:
            found = int(lexicon.at(self.all.text, np.array([start - first]))[0])
            if found >= 0:
                return lexicon.words[found]
        return ""


def _definition(vocabulary: str, code: str) -> str:
    frame = load_vocabulary(vocabulary).set_index("code")
    return str(frame.loc[code, f"definition_{ui_language()}"])
