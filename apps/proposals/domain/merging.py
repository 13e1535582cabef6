"""Taking offers of change into a proposal: what would overwrite an earlier one, and what several answers give together.

An offer is written on a version of the proposal. What was taken of other offers since then its author could not know; to
put another value in its place without a word would be to take something back silently. A value its author did know is a
different matter: who builds on it means it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.common.errors import Conflict
from apps.proposals.domain.patch import Accepted, Patch, merge


@dataclass(frozen=True)
class Taken:
    """What was taken of an offer, and the number of the version that has it first."""

    offer: str
    number: int
    patch: Patch


@dataclass(frozen=True)
class Asked:
    """An offer about to be taken: as it was written, on which version, and what is to be taken of it."""

    offer: str
    on_number: int
    patch: Patch
    take: Patch


@dataclass(frozen=True)
class Waiting:
    """An offer that nobody has answered: on which version it was written, and what it wants."""

    offer: str
    on_number: int
    patch: Patch


@dataclass(frozen=True)
class Wanted:
    """What one waiting offer wants in a field; `replaces` is the earlier offer whose wording it would silently replace."""

    offer: str
    value: Any
    replaces: str = ""


@dataclass(frozen=True)
class Row:
    """One field of the merge table: the value in the proposal's patch, the offers it came from, what is wanted of it."""

    field: str
    stands: Any
    origins: tuple[str, ...]
    wanted: tuple[Wanted, ...]

    @property
    def collides(self) -> bool:
        """Whether the waiting offers want different things here."""
        return any(one.value != self.wanted[0].value for one in self.wanted)


@dataclass(frozen=True)
class Overwrite:
    """A field in which an offer would replace what stands because of an earlier one."""

    field: str
    offer: str
    stands: Any
    wanted: Any


def overwrites(current: Patch, taken: Iterable[Taken], patch: Patch, on_number: int) -> list[Overwrite]:
    """The fields in which `patch`, written on version `on_number`, would replace what was taken of other offers since.

    `current` is the proposal's patch as it stands: what has been changed again meanwhile is not defended any more.
    """
    found: dict[str, Overwrite] = {}
    for earlier in sorted(taken, key=lambda one: (one.number, one.offer)):
        if earlier.number <= on_number:
            continue
        for field, value in earlier.patch.items():
            if field in patch and current.get(field) == value != patch[field]:
                found[field] = Overwrite(field, earlier.offer, value, patch[field])
    return [found[field] for field in sorted(found)]


def take(current: Patch, taken: Iterable[Taken], asked: Sequence[Asked]) -> dict[str, Any]:
    """The proposal's patch with all of these taken into it, whatever their order.

    Raises `Conflict` (patch.collision) naming the fields where one would silently replace an earlier one, or where two of
    them ask for different values. Taken in modified form, with a value of its own, an offer settles a collision.
    """
    earlier = list(taken)
    faults: dict[str, str] = {}
    for one in asked:
        for found in overwrites(current, earlier, one.patch, one.on_number):
            if one.take.get(found.field, found.stands) == found.wanted:
                faults[found.field] = "an offer taken before gives it another value"
    if faults:
        raise Conflict("patch.collision", _sentence(faults), faults)
    return dict(merge(current, [Accepted(one.offer, one.take) for one in asked]).patch)


def table(current: Patch, taken: Sequence[Taken], waiting: Sequence[Waiting]) -> list[Row]:
    """The merge table: every field that a waiting offer touches, by name, with the offers in the order given."""
    came = origins(current, taken)
    replaced = {
        (one.offer, found.field): found.offer
        for one in waiting
        for found in overwrites(current, taken, one.patch, one.on_number)
    }
    return [
        Row(
            field,
            current.get(field),
            came.get(field, ()),
            tuple(
                Wanted(one.offer, one.patch[field], replaced.get((one.offer, field), ""))
                for one in waiting
                if field in one.patch
            ),
        )
        for field in sorted({field for one in waiting for field in one.patch})
    ]


def origins(current: Patch, taken: Iterable[Taken]) -> dict[str, tuple[str, ...]]:
    """For each field that stands as an offer asked it, the offers it came from, the earliest first."""
    found: dict[str, tuple[str, ...]] = {}
    for one in sorted(taken, key=lambda each: (each.number, each.offer)):
        for field, value in one.patch.items():
            if current.get(field) == value:
                found[field] = (*found.get(field, ()), one.offer)
    return found


def _sentence(faults: Mapping[str, str]) -> str:
    return (
        f"This offer gives {', '.join(faults)} another value than one taken since it was written. "
        "Take it in another form that does justice to both, or do not take it."
    )
