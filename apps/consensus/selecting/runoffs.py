"""Instant-runoff: the alternative with the fewest votes is excluded until one has more than half of those still counting."""

from itertools import pairwise
from math import factorial, lcm, prod

from apps.consensus.selecting.counts import Contest, Count, Stage, Ties
from apps.consensus.selecting.forms import Ranking
from apps.consensus.selecting.piles import Piles
from apps.consensus.shares import ratio


def shareable(contest: Contest[Ranking]) -> int:
    """A value of a paper that can be shared evenly by equal preferences, again and again as they drop out."""
    with_ties = (ranking for ranking, _ in contest.ballots if sum(map(len, ranking)) > len(ranking))
    return lcm(*(prod(factorial(len(group)) for group in ranking) for ranking in with_ties))


def lowest(votes: dict[int, int], continuing: list[int], places: int) -> list[int]:
    """Who has the fewest votes; of those nobody votes for only the last, where their order can make no difference."""
    fewest = min(votes[number] for number in continuing)
    tied = [number for number in continuing if votes[number] == fewest]
    return tied[-1:] if fewest == 0 and len(continuing) - len(tied) >= places else tied


def hopeless(votes: dict[int, int], continuing: list[int]) -> int:
    """How many of the lowest must all go, in whatever order: together they have fewer votes than the next."""
    ordered = sorted(votes[number] for number in continuing)
    sure, together = 0, 0
    for place, (mine, following) in enumerate(pairwise(ordered), start=1):
        together += mine
        sure = place if together < following else sure
    return sure


def count_irv(contest: Contest[Ranking], ties: Ties) -> Count:
    """Instant-runoff voting. Equal preferences share the paper; papers without a preference left stop counting."""
    unit = shareable(contest)
    piles = Piles(contest.ballots, len(contest.names), unit)
    continuing = list(range(len(contest.names)))
    stages: list[Stage] = []
    dropped: int | None = None
    while True:
        votes = {number: piles.votes(number) for number in continuing}
        stages.append(_stage(contest, votes, unit, dropped))
        ahead = max(continuing, key=votes.__getitem__)
        if 2 * votes[ahead] > sum(votes.values()) or len(continuing) == 1:
            return Count((ahead,), tuple(stages))
        tied = lowest(votes, continuing, 1)
        dropped = tied[-1] if len(tied) <= hopeless(votes, continuing) else ties.drop(tied, tuple(continuing))
        continuing.remove(dropped)
        piles.transfer(dropped, continuing, lambda value: value)


def _stage(contest: Contest[Ranking], votes: dict[int, int], unit: int, dropped: int | None) -> Stage:
    return {
        "action": "first" if dropped is None else "exclude",
        "candidate": None if dropped is None else contest.names[dropped],
        "votes": {contest.names[number]: str(ratio(count, unit)) for number, count in votes.items()},
    }
