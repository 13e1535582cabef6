"""The sealed ballots of secret rounds: opened for their own voters and for the count, then deleted together with their key."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from apps.common.errors import Conflict
from apps.common.sql import run
from apps.consensus import Row, Rule
from apps.deliberation.domain.sealing import Place, open_sealed, room_for, seal
from apps.deliberation.domain.secret import multiset, secret_rows
from apps.deliberation.models import Ballot, PaperBallot, Round, RoundKey, RoundState
from apps.record import selectors as record

LATEST = """
SELECT DISTINCT ON (item_id, seat_id) item_id::text, group_key, seat_id::text, seq, sealed
FROM deliberation_ballot WHERE round_id = $1 ORDER BY item_id, seat_id, seq DESC
"""


def choices_in(ballots: Collection[Ballot]) -> Mapping[int, str]:
    """What stands on each of these ballots, by its id. Sealed ones are opened: only for whoever cast them, or to check them."""
    sealed = {ballot.round_id for ballot in ballots if ballot.sealed is not None}
    keys = {id: bytes(key) for id, key in RoundKey.objects.filter(round__in=sealed).values_list("round", "key")}
    return {ballot.id: _choice(ballot, keys) for ballot in ballots}


def seal_paper(paper: PaperBallot, rule: Rule, choice: str) -> None:
    """Put what a witness has read onto a paper that waits; in a secret round sealed."""
    key = RoundKey.objects.filter(round=paper.round_id).values_list("key", flat=True).first()
    if key is None:
        paper.choice = choice
    else:
        paper.sealed = seal(bytes(key), choice, _waiting(paper), room_for(rule))


def stands_on(paper: PaperBallot) -> str:
    """What stands on a paper that waits."""
    if paper.sealed is None:
        return paper.choice
    return open_sealed(bytes(RoundKey.objects.get(round=paper.round_id).key), bytes(paper.sealed), _waiting(paper))


def secret_votes(round: Round) -> list[Row]:
    """What is counted of a secret round: who chose alike as one row. Of a counted one as its entry tells, else its ballots."""
    if round.state == RoundState.TALLIED:
        return secret_rows(_recorded(round))
    key = RoundKey.objects.filter(round=round).values_list("key", flat=True).first()
    if key is None:
        return []
    return secret_rows(multiset(_opened(str(round.id), bytes(key), row) for row in run(LATEST, [round.id])))


def forget(round: Round) -> None:
    """Delete key and ballots of a secret round. Its count has to be written before: the database refuses it otherwise."""
    run("DELETE FROM deliberation_roundkey WHERE round_id = $1", [round.id])
    run("DELETE FROM deliberation_ballot WHERE round_id = $1", [round.id])


def _waiting(paper: PaperBallot) -> Place:
    """Where a sealed paper belongs: no ballot has this place, because no entry has this number."""
    return Place(str(paper.round_id), str(paper.item_id), str(paper.seat_id), -1)


def _choice(ballot: Ballot, keys: Mapping[UUID, bytes]) -> str:
    if ballot.sealed is None:
        return ballot.choice
    if ballot.round_id not in keys:
        raise Conflict("ballot.no_key", f"The key that opens the ballot of entry {ballot.seq} is gone.")
    place = Place(str(ballot.round_id), str(ballot.item_id), str(ballot.seat_id), ballot.seq)
    return open_sealed(keys[ballot.round_id], bytes(ballot.sealed), place)


def _opened(round: str, key: bytes, row: tuple[Any, ...]) -> Row:
    item, group, seat, seq, sealed = row
    return Row(item, group, seat, open_sealed(key, bytes(sealed or b""), Place(round, item, seat, seq)))


def _recorded(round: Round) -> object:
    counted = round.items.values_list("tallied_seq", flat=True).first()
    return record.entry(round.framework.partnership.log_id, counted or 0).data.get("multiset")
