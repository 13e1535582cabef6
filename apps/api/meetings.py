"""Around a meeting: interests and the decision note's corrections."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.proposals import Reason
from apps.api.shapes import Flag, Given, Shape, Window, page_of
from apps.common.errors import NotFound
from apps.deliberation import services
from apps.deliberation.models import Interest, NoteCorrection
from apps.deliberation.selectors import corrections, interests, open_round_for


class DeclareInterest(Reason):
    """One's own interest in an item."""

    item = serializers.UUIDField()


class RuleOnInterest(Reason):
    """Whether the seat leaves the vote on the item, and why."""

    leaves = Flag()


class CorrectNote(Given):
    """What is to be put right in a decision note."""

    words = serializers.CharField(max_length=2000)


class InterestShown(Shape):
    """A declared interest and the ruling on it; no ruling yet: `leaves` is null."""

    id = serializers.UUIDField()
    item = serializers.UUIDField(source="item_id")
    group = serializers.CharField(source="seat.group.key")
    reason = serializers.CharField(source="words.body", allow_null=True)
    leaves = serializers.BooleanField(allow_null=True)
    ruling = serializers.CharField(source="ruling.body", default=None, allow_null=True)
    seq = serializers.IntegerField()


class CorrectionShown(Shape):
    """A correction of a decision note."""

    words = serializers.CharField(source="words.body", allow_null=True)
    at = serializers.DateTimeField()
    seq = serializers.IntegerField()


class Meetings(Operations):
    """Interests declared before a vote, and corrections of its note."""

    family = "rounds"

    @operation(query=Window, answer=page_of(InterestShown))
    def list_interests(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Interests declared in a round, with the rulings on them, in the order in which they were declared."""
        return page(ask, interests(open_round_for(ask.person, round)[1]), "seq")

    @operation(body=DeclareInterest, answer=InterestShown, status=201)
    def declare_interest(self, ask: Ask, round: UUID) -> Interest:
        """Declare, before the vote, that one's own interest is touched by an item."""
        actor, found = open_round_for(ask.person, round)
        return services.declare_interest(by=actor, round=found, **ask.data)

    @operation(body=RuleOnInterest, answer=InterestShown)
    def rule_on_interest(self, ask: Ask, round: UUID, interest: UUID) -> Interest:
        """Rule, before the vote, whether a seat leaves the vote on an item."""
        actor, found = open_round_for(ask.person, round)
        declared = interests(found).filter(id=interest).first()
        if declared is None:
            raise NotFound("interest.unknown", "There is no such interest in this round.")
        return services.rule_on_interest(by=actor, interest=declared, **ask.data)

    @operation(query=Window, answer=page_of(CorrectionShown))
    def list_corrections(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Corrections of a round's decision note, in order."""
        return page(ask, corrections(open_round_for(ask.person, round)[1]), "seq")

    @operation(body=CorrectNote, answer=CorrectionShown, status=201)
    def correct_note(self, ask: Ask, round: UUID) -> NoteCorrection:
        """Correct a decision note in the open."""
        actor, found = open_round_for(ask.person, round)
        return services.correct_note(by=actor, round=found, **ask.data)
