"""The changes offered to a proposal, with their answers, and what each reader may do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.pages.present.proposals import Stand
from apps.pages.present.removed import words
from apps.pages.present.values import changes_of, labels_of
from apps.pages.present.words import OFFER_STATES, day, listed
from apps.pages.shown import Change, Step
from apps.proposals.domain.patch import Collision, apply, collisions
from apps.proposals.models import Offer
from apps.proposals.selectors import offers

SHOWN = 200


@dataclass(frozen=True)
class OfferCard:
    """A change offered to a proposal, with its answer. `main` is what this reader is asked to do, `more` what else is possible;
    `counters` are the counter-offers to it."""

    id: UUID
    title: str
    at: str
    why: str
    changes: Sequence[Change]
    state: str
    state_words: str
    answer: str
    answered: str
    taken: Sequence[Change]
    notes: Sequence[str]
    main: Step | None
    more: Sequence[Step]
    counters: Sequence["OfferCard"] = ()
    meets: str = ""


def offer_cards(stand: Stand) -> list[OfferCard]:
    """All changes offered, oldest first, each with its counter-offers. What an offer changes is shown against the version it
    was written on; of an offer that was replaced, only the newest is shown."""
    found = list(offers(stand.proposal)[:SHOWN])
    waiting = {str(offer.id): offer for offer in found if offer.state == "offered" and offer.counters_id is None}
    met = collisions({id: offer.patch for id, offer in waiting.items()})
    counters: dict[UUID, list[OfferCard]] = {}
    for offer in found:
        if offer.counters_id is not None:
            counters.setdefault(offer.counters_id, []).append(_card(offer, stand))
    return [
        replace(_card(offer, stand), meets=_meets(offer, waiting, met, stand), counters=counters.get(offer.id, ()))
        for offer in found
        if offer.counters_id is None and offer.state != "replaced"
    ]


def offer_changes(stand: Stand, offer: Offer, patch: Mapping[str, Any]) -> list[Change]:
    """What a patch would change in the proposal's version that an offer was written on."""
    version = next((found for found in stand.versions if found.number == offer.on_number), stand.current)
    base = stand.bases.fields.get((stand.proposal.element, version.base), {})
    return changes_of(stand.proposal.kind, apply(base, version.patch), patch, stand.names)


def _card(offer: Offer, stand: Stand) -> OfferCard:
    state, state_words = OFFER_STATES[offer.state]
    main, more = _steps(offer, stand)
    answered = f"{offer.answered_by.name if offer.answered_by else 'The convenor'}, {day(offer.answered_at)}"
    return OfferCard(
        id=offer.id,
        title=f"{'Counter-offer of' if offer.counters_id else 'Offered by'} {offer.group.name}",
        at=day(offer.offered_at),
        why=words(offer.reason),
        changes=offer_changes(stand, offer, offer.patch),
        state=state,
        state_words=state_words,
        answer=words(offer.answer),
        answered=answered if offer.answered_at else "",
        taken=offer_changes(stand, offer, offer.taken_patch or {}) if offer.state == "modified" else [],
        notes=_notes(offer, stand),
        main=main,
        more=more,
    )


def _notes(offer: Offer, stand: Stand) -> list[str]:
    joined = listed(support.group.name for support in offer.supports.all())
    notes = [
        f"Joined by {joined}." if joined else "",
        "A new version of an earlier offer." if offer.replaces_id else "",
        f"Written on version {offer.on_number}."
        if offer.state == "offered" and offer.on_number != stand.proposal.number
        else "",
        f"Taken into version {offer.taken_in}." if offer.taken_in else "",
    ]
    return [note for note in notes if note]


def _steps(offer: Offer, stand: Stand) -> tuple[Step | None, list[Step]]:
    """What this reader may do with an offer."""
    seat = stand.viewer.seat
    if not stand.has_voice or seat is None:
        return (Step("Answer it", _at("answer", offer)), []) if _answers(offer, stand) else (None, [])
    if offer.state == "declined" and offer.counters_id is None:
        return None, [Step("Put it to the vote", _at("put_to_vote", offer))]
    if offer.state != "offered" or stand.proposal.state != "tabled":
        return None, []
    if offer.counters_id is not None:
        mine = offer.counters is not None and offer.counters.group_id == seat.group_id
        return (Step("Say yes or no", _at("answer_counter", offer)) if mine else None), []
    if offer.group_id == seat.group_id:
        again = f"{reverse('offer', args=[offer.proposal_id])}?replaces={offer.id}"
        return None, [Step("Make a new version of it", again), Step("Take it back", _at("withdraw_offer", offer))]
    if _answers(offer, stand):
        return Step("Answer it", _at("answer", offer)), [Step("Make a counter-offer", _at("counter", offer))]
    joined = any(support.group_id == seat.group_id for support in offer.supports.all())
    return None, [] if joined else [Step("Join it", _at("join_offer", offer))]


def _answers(offer: Offer, stand: Stand) -> bool:
    tabled = stand.proposal.state == "tabled"
    return offer.state == "offered" and offer.counters_id is None and tabled and stand.speaks


def _at(name: str, offer: Offer) -> str:
    return reverse(name, args=[offer.id])


def _meets(offer: Offer, waiting: Mapping[str, Offer], met: Sequence[Collision], stand: Stand) -> str:
    """Which waiting offers want something else in the same fields."""
    mine = [one for one in met if str(offer.id) in one.values]
    others = {
        waiting[id].group.name for one in mine for id, value in one.values.items() if value != one.values[str(offer.id)]
    }
    labels = listed(label.lower() for label in labels_of(stand.proposal.kind, [one.field for one in mine]))
    return f"{listed(sorted(others))} want something else: {labels}." if others else ""
