"""What belongs to the meeting around a round: interests declared, and corrections of its note."""

import uuid

from django.db import models

from apps.deliberation.models.rounds import Round, RoundItem


class Interest(models.Model):
    """A seat's own interest in one item, declared before the vote, and the convenor's ruling on it.

    Without a ruling, and with `leaves` false, the seat speaks and votes; with `leaves` it is out of the vote and of what its
    group is counted by.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    item = models.ForeignKey(RoundItem, on_delete=models.CASCADE, related_name="interests")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    leaves = models.BooleanField(null=True)
    ruling = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    ruled_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="one_interest_per_seat_and_item")]


class PapersSent(models.Model):
    """The papers of a round have gone out, on the partnership's day `day`: the agenda, with the version of each proposal then.

    What is changed afterwards is shown beside what was sent.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="papers_sent")
    day = models.DateField()
    versions = models.JSONField(help_text="The version that was sent, by proposal.")
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]


class NoteCorrection(models.Model):
    """A correction of a round's decision note, in the open beside what the note says by itself."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="corrections")
    words = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
