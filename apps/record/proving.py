"""Proofs from stored nodes: one query each, whatever the size of the log."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from apps.common.errors import NotFound
from apps.common.sql import run
from apps.record.domain.batch import BatchProof
from apps.record.domain.tree import GetNode, consistency_proof, inclusion_proof, root_at
from apps.record.models import Log

T = TypeVar("T")
Place = tuple[int, int]

_HASHES = """
SELECT level, index, hash FROM record_node
JOIN unnest($1::bigint[], $2::bigint[]) AS wanted(level, index) USING (level, index) WHERE log_id = $3
UNION ALL
SELECT 0, seq, leaf FROM record_entry WHERE log_id = $3 AND seq = ANY($4::bigint[])
"""


def inclusion(log: UUID, seq: int, size: int | None = None) -> list[bytes]:
    """The hashes that lead from an entry to the root of the log at `size` (none: as it stands)."""
    at = _within(log, size)
    return _proved(log, lambda node: inclusion_proof(seq, at, node))


def consistency(log: UUID, old: int, new: int) -> list[bytes]:
    """The hashes that show that the log at size `old` is the beginning of the log at size `new`."""
    return _proved(log, lambda node: consistency_proof(old, _within(log, new), node))


def consistencies(log: UUID, olds: Sequence[int], new: int) -> list[list[bytes]]:
    """The same for several older sizes at once."""
    return _proved(log, lambda node: [consistency_proof(old, new, node) for old in olds])


def batch(log: UUID, indexes: Sequence[int], size: int) -> BatchProof:
    """One proof for many entries (numbers ascending), at `size`."""
    return _proved(log, lambda node: BatchProof.of(indexes, size, node))


def inclusions(log: UUID, indexes: Sequence[int], size: int) -> list[list[bytes]]:
    """Inclusion proofs of several entries at `size`."""
    return _proved(log, lambda node: [inclusion_proof(index, size, node) for index in indexes])


def root(log: UUID, size: int) -> bytes:
    """The root of a log when it had `size` entries, from stored nodes."""
    return _proved(log, lambda node: root_at(size, node))


def _proved(log: UUID, prove: Callable[[GetNode], T]) -> T:
    """Runs a proof twice: first to learn which hashes it asks for, then, when all have been read at once, with them."""
    wanted: dict[Place, bytes] = {}
    prove(lambda level, index: wanted.setdefault((level, index), bytes(32)))
    hashes = _read(log, list(wanted))
    return prove(lambda level, index: hashes[level, index])


def _read(log: UUID, places: Sequence[Place]) -> dict[Place, bytes]:
    inner = [place for place in places if place[0]]
    levels, indexes = [level for level, _ in inner], [index for _, index in inner]
    leaves = [index for level, index in places if not level]
    rows = run(_HASHES, [levels, indexes, log, leaves])
    found: dict[Place, bytes] = {(level, index): value for level, index, value in rows}
    if len(found) < len(places):
        raise NotFound("proof.impossible", "Hashes that this proof needs are not there. Verify the record.")
    return found


def _within(log: UUID, size: int | None) -> int:
    known = Log.objects.values_list("size", flat=True).get(id=log)
    return known if size is None else min(size, known)
