"""After a change has been offered: joining it, taking it back, counter-offers, the window, and what became of everything."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.proposals import OfferShown, ProposalShown, Reason
from apps.api.shapes import Count, Given, Nothing, Shape, With
from apps.deliberation.contributions import Contribution, contributions
from apps.frameworks.selectors import open_framework
from apps.proposals import services
from apps.proposals.models import Offer
from apps.proposals.selectors import current_version, open_offer, open_proposal
from apps.proposals.services.counters import ANSWERS


class CounterOffer(Reason):
    """In which form one would take an offer, and why."""

    patch = serializers.DictField()


class AnswerCounter(Reason):
    """Yes or no to a counter-offer."""

    answer = serializers.ChoiceField(ANSWERS)


class SetWindow(Given):
    """Until when changes can be offered (null: shut), and how many by each group (null: as many as it likes)."""

    offers_until = serializers.DateField(allow_null=True)
    offers_each = Count(min_value=1, max_value=100, required=False, allow_null=True)


class Whose(Given):
    """Whose contributions: one's own, one's group's, or everybody's."""

    whose = serializers.ChoiceField(["mine", "group", "all"], default="all")


class ContributionShown(Shape):
    """One contribution and its fate. `because` says why, in the words of `by`; `number` is the version it was taken into;
    `became` the proposal as which a declined offer was put to the vote; `outcome` what was decided on its proposal."""

    kind = serializers.ChoiceField(["proposal", "offer", "joined", "objection"])
    id = serializers.UUIDField()
    proposal = serializers.UUIDField(source="proposal.id")
    element = serializers.UUIDField(source="proposal.element")
    code = serializers.CharField(source="proposal.code")
    group = serializers.CharField()
    at = serializers.DateTimeField()
    fields_named = serializers.ListField(child=serializers.CharField(), source="fields")
    fate = serializers.CharField()
    why = serializers.CharField(source="why.body", default=None, allow_null=True)
    because = serializers.CharField(source="because.body", default=None, allow_null=True)
    by = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    became = serializers.UUIDField(allow_null=True)
    adopted = serializers.BooleanField(source="decision.adopted", default=None, allow_null=True)
    outcome = serializers.CharField(source="decision.outcome", default=None, allow_null=True)
    effective = serializers.DateField(source="decision.effective", default=None, allow_null=True)


class ContributionList(Shape):
    """The newest two hundred of each kind, the newest first."""

    items = ContributionShown(many=True)


class Bargaining(Operations):
    """What can be done with an offer of change beside answering it."""

    family = "proposals"

    @operation(body=Reason, answer=OfferShown)
    def withdraw_offer(self, ask: Ask, offer: UUID) -> Offer:
        """Take an offer of one's own group back, with a reason."""
        actor, found = open_offer(ask.person, offer)
        return services.withdraw_offer(by=actor, offer=found, **ask.data)

    @operation(body=Nothing, answer=OfferShown)
    def join_offer(self, ask: Ask, offer: UUID) -> Offer:
        """Say that one's own group wants what another group has offered. Joining twice is joining once."""
        actor, found = open_offer(ask.person, offer)
        return services.join_offer(by=actor, offer=found)

    @operation(body=CounterOffer, answer=OfferShown, status=201)
    def counter_offer(self, ask: Ask, offer: UUID) -> Offer:
        """Answer an offer with the form in which one would take it; the group that made it says yes or no."""
        actor, found = open_offer(ask.person, offer)
        return services.counter_offer(by=actor, offer=found, **ask.data)

    @operation(body=AnswerCounter, answer=OfferShown)
    def answer_counter(self, ask: Ask, offer: UUID) -> Offer:
        """Say yes or no to a counter-offer (`offer` is its id). A yes takes it into the proposal's next version."""
        actor, found = open_offer(ask.person, offer)
        return services.answer_counter(by=actor, offer=found, **ask.data)

    @operation(body=SetWindow, answer=ProposalShown)
    def set_window(self, ask: Ask, proposal: UUID) -> With:
        """Open, extend or shut the window for offers. Opened again after it was shut, caps count anew."""
        actor, found = open_proposal(ask.person, proposal)
        made = services.set_window(by=actor, proposal=found, **ask.data)
        return With(made, version=current_version(made))

    @operation(query=Whose, answer=ContributionList)
    def read_contributions(self, ask: Ask, framework: UUID) -> dict[str, list[Contribution]]:
        """What people contributed, each with its fate: taken into which version, not taken because, decided how."""
        actor, found = open_framework(ask.person, framework)
        narrowed: dict[str, Any] = {}
        if ask.query["whose"] != "all":
            seat = actor.require_seat()
            narrowed = {"seat": seat.id} if ask.query["whose"] == "mine" else {"group": seat.group_id}
        return {"items": contributions(found, **narrowed)}
