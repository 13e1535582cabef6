"""Medians and percentiles of weighted ratings, exact.

Three published definitions of a percentile give different RAND/UCLA verdicts, so the definition is a parameter of the rule.
Source: Hyndman & Fan 1996 (types 6 and 7); SAS definition 5 (their type 2: empirical distribution with averaging).
"""

from collections.abc import Callable
from fractions import Fraction

from apps.consensus.methods.scales import Ratings


def size(ratings: Ratings) -> int:
    """How many ratings there are."""
    return sum(count for _, count in ratings)


def nth(ratings: Ratings, position: int) -> int:
    """The rating at a position counted from 1, lowest first; positions beyond the ends give the end."""
    seen = 0
    for rating, count in ratings:
        seen += count
        if position <= seen:
            return rating
    return ratings[-1][0]


def median(ratings: Ratings) -> Fraction | None:
    """The middle rating, or the mean of the two middle ones; None without ratings."""
    n = size(ratings)
    return Fraction(nth(ratings, (n + 1) // 2) + nth(ratings, n // 2 + 1), 2) if n else None


def _between(ratings: Ratings, position: Fraction) -> Fraction:
    below = position.numerator // position.denominator
    lower, upper = nth(ratings, below), nth(ratings, below + 1)
    return lower + (position - below) * (upper - lower)


def type7(ratings: Ratings, p: Fraction) -> Fraction:
    """Position 1 + (n-1)p, interpolated."""
    return _between(ratings, 1 + (size(ratings) - 1) * p)


def type6(ratings: Ratings, p: Fraction) -> Fraction:
    """Position (n+1)p, interpolated, held within the ratings."""
    n = size(ratings)
    return _between(ratings, min(max((n + 1) * p, Fraction(1)), Fraction(n)))


def sas5(ratings: Ratings, p: Fraction) -> Fraction:
    """Position np rounded up; the mean of two neighbours where np is whole."""
    position = size(ratings) * p
    if position.denominator == 1:
        return Fraction(nth(ratings, int(position)) + nth(ratings, int(position) + 1), 2)
    return Fraction(nth(ratings, position.numerator // position.denominator + 1))


PERCENTILES: dict[str, Callable[[Ratings, Fraction], Fraction]] = {"type7": type7, "sas5": sas5, "type6": type6}
