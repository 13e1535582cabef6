"""Needs from above, evidence from practice, and how the two hang together."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import WORDS, Given, Line, Shape, Window, With, page_of
from apps.common.errors import NotFound
from apps.frameworks.selectors import open_element, open_framework
from apps.measurement import services
from apps.measurement.direction import Direction, directions, noticings, shows_practice
from apps.measurement.domain.alignment import RELATIONS
from apps.measurement.models import Alignment, Need


class StateNeed(Given):
    """What must be known under a desired outcome, without saying how it is to be measured."""

    outcome = serializers.UUIDField()
    words = Line(max_length=300)


class WithdrawNeed(Given):
    """Why a need is taken back."""

    reason = Line(max_length=WORDS)


class StateAlignment(Given):
    """How a measure from practice hangs together with a need or measure from above, in the view of my group."""

    above = serializers.UUIDField()
    practice = serializers.UUIDField()
    relation = serializers.ChoiceField(sorted(RELATIONS))
    reason = Line(max_length=WORDS)


class NoticePractice(Given):
    """When practice first noticed what a measure counts, and what shows it. `element` may still be proposed."""

    element = serializers.UUIDField()
    observed_on = serializers.DateField()
    words = Line(max_length=WORDS)


class NeedShown(Shape):
    """A need stated from above."""

    id = serializers.UUIDField()
    outcome = serializers.UUIDField()
    words = serializers.CharField(source="words.body", allow_null=True)
    group = serializers.CharField(source="group_key")
    stated_on = serializers.DateField()
    withdrawn_seq = serializers.IntegerField(allow_null=True)
    seq = serializers.IntegerField()


class AlignmentShown(Shape):
    """What a group says of how two things hang together."""

    above = serializers.UUIDField()
    practice = serializers.UUIDField()
    relation = serializers.CharField()
    group = serializers.CharField(source="group_key")
    reason = serializers.CharField(source="reason.body", allow_null=True)
    seq = serializers.IntegerField()


class NoticingShown(Shape):
    """When practice noticed something. `before_any_plan`: no plan or edition that names it is older."""

    element = serializers.UUIDField()
    observed_on = serializers.DateField()
    words = serializers.CharField(source="words.body", allow_null=True)
    group = serializers.CharField(source="group_key")
    before_any_plan = serializers.BooleanField()
    seq = serializers.IntegerField()


class Side(Shape):
    """Something from above or from practice; `need` says that it is a need without a measure."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    need = serializers.BooleanField()


class OutcomeDirection(Shape):
    """A desired outcome: both sides, what groups say, and whether they hang together in one word or two."""

    outcome = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    above = Side(many=True)
    practice = Side(many=True)
    links = AlignmentShown(many=True)
    unanswered = serializers.IntegerField()
    against = serializers.IntegerField()
    words = serializers.CharField()


class DirectionShown(Shape):
    """Every desired outcome in force."""

    items = OutcomeDirection(many=True)


class Directions(Operations):
    """From above, from practice."""

    family = "measurement"

    @operation(answer=DirectionShown)
    def read_direction(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Per desired outcome: what is wanted from above, what grew from practice, how they hang together."""
        _, found = open_framework(ask.person, framework)
        return {"items": [_outcome(one) for one in directions(found)]}

    @operation(body=StateNeed, answer=NeedShown, status=201)
    def state_need(self, ask: Ask, framework: UUID) -> Need:
        """State what must be known, without a measure: for agencies, holders of mandates and the convenor."""
        actor, found = open_framework(ask.person, framework)
        return services.state_need(by=actor, framework=found, **ask.data)

    @operation(body=WithdrawNeed, answer=NeedShown)
    def withdraw_need(self, ask: Ask, framework: UUID, need: UUID) -> Need:
        """Take a need back."""
        actor, found = open_framework(ask.person, framework)
        known = found.needs.select_related("words").filter(id=need).first()
        if known is None:
            raise NotFound("need.unknown", "There is no such need in this framework.")
        return services.withdraw_need(by=actor, need=known, **ask.data)

    @operation(body=StateAlignment, answer=AlignmentShown, status=201)
    def state_alignment(self, ask: Ask, framework: UUID) -> Alignment:
        """Say for one's group how something from above and a measure from practice hang together."""
        actor, found = open_framework(ask.person, framework)
        return services.state_alignment(by=actor, framework=found, **ask.data)

    @operation(body=NoticePractice, answer=NoticingShown, status=201)
    def notice_practice(self, ask: Ask, framework: UUID) -> With:
        """Show when practice first noticed what a measure counts."""
        actor, found = open_framework(ask.person, framework)
        made = services.notice_practice(by=actor, framework=found, **ask.data)
        return With(made, before_any_plan=shows_practice(found, made))

    @operation(query=Window, answer=page_of(NoticingShown))
    def list_noticings(self, ask: Ask, element: UUID) -> dict[str, Any]:
        """What practice noticed of a measure, the earliest first."""
        _, framework, found = open_element(ask.person, element)
        piece = page(ask, noticings(framework, found.id), "seq")
        piece["items"] = [With(one, before_any_plan=shows_practice(framework, one)) for one in piece["items"]]
        return piece


def _outcome(found: Direction) -> dict[str, Any]:
    sides = {
        side: [{"id": item.id, "title": item.title, "need": item.need is not None} for item in items]
        for side, items in (("above", found.above), ("practice", found.practice))
    }
    return {
        "outcome": found.outcome.id,
        "code": found.outcome.code,
        "title": found.outcome.title,
        **sides,
        "links": found.links,
        "unanswered": found.summary.unanswered,
        "against": found.summary.against,
        "words": found.summary.words,
    }
