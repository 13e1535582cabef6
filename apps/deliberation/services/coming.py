"""Saying beforehand whether one comes to a round, or sends apologies; and writing it down for a seat that said so otherwise."""

from uuid import UUID

from apps.common.errors import Conflict, Invalid
from apps.deliberation.domain.coming import ANSWERS, when_asked
from apps.deliberation.models import Round, Voice
from apps.deliberation.services.floor import count_change, seated, voice_of
from apps.deliberation.services.rounds import lock_round
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.record.act import act


def say_whether_coming(*, by: Actor, round: Round, answer: str, seat: UUID | None = None) -> Voice:
    """Say with one's seat that one comes, that one sends apologies, or that neither is said any more. Whoever has a seat may, also
    where the group only advises. Saying the same twice is saying it once.

    `seat`: the convenor writes down what another seat has said, by telephone perhaps; the entry says that it was written down.
    """
    own = by.require_seat() if seat is None else by.seat
    noted = seat is not None and (own is None or seat != own.id)
    if noted:
        require_convenor(by)
    if answer not in ANSWERS:
        raise Invalid("coming.answer", f"Say one of {', '.join(ANSWERS)}.", {"answer": "unknown"})
    with act(by=by.by, log=by.log) as a:
        round = _lock_asked(round)
        voice = voice_of(round, seated(by, seat) if seat is not None and noted else by.require_seat())
        if voice.coming == answer and (noted or not voice.coming_noted):
            return voice
        if not noted:
            count_change(a, voice)
        data = {"group": voice.seat.group.key, "answer": answer, "noted": noted}
        entry = a.add("coming.said", data, on={"round": round.id, "seat": voice.seat_id}, because=voice.coming_seq)
        voice.coming, voice.coming_seq, voice.coming_noted = answer, entry.seq, noted
        voice.save()
    return voice


def _lock_asked(round: Round) -> Round:
    found = lock_round(round.id)
    when = when_asked(found.state, found.papers_sent.exists())
    if when == "late":
        raise Conflict("coming.late", "This round has closed: who comes is said before.")
    if when == "early":
        raise Conflict(
            "coming.early", "This round has not been announced and its papers have not gone out: say it once they have."
        )
    return found
