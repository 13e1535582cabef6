"""A group's private drafting room: unsent forms, outside the record."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Count, Given, Line, Nothing, Shape, Window, page_of
from apps.frameworks.selectors import open_framework
from apps.proposals import services
from apps.proposals.drafting import drafts, open_draft
from apps.proposals.models import Draft


class KeepDraft(Given):
    """What is kept. `subject` says what it is for, such as suggest:<element>, add:<kind> or merge:<proposal>; `number` is the save
    one has seen (0: none): a newer one refuses it."""

    subject = Line(max_length=80)
    values = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True, max_length=10_000), max_length=200)
    )
    number = Count(min_value=0, default=0)


class DraftShown(Shape):
    """A draft of one's own group."""

    id = serializers.UUIDField()
    subject = serializers.CharField()
    values = serializers.DictField()
    number = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class Drafts(Operations):
    """What one's group keeps before it tables anything. Nobody else sees it."""

    family = "drafts"

    @operation(query=Window, answer=page_of(DraftShown))
    def list_drafts(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The drafts of one's own group."""
        actor, found = open_framework(ask.signed_in(), framework)
        return page(ask, drafts(actor, found), "saved_at")

    @operation(body=KeepDraft, answer=DraftShown)
    def keep_draft(self, ask: Ask, framework: UUID) -> Draft:
        """Keep something for one's group before it is tabled. It is no part of the record; that the group drafts in private is."""
        actor, found = open_framework(ask.signed_in(), framework)
        return services.keep_draft(by=actor, framework=found, **ask.data)

    @operation(body=Nothing)
    def drop_draft(self, ask: Ask, draft: UUID) -> None:
        """Throw a draft of one's own group away."""
        ask.signed_in()
        actor, found = open_draft(ask.person, draft)
        services.drop_draft(by=actor, draft=found)
