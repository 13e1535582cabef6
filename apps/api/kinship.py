"""Where proposals come from and what comes out of them."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.proposals import ProposalShown, Reason
from apps.api.shapes import Shape, With
from apps.proposals import services
from apps.proposals.selectors import alternatives, current_version, lineage, open_proposal
from apps.proposals.services.lineage import RELATIONS


class SplitProposal(Reason):
    """The names of the fields of each part, together exactly those the proposal changes."""

    parts = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=60),
        min_length=2,
        max_length=20,
    )


class Split(Shape):
    """The proposals that came out of it."""

    items = ProposalShown(many=True)


class KinShown(Shape):
    """`child` came out of `parent`: as an alternative (counter), by taking it in (merged), as a part (split)."""

    child = serializers.UUIDField(source="child_id")
    parent = serializers.UUIDField(source="parent_id")  # type: ignore[assignment]
    kind = serializers.ChoiceField(RELATIONS)


class LineageShown(Shape):
    """Where a proposal comes from and what came out of it; `alternatives` are open proposals on the same element."""

    parents = KinShown(many=True)
    children = KinShown(many=True)
    alternatives = serializers.ListField(child=serializers.UUIDField())


class Kinship(Operations):
    """Proposals out of proposals."""

    family = "proposals"

    @operation(body=SplitProposal, answer=Split, status=201)
    def split_proposal(self, ask: Ask, proposal: UUID) -> dict[str, Any]:
        """Put a change to several fields on the table as several changes; it is withdrawn in favour of them."""
        actor, found = open_proposal(ask.person, proposal)
        made = services.split_proposal(by=actor, proposal=found, **ask.data)
        return {"items": [With(one, version=current_version(one)) for one in made]}

    @operation(answer=LineageShown)
    def read_lineage(self, ask: Ask, proposal: UUID) -> dict[str, Any]:
        """What a proposal came out of, what came out of it, and what else is on the table for the same text."""
        found = open_proposal(ask.person, proposal)[1]
        above, below = lineage(found)
        return {"parents": above, "children": below, "alternatives": [one.id for one in alternatives(found)[:200]]}
