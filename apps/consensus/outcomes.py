"""From what each group says to one outcome. The first that applies of: inquorate, blocked, not agreed, undecided,
agreed with reservations, agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from apps.consensus.methods import consensus, consent
from apps.consensus.methods.consensus import Consensus
from apps.consensus.methods.consent import Consent
from apps.consensus.methods.ram import Ram
from apps.consensus.methods.selection import Selection
from apps.consensus.methods.shares_of_ratings import RatingShare
from apps.consensus.rules import Judgement, Outcome, Rule, Side


@dataclass(frozen=True)
class Standing:
    """One deciding group on one item.

    `side` is what the composition sees; `counts_in` is false for an absent group that the rule leaves out.
    """

    judgement: Judgement
    side: Side
    quorate: bool
    counts_in: bool = True

    @property
    def present(self) -> int:
        """How many of the group took part."""
        return self.judgement.counts["present"]

    @property
    def concurs(self) -> bool:
        """Whether the group is for it, with its quorum."""
        return self.side is Side.FOR


@dataclass(frozen=True)
class Assembly:
    """Everybody on one item: the deciding groups by name, and all persons as one body (`seats` entitled in all)."""

    rule: Rule
    groups: Mapping[str, Standing]
    together: Judgement
    seats: int

    def counted(self) -> dict[str, Standing]:
        """The groups the composition looks at."""
        return {name: standing for name, standing in self.groups.items() if standing.counts_in}

    def quorate(self) -> bool:
        """Whether enough quorate groups remain for the composition; under `pooled` whether enough persons took part."""
        if self.rule.pooled:
            quorum = self.rule.quorum
            return quorum is None or quorum.met(self.together.counts["present"], self.seats)
        counted = self.counted().values()
        enough = sum(standing.quorate for standing in counted)
        return enough > 0 and enough >= (self.rule.composition.n or len(counted))

    def holds(self, side: Side) -> bool:
        """Whether the composition finds this side."""
        composition = self.rule.composition
        if composition.kind == "pooled":
            return self.together.side is side
        counted = self.counted().values()
        on_side = sum(standing.side is side for standing in counted)
        if composition.kind == "at_least":
            return on_side >= composition.n
        enough = composition.kind == "all" or supported(self.together, composition.pooled)
        return enough and 0 < on_side == len(counted)

    def total(self, word: str) -> int:
        """Ballots of one kind over all who decide: the deciding groups, or everybody under `pooled`."""
        if self.rule.pooled:
            return self.together.counts[word]
        return sum(standing.judgement.counts[word] for standing in self.groups.values())


def supported(judgement: Judgement, least: Fraction) -> bool:
    """Whether at least this share of a body supports it. A body without a supporter never does."""
    part, whole = judgement.support
    return part > 0 and part >= least * whole


def outcome(assembly: Assembly) -> Outcome:
    """What the rule makes of the item."""
    if not assembly.quorate():
        return Outcome.INQUORATE
    method = assembly.rule.method
    if isinstance(method, Consensus):
        return _consensus(assembly, method)
    if isinstance(method, RatingShare | Ram):
        return _three_way(assembly)
    if isinstance(method, Selection) and assembly.together.side is Side.OPEN:
        return Outcome.UNDECIDED
    if assembly.holds(Side.FOR):
        return Outcome.AGREED
    if isinstance(method, Consent) and assembly.total(consent.OBJECT):
        return Outcome.BLOCKED
    return Outcome.NOT_AGREED


def _consensus(assembly: Assembly, method: Consensus) -> Outcome:
    if method.too_many_blocks(assembly.total(consensus.BLOCK)):
        return Outcome.BLOCKED
    stand_asides = assembly.total(consensus.STAND_ASIDE)
    if method.too_many_stand_asides(stand_asides, assembly.total("cast")) or not assembly.holds(Side.FOR):
        return Outcome.NOT_AGREED
    return Outcome.AGREED_WITH_RESERVATIONS if stand_asides else Outcome.AGREED


def _three_way(assembly: Assembly) -> Outcome:
    if assembly.holds(Side.AGAINST):
        return Outcome.NOT_AGREED
    return Outcome.AGREED if assembly.holds(Side.FOR) else Outcome.UNDECIDED
