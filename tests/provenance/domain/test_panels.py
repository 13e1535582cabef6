"""The lot of a panel: three different groups, the same for everybody who draws again, the sides only in need."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.provenance.domain.panels import REJECTED, SIZE, UPHELD, Candidate, agreed_label, draw, ruling, successor

CANDIDATES = st.lists(
    st.builds(Candidate, st.integers(0, 2**64).map(lambda n: UUID(int=n)), st.sampled_from("APFTCU")),
    unique_by=lambda one: one.seat,
    max_size=30,
)
SEEDS = st.binary(min_size=32, max_size=32)
SIDES = st.sets(st.sampled_from("APFTCU"))


@given(CANDIDATES, SEEDS, SIDES)
def test_a_panel_is_of_different_groups_and_as_large_as_can_be(
    candidates: list[Candidate], seed: bytes, sides: set[str]
) -> None:
    panel = draw(candidates, seed, sides)
    groups = [one.group for one in panel]
    assert len(set(groups)) == len(groups) == min(SIZE, len({one.group for one in candidates}))
    assert panel == draw(reversed(candidates), seed, sides)
    others = {one.group for one in candidates} - sides
    assert len(set(groups) - sides) == min(SIZE, len(others))


@given(CANDIDATES, SEEDS, SIDES)
def test_who_follows_is_of_a_group_that_does_not_sit_yet(
    candidates: list[Candidate], seed: bytes, sides: set[str]
) -> None:
    panel = draw(candidates, seed, sides)
    following = successor(candidates, seed, sides, [one.group for one in panel])
    assert following is None or following.group not in {one.group for one in panel}


def test_another_seed_is_another_lot() -> None:
    candidates = [Candidate(UUID(int=n), "APFTCU"[n % 6]) for n in range(36)]
    assert len({tuple(draw(candidates, bytes([n]) * 32)) for n in range(20)}) > 10


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([], ""),
        ([UPHELD], ""),
        ([UPHELD, REJECTED], ""),
        ([UPHELD, UPHELD], UPHELD),
        ([REJECTED, UPHELD, REJECTED], REJECTED),
    ],
)
def test_two_of_three_decide(answers: list[str], found: str) -> None:
    assert ruling(answers) == found


def test_words_stand_beside_only_where_those_who_agree_gave_the_same() -> None:
    assert agreed_label([["mixed", "planned"], ["mixed", "planned"]]) == ["mixed", "planned"]
    assert agreed_label([["mixed", "planned"], None]) is None
    assert agreed_label([["mixed", "planned"], ["imposed", "planned"]]) is None
