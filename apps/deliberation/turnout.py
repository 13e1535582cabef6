"""How many have voted, as far as it may be told: of secret rounds nothing that would tell of a few.

Until such a round is counted, the turnout of a group of which fewer than five seats have voted is kept back, and with it the
entries of its ballots, from everybody.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.deliberation.domain.floor import kept_back
from apps.deliberation.leaving import seats_out
from apps.deliberation.models import Ballot, Round, RoundItem, RoundState, Secrecy
from apps.deliberation.sealed import secret_votes
from apps.deliberation.taking_part import Cell, Voted, taking_part
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import deciding_groups
from apps.record import selectors as record
from apps.record.models import Entry

PAPERS = frozenset({"paper.entered", "paper.discarded"})
BALLOT = "ballot.cast"
TELLING = PAPERS | {BALLOT}
"""Types of entries that tell who has voted."""


UNCOUNTED = (RoundState.OPEN, RoundState.CLOSED)


@dataclass(frozen=True)
class Turnout:
    """How many of a group's seats have voted on an item; None as long as nobody is told."""

    group: str
    name: str
    voted: int | None
    seats: int


@dataclass(frozen=True)
class Roll:
    """What turnout is held against; nothing in it changes while nothing but ballots comes in. By item the seats of each deciding
    group that have not left the vote on it, and the names of the groups."""

    items: Sequence[RoundItem]
    seats: Mapping[UUID, Mapping[str, int]]
    names: Mapping[str, str]


def roll_of(round: Round) -> Roll:
    """The roll of a round as it stands."""
    groups, out, items = (
        list(deciding_groups(round.framework.partnership)),
        seats_out(round),
        round.items.order_by("order"),
    )
    seats = {
        item.id: {group.key: group.seat_count - out.get(item.id, {}).get(group.key, 0) for group in groups}
        for item in items
    }
    return Roll(list(items), seats, {group.key: group.name for group in groups})


def turnout(round: Round, roll: Roll) -> dict[UUID, tuple[Turnout, ...]]:
    """Per item, how many seats of each deciding group have voted, as far as it may be told."""
    voted = _voted(round)
    hidden = _hidden(voted, roll.seats) if _is_kept(round) else {}

    def of(item: UUID) -> Iterator[Turnout]:
        for group, number in roll.seats[item].items():
            told = None if group in hidden.get(item, ()) else voted.get((item, group), Voted(0)).seats
            yield Turnout(group, roll.names[group], told, number)

    return {item: tuple(of(item)) for item in roll.seats}


def who_voted(round: Round) -> set[UUID]:
    """The seats that took part in a counted round: of a secret one the record tells that too, and nothing more."""
    if round.secrecy == Secrecy.SECRET:
        cast = record.entries(round.framework.partnership.log_id, types=[BALLOT], subject=round.id)
        return {UUID(entry.by["seat"]) for entry in cast}
    return set(Ballot.objects.filter(round=round).values_list("seat", flat=True))


def kept_back_entries(viewer: Actor, types: Collection[str]) -> Iterator[QuerySet[Any, Any]]:
    """The numbers of those entries that nobody is shown yet, if entries of these `types` (all, without any) are asked for: ballots
    of few, and papers. Whoever holds a seat is shown its own ballots."""
    asked = TELLING.intersection(types) if types else TELLING
    if not asked:
        return
    rounds = Round.objects.filter(
        framework__partnership=viewer.partnership, secrecy=Secrecy.SECRET, state__in=UNCOUNTED
    )
    for round in rounds.select_related("framework__partnership"):
        yield Entry.objects.filter(log=viewer.log, type__in=PAPERS, subjects__contains=[round.id]).values("seq")
        if BALLOT in asked:
            ballots = _ballots_of_few(round)
            yield (ballots.exclude(seat=viewer.seat) if viewer.seat else ballots).values("seq")


def _ballots_of_few(round: Round) -> QuerySet[Ballot]:
    """The ballots of the groups whose turnout is kept back, item by item."""
    items: dict[str, list[UUID]] = defaultdict(list)
    for item, groups in _hidden(_voted(round), roll_of(round).seats).items():
        for group in groups:
            items[group].append(item)
    nothing = Q(pk__in=[])
    cells = reduce(or_, (Q(group_key=group, item__in=here) for group, here in items.items()), nothing)
    return Ballot.objects.filter(cells, round=round)


def _is_kept(round: Round) -> bool:
    return round.secrecy == Secrecy.SECRET and round.state in UNCOUNTED


def _voted(round: Round) -> Mapping[Cell, Voted]:
    if round.secrecy == Secrecy.SECRET and round.state == RoundState.TALLIED:
        counts: dict[Cell, int] = defaultdict(int)
        for row in secret_votes(round):
            counts[UUID(row.item), row.group] += row.weight
        return {cell: Voted(seats) for cell, seats in counts.items()}
    return taking_part(round.id)


def _hidden(voted: Mapping[Cell, Voted], seats: Mapping[UUID, Mapping[str, int]]) -> dict[UUID, Collection[str]]:
    """By item, the groups whose turnout is kept back. Whoever has no seat left in the vote keeps nothing back."""
    fifth: dict[UUID, dict[str, int | None]] = {
        item: {group: None for group, number in groups.items() if number > 0} for item, groups in seats.items()
    }
    for (item, group), one in voted.items():
        fifth[item][group] = one.fifth
    return {item: kept_back(groups) for item, groups in fifth.items()}
