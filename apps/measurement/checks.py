"""Pulses held against the record: what is shown is what was recorded, and no single answer outlives its pulse."""

from collections.abc import Iterator

from apps.measurement.models import Pulse, PulseAnswer
from apps.record import selectors as record
from apps.record.findings import Finding
from apps.record.models import Log


def check(log: Log) -> Iterator[Finding]:
    """What does not agree in one log's pulses."""
    opened = {entry.seq: entry for entry in record.entries(log.id, types=["pulse.opened"])}
    closed = {entry.seq: entry for entry in record.entries(log.id, types=["pulse.closed"])}
    for pulse in Pulse.objects.filter(framework__partnership__log=log):
        where = f"pulse of entry {pulse.seq}"
        told = opened.get(pulse.seq)
        if told is None or told.data["about"] != pulse.about:
            yield Finding(log.name, where, "it is not the one that was recorded")
        if pulse.closed_seq is not None:
            end = closed.get(pulse.closed_seq)
            if end is None or end.data["groups"] != pulse.result:
                yield Finding(log.name, where, "what is shown is not what was said")
            if PulseAnswer.objects.filter(pulse=pulse).exists():
                yield Finding(log.name, where, "single answers are still there after its end")
