"""Verdicts: where each element stands on the two continua, as computed from the record."""

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
