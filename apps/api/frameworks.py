"""Frameworks: the founding plan, elements, editions, and which acts are open."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.editions import EditionLine
from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import WORDS, Flag, Given, Line, Shape, Window, With, page_of
from apps.deliberation.selectors import field_states, tracks
from apps.frameworks import services
from apps.frameworks.models import Framework, Gate, Kind
from apps.frameworks.selectors import elements, frameworks, open_element, open_framework, versions
from apps.partnerships.selectors import open_partnership
from apps.proposals import services as proposals
from apps.provenance.selectors import verdicts, verdicts_on

LEVELS = 8
VERSIONS_SHOWN = 100


class CreateFramework(Given):
    """A framework to be; times of its story are counted from `starts_on`."""

    title = Line(max_length=200)
    starts_on = serializers.DateField()


class SlotGiven(Given):
    """An open place of the founding plan."""

    key = Line(max_length=40)
    title = Line(max_length=300)


class SealPlan(Given):
    """What the founding plan foresees without saying what it will be."""

    slots = serializers.ListField(child=SlotGiven(), max_length=100, required=False)


class OpenGates(Given):
    """The acts that are open from now on; the others are shut."""

    gates = serializers.ListField(child=serializers.ChoiceField(Gate.choices), max_length=len(Gate.values))


class CopyFramework(CreateFramework):
    """A framework to be that begins with a copy of `source`: everything in it comes to the table as a proposal. Without
    `figures` baselines, targets and everything else that holds only at the other place stay there.
    """

    source = serializers.UUIDField()  # type: ignore[assignment]
    rationale = Line(max_length=WORDS)
    figures = Flag(default=True)


class OfferTemplate(Given):
    """Whether others are invited to begin with a copy."""

    offered = Flag()


class NameLevels(Given):
    """What the levels of the outcome tree are called, from the top."""

    levels = serializers.ListField(child=Line(max_length=60), max_length=LEVELS)


class Slot(Shape):
    """An open place, and the element that fills it."""

    key = serializers.CharField()
    title = serializers.CharField()
    filled_by = serializers.UUIDField(allow_null=True)


class FrameworkLine(Shape):
    """A framework in a list."""

    id = serializers.UUIDField()
    partnership = serializers.UUIDField(source="partnership_id")
    title = serializers.CharField()
    starts_on = serializers.DateField()
    levels = serializers.ListField(child=serializers.CharField())
    is_template = serializers.BooleanField()
    scoring_rule = serializers.IntegerField()
    gates = serializers.ListField(child=serializers.ChoiceField(Gate.choices))
    created_at = serializers.DateTimeField()
    sealed_at = serializers.DateTimeField(allow_null=True)


class FrameworkShown(FrameworkLine):
    """A framework with the open places of its founding plan."""

    slots = Slot(many=True, source="slots.all")
    editions = serializers.IntegerField(source="editions.count")


class Standing(Shape):
    """Where an element stands: the labels of both continua, and the sentence."""

    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    headline = serializers.CharField()
    flags = serializers.ListField(child=serializers.CharField())
    because = serializers.IntegerField()
    seq = serializers.IntegerField()

    def get_label(self, verdict: Any) -> list[str]:
        return [verdict.label_ni, verdict.label_pe]


class ElementLine(Shape):
    """An element in force. `verdict` is null where nothing has been decided on it."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(Kind.choices)
    code = serializers.CharField()
    title = serializers.CharField()
    parent = serializers.UUIDField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    number = serializers.IntegerField()
    fields = serializers.DictField()  # type: ignore[assignment]
    retired_at = serializers.DateTimeField(allow_null=True)
    verdict = Standing(allow_null=True)


class ElementVersion(Shape):
    """One immutable version of an element, and the entry that set it."""

    number = serializers.IntegerField()
    fields = serializers.DictField()  # type: ignore[assignment]
    changed = serializers.ListField(child=serializers.CharField())
    effective = serializers.DateField()
    seq = serializers.IntegerField()


class FieldState(Shape):
    """Whether a field was agreed or set by one party, and the entry that set it."""

    state = serializers.CharField()
    seq = serializers.IntegerField()


class Track(Shape):
    """Parts that were imposed and can be talked about until they are agreed."""

    open_parts = serializers.ListField(child=serializers.CharField())
    opened_seq = serializers.IntegerField()
    review_on = serializers.DateField(allow_null=True)


class Element(ElementLine):
    """An element with its versions (the newest hundred, newest first) and where each field stands."""

    framework = serializers.UUIDField(source="framework_id")
    versions = ElementVersion(many=True)
    field_states = serializers.DictField(child=FieldState())
    tracks = Track(many=True)


class ElementWindow(Window):
    """Which elements."""

    kind = serializers.ChoiceField(Kind.choices, required=False)


class Frameworks(Operations):
    """What partnerships negotiate."""

    family = "frameworks"

    @operation(query=Window, answer=page_of(FrameworkLine))
    def list_frameworks(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """The frameworks of a partnership, oldest first."""
        return page(ask, frameworks(open_partnership(ask.person, partnership).partnership), "created_at")

    @operation(body=CreateFramework, answer=FrameworkShown, status=201)
    def create_framework(self, ask: Ask, partnership: UUID) -> Framework:
        """Begin a framework. Proposing, offering changes and objecting are open from the start."""
        return services.create_framework(by=open_partnership(ask.person, partnership), **ask.data)

    @operation(body=CopyFramework, answer=FrameworkShown, status=201)
    def copy_framework(self, ask: Ask, partnership: UUID) -> Framework:
        """Begin a framework with a copy of one that you may read. Nothing of it is agreed here."""
        actor = open_partnership(ask.person, partnership)
        source = open_framework(ask.person, ask.data["source"])[1]
        return proposals.copy_framework(by=actor, **{**ask.data, "source": source})

    @operation(body=OfferTemplate, answer=FrameworkShown)
    def offer_template(self, ask: Ask, framework: UUID) -> Framework:
        """Invite others to begin with a copy of this framework, or no longer."""
        actor, found = open_framework(ask.person, framework)
        return services.offer_template(by=actor, framework=found, **ask.data)

    @operation(answer=FrameworkShown)
    def read_framework(self, ask: Ask, framework: UUID) -> Framework:
        """A framework with the open places of its founding plan."""
        return open_framework(ask.person, framework)[1]

    @operation(body=SealPlan, answer=EditionLine, status=201)
    def seal_plan(self, ask: Ask, framework: UUID) -> Any:
        """Seal what stands now as the founding plan, edition 0, with its open places. It can be done once."""
        actor, found = open_framework(ask.person, framework)
        return services.seal_plan(by=actor, framework=found, **ask.data)

    @operation(body=OpenGates, answer=FrameworkShown)
    def open_gates(self, ask: Ask, framework: UUID) -> Framework:
        """Say which acts are open from now on; the others are shut."""
        actor, found = open_framework(ask.person, framework)
        return services.open_gates(by=actor, framework=found, **ask.data)

    @operation(body=NameLevels, answer=FrameworkShown)
    def name_levels(self, ask: Ask, framework: UUID) -> Framework:
        """Say what the levels of the outcome tree are called here, from the top: goal, outcome, sub-outcome."""
        actor, found = open_framework(ask.person, framework)
        return services.name_levels(by=actor, framework=found, **ask.data)


class Elements(Operations):
    """Missions, values, desired outcomes, instruments and measures."""

    family = "frameworks"

    @operation(query=ElementWindow, answer=page_of(ElementLine))
    def list_elements(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The elements in force, by code, with where each stands."""
        found = open_framework(ask.person, framework)[1]
        rows = page(ask, elements(found, kind=ask.query.get("kind")), "code")
        standing = verdicts(found)
        rows["items"] = [With(element, verdict=standing.get(element.id)) for element in rows["items"]]
        return rows

    @operation(answer=Element)
    def read_element(self, ask: Ask, element: UUID) -> With:
        """One element: its fields, its versions, which fields were agreed, what is open for renegotiation."""
        _, _, found = open_element(ask.person, element)
        return With(
            found,
            verdict=verdicts_on(found.id).last(),
            versions=versions(found).order_by("-number")[:VERSIONS_SHOWN],
            field_states=field_states(found.id),
            tracks=tracks(found.id),
        )
