"""The floor of a round as a frame shows it; with who is connected, also who is here and whether everybody is ready."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from apps.consensus import parse_rule
from apps.consensus.explaining import least_present
from apps.deliberation.domain.speaking import is_ready
from apps.deliberation.models import Round, RoundState
from apps.deliberation.presenting.frames import (
    Floor,
    GroupPresence,
    GroupReady,
    GroupSpoken,
    Hand,
    StateFrame,
    Turn,
)
from apps.deliberation.speaking import Floor as Rows

SHOWN = 100
"""How many raised hands are shown, those that will be called first."""
Here = Mapping[str, Set[str]]
"""The seats that are connected, by group."""


@dataclass(frozen=True)
class Company:
    """What is known of a round's groups before it is known who of them is connected."""

    parties: tuple[GroupPresence, ...]
    ready: tuple[GroupReady, ...]
    seats_ready: Here

    def seen(self, state: StateFrame, here: Here) -> StateFrame:
        """The state with who is here. A seat that has said that it is ready is here, connected or not."""
        present = (replace(party, here=len(here.get(party.group, ()))) for party in self.parties)
        among = {
            one.group: len(self.seats_ready.get(one.group, set()) | here.get(one.group, set())) for one in self.ready
        }
        ready = tuple(replace(one, here=among[one.group]) for one in self.ready)
        everybody = is_ready(among, {one.group: one.ready for one in self.ready})
        return replace(state, present=tuple(present), ready=ready, everybody=everybody)


def company_of(round: Round, rows: Rows) -> Company:
    """The groups of a round, with how many of their seats must take part, and who of them is ready."""
    seats_ready = {group: frozenset(map(str, seats)) for group, seats in rows.ready.items()}
    return Company(_parties(round, rows), ready_shown(round, rows), seats_ready)


def floor_shown(rows: Rows) -> Floor:
    """Who speaks, who waits and who has been heard."""
    now, waiting = rows.speaking, rows.waiting
    hands = (Hand(one.seat, one.group, one.name, one.raised_at) for one in waiting[:SHOWN] if one.raised_at)
    return Floor(
        speaking=Turn(now.seat, now.group, now.name, now.since, now.until) if now and now.since else None,
        waiting=tuple(hands),
        raised=len(waiting),
        why=rows.why,
        spoken=_spoken(rows),
    )


def ready_shown(round: Round, rows: Rows) -> tuple[GroupReady, ...]:
    """The deciding groups while a round is talked about, with how many of their seats are ready."""
    if round.state != RoundState.TALKING:
        return ()
    return tuple(
        GroupReady(party.key, party.name, len(rows.ready.get(party.key, ())), None)
        for party in rows.parties
        if party.decides
    )


def _spoken(rows: Rows) -> tuple[GroupSpoken, ...]:
    had = {party.key: [0, 0] for party in rows.parties}
    for one in rows.heard:
        had[one.group][0] += one.turns
        had[one.group][1] += one.seconds
    return tuple(GroupSpoken(party.key, party.name, *had[party.key]) for party in rows.parties)


def _parties(round: Round, rows: Rows) -> tuple[GroupPresence, ...]:
    rule = parse_rule(round.rule.document)
    needed = {one.key: least_present(rule, one.key, one.seats) for one in rows.parties if one.key in rule.deciding}
    return tuple(GroupPresence(one.key, one.name, 0, one.seats, needed.get(one.key, 0)) for one in rows.parties)
