"""What somebody is about to suggest, beside what others have suggested already: the same, the contrary, or much alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from apps.proposals.domain.patch import Patch

ALIKE = Fraction(1, 2)
"""From this share of shared words on, two titles are shown as alike. Short words do not count."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d+")


@dataclass(frozen=True)
class Near:
    """Another suggestion, by its name: the fields in which it wants the same, and those in which it wants something else."""

    name: str
    same: tuple[str, ...]
    differs: tuple[str, ...]


def near(patch: Patch, others: Mapping[str, Patch]) -> list[Near]:
    """The other patches that give a value to one of the fields of `patch`; those that want most of the same come first."""
    found = [_near(name, patch, other) for name, other in others.items()]
    touching = [one for one in found if one.same or one.differs]
    return sorted(touching, key=lambda one: (-len(one.same), len(one.differs), one.name))


def likeness(one: str, other: str) -> Fraction:
    """The share of words that two lines have in common, of all words in either: 0 to 1."""
    mine, theirs = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    both = mine | theirs
    return Fraction(len(mine & theirs), len(both)) if both else Fraction(0)


def alike(line: str, others: Mapping[str, str]) -> list[str]:
    """The names of the lines that are much like this one, the likest first."""
    measured = {name: likeness(line, other) for name, other in others.items()}
    return sorted((name for name in measured if measured[name] >= ALIKE), key=lambda name: (-measured[name], name))


def _near(name: str, patch: Patch, other: Patch) -> Near:
    shared = sorted(patch.keys() & other.keys())
    same = tuple(key for key in shared if patch[key] == other[key])
    return Near(name, same, tuple(key for key in shared if key not in same))
