"""After every decision that sets something on a measure, people are asked what they say to it."""

from uuid import UUID

from apps.frameworks.models import Element
from apps.measurement.services.pulses import open_pulse
from apps.proposals.models import Proposal
from apps.record.domain.entry import Entry


def ask(entry: Entry) -> None:
    """Open a pulse, if something was set on a measure."""
    action = entry.data.get("action", "change")
    if entry.data.get("adopted", True) and action != "retire" and _kind(UUID(entry.on["element"])) == "measure":
        open_pulse(entry)


def _kind(element: UUID) -> str:
    """The kind of an element in force, or of one that was proposed and is about to be."""
    known = Element.objects.filter(id=element).values_list("kind", flat=True).first()
    return known or Proposal.objects.filter(element=element).values_list("kind", flat=True).first() or ""
