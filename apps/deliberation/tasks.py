"""What the clock does: deadlines are rows, and a tick acts on what is due."""

from celery import shared_task
from django.db.models import Q

from apps.common import clock
from apps.deliberation.models import Round, RoundState
from apps.deliberation.services.course import act_when_due
from apps.deliberation.services.dissent import call_reviews_of_dissent
from apps.deliberation.services.reviews import call_reviews
from apps.partnerships.models import Partnership
from apps.proposals.services.drafts import clear_drafts
from apps.proposals.services.packages import remind


@shared_task(name="apps.deliberation.tasks.tick")
def tick() -> None:
    """Begin, move on or close every round whose time has come."""
    now = clock.now()
    due = (
        Q(state=RoundState.ANNOUNCED, starts_at__lte=now)
        | Q(state=RoundState.TALKING, phase_until__lte=now)
        | Q(state=RoundState.OPEN, closes_at__lte=now)
    )
    rounds = Round.objects.filter(due, paused_at=None, framework__partnership__log__paused=False)
    for id, log in rounds.values_list("id", "framework__partnership__log_id"):
        act_when_due(id, log)


@shared_task(name="apps.deliberation.tasks.review")
def review() -> None:
    """Call reviews that are near or overdue, and let lapse what lapses without one."""
    with_dates = Partnership.objects.filter(mandates__impositions__review_on__isnull=False, log__paused=False)
    call_reviews(with_dates.distinct().values_list("id", flat=True))
    running = list(Partnership.objects.filter(log__paused=False).select_related("log"))
    call_reviews_of_dissent(running)
    for partnership in running:
        remind(partnership)
    clear_drafts()
