"""Decisions and impositions, and what they leave: field states, renegotiation tracks, dissent, calls for review."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.deliberation.models.rounds import RoundItem


class Decision(models.Model):
    """The act that adopts or does not adopt a version, on a round's outcome; or an imposition, by mandate alone.

    A question among alternatives leaves one decision for each proposal among them. `act` has exactly the keys of a history
    act (docs/scoring-rule.md) when something was adopted. `undoes` is the entry of an imposition that lapses by this.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="decisions")
    element = models.UUIDField(db_index=True)
    item = models.ForeignKey(RoundItem, on_delete=models.PROTECT, null=True, related_name="decisions")
    mandate = models.ForeignKey("partnerships.Mandate", on_delete=models.PROTECT, null=True, related_name="impositions")
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(
        max_length=12,
        choices=[
            ("decision", "Decision"),
            ("imposition", "Imposition"),
            ("outside", "Set outside"),
            ("lapse", "Lapsed"),
            ("inherited", "In force from before"),
        ],
    )
    adopted = models.BooleanField()
    outcome = models.CharField(max_length=30)
    patch = models.JSONField(default=dict)
    act = models.JSONField(null=True)
    reason_code = models.CharField(max_length=30, blank=True)
    reason = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    effective = models.DateField()
    review_on = models.DateField(null=True)
    undoes = models.BigIntegerField(null=True)
    seq = models.BigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["item", "proposal"], name="one_decision_per_proposal_and_item"),
            models.CheckConstraint(
                condition=~Q(kind="imposition") | Q(mandate__isnull=False), name="an_imposition_has_a_mandate"
            ),
        ]


class FieldState(models.Model):
    """Where one field of an element stands, and the number of the entry that set it."""

    element = models.UUIDField()
    field = models.CharField(max_length=40)
    state = models.CharField(
        max_length=10,
        choices=[
            ("agreed", "Agreed"),
            ("imposed", "Set by one party"),
            ("inherited", "In force from before"),
            ("open", "Open"),
        ],
    )
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["element", "field"], name="one_state_per_field")]


class RenegotiationTrack(models.Model):
    """Opened by each imposition: these parts can be talked about from that day on, until they are agreed."""

    element = models.UUIDField(db_index=True)
    parts = ArrayField(models.CharField(max_length=20))
    open_parts = ArrayField(models.CharField(max_length=20))
    opened_seq = models.BigIntegerField()
    review_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["element", "opened_seq"], name="one_track_per_imposition")]


class ReviewCall(models.Model):
    """A review has been called once it is near, and once more when it is overdue: each once."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="calls")
    stage = models.CharField(max_length=8, choices=[("due", "Due soon"), ("overdue", "Overdue")])
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "stage"], name="a_review_is_called_once_per_stage")]
