"""What the clock does in a story on each new day, told inside the process: what beat does beside a running server."""

from uuid import UUID

from apps.deliberation.services.dissent import call_reviews_of_dissent
from apps.deliberation.services.reviews import call_reviews
from apps.measurement.tasks import close_over
from apps.partnerships.models import Partnership


def act_on_what_is_due(partnership: UUID) -> None:
    """Call the reviews that are due or overdue, let lapse what lapses, close the questions whose last day is over."""
    call_reviews([partnership])
    call_reviews_of_dissent(Partnership.objects.filter(id=partnership))
    close_over([partnership])
