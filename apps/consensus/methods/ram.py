"""The RAND/UCLA Appropriateness Method: the median places an item, unless the panel disagrees.

Source: Fitch et al. 2001 (RAND MR-1269), chapter 8. Disagreement is one of three published rules: `ipras` (the range
P70-P30 exceeds the range adjusted for symmetry), `table` (k ratings in each extreme third; 3 for 8-10, 4 for 11-13, 5 for
14-16 panellists), `third` (a third of the panel in each extreme third). Constants of IPRAS hold for the scale 1-9.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from apps.consensus.methods.quantiles import PERCENTILES, median, size
from apps.consensus.methods.scales import ONE_TO_NINE, Ratings, Scale, how_many, rating_counts, ratings_in
from apps.consensus.methods.shares_of_ratings import EXCLUDED, IN_DENOMINATOR
from apps.consensus.rules import UNABLE, Judgement, Side
from apps.consensus.shares import decimal_text, ratio

DISAGREEMENTS = ("ipras", "table", "third")
TABLE_STARTS, TABLE_ENDS = 8, 16
IPRAS_BASE, IPRAS_SLOPE = Fraction(47, 20), Fraction(3, 2)
P30, P70 = Fraction(3, 10), Fraction(7, 10)
_SIDES = {"appropriate": Side.FOR, "inappropriate": Side.AGAINST, "uncertain": Side.OPEN}


@dataclass(frozen=True)
class Spread:
    """The interpercentile range of a panel and the range adjusted for symmetry it is compared with."""

    ipr: Fraction
    ipras: Fraction

    @property
    def disagrees(self) -> bool:
        """Whether the range exceeds the adjusted one (equal is agreement)."""
        return self.ipr > self.ipras


def spread(ratings: Ratings, percentile: str, scale: Scale) -> Spread:
    """IPR = P70 - P30; IPRAS = 2.35 + 1.5 times the distance of their centre from the middle of the scale."""
    quantile = PERCENTILES[percentile]
    low, high = quantile(ratings, P30), quantile(ratings, P70)
    asymmetry = abs(scale.middle - (low + high) / 2)
    return Spread(high - low, IPRAS_BASE + IPRAS_SLOPE * asymmetry)


def split_by_table(low: int, high: int, n: int) -> bool:
    """Whether k ratings stand in each extreme third.

    Outside the published table: below it a third of the panel, above it the closed form floor((n + 1) / 3).
    """
    return split_by_thirds(low, high, n) if n < TABLE_STARTS else min(low, high) >= (n + 1) // 3


def split_by_thirds(low: int, high: int, n: int) -> bool:
    """Whether at least a third of the panel stands in each extreme third."""
    return 3 * min(low, high) >= n


@dataclass(frozen=True)
class Ram:
    """One disagreement rule and one percentile definition (used by `ipras`, always shown)."""

    disagreement: str = "ipras"
    percentile: str = "type7"
    scale: Scale = ONE_TO_NINE
    unable: str = EXCLUDED
    kind: str = "rating"

    def choices(self) -> tuple[str, ...]:
        """The ratings, unable, abstain."""
        return self.scale.choices()

    def canonical(self, choice: str) -> str:
        """A rating of the scale, `unable` or `abstain`."""
        return self.scale.canonical(choice)

    def judge(self, votes: Mapping[str, int], seats: int) -> Judgement:
        """For if appropriate, against if inappropriate, open if uncertain or nobody rated."""
        counts = rating_counts(votes, self.scale, seats)
        ratings = ratings_in(votes)
        whole = counts["counted"] + (counts[UNABLE] if self.unable == IN_DENOMINATOR else 0)
        shares = {f"{low}-{high}": ratio(how_many(ratings, low, high), whole) for low, high in self.scale.thirds()}
        middle = median(ratings)
        if middle is None:
            empty: dict[str, object] = dict.fromkeys(("median", "ipr", "ipras", "disagreement", "class"))
            return Judgement(counts, shares, Side.OPEN, "Nobody rated it: no verdict.", statistics=empty)
        found = self._statistics(ratings, middle)
        return Judgement(counts, shares, _SIDES[str(found["class"])], self._why(ratings, found), statistics=found)

    def disagrees(self, ratings: Ratings, found: Spread) -> bool:
        """Whether a panel with this spread disagrees by the declared rule."""
        if self.disagreement == "ipras":
            return found.disagrees
        lowest, _, highest = self.scale.thirds()
        split = split_by_table if self.disagreement == "table" else split_by_thirds
        return split(how_many(ratings, *lowest), how_many(ratings, *highest), size(ratings))

    def place(self, middle: Fraction) -> str:
        """Where a median places an item the panel agrees on; one between two thirds belongs to the higher."""
        (_, low_end), _, (high_start, _) = self.scale.thirds()
        if middle >= high_start - Fraction(1, 2):
            return "appropriate"
        return "inappropriate" if middle <= low_end else "uncertain"

    def needs(self, seats: int) -> str:
        """What a body of so many must do to be for it."""
        highest = self.scale.thirds()[2][0]
        return (
            f"the middle rating must be {highest} or higher (half a point below counts) and the group must not disagree"
        )

    def _statistics(self, ratings: Ratings, middle: Fraction) -> dict[str, object]:
        found = spread(ratings, self.percentile, self.scale)
        disagreement = self.disagrees(ratings, found)
        statistics: dict[str, object] = {
            "median": decimal_text(middle),
            "ipr": decimal_text(found.ipr),
            "ipras": decimal_text(found.ipras),
            "disagreement": disagreement,
            "class": "uncertain" if disagreement else self.place(middle),
        }
        if self.disagreement == "table" and not TABLE_STARTS <= size(ratings) <= TABLE_ENDS:
            statistics["note"] = "outside published table"
        return statistics

    def _why(self, ratings: Ratings, found: Mapping[str, object]) -> str:
        panel = "the panel disagrees" if found["disagreement"] else "without disagreement"
        note = f" ({found['note']})" if "note" in found else ""
        return f"Median {found['median']} of {size(ratings)} ratings, {panel}{note}: {found['class']}."
