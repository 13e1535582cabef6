"""Where elements stand on the two continua, and how they came there."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.frameworks import Standing
from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Shape, Window, With, page_of
from apps.common import clock
from apps.common.errors import NotFound
from apps.frameworks.models import Element, Kind
from apps.frameworks.selectors import elements, open_element, open_framework
from apps.provenance.game import game_of
from apps.provenance.matrix import ways
from apps.provenance.models import Verdict
from apps.provenance.presenting.files import journey_json
from apps.provenance.presenting.steps import steps_of
from apps.provenance.selectors import history_document_of, verdicts, verdicts_on


class VerdictShown(Standing):
    """Where an element stood after an act: 0 imposed .. 1 negotiated (`ni`), 0 planned .. 1 emergent (`pe`)."""

    element = serializers.UUIDField()
    rule = serializers.IntegerField()
    ni = serializers.DecimalField(5, 4, allow_null=True)
    pe = serializers.DecimalField(5, 4, allow_null=True)
    at = serializers.DateTimeField()


class ElementVerdict(VerdictShown):
    """The verdict that stands on an element."""

    code = serializers.CharField()
    kind = serializers.ChoiceField(Kind.choices)
    title = serializers.CharField()


class VerdictInFull(VerdictShown):
    """A verdict with everything the scoring rule printed: terms, parts, path, range."""

    document = serializers.DictField()


class History(Shape):
    """All verdicts on an element (the path), and the history file that anybody can score outside."""

    element = serializers.UUIDField()
    verdicts = VerdictInFull(many=True)
    document = serializers.DictField()


class Point(Shape):
    """A stop of a journey: where the act numbered `entry` led, and what it was, in words.

    `t` is the day it came into force in years from the framework's start, by quarters; `ni` is null where fewer than two
    groups could decide.
    """

    t = serializers.CharField()
    in_force_from = serializers.DateField()
    ni = serializers.CharField(allow_null=True)
    pe = serializers.CharField()
    label = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]
    act = serializers.CharField()
    method = serializers.CharField(allow_null=True)
    what = serializers.CharField()
    who = serializers.ListField(child=serializers.CharField())
    entry = serializers.IntegerField()


class Journey(Shape):
    """The way of an element through the two continua."""

    element = serializers.UUIDField()
    code = serializers.CharField()
    kind = serializers.ChoiceField(Kind.choices)
    title = serializers.CharField()
    label = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]
    flags = serializers.ListField(child=serializers.CharField())
    required_from_outside = serializers.BooleanField()
    points = Point(many=True)


class Setting(Shape):
    """One of the four things the rules of the game settle (`key`), what stands, and who set it last."""

    key = serializers.CharField()
    stands = serializers.ListField(child=serializers.CharField())
    by_round = serializers.BooleanField()
    entries = serializers.ListField(child=serializers.IntegerField())


class Game(Shape):
    """The rules of the game of a framework: `element` holds them once a round has decided on any."""

    label = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]
    headline = serializers.CharField()
    element = serializers.UUIDField(allow_null=True)
    scoring_rule = serializers.IntegerField()
    settings = Setting(many=True)


class Provenance(Operations):
    """How each measure came to be."""

    family = "provenance"

    @operation(query=Window, answer=page_of(ElementVerdict))
    def list_verdicts(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The verdict that stands on each element in force, by the element's code."""
        found = open_framework(ask.person, framework)[1]
        standing = verdicts(found)
        rows = page(ask, elements(found).filter(id__in=standing), "code")
        rows["items"] = [_verdict(element, standing[element.id]) for element in rows["items"]]
        return rows

    @operation(query=Window, answer=page_of(Journey))
    def read_matrix(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The journeys of the elements in force through the two continua, by the element's code."""
        found = open_framework(ask.person, framework)[1]
        told = ways(found)
        rows = page(ask, elements(found).filter(id__in=told), "code")
        steps = steps_of(found, [told[element.id] for element in rows["items"]])
        rows["items"] = [journey_json(element, told[element.id], steps[element.id]) for element in rows["items"]]
        return rows

    @operation(answer=Game)
    def read_game(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Who set the groups, their standing, the decision rules and the scoring rule: the convenor or a round."""
        found = open_framework(ask.person, framework)[1]
        game = game_of(found)
        settings = [
            {
                "key": one.key,
                "stands": one.stands,
                "by_round": one.by_round,
                "entries": [entry.seq for entry in one.entries],
            }
            for one in game.settings
        ]
        return {
            "label": game.label,
            "headline": game.headline,
            "element": game.element and game.element.id,
            "scoring_rule": found.scoring_rule,
            "settings": settings,
        }

    @operation(answer=Journey)
    def read_journey(self, ask: Ask, element: UUID) -> dict[str, Any]:
        """The way of one element, step by step."""
        _, framework, found = open_element(ask.person, element)
        way = ways(framework, [found.id]).get(found.id)
        if way is None:
            raise NotFound("journey.none", "Nothing has been decided on this yet.")
        return journey_json(found, way, steps_of(framework, [way])[found.id])

    @operation(answer=History)
    def read_history(self, ask: Ask, element: UUID) -> dict[str, Any]:
        """How an element came to stand where it stands."""
        actor, framework, found = open_element(ask.person, element)
        until = actor.partnership.today(clock.now())
        document = history_document_of(framework, found.id, until=until)
        return {"element": found.id, "verdicts": verdicts_on(found.id), "document": document}


def _verdict(element: Element, verdict: Verdict) -> With:
    return With(verdict, code=element.code, kind=element.kind, title=element.title)
