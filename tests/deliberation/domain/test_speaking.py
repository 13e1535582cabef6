"""Who comes next on the floor, and when those present are ready."""

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.deliberation.domain.speaking import Voice, calling_order, counted_seconds, is_ready, usual_length, why_next

GROUPS = "ABC"


def voice(
    seat: int, group: str, turns: int = 0, seconds: int = 0, raised: int | None = None, speaks: bool = False
) -> Voice:
    return Voice(UUID(int=seat), group, turns, seconds, speaks, raised)


def names(order: list[Voice]) -> list[int]:
    return [one.seat.int for one in order]


def spoken(turns: int) -> st.SearchStrategy[int]:
    """Seconds of so many turns: at least one each."""
    return st.integers(turns, 60 * turns) if turns else st.just(0)


@st.composite
def floors(draw: Any) -> list[Voice]:
    """Seats of three groups that have spoken and wait as it may happen; at most one speaks."""
    count = draw(st.integers(1, 12))
    numbers = draw(st.permutations(range(100, 100 + count)))
    speaker = draw(st.integers(0, count))
    found = []
    for seat in range(count):
        turns = draw(st.integers(0, 4))
        waits = seat != speaker and draw(st.booleans())
        found.append(
            voice(
                seat,
                draw(st.sampled_from(GROUPS)),
                turns,
                draw(spoken(turns)),
                numbers[seat] if waits else None,
                seat == speaker,
            )
        )
    return found


def test_at_first_who_raises_a_hand_first_speaks_first_and_groups_take_turns() -> None:
    hands = [voice(1, "A", raised=1), voice(2, "A", raised=2), voice(3, "C", raised=3), voice(4, "A", raised=4)]
    assert names(calling_order(hands)) == [1, 3, 2, 4]
    assert why_next(hands) == "first"


def test_the_group_that_has_spoken_least_comes_first_and_within_it_the_seat() -> None:
    floor = [
        voice(1, "A", turns=1, seconds=300),
        voice(2, "A", raised=1),
        voice(3, "C", turns=2, seconds=90, raised=2),
        voice(4, "C", raised=3),
    ]
    assert names(calling_order(floor)) == [4, 3, 2]
    assert why_next(floor) == "group_time"


@pytest.mark.parametrize(
    ("floor", "why"),
    [
        ([], None),
        ([voice(1, "A", turns=1, seconds=5)], None),
        ([voice(1, "A", raised=1)], "alone"),
        ([voice(1, "A", 1, 60), voice(2, "A", raised=1), voice(3, "C", 2, 60), voice(4, "C", raised=2)], "group_turns"),
        ([voice(1, "A", 1, 60, raised=1), voice(2, "A", raised=2)], "seat_time"),
        ([voice(1, "A", 2, 60, raised=1), voice(2, "A", 1, 60, raised=2)], "seat_turns"),
        ([voice(1, "A", raised=2), voice(2, "A", raised=1)], "first"),
    ],
)
def test_why_somebody_comes_next(floor: list[Voice], why: str | None) -> None:
    assert why_next(floor) == why


def test_who_speaks_now_counts_as_one_usual_turn() -> None:
    """The agency speaks: its second hand waits behind the community's, which was raised later."""
    floor = [voice(1, "A", speaks=True), voice(2, "A", raised=1), voice(3, "C", raised=2)]
    assert names(calling_order(floor)) == [3, 2]


def test_a_usual_turn_is_the_mean_of_those_that_have_ended() -> None:
    assert usual_length([]) == 60
    assert usual_length([voice(1, "A", 2, 100), voice(2, "C", 1, 50)]) == 50
    assert (counted_seconds(0.0), counted_seconds(61.7)) == (1, 62)


@given(floors())
def test_everybody_who_waits_stands_in_the_order_once_and_nobody_else(floor: list[Voice]) -> None:
    order = calling_order(floor)
    assert Counter(order) == Counter(one for one in floor if one.raised is not None)
    assert (why_next(floor) is None) == (not order)


@given(floors(), st.randoms())
def test_the_order_does_not_depend_on_how_the_floor_is_read(floor: list[Voice], chance: Any) -> None:
    mixed = list(floor)
    chance.shuffle(mixed)
    assert calling_order(mixed) == calling_order(floor)
    assert why_next(mixed) == why_next(floor)


@given(floors())
def test_who_comes_first_belongs_to_the_group_that_has_spoken_least_of_those_waiting(floor: list[Voice]) -> None:
    order, usual = calling_order(floor), usual_length(floor)
    if not order:
        return

    def had(group: str) -> int:
        return sum(one.seconds + usual * one.speaks for one in floor if one.group == group)

    assert had(order[0].group) == min(had(one.group) for one in order)
    mates = [one for one in order if one.group == order[0].group]
    assert order[0].seconds == min(one.seconds for one in mates)


@given(floors())
def test_a_hand_that_comes_down_leaves_the_others_of_its_group_in_their_order(floor: list[Voice]) -> None:
    order = calling_order(floor)
    if not order:
        return
    without = [replace(one, raised=None) if one.seat == order[0].seat else one for one in floor]
    for group in GROUPS:
        expected = [one.seat for one in order[1:] if one.group == group]
        assert [one.seat for one in calling_order(without) if one.group == group] == expected


@given(floors(), st.lists(st.integers(1, 300), min_size=1, max_size=5), st.data())
def test_every_hand_is_called_after_finitely_many_turns_however_others_raise_theirs_again(
    floor: list[Voice], lengths: list[int], data: Any
) -> None:
    """The hand looked at is called once the others have spoken longer than its group by more than one turn each."""
    waiting = calling_order(floor)
    if not waiting:
        return
    own = data.draw(st.sampled_from(waiting))
    ahead = sum(one.seconds for one in floor) + usual_length(floor)
    limit = (ahead + 2) * len(floor) + len(floor)
    for call in range(limit):
        called = calling_order(floor)[0]
        if called.seat == own.seat:
            return
        length = lengths[call % len(lengths)]
        floor = [
            replace(one, turns=one.turns + 1, seconds=one.seconds + length, raised=1000 + call)
            if one.seat == called.seat
            else one
            for one in floor
        ]
    raise AssertionError(f"{own} was never called")


@given(st.integers(1, 30), st.integers(20, 200))
def test_a_group_that_floods_the_floor_with_hands_gets_no_more_turns(hands: int, length: int) -> None:
    """One seat of the community and many of the agency raise their hands again and again: they alternate."""
    floor = [voice(seat, "A", raised=seat) for seat in range(1, hands + 1)] + [voice(99, "C", raised=500)]
    turns: Counter[str] = Counter()
    for call in range(20):
        called = calling_order(floor)[0]
        turns[called.group] += 1
        floor = [
            replace(one, turns=one.turns + 1, seconds=one.seconds + length, raised=1000 + call)
            if one.seat == called.seat
            else one
            for one in floor
        ]
    assert turns == {"A": 10, "C": 10}


@pytest.mark.parametrize(
    ("here", "ready", "everybody"),
    [
        ({}, {}, False),
        ({"A": 0}, {}, False),
        ({"A": 2}, {"A": 1}, True),
        ({"A": 3}, {"A": 1}, False),
        ({"A": 2, "C": 2}, {"A": 2}, False),
        ({"A": 2, "C": 0}, {"A": 2}, True),
        ({"A": 1, "C": 5}, {"A": 1, "C": 3}, True),
    ],
)
def test_everybody_is_ready_when_half_of_each_group_present_is(
    here: dict[str, int], ready: dict[str, int], everybody: bool
) -> None:
    assert is_ready(here, ready) is everybody
