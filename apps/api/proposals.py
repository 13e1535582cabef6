"""Proposals and their versions, offers of change and the answers to them, objections."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import WORDS, Count, Given, Line, Shape, Window, With, page_of
from apps.frameworks.models import Kind
from apps.frameworks.selectors import open_framework
from apps.proposals import services
from apps.proposals.domain.states import ANSWERS, PROPOSAL_MOVES
from apps.proposals.models import Action, Objection, Offer, Proposal, ProposalVersion
from apps.proposals.selectors import (
    current_version,
    newest,
    objections,
    offers,
    open_objection,
    open_offer,
    open_proposal,
    proposals,
    proposals_in,
    versions,
)
from apps.proposals.services.lineage import RELATIONS

SPONSORS_AT_MOST = 50


class SubmitProposal(Given):
    """A patch of fields of one element. `element` for what is in force; `kind` and `code` for what is to be added."""

    action = serializers.ChoiceField(Action.choices)
    patch = serializers.DictField(default=dict)
    rationale = Line(max_length=WORDS)
    element = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(Kind.choices, required=False)
    code = Line(max_length=20, required=False)
    parent = serializers.UUIDField(required=False, allow_null=True)  # type: ignore[assignment]
    slot = Line(max_length=40, required=False, allow_blank=True)
    sponsors = serializers.ListField(child=Line(max_length=30), max_length=SPONSORS_AT_MOST, required=False)
    offers_until = serializers.DateField(required=False, allow_null=True)
    observed_on = serializers.DateField(required=False, allow_null=True)
    grew_from = serializers.ListField(child=serializers.UUIDField(), max_length=20, required=False)
    relation = serializers.ChoiceField(RELATIONS, required=False)


class WithdrawProposal(Given):
    """Why; `into` is another proposal that takes it in."""

    reason = Line(max_length=WORDS)
    into = serializers.UUIDField(required=False, allow_null=True)


class ReviseProposal(Given):
    """The next version; `on_number` is the version it was written on."""

    patch = serializers.DictField()
    rationale = Line(max_length=WORDS)
    on_number = Count(min_value=1)


class Reason(Given):
    """Why."""

    reason = Line(max_length=WORDS)


class OfferChange(Reason):
    """A change of some fields, and why; `replaces` is a waiting offer of one's own group, of which this is the next version."""

    patch = serializers.DictField()
    replaces = serializers.UUIDField(required=False, allow_null=True)


class AnswerOffer(Reason):
    """The answer to an offer; `taken` says what is taken of it, where it is accepted in modified form.

    `on_number` is the proposal's version one has seen: with it, a newer one refuses the answer.
    """

    answer = serializers.ChoiceField(ANSWERS)
    taken = serializers.DictField(required=False, allow_null=True)
    on_number = Count(min_value=1, required=False)


class PutOfferToVote(Given):
    """Why a declined offer should be voted on."""

    rationale = Line(max_length=WORDS)


class Version(Shape):
    """One immutable version of a proposal. `rationale` is null where it has been erased."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    patch = serializers.DictField()
    base = serializers.IntegerField()
    rationale = serializers.CharField(source="rationale.body", default=None, allow_null=True)
    made_at = serializers.DateTimeField()
    seq = serializers.IntegerField()


class ProposalShown(Shape):
    """A proposal with its newest version."""

    id = serializers.UUIDField()
    framework = serializers.UUIDField(source="framework_id")
    element = serializers.UUIDField()
    action = serializers.ChoiceField(Action.choices)
    kind = serializers.ChoiceField(Kind.choices)
    code = serializers.CharField()
    parent = serializers.UUIDField(allow_null=True)  # type: ignore[assignment]
    slot = serializers.CharField()
    group = serializers.CharField(source="group.key", default=None, allow_null=True)
    sponsors = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(sorted(PROPOSAL_MOVES))
    number = serializers.IntegerField()
    observed_on = serializers.DateField(allow_null=True)
    offers_from = serializers.DateField()
    offers_until = serializers.DateField(allow_null=True)
    offers_each = serializers.IntegerField(allow_null=True)
    from_offer = serializers.UUIDField(source="from_offer_id", allow_null=True)
    tabled_at = serializers.DateTimeField()
    seq = serializers.IntegerField()
    version = Version()


class OfferShown(Shape):
    """An offer of change, and the answer to it. `joined` are the keys of groups that want it too; `counters` is the offer
    that a counter-offer answers."""

    id = serializers.UUIDField()
    proposal = serializers.UUIDField(source="proposal_id")
    on_number = serializers.IntegerField()
    group = serializers.CharField(source="group.key")
    joined = serializers.SerializerMethodField()
    replaces = serializers.UUIDField(source="replaces_id", allow_null=True)
    counters = serializers.UUIDField(source="counters_id", allow_null=True)
    patch = serializers.DictField()
    taken_patch = serializers.DictField(allow_null=True)
    taken_in = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(source="reason.body", allow_null=True)
    state = serializers.CharField()
    answer = serializers.CharField(source="answer.body", default=None, allow_null=True)
    answered_by = serializers.CharField(source="answered_by.key", default=None, allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    offered_at = serializers.DateTimeField()
    seq = serializers.IntegerField()

    def get_joined(self, offer: Offer) -> list[str]:
        return [support.group.key for support in offer.supports.all()]


class ObjectionShown(Shape):
    """An argument that a proposal does avoidable harm."""

    id = serializers.UUIDField()
    proposal = serializers.UUIDField(source="proposal_id")
    on_number = serializers.IntegerField()
    group = serializers.CharField(source="group.key")
    reason = serializers.CharField(source="reason.body", allow_null=True)
    made_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    seq = serializers.IntegerField()


class ProposalWindow(Window):
    """Which proposals."""

    state = serializers.ChoiceField(sorted(PROPOSAL_MOVES), required=False)
    element = serializers.UUIDField(required=False)


class Proposals(Operations):
    """Formal suggestions to decide something."""

    family = "proposals"

    @operation(query=ProposalWindow, answer=page_of(ProposalShown))
    def list_proposals(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The proposals of a framework, newest first."""
        which = {key: ask.query[key] for key in ("state", "element") if key in ask.query}
        found = page(ask, proposals(open_framework(ask.person, framework)[1], **which), "seq", newest_first=True)
        found["items"] = [With(proposal, version=newest(proposal)) for proposal in found["items"]]
        return found

    @operation(body=SubmitProposal, answer=ProposalShown, status=201)
    def submit_proposal(self, ask: Ask, framework: UUID) -> With:
        """Table a proposal: add, change, confirm or retire one element by a patch of its fields.

        A seat proposes for its group; the convenor tables a text for nobody in particular, or for sponsors. Until the day
        `offers_until` other groups can offer changes. `grew_from` are proposals it came out of.
        """
        actor, found = open_framework(ask.person, framework)
        parents = proposals_in(found, ask.data.pop("grew_from", []))
        return _proposal(services.submit_proposal(by=actor, framework=found, grew_from=parents, **ask.data))

    @operation(answer=ProposalShown)
    def read_proposal(self, ask: Ask, proposal: UUID) -> With:
        """A proposal with its newest version."""
        return _proposal(open_proposal(ask.person, proposal)[1])

    @operation(query=Window, answer=page_of(Version))
    def list_versions(self, ask: Ask, proposal: UUID) -> dict[str, Any]:
        """All versions of a proposal, oldest first."""
        return page(ask, versions(open_proposal(ask.person, proposal)[1]), "number")

    @operation(body=ReviseProposal, answer=Version, status=201)
    def revise_proposal(self, ask: Ask, proposal: UUID) -> ProposalVersion:
        """Make a new version of one's own proposal. A newer one than `on_number` refuses it."""
        actor, found = open_proposal(ask.person, proposal)
        return services.revise_proposal(by=actor, proposal=found, **ask.data)

    @operation(body=WithdrawProposal, answer=ProposalShown)
    def withdraw_proposal(self, ask: Ask, proposal: UUID) -> With:
        """Take a proposal off the table, with a reason, perhaps in favour of another one that takes it in."""
        actor, found = open_proposal(ask.person, proposal)
        named = ask.data.pop("into", None)
        into = open_proposal(ask.person, named)[1] if named else None
        return _proposal(services.withdraw_proposal(by=actor, proposal=found, into=into, **ask.data))


class Offers(Operations):
    """Changes offered to proposals by groups that did not table them."""

    family = "proposals"

    @operation(query=Window, answer=page_of(OfferShown))
    def list_offers(self, ask: Ask, proposal: UUID) -> dict[str, Any]:
        """The offers of change to a proposal, oldest first."""
        return page(ask, offers(open_proposal(ask.person, proposal)[1]), "seq")

    @operation(body=OfferChange, answer=OfferShown, status=201)
    def offer_change(self, ask: Ask, proposal: UUID) -> Offer:
        """Offer a change of some fields to a proposal that other groups have tabled, or a new version of one's own offer."""
        actor, found = open_proposal(ask.person, proposal)
        before = ask.data.pop("replaces", None)
        replaces = open_offer(ask.person, before)[1] if before else None
        return services.offer_change(by=actor, proposal=found, replaces=replaces, **ask.data)

    @operation(body=AnswerOffer, answer=OfferShown)
    def answer_offer(self, ask: Ask, offer: UUID) -> Offer:
        """Accept an offer, accept it in modified form or decline it. What is accepted becomes the proposal's next version."""
        actor, found = open_offer(ask.person, offer)
        return services.answer_offer(by=actor, offer=found, **ask.data)

    @operation(body=PutOfferToVote, answer=ProposalShown, status=201)
    def put_offer_to_vote(self, ask: Ask, offer: UUID) -> With:
        """Bring a declined offer to the table as a proposal of its own: any group may."""
        actor, found = open_offer(ask.person, offer)
        return _proposal(services.put_offer_to_vote(by=actor, offer=found, **ask.data))


class Objections(Operations):
    """Arguments that a proposal does avoidable harm."""

    family = "proposals"

    @operation(query=Window, answer=page_of(ObjectionShown))
    def list_objections(self, ask: Ask, proposal: UUID) -> dict[str, Any]:
        """The objections to a proposal, oldest first, also those taken back."""
        return page(ask, objections(open_proposal(ask.person, proposal)[1]), "seq")

    @operation(body=Reason, answer=ObjectionShown, status=201)
    def raise_objection(self, ask: Ask, proposal: UUID) -> Objection:
        """Object to a proposal, saying which harm it does that could be avoided."""
        actor, found = open_proposal(ask.person, proposal)
        return services.raise_objection(by=actor, proposal=found, **ask.data)

    @operation(answer=ObjectionShown)
    def withdraw_objection(self, ask: Ask, objection: UUID) -> Objection:
        """Take one's own objection back."""
        actor, found = open_objection(ask.person, objection)
        return services.withdraw_objection(by=actor, objection=found)


def _proposal(proposal: Proposal) -> With:
    return With(proposal, version=current_version(proposal))
