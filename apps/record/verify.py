"""Verifies a log from its stored bytes, by a code path of its own: nothing here is used when entries are written.

Reads every entry once, recomputes leaves, inner nodes and root, and holds head, nodes, texts and checkpoints against them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import connection

from apps.common.errors import Refusal
from apps.record import keys
from apps.record.domain.checkpoint import Checkpoint, verify_checkpoint
from apps.record.domain.note import Verifier
from apps.record.findings import Finding, room_findings
from apps.record.models import Checkpoint as Published
from apps.record.models import Log, Node, Text
from apps.record.selectors import origin

CHUNK = 2000
_TEXT = re.compile(rb'\{"sha256":"([0-9a-f]{64})","text":"([0-9a-f-]{36})"\}')


@dataclass
class _Tree:
    """The tree recomputed leaf by leaf: edge of the frontier, nodes completed, and the root at every wanted size."""

    wanted: frozenset[int]
    size: int = 0
    edge: list[bytes] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf; gives the inner nodes it completes."""
        value, level, index, done = leaf, 0, self.size, []
        while index & 1:
            value = sha256(b"\x01" + self.edge.pop() + value).digest()
            level, index = level + 1, index >> 1
            done.append((level, index, value))
        self.edge.append(value)
        self.size += 1
        if self.size in self.wanted:
            self.roots[self.size] = self.root()
        return done

    def root(self) -> bytes:
        if not self.edge:
            return sha256(b"").digest()
        value = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            value = sha256(b"\x01" + left + value).digest()
        return value


def verify_log(log: Log, kept: Iterable[str] = (), verifiers: Iterable[Verifier] = ()) -> Iterator[Finding]:
    """Everything that is wrong with one log, entry by entry, then head, nodes, texts, checkpoints and the rooms' rows.

    `kept` are checkpoints (signed notes) somebody kept elsewhere; `verifiers` further keys that may have signed them.
    """
    name = log.name
    notes = {f"kept checkpoint {number}": note for number, note in enumerate(kept, 1)} | _published(log)
    known = [keys.signer().verifier, *verifiers]
    checkpoints, faults = _read_notes(log, notes, known)
    yield from faults
    tree = _Tree(frozenset(checkpoint.size for checkpoint in checkpoints.values()))
    tree.roots[0] = tree.root()
    nodes: dict[tuple[int, int], bytes] = {}
    texts: dict[str, tuple[str, int]] = {}
    erased: dict[str, int] = {}
    for finding in _entries(log, tree, nodes, texts, erased):
        yield Finding(name, *finding)
    yield from _head(log, tree)
    yield from _nodes(log, nodes)
    yield from _texts(log, texts, erased)
    for where, checkpoint in checkpoints.items():
        yield from _hold(name, where, checkpoint, tree)
    yield from room_findings(log)


def _rows(log: Log) -> Iterator[tuple[int, Any, str, list[Any], bytes, bytes]]:
    last = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq, at, type, subjects, body, leaf FROM record_entry WHERE log_id = %s AND seq > %s ORDER BY seq LIMIT %s",
                [log.id, last, CHUNK],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def _entries(
    log: Log,
    tree: _Tree,
    nodes: dict[tuple[int, int], bytes],
    texts: dict[str, tuple[str, int]],
    erased: dict[str, int],
) -> Iterator[tuple[str, str]]:
    before, expected = "", 0
    for seq, at, type, subjects, body, leaf in _rows(log):
        where, raw = f"entry {seq}", bytes(body)
        if seq != expected:
            yield where, f"entry {expected} is missing before it"
        expected = seq + 1
        if sha256(b"\x00" + raw).digest() != bytes(leaf):
            yield where, "its bytes do not have the hash that was recorded"
        for level, index, value in tree.add(sha256(b"\x00" + raw).digest()):
            nodes[level, index] = value
        for digest, text in _TEXT.findall(raw):
            texts[text.decode()] = digest.decode(), seq
        try:
            entry = orjson.loads(raw)
        except orjson.JSONDecodeError:
            yield where, "its bytes cannot be read"
            continue
        if type == "text.erased":
            erased |= dict.fromkeys(_erased(entry), seq)
        yield from ((where, what) for what in _columns(log, entry, raw, seq, at, type, subjects))
        if str(entry.get("at", "")) < before:
            yield where, "it is dated before the entry that stands before it"
        before = str(entry.get("at", ""))


def _columns(log: Log, entry: Any, raw: bytes, seq: int, at: Any, type: str, subjects: list[Any]) -> Iterator[str]:
    if orjson.dumps(entry, option=orjson.OPT_SORT_KEYS) != raw:
        yield "its bytes are not in canonical form"
    if not isinstance(entry, dict) or entry.get("log") != str(log.id) or entry.get("seq") != seq:
        yield "it says that it stands elsewhere"
        return
    if entry.get("type") != type or sorted(entry.get("on", {}).values()) != sorted(
        str(subject) for subject in subjects
    ):
        yield "the columns beside it say something else"
    if at.strftime("%Y-%m-%dT%H:%M:%S.%fZ") != entry.get("at"):
        yield "the time beside it is another"


def _head(log: Log, tree: _Tree) -> Iterator[Finding]:
    if log.size != tree.size:
        yield Finding(
            log.name, "head", f"it counts {log.size} entries, but there are {tree.size}: the tail does not agree"
        )
    if bytes(log.frontier) != b"".join(tree.edge):
        yield Finding(log.name, "head", "its hashes are not those of the entries")


def _nodes(log: Log, nodes: dict[tuple[int, int], bytes]) -> Iterator[Finding]:
    stored = {
        (level, index): bytes(value)
        for level, index, value in Node.objects.filter(log=log).values_list("level", "index", "hash")
    }
    wrong = [place for place in sorted(nodes.keys() | stored.keys()) if nodes.get(place) != stored.get(place)]
    if wrong:
        level, index = wrong[0]
        more = f", nor are {len(wrong) - 1} others" if len(wrong) > 1 else ""
        yield Finding(log.name, f"node {level}/{index}", f"it is not the hash of the entries below it{more}")


def _erased(entry: dict[str, Any]) -> list[str]:
    """The texts that an entry says were erased; its version 1 named one."""
    return list(entry["data"].get("texts") or [entry["data"].get("text")])


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


def _read_notes(log: Log, notes: dict[str, str], known: list[Verifier]) -> tuple[dict[str, Checkpoint], list[Finding]]:
    checkpoints, faults = {}, []
    for where, note in notes.items():
        try:
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
    elif tree.roots.get(checkpoint.size) != checkpoint.root:
        yield Finding(name, where, f"the first {checkpoint.size} entries are not those it was signed over")
