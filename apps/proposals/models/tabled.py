"""Proposals with immutable versions, offers of change by others (amendments), objections."""

import uuid
from typing import Any

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.frameworks.models import Kind
from apps.record.models import Text


class Action(models.TextChoices):
    ADD = "add", "Add"
    CHANGE = "change", "Change"
    CONFIRM = "confirm", "Confirm as it is"
    RETIRE = "retire", "Retire"


def patch_in(wording: Text) -> dict[str, Any]:
    """The fields and values that a wording holds; none once it has been erased (or tampered with: verification says so)."""
    try:
        return dict(orjson.loads(wording.body or "{}"))
    except orjson.JSONDecodeError:
        return {}


class Proposal(models.Model):
    """A suggestion to add, change, confirm or retire one element. `element` is the element's id, fixed from the first draft on.

    `sponsors` are the keys of the groups that table it (the proposer's group first): they do not count as having offered
    changes to it. `slot` is the open place of the founding plan it would fill.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="proposals")
    element = models.UUIDField(db_index=True)
    action = models.CharField(max_length=8, choices=Action.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=20)
    parent = models.UUIDField(null=True)
    slot = models.CharField(max_length=40, blank=True)
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    sponsors = ArrayField(models.CharField(max_length=30), default=list)
    observed_on = models.DateField(null=True, help_text="When practice first noticed what this proposes to count.")
    state = models.CharField(max_length=12, default="tabled")
    number = models.PositiveIntegerField(default=1, help_text="The number of its newest version.")
    offers_from = models.DateField()
    offers_until = models.DateField(
        null=True, help_text="The last day on which changes can be offered; none: no window."
    )
    offers_each = models.PositiveSmallIntegerField(
        null=True, help_text="How many changes each group can offer in the present window; none: as many as it likes."
    )
    window_seq = models.BigIntegerField(
        default=0, help_text="The entry with which the present window for offers began; 0: the first window."
    )
    from_offer = models.ForeignKey("proposals.Offer", on_delete=models.PROTECT, null=True, related_name="put_as")
    withdrawn_because = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    seq = models.BigIntegerField()
    tabled_at = models.DateTimeField()

    class Meta:
        ordering = ["-tabled_at"]


class ProposalVersion(models.Model):
    """One immutable version: the wording it gives to fields, on which version of the element it rests, and why.

    Ballots are bound to it. `wording` holds the patch as canonical JSON, so that it can be erased; `fields` says for good
    which fields it touches.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    wording = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=40), default=list)
    base = models.PositiveIntegerField(
        default=0, help_text="Number of the element's version it was written on; 0: none yet."
    )
    rationale = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    seq = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_number_once")]

    @property
    def patch(self) -> dict[str, Any]:
        """The fields with the values it gives them; nothing once the wording has been erased."""
        return patch_in(self.wording)


class Offer(models.Model):
    """An amendment: a change to a pending proposal, offered by a group that did not table it, and the answer to it.

    What an offer wants never changes: its next version is an offer that `replaces` it. A counter-offer is made by those who
    propose, in answer to the offer it `counters`; the group that made that one answers it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="offers")
    on_number = models.PositiveIntegerField(help_text="Number of the proposal's version it was written on.")
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    wording = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=40), default=list)
    taken = models.ForeignKey(
        "record.Text", on_delete=models.PROTECT, null=True, related_name="+", help_text="What was taken of it."
    )
    taken_fields = ArrayField(models.CharField(max_length=40), default=list)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    counters = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="counter_offers")
    taken_in = models.PositiveIntegerField(
        null=True, help_text="Number of the proposal's version that has it first, when taken."
    )
    reason = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="offered")
    answer = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(
        "partnerships.StakeholderGroup", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["offered_at"]

    @property
    def patch(self) -> dict[str, Any]:
        """What it would change; nothing once the wording has been erased."""
        return patch_in(self.wording)

    @property
    def is_erased(self) -> bool:
        """Whether what it said has been erased."""
        return self.wording.erased_at is not None

    @property
    def taken_patch(self) -> dict[str, Any] | None:
        """What was taken of it, if anything was; nothing once the wording has been erased."""
        return patch_in(self.taken) if self.taken else None


class OfferSupport(models.Model):
    """A group that wants what another group has offered, and says so instead of offering the same again."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="supports")
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["joined_at"]
        constraints = [models.UniqueConstraint(fields=["offer", "group"], name="a_group_joins_an_offer_once")]


class Objection(models.Model):
    """An argument that a proposal does avoidable harm: neither a preference nor a veto."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="objections")
    on_number = models.PositiveIntegerField()
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["made_at"]
