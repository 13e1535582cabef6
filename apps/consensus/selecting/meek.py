"""Meek's STV: everybody elected keeps just enough of every vote to stay elected; the rest passes on, from all ballots alike.

Source: Reference Rule Meek of the Proportional Representation Foundation: nine decimals, keep factors until the total surplus is
below 0.000001 or stops shrinking. Equal preferences share a ballot evenly.
"""

from collections import defaultdict
from collections.abc import Sequence

from apps.consensus.selecting.counts import Contest, Count, Stage, Ties
from apps.consensus.selecting.forms import Ranking

ONE = 10**9
"""Votes and keep factors are counted in billionths."""
OMEGA = ONE // 10**6


def times_up(one: int, other: int) -> int:
    """A product in billionths, rounded up."""
    return -(-one * other // ONE)


def over_up(one: int, other: int) -> int:
    """A quotient in billionths, rounded up."""
    return -(-one * ONE // other)


class MeekCount:
    """One count: keep factors (1 while hopeful, 0 when defeated), votes, quota."""

    def __init__(self, contest: Contest[Ranking], ties: Ties) -> None:
        self.contest, self.ties = contest, ties
        self.keep = [ONE] * len(contest.names)
        self.hopeful = list(range(len(contest.names)))
        self.elected: list[int] = []
        self.votes = [0] * len(contest.names)
        self.quota = self.surplus = 0
        self.stages: list[Stage] = []

    def run(self) -> Count:
        """Rounds until the places are filled or only so many are left."""
        while len(self.elected) < self.contest.seats and len(self.elected) + len(self.hopeful) > self.contest.seats:
            if not self._iterate():
                self._defeat()
        for number in self.hopeful if len(self.elected) < self.contest.seats else []:
            self.elected.append(number)
            self._note("elect", [number])
        return Count(tuple(self.elected), tuple(self.stages))

    def _iterate(self) -> bool:
        """Adjust keep factors until somebody is elected (true) or nothing more is to be gained."""
        paths, last = self._paths(), None
        while True:
            self._distribute(paths)
            self.quota = sum(self.votes) // (self.contest.seats + 1) + 1
            winners = [number for number in self.hopeful if self.votes[number] >= self.quota]
            if winners:
                self._elect(winners)
                return True
            self.surplus = max(0, sum(self.votes[number] - self.quota for number in self.elected))
            if self.surplus < OMEGA or (last is not None and self.surplus >= last):
                return False
            last = self.surplus
            for number in self.elected:
                self.keep[number] = over_up(times_up(self.keep[number], self.quota), self.votes[number])

    def _elect(self, winners: list[int]) -> None:
        winners.sort(key=lambda number: -self.votes[number])
        for number in winners:
            self.hopeful.remove(number)
            self.elected.append(number)
        self._note("elect", winners)

    def _defeat(self) -> None:
        low = min(self.votes[number] for number in self.hopeful)
        tied = [number for number in self.hopeful if self.votes[number] <= low + self.surplus]
        spare = len(self.elected) + len(self.hopeful) - len(tied) >= self.contest.seats
        if low == 0 and spare and all(self.votes[number] == 0 for number in tied):
            tied = tied[-1:]
        number = self.ties.drop(tied, (tuple(self.hopeful), tuple(self.elected), tuple(self.keep)))
        self.hopeful.remove(number)
        self.keep[number] = 0
        self._note("exclude", [number])

    def _paths(self) -> list[tuple[Ranking, int]]:
        """Ballots cut down to whom they can still reach: a ballot ends at the first group of one hopeful."""
        merged: dict[Ranking, int] = defaultdict(int)
        hopeful = set(self.hopeful)
        for ranking, weight in self.contest.ballots:
            path = []
            for group in ranking:
                reached = tuple(number for number in group if self.keep[number])
                path += [reached] if reached else []
                if reached and hopeful.issuperset(reached):
                    break
            merged[tuple(path)] += weight
        return list(merged.items())

    def _distribute(self, paths: Sequence[tuple[Ranking, int]]) -> None:
        self.votes = [0] * len(self.votes)
        for ranking, weight in paths:
            left = ONE
            for group in ranking:
                left = self._give(group, left, weight)
                if left <= 0:
                    break

    def _give(self, group: Sequence[int], value: int, weight: int) -> int:
        """Let a group of equals keep its part of each of `weight` papers of this value; what each paper has left."""
        if len(group) == 1:
            kept = times_up(value, self.keep[group[0]])
            self.votes[group[0]] += kept * weight
            return value - kept
        left, share = 0, value // len(group)
        for number in group:
            kept = times_up(share, self.keep[number])
            self.votes[number] += kept * weight
            if kept < share:
                left += self._give([other for other in group if other != number], share - kept, weight)
        return left

    def _note(self, action: str, numbers: list[int]) -> None:
        names = self.contest.names
        self.stages.append(
            {
                "action": action,
                "candidate": ", ".join(names[number] for number in numbers),
                "votes": {
                    name: f"{votes // ONE}.{votes % ONE:09d}" for name, votes in zip(names, self.votes, strict=True)
                },
                "quota": f"{self.quota // ONE}.{self.quota % ONE:09d}",
            }
        )


def count_meek(contest: Contest[Ranking], ties: Ties) -> Count:
    """Elect several by Meek's method."""
    return MeekCount(contest, ties).run()
