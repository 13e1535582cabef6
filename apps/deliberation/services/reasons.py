"""Saying why one votes as one does. The words are shown after the count, without seat or name."""

from uuid import UUID

from apps.common import clock
from apps.common.errors import Conflict, NotFound
from apps.common.texts import clean_text
from apps.deliberation.models import Ballot, Round, RoundReason, RoundState
from apps.deliberation.rules import require_voter
from apps.deliberation.services.rounds import lock_round
from apps.partnerships.actors import Actor
from apps.record.act import act
from apps.record.erasing import discard

LENGTH = 500


def clean_reason(words: str) -> str:
    """The words of a reason as they are kept. Raises `Invalid` where they are too long."""
    return clean_text("reason", words, LENGTH, required=False)


def give_reason(*, by: Actor, round: Round, item: UUID, words: str) -> str:
    """Say why, or say it anew, as long as one can vote; empty words take it back. Returns what is kept.

    No entry tells that a reason was given: where one person in a group gives one, that alone would tell whose it is. The count
    records the words, by nobody.
    """
    seat = require_voter(by)
    body = clean_reason(words)
    with act(by=by.by, log=by.log) as a:
        found = lock_round(round.id)
        if found.state != RoundState.OPEN or found.paused_at or (found.closes_at and clock.now() >= found.closes_at):
            raise Conflict("round.not_open", "This round is not open. Your reason was not kept.")
        if not found.items.filter(id=item).exists():
            raise NotFound("item.unknown", "This round does not vote on that.")
        if not Ballot.objects.filter(item=item, seat=seat).exists():
            raise Conflict("reason.no_vote", "Vote first, then say why.")
        earlier = RoundReason.objects.select_related("words").filter(item=item, seat=seat).first()
        if earlier is not None and earlier.words.body != body:
            earlier.delete()
            discard(earlier.words)
        if body and (earlier is None or earlier.words.body != body):
            text, _ = a.text(body, "ballot.reason")
            RoundReason.objects.create(item_id=item, seat=seat, words=text)
    return body
