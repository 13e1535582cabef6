"""What the ballots of a round are checked against. It is kept between batches and read anew when the record has moved on.

Whatever changes a round, a seat or who holds it is an act in the partnership's log, and ballots are checked while that log's head
is locked. So what was read at one size of the log holds at a later one if nothing but ballots has come in between.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.common.errors import NotFound, Refusal
from apps.consensus import Rule, parse_rule, valid_choice
from apps.deliberation.domain.sealing import room_for
from apps.deliberation.leaving import excused
from apps.deliberation.models import Round, RoundState
from apps.deliberation.rules import can_vote
from apps.deliberation.types import AROUND
from apps.partnerships.actors import pseudonym
from apps.partnerships.models import Holding, Partnership
from apps.partnerships.selectors import holders, pseudonyms
from apps.record.act import Act, By
from apps.record.selectors import only_of_types

KEPT = 100
"""Rounds remembered by a process."""
HARMLESS = ("ballot.cast", *AROUND)
"""What changes nothing that ballots are checked against."""
CHOICES = 1000
"""Spellings of choices remembered for a round."""


@dataclass(frozen=True)
class Voter:
    """Somebody who holds a seat: who it is in the record, whether the seat votes, and since when this person has held it."""

    seat: UUID
    group: str
    group_name: str
    votes: bool
    by: By
    since: datetime


@dataclass(frozen=True)
class Booth:
    """A round as its ballots meet it, at one size of the log. `answered`: what a ballot on an item answers; `excused`: seats
    that left the vote on it; `voters`: those looked up so far, None for who holds no seat; `room`: how long a sealed choice is.
    """

    round: UUID
    partnership: Partnership
    size: int
    is_open: bool
    closes_at: datetime | None
    secrecy: str
    answered: Mapping[UUID, str]
    rule: Rule
    room: int
    excused: Mapping[UUID, Collection[UUID]]
    voters: Mapping[UUID, Voter | None]
    _choices: dict[str, str | Refusal] = field(default_factory=dict)

    def choice(self, text: str) -> str | Refusal:
        """The canonical form of a choice, or why the rule knows no such choice."""
        found = self._choices.get(text)
        if found is None:
            try:
                found = valid_choice(self.rule, text)
            except Refusal as refusal:
                found = refusal
            if len(self._choices) < CHOICES:
                self._choices[text] = found
        return found


_kept: OrderedDict[UUID, Booth] = OrderedDict()
_changing = Lock()


def log_of(round: UUID) -> UUID:
    """The log in which a round stands; never changes."""
    kept = _kept.get(round)
    if kept is not None:
        return kept.partnership.log_id
    log = Round.objects.values_list("framework__partnership__log_id", flat=True).filter(id=round).first()
    if log is None:
        raise NotFound("round.unknown", "There is no such round.")
    return log


def enter(a: Act, round: UUID, people: Mapping[UUID, Person]) -> Booth:
    """What ballots of these people meet in a round. It and its log are locked by now."""
    kept = _kept.get(round)
    if kept is None or not (kept.size == a.size or only_of_types(a.log_id, kept.size, HARMLESS)):
        kept = _read(round)
    missing = people.keys() - kept.voters.keys()
    if missing:
        kept = replace(kept, voters={**kept.voters, **_voters(kept.partnership, [people[id] for id in missing])})
    return kept


def keep(a: Act, booth: Booth) -> None:
    """Once the act has committed, remember the booth at the size the log then has. To be called after the last entry."""
    now = replace(booth, size=a.size_then)
    transaction.on_commit(lambda: _keep(now))


def _keep(booth: Booth) -> None:
    with _changing:
        _kept[booth.round] = booth
        _kept.move_to_end(booth.round)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)


def _read(id: UUID) -> Booth:
    round = Round.objects.select_related("rule", "framework__partnership").get(id=id)
    rule = parse_rule(round.rule.document)
    return Booth(
        round=id,
        partnership=round.framework.partnership,
        size=0,
        is_open=round.state == RoundState.OPEN and round.paused_at is None,
        closes_at=round.closes_at,
        secrecy=round.secrecy,
        answered={item.id: str(item.answered_id) for item in round.items.all()},
        rule=rule,
        room=room_for(rule),
        excused=excused(round),
        voters={},
    )


def _voters(partnership: Partnership, people: Collection[Person]) -> dict[UUID, Voter | None]:
    held = holders(partnership).filter(person__in=people).select_related("seat__group")
    holdings = {holding.person_id: holding for holding in held}
    names = pseudonyms(partnership, holdings)
    return {person.id: _voter(partnership, person, holdings.get(person.id), names) for person in people}


def _voter(partnership: Partnership, person: Person, held: Holding | None, names: Mapping[UUID, UUID]) -> Voter | None:
    if held is None:
        return None
    seat = held.seat
    by = By(seat=seat.id, person=names.get(person.id) or pseudonym(partnership.log_id, person))
    return Voter(seat.id, seat.group.key, seat.group.name, can_vote(seat), by, held.since)
