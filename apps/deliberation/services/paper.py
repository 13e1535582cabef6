"""Ballots on paper and by show of hands: two witnesses enter the same choice, each by themselves; then it is cast for the seat."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from apps.common.errors import Conflict, NotAllowed, NotFound
from apps.consensus import Rule, parse_rule, valid_choice
from apps.deliberation.models import Means, PaperBallot, Round, RoundState
from apps.deliberation.rules import can_vote
from apps.deliberation.sealed import seal_paper, stands_on
from apps.deliberation.services.ballots import Cast, Receipt, Witnessed, cast_one
from apps.deliberation.services.rounds import lock_round
from apps.partnerships.actors import Actor
from apps.partnerships.models import Holding
from apps.partnerships.rules import require_member
from apps.partnerships.selectors import holders, seat_in
from apps.record.act import act


@dataclass(frozen=True)
class Entered:
    """What became of an entry: it waits for a second witness, or it was the second and the ballot is cast."""

    waiting: PaperBallot | None = None
    receipt: Receipt | None = None


def enter_on_paper(
    *, by: Actor, round: Round, item: UUID, seat: UUID, choice: str, means: str = Means.PAPER
) -> Entered:
    """Enter what stands on a seat's paper. The first entry waits; a second witness who enters the same casts it.

    Raises `Conflict` (paper.differs) where the two entries are not the same: then both look at the paper again.
    """
    require_member(by)
    holding = _holding(by, seat)
    rule = parse_rule(round.rule.document)
    choice = valid_choice(rule, choice)
    waiting = PaperBallot.objects.filter(item=item, seat=seat).first()
    if waiting is None:
        return Entered(waiting=_first(by, round, item, holding, rule, choice, Means(means)))
    return Entered(receipt=_second(by, waiting, holding, choice))


def discard_paper(*, by: Actor, ballot: PaperBallot) -> None:
    """Take an entry back that waits for its second witness: whoever made it, or the convenor."""
    if not by.is_convenor and ballot.entered_by != by.by.person:
        raise NotAllowed("paper.not_yours", "Only who entered it, or the convenor, can take this back.")
    with act(by=by.by, log=by.log) as a:
        ballot.delete()
        a.add("paper.discarded", {"item": str(ballot.item_id), "group": ballot.seat.group.key}, on=_on(ballot.round_id))


def _first(by: Actor, round: Round, item: UUID, holding: Holding, rule: Rule, choice: str, means: Means) -> PaperBallot:
    with act(by=by.by, log=by.log) as a:
        round = lock_round(round.id)
        if round.state != RoundState.OPEN or round.paused_at is not None:
            raise Conflict("round.not_open", "This round is not open. The paper was not entered.")
        if not round.items.filter(id=item).exists():
            raise NotFound("item.unknown", "This round does not vote on that.")
        group = holding.seat.group.key
        made = PaperBallot(
            id=uuid4(),
            round=round,
            item_id=item,
            seat=holding.seat,
            means=means,
            entered_by=_witness(by),
            entered_at=a.at,
        )
        seal_paper(made, rule, choice)
        made.save(force_insert=True)
        a.add("paper.entered", {"item": str(item), "group": group, "means": means.value}, on=_on(round.id))
    return made


def _second(by: Actor, waiting: PaperBallot, holding: Holding, choice: str) -> Receipt:
    first, second = waiting.entered_by, _witness(by)
    if first == second:
        raise Conflict("paper.same_witness", "You entered this already. A second witness enters it once more.")
    if stands_on(waiting) != choice:
        raise Conflict(
            "paper.differs", "The two entries are not the same. Look at the paper together; nothing was recorded."
        )
    cast = Cast(
        person=holding.person,
        round=waiting.round_id,
        item=waiting.item_id,
        choice=choice,
        key=waiting.id,
        witnessed=Witnessed(waiting.means, (first, second)),
    )
    with transaction.atomic():
        waiting.delete()
        return cast_one(cast)


def _holding(by: Actor, seat: UUID) -> Holding:
    """Who holds the seat whose paper it is: somebody with a vote, and not the witness."""
    found = seat_in(by.partnership, seat)
    holding = holders(by.partnership).select_related("seat__group", "person").filter(seat=found).first()
    if holding is None:
        raise Conflict("seat.vacant", "Nobody holds this seat now, so nobody can have voted for it.")
    if not can_vote(holding.seat):
        raise NotAllowed("seat.no_vote", f"{holding.seat.group.name} advises and has no vote.")
    if holding.person == by.person:
        raise Conflict("paper.own", "This is your own seat: vote on the page, or let two others enter your paper.")
    return holding


def _witness(by: Actor) -> UUID:
    """The witness, as the log names people."""
    name = by.by.person
    assert name is not None  # an actor who acts is somebody
    return name


def _on(round: UUID) -> dict[str, UUID]:
    return {"round": round}
