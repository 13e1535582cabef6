"""Offers of change by groups that did not table the proposal, and the answers to them."""

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
from apps.proposals.models import Offer, Proposal
from apps.proposals.rules import require_outsider, require_speaker, require_voice
from apps.proposals.selectors import current_version
from apps.proposals.services.tabling import WORDS, lock_proposal, new_version, submit_proposal
from apps.record.act import act

ANSWERS = ("accepted", "modified", "declined")


def offer_change(*, by: Actor, proposal: Proposal, patch: Mapping[str, Any], reason: str) -> Offer:
    """Offer a change of some fields to a proposal that other groups have tabled."""
    require_voice(by)
    require_outsider(by, proposal)
    seat = by.require_seat()
    words = clean_text("reason", reason, WORDS)
    values = typed.validate(proposal.kind, dict(patch), complete=False)
    if not values:
        raise Invalid("offer.empty", "This offer changes nothing.", {"patch": "is empty"})
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(proposal.id)
        require_open(proposal.framework, Gate.OFFER)
        states.require_tabled(proposal.state)
        if proposal.offers_until is None or by.partnership.today(a.at) > proposal.offers_until:
            raise Conflict("offer.window_shut", "The time for offering changes to this proposal is over.")
        text, ref = a.text(words)
        id = uuid4()
        data = {
            "offer": str(id),
            "group": seat.group.key,
            "on_number": proposal.number,
            "parts": sorted(typed.parts_of(proposal.kind, values)),
            "reason": ref,
        }
        on = {"proposal": proposal.id, "element": proposal.element, "framework": proposal.framework_id}
        entry = a.add("amendment.offered", data, on=on)
        return Offer.objects.create(
            id=id,
            proposal=proposal,
            on_number=proposal.number,
            group=seat.group,
            seat=seat,
            patch=values,
            reason=text,
            offered_at=a.at,
            seq=entry.seq,
        )


def answer_offer(*, by: Actor, offer: Offer, answer: str, reason: str, taken: Mapping[str, Any] | None = None) -> Offer:
    """Accept an offer, accept it in modified form (`taken` says what is taken) or decline it, always with a reason.

    What is accepted becomes the next version of the proposal.
    """
    require_speaker(by, offer.proposal)
    words = clean_text("reason", reason, WORDS)
    patch = _taken(offer, answer, taken)
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(offer.proposal_id)
        offer = Offer.objects.select_for_update(of=("self",)).select_related("group").get(id=offer.id)
        states.require_tabled(proposal.state)
        offer.state = states.move_offer(offer.state, answer)
        text, ref = a.text(words)
        group = by.seat.group if by.seat else None
        data: dict[str, Any] = {
            "offer": str(offer.id),
            "answer": answer,
            "by_group": group.key if group else "",
            "reason": ref,
        }
        if patch is not None:
            data["taken"] = patch
        on = {"proposal": proposal.id, "element": proposal.element, "framework": proposal.framework_id}
        a.add("amendment.answered", data, on=on, because=offer.seq)
        offer.answer, offer.answered_by, offer.answered_at = text, group, a.at
        offer.taken_patch = patch
        offer.save(update_fields=["state", "answer", "answered_by", "answered_at", "taken_patch"])
        if patch is not None:
            merged = {**current_version(proposal).patch, **patch}
            new_version(a, proposal, merged, words, offer)
    return offer


def put_offer_to_vote(*, by: Actor, offer: Offer, rationale: str) -> Proposal:
    """Bring a declined offer to the table as a proposal of its own: any group may."""
    require_voice(by)
    original = offer.proposal
    with transaction.atomic():
        lock(original.framework_id)
        offer = Offer.objects.select_for_update(of=("self",)).get(id=offer.id)
        offer.state = states.move_offer(offer.state, "put_to_vote")
        offer.save(update_fields=["state"])
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


def _taken(offer: Offer, answer: str, taken: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if answer not in ANSWERS:
        raise Invalid("offer.answer", "Answer with accepted, modified or declined.", {"answer": "choose one"})
    if answer == "modified":
        values = typed.validate(offer.proposal.kind, dict(taken or {}), complete=False)
        if not values:
            raise Invalid("offer.taken", "Say what you take of the offer.", {"taken": "is empty"})
        return values
    return dict(offer.patch) if answer == "accepted" else None
