"""Who moved how far toward whom."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.proposals.domain.concessions import Settled, concessions, distance, moved, sums

HALF = Fraction(1, 2)


def settled(state: str, before: Any, asked: Any, taken: Any = None, agreed: bool = False) -> Settled:
    kept = {} if taken is None else {"target": taken}
    return Settled("o", "C", ("A", "P"), state, {"target": before}, {"target": asked}, kept, 2, agreed)


@pytest.mark.parametrize(
    ("before", "after", "asked", "share"),
    [
        ({"value": "16"}, {"value": "15"}, {"value": "15"}, 1),
        ({"value": "17"}, {"value": "16"}, {"value": "15"}, HALF),
        ({"value": "16"}, {"value": "16"}, {"value": "15"}, 0),
        ({"value": "16"}, {"value": "18"}, {"value": "15"}, 0),
        ({"low": "10", "high": "20"}, {"low": "12", "high": "20"}, {"low": "14", "high": "20"}, HALF),
        (["a"], ["a", "b"], ["a", "b", "c"], HALF),
        ("People of 16", "Everybody", "Everybody", 1),
        ("People of 16", "Most", "Everybody", 0),
        (None, "yearly", "yearly", 1),
        ("5", "3", "1", HALF),
    ],
)
def test_how_far_is_a_share_of_the_way(before: Any, after: Any, asked: Any, share: Fraction | int) -> None:
    assert moved(before, after, asked) == share


def test_those_who_take_something_move_toward_those_who_offered_it() -> None:
    (move,) = concessions([settled("accepted", {"value": "16"}, {"value": "15"}, {"value": "15"})])
    assert (move.mover, move.toward, move.share, move.number) == (("A", "P"), ("C",), Fraction(1), 2)


def test_an_agreed_middle_is_a_move_of_both() -> None:
    both = concessions([settled("modified", {"value": "17"}, {"value": "15"}, {"value": "16"}, agreed=True)])
    assert [(move.mover, move.toward, move.share) for move in both] == [
        (("A", "P"), ("C",), HALF),
        (("C",), ("A", "P"), HALF),
    ]


def test_taking_back_is_a_move_and_declining_is_none() -> None:
    (move,) = concessions([settled("withdrawn", {"value": "16"}, {"value": "15"})])
    assert (move.mover, move.toward, move.share) == (("C",), ("A", "P"), Fraction(1))
    assert concessions([settled("declined", {"value": "16"}, {"value": "15"})]) == []


def test_sums_count_for_each_group_that_moved() -> None:
    found = concessions([settled("accepted", "1", "2", "2"), settled("modified", "1", "3", "2")])
    assert [(one.mover, one.toward, one.times, one.ways) for one in sums(found)] == [
        ("A", "C", 2, Fraction(3, 2)),
        ("P", "C", 2, Fraction(3, 2)),
    ]


NUMBERS = st.integers(-99, 99).map(str)
VALUES = st.one_of(
    NUMBERS,
    st.builds(lambda value: {"value": value}, NUMBERS),
    st.builds(lambda low, more: {"low": str(low), "high": str(low + more)}, st.integers(-9, 9), st.integers(0, 9)),
    st.lists(st.sampled_from("abc"), unique=True),
    st.none(),
)


def differ(one: Any, other: Any) -> bool:
    """Whether two values are not the same; the order of a set's items says nothing."""
    both = isinstance(one, list) and isinstance(other, list)
    return set(one) != set(other) if both else bool(one != other)


@given(VALUES, VALUES, VALUES)
def test_shares_lie_between_nothing_and_all(before: Any, after: Any, asked: Any) -> None:
    share = moved(before, after, asked)
    assert 0 <= share <= 1
    assert moved(before, asked, asked) == differ(before, asked)
    assert moved(before, before, asked) == 0
    assert distance(before, asked) == distance(asked, before)
