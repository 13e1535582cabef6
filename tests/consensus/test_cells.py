"""Many cells at once: every figure is the one that decides."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.consensus.cells import EMPTY, cells
from apps.consensus.methods.quantiles import PERCENTILES, median
from apps.consensus.methods.ram import P30, P70, spread
from apps.consensus.methods.scales import ONE_TO_NINE

HISTOGRAMS = st.lists(st.integers(0, 60), min_size=9, max_size=9)


@settings(max_examples=2000)
@given(HISTOGRAMS)
def test_figures_of_a_cell_are_those_of_the_methods(histogram: list[int]) -> None:
    """Rules 8.1, 8.3, 9.1: medians, percentiles of type 7, and whether the panel disagrees."""
    (cell,) = cells([histogram])
    ratings = tuple((rating, count) for rating, count in enumerate(histogram, start=1) if count)
    if not ratings:
        assert cell == EMPTY
        return
    found = spread(ratings, "type7", ONE_TO_NINE)
    assert Fraction(cell.median2, 2) == median(ratings)
    assert Fraction(cell.p30_tenths, 10) == PERCENTILES["type7"](ratings, P30)
    assert Fraction(cell.p70_tenths, 10) == PERCENTILES["type7"](ratings, P70)
    assert cell.disagrees == found.disagrees
    assert (cell.n, cell.low, cell.high) == (sum(histogram), sum(histogram[:3]), sum(histogram[6:]))


def test_shares_are_exact_at_the_boundary() -> None:
    """Rules 7.1: 7 of 10 is at least 70 %, 3 of 20 is not below 15 %; of nobody nothing is reached."""
    seven, twenty, nobody = cells([[0, 0, 0, 3, 0, 0, 7, 0, 0], [3, 0, 0, 17, 0, 0, 0, 0, 0], [0] * 9])
    assert seven.reaches(seven.high, (7, 10))
    assert twenty.reaches(twenty.low, (15, 100))
    assert not nobody.reaches(0, (0, 1))
