"""Ballots on paper and by show of hands."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.ballots import ReceiptShown
from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Given, Line, Shape, Window, page_of
from apps.common.errors import NotFound
from apps.deliberation import services
from apps.deliberation.models import Means
from apps.deliberation.selectors import open_round_for, papers


class EnterOnPaper(Given):
    """What stands on a seat's paper on one item."""

    item = serializers.UUIDField()
    seat = serializers.UUIDField()
    choice = Line(max_length=2000, allow_blank=True)
    means = serializers.ChoiceField(Means.choices, required=False)


class PaperShown(Shape):
    """A paper that waits for its second witness; what stands on it is not shown."""

    id = serializers.UUIDField()
    item = serializers.UUIDField(source="item_id")
    seat = serializers.UUIDField(source="seat_id")
    group = serializers.CharField(source="seat.group.key")
    means = serializers.ChoiceField(Means.choices)
    entered_at = serializers.DateTimeField()


class PaperEntered(Shape):
    """The first entry waits; the second, if it is the same, casts the ballot."""

    waiting = PaperShown(allow_null=True)
    receipt = ReceiptShown(allow_null=True)


class OnPaper(Operations):
    """Votes that somebody else enters."""

    family = "rounds"

    @operation(query=Window, answer=page_of(PaperShown))
    def list_papers(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Papers of a round that wait for their second witness, the longest waiting first."""
        return page(ask, papers(*open_round_for(ask.person, round)), "entered_at")

    @operation(body=EnterOnPaper, answer=PaperEntered)
    def enter_on_paper(self, ask: Ask, round: UUID) -> services.Entered:
        """Enter what stands on a seat's paper. Two witnesses enter the same, each by themselves; then the ballot is cast."""
        actor, found = open_round_for(ask.person, round)
        return services.enter_on_paper(by=actor, round=found, **ask.data)

    @operation(status=204)
    def discard_paper(self, ask: Ask, round: UUID, paper: UUID) -> None:
        """Take an entry back that waits."""
        actor, found = open_round_for(ask.person, round)
        waiting = papers(actor, found).filter(id=paper).first()
        if waiting is None:
            raise NotFound("paper.unknown", "This paper does not wait any more.")
        services.discard_paper(by=actor, ballot=waiting)
