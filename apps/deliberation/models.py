"""Deciding: registered rules, rounds, ballots, results, decisions, impositions, and what they leave on each field."""

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.deliberation.reservations import Dissent as Dissent
from apps.deliberation.reservations import Reservation as Reservation
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


class Ballot(models.Model):
    """One seat's recorded choice on one item. Casting again adds a ballot; the newest of a seat counts.

    No key has an index of its own: the constraint and `ballot_latest` serve every question, and each ballot pays for each index.
    """

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(RoundItem, on_delete=models.PROTECT, related_name="ballots", db_index=False)
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+", db_index=False)
    group_key = models.CharField(max_length=30)
    choice = models.CharField(max_length=2000)
    key = models.UUIDField(help_text="Chosen by the sender: sending twice counts once.")
    salt = models.BinaryField(null=True)
    seq = models.BigIntegerField()
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "key", "seat"], name="one_ballot_per_key")]
        indexes = [models.Index(fields=["item", "seat", "-seq"], name="ballot_latest")]


class Means(models.TextChoices):
    PAPER = "paper", "on paper"
    HANDS = "hands", "by show of hands"


class PaperBallot(models.Model):
    """What one witness has read from a seat's paper; it waits for a second witness and goes when the ballot is cast."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(RoundItem, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=2000)
    means = models.CharField(max_length=8, choices=Means.choices)
    entered_by = models.UUIDField(help_text="The witness, as the log names people.")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["entered_at"]
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="one_paper_waits_per_seat")]


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
