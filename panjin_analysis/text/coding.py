"""The coding scheme's two derived codes, as rules: verb force and strength."""

FORCES = ("support", "advance", "implement", "deliver", "guarantee")


def verb_force(lexicon_force: str, *, has_number: bool, is_slogan: bool) -> str:
    """Return the force of a commitment from its verb's force.

    A number lifts it to at least ``deliver``; a slogan is capped at ``advance``,
    whatever its verb, because a firm verb on a formula promises nothing.

    Examples
    --------
    >>> verb_force("support", has_number=True, is_slogan=False)
    'deliver'
    >>> verb_force("guarantee", has_number=False, is_slogan=True)
    'advance'
    """
    rank = FORCES.index(lexicon_force)
    if has_number:
        rank = max(rank, FORCES.index("deliver"))
    if is_slogan:
        rank = min(rank, FORCES.index("advance"))
    return FORCES[rank]


def strength(force: str, *, is_striving: bool) -> str:
    """Return the single view of wording: striving first, else the force.

    Examples
    --------
    >>> strength("guarantee", is_striving=False), strength("deliver", is_striving=True)
    ('deliver', 'strive')
    """
    if is_striving:
        return "strive"
    return "deliver" if force == "guarantee" else force
