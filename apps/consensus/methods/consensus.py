"""Consensus: consent, stand aside or block; adopted when blocks and stand-asides stay within limits and enough actively consent.

Source: consensus-minus-n as practised in co-operatives. Blocks and stand-asides are counted over all deciding groups,
active consent inside each of them, both of those who cast a choice. Nobody consenting is never consensus.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from apps.consensus.documents import at, fields, integer, share
from apps.consensus.methods.words import canonical_word, head_count
from apps.consensus.rules import ABSTAIN, Judgement, Side
from apps.consensus.shares import ratio, share_words

CONSENT, STAND_ASIDE, BLOCK = "consent", "stand_aside", "block"
WORDS = (CONSENT, STAND_ASIDE, BLOCK, ABSTAIN)
MANY = 10**9


@dataclass(frozen=True)
class Consensus:
    """At most `blocks` blocks, at most this share of stand-asides (None: any), at least this share of active consent."""

    blocks: int = 0
    stand_asides: Fraction | None = None
    active: Fraction = Fraction(1, 2)
    kind: str = "consensus"

    def choices(self) -> tuple[str, ...]:
        """Consent, stand aside, block, abstain."""
        return WORDS

    def canonical(self, choice: str) -> str:
        """One of the four words; blank is abstain."""
        return canonical_word(choice, WORDS)

    def judge(self, votes: Mapping[str, int], seats: int) -> Judgement:
        """For if the group alone stays within the blocks and enough of it consents."""
        counts = head_count(votes, WORDS, seats)
        whole = counts["cast"]
        enough = counts[CONSENT] > 0 and counts[CONSENT] >= self.active * whole
        side = Side.FOR if enough and counts[BLOCK] <= self.blocks else Side.AGAINST
        shares = {word: ratio(counts[word], whole) for word in (CONSENT, STAND_ASIDE, BLOCK)}
        return Judgement(counts, shares, side, self._why(counts, enough), (counts[CONSENT], whole))

    def needs(self, seats: int) -> str:
        """The smallest number of active consent."""
        return f"if all {seats} answer, at least {max(1, ceil(self.active * seats))} must actively consent"

    def _why(self, counts: dict[str, int], enough: bool) -> str:
        needed = f"at least {share_words(self.active)}" if self.active else "at least one"
        return (
            f"{counts[CONSENT]} consent, {counts[STAND_ASIDE]} stand aside, {counts[BLOCK]} block, {counts[ABSTAIN]} abstained: "
            f"{counts[CONSENT]} of {counts['cast']} consent actively, {needed} needed{'' if enough else ', which is not reached'}."
        )

    def too_many_blocks(self, blocks: int) -> bool:
        """Whether so many blocks, over all who decide, stop it."""
        return blocks > self.blocks

    def too_many_stand_asides(self, stand_asides: int, cast: int) -> bool:
        """Whether so many stand-asides of so many cast, over all who decide, are beyond the limit."""
        return self.stand_asides is not None and stand_asides > self.stand_asides * cast


def read_consensus(document: dict[str, object], place: str) -> Consensus:
    """The method from its part of the rule."""
    read = fields(document, place, ("kind",), ("blocks", "stand_asides", "active"))
    limit = read.get("stand_asides")
    return Consensus(
        integer(read.get("blocks", 0), at(place, "blocks"), 0, MANY),
        None if limit is None else share(limit, at(place, "stand_asides")),
        share(read.get("active", "1/2"), at(place, "active")),
    )
