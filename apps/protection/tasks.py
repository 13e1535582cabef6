"""What the clock does for the protection of data."""

from celery import shared_task

from apps.frameworks.services.uploads import throw_away_uploads
from apps.partnerships.models import Partnership
from apps.protection.services import erase_expired


@shared_task(name="apps.protection.tasks.erase_expired")
def erase_what_is_over() -> None:
    """Erase words whose time is over, in every partnership whose story is not being played, and tables nobody brought in."""
    erase_expired(Partnership.objects.filter(log__paused=False))
    throw_away_uploads()
