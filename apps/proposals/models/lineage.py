"""Where proposals come from: one can grow out of several, and several out of one."""

from django.db import models


class Lineage(models.Model):
    """`child` came out of `parent`: as an alternative to it, by taking it in, or as a part of it."""

    child = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(
        max_length=8, choices=[("counter", "Alternative to"), ("merged", "Takes in"), ("split", "Part of")]
    )
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["child", "parent"], name="a_proposal_comes_from_another_once")]
