"""Which way proposals and offers of change can go, and why not elsewhere.

A revision leaves a proposal `tabled`: what changes is the number of its version. A refused move is a `Conflict`
whose code and sentence say what has happened in the meantime.
"""

from collections.abc import Mapping

from apps.common.errors import Conflict

PROPOSAL_MOVES: Mapping[str, frozenset[str]] = {
    "tabled": frozenset({"tabled", "in_round", "withdrawn", "decided"}),
    "in_round": frozenset({"tabled", "decided"}),
    "withdrawn": frozenset(),
    "decided": frozenset(),
}
OFFER_MOVES: Mapping[str, frozenset[str]] = {
    "offered": frozenset({"accepted", "modified", "declined", "withdrawn", "replaced", "lapsed"}),
    "declined": frozenset({"put_to_vote"}),
    "accepted": frozenset(),
    "modified": frozenset(),
    "withdrawn": frozenset(),
    "replaced": frozenset(),
    "lapsed": frozenset(),
    "put_to_vote": frozenset(),
}
ANSWERS = ("accepted", "modified", "declined")

_PROPOSAL_STANDS = {
    "tabled": "This proposal is on the table.",
    "in_round": "A round is open on this proposal: it cannot be changed or withdrawn until the round has ended.",
    "withdrawn": "This proposal has been withdrawn.",
    "decided": "This proposal has been decided.",
}
_OFFER_STANDS = {
    "offered": "This offer has not been answered yet.",
    "accepted": "This offer has been accepted.",
    "modified": "This offer has been accepted in modified form.",
    "declined": "This offer has been declined. Any group can put it to the vote.",
    "withdrawn": "This offer has been withdrawn.",
    "replaced": "This offer has been replaced by a newer one of the same group.",
    "lapsed": "The offer that this one answers has been settled in another way.",
    "put_to_vote": "This offer has been put to the vote.",
}


def move_proposal(state: str, to: str) -> str:
    """The new state. Raises `Conflict` (proposal.tabled, .in_round, .withdrawn or .decided: the state it is in)."""
    if to not in PROPOSAL_MOVES[state]:
        raise Conflict(f"proposal.{state}", _PROPOSAL_STANDS[state])
    return to


def require_tabled(state: str) -> None:
    """Revising a proposal, offering changes to it and answering them need it tabled. Raises as `move_proposal`."""
    if state != "tabled":
        raise Conflict(f"proposal.{state}", _PROPOSAL_STANDS[state])


def move_offer(state: str, to: str) -> str:
    """The new state. Raises `Conflict` (offer.offered and so on: the state it is in)."""
    if to not in OFFER_MOVES[state]:
        raise Conflict(f"offer.{state}", _OFFER_STANDS[state])
    return to
