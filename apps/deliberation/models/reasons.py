"""Reasons that come with votes: read by everybody once the round is counted, and by then of nobody in particular."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class RoundReason(models.Model):
    """Why somebody voted as they did. Until the count it lies beside the seat, so that it can be changed; with the count the
    seat is forgotten, and `company` says with which groups it is shown. The id is random: their order says nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    item = models.ForeignKey("deliberation.RoundItem", on_delete=models.CASCADE, related_name="reasons")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    words = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    company = ArrayField(models.CharField(max_length=30), default=list)
    seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="one_reason_per_seat"),
            models.CheckConstraint(
                condition=models.Q(seat__isnull=True) ^ models.Q(seq__isnull=True), name="a_recorded_reason_has_no_seat"
            ),
        ]
