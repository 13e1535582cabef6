"""Decisions, impositions by mandate, and what has been set from outside."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import WORDS, Given, Line, Shape, Window, page_of
from apps.deliberation import services
from apps.deliberation.models import Decision
from apps.deliberation.selectors import decisions
from apps.deliberation.services.impositions import REASONS
from apps.frameworks.selectors import open_element, open_framework
from apps.partnerships.selectors import mandate_in
from apps.proposals.selectors import proposals_in


class Impose(Given):
    """Fields set by mandate. `proposal` for a text on the table; otherwise `element`, one in force."""

    mandate = serializers.UUIDField()
    element = serializers.UUIDField(required=False, allow_null=True)
    proposal = serializers.UUIDField(required=False, allow_null=True)
    patch = serializers.DictField()
    reason_code = serializers.ChoiceField(sorted(REASONS))
    reason = Line(max_length=WORDS)
    effective = serializers.DateField(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)


class SetOutside(Given):
    """Fields that are in force without a decision here, and the evidence for it."""

    patch = serializers.DictField()
    evidence = Line(max_length=WORDS)
    effective = serializers.DateField(required=False, allow_null=True)


class Dissent(Shape):
    """The recorded disagreement of a group, and the day by which it calls a review."""

    group = serializers.CharField(source="group_key")
    against = serializers.IntegerField()
    review_on = serializers.DateField(allow_null=True)


class DecisionShown(Shape):
    """A decision on a round's outcome, an imposition, or something set outside. `act` is what the scoring rule reads."""

    id = serializers.UUIDField()
    framework = serializers.UUIDField(source="framework_id")
    element = serializers.UUIDField()
    kind = serializers.CharField()
    adopted = serializers.BooleanField()
    outcome = serializers.CharField()
    patch = serializers.DictField()
    act = serializers.DictField(allow_null=True)
    round = serializers.UUIDField(source="item.round_id", default=None, allow_null=True)
    item = serializers.UUIDField(source="item_id", allow_null=True)
    rule_hash = serializers.CharField(source="item.round.rule.hash", default=None, allow_null=True)
    proposal = serializers.UUIDField(source="proposal_id", allow_null=True)
    mandate = serializers.UUIDField(source="mandate_id", allow_null=True)
    mandate_code = serializers.CharField(source="mandate.code", default=None, allow_null=True)
    reason_code = serializers.CharField()
    reason = serializers.CharField(source="reason.body", default=None, allow_null=True)
    effective = serializers.DateField()
    review_on = serializers.DateField(allow_null=True)
    dissent = Dissent(source="dissents.all", many=True)
    seq = serializers.IntegerField()
    decided_at = serializers.DateTimeField()


class DecisionWindow(Window):
    """Which decisions."""

    element = serializers.UUIDField(required=False)


class Decisions(Operations):
    """Acts that adopt or do not adopt."""

    family = "decisions"

    @operation(query=DecisionWindow, answer=page_of(DecisionShown))
    def list_decisions(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Decisions and impositions in the order in which they were made."""
        found = decisions(open_framework(ask.person, framework)[1], element=ask.query.get("element"))
        return page(ask, found, "seq")

    @operation(body=Impose, answer=DecisionShown, status=201)
    def impose(self, ask: Ask, framework: UUID) -> Decision:
        """Set fields of an element by mandate. An attempt that is refused is recorded."""
        actor, found = open_framework(ask.person, framework)
        given = dict(ask.data)
        mandate, matter = mandate_in(actor.partnership, given.pop("mandate")), given.pop("proposal", None)
        proposal = proposals_in(found, [matter])[0] if matter else None
        return services.impose(by=actor, framework=found, mandate=mandate, proposal=proposal, **given)

    @operation(body=SetOutside, answer=DecisionShown, status=201)
    def set_outside(self, ask: Ask, element: UUID) -> Decision:
        """Record, from any seat and with evidence, that fields are in force without a decision here."""
        actor, framework, found = open_element(ask.person, element)
        return services.set_outside(by=actor, framework=framework, element=found, **ask.data)
