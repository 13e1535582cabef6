"""Verdicts held against the record: each is computed anew from the entries it rests on."""

from collections.abc import Iterator
from datetime import date

from apps.common.errors import Refusal
from apps.frameworks.models import Framework
from apps.provenance.models import Verdict
from apps.provenance.selectors import DECIDING, score_element
from apps.record import selectors as record
from apps.record.findings import Finding
from apps.record.models import Log


def check(log: Log) -> Iterator[Finding]:
    """What does not agree in one log's verdicts."""
    told = {entry.seq: entry for entry in record.entries(log.id, types=["verdict.recorded"])}
    causes = {entry.seq: entry for entry in record.entries(log.id, types=DECIDING)}
    frameworks = {framework.id: framework for framework in Framework.objects.filter(partnership__log=log)}
    for verdict in Verdict.objects.filter(framework__partnership__log=log):
        where, entry, cause = (
            f"verdict of entry {verdict.seq}",
            told.pop(verdict.seq, None),
            causes.get(verdict.because),
        )
        if entry is None or cause is None or entry.data["document"] != verdict.document:
            yield Finding(log.name, where, "it is not the one that was recorded")
            continue
        try:
            until = date.fromisoformat(cause.data["effective"])
            scored = score_element(frameworks[verdict.framework_id], verdict.element, until=until, upto=cause.seq)
        except Refusal as refusal:
            yield Finding(log.name, where, f"it cannot be computed again: {refusal.message}")
            continue
        if scored.to_json() != verdict.document:
            yield Finding(log.name, where, "computing it again gives another one")
    for seq in told:
        yield Finding(log.name, f"entry {seq}", "the verdict that was recorded here is gone")
