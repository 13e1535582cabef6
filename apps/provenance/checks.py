"""Verdicts held against the record: each is computed anew from the entries it rests on, and none is missing."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from apps.common.errors import Refusal
from apps.frameworks.models import Framework
from apps.provenance.models import Verdict
from apps.provenance.selectors import Told, recompute, told_in
from apps.record import selectors as record
from apps.record.domain.entry import Entry
from apps.record.findings import Finding
from apps.record.models import Log, ReaderPosition


def check(log: Log) -> Iterator[Finding]:
    """What does not agree in one log's verdicts."""
    # Workers may be recording meanwhile: what came after this moment is looked at next time.
    size = Log.objects.values_list("size", flat=True).get(id=log.id)
    recorded = {entry.seq: entry for entry in record.entries(log.id, until=size, types=["verdict.recorded"])}
    told = told_in(log.id, upto=size - 1)
    causes = {entry.seq: entry for entries in told.deciding.values() for entry in entries}
    frameworks = {framework.id: framework for framework in Framework.objects.filter(partnership__log=log)}
    rows = list(Verdict.objects.filter(framework__partnership__log=log, seq__lt=size))
    for verdict in rows:
        what = _fault(verdict, recorded.get(verdict.seq), causes.get(verdict.because), told, frameworks)
        if what:
            yield Finding(log.name, f"verdict of entry {verdict.seq}", what)
    for seq in sorted(recorded.keys() - {verdict.seq for verdict in rows}):
        yield Finding(log.name, f"entry {seq}", "the verdict that was recorded here is gone")
    yield from _missing(log, causes)


def _fault(
    verdict: Verdict,
    entry: Entry | None,
    cause: Entry | None,
    told: Told,
    frameworks: Mapping[UUID, Framework],
) -> str:
    """What is wrong with one verdict; nothing: it is the one that was recorded, and computing it again gives it again."""
    if entry is None or cause is None or not _is_as_recorded(verdict, entry):
        return "it is not the one that was recorded"
    try:
        scored = recompute(told, frameworks[verdict.framework_id], verdict, cause)
    except Refusal as refusal:
        return f"it cannot be computed again: {refusal.message}"
    document = scored.document()
    if entry.v == 1:
        document.pop("status")  # documents of the first version did not say it
    different = sorted(
        key for key in document.keys() | verdict.document.keys() if document.get(key) != verdict.document.get(key)
    )
    return f"computing it again gives another {', '.join(different)}" if different else ""


def _is_as_recorded(verdict: Verdict, entry: Entry) -> bool:
    """Whether the row, with the columns pages and lists read, says what its entry says."""
    data, now = entry.data, entry.data["document"]["current"]
    shown = {"NI": _text(verdict.ni), "PE": _text(verdict.pe)}
    return (verdict.document, verdict.headline, list(verdict.flags), [verdict.label_ni, verdict.label_pe], shown) == (
        data["document"],
        data["headline"],
        data["flags"],
        data["label"],
        now,
    ) and (verdict.rule, entry.because, str(verdict.element)) == (data["rule"], verdict.because, entry.on["element"])


def _text(figure: object) -> str | None:
    return None if figure is None else str(figure)


def _missing(log: Log, causes: Mapping[int, Entry]) -> Iterator[Finding]:
    """Deciding acts without a verdict, as far as the reader that makes verdicts has read."""
    position = ReaderPosition.objects.filter(name="verdict", log=log).values_list("seq", flat=True).first()
    judged = set(Verdict.objects.filter(framework__partnership__log=log).values_list("because", flat=True))
    for seq in sorted(causes.keys() - judged):
        if causes[seq].data.get("adopted", True) and position is not None and seq <= position:
            yield Finding(log.name, f"entry {seq}", "it decided something, and there is no verdict on it")
