"""What kind of promise a commitment is, what field it is in, and whether it could be checked.

Types are decided in the order of the codebook: the first that fits. What fits is told by
the words of the clause; a name (行动, 工程) makes a promise something that can be pointed at.
"""

from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.cues import has
from panjin_analysis.text.found import Read
from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.roles import COMMITMENT
from panjin_analysis.text.wording import Wording

TYPES = (
    *("quantified_target", "deliverable", "status_bid", "project_progress", "support_others", "safeguard", "upkeep"),
    *("event", "institutional", "service_action", "direction"),
)
TESTABLE = ("no", "partly", "yes")
STAGES = ("plan", "preparation", "launch", "works_started", "under_way", "built", "accepted", "in_use")
_T = {code: number for number, code in enumerate(TYPES)}
_SUPPORT, _ADVANCE, _IMPLEMENT = range(3)
Matches = tuple[np.ndarray, np.ndarray]


_AROUND = 8.0  # letters that the paragraph weighs beside the words of a clause


class DomainLexicon:
    """Words that tell the field of a clause; longer words weigh more."""

    def __init__(self, words: dict[str, str], domains: tuple[str, ...]) -> None:
        self.lexicon = Lexicon(list(words))
        self.domains = domains
        self.domain = np.array([*(domains.index(domain) for domain in words.values()), 0])
        self.weight = np.array([*(len(word) for word in words), 0], float)


class Types(NamedTuple):
    """Columns for the clauses; -1 where a clause is no commitment, or has no such code."""

    type: np.ndarray
    domain: np.ndarray
    testable: np.ndarray
    stage: np.ndarray


def classify(
    found: Read, wording: Wording, has_number: np.ndarray, domains: DomainLexicon, fields: Matches, stages: Matches
) -> Types:
    """Return type, domain, testability and stage of each commitment.

    ``fields`` are the words of ``domains`` found, ``stages`` those of ``STAGE_WORDS``: places and numbers.
    """
    committed = found.role == COMMITMENT
    at = chars.places(committed)
    bits = found.kinds.take(at)
    kind = _types(bits, found.tail_kinds.take(at), wording.kinds.take(at), wording.force.take(at), has_number.take(at))
    is_project = (kind == _T["deliverable"]) | (kind == _T["project_progress"])
    out = np.full((3, len(committed)), -1)
    out[0, at] = kind
    out[1, at] = _testable(bits, kind)
    out[2, at] = np.where(is_project, _stages(found, stages).take(at), -1)
    return Types(out[0], np.where(committed, _domains(found, committed, domains, fields), -1), out[1], out[2])


def _types(
    bits: np.ndarray, of_tail: np.ndarray, of_verb: np.ndarray, force: np.ndarray, has_number: np.ndarray
) -> np.ndarray:
    """Return the type of commitments by the bits of each, of its end and its verb, the verb's force, and its numbers."""
    formula = has(bits, "formula") | (has(bits, "slogan") & ~has(bits, "works", "institution", "endstate"))
    # The governing verb states an end (完成, 启动), or something named is said to be done with.
    done = has(of_verb, "endstate") | (has(bits, "endstate") & has(bits, "works", "event") & (force >= _IMPLEMENT))
    # A clause that ends in a rule or mechanism is about that, whatever its name holds: 完善重点项目制度.
    ruled = has(of_tail, "institution") & ~has(of_tail, "works")
    conditions = [
        (has_number, "quantified_target"),
        (done & ~formula, "deliverable"),
        (has(bits, "title", "bid"), "status_bid"),
        (has(bits, "works") & ~formula & ~ruled & (force >= _ADVANCE), "project_progress"),
        ((force == _SUPPORT) & has(bits, "third"), "support_others"),
        (formula, "direction"),
        (has(of_verb, "safeguard") | (has(bits, "safeguard") & ~ruled), "safeguard"),
        (has(bits, "upkeep"), "upkeep"),
        (has(bits, "event"), "event"),
        (has(bits, "institution"), "institutional"),
        (has(bits, "people") & (force >= _IMPLEMENT), "service_action"),
    ]
    kind = np.full(len(bits), _T["direction"])
    for condition, code in reversed(conditions):
        np.putmask(kind, condition, _T[code])
    return kind


# What could be said of each type at the year's end: nothing, whether it moved, whether it was done.
_TESTABLE_OF = np.array(
    [
        {
            "quantified_target": 2,
            "deliverable": 2,
            "status_bid": 1,
            "project_progress": 1,
            "institutional": 1,
            "event": 1,
        }.get(code, 0)
        for code in TYPES
    ]
)
_MAY_BE_SEEN = np.array([code in {"safeguard", "upkeep", "support_others"} for code in TYPES])


def _testable(bits: np.ndarray, kind: np.ndarray) -> np.ndarray:
    named = _MAY_BE_SEEN.take(kind) & has(bits, "institution", "works", "title")
    held = (kind == _T["event"]) & has(bits, "endstate")
    return np.where(held, 2, np.maximum(_TESTABLE_OF.take(kind), named))


def _domains(found: Read, asked: np.ndarray, domains: DomainLexicon, matches: Matches) -> np.ndarray:
    """Return the field of each clause asked for: of its own words, else of its paragraph."""
    places, words = matches
    fields = len(domains.domains)
    clause = found.owner.take(places)
    field, weight = domains.domain.take(words), domains.weight.take(words)
    paragraphs = int(found.paragraph[-1]) + 1
    around = np.bincount(found.paragraph.take(clause) * fields + field, weights=weight, minlength=paragraphs * fields)
    around = around.reshape(paragraphs, fields)
    around = around / np.maximum(around.sum(axis=1, keepdims=True), 1)
    out = np.argmax(around, axis=1).take(found.paragraph)
    own = chars.places(asked.take(clause))
    if not len(own):
        return out
    key, weight = (clause * fields + field).take(own), weight.take(own)
    order = np.argsort(key, kind="stable")
    key = key.take(order)
    begins = chars.places(np.concatenate(([True], key[1:] != key[:-1])))
    pair = key.take(begins)
    owner, field = pair // fields, pair % fields
    # The paragraph decides between fields that the clause names alike.
    score = np.add.reduceat(weight.take(order), begins) + _AROUND * around[found.paragraph.take(owner), field]
    first = chars.places(np.concatenate(([True], owner[1:] != owner[:-1])))
    best = np.maximum.reduceat(score, first)
    group = np.repeat(np.arange(len(first)), np.append(first[1:], len(owner)) - first)
    hit = chars.places(score == best.take(group))[::-1]  # backwards, so that the first of equals stays
    out[owner.take(hit)] = field.take(hit)
    return out


# Words of a project's stage, the latest stage of a clause counts.
STAGE_WORDS = {
    "谋划": 0, "前期": 1, "筹建": 1, "启动": 2, "开工": 3, "动工": 3, "奠基": 3, "推进": 4, "加快": 4, "实施": 4, "续建": 4,
    "建成": 5, "完成": 5, "竣工": 5, "完工": 5, "验收": 6, "投用": 7, "投产": 7, "运营": 7, "通车": 7, "开通": 7, "投入使用": 7,
    "恢复": 7, "开园": 7, "开业": 7, "并网": 7,
}  # fmt: skip
_STAGE_OF = np.array([*STAGE_WORDS.values(), -1])


def _stages(found: Read, stages: Matches) -> np.ndarray:
    places, words = stages
    out = np.full(len(found.clauses.start), -1)
    np.maximum.at(out, found.owner.take(places), _STAGE_OF.take(words))
    return out
