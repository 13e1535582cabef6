"""Every message of a live room, version 1: what the server says, what a client may say.

TypeScript types (frontend/src/live/protocol.ts) and docs/asyncapi.json are generated from these classes by
`python manage.py live_contract --write`. How names and missing parts are written stands in apps/deliberation/presenting/frames.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from apps.common.errors import Refusal
from apps.deliberation.presenting import Audience, EntriesFrame, ResyncFrame, StateFrame, encode
from apps.deliberation.services import Receipt

VERSION = 1
SUBPROTOCOL = f"negotiator.v{VERSION}"


@dataclass(frozen=True)
class Hello:
    """The first message: the room is open at size `at` of the record, and what follows is for this audience. `now` is the
    server's clock, so that a device whose own is wrong counts down rightly."""

    version: int
    at: int
    audience: Audience
    now: datetime
    t: ClassVar[str] = "hello"


@dataclass(frozen=True)
class Recorded:
    """The answer to one's own `cast`, after commit: the receipt to keep."""

    id: str
    receipt: Receipt
    t: ClassVar[str] = "receipt"


@dataclass(frozen=True)
class Done:
    """The answer to one's own `hand`, `ready`, `call` or `rest`, after commit; what it changed comes with the next state."""

    id: str
    t: ClassVar[str] = "done"


@dataclass(frozen=True)
class Refused:
    """The answer to a message that was not done. `id` is that of the message, empty where it had none."""

    id: str
    code: str
    message: str
    fields: Mapping[str, str]
    t: ClassVar[str] = "refused"


@dataclass(frozen=True)
class Pong:
    """The answer to `ping`."""

    t: ClassVar[str] = "pong"


@dataclass(frozen=True)
class Resume:
    """Asks for every entry from number `from` on: what the client knows is numbered below."""

    from_: int
    t: ClassVar[str] = "resume"


@dataclass(frozen=True)
class Cast:
    """A ballot on an item of this round. `id` names this message, `key` the vote: sent twice under one key it counts once."""

    id: str
    item: UUID
    choice: str
    key: UUID
    t: ClassVar[str] = "cast"


@dataclass(frozen=True)
class RaiseHand:
    """Raises the hand of one's seat (`up`), or takes it down. Saying it twice is saying it once."""

    id: str
    up: bool
    t: ClassVar[str] = "hand"


@dataclass(frozen=True)
class SayReady:
    """Says with a voting seat that it is ready to leave the phase the round is in, or not yet."""

    id: str
    ready: bool
    t: ClassVar[str] = "ready"


@dataclass(frozen=True)
class Call:
    """The convenor gives the floor: to the next in order (`seat` null), or to this seat, for so many `seconds`, or as long as
    it takes. A page sends the seat that it shows as the next one: then pressing twice calls once."""

    id: str
    seat: UUID | None
    seconds: int | None = None
    t: ClassVar[str] = "call"


@dataclass(frozen=True)
class Rest:
    """Ends the turn under way: the convenor, or whoever speaks."""

    id: str
    t: ClassVar[str] = "rest"


@dataclass(frozen=True)
class Ping:
    """Asks whether the line still works."""

    t: ClassVar[str] = "ping"


ServerMessage = Hello | EntriesFrame | StateFrame | ResyncFrame | Recorded | Done | Refused | Pong
FloorMessage = RaiseHand | SayReady | Call | Rest
ClientMessage = Resume | Cast | RaiseHand | SayReady | Call | Rest | Ping


def refused(refusal: Refusal, id: str = "") -> str:
    """A refusal as text to send."""
    return encode(Refused(id, refusal.code, refusal.message, refusal.fields))
