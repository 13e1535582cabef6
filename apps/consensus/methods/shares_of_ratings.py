"""Rating by shares: in if enough rate it high and few rate it low; out likewise; else undecided.

Source: consensus definitions of core outcome sets (COMET, Harman 2015): at least 70 % rate 7-9 and below 15 % rate 1-3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from operator import ge, gt, le, lt

from apps.consensus.documents import at, fields, integer, refuse, sequence, share
from apps.consensus.methods.quantiles import median
from apps.consensus.methods.scales import ONE_TO_NINE, Ratings, Scale, how_many, rating_counts, ratings_in
from apps.consensus.rules import UNABLE, Judgement, Side
from apps.consensus.shares import decimal_text, percent, ratio, share_words

EXCLUDED, IN_DENOMINATOR = "excluded", "in_denominator"
COMPARISONS = ("at_least", "above", "at_most", "below")
_COMPARE = {"at_least": ge, "above": gt, "at_most": le, "below": lt}
_WORDS = {"at_least": "at least", "above": "more than", "at_most": "at most", "below": "below"}


@dataclass(frozen=True)
class Condition:
    """The share of ratings from `low` to `high` against a limit: `at_least` (>=), `above` (>), `at_most` (<=) or `below` (<)."""

    low: int
    high: int
    comparison: str
    limit: Fraction

    @property
    def name(self) -> str:
        """The range as files print it: `7-9`."""
        return f"{self.low}-{self.high}"

    def holds(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` satisfies the limit, exactly. Of nobody nothing holds."""
        return whole > 0 and _COMPARE[self.comparison](part * self.limit.denominator, self.limit.numerator * whole)

    def least(self, whole: int) -> int:
        """The smallest number of people out of `whole` that this condition asks for."""
        limit = self.limit * whole
        return {"at_least": ceil(limit), "above": floor(limit) + 1}.get(self.comparison, 0)

    def most(self, whole: int) -> int:
        """The largest number of people out of `whole` that this condition allows."""
        limit = self.limit * whole
        return {"at_most": floor(limit), "below": ceil(limit) - 1}.get(self.comparison, whole)

    def in_people(self, whole: int) -> str:
        """`at least 3 must rate it 7-9`, `nobody may rate it 1-3`."""
        if self.comparison in ("at_least", "above"):
            return f"at least {self.least(whole)} must rate it {self.name}"
        most = max(0, self.most(whole))
        return f"nobody may rate it {self.name}" if most == 0 else f"at most {most} may rate it {self.name}"

    def words(self, ratings: Ratings, whole: int) -> str:
        """`7 of 8 rate it 7-9 (87.5 %; at least 70 % needed)`."""
        part = how_many(ratings, self.low, self.high)
        needed = f"{_WORDS[self.comparison]} {share_words(self.limit)}"
        return f"{part} of {whole} rate it {self.name} ({percent(Fraction(part, whole))}; {needed} needed)"


@dataclass(frozen=True)
class RatingShare:
    """`inside`: all of these must hold to be in; `outside`: all of these (at least one is named) to be out."""

    inside: tuple[Condition, ...]
    outside: tuple[Condition, ...] = ()
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
        """For if every condition of `in` holds, against if every condition of `out` holds, else open."""
        counts = rating_counts(votes, self.scale, seats)
        ratings = ratings_in(votes)
        whole = counts["counted"] + (counts[UNABLE] if self.unable == IN_DENOMINATOR else 0)
        middle = median(ratings)
        return Judgement(
            counts,
            {one.name: ratio(how_many(ratings, one.low, one.high), whole) for one in (*self.inside, *self.outside)},
            self._side(ratings, whole),
            self._why(ratings, whole),
            statistics={"median": None if middle is None else decimal_text(middle)},
        )

    def needs(self, seats: int) -> str:
        """The conditions of being in, and where a single rating is a veto."""
        conditions = " and ".join(one.in_people(seats) for one in self.inside)
        vetoes = [one.name for one in self.inside if one.comparison in ("at_most", "below") and one.most(seats) <= 0]
        warning = f" (a single rating of {' or '.join(vetoes)} is a veto here)" if vetoes else ""
        return f"if all {seats} rate it, {conditions}{warning}"

    def _side(self, ratings: Ratings, whole: int) -> Side:
        if all(one.holds(how_many(ratings, one.low, one.high), whole) for one in self.inside):
            return Side.FOR
        if self.outside and all(one.holds(how_many(ratings, one.low, one.high), whole) for one in self.outside):
            return Side.AGAINST
        return Side.OPEN

    def _why(self, ratings: Ratings, whole: int) -> str:
        if not whole:
            return "Nobody rated it."
        shown = self.outside if self._side(ratings, whole) is Side.AGAINST else self.inside
        lead = "Rejected: " if shown is self.outside else ""
        return lead + "; ".join(one.words(ratings, whole) for one in shown) + "."


def read_conditions(value: object, place: str, scale: Scale) -> tuple[Condition, ...]:
    """A list of conditions, each a range of the scale and one comparison."""
    return tuple(_read_condition(one, at(place, number), scale) for number, one in enumerate(sequence(value, place)))


def _read_condition(value: object, place: str, scale: Scale) -> Condition:
    read = fields(value, place, ("range",), COMPARISONS)
    given = [name for name in COMPARISONS if name in read]
    if len(given) != 1:
        refuse("missing_key", place, f"needs exactly one of {', '.join(COMPARISONS)}")
    low, high = read_range(read["range"], at(place, "range"), scale)
    return Condition(low, high, given[0], share(read[given[0]], at(place, given[0])))


def read_range(value: object, place: str, scale: Scale) -> tuple[int, int]:
    """A range `[from, to]` of ratings on the scale."""
    ends = sequence(value, place)
    if len(ends) != 2:
        refuse("wrong_type", place, "must be [from, to]")
    low, high = (integer(end, at(place, number), scale.low, scale.high) for number, end in enumerate(ends))
    if low > high:
        refuse("out_of_range", place, "'from' must not be above 'to'")
    return low, high
