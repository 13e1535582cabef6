"""Reading proposals, offers and objections."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.frameworks.domain.importing import Standing
from apps.frameworks.models import Element, Framework
from apps.partnerships.actors import Actor
from apps.partnerships.models import Partnership
from apps.partnerships.selectors import reader_of
from apps.proposals.domain.merging import Row, Taken, Waiting, table
from apps.proposals.domain.similar import Near, near
from apps.proposals.models import (
    Action,
    Comment,
    Lineage,
    Objection,
    Offer,
    Proposal,
    ProposalVersion,
)
from apps.proposals.rules import speaks_for

OPEN = ("tabled", "in_round")
LOOKED_AT = 200
"""How many other suggestions are compared with a new one, the newest first."""


def proposals(framework: Framework, *, state: str = "", element: UUID | None = None) -> QuerySet[Proposal]:
    """Proposals of a framework, newest first."""
    where = Q(framework=framework)
    if state:
        where &= Q(state=state)
    if element is not None:
        where &= Q(element=element)
    return (
        Proposal.objects.filter(where)
        .select_related("group")
        .prefetch_related("versions__rationale", "versions__wording")
    )


def named(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Proposals with what a list calls them: `element_title`, the title of what is in force, and `wording_body`, the words of
    the newest version. No query of their own.
    """
    newest = ProposalVersion.objects.filter(proposal=OuterRef("pk"), number=OuterRef("number"))
    known = Element.objects.filter(id=OuterRef("element"))
    return found.annotate(
        element_title=Subquery(known.values(title=KT("fields__title"))[:1]),
        wording_body=Subquery(newest.values("wording__body")[:1]),
    )


def open_proposal(person: Person | None, id: UUID) -> tuple[Actor, Proposal]:
    """The one careful way to a proposal."""
    found = Proposal.objects.select_related("framework__partnership__log", "group").filter(id=id).first()
    if found is None:
        raise NotFound(
            "proposal.unknown", "There is no such proposal, or it is for members only: sign in to see yours."
        )
    return reader_of(found.framework.partnership, person), found


def open_offer(person: Person | None, id: UUID) -> tuple[Actor, Offer]:
    """The one careful way to an offer of change."""
    known = Offer.objects.select_related(
        "proposal__framework__partnership__log", "group", "reason", "wording", "taken", "counters__group"
    )
    found = known.filter(id=id).first()
    if found is None:
        raise NotFound("offer.unknown", "There is no such offer of change, or it is for members only.")
    return reader_of(found.proposal.framework.partnership, person), found


def open_objection(person: Person | None, id: UUID) -> tuple[Actor, Objection]:
    """The one careful way to an objection."""
    found = (
        Objection.objects.select_related("proposal__framework__partnership__log", "group", "reason")
        .filter(id=id)
        .first()
    )
    if found is None:
        raise NotFound("objection.unknown", "There is no such objection, or it is for members only.")
    return reader_of(found.proposal.framework.partnership, person), found


def proposals_in(framework: Framework, ids: Sequence[UUID]) -> list[Proposal]:
    """These proposals of a framework, in the order asked for."""
    found = {proposal.id: proposal for proposal in proposals(framework).filter(id__in=ids)}
    if missing := set(ids) - found.keys():
        raise NotFound("proposal.unknown", f"There is no proposal {min(missing)} in this framework.")
    return [found[id] for id in ids]


def versions(proposal: Proposal) -> QuerySet[ProposalVersion]:
    """All versions of a proposal, oldest first."""
    return proposal.versions.select_related("rationale", "wording")


def current_version(proposal: Proposal) -> ProposalVersion:
    """The newest version: what would be voted on."""
    return proposal.versions.select_related("rationale", "wording").get(number=proposal.number)


def offers(proposal: Proposal) -> QuerySet[Offer]:
    """All offers of change to a proposal and counter-offers to them, oldest first, with the groups that joined them."""
    found = proposal.offers.select_related("group", "seat", "reason", "wording", "taken", "answer", "answered_by")
    return found.select_related("counters").prefetch_related("supports__group")


def waiting_offers(proposal: Proposal) -> QuerySet[Offer]:
    """Offers that those who propose have not answered yet, oldest first; counter-offers are theirs, and not among them."""
    return offers(proposal).filter(state="offered", counters=None)


def counting_offers(proposal: Proposal) -> QuerySet[Offer]:
    """Offers as they count for how a proposal was negotiated: not those taken back or replaced, and no counter-offers."""
    return offers(proposal).filter(counters=None).exclude(state__in=["withdrawn", "replaced"])


def taken_of(proposal: Proposal) -> list[Taken]:
    """What has been taken of offers to a proposal, and since which version."""
    found = proposal.offers.select_related("taken").filter(taken_in__isnull=False)
    return [Taken(str(offer.id), offer.taken_in or 0, offer.taken_patch or {}) for offer in found]


def merge_table(current: ProposalVersion, waiting: Sequence[Offer]) -> list[Row]:
    """What waiting offers want of a proposal, field by field, and where they meet."""
    asked = [Waiting(str(offer.id), offer.on_number, offer.patch) for offer in waiting]
    return table(current.patch, taken_of(current.proposal), asked)


def near_offers(proposal: Proposal, patch: Mapping[str, Any], *, but: Sequence[UUID] = ()) -> list[tuple[Near, Offer]]:
    """Waiting offers on a proposal that touch the same fields as a patch."""
    found = {str(offer.id): offer for offer in waiting_offers(proposal).exclude(id__in=but)[:LOOKED_AT]}
    return [(one, found[one.name]) for one in near(patch, {id: offer.patch for id, offer in found.items()})]


def near_proposals(
    framework: Framework, element: UUID, patch: Mapping[str, Any], *, but: Sequence[UUID] = ()
) -> list[tuple[Near, Proposal]]:
    """Suggestions on the table for an element that touch the same fields as a patch."""
    open_now = proposals(framework, element=element).filter(state__in=OPEN).exclude(id__in=but)[:LOOKED_AT]
    found = {str(proposal.id): proposal for proposal in open_now}
    return [(one, found[one.name]) for one in near(patch, {id: newest(each).patch for id, each in found.items()})]


def newest(proposal: Proposal) -> ProposalVersion:
    """Its newest version, out of those that came with it."""
    return next(version for version in proposal.versions.all() if version.number == proposal.number)


def open_wordings(partnership: Partnership) -> dict[UUID, Proposal]:
    """The proposals on the table or in a round, by the text that holds their present wording."""
    here = ProposalVersion.objects.filter(proposal__framework__partnership=partnership, proposal__state__in=OPEN)
    found = here.filter(number=F("proposal__number")).select_related("proposal")
    return {version.wording_id: version.proposal for version in found.order_by("proposal_id")}


def objections(proposal: Proposal) -> QuerySet[Objection]:
    """All objections to a proposal, also those taken back."""
    return proposal.objections.select_related("group", "reason")


def standing_objections(proposal: Proposal) -> QuerySet[Objection]:
    """Objections that have not been withdrawn."""
    return proposal.objections.select_related("group", "reason").filter(withdrawn_at=None)


def newest_versions(framework: Framework, *, actions: Iterable[str]) -> QuerySet[ProposalVersion]:
    """The newest version of every proposal of these kinds that is on the table or being voted on, oldest first."""
    found = ProposalVersion.objects.filter(
        proposal__framework=framework,
        proposal__state__in=OPEN,
        proposal__action__in=list(actions),
        number=F("proposal__number"),
    )
    return found.select_related("proposal", "wording").order_by("proposal__seq")


def standing_in(framework: Framework, viewer: Actor) -> list[Standing]:
    """What a draft from outside is held against: every element, in force or retired, with the changes suggested to it, and
    every element that is only proposed. Two queries.
    """
    open_versions = list(newest_versions(framework, actions=[Action.ADD, Action.CHANGE]))
    asked: dict[UUID, list[Mapping[str, Any]]] = {}
    for version in open_versions:
        asked.setdefault(version.proposal.element, []).append(version.patch)
    proposed = [_proposed(version, viewer) for version in open_versions if version.proposal.action == Action.ADD]
    in_force = [
        Standing(
            found.id,
            found.kind,
            found.code,
            found.fields,
            number=found.number,
            asked=tuple(asked.get(found.id, ())),
            retired=found.retired_at is not None,
        )
        for found in framework.elements.all()
    ]
    return [*proposed, *in_force]


def _proposed(version: ProposalVersion, viewer: Actor) -> Standing:
    proposal = version.proposal
    return Standing(
        proposal.element,
        proposal.kind,
        proposal.code,
        version.patch,
        pending=proposal.id,
        mine=proposal.state == "tabled" and speaks_for(viewer, proposal),
    )


def comments(framework: Framework, *, element: UUID, proposal: UUID | None = None) -> QuerySet[Comment]:
    """Comments on a proposal, or without one on the element in force, oldest first; those taken back are left out."""
    found = framework.comments.select_related("group", "words", "quote", "link")
    return found.filter(element=element, proposal=proposal, taken_back_at=None)


def comments_counted(proposals: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """How many comments stand at each field of each of these proposals."""
    found = Comment.objects.filter(proposal__in=list(proposals), taken_back_at=None).order_by()
    counts: dict[UUID, dict[str, int]] = {}
    for proposal, field, count in found.values_list("proposal", "field").annotate(n=Count("id")):
        counts.setdefault(proposal, {})[field] = count
    return counts


def open_comment(person: Person | None, id: UUID) -> tuple[Actor, Comment]:
    """The one careful way to a comment."""
    known = Comment.objects.select_related("framework__partnership__log", "group", "words", "quote", "link")
    found = known.filter(id=id).first()
    if found is None:
        raise NotFound("comment.unknown", "There is no such comment, or it is for members only.")
    return reader_of(found.framework.partnership, person), found


def lineage(proposal: Proposal) -> tuple[list[Lineage], list[Lineage]]:
    """What a proposal came out of, and what came out of it."""
    found = list(Lineage.objects.select_related("child", "parent").filter(Q(child=proposal) | Q(parent=proposal)))
    above = [one for one in found if one.child_id == proposal.id]
    return above, [one for one in found if one.parent_id == proposal.id]


def alternatives(proposal: Proposal) -> QuerySet[Proposal]:
    """Other proposals on the table for the same element, newest first."""
    others = proposals(proposal.framework, element=proposal.element)
    return others.filter(state__in=OPEN).exclude(id=proposal.id)
