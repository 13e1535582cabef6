"""Delphi series: carried, retained, dropped, rescued; stability on matched respondents; attrition by group."""

from fractions import Fraction

import pytest

from apps.consensus import Outcome, Row
from apps.consensus.delphi import Attrition, Round, attrition, follow, next_round, stability

IN, OUT, OPEN = Outcome.AGREED, Outcome.NOT_AGREED, Outcome.UNDECIDED


def survey(**outcomes: Outcome) -> Round:
    return Round(outcomes)


def meeting(**outcomes: Outcome) -> Round:
    return Round(outcomes, meeting=True)


def ratings(**seats: str) -> list[Row]:
    """Ratings of item Q by seats named `group_number`."""
    return [Row("Q", seat.split("_")[0], seat, choice) for seat, choice in seats.items()]


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        ([survey(Q=IN)], "retained"),
        ([survey(Q=OPEN)], "carried"),
        ([survey(Q=OUT)], "carried"),
        ([survey(Q=OUT), survey(Q=OUT)], "dropped"),
        ([survey(Q=OPEN), survey(Q=OUT)], "dropped"),
        ([survey(Q=OPEN), survey(Q=OPEN)], "carried"),
        ([survey(P=IN), survey(Q=OUT)], "carried"),
        ([survey(P=IN), survey(Q=OUT), survey(Q=OUT)], "dropped"),
        ([survey(Q=Outcome.INQUORATE), survey(Q=Outcome.INQUORATE)], "carried"),
        ([survey(Q=Outcome.AGREED_WITH_RESERVATIONS)], "retained"),
    ],
)
def test_an_item_is_dropped_only_after_two_rounds_and_carried_until_then(rounds: list[Round], expected: str) -> None:
    """Rules 24.1, 24.2: also one that came in later."""
    assert follow(rounds)["Q"].standing == expected


def test_what_is_carried_goes_to_the_next_round() -> None:
    """Rules 24.1."""
    rounds = [survey(A=IN, B=OPEN, C=OUT, D=OPEN), survey(B=IN, C=OUT, D=OPEN)]
    assert next_round(rounds) == ("D",)


def test_a_rescue_by_the_meeting_is_marked() -> None:
    """Rules 24.3."""
    rescued = follow([survey(Q=OPEN, P=IN), survey(Q=OPEN), meeting(Q=IN, P=IN, N=IN)])
    assert rescued["Q"].rescued
    assert rescued["Q"].reason == "Agreed in round 3, brought back by the meeting."
    assert not rescued["P"].rescued
    assert not rescued["N"].rescued


def test_even_what_was_dropped_can_be_rescued_and_is_marked() -> None:
    """Rules 24.3."""
    found = follow([survey(Q=OUT), survey(Q=OUT), meeting(Q=IN)])["Q"]
    assert (found.standing, found.rescued) == ("retained", True)


def test_stability_compares_the_same_people() -> None:
    """Rules 24.4: those who rated only once are left out."""
    before = ratings(A_1="7", A_2="7", A_3="5", A_4="9")
    after = ratings(A_1="8", A_2="7", A_3="5", A_5="1")
    found = stability(before, after, "Q")
    assert (found.matched, found.moved, found.stable) == (3, Fraction(1, 3), False)


def test_moving_by_exactly_fifteen_percent_is_not_stable() -> None:
    """Rules 24.4: 3 of 20."""
    before = ratings(**{f"A_{number}": "5" for number in range(20)})
    for movers, stable in ((3, False), (2, True)):
        after = ratings(**{f"A_{number}": "6" if number < movers else "5" for number in range(20)})
        assert stability(before, after, "Q").stable is stable


def test_without_matched_people_there_is_no_stability() -> None:
    """Rules 24.4."""
    found = stability(ratings(A_1="5"), ratings(A_2="5", A_1="unable"), "Q")
    assert (found.matched, found.moved, found.stable) == (0, None, None)


def test_attrition_is_counted_by_group_and_against_the_first_round() -> None:
    """Rules 24.5."""
    rounds = [ratings(A_1="5", A_2="5", B_1="5"), ratings(A_1="5", A_3="5", B_1="abstain")]
    found = attrition(rounds)
    assert found == [Attrition("A", (2, 2), (2, 1)), Attrition("B", (1, 0), (1, 0))]
    assert [one.kept for one in found] == [Fraction(1, 2), Fraction(0)]
