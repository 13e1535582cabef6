"""How the head of a log is locked, and how entries get behind it: one statement each, however many the entries are."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from apps.common.sql import Answer, Batch, batch
from apps.record.domain.tree import Frontier, Node
from apps.record.models import Log

LOCK = """
SELECT id, name, demo, paused, size, frontier, last_at FROM record_log WHERE id = $1 FOR NO KEY UPDATE
"""
APPEND = """
WITH entries AS (
    INSERT INTO record_entry (log_id, seq, at, type, subjects, body, leaf)
    SELECT $1, $2::bigint + place - 1, $3, type, subjects::uuid[], body, leaf
    FROM unnest($4::text[], $5::text[], $6::bytea[], $7::bytea[])
        WITH ORDINALITY AS new (type, subjects, body, leaf, place)
), nodes AS (
    INSERT INTO record_node (log_id, level, index, hash)
    SELECT $1, level, index, hash FROM unnest($8::bigint[], $9::bigint[], $10::bytea[]) AS new (level, index, hash)
)
UPDATE record_log SET size = $11, frontier = $12, last_at = $3 WHERE id = $1
"""
Row = tuple[str, Sequence[UUID], bytes, bytes]
"""Type, subjects, canonical bytes and leaf hash of an entry."""


def lock_head(log: UUID) -> Log:
    """The head of a log, locked until the transaction ends."""
    with batch() as b:
        answer = ask_for_head(b, log)
    return head(log, answer)


def ask_for_head(b: Batch, log: UUID) -> Answer:
    """Lock the head of a log; after the trip the answer is there for `head`."""
    return b.send(LOCK, [log])


def head(log: UUID, answer: Answer) -> Log:
    """The head that was asked for. Raises `Log.DoesNotExist`."""
    if answer.row is None:
        raise Log.DoesNotExist(log)
    id, name, demo, paused, size, frontier, last_at = answer.row
    return Log(id=id, name=name, demo=demo, paused=paused, size=size, frontier=frontier, last_at=last_at)


def append(b: Batch, log: Log, at: datetime, rows: Sequence[Row], frontier: Frontier, nodes: Sequence[Node]) -> None:
    """Write new entries behind the locked head `log`, the inner nodes they complete, and the new head."""
    types, subjects, bodies, leaves = zip(*rows, strict=True)
    levels, indexes, hashes = zip(*nodes, strict=True) if nodes else ((), (), ())
    about = ["{" + ",".join(map(str, each)) + "}" for each in subjects]
    edge = b"".join(frontier.hashes)
    columns = [*map(list, (types, about, bodies, leaves, levels, indexes, hashes))]
    b.send(APPEND, [log.id, log.size, at, *columns, frontier.size, edge])
    log.size, log.frontier, log.last_at = frontier.size, edge, at
