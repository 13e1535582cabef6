"""How the head of a log is locked, and how entries get behind it: one statement each, however many the entries are."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from apps.common.sql import run
from apps.record.domain.tree import Frontier, Node
from apps.record.models import Log

LOCK = """
SELECT id, name, demo, paused, size, frontier, last_at FROM record_log WHERE id = %s FOR NO KEY UPDATE
"""
APPEND = """
WITH entries AS (
    INSERT INTO record_entry (log_id, seq, at, type, subjects, body, leaf)
    SELECT %(log)s, %(size)s + place - 1, %(at)s, type, subjects::uuid[], body, leaf
    FROM unnest(%(types)b::text[], %(subjects)b::text[], %(bodies)b::bytea[], %(leaves)b::bytea[])
        WITH ORDINALITY AS new (type, subjects, body, leaf, place)
), nodes AS (
    INSERT INTO record_node (log_id, level, index, hash)
    SELECT %(log)s, level, index, hash
    FROM unnest(%(levels)b::int[], %(indexes)b::bigint[], %(hashes)b::bytea[]) AS new (level, index, hash)
)
UPDATE record_log SET size = %(new_size)s, frontier = %(frontier)s, last_at = %(at)s WHERE id = %(log)s
"""
Row = tuple[str, Sequence[UUID], bytes, bytes]
"""Type, subjects, canonical bytes and leaf hash of an entry."""


def lock_head(log: UUID) -> Log:
    """The head of a log, locked until the transaction ends."""
    found = run(LOCK, [log]).fetchone()
    if found is None:
        raise Log.DoesNotExist(log)
    id, name, demo, paused, size, frontier, last_at = found
    return Log(id=id, name=name, demo=demo, paused=paused, size=size, frontier=frontier, last_at=last_at)


def append(log: Log, at: datetime, rows: Sequence[Row], frontier: Frontier, nodes: Sequence[Node]) -> None:
    """Write new entries behind the locked head `log`, the inner nodes they complete, and the new head."""
    types, subjects, bodies, leaves = zip(*rows, strict=True)
    levels, indexes, hashes = zip(*nodes, strict=True) if nodes else ((), (), ())
    edge = b"".join(frontier.hashes)
    run(
        APPEND,
        {
            "log": log.id,
            "size": log.size,
            "at": at,
            "types": list(types),
            "subjects": ["{" + ",".join(map(str, about)) + "}" for about in subjects],
            "bodies": list(bodies),
            "leaves": list(leaves),
            "levels": list(levels),
            "indexes": list(indexes),
            "hashes": list(hashes),
            "new_size": frontier.size,
            "frontier": edge,
        },
    )
    log.size, log.frontier, log.last_at = frontier.size, edge, at
