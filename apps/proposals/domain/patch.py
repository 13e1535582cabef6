"""Patches of fields: what a proposal or an offer would change, where several of them meet, and how accepted ones are
merged.

A patch maps fields to their new values; None clears a field. The unit of agreement is the field: two patches collide
where they give one field different values, and nowhere else. So accepted offers that do not collide give one result in
any order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.common.errors import Conflict

Patch = Mapping[str, Any]


@dataclass(frozen=True)
class Collision:
    """A field to which several patches give different values: the value by the name of its patch."""

    field: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Accepted:
    """An accepted offer: its id, and what was taken of it."""

    offer: str
    patch: Patch


@dataclass(frozen=True)
class Merged:
    """The patch after merging, and for each field an offer changed, the offers it came from (several may ask it)."""

    patch: Mapping[str, Any]
    origins: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Clash:
    """A field that two sides changed from the same base to different values; None: cleared or missing."""

    field: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class ThreeWay:
    """The fields on which there is no doubt, and those somebody has to choose; until then `merged` has theirs."""

    merged: Mapping[str, Any]
    clashes: tuple[Clash, ...]


def apply(fields: Mapping[str, Any], patch: Patch) -> dict[str, Any]:
    """The fields as they stand after the patch."""
    return {key: value for key, value in {**fields, **patch}.items() if value is not None}


def touches(base: Mapping[str, Any], patch: Patch) -> set[str]:
    """The fields a patch really changes; giving a field the value it has changes nothing."""
    return {key for key, value in patch.items() if base.get(key) != value}


def between(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The smallest patch that leads from `old` to `new`."""
    keys = [*new, *(key for key in old if key not in new)]
    return {key: new.get(key) for key in keys if old.get(key) != new.get(key)}


def collisions(patches: Mapping[str, Patch]) -> list[Collision]:
    """Every field on which these patches, by name, do not agree; fields in the order of their names."""
    wanted: dict[str, dict[str, Any]] = {}
    for name, patch in patches.items():
        for field, value in patch.items():
            wanted.setdefault(field, {})[name] = value
    return [Collision(field, wanted[field]) for field in sorted(wanted) if _differ(wanted[field].values())]


def merge(base: Patch, accepted: Sequence[Accepted]) -> Merged:
    """The proposal's patch with all accepted offers in it. Raises `Conflict` (patch.collision) naming the fields."""
    clashing = collisions({each.offer: each.patch for each in accepted})
    if clashing:
        faults = {each.field: f"{len(each.values)} offers ask for different values" for each in clashing}
        raise Conflict("patch.collision", f"These offers do not go together: {', '.join(faults)}.", faults)
    patch, origins = dict(base), dict[str, tuple[str, ...]]()
    for each in sorted(accepted, key=lambda one: one.offer):
        patch |= each.patch
        for field in each.patch:
            origins[field] = (*origins.get(field, ()), each.offer)
    return Merged(patch, origins)


def three_way(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> ThreeWay:
    """Joins two changes of the same base, field by field: whole field sets in, for a form that has gone stale."""
    to_theirs, to_mine = between(base, theirs), between(base, mine)
    both = sorted(to_theirs.keys() & to_mine.keys())
    clashes = [
        Clash(key, base.get(key), to_theirs[key], to_mine[key]) for key in both if to_theirs[key] != to_mine[key]
    ]
    return ThreeWay(apply(base, {**to_mine, **to_theirs}), tuple(clashes))


def _differ(values: Iterable[Any]) -> bool:
    first, *others = values
    return any(value != first for value in others)
