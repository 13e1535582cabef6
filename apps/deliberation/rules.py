"""Who may do what in a round."""

from apps.common.errors import Conflict, NotAllowed
from apps.deliberation.models import Round, RoundState
from apps.partnerships.actors import Actor
from apps.partnerships.models import Seat


def can_vote(seat: Seat | None) -> bool:
    """Whether a seat has a vote: its group decides."""
    return seat is not None and seat.group.standing == "decides" and seat.group.kind != "observer"


def require_voter(actor: Actor) -> Seat:
    """The voting seat of an actor."""
    seat = actor.require_seat()
    if not can_vote(seat):
        raise NotAllowed("seat.no_vote", f"{seat.group.name} advises and has no vote.")
    return seat


def require_state(round: Round, state: RoundState, sentence: str) -> None:
    """Refuse what the state of a round does not allow."""
    if round.state != state:
        raise Conflict(f"round.not_{state.value}", sentence)
