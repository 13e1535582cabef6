"""Who speaks next, and whether those present are ready to move on. Plain Python: what was said and who waits in, an order out.

The floor goes to the group that has spoken least, within it to the seat that has spoken least, then to who raised a hand
first. A turn counts with its seconds, at least one: so whoever waits is called after finitely many turns, and a group gains
nothing by raising more hands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heapreplace
from typing import Literal
from uuid import UUID

USUAL = 60
"""Seconds that a turn is taken to last before any has ended."""
Why = Literal["alone", "group_time", "group_turns", "seat_time", "seat_turns", "first"]
"""Why somebody comes next: nobody else waits; the group has spoken least, or least often; within it the seat has; or the
hand was raised first."""
WHYS: tuple[Why, ...] = ("group_time", "group_turns", "seat_time", "seat_turns", "first")


@dataclass(frozen=True)
class Voice:
    """A seat in a round: how often and how long it has spoken, whether it speaks now, and under which number its hand was
    raised (None: it is down)."""

    seat: UUID
    group: str
    turns: int = 0
    seconds: int = 0
    speaks: bool = False
    raised: int | None = None


Key = tuple[int, int, int, int, int]


@dataclass
class _Queue:
    """The hands of one group in their order, and what the group has had."""

    group: str
    seconds: int
    turns: int
    hands: list[Voice]

    @property
    def key(self) -> Key:
        """What is compared, in the order of `WHYS`."""
        first = self.hands[0]
        return self.seconds, self.turns, first.seconds, first.turns, first.raised or 0


def counted_seconds(seconds: float) -> int:
    """What a turn of this length counts: whole seconds, at least one."""
    return max(1, round(seconds))


def calling_order(voices: Sequence[Voice]) -> list[Voice]:
    """Everybody with a raised hand, in the order in which they will be called if turns go on being as long as they were.

    Who speaks now counts with one turn of that length, however long it has taken so far: so the order does not change by
    itself, and who is shown as the next one is the next one.
    """
    usual = usual_length(voices)
    queues = [(queue.key, queue) for queue in _queues(voices, usual)]
    heapify(queues)
    order: list[Voice] = []
    while queues:
        _, queue = queues[0]
        order.append(queue.hands.pop(0))
        if queue.hands:
            queue.seconds, queue.turns = queue.seconds + usual, queue.turns + 1
            heapreplace(queues, (queue.key, queue))
        else:
            heappop(queues)
    return order


def why_next(voices: Sequence[Voice]) -> Why | None:
    """What brings the first in the order before the others: the first in which it differs from the next best group, or, where
    only one group waits, from the next best seat. None where nobody waits."""
    queues = sorted(_queues(voices, usual_length(voices)), key=lambda queue: queue.key)
    if not queues:
        return None
    first = queues[0]
    if len(queues) > 1:
        other = queues[1].key
    elif len(first.hands) > 1:
        other = replace(first, hands=first.hands[1:]).key
    else:
        return "alone"
    return next(why for why, ours, theirs in zip(WHYS, first.key, other, strict=True) if ours != theirs)


def usual_length(voices: Iterable[Voice]) -> int:
    """How long a turn has lasted on average so far, in seconds."""
    turns = seconds = 0
    for voice in voices:
        turns, seconds = turns + voice.turns, seconds + voice.seconds
    return max(1, seconds // turns) if turns else USUAL


def is_ready(here: Mapping[str, int], ready: Mapping[str, int]) -> bool:
    """Whether at least half of each group present is ready. Groups of which nobody is here do not count; where nobody at all is
    here, nobody is ready."""
    present = {group: count for group, count in here.items() if count > 0}
    return bool(present) and all(2 * ready.get(group, 0) >= count for group, count in present.items())


def _queues(voices: Sequence[Voice], usual: int) -> list[_Queue]:
    had: dict[str, tuple[int, int]] = {}
    hands: dict[str, list[Voice]] = {}
    for voice in (_with_turn_under_way(each, usual) for each in voices):
        seconds, turns = had.get(voice.group, (0, 0))
        had[voice.group] = seconds + voice.seconds, turns + voice.turns
        if voice.raised is not None:
            hands.setdefault(voice.group, []).append(voice)
    return [
        _Queue(group, *had[group], sorted(waiting, key=lambda one: (one.seconds, one.turns, one.raised)))
        for group, waiting in hands.items()
    ]


def _with_turn_under_way(voice: Voice, usual: int) -> Voice:
    if not voice.speaks:
        return voice
    return replace(voice, turns=voice.turns + 1, seconds=voice.seconds + usual)
