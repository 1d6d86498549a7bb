"""What kind of promise a commitment is, what field it is in, and whether it could be checked.

Types are decided in the order of the codebook: the first that fits. What fits is told by
the words of the clause; a name (行动, 工程) makes a promise something that can be pointed at.
"""

from typing import NamedTuple

import numpy as np

from panjin_analysis.text.cues import has
from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.roles import COMMITMENT, Read
from panjin_analysis.text.wording import Wording

TYPES = (
    *("quantified_target", "deliverable", "status_bid", "project_progress", "support_others", "safeguard", "upkeep"),
    *("event", "institutional", "service_action", "direction"),
)
TESTABLE = ("no", "partly", "yes")
STAGES = ("plan", "preparation", "launch", "works_started", "under_way", "built", "accepted", "in_use")
_T = {code: number for number, code in enumerate(TYPES)}
_SUPPORT = 0


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
    units: np.ndarray, found: Read, wording: Wording, has_number: np.ndarray, domains: DomainLexicon, stages: Lexicon
) -> Types:
    """Return type, domain, testability and stage of each commitment.

    ``stages`` holds the words of ``STAGE_WORDS`` in their order.
    """
    committed = found.role == COMMITMENT
    kind = _types(found, wording, has_number)
    stage = _stages(units, found, stages)
    is_project = np.isin(kind, (_T["deliverable"], _T["project_progress"]))
    return Types(
        np.where(committed, kind, -1),
        np.where(committed, _domains(units, found, domains), -1),
        np.where(committed, _testable(found, kind), -1),
        np.where(committed & is_project, stage, -1),
    )


def _types(found: Read, wording: Wording, has_number: np.ndarray) -> np.ndarray:
    bits = found.kinds
    formula = has(bits, "formula") | (has(bits, "slogan") & ~has(bits, "works", "institution", "endstate"))
    conditions = [
        (has_number, "quantified_target"),
        (
            has(bits, "endstate") & has(bits, "works", "institution", "event", "title") & (wording.force >= 2),
            "deliverable",
        ),
        (has(bits, "title"), "status_bid"),
        (has(bits, "works") & ~formula & (wording.force >= 1), "project_progress"),
        ((wording.force == _SUPPORT) & has(bits, "third"), "support_others"),
        (formula, "direction"),
        (has(bits, "safeguard"), "safeguard"),
        (has(bits, "upkeep"), "upkeep"),
        (has(bits, "event"), "event"),
        (has(bits, "institution"), "institutional"),
        (has(bits, "people") & (wording.force >= 2), "service_action"),
    ]
    return np.select([condition for condition, _ in conditions], [_T[code] for _, code in conditions], _T["direction"])


def _testable(found: Read, kind: np.ndarray) -> np.ndarray:
    ends = has(found.kinds, "endstate")
    yes = np.isin(kind, (_T["quantified_target"], _T["deliverable"])) | ((kind == _T["event"]) & ends)
    partly = np.isin(kind, (_T["status_bid"], _T["project_progress"], _T["institutional"], _T["event"]))
    partly |= np.isin(kind, (_T["safeguard"], _T["upkeep"], _T["support_others"])) & has(
        found.kinds, "institution", "works", "title"
    )
    return np.where(yes, 2, np.where(partly, 1, 0))


def _domains(units: np.ndarray, found: Read, domains: DomainLexicon) -> np.ndarray:
    """Return the field of each clause: of its own words, else of its paragraph."""
    places, words = domains.lexicon.find(units)
    count, fields = len(found.clauses.start), len(domains.domains)
    clause = np.searchsorted(found.clauses.start, places, side="right") - 1
    field, weight = domains.domain[words], domains.weight[words]
    inside = np.bincount(clause * fields + field, weights=weight, minlength=count * fields).reshape(count, fields)
    paragraphs = int(found.paragraph[-1]) + 1
    around = np.bincount(found.paragraph[clause] * fields + field, weights=weight, minlength=paragraphs * fields)
    around = around.reshape(paragraphs, fields)
    around = around / np.maximum(around.sum(axis=1, keepdims=True), 1)
    return np.argmax(inside + around[found.paragraph], axis=1)


# Words of a project's stage, the latest stage of a clause counts.
STAGE_WORDS = {
    "谋划": 0, "前期": 1, "筹建": 1, "启动": 2, "开工": 3, "动工": 3, "奠基": 3, "推进": 4, "加快": 4, "实施": 4, "续建": 4,
    "建成": 5, "完成": 5, "竣工": 5, "完工": 5, "验收": 6, "投用": 7, "投产": 7, "运营": 7, "通车": 7, "开通": 7, "投入使用": 7,
    "恢复": 7, "开园": 7, "开业": 7, "并网": 7,
}  # fmt: skip
_STAGE_OF = np.array([*STAGE_WORDS.values(), -1])


def _stages(units: np.ndarray, found: Read, stages: Lexicon) -> np.ndarray:
    places, words = stages.find(units)
    out = np.full(len(found.clauses.start), -1)
    np.maximum.at(out, np.searchsorted(found.clauses.start, places, side="right") - 1, _STAGE_OF[words])
    return out
