"""Scottish STV: the single transferable vote of local elections in Scotland.

Source: Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45-53. Quota floor(v/(s+1))+1; one
surplus a stage, the largest first; every paper of an elected candidate passes on at surplus x value / votes, cut to 5 decimals;
the lowest is excluded; ties go back to the most recent earlier stage that differs.
"""

from collections.abc import Callable, Hashable, Iterable

from apps.consensus.selecting.counts import Contest, Count, Stage, Ties
from apps.consensus.selecting.forms import Ranking
from apps.consensus.selecting.piles import Piles
from apps.consensus.selecting.runoffs import lowest

UNIT = 100_000
"""Votes are counted in hundred-thousandths."""


class ScottishCount:
    """One count: its papers, who is still in, who is elected, and the votes at every stage."""

    def __init__(self, contest: Contest[Ranking], ties: Ties) -> None:
        self.contest, self.ties = contest, ties
        self.piles = Piles(contest.ballots, len(contest.names), UNIT)
        self.continuing = list(range(len(contest.names)))
        self.elected: list[int] = []
        self.surpluses: list[int] = []
        self.dealt_with: list[int] = []
        self.votes = {number: self.piles.votes(number) for number in self.continuing}
        self.quota = (sum(self.votes.values()) // UNIT // (contest.seats + 1) + 1) * UNIT
        self.history: list[dict[int, int]] = []
        self.stages: list[Stage] = []
        self.shown: list[list[str]] = []

    def run(self) -> Count:
        """Stages until every place is filled; when only so many are left as there are places, they are elected.

        Winners come in the order the count dealt with them; those it had no more to do with, in the order of the rule.
        """
        self._close_stage("first", None)
        while len(self.elected) < self.contest.seats and self.continuing:
            if len(self.continuing) <= self.contest.seats - len(self.elected):
                self._elect(list(self.continuing))
            elif self.surpluses:
                self._transfer_surplus()
            else:
                self._exclude()
        waiting = [number for number in self.elected if number not in self.dealt_with]
        return Count((*self.dealt_with, *sorted(waiting)), tuple(self.stages))

    def _close_stage(self, action: str, number: int | None) -> None:
        """Note the votes and elect whoever has reached the quota."""
        self.history.append(dict(self.votes))
        self.shown.append([])
        names = self.contest.names
        self.stages.append(
            {
                "action": action,
                "candidate": None if number is None else names[number],
                "votes": {names[one]: decimals(votes) for one, votes in self.votes.items()},
                "quota": decimals(self.quota),
                "elected": self.shown[-1],
            }
        )
        self._elect([one for one in self.continuing if self.votes[one] >= self.quota])

    def _elect(self, reached: list[int]) -> None:
        """Elect those who are there, most votes first; only a surplus has to be dealt with later."""
        reached.sort(key=lambda one: -self.votes[one])
        for number in reached:
            self.elected.append(number)
            self.continuing.remove(number)
            self.shown[-1].append(self.contest.names[number])
            if self.votes[number] > self.quota:
                self.surpluses.append(number)
            elif self.votes[number] == self.quota:
                self.dealt_with.append(number)

    def _transfer_surplus(self) -> None:
        most = max(self.votes[number] for number in self.surpluses)
        tied = self._earlier([number for number in self.surpluses if self.votes[number] == most], max)
        number = self.ties.favour(tied, self._state())
        self.surpluses.remove(number)
        self.dealt_with.append(number)
        surplus, total = self.votes[number] - self.quota, self.votes[number]
        self.piles.transfer(number, self.continuing, lambda value: surplus * value // total)
        self._recount(number, self.quota)
        self._close_stage("surplus", number)

    def _exclude(self) -> None:
        tied = lowest(self.votes, self.continuing, self.contest.seats - len(self.elected))
        number = self.ties.drop(self._earlier(tied, min), self._state())
        self.continuing.remove(number)
        self.piles.transfer(number, self.continuing, lambda value: value)
        self._recount(number, 0)
        self._close_stage("exclude", number)

    def _recount(self, gone: int, left_with: int) -> None:
        self.votes[gone] = left_with
        for number in self.continuing:
            self.votes[number] = self.piles.votes(number)

    def _earlier(self, tied: list[int], extreme: Callable[[Iterable[int]], int]) -> list[int]:
        """Those who led (or trailed) at the most recent earlier stage at which the tied differ."""
        for votes in reversed(self.history):
            if len(tied) == 1:
                break
            mark = extreme(votes[number] for number in tied)
            tied = [number for number in tied if votes[number] == mark]
        return tied

    def _state(self) -> Hashable:
        open_numbers = (*self.continuing, *self.surpluses)
        past = [tuple(votes[number] for number in open_numbers) for votes in self.history]
        changes = tuple(now for before, now in zip([None, *past], past, strict=False) if now != before)
        return tuple(self.elected), tuple(self.continuing), tuple(self.surpluses), changes, self.piles.state()


def decimals(votes: int) -> str:
    """Votes with their five decimals."""
    return f"{votes // UNIT}.{votes % UNIT:05d}"


def count_scottish(contest: Contest[Ranking], ties: Ties) -> Count:
    """Elect several by the Scottish rules."""
    return ScottishCount(contest, ties).run()
