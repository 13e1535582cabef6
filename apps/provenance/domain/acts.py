"""The history of one element: who the groups were, and the acts that set, changed, confirmed or ended it.

A history is all that the scoring rule looks at. Its file format is described in docs/scoring-rule.md; its keys are the
fields here. Times are exact and in any linear unit (years, quarters, days).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

SETTING = frozenset({"adopt", "change", "impose", "set_outside", "inherited"})
TYPES = SETTING | {"confirm", "lapse", "retire"}


@dataclass(frozen=True)
class Offer:
    """What one group offered to change: on how many parts, and on how many of them it got something."""

    taken: int
    offered: int


@dataclass(frozen=True)
class Act:
    """One act on an element. `method`, `origin` and `timing` are None only where the type of act needs none.

    `entitled` are the groups that could have refused at the time. `entry` is the number of the entry in the record that
    the act comes from. The fields from `on` downwards are words for people: no figure depends on them.
    """

    t: Fraction
    type: str
    parts: tuple[str, ...]
    method: str | None
    origin: str | None
    timing: str | None
    entitled: tuple[str, ...]
    concurring: frozenset[str]
    objecting: frozenset[str]
    bound: frozenset[str]
    initiators: frozenset[str]
    offers: Mapping[str, Offer]
    window: bool
    binding: bool
    statutory: bool
    completeness: Fraction | None
    entry: int | None
    on: str | None
    by: str | None
    under: str | None
    asked_by: tuple[str, ...]
    backing: tuple[str, ...]

    @property
    def sets(self) -> bool:
        """Whether the act gives its parts new scores, rather than confirming or ending what is there."""
        return self.type in SETTING


@dataclass(frozen=True)
class History:
    """The acts on one element in the order in which they happened, up to the moment `until` at which it is read."""

    version: int
    id: str | None
    element: str
    groups: Mapping[str, str]
    until: Fraction
    acts: tuple[Act, ...]

    def of_kind(self, kinds: frozenset[str]) -> frozenset[str]:
        """The groups of the given kinds."""
        return frozenset(group for group, kind in self.groups.items() if kind in kinds)
