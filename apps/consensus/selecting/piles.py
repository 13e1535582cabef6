"""Papers in piles, for counts by elimination: whose paper it is now, what it is worth, and where it goes next.

Values are whole numbers of the smallest part a method counts in. Equal preferences share a paper's value evenly.
"""

from collections import defaultdict
from collections.abc import Callable, Collection

from apps.consensus.selecting.forms import Ranking

Pile = dict[tuple[int, int], int]
"""(ballot, value of each paper) -> how many papers."""


class Piles:
    """The papers of a count. `unit` is the value of a fresh paper."""

    def __init__(self, ballots: tuple[tuple[Ranking, int], ...], size: int, unit: int) -> None:
        self.rankings = tuple(ranking for ranking, _ in ballots)
        self.held: list[Pile] = [defaultdict(int) for _ in range(size)]
        self.exhausted = 0
        for ballot, (_, weight) in enumerate(ballots):
            self._place(ballot, unit, weight, range(size))

    def votes(self, number: int) -> int:
        """What an alternative's papers are worth together."""
        return sum(value * papers for (_, value), papers in self.held[number].items())

    def transfer(self, number: int, continuing: Collection[int], worth: Callable[[int], int]) -> None:
        """Move every paper of an alternative to the next of those continuing, at its new worth."""
        pile, self.held[number] = self.held[number], defaultdict(int)
        continuing = frozenset(continuing)
        for (ballot, value), papers in pile.items():
            self._place(ballot, worth(value), papers, continuing)

    def _place(self, ballot: int, value: int, papers: int, continuing: Collection[int]) -> None:
        for group in self.rankings[ballot]:
            here = [number for number in group if number in continuing]
            if here:
                for number in here:
                    self.held[number][ballot, value // len(here)] += papers
                return
        self.exhausted += value * papers

    def state(self) -> frozenset[tuple[int, int, int, int]]:
        """Which papers lie where, to recognise a count met before."""
        return frozenset(
            (number, ballot, value, papers)
            for number, pile in enumerate(self.held)
            for (ballot, value), papers in pile.items()
        )
