"""The ways to get two frames out of a corpus of reports: ours, and what a user would reach for instead.

Each loader imports what its way needs and returns a function from texts to two
frames: segments (clauses with role, verb and verb force) and quantities (numbers
with value, unit, comparator and class). Imports stand inside, so that a fresh process
pays for one way only.
"""

import re
from collections.abc import Callable
from itertools import chain
from typing import Any, NamedTuple

import glue

Frames = tuple[Any, Any]
Way = Callable[[list[str]], Frames]


class Contender(NamedTuple):
    """One way, how many reports it is timed on, and how its quantities are read."""

    title: str
    load: Callable[[], Way]
    reports: int | None = None  # None: all of them
    class_column: str = "class"
    amounts: tuple[str, ...] = ("amount",)


def _frames(segments: list[tuple], quantities: list[tuple]) -> Frames:
    import pandas as pd

    return (
        pd.DataFrame(segments, columns=glue.SEGMENT_COLUMNS),
        pd.DataFrame(quantities, columns=glue.QUANTITY_COLUMNS),
    )


def _by_patterns(rows: Callable[[int, str], list[tuple]]) -> Way:
    """Return a way that finds clauses by the verbs in them, and quantities by a function of its own."""
    verb = re.compile(glue.VERB)

    def run(texts: list[str]) -> Frames:
        segments: list[tuple] = []
        for report, text in enumerate(texts):
            segments += glue.clauses(report, text, [(found.start(), found[0]) for found in verb.finditer(text)])
        return _frames(segments, list(chain.from_iterable(rows(report, text) for report, text in enumerate(texts))))

    return run


def ours() -> Way:
    """Return ``extract``, one report at a time, its frames joined for the corpus."""
    from panjin_analysis.extraction import extract

    def run(texts: list[str]) -> Frames:
        import pandas as pd

        extracted = [extract(text) for text in texts]
        return tuple(
            pd.concat([getattr(each, name) for each in extracted], keys=range(len(texts)), names=["report"])
            for name in ("segments", "quantities")
        )

    return run


def ours_many() -> Way:
    """Return ``extract_many``, the whole corpus in one run."""
    from panjin_analysis.extraction import extract_many

    def run(texts: list[str]) -> Frames:
        extracted = extract_many(texts)
        return extracted.segments, extracted.quantities

    return run


def naive_pandas() -> Way:
    """Return string methods of pandas: split at punctuation, one regex for numbers with a unit."""
    import pandas as pd

    number = (
        "(?P<before>不低于|不少于|突破|超过|不超过|不高于|约)?"
        rf"(?P<value>\d+(?:\.\d+)?)(?P<unit>(?:万亿|亿|万)?(?:{glue.UNIT}))"
        "(?P<after>以上|以内|以下|左右)?"
    )

    def run(texts: list[str]) -> Frames:
        clauses = pd.Series(texts, name="text").str.split(rf"[{glue.CLAUSE_END}]+", regex=True).explode()
        clauses = clauses[clauses != ""]
        segments = clauses.rename_axis("report").reset_index()
        segments["verb"] = segments["text"].str.extract(f"({glue.VERB})", expand=False)
        segments["verb_force"] = segments["verb"].map(glue.FORCE)
        segments["role"] = "background"
        segments.loc[segments["text"].str.contains(glue.VERB), "role"] = "commitment"
        segments.loc[segments["text"].str.match(glue.HEADING.pattern), "role"] = "section"
        quantities = segments["text"].str.extractall(number).reset_index(names=["segment", "match"])
        quantities["value"] = quantities["value"].astype(float)
        words = quantities["before"].fillna(quantities["after"])
        quantities["comparator"] = words.map(glue.COMPARATORS).fillna("eq")
        quantities["class"] = quantities["unit"].map(glue.NOT_AMOUNTS).fillna("amount")
        return segments, quantities

    return run


def _by_words(words: Callable[[str], list[tuple[str, bool, bool]]]) -> Way:
    """Return a way from words, each with whether it is a verb and whether a number may begin with it."""

    def run(texts: list[str]) -> Frames:
        segments: list[tuple] = []
        quantities: list[tuple] = []
        for report, text in enumerate(texts):
            verbs: list[tuple[int, str]] = []
            place = done = 0
            for word, is_verb, is_number in words(text):
                if is_verb:
                    verbs.append((place, word))
                elif is_number and place >= done and (row := glue.number_at(report, text, place)):
                    quantities.append(row)
                    done = row[2]
                place += len(word)
            segments += glue.clauses(report, text, verbs)
        return _frames(segments, quantities)

    return run


def rjieba_words() -> Way:
    """Return rjieba's words: verbs by the word list, numbers by their first character."""
    import pandas as pd  # noqa: F401 (part of what this way imports)
    import rjieba

    begins = frozenset(glue.NUMERALS + "0123456789０１２３４５６７８９")
    return _by_words(lambda text: [(word, word in glue.FORCE, word[0] in begins) for word in rjieba.cut(text)])


def jieba_posseg() -> Way:
    """Return jieba's words with parts of speech: verbs v, numbers m (digits are often tagged x)."""
    import logging

    import jieba
    import jieba.posseg
    import pandas as pd  # noqa: F401 (part of what this way imports)

    jieba.setLogLevel(logging.ERROR)

    def words(text: str) -> list[tuple[str, bool, bool]]:
        return [
            (pair.word, pair.flag.startswith("v"), pair.flag.startswith("m") or pair.word[0].isdecimal())
            for pair in jieba.posseg.cut(text)
        ]

    return _by_words(words)


def cn2an_naive() -> Way:
    """Return one regex for numbers, Chinese ones too, and cn2an for their values."""
    import cn2an
    import pandas as pd  # noqa: F401 (part of what this way imports)

    def value(numeral: str) -> float | None:
        # cn2an reads neither thousands separators nor what is no numeral (百, 万一).
        try:
            return float(cn2an.cn2an(numeral.replace(",", ""), "smart"))
        except ValueError:
            return None

    def rows(report: int, text: str) -> list[tuple]:
        out = []
        for found in glue.NUMBER.finditer(text):
            numeral = found["chinese"] or found["arabic"] + (found["scale"] or "")
            if (amount := value(numeral)) is not None:
                place = (found.start(), found.start() + len(numeral), found.end())
                out.append(glue.quantity(report, text, place, amount, found["unit"] or found["of"]))
        return out

    return _by_patterns(rows)


def recognizers() -> Way:
    """Return Microsoft's recognizers for Chinese numbers, percentages, money and dimensions."""
    import pandas as pd  # noqa: F401 (part of what this way imports)
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    unit_after = re.compile(glue.UNIT)

    def rows(report: int, text: str) -> list[tuple]:
        out = []
        done: set[int] = set()
        # What has a unit comes first and hides the bare number in it.
        for recognize in (recognize_currency, recognize_dimension, recognize_percentage, recognize_number):
            for found in recognize(text, "zh-cn"):
                printed = found.resolution and found.resolution.get("value")
                if not printed or found.start in done:
                    continue
                done |= set(range(found.start, found.end + 1))
                after = unit_after.match(text, found.end + 1)
                unit = "%" if printed.endswith("%") else found.resolution.get("unit") or (after and after[0])
                place = (found.start, found.end + 1, after.end() if after else found.end + 1)
                out.append(glue.quantity(report, text, place, float(printed.rstrip("%")), unit))
        return sorted(out)

    return _by_patterns(rows)


# Ours says by role and tense whose amount it is; every other class is a number that states none.
OUR_AMOUNTS = ("target", "result", "amount")

# The slow ones are timed on fewer reports, so that a round takes seconds; ours is timed on those too.
CONTENDERS = {
    "ours": Contender("panjin_analysis extract", ours, amounts=OUR_AMOUNTS),
    "ours_many": Contender("panjin_analysis extract_many", ours_many, amounts=OUR_AMOUNTS),
    "pandas": Contender("pandas string methods", naive_pandas),
    "rjieba": Contender("rjieba + glue", rjieba_words),
    "jieba": Contender("jieba.posseg + glue", jieba_posseg, reports=40),
    "cn2an": Contender("cn2an + regex", cn2an_naive),
    "recognizers": Contender("recognizers-text-suite + regex", recognizers, reports=10),
}
OURS = ("ours", "ours_many")
