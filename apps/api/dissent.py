"""The dissent register: who disagreed with what stands, and which reviews that calls."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.proposals import Reason
from apps.api.shapes import WORDS, Given, Line, Shape
from apps.deliberation import services
from apps.deliberation.models import Reservation
from apps.deliberation.register import open_decision, open_reservation, register
from apps.deliberation.services.dissent import KINDS
from apps.frameworks.selectors import open_framework


class RecordReservation(Given):
    """With what one's group disagrees; `review_on` calls a review on a day, `condition` says in words when it will."""

    words = Line(max_length=WORDS)
    kind = serializers.ChoiceField(KINDS, default="dissent")
    review_on = serializers.DateField(required=False, allow_null=True)
    condition = Line(max_length=WORDS, required=False, allow_blank=True)


class ReservationShown(Shape):
    """A group's own words on its disagreement. `called_seq` is the entry with which its review was called."""

    id = serializers.UUIDField()
    decision = serializers.UUIDField(source="decision_id")
    group = serializers.CharField(source="group.key")
    kind = serializers.ChoiceField(KINDS)
    words = serializers.CharField(source="words.body", allow_null=True)
    review_on = serializers.DateField(allow_null=True)
    condition = serializers.CharField(source="condition.body", default=None, allow_null=True)
    called_seq = serializers.IntegerField(allow_null=True)
    called_because = serializers.CharField(source="called_because.body", default=None, allow_null=True)
    made_at = serializers.DateTimeField()
    seq = serializers.IntegerField()


class VotesAgainst(Shape):
    """A group that did not concur, and how many of its votes."""

    group = serializers.CharField(source="group_key")
    against = serializers.IntegerField()
    review_on = serializers.DateField(allow_null=True)
    called_seq = serializers.IntegerField(allow_null=True)


class KeptObjection(Shape):
    """An objection that was never taken back."""

    id = serializers.UUIDField()
    group = serializers.CharField(source="group.key")
    on_number = serializers.IntegerField()
    reason = serializers.CharField(source="reason.body", allow_null=True)


class RegisteredShown(Shape):
    """A decision that stands with everything said against it."""

    decision = serializers.UUIDField(source="decision.id")
    element = serializers.UUIDField(source="decision.element")
    seq = serializers.IntegerField(source="decision.seq")
    votes = VotesAgainst(source="dissents", many=True)
    objections = KeptObjection(many=True)
    reservations = ReservationShown(many=True)


class Register(Shape):
    """The dissent register, the newest decision first."""

    items = RegisteredShown(many=True)


class OfElement(Given):
    """Only what concerns one element."""

    element = serializers.UUIDField(required=False)


class DissentRegister(Operations):
    """Disagreement that stays with what was decided."""

    family = "decisions"

    @operation(query=OfElement, answer=Register)
    def read_dissent(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Decisions that stand and were disagreed with: votes, objections never taken back, reservations."""
        _, found = open_framework(ask.person, framework)
        return {"items": register(found, element=ask.query.get("element"))}

    @operation(body=RecordReservation, answer=ReservationShown, status=201)
    def record_reservation(self, ask: Ask, decision: UUID) -> Reservation:
        """Say for one's group with what it disagrees in a decision that stands, and what calls a review."""
        actor, found = open_decision(ask.person, decision)
        return services.record_reservation(by=actor, decision=found, **ask.data)

    @operation(body=Reason, answer=ReservationShown)
    def call_review(self, ask: Ask, reservation: UUID) -> Reservation:
        """Call the review a reservation asks for, because its condition has come about; what was decided is open again."""
        actor, found = open_reservation(ask.person, reservation)
        return services.call_review(by=actor, reservation=found, **ask.data)
