"""Verdicts: where each element stands on the two continua, as computed from the record; and challenges to them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Verdict(models.Model):
    """One computed verdict on an element; the newest stands. `document` is what the scoring rule printed."""

    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="verdicts")
    element = models.UUIDField(db_index=True)
    because = models.BigIntegerField(help_text="Number of the entry that moved it.")
    seq = models.BigIntegerField()
    rule = models.PositiveSmallIntegerField()
    ni = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    pe = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    label_ni = models.CharField(max_length=16)
    label_pe = models.CharField(max_length=16)
    flags = ArrayField(models.CharField(max_length=40), default=list)
    headline = models.TextField()
    document = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["element", "because"], name="one_verdict_per_cause")]


class Challenge(models.Model):
    """Somebody contests a verdict or a recorded fact, with a reason; a panel of three from three groups answers it.

    `about` is the number of the contested entry. `label` is what the panel would say in place of the computed words, which
    stay beside it. `seed` is what the panel was drawn by, `barred` are those who could not sit on it, as the log names them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="challenges")
    element = models.UUIDField(db_index=True)
    about = models.BigIntegerField()
    subject = models.CharField(max_length=8, choices=[("verdict", "How it was decided"), ("fact", "A recorded fact")])
    by = models.UUIDField(help_text="Who contests it, as the log names them.")
    group_key = models.CharField(max_length=30, blank=True)
    reason = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10,
        default="open",
        choices=[("open", "Open"), ("upheld", "Right"), ("rejected", "Stands"), ("withdrawn", "Taken back")],
    )
    seed = models.CharField(max_length=64)
    barred = ArrayField(models.UUIDField(), default=list)
    sides = ArrayField(models.CharField(max_length=30), default=list)
    label = ArrayField(models.CharField(max_length=16), null=True)
    seq = models.BigIntegerField()
    made_at = models.DateTimeField()
    answered_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-seq"]
        constraints = [models.UniqueConstraint(fields=["about", "by", "framework"], name="contested_once_by_each")]


class PanelMember(models.Model):
    """One seat of a panel and what it answered."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="members")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    aside = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, blank=True)
    label = ArrayField(models.CharField(max_length=16), null=True)
    reason = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["challenge", "seat"], name="on_a_panel_once")]
