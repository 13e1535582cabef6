"""A voter's own ballots: shown to nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.deliberation.models import Ballot, Round, RoundState, Secrecy
from apps.deliberation.sealed import choices_in
from apps.partnerships.actors import Actor
from apps.record import selectors as record
from apps.record.domain.entry import moment


@dataclass(frozen=True)
class OwnBallot:
    """A voter's own ballot: what was chosen, as long as anything still knows it; `salt` opens the commitment of a private one."""

    item_id: UUID
    seq: int
    cast_at: datetime
    choice: str = ""
    salt: str = ""


def own_ballots(viewer: Actor, round: Round) -> dict[UUID, OwnBallot]:
    """A viewer's own newest ballot on each item. Of a secret round that was counted the record knows only that there was one."""
    if viewer.seat is None:
        return {}
    if round.secrecy == Secrecy.SECRET and round.state == RoundState.TALLIED:
        cast = record.entries(viewer.log, types=["ballot.cast"], subject=round.id, by=[viewer.seat.id])
        told = [OwnBallot(UUID(entry.data["item"]), entry.seq, moment(entry.at)) for entry in cast]
    else:
        mine = list(Ballot.objects.filter(item__round=round, seat=viewer.seat).order_by("seq"))
        choices = choices_in(mine)
        told = [_own(ballot, choices) for ballot in mine]
    return {ballot.item_id: ballot for ballot in told}


def own_ballot_at(viewer: Actor, seq: int) -> OwnBallot | None:
    """A viewer's own ballot by the number of its entry; none where only its entry is left."""
    if viewer.seat is None:
        return None
    mine = list(Ballot.objects.filter(seat=viewer.seat, seq=seq, round__framework__partnership=viewer.partnership))
    return _own(mine[0], choices_in(mine)) if mine else None


def _own(ballot: Ballot, choices: Mapping[int, str]) -> OwnBallot:
    salt = bytes(ballot.salt).hex() if ballot.salt else ""
    return OwnBallot(ballot.item_id, ballot.seq, ballot.cast_at, choices[ballot.id], salt)
