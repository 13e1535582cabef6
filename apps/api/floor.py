"""The floor of a live round: hands, turns, and who is ready to move on."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.changes import FloorShown, GroupReady
from apps.api.operations import Ask, Operations, operation
from apps.api.shapes import Count, Flag, Given, Shape
from apps.deliberation import services
from apps.deliberation.models import Round
from apps.deliberation.presenting import plain, state_of
from apps.deliberation.selectors import open_round_for
from apps.deliberation.services.floor import LONGEST, SHORTEST
from apps.partnerships.actors import Actor


class GiveFloor(Given):
    """Whom to call (none: the next in order), and for how many seconds (none: as long as it takes)."""

    seat = serializers.UUIDField(required=False, allow_null=True)
    seconds = Count(min_value=SHORTEST, max_value=LONGEST, required=False, allow_null=True)


class SayReady(Given):
    """Whether one is ready to move on."""

    ready = Flag()


class FloorNow(Shape):
    """The floor as it stands; `ready` has the deciding groups while the round is talked about."""

    floor = FloorShown()
    ready = GroupReady(many=True)


class Speaking(Operations):
    """Who speaks, who waits, who is ready to move on. How it stands comes with the round's changes too."""

    family = "rounds"

    @operation(answer=FloorNow)
    def read_floor(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Who speaks, who waits in which order and why, how much each group has spoken, and who is ready to move on."""
        return _floor(*open_round_for(ask.person, round))

    @operation(answer=FloorNow)
    def raise_hand(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Ask for the floor with one's seat, once or again: it is one hand."""
        actor, found = open_round_for(ask.person, round)
        services.raise_hand(by=actor, round=found)
        return _floor(actor, found)

    @operation(answer=FloorNow)
    def lower_hand(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Take one's hand down again."""
        actor, found = open_round_for(ask.person, round)
        services.lower_hand(by=actor, round=found)
        return _floor(actor, found)

    @operation(body=GiveFloor, answer=FloorNow)
    def give_floor(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Call the next in order, or a seat of one's choice. Whoever has spoken until then has ended."""
        actor, found = open_round_for(ask.person, round)
        services.give_floor(by=actor, round=found, **ask.data)
        return _floor(actor, found)

    @operation(answer=FloorNow)
    def end_turn(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """End the turn under way: the convenor, or whoever speaks."""
        actor, found = open_round_for(ask.person, round)
        services.end_turn(by=actor, round=found)
        return _floor(actor, found)

    @operation(body=SayReady, answer=FloorNow)
    def say_ready(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Say with a voting seat that it is ready to leave the phase the round is in, or not yet."""
        actor, found = open_round_for(ask.person, round)
        services.say_ready(by=actor, round=found, **ask.data)
        return _floor(actor, found)


def _floor(actor: Actor, found: Round) -> dict[str, Any]:
    shown = plain(state_of(actor, found))
    return {"floor": shown["floor"], "ready": shown["ready"]}
