"""When it is asked who comes, how many of each group do, and who was missed: nobody twice, nobody forgotten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.deliberation.domain.coming import APOLOGIES, COMES, Awaited, attendance, awaited, when_asked
from apps.deliberation.domain.parties import Party

AGENCY, COMMUNITY = Party("A", "Agency", 4, decides=True), Party("C", "Community", 7, decides=True)
OBSERVERS, EMPTY = Party("O", "Observers", 2, decides=False), Party("E", "Nobody yet", 0, decides=True)
ALL = (AGENCY, COMMUNITY, OBSERVERS, EMPTY)


@pytest.mark.parametrize(
    ("state", "papers_out", "when"),
    [
        ("draft", False, "early"),
        ("draft", True, "now"),
        ("announced", False, "now"),
        ("talking", False, "now"),
        ("open", True, "now"),
        ("closed", True, "late"),
        ("tallied", False, "late"),
    ],
)
def test_it_is_asked_from_when_a_round_is_announced_or_its_papers_go_out_until_it_closes(
    state: str, papers_out: bool, when: str
) -> None:
    assert when_asked(state, papers_out) == when


def test_as_long_as_nobody_has_said_anything_no_group_is_told_of() -> None:
    assert awaited(ALL, {}) == []


def test_a_deciding_group_of_which_nobody_comes_is_told_of_too() -> None:
    said = {("C", COMES): 5, ("C", APOLOGIES): 1}
    assert awaited(ALL, said) == [Awaited("A", "Agency", 4, 0, 0), Awaited("C", "Community", 7, 5, 1)]


def test_whoever_only_advises_is_told_of_once_a_seat_has_said_something() -> None:
    assert [group.key for group in awaited(ALL, {("O", APOLOGIES): 1})] == ["A", "C", "O"]


@given(st.dictionaries(st.integers(0, 9), st.tuples(st.booleans(), st.booleans()), max_size=8))
def test_each_seat_was_there_or_sent_apologies_or_neither(seats: dict[int, tuple[bool, bool]]) -> None:
    order = list(seats)
    there = {seat for seat in order if seats[seat][0]}
    sent = {seat for seat in order if seats[seat][1]}
    present, apologies, away = attendance(order, there, sent)
    assert sorted([*present, *apologies, *away]) == sorted(order)
    assert set(present) == there
    assert set(apologies) == sent - there
    for part in (present, apologies, away):
        assert part == [seat for seat in order if seat in part]
