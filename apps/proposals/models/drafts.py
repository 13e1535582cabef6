"""What a group writes before it tables anything: outside the record, seen by nobody else."""

import uuid

from django.db import models


class Draft(models.Model):
    """A group's unsent form. `subject` says what it is for; `number` grows with every save, so that nobody saves over others.

    It is no part of the record: only that the group keeps a drafting room is declared there, and when something out of it is
    tabled. It is thrown away when it is tabled or dropped, or after ninety days without a save.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=80)
    values = models.JSONField()
    number = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["framework", "group", "subject"], name="one_draft_per_subject")]
