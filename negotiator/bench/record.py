"""The record: verifying a million entries against hashing the same bytes, proofs, and a dossier of ten thousand ballots."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID, uuid4

from django.db import transaction

from apps.common.sql import batch
from apps.exchange.domain.archive import unpack
from apps.exchange.dossiers import Dossier, build, subject_of
from apps.record import proving
from apps.record.act import create_log
from apps.record.domain.entry import Entry, timestamp
from apps.record.domain.tree import Frontier, leaf_hash
from apps.record.models import Entry as Row
from apps.record.models import Log
from apps.record.verify import verify_log
from apps.record.writing import append, lock_head
from negotiator.bench.assembly import measure_with_ballots
from negotiator.bench.measuring import Measured, Timed, side_by_side

ENTRIES = 1_000_000
BATCH = 10_000
PROOFS = 300
BALLOTS = 10_000
FILLER = "An entry of about four hundred and thirty bytes, as ballots and decisions are. " * 2
RAW = "SHA-256 in one pass over the same bytes"


def measure() -> Iterator[Measured]:
    """Verification by one process and by two, a proof for any entry, and a dossier made and verified."""
    log = _long_log()
    yield from _verified(log)
    yield from _proofs(log)
    yield from _dossier()


def _verified(log: Log) -> Iterator[Measured]:
    joined = b"".join(bytes(body) for body in Row.objects.filter(log=log).values_list("body", flat=True).iterator())
    what = f"record verified, {ENTRIES:,} entries of {len(joined) // ENTRIES} bytes"
    one, raw = side_by_side(lambda: _verify(log, 1), lambda: ENTRIES / _seconds(lambda: sha256(joined).digest()))
    yield Measured(f"{what}, one process", one.rate, "entries/s", raw, RAW, at_least=0.06)
    two, single = side_by_side(lambda: _verify(log, 2), lambda: _verify(log, 1).rate)
    yield Measured(f"{what}, two processes", two.rate, "entries/s", single, "the same by one process", at_least=1.8)


def _verify(log: Log, processes: int) -> Timed:
    began = perf_counter()
    findings = list(verify_log(log, processes=processes))
    took = perf_counter() - began
    if findings:
        raise RuntimeError(f"the record that was measured does not verify: {findings[0]}")
    return Timed(ENTRIES / took)


def _proofs(log: Log) -> Iterator[Measured]:
    chance = random.Random(1)
    took = [_seconds(lambda: proving.inclusion(log.id, chance.randrange(ENTRIES))) for _ in range(PROOFS)]
    timed = Timed(PROOFS / sum(took), took)
    yield Measured(
        f"inclusion proof for any of {ENTRIES:,} entries, 99 of 100", timed.percentile(0.99), "ms", at_most=10
    )


def _dossier() -> Iterator[Measured]:
    person, element = measure_with_ballots(BALLOTS)
    made: list[Dossier] = []
    _seconds(lambda: build(subject_of(person, "measure", element)))  # the programs in it are read once
    building = min(_seconds(lambda: made.append(build(subject_of(person, "measure", element)))) for _ in range(3))
    what = f"dossier of a measure with {BALLOTS:,} ballots"
    yield Measured(f"{what}, made ({len(made[0].body) / 1e6:.1f} MB)", building, "s", at_most=3)
    with TemporaryDirectory() as folder:
        dossier, program = Path(folder) / "dossier.zip", Path(folder) / "verify.py"
        dossier.write_bytes(made[0].body)
        program.write_bytes(unpack(made[0].body)[0]["verify.py"])
        command = [sys.executable, "-I", "-S", str(program), str(dossier)]
        took = min(_seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)) for _ in range(3))
    yield Measured(f"{what}, verified by its verify.py from the standard library alone", took, "s", at_most=2)


def _long_log() -> Log:
    """A log of its own with a million entries, written as acts write them."""
    log = create_log(f"bench {uuid4().hex[:8]}")
    frontier, start = Frontier(), datetime(2026, 1, 1, tzinfo=UTC)
    for first in range(0, ENTRIES, BATCH):
        at = start + timedelta(microseconds=first)
        with transaction.atomic():
            head = lock_head(log.id)
            rows = [_row(log.id, seq, at) for seq in range(first, first + BATCH)]
            frontier, nodes = frontier.append([row[3] for row in rows])
            with batch() as b:
                append(b, head, at, rows, frontier, nodes)
    return Log.objects.get(id=log.id)


def _row(log: UUID, seq: int, at: datetime) -> tuple[str, list[UUID], bytes, bytes]:
    subject = UUID(int=seq * 7919)
    by = {"seat": str(UUID(int=seq)), "person": str(UUID(int=seq + 1))}
    entry = Entry(
        log=str(log), seq=seq, at=timestamp(at), type="ballot.cast", by=by, on={"round": str(subject)},
        data={"group": "A", "words": FILLER[: 120 + seq % 7]},
    )  # fmt: skip
    body = entry.to_bytes()
    return "ballot.cast", [subject], body, leaf_hash(body)


def _seconds(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began
