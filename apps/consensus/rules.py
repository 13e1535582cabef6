"""What a decision rule is: a method, a quorum, the groups that decide and how their answers are put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

ABSTAIN = "abstain"
UNABLE = "unable"


class Outcome(StrEnum):
    """What a rule makes of the ballots on one item."""

    INQUORATE = "inquorate"
    BLOCKED = "blocked"
    NOT_AGREED = "not_agreed"
    UNDECIDED = "undecided"
    AGREED_WITH_RESERVATIONS = "agreed_with_reservations"
    AGREED = "agreed"


class Side(StrEnum):
    """Where a method finds a body of voters: for the item, against it, or neither."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"


@dataclass(frozen=True)
class Judgement:
    """What a method makes of one body of voters (a group, or all together).

    `support` is (supporters, all who count), the share that `weighted` looks at; `statistics` are ready for JSON.
    """

    counts: dict[str, int]
    shares: dict[str, Fraction | None]
    side: Side
    why: str
    support: tuple[int, int] = (0, 0)
    statistics: dict[str, object] = field(default_factory=dict)


class Method(Protocol):
    """How the ballots of one body of voters are read. Votes map a canonical choice to the number of ballots with it."""

    @property
    def kind(self) -> str:
        """The name of the method in rule.json."""

    def choices(self) -> tuple[str, ...]:
        """What a voter may choose from, in the order of a ballot form."""

    def canonical(self, choice: str) -> str:
        """The one spelling of a choice found in a ballots file; `Invalid` (`ballot.unknown_choice`) if there is no such choice."""

    def judge(self, votes: Mapping[str, int], seats: int) -> Judgement:
        """What these votes of a body with so many seats amount to."""

    def needs(self, seats: int) -> str:
        """What a body of so many, all voting, must do to be for it, in numbers of people."""


@dataclass(frozen=True)
class Quorum:
    """The least share of entitled seats that must take part (abstentions take part)."""

    share: Fraction
    of: str = "entitled"

    def met(self, present: int, seats: int) -> bool:
        """Whether so many present are enough. Nobody is never enough."""
        return present > 0 and present >= self.share * seats


@dataclass(frozen=True)
class Composition:
    """How the groups' answers become one: `all`, `at_least` n, `pooled` (persons together), or `weighted` (both shares reached)."""

    kind: str
    n: int = 0
    pooled: Fraction = Fraction(0)
    each: Fraction = Fraction(0)


@dataclass(frozen=True)
class Override:
    """What differs for one group; None where nothing does."""

    quorum: Quorum | None = None
    method: Method | None = None


@dataclass(frozen=True)
class Rule:
    """A decision rule, read from a rule.json of version 1. `hash` identifies the document as it was given."""

    method: Method
    deciding: tuple[str, ...]
    composition: Composition
    quorum: Quorum | None
    absent: str
    overrides: Mapping[str, Override]
    hash: str
    document: Mapping[str, object]

    @property
    def kind(self) -> str:
        """The method's name, such as `majority`."""
        return self.method.kind

    @property
    def alternatives(self) -> tuple[str, ...]:
        """What is chosen from; empty where the question is yes or no, or a rating."""
        return tuple(getattr(self.method, "alternatives", ()))

    @property
    def is_selection(self) -> bool:
        """Whether ballots name alternatives."""
        return bool(self.alternatives)

    @property
    def pooled(self) -> bool:
        """Whether persons are counted together, over the heads of groups."""
        return self.composition.kind == "pooled"

    def method_for(self, group: str) -> Method:
        """The method as it applies inside `group`."""
        override = self.overrides.get(group)
        return override.method if override and override.method else self.method

    def quorum_for(self, group: str) -> Quorum | None:
        """The quorum of `group`: its own if it has one; under `pooled` the general quorum is that of all together."""
        override = self.overrides.get(group)
        if override and override.quorum:
            return override.quorum
        return None if self.pooled else self.quorum
