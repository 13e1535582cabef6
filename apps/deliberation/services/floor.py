"""The floor of a live round: hands go up and down, the convenor gives the floor, a turn ends, seats say that they are ready.

Every one of these is an act like any other: a restart loses no hand, and who was heard stands in the record.
"""

from datetime import timedelta
from uuid import UUID

from apps.common.errors import Conflict, Invalid, NotAllowed, TooMany
from apps.deliberation.models import Round, RoundState, Voice
from apps.deliberation.rules import require_state, require_voter
from apps.deliberation.services.rounds import lock_round
from apps.deliberation.speaking import UNDER_WAY, end_turn_of, floor_of, speaker_of
from apps.partnerships.actors import Actor
from apps.partnerships.models import Seat
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import holders, seat_in
from apps.record.act import Act, act

SHORTEST, LONGEST = 10, 3600
"""Seconds for which the floor can be given."""
CHANGES_AT_MOST, WINDOW = 20, timedelta(minutes=10)
"""How often a seat may raise its hand or change whether it is ready: so that nobody fills the record."""


def raise_hand(*, by: Actor, round: Round) -> Voice:
    """Ask for the floor with one's seat; whoever has a seat may speak, also where the group only advises. Raising twice is
    raising once."""
    seat = by.require_seat()
    with act(by=by.by, log=by.log) as a:
        voice = voice_of(_lock_under_way(round), seat)
        if voice.since is not None:
            raise Conflict("floor.yours", "You have the floor. Raise your hand again afterwards.")
        if voice.raised_seq is None:
            count_change(a, voice)
            entry = a.add("hand.raised", {"group": seat.group.key}, on={"round": round.id})
            voice.raised_at, voice.raised_seq = a.at, entry.seq
            voice.save()
    return voice


def lower_hand(*, by: Actor, round: Round) -> Voice:
    """Take one's hand down again; where it is down, nothing happens."""
    seat = by.require_seat()
    with act(by=by.by, log=by.log) as a:
        voice = voice_of(_lock_under_way(round), seat)
        if voice.raised_seq is not None:
            a.add("hand.lowered", {"group": seat.group.key}, on={"round": round.id}, because=voice.raised_seq)
            voice.raised_at = voice.raised_seq = None
            voice.save()
    return voice


def give_floor(*, by: Actor, round: Round, seat: UUID | None = None, seconds: int | None = None) -> Voice:
    """Call the next in order, or a seat of one's choice, which need not have raised its hand; who speaks until then has ended.

    `seconds`: how long the turn is meant to last; nothing cuts it off. Calling who speaks already changes nothing.
    """
    require_convenor(by)
    if seconds is not None and not SHORTEST <= seconds <= LONGEST:
        sentence = f"A turn lasts {SHORTEST} to {LONGEST} seconds, or as long as it takes."
        raise Invalid("floor.seconds", sentence, {"seconds": sentence})
    with act(by=by.by, log=by.log) as a:
        round = _lock_under_way(round)
        if round.paused_at is not None:
            raise Conflict("round.paused", "The round is paused: go on with it first.")
        following = next((one.seat for one in floor_of(round).waiting), None)
        if seat is None and following is None:
            raise Conflict("floor.nobody_waits", "Nobody has raised a hand.")
        called = seated(by, seat or following)
        speaker = speaker_of(round)
        if speaker is not None and speaker.seat_id == called.id:
            return speaker
        if speaker is not None:
            end_turn_of(a, speaker)
        return _give(a, voice_of(round, called), seconds, chosen=called.id != following)


def end_turn(*, by: Actor, round: Round) -> Voice:
    """End the turn under way: the convenor, or whoever speaks."""
    own = None if by.is_convenor else by.require_seat()
    with act(by=by.by, log=by.log) as a:
        speaker = speaker_of(_lock_under_way(round))
        if speaker is None:
            raise Conflict("floor.nobody_speaks", "Nobody has the floor.")
        if own is not None and own.id != speaker.seat_id:
            raise NotAllowed("floor.not_yours", "Only the convenor, or whoever speaks, ends a turn.")
        end_turn_of(a, speaker)
    return speaker


def say_ready(*, by: Actor, round: Round, ready: bool = True) -> Voice:
    """Say with a voting seat that one is ready to leave the phase a round is in, or that one is not yet."""
    seat = require_voter(by)
    with act(by=by.by, log=by.log) as a:
        round = lock_round(round.id)
        require_state(
            round, RoundState.TALKING, "Whether you are ready is asked while a round is talked about, before its vote."
        )
        voice = voice_of(round, seat)
        if voice.ready != ready:
            count_change(a, voice)
            data = {"group": seat.group.key, "phase": round.phase, "ready": ready}
            a.add("ready.said", data, on={"round": round.id})
            voice.ready = ready
            voice.save()
    return voice


def _give(a: Act, voice: Voice, seconds: int | None, *, chosen: bool) -> Voice:
    voice.since = a.at
    voice.until = None if seconds is None else a.at + timedelta(seconds=seconds)
    data = {"group": voice.seat.group.key, "chosen": chosen}
    data |= {} if voice.until is None else {"until": voice.until.isoformat()}
    on = {"round": voice.round_id, "seat": voice.seat_id}
    voice.given_seq = a.add("floor.given", data, on=on, because=voice.raised_seq).seq
    voice.raised_at = voice.raised_seq = None
    voice.save()
    return voice


def voice_of(round: Round, seat: Seat) -> Voice:
    """The row of a seat in a locked round."""
    voice, _ = Voice.objects.get_or_create(round=round, seat=seat)
    voice.round, voice.seat = round, seat
    return voice


def seated(by: Actor, id: UUID | None) -> Seat:
    """A seat that somebody holds."""
    seat = seat_in(by.partnership, id) if id else None
    if seat is None or not holders(by.partnership).filter(seat=seat).exists():
        raise Conflict("seat.empty", "Nobody holds this seat.")
    return seat


def _lock_under_way(round: Round) -> Round:
    found = lock_round(round.id)
    if found.state not in UNDER_WAY:
        raise Conflict("round.not_under_way", "This round is not under way.")
    return found


def count_change(a: Act, voice: Voice) -> None:
    """One more change of mind of a seat; refused where there were many in a few minutes."""
    if voice.changes_since is None or a.at - voice.changes_since > WINDOW:
        voice.changes, voice.changes_since = 0, a.at
    voice.changes += 1
    if voice.changes > CHANGES_AT_MOST:
        raise TooMany("floor.too_often", "You have done this many times in a few minutes. Wait a little.")
