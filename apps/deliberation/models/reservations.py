"""Disagreement with a decision that stands: by votes, in a group's own words, and what calls a review of it."""

import uuid

from django.db import models


class Dissent(models.Model):
    """Recorded disagreement of a group with a decision that stands, with the day on which it calls a review."""

    decision = models.ForeignKey("deliberation.Decision", on_delete=models.PROTECT, related_name="dissents")
    group_key = models.CharField(max_length=30)
    against = models.PositiveIntegerField()
    review_on = models.DateField(null=True)
    called_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["group_key"]


class Reservation(models.Model):
    """A group's own words on its disagreement, kept with the version they are about.

    A review is called on the day `review_on`, or when the group says that what it wrote in `condition` has come about;
    `called_seq` is the entry with which it was called.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    decision = models.ForeignKey("deliberation.Decision", on_delete=models.PROTECT, related_name="reservations")
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=11,
        choices=[("dissent", "Disagreement"), ("objection", "Objection"), ("stand_aside", "Standing aside")],
    )
    words = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True)
    condition = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    called_seq = models.BigIntegerField(null=True)
    called_because = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]
