"""What others have suggested already on the same fields, or under much the same title."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.frameworks.models import Framework
from apps.frameworks.selectors import elements
from apps.pages.present.items import tabled_by
from apps.pages.present.values import Names, facts_of, labels_of, names_in
from apps.pages.present.words import day, listed
from apps.pages.shown import Fact
from apps.partnerships.selectors import group_names
from apps.proposals.domain.similar import Near, alike
from apps.proposals.models import Offer, Proposal
from apps.proposals.selectors import LOOKED_AT, OPEN, near_offers, near_proposals, newest, proposals

STANDING = 1000
SHOWN = 12


@dataclass(frozen=True)
class NearCard:
    """Another suggestion: who made it, what it has in common with this one, what it says in those fields, where it can be
    read; `join_url` where one's own group can join it instead of offering the same again."""

    key: str
    who: str
    url: str
    same: str
    differs: str = ""
    says: Sequence[Fact] = ()
    join_url: str = ""


def offers_near(
    proposal: Proposal, patch: Mapping[str, Any], *, but: Sequence[UUID] = (), group: UUID | None = None
) -> list[NearCard]:
    """Waiting offers on the same proposal, and other suggestions on the same element, that touch the same fields.

    `group` is the reader's own: what another group offers it can join.
    """
    names, kind = names_in(proposal.framework), proposal.kind
    cards = [
        replace(
            _card(one, kind, offer.patch, names, *_of_offer(offer)),
            join_url=reverse("join_offer", args=[offer.id]) if group and group != offer.group_id else "",
        )
        for one, offer in near_offers(proposal, patch, but=but)[:SHOWN]
    ]
    return cards + proposals_near(proposal.framework, proposal.element, kind, patch, but=[proposal.id])


def proposals_near(
    framework: Framework, element: UUID, kind: str, patch: Mapping[str, Any], *, but: Sequence[UUID] = ()
) -> list[NearCard]:
    """Other suggestions on the table for the same element that touch the same fields."""
    found = near_proposals(framework, element, patch, but=but)[:SHOWN]
    names = names_in(framework)
    return [
        _card(one, kind, newest(proposal).patch, names, *_of_proposal(proposal, names.groups))
        for one, proposal in found
    ]


def alike_titles(framework: Framework, kind: str, patch: Mapping[str, Any]) -> list[NearCard]:
    """What stands, or is on the table, under much the same title."""
    title, groups = str(patch.get("title") or ""), group_names(framework.partnership)
    standing = {str(one.id): one.title for one in elements(framework, kind=kind)[:STANDING]}
    asked = proposals(framework).filter(state__in=OPEN, action="add", kind=kind)[:LOOKED_AT]
    tabled = {str(one.id): one for one in asked}
    titles = {id: str(newest(one).patch.get("title") or "") for id, one in tabled.items()}
    return [
        *(NearCard(id, standing[id], _url("element", id), "It stands already.") for id in alike(title, standing)),
        *(
            NearCard(id, titles[id], _url("proposal", id), f"{tabled_by(tabled[id], groups)}.")
            for id in alike(title, titles)
        ),
    ][:SHOWN]


def _url(name: str, id: str) -> str:
    return reverse(name, args=[id])


def _card(one: Near, kind: str, patch: Mapping[str, Any], names: Names, who: str, url: str) -> NearCard:
    same = f"Wants the same: {_labels(kind, one.same)}." if one.same else ""
    differs = f"Wants something else: {_labels(kind, one.differs)}." if one.differs else ""
    says = [fact for facts in facts_of(kind, patch, names, [*one.same, *one.differs]).values() for fact in facts]
    return NearCard(one.name, who, url, same, differs, says)


def _labels(kind: str, keys: Iterable[str]) -> str:
    return listed(label.lower() for label in labels_of(kind, keys))


def _of_offer(offer: Offer) -> tuple[str, str]:
    url = reverse("proposal", args=[offer.proposal_id]) + f"#offer-{offer.id}"
    return f"Offered by {offer.group.name}, {day(offer.offered_at)}", url


def _of_proposal(proposal: Proposal, groups: Mapping[str, str]) -> tuple[str, str]:
    return tabled_by(proposal, groups), reverse("proposal", args=[proposal.id])
