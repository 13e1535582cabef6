"""What each group could live with: the range of a number that it would accept."""

import uuid

from django.db import models


class AcceptableRange(models.Model):
    """A group's range for one number of an element, in the unit of the element. The newest of a group counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="ranges")
    element = models.UUIDField(db_index=True)
    field = models.CharField(max_length=40)
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    low = models.DecimalField(max_digits=24, decimal_places=9, null=True)
    high = models.DecimalField(max_digits=24, decimal_places=9, null=True)
    reason = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]
