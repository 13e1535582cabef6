"""Proposals that stand or fall together, with what was promised for them and who must still ratify them."""

import uuid

from django.db import models


class Package(models.Model):
    """Proposals of which all are adopted, or none: `state` is open until they are decided or the package is dissolved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="packages")
    heading = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    proposals = models.ManyToManyField("proposals.Proposal", related_name="packages")
    reason = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9,
        choices=[
            ("open", "On the table"),
            ("subject", "Agreed, subject to ratification"),
            ("adopted", "Adopted"),
            ("fallen", "Not adopted"),
            ("dissolved", "Dissolved"),
        ],
        default="open",
    )
    made_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["-seq"]

    @property
    def title(self) -> str:
        """What it is about, in the words of who bound it."""
        return self.heading.body or "A package"


class Commitment(models.Model):
    """Who brings what by when, so that a package can work: reminded before its day and once it has passed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="commitments")
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, related_name="+")
    what = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    kept_at = models.DateTimeField(null=True)
    reminded = models.CharField(max_length=8, blank=True, choices=[("due", "Due soon"), ("overdue", "Overdue")])
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["due"]


class Ratification(models.Model):
    """A group whose own body must still say yes to what is agreed, by a day; no answer by then is a no."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="ratifications")
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    answer = models.CharField(max_length=8, blank=True, choices=[("ratified", "Ratified"), ("refused", "Refused")])
    evidence = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["due"]
        constraints = [models.UniqueConstraint(fields=["package", "group"], name="a_group_ratifies_a_package_once")]
