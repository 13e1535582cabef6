"""What the groups said the time before, for a round that takes up another."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.shapes import Given, Line, Shape
from apps.consensus.shares import decimal_text
from apps.consensus.statistics.pooling import FLOOR
from apps.deliberation.domain.feedback import Spread
from apps.deliberation.domain.movement import Movement
from apps.deliberation.feedback import ItemFeedback, visible_feedback
from apps.deliberation.movement import visible_movement
from apps.deliberation.selectors import open_round_for
from apps.deliberation.services.reasons import LENGTH, give_reason


class AnswerCount(Shape):
    """How often something was answered; of several alternatives, how often each was put first."""

    choice = serializers.CharField()
    count = serializers.IntegerField()


class SpreadShown(Shape):
    """How the answers of some groups spread, taken together: `opinions` in all, and apart from them who gave none. The middle
    rating and the bounds of the middle half are decimal texts; null where nothing was rated."""

    groups = serializers.ListField(child=serializers.CharField())
    opinions = serializers.IntegerField()
    counts = AnswerCount(many=True)
    apart = AnswerCount(many=True)
    median = serializers.CharField(allow_null=True)
    lower = serializers.CharField(allow_null=True)
    upper = serializers.CharField(allow_null=True)


class ReasonShown(Shape):
    """Somebody's reason, from among these groups; null where the words were removed."""

    groups = serializers.ListField(child=serializers.CharField())
    words = serializers.CharField(allow_null=True)


class ItemFeedbackShown(Shape):
    """One item: `before` is the same one in the round before, `own` what I chose there (empty: nothing, or not kept). Of the
    reasons given (`reasons_given`) at most 50, in an order that says nothing."""

    item = serializers.UUIDField()
    before = serializers.UUIDField()
    own = serializers.CharField(allow_blank=True)
    spreads = SpreadShown(many=True)
    reasons = ReasonShown(many=True)
    reasons_given = serializers.IntegerField()


class MovesShown(Shape):
    """What some groups did, taken together: `again` took part in both rounds, `left` first and not again, `joined` the reverse.
    `compared` gave an opinion in both: of these `up` and `down` (ratings only), `changed` and `same`."""

    groups = serializers.ListField(child=serializers.CharField())
    again = serializers.IntegerField()
    left = serializers.IntegerField()
    joined = serializers.IntegerField()
    compared = serializers.IntegerField()
    up = serializers.IntegerField()
    down = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()


class ItemMovement(Shape):
    """One item. `comparable`: the same was asked in both rounds. `moved` is the share of the answers of the `matched` that lie
    elsewhere now, as a decimal text; below 0.15 it is `stable`."""

    item = serializers.UUIDField()
    comparable = serializers.BooleanField()
    moves = MovesShown(many=True)
    matched = serializers.IntegerField()
    moved = serializers.CharField(allow_null=True)
    stable = serializers.BooleanField(allow_null=True)


class MovementShown(Shape):
    """Null and empty where a round takes up no other, before it is counted, and where one of the two was secret."""

    follows = serializers.UUIDField(allow_null=True)
    floor = serializers.IntegerField()
    items = ItemMovement(many=True)


class OwnReason(Shape):
    """My reason as it is kept; empty where I took it back."""

    words = serializers.CharField(allow_blank=True)


class ReasonGiven(Given):
    """Why I chose as I did on an item; empty words take it back."""

    item = serializers.UUIDField()
    words = Line(max_length=LENGTH, allow_blank=True)


class FeedbackShown(Shape):
    """Null and empty where a round takes up no other. No figure is of fewer than `floor` answers."""

    follows = serializers.UUIDField(allow_null=True)
    floor = serializers.IntegerField()
    items = ItemFeedbackShown(many=True)


class Feedback(Operations):
    """What is shown before people vote again."""

    family = "rounds"

    @operation(answer=FeedbackShown)
    def read_feedback(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """How each group answered the time before, small groups together, and my own answer. The same for everybody: a manager
        sees no more than a member."""
        found = visible_feedback(*open_round_for(ask.person, round))
        items = [_item(one) for one in found.items.values()] if found else []
        return {"follows": found.round.id if found else None, "floor": FLOOR, "items": items}

    @operation(answer=MovementShown)
    def read_movement(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """How many of each group moved since the round before, in which direction, and who dropped out: numbers, never names."""
        found = visible_movement(*open_round_for(ask.person, round))
        items = [_moved(item, one) for item, one in found.items.items()] if found else []
        return {"follows": found.before.id if found else None, "floor": FLOOR, "items": items}

    @operation(body=ReasonGiven, answer=OwnReason)
    def give_reason(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Say why I voted as I did, for everybody to read after the count, without my seat or name."""
        actor, found = open_round_for(ask.person, round)
        return {"words": give_reason(by=actor, round=found, **ask.data)}


def _item(one: ItemFeedback) -> dict[str, Any]:
    return {
        "item": one.item,
        "before": one.before,
        "own": one.own,
        "spreads": [_spread(each) for each in one.spreads],
        "reasons": one.reasons.shown,
        "reasons_given": one.reasons.given,
    }


def _moved(item: UUID, one: Movement) -> dict[str, Any]:
    return {
        "item": item,
        "comparable": one.comparable,
        "moves": one.moves,
        "matched": one.stability.matched,
        "moved": _text(one.stability.moved),
        "stable": one.stability.stable,
    }


def _spread(one: Spread) -> dict[str, Any]:
    return {
        "groups": one.groups,
        "opinions": one.opinions,
        "counts": _counts(one.counts),
        "apart": _counts(one.apart),
        "median": _text(one.median),
        "lower": _text(one.lower),
        "upper": _text(one.upper),
    }


def _counts(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"choice": choice, "count": count} for choice, count in counts.items()]


def _text(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value)
