"""Who comes to a round: each seat says it for itself, or the convenor writes it down. Members read it."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.shapes import Given, Shape
from apps.deliberation import services
from apps.deliberation.coming import who_comes
from apps.deliberation.domain.coming import ANSWERS
from apps.deliberation.models import Round
from apps.deliberation.selectors import open_round_for
from apps.partnerships.actors import Actor

SHOWN = 1000
"""How many seats are told one by one; all are counted."""


class SayWhetherComing(Given):
    """What is said (`unsaid` takes it back), and, where the convenor writes it down for somebody, for which seat."""

    answer = serializers.ChoiceField(choices=ANSWERS)
    seat = serializers.UUIDField(required=False, allow_null=True)


class GroupAwaited(Shape):
    """Of a group's seats, how many come and how many send apologies."""

    group = serializers.CharField(source="key")
    name = serializers.CharField()
    seats = serializers.IntegerField()
    comes = serializers.IntegerField()
    apologies = serializers.IntegerField()


class SeatSaid(Shape):
    """What one seat said; `noted`: the convenor has written it down for it."""

    seat = serializers.UUIDField()
    group = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    answer = serializers.ChoiceField(choices=ANSWERS[:2])
    noted = serializers.BooleanField()


class Coming(Shape):
    """Who comes. `asked`: whether it can be said `now`, it is too `early` or too `late`; `own`: what one's own seat said."""

    asked = serializers.ChoiceField(choices=["early", "now", "late"])
    own = serializers.ChoiceField(choices=ANSWERS)
    groups = GroupAwaited(many=True)
    seats = SeatSaid(many=True)


class WhoComesTo(Operations):
    """Whether seats come to a round, or send apologies."""

    family = "rounds"

    @operation(answer=Coming)
    def read_coming(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Who says to come to a round and who sends apologies, by group and by seat. For members of the partnership."""
        return _coming(*open_round_for(ask.person, round))

    @operation(body=SayWhetherComing, answer=Coming)
    def say_whether_coming(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Say that one comes, that one sends apologies, or take back what was said; once or again, it is said once."""
        actor, found = open_round_for(ask.person, round)
        services.say_whether_coming(by=actor, round=found, **ask.data)
        return _coming(actor, found)


def _coming(actor: Actor, round: Round) -> dict[str, Any]:
    found = who_comes(actor, round)
    own = found.said_by(actor.seat.id if actor.seat else None)
    return {"asked": found.asked, "own": own, "groups": found.groups, "seats": list(found.words.values())[:SHOWN]}
