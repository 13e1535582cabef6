"""What somebody does with their notices. It concerns nobody else, so the record does not know of it."""

from collections.abc import Sequence
from uuid import UUID

from apps.accounts.models import Person
from apps.common import clock
from apps.notifications.models import Notice
from apps.partnerships.models import Partnership


def mark_read(*, by: Person, notices: Sequence[UUID] | None = None) -> int:
    """Mark these of one's own notices as read, or all of them; returns how many that were."""
    mine = Notice.objects.filter(person=by, read_at=None)
    return (mine if notices is None else mine.filter(id__in=notices)).update(read_at=clock.now())


def forget_notices(partnership: Partnership, person: Person) -> None:
    """Delete what a person has been told in a partnership they are forgotten in."""
    Notice.objects.filter(partnership=partnership, person=person).delete()
