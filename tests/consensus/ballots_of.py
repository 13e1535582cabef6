"""Random ballots among alternatives, and slow plain counts that oracles use."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import permutations
from typing import Any

from hypothesis import strategies as st

Ballots = dict[str, int]


@st.composite
def rankings(draw: Any, names: str = "ABCD", ties: bool = True) -> str:
    """A ranking of some of the alternatives, with ties."""
    listed: list[str] = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    marks = draw(st.lists(st.sampled_from(">>=" if ties else ">"), min_size=len(listed), max_size=len(listed)))
    return listed[0] + "".join(mark + name for mark, name in zip(marks, listed[1:], strict=False))


def profiles(ballot: Any, most: int = 9, weight: int = 5) -> Any:
    """Different ballots with weights."""
    return st.dictionaries(ballot, st.integers(1, weight), min_size=1, max_size=most)


def approvals(names: str = "ABCD") -> Any:
    """Sets of approved alternatives, not empty."""
    return st.sets(st.sampled_from(names), min_size=1).map(lambda chosen: "|".join(sorted(chosen)))


def scores(names: str = "ABCD", high: int = 5) -> Any:
    """Scores for some of the alternatives."""
    given = st.dictionaries(st.sampled_from(names), st.integers(0, high), min_size=1)
    return given.map(lambda ballot: "|".join(f"{name}:{ballot[name]}" for name in sorted(ballot)))


def positions(ballot: str, names: str) -> dict[str, int]:
    """The rank of every alternative on a ballot; unlisted stand last together."""
    ranks = {name: rank for rank, group in enumerate(ballot.split(">")) for name in group.split("=")}
    return {name: ranks.get(name, len(names)) for name in names}


def duels(ballots: Mapping[str, int], names: str) -> dict[tuple[str, str], int]:
    """How many ballots strictly prefer the first to the second, counted pair by pair."""
    ranked = [(positions(ballot, names), weight) for ballot, weight in ballots.items()]
    return {(a, b): sum(weight for ranks, weight in ranked if ranks[a] < ranks[b]) for a, b in permutations(names, 2)}


def strict_orders(ballot: str) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    """Every order a ballot with ties stands for, each with an equal part of it."""
    orders: list[tuple[str, ...]] = [()]
    for group in ballot.split(">"):
        orders = [(*order, *equal) for order in orders for equal in permutations(group.split("="))]
    return ((order, Fraction(1, len(orders))) for order in orders)


def renamed(ballots: Mapping[str, int], old: str, new: str) -> Ballots:
    """The same ballots with the alternatives' names exchanged."""
    table = str.maketrans(old, new)
    return {ballot.translate(table): weight for ballot, weight in ballots.items()}


SINGLE: dict[str, Any] = {
    "approval": approvals(),
    "score": scores(),
    "borda": rankings(),
    "star": scores(),
    "majority_judgment": scores(),
    "irv": rankings(),
    "schulze": rankings(),
    "ranked_pairs": rankings(),
}
SEVERAL: dict[str, Any] = {
    "stv": rankings(),
    "sequential_pav": approvals(),
    "phragmen": approvals(),
    "equal_shares": approvals(),
}
EVERY = SINGLE | SEVERAL
