"""What the clock does: deadlines are rows, and a tick acts on what is due."""

from celery import shared_task

from apps.common import clock
from apps.deliberation.models import Round, RoundState
from apps.deliberation.services.rounds import close_due


@shared_task(name="apps.deliberation.tasks.tick")
def tick() -> None:
    """Close every round whose time has come."""
    due = Round.objects.filter(
        state=RoundState.OPEN, closes_at__lte=clock.now(), framework__partnership__log__paused=False
    )
    for id, log in due.values_list("id", "framework__partnership__log_id"):
        close_due(id, log)
