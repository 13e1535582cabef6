"""Who may do what with a proposal."""

from apps.common.errors import Conflict, NotAllowed
from apps.partnerships.actors import Actor
from apps.proposals.models import Offer, Proposal


def speaks_for(actor: Actor, proposal: Proposal) -> bool:
    """Whether this actor may revise, withdraw and answer for a proposal: a seat of a group that tables it, or, where no
    group does, the convenor."""
    if not proposal.sponsors:
        return actor.is_convenor
    return actor.seat is not None and actor.seat.group.key in proposal.sponsors


def require_speaker(actor: Actor, proposal: Proposal) -> None:
    if actor.seat is None and not actor.is_convenor:
        actor.require_seat()
    if not speaks_for(actor, proposal):
        who = " and ".join(proposal.sponsors) or "the convenor"
        raise NotAllowed(
            "proposal.not_yours", f"This proposal is tabled by {who}; only they can change or answer for it."
        )


def require_outsider(actor: Actor, proposal: Proposal) -> None:
    """Changes are offered by those who do not table the proposal; those who do revise it."""
    seat = actor.require_seat()
    if seat.group.key in proposal.sponsors:
        raise Conflict(
            "offer.own_proposal", "Your group tables this proposal: revise it instead of offering a change to it."
        )


def require_offerer(actor: Actor, offer: Offer) -> None:
    """An offer belongs to the group that made it: any of its seats may replace it, take it back or answer for it."""
    if actor.require_seat().group_id != offer.group_id:
        raise NotAllowed(
            "offer.not_yours", f"This offer was made by {offer.group.name}; only they can do this with it."
        )


def require_voice(actor: Actor) -> None:
    """Observers follow without a voice of their own; every other group may propose, offer and object."""
    if actor.require_seat().group.kind == "observer":
        raise NotAllowed("seat.observer", "Observers can read everything, but do not propose, offer changes or object.")
