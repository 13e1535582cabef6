"""The floor under which turnout in a secret round is kept back until it is counted."""

from collections.abc import Mapping

FLOOR = 5
"""So many seats of a group have voted before anybody is told how many."""


def kept_back(crossed: Mapping[str, int | None]) -> frozenset[str]:
    """The groups whose turnout nobody is told yet. `crossed`: with which entry the fifth seat of each voted, or None.

    Those below the floor; and where this is one group alone, the one that came over it last: the record's length tells how
    many votes there are in all, so that a single missing number could be worked out. What has been shown stays shown.
    """
    below = {group for group, at in crossed.items() if at is None}
    over = {at: group for group, at in crossed.items() if at is not None}
    if len(below) == 1 and over:
        below.add(over[max(over)])
    return frozenset(below)
