"""Reading proposals, offers and objections."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.partnerships.actors import Actor
from apps.proposals.models import Objection, Offer, Proposal, ProposalVersion


def proposals(framework: Framework, *, state: str = "", element: UUID | None = None) -> QuerySet[Proposal]:
    """Proposals of a framework, newest first."""
    where = Q(framework=framework)
    if state:
        where &= Q(state=state)
    if element is not None:
        where &= Q(element=element)
    return Proposal.objects.filter(where).select_related("group").prefetch_related("versions__rationale")


def open_proposal(person: Person | None, id: UUID) -> tuple[Actor, Proposal]:
    """The one careful way to a proposal."""
    found = Proposal.objects.select_related("framework__partnership", "group").filter(id=id).first()
    if found is None:
        raise NotFound(
            "proposal.unknown", "There is no such proposal, or it is for members only: sign in to see yours."
        )
    actor, _ = open_framework(person, found.framework_id)
    return actor, found


def open_offer(person: Person | None, id: UUID) -> tuple[Actor, Offer]:
    """The one careful way to an offer of change."""
    found = Offer.objects.select_related("proposal__framework", "group", "reason").filter(id=id).first()
    if found is None:
        raise NotFound("offer.unknown", "There is no such offer of change, or it is for members only.")
    actor, _ = open_framework(person, found.proposal.framework_id)
    return actor, found


def open_objection(person: Person | None, id: UUID) -> tuple[Actor, Objection]:
    """The one careful way to an objection."""
    found = Objection.objects.select_related("proposal__framework", "group", "reason").filter(id=id).first()
    if found is None:
        raise NotFound("objection.unknown", "There is no such objection, or it is for members only.")
    actor, _ = open_framework(person, found.proposal.framework_id)
    return actor, found


def proposals_in(framework: Framework, ids: Sequence[UUID]) -> list[Proposal]:
    """These proposals of a framework, in the order asked for."""
    found = {proposal.id: proposal for proposal in proposals(framework).filter(id__in=ids)}
    if missing := set(ids) - found.keys():
        raise NotFound("proposal.unknown", f"There is no proposal {min(missing)} in this framework.")
    return [found[id] for id in ids]


def versions(proposal: Proposal) -> QuerySet[ProposalVersion]:
    """All versions of a proposal, oldest first."""
    return proposal.versions.select_related("rationale")


def current_version(proposal: Proposal) -> ProposalVersion:
    """The newest version: what would be voted on."""
    return proposal.versions.select_related("rationale").get(number=proposal.number)


def offers(proposal: Proposal) -> QuerySet[Offer]:
    """All offers of change to a proposal, oldest first."""
    return proposal.offers.select_related("group", "seat", "reason", "answer", "answered_by")


def objections(proposal: Proposal) -> QuerySet[Objection]:
    """All objections to a proposal, also those taken back."""
    return proposal.objections.select_related("group", "reason")


def standing_objections(proposal: Proposal) -> QuerySet[Objection]:
    """Objections that have not been withdrawn."""
    return proposal.objections.select_related("group", "reason").filter(withdrawn_at=None)
