"""Reads one stretch of a log from its stored bytes and recomputes it: entries, leaves and the inner nodes above them.

A code path of its own: nothing here is used when entries are written. Some hundred entries come as one row of long byte
strings, because fetching them row by row would take longer than hashing; several processes can each take their own stretches.
"""

import re
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import orjson

from apps.common.sql import run

LEVELS = 13
STRETCH = 1 << LEVELS
"""Entries that are read at once: the leaves below one node of level 13."""
BLOCK = 256
"""Entries that come as one row. Longer rows need memory that is new to both sides each time, which costs more than the reading."""
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MISSING = bytes(32)
SORTED = orjson.OPT_SORT_KEYS
WORDLESS = "ballot.cast "
"""Entries that speak of no text and are by far the most: they are not searched for references."""
ERASING = "text.erased "
fromisoformat = datetime.fromisoformat

_BLOCKS = """
SELECT low, block.* FROM generate_series($1::bigint, $2::bigint - 1, $3::bigint) AS low, LATERAL (
    SELECT count(*), string_agg(body, '\\x0a'::bytea), string_agg(leaf, ''::bytea), string_agg(timestamptz_send(at), ''::bytea),
        string_agg(type || ' ' || CASE cardinality(subjects) WHEN 1 THEN subjects[1]::text
            ELSE array_to_string(subjects, ',') END, E'\\n')
    FROM (SELECT * FROM record_entry
        WHERE log_id = $4 AND seq >= low AND seq < least(low + $3, $2) ORDER BY seq) AS rows_here
) AS block
"""
_PLACES = """
SELECT string_agg(int8send(seq), ''::bytea), string_agg(body, ''::bytea), string_agg(int4send(octet_length(body)), ''::bytea)
FROM (SELECT * FROM record_entry WHERE log_id = $1 AND seq >= $2 AND seq < $3 ORDER BY seq) AS rows_here
"""
_NODES = """
SELECT level, hashes FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS wanted(level, low, high), LATERAL (
    SELECT string_agg(hash, ''::bytea) AS hashes FROM (SELECT hash FROM record_node AS node
        WHERE log_id = $4 AND node.level = wanted.level AND index >= low AND index < high ORDER BY index) AS rows_here
) AS stored
"""
_REF = re.compile(rb'\{"sha256":"([0-9a-f]{64})","text":"([0-9a-f-]{36})"\}')
_REF_BEGINS = b'{"sha256":"'


@dataclass
class Swept:
    """What a stretch gave: the node above it (None where it is not full), the frontier at its end and at wanted sizes
    (as hashes below the stretch's node, largest first), the texts its entries name, and findings as (where, what).
    """

    first: int
    node: bytes | None = None
    edges: dict[int, list[bytes]] = field(default_factory=dict)
    texts: list[tuple[str, str, int]] = field(default_factory=list)
    erased: dict[str, int] = field(default_factory=dict)
    findings: list[tuple[str, str]] = field(default_factory=list)
    last_at: str = ""
    first_at: str = ""


@dataclass(frozen=True)
class _Block:
    """Neighbouring rows, column by column: those there are from `first` up to (not including) `end`."""

    first: int
    end: int
    seqs: Sequence[int] = ()
    bodies: Sequence[bytes] = ()
    leaves: bytes = b""
    marks: str = ""
    """Of each row a line: the type, a space, and the subjects with commas between them."""
    times: Sequence[int] = ()

    @property
    def is_full(self) -> bool:
        return len(self.seqs) == self.end - self.first

    def lines(self) -> list[str]:
        """The marks, one for each row; empty ones where a type holds a line feed, as none may."""
        lines = self.marks.split("\n")
        return lines if len(lines) == len(self.seqs) else [""] * len(self.seqs)


def sweep(log: UUID, first: int, end: int, wanted: Sequence[int]) -> Swept:
    """Recompute the entries `first` up to (not including) `end`, at most STRETCH of them; `first` is a multiple of STRETCH."""
    found, leaves = Swept(first), list[bytes]()
    for block in _blocks(log, first, end):
        leaves += _leaves(found, block)
        _check_rows(found, str(log), block)
        found.texts += _texts(block)
        found.erased |= _erased(block)
    levels = _tree(leaves)
    _stored_nodes(found, log, levels, first, end - first)
    for size in {end, *(size for size in wanted if first < size <= end)}:
        found.edges[size] = _edge(levels, size - first)
    if end - first == STRETCH:
        found.node = levels[LEVELS][0]
    return found


def _blocks(log: UUID, first: int, end: int) -> Iterator[_Block]:
    rows = run(_BLOCKS, [first, end, BLOCK, log])
    for low, count, joined, leaves, times, marks in sorted(rows):
        high = min(low + BLOCK, end)
        if not count:
            yield _Block(low, high)
            continue
        seqs: Sequence[int] = range(low, high)
        bodies: Sequence[bytes] = joined.split(b"\n")
        if count < high - low or len(bodies) != count:  # entries are missing, or one holds a line feed, as none may
            ((numbers, whole, lengths),) = run(_PLACES, [log, low, high])
            seqs, bodies = _numbers("q", numbers), _cut(whole, _numbers("i", lengths))
        yield _Block(low, high, seqs, bodies, leaves, marks, _numbers("q", times))


def _numbers(code: str, raw: bytes) -> "array[int]":
    """Numbers as PostgreSQL sends them: the highest byte first."""
    numbers = array(code, raw)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _cut(joined: bytes, lengths: Sequence[int]) -> list[bytes]:
    place, parts = 0, []
    for length in lengths:
        parts.append(joined[place : place + length])
        place += length
    return parts


def _leaves(found: Swept, block: _Block) -> list[bytes]:
    """The leaf hashes of a block, held against those stored; zeros where an entry is missing."""
    leaves = [sha256(b"\x00" + body).digest() for body in block.bodies] if block.is_full else _with_gaps(found, block)
    if not block.is_full or b"".join(leaves) != block.leaves:
        for number, seq in enumerate(block.seqs):
            if leaves[seq - block.first] != block.leaves[number * 32 : number * 32 + 32]:
                found.findings.append((f"entry {seq}", "its bytes do not have the hash that was recorded"))
    return leaves


def _check_rows(found: Swept, log: str, block: _Block) -> None:
    """Hold every row's columns against its bytes. What does not fit is looked at again, to be named."""
    loads, dumps, before, last, at_last = orjson.loads, orjson.dumps, found.last_at, "", 0
    for seq, body, mark, time in zip(block.seqs, block.bodies, block.lines(), block.times, strict=True):
        try:
            entry = loads(body)
            at, on = entry["at"], entry["on"]
            if at != last:
                last, at_last = at, (fromisoformat(at) - EPOCH) // MICROSECOND
                found.first_at = found.first_at or at
            about = next(iter(on.values())) if len(on) == 1 else _listed(on, mark)
            fits = (
                at_last == time
                and at >= before
                and entry["seq"] == seq
                and entry["type"] + " " + about == mark
                and entry["log"] == log
                and dumps(entry, option=SORTED) == body
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            fits, at = False, before
        if fits:
            before = at
        else:
            found.findings += ((f"entry {seq}", what) for what in _faults(log, body, seq, mark, time, before))
            before = max(before, at) if isinstance(at, str) else before
    found.last_at = before


def _listed(on: dict[str, str], mark: str) -> str:
    """What an entry is about as the column lists it, in whatever order."""
    there = mark.partition(" ")[2]
    return there if sorted(on.values()) == sorted(filter(None, there.split(","))) else ",".join(on.values())


def _with_gaps(found: Swept, block: _Block) -> list[bytes]:
    leaves, expected = [MISSING] * (block.end - block.first), block.first
    for seq, body in zip(block.seqs, block.bodies, strict=True):
        if seq != expected:
            found.findings.append((f"entry {seq}", f"entry {expected} is missing before it"))
        expected = seq + 1
        leaves[seq - block.first] = sha256(b"\x00" + body).digest()
    if expected < block.end:
        found.findings.append((f"entry {block.end - 1}", f"entry {expected} is missing"))
    return leaves


def _faults(log: str, body: bytes, seq: int, mark: str, time: int, before: str) -> Iterator[str]:
    """Everything that is wrong with one row, in words."""
    type, _, subjects = mark.partition(" ")
    try:
        entry = orjson.loads(body)
    except orjson.JSONDecodeError:
        yield "its bytes cannot be read"
        return
    if orjson.dumps(entry, option=SORTED) != body:
        yield "its bytes are not in canonical form"
    if not isinstance(entry, dict) or entry.get("log") != log or entry.get("seq") != seq:
        yield "it says that it stands elsewhere"
        return
    on = entry.get("on")
    named = sorted(map(str, on.values())) if isinstance(on, dict) else []
    if entry.get("type") != type or named != sorted(filter(None, subjects.split(","))):
        yield "the columns beside it say something else"
    at = (EPOCH + time * MICROSECOND).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if at != entry.get("at"):
        yield "the time beside it is another"
    if str(entry.get("at", "")) < before:
        yield "it is dated before the entry that stands before it"


def _tree(leaves: list[bytes]) -> list[list[bytes]]:
    """Complete nodes by level, the leaves first."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        levels.append([sha256(b"\x01" + left + right).digest() for left, right in pairs])
    return levels + [[] for _ in range(LEVELS + 1 - len(levels))]


def _edge(levels: Sequence[Sequence[bytes]], size: int) -> list[bytes]:
    """The hashes of the complete nodes over the first `size` leaves, largest first."""
    edge, start = [], 0
    for level in range(LEVELS, -1, -1):
        if size >> level & 1:
            edge.append(levels[level][start >> level])
            start += 1 << level
    return edge


def _stored_nodes(found: Swept, log: UUID, levels: Sequence[Sequence[bytes]], first: int, count: int) -> None:
    """Hold the stored inner nodes above this stretch against the recomputed ones."""
    wanted = [(level, first >> level, (first >> level) + (count >> level)) for level in range(1, LEVELS + 1)]
    columns: list[list[int]] = [list(column) for column in zip(*wanted, strict=True)]
    stored: dict[int, bytes | None] = dict(run(_NODES, [*columns, log]))
    wrong = []
    for level, low, high in wanted:
        right, there = levels[level][: high - low], stored[level] or b""
        if b"".join(right) != there:
            pairs = enumerate(right)
            wrong += [(level, low + n) for n, value in pairs if there[n * 32 : n * 32 + 32] != value] or [(level, high)]
    if wrong:
        more = f", nor are {len(wrong) - 1} others" if len(wrong) > 1 else ""
        level, index = wrong[0]
        found.findings.append((f"node {level}/{index}", f"it is not the hash of the entries below it{more}"))


def _texts(block: _Block) -> Iterator[tuple[str, str, int]]:
    """Every reference to a text: its id, the digest, and the entry's number."""
    if block.marks.count(WORDLESS) == len(block.seqs):
        return
    for seq, body in zip(block.seqs, block.bodies, strict=True):
        if _REF_BEGINS in body:
            yield from ((found[2].decode(), found[1].decode(), seq) for found in _REF.finditer(body))


def _erased(block: _Block) -> dict[str, int]:
    """The texts that entries say were erased, each with the entry's number; version 1 of such an entry named one."""
    if ERASING not in block.marks:
        return {}
    rows = zip(block.seqs, block.bodies, block.lines(), strict=True)
    said = ((seq, orjson.loads(body)["data"]) for seq, body, mark in rows if mark.startswith(ERASING))
    return {str(text): seq for seq, data in said for text in data.get("texts") or [data.get("text")]}
