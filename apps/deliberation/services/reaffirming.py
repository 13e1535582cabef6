"""Voting again as one voted before: a ballot stays with its version; the same choice on a newer one is a new ballot."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from apps.accounts.models import Person
from apps.common.errors import Conflict, Refusal
from apps.deliberation.models import Ballot, Round, RoundItem
from apps.deliberation.rules import require_voter
from apps.deliberation.services.ballots import Cast, Receipt, cast_ballots
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import held_then


@dataclass(frozen=True)
class Earlier:
    """What somebody chose on the version of a proposal that an earlier round voted on under the same rule."""

    choice: str
    number: int


def earlier_choices(actor: Actor, round: Round) -> Mapping[UUID, Earlier]:
    """By line of a round, this actor's newest choice on the same proposal in earlier rounds under its rule: not what was chosen
    from the seat before this person held it."""
    if actor.seat is None or actor.person is None:
        return {}
    lines = {item.proposal_id: item.id for item in RoundItem.objects.filter(round=round, proposal__isnull=False)}
    cast = Ballot.objects.filter(seat=actor.seat, item__proposal__in=lines, round__rule__hash=round.rule.hash)
    before = (
        cast.filter(held_then(actor.person, "cast_at"))
        .exclude(round=round)
        .select_related("item__version")
        .order_by("seq")
    )
    return {
        lines[ballot.item.proposal_id]: Earlier(ballot.choice, ballot.item.version.number)
        for ballot in before
        if ballot.item.proposal_id is not None and ballot.item.version is not None and ballot.choice
    }


def reaffirm(
    *, by: Actor, person: Person, round: Round, items: Collection[UUID] | None = None
) -> list[Receipt | Refusal]:
    """Choose on every line what one chose on an earlier version of its proposal: one step, a new ballot for each.

    `items`: on these lines only. Pressing twice counts once: the key of each ballot follows from round, line and seat.
    """
    seat, before = require_voter(by), earlier_choices(by, round)
    found = {item: one for item, one in before.items() if items is None or item in items}
    if not found:
        raise Conflict("ballot.none_before", "You have not voted on these proposals under this rule before.")
    return cast_ballots(
        [Cast(person, round.id, item, one.choice, uuid5(round.id, f"{item}:{seat.id}")) for item, one in found.items()]
    )
