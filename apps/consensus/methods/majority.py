"""Majority: more (or at least) so much of those who count must be for it. A tie is not a yes.

Source: parliamentary practice; the boundary of a supermajority must be stated (Debian changed `more than` to `at least` in 2015).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from apps.consensus.documents import at, fields, flag, one_of, refuse, share
from apps.consensus.methods.words import canonical_word, head_count
from apps.consensus.rules import ABSTAIN, Judgement, Side
from apps.consensus.shares import ratio, share_words

FOR, AGAINST = "for", "against"
WORDS = (FOR, AGAINST, ABSTAIN)
BASES = ("cast", "present", "entitled")


@dataclass(frozen=True)
class Threshold:
    """The share that must be for it: `strict` means more than, otherwise at least; `of` names who counts."""

    share: Fraction = Fraction(1, 2)
    strict: bool = True
    of: str = "cast"

    def reached(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` is enough. Nobody in favour is never enough."""
        needed = self.share * whole
        return part > 0 and (part > needed if self.strict else part >= needed)

    def words(self) -> str:
        """`more than one half`, `at least two thirds`."""
        return f"{'more than' if self.strict else 'at least'} {share_words(self.share)}"

    def least(self, whole: int) -> int:
        """The smallest number of people out of `whole` that is enough."""
        needed = self.share * whole
        number = (
            needed.numerator // needed.denominator + 1 if self.strict else -(-needed.numerator // needed.denominator)
        )
        return max(1, number)


@dataclass(frozen=True)
class Majority:
    """For, against, abstain; one threshold."""

    threshold: Threshold = Threshold()
    kind: str = "majority"

    def choices(self) -> tuple[str, ...]:
        """For, against, abstain."""
        return WORDS

    def canonical(self, choice: str) -> str:
        """One of the three words; blank is abstain."""
        return canonical_word(choice, WORDS)

    def judge(self, votes: Mapping[str, int], seats: int) -> Judgement:
        """For if the threshold is reached, else against: what is not carried is lost."""
        counts = head_count(votes, WORDS, seats)
        whole = counts[self.threshold.of]
        reached = self.threshold.reached(counts[FOR], whole)
        shares = {word: ratio(counts[word], whole) for word in (FOR, AGAINST)}
        return Judgement(
            counts, shares, Side.FOR if reached else Side.AGAINST, self._why(counts, reached), (counts[FOR], whole)
        )

    def needs(self, seats: int) -> str:
        """The smallest number that carries it."""
        return f"if all {seats} vote, at least {self.threshold.least(seats)} must be for it"

    def _why(self, counts: dict[str, int], reached: bool) -> str:
        tie = " A tie is not a yes." if not reached and 0 < counts[FOR] == counts[AGAINST] else ""
        verb = "is" if reached else "is not"
        of = {"cast": "cast", "present": "present", "entitled": "entitled seats"}[self.threshold.of]
        return (
            f"{counts[FOR]} for, {counts[AGAINST]} against, {counts[ABSTAIN]} abstained: "
            f"{counts[FOR]} of {counts[self.threshold.of]} {of} {verb} {self.threshold.words()}.{tie}"
        )


def read_majority(document: dict[str, object], place: str) -> Majority:
    """The method from its part of the rule."""
    read = fields(document, place, ("kind",), ("threshold",))
    return Majority(read_threshold(read.get("threshold", {}), at(place, "threshold")))


def read_threshold(value: object, place: str) -> Threshold:
    """A threshold; what it leaves out is `more than 1/2 of the votes cast`."""
    read = fields(value, place, optional=("share", "strict", "of"))
    threshold = Threshold(
        share(read.get("share", "1/2"), at(place, "share")),
        flag(read.get("strict", True), at(place, "strict")),
        one_of(read.get("of", "cast"), at(place, "of"), BASES),
    )
    if threshold.strict and threshold.share == 1:
        refuse("out_of_range", at(place, "share"), "more than all of them is never reached; set strict to false")
    return threshold
