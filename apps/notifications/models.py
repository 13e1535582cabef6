"""Notices: what somebody is to be told, in the application and by mail.

A notice holds no words of anybody: it names an entry of the record, and what that says is read when the notice is shown.
So whatever is erased there is gone here too, and a person who leaves takes their notices along.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One person is told of one entry. `mail_due` is when it is to be sent by mail next; none: it has been sent, or need not be."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField(help_text="Number of the entry in the partnership's log.")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_due = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-seq"]
        constraints = [models.UniqueConstraint(fields=["person", "partnership", "seq"], name="told_once")]
        indexes = [models.Index(fields=["mail_due"], name="notice_mail_due", condition=Q(mail_due__isnull=False))]
