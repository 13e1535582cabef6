"""The pulse: after a decision on a measure every seat is asked two questions in private."""

import uuid

from django.db import models
from django.db.models import Q


class Pulse(models.Model):
    """Two questions after the decision of entry `about`. Once it is closed, `result` is all that is left of the answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="pulses")
    element = models.UUIDField(db_index=True)
    about = models.BigIntegerField()
    opened_on = models.DateField()
    closes_on = models.DateField(help_text="The last day on which it can be answered.")
    result = models.JSONField(null=True, help_text="What was said, by groups of at least five answers.")
    seq = models.BigIntegerField()
    closed_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-seq"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "about"], name="one_pulse_per_decision"),
            models.UniqueConstraint(
                fields=["element"], condition=Q(closed_seq=None), name="one_open_pulse_per_element"
            ),
        ]


class PulseAnswer(models.Model):
    """What one seat answered, from 1 to 9 each. It lives until the pulse is closed; then only sums by group remain."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="given")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.CASCADE, related_name="+")
    group_key = models.CharField(max_length=30)
    shape = models.PositiveSmallIntegerField()
    matter = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pulse", "seat"], name="one_answer_per_seat"),
            models.CheckConstraint(condition=Q(shape__range=(1, 9), matter__range=(1, 9)), name="answers_from_1_to_9"),
        ]
