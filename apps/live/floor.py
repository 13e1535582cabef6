"""The floor in a socket process: what somebody says of it becomes an act, on a thread of its own, so that a flood of hands holds
up neither votes nor those who come in.
"""

from uuid import UUID

from apps.accounts.models import Person
from apps.common.errors import TooMany
from apps.deliberation import services
from apps.deliberation.selectors import open_round_for
from apps.live.limits import Limit
from apps.live.messages import Call, FloorMessage, RaiseHand, SayReady
from apps.live.threads import DatabaseThread

BURST, RATE = 10, 1
"""How often one person may do something on the floor: at once, then each second."""
WAITING_AT_MOST = 500


class FloorDesk:
    """`await desk.do(person, round, message)` returns after commit, or raises the refusal. Belongs to one event loop."""

    def __init__(self, limit: Limit | None = None) -> None:
        self._limit = limit or Limit(BURST, RATE)
        self._thread = DatabaseThread("live-floor")
        self._waiting = 0

    async def do(self, person: Person, round: UUID, message: FloorMessage) -> None:
        """Let it happen. Too much from one person, or from very many at once, is refused before it costs anything."""
        if not self._limit.allows(person.id):
            raise TooMany("floor.too_often", "You have done this many times in a short time. Wait a little.")
        if self._waiting >= WAITING_AT_MOST:
            raise TooMany("floor.busy", "Very many do this at this moment. Try again in a few seconds.")
        self._waiting += 1
        try:
            await self._thread.run(_act, person, round, message)
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """End the thread and its connection."""
        await self._thread.close()


def _act(person: Person, round: UUID, message: FloorMessage) -> None:
    actor, found = open_round_for(person, round)
    if isinstance(message, RaiseHand):
        (services.raise_hand if message.up else services.lower_hand)(by=actor, round=found)
    elif isinstance(message, SayReady):
        services.say_ready(by=actor, round=found, ready=message.ready)
    elif isinstance(message, Call):
        services.give_floor(by=actor, round=found, seat=message.seat, seconds=message.seconds)
    else:
        services.end_turn(by=actor, round=found)
