"""Direction from above, evidence from practice, and how the two hang together."""

import uuid

from django.db import models


class Need(models.Model):
    """What somebody with authority needs to know under a desired outcome, stated without saying how it is to be measured."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="needs")
    outcome = models.UUIDField(db_index=True)
    words = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    group_key = models.CharField(max_length=30, blank=True)
    stated_on = models.DateField()
    withdrawn_seq = models.BigIntegerField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]


class Alignment(models.Model):
    """What one group says about how something from above (a need, or a measure) and a measure from practice hang together."""

    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="alignments")
    above = models.UUIDField()
    practice = models.UUIDField(db_index=True)
    relation = models.CharField(
        max_length=10, choices=[("same", "Same thing"), ("leads_to", "Leads to it"), ("against", "Pulls against it")]
    )
    group_key = models.CharField(max_length=30)
    reason = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "above", "practice", "group_key"], name="one_view_per_group")
        ]


class Noticing(models.Model):
    """When practice first noticed what a measure counts, and what shows it: the evidence of where it came from."""

    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="noticings")
    element = models.UUIDField(db_index=True)
    observed_on = models.DateField()
    words = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    group_key = models.CharField(max_length=30)
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["observed_on", "seq"]
