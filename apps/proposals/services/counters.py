"""Counter-offers: those who propose say in which form they would take an offer; the group that made it says yes or no."""

from collections.abc import Mapping
from typing import Any

from apps.common.errors import Conflict, Invalid
from apps.common.texts import clean_text
from apps.partnerships.actors import Actor
from apps.proposals.domain import states
from apps.proposals.models import Offer
from apps.proposals.rules import require_offerer, require_speaker
from apps.proposals.selectors import current_version
from apps.proposals.services.answering import Settled, settle
from apps.proposals.services.offers import add_offer, read_patch
from apps.proposals.services.tabling import WORDS, lock_proposal, require_sense
from apps.proposals.services.versions import subjects
from apps.record.act import act

ANSWERS = ("accepted", "declined")


def counter_offer(*, by: Actor, offer: Offer, patch: Mapping[str, Any], reason: str) -> Offer:
    """Answer an offer with another form of it. The offer goes on waiting until its group has said yes or no."""
    require_speaker(by, offer.proposal)
    by.require_seat()
    words = clean_text("reason", reason, WORDS)
    values = read_patch(offer.proposal, patch)
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(offer.proposal_id)
        states.require_tabled(proposal.state)
        offer = Offer.objects.select_for_update(of=("self",)).select_related("wording").get(id=offer.id)
        if offer.counters_id is not None:
            raise Conflict("offer.counter", "A counter-offer is not countered: its group says yes or no to it.")
        states.move_offer(offer.state, "modified")
        require_sense(proposal, {**current_version(proposal).patch, **values}, values)
        offer.counter_offers.filter(state="offered").update(state="replaced")
        return add_offer(a, by, proposal, values, words, counters=offer)


def answer_counter(*, by: Actor, offer: Offer, answer: str, reason: str) -> Offer:
    """Say yes or no to a counter-offer, for the group whose offer it answers. A yes takes it into the next version."""
    if answer not in ANSWERS:
        raise Invalid("offer.answer", "Answer with accepted or declined.", {"answer": "choose one"})
    if offer.counters is None:
        raise Conflict("offer.no_counter", "This is no counter-offer: those who propose answer it.")
    require_offerer(by, offer.counters)
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(offer.proposal_id)
        states.require_tabled(proposal.state)
        locked = Offer.objects.select_for_update(of=("self",)).select_related("group", "counters__group", "wording")
        counter = locked.get(id=offer.id)
        counter.state = states.move_offer(counter.state, answer)
        text, ref = a.text(words, "offer.answer")
        group = by.require_seat().group
        data = {"offer": str(counter.id), "answer": answer, "by_group": group.key, "reason": ref}
        a.add("amendment.counter_answered", data, on=subjects(proposal), because=counter.seq)
        counter.answer, counter.answered_by, counter.answered_at = text, group, a.at
        counter.save(update_fields=["state", "answer", "answered_by", "answered_at"])
        if answer == "accepted" and counter.counters_id is not None:
            taken = Settled(counter.counters_id, "modified", words, dict(counter.patch))
            settle(a, proposal, [taken], counter.group, words)
    return counter
