"""What a room needs from the database: read once for everybody in it, on the hub's own thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from apps.common.errors import NotFound
from apps.deliberation.models import Round
from apps.deliberation.presenting import (
    LONGEST,
    Audience,
    Company,
    EntriesFrame,
    StateFrame,
    company_of,
    entries_of,
    state_of,
)
from apps.deliberation.speaking import floor_of
from apps.partnerships.actors import Actor
from apps.partnerships.models import Pseudonym
from apps.record import selectors as record

RIGHTS = frozenset({"seat.assigned", "seat.vacated", "role.given", "role.taken", "mandate.recorded"})
"""Entries after which somebody may be somebody else in the room."""


@dataclass(frozen=True)
class Seen:
    """What one audience may see of the news. `entries` None: too much happened; go on from the state."""

    entries: EntriesFrame | None
    state: StateFrame


@dataclass(frozen=True)
class News:
    """What happened up to (not including) entry `until`, by audience, whose rights it changed, and the groups of the round."""

    until: int
    seen: Mapping[Audience, Seen]
    company: Company
    concerned: frozenset[UUID]


def read_news(round_id: UUID, since: int | None, viewers: Mapping[Audience, Actor]) -> News:
    """Read on from `since` (None: begin with how things stand). An audience that may not see the round is left out."""
    round = Round.objects.select_related("rule", "framework__partnership__log").get(id=round_id)
    log = round.framework.partnership.log_id
    until = record.size(log)
    since = until if since is None else since
    floor, seen = floor_of(round), dict[Audience, Seen]()
    for audience, viewer in viewers.items():
        try:
            entries = entries_of(viewer, since, until) if until - since <= LONGEST else None
            seen[audience] = Seen(entries, state_of(viewer, round, floor))
        except NotFound:
            continue
    return News(until, seen, company_of(round, floor), _concerned(log, since, until))


def _concerned(log: UUID, since: int, until: int) -> frozenset[UUID]:
    """The people named by entries that change rights."""
    if since == until:
        return frozenset()
    holders = {entry.data["holder"] for entry in record.entries(log, since=since, until=until, types=RIGHTS)}
    found = Pseudonym.objects.filter(log=log, id__in=holders).values_list("person", flat=True) if holders else ()
    return frozenset(found)
