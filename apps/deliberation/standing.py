"""Where the fields of elements stand, read from rows: one query, however many elements."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from apps.common.trips import at_once
from apps.deliberation.domain.standing import Setting, Standing, Wish, standings
from apps.deliberation.models import FieldState
from apps.frameworks.domain.fields import fields_of
from apps.frameworks.models import Element, Framework
from apps.proposals.models import Offer, ProposalVersion
from apps.proposals.selectors import OPEN


def standings_of(framework: Framework, elements: Iterable[Element]) -> dict[UUID, dict[str, Standing]]:
    """By element and field, in page order."""
    found = list(elements)
    ids = [element.id for element in found]
    states, proposals, offers = at_once(FieldState.objects.filter(element__in=ids), *wished(framework, ids))
    return standings_from(found, states, proposals, offers)


def standings_from(
    found: Iterable[Element],
    states: Iterable[FieldState],
    proposals: Iterable[Mapping[str, Any]],
    offers: Iterable[Mapping[str, Any]],
) -> dict[UUID, dict[str, Standing]]:
    """The same from what has been fetched: field states, and what `wished` asks for."""
    settings: dict[UUID, dict[str, Setting]] = {}
    for state in states:
        settings.setdefault(state.element, {})[state.field] = Setting(state.state, state.seq)
    wishes = _wishes(proposals, offers)
    return {
        element.id: standings(
            [field.key for field in fields_of(element.kind)],
            element.fields.keys(),
            settings.get(element.id, {}),
            wishes.get(element.id, ()),
        )
        for element in found
    }


def wished(framework: Framework, ids: Iterable[UUID]) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Proposals to change these elements that are on the table, and the offers of change to them."""
    open_on = {
        "proposal__framework": framework,
        "proposal__element__in": list(ids),
        "proposal__state__in": OPEN,
        "proposal__action": "change",
    }
    versions = ProposalVersion.objects.filter(number=F("proposal__number"), **open_on).order_by("seq")
    offers = Offer.objects.filter(state="offered", counters=None, **open_on).order_by("seq")
    about = F("proposal__element")
    return (
        versions.values("proposal_id", "fields", about=about, groups=F("proposal__sponsors")),
        offers.values("id", "fields", about=about, group_key=F("group__key")),
    )


def _wishes(proposals: Iterable[Mapping[str, Any]], offers: Iterable[Mapping[str, Any]]) -> Mapping[UUID, list[Wish]]:
    """What is on the table, by element, proposals before offers."""
    wishes: dict[UUID, list[Wish]] = {}
    for one in proposals:
        wish = Wish("proposal", str(one["proposal_id"]), tuple(one["groups"]), frozenset(one["fields"]))
        wishes.setdefault(UUID(one["about"]), []).append(wish)
    for one in offers:
        wish = Wish("offer", str(one["id"]), (one["group_key"],), frozenset(one["fields"]))
        wishes.setdefault(UUID(one["about"]), []).append(wish)
    return wishes
