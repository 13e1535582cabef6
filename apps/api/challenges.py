"""Challenges to verdicts and recorded facts, and the panels that answer them."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import WORDS, Given, Line, Shape, Window, page_of
from apps.frameworks.selectors import open_framework
from apps.provenance import services
from apps.provenance.contesting import challenges, open_challenge
from apps.provenance.domain.panels import ANSWERS
from apps.provenance.models import Challenge


class ChallengeWindow(Window):
    """Which challenges."""

    element = serializers.UUIDField(required=False)


class Contest(Given):
    """The number of the entry that is contested, and what is wrong with it."""

    about = serializers.IntegerField(min_value=0)
    reason = Line(max_length=WORDS)


class GiveOpinion(Given):
    """What a member of the panel finds. `label`: the two words they would use for the position, where a verdict is wrong."""

    answer = serializers.ChoiceField(sorted(ANSWERS))
    reason = Line(max_length=WORDS)
    label = serializers.ListField(  # type: ignore[assignment]
        child=Line(max_length=16), min_length=2, max_length=2, required=False, allow_null=True
    )


class Why(Given):
    """A reason."""

    reason = Line(max_length=WORDS)


class PanelMemberShown(Shape):
    """A seat of the panel and what it found."""

    seat = serializers.UUIDField(source="seat_id")
    group = serializers.CharField(source="seat.group.key")
    aside = serializers.BooleanField()
    answer = serializers.CharField()
    label = serializers.ListField(child=serializers.CharField(), allow_null=True)  # type: ignore[assignment]
    reason = serializers.CharField(source="reason.body", default=None, allow_null=True)
    seq = serializers.IntegerField(allow_null=True)


class ChallengeShown(Shape):
    """A challenge: what is contested (`about` is the entry's number), why, by which group; the panel, in the order of the lot,
    and what it found. `label` is what the panel would say; the computed words stay."""

    id = serializers.UUIDField()
    framework = serializers.UUIDField(source="framework_id")
    element = serializers.UUIDField()
    about = serializers.IntegerField()
    subject = serializers.CharField()
    group = serializers.CharField(source="group_key")
    reason = serializers.CharField(source="reason.body", allow_null=True)
    state = serializers.CharField()
    label = serializers.ListField(child=serializers.CharField(), allow_null=True)  # type: ignore[assignment]
    seed = serializers.CharField()
    panel = PanelMemberShown(source="members.all", many=True)
    seq = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    answered_seq = serializers.IntegerField(allow_null=True)


class Challenges(Operations):
    """What is contested, and what was found."""

    family = "provenance"

    @operation(query=ChallengeWindow, answer=page_of(ChallengeShown))
    def list_challenges(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Challenges to what a framework's record says, newest first."""
        _, found = open_framework(ask.person, framework)
        return page(ask, challenges(found, element=ask.query.get("element")), "seq", newest_first=True)

    @operation(body=Contest, answer=ChallengeShown, status=201)
    def contest(self, ask: Ask, framework: UUID) -> Challenge:
        """Contest a verdict or a recorded fact. A panel of three from three groups is drawn at once."""
        actor, found = open_framework(ask.person, framework)
        return _again(ask, services.contest(by=actor, framework=found, **ask.data))

    @operation(answer=ChallengeShown)
    def read_challenge(self, ask: Ask, challenge: UUID) -> Challenge:
        """A challenge with its panel."""
        return open_challenge(ask.person, challenge)[2]

    @operation(body=GiveOpinion, answer=ChallengeShown, status=201)
    def give_opinion(self, ask: Ask, challenge: UUID) -> Challenge:
        """Say, as a member of the panel, whether a challenge is right. Two of three decide."""
        actor, _, found = open_challenge(ask.person, challenge)
        return _again(ask, services.give_opinion(by=actor, challenge=found, **ask.data))

    @operation(body=Why, answer=ChallengeShown)
    def step_aside(self, ask: Ask, challenge: UUID) -> Challenge:
        """Leave a panel; the next of the lot takes the place."""
        actor, _, found = open_challenge(ask.person, challenge)
        return _again(ask, services.step_aside(by=actor, challenge=found, **ask.data))

    @operation(body=Why, answer=ChallengeShown)
    def withdraw_challenge(self, ask: Ask, challenge: UUID) -> Challenge:
        """Take one's own challenge back while it is open."""
        actor, _, found = open_challenge(ask.person, challenge)
        return _again(ask, services.withdraw_challenge(by=actor, challenge=found, **ask.data))


def _again(ask: Ask, challenge: Challenge) -> Challenge:
    return open_challenge(ask.person, challenge.id)[2]
