"""Where fields stand: agreed, contested, imposed, inherited or open."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Shape, Window, page_of
from apps.deliberation.domain.standing import Standing
from apps.deliberation.standing import standings_of
from apps.frameworks.models import Element
from apps.frameworks.selectors import elements, open_element, open_framework


class WishShown(Shape):
    """Something on the table that would give the field another value."""

    kind = serializers.ChoiceField(["proposal", "offer"])
    id = serializers.UUIDField()
    groups = serializers.ListField(child=serializers.CharField())


class StandingShown(Shape):
    """One field. `set_as` says how its value was set (agreed or imposed), `seq` names the entry that set it; contested is what
    `wishes` want otherwise."""

    field = serializers.CharField()
    state = serializers.ChoiceField(["agreed", "contested", "imposed", "inherited", "open"])
    set_as = serializers.CharField()
    seq = serializers.IntegerField(allow_null=True)
    wishes = WishShown(many=True)


class ElementStanding(Shape):
    """An element with where each of its fields stands, in page order."""

    element = serializers.UUIDField()
    code = serializers.CharField()
    kind = serializers.CharField()
    standings = StandingShown(many=True)


class Standings(Operations):
    """Where fields stand."""

    family = "elements"

    @operation(answer=ElementStanding)
    def read_field_states(self, ask: Ask, element: UUID) -> dict[str, Any]:
        """Where each field of an element stands, and the entry that set it."""
        _, framework, found = open_element(ask.person, element)
        return _shown(found, standings_of(framework, [found])[found.id])

    @operation(query=Window, answer=page_of(ElementStanding))
    def list_field_states(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Where the fields of all elements of a framework stand."""
        _, found = open_framework(ask.person, framework)
        piece = page(ask, elements(found), "code")
        standings = standings_of(found, piece["items"])
        piece["items"] = [_shown(element, standings[element.id]) for element in piece["items"]]
        return piece


def _shown(element: Element, standings: dict[str, Standing]) -> dict[str, Any]:
    return {"element": element.id, "code": element.code, "kind": element.kind, "standings": list(standings.values())}
