"""What the clock does: deadlines are rows, and a tick acts on what is due."""

from celery import shared_task

from apps.common import clock
from apps.deliberation.models import Round, RoundState
from apps.deliberation.services.reviews import call_reviews
from apps.deliberation.services.rounds import close_due
from apps.partnerships.models import Partnership


@shared_task(name="apps.deliberation.tasks.tick")
def tick() -> None:
    """Close every round whose time has come."""
    due = Round.objects.filter(
        state=RoundState.OPEN, closes_at__lte=clock.now(), framework__partnership__log__paused=False
    )
    for id, log in due.values_list("id", "framework__partnership__log_id"):
        close_due(id, log)


@shared_task(name="apps.deliberation.tasks.review")
def review() -> None:
    """Call reviews that are near or overdue, and let lapse what lapses without one."""
    with_dates = Partnership.objects.filter(mandates__impositions__review_on__isnull=False, log__paused=False)
    call_reviews(with_dates.distinct().values_list("id", flat=True))
