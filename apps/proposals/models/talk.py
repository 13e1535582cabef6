"""What people say and ask about a text, at the field and the version they had before their eyes."""

import uuid

from django.db import models


class Comment(models.Model):
    """A comment, a question or a piece of evidence on one field, or on the whole, of a version of an element or a proposal.

    Without `proposal` it is about the element in force, and `on_number` is a version of that. `quote` is the passage it is
    about, `link` where evidence lies, `answers` the comment it answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    framework = models.ForeignKey("frameworks.Framework", on_delete=models.PROTECT, related_name="comments")
    element = models.UUIDField(db_index=True)
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, null=True, related_name="comments")
    on_number = models.PositiveIntegerField()
    field = models.CharField(max_length=40, blank=True)
    kind = models.CharField(
        max_length=10, choices=[("comment", "Comment"), ("question", "Question"), ("evidence", "Evidence")]
    )
    group = models.ForeignKey("partnerships.StakeholderGroup", on_delete=models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey("partnerships.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    words = models.ForeignKey("record.Text", on_delete=models.PROTECT, related_name="+")
    quote = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey("record.Text", on_delete=models.PROTECT, null=True, related_name="+")
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replies")
    taken_back_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]
