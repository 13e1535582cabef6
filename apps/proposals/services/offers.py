"""Offers of change by groups that did not table the proposal: made, replaced, taken back, joined, put to the vote."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction

from apps.common.errors import Conflict, Invalid
from apps.common.texts import clean_text
from apps.frameworks.domain import fields as typed
from apps.frameworks.models import Gate
from apps.frameworks.rules import require_open
from apps.frameworks.services import lock
from apps.partnerships.actors import Actor
from apps.proposals.domain import states
from apps.proposals.models import Offer, OfferSupport, Proposal
from apps.proposals.rules import require_offerer, require_outsider, require_voice
from apps.proposals.selectors import counting_offers, current_version
from apps.proposals.services.tabling import WORDS, lock_proposal, require_sense, submit_proposal
from apps.proposals.services.versions import as_text, subjects
from apps.record.act import Act, act


def offer_change(
    *, by: Actor, proposal: Proposal, patch: Mapping[str, Any], reason: str, replaces: Offer | None = None
) -> Offer:
    """Offer a change of some fields to a proposal that other groups have tabled.

    `replaces` is a waiting offer of one's own group, of which this is the next version.
    """
    require_voice(by)
    require_outsider(by, proposal)
    if replaces is not None:
        require_offerer(by, replaces)
        if replaces.proposal_id != proposal.id or replaces.counters_id is not None:
            raise Conflict("offer.other", "That offer was made to something else.", {"replaces": "another proposal"})
    words = clean_text("reason", reason, WORDS)
    values = read_patch(proposal, patch)
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(proposal.id)
        require_open(proposal.framework, Gate.OFFER)
        states.require_tabled(proposal.state)
        _require_window(by, proposal, a, replaces)
        require_sense(proposal, {**current_version(proposal).patch, **values}, values)
        if replaces is not None:
            replaces = _lock(replaces)
            _move(replaces, "replaced")
        return add_offer(a, by, proposal, values, words, replaces=replaces)


def withdraw_offer(*, by: Actor, offer: Offer, reason: str) -> Offer:
    """Take an offer of one's own group back, with a reason."""
    require_offerer(by, offer)
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(offer.proposal_id)
        offer = _lock(offer)
        _move(offer, "withdrawn")
        offer.answer, ref = a.text(words, "offer.answer")
        offer.answered_by, offer.answered_at = offer.group, a.at
        offer.save(update_fields=["answer", "answered_by", "answered_at"])
        data = {"offer": str(offer.id), "group": offer.group.key, "reason": ref}
        a.add("amendment.withdrawn", data, on=subjects(proposal), because=offer.seq)
    return offer


def join_offer(*, by: Actor, offer: Offer) -> Offer:
    """Say that one's own group wants what another group has offered. Joining twice is joining once."""
    require_voice(by)
    require_outsider(by, offer.proposal)
    seat = by.require_seat()
    if seat.group_id == offer.group_id:
        raise Conflict("offer.own", "Your group has made this offer itself.")
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(offer.proposal_id)
        states.require_tabled(proposal.state)
        offer = _lock(offer)
        if offer.state != "offered":
            states.move_offer(offer.state, "accepted")
        if not offer.supports.filter(group=seat.group).exists():
            data = {"offer": str(offer.id), "group": seat.group.key}
            entry = a.add("amendment.joined", data, on=subjects(proposal), because=offer.seq)
            OfferSupport.objects.create(offer=offer, group=seat.group, seat=seat, joined_at=a.at, seq=entry.seq)
    return offer


def put_offer_to_vote(*, by: Actor, offer: Offer, rationale: str) -> Proposal:
    """Bring a declined offer to the table as a proposal of its own: any group may."""
    require_voice(by)
    original = offer.proposal
    with transaction.atomic():
        lock(original.framework_id)
        offer = _lock(offer)
        if offer.is_erased:
            raise Conflict("offer.erased", "What this offer said has been removed: it cannot be voted on.")
        _move(offer, "put_to_vote")
        return submit_proposal(
            by=by,
            framework=original.framework,
            action=original.action,
            element=original.element,
            kind=original.kind,
            code=original.code,
            parent=original.parent,
            slot=original.slot,
            patch={**current_version(original).patch, **offer.patch},
            rationale=rationale,
            from_offer=offer,
        )


def read_patch(proposal: Proposal, patch: Mapping[str, Any]) -> dict[str, Any]:
    """What an offer wants, checked."""
    values = typed.validate(proposal.kind, dict(patch), complete=False)
    if not values:
        raise Invalid("offer.empty", "This offer changes nothing.", {"patch": "is empty"})
    return values


def add_offer(
    a: Act,
    by: Actor,
    proposal: Proposal,
    values: Mapping[str, Any],
    words: str,
    *,
    replaces: Offer | None = None,
    counters: Offer | None = None,
) -> Offer:
    """Record an offer inside an act; the proposal is locked by the caller."""
    seat = by.require_seat()
    text, ref = a.text(words, "offer.reason")
    earlier = [other.wording for other in (replaces, counters) if other is not None]
    wording, wording_ref = a.text(as_text(values), "offer.wording", after=earlier)
    id = uuid4()
    data = {
        "offer": str(id),
        "group": seat.group.key,
        "on_number": proposal.number,
        "wording": wording_ref,
        "fields": sorted(values),
        "parts": sorted(typed.parts_of(proposal.kind, values)),
        "reason": ref,
    }
    before = {"replaces": replaces, "counters": counters}
    data |= {key: str(other.id) for key, other in before.items() if other is not None}
    entry = a.add("amendment.offered", data, on=subjects(proposal))
    return Offer.objects.create(
        id=id,
        proposal=proposal,
        on_number=proposal.number,
        group=seat.group,
        seat=seat,
        wording=wording,
        fields=sorted(values),
        reason=text,
        offered_at=a.at,
        seq=entry.seq,
        **before,
    )


def _require_window(by: Actor, proposal: Proposal, a: Act, replaces: Offer | None) -> None:
    """The window is open, and the group has not used up what each group can offer in it."""
    if proposal.offers_until is None or by.partnership.today(a.at) > proposal.offers_until:
        raise Conflict("offer.window_shut", "The time for offering changes to this proposal is over.")
    if proposal.offers_each is None or replaces is not None:
        return
    made = counting_offers(proposal).filter(group=by.require_seat().group, seq__gt=proposal.window_seq)
    if made.count() >= proposal.offers_each:
        raise Conflict(
            "offer.cap",
            f"Your group has offered all it can in this window ({proposal.offers_each}): "
            "make a new version of one of its offers, take one back, or join another group's.",
        )


def _lock(offer: Offer) -> Offer:
    return Offer.objects.select_for_update(of=("self",)).select_related("group", "proposal", "wording").get(id=offer.id)


def _move(offer: Offer, state: str) -> None:
    offer.state = states.move_offer(offer.state, state)
    offer.save(update_fields=["state"])
    offer.counter_offers.filter(state="offered").update(state="lapsed")
