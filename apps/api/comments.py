"""Comments, questions and evidence, hung on fields and versions."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import WORDS, Count, Given, Line, Nothing, Shape, Window, page_of
from apps.frameworks.selectors import open_element
from apps.proposals import services
from apps.proposals.models import Comment
from apps.proposals.selectors import comments, open_comment, open_proposal
from apps.proposals.services.comments import KINDS, LINK, QUOTE


class AddComment(Given):
    """What is said. Evidence names a `link`; `on_number` is the version one has seen, by default the newest."""

    words = Line(max_length=WORDS)
    field = Line(max_length=40, required=False, allow_blank=True)
    kind = serializers.ChoiceField(KINDS, default="comment")
    link = Line(max_length=LINK, required=False, allow_blank=True)
    quote = Line(max_length=QUOTE, required=False, allow_blank=True)
    answers = serializers.UUIDField(required=False, allow_null=True)
    on_number = Count(min_value=1, required=False)


class CommentShown(Shape):
    """A comment. `on_number` is the version it hangs on: of the proposal, or of the element where `proposal` is null."""

    id = serializers.UUIDField()
    element = serializers.UUIDField()
    proposal = serializers.UUIDField(source="proposal_id", allow_null=True)
    on_number = serializers.IntegerField()
    field = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    group = serializers.CharField(source="group.key", default=None, allow_null=True)
    words = serializers.CharField(source="words.body", allow_null=True)
    quote = serializers.CharField(source="quote.body", default=None, allow_null=True)
    link = serializers.CharField(source="link.body", default=None, allow_null=True)
    answers = serializers.UUIDField(source="answers_id", allow_null=True)
    made_at = serializers.DateTimeField()
    taken_back_at = serializers.DateTimeField(allow_null=True)
    seq = serializers.IntegerField()


COMMENTS = page_of(CommentShown)


class Comments(Operations):
    """What people say and ask about texts."""

    family = "comments"

    @operation(query=Window, answer=COMMENTS)
    def list_comments(self, ask: Ask, proposal: UUID) -> dict[str, Any]:
        """The comments on a proposal, oldest first."""
        _, found = open_proposal(ask.person, proposal)
        return page(ask, comments(found.framework, element=found.element, proposal=found.id), "seq")

    @operation(query=Window, answer=COMMENTS)
    def list_element_comments(self, ask: Ask, element: UUID) -> dict[str, Any]:
        """The comments on an element in force, oldest first."""
        _, framework, found = open_element(ask.person, element)
        return page(ask, comments(framework, element=found.id), "seq")

    @operation(body=AddComment, answer=CommentShown, status=201)
    def add_comment(self, ask: Ask, proposal: UUID) -> Comment:
        """Say or ask something about a proposal, at a field or about the whole."""
        actor, found = open_proposal(ask.person, proposal)
        return services.add_comment(by=actor, on=found, **_asked(ask))

    @operation(body=AddComment, answer=CommentShown, status=201)
    def add_element_comment(self, ask: Ask, element: UUID) -> Comment:
        """Say or ask something about an element in force, at a field or about the whole."""
        actor, _, found = open_element(ask.person, element)
        return services.add_comment(by=actor, on=found, **_asked(ask))

    @operation(body=Nothing, answer=CommentShown)
    def take_back_comment(self, ask: Ask, comment: UUID) -> Comment:
        """Take one's own comment back: it is shown no more."""
        actor, found = open_comment(ask.person, comment)
        return services.take_back_comment(by=actor, comment=found)


def _asked(ask: Ask) -> dict[str, Any]:
    asked = dict(ask.data)
    answers = asked.pop("answers", None)
    return asked | {"answers": open_comment(ask.person, answers)[1] if answers else None}
