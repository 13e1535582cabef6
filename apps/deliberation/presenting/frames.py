"""The frames that tell a client what has happened and how things stand. Types in other languages are generated from these classes.

A frame's `t` names its kind. A part whose default is None is left out where there is nothing to say; a name that ends with
an underscore is sent without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar, Literal
from uuid import UUID

import orjson

from apps.deliberation.domain.speaking import Why
from apps.deliberation.presenting.results import ItemResult

Status = Literal["draft", "announced", "talking", "open", "closed", "tallied"]
Phase = Literal["", "present", "clarify", "react", "amend"]
Hidden = Literal["open", "blind", "secret"]


@dataclass(frozen=True)
class Item:
    """An entry of the record as an audience may see it. `who` is the group's name, or the name of a part of the system."""

    seq: int
    at: str
    type: str
    who: str
    on: Mapping[str, str]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class GroupTurnout:
    """How many of a group's seats have voted on an item, and how many could. Of secret rounds small numbers are null until they
    are counted."""

    group: str
    name: str
    took_part: int | None
    entitled: int


@dataclass(frozen=True)
class ItemTurnout:
    """Turnout on one item, by group."""

    item: UUID
    groups: tuple[GroupTurnout, ...]


@dataclass(frozen=True)
class GroupPresence:
    """How many seats of a group are connected now, of how many; every group is named. By the round's rule at least `needed` of
    them must take part (0: it asks for no quorum of this group)."""

    group: str
    name: str
    here: int
    seats: int
    needed: int


@dataclass(frozen=True)
class RoundNow:
    """A round as it stands. `phase` is the one it is in while it is talked about. `closes` is when the phase or the vote that is
    under way ends by itself, or when an announced round begins; null where somebody moves it by hand. Another `agenda`
    means that what is voted on has changed. `next` is the round in which what this one did not decide is voted on again."""

    id: UUID
    status: Status
    phase: Phase
    paused: bool
    secrecy: Hidden
    closes: datetime | None
    agenda: str
    next: UUID | None


@dataclass(frozen=True)
class Turn:
    """Who has the floor: a seat, by its group and label, since when, and until when it is meant to last (null: as long as it
    takes)."""

    seat: UUID
    group: str
    name: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Hand:
    """A raised hand, and since when."""

    seat: UUID
    group: str
    name: str
    since: datetime


@dataclass(frozen=True)
class GroupSpoken:
    """How often and how long a group has spoken, turns that have ended; a silent group has 0 turns."""

    group: str
    name: str
    turns: int
    seconds: int


@dataclass(frozen=True)
class Floor:
    """Who speaks, who waits, who has been heard. `waiting` is in the order in which they will be called, the first hundred of
    all hands `raised`; `why` says what brings the first of them before the others: nobody else waits, its group has spoken
    least, or least often, within the group the seat has, or the hand was raised first. `spoken` names every group with a
    seat."""

    speaking: Turn | None
    waiting: tuple[Hand, ...]
    raised: int
    why: Why | None
    spoken: tuple[GroupSpoken, ...]


@dataclass(frozen=True)
class GroupReady:
    """How many seats of a deciding group have said that they are ready to move on, of how many that are `here`: connected, or
    ready without being so. `here` is null where nobody knows who is connected."""

    group: str
    name: str
    ready: int
    here: int | None


@dataclass(frozen=True)
class EntriesFrame:
    """A contiguous range of the record: `from` inclusive, `to` exclusive. What this audience may not see, and ballots (turnout
    tells them), are left out of `items`. A client applies it if `from` is its cursor."""

    from_: int
    to: int
    items: tuple[Item, ...]
    t: ClassVar[str] = "entries"


@dataclass(frozen=True)
class StateFrame:
    """How things stand at size `at` of the record: each replaces the one before; parts left out have not changed.

    `live` is delayed while the server itself hears of changes late. `ready` has the deciding groups while a round is talked
    about, otherwise none; `everybody`: at least half of each group that is here is ready.
    """

    at: int
    round: RoundNow | None = None
    turnout: tuple[ItemTurnout, ...] | None = None
    results: tuple[ItemResult, ...] | None = None
    live: Literal["immediate", "delayed"] | None = None
    present: tuple[GroupPresence, ...] | None = None
    floor: Floor | None = None
    ready: tuple[GroupReady, ...] | None = None
    everybody: bool | None = None
    t: ClassVar[str] = "state"


@dataclass(frozen=True)
class ResyncFrame:
    """Too much is missing to be sent piece by piece: go on from `at`; what came before is in the record."""

    at: int
    t: ClassVar[str] = "resync"


Frame = EntriesFrame | StateFrame | ResyncFrame


def encode(frame: Any) -> str:
    """A frame as JSON text."""
    parts = {name.rstrip("_"): value for name, value in vars(frame).items() if value is not None}
    return orjson.dumps({"t": frame.t, **parts}, default=_other).decode()


def plain(frame: Any) -> dict[str, Any]:
    """A frame as plain values, ready for any JSON writer."""
    return dict(orjson.loads(encode(frame)))


def _other(value: object) -> Any:
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in a frame")
