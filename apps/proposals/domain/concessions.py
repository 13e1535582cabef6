"""Who moved which field how far toward whom: computed from versions and offers, by a rule that anybody can follow.

How far is a share of the way: 0, nobody moved; 1, all the way to what the other side had asked for. For numbers and for the
ends of ranges the way is their difference; for sets the number of items by which they differ; a text is reached or not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.frameworks.domain.values import ends


@dataclass(frozen=True)
class Settled:
    """An offer that has been settled: what stood in each field, what was asked, what came of it.

    `state` is accepted, modified, declined or withdrawn; `agreed` says that the offering group agreed to the other form
    itself, as to a counter-offer; `number` is the version that has it.
    """

    offer: str
    offered_by: str
    answered_by: tuple[str, ...]
    state: str
    before: dict[str, Any]
    asked: dict[str, Any]
    taken: dict[str, Any]
    number: int | None = None
    agreed: bool = False


@dataclass(frozen=True)
class Concession:
    """`mover` moved `field` from `before` to `after`, `share` of the way toward what `toward` had asked for."""

    field: str
    offer: str
    mover: tuple[str, ...]
    toward: tuple[str, ...]
    before: Any
    after: Any
    asked: Any
    share: Fraction
    number: int | None


@dataclass(frozen=True)
class Sum:
    """How often one side moved toward another, and how far altogether (in whole ways)."""

    mover: str
    toward: str
    times: int
    ways: Fraction


def distance(one: Any, other: Any) -> Fraction:
    """How far apart two values of a field are, in the unit of their kind: never below 0, and 0 only where they are equal
    (sets: whatever the order of their items)."""
    if one == other:
        return Fraction(0)
    if isinstance(one, list) and isinstance(other, list):
        return Fraction(len({*map(str, one)} ^ {*map(str, other)}))
    low, high = _ends(one), _ends(other)
    if low is not None and high is not None:
        apart = abs(low[0] - high[0]) + abs(low[1] - high[1])
        return apart or Fraction(1, 1000)
    return Fraction(1)


def moved(before: Any, after: Any, asked: Any) -> Fraction:
    """The share of the way from `before` to `asked` that `after` has gone, from 0 to 1."""
    way = distance(before, asked)
    if way == 0:
        return Fraction(0)
    return max(Fraction(0), min(Fraction(1), (way - distance(after, asked)) / way))


def concessions(settled: Iterable[Settled]) -> list[Concession]:
    """Every move, in the order given: of those who took something, of those who agreed to another form, of those who took
    their offer back."""
    return [move for one in settled for field in sorted(one.asked) for move in _moves(one, field)]


def sums(found: Sequence[Concession]) -> list[Sum]:
    """How far each group moved toward each other, the farthest first. A move of several groups counts for each of them."""
    pairs: dict[tuple[str, str], list[Fraction]] = {}
    for move in found:
        for mover in move.mover:
            for toward in move.toward:
                pairs.setdefault((mover, toward), []).append(move.share)
    made = [Sum(mover, toward, len(shares), sum(shares, Fraction(0))) for (mover, toward), shares in pairs.items()]
    return sorted(made, key=lambda one: (-one.ways, one.mover, one.toward))


def _moves(one: Settled, field: str) -> list[Concession]:
    before, asked = one.before.get(field), one.asked[field]
    if distance(before, asked) == 0:
        return []
    others, own = one.answered_by, (one.offered_by,)
    if one.state == "withdrawn":
        return [Concession(field, one.offer, own, others, asked, before, before, Fraction(1), None)]
    after = one.taken.get(field, before)
    share = moved(before, after, asked)
    found = [Concession(field, one.offer, others, own, before, after, asked, share, one.number)] if share else []
    if one.agreed and share < 1:
        back = moved(asked, after, before)
        found.append(Concession(field, one.offer, own, others, asked, after, before, back, one.number))
    return [move for move in found if move.share > 0]


def _ends(value: Any) -> tuple[Fraction, Fraction] | None:
    """The lower and upper end of a number or target."""
    try:
        if isinstance(value, dict):
            return ends(value)
        return (Fraction(value), Fraction(value)) if isinstance(value, str) else None
    except (KeyError, ValueError, ZeroDivisionError):
        return None
