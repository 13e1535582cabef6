"""What groups have given and could give, read from rows: the concession ledger, and ranges they could live with."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from apps.frameworks.models import ElementVersion, Framework
from apps.proposals.domain.concessions import Concession, Settled, concessions
from apps.proposals.domain.patch import apply
from apps.proposals.domain.ranges import Range
from apps.proposals.models import AcceptableRange, Offer, ProposalVersion

SETTLED = ("accepted", "modified", "withdrawn", "declined", "put_to_vote")
MOST = 1000
"""How many settled offers are read, the newest."""
States = Mapping[tuple[UUID, int], Mapping[str, Any]]


def ledger(framework: Framework, *, element: UUID | None = None, proposal: UUID | None = None) -> list[Concession]:
    """Who moved which field how far toward whom, in a framework, on one element or one proposal; the newest move last."""
    where = Q(proposal__framework=framework, counters=None, state__in=SETTLED)
    if element is not None:
        where &= Q(proposal__element=element)
    if proposal is not None:
        where &= Q(proposal=proposal)
    offers = list(_offers(where).order_by("-seq")[:MOST])[::-1]
    states = _states({offer.proposal_id for offer in offers})
    return concessions(_settled(offer, states) for offer in offers)


def subjects_of(moves: Iterable[Concession]) -> dict[str, tuple[str, str, str]]:
    """For the offer of each move the kind and code of its element, and its proposal's id."""
    ids = {move.offer for move in moves}
    found = Offer.objects.filter(id__in=ids).values_list("id", "proposal__kind", "proposal__code", "proposal_id")
    return {str(id): (kind, code, str(proposal)) for id, kind, code, proposal in found}


def ranges(framework: Framework, element: UUID, field: str) -> list[AcceptableRange]:
    """The newest range of each group for a number of an element, in the order of the groups."""
    found = AcceptableRange.objects.filter(framework=framework, element=element, field=field)
    newest = found.order_by("group__order", "group_id", "-seq").distinct("group__order", "group_id")
    return list(newest.select_related("group", "reason"))


def as_range(stated: AcceptableRange) -> Range:
    """A stated range as the domain reads it."""
    low, high = stated.low, stated.high
    return Range(None if low is None else Fraction(low), None if high is None else Fraction(high))


def _offers(where: Q) -> QuerySet[Offer]:
    found = Offer.objects.filter(where).select_related("group", "proposal", "wording", "taken")
    return found.prefetch_related("counter_offers")


def _states(ids: set[UUID]) -> States:
    """The fields as each version of these proposals would have them: one query."""
    written_on = ElementVersion.objects.filter(element=OuterRef("proposal__element"), number=OuterRef("base"))
    versions = ProposalVersion.objects.filter(proposal__in=ids).select_related("wording")
    based = versions.annotate(base_fields=Subquery(written_on.values("fields")[:1]))
    return {(one.proposal_id, one.number): apply(one.base_fields or {}, one.patch) for one in based}


def _settled(offer: Offer, states: States) -> Settled:
    number = offer.taken_in - 1 if offer.taken_in else offer.on_number
    return Settled(
        offer=str(offer.id),
        offered_by=offer.group.key,
        answered_by=tuple(offer.proposal.sponsors),
        state=offer.state,
        before=dict(states.get((offer.proposal_id, number), {})),
        asked=offer.patch,
        taken=offer.taken_patch or {},
        number=offer.taken_in,
        agreed=any(counter.state == "accepted" for counter in offer.counter_offers.all()),
    )
