"""Objections: arguments that a proposal does avoidable harm."""

from uuid import uuid4

from apps.common.errors import Conflict, NotAllowed
from apps.common.texts import clean_text
from apps.frameworks.models import Gate
from apps.frameworks.rules import require_open
from apps.partnerships.actors import Actor
from apps.proposals.models import Objection, Proposal
from apps.proposals.rules import require_voice
from apps.proposals.services.tabling import WORDS, lock_proposal
from apps.record.act import act


def raise_objection(*, by: Actor, proposal: Proposal, reason: str) -> Objection:
    """Object to a proposal, saying which harm it does that could be avoided."""
    require_voice(by)
    seat = by.require_seat()
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(proposal.id)
        require_open(proposal.framework, Gate.OBJECT)
        if proposal.state not in {"tabled", "in_round"}:
            raise Conflict("proposal.closed", "This proposal is no longer on the table.")
        text, ref = a.text(words, "objection.reason")
        id = uuid4()
        data = {"objection": str(id), "group": seat.group.key, "on_number": proposal.number, "reason": ref}
        entry = a.add("objection.recorded", data, on={"proposal": proposal.id, "element": proposal.element})
        return Objection.objects.create(
            id=id,
            proposal=proposal,
            on_number=proposal.number,
            group=seat.group,
            seat=seat,
            reason=text,
            made_at=a.at,
            seq=entry.seq,
        )


def withdraw_objection(*, by: Actor, objection: Objection) -> Objection:
    """Take one's own objection back."""
    seat = by.require_seat()
    if objection.seat_id != seat.id:
        raise NotAllowed("objection.not_yours", "Only the seat that objected can take the objection back.")
    with act(by=by.by, log=by.log) as a:
        objection = Objection.objects.select_for_update(of=("self",)).select_related("proposal").get(id=objection.id)
        if objection.withdrawn_at is not None:
            raise Conflict("objection.withdrawn", "This objection has been taken back already.")
        objection.withdrawn_at = a.at
        objection.save(update_fields=["withdrawn_at"])
        on = {"proposal": objection.proposal_id, "element": objection.proposal.element}
        a.add("objection.withdrawn", {"objection": str(objection.id)}, on=on, because=objection.seq)
    return objection
