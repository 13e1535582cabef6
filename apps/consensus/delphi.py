"""Delphi series: what becomes of every item over several rounds, who stayed, and whether opinions have settled.

Sources: carrying undecided items on and never dropping in the first round is usual in core outcome sets (COMET handbook 2017);
stability of Scheibe, Skutsch & Schofer 1975; consensus alone is no reason to stop (von der Gracht 2012).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from apps.consensus.ballots import Row
from apps.consensus.rules import ABSTAIN, UNABLE, Outcome

LEAST_ROUNDS = 2
STABLE_BELOW = Fraction(15, 100)
NO_RATING = ("", ABSTAIN, UNABLE)


class Standing(StrEnum):
    """Where an item stands after a round."""

    RETAINED = "retained"
    CARRIED = "carried"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Round:
    """One round: the outcome of every item on the table. A meeting may bring back what a survey dropped or left open."""

    outcomes: Mapping[str, Outcome]
    meeting: bool = False


@dataclass(frozen=True)
class Series:
    """An item over the rounds it was on the table. `rescued`: retained by a meeting though no survey round had retained it."""

    item: str
    rounds: tuple[int, ...]
    outcomes: tuple[Outcome, ...]
    standing: Standing
    rescued: bool

    @property
    def reason(self) -> str:
        """Why it stands there, in a sentence."""
        times = f"{len(self.rounds)} round{'' if len(self.rounds) == 1 else 's'}"
        if self.standing is Standing.RETAINED:
            return f"Agreed in round {self.rounds[-1]}" + (", brought back by the meeting." if self.rescued else ".")
        if self.standing is Standing.DROPPED:
            return f"Rejected in round {self.rounds[-1]}, after {times}."
        last = self.outcomes[-1].value.replace("_", " ")
        return f"Carried on: {last} in round {self.rounds[-1]}, after {times}."


def follow(rounds: Sequence[Round], least_rounds: int = LEAST_ROUNDS) -> dict[str, Series]:
    """Every item's way. Nothing is dropped before it was on the table in `least_rounds` rounds, whenever it came in."""
    items = sorted({item for one in rounds for item in one.outcomes})
    return {item: _series(item, rounds, least_rounds) for item in items}


def _series(item: str, rounds: Sequence[Round], least_rounds: int) -> Series:
    numbers = tuple(number for number, one in enumerate(rounds, start=1) if item in one.outcomes)
    outcomes = tuple(rounds[number - 1].outcomes[item] for number in numbers)
    surveyed = any(agreed(rounds[number - 1].outcomes[item]) for number in numbers if not rounds[number - 1].meeting)
    standing = _standing(outcomes[-1], len(numbers), least_rounds)
    rescued = standing is Standing.RETAINED and rounds[numbers[-1] - 1].meeting and not surveyed and len(numbers) > 1
    return Series(item, numbers, outcomes, standing, rescued)


def agreed(outcome: Outcome) -> bool:
    """Whether an outcome adopts."""
    return outcome in (Outcome.AGREED, Outcome.AGREED_WITH_RESERVATIONS)


def _standing(last: Outcome, times: int, least_rounds: int) -> Standing:
    if agreed(last):
        return Standing.RETAINED
    return Standing.DROPPED if last is Outcome.NOT_AGREED and times >= least_rounds else Standing.CARRIED


def next_round(rounds: Sequence[Round]) -> tuple[str, ...]:
    """The items that go to the next round: those carried on."""
    return tuple(item for item, series in follow(rounds).items() if series.standing is Standing.CARRIED)


@dataclass(frozen=True)
class Stability:
    """How far the distribution of an item moved between two rounds, over the `matched` people who rated it in both."""

    matched: int
    moved: Fraction | None

    @property
    def stable(self) -> bool | None:
        """Whether it moved by less than 15 %; None when nobody rated it twice."""
        return None if self.moved is None else self.moved < STABLE_BELOW


def stability(before: Iterable[Row], after: Iterable[Row], item: str) -> Stability:
    """Half the sum of the differences between the two distributions, as a share of the matched raters."""
    first, second = _ratings(before, item), _ratings(after, item)
    return settled(Counter((first[key], second[key]) for key in first.keys() & second.keys()))


def settled(pairs: Mapping[tuple[str, str], int]) -> Stability:
    """The same of how many went from which rating to which."""
    matched = sum(pairs.values())
    if not matched:
        return Stability(0, None)
    moved = Counter[str]()
    for (before, after), number in pairs.items():
        moved[before] -= number
        moved[after] += number
    return Stability(matched, Fraction(sum(map(abs, moved.values())), 2 * matched))


def _ratings(rows: Iterable[Row], item: str) -> dict[tuple[str, str], str]:
    return {(row.group, row.seat): row.choice for row in rows if row.item == item and row.choice not in NO_RATING}


@dataclass(frozen=True)
class Attrition:
    """How many of a group rated anything in each round, and how many of them had rated in the first."""

    group: str
    raters: tuple[int, ...]
    of_the_first: tuple[int, ...]

    @property
    def kept(self) -> Fraction | None:
        """The share of the first round's raters who were still there in the last; None if nobody was."""
        return Fraction(self.of_the_first[-1], self.raters[0]) if self.raters[0] else None


def attrition(rounds: Sequence[Iterable[Row]]) -> list[Attrition]:
    """Who stayed, by group. Counts stand beside every share: in a small group one person is many per cent."""
    seats = [{(row.group, row.seat) for row in rows if row.choice not in NO_RATING} for rows in rounds]
    groups = sorted({group for one in seats for group, _ in one})
    return [_attrition(group, [{seat for here, seat in one if here == group} for one in seats]) for group in groups]


def _attrition(group: str, seats: Sequence[set[str]]) -> Attrition:
    return Attrition(group, tuple(len(one) for one in seats), tuple(len(one & seats[0]) for one in seats))
