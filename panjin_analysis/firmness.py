"""How much room the wording leaves: verb, number and specificity, each on its own axis.

The three are never mixed into one index: a firm verb without a number and a soft verb
with one leave different room. How sure each share is, is shown by reading the same
commitments under every other decision that a careful reader could take.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from panjin_analysis.load import load_table
from panjin_analysis.text import coding

SPECIFIC = 2  # slots from which a commitment counts as specific
FIRM = ("deliver", "implement")
AXES = ("verb", "number", "specificity")
_UNNAMED = ("vague_object", "slogan")  # reasons that say there is no object one could point to


@dataclass(frozen=True)
class Reading:
    """What a careful reader could decide otherwise; the defaults are the codebook's."""

    adverbs_scored: bool = False  # 坚决, 扎实 and the like lift the verb they stand before
    borderline: str = "as_coded"  # verbs between two forces: as_coded, softer or firmer
    number_lifts: bool = True  # a number lifts the force to at least deliver
    slogans_capped: bool = True  # a slogan is never more than advance
    striving_apart: bool = True  # 力争 and 争创 are not firm, whatever the verb
    absolute_counts: bool = True  # 全 and 零 are numbers


STANDARD = Reading()
CHOICES: dict[str, tuple[Any, ...]] = {
    "adverbs_scored": (False, True),
    "borderline": ("as_coded", "softer", "firmer"),
    "number_lifts": (True, False),
    "slogans_capped": (True, False),
    "striving_apart": (True, False),
    "absolute_counts": (True, False),
}
assert list(CHOICES) == [field.name for field in fields(Reading)]


def add_specificity(commitments: pd.DataFrame, *, absolute_counts: bool = True) -> pd.DataFrame:
    """Add how specific each commitment is, 0 to 4: how many of four slots its wording fills.

    The slots are object, quantity, place and date. An object that the coding calls vague,
    or a slogan, fills none. The fifth slot of the literature, the actor, is left out: here
    it is the city government in every row, and the third parties that are named are mostly
    kinds of people, so that it would tell nothing apart.

    Parameters
    ----------
    commitments
        Rows of ``load_commitments()``.
    absolute_counts
        Whether all or none (全, 零) fills the slot of the quantity.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with ``has_object``, ``has_quantity``,
        ``has_place``, ``has_date`` (more exact than the year that is understood) and
        ``specificity``.

    Examples
    --------
    >>> from panjin_analysis import load_commitments
    >>> add_specificity(load_commitments())["specificity"].value_counts().sort_index().tolist()
    [34, 72, 24, 3]
    """
    filled = {
        "has_object": commitments["object"].notna() & ~commitments["untestable_reason"].isin(_UNNAMED),
        "has_quantity": _has_number(commitments, absolute_counts),
        "has_place": commitments["place"].notna(),
        "has_date": commitments["due_basis"] == "stated",
    }
    slots = pd.DataFrame(filled, index=commitments.index).astype("boolean")
    return commitments.assign(**slots, specificity=slots.sum(axis=1).astype("Int64"))


def wiggle_room(commitments: pd.DataFrame) -> pd.DataFrame:
    """Say for each domain how firm its wording is, on three axes, and how sure that is.

    Parameters
    ----------
    commitments
        Rows of ``load_commitments()``.

    Returns
    -------
    pandas.DataFrame
        One row per domain and axis of the vocabulary ``wording_axis``, the domains with the
        largest share of firm verbs first; before them three rows without a domain, of all
        commitments together. ``count`` of ``total`` and ``share_pct`` as the codebook reads
        them, ``low_pct`` and ``high_pct`` the least and most under every ``Reading``, and
        ``commitment_ids`` of those counted, joined by ``|``.

    Examples
    --------
    >>> from panjin_analysis import load_commitments
    >>> room = wiggle_room(load_commitments())
    >>> ((room["low_pct"] <= room["share_pct"]) & (room["share_pct"] <= room["high_pct"])).all()
    np.True_
    """
    keys = ["domain", "axis"]
    coded = _counts(commitments, STANDARD, _forces(), with_ids=True)
    spans = wiggle_range(commitments).groupby(keys, observed=True, dropna=False)["share_pct"]
    spans = spans.agg(low_pct="min", high_pct="max").reset_index()
    out = coded.merge(spans, on=keys, how="left", validate="one_to_one")
    firm = out[out["axis"] == "verb"].set_index("domain")["share_pct"]
    place = out["domain"].map(firm.rank(method="first", ascending=False)).astype(float)
    place = place.mask(out["domain"].isna(), 0)
    out = out.assign(place=place).sort_values(["place", "axis"], kind="stable", ignore_index=True)
    columns = [*keys, "count", "total", "share_pct", "low_pct", "high_pct", "commitment_ids"]
    return out[columns]


def wiggle_range(commitments: pd.DataFrame) -> pd.DataFrame:
    """Count firm, numbered and specific commitments under every defensible reading.

    Varied: adverbs scored or not, verbs between two forces one step softer or firmer
    (``load_table("verb_alternatives")`` has them with reasons), whether a number lifts the
    force, whether slogans are capped, striving apart or not, and whether all or none is a number.

    Returns
    -------
    pandas.DataFrame
        One row per combination, domain (missing: all together) and axis: the choices,
        ``domain``, ``axis``, ``count``, ``total`` and ``share_pct``.

    Examples
    --------
    >>> from panjin_analysis import load_commitments
    >>> ranged = wiggle_range(load_commitments())
    >>> len(ranged.drop_duplicates(list(CHOICES)))
    96
    """
    forces = _forces()
    return pd.concat(
        [_counts(commitments, reading, forces).assign(**vars(reading)) for reading in _readings()], ignore_index=True
    )


def swings(ranged: pd.DataFrame) -> pd.Series:
    """Return by how many points each choice alone moves the share of firm verbs of all together, largest first.

    Examples
    --------
    >>> from panjin_analysis import load_commitments
    >>> swings(wiggle_range(load_commitments())).index[0]
    'borderline'
    """
    firm = ranged[ranged["domain"].isna() & (ranged["axis"] == "verb")]
    moved = {}
    for choice in CHOICES:
        others = [name for name in CHOICES if name != choice]
        same = (firm[others] == pd.Series(vars(STANDARD))[others]).all(axis=1)
        moved[choice] = float(firm.loc[same, "share_pct"].max() - firm.loc[same, "share_pct"].min())
    return pd.Series(moved).rename_axis("choice").sort_values(ascending=False, kind="stable")


def _readings() -> Iterator[Reading]:
    for chosen in itertools.product(*CHOICES.values()):
        yield Reading(*chosen)


@dataclass(frozen=True)
class _Forces:
    """The force of each verb as it was coded, and the words that a reader could weigh otherwise."""

    coded: pd.Series
    other: pd.DataFrame


def _forces() -> _Forces:
    lexicon = load_table("verb_lexicon").set_index("verb")["verb_force"].astype(str)
    return _Forces(lexicon, load_table("verb_alternatives").set_index("word"))


def _counts(commitments: pd.DataFrame, reading: Reading, forces: _Forces, *, with_ids: bool = False) -> pd.DataFrame:
    """Count per domain, and for all together, which commitments each axis holds for."""
    specific = add_specificity(commitments, absolute_counts=reading.absolute_counts)["specificity"] >= SPECIFIC
    held = {
        "verb": _strengths(commitments, reading, forces).isin(FIRM),
        "number": _has_number(commitments, reading.absolute_counts),
        "specificity": specific.astype(bool),
    }
    domains = commitments["domain"].astype("category").cat.remove_unused_categories()
    parts = [
        _count(held[axis], group, commitments["commitment_id"] if with_ids else None).assign(axis=axis)
        for axis in AXES
        for group in (pd.Series(pd.NA, index=domains.index, dtype=domains.dtype), domains)
    ]
    out = pd.concat(parts, ignore_index=True)
    out["axis"] = pd.Categorical(out["axis"], AXES)
    columns = ["domain", "axis", "count", "total", "share_pct"]
    return out[[*columns, "commitment_ids"] if with_ids else columns]


def _count(is_held: pd.Series, group: pd.Series, ids: pd.Series | None) -> pd.DataFrame:
    frame = pd.DataFrame({"domain": group, "is_held": is_held})
    groups = frame.groupby("domain", observed=True, dropna=False)["is_held"]
    out = groups.agg(count="sum", total="size").reset_index()
    out["share_pct"] = 100 * out["count"] / out["total"]
    if ids is not None:
        joined = ids[is_held].groupby(group[is_held], observed=True, dropna=False).agg("|".join)
        out["commitment_ids"] = [joined.get(domain) for domain in out["domain"]]
    return out


def _strengths(commitments: pd.DataFrame, reading: Reading, words: _Forces) -> pd.Series:
    """Return the strength of each commitment as a reading has it, from its verb on."""
    other = words.other
    own = commitments["verb"].map(words.coded).fillna(commitments["verb_force"].astype(str))
    forces = own if reading.borderline == "as_coded" else _moved(commitments["verb"], own, other, reading.borderline)
    if reading.adverbs_scored:
        least = commitments["adverb"].map(other.loc[other["is_adverb"], "verb_force"].astype(str))
        forces = forces.where(least.isna() | (_rank(least) <= _rank(forces)), least)
    numbers = (commitments["number_constraint"] != "none") & reading.number_lifts
    slogans = (commitments["untestable_reason"] == "slogan").fillna(False) & reading.slogans_capped
    striving = commitments["is_striving"] & reading.striving_apart
    strengths = [
        coding.strength(coding.verb_force(force, has_number=number, is_slogan=slogan), is_striving=strives)
        for force, number, slogan, strives in zip(forces, numbers, slogans, striving, strict=True)
    ]
    return pd.Series(strengths, index=commitments.index)


def _moved(verbs: pd.Series, own: pd.Series, other: pd.DataFrame, way: str) -> pd.Series:
    """Return the forces with the borderline verbs moved one way: softer or firmer."""
    given = verbs.map(other.loc[~other["is_adverb"], "verb_force"].astype(str))
    is_moved = _rank(given) < _rank(own) if way == "softer" else _rank(given) > _rank(own)
    return own.mask(given.notna() & is_moved, given)


def _rank(forces: pd.Series) -> pd.Series:
    return forces.map({force: place for place, force in enumerate(coding.FORCES)}).astype("Float64").fillna(-1)


def _has_number(commitments: pd.DataFrame, absolute_counts: bool) -> pd.Series:
    without = ("none",) if absolute_counts else ("none", "absolute")
    return ~commitments["number_constraint"].isin(without)
