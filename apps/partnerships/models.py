"""The standing body that negotiates: partnerships, stakeholder groups, seats, roles, mandates and invitations."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Visibility(models.TextChoices):
    PUBLIC = "public", "Everybody can read it"
    MEMBERS = "members", "Only members can read it"


class GroupKind(models.TextChoices):
    AGENCY = "agency", "Agency"
    PROVIDER = "provider", "Provider"
    MANAGERS = "managers", "Team and service managers"
    FRONTLINE = "frontline", "Frontline staff"
    COMMUNITY = "community", "Community"
    USERS = "users", "People who use services"
    OBSERVER = "observer", "Observers"


class Standing(models.TextChoices):
    DECIDES = "decides", "Decides"
    ADVISES = "advises", "Advises"


class RoleName(models.TextChoices):
    CONVENOR = "convenor", "Convenor"
    AUDITOR = "auditor", "Auditor"
    OFFICER = "dpo", "Data protection officer"


class Partnership(models.Model):
    """The standing body of stakeholder groups that negotiates frameworks. Each has a log of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    log = models.OneToOneField("record.Log", on_delete=models.PROTECT, related_name="partnership")
    name = models.CharField(max_length=200)
    summary = models.TextField(max_length=2000, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    founded_at = models.DateTimeField()
    story_day = models.DateField(
        null=True, help_text="The day it is in the story a demonstration tells; none: the clock's."
    )
    papers_days = models.PositiveSmallIntegerField(
        default=0,
        help_text="How many working days before a vote its papers go out at the latest; 0: nobody asks for it.",
    )
    days_off = ArrayField(
        models.DateField(), default=list, help_text="Days from Monday to Friday on which nobody works."
    )

    def today(self, at: datetime) -> date:
        """Which day it is at the moment `at`: the day of the story in a demonstration, otherwise the clock's."""
        return self.story_day or at.date()


class Pseudonym(models.Model):
    """Under which name-without-a-name a person appears in a log. Deleting the row cuts the link for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    log = models.ForeignKey("record.Log", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "person"], name="one_pseudonym_per_log_and_person")]


class StakeholderGroup(models.Model):
    """A party to the negotiation. `key` is its short sign in rules and counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="groups")
    key = models.SlugField(max_length=30)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=GroupKind.choices)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.DECIDES)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "key"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "key"], name="group_key_once_per_partnership"),
            models.CheckConstraint(condition=~Q(kind="observer", standing="decides"), name="observers_do_not_decide"),
        ]


class Seat(models.Model):
    """One voice of a group. It outlives its holder."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    group = models.ForeignKey(StakeholderGroup, on_delete=models.PROTECT, related_name="seats")
    label = models.CharField(max_length=20)

    class Meta:
        ordering = ["group", "label"]
        constraints = [models.UniqueConstraint(fields=["group", "label"], name="seat_label_once_per_group")]


class Holding(models.Model):
    """A person holds a seat from `since` until `until` (open: now)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="holdings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=Q(until__isnull=True), name="one_holder_per_seat"),
            models.UniqueConstraint(
                fields=["partnership", "person"], condition=Q(until__isnull=True), name="one_seat_per_person"
            ),
        ]


class Role(models.Model):
    """What a person does for the partnership beside or without a seat: convene it, audit it, or protect its people's data."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=10, choices=RoleName.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person", "name"], condition=Q(until__isnull=True), name="role_once_per_person"
            )
        ]


class Mandate(models.Model):
    """Recorded authority to impose, limited in scope and time.

    `parts` are the parts of a measure it reaches (methods.md 11.1), `elements` the elements it reaches; an empty list of
    elements reaches every one. `limits` is the sentence of the mandate that says what it leaves out. `document_sha256` is
    the fingerprint of the document it rests on. With `lapses`, what was set under it goes back to open when its review date
    passes without a review. `valid_until` is moved forward when the mandate is ended before its time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="mandates")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="mandates")
    code = models.CharField(max_length=20)
    authority = models.CharField(max_length=200)
    basis_kind = models.CharField(
        max_length=12, choices=[("law", "Law"), ("contract", "Contract"), ("duty", "Duty or instruction")]
    )
    basis = models.CharField(max_length=300)
    limits = models.CharField(max_length=500, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    parts = models.JSONField(default=list)
    elements = models.JSONField(default=list)
    statutory = models.BooleanField(
        default=False, help_text="Required by law from outside: not the partnership's to change."
    )
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    review_on = models.DateField(null=True)
    lapses = models.BooleanField(
        default=False, help_text="What was set under it goes back to open if no review is held in time."
    )
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="mandate_code_once")]

    def is_valid_on(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class MandateDocument(models.Model):
    """The document a mandate rests on, byte by byte; its fingerprint stands in the mandate and in the record."""

    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="document")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    body = models.BinaryField()


class Invitation(models.Model):
    """A link that seats people in a group. Only the digest of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    group = models.ForeignKey(StakeholderGroup, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    uses_left = models.PositiveSmallIntegerField()
    ends_at = models.DateTimeField()
