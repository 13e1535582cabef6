"""The Merkle tree over a log's entries: RFC 6962 section 2.1 and RFC 9162 section 2.1, with SHA-256.

A node is named (level, index): it covers the leaves index * 2^level up to (index + 1) * 2^level; level 0 is the leaves.
Only complete nodes are ever stored. They never change, so a proof for any size, old or new, is read from the same rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from apps.common.errors import Invalid

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()

GetNode = Callable[[int, int], bytes]
"""Gives the hash of the complete node (level, index); (0, n) is the hash of leaf n."""
Node = tuple[int, int, bytes]
"""Level, index and hash of a complete node."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of a zero byte and the entry's bytes."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of a one byte and both children."""
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Iterable[bytes]) -> bytes:
    """The root over leaf hashes. Roots of equal subtrees of a power of two work too (the last may be smaller), so that
    parts of a large log can be hashed apart and joined.
    """
    level = list(hashes)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        # The odd one at the end goes up unhashed: the same shape as splitting at the largest power of two.
        rest = level[-1:] if len(level) % 2 else []
        level = [
            sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)
        ] + rest
    return level[0]


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that must be known of a log to append to it: its size and the roots of the complete subtrees on its right
    edge, largest first: one for each one-bit of the size. Raises `Invalid` where the two do not fit.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        fits = self.size >= 0 and len(self.hashes) == self.size.bit_count()
        if not fits or any(len(value) != HASH_SIZE for value in self.hashes):
            raise Invalid("frontier.malformed", f"A frontier of size {self.size} does not have these hashes.")

    def append(self, leaf_hashes: Iterable[bytes]) -> tuple["Frontier", list[Node]]:
        """The frontier after these leaves, and every inner node (level 1 and up) they complete, in the order of
        completion.
        """
        size, edge, nodes = self.size, list(self.hashes), list[Node]()
        for leaf in leaf_hashes:
            value, level, index = leaf, 0, size
            while index & 1:
                value = sha256(b"\x01" + edge.pop() + value).digest()
                level, index = level + 1, index >> 1
                nodes.append((level, index, value))
            edge.append(value)
            size += 1
        return Frontier(size, tuple(edge)), nodes

    def root(self) -> bytes:
        """The root of the log at this size."""
        return _join(self.hashes)


def frontier_at(size: int, get_node: GetNode) -> Frontier:
    """The frontier of a log when it had `size` leaves, from at most log2(size) + 1 reads."""
    return Frontier(size, tuple(get_node(level, index) for level, index in cover(0, size)))


def root_at(size: int, get_node: GetNode) -> bytes:
    """The root of a log when it had `size` leaves."""
    return _join([get_node(level, index) for level, index in cover(0, size)])


def inclusion_proof(index: int, size: int, get_node: GetNode) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root at `size` (RFC 9162 section 2.1.3.1), lowest first."""
    if not 0 <= index < size:
        raise Invalid("proof.impossible", f"There is no entry {index} in a log of {size}.")
    return subtree_inclusion_proof(index, 0, size, get_node)


def consistency_proof(old: int, new: int, get_node: GetNode) -> list[bytes]:
    """The hashes that show that the log of `old` leaves begins that of `new` (RFC 9162 section 2.1.4.1)."""
    if not 0 < old <= new:
        raise Invalid("proof.impossible", f"A log of {new} cannot be held against one of {old}.")
    return subtree_consistency_proof(0, old, new, get_node)


def subtree_inclusion_proof(index: int, start: int, end: int, get_node: GetNode) -> list[bytes]:
    """As `inclusion_proof`, for the subtree over the leaves start..end-1; `start` is a multiple of a power of two >=
    end - start.
    """
    proof = []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            proof.append(_range_hash(middle, end, get_node))
            end = middle
        else:
            proof.append(_range_hash(start, middle, get_node))
            start = middle
    return proof[::-1]


def subtree_consistency_proof(start: int, end: int, size: int, get_node: GetNode) -> list[bytes]:
    """The hashes that show that the subtree over start..end-1 is part of the log of `size` leaves (the subtree proof of
    draft-ietf-plants-merkle-tree-certs; with start 0 it is the consistency proof of RFC 9162).
    """
    if start == end:
        return []
    low, high, whole, proof = 0, size, True, list[bytes]()
    while (start, end) != (low, high):
        middle = low + split(high - low)
        if end <= middle:
            proof.append(_range_hash(middle, high, get_node))
            high = middle
        else:
            proof.append(_range_hash(low, middle, get_node))
            whole = whole and start >= middle
            low, start = middle, max(start, middle)
    if not whole:
        proof.append(_range_hash(low, high, get_node))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` leads from the leaf hash at `index` to the root of a log of `size` leaves (RFC 9162 section
    2.1.3.2).
    """
    if not 0 <= index < size or not _are_hashes([leaf, root, *proof]):
        return False
    position, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(sibling, value)
            position, last = _up_to_a_right_child(position, last)
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the log of `new` leaves begins with that of `old` (RFC 9162 section 2.1.4.2).

    An empty old log proves nothing, so `old` 0 is never consistent. Equal sizes need equal roots and an empty proof.
    """
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if not _are_hashes([old_root, new_root, *proof]):
        return False
    # A complete old tree is its own first node, and the proof leaves it out.
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(path) and _climb(old - 1, new - 1, path) == (old_root, new_root)


def _climb(position: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Old and new root as `path` gives them, or None where it is too long or too short."""
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            position, last = _up_to_a_right_child(position, last)
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return (old, new) if last == 0 else None


def _up_to_a_right_child(position: int, last: int) -> tuple[int, int]:
    """Skips the levels at which the node is the odd one at the end and goes up unhashed."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def split(count: int) -> int:
    """The largest power of two below `count` (at least 2)."""
    return 1 << ((count - 1).bit_length() - 1)


def cover(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete nodes over the leaves start..end-1, largest first; `start` is a multiple of a power of two >= end -
    start.
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def _range_hash(start: int, end: int, get_node: GetNode) -> bytes:
    return _join([get_node(level, index) for level, index in cover(start, end)])


def _join(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return EMPTY_ROOT
    value = hashes[-1]
    for left in reversed(hashes[:-1]):
        value = node_hash(left, value)
    return value


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_SIZE for value in values)
