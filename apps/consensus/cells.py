"""Many ratings at once: the figures of a cell (one item, one group) straight from how often each rating was given.

Whole numbers only, so exact: medians come doubled, percentiles (type 7) in tenths. A test holds every figure against the
methods that decide, cell by cell.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple


class Cell(NamedTuple):
    """`n` ratings; twice the `median`; P30 and P70 in tenths; whether the panel disagrees by IPRAS; how many rated low and high.

    An empty cell has no figures: everything is 0 and nothing holds.
    """

    n: int
    median2: int
    p30_tenths: int
    p70_tenths: int
    disagrees: bool
    low: int
    high: int

    def reaches(self, part: int, share: tuple[int, int]) -> bool:
        """Whether at least this share, as (numerator, denominator), is reached by `part` of them; of nobody never."""
        return self.n > 0 and part * share[1] >= share[0] * self.n


EMPTY = Cell(0, 0, 0, 0, False, 0, 0)


def cells(histograms: Iterable[Sequence[int]]) -> list[Cell]:
    """The figures of each cell. A histogram says how often each rating from 1 to 9 was given."""
    return [_cell(one) for one in histograms]


def _cell(histogram: Sequence[int]) -> Cell:
    upto = list(accumulate(histogram))
    n = upto[8]
    if not n:
        return EMPTY
    at = bisect_right
    median2 = at(upto, (n - 1) // 2) + at(upto, n // 2) + 2
    low = _tenths(upto, 3 * (n - 1))
    high = _tenths(upto, 7 * (n - 1))
    # IPR > 2.35 + 1.5 x |5 - (P30 + P70) / 2|, times forty
    disagrees = 4 * (high - low) > 94 + abs(300 - 3 * (low + high))
    return Cell(n, median2, low, high, disagrees, upto[2], n - upto[5])


def _tenths(upto: Sequence[int], position: int) -> int:
    """The value at a position counted in tenths of a rank, in tenths: between two ranks in proportion."""
    rank, rest = divmod(position, 10)
    first = bisect_right(upto, rank) + 1
    return 10 * first + rest * (bisect_right(upto, rank + 1) + 1 - first) if rest else 10 * first
