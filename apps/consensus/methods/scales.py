"""Rating scales: whole numbers from a lowest to a highest, counted with their weights."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from apps.consensus.documents import at, integer, refuse, sequence
from apps.consensus.methods.words import unknown_choice
from apps.consensus.rules import ABSTAIN, UNABLE

LIMIT = 1000
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,3})", re.ASCII)

Ratings = tuple[tuple[int, int], ...]
"""Pairs of (rating, how many gave it), from the lowest rating up, none empty."""


@dataclass(frozen=True)
class Scale:
    """The whole numbers from `low` to `high`."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """How many points the scale has."""
        return self.high - self.low + 1

    @property
    def middle(self) -> Fraction:
        """The centre of the scale, 5 for 1-9."""
        return Fraction(self.low + self.high, 2)

    def thirds(self) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        """The lowest, middle and highest third: 1-3, 4-6, 7-9. Only for scales whose width is a multiple of three."""
        step = self.width // 3
        low, high = self.low, self.high
        return (low, low + step - 1), (low + step, high - step), (high - step + 1, high)

    def choices(self) -> tuple[str, ...]:
        """Every rating, then `unable` and `abstain`."""
        return (*(str(number) for number in range(self.low, self.high + 1)), UNABLE, ABSTAIN)

    def canonical(self, choice: str) -> str:
        """A rating on the scale, `unable`, or `abstain` (also blank)."""
        if choice in ("", ABSTAIN):
            return ABSTAIN
        if choice == UNABLE or (_WHOLE.fullmatch(choice) and self.low <= int(choice) <= self.high and choice != "-0"):
            return choice
        raise unknown_choice(choice, f"a whole number from {self.low} to {self.high}, {UNABLE}, or nothing")


ONE_TO_NINE = Scale(1, 9)


def read_scale(value: object, place: str) -> Scale:
    """A scale `[lowest, highest]`."""
    ends = sequence(value, place)
    if len(ends) != 2:
        refuse("wrong_type", place, "must be [lowest, highest]")
    low, high = (integer(end, at(place, number), -LIMIT, LIMIT) for number, end in enumerate(ends))
    if low >= high:
        refuse("out_of_range", place, "the lowest must be below the highest")
    return Scale(low, high)


def ratings_in(votes: Mapping[str, int]) -> Ratings:
    """The counted ratings among the votes, lowest first."""
    return tuple(
        sorted((int(choice), count) for choice, count in votes.items() if count and choice not in (UNABLE, ABSTAIN))
    )


def how_many(ratings: Ratings, low: int, high: int) -> int:
    """How many ratings lie from `low` to `high`."""
    return sum(count for rating, count in ratings if low <= rating <= high)


def rating_counts(votes: Mapping[str, int], scale: Scale, seats: int) -> dict[str, int]:
    """Ballots by choice, then `counted` (ratings), `present`, `cast` (all but abstentions, so `unable` too), `entitled`."""
    counts = {choice: votes.get(choice, 0) for choice in scale.choices()}
    present = sum(votes.values())
    cast = present - counts[ABSTAIN]
    return counts | {"counted": cast - counts[UNABLE], "present": present, "cast": cast, "entitled": seats}
