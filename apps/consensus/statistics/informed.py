"""Group-informed consensus: how likely is every group to agree with a statement, all groups at once.

Source: the formulas of Polis (Small et al. 2021), here over declared stakeholder groups instead of computed clusters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import prod


@dataclass(frozen=True)
class Votes:
    """Votes of one group on one statement; `seen` counts passes too."""

    agree: int
    seen: int

    @property
    def agreeing(self) -> Fraction:
        """The estimated probability of agreeing, with one imagined vote each way: small groups are pulled towards one half."""
        return Fraction(self.agree + 1, self.seen + 2)


def group_informed_consensus(groups: Iterable[Votes]) -> Fraction:
    """The product over groups. A group that has seen nothing contributes one half; leave out groups that were not asked."""
    return prod((group.agreeing for group in groups), start=Fraction(1))


def per_group(consensus: Fraction, groups: int) -> Decimal:
    """The geometric mean over so many groups, to compare statements that different numbers of groups have seen."""
    with localcontext() as context:
        context.prec = 28
        value = Decimal(consensus.numerator) / Decimal(consensus.denominator)
        return (value ** (Decimal(1) / groups)).quantize(Decimal("0.000001"))


def agrees_significantly(agree: int, seen: int) -> bool:
    """Whether more than half agree at 90 % confidence, one-sided: z = 2 sqrt(n+1) ((a+1)/(n+1) - 1/2) above 1.2816.

    Compared in squares, so without rounding.
    """
    excess = Fraction(agree + 1, seen + 1) - Fraction(1, 2)
    return excess > 0 and 4 * (seen + 1) * excess**2 > Fraction("1.2816") ** 2
