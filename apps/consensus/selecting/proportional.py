"""A balanced shortlist from approvals: sequential PAV, sequential Phragmén and the Method of Equal Shares, in exact fractions.

Sources: Thiele 1895; Phragmén 1894; Peters & Skowron 2020; conventions as in Lackner & Skowron, "Multi-Winner Voting with
Approval Preferences" (2023). An alternative nobody approves is never chosen, even if places stay empty.
"""

from collections.abc import Callable, Hashable
from fractions import Fraction

from apps.consensus.selecting.counts import Contest, Count, Stage, Ties
from apps.consensus.selecting.forms import Approvals
from apps.consensus.shares import fraction_text

Price = Callable[[list[int]], Fraction | None]
"""What an alternative costs its supporters (given as ballot numbers); the lowest is chosen, None cannot be chosen."""


class Shortlist:
    """Alternatives chosen one by one; `supporters[c]` are the numbers of the ballots that approve c.

    `sign` is -1 where the price is support turned round, so that stages show the support.
    """

    def __init__(self, contest: Contest[Approvals], ties: Ties, sign: int = 1) -> None:
        self.contest, self.ties, self.sign = contest, ties, sign
        self.weights = [weight for _, weight in contest.ballots]
        self.supporters: list[list[int]] = [[] for _ in contest.names]
        for ballot, (approved, _) in enumerate(contest.ballots):
            for number in approved:
                self.supporters[number].append(ballot)
        self.chosen: list[int] = []
        self.stages: list[Stage] = []

    def choose(self, action: str, price: Price, state: Hashable) -> tuple[int, Fraction] | None:
        """Choose the cheapest alternative left that somebody approves; None if there is none."""
        if len(self.chosen) >= self.contest.seats:
            return None
        prices: dict[int, Fraction] = {}
        for number, supporters in enumerate(self.supporters):
            found = price(supporters) if supporters and number not in self.chosen else None
            if found is not None:
                prices[number] = found
        if not prices:
            return None
        least = min(prices.values())
        number = self.ties.favour([one for one in prices if prices[one] == least], (tuple(self.chosen), state))
        self.chosen.append(number)
        self._note(action, number, prices)
        return number, least

    def _note(self, action: str, number: int, prices: dict[int, Fraction]) -> None:
        names = self.contest.names
        shown = {names[one]: fraction_text(self.sign * price) for one, price in prices.items()}
        self.stages.append({"action": action, "candidate": names[number], "votes": shown})

    def weight(self, supporters: list[int]) -> int:
        """How many voters these ballots stand for."""
        return sum(self.weights[ballot] for ballot in supporters)

    def count(self) -> Count:
        """What has been chosen."""
        return Count(tuple(self.chosen), tuple(self.stages))


def count_sequential_pav(contest: Contest[Approvals], ties: Ties) -> Count:
    """Each place goes to the alternative with the most support, a ballot with k already chosen counting 1/(k+1)."""
    shortlist = Shortlist(contest, ties, sign=-1)
    satisfied = [0] * len(contest.ballots)

    def price(supporters: list[int]) -> Fraction:
        return -sum((Fraction(shortlist.weights[ballot], satisfied[ballot] + 1) for ballot in supporters), Fraction(0))

    while chosen := shortlist.choose("choose", price, None):
        for ballot in shortlist.supporters[chosen[0]]:
            satisfied[ballot] += 1
    return shortlist.count()


def count_phragmen(contest: Contest[Approvals], ties: Ties) -> Count:
    """Each choice puts a load of 1 on its supporters, who end level; the choice that loads them least comes next."""
    shortlist = Shortlist(contest, ties)
    _phragmen(shortlist, [Fraction(0)] * len(contest.ballots), "choose")
    return shortlist.count()


def _phragmen(shortlist: Shortlist, loads: list[Fraction], action: str) -> None:
    def price(supporters: list[int]) -> Fraction:
        borne = sum((loads[ballot] * shortlist.weights[ballot] for ballot in supporters), Fraction(1))
        return borne / shortlist.weight(supporters)

    while chosen := shortlist.choose(action, price, tuple(loads)):
        for ballot in shortlist.supporters[chosen[0]]:
            loads[ballot] = chosen[1]


def count_equal_shares(contest: Contest[Approvals], ties: Ties, complete: bool) -> Count:
    """Every voter has an equal share of the places to spend; supporters buy alternatives, the cheapest per head first.

    Places that nobody can buy are left empty, or filled by Phragmén's method starting from what is left over (`complete`).
    """
    shortlist = Shortlist(contest, ties)
    share = Fraction(contest.seats, contest.voters) if contest.voters else Fraction(0)
    budgets = [share] * len(contest.ballots)

    def price(supporters: list[int]) -> Fraction | None:
        return equal_price([(budgets[ballot], shortlist.weights[ballot]) for ballot in supporters])

    while chosen := shortlist.choose("buy", price, tuple(budgets)):
        for ballot in shortlist.supporters[chosen[0]]:
            budgets[ballot] -= min(budgets[ballot], chosen[1])
    if complete:
        _phragmen(shortlist, [-budget for budget in budgets], "fill")
    return shortlist.count()


def equal_price(purses: list[tuple[Fraction, int]]) -> Fraction | None:
    """The least amount at which purses (what each holds, how many), paying it or all they have, make 1; None if never."""
    left, payers = Fraction(1), sum(many for _, many in purses)
    for held, many in sorted(purses):
        if held * payers >= left:
            return left / payers
        left -= held * many
        payers -= many
    return None
