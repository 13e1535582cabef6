"""No figure rests on fewer than five answers, everybody counts once where anything is shown, and means are what they are."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from apps.consensus.statistics.pooling import FLOOR
from apps.measurement.domain.pulse import Answer, summarise
from apps.provenance.domain.gap import gap, moved

SEATS = {"A": 4, "P": 4, "F": 8, "T": 4, "C": 7, "U": 7}
ANSWERS = st.lists(st.builds(Answer, st.sampled_from(list(SEATS)), st.integers(1, 9), st.integers(1, 9)), max_size=40)


@given(ANSWERS)
def test_every_figure_rests_on_five_answers_or_more(answers: list[Answer]) -> None:
    said = summarise(answers, SEATS)
    assert all(one.answers >= FLOOR for one in said)
    groups = [key for one in said for key in one.groups]
    assert len(groups) == len(set(groups))
    if len(answers) >= FLOOR:
        assert sum(one.answers for one in said) == len(answers)


@given(ANSWERS)
def test_a_mean_is_the_mean_to_one_decimal(answers: list[Answer]) -> None:
    for one in summarise(answers, SEATS):
        exact = Fraction(sum(a.matter for a in answers if a.group in one.groups), one.answers)
        assert abs(Fraction(one.matter) - exact) <= Fraction(1, 20)


def test_who_nobody_answered_for_is_left_out() -> None:
    said = summarise([Answer("F", 5, 5)] * 5, SEATS)
    assert [(one.groups, one.answers) for one in said] == [(["F"], 5)]


def test_a_gap_is_said_where_record_and_people_are_far_apart() -> None:
    assert "could not shape it" in gap("negotiated", "3.9", "Community")
    assert "say they could" in gap("imposed", "6.0", "Community")
    assert gap("negotiated", "4.0", "Community") == gap("imposed", "5.9", "C") == gap("mixed", "1.0", "C") == ""


def test_what_matters_less_is_said_with_its_figures() -> None:
    assert moved("7.6", "3.9", "Frontline staff", [8, 8]) == (
        "Whether it matters to the work fell from 7.6 to 3.9 (Frontline staff, 8 of 8)."
    )
    assert moved("7.6", "7.0", "Frontline staff", [8, 8]) == ""
