"""Reading notices: what somebody has been told, in words, the newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import Person
from apps.notifications.models import Notice
from apps.notifications.wording import Told, tell_all
from apps.record.selectors import entries_at


@dataclass(frozen=True)
class NoticeShown:
    """A notice together with its words."""

    notice: Notice
    told: Told


def notices_for(person: Person, *, unread: bool = False) -> QuerySet[Notice]:
    """Everything somebody has been told, newest first; or what they have not marked as read."""
    found = Notice.objects.select_related("partnership").filter(person=person)
    return found.filter(read_at=None) if unread else found


def unread_count(person: Person) -> int:
    """How many notices somebody has not marked as read."""
    return notices_for(person, unread=True).count()


def shown(notices: Sequence[Notice]) -> list[NoticeShown]:
    """Notices with their words, in the same order."""
    words = words_of(notices)
    return [NoticeShown(notice, words[notice.id]) for notice in notices if notice.id in words]


def words_of(notices: Iterable[Notice]) -> dict[UUID, Told]:
    """What each notice says: a fixed number of queries for each partnership."""
    found = list(notices)
    wanted: dict[UUID, set[int]] = {}
    for notice in found:
        wanted.setdefault(notice.partnership.log_id, set()).add(notice.seq)
    told = tell_all(entry for log, numbers in wanted.items() for entry in entries_at(log, numbers))
    keys = {notice.id: (str(notice.partnership.log_id), notice.seq) for notice in found}
    return {id: told[key] for id, key in keys.items() if key in told}
