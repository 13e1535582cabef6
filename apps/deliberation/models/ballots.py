"""Ballots, what seals those of secret rounds, and papers that wait for their second witness."""

import uuid

from django.db import models

from apps.deliberation.models.rounds import Round, RoundItem


class Ballot(models.Model):
    """One seat's recorded choice on one item. Casting again adds a ballot; the newest of a seat counts.

    In a secret round `choice` stays empty: `sealed` holds it, under the key of its round, until both are deleted at the count.
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
    sealed = models.BinaryField(null=True)
    seq = models.BigIntegerField()
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "key", "seat"], name="one_ballot_per_key"),
            models.CheckConstraint(
                condition=models.Q(sealed=None) | models.Q(choice="", salt=None), name="sealed_or_readable"
            ),
        ]
        indexes = [models.Index(fields=["item", "seat", "-seq"], name="ballot_latest")]


class RoundKey(models.Model):
    """What opens the sealed ballots of a secret round: there from its opening to its count, deleted with them."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="+")
    key = models.BinaryField()


class Means(models.TextChoices):
    PAPER = "paper", "on paper"
    HANDS = "hands", "by show of hands"


class PaperBallot(models.Model):
    """What one witness has read from a seat's paper; it waits for a second witness and goes when the ballot is cast. In a secret
    round it is sealed like a ballot."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(RoundItem, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=2000)
    sealed = models.BinaryField(null=True)
    means = models.CharField(max_length=8, choices=Means.choices)
    entered_by = models.UUIDField(help_text="The witness, as the log names people.")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["entered_at"]
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="one_paper_waits_per_seat"),
            models.CheckConstraint(
                condition=models.Q(sealed=None) | models.Q(choice=""), name="paper_sealed_or_readable"
            ),
        ]
