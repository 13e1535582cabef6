"""What has come since: the frames of the live rooms, for clients that ask instead of listening."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.record import LARGEST
from apps.api.shapes import Given, Shape
from apps.deliberation import presenting
from apps.deliberation.domain.speaking import WHYS
from apps.deliberation.models import RoundState, Secrecy
from apps.deliberation.selectors import open_round_for
from apps.partnerships.selectors import open_partnership


class From(Given):
    """The number of entries already known: the cursor."""

    def get_fields(self) -> dict[str, Any]:
        return {"from": serializers.IntegerField(min_value=0, max_value=LARGEST)}


class FrameItem(Shape):
    """An entry as who asks may see it in a room; `who` is a group's name, or a part of the system."""

    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    type = serializers.CharField()
    who = serializers.CharField()
    on = serializers.DictField(child=serializers.CharField())
    data = serializers.DictField()  # type: ignore[assignment]


class RoundNow(Shape):
    """A round as it stands; another `agenda` means that what is voted on has changed."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(RoundState.choices)
    phase = serializers.CharField(allow_blank=True)
    paused = serializers.BooleanField()
    secrecy = serializers.ChoiceField(Secrecy.choices)
    closes = serializers.DateTimeField(allow_null=True)
    agenda = serializers.CharField()


class GroupTurnout(Shape):
    """How many of a group's seats have voted. Of secret rounds small numbers are null until they are counted."""

    group = serializers.CharField()
    name = serializers.CharField()
    took_part = serializers.IntegerField(allow_null=True)
    entitled = serializers.IntegerField()


class ItemTurnout(Shape):
    """Turnout on one item."""

    item = serializers.UUIDField()
    groups = GroupTurnout(many=True)


class ChoiceCount(Shape):
    """How many chose one thing."""

    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()


class ResultRow(Shape):
    """One deciding group, or everybody (`overall`)."""

    name = serializers.CharField()
    choices = ChoiceCount(many=True)
    apart = ChoiceCount(many=True)
    took_part = serializers.IntegerField()
    entitled = serializers.IntegerField()
    sentence = serializers.CharField()
    threshold = serializers.FloatField(allow_null=True, help_text="For drawing only; the rule holds the exact share.")
    state = serializers.CharField()
    state_words = serializers.CharField()
    overall = serializers.BooleanField()


class RowsOfItem(Shape):
    """The result on one item."""

    item = serializers.UUIDField()
    outcome = serializers.CharField()
    verdict = serializers.CharField()
    state = serializers.CharField()
    state_words = serializers.CharField()
    rows = ResultRow(many=True)


class TurnShown(Shape):
    """Who has the floor, since when, and until when the turn is meant to last."""

    seat = serializers.UUIDField()
    group = serializers.CharField()
    name = serializers.CharField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True)


class HandShown(Shape):
    """A raised hand."""

    seat = serializers.UUIDField()
    group = serializers.CharField()
    name = serializers.CharField()
    since = serializers.DateTimeField()


class GroupSpoken(Shape):
    """How often and how long a group has spoken."""

    group = serializers.CharField()
    name = serializers.CharField()
    turns = serializers.IntegerField()
    seconds = serializers.IntegerField()


class FloorShown(Shape):
    """Who speaks, who waits, who has been heard. `waiting`: the first hundred of all hands `raised`, in the order in which they
    will be called; `why`: what brings the first of them before the others."""

    speaking = TurnShown(allow_null=True)
    waiting = HandShown(many=True)
    raised = serializers.IntegerField()
    why = serializers.ChoiceField(["alone", *WHYS], allow_null=True)
    spoken = GroupSpoken(many=True)


class GroupReady(Shape):
    """How many of a deciding group have said that they are ready to move on; `here` is known in the live room only."""

    group = serializers.CharField()
    name = serializers.CharField()
    ready = serializers.IntegerField()
    here = serializers.IntegerField(allow_null=True)


class Frame(Shape):
    """`entries`: the range `from` (included) `to` (excluded). `state`: how things stand at size `at` of the record, parts left
    out have not changed. `resync`: too much is missing, go on from `at`.
    """

    t = serializers.ChoiceField(["entries", "state", "resync"])
    to = serializers.IntegerField(required=False)
    items = FrameItem(many=True, required=False)
    at = serializers.IntegerField(required=False)
    round = RoundNow(required=False)
    turnout = ItemTurnout(many=True, required=False)
    results = RowsOfItem(many=True, required=False)
    floor = FloorShown(required=False)
    ready = GroupReady(many=True, required=False)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.IntegerField(required=False)}


class Frames(Shape):
    """What has come since: frames to apply in order. Applying one twice is harmless."""

    frames = Frame(many=True)


class Changes(Operations):
    """What has happened since a cursor."""

    family = "record"

    @operation(query=From, answer=Frames)
    def read_changes(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """What happened in a partnership since a cursor, and how long its record is."""
        actor = open_partnership(ask.person, partnership)
        return _frames(presenting.partnership_changes(actor, ask.query["from"]))

    @operation(query=From, answer=Frames)
    def read_round_changes(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """The same, and how a round stands: what its live room would have been sent."""
        actor, found = open_round_for(ask.person, round)
        return _frames(presenting.changes(actor, found, ask.query["from"]))


def _frames(frames: list[presenting.Frame]) -> dict[str, Any]:
    return {"frames": [presenting.plain(frame) for frame in frames]}
