"""Outcome frameworks: elements with immutable versions, the founding plan and its open places, editions."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Kind(models.TextChoices):
    MISSION = "mission", "Mission"
    VALUE = "value", "Value"
    OUTCOME = "outcome", "Desired outcome"
    INSTRUMENT = "instrument", "Evaluation instrument"
    MEASURE = "measure", "Measure"
    RULES = "rules", "Rules of the game"


class Gate(models.TextChoices):
    """An act that can be open or shut in a framework. Phases of rounds work only through gates."""

    PROPOSE = "propose", "Propose"
    OFFER = "offer", "Offer a change"
    OBJECT = "object", "Object"


class Framework(models.Model):
    """What a partnership negotiates. Times (`t`) of its story are counted in years from `starts_on`, by quarters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="frameworks")
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    levels = ArrayField(
        models.CharField(max_length=60),
        default=list,
        help_text="What the levels of its outcome tree are called, from the top.",
    )
    is_template = models.BooleanField(default=False, help_text="Whether others are invited to begin with a copy of it.")
    scoring_rule = models.PositiveSmallIntegerField(default=1)
    gates = ArrayField(models.CharField(max_length=10, choices=Gate.choices), default=list)
    created_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)


class Element(models.Model):
    """A mission, value, desired outcome, instrument or measure of a framework. The row appears when the element is adopted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="elements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    place = models.UUIDField(
        null=True, help_text="Under which element it belongs, also while that is not in force yet."
    )
    number = models.PositiveIntegerField(default=0, help_text="The number of the version in force.")
    fields = models.JSONField(default=dict, help_text="The fields of the version in force.")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "code"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="element_code_once_per_framework")]

    @property
    def title(self) -> str:
        return str(self.fields.get("title", self.code))


class ElementVersion(models.Model):
    """One immutable version of an element. `seq` is the number of the entry that set it, in the partnership's log."""

    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    fields = models.JSONField()
    changed = ArrayField(models.CharField(max_length=40), default=list)
    seq = models.BigIntegerField()
    effective = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["element", "number"], name="element_version_number_once")]


class Slot(models.Model):
    """An open place of the founding plan: something it foresaw without saying what it would be."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="slots")
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=300)
    filled_by = models.UUIDField(null=True, help_text="The element that fills it.")

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["framework", "key"], name="slot_key_once_per_framework")]


class Edition(models.Model):
    """A frozen, numbered, published state of a framework. Edition 0 is the sealed founding plan."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    state = models.JSONField()
    effective_from = models.DateField(
        null=True, help_text="From which day what it says counts; none: from its publication."
    )
    note = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    seq = models.BigIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="edition_number_once_per_framework")
        ]


class ImportDraft(models.Model):
    """A table somebody has sent and is looking at before bringing it in. Nobody else sees it; it is thrown away after two
    days. Afterwards `report` says what came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    raw = models.BinaryField()
    way = models.CharField(max_length=10, choices=[("drafts", "Drafts"), ("inherited", "Inherited")])
    columns = models.JSONField(default=dict)
    rows_are = models.CharField(max_length=10, choices=Kind.choices)
    report = models.JSONField(null=True)
    made_at = models.DateTimeField(db_index=True)
