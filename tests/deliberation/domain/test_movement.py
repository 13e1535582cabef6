"""What moved between two rounds: up, down or not at all, who dropped out, and whether opinions have settled."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.consensus import Row
from apps.consensus.delphi import stability
from apps.consensus.statistics.pooling import FLOOR
from apps.deliberation.domain.movement import Moves, Step, movement

GROUPS = ["A", "P", "F", "T", "C", "U"]
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no reason to fail


def steps(group: str, *pairs: tuple[int | None, int | None]) -> list[Step]:
    return [Step(group, _text(before), _text(after), 1) for before, after in pairs]


def _text(rating: int | None) -> str | None:
    return None if rating is None else str(rating)


def test_four_of_eight_moved_up_one_down_and_one_did_not_answer_again() -> None:
    up = [(5, 7), (4, 7), (6, 8), (1, 9)]
    frontline = steps("F", *up, (9, 8), (7, 7), (7, 7), (8, 8), (8, None))
    found = movement(frontline, GROUPS, comparable=True, rated=True)
    assert found.moves == (Moves(("F",), again=8, left=1, joined=0, compared=8, up=4, down=1, changed=5),)
    assert found.moves[0].same == 3


def test_small_groups_move_together_and_a_remainder_is_not_left_over() -> None:
    told = [*steps("T", (2, 7), (6, 6)), *steps("F", *[(8, 8)] * 6), *steps("C", *[(7, 8)] * 5), *steps("A", (None, 3))]
    found = movement(told, GROUPS, comparable=True, rated=True)
    assert [(one.groups, one.compared, one.up, one.joined) for one in found.moves] == [
        (("A", "T", "C"), 7, 6, 1),
        (("F",), 6, 0, 0),
    ]


def test_of_fewer_than_five_nothing_is_told() -> None:
    found = movement(steps("T", (2, 7), (6, 6), (5, None)), GROUPS, comparable=True, rated=True)
    assert (found.moves, found.stability.matched, found.stability.moved) == ((), 0, None)


def test_yes_and_no_change_and_have_no_direction() -> None:
    told = [Step("C", "for", "against", 2), Step("C", "for", "for", 4), Step("C", "abstain", "for", 1)]
    (one,) = movement(told, GROUPS, comparable=True, rated=False).moves
    assert (one.changed, one.same, one.up, one.down, one.compared, one.again) == (2, 4, 0, 0, 6, 7)


def test_after_another_question_only_who_took_part_is_told() -> None:
    told = [Step("C", "7", "consent", 5), Step("C", "3", None, 2), Step("T", None, "object", 1)]
    found = movement(told, GROUPS, comparable=False, rated=False)
    (one,) = found.moves
    assert (one.groups, one.again, one.left, one.joined, one.compared) == (("T", "C"), 5, 2, 1, 0)
    assert found.stability.moved is None


@pytest.mark.parametrize(("changed", "stable"), [(2, True), (3, False)])
def test_opinions_have_settled_below_fifteen_per_cent(changed: int, stable: bool) -> None:
    """Scheibe, Skutsch and Schofer 1975: half the summed differences over those who answered twice."""
    told = [Step("C", "7", "8", changed), Step("C", "7", "7", 20 - changed)]
    found = movement(told, GROUPS, comparable=True, rated=True).stability
    assert (found.matched, found.moved, found.stable) == (20, Fraction(changed, 20), stable)


RATING = st.none() | st.integers(1, 9)
TOLD = st.dictionaries(st.sampled_from(GROUPS), st.lists(st.tuples(RATING, RATING), max_size=9))


@PATIENT
@given(TOLD)
def test_no_figure_is_of_fewer_than_five_and_the_sums_are_those_of_everybody(
    told: dict[str, list[tuple[int | None, int | None]]],
) -> None:
    pairs = {group: [pair for pair in given if pair != (None, None)] for group, given in told.items()}
    everything = [step for group, given in pairs.items() for step in steps(group, *given)]
    found = movement(everything, GROUPS, comparable=True, rated=True)
    assert all(one.compared >= FLOOR and one.up + one.down + one.same == one.compared for one in found.moves)
    if found.moves:
        both = [pair for given in pairs.values() for pair in given if None not in pair]
        assert sum(one.compared for one in found.moves) == len(both)
        assert sum(one.left for one in found.moves) == sum(
            after is None for given in pairs.values() for _, after in given
        )
        assert found.stability == _by_rows(pairs)


def _by_rows(pairs: dict[str, list[tuple[int | None, int | None]]]) -> object:
    """The same by the library that reads rows of seats."""
    rows: tuple[list[Row], list[Row]] = ([], [])
    for group, told in pairs.items():
        for seat, pair in enumerate(told):
            for round, rating in zip(rows, pair, strict=True):
                if rating is not None:
                    round.append(Row("M4", group, str(seat), str(rating)))
    return stability(*rows, "M4")
