"""Verifies a log from its stored bytes, by a code path of its own: nothing here is used when entries are written.

Reads every entry once, recomputes leaves, inner nodes and root, and holds head, nodes, texts and checkpoints against them.
"""

import os
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID

import django
from django.conf import settings
from django.db import connection, connections

from apps.common.errors import Refusal
from apps.record import keys
from apps.record.domain import entry as domain
from apps.record.domain.checkpoint import Checkpoint, size_of, verify_checkpoint
from apps.record.domain.keyring import REPLACING, may_sign
from apps.record.domain.note import Verifier
from apps.record.findings import Finding, room_findings
from apps.record.models import Checkpoint as Published
from apps.record.models import Cosignature, Entry, Log, Text, Witness
from apps.record.selectors import origin
from apps.record.sweeping import LEVELS, STRETCH, Swept, sweep

WORTH_SHARING = 20 * STRETCH
"""Entries from which on several processes are quicker than one."""
_HEAD = "SELECT size, frontier, (SELECT max(seq) FROM record_entry WHERE log_id = id) FROM record_log WHERE id = %s"
_ABOVE = "SELECT level, index, hash FROM record_node WHERE log_id = %s AND level > %s ORDER BY level, index"
_COUNT = "SELECT count(*) FROM record_node WHERE log_id = %s"


@dataclass
class _Tree:
    """The nodes above the stretches, and the frontier at every wanted size."""

    size: int
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    edges: dict[int, list[bytes]] = field(default_factory=dict)

    def take(self, swept: Swept) -> None:
        """Take in the next stretch, from the left."""
        for size, edge in swept.edges.items():
            self.edges[size] = edge if size == swept.first + STRETCH else [*self._above(size), *edge]
        if swept.node is None:
            return
        value, level, index = swept.node, LEVELS, swept.first >> LEVELS
        self.nodes[level, index] = value
        while index & 1:
            value = sha256(b"\x01" + self.nodes[level, index - 1] + value).digest()
            level, index = level + 1, index >> 1
            self.nodes[level, index] = value
        if swept.first + STRETCH in self.edges:
            self.edges[swept.first + STRETCH] = self._above(swept.first + STRETCH)

    def root(self, size: int) -> bytes | None:
        """The root over the first `size` entries, for sizes that were wanted."""
        if size == 0:
            return sha256(b"").digest()
        edge = self.edges.get(size)
        if edge is None:
            return None
        value = edge[-1]
        for left in reversed(edge[:-1]):
            value = sha256(b"\x01" + left + value).digest()
        return value

    def _above(self, size: int) -> list[bytes]:
        """The complete nodes over whole stretches of the first `size` entries, largest first."""
        edge, start = [], 0
        for level in range(size.bit_length() - 1, LEVELS - 1, -1):
            if size >> level & 1:
                edge.append(self.nodes[level, start >> level])
                start += 1 << level
        return edge


def verify_log(
    log: Log, kept: Iterable[str] = (), verifiers: Iterable[Verifier] = (), processes: int | None = None
) -> Iterator[Finding]:
    """Everything that is wrong with one log, entry by entry, then head, nodes, texts, checkpoints and the rooms' rows.

    `kept` are checkpoints (signed notes) somebody kept elsewhere; `verifiers` further keys that may have signed them.
    """
    name = log.name
    notes = {f"kept checkpoint {number}": note for number, note in enumerate(kept, 1)} | _published(log)
    checkpoints, faults = _read_notes(log, notes, list(verifiers))
    yield from faults
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [log.id])
        counted, frontier, last = cursor.fetchone()
    size = max(counted, -1 if last is None else last + 1)
    tree, texts, erased = _Tree(size), dict[str, tuple[str, int]](), dict[str, int]()
    wanted = sorted({counted, *(checkpoint.size for checkpoint in checkpoints.values())})
    before = ""
    for swept in _stretches(log.id, size, wanted, processes):
        tree.take(swept)
        texts |= {text: (digest, seq) for text, digest, seq in swept.texts}
        erased |= swept.erased
        yield from (Finding(name, *finding) for finding in swept.findings)
        if swept.first_at < before:
            yield Finding(name, f"entry {swept.first}", "it is dated before the entry that stands before it")
        before = max(before, swept.last_at)
    yield from _head(name, tree, counted, bytes(frontier), -1 if last is None else last)
    yield from _nodes_above(log, tree)
    yield from _texts(log, texts, erased)
    for where, checkpoint in checkpoints.items():
        yield from _hold(name, where, checkpoint, tree)
    yield from _cosigned(log)
    yield from room_findings(log)


def known_verifiers(log: UUID, size: int) -> list[Verifier]:
    """The keys that may have signed a checkpoint of a log at this size: those in use, and those replaced only later."""
    return may_sign(size, [signer.verifier for signer in keys.signers()], _replaced(log))


def _replaced(log: UUID) -> list[domain.Entry]:
    rows = Entry.objects.filter(log=log, type__in=REPLACING).order_by("seq").values_list("body", flat=True)
    return [domain.Entry.from_bytes(bytes(body)) for body in rows]


def _stretches(log: UUID, size: int, wanted: Sequence[int], processes: int | None) -> Iterator[Swept]:
    """All stretches in order, read by several processes where that is worth it and a committed state can be seen."""
    many = processes or os.cpu_count() or 1
    firsts = range(0, size, STRETCH)
    read = partial(_sweep, log, size, tuple(wanted))
    if many == 1 or connection.in_atomic_block or (processes is None and size < WORTH_SHARING):
        yield from map(read, firsts)
        return
    connections.close_all()
    with _pool(many) as pool:
        yield from pool.map(read, firsts)


def _pool(many: int) -> ProcessPoolExecutor:
    """Copies of this process where that is safe, as in a command; where threads run beside it, new ones, which take longer."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return ProcessPoolExecutor(many, get_context("fork"))
    return ProcessPoolExecutor(many, get_context("spawn"), django.setup)


def _sweep(log: UUID, size: int, wanted: Sequence[int], first: int) -> Swept:
    return sweep(log, first, min(first + STRETCH, size), wanted)


def _head(name: str, tree: _Tree, counted: int, frontier: bytes, last: int) -> Iterator[Finding]:
    if counted != last + 1:
        yield Finding(name, "head", f"it counts {counted} entries, but there are {last + 1}: the tail does not agree")
    elif frontier != b"".join(tree.edges.get(counted, [])):
        yield Finding(name, "head", "its hashes are not those of the entries")


def _nodes_above(log: Log, tree: _Tree) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [log.id, LEVELS])
        stored = {(level, index): bytes(value) for level, index, value in cursor.fetchall()}
        cursor.execute(_COUNT, [log.id])
        count = cursor.fetchone()[0]
    right = {place: value for place, value in tree.nodes.items() if place[0] > LEVELS}
    for level, index in sorted(
        place for place in right.keys() | stored.keys() if right.get(place) != stored.get(place)
    ):
        yield Finding(log.name, f"node {level}/{index}", "it is not the hash of the entries below it")
    expected = sum(tree.size >> level for level in range(1, tree.size.bit_length()))
    if count != expected:
        yield Finding(log.name, "nodes", f"there are {count} hashes, but {expected} belong to {tree.size} entries")


def _texts(log: Log, texts: dict[str, tuple[str, int]], erased: dict[str, int]) -> Iterator[Finding]:
    rows = {str(id): (salt, body) for id, salt, body in Text.objects.filter(log=log).values_list("id", "salt", "body")}
    for id, (digest, seq) in texts.items():
        if id not in rows:
            yield Finding(log.name, f"entry {seq}", f"its text {id} is gone")
            continue
        salt, body = rows[id]
        if (body is None) != (id in erased):
            told = (
                "is gone, but no entry says so"
                if body is None
                else f"stands, but entry {erased[id]} says it was erased"
            )
            yield Finding(log.name, f"entry {seq}", f"its text {id} {told}")
        if body is not None and sha256(bytes(salt or b"") + body.encode()).hexdigest() != digest:
            yield Finding(log.name, f"entry {seq}", f"its text {id} is not the one that was recorded")


def _published(log: Log) -> dict[str, str]:
    rows = Published.objects.filter(log=log).values_list("size", "note")
    notes = {f"checkpoint {size}": note for size, note in rows}
    folder = Path(settings.CHECKPOINT_DIR) / str(log.id)
    files = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    return notes | {f"checkpoint file {file.name}": file.read_text() for file in files}


def _read_notes(log: Log, notes: dict[str, str], given: list[Verifier]) -> tuple[dict[str, Checkpoint], list[Finding]]:
    checkpoints, faults, replaced = {}, [], _replaced(log.id)
    in_use = [*(signer.verifier for signer in keys.signers()), *given]
    for where, note in notes.items():
        try:
            known = may_sign(size_of(note), in_use, replaced)
            checkpoints[where] = verify_checkpoint(note, origin(log.id), known).checkpoint
        except Refusal as refusal:
            if refusal.code != "checkpoint.other_log" or not where.startswith("kept"):
                faults.append(Finding(log.name, where, refusal.message))
    return checkpoints, faults


def _hold(name: str, where: str, checkpoint: Checkpoint, tree: _Tree) -> Iterator[Finding]:
    if checkpoint.size > tree.size:
        yield Finding(
            name, where, f"it covers {checkpoint.size} entries, but there are only {tree.size}: the tail has been cut"
        )
    elif tree.root(checkpoint.size) != checkpoint.root:
        yield Finding(name, where, f"the first {checkpoint.size} entries are not those it was signed over")


def _cosigned(log: Log) -> Iterator[Finding]:
    """Signatures of witnesses held against the checkpoints they stand under."""
    known = [Verifier.parse(vkey) for vkey in Witness.objects.values_list("vkey", flat=True)]
    for cosigned in Cosignature.objects.filter(checkpoint__log=log).select_related("checkpoint"):
        try:
            verify_checkpoint(cosigned.checkpoint.note + cosigned.line, origin(log.id), known)
        except Refusal as refusal:
            where = f"checkpoint {cosigned.checkpoint.size}, signature of a witness"
            yield Finding(log.name, where, refusal.message)
