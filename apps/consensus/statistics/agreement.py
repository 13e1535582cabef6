"""How far raters agree: Krippendorff's alpha, Gwet's AC1 and Kendall's W.

Alpha collapses when nearly all agree, so AC1 stands beside it. None means undefined: too few ratings, or no variation at all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Unit = Mapping[int, int]
"""The ratings one item received: rating -> how many raters gave it."""
Metric = Callable[[int, int, Mapping[int, Fraction]], Fraction]
"""The squared difference of two ratings, which may depend on how often every rating occurs."""


def nominal(one: int, other: int, totals: Mapping[int, Fraction]) -> Fraction:
    """Different is different."""
    return Fraction(one != other)


def ordinal(one: int, other: int, totals: Mapping[int, Fraction]) -> Fraction:
    """How many ratings lie between, counting both ends half."""
    low, high = min(one, other), max(one, other)
    between = sum((total for rating, total in totals.items() if low <= rating <= high), Fraction(0))
    return (between - (totals[one] + totals[other]) / 2) ** 2


def interval(one: int, other: int, totals: Mapping[int, Fraction]) -> Fraction:
    """The distance on the scale."""
    return Fraction(one - other) ** 2


def ratio_metric(one: int, other: int, totals: Mapping[int, Fraction]) -> Fraction:
    """The distance in proportion to the size."""
    return Fraction(one - other, one + other) ** 2 if one + other else Fraction(0)


METRICS: dict[str, Metric] = {"nominal": nominal, "ordinal": ordinal, "interval": interval, "ratio": ratio_metric}


def krippendorff_alpha(units: Iterable[Unit], metric: str = "ordinal") -> Fraction | None:
    """1 - observed / expected disagreement, over units with at least two ratings. Source: Krippendorff 2011.

    None without pairs, or when only one rating ever occurs.
    """
    pairable = [unit for unit in units if sum(unit.values()) >= 2]
    totals: dict[int, Fraction] = {}
    for unit in pairable:
        for rating, count in unit.items():
            totals[rating] = totals.get(rating, Fraction(0)) + count
    n = sum(totals.values())
    difference = {pair: METRICS[metric](*pair, totals) for pair in combinations(sorted(totals), 2)}
    expected = sum((totals[a] * totals[b] * value for (a, b), value in difference.items()), Fraction(0))
    if not expected:
        return None
    observed = sum((_disagreement(unit, difference) for unit in pairable), Fraction(0))
    return 1 - (n - 1) * observed / expected


def _disagreement(unit: Unit, difference: Mapping[tuple[int, int], Fraction]) -> Fraction:
    """What one unit adds to the observed disagreement: every pair of its ratings, shared among its raters."""
    pairs = combinations(sorted(unit), 2)
    return sum((unit[a] * unit[b] * difference[a, b] for a, b in pairs), Fraction(0)) / (sum(unit.values()) - 1)


def gwet_ac1(units: Iterable[Unit], categories: int) -> Fraction | None:
    """(pa - pe) / (1 - pe) with pe = sum of p(1-p) / (q-1) over the q declared categories. Source: Gwet 2008.

    pa over units with at least two ratings, p over units with at least one.
    """
    rated = [unit for unit in units if sum(unit.values())]
    pairable = [unit for unit in rated if sum(unit.values()) >= 2]
    if not pairable or categories < 2:
        return None
    agreed = sum((_pairs_agreeing(unit) for unit in pairable), Fraction(0)) / len(pairable)
    prevalence: dict[int, Fraction] = {}
    for unit in rated:
        for rating, count in unit.items():
            prevalence[rating] = prevalence.get(rating, Fraction(0)) + Fraction(count, sum(unit.values()) * len(rated))
    chance = sum((p * (1 - p) for p in prevalence.values()), Fraction(0)) / (categories - 1)
    return (agreed - chance) / (1 - chance)


def _pairs_agreeing(unit: Unit) -> Fraction:
    n = sum(unit.values())
    return Fraction(sum(count * (count - 1) for count in unit.values()), n * (n - 1))


def mid_ranks(values: Sequence[int]) -> list[Fraction]:
    """The rank of every value, lowest 1; equal values share the mean of their ranks."""
    ordered = sorted(values)
    return [Fraction(2 * ordered.index(value) + ordered.count(value) + 1, 2) for value in values]


def kendall_w(raters: Sequence[Sequence[int]]) -> Fraction | None:
    """Concordance of raters who all rated the same items: 0 none, 1 complete. Corrected for ties. Source: Kendall 1970.

    None with fewer than two raters or items, or when every rater rates everything alike.
    """
    m, n = len(raters), len(raters[0]) if raters else 0
    if m < 2 or n < 2:
        return None
    ranks = [mid_ranks(rater) for rater in raters]
    sums = [sum(column, Fraction(0)) for column in zip(*ranks, strict=True)]
    spread = sum(((total - Fraction(m * (n + 1), 2)) ** 2 for total in sums), Fraction(0))
    ties = sum(count**3 - count for rater in raters for count in Counter(rater).values())
    most = m**2 * (n**3 - n) - m * ties
    return 12 * spread / most if most else None
