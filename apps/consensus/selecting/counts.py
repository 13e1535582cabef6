"""A contest, its count, and ties: never broken silently, followed in every way they could fall, or broken by a declared rule."""

import hashlib
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

Ballot = TypeVar("Ballot")
Stage = dict[str, object]
"""What happened at one stage, ready for JSON."""

WAYS = 500
EFFORT = 200_000
"""At most so many ways of breaking ties are followed, fewer when there are many different ballots: WAYS, and EFFORT ballots in all.
A count with more ways than that reports its first tie as open."""


@dataclass(frozen=True)
class Contest(Generic[Ballot]):
    """Alternatives by name, places to fill, and ballots with how many voters cast each."""

    names: tuple[str, ...]
    seats: int
    ballots: tuple[tuple[Ballot, int], ...]

    @property
    def voters(self) -> int:
        """How many ballots there are."""
        return sum(weight for _, weight in self.ballots)

    def called(self, numbers: Sequence[int]) -> list[str]:
        """The names of these alternatives, in the order given."""
        return [self.names[number] for number in numbers]


@dataclass(frozen=True)
class Count:
    """Who is chosen, in order, and how it came about."""

    winners: tuple[int, ...]
    stages: tuple[Stage, ...] = ()


class Seen(Exception):
    """From here on everything has been followed before."""


@dataclass
class Ties:
    """What a count asks when it meets a tie. `order` ranks the alternatives by the declared rule (None: there is none).

    Without a declared rule `script` says which way each tie falls, in the order they are met; beyond it the first way is taken.
    """

    order: tuple[int, ...] | None = None
    script: tuple[int, ...] = ()
    seen: set[Hashable] = field(default_factory=set)
    met: list[tuple[tuple[int, ...], int]] = field(default_factory=list)

    def favour(self, tied: Sequence[int], state: Hashable = None) -> int:
        """Which of those tied is preferred. `state` identifies the count at this point, where it can be met in several ways."""
        if len(tied) == 1:
            return tied[0]
        if self.order is not None:
            return self._declared(tied, min(tied, key=self.order.index))
        return self._followed(tied, state)

    def drop(self, tied: Sequence[int], state: Hashable = None) -> int:
        """Which of those tied is excluded."""
        if len(tied) == 1:
            return tied[0]
        if self.order is not None:
            return self._declared(tied, max(tied, key=self.order.index))
        return self._followed(tied, state)

    def _declared(self, tied: Sequence[int], chosen: int) -> int:
        self.met.append((tuple(tied), tied.index(chosen)))
        return chosen

    def _followed(self, tied: Sequence[int], state: Hashable) -> int:
        step = len(self.met)
        if step >= len(self.script) and state is not None:
            if state in self.seen:
                raise Seen
            self.seen.add(state)
        way = self.script[step] if step < len(self.script) else 0
        self.met.append((tuple(tied), way))
        return tied[way]

    def next_script(self) -> tuple[int, ...] | None:
        """The next way the ties just met could fall; None when all have been followed."""
        met = list(self.met)
        while met and met[-1][1] + 1 >= len(met[-1][0]):
            met.pop()
        return (*(way for _, way in met[:-1]), met[-1][1] + 1) if met else None


Counter = Callable[[Contest[Ballot], Ties], Count]


@dataclass(frozen=True)
class Selected:
    """What a contest comes to: `winners` in order; `ties` that stay open (sets of alternatives), or that the declared rule broke.

    For one place all who may win are winners; for several places those who win however the ties fall.
    """

    winners: tuple[int, ...]
    ties: tuple[tuple[int, ...], ...]
    stages: tuple[Stage, ...]
    decided: bool


def select(count: Counter[Ballot], contest: Contest[Ballot], order: tuple[int, ...] | None = None) -> Selected:
    """Count a contest; ties are broken by `order` if one is declared, else followed in every way."""
    if order is not None:
        ties = Ties(order)
        done = count(contest, ties)
        return Selected(done.winners, tuple(tied for tied, _ in ties.met), done.stages, True)
    limit = max(10, min(WAYS, EFFORT // (1 + len(contest.ballots))))
    followed = list(islice(_every_way(count, contest), limit + 1))
    ways = [done for done, _ in followed if done]
    if len(followed) > limit:
        first = followed[0][1].met[0][0]
        return Selected((), (first,), ways[0].stages, False)
    return _together(ways, contest.seats)


def _every_way(count: Counter[Ballot], contest: Contest[Ballot]) -> Iterator[tuple[Count | None, Ties]]:
    """Every count that ties allow; None for a way that meets what was followed before."""
    seen: set[Hashable] = set()
    script: tuple[int, ...] | None = ()
    while script is not None:
        ties = Ties(script=script, seen=seen)
        try:
            done = count(contest, ties)
        except Seen:
            done = None
        yield done, ties
        script = ties.next_script()


def _together(ways: list[Count], seats: int) -> Selected:
    stages = ways[0].stages
    possible = sorted({winner for way in ways for winner in way.winners})
    certain = [winner for winner in ways[0].winners if all(winner in way.winners for way in ways)]
    if len(certain) == len(possible):
        return Selected(tuple(certain), (), stages, True)
    if seats == 1:
        return Selected(tuple(possible), (tuple(possible),), stages, False)
    return Selected(tuple(certain), (tuple(one for one in possible if one not in certain),), stages, False)


def by_lot(names: Sequence[str], seed: str) -> tuple[int, ...]:
    """An order drawn from a published seed: by SHA-256 of seed, line feed and name, so that anybody can draw it again."""
    drawn = [hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest() for name in names]
    return tuple(sorted(range(len(names)), key=drawn.__getitem__))


def best(values: Sequence[object], among: Sequence[int]) -> list[int]:
    """Those of `among` with the highest value."""
    top = max(values[number] for number in among)  # type: ignore[type-var]
    return [number for number in among if values[number] == top]
