"""Speaking in turn, by form: a hand goes up or down, a seat is ready or not, the convenor calls, a turn ends.

The islands say the same over their socket, and come here where they have none.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from apps.common.errors import Invalid
from apps.deliberation.models import Round
from apps.deliberation.services import end_turn, give_floor, lower_hand, raise_hand, say_ready
from apps.pages.steering import answering
from apps.partnerships.actors import Actor

Does = Callable[[Actor, Round], object]
SAID: Mapping[str, tuple[Does, str]] = {
    "raise": (lambda by, round: raise_hand(by=by, round=round), "Your hand is raised."),
    "lower": (lambda by, round: lower_hand(by=by, round=round), "Your hand is down."),
    "ready": (lambda by, round: say_ready(by=by, round=round), "You are ready to move on."),
    "unready": (lambda by, round: say_ready(by=by, round=round, ready=False), "You are not ready yet."),
    "rest": (lambda by, round: end_turn(by=by, round=round), "The turn has ended."),
}


@require_POST
def floor(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say one thing."""
    return answering(request, id, _say)


def _say(request: HttpRequest, actor: Actor, found: Round) -> tuple[Round, str]:
    say = request.POST.get("say", "")
    if say == "call":
        give_floor(by=actor, round=found, seat=_seat(request), seconds=_seconds(request))
        return found, "The floor is given."
    if say not in SAID:
        raise Invalid("floor.unknown", f"Say one of {', '.join([*SAID, 'call'])}.", {"say": "unknown"})
    do, words = SAID[say]
    do(actor, found)
    return found, words


def _seat(request: HttpRequest) -> UUID | None:
    """Whom to call: the next in order where nobody is named."""
    seat = request.POST.get("seat", "")
    try:
        return UUID(seat) if seat else None
    except ValueError:
        raise Invalid("floor.seat", "That is no seat.", {"seat": "unreadable"}) from None


def _seconds(request: HttpRequest) -> int | None:
    seconds = request.POST.get("seconds", "")
    if not seconds:
        return None
    if len(seconds) > 5 or not seconds.isdecimal():
        raise Invalid("floor.seconds", "Give a number of seconds.", {"seconds": "unreadable"})
    return int(seconds)
