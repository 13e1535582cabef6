"""Where what groups could live with overlaps."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from apps.proposals.domain.ranges import Range, overlap

F = Fraction


def test_all_can_live_with_what_lies_in_every_range() -> None:
    found = overlap({"A": Range(F(14), F(20)), "C": Range(None, F(16)), "U": Range(F(12), None)})
    assert found.of_all
    assert found.range == Range(F(14), F(16))


def test_where_there_is_none_for_all_most_are_named_and_who_is_left_out() -> None:
    found = overlap({"A": Range(F(18), F(20)), "C": Range(F(14), F(16)), "U": Range(F(15), F(17))})
    assert (found.range, found.groups, found.left_out) == (Range(F(15), F(16)), ("C", "U"), ("A",))
    assert not found.of_all


def test_nobody_has_said() -> None:
    assert overlap({}).range is None


ENDS = st.one_of(st.none(), st.integers(-5, 5).map(Fraction))
RANGES = st.builds(
    lambda low, high: Range(*sorted((low, high))) if low is not None and high is not None else Range(low, high),
    ENDS,
    ENDS,
)


@given(st.dictionaries(st.sampled_from("ABCDE"), RANGES, min_size=1))
def test_no_value_would_suit_more_groups(ranges: dict[str, Range]) -> None:
    found = overlap(ranges)
    assert found.range is not None
    inside = found.range.low if found.range.low is not None else found.range.high
    for value in map(Fraction, range(-7, 8)):
        assert sum(one.holds(value) for one in ranges.values()) <= len(found.groups)
    if inside is not None:
        assert {key for key, one in ranges.items() if one.holds(inside)} == set(found.groups)
