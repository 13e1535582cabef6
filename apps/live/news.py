"""What a room needs from the database: read once for everybody in it, on the hub's own thread."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from uuid import UUID

from apps.common.errors import NotFound
from apps.deliberation.models import Round
from apps.deliberation.presenting import (
    LONGEST,
    ONLY_TURNOUT,
    Audience,
    Company,
    EntriesFrame,
    StateFrame,
    company_of,
    entries_of,
    recounted,
    state_of,
)
from apps.deliberation.speaking import floor_of
from apps.deliberation.turnout import Roll, roll_of
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
    """What happened up to (not including) entry `until`, by audience, whose rights it changed, and the groups of the round; and
    what it was read from: the round, who may vote in it, and for whom."""

    until: int
    seen: Mapping[Audience, Seen]
    company: Company
    concerned: frozenset[UUID]
    round: Round
    roll: Roll
    audiences: Set[Audience]


def read_on(round_id: UUID, before: News | None, viewers: Mapping[Audience, Actor]) -> News:
    """The news after those read `before`. Where nothing but ballots has come in, only what they change is read."""
    if before is None or before.audiences != viewers.keys():
        return read_news(round_id, before.until if before else None, viewers)
    until, only_ballots = record.grown(before.round.framework.partnership.log_id, before.until, ONLY_TURNOUT)
    if not only_ballots:
        return read_news(round_id, before.until, viewers)
    entries = EntriesFrame(before.until, until, ())
    seen = {
        audience: Seen(entries, recounted(viewers[audience], before.round, before.roll, known.state, until))
        for audience, known in before.seen.items()
    }
    return replace(before, until=until, seen=seen, concerned=frozenset())


def read_news(round_id: UUID, since: int | None, viewers: Mapping[Audience, Actor]) -> News:
    """Read on from `since` (None: begin with how things stand). An audience that may not see the round is left out."""
    round = Round.objects.select_related("rule", "framework__partnership__log").get(id=round_id)
    log = round.framework.partnership.log_id
    until = round.framework.partnership.log.size  # read with the round: what changes it later has a number from here on
    since = until if since is None else since
    floor, roll, seen = floor_of(round), roll_of(round), dict[Audience, Seen]()
    for audience, viewer in viewers.items():
        try:
            entries = entries_of(viewer, since, until) if until - since <= LONGEST else None
            stands = state_of(viewer, round, floor, roll)
            seen[audience] = Seen(entries, replace(stands, at=until))  # what came in meanwhile is told with its entries
        except NotFound:
            continue
    company, concerned = company_of(round, floor), _concerned(log, since, until)
    return News(until, seen, company, concerned, round, roll, frozenset(viewers))


def _concerned(log: UUID, since: int, until: int) -> frozenset[UUID]:
    """The people named by entries that change rights."""
    if since == until:
        return frozenset()
    holders = {entry.data["holder"] for entry in record.entries(log, since=since, until=until, types=RIGHTS)}
    found = Pseudonym.objects.filter(log=log, id__in=holders).values_list("person", flat=True) if holders else ()
    return frozenset(found)
