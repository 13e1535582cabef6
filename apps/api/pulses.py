"""What people say after a decision."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Count, Given, Shape, Window, page_of
from apps.frameworks.selectors import open_framework
from apps.measurement import services
from apps.measurement.models import PulseAnswer
from apps.measurement.selectors import open_pulse_for, pulses


class PulseWindow(Window):
    """Which pulses."""

    element = serializers.UUIDField(required=False)


class AnswerPulse(Given):
    """Could we shape this, does it matter to our work: each from 1, not at all, to 9, entirely."""

    shape = Count(min_value=1, max_value=9)
    matter = Count(min_value=1, max_value=9)


class SaidTogether(Shape):
    """What some groups said together: how many answered of how many seats, and the means, to one decimal."""

    groups = serializers.ListField(child=serializers.CharField())
    answers = serializers.IntegerField()
    seats = serializers.IntegerField()
    shape = serializers.CharField()
    matter = serializers.CharField()


class PulseShown(Shape):
    """The two questions after the decision of entry `about`; `result` is null until they are closed, and empty where fewer than
    five answered."""

    id = serializers.UUIDField()
    framework = serializers.UUIDField(source="framework_id")
    element = serializers.UUIDField()
    about = serializers.IntegerField()
    opened_on = serializers.DateField()
    closes_on = serializers.DateField()
    result = SaidTogether(many=True, allow_null=True)
    seq = serializers.IntegerField()
    closed_seq = serializers.IntegerField(allow_null=True)


class MyAnswer(Shape):
    """What my seat has answered."""

    shape = serializers.IntegerField()
    matter = serializers.IntegerField()


class Pulses(Operations):
    """Two private questions after every decision."""

    family = "measurement"

    @operation(query=PulseWindow, answer=page_of(PulseShown))
    def list_pulses(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The pulses of a framework, newest first: what was said, never who said it."""
        _, found = open_framework(ask.person, framework)
        return page(ask, pulses(found, element=ask.query.get("element")), "seq", newest_first=True)

    @operation(body=AnswerPulse, answer=MyAnswer)
    def answer_pulse(self, ask: Ask, pulse: UUID) -> PulseAnswer:
        """Answer the two questions for one's seat, or answer them anew."""
        actor, _, found = open_pulse_for(ask.person, pulse)
        return services.answer_pulse(by=actor, pulse=found, **ask.data)
