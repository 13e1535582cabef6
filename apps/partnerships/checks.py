"""Groups, seats and mandates held against the record."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from apps.partnerships.models import Mandate, MandateDocument, Pseudonym, StakeholderGroup
from apps.record import selectors as record
from apps.record.findings import Finding
from apps.record.models import Log


def check(log: Log) -> Iterator[Finding]:
    """What does not agree in one log's groups and mandates."""
    groups = {entry.on["group"]: entry.data for entry in record.entries(log.id, types=["group.added"])}
    for group in StakeholderGroup.objects.filter(partnership__log=log).prefetch_related("seats"):
        told = groups.pop(str(group.id), {})
        seats = sorted(seat.label for seat in group.seats.all())
        if (group.key, group.kind, group.standing, seats) != (
            told.get("key"),
            told.get("kind"),
            told.get("standing"),
            sorted(told.get("seats", [])),
        ):
            yield Finding(log.name, f"group {group.key}", "its kind, standing or seats are not those recorded")
    for key in groups:
        yield Finding(log.name, f"group {key}", "it was recorded and is gone")
    yield from _mandates(log)


def _mandates(log: Log) -> Iterator[Finding]:
    """Scope and validity, the fingerprint of every document kept, and who holds it now."""
    told = {entry.on["mandate"]: dict(entry.data) for entry in record.entries(log.id, types=["mandate.recorded"])}
    for entry in record.entries(log.id, types=["mandate.passed", "mandate.ended"]):
        data = told.setdefault(entry.on["mandate"], {})
        data |= {"valid_until": entry.data["ends"]} if "ends" in entry.data else {"holder": entry.data["holder"]}
    for mandate in Mandate.objects.select_related("partnership").filter(partnership__log=log):
        if not _as_told(mandate, told.get(str(mandate.id), {})):
            yield Finding(log.name, f"mandate {mandate.code}", "its scope or validity is not the one recorded")
        kept = MandateDocument.objects.filter(mandate=mandate).first()
        if kept is not None and sha256(bytes(kept.body)).hexdigest() != mandate.document_sha256:
            yield Finding(log.name, f"mandate {mandate.code}", "its document is not the one recorded")


def _as_told(mandate: Mandate, told: Mapping[str, Any]) -> bool:
    until = mandate.valid_until.isoformat() if mandate.valid_until else None
    held = mandate.holder_id is None or _holds(mandate, told.get("holder"))
    same = (mandate.parts, mandate.elements, mandate.valid_from.isoformat(), until, mandate.document_sha256)
    keys = ("parts", "elements", "valid_from", "valid_until", "document_sha256")
    return held and same == tuple(told.get(key) for key in keys)


def _holds(mandate: Mandate, pseudonym: object) -> bool:
    """Whether the recorded holder is the one in the row; a link that was cut for good tells nothing."""
    known = Pseudonym.objects.filter(log=mandate.partnership.log_id, person=mandate.holder_id).first()
    return known is None or str(known.id) == pseudonym
