"""One inclusion proof for many entries at once: the roots of everything that was left out.

A thousand neighbouring entries need a thousand proofs of twenty hashes each, or these few: the complete nodes that cover
the leaves in between. Together with the leaves they give the root, so nothing among the leaves can be other than it was.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from apps.common.errors import Invalid
from apps.record.domain.tree import EMPTY_ROOT, GetNode, cover, node_hash, split

Place = tuple[int, int]
"""Level and index of a complete node."""


def left_out(indexes: Sequence[int], size: int) -> list[Place]:
    """The complete nodes that must be known, from the left, to compute the root of `size` leaves from the leaves at
    `indexes` (ascending, each once, below `size`).
    """
    places: list[Place] = []

    def walk(start: int, end: int) -> None:
        first = bisect_left(indexes, start)
        if first == len(indexes) or indexes[first] >= end:
            places.extend(cover(start, end))
        elif end - start > 1:
            middle = start + split(end - start)
            walk(start, middle)
            walk(middle, end)

    walk(0, size)
    return places


@dataclass(frozen=True)
class BatchProof:
    """That certain entries stand in a log of `size`: the hashes of the complete nodes `left_out` names, in its order."""

    size: int
    hashes: tuple[bytes, ...]

    @classmethod
    def of(cls, indexes: Sequence[int], size: int, get_node: GetNode) -> "BatchProof":
        """The proof for the entries at `indexes`, from stored nodes."""
        return cls(size, tuple(get_node(level, index) for level, index in left_out(indexes, size)))

    def root(self, leaves: Mapping[int, bytes]) -> bytes:
        """The root that these leaf hashes (by index) lead to. Raises `Invalid` (proof.malformed) where the proof is for
        other entries.
        """
        indexes = sorted(leaves)
        if indexes and not 0 <= indexes[0] <= indexes[-1] < self.size:
            raise _malformed()
        if not self.size:
            return EMPTY_ROOT
        places = left_out(indexes, self.size)
        if len(places) != len(self.hashes) or any(len(value) != 32 for value in self.hashes):
            raise _malformed()
        known = dict(zip(places, self.hashes, strict=True))
        return _root(0, self.size, indexes, lambda index: leaves[index], known)


def _root(
    start: int, end: int, indexes: Sequence[int], leaf: Callable[[int], bytes], known: Mapping[Place, bytes]
) -> bytes:
    first = bisect_left(indexes, start)
    if first == len(indexes) or indexes[first] >= end:
        *larger, value = (known[place] for place in cover(start, end))
        for left in reversed(larger):
            value = node_hash(left, value)
        return value
    if end - start == 1:
        return leaf(start)
    middle = start + split(end - start)
    return node_hash(_root(start, middle, indexes, leaf, known), _root(middle, end, indexes, leaf, known))


def _malformed() -> Invalid:
    return Invalid("proof.malformed", "This proof is not one for these entries.")
