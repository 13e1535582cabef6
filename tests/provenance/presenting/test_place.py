from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.provenance.presenting.place import Box, place

shares = st.fractions(0, 1)


def test_imposed_lies_left_and_planned_below() -> None:
    assert place(0, 0) == (0, 1)
    assert place(1, 1) == (1, 0)


def test_a_box_moves_and_stretches_the_point() -> None:
    assert place(Fraction(1, 4), Fraction(3, 4), Box(10, 20, 100, 200)) == (35, 70)


@given(ni=shares, pe=shares)
def test_every_position_lies_inside_its_box(ni: Fraction, pe: Fraction) -> None:
    x, y = place(ni, pe, Box(5, 7, 30, 40))
    assert 5 <= x <= 35
    assert 7 <= y <= 47


@given(first=shares, second=shares)
def test_more_negotiated_never_lies_further_left(first: Fraction, second: Fraction) -> None:
    low, high = sorted([first, second])
    assert place(low, 0)[0] <= place(high, 0)[0]


@pytest.mark.parametrize(("ni", "pe"), [(-0.01, 0.5), (0.5, 1.01), (float("nan"), 0)])
def test_what_is_not_a_position_is_refused(ni: float, pe: float) -> None:
    with pytest.raises(Invalid, match="between 0 and 1"):
        place(ni, pe)
