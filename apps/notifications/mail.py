"""Sending notices by mail, at least once each: a notice is marked as sent after it was, so a crash may send one twice."""

import logging
import smtplib
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from apps.common import clock
from apps.notifications.models import Notice
from apps.notifications.selectors import words_of

TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)
"""After each failure the pause doubles: eight tries take about two hours."""
BATCH = 50
log_line = logging.getLogger(__name__)


def send_due() -> int:
    """Send what is due, one transaction for each mail; returns how many were sent."""
    ids = list(
        Notice.objects.filter(mail_due__lte=clock.now()).order_by("mail_due").values_list("id", flat=True)[:BATCH]
    )
    return sum(_send(id) for id in ids)


@transaction.atomic
def _send(id: UUID) -> bool:
    """Send one notice, unless another worker has it in hand."""
    notice = (
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("person", "partnership")
        .filter(id=id, mail_due__isnull=False)
        .first()
    )
    if notice is None:
        return False
    message = _message(notice)
    try:
        sent = message is not None and bool(message.send())
    except (OSError, smtplib.SMTPException) as error:
        log_line.warning("notice %s could not be sent: %s", notice.id, type(error).__name__)
        _postpone(notice)
        return False
    notice.mail_due, notice.mailed_at = None, clock.now() if sent else None
    notice.save(update_fields=["mail_due", "mailed_at"])
    return sent


def _postpone(notice: Notice) -> None:
    """Try again after a while, but not for ever; in the application the notice stands anyway."""
    notice.tries += 1
    pause = FIRST_PAUSE * 2 ** (notice.tries - 1)
    notice.mail_due = clock.now() + pause if notice.tries < TRIES else None
    notice.save(update_fields=["mail_due", "tries"])


def _message(notice: Notice) -> EmailMessage | None:
    """The mail; none where the person has no address any more, or the entry says nothing to be told."""
    told = words_of([notice]).get(notice.id)
    if told is None or not notice.person.email:
        return None
    lines = [
        f"{notice.partnership.name}",
        "",
        f"{told.subject}.",
        "",
        *told.lines,
        "",
        f"{told.action}: {settings.BASE_URL}{told.path}",
        "",
        "You get this because you take part in this partnership. Nobody's words are in this mail: they stand on the page,",
        "where they can be corrected and removed.",
    ]
    subject = " ".join(f"{told.subject} ({notice.partnership.name})".split())
    return EmailMessage(subject, "\n".join(lines), to=[notice.person.email], connection=get_connection(timeout=10))
