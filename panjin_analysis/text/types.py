"""What kind of promise a commitment is, what field it is in, and whether it could be checked.

Types are decided in the order of the codebook: the first that fits. What fits is told by
the governing verb and by the object, which closes the clause: in 扩大政策覆盖面 no rule is promised,
in 推进体系建设 one is. A name (行动, 工程) makes a promise something that can be pointed at.
"""

from collections.abc import Container, Mapping
from typing import NamedTuple

import numpy as np

from panjin_analysis.text import chars
from panjin_analysis.text.cues import CueLexicon, Cues, has
from panjin_analysis.text.found import Read
from panjin_analysis.text.lexicon import Lexicon
from panjin_analysis.text.phrases import Phrases
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
# 责任制, 河长制 and the like are rules; 控制, 编制 and these others are none.
_SYSTEM, _NO_SYSTEM = "制", chars.flagged("控限编抑研创复强")
Matches = tuple[np.ndarray, np.ndarray]


# Letters that what stands around a clause weighs beside its own words: its sentence, its paragraph, those next to it.
_SENTENCE, _PARAGRAPH, _BESIDE = 2.0, 5.5, 1.5


class DomainLexicon:
    """Words that tell the field of a clause; longer words weigh more, and those of many fields half."""

    def __init__(self, words: Mapping[str, str], general: Container[str], domains: tuple[str, ...]) -> None:
        self.lexicon = Lexicon(list(words))
        self.domains = domains
        self.domain = np.array([*(domains.index(domain) for domain in words.values()), 0])
        self.weight = np.array([*(len(word) / (1 + (word in general)) for word in words), 0])


class TypeLexicon:
    """What tells the type of a promise beside its cues.

    Parameters
    ----------
    cues
        The lexicon of cues and verbs.
    types
        Verb to the type of promise that it makes, where it makes one by itself.
    phrases
        Words that may stand behind the object of a promise (建设), of any or of rules only.
    """

    def __init__(self, cues: CueLexicon, types: Mapping[str, str], phrases: Phrases) -> None:
        self.of_verb = np.array(
            [*(_T.get(types.get(cues.verb_named.get(word, ""), ""), -1) for word in cues.lexicon.words), -1]
        )
        of_any, of_rules = phrases.of("object_tail"), phrases.of("rule_tail")
        self.ends = Lexicon([*of_any, *of_rules], backwards=True)
        self.leaves_project = np.arange(len(of_any) + len(of_rules) + 1) < len(of_any)


class Types(NamedTuple):
    """Columns for the clauses; -1 where a clause is no commitment, or has no such code."""

    type: np.ndarray
    domain: np.ndarray
    testable: np.ndarray
    stage: np.ndarray


def classify(
    text: chars.Text,
    found: Read,
    wording: Wording,
    has_number: np.ndarray,
    lexicon: TypeLexicon,
    domains: DomainLexicon,
    *,
    fields: Matches,
    stages: Matches,
) -> Types:
    """Return type, domain, testability and stage of each commitment.

    ``fields`` are the words of ``domains`` found, ``stages`` those of ``STAGE_WORDS``: places and numbers.
    """
    committed = found.role == COMMITMENT
    at = chars.places(committed)
    kind = _types(_see(text, found, wording, lexicon, at), has_number.take(at))
    is_project = (kind == _T["deliverable"]) | (kind == _T["project_progress"])
    out = np.full((3, len(committed)), -1)
    out[0, at] = kind
    out[1, at] = _testable(found.kinds.take(at), kind)
    out[2, at] = np.where(is_project, _stages(found, stages).take(at), -1)
    return Types(out[0], _domains(found, committed, domains, fields), out[1], out[2])


class _Seen(NamedTuple):
    """What is seen of each commitment."""

    bits: np.ndarray  # of all cues
    of_tail: np.ndarray  # bits of the cue that it ends with
    of_verb: np.ndarray  # bits of its verb
    force: np.ndarray  # of its verb
    verb_type: np.ndarray  # place in TYPES of what the verb makes it, -1 for nothing
    is_system: np.ndarray  # whether it ends in 责任制 and the like
    names_rule: np.ndarray  # whether its object is a rule or programme
    names_works: np.ndarray  # whether its object is a project


def _see(text: chars.Text, found: Read, wording: Wording, lexicon: TypeLexicon, at: np.ndarray) -> _Seen:
    codes, tail, bits = text.codes, found.tail.take(at), found.kinds.take(at)
    last = lexicon.ends.at(text, tail)
    of_object = found.tail_kinds.take(at)
    led = chars.places(last >= 0)
    of_object[led] |= _kinds_before(text, found.cues, (tail - lexicon.ends.lengths.take(last)).take(led))
    names_rule = has(of_object, "institution")
    listed = has(bits, "works") & lexicon.leaves_project.take(last) & ~names_rule  # 桥梁、公路等建设
    return _Seen(
        bits=bits,
        of_tail=found.tail_kinds.take(at),
        of_verb=wording.kinds.take(at),
        force=wording.force.take(at),
        verb_type=lexicon.of_verb.take(wording.verb.take(at)),
        is_system=(codes.take(tail - 1) == ord(_SYSTEM)) & ~_NO_SYSTEM.take(codes.take(tail - 2)),
        names_rule=names_rule,
        names_works=has(of_object, "works") | listed,
    )


def _kinds_before(text: chars.Text, cues: Cues, places: np.ndarray) -> np.ndarray:
    """Return the bits of the cue that ends at each place, or before a closing mark there."""
    places = places - ((text.kinds.take(places - 1) & chars.CLOSES) > 0)
    return np.append(cues.kinds, 0).take(cues.ending_at(places))


def _types(seen: _Seen, has_number: np.ndarray) -> np.ndarray:
    """Return the type of commitments; the first that fits counts."""
    bits, force = seen.bits, seen.force
    formula = has(bits, "formula") | (has(bits, "slogan") & ~has(bits, "works", "institution", "endstate"))
    ends = has(seen.of_verb, "endstate")
    # The governing verb states an end (完成, 启动), or something named is said to be done with.
    done = ends | (has(bits, "endstate") & has(bits, "works", "event") & (force >= _IMPLEMENT))
    done |= has(seen.of_tail, "endstate") & has(bits, "works")  # 甲工程建成投用
    # A clause that ends in a rule or mechanism is about that, whatever its name holds: 完善重点项目制度.
    ruled = (has(seen.of_tail, "institution") & ~has(seen.of_tail, "works")) | seen.is_system
    # 实施技能提升工程 carries out a programme, 推进引水工程 works.
    programme = has(seen.of_tail, "institution") & (seen.verb_type == _T["institutional"])
    conditions = [
        (has_number, "quantified_target"),
        (has(bits, "event") & ends & ~has(bits, "works"), "event"),  # 举办, unless a place for it is built
        (done & ~formula, "deliverable"),
        (has(bits, "title", "bid"), "status_bid"),
        (seen.names_works & ~formula & ~ruled & ~programme & (force >= _ADVANCE), "project_progress"),
        (((force == _SUPPORT) & has(bits, "third")) | (seen.verb_type == _T["support_others"]), "support_others"),
        (formula, "direction"),
        ((seen.verb_type == _T["safeguard"]) | has(seen.of_tail, "safeguard"), "safeguard"),
        (has(bits, "upkeep"), "upkeep"),
        (has(bits, "event"), "event"),
        (seen.names_rule | seen.is_system | (seen.verb_type == _T["institutional"]), "institutional"),
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
    """Return the field of some clauses, -1 for the others: the one that weighs most in and around each."""
    places, words = matches
    fields = len(domains.domains)
    clause = found.owner.take(places)
    field, weight = domains.domain.take(words), domains.weight.take(words)

    def weights(group: np.ndarray, count: int) -> np.ndarray:
        return np.bincount(group * fields + field, weights=weight, minlength=count * fields).reshape(count, fields)

    def shares(group: np.ndarray) -> np.ndarray:
        each, count = group.take(clause), int(group[-1]) + 1
        total = np.bincount(each, weights=weight, minlength=count)
        return weights(each, count) / np.maximum(total, 1)[:, np.newaxis]

    at = chars.places(asked)
    sentence, paragraph = found.sentence.take(at), found.paragraph.take(at)
    row = np.full(len(asked), len(at))
    row[at] = np.arange(len(at))
    of_sentence, of_paragraph = shares(found.sentence), shares(found.paragraph)
    around = _PARAGRAPH * of_paragraph + _BESIDE * _beside(found, of_paragraph)
    score = weights(row.take(clause), len(at) + 1)[: len(at)] + _SENTENCE * of_sentence.take(sentence, axis=0)
    out = np.full(len(asked), -1)
    out[at] = np.argmax(score + around.take(paragraph, axis=0), axis=1)
    return out


def _beside(found: Read, of_paragraph: np.ndarray) -> np.ndarray:
    """Return the sum of what the paragraphs before and behind each weigh, in the same text."""
    text = found.document.compress(found.clauses.clause_no == 1)[:, np.newaxis]
    goes_on = text[1:] == text[:-1]
    out = np.zeros_like(of_paragraph)
    out[1:] += of_paragraph[:-1] * goes_on
    out[:-1] += of_paragraph[1:] * goes_on
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
