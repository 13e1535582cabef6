"""The only way ballots come in. Forms and the API bring one or a list; the socket process brings whatever has gathered."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection

from apps.accounts.models import Person
from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from apps.common.sql import batch
from apps.deliberation.domain.ballots import SALT_SIZE, canonical_ballot, commitment
from apps.deliberation.domain.sealing import Place, seal
from apps.deliberation.models import Secrecy
from apps.deliberation.services.booth import Booth, Voter, enter, keep, log_of
from apps.deliberation.services.gathering import Gathering
from apps.record.act import Act, By, act

LARGEST = 1000
LOCK = """
SELECT key FROM deliberation_round AS round LEFT JOIN deliberation_roundkey ON round_id = id
WHERE id = $1 FOR NO KEY UPDATE OF round
"""
"""The key of a secret round comes with its lock, and is kept nowhere."""
RECORDED = """
SELECT seat_id, key, item_id, choice, seq, salt, NULL, cast_at FROM deliberation_ballot
WHERE round_id = $1 AND key = ANY($2::uuid[])
"""
INSERT = """
INSERT INTO deliberation_ballot (round_id, cast_at, item_id, seat_id, group_key, choice, key, salt, sealed, seq)
SELECT $1, $2, *
FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::bytea[], $9::bytea[], $10::bigint[])
"""


OTHERS_KEY = Conflict(
    "ballot.key_used", "This vote was not recorded: its key has been used. Send it again with a new one."
)
"""A key with which another person voted from this seat leads to that person's receipt, which is nobody else's."""


@dataclass(frozen=True)
class Cast:
    """A choice that somebody sends: `key` is the sender's own, so that sending again counts once."""

    person: Person
    round: UUID
    item: UUID
    choice: str
    key: UUID
    witnessed: "Witnessed | None" = None


@dataclass(frozen=True)
class Witnessed:
    """How a ballot came in that was not sent by its voter, and who entered it, as the record names them."""

    means: str
    witnesses: tuple[UUID, UUID]

    def to_json(self) -> dict[str, Any]:
        return {"means": self.means, "witnesses": [str(witness) for witness in self.witnesses]}


@dataclass(frozen=True)
class Receipt:
    """What the voter keeps. `salt` opens the voter's own commitment in private rounds; of a secret round a receipt proves that
    the seat has voted and never what, so `choice` is empty."""

    item: UUID
    choice: str
    log: UUID
    seq: int
    leaf_hash: str
    checkpoint: str
    salt: str

    def to_json(self) -> dict[str, Any]:
        return {
            "item": str(self.item),
            "choice": self.choice,
            "log": str(self.log),
            "seq": self.seq,
            "leaf_hash": self.leaf_hash,
            "checkpoint": self.checkpoint,
            "salt": self.salt,
        }


@dataclass(frozen=True)
class _New:
    """A ballot that may be recorded."""

    cast: Cast
    voter: Voter
    choice: str


@dataclass(frozen=True)
class _Row:
    """A recorded ballot, as much of it as a receipt tells."""

    item: UUID
    choice: str
    seq: int
    salt: bytes | None
    sealed: bytes | None = None
    cast_at: datetime | None = None


Earlier = Mapping[tuple[UUID, UUID], _Row]
"""Recorded ballots by seat and key."""


def cast_ballots(casts: Sequence[Cast]) -> list[Receipt | Refusal]:
    """Record ballots; answers in the order sent, each with a receipt or the reason why not.

    Every ballot is checked before the first is written, and a refused one never harms its neighbours. What other threads bring
    at the same moment is recorded with them, unless they belong to a transaction under way.
    """
    if len(casts) > LARGEST:
        raise Invalid("ballots.too_many", f"Send at most {LARGEST} ballots at once.")
    return _record(casts) if connection.in_atomic_block else _gathering.bring(casts)


def _record(casts: Sequence[Cast]) -> list[Receipt | Refusal]:
    """Record them round by round."""
    answers: dict[int, Receipt | Refusal] = {}
    numbered = sorted(enumerate(casts), key=lambda pair: str(pair[1].round))
    for round_id, group in groupby(numbered, key=lambda pair: pair[1].round):
        places, mine = zip(*group, strict=True)
        answers.update(zip(places, _cast_in_round(round_id, list(mine)), strict=True))
    return [answers[place] for place in range(len(casts))]


_gathering = Gathering(_record, LARGEST)


def cast_one(cast: Cast) -> Receipt:
    """Record one ballot, or raise why not."""
    answer = cast_ballots([cast])[0]
    if isinstance(answer, Refusal):
        raise answer
    return answer


def _cast_in_round(round_id: UUID, casts: list[Cast]) -> list[Receipt | Refusal]:
    try:
        return _write(round_id, casts)
    except Refusal as refusal:
        return [refusal for _ in casts]
    except DatabaseError:
        if len(casts) == 1 or connection.in_atomic_block:
            raise
        return [answer for cast in casts for answer in _cast_in_round(round_id, [cast])]


def _write(round_id: UUID, casts: list[Cast]) -> list[Receipt | Refusal]:
    log = log_of(round_id)
    with act(by=By(system="ballots"), log=log) as a:
        with batch() as b:
            locked = b.send(LOCK, [round_id])
            recorded = b.send(RECORDED, [round_id, [cast.key for cast in casts]])
            a.lock(b)
        booth = enter(a, round_id, {cast.person.id: cast.person for cast in casts})
        found = _check_all(booth, casts, {(seat, key): _Row(*row) for seat, key, *row in recorded.rows})
        (key,) = locked.row or (None,)
        added = {id(each): (each, _add(a, booth, each, key)) for each in found if isinstance(each, _New)}
        _insert(a, booth, added.values())
        keep(a, booth)
        a.prepare_proofs()
    rows = [added[id(each)][1] if isinstance(each, _New) else each for each in found]
    return [row if isinstance(row, Refusal) else _receipt(a, log, row) for row in rows]


def _check_all(booth: Booth, casts: list[Cast], earlier: Earlier) -> list[_New | _Row | Refusal]:
    first: dict[tuple[UUID, UUID], _New] = {}
    found = [_check(booth, cast, earlier) for cast in casts]
    for place, each in enumerate(found):
        if isinstance(each, _New):  # the same key twice in one list is one ballot
            found[place] = first.setdefault((each.voter.seat, each.cast.key), each)
    return found


def _check(booth: Booth, cast: Cast, earlier: Earlier) -> _New | _Row | Refusal:
    voter = booth.voters[cast.person.id]
    if voter is None:
        return NotAllowed("seat.none", "You hold no seat in this partnership, so you cannot vote.")
    if not voter.votes:
        return NotAllowed("seat.no_vote", f"{voter.group_name} advises and has no vote.")
    known = earlier.get((voter.seat, cast.key))
    if known is not None:
        return known if known.cast_at is None or known.cast_at >= voter.since else OTHERS_KEY
    if not booth.is_open or (booth.closes_at and clock.now() >= booth.closes_at):
        return Conflict("round.not_open", "This round is not open. Your vote was not recorded.")
    if cast.item not in booth.answered:
        return NotFound("item.unknown", "This round does not vote on that.")
    if voter.seat in booth.excused.get(cast.item, ()):
        return NotAllowed("seat.excused", "This seat has left the vote on this question, after declaring an interest.")
    choice = booth.choice(cast.choice)
    return choice if isinstance(choice, Refusal) else _New(cast, voter, choice)


def _add(a: Act, booth: Booth, new: _New, key: bytes | None) -> _Row:
    item, version = str(new.cast.item), booth.answered[new.cast.item]
    data: dict[str, Any] = {"item": item, "group": new.voter.group, "version": version}
    if new.cast.witnessed is not None:
        data |= new.cast.witnessed.to_json()
    seat, salt = str(new.voter.seat), None
    if booth.secrecy == Secrecy.BLIND:
        salt = secrets.token_bytes(SALT_SIZE)
        raw = canonical_ballot(round=str(booth.round), item=item, seat=seat, version=version, choice=new.choice)
        data["commitment"] = commitment(salt, raw)
    elif booth.secrecy == Secrecy.OPEN:
        data["choice"] = new.choice
    entry = a.add("ballot.cast", data, on={"round": booth.round}, by=new.voter.by)
    if booth.secrecy == Secrecy.SECRET:
        assert key is not None  # a round that takes ballots has the key it was opened with
        place = Place(str(booth.round), item, seat, entry.seq)
        return _Row(new.cast.item, "", entry.seq, None, seal(key, new.choice, place, booth.room))
    return _Row(new.cast.item, new.choice, entry.seq, salt)


def _insert(a: Act, booth: Booth, added: Collection[tuple[_New, _Row]]) -> None:
    """Write all ballots in one statement, which travels with their entries."""
    if not added:
        return
    columns = [
        (row.item, new.voter.seat, new.voter.group, row.choice, new.cast.key, row.salt, row.sealed, row.seq)
        for new, row in added
    ]
    a.send(INSERT, [booth.round, a.at, *(list(column) for column in zip(*columns, strict=True))])


def _receipt(a: Act, log: UUID, row: _Row) -> Receipt:
    leaf, checkpoint = a.proof_of(row.seq)
    return Receipt(row.item, row.choice, log, row.seq, leaf, checkpoint, row.salt.hex() if row.salt else "")
