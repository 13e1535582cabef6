"""The floor as pages show it: how one's own seat stands, in words."""

from dataclasses import dataclass

from apps.deliberation.models import Round, RoundState
from apps.deliberation.speaking import UNDER_WAY, Floor
from apps.partnerships.actors import Actor

PLACES = ("next", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
OVER = (RoundState.CLOSED, RoundState.TALLIED)


@dataclass(frozen=True)
class OwnVoice:
    """One's own seat on the floor. `open`: one can raise a hand; `asked`: one is asked whether one is ready to move on."""

    seat: str
    decides: bool
    open: bool
    asked: bool
    raised: bool
    speaks: bool
    ready: bool
    words: str


def own_voice(viewer: Actor, round: Round, floor: Floor, decides: bool) -> OwnVoice | None:
    """None for who has no seat, and after a round has closed."""
    seat = viewer.seat
    if seat is None or round.state in OVER:
        return None
    speaks = floor.speaking is not None and floor.speaking.seat == seat.id
    place = next((at for at, one in enumerate(floor.waiting) if one.seat == seat.id), None)
    return OwnVoice(
        seat=str(seat.id),
        decides=decides,
        open=round.state in UNDER_WAY,
        asked=decides and round.state == RoundState.TALKING,
        raised=place is not None,
        speaks=speaks,
        ready=seat.id in floor.ready.get(seat.group.key, ()),
        words="You have the floor." if speaks else "" if place is None else _place(place),
    )


def _place(at: int) -> str:
    return f"You are {PLACES[at] if at < len(PLACES) else f'number {at + 1}'}."
