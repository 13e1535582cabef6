"""Requests to be forgotten, how long words are kept, and what a freedom-of-information answer leaves out."""

import uuid

from django.conf import settings
from django.db import models


class ErasureRequest(models.Model):
    """Somebody asks to be forgotten in one partnership; the data protection officer erases or refuses, with ground and rule.

    `person` becomes empty when the person is erased. `due_on` is the day by which the law wants an answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(
        max_length=8, default="open", choices=[("open", "Open"), ("erased", "Erased"), ("refused", "Refused")]
    )
    words = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    seq = models.BigIntegerField()
    ground = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=20, blank=True)
    reason = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person"],
                condition=models.Q(state="open"),
                name="one_open_erasure_request_per_person",
            )
        ]


class Retention(models.Model):
    """How many years a partnership keeps words of a kind; none: as long as the record."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    years = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "kind"], name="one_retention_per_kind")]


class Exemption(models.Model):
    """Words that a freedom-of-information answer leaves out, and on which ground."""

    text = models.OneToOneField("record.Text", on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20)
    seq = models.BigIntegerField()
