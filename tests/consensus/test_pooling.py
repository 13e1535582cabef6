"""Nobody can be read out of what is shown together: not from a figure, and not by adding figures up and taking them apart."""

from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.consensus.statistics.pooling import FLOOR, shown_together

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no reason to fail
COUNTS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 12), max_size=8)


@pytest.mark.parametrize(
    ("counts", "pools"),
    [
        ({"A": 4, "P": 4, "F": 8, "T": 4, "C": 7, "U": 7}, [["A", "P", "T"], ["F"], ["C"], ["U"]]),
        (
            {"A": 2, "F": 8, "C": 5},
            [["A", "C"], ["F"]],
        ),  # two would be read out of the rest: the next smallest joins them
        ({"A": 2, "P": 2}, []),
        ({"A": 0, "F": 5, "C": 6}, [["A", "F"], ["C"]]),  # who gave none of these answers is somebody still
        ({"F": 5}, [["F"]]),
        ({}, []),
    ],
)
def test_small_groups_are_shown_together(counts: dict[str, int], pools: list[list[str]]) -> None:
    assert shown_together(counts) == pools


@PATIENT
@given(COUNTS)
def test_everybody_is_shown_once_or_nobody_at_all(counts: dict[str, int]) -> None:
    shown = list(chain(*shown_together(counts)))
    assert sorted(shown) == (sorted(counts) if sum(counts.values()) >= FLOOR else [])


@PATIENT
@given(COUNTS)
def test_a_group_below_the_floor_never_stands_alone(counts: dict[str, int]) -> None:
    for pool in shown_together(counts):
        assert sum(counts[key] for key in pool) >= FLOOR


@PATIENT
@given(COUNTS)
def test_no_difference_of_what_is_shown_is_smaller_than_the_floor(counts: dict[str, int]) -> None:
    """Whoever knows every pool and everybody together, and adds and subtracts as they like, finds five people or nobody."""
    pools = [frozenset(pool) for pool in shown_together(counts)]
    known = {frozenset(chain(*some)) for n in range(len(pools) + 1) for some in combinations(pools, n)}
    for one in known:
        for other in known:
            assert one - other in known
            left = sum(counts[key] for key in one - other)
            assert left >= FLOOR or not one - other
