"""Who moved how far toward whom, and what groups could live with."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.proposals import Reason
from apps.api.shapes import Given, Line, Shape
from apps.frameworks.selectors import open_element, open_framework
from apps.proposals import services
from apps.proposals.domain.concessions import sums
from apps.proposals.domain.ranges import overlap
from apps.proposals.ledger import as_range, ledger, ranges
from apps.proposals.models import AcceptableRange


class OneElement(Given):
    """Only the moves on one element."""

    element = serializers.UUIDField(required=False)


class MoveShown(Shape):
    """`mover` (keys of groups) moved `field` from `before` to `after`: `share` of the way to what `toward` had asked for."""

    offer = serializers.UUIDField()
    field = serializers.CharField()
    mover = serializers.ListField(child=serializers.CharField())
    toward = serializers.ListField(child=serializers.CharField())
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)
    asked = serializers.JSONField(allow_null=True)
    share = serializers.CharField(help_text="An exact share, such as 1/2.")
    number = serializers.IntegerField(allow_null=True)


class SumShown(Shape):
    """How often one group moved toward another, and how many whole ways altogether."""

    mover = serializers.CharField()
    toward = serializers.CharField()
    times = serializers.IntegerField()
    ways = serializers.CharField(help_text="An exact number, such as 3/2.")


class Ledger(Shape):
    """The concession ledger, from the newest thousand settled offers, the newest move last."""

    sums = SumShown(many=True)
    moves = MoveShown(many=True)


class StateRange(Reason):
    """From where to where one's group could live with a number; an end left out has no limit."""

    field = Line(max_length=40)
    low = Line(max_length=40, required=False, allow_null=True, default=None)
    high = Line(max_length=40, required=False, allow_null=True, default=None)


class WhichField(Given):
    """Which number of the element."""

    field = Line(max_length=40, default="target")


class RangeShown(Shape):
    """What a group could live with."""

    id = serializers.UUIDField()
    group = serializers.CharField(source="group.key")
    field = serializers.CharField()
    low = serializers.DecimalField(max_digits=24, decimal_places=9, allow_null=True)
    high = serializers.DecimalField(max_digits=24, decimal_places=9, allow_null=True)
    reason = serializers.CharField(source="reason.body", allow_null=True)
    stated_at = serializers.DateTimeField()
    seq = serializers.IntegerField()


class Ranges(Shape):
    """The newest range of each group, and the range most of them could live with (exact fractions, null: no limit)."""

    items = RangeShown(many=True)
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    groups = serializers.ListField(child=serializers.CharField())
    left_out = serializers.ListField(child=serializers.CharField())


class Conceding(Operations):
    """What groups have given, and could give."""

    family = "proposals"

    @operation(query=OneElement, answer=Ledger)
    def read_concessions(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Who moved which field how far toward whom: computed from offers and their answers."""
        _, found = open_framework(ask.person, framework)
        moves = ledger(found, element=ask.query.get("element"))
        return {"moves": moves, "sums": sums(moves)}

    @operation(query=WhichField, answer=Ranges)
    def read_ranges(self, ask: Ask, element: UUID) -> dict[str, Any]:
        """What groups could live with on a number of an element, and where that meets."""
        _, framework, found = open_element(ask.person, element)
        stated = ranges(framework, found.id, ask.query["field"])
        met = overlap({one.group.key: as_range(one) for one in stated})
        low, high = (met.range.low, met.range.high) if met.range else (None, None)
        return {"items": stated, "low": low, "high": high, "groups": met.groups, "left_out": met.left_out}

    @operation(body=StateRange, answer=RangeShown, status=201)
    def state_range(self, ask: Ask, element: UUID) -> AcceptableRange:
        """Say for one's own group what it could live with: a position, not a vote; the newest counts."""
        actor, _, found = open_element(ask.person, element)
        return services.state_range(by=actor, on=found, **ask.data)
