"""Papers before a vote: how long before it they go out, that they went out, and what has been reworded since."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.shapes import Count, Given, Shape
from apps.deliberation import services
from apps.deliberation.models import PapersSent
from apps.deliberation.papers import papers_of
from apps.deliberation.selectors import open_round_for
from apps.partnerships.selectors import open_partnership
from apps.partnerships.services import ask_for_papers


class AskForPapers(Given):
    """How many working days before a vote papers go out at the latest (0: nobody asks for it), and on which days nobody works."""

    days = Count(min_value=0, max_value=60)
    days_off = serializers.ListField(child=serializers.DateField(), required=False, max_length=200)


class PapersAsked(Shape):
    """How long before a vote papers go out."""

    days = serializers.IntegerField(source="papers_days")
    days_off = serializers.ListField(child=serializers.DateField())


class PapersOut(Shape):
    """Papers that went out, on the partnership's day; `seq` is their entry."""

    day = serializers.DateField()
    at = serializers.DateTimeField()
    seq = serializers.IntegerField()


class RewordedText(Shape):
    """A text that was changed since: the number of the version that was sent, and of the one that is voted on."""

    proposal = serializers.UUIDField(source="proposal.id")
    code = serializers.CharField(source="proposal.code")
    sent = serializers.IntegerField()
    now = serializers.IntegerField()


class PapersRead(Shape):
    """Papers of a round. The vote can begin on the day `earliest`; null: not before papers have gone out."""

    days = serializers.IntegerField()
    first = PapersOut(allow_null=True)
    earliest = serializers.DateField(allow_null=True)
    reworded = RewordedText(many=True)


class PapersBefore(Operations):
    """What is sent out before a vote."""

    family = "rounds"

    @operation(body=AskForPapers, answer=PapersAsked)
    def ask_for_papers(self, ask: Ask, partnership: UUID) -> Any:
        """From now on papers go out at least so many working days before a vote."""
        return ask_for_papers(by=open_partnership(ask.person, partnership), **ask.data)

    @operation(answer=PapersRead)
    def read_papers(self, ask: Ask, round: UUID) -> Any:
        """When the papers of a round went out, from when the vote can begin, and what was reworded since."""
        return papers_of(open_round_for(ask.person, round)[1])

    @operation(answer=PapersOut, status=201)
    def send_papers(self, ask: Ask, round: UUID) -> PapersSent:
        """Send out the papers of a round: everybody is told where they are."""
        actor, found = open_round_for(ask.person, round)
        return services.send_papers(by=actor, round=found)
