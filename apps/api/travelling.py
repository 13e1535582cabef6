"""What was in force on a day, and what any two days differ in."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.editions import Changes, Held, shown
from apps.api.frameworks import ElementVersion
from apps.api.operations import Ask, Operations, operation
from apps.api.shapes import Given, Shape, With
from apps.frameworks.domain.editions import compare
from apps.frameworks.selectors import day_within, open_element, open_framework, state_on, version_on


class OnDay(Given):
    """Which day: from the beginning of the framework to today; without one, today."""

    at = serializers.DateField(required=False)


class BetweenDays(Given):
    """From which day (none: the beginning of the framework) to which (none: today)."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class FrameworkOnDay(Shape):
    """A framework as it was in force on a day. Where an element stands in the tree is told as it is now."""

    at = serializers.DateField()
    elements = Held(many=True)


class ElementOnDay(ElementVersion):
    """What an element said on a day, since when, and the entry that set it."""

    at = serializers.DateField()


class DayChanges(Changes):
    """What was in force on the day `until`, compared with the day `since`."""

    since = serializers.DateField()
    until = serializers.DateField()


class Days(Operations):
    """Frameworks and elements as they were in force on a day, whatever was decided later."""

    family = "frameworks"

    @operation(query=OnDay, answer=FrameworkOnDay)
    def read_framework_at(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The whole framework as it was in force on a day. Refused are days before its beginning, and in the future."""
        found = open_framework(ask.person, framework)[1]
        at = day_within(found, ask.query.get("at"), "at")
        return {"at": at, "elements": state_on(found, at)}

    @operation(query=OnDay, answer=ElementOnDay)
    def read_element_at(self, ask: Ask, element: UUID) -> With:
        """What an element said on a day; `element.not_in_force` where it was not in the framework then."""
        _, framework, found = open_element(ask.person, element)
        at = day_within(framework, ask.query.get("at"), "at")
        return With(version_on(found, at), at=at)

    @operation(query=BetweenDays, answer=DayChanges)
    def compare_days(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """What was in force on one day, compared with another, field by field."""
        found = open_framework(ask.person, framework)[1]
        since = day_within(found, ask.query.get("since", found.starts_on), "since")
        until = day_within(found, ask.query.get("until"), "until")
        return shown(compare(state_on(found, since), state_on(found, until))) | {"since": since, "until": until}
