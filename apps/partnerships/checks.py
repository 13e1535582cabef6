"""Groups, seats and mandates held against the record."""

from collections.abc import Iterator

from apps.partnerships.models import Mandate, StakeholderGroup
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
    mandates = {entry.on["mandate"]: entry.data for entry in record.entries(log.id, types=["mandate.recorded"])}
    for mandate in Mandate.objects.filter(partnership__log=log):
        told = mandates.get(str(mandate.id), {})
        until = mandate.valid_until.isoformat() if mandate.valid_until else None
        if (mandate.parts, mandate.elements, mandate.valid_from.isoformat(), until) != (
            told.get("parts"),
            told.get("elements"),
            told.get("valid_from"),
            told.get("valid_until"),
        ):
            yield Finding(log.name, f"mandate {mandate.code}", "its scope or validity is not the one recorded")
