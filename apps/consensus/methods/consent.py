"""Consent: good enough for now, safe enough to try. Adopted when no valid objection stands.

Source: sociocracy (Endenburg; Villines): an objection is argued and may be ruled invalid in a consent round without the objector;
such an objection arrives as `overruled`. Silence is not consent: somebody must consent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.consensus.documents import fields
from apps.consensus.methods.words import canonical_word, head_count
from apps.consensus.rules import ABSTAIN, Judgement, Side
from apps.consensus.shares import ratio

CONSENT, OBJECT, OVERRULED = "consent", "object", "overruled"
WORDS = (CONSENT, OBJECT, OVERRULED, ABSTAIN)


@dataclass(frozen=True)
class Consent:
    """Consent, object, abstain; no parameters."""

    kind: str = "consent"

    def choices(self) -> tuple[str, ...]:
        """What a voter may say: `overruled` is a ruling, not a choice."""
        return CONSENT, OBJECT, ABSTAIN

    def canonical(self, choice: str) -> str:
        """One of the words a ballots file may hold; blank is abstain."""
        return canonical_word(choice, WORDS)

    def judge(self, votes: Mapping[str, int], seats: int) -> Judgement:
        """For if no objection stands and at least one voter consents."""
        counts = head_count(votes, WORDS, seats)
        side = Side.FOR if counts[CONSENT] and not counts[OBJECT] else Side.AGAINST
        shares = {word: ratio(counts[word], counts["cast"]) for word in (CONSENT, OBJECT)}
        return Judgement(counts, shares, side, self._why(counts), (counts[CONSENT], counts["cast"]))

    def needs(self, seats: int) -> str:
        """Nobody objects, somebody consents."""
        return "no objection may stand, and at least one must consent"

    def _why(self, counts: dict[str, int]) -> str:
        if counts[OBJECT]:
            standing = f"{counts[OBJECT]} objection{'s' if counts[OBJECT] > 1 else ''} standing"
        else:
            standing = "no objection standing" if counts[CONSENT] else "no objection, but nobody consents"
        ruled = f", {counts[OVERRULED]} ruled invalid" if counts[OVERRULED] else ""
        return f"{counts[CONSENT]} consent, {counts[ABSTAIN]} abstained{ruled}: {standing}."


def read_consent(document: dict[str, object], place: str) -> Consent:
    """The method from its part of the rule."""
    fields(document, place, ("kind",))
    return Consent()
