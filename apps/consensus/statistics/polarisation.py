"""How far ratings pull apart: spread, not only the middle. Two groups at the two ends have the same mean as one in the centre."""

from collections.abc import Mapping
from fractions import Fraction


def mean(ratings: Mapping[int, int]) -> Fraction | None:
    """The mean rating; None without ratings. Ratings map a rating to how many gave it."""
    n = sum(ratings.values())
    return Fraction(sum(rating * count for rating, count in ratings.items()), n) if n else None


def polarisation(ratings: Mapping[int, int], low: int, high: int) -> Fraction | None:
    """The variance as a share of the largest possible on the scale: 0 when all rate alike, 1 when half stand at each end."""
    centre = mean(ratings)
    if centre is None:
        return None
    variance = sum((count * (rating - centre) ** 2 for rating, count in ratings.items()), Fraction(0)) / sum(
        ratings.values()
    )
    return 4 * variance / (high - low) ** 2


def between_groups(groups: Mapping[str, Mapping[int, int]]) -> Fraction | None:
    """The share of all variance that lies between the groups (correlation ratio, eta squared).

    1 when every group is of one mind and they differ; 0 when all groups have the same mean; None when everybody rates alike.
    """
    everybody: dict[int, int] = {}
    for ratings in groups.values():
        for rating, count in ratings.items():
            everybody[rating] = everybody.get(rating, 0) + count
    centre = mean(everybody)
    if centre is None:
        return None
    total = sum((count * (rating - centre) ** 2 for rating, count in everybody.items()), Fraction(0))
    means = [(sum(ratings.values()), mean(ratings)) for ratings in groups.values()]
    between = sum((size * (own - centre) ** 2 for size, own in means if own is not None), Fraction(0))
    return between / total if total else None
