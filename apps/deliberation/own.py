"""A voter's own ballots: shown to nobody else, also not to who holds the seat afterwards."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import Person
from apps.deliberation.models import Ballot, Round, RoundState, Secrecy
from apps.deliberation.sealed import choices_in
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import held_then
from apps.record import selectors as record
from apps.record.domain.entry import Entry, moment


@dataclass(frozen=True)
class OwnBallot:
    """A ballot of a voter's seat. If it is `mine`, also what was chosen, as long as anything still knows it, and the `salt` that
    opens the commitment of a private one; if somebody else cast it while holding the seat, only that there is one."""

    item_id: UUID
    seq: int
    cast_at: datetime
    mine: bool
    choice: str = ""
    salt: str = ""


def own_ballots(viewer: Actor, round: Round) -> dict[UUID, OwnBallot]:
    """The newest ballot of a viewer's seat on each item. Of a secret round that was counted the record knows only that there was
    one."""
    if viewer.seat is None or viewer.person is None:
        return {}
    if round.secrecy == Secrecy.SECRET and round.state == RoundState.TALLIED:
        cast = record.entries(viewer.log, types=["ballot.cast"], subject=round.id, by=[viewer.seat.id])
        told = [_told(entry, viewer) for entry in cast]
    else:
        told = _kept(viewer.person, Ballot.objects.filter(item__round=round, seat=viewer.seat))
    return {ballot.item_id: ballot for ballot in told}


def own_ballot_at(viewer: Actor, seq: int) -> OwnBallot | None:
    """A viewer's own ballot by the number of its entry; none where only its entry is left, or somebody else cast it."""
    if viewer.seat is None or viewer.person is None:
        return None
    here = Ballot.objects.filter(seat=viewer.seat, seq=seq, round__framework__partnership=viewer.partnership)
    return next((ballot for ballot in _kept(viewer.person, here) if ballot.mine), None)


def _kept(person: Person, ballots: QuerySet[Ballot]) -> list[OwnBallot]:
    """Ballots in the order in which they were cast; opened are only those that this person cast."""
    found = list(ballots.annotate(mine=held_then(person, "cast_at")).order_by("seq"))
    mine = [ballot for ballot in found if ballot.mine]
    choices = choices_in(mine)
    salts = {ballot.id: bytes(ballot.salt).hex() for ballot in mine if ballot.salt}
    return [
        OwnBallot(one.item_id, one.seq, one.cast_at, one.mine, choices.get(one.id, ""), salts.get(one.id, ""))
        for one in found
    ]


def _told(entry: Entry, viewer: Actor) -> OwnBallot:
    """A ballot of which only the entry is left: it names who cast it by the pseudonym of this log."""
    mine = entry.by.get("person") == str(viewer.by.person)
    return OwnBallot(UUID(entry.data["item"]), entry.seq, moment(entry.at), mine)
