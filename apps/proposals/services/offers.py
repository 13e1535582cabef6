"""Offers of change by groups that did not table the proposal, and declined ones put to the vote."""

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
from apps.proposals.rules import require_outsider, require_voice
from apps.proposals.selectors import current_version
from apps.proposals.services.tabling import WORDS, lock_proposal, require_sense, submit_proposal
from apps.proposals.services.versions import as_text, subjects
from apps.record.act import act


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
        require_sense(proposal, {**current_version(proposal).patch, **values}, values)
        text, ref = a.text(words, "offer.reason")
        wording, wording_ref = a.text(as_text(values), "offer.wording")
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
        )


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
