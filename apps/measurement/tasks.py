"""What the clock does for pulses."""

from collections.abc import Iterable
from uuid import UUID

from celery import shared_task

from apps.common import clock
from apps.measurement.models import Pulse
from apps.measurement.services.pulses import close_pulse
from apps.partnerships.models import Partnership


@shared_task(name="apps.measurement.tasks.close")
def close() -> None:
    """Close the pulses whose last day is over, in every partnership that is not being told."""
    waiting = Partnership.objects.filter(frameworks__pulses__closed_seq=None, frameworks__pulses__isnull=False)
    close_over(waiting.filter(log__paused=False).distinct().values_list("id", flat=True))


def close_over(partnerships: Iterable[UUID]) -> None:
    """Close the pulses of these partnerships whose last day is over."""
    found = Pulse.objects.select_related("framework__partnership").filter(
        framework__partnership__in=list(partnerships), closed_seq=None
    )
    for pulse in found.order_by("seq"):
        partnership = pulse.framework.partnership
        if pulse.closes_on < partnership.today(clock.now()):
            close_pulse(pulse, partnership.log_id)
