"""Where elements stand on the two continua, and how they came there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.frameworks import Standing
from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Shape, Window, With, page_of
from apps.common import clock
from apps.frameworks.models import Element, Kind
from apps.frameworks.selectors import elements, open_element, open_framework
from apps.provenance.models import Verdict
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
    """A stop of a journey; `t` in years from the framework's start."""

    t = serializers.CharField()
    ni = serializers.CharField(allow_null=True)
    pe = serializers.CharField()


class Journey(Shape):
    """The way of an element through the two continua."""

    element = serializers.UUIDField()
    code = serializers.CharField()
    kind = serializers.ChoiceField(Kind.choices)
    title = serializers.CharField()
    label = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]
    flags = serializers.ListField(child=serializers.CharField())
    points = Point(many=True)


class Provenance(Operations):
    """How each measure came to be."""

    family = "provenance"

    @operation(query=Window, answer=page_of(ElementVerdict))
    def list_verdicts(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The verdict that stands on each element in force, by the element's code."""
        return _standing(ask, framework, _verdict)

    @operation(query=Window, answer=page_of(Journey))
    def read_matrix(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The journeys of the elements in force through the two continua, by the element's code."""
        return _standing(ask, framework, _journey)

    @operation(answer=History)
    def read_history(self, ask: Ask, element: UUID) -> dict[str, Any]:
        """How an element came to stand where it stands."""
        actor, framework, found = open_element(ask.person, element)
        until = actor.partnership.today(clock.now())
        document = history_document_of(framework, found.id, until=until)
        return {"element": found.id, "verdicts": verdicts_on(found.id), "document": document}


def _standing(ask: Ask, framework: UUID, show: Any) -> dict[str, Any]:
    """Elements in force that have a verdict, shown together with it."""
    found = open_framework(ask.person, framework)[1]
    standing = verdicts(found)
    rows = page(ask, elements(found).filter(id__in=standing), "code")
    rows["items"] = [show(element, standing) for element in rows["items"]]
    return rows


def _verdict(element: Element, standing: Mapping[UUID, Verdict]) -> With:
    return With(standing[element.id], code=element.code, kind=element.kind, title=element.title)


def _journey(element: Element, standing: Mapping[UUID, Verdict]) -> dict[str, Any]:
    verdict = standing[element.id]
    return {
        "element": element.id,
        "code": element.code,
        "kind": element.kind,
        "title": element.title,
        "label": [verdict.label_ni, verdict.label_pe],
        "flags": verdict.flags,
        "points": [{"t": t, "ni": ni, "pe": pe} for t, ni, pe in verdict.document["path"]],
    }
