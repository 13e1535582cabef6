"""Verifying the record against hashing the same bytes bare."""

from collections.abc import Iterator
from hashlib import sha256
from time import perf_counter

from apps.record.models import Entry, Log
from apps.record.verify import verify_log
from negotiator.bench.measuring import Measured


def measure() -> Iterator[Measured]:
    """Full verification of the largest log there is, every room's checks included, and without them."""
    log = Log.objects.order_by("-size")[0]
    bodies = [bytes(body) for body in Entry.objects.filter(log=log).values_list("body", flat=True)]
    started = perf_counter()
    for body in bodies:
        sha256(body).digest()
    raw = len(bodies) / (perf_counter() - started)
    started = perf_counter()
    findings = list(verify_log(log))
    took = perf_counter() - started
    if findings:
        raise RuntimeError(f"the record that was measured does not verify: {findings[0]}")
    yield Measured(
        f"record verified, {len(bodies):,} entries", len(bodies) / took, "entries/s", raw, "SHA-256 over each entry"
    )
