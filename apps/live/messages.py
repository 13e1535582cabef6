"""Every message of a live room, version 1: what the server says, what a client may say.

TypeScript types (frontend/src/live/protocol.ts) and docs/asyncapi.json are generated from these classes by
`python manage.py live_contract --write`. How names and missing parts are written stands in apps/deliberation/presenting/frames.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from apps.common.errors import Refusal
from apps.deliberation.presenting import Audience, EntriesFrame, ResyncFrame, StateFrame, encode
from apps.deliberation.services import Receipt

VERSION = 1
SUBPROTOCOL = f"negotiator.v{VERSION}"


@dataclass(frozen=True)
class Hello:
    """The first message: the room is open at size `at` of the record, and what follows is for this audience."""

    version: int
    at: int
    audience: Audience
    t: ClassVar[str] = "hello"


@dataclass(frozen=True)
class Recorded:
    """The answer to one's own `cast`, after commit: the receipt to keep."""

    id: str
    receipt: Receipt
    t: ClassVar[str] = "receipt"


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
class Ping:
    """Asks whether the line still works."""

    t: ClassVar[str] = "ping"


ServerMessage = Hello | EntriesFrame | StateFrame | ResyncFrame | Recorded | Refused | Pong
ClientMessage = Resume | Cast | Ping


def refused(refusal: Refusal, id: str = "") -> str:
    """A refusal as text to send."""
    return encode(Refused(id, refusal.code, refusal.message, refusal.fields))
