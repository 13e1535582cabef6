"""Taking a file away is an act, where more is taken than everybody can read anyway.

What a member or the convenor takes stands in the partnership's record, for members to see. What an auditor takes stands in the
log `platform`, for auditors only: the convenor can neither refuse nor watch an audit. What is public, and one's own data, anybody
takes without a trace.
"""

from datetime import timedelta

from apps.common import clock
from apps.partnerships.actors import Actor, pseudonym
from apps.record import selectors as record
from apps.record.act import By, act, platform_log

ONCE_IN = timedelta(hours=1)
"""The same export by the same person is recorded once within this time."""


def record_export(*, by: Actor, what: str, format: str, entries: int) -> None:
    """Record that somebody took `what` away as a file of `format`, with so many entries or rows."""
    if by.person is None or not by.is_member:
        return
    data = {"what": what, "format": format, "entries": entries}
    if by.is_auditor:
        log = platform_log().id
        who, type = By(person=pseudonym(log, by.person)), "audit.exported"
    else:
        log, who, type = by.log, by.by, "export.made"
    with act(by=who, log=log) as a:
        recent = record.entries(log, types=[type], subject=by.partnership.id, after=clock.now() - ONCE_IN)
        if not any(same.by == who.to_json() and _key(same.data) == _key(data) for same in recent):
            a.add(type, data, on={"partnership": by.partnership.id})


def _key(data: object) -> tuple[object, ...]:
    return tuple(data[key] for key in ("what", "format")) if isinstance(data, dict) else ()
