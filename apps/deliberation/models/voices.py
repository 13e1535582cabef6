"""What the seats say in a round: who comes, who speaks, who wants to, who is ready to move on."""

from django.db import models
from django.db.models import Q

from apps.deliberation.models.rounds import Round


class Coming(models.TextChoices):
    COMES = "comes", "Comes"
    APOLOGIES = "apologies", "Sends apologies"
    UNSAID = "unsaid", "Has not said"


class Voice(models.Model):
    """A seat in a round: whether it comes, its raised hand, its turn, what it has spoken so far, and whether it is ready to move
    on.

    What it says of its coming stands in the entry `coming_seq`; `coming_noted`: the convenor has written it down for it. A hand
    is up from `raised_at` on (none: it is down), a turn under way from `since` on, meant to last until `until`; each with the
    number of its entry. `changes` counts how often the seat has changed its mind since `changes_since`.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="voices")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    coming = models.CharField(max_length=9, choices=Coming.choices, default=Coming.UNSAID)
    coming_seq = models.BigIntegerField(null=True)
    coming_noted = models.BooleanField(default=False)
    raised_at = models.DateTimeField(null=True)
    raised_seq = models.BigIntegerField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    given_seq = models.BigIntegerField(null=True)
    turns = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    ready = models.BooleanField(default=False)
    changes = models.PositiveSmallIntegerField(default=0)
    changes_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "seat"], name="one_voice_per_seat_and_round"),
            models.UniqueConstraint(fields=["round"], condition=Q(since__isnull=False), name="one_speaks_at_a_time"),
            models.CheckConstraint(
                condition=Q(coming=Coming.UNSAID) | Q(coming_seq__isnull=False), name="coming_is_in_the_record"
            ),
        ]
