"""Around a meeting: interests declared before the vote and the ruling on them, and corrections of a decision note."""

from uuid import UUID

from apps.common.errors import Conflict, NotFound
from apps.common.texts import clean_text
from apps.deliberation.models import Interest, NoteCorrection, Round, RoundState
from apps.deliberation.rules import require_voter
from apps.deliberation.services.rounds import lock_round
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.record.act import act

LONGEST = 2000


def declare_interest(*, by: Actor, round: Round, item: UUID, reason: str) -> Interest:
    """Say, before the vote, that one's own interest is touched by an item. Everybody sees it; one goes on speaking and voting
    unless the convenor rules otherwise."""
    seat = require_voter(by)
    words = clean_text("reason", reason, LONGEST)
    with act(by=by.by, log=by.log) as a:
        round = lock_round(round.id)
        _require_before_vote(round)
        found = round.items.filter(id=item).first()
        if found is None:
            raise NotFound("item.unknown", "This round does not vote on that.")
        if found.interests.filter(seat=seat).exists():
            raise Conflict("interest.declared", "This seat has declared an interest here already.")
        text, reference = a.text(words, "round.interest")
        data = {"item": str(item), "group": seat.group.key, "reason": reference}
        entry = a.add("interest.declared", data, on={"round": round.id})
        return Interest.objects.create(item=found, seat=seat, words=text, seq=entry.seq)


def rule_on_interest(*, by: Actor, interest: Interest, leaves: bool, reason: str) -> Interest:
    """Rule, before the vote, whether a seat with a declared interest leaves the vote on that item, and why."""
    require_convenor(by)
    words = clean_text("reason", reason, LONGEST)
    with act(by=by.by, log=by.log) as a:
        round = lock_round(interest.item.round_id)
        _require_before_vote(round)
        interest.ruling, reference = a.text(words, "round.ruling")
        data = {"item": str(interest.item_id), "group": interest.seat.group.key, "leaves": leaves, "reason": reference}
        entry = a.add("interest.ruled", data, on={"round": round.id, "seat": interest.seat_id}, because=interest.seq)
        interest.leaves, interest.ruled_seq = leaves, entry.seq
        interest.save(update_fields=["leaves", "ruling", "ruled_seq"])
    return interest


def correct_note(*, by: Actor, round: Round, words: str) -> NoteCorrection:
    """Correct a decision note in the open: what it says by itself stays, the correction stands beside it."""
    require_convenor(by)
    body = clean_text("words", words, LONGEST)
    if round.state != RoundState.TALLIED:
        raise Conflict("round.not_tallied", "There is no decision note before the votes have been counted.")
    with act(by=by.by, log=by.log) as a:
        text, reference = a.text(body, "note.correction")
        entry = a.add("note.corrected", {"correction": reference}, on={"round": round.id})
        return NoteCorrection.objects.create(round=round, words=text, seq=entry.seq, at=a.at)


def _require_before_vote(round: Round) -> None:
    if round.opened_seq is not None:
        raise Conflict("round.opened", "The vote has begun: interests are declared and ruled on before.")
