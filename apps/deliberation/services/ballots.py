"""The only way ballots come in. Forms and the API bring one or a list; the socket process brings whatever has gathered."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection

from apps.accounts.models import Person
from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from apps.consensus import Rule, parse_rule, valid_choice
from apps.deliberation.domain.ballots import SALT_SIZE, canonical_ballot, commitment
from apps.deliberation.models import Ballot, Round, RoundItem, RoundState, Secrecy
from apps.deliberation.rules import can_vote
from apps.partnerships.actors import pseudonym
from apps.partnerships.models import Holding
from apps.partnerships.selectors import pseudonyms
from apps.record.act import Act, By, act

LARGEST = 1000


@dataclass(frozen=True)
class Cast:
    """A choice that somebody sends: `key` is the sender's own, so that sending again counts once."""

    person: Person
    round: UUID
    item: UUID
    choice: str
    key: UUID


@dataclass(frozen=True)
class Receipt:
    """What the voter keeps. `salt` opens the voter's own commitment in private rounds."""

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
class _Checked:
    """A cast that may be written."""

    cast: Cast
    item: RoundItem
    holding: Holding
    choice: str
    by: By


@dataclass(frozen=True)
class _Table:
    """What ballots of one round are checked against."""

    holdings: Mapping[UUID, Holding]
    items: Mapping[UUID, RoundItem]
    earlier: Mapping[tuple[UUID, UUID], Ballot]
    names: Mapping[UUID, UUID]
    rule: Rule


def cast_ballots(casts: Sequence[Cast]) -> list[Receipt | Refusal]:
    """Record ballots; answers in the order sent, each with a receipt or the reason why not.

    Every ballot is checked before the first is written, and a refused one never harms its neighbours.
    """
    if len(casts) > LARGEST:
        raise Invalid("ballots.too_many", f"Send at most {LARGEST} ballots at once.")
    answers: dict[int, Receipt | Refusal] = {}
    numbered = sorted(enumerate(casts), key=lambda pair: str(pair[1].round))
    for round_id, group in groupby(numbered, key=lambda pair: pair[1].round):
        places, mine = zip(*group, strict=True)
        answers.update(zip(places, _cast_in_round(round_id, list(mine)), strict=True))
    return [answers[place] for place in range(len(casts))]


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
    log = _log_of(round_id)
    with act(by=By(system="ballots"), log=log) as a:
        round = (
            Round.objects.select_for_update(of=("self",), no_key=True)
            .select_related("rule", "framework__partnership")
            .get(id=round_id)
        )
        checked = _check_all(round, casts)
        new = {id(found): found for found in checked if isinstance(found, _Checked)}
        rows = {key: _add(a, round, found) for key, found in new.items()}
        Ballot.objects.bulk_create(rows.values())
        _ = a.at  # the log's head is locked and known even if nothing new came in
    return [found if isinstance(found, Refusal) else _receipt(a, log, found) for found in _written(checked, rows)]


def _written(checked: "list[_Checked | Ballot | Refusal]", rows: Mapping[int, Ballot]) -> Iterator[Ballot | Refusal]:
    for found in checked:
        yield rows[id(found)] if isinstance(found, _Checked) else found


def _log_of(round_id: UUID) -> UUID:
    log = Round.objects.values_list("framework__partnership__log_id", flat=True).filter(id=round_id).first()
    if log is None:
        raise NotFound("round.unknown", "There is no such round.")
    return log


def _check_all(round: Round, casts: list[Cast]) -> "list[_Checked | Ballot | Refusal]":
    people = {cast.person.id for cast in casts}
    held = Holding.objects.select_related("seat__group").filter(
        partnership=round.framework.partnership_id, person__in=people, until=None
    )
    table = _Table(
        holdings={holding.person_id: holding for holding in held},
        items={item.id: item for item in round.items.all()},
        earlier=_earlier(round, casts),
        names=pseudonyms(round.framework.partnership, people),
        rule=parse_rule(round.rule.document),
    )
    first: dict[tuple[UUID, UUID], _Checked] = {}
    found = [_check(round, cast, table) for cast in casts]
    for place, each in enumerate(found):
        if isinstance(each, _Checked):  # the same key twice in one list is one ballot
            found[place] = first.setdefault((each.holding.seat_id, each.cast.key), each)
    return found


def _earlier(round: Round, casts: list[Cast]) -> dict[tuple[UUID, UUID], Ballot]:
    keys = [cast.key for cast in casts]
    return {(ballot.seat_id, ballot.key): ballot for ballot in Ballot.objects.filter(round=round, key__in=keys)}


def _check(round: Round, cast: Cast, table: _Table) -> "_Checked | Ballot | Refusal":
    holding, item = table.holdings.get(cast.person.id), table.items.get(cast.item)
    if holding is None:
        return NotAllowed("seat.none", "You hold no seat in this partnership, so you cannot vote.")
    if not can_vote(holding.seat):
        return NotAllowed("seat.no_vote", f"{holding.seat.group.name} advises and has no vote.")
    known = table.earlier.get((holding.seat_id, cast.key))
    if known is not None:
        return known
    if round.state != RoundState.OPEN or (round.closes_at and clock.now() >= round.closes_at):
        return Conflict("round.not_open", "This round is not open. Your vote was not recorded.")
    if item is None:
        return NotFound("item.unknown", "This round does not vote on that.")
    try:
        choice = valid_choice(table.rule, cast.choice)
    except Refusal as refusal:
        return refusal
    name = table.names.get(cast.person.id) or pseudonym(round.framework.partnership.log_id, cast.person)
    by = By(seat=holding.seat_id, person=name)
    return _Checked(cast, item, holding, choice, by)


def _add(a: Act, round: Round, found: _Checked) -> Ballot:
    seat, item = found.holding.seat, found.item
    salt = secrets.token_bytes(SALT_SIZE) if round.secrecy == Secrecy.BLIND else None
    data: dict[str, Any] = {"item": str(item.id), "group": seat.group.key, "version": str(item.answered_id)}
    if salt is None:
        data["choice"] = found.choice
    else:
        raw = canonical_ballot(
            round=str(round.id),
            item=str(item.id),
            seat=str(seat.id),
            version=str(item.answered_id),
            choice=found.choice,
        )
        data["commitment"] = commitment(salt, raw)
    entry = a.add("ballot.cast", data, on={"round": round.id}, by=found.by)
    return Ballot(
        round=round,
        item=item,
        seat=seat,
        group_key=seat.group.key,
        choice=found.choice,
        key=found.cast.key,
        salt=salt,
        seq=entry.seq,
        cast_at=a.at,
    )


def _receipt(a: Act, log: UUID, ballot: Ballot) -> Receipt:
    salt = bytes(ballot.salt).hex() if ballot.salt else ""
    leaf, checkpoint = a.proof_of(ballot.seq)
    return Receipt(ballot.item_id, ballot.choice, log, ballot.seq, leaf, checkpoint, salt)
