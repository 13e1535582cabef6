"""Rating by median: in if the middle rating reaches a limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from apps.consensus.methods.quantiles import median, size
from apps.consensus.methods.scales import ONE_TO_NINE, Scale, rating_counts, ratings_in
from apps.consensus.methods.shares_of_ratings import EXCLUDED
from apps.consensus.rules import Judgement, Side
from apps.consensus.shares import decimal_text


@dataclass(frozen=True)
class RatingMedian:
    """The median must be at least `at_least`."""

    at_least: Fraction
    scale: Scale = ONE_TO_NINE
    unable: str = EXCLUDED
    kind: str = "rating"

    def choices(self) -> tuple[str, ...]:
        """The ratings, unable, abstain."""
        return self.scale.choices()

    def canonical(self, choice: str) -> str:
        """A rating of the scale, `unable` or `abstain`."""
        return self.scale.canonical(choice)

    def needs(self, seats: int) -> str:
        """The middle rating."""
        return f"the middle rating must be at least {decimal_text(self.at_least)}"

    def judge(self, votes: Mapping[str, int], seats: int) -> Judgement:
        """For if the median reaches the limit, against if it does not, open if nobody rated."""
        counts, ratings = rating_counts(votes, self.scale, seats), ratings_in(votes)
        middle = median(ratings)
        if middle is None:
            return Judgement(counts, {}, Side.OPEN, "Nobody rated it.", statistics={"median": None})
        reached = middle >= self.at_least
        why = (
            f"Median {decimal_text(middle)} of {size(ratings)} ratings; at least {decimal_text(self.at_least)} needed."
        )
        return Judgement(
            counts, {}, Side.FOR if reached else Side.AGAINST, why, statistics={"median": decimal_text(middle)}
        )
