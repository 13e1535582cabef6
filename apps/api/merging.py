"""Offers of change side by side: where they meet, what comes near, and several answers at once."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.proposals import ProposalShown, Reason
from apps.api.shapes import WORDS, Count, Given, Line, Shape, With
from apps.proposals import services
from apps.proposals.domain.similar import Near
from apps.proposals.domain.states import ANSWERS
from apps.proposals.selectors import (
    current_version,
    merge_table,
    near_offers,
    near_proposals,
    open_proposal,
    waiting_offers,
)
from apps.proposals.services import Answer

AT_MOST = 200


class OneAnswer(Reason):
    """What is to become of one offer."""

    offer = serializers.UUIDField()
    answer = serializers.ChoiceField(ANSWERS)
    taken = serializers.DictField(required=False, allow_null=True)


class MergeOffers(Given):
    """Answers to several offers. `on_number` is the version one has seen; `rationale` is needed where something is taken."""

    answers = serializers.ListField(child=OneAnswer(), min_length=1, max_length=AT_MOST)
    rationale = Line(max_length=WORDS, required=False, allow_blank=True)
    on_number = Count(min_value=1)


class FindNear(Given):
    """What one is about to offer or suggest."""

    patch = serializers.DictField()


class WantedShown(Shape):
    """What one waiting offer wants in a field; `replaces` is the offer taken since it was written whose value it would replace."""

    offer = serializers.UUIDField()
    value = serializers.JSONField(allow_null=True)
    replaces = serializers.SerializerMethodField()

    def get_replaces(self, wanted: Any) -> str:
        return str(wanted.replaces)


class FieldRow(Shape):
    """One field: the value the proposal gives it, the offers it came from, what is wanted, and whether that differs."""

    field = serializers.CharField()
    stands = serializers.JSONField(allow_null=True)
    origins = serializers.ListField(child=serializers.UUIDField())
    wanted = WantedShown(many=True)
    collides = serializers.BooleanField()


class MergeTable(Shape):
    """The offers that wait on a proposal, field by field (the first two hundred). `number` is the version they are held against."""

    number = serializers.IntegerField()
    rows = FieldRow(many=True)


class NearShown(Shape):
    """Another suggestion, an offer or a proposal: the fields in which it wants the same, and where something else."""

    kind = serializers.ChoiceField(["offer", "proposal"])
    id = serializers.UUIDField(source="name")
    same = serializers.ListField(child=serializers.CharField())
    differs = serializers.ListField(child=serializers.CharField())


class NearList(Shape):
    """What comes near, the nearest first."""

    items = NearShown(many=True)


class Merging(Operations):
    """Offers of change to one proposal, together."""

    family = "proposals"

    @operation(answer=MergeTable)
    def read_merge_table(self, ask: Ask, proposal: UUID) -> dict[str, Any]:
        """The offers that wait, field by field, and where they meet: what a drafter decides on."""
        _, found = open_proposal(ask.person, proposal)
        rows = merge_table(current_version(found), list(waiting_offers(found)[:AT_MOST]))
        return {"number": found.number, "rows": rows}

    @operation(body=MergeOffers, answer=ProposalShown)
    def merge_offers(self, ask: Ask, proposal: UUID) -> With:
        """Answer several offers at once. What is taken becomes one next version. Refused as a whole if any of it is stale."""
        actor, found = open_proposal(ask.person, proposal)
        answers = [Answer(**one) for one in ask.data["answers"]]
        more = {key: ask.data[key] for key in ("rationale", "on_number") if key in ask.data}
        merged = services.merge_offers(by=actor, proposal=found, answers=answers, **more)
        return With(merged, version=current_version(merged))

    @operation(body=FindNear, answer=NearList)
    def find_near(self, ask: Ask, proposal: UUID) -> dict[str, Any]:
        """What others have suggested on the same fields: to be looked at before offering a change. Nothing is kept of it."""
        _, found = open_proposal(ask.person, proposal)
        patch = ask.data["patch"]
        offers = [_near("offer", one) for one, _ in near_offers(found, patch)]
        others = near_proposals(found.framework, found.element, patch, but=[found.id])
        return {"items": offers + [_near("proposal", one) for one, _ in others]}


def _near(kind: str, one: Near) -> dict[str, Any]:
    return {"kind": kind, "name": one.name, "same": one.same, "differs": one.differs}
