"""Registered rules, rounds and what they vote on."""

import uuid
from datetime import datetime

from django.db import models

from apps.proposals.models import Proposal


class RegisteredRule(models.Model):
    """A decision rule, registered and hashed before any round that uses it opens. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="rules")
    title = models.CharField(max_length=120)
    document = models.JSONField()
    hash = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    registered_at = models.DateTimeField()


class Secrecy(models.TextChoices):
    OPEN = "open", "Open"
    BLIND = "blind", "Private until closing"
    SECRET = "secret", "Secret: only the count is kept"


class RoundState(models.TextChoices):
    DRAFT = "draft", "In preparation"
    ANNOUNCED = "announced", "Announced"
    TALKING = "talking", "Being talked about"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    TALLIED = "tallied", "Counted"


class Round(models.Model):
    """A bounded deliberation ending in a vote on one or more proposals under one registered rule, or an advisory poll.

    `binding` says of a proposal to confirm an element that a no ends or reopens it. `effective` is the day from which
    what is decided counts. Before it opens for the vote it may be talked about in the phases of its `plan`; `phase` is the
    one it is in. `follows` is the round that it takes up again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(max_length=200)
    rule = models.ForeignKey(RegisteredRule, on_delete=models.PROTECT, related_name="rounds")
    advisory = models.BooleanField(default=False)
    binding = models.BooleanField(default=False)
    secrecy = models.CharField(max_length=8, choices=Secrecy.choices, default=Secrecy.BLIND)
    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.DRAFT)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    number = models.PositiveSmallIntegerField(
        default=1, help_text="How many rounds on this there have been, with this one."
    )
    plan = models.JSONField(default=list, help_text="The phases before the vote: [{phase, minutes or null}].")
    phase = models.CharField(max_length=8, blank=True)
    phase_until = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True, help_text="When the clock begins it, once it is announced.")
    paused_at = models.DateTimeField(null=True)
    effective = models.DateField(null=True)
    closes_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True, help_text="By when disagreement with what is decided calls a review.")
    opened_at = models.DateTimeField(null=True)
    opened_on = models.DateField(null=True, help_text="The day on which it opened, in the story where there is one.")
    closed_at = models.DateTimeField(null=True)
    drafted_at = models.DateTimeField()
    opened_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-drafted_at"]

    @property
    def ends_at(self) -> datetime | None:
        """When what is under way ends by itself: the wait of an announced round, a phase, or the vote."""
        if self.state == RoundState.ANNOUNCED:
            return self.starts_at
        return self.phase_until if self.state == RoundState.TALKING else self.closes_at


AGREED = ("agreed", "agreed_with_reservations")


class RoundItem(models.Model):
    """One line of a round's agenda: the version of a proposal that is voted on; or a question, with `alternatives` instead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="items")
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="items", null=True)
    version = models.ForeignKey("proposals.ProposalVersion", on_delete=models.PROTECT, related_name="+", null=True)
    order = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=30, blank=True)
    result = models.JSONField(null=True, help_text="The item of the tally's output, see docs/rules.md.")
    tallied_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["round", "proposal"], name="proposal_once_per_round")]

    key = ""
    """Only an alternative has a name of its own."""

    @property
    def adopted(self) -> bool:
        """Whether the rule, once counted, adopts something here."""
        return self.outcome in AGREED

    @property
    def chosen(self) -> list[str]:
        """Of a question among alternatives the names that are chosen, in order; ties leave it undecided and choose none."""
        return [str(name) for name in (self.result or {}).get("winners", [])] if self.adopted else []

    @property
    def options(self) -> "list[RoundItem | RoundAlternative]":
        """What may be adopted: the line itself, or those of its alternatives that are proposals."""
        if self.proposal_id:
            return [self]
        return [one for one in self.alternatives.all() if one.proposal_id]

    @property
    def proposals(self) -> list[Proposal]:
        """The proposals that are voted on here."""
        return [option.proposal for option in self.options if option.proposal]

    @property
    def answered_id(self) -> uuid.UUID:
        """What a ballot answers: the version voted on; of a question among alternatives the question itself, whose
        alternatives and versions stand in the entry of the round's opening."""
        return self.version_id or self.id


class RoundAlternative(models.Model):
    """What one name of a selecting rule stands for in one question: a proposal, or to keep what is in force (none)."""

    item = models.ForeignKey(RoundItem, on_delete=models.CASCADE, related_name="alternatives")
    key = models.CharField(max_length=200, help_text="The name under which the rule lists it.")
    order = models.PositiveSmallIntegerField()
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="stands_in", null=True)
    version = models.ForeignKey("proposals.ProposalVersion", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="one_alternative_per_name"),
            models.UniqueConstraint(fields=["item", "proposal"], name="one_alternative_per_proposal"),
        ]

    @property
    def adopted(self) -> bool:
        """Whether this is what the question chose."""
        return self.key in self.item.chosen
