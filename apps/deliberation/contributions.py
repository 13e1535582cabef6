"""What became of what people contributed: every proposal, offer, joining and objection with its fate, in one list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from apps.deliberation.models import Decision
from apps.frameworks.models import Framework
from apps.proposals.models import Objection, Offer, OfferSupport, Proposal, ProposalVersion
from apps.proposals.selectors import newest
from apps.record.models import Text

Decided = Mapping[UUID, Decision]
MOST = 200
"""How many of each kind are read, the newest first."""


@dataclass(frozen=True)
class Contribution:
    """One contribution and its fate.

    `kind` is proposal, offer, joined or objection. `fate` is the state of its own: tabled, in_round, decided, withdrawn;
    offered, accepted, modified, declined, put_to_vote, replaced, lapsed; stands, taken_back. `because` are the words that
    explain it, said by the group `by` (empty: the convenor). `number` is the version of the proposal it was taken into.
    `became` is the proposal that a declined offer was put to the vote as. `decision` is what was decided on the proposal
    it belongs to, where something was.
    """

    kind: str
    id: UUID
    proposal: Proposal
    group: str
    at: datetime
    fields: tuple[str, ...]
    fate: str
    why: Text | None = None
    because: Text | None = None
    by: str = ""
    number: int | None = None
    became: UUID | None = None
    decision: Decision | None = None


def contributions(framework: Framework, *, seat: UUID | None = None, group: UUID | None = None) -> list[Contribution]:
    """What a seat, a group or everybody has contributed to a framework, newest first: a fixed number of queries."""
    whose = Q(seat=seat) if seat else Q(group=group) if group else Q()
    tabled = _proposals(framework, whose)
    offered = list(_offers(framework).filter(whose).order_by("-seq")[:MOST])
    joined = list(_supports(framework).filter(whose).order_by("-seq")[:MOST])
    objected = list(_objections(framework).filter(whose).order_by("-seq")[:MOST])
    about = [
        *(proposal.id for proposal in tabled),
        *(offer.proposal_id for offer in offered),
        *(support.offer.proposal_id for support in joined),
        *(objection.proposal_id for objection in objected),
    ]
    decided = _decisions(set(about))
    found = [
        *(_of_proposal(one, decided) for one in tabled),
        *(_of_offer(one, decided) for one in offered),
        *(_of_support(one, decided) for one in joined),
        *(_of_objection(one, decided) for one in objected),
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _proposals(framework: Framework, whose: Q) -> list[Proposal]:
    found = framework.proposals.filter(whose).select_related("group", "withdrawn_because")
    last = ProposalVersion.objects.filter(number=F("proposal__number")).select_related("rationale")
    return list(found.prefetch_related(Prefetch("versions", last)).order_by("-seq")[:MOST])


def _offers(framework: Framework) -> QuerySet[Offer]:
    found = Offer.objects.filter(proposal__framework=framework).prefetch_related("put_as")
    return found.select_related("proposal", "group", "reason", "answer", "answered_by")


def _supports(framework: Framework) -> QuerySet[OfferSupport]:
    found = OfferSupport.objects.filter(offer__proposal__framework=framework).prefetch_related("offer__put_as")
    return found.select_related("group", "offer__proposal", "offer__reason", "offer__answer", "offer__answered_by")


def _objections(framework: Framework) -> QuerySet[Objection]:
    found = Objection.objects.filter(proposal__framework=framework)
    return found.select_related("proposal", "group", "reason")


def _decisions(proposals: Iterable[UUID]) -> dict[UUID, Decision]:
    """The last decision on each proposal."""
    found = Decision.objects.filter(proposal__in=proposals).order_by("seq").select_related("mandate", "item")
    return {one.proposal_id: one for one in found if one.proposal_id}


def _of_proposal(proposal: Proposal, decided: Decided) -> Contribution:
    version = newest(proposal)
    return Contribution(
        kind="proposal",
        id=proposal.id,
        proposal=proposal,
        group=proposal.group.key if proposal.group else "",
        at=proposal.tabled_at,
        fields=tuple(version.fields),
        fate=proposal.state,
        why=version.rationale,
        because=proposal.withdrawn_because,
        by=proposal.group.key if proposal.group and proposal.withdrawn_because else "",
        decision=decided.get(proposal.id),
    )


def _of_offer(offer: Offer, decided: Decided) -> Contribution:
    became = next(iter(offer.put_as.all()), None)
    return Contribution(
        kind="offer",
        id=offer.id,
        proposal=offer.proposal,
        group=offer.group.key,
        at=offer.offered_at,
        fields=tuple(offer.fields),
        fate=offer.state,
        why=offer.reason,
        because=offer.answer,
        by=offer.answered_by.key if offer.answered_by else "",
        number=offer.taken_in,
        became=became.id if became else None,
        decision=decided.get(offer.proposal_id),
    )


def _of_support(support: OfferSupport, decided: Decided) -> Contribution:
    joined = _of_offer(support.offer, decided)
    return replace(joined, kind="joined", group=support.group.key, at=support.joined_at)


def _of_objection(objection: Objection, decided: Decided) -> Contribution:
    return Contribution(
        kind="objection",
        id=objection.id,
        proposal=objection.proposal,
        group=objection.group.key,
        at=objection.made_at,
        fields=(),
        fate="taken_back" if objection.withdrawn_at else "stands",
        why=objection.reason,
        decision=decided.get(objection.proposal_id),
    )
