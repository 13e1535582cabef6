"""Reads one stretch of a log from its stored bytes and recomputes it: entries, leaves and the inner nodes above them.

A code path of its own: nothing here is used when entries are written. A stretch comes as one row of long byte strings,
because fetching row by row would take longer than hashing; several processes can each take their own stretches.
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
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MISSING = bytes(32)
SORTED = orjson.OPT_SORT_KEYS
WORDLESS = "ballot.cast "
"""Entries that speak of no text and are by far the most: they are not searched for references."""
fromisoformat = datetime.fromisoformat

_ENTRIES = """
SELECT count(*), string_agg(body, '\\x0a'::bytea), string_agg(leaf, ''::bytea), string_agg(timestamptz_send(at), ''::bytea),
    string_agg(type || ' ' || CASE cardinality(subjects) WHEN 1 THEN subjects[1]::text
        ELSE array_to_string(subjects, ',') END, E'\\n')
FROM (SELECT * FROM record_entry WHERE log_id = %s AND seq >= %s AND seq < %s ORDER BY seq) AS stretch
"""
_PLACES = """
SELECT string_agg(int8send(seq), ''::bytea), string_agg(body, ''::bytea), string_agg(int4send(octet_length(body)), ''::bytea)
FROM (SELECT * FROM record_entry WHERE log_id = %s AND seq >= %s AND seq < %s ORDER BY seq) AS stretch
"""
_NODES = """
SELECT level, string_agg(hash, ''::bytea ORDER BY index) FROM record_node
JOIN unnest(%s::int[], %s::bigint[], %s::bigint[]) AS wanted(at_level, low, high)
ON level = at_level AND index >= low AND index < high WHERE log_id = %s GROUP BY level
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
class _Columns:
    """The rows of a stretch, column by column."""

    seqs: Sequence[int]
    bodies: Sequence[bytes]
    leaves: bytes
    marks: Sequence[str]
    """The type, a space, and the subjects with commas between them."""
    times: Sequence[int]


def sweep(log: UUID, first: int, end: int, wanted: Sequence[int]) -> Swept:
    """Recompute the entries `first` up to (not including) `end`, at most STRETCH of them; `first` is a multiple of STRETCH."""
    found = Swept(first)
    columns = _read(log, first, end)
    leaves = _entries(found, str(log), columns, first, end)
    levels = _tree(leaves)
    _stored_nodes(found, log, levels, first, end - first)
    for size in {end, *(size for size in wanted if first < size <= end)}:
        found.edges[size] = _edge(levels, size - first)
    if end - first == STRETCH:
        found.node = levels[LEVELS][0]
    if not all(mark.startswith(WORDLESS) for mark in columns.marks):
        found.texts = list(_texts(columns))
    found.erased = dict(_erased(columns))
    return found


def _read(log: UUID, first: int, end: int) -> _Columns:
    row = run(_ENTRIES, [log, first, end]).fetchone()
    if row is None or not row[0]:
        return _Columns((), (), b"", (), ())
    count, joined, leaves, times, marks = row
    seqs: Sequence[int] = range(first, end)
    bodies: Sequence[bytes] = joined.split(b"\n")
    if count < end - first or len(bodies) != count:  # entries are missing, or one holds a line feed, as none may
        numbers, whole, lengths = run(_PLACES, [log, first, end]).fetchone()  # type: ignore[misc]
        seqs, bodies = _numbers("q", numbers), _cut(whole, _numbers("i", lengths))
    return _Columns(seqs, bodies, leaves, marks.split("\n"), _numbers("q", times))


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


def _entries(found: Swept, log: str, columns: _Columns, first: int, end: int) -> list[bytes]:
    """Checks every row against its bytes; gives the leaf hashes, with zeros where an entry is missing."""
    if len(columns.seqs) == end - first:
        leaves = [sha256(b"\x00" + body).digest() for body in columns.bodies]
    else:
        leaves = _with_gaps(found, columns, first, end)
    stored = columns.leaves
    if len(columns.seqs) < end - first or b"".join(leaves) != stored:
        for number, seq in enumerate(columns.seqs):
            if leaves[seq - first] != stored[number * 32 : number * 32 + 32]:
                found.findings.append((f"entry {seq}", "its bytes do not have the hash that was recorded"))
    _check_rows(found, log, columns)
    return leaves


def _check_rows(found: Swept, log: str, columns: _Columns) -> None:
    """Hold every row's columns against its bytes. What does not fit is looked at again, to be named."""
    loads, dumps, before, last, at_last = orjson.loads, orjson.dumps, "", "", 0
    rows = zip(columns.seqs, columns.bodies, columns.marks, columns.times, strict=True)
    for seq, body, mark, time in rows:
        try:
            entry = loads(body)
            at = entry["at"]
            if at != last:
                last, at_last = at, (fromisoformat(at) - EPOCH) // MICROSECOND
            (subject,) = entry["on"].values() if len(entry["on"]) == 1 else (_listed(entry["on"], mark),)
            fits = (
                at_last == time
                and at >= before
                and entry["seq"] == seq
                and f"{entry['type']} {subject}" == mark
                and entry["log"] == log
                and dumps(entry, option=SORTED) == body
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            fits, at = False, before
        if not fits:
            found.findings += ((f"entry {seq}", what) for what in _faults(log, body, seq, mark, time, before))
        before = max(before, at) if isinstance(at, str) else before
        found.first_at = found.first_at or before
    found.last_at = before


def _listed(on: dict[str, str], mark: str) -> str:
    """What an entry is about as the column lists it, in whatever order."""
    there = mark.partition(" ")[2]
    return there if sorted(on.values()) == sorted(filter(None, there.split(","))) else ",".join(on.values())


def _with_gaps(found: Swept, columns: _Columns, first: int, end: int) -> list[bytes]:
    leaves, expected = [MISSING] * (end - first), first
    for seq, body in zip(columns.seqs, columns.bodies, strict=True):
        if seq != expected:
            found.findings.append((f"entry {seq}", f"entry {expected} is missing before it"))
        expected = seq + 1
        leaves[seq - first] = sha256(b"\x00" + body).digest()
    if expected < end:
        found.findings.append((f"entry {end - 1}", f"entry {expected} is missing"))
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
    rows: list[tuple[int, bytes]] = run(_NODES, [*columns, log]).fetchall()
    stored = dict(rows)
    wrong = []
    for level, low, high in wanted:
        right, there = levels[level][: high - low], stored.get(level, b"")
        if b"".join(right) != there:
            pairs = enumerate(right)
            wrong += [(level, low + n) for n, value in pairs if there[n * 32 : n * 32 + 32] != value] or [(level, high)]
    if wrong:
        more = f", nor are {len(wrong) - 1} others" if len(wrong) > 1 else ""
        level, index = wrong[0]
        found.findings.append((f"node {level}/{index}", f"it is not the hash of the entries below it{more}"))


def _texts(columns: _Columns) -> Iterator[tuple[str, str, int]]:
    """Every reference to a text: its id, the digest, and the entry's number."""
    for seq, body in zip(columns.seqs, columns.bodies, strict=True):
        if _REF_BEGINS in body:
            yield from ((found[2].decode(), found[1].decode(), seq) for found in _REF.finditer(body))


def _erased(columns: _Columns) -> Iterator[tuple[str, int]]:
    """The texts that entries say were erased, each with the entry's number; version 1 of such an entry named one."""
    for seq, mark, body in zip(columns.seqs, columns.marks, columns.bodies, strict=True):
        if mark.startswith("text.erased "):
            data = orjson.loads(body)["data"]
            yield from ((str(text), seq) for text in data.get("texts") or [data.get("text")])
