"""Everybody is told, by a reader of the record: what is set alone, what lapses, what is to be reviewed."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from apps.common import clock
from apps.notifications.models import Notice
from apps.notifications.wording import TELLERS
from apps.partnerships.models import Partnership
from apps.partnerships.selectors import everybody_in
from apps.record.act import By, act
from apps.record.domain.entry import Entry, moment

NOTIFY = By(system="notify")
TYPES = frozenset(TELLERS)


def notify(entry: Entry) -> None:
    """Give a notice to everybody who holds a seat, a role or a mandate now, and record, by group, how many were told."""
    partnership = Partnership.objects.select_related("log").get(log=UUID(entry.log))
    people = everybody_in(partnership)
    due = None if partnership.log.demo else clock.now()  # the people of a demonstration are invented
    told = [_notice(entry, partnership, person, due if email else None) for person, email in people.mail.items()]
    with act(by=NOTIFY, log=UUID(entry.log)) as a:
        Notice.objects.bulk_create(told, ignore_conflicts=True)
        groups = Counter(people.groups.values())
        on = {key: UUID(entry.on[key]) for key in ("element", "framework", "mandate") if key in entry.on}
        data = {"about": entry.type, "groups": dict(sorted(groups.items())), "others": len(told) - groups.total()}
        a.add("notice.given", data, on=on, because=entry.seq)


def _notice(entry: Entry, partnership: Partnership, person: UUID, due: datetime | None) -> Notice:
    return Notice(person_id=person, partnership=partnership, seq=entry.seq, at=moment(entry.at), mail_due=due)
